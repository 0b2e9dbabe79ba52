/* fuzz_decimal.c: two numbers on two lines; arithmetic must agree with itself. */
#include "base/base.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(CvArena *arena, CvDecimal number)
{
    CvDecimal again;
    if (!cv_decimal_parse(arena, cv_slice(number.text), &again) || strcmp(again.text, number.text) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice rest = cv_slice_of((const char *)data, size), line;
    CvDecimal a, b, out;
    CvError error;
    CvBuffer text = cv_buffer(arena);
    int64_t number;
    int order, reverse;

    if (size > 3000)
        size = 3000;
    rest = cv_slice_range(rest, 0, size);
    if (!cv_slice_split(&rest, '\n', &line) || !cv_decimal_parse(arena, line, &a))
        goto done;
    check_text(arena, a);
    if (!cv_decimal_parse(arena, rest, &b))
        b = cv_decimal_from_int(arena, (int64_t)size);
    check_text(arena, cv_decimal_add(arena, a, b));
    check_text(arena, cv_decimal_subtract(arena, a, b));
    check_text(arena, cv_decimal_multiply(arena, a, b));
    check_text(arena, cv_decimal_normalize(arena, a));
    if (cv_decimal_divide(arena, a, b, &out, &error))
        check_text(arena, out);
    for (int mode = 0; mode < 8; mode++)
        if (cv_decimal_quantize(arena, a, (int64_t)(size % 30) - 10, (CvRounding)mode, &out, &error))
            check_text(arena, out);
    if (cv_decimal_compare(a, b, &order) && (!cv_decimal_compare(b, a, &reverse) || order != -reverse))
        abort();
    (void)!cv_decimal_to_int64(a, &number);
    cv_decimal_fixed(arena, a, 500);
    cv_floatformat(arena, CV_VALUE(a), (int64_t)(size % 20) - 10, true, NULL);
    cv_number_format(arena, &text, CV_VALUE(a),
                     (CvNumberFormat){.group = true, .grouping = {3}, .has_places = true, .places = 2});
done:
    cv_arena_destroy(arena);
    return 0;
}
