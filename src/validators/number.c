/* number.c: validators of size: limits, steps, lengths, digits. */
#include <math.h>

#include "base/self.h"
#include "text/decimal.h"
#include "text/utf8.h"
#include "validators/patterns.h"

static CvValue limit_of(const CvValidator *validator, CvArena *arena)
{
    return validator->limit_function ? validator->limit_function(arena) : validator->limit;
}

/* The three values that every limit's message may name. */
static bool refuse_limit(const CvValidator *validator, CvArena *arena, CvInvalid *invalid, CvValue limit, CvValue shown,
                         CvValue value, const char *code, const char *message)
{
    return cv_invalid(arena, invalid, validator->code ? validator->code : code,
                      validator->message ? validator->message : message, "limit_value", limit, "show_value", shown,
                      "value", value);
}

bool cv_check_limit(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvValue limit = limit_of(validator, arena);
    return (value.kind == limit.kind && cv_value_equal(value, limit)) ||
           refuse_limit(validator, arena, invalid, limit, value, value, "limit_value",
                        "Ensure this value is %(limit_value)s (it is %(show_value)s).");
}

static bool is_nan(CvValue value)
{
    return value.kind == CV_FLOAT && isnan(value.real);
}

/* -1, 0, 1; a float that is no number is neither above nor below. */
static int order_of(CvArena *arena, CvValue a, CvValue b)
{
    int order;
    if (cv_value_compare(a, b, &order))
        return order;
    if ((is_nan(a) && b.kind != CV_DECIMAL) || (is_nan(b) && a.kind != CV_DECIMAL))
        return 0;
    CvSlice text = cv_value_repr(arena, b);
    cv_raise(CV_ERROR_TYPE, "A value of type '%s' cannot be compared with the limit %.*s.", cv_value_kind_name(a),
             CV_SLICE_ARG(text));
}

bool cv_check_max_value(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvValue limit = limit_of(validator, arena);
    return order_of(arena, value, limit) <= 0 ||
           refuse_limit(validator, arena, invalid, limit, value, value, "max_value",
                        "Ensure this value is less than or equal to %(limit_value)s.");
}

bool cv_check_min_value(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvValue limit = limit_of(validator, arena);
    return order_of(arena, value, limit) >= 0 ||
           refuse_limit(validator, arena, invalid, limit, value, value, "min_value",
                        "Ensure this value is greater than or equal to %(limit_value)s.");
}

/* ---- lengths ---- */

static int64_t length_of(CvArena *arena, CvValue value)
{
    size_t length = 0;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        length = value.list->count;
    else if (value.kind == CV_DICT)
        length = cv_dict_count(value.dict);
    else if (value.kind == CV_OBJECT && cv_type_of(value.object)->length)
        (void)cv_type_of(value.object)->length(value.object, &length);
    else
        length = cv_utf8_count(cv_value_str(arena, value));
    return (int64_t)length;
}

static bool refuse_length(const CvValidator *validator, CvArena *arena, CvInvalid *invalid, CvValue limit,
                          int64_t length, CvValue value, const char *code, const char *singular, const char *plural)
{
    refuse_limit(validator, arena, invalid, limit, cv_value_int(length), value, code, singular);
    if (!validator->message) {
        invalid->plural = plural;
        invalid->count = "limit_value";
    }
    return false;
}

bool cv_check_min_length(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvValue limit = limit_of(validator, arena);
    int64_t length = length_of(arena, value);
    return order_of(arena, cv_value_int(length), limit) >= 0 ||
           refuse_length(validator, arena, invalid, limit, length, value, "min_length",
                         "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
                         "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).");
}

bool cv_check_max_length(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvValue limit = limit_of(validator, arena);
    int64_t length = length_of(arena, value);
    return order_of(arena, cv_value_int(length), limit) <= 0 ||
           refuse_length(validator, arena, invalid, limit, length, value, "max_length",
                         "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
                         "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).");
}

/* ---- steps ---- */

static double as_double(CvValue value)
{
    double number;
    switch (value.kind) {
    case CV_INT:
        return (double)value.integer;
    case CV_FLOAT:
        return value.real;
    case CV_DECIMAL:
        return cv_decimal_to_double(value.decimal);
    case CV_BIGINT:
        return cv_slice_to_double(cv_value_as_slice(value), &number) ? number : (double)INFINITY;
    case CV_BOOL:
        return value.boolean;
    default:
        return (double)NAN;
    }
}

/* a + b, in the wider of both kinds. */
static CvValue sum(CvArena *arena, CvValue a, CvValue b)
{
    int64_t whole;
    if (a.kind == CV_INT && b.kind == CV_INT && !__builtin_add_overflow(a.integer, b.integer, &whole))
        return cv_value_int(whole);
    CvDecimal left, right;
    if (a.kind != CV_FLOAT && b.kind != CV_FLOAT && cv_decimal_from_value(arena, a, &left) &&
        cv_decimal_from_value(arena, b, &right))
        return cv_value_decimal(cv_decimal_add(arena, left, right));
    return cv_value_float(as_double(a) + as_double(b));
}

static double difference(CvArena *arena, CvValue a, CvValue b)
{
    int64_t whole;
    CvDecimal left, right;
    if (b.kind == CV_NULL)
        return as_double(a);
    if (a.kind == CV_INT && b.kind == CV_INT && !__builtin_sub_overflow(a.integer, b.integer, &whole))
        return (double)whole;
    if (a.kind == CV_DECIMAL && b.kind != CV_FLOAT && cv_decimal_from_value(arena, a, &left) &&
        cv_decimal_from_value(arena, b, &right))
        return cv_decimal_to_double(cv_decimal_subtract(arena, left, right));
    return as_double(a) - as_double(b);
}

/* The offset as a value of the kind of what was checked: Python's type(value)(offset). */
static CvValue offset_like(CvArena *arena, CvValue value, CvValue offset)
{
    CvDecimal exact;
    if (value.kind == CV_INT && offset.kind == CV_FLOAT && fabs(offset.real) < 9e18)
        return cv_value_int((int64_t)offset.real);
    if (value.kind == CV_FLOAT)
        return cv_value_float(as_double(offset));
    if (value.kind == CV_DECIMAL && cv_decimal_from_value(arena, offset, &exact))
        return cv_value_decimal(exact);
    return offset;
}

bool cv_check_step(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    static const char *const names[] = {"limit_value", "offset", "valid_value1", "valid_value2"};
    CvValue limit = limit_of(validator, arena);
    double rest = remainder(difference(arena, value, validator->offset), as_double(limit));
    if (fabs(rest) <= 1e-9)
        return true;
    if (validator->offset.kind == CV_NULL)
        return refuse_limit(validator, arena, invalid, limit, value, value, "step_size",
                            "Ensure this value is a multiple of step size %(limit_value)s.");
    CvValue offset = offset_like(arena, value, validator->offset), twice = sum(arena, limit, limit);
    return cv_invalid_pairs(arena, invalid, validator->code ? validator->code : "step_size",
                            "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, "
                            "e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on.",
                            4, names,
                            (const CvValue[]){limit, offset, sum(arena, offset, limit), sum(arena, offset, twice)});
}

/* ---- decimals ---- */

static bool refuse_digits(const CvValidator *validator, CvArena *arena, CvInvalid *invalid, CvValue value,
                          const char *code, int64_t most, const char *singular, const char *plural)
{
    static const char *const names[] = {"max", "value"};
    return cv_invalid_plural(arena, invalid, validator->code ? validator->code : code,
                             validator->message ? validator->message : singular, validator->message ? NULL : plural,
                             "max", 2, names, (const CvValue[]){cv_value_int(most), value});
}

bool cv_check_decimal(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvDecimal number;
    size_t digits;
    int64_t exponent, decimals = 0;
    if (!cv_decimal_from_value(arena, value, &number) || !cv_decimal_is_finite(number))
        return cv_refuse(validator, arena, value, invalid, "Enter a number.");
    cv_decimal_shape(number, &digits, &exponent);
    int64_t total = (int64_t)digits;
    if (exponent >= 0) {
        total += cv_decimal_is_zero(number) && digits == 1 ? 0 : exponent;
    } else {
        decimals = -exponent;
        total = total > decimals ? total : decimals;
    }
    const int64_t most = validator->max_digits, places = validator->decimal_places;
    if (most >= 0 && total > most)
        return refuse_digits(validator, arena, invalid, value, "max_digits", most,
                             "Ensure that there are no more than %(max)s digit in total.",
                             "Ensure that there are no more than %(max)s digits in total.");
    if (places >= 0 && decimals > places)
        return refuse_digits(validator, arena, invalid, value, "max_decimal_places", places,
                             "Ensure that there are no more than %(max)s decimal place.",
                             "Ensure that there are no more than %(max)s decimal places.");
    if (most >= 0 && places >= 0 && total - decimals > most - places)
        return refuse_digits(validator, arena, invalid, value, "max_whole_digits", most - places,
                             "Ensure that there are no more than %(max)s digit before the decimal point.",
                             "Ensure that there are no more than %(max)s digits before the decimal point.");
    return true;
}
