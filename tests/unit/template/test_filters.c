/* Tests of filters where their values or arguments are not what one expects: what Python's types and Django's own order
 * of things make of them. */
#include "base/self.h"
#include "template_test.h"

static void set_values(Site *site)
{
    cv_context_set(site->context, "day", cv_value_date((CvDate){2021, 1, 3}));
    cv_context_set(site->context, "list", cv_value_list(cv_list(site->arena, cv_value_int(1), CV_VALUE("b"))));
    cv_context_set(site->context, "id", CV_VALUE("<i>"));
}

typedef struct Expected {
    const char *source, *output;
} Expected;

static const Expected filtered[] = {
    /* a filter tag must give text */
    {"{% filter upper|slice:\":1\" %}ab{% endfilter %}", "A"},
    {"{% filter length %}ab{% endfilter %}", "TypeError: expected str instance, int found"},
    {"{% filter make_list %}ab{% endfilter %}", "TypeError: expected str instance, list found"},
    /* floatformat asks for the number before it asks for the places */
    {"{{ \"x\"|floatformat:list }}", ""},
    {"{{ 1.5|floatformat:list }}",
     "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'"},
    {"{{ 1.5|floatformat:2000055 }}", "ValueError: floatformat with more than 2000054 places"},
    {"{{ \"x\"|floatformat:2000055 }}", ""},
    /* a format that is not text; what has no date shows what is no letter */
    {"{{ \"x\"|date:0 }}", "0"},
    {"{{ 5|date:False }}", ""},
    {"{{ \"x\"|time:0 }}", "0"},
    {"{{ day|date:0 }}", "Jan. 3, 2021"},
    {"{{ \"x\"|date }}", ""},
    {"{{ \"x\"|date:\"-\" }}", "-"},
    /* an empty property */
    {"{{ list|dictsort:\"\" }}", "IndexError: string index out of range"},
    {"{{ 3|dictsortreversed:\"\" }}", "IndexError: string index out of range"},
    {"{{ 3|dictsort:\"x\" }}", ""},
    /* a literal is safe, also as an id */
    {"{{ 1|json_script:\"<i>\" }}", "<script id=\"<i>\" type=\"application/json\">1</script>"},
    {"{{ 1|json_script:id }}", "<script id=\"&lt;i&gt;\" type=\"application/json\">1</script>"},
    {"{{ 1|json_script:False }}", "<script type=\"application/json\">1</script>"},
    {"{{ \"www.a.com\"|urlizetrunc:10000000000000000000000 }}",
     "<a href=\"http://www.a.com\" rel=\"nofollow\">www.a.com</a>"},
    {"{{ 1|json_script:\"\" }}", "<script type=\"application/json\">1</script>"},
    /* the characters that stay are ASCII, in a text */
    {"{{ \"\xc2\xa0/\xc3\xa9\"|urlencode:\"\xc3\xa9\" }}", "%C2%A0%2F%C3%A9"},
    {"{{ \"a\"|urlencode:1 }}", "TypeError: 'int' object is no text"},
    {"{{ \"\"|urlencode:1 }}", ""},
    {"{{ \"a/b\"|urlencode:None }}", "a/b"},
    /* accepted when it is compiled, not when it is called */
    {"{% if 0 %}{{ \"a\"|urlize:1 }}{{ \"a\"|linebreaks:1 }}{{ 1|unordered_list:1 }}{% endif %}", ""},
    {"{{ \"a\"|linebreaksbr:1 }}", "TypeError: linebreaksbr() got multiple values for argument 'autoescape'"},
    {"{{ \"a\"|upper:1 }}", "TemplateSyntaxError: upper requires 1 arguments, 2 provided"},
    /* whatever fails in a width ratio is taken for the width; what is missing makes it empty */
    {"{% widthratio \"a\"|center:\"r\" 1 10 %}", "TemplateSyntaxError: widthratio final argument must be a number"},
    {"[{% widthratio 1|add:missing 1 10 %}]", "[]"},
    /* what is translated when it is shown is no number and no text to cut */
    {"{{ \"abc\"|truncatechars:_(\"2\") }}",
     "TypeError: truncatechars takes no text that is translated when it is shown"},
    {"{{ \"abc\"|cut:_(\"b\") }}", "TypeError: cut takes no text that is translated when it is shown"},
    {"{{ 1|yesno:_(\"a,b\") }}", "a"},
    {"{% load static %}{% static \"//a/../b.css\" %}", "//a/../b.css"},
    {"{% load static %}{% static \"a//b/./c/../d.css\" %}", "/static/a/b/d.css"},
    {"{% load static %}{% static as x %}", "TemplateSyntaxError: list index out of range"},
    {"{% load static %}{% static list %}", "TypeError: expected the path of a file, not 'list'"},
    {NULL, NULL}};

START_TEST(odd_arguments_are_as_in_django)
{
    Site site = SITE();
    set_values(&site);
    for (const Expected *one = filtered; one->source; one++)
        ck_assert_msg(strcmp(render_text(&site, one->source), one->output) == 0, "%s gives %s, not %s", one->source,
                      render_text(&site, one->source), one->output);
    site_close(&site);
}
END_TEST

/* A zone's clock may not leave the calendar. */
START_TEST(zones_end_with_the_calendar)
{
    Site site = SITE();
    CvDateTime first = cv_datetime_in((CvDate){1, 1, 1}, (CvTime){.set = true}, cv_zone_utc, false),
               last = cv_datetime_in((CvDate){9999, 12, 31}, (CvTime){0, 23, 59, 0, true}, cv_zone_utc, false);
    cv_context_set(site.context, "first", cv_value_datetime(first));
    cv_context_set(site.context, "last", cv_value_datetime(last));
    cv_activate_zone(cv_zone_fixed(9 * 3600, "east"));
    expect_render(&site, "{{ first }}", "Jan. 1, 0001, 9 a.m.");
    expect_render(&site, "{{ last }}", "OverflowError: date value out of range");
    cv_activate_zone(cv_zone_fixed(-5 * 3600, "west"));
    expect_render(&site, "{{ first|date:\"Y\" }}", "OverflowError: date value out of range");
    expect_render(&site, "{{ last|date:\"Y\" }}", "9999");
    cv_activate_zone(NULL);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/filters", odd_arguments_are_as_in_django, zones_end_with_the_calendar)
