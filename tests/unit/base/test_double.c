/* Tests doubles as text (base/buffer.h, base/slice.h). */
#include "base/base.h"

#include <locale.h>
#include <math.h>

#include "unit.h"

static const char *text_of(double number)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_buffer_append_double(&out, number);
    return cv_buffer_string(&out);
}

START_TEST(the_shortest_digits_are_those_of_python)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {123456789012345680.0, "1.2345678901234568e+17"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1.0 / 3, "0.3333333333333333"},
        {-19.99, "-19.99"},
        {9007199254740993.0, "9007199254740992.0"},
        {5.684341886080802e-14, "5.684341886080802e-14"},
        {9.5367431640625e-07, "9.5367431640625e-07"},
        {100.5, "100.5"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {4.35, "4.35"},
        {0.3, "0.3"},
        {2.675, "2.675"},
        {1e-4, "0.0001"},
        {123456.789012, "123456.789012"},
    };
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        ck_assert_str_eq(text_of(cases[i].number), cases[i].text);
    ck_assert_str_eq(text_of(NAN), "nan");
    ck_assert_str_eq(text_of(-INFINITY), "-inf");
}
END_TEST

START_TEST(every_text_reads_back_as_the_same_double)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        double number, back;
        memcpy(&number, &state, sizeof number);
        if (!isfinite(number))
            continue;
        CvArenaMark mark = cv_arena_mark(cv_arena());
        ck_assert(cv_slice_to_double(cv_slice(text_of(number)), &back));
        ck_assert(number == back);
        cv_arena_rewind(cv_arena(), mark);
    }
}
END_TEST

START_TEST(what_is_no_number_is_refused_and_leaves_the_target)
{
    static const char *const bad[] = {"",    "x",   "1x",     " 1",    "1 ", "0x10", "1e",
                                      "--1", "1,5", "nan(1)", "infin", ".",  "+"};
    double number = 42;
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert_msg(!cv_slice_to_double(cv_slice(bad[i]), &number), "%s", bad[i]);
        ck_assert(number == 42);
    }
    ck_assert(!cv_slice_to_double(cv_slice_of("1\0002", 3), &number));
}
END_TEST

START_TEST(long_numbers_and_words_are_read)
{
    char digits[2000];
    double number;
    memset(digits, '1', sizeof digits);
    digits[1] = '.';
    ck_assert(cv_slice_to_double(cv_slice_of(digits, sizeof digits), &number));
    ck_assert(number == 1.1111111111111112);
    ck_assert(cv_slice_to_double(CV_SLICE("-Infinity"), &number) && isinf(number) && number < 0);
    ck_assert(cv_slice_to_double(CV_SLICE("NaN"), &number) && isnan(number));
    ck_assert(cv_slice_to_double(CV_SLICE("1e400"), &number) && isinf(number));
}
END_TEST

START_TEST(the_locale_of_the_process_has_no_say)
{
    double number;
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        setlocale(LC_ALL, "C.UTF-8");
    ck_assert_str_eq(text_of(1.0 / 3), "0.3333333333333333");
    ck_assert(cv_slice_to_double(CV_SLICE("1.5"), &number) && number == 1.5);
}
END_TEST

UNIT_TESTS("base/double", the_shortest_digits_are_those_of_python, every_text_reads_back_as_the_same_double,
           what_is_no_number_is_refused_and_leaves_the_target, long_numbers_and_words_are_read,
           the_locale_of_the_process_has_no_say)
