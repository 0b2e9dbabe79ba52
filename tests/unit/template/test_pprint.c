/* test_pprint.c: values laid out as Python's pprint does it: width, order of keys, long texts, deep values. */
#include "template_test.h"
#include "text/json.h"

static const char *page_of(Site *site, CvValue value)
{
    cv_context_set(site->context, "v", value);
    return render_text(site, "{{ v|pprint|safe }}");
}

static CvValue json(Site *site, const char *text)
{
    CvValue value;
    CvError error = {0};
    ck_assert_msg(cv_json_parse(site->arena, cv_slice(text), NULL, &value, &error), "%s: %s", text, error.message);
    return value;
}

static void expect_layout(const char *text, const char *expected)
{
    Site site = SITE();
    ck_assert_str_eq(page_of(&site, json(&site, text)), expected);
    site_close(&site);
}

#define WORDS "word word word word word word word word word word word word word word word word word word word word "
#define THIRTEEN_WORDS "word word word word word word word word word word word word word "
#define FOURTEEN_WORDS THIRTEEN_WORDS "word "
#define X37 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

START_TEST(short_values_stand_on_a_line)
{
    expect_layout("\"short\"", "'short'");
    expect_layout("[]", "[]");
    expect_layout("{}", "{}");
    expect_layout("\"\"", "''");
    expect_layout("[1, 2.5, null, true, \"x\"]", "[1, 2.5, None, True, 'x']");
    expect_layout("{\"b\": {}, \"a\": [[]]}", "{'a': [[]], 'b': {}}");
}
END_TEST

START_TEST(eighty_columns_fit)
{
    expect_layout("[\"" X37 "\", \"" X37 "a\"]", "['" X37 "',\n '" X37 "a']");
    expect_layout("[\"" X37 "\", \"" X37 "\"]", "['" X37 "',\n '" X37 "']"); /* 82 */
    expect_layout("[\"" X37 "\", 1234567890123456789012345678901234567]",
                  "['" X37 "', 1234567890123456789012345678901234567]"); /* 80 */
    expect_layout("[\"" X37 "\", 12345678901234567890123456789012345678]",
                  "['" X37 "',\n 12345678901234567890123456789012345678]");
    expect_layout("[\"ééééééééééééééééééééééééééééééééééééé\", 1234567890123456789012345678901234567]",
                  "['ééééééééééééééééééééééééééééééééééééé', 1234567890123456789012345678901234567]");
}
END_TEST

START_TEST(long_texts_are_cut_between_words)
{
    expect_layout("\"" WORDS "end\"", "('word word word word word word word word word word word word word word word '\n"
                                      " 'word word word word word end')");
    expect_layout("[\"" WORDS "\", \"b\"]", "['" FOURTEEN_WORDS "word '\n"
                                            " 'word word word word word ',\n"
                                            " 'b']");
    expect_layout("{\"text\": \"" WORDS "\", \"b\": 1}", "{'b': 1,\n"
                                                         " 'text': '" THIRTEEN_WORDS "'\n"
                                                         "         'word word word word word word word '}");
    expect_layout(
        "[\"line one of these\\nline two is here and goes on for longer than eighty columns as you can see\", 1]",
        "['line one of these\\n'\n"
        " 'line two is here and goes on for longer than eighty columns as you can see',\n"
        " 1]");
}
END_TEST

START_TEST(a_word_that_is_too_long_stays_whole)
{
    expect_layout("\"" X37 X37 X37 "\"", "'" X37 X37 X37 "'");
    expect_layout("[\"" X37 X37 X37 " b\"]", "['" X37 X37 X37 " '\n 'b']");
}
END_TEST

START_TEST(what_nests_is_indented)
{
    expect_layout("{\"b\": {\"" X37 "\": [10000000000, 10000000001, 10000000002]}, \"a\": []}",
                  "{'a': [],\n"
                  " 'b': {'" X37 "': [10000000000,\n"
                  "                                                 10000000001,\n"
                  "                                                 10000000002]}}");
}
END_TEST

static CvValue tuple(CvList *list)
{
    return (CvValue){.kind = CV_TUPLE, .list = list};
}

START_TEST(a_tuple_of_one_keeps_its_comma)
{
    Site site = SITE();
    ck_assert_str_eq(page_of(&site, tuple(cv_list(site.arena, 1))), "(1,)");
    ck_assert_str_eq(page_of(&site, tuple(cv_list_create(site.arena))), "()");
    ck_assert_str_eq(page_of(&site, tuple(cv_list(site.arena, X37 X37 X37))), "('" X37 X37 X37 "',)");
    ck_assert_str_eq(page_of(&site, tuple(cv_list(site.arena, WORDS))),
                     "('" FOURTEEN_WORDS "word '\n 'word word word word word ',)");
    ck_assert_str_eq(page_of(&site, tuple(cv_list(site.arena, X37 "a", X37 "b"))), "('" X37 "a',\n '" X37 "b')");
    site_close(&site);
}
END_TEST

START_TEST(keys_are_in_order_of_value_or_else_of_type)
{
    Site site = SITE();
    CvDict *dict = cv_dict_create(site.arena);
    cv_dict_set(dict, cv_value_int(10), cv_value_string("a"));
    cv_dict_set(dict, cv_value_int(2), cv_value_string("b"));
    cv_dict_set(dict, cv_value_string("x"), cv_value_null());
    cv_dict_set(dict, cv_value_string("a"), cv_value_int(1));
    cv_dict_set(dict, cv_value_null(), cv_value_int(0));
    cv_dict_set(dict, tuple(cv_list(site.arena, 1, "q")), cv_value_int(5));
    ck_assert_str_eq(page_of(&site, cv_value_dict(dict)), "{None: 0, 2: 'b', 10: 'a', 'a': 1, 'x': None, (1, 'q'): 5}");
    dict = cv_dict_create(site.arena);
    for (int i = 0; i < 37; i++) /* every length of runs that are merged */
        cv_dict_set(dict, cv_value_int((i * 23) % 37), cv_value_null());
    const char *page = page_of(&site, cv_value_dict(dict));
    for (int i = 0; i < 37; i++) {
        const char *line = cv_arena_printf(site.arena, "%c%d: None", i ? ' ' : '{', i);
        ck_assert_msg(strncmp(page, line, strlen(line)) == 0, "%d: %s", i, page);
        page += strlen(line) + 2;
    }
    site_close(&site);
}
END_TEST

START_TEST(deep_values_are_printed_whole)
{
    Site site = SITE();
    CvValue value = cv_value_int(1);
    for (int i = 0; i < 60; i++)
        value = cv_value_list(cv_list(site.arena, value, X37));
    const char *page = page_of(&site, value);
    int opened = 0, closed = 0;
    for (; *page; page++) {
        opened += *page == '[';
        closed += *page == ']';
    }
    ck_assert_int_eq(opened, 60);
    ck_assert_int_eq(closed, 60);
    site_close(&site);
}
END_TEST

UNIT_TESTS("template/pprint", short_values_stand_on_a_line, eighty_columns_fit, long_texts_are_cut_between_words,
           a_word_that_is_too_long_stays_whole, what_nests_is_indented, a_tuple_of_one_keeps_its_comma,
           keys_are_in_order_of_value_or_else_of_type, deep_values_are_printed_whole)
