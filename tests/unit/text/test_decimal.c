/* Tests text/decimal.h and text/number.h; what is expected is what Python and Django answer. */
#include "cases.h"

static CvDecimal d(const char *text)
{
    return cv_decimal(cv_arena(), text);
}

static CvSlice parsed(CvArena *arena, CvSlice text)
{
    CvDecimal number;
    return cv_decimal_parse(arena, text, &number) ? cv_slice(number.text) : CV_SLICE("no");
}

START_TEST(texts_are_read_as_python_reads_them)
{
    static const Case cases[] = {{"1.50", "1.50"},
                                 {" +1_000 ", "1000"},
                                 {"1e3", "1E+3"},
                                 {".5", "0.5"},
                                 {"5.", "5"},
                                 {"-0", "-0"},
                                 {"0E+5", "0E+5"},
                                 {"0.0000001", "1E-7"},
                                 {"0.000001", "0.000001"},
                                 {"123E-2", "1.23"},
                                 {"12345E3", "1.2345E+7"},
                                 {"Inf", "Infinity"},
                                 {"-infinity", "-Infinity"},
                                 {"nan", "NaN"},
                                 {"sNaN12", "sNaN"},
                                 {"٣.٥", "3.5"},
                                 {"00012", "12"},
                                 {"", "no"},
                                 {".", "no"},
                                 {"1e", "no"},
                                 {"1,5", "no"},
                                 {"e5", "no"},
                                 {"1 2", "no"},
                                 {"--1", "no"},
                                 {"nanx", "no"},
                                 {"1e99999999999999999999", "no"}};
    CHECK_CASES(cases, parsed);
}
END_TEST

START_TEST(sums_products_and_quotients)
{
    CvArena *arena = cv_arena();
    CvDecimal out;
    CvError error;
    ck_assert_str_eq(cv_decimal_add(arena, d("9.99"), d("9.99")).text, "19.98");
    ck_assert_str_eq(cv_decimal_add(arena, d("1E+30"), d("1")).text, "1.000000000000000000000000000E+30");
    ck_assert_str_eq(cv_decimal_add(arena, d("1E+999999"), d("-1E-999999")).text,
                     "1.000000000000000000000000000E+999999");
    ck_assert_str_eq(cv_decimal_subtract(arena, d("1.10"), d("1.1")).text, "0.00");
    ck_assert_str_eq(cv_decimal_multiply(arena, d("-19.99"), d("3")).text, "-59.97");
    ck_assert_str_eq(cv_decimal_multiply(arena, d("1E+999999"), d("10")).text, "Infinity");
    ck_assert(cv_decimal_divide(arena, d("1"), d("3"), &out, &error));
    ck_assert_str_eq(out.text, "0.3333333333333333333333333333");
    ck_assert(cv_decimal_divide(arena, d("10"), d("4"), &out, &error));
    ck_assert_str_eq(out.text, "2.5");
    ck_assert(!cv_decimal_divide(arena, d("1"), d("0.0"), &out, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_ZERO_DIVISION);
    ck_assert_str_eq(cv_decimal_add(arena, d("Infinity"), d("-Infinity")).text, "NaN");
    ck_assert_str_eq(cv_decimal_negate(arena, d("0.0")).text, "0.0");
    ck_assert_str_eq(cv_decimal_abs(arena, d("-1.5")).text, "1.5");
    ck_assert_str_eq(cv_decimal_normalize(arena, d("100.00")).text, "1E+2");
}
END_TEST

START_TEST(rounding_has_eight_ways)
{
    static const struct {
        const char *number, *expected[8]; /* half even, half up, half down, up, down, ceiling, floor, 05up */
    } cases[] = {
        {"2.5", {"2", "3", "2", "3", "2", "3", "2", "2"}}, {"-2.5", {"-2", "-3", "-2", "-3", "-2", "-2", "-3", "-2"}},
        {"3.5", {"4", "4", "3", "4", "3", "4", "3", "3"}}, {"0.01", {"0", "0", "0", "1", "0", "1", "0", "1"}},
        {"5.2", {"5", "5", "5", "6", "5", "6", "5", "6"}}, {"9.9", {"10", "10", "10", "10", "9", "10", "9", "9"}},
        {"7.0", {"7", "7", "7", "7", "7", "7", "7", "7"}}};
    CvDecimal out;
    CvError error;
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        for (int mode = 0; mode < 8; mode++) {
            ck_assert(cv_decimal_quantize(cv_arena(), d(cases[i].number), 0, (CvRounding)mode, &out, &error));
            ck_assert_str_eq(out.text, cases[i].expected[mode]);
        }
    ck_assert(cv_decimal_quantize(cv_arena(), d("1234.5"), -2, CV_ROUND_HALF_UP, &out, &error));
    ck_assert_str_eq(out.text, "1.2E+3");
    ck_assert(cv_decimal_quantize(cv_arena(), d("1"), 3, CV_ROUND_HALF_UP, &out, &error));
    ck_assert_str_eq(out.text, "1.000");
}
END_TEST

START_TEST(sizes_are_bounded)
{
    CvDecimal out;
    CvError error;
    char *digits = cv_alloc(CV_DECIMAL_DIGITS_MAX + 2);
    memset(digits, '7', CV_DECIMAL_DIGITS_MAX + 1);
    ck_assert(!cv_decimal_parse(cv_arena(), cv_slice_of(digits, CV_DECIMAL_DIGITS_MAX + 1), &out));
    ck_assert(cv_decimal_parse(cv_arena(), cv_slice_of(digits, CV_DECIMAL_DIGITS_MAX), &out));
    cv_decimal_multiply(cv_arena(), out, out);
    ck_assert(!cv_decimal_quantize(cv_arena(), d("1E+500000"), 0, CV_ROUND_UP, &out, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_OVERFLOW);
    ck_assert(!cv_decimal_quantize(cv_arena(), d("NaN"), 0, CV_ROUND_UP, &out, &error));
    ck_assert_ptr_null(cv_decimal_fixed(cv_arena(), d("1E+500"), 500));
    ck_assert_ptr_nonnull(cv_decimal_fixed(cv_arena(), d("1E+499"), 500));
    ck_assert_str_eq(cv_decimal_fixed(cv_arena(), d("-1.5E-3"), 10), "-0.0015");
}
END_TEST

START_TEST(conversions)
{
    CvArena *arena = cv_arena();
    int64_t number;
    CvDecimal out;
    ck_assert(cv_decimal_to_int64(d("-9223372036854775808.9"), &number) && number == INT64_MIN);
    ck_assert(!cv_decimal_to_int64(d("9223372036854775808"), &number));
    ck_assert(!cv_decimal_to_int64(d("1E+100000"), &number));
    ck_assert(!cv_decimal_to_int64(d("Infinity"), &number));
    ck_assert(cv_decimal_to_int64(d("0.9"), &number) && number == 0);
    ck_assert(cv_decimal_to_double(d("0.1")) == 0.1);
    ck_assert_str_eq(cv_decimal_from_double(arena, 0.1).text, "0.1");
    ck_assert_str_eq(cv_decimal_from_int(arena, -7).text, "-7");
    ck_assert(cv_decimal_from_value(arena, CV_VALUE(true), &out) && strcmp(out.text, "1") == 0);
    ck_assert(!cv_decimal_from_value(arena, CV_NONE, &out));
    ck_assert(cv_decimal_is_zero(d("-0.00")) && cv_decimal_is_negative(d("-0.00")) &&
              !cv_decimal_is_zero(d("1E-999999")));
    ck_assert(cv_decimal_is_nan(d("NaN")) && cv_decimal_is_nan((CvDecimal){0}) && !cv_decimal_is_finite(d("inf")));
    size_t digits;
    int64_t exponent;
    cv_decimal_shape(d("12.340"), &digits, &exponent);
    ck_assert(digits == 5 && exponent == -3);
    int order;
    ck_assert(cv_decimal_compare(d("1.0"), d("1"), &order) && order == 0);
}
END_TEST

static const char *grouped(CvValue number, CvNumberFormat format)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_number_format(cv_arena(), &out, number, format);
    return cv_buffer_string(&out);
}

START_TEST(numbers_for_people)
{
    CvNumberFormat thousands = {.group = true, .grouping = {3}}, indian = {.group = true, .grouping = {3, 2}};
    ck_assert_str_eq(grouped(CV_VALUE(1234567), thousands), "1,234,567");
    ck_assert_str_eq(grouped(CV_VALUE(-123), thousands), "-123");
    ck_assert_str_eq(grouped(CV_VALUE(123456789), indian), "12,34,56,789");
    ck_assert_str_eq(grouped(CV_VALUE(1e22), (CvNumberFormat){.has_places = true, .places = 1}),
                     "10000000000000000000000.0");
    ck_assert_str_eq(grouped(CV_VALUE(1.999), (CvNumberFormat){.has_places = true, .places = 2, .decimal = ","}),
                     "1,99");
    ck_assert_str_eq(grouped(CV_VALUE(d("1.234e300")), (CvNumberFormat){0}), "1.234e+300");
    ck_assert_str_eq(grouped(CV_VALUE(d("-1E-10")), (CvNumberFormat){.has_places = true, .places = 3}), "0.000");
    ck_assert_str_eq(grouped(CV_VALUE("1.2345"), (CvNumberFormat){.has_places = true, .places = -1}), "1.234");
    ck_assert_str_eq(grouped(CV_VALUE("1.2"), (CvNumberFormat){.has_places = true, .places = -3}), "1");
    ck_assert_str_eq(grouped(CV_VALUE("1.\xd9\xa3\xd9\xa3"), (CvNumberFormat){.has_places = true, .places = 1}),
                     "1.\xd9\xa3");
    ck_assert_str_eq(grouped(CV_NONE, (CvNumberFormat){0}), "None");
    ck_assert_str_eq(grouped(CV_VALUE(""), (CvNumberFormat){0}), "");
}
END_TEST

START_TEST(floats_with_places)
{
    static const struct {
        const char *text;
        int places;
        const char *expected;
    } cases[] = {{"34.23234", -1, "34.2"}, {"34.0", -1, "34"},    {"34.26", 3, "34.260"},    {"-0.001", 2, "0.00"},
                 {"0.5", 0, "1"},          {"1.5", 0, "2"},       {"1e5", 2, "100000.00"},   {"abc", 2, ""},
                 {"nan", 2, "nan"},        {"1e201", 2, "1e201"}, {"13.1031", -3, "13.103"}, {"5", -3, "5"},
                 {"-0.0", -1, "0"},        {"0.99999", 2, "1.00"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvSlice got = cv_floatformat(cv_arena(), CV_VALUE(cases[i].text), cases[i].places, false, NULL);
        ck_assert_msg(cv_slice_is(got, cases[i].expected), "%s: %.*s", cases[i].text, CV_SLICE_ARG(got));
    }
    ck_assert(cv_slice_is(cv_floatformat(cv_arena(), CV_VALUE(6666.6666), 2, true, NULL), "6,666.67"));
}
END_TEST

START_TEST(file_sizes)
{
    static const struct {
        double bytes;
        const char *expected;
    } cases[] = {{0, "0\u00a0bytes"},      {1, "1\u00a0byte"},          {1023, "1023\u00a0bytes"},
                 {1024, "1.0\u00a0KB"},    {1048575, "1024.0\u00a0KB"}, {1048576, "1.0\u00a0MB"},
                 {-3.5e9, "-3.3\u00a0GB"}, {1e20, "88817.8\u00a0PB"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        ck_assert_str_eq(cv_filesize_format(cv_arena(), cases[i].bytes).data, cases[i].expected);
}
END_TEST

UNIT_TESTS("text/decimal", texts_are_read_as_python_reads_them, sums_products_and_quotients, rounding_has_eight_ways,
           sizes_are_bounded, conversions, numbers_for_people, floats_with_places, file_sizes)
