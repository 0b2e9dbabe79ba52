/* Tests template/library.h: filters and tags of one's own. */
#include "template_test.h"

static CvSlice shout(CvArena *arena, CvSlice text)
{
    return cv_slice(cv_arena_printf(arena, "%.*s!", CV_SLICE_ARG(text)));
}

static CvSlice repeat(CvArena *arena, CvSlice text, int64_t times)
{
    CvBuffer out = cv_buffer(arena);
    for (int64_t i = 0; i < times && i < 10; i++)
        cv_buffer_append_slice(&out, text);
    return cv_slice(cv_buffer_string(&out));
}

static CvSlice twice(CvArena *arena, int64_t number)
{
    return cv_slice(cv_arena_printf(arena, "%lld", (long long)number * 2));
}

static CvValue area(CvRender *render, const CvTagArguments *arguments)
{
    (void)render;
    return cv_value_int(arguments->values[0].integer * arguments->values[1].integer);
}

static CvValue box(CvRender *render, const CvTagArguments *arguments)
{
    return cv_value_safe(cv_slice(cv_arena_printf(render->arena, "<div>%.*s</div>", CV_SLICE_ARG(arguments->content))));
}

static void card(CvRender *render, const CvTagArguments *arguments, CvContext *context)
{
    (void)render;
    cv_context_set(context, "title", arguments->values[0]);
}

static const CvFilter filters[] = {CV_FILTER("shout", shout, .doc = "Louder."),
                                   CV_FILTER("repeat", repeat, .doc = "Several times."),
                                   CV_FILTER("twice", twice, .doc = "Doubled."), CV_LIBRARY_END};
static const CvTag tags[] = {CV_SIMPLE_TAG("area", area, .parameters = "width height=10", .doc = "w times h"),
                             CV_BLOCK_TAG("box", box, .parameters = "", .doc = "A box."),
                             CV_INCLUSION_TAG("card", card, "card.html", .parameters = "title", .doc = "A card."),
                             CV_LIBRARY_END};
static const CvLibrary mine = {.name = "mine", .tags = tags, .filters = filters};

static Site my_site(void)
{
    Site site = SITE("card.html", "[{{ title }}{{ other }}]");
    cv_engine_add_library(site.engine, &mine, false);
    cv_context_set(site.context, "other", CV_VALUE("hidden"));
    return site;
}

START_TEST(filters_get_what_their_type_says)
{
    Site site = my_site();
    expect_render(&site,
                  "{% load mine %}{{ \"hey\"|shout }} {{ 5|shout }} {{ \"ab\"|repeat:\"3\" }} {{ \"21\"|twice }} {{ "
                  "\"x\"|twice }}",
                  "hey! 5! ababab 42 x");
    expect_render(&site, "{{ 1|shout }}", "TemplateSyntaxError: Invalid filter: 'shout'");
    expect_render(&site, "{% load shout from mine %}{{ \"a\"|shout }}{{ 1|twice }}",
                  "TemplateSyntaxError: Invalid filter: 'twice'");
    site_close(&site);
}
END_TEST

START_TEST(simple_tags_take_arguments_as_python_does)
{
    Site site = my_site();
    expect_render(&site,
                  "{% load mine %}{% area 2 3 %} {% area 2 %} {% area height=4 width=5 %} {% area 7 as a %}{{ a }}",
                  "6 20 20 70");
    expect_render(&site, "{% load mine %}{% area %}",
                  "TemplateSyntaxError: 'area' did not receive value(s) for the argument(s): 'width'");
    expect_render(&site, "{% load mine %}{% area 1 2 3 %}",
                  "TemplateSyntaxError: 'area' received too many positional arguments");
    expect_render(&site, "{% load mine %}{% area 1 depth=2 %}",
                  "TemplateSyntaxError: 'area' received unexpected keyword argument 'depth'");
    site_close(&site);
}
END_TEST

START_TEST(block_and_inclusion_tags)
{
    Site site = my_site();
    expect_render(&site, "{% load mine %}{% box %}<i>{{ other }}</i>{% endbox %}{% card \"T\" %}",
                  "<div><i>hidden</i></div>[T]");
    site_close(&site);
}
END_TEST

START_TEST(help_shows_docstrings)
{
    Site site = my_site();
    CvBuffer out = cv_buffer(site.arena);
    ck_assert(cv_engine_help(site.engine, &out, "area"));
    ck_assert_str_eq(cv_buffer_string(&out), "\n{% load mine %}\n  tag area width height=10\n      w times h\n");
    ck_assert(!cv_engine_help(site.engine, &out, "no-such"));
    ck_assert(cv_engine_help(site.engine, &out, NULL));
    ck_assert_uint_gt(out.length, 5000);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/library", filters_get_what_their_type_says, simple_tags_take_arguments_as_python_does,
           block_and_inclusion_tags, help_shows_docstrings)
