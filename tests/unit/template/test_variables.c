/* Tests how names are looked up, filters applied and failures forgiven. */
#include "template_test.h"

typedef struct Thing {
    CvObject object;
    int reads;
} Thing;

static CvValue call_loud(const void *object, CvArena *arena)
{
    (void)arena;
    ((Thing *)object)->reads++;
    return cv_value_string("called");
}

static CvValue call_lost(const void *object, CvArena *arena)
{
    (void)object;
    (void)arena;
    cv_raise(CV_ERROR_DOES_NOT_EXIST, "no such row");
}

static CvValue call_broken(const void *object, CvArena *arena)
{
    (void)object;
    (void)arena;
    cv_raise(CV_ERROR_VALUE, "broken");
}

static const CvType loud = {.magic = CV_TYPE_MAGIC, .name = "loud", .call = call_loud};
static const CvType lost = {.magic = CV_TYPE_MAGIC, .name = "lost", .call = call_lost};
static const CvType broken = {.magic = CV_TYPE_MAGIC, .name = "broken", .call = call_broken};
static const CvType dangerous = {.magic = CV_TYPE_MAGIC, .name = "delete", .call = call_loud, .alters_data = true};

START_TEST(looks_up_key_then_method_then_index)
{
    Site site = SITE();
    CvDict *dict = cv_dict_create(site.arena);
    cv_dict_set_name(dict, "items", cv_value_string("shadow"));
    cv_dict_set(dict, cv_value_int(7), cv_value_string("seven"));
    cv_context_set(site.context, "d", cv_value_dict(dict));
    cv_context_set(site.context, "l", CV_VALUE(cv_list(site.arena, "a", "b")));
    cv_context_set(site.context, "w", CV_VALUE("ab"));
    cv_context_set(site.context, "day", CV_VALUE(cv_date(2024, 2, 29)));
    expect_render(&site, "{{ d.items }} {{ d.7 }} {{ l.1 }} {{ l.9 }}|{{ day.year }} {{ w.upper }}",
                  "shadow seven b |2024 AB");
    expect_render(&site, "{% for k, v in l.x %}{% empty %}none{% endfor %}", "none");
    site_close(&site);
}
END_TEST

START_TEST(calls_what_is_callable)
{
    Site site = SITE();
    Thing thing = {.object.type = &loud}, gone = {.object.type = &lost}, bad = {.object.type = &broken},
          kill = {.object.type = &dangerous};
    cv_context_set(site.context, "f", CV_VALUE(&thing));
    cv_context_set(site.context, "gone", CV_VALUE(&gone));
    cv_context_set(site.context, "bad", CV_VALUE(&bad));
    cv_context_set(site.context, "kill", CV_VALUE(&kill));
    expect_render(&site, "{{ f }}", "called");
    expect_render(&site, "[{{ gone }}][{{ kill }}]", "[][]");
    ck_assert_int_eq(kill.reads, 0);
    expect_render(&site, "{{ bad }}", "ValueError: broken");
    expect_render(&site, "{% if bad and 1 %}a{% else %}b{% endif %}", "ValueError: broken");
    site_close(&site);
}
END_TEST

START_TEST(what_is_missing_is_string_if_invalid)
{
    Site site = site_of(NULL, (CvEngineOptions){.string_if_invalid = "?%s?"});
    expect_render(&site, "{{ a.b }}{{ a|upper }}", "?a.b??a?");
    expect_render(&site, "{% if a %}x{% else %}y{% endif %}", "y");
    site_close(&site);
    site = SITE();
    expect_render(&site, "[{{ a|default:\"d\" }}]", "[d]");
    expect_render(&site, "{{ 1|add:a }}", "VariableDoesNotExist: Failed lookup for key [a] in the context");
    site_close(&site);
}
END_TEST

START_TEST(escapes_unless_safe)
{
    Site site = SITE();
    cv_context_set(site.context, "v", CV_VALUE("<a href=\"x\">'&"));
    cv_context_set(site.context, "s", cv_value_safe(CV_SLICE("<b>")));
    expect_render(&site, "{{ v }}", "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;");
    expect_render(&site, "{{ s }}{{ v|safe }}{{ s|force_escape }}", "<b><a href=\"x\">'&&lt;b&gt;");
    expect_render(&site, "{% autoescape off %}{{ v }}{% endautoescape %}", "<a href=\"x\">'&");
    expect_render(&site, "{{ s|lower }}{{ s|cut:\"z\" }}{{ s|upper }}", "<b><b>&lt;B&gt;");
    site_close(&site);
}
END_TEST

START_TEST(refuses_what_is_no_expression)
{
    Site site = SITE();
    expect_render(&site, "{{ a b }}", "TemplateSyntaxError: Could not parse the remainder: ' b' from 'a b'");
    expect_render(&site, "{{ a|nope }}", "TemplateSyntaxError: Invalid filter: 'nope'");
    expect_render(&site, "{{ a._b }}",
                  "TemplateSyntaxError: Variables and attributes may not begin with underscores: 'a._b'");
    expect_render(&site, "{{ a|upper:1 }}", "TemplateSyntaxError: upper requires 1 arguments, 2 provided");
    expect_render(&site, "{{ a|cut }}", "TemplateSyntaxError: cut requires 2 arguments, 1 provided");
    expect_render(&site, "{{ }}", "TemplateSyntaxError: Empty variable tag on line 1");
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/variables", looks_up_key_then_method_then_index, calls_what_is_callable,
           what_is_missing_is_string_if_invalid, escapes_unless_safe, refuses_what_is_no_expression)
