/* test_fixture.c: cutting a JSON array into its objects. */
#include "unit.h"

#include "management/fixture_private.h"

static size_t cut(const char *text, CvFixture *fixture, int *last_line)
{
    CvFixtureObject object;
    size_t count = 0;
    *fixture = (CvFixture){.text = cv_slice(text)};
    while (cv_fixture_next(fixture, &object)) {
        count++;
        *last_line = object.line;
        ck_assert(object.text.data[0] == '{' && object.text.data[object.text.length - 1] == '}');
    }
    return count;
}

START_TEST(objects_come_with_their_lines)
{
    CvFixture fixture;
    int line = 0;
    ck_assert_uint_eq(cut("[]", &fixture, &line), 0);
    ck_assert_ptr_null(fixture.problem);
    ck_assert_uint_eq(cut(" [ ] \n", &fixture, &line), 0);
    ck_assert_ptr_null(fixture.problem);
    ck_assert_uint_eq(cut("[\n{\"a\": [{}, \"}]\"]},\n\n{\"b\": \"\\\"{\"}\n]\n", &fixture, &line), 2);
    ck_assert_ptr_null(fixture.problem);
    ck_assert_int_eq(line, 4);
}
END_TEST

START_TEST(what_is_no_array_is_told)
{
    static const struct {
        const char *text;
        size_t count;
        int line;
        const char *problem;
    } cases[] = {
        {"", 0, 1, "a fixture is a JSON array of objects"},
        {"{}", 0, 1, "a fixture is a JSON array of objects"},
        {"[", 0, 1, "the array does not end"},
        {"[{}", 1, 1, "the array does not end"},
        {"[{}\n{}]", 1, 2, "a comma was expected between objects"},
        {"[{},\n]", 1, 2, "an object was expected behind the comma"},
        {"[1]", 0, 1, "an object was expected"},
        {"[\n{\"a\": 1", 0, 2, "this object does not end"},
        {"[{\"a]}", 0, 1, "this object does not end"},
        {"[{}]\nx", 1, 2, "something stands behind the array"},
        {"[{\"\\", 0, 1, "this object does not end"},
    };
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvFixture fixture;
        int line;
        ck_assert_uint_eq(cut(cases[i].text, &fixture, &line), cases[i].count);
        ck_assert_ptr_nonnull(fixture.problem);
        ck_assert_str_eq(fixture.problem, cases[i].problem);
        ck_assert_int_eq(fixture.line, cases[i].line);
    }
}
END_TEST

UNIT_TESTS("management/fixture", objects_come_with_their_lines, what_is_no_array_is_told)
