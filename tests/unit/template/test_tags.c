/* Tests tags: inheritance, loops, conditions, cycles; and the examples of all rows. */
#include "template_test.h"

START_TEST(blocks_inherit_over_several_levels)
{
    Site site = SITE("base", "[{% block a %}base{% endblock %}|{% block b %}B{% endblock %}]", "mid",
                     "{% extends 'base' %}{% block a %}mid {{ block.super }}{% endblock %}", "leaf",
                     "{% extends parent %}ignored{% block a %}leaf {{ block.super }}{% endblock a %}");
    cv_context_set(site.context, "parent", CV_VALUE("mid"));
    ck_assert_str_eq(render_name(&site, "leaf"), "[leaf mid base|B]");
    const CvTemplate *base = cv_engine_get(site.engine, "base", &site.error);
    cv_context_set(site.context, "parent", cv_template_value(base));
    ck_assert_str_eq(render_name(&site, "leaf"), "[leaf base|B]");
    site_close(&site);
}
END_TEST

START_TEST(includes_see_names_unless_only)
{
    Site site = SITE("i", "{{ a }}{{ b }}");
    cv_context_set(site.context, "a", cv_value_int(1));
    expect_render(&site, "{% include 'i' with b=2 %}|{% include 'i' with b=2 only %}|{{ b }}", "12|2|");
    site_close(&site);
}
END_TEST

START_TEST(forloop_knows_where_it_is)
{
    Site site = SITE();
    expect_render(
        &site,
        "{% for c in \"abc\" %}{{ forloop.counter }}{{ forloop.counter0 }}{{ forloop.revcounter }}"
        "{{ forloop.revcounter0 }}{% if forloop.first %}F{% endif %}{% if forloop.last %}L{% endif %} {% endfor %}",
        "1032F 2121 3210L ");
    expect_render(
        &site,
        "{% for a in \"xy\" %}{% for b in \"12\" %}{{ forloop.parentloop.counter }}{{ b }} {% endfor %}{% endfor %}",
        "11 12 21 22 ");
    expect_render(&site, "{% for c in \"abc\" reversed %}{{ c }}{% endfor %}", "cba");
    expect_render(&site, "{% for a, b in x %}{{ a }}{% endfor %}", "");
    cv_context_set(site.context, "x", CV_VALUE(cv_list(site.arena, cv_list(site.arena, 1, 2), cv_list(site.arena, 3))));
    expect_render(&site, "{% for a, b in x %}{{ a }}{% endfor %}",
                  "ValueError: Need 2 values to unpack in for loop; got 1. ");
    site_close(&site);
}
END_TEST

START_TEST(conditions_have_pythons_precedence)
{
    Site site = SITE();
    static const struct {
        const char *condition;
        bool holds;
    } cases[] = {
        {"1 or 0 and 0", true},         {"not 0 and 1", true},  {"1 == 1 and 2 > 1", true}, {"\"a\" in \"cat\"", true},
        {"\"x\" not in \"cat\"", true}, {"None is None", true}, {"1 is not None", true},    {"\"a\" < 1", false},
        {"not 1 == 2", true},           {"1.0 == 1", true},     {"missing", false},         {"missing == None", true}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        char *source = cv_arena_printf(site.arena, "{%% if %s %%}yes{%% else %%}no{%% endif %%}", cases[i].condition);
        expect_render(&site, source, cases[i].holds ? "yes" : "no");
    }
    expect_render(&site, "{% if 1 2 %}{% endif %}", "TemplateSyntaxError: Unused '2' at end of if expression.");
    site_close(&site);
}
END_TEST

START_TEST(names_set_in_a_body_live_as_in_django)
{
    Site site = SITE();
    expect_render(&site, "{% with a=1 %}{% firstof 0 \"x\" as f %}{{ f }}{% endwith %}[{{ f }}]", "x[]");
    expect_render(&site, "{% if 1 %}{% firstof \"y\" as g %}{% endif %}{{ g }}", "y");
    expect_render(&site, "{% for c in \"ab\" %}{% cycle \"r\" \"s\" as row %}{% endfor %}{% cycle row %}", "rsr");
    site_close(&site);
}
END_TEST

static int try_examples(CvArena *arena, const CvLibrary *library, const char *name, const char *doc,
                        const CvExample *example)
{
    int count = 0;
    ck_assert_msg(doc && *doc, "%s has no docstring", name);
    ck_assert_msg(example, "%s has no example", name);
    for (; example->source; example++, count++) {
        CvSlice output;
        CvError error;
        ck_assert_msg(cv_example_render(arena, example, library, NULL, &output, &error), "%s: %s: %s", name,
                      example->source, error.message);
        ck_assert_msg(cv_slice_is(output, example->output), "%s: %s gives [%.*s], not [%s]", name, example->source,
                      CV_SLICE_ARG(output), example->output);
    }
    return count;
}

START_TEST(docstrings_tell_the_truth)
{
    CvArena *arena = cv_arena_create(0);
    int count = 0;
    for (const CvLibrary *const *library = cv_template_libraries(); *library; library++) {
        for (const CvTag *tag = (*library)->tags; tag && tag->name; tag++)
            count += try_examples(arena, *library, tag->name, tag->doc, tag->examples);
        for (const CvFilter *filter = (*library)->filters; filter && filter->name; filter++)
            count += try_examples(arena, *library, filter->name, filter->doc, filter->examples);
    }
    ck_assert_int_gt(count, 120);
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("template/tags", blocks_inherit_over_several_levels, includes_see_names_unless_only,
           forloop_knows_where_it_is, conditions_have_pythons_precedence, names_set_in_a_body_live_as_in_django,
           docstrings_tell_the_truth)
