/* Tests of what lives longer than the instruction that made it: names that tags set, captured text, states; and that
 * long loops keep nothing of their turns. */
#include "template_test.h"

#include <malloc.h>

START_TEST(names_set_inside_captures_live_on)
{
    Site site = SITE("parent", "<{% block b %}base{% endblock %}>");
    expect_render(&site,
                  "{% filter upper %}{% firstof \"ABC\"|lower as u %}{% endfilter %}"
                  "{% filter upper %}zzzzzzzz{% endfilter %}{% firstof \"QQQQQQQQ\"|lower as q %}[{{ u }}][{{ q }}]",
                  "ZZZZZZZZ[abc][qqqqqqqq]");
    expect_render(&site,
                  "{% spaceless %}{% firstof \"A\"|lower as u %}{% endspaceless %}{% filter lower %}QQQ{% endfilter %}"
                  "{{ u }}",
                  "qqqa");
    expect_render(&site,
                  "{% for x in \"aab\" %}{% filter upper %}{% ifchanged x|lower %}{{ x }}{% else %}-{% endifchanged %}"
                  "{% endfilter %}{% filter upper %}yyyy{% endfilter %} {% endfor %}",
                  "AYYYY -YYYY BYYYY ");
    expect_render(
        &site,
        "{% extends \"parent\" %}{% block b %}{% with s=block.super %}{% filter upper %}x{% endfilter %}{{ s }}"
        "{{ block.super }}{% endwith %}{% endblock %}",
        "<Xbasebase>");
    site_close(&site);
}
END_TEST

/* What a loop saw last starts anew with each loop, though its place is used again. */
START_TEST(loops_see_changes_for_themselves)
{
    Site site =
        SITE("part", "{% for c in row %}{% ifchanged c|upper %}{{ c }}{% else %}-{% endifchanged %}{% endfor %}");
    expect_render(&site,
                  "{% for a in \"ab\" %}{% for c in \"xxyy\" %}{% ifchanged c|upper a %}{{ c }}{% else %}-"
                  "{% endifchanged %}{% endfor %} {% endfor %}",
                  "x-y- x-y- ");
    expect_render(&site,
                  "{% for a in \"ab\" %}{% ifchanged %}{% for c in \"xxy\" %}{% ifchanged %}{{ c|upper }}"
                  "{% endifchanged %}{% endfor %}{{ a }}{% endifchanged %} {% endfor %}",
                  "XYa XYb ");
    expect_render(&site,
                  "{% for row in \"ab\" %}{% include \"part\" %}{% include \"part\" with row=\"aab\" only %} "
                  "{% endfor %}",
                  "aa-b ba-b ");
    site_close(&site);
}
END_TEST

/* More names than the isolated context has room for at first, set while temporaries come and go. */
START_TEST(isolated_contexts_grow)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer source = cv_buffer(arena), expected = cv_buffer(arena);
    for (int i = 0; i < 40; i++)
        cv_buffer_printf(&source, "{%% firstof \"N%d\"|lower as n%d %%}", i, i);
    cv_buffer_append_string(&source, "{% filter upper %}{{ \"zzzzzzzz\"|upper|lower }}{% endfilter %}:");
    cv_buffer_append_string(&expected, "ZZZZZZZZ:");
    for (int i = 0; i < 40; i++) {
        cv_buffer_printf(&source, "{{ n%d }} ", i);
        cv_buffer_printf(&expected, "n%d ", i);
    }
    Site site = SITE("many", cv_buffer_string(&source));
    expect_render(&site, "{% include \"many\" only %}", cv_buffer_string(&expected));
    cv_buffer_append_string(&expected, cv_buffer_string(&expected));
    expect_render(&site, "{% for i in \"ab\" %}{% include \"many\" only %}{% endfor %}", cv_buffer_string(&expected));
    site_close(&site);
    cv_arena_destroy(arena);
}
END_TEST

/* A text that is set again goes where the last one was: whoever shows the last one must not see that. */
START_TEST(older_texts_stay_where_they_are_shown)
{
    Site site = SITE("set", "{% firstof \"IN\"|lower as u %}{{ u }}", "turn",
                     "{% cycle \"A\"|lower \"B\"|lower as c %}{{ c }}{{ u }}");
    expect_render(
        &site,
        "{% firstof \"ABC\"|lower as u %}{% with v=u %}{% firstof \"XYZ\"|lower as u %}{{ v }}{{ u }}{% endwith %}"
        "{{ u }}",
        "abcxyzabc");
    expect_render(&site, "{% firstof \"ABC\"|lower as u %}{% firstof u|slice:\"1:\" as u %}{{ u }}", "bc");
    expect_render(&site,
                  "{% firstof \"ABC\"|lower as u %}{% regroup u|make_list by x as g %}{% firstof \"XYZ\"|lower as u %}"
                  "{% for a in g %}{{ a.list|join:\"\" }}{% endfor %}{{ u }}",
                  "abcxyz");
    expect_render(&site,
                  "{% firstof \"OUT\"|lower as u %}{% for i in \"ab\" %}{% include \"set\" %}{{ u }} {% endfor %}",
                  "inout inout ");
    expect_render(&site,
                  "{% firstof \"OUT\"|lower as u %}{% for i in \"ab\" %}{% include \"set\" only %}{{ u }} {% endfor %}",
                  "inout inout ");
    expect_render(
        &site, "{% cycle \"A\"|lower \"B\"|lower as c %}{% with v=c %}{% cycle c %}{{ v }}{{ c }}{% endwith %}{{ c }}",
        "ababb");
    expect_render(&site, "{% for i in \"ab\" %}{% include \"turn\" with u=i %}{% endfor %}", "aaaaab");
    expect_render(
        &site, "{% for i in \"abc\" %}{% firstof i|upper as u %}{% firstof u|add:u as w %}{{ u }}{{ w }} {% endfor %}",
        "AAA BBB CCC ");
    site_close(&site);
}
END_TEST

/* The most that a render of the body, so many times, takes from malloc. */
static size_t memory_of(Site *site, const char *body, int turns)
{
    CvList *list = cv_list_create(site->arena);
    for (int i = 0; i < turns; i++)
        cv_list_add(site->arena, list, cv_value_int(i % 10));
    cv_context_set(site->context, "rows", cv_value_list(list));
    const char *source =
        cv_arena_printf(site->arena, "{%% load i18n static %%}{%% for x in rows %%}%s{%% endfor %%}", body);
    const CvTemplate *page = cv_engine_compile(site->engine, cv_slice(source), NULL, &site->error);
    ck_assert_msg(page != NULL, "%s: %s", body, site->error.message);
    CvBuffer out = cv_buffer(site->arena);
    cv_buffer_grow(&out, 1 << 22);
    cv_arena_trim();
    cv_memory_fail_at(0);
    ck_assert_msg(cv_template_render(page, site->context, &out, &site->error), "%s: %s", body, site->error.message);
    ck_assert_uint_lt(out.length, 1 << 22);
    return (size_t)cv_memory_count();
}

static const char *const bodies[] = {
    "{% with a=x|add:1 b=s|upper %}{{ b|length }}{% endwith %}",
    "{% cycle \"a\" s as c silent %}{{ c|length }}{{ s|upper|length }}",
    "{% cycle s|upper s|lower as c silent %}{{ c|length }}",
    "{% firstof s|upper as u %}{{ u|length }}",
    "{% now \"Y-m-d H:i\" as n %}",
    "{% widthratio x 3 1000 as w %}",
    "{% translate \"some text\" as t %}",
    "{% static \"a/b.css\" as st %}",
    "{% blocktranslate asvar t %}some {{ s }}{% endblocktranslate %}",
    "{% ifchanged s|upper %}x{% endifchanged %}",
    "{% ifchanged x|stringformat:\"050d\" %}x{% endifchanged %}",
    "{% ifchanged %}{{ x|stringformat:\"050d\" }}{% endifchanged %}",
    "{% for c in s|slice:\":3\" %}{% ifchanged c|upper x %}x{% endifchanged %}{% endfor %}",
    "{% include \"changes\" %}",
    "{% filter upper|slice:\":1\" %}{{ s }}{% firstof s|upper as u %}{% endfilter %}",
    "{% spaceless %} <b> <i> {% endspaceless %}",
    "{% include \"part\" with w=s|upper %}",
    "{% include \"part\" with w=s|upper only %}",
    "{% include name with w=s %}",
    "{% for k, v in pairs.items %}{% firstof k|upper as u %}{% endfor %}"};

START_TEST(long_loops_keep_nothing)
{
    Site site = SITE("part", "{% cycle \"a\" \"b\" %}{% firstof w|lower as z %}{{ z|length }}", "changes",
                     "{% ifchanged x|stringformat:\"050d\" %}x{% endifchanged %}"
                     "{% for c in \"ab\" %}{% ifchanged c|upper %}y{% endifchanged %}{% endfor %}");
    CvDict *pairs = cv_dict_create(site.arena);
    cv_dict_set_name(pairs, "a", cv_value_int(1));
    cv_dict_set_name(pairs, "b", cv_value_int(2));
    cv_context_set(site.context, "s", CV_VALUE("a text of some forty characters, or so"));
    cv_context_set(site.context, "name", CV_VALUE("part"));
    cv_context_set(site.context, "pairs", cv_value_dict(pairs));
    for (size_t i = 0; i < CV_COUNT_OF(bodies); i++) {
        memory_of(&site, bodies[i], 1000);
        size_t few = memory_of(&site, bodies[i], 1000), many = memory_of(&site, bodies[i], 50000);
        ck_assert_msg(many <= few + 2, "%s: %zu allocations, then %zu", bodies[i], few, many);
    }
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/keep", loops_see_changes_for_themselves, names_set_inside_captures_live_on, isolated_contexts_grow,
           older_texts_stay_where_they_are_shown, long_loops_keep_nothing)
