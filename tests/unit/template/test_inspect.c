/* Tests template/inspect.h: what a template reads and mentions. */
#include "template_test.h"

static char *names_read(Site *site, const char *name)
{
    CvTemplateReads reads;
    CvBuffer out = cv_buffer(site->arena);
    const CvTemplate *page = cv_engine_get(site->engine, name, &site->error);
    ck_assert_msg(page != NULL, "%s", site->error.message);
    ck_assert(cv_template_reads(site->arena, page, &reads, &site->error));
    for (size_t i = 0; i < reads.count; i++)
        cv_buffer_printf(&out, "%s%.*s%s", i ? " " : "", CV_SLICE_ARG(reads.items[i].name),
                         reads.items[i].optional ? "?" : "");
    return cv_buffer_string(&out);
}

START_TEST(loops_with_and_tags_bind_names)
{
    Site site =
        SITE("a", "{{ x.y }}{% for i in rows %}{{ i }}{{ forloop.counter }}{{ j }}{% endfor %}{{ i }}"
                  "{% with w=z %}{{ w }}{% endwith %}{% if c %}{% firstof q as f %}{% endif %}{{ f }}{{ None }}");
    ck_assert_str_eq(names_read(&site, "a"), "x rows j i z c q");
    site_close(&site);
}
END_TEST

START_TEST(parents_and_includes_are_added)
{
    Site site = SITE("base", "{{ site }}{% with t=1 %}{% block body %}{{ old }}{% endblock %}{% endwith %}", "page",
                     "{% extends 'base' %}{% block body %}{{ t }}{{ mine }}{% include 'part' with p=1 %}{% endblock %}",
                     "part", "{{ p }}{{ r }}{% include 'leaf' with l=k only %}", "leaf", "{{ l }}{{ never }}");
    ck_assert_str_eq(names_read(&site, "page"), "mine site old r k");
    site_close(&site);
}
END_TEST

/* t0 includes t1 twice, under other names, which includes t2 twice, and so on; the last comes back to the first. */
START_TEST(many_ways_to_a_template_are_walked_once)
{
    enum { COUNT = 60 };
    CvArena *arena = cv_arena_create(0);
    const char *files[2 * COUNT + 1] = {0};
    for (int i = 0; i < COUNT; i++) {
        files[2 * i] = cv_arena_printf(arena, "t%d", i);
        files[2 * i + 1] = cv_arena_printf(arena,
                                           "{{ n%d }}{%% include 't%d' with a%d=1 %%}{{ a%d }}"
                                           "{%% with b%d=2 %%}{%% include 't%d' with c=3 %%}{%% endwith %%}{{ c }}",
                                           i, (i + 1) % COUNT, i, i / 2, i, (i + 1) % COUNT);
    }
    Site site = site_of(files, (CvEngineOptions){0});
    CvBuffer expected = cv_buffer(arena);
    for (int i = 0; i < COUNT; i++) /* a0 is set on both ways or on one of them: never on all */
        cv_buffer_printf(&expected, "%sn%d a%d c", i ? " " : "", i, i / 2);
    ck_assert_str_eq(names_read(&site, "t0"), cv_buffer_string(&expected));
    const CvTemplate *page = cv_engine_get(site.engine, "t0", &site.error);
    ck_assert(cv_template_may_read(page, CV_SLICE("n59")));
    ck_assert(!cv_template_may_read(page, CV_SLICE("b59")));
    site_close(&site);
    cv_arena_destroy(arena);
}
END_TEST

/* A name that one way sets comes by another; one that every way sets does not come at all. */
START_TEST(each_way_to_a_template_counts)
{
    Site site = SITE("a", "{% include 'b' with x=1 y=2 %}{% include 'c' with y=3 %}", "b", "{% include 'd' %}", "c",
                     "{% include 'd' only %}{% include 'e' with z=1 %}", "d", "{{ x }}{{ y }}{{ z }}", "e",
                     "{{ x }}{{ z }}{% include 'a' %}");
    ck_assert_str_eq(names_read(&site, "a"), "z x");
    ck_assert_str_eq(names_read(&site, "d"), "x y z");
    const CvTemplate *page = cv_engine_get(site.engine, "a", &site.error);
    ck_assert(!cv_template_may_read(page, CV_SLICE("y")));
    ck_assert(cv_template_may_read(page, CV_SLICE("z")));
    site_close(&site);
}
END_TEST

START_TEST(a_comment_silences_names)
{
    Site site = SITE("a", "{# optional: b c #}{{ a }}{{ b }}{{ c }}");
    ck_assert_str_eq(names_read(&site, "a"), "a b? c?");
    site_close(&site);
}
END_TEST

START_TEST(mentions_urls_files_and_libraries)
{
    Site site = SITE("a", "{% load static %}{% url 'book' 1 slug=x %}\n{% static 'a.css' %}{% include v %}");
    size_t count;
    const CvTemplate *page = cv_engine_get(site.engine, "a", &site.error);
    const CvTemplateMention *mentions = cv_template_mentions(page, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(mentions[0].kind, CV_MENTION_LOAD);
    ck_assert_int_eq(mentions[1].kind, CV_MENTION_URL);
    ck_assert(cv_slice_is(mentions[1].name, "book"));
    ck_assert_uint_eq(mentions[1].positional, 1);
    ck_assert_uint_eq(mentions[1].key_count, 1);
    ck_assert(cv_slice_is(mentions[1].keys[0], "slug"));
    ck_assert_int_eq(mentions[2].kind, CV_MENTION_STATIC);
    ck_assert_int_eq(mentions[2].line, 2);
    ck_assert_uint_eq(mentions[3].name.length, 0);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/inspect", loops_with_and_tags_bind_names, parents_and_includes_are_added,
           many_ways_to_a_template_are_walked_once, each_way_to_a_template_counts, a_comment_silences_names,
           mentions_urls_files_and_libraries)
