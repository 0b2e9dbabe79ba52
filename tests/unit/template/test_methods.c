/* test_methods.c: what templates can ask of texts, numbers, decimals, moments, durations, lists and dicts, as Python
 * answers it. */
#include "template_test.h"
#include "text/date.h"
#include "text/decimal.h"

typedef struct Case {
    const char *value, *expression, *expected;
} Case;

/* Each expression with `v` as what `make` gives for the case's value. */
static void expect_cases(const Case *cases, size_t count, CvValue (*make)(CvArena *, const char *))
{
    Site site = site_of(NULL, (CvEngineOptions){.string_if_invalid = "?", .no_autoescape = true});
    for (size_t i = 0; i < count; i++) {
        cv_context_set(site.context, "v", make(site.arena, cases[i].value));
        const char *page = render_text(&site, cv_arena_printf(site.arena, "{{ v.%s }}", cases[i].expression));
        ck_assert_msg(strcmp(page, cases[i].expected) == 0, "%s.%s: %s", cases[i].value, cases[i].expression, page);
    }
    site_close(&site);
}
#define EXPECT(cases, make) expect_cases((cases), CV_COUNT_OF(cases), (make))

static CvValue text(CvArena *arena, const char *value)
{
    (void)arena;
    return cv_value_string(value);
}

START_TEST(case_of_texts)
{
    static const Case cases[] = {{"", "islower", "False"},
                                 {"", "isupper", "False"},
                                 {"", "istitle", "False"},
                                 {"abc2", "islower", "True"},
                                 {"aBc", "islower", "False"},
                                 {"12", "islower", "False"},
                                 {"ABC 2", "isupper", "True"},
                                 {"ABc", "isupper", "False"},
                                 {"1ª", "islower", "True"},
                                 {"ªA", "isupper", "False"},
                                 {"ǅ", "islower", "False"},
                                 {"ǅ", "isupper", "False"},
                                 {"ǅa", "istitle", "True"},
                                 {"ß", "islower", "True"},
                                 {"日本", "isupper", "False"},
                                 {"Abc Def", "istitle", "True"},
                                 {"They're", "istitle", "False"},
                                 {"2abc", "istitle", "False"},
                                 {"ABC dEF", "capitalize", "Abc def"},
                                 {"ßA", "capitalize", "Ssa"},
                                 {"ǆABC", "capitalize", "ǅabc"},
                                 {"İ", "capitalize", "İ"},
                                 {"ΑΣ", "capitalize", "Ας"},
                                 {"", "capitalize", ""},
                                 {"ﬁN", "capitalize", "Fin"},
                                 {"they're 2nd", "title", "They'Re 2Nd"},
                                 {"Straße", "upper", "STRASSE"},
                                 {"ΑΣ ΣΑ", "lower", "ας σα"},
                                 {"Straße", "casefold", "strasse"}};
    EXPECT(cases, text);
}
END_TEST

START_TEST(kinds_of_texts)
{
    static const Case cases[] = {
        {"12", "isdigit", "True"},        {"²", "isdigit", "True"},     {"½", "isdigit", "False"},
        {"٣", "isdecimal", "True"},       {"²", "isdecimal", "False"},  {"½", "isnumeric", "True"},
        {"Ⅷ", "isnumeric", "True"},       {"-1", "isnumeric", "False"}, {"", "isdigit", "False"},
        {"", "isdecimal", "False"},       {"", "isnumeric", "False"},   {"", "isalnum", "False"},
        {"a1é", "isalnum", "True"},       {"a_b", "isalnum", "False"},  {"a b", "isalnum", "False"},
        {"é", "isalpha", "True"},         {"a1", "isalpha", "False"},   {"", "isalpha", "False"},
        {"", "isascii", "True"},          {"a\x7f", "isascii", "True"}, {"é", "isascii", "False"},
        {" \t\u2003", "isspace", "True"}, {" a", "isspace", "False"},   {"", "isspace", "False"}};
    EXPECT(cases, text);
}
END_TEST

START_TEST(parts_of_texts)
{
    static const Case cases[] = {{"\u00a0 x y\n", "strip", "x y"},
                                 {"\u00a0 x y\n", "lstrip", "x y\n"},
                                 {"\u00a0 x y\n", "rstrip", "\u00a0 x y"},
                                 {" \t ", "strip", ""},
                                 {" \t ", "lstrip", ""},
                                 {" \t ", "rstrip", ""},
                                 {"", "lstrip", ""},
                                 {"", "rstrip", ""},
                                 {" a  b ", "split", "['a', 'b']"},
                                 {" ", "rsplit", "[]"},
                                 {"a\nb\r\nc\u2028", "splitlines", "['a', 'b', 'c']"},
                                 {"abc", "split.0", "abc"},
                                 {"abc", "1", "b"},
                                 {"abc", "upper.lower.title", "Abc"}};
    EXPECT(cases, text);
}
END_TEST

START_TEST(methods_forget_that_a_text_was_safe)
{
    Site site = SITE();
    cv_context_set(site.context, "v", cv_value_safe(CV_SLICE("<B>")));
    expect_render(&site, "{{ v }}{{ v.strip }}{{ v.lower }}{{ v.capitalize }}", "<B>&lt;B&gt;&lt;b&gt;&lt;b&gt;");
    site_close(&site);
}
END_TEST

START_TEST(what_needs_arguments_is_invalid_and_no_failure)
{
    static const Case texts[] = {{"a", "center", "?"}, {"a", "zfill", "?"}, {"a", "replace", "?"}, {"a", "nope", "?"}};
    EXPECT(texts, text);
    Site site = site_of(NULL, (CvEngineOptions){.string_if_invalid = "<%s>", .no_autoescape = true});
    cv_context_set(site.context, "v", CV_VALUE("a"));
    cv_context_set(site.context, "l", CV_VALUE(cv_list(site.arena, 1)));
    cv_context_set(site.context, "day", CV_VALUE(cv_date(2024, 2, 29)));
    cv_context_set(site.context, "d", CV_VALUE(cv_dict_create(site.arena)));
    expect_render(&site, "{{ v.center }}{{ v.nope }}", "<%s><v.nope>"); /* the first is called and gives that text */
    expect_render(&site, "{{ l.index }}{{ l.append }}{{ day.strftime }}{{ d.get }}{{ d.pop }}", "<%s><%s><%s><%s><%s>");
    expect_render(&site, "{{ l }}", "[1]");
    site_close(&site);
}
END_TEST

static CvValue integer(CvArena *arena, const char *value)
{
    return cv_value_integer_text(arena, cv_slice(value));
}

START_TEST(integers)
{
    static const Case cases[] = {{"0", "bit_length", "0"},
                                 {"-256", "bit_length", "9"},
                                 {"255", "bit_count", "8"},
                                 {"-255", "bit_count", "8"},
                                 {"9223372036854775807", "bit_length", "63"},
                                 {"-9223372036854775808", "bit_length", "64"},
                                 {"-9223372036854775808", "bit_count", "1"},
                                 {"9223372036854775808", "bit_length", "?"},
                                 {"9223372036854775808", "numerator", "9223372036854775808"},
                                 {"-3", "real", "-3"},
                                 {"-3", "imag", "0"},
                                 {"-3", "denominator", "1"},
                                 {"3", "is_integer", "True"}};
    EXPECT(cases, integer);
}
END_TEST

static CvValue truth(CvArena *arena, const char *value)
{
    (void)arena;
    return cv_value_bool(*value == 'T');
}

static CvValue real(CvArena *arena, const char *value)
{
    (void)arena;
    return cv_value_float(strtod(value, NULL));
}

START_TEST(truths_are_integers_and_floats_are_no_fractions)
{
    static const Case truths[] = {{"T", "real", "1"},       {"F", "numerator", "0"}, {"T", "bit_length", "1"},
                                  {"F", "bit_length", "0"}, {"T", "bit_count", "1"}, {"T", "is_integer", "True"}};
    static const Case floats[] = {{"1.5", "real", "1.5"},          {"1.5", "imag", "0.0"},
                                  {"1.5", "numerator", "?"},       {"1.5", "denominator", "?"},
                                  {"1.5", "bit_length", "?"},      {"1.5", "is_integer", "False"},
                                  {"1e300", "is_integer", "True"}, {"nan", "is_integer", "False"},
                                  {"-inf", "is_integer", "False"}, {"-0.0", "conjugate", "-0.0"}};
    EXPECT(truths, truth);
    EXPECT(floats, real);
}
END_TEST

static CvValue decimal(CvArena *arena, const char *value)
{
    return cv_value_decimal(cv_decimal(arena, value));
}

START_TEST(decimals)
{
    static const Case cases[] = {{"0", "is_zero", "True"},
                                 {"-0", "is_zero", "True"},
                                 {"0.01", "is_zero", "False"},
                                 {"-0", "is_signed", "True"},
                                 {"1", "is_signed", "False"},
                                 {"NaN", "is_nan", "True"},
                                 {"NaN", "is_finite", "False"},
                                 {"NaN", "is_infinite", "False"},
                                 {"-Infinity", "is_infinite", "True"},
                                 {"1", "is_infinite", "False"},
                                 {"1", "is_finite", "True"},
                                 {"1.50", "normalize", "1.5"},
                                 {"100", "normalize", "100"},
                                 {"-1.500", "copy_abs", "1.500"},
                                 {"0", "copy_negate", "-0"},
                                 {"-0", "copy_negate", "0"},
                                 {"1.50", "copy_negate", "-1.50"},
                                 {"NaN", "copy_negate", "-NaN"},
                                 {"-NaN", "copy_abs", "NaN"},
                                 {"Infinity", "copy_negate", "-Infinity"},
                                 {"1.50", "real", "1.50"},
                                 {"1.50", "imag", "0"},
                                 {"1.50", "numerator", "?"}};
    EXPECT(cases, decimal);
}
END_TEST

static CvValue moment(CvArena *arena, const char *value)
{
    CvSlice rest = cv_slice(value), when;
    (void)cv_slice_split(&rest, ' ', &when);
    int parts[6];
    ck_assert_int_eq(
        sscanf(when.data, "%d-%d-%dT%d:%d:%d", &parts[0], &parts[1], &parts[2], &parts[3], &parts[4], &parts[5]), 6);
    CvDate date = cv_date(parts[0], parts[1], parts[2]);
    CvTime time = cv_time(parts[3], parts[4], parts[5], 56);
    if (!rest.length)
        return cv_value_datetime(cv_datetime_naive(date, time));
    return cv_value_datetime(cv_datetime_in(date, time, cv_zone(cv_slice_string(arena, rest)), false));
}

START_TEST(moments)
{
    static const Case cases[] = {{"2008-01-02T12:03:04", "ctime", "Wed Jan  2 12:03:04 2008"},
                                 {"2024-12-31T23:59:59 Europe/Berlin", "ctime", "Tue Dec 31 23:59:59 2024"},
                                 {"2024-01-27T02:30:00 America/New_York", "utcoffset", "-1 day, 19:00:00"},
                                 {"2024-07-27T02:30:00 Europe/Berlin", "utcoffset", "2:00:00"},
                                 {"2024-07-27T02:30:00", "utcoffset", "None"},
                                 {"2024-07-27T02:30:00", "tzinfo", "None"},
                                 {"2024-07-27T02:30:00", "tzname", "None"},
                                 {"2024-07-27T02:30:00 Europe/Berlin", "tzinfo", "Europe/Berlin"},
                                 {"2024-07-27T02:30:00 Europe/Berlin", "tzname", "CEST"},
                                 {"2024-07-27T02:30:00 Europe/Berlin", "fold", "0"},
                                 {"2024-07-27T02:30:07 Europe/Berlin", "isoformat", "2024-07-27T02:30:07.000056+02:00"},
                                 {"2024-07-27T02:30:07", "date.isoformat", "2024-07-27"},
                                 {"2024-07-27T02:30:07", "time.isoformat", "02:30:07.000056"},
                                 {"2024-07-27T00:00:00", "time.hour", "0"},
                                 {"2024-07-27T02:30:07", "microsecond", "56"},
                                 {"2024-07-27T02:30:07", "second", "7"},
                                 {"2024-07-27T02:30:07", "minute", "30"},
                                 {"2024-07-28T02:30:07", "weekday", "6"},
                                 {"2024-07-28T02:30:07", "isoweekday", "7"},
                                 {"0001-01-01T00:00:00", "toordinal", "1"},
                                 {"9999-12-31T00:00:00", "toordinal", "3652059"},
                                 {"1970-01-01T00:00:01 UTC", "timestamp", "1.000056"}};
    EXPECT(cases, moment);
}
END_TEST

START_TEST(an_hour_that_comes_twice)
{
    Site site = SITE();
    const CvZone *berlin = cv_zone("Europe/Berlin");
    CvDate date = cv_date(2024, 10, 27);
    CvTime time = cv_time(2, 30, 0, 0);
    cv_context_set(site.context, "a", cv_value_datetime(cv_datetime_in(date, time, berlin, false)));
    cv_context_set(site.context, "b", cv_value_datetime(cv_datetime_in(date, time, berlin, true)));
    expect_render(&site, "{{ a.hour }} {{ a.fold }} {{ a.utcoffset }} {{ b.hour }} {{ b.fold }} {{ b.utcoffset }}",
                  "2 0 2:00:00 2 1 1:00:00");
    site_close(&site);
}
END_TEST

static CvValue duration(CvArena *arena, const char *value)
{
    (void)arena;
    return cv_value_duration(cv_duration(strtoll(value, NULL, 10)));
}

START_TEST(durations)
{
    static const Case cases[] = {{"0", "days", "0"},
                                 {"-1", "days", "-1"},
                                 {"-1", "seconds", "86399"},
                                 {"-1", "microseconds", "999999"},
                                 {"-1", "total_seconds", "-0.000001"},
                                 {"-86400000000", "days", "-1"},
                                 {"-86400000000", "seconds", "0"},
                                 {"86400500000", "days", "1"},
                                 {"86400500000", "seconds", "0"},
                                 {"86400500000", "microseconds", "500000"},
                                 {"3600000000", "total_seconds", "3600.0"},
                                 {"-9223372036854775808", "days", "-106751992"},
                                 {"-9223372036854775808", "seconds", "71945"},
                                 {"-9223372036854775808", "microseconds", "224192"}};
    EXPECT(cases, duration);
}
END_TEST

START_TEST(lists_and_dicts)
{
    Site site = site_of(NULL, (CvEngineOptions){.no_autoescape = true});
    CvDict *dict = cv_dict_create(site.arena);
    cv_context_set(site.context, "none", cv_value_dict(cv_dict_create(site.arena)));
    cv_dict_set_name(dict, "a", cv_value_int(1));
    cv_dict_set(dict, cv_value_int(2), cv_value_string("x"));
    cv_context_set(site.context, "d", cv_value_dict(dict));
    cv_context_set(site.context, "l", CV_VALUE(cv_list(site.arena, 1, "a")));
    expect_render(&site, "{{ d.items }} {{ d.keys }} {{ d.values }}",
                  "dict_items([('a', 1), (2, 'x')]) dict_keys(['a', 2]) dict_values([1, 'x'])");
    expect_render(&site, "{% for k, v in d.items %}{{ k }}={{ v }};{% endfor %}{{ d.items|length }}", "a=1;2=x;2");
    expect_render(&site, "{% for v in none.values %}x{% empty %}none{% endfor %}{% if none.keys %}x{% endif %}",
                  "none");
    expect_render(&site, "[{{ d.items.0 }}{{ d.keys.0 }}]", "[]"); /* views have no items by number */
    expect_render(&site, "{{ d.copy }} {{ l.copy }}", "{'a': 1, 2: 'x'} [1, 'a']");
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/methods", case_of_texts, kinds_of_texts, parts_of_texts, methods_forget_that_a_text_was_safe,
           what_needs_arguments_is_invalid_and_no_failure, integers, truths_are_integers_and_floats_are_no_fractions,
           decimals, moments, an_hour_that_comes_twice, durations, lists_and_dicts)
