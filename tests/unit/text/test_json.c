/* Tests text/json.h; what is expected is what Python's json module answers. */
#include "cases.h"

#include <math.h>

static CvValue parse(const char *text)
{
    CvValue value;
    CvError error;
    if (!cv_json_parse(cv_arena(), cv_slice(text), NULL, &value, &error))
        ck_abort_msg("%s: %s", text, error.message);
    return value;
}

static CvSlice again(CvArena *arena, CvSlice text)
{
    CvValue value;
    CvError error;
    CvBuffer out = cv_buffer(arena);
    if (!cv_json_parse(arena, text, NULL, &value, &error))
        return cv_slice(error.message);
    ck_assert(cv_json_write(arena, &out, value, NULL, &error));
    return buffer_text(&out);
}

START_TEST(what_is_read_is_written_as_python_writes_it)
{
    static const Case cases[] = {
        {" {\"b\" : 1,\"a\":[ ] , \"c\":{}}\n", "{\"b\": 1, \"a\": [], \"c\": {}}"},
        {"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\": 3, \"b\": 2}"},
        {"[1.0,1e5,-0,-0.0,1E400,0.1]", "[1.0, 100000.0, 0, -0.0, Infinity, 0.1]"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"-9223372036854775809", "-9223372036854775809"},
        {"\"\\u00e9\\ud83d\\ude00\\n\\/\\b\\f\\\"\"", "\"\\u00e9\\ud83d\\ude00\\n/\\b\\f\\\"\""},
        {"\"é😀\x7f\"", "\"\\u00e9\\ud83d\\ude00\\u007f\""},
        {"[true,false,null]", "[true, false, null]"},
        {"\"\\u0000\"", "\"\\u0000\""},
    };
    CHECK_CASES(cases, again);
}
END_TEST

START_TEST(what_is_malformed_is_refused_with_its_place)
{
    static const Case cases[] = {
        {"", "Expecting value: line 1 column 1 (char 0)"},
        {"[1,]", "Illegal trailing comma before end of array: line 1 column 3 (char 2)"},
        {"{\"a\":1,}", "Illegal trailing comma before end of object: line 1 column 7 (char 6)"},
        {"[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"},
        {"{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"},
        {"{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"{\"a\":1\n,\n\"é\":x}", "Expecting value: line 3 column 5 (char 13)"},
        {"\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"},
        {"\"a\nb\"", "Invalid control character at: line 1 column 3 (char 2)"},
        {"\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)"},
        {"\"\\u12g4\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"},
        {"1 2", "Extra data: line 1 column 3 (char 2)"},
        {"01", "Extra data: line 1 column 2 (char 1)"},
        {"1.", "Extra data: line 1 column 2 (char 1)"},
        {"-", "Expecting value: line 1 column 1 (char 0)"},
        {"NaN", "Expecting value: line 1 column 1 (char 0)"},
        {"/* */1", "Expecting value: line 1 column 1 (char 0)"},
        {"\"\\ud800\"", "A surrogate stands alone: line 1 column 2 (char 1)"},
        {"\"\\udc00\\ud800\"", "A surrogate stands alone: line 1 column 2 (char 1)"},
        {"[\"\xff\"]", "Invalid UTF-8: line 1 column 3 (char 2)"},
        {"[\"\xED\xA0\x80\"]", "Invalid UTF-8: line 1 column 3 (char 2)"},
        {"[", "Expecting value: line 1 column 2 (char 1)"},
    };
    CHECK_CASES(cases, again);
    CvValue value;
    CvError error;
    ck_assert(!cv_json_parse(cv_arena(), CV_SLICE("[\n\n  x"), NULL, &value, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_VALUE);
    ck_assert_int_eq(error.line, 3);
    ck_assert_int_eq(error.column, 3);
    ck_assert(!cv_json_parse(cv_arena(), cv_slice_of("\0", 1), NULL, &value, &error));
    ck_assert(!cv_json_parse(cv_arena(), cv_slice_of("1\0", 2), NULL, &value, &error));
}
END_TEST

static bool nested(int depth, const CvJsonReadOptions *options)
{
    CvBuffer text = cv_buffer(cv_arena());
    CvValue value;
    CvError error;
    cv_buffer_append_repeated(&text, '[', (size_t)depth);
    cv_buffer_append_repeated(&text, ']', (size_t)depth);
    return cv_json_parse(cv_arena(), cv_buffer_slice(&text), options, &value, &error);
}

START_TEST(depth_is_bounded)
{
    ck_assert(nested(CV_JSON_DEPTH - 1, NULL));
    ck_assert(nested(CV_JSON_DEPTH, NULL));
    ck_assert(!nested(CV_JSON_DEPTH + 1, NULL));
    ck_assert(!nested(1000000, NULL));
    ck_assert(nested(3, &(CvJsonReadOptions){.depth = 3}));
    ck_assert(!nested(4, &(CvJsonReadOptions){.depth = 3}));
    ck_assert(!nested(201, &(CvJsonReadOptions){.depth = 10000}));
}
END_TEST

START_TEST(reading_options)
{
    CvValue value;
    CvError error;
    CvJsonReadOptions options = {.nan = true, .decimals = true};
    ck_assert(cv_json_parse(cv_arena(), CV_SLICE("[NaN,-Infinity,1.50]"), &options, &value, &error));
    ck_assert(isnan(value.list->items[0].real) && isinf(value.list->items[1].real));
    ck_assert_str_eq(value.list->items[2].decimal.text, "1.50");
    ck_assert_int_eq(parse("5").kind, CV_INT);
    ck_assert_int_eq(parse("5.0").kind, CV_FLOAT);
}
END_TEST

static const char *write(CvValue value, CvJsonWriteOptions options)
{
    CvBuffer out = cv_buffer(cv_arena());
    CvError error;
    if (!cv_json_write(cv_arena(), &out, value, &options, &error))
        return error.message;
    return cv_buffer_string(&out);
}

START_TEST(writing_options)
{
    CvValue value = parse("{\"b\":[1,{}],\"a\":\"é\"}");
    ck_assert_str_eq(write(value, (CvJsonWriteOptions){.compact = true, .unicode = true, .sort_keys = true}),
                     "{\"a\":\"é\",\"b\":[1,{}]}");
    ck_assert_str_eq(write(value, (CvJsonWriteOptions){.indent = 2}),
                     "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": \"\\u00e9\"\n}");
    ck_assert_str_eq(write(value, (CvJsonWriteOptions){.indent = -1}),
                     "{\n\"b\": [\n1,\n{}\n],\n\"a\": \"\\u00e9\"\n}");
    ck_assert_str_eq(write(CV_VALUE(NAN), (CvJsonWriteOptions){.nan = true}), "NaN");
    ck_assert_str_eq(write(CV_VALUE(NAN), (CvJsonWriteOptions){0}), "Out of range float values are not JSON compliant");
    ck_assert_str_eq(write(CV_VALUE(cv_date(2024, 1, 2)), (CvJsonWriteOptions){.plain = true}),
                     "Object of type datetime.date is not JSON serializable");
}
END_TEST

START_TEST(django_kinds)
{
    CvArena *arena = cv_arena();
    CvValue utc = CV_VALUE(cv_datetime_in(cv_date(2024, 1, 2), cv_time(3, 4, 5, 678901), cv_zone_utc, false));
    CvList *list =
        cv_list(arena, cv_date(2024, 1, 2), cv_time(3, 4, 5, 678901), utc, cv_duration(CV_HOUR), (CvDecimal){"1.50"});
    ck_assert_str_eq(write(CV_VALUE(list), (CvJsonWriteOptions){0}),
                     "[\"2024-01-02\", \"03:04:05.678\", \"2024-01-02T03:04:05.678Z\", \"P0DT01H00M00S\", \"1.50\"]");
    CvDict *dict = cv_dict_create(arena);
    cv_dict_set(dict, CV_VALUE(1), CV_NONE);
    cv_dict_set(dict, CV_VALUE(true), CV_NONE);
    cv_dict_set(dict, CV_VALUE(2.5), CV_NONE);
    cv_dict_set(dict, CV_NONE, CV_NONE);
    ck_assert_str_eq(write(CV_VALUE(dict), (CvJsonWriteOptions){0}), "{\"1\": null, \"2.5\": null, \"null\": null}");
    cv_dict_set(dict, CV_VALUE(cv_date(2024, 1, 1)), CV_NONE);
    ck_assert_str_eq(write(CV_VALUE(dict), (CvJsonWriteOptions){0}),
                     "keys must be str, int, float, bool or None, not datetime.date");
    ck_assert_str_eq(write(CV_VALUE(((CvBytes){"x", 1})), (CvJsonWriteOptions){0}),
                     "Object of type bytes is not JSON serializable");
}
END_TEST

START_TEST(a_failed_writing_leaves_the_buffer)
{
    CvBuffer out = cv_buffer(cv_arena());
    CvError error;
    cv_buffer_append_string(&out, "x");
    ck_assert(!cv_json_write(cv_arena(), &out, CV_VALUE(cv_list(cv_arena(), 1, CV_VALUE(((CvBytes){"x", 1})))), NULL,
                             &error));
    ck_assert_uint_eq(out.length, 1);
}
END_TEST

static bool next_number(CvIterator *iterator, CvValue *out)
{
    *out = CV_VALUE((int64_t)iterator->index);
    return iterator->index++ < 3;
}

static void iterate_numbers(const void *object, CvIterator *iterator)
{
    (void)object;
    iterator->next = next_number;
}

START_TEST(objects_with_items_are_arrays)
{
    static const CvType numbers = {CV_TYPE_MAGIC, "Numbers", .iterate = iterate_numbers},
                        none = {CV_TYPE_MAGIC, "None_"};
    CvObject some = {&numbers}, nothing = {&none};
    ck_assert_str_eq(write(CV_VALUE(&some), (CvJsonWriteOptions){0}), "[0, 1, 2]");
    ck_assert_str_eq(write(CV_VALUE(&nothing), (CvJsonWriteOptions){0}),
                     "Object of type None_ is not JSON serializable");
    ck_assert_str_eq(write(CV_VALUE(&some), (CvJsonWriteOptions){.plain = true}),
                     "Object of type Numbers is not JSON serializable");
}
END_TEST

START_TEST(writing_is_bounded_in_depth)
{
    CvValue value = CV_VALUE(1);
    for (int i = 0; i < 1000; i++)
        value = CV_VALUE(cv_list_of(cv_arena(), 1, &value));
    ck_assert_str_eq(write(value, (CvJsonWriteOptions){0}), "The value is nested too deeply for JSON.");
    CvDict *dict = cv_dict_create(cv_arena());
    cv_dict_set_name(dict, "x", value);
    ck_assert_str_eq(write(CV_VALUE(dict), (CvJsonWriteOptions){0}), "The value is nested too deeply for JSON.");
}
END_TEST

UNIT_TESTS("text/json", what_is_read_is_written_as_python_writes_it, what_is_malformed_is_refused_with_its_place,
           depth_is_bounded, reading_options, writing_options, django_kinds, a_failed_writing_leaves_the_buffer,
           objects_with_items_are_arrays, writing_is_bounded_in_depth)
