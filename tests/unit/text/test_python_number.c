/* test_python_number.c: integers and floats as Python reads them. */
#include "unit.h"

#include "base/self.h"
#include "text/number.h"

static bool int_is(const char *text, int64_t wanted)
{
    CvValue value;
    return cv_python_int(cv_arena(), cv_slice(text), &value) && value.kind == CV_INT && value.integer == wanted;
}

static bool no_int(const char *text)
{
    CvValue value;
    return !cv_python_int(cv_arena(), cv_slice(text), &value);
}

START_TEST(integers)
{
    ck_assert(int_is("7", 7) && int_is(" -7\n", -7) && int_is("+1_000", 1000) && int_is("\xd9\xa3", 3));
    ck_assert(int_is("7\v", 7) &&
              int_is("\xc2\xa0"
                     "7\xc2\x85",
                     7) &&
              no_int("7\x1f") && no_int("\x1c\xd9\xa3"));
    ck_assert(no_int("\x1f") && no_int(" ") && no_int("7\xe2\x80\x8b"));
    ck_assert(no_int("") && no_int("1__0") && no_int("_1") && no_int("1_") && no_int("1.0") && no_int("0x1") &&
              no_int("- 1"));
}
END_TEST

START_TEST(digits_are_bounded)
{
    char digits[4302];
    CvValue value;
    memset(digits, '9', sizeof digits);
    ck_assert(cv_python_int(cv_arena(), cv_slice_of(digits, 4300), &value));
    ck_assert(!cv_python_int(cv_arena(), cv_slice_of(digits, 4301), &value));
}
END_TEST

START_TEST(floats)
{
    double number;
    ck_assert(cv_python_float(cv_arena(), cv_slice(" 1_0.5e1 "), &number) && number == 105);
    ck_assert(cv_python_float(cv_arena(), cv_slice("-Infinity"), &number) && number < 0);
    ck_assert(cv_python_float(cv_arena(), cv_slice(".5"), &number) &&
              cv_python_float(cv_arena(), cv_slice("5."), &number));
    ck_assert(cv_python_float(cv_arena(), cv_slice("\xd9\xa3.\xd9\xa3\xc2\xa0"), &number) && number == 3.3);
    ck_assert(!cv_python_float(cv_arena(), cv_slice("1.5\x1e"), &number));
    ck_assert(!cv_python_float(cv_arena(), cv_slice("."), &number) &&
              !cv_python_float(cv_arena(), cv_slice("0x1p3"), &number));
}
END_TEST

UNIT_TESTS("text/python_number", integers, digits_are_bounded, floats)
