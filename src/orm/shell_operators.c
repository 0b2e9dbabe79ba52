/* shell_operators.c: operators of the query language on numbers, text, dates, lists, expressions and query sets. */
#include <math.h>

#include "orm/shell_private.h"
#include "text/decimal.h"

#define POWER_MAX 4096         /* 2 ** n of integers: more is refused */
#define REPEATED_MAX (1 << 20) /* bytes of a repeated text */

static CV_NORETURN void unsupported(CvValue left, const char *operator_text, CvValue right)
{
    cv_raise(CV_ERROR_TYPE, "unsupported operand type(s) for %s: '%s' and '%s'", operator_text,
             cv_shell_type_name(left), cv_shell_type_name(right));
}

static bool is_integer(CvValue value)
{
    return value.kind == CV_INT || value.kind == CV_BOOL || value.kind == CV_BIGINT;
}

static bool is_number(CvValue value)
{
    return is_integer(value) || value.kind == CV_FLOAT || value.kind == CV_DECIMAL;
}

/* ---- integers, to 127 bits and a sign ---- */

typedef __int128 Wide; /* never its least value, which has no positive one beside it */

CV_NORETURN static void too_large(void)
{
    cv_raise(CV_ERROR_OVERFLOW, "the integer is too large to calculate with");
}

static bool is_least(Wide number)
{
    return number == (Wide)((unsigned __int128)1 << 127);
}

static Wide wide_of(CvValue value)
{
    if (value.kind != CV_BIGINT)
        return value.kind == CV_BOOL ? value.boolean : value.integer;
    Wide number = 0;
    CvSlice text = cv_value_as_slice(value);
    bool negative = text.length && text.data[0] == '-';
    for (size_t i = negative; i < text.length; i++)
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_sub_overflow(number, text.data[i] - '0', &number))
            too_large();
    if (is_least(number))
        too_large();
    return negative ? number : -number;
}

static CvValue integer_value(Wide number)
{
    if (is_least(number))
        too_large();
    if (number >= INT64_MIN && number <= INT64_MAX)
        return cv_value_int((int64_t)number);
    char text[48];
    size_t at = sizeof text;
    bool negative = number < 0;
    unsigned __int128 rest = negative ? -(unsigned __int128)number : (unsigned __int128)number;
    for (; rest; rest /= 10)
        text[--at] = (char)('0' + (int)(rest % 10));
    if (negative)
        text[--at] = '-';
    return cv_value_integer_text(cv_arena(), cv_slice_of(text + at, sizeof text - at));
}

static Wide power(Wide base, Wide exponent)
{
    Wide result = 1;
    for (Wide i = 0; i < exponent; i++)
        if (i >= POWER_MAX || __builtin_mul_overflow(result, base, &result))
            too_large();
    return result;
}

static Wide floor_divide(Wide a, Wide b)
{
    Wide quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static CvValue integers(Wide a, const char *op, Wide b)
{
    Wide result = 0;
    bool overflow = false;
    if ((op[0] == '/' || op[0] == '%') && b == 0)
        cv_raise(CV_ERROR_ZERO_DIVISION, op[0] == '%' ? "integer modulo by zero"
                                         : op[1]      ? "integer division or modulo by zero"
                                                      : "division by zero");
    if (!strcmp(op, "**"))
        return b < 0 ? cv_value_float(pow((double)a, (double)b)) : integer_value(power(a, b));
    if (!strcmp(op, "/"))
        return cv_value_float((double)a / (double)b);
    if (!strcmp(op, "//"))
        return integer_value(floor_divide(a, b));
    if ((op[0] == '<' || op[0] == '>') && b < 0)
        cv_raise(CV_ERROR_VALUE, "negative shift count");
    switch (op[0]) {
    case '+':
        overflow = __builtin_add_overflow(a, b, &result);
        break;
    case '-':
        overflow = __builtin_sub_overflow(a, b, &result);
        break;
    case '*':
        overflow = __builtin_mul_overflow(a, b, &result);
        break;
    case '%':
        result = a - floor_divide(a, b) * b;
        break;
    case '<':
        overflow = a != 0 && (b > 126 || __builtin_mul_overflow(a, (Wide)1 << b, &result));
        break;
    case '>':
        result = b > 126 ? (a < 0 ? -1 : 0) : a >> b;
        break;
    default:
        result = op[0] == '&' ? a & b : op[0] == '|' ? a | b : a ^ b;
    }
    if (overflow)
        too_large();
    return integer_value(result);
}

/* ---- floats and decimals ---- */

static double real_of(CvValue value)
{
    return value.kind == CV_FLOAT ? value.real : (double)wide_of(value);
}

static CvValue floats(CvValue left, const char *op, CvValue right)
{
    double a = real_of(left), b = real_of(right), result;
    if ((op[0] == '/' || op[0] == '%') && b == 0)
        cv_raise(CV_ERROR_ZERO_DIVISION, "float division by zero");
    if (!strcmp(op, "**"))
        result = pow(a, b);
    else if (!strcmp(op, "//"))
        result = floor(a / b);
    else if (op[0] == '%')
        result = a - floor(a / b) * b;
    else if (op[0] == '+' || op[0] == '-')
        result = op[0] == '+' ? a + b : a - b;
    else if (op[0] == '*' || op[0] == '/')
        result = op[0] == '*' ? a * b : a / b;
    else
        unsupported(left, op, right);
    return cv_value_float(result);
}

static CvValue decimals(CvValue left, const char *op, CvValue right)
{
    CvArena *arena = cv_arena();
    CvDecimal a, b, result;
    CvError error;
    if (left.kind == CV_FLOAT || right.kind == CV_FLOAT || !cv_decimal_from_value(arena, left, &a) ||
        !cv_decimal_from_value(arena, right, &b))
        unsupported(left, op, right);
    if (!strcmp(op, "+"))
        result = cv_decimal_add(arena, a, b);
    else if (!strcmp(op, "-"))
        result = cv_decimal_subtract(arena, a, b);
    else if (!strcmp(op, "*"))
        result = cv_decimal_multiply(arena, a, b);
    else if (strcmp(op, "/") != 0)
        unsupported(left, op, right);
    else if (!cv_decimal_divide(arena, a, b, &result, &error))
        cv_raise_error(&error);
    return cv_value_decimal(result);
}

static CvValue numbers(CvValue left, const char *op, CvValue right)
{
    if (left.kind == CV_BOOL && right.kind == CV_BOOL && strchr("&|^", op[0])) {
        bool a = left.boolean, b = right.boolean;
        return cv_value_bool(op[0] == '&' ? a && b : op[0] == '|' ? a || b : a != b);
    }
    if (is_integer(left) && is_integer(right))
        return integers(wide_of(left), op, wide_of(right));
    return left.kind == CV_DECIMAL || right.kind == CV_DECIMAL ? decimals(left, op, right) : floats(left, op, right);
}

/* ---- dates and durations ---- */

static int64_t add_microseconds(int64_t a, int64_t b)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        cv_raise(CV_ERROR_OVERFLOW, "date value out of range");
    return sum;
}

static int64_t negated(int64_t microseconds)
{
    return microseconds == INT64_MIN ? INT64_MAX : -microseconds;
}

static CvValue moment_and_duration(CvValue moment, int64_t microseconds)
{
    if (moment.kind == CV_DURATION)
        return cv_value_duration(cv_duration(add_microseconds(moment.duration, microseconds)));
    if (moment.kind == CV_DATE) {
        int64_t days = microseconds / CV_DAY - (microseconds % CV_DAY < 0);
        CvDate date = cv_date_from_days(cv_date_to_days(moment.date) + days);
        if (!cv_date_is_set(date))
            cv_raise(CV_ERROR_OVERFLOW, "date value out of range");
        return cv_value_date(date);
    }
    /* Python adds to what the clock shows. */
    CvClock clock = cv_datetime_clock(moment.datetime, NULL);
    CvDateTime naive = cv_datetime_naive(clock.date, clock.time);
    naive.microseconds = add_microseconds(naive.microseconds, microseconds);
    CvClock moved = cv_datetime_clock(naive, NULL);
    if (!cv_date_is_set(moved.date))
        cv_raise(CV_ERROR_OVERFLOW, "date value out of range");
    return cv_value_datetime(cv_datetime_is_naive(moment.datetime)
                                 ? naive
                                 : cv_datetime_in(moved.date, moved.time, moment.datetime.zone, false));
}

static bool moments(CvValue left, const char *op, CvValue right, CvValue *out)
{
    bool minus = !strcmp(op, "-"), plus = !strcmp(op, "+");
    bool left_moment = left.kind == CV_DATE || left.kind == CV_DATETIME || left.kind == CV_DURATION;
    bool right_moment = right.kind == CV_DATE || right.kind == CV_DATETIME;
    if ((plus || minus) && left_moment && right.kind == CV_DURATION)
        *out = moment_and_duration(left, minus ? negated(right.duration) : right.duration);
    else if (plus && left.kind == CV_DURATION && right_moment)
        *out = moment_and_duration(right, left.duration);
    else if (minus && left.kind == CV_DATE && right.kind == CV_DATE)
        *out = cv_value_duration(
            cv_duration((int64_t)(cv_date_to_days(left.date) - cv_date_to_days(right.date)) * CV_DAY));
    else if (minus && left.kind == CV_DATETIME && right.kind == CV_DATETIME &&
             cv_datetime_is_naive(left.datetime) == cv_datetime_is_naive(right.datetime))
        *out = cv_value_duration(cv_duration(left.datetime.microseconds - right.datetime.microseconds));
    else if (!strcmp(op, "*") && left.kind == CV_DURATION && is_integer(right))
        *out = cv_value_duration(cv_duration(cv_shell_integer(integers(left.duration, "*", wide_of(right)))));
    else if (!strcmp(op, "*") && is_integer(left) && right.kind == CV_DURATION)
        *out = cv_value_duration(cv_duration(cv_shell_integer(integers(right.duration, "*", wide_of(left)))));
    else
        return false;
    return true;
}

/* ---- text and lists ---- */

/* "x" * 3; the result is bounded. */
static bool repeated(CvValue left, const char *op, CvValue right, CvValue *out)
{
    CvValue text = left.kind == CV_STRING ? left : right, count = left.kind == CV_STRING ? right : left;
    if (strcmp(op, "*") != 0 || text.kind != CV_STRING || (count.kind != CV_INT && count.kind != CV_BOOL))
        return false;
    int64_t times = count.kind == CV_BOOL ? count.boolean : count.integer;
    CvBuffer all = cv_buffer(cv_arena());
    if (times > 0 && text.length && times > REPEATED_MAX / (int64_t)text.length)
        cv_raise(CV_ERROR_MEMORY, "a repeated text would be longer than %d bytes", REPEATED_MAX);
    for (int64_t i = 0; text.length && i < times; i++)
        cv_buffer_append(&all, text.text, text.length);
    *out = cv_value_slice(cv_slice_of(cv_buffer_string(&all), all.length));
    return true;
}

static bool sequences(CvValue left, const char *op, CvValue right, CvValue *out)
{
    if (repeated(left, op, right, out))
        return true;
    if (strcmp(op, "+") != 0 || left.kind != right.kind)
        return false;
    if (left.kind == CV_STRING || left.kind == CV_BYTES) {
        CvBuffer joined = cv_buffer(cv_arena());
        cv_buffer_append(&joined, left.text, left.length);
        cv_buffer_append(&joined, right.text, right.length);
        *out = cv_value_text(left.kind, cv_buffer_string(&joined), joined.length, 0);
        return true;
    }
    if (left.kind != CV_LIST && left.kind != CV_TUPLE)
        return false;
    CvList *list = cv_list_of(cv_arena(), left.list->count, left.list->items);
    for (size_t i = 0; i < right.list->count; i++)
        cv_list_add(cv_arena(), list, right.list->items[i]);
    *out = cv_value_list(list);
    out->kind = left.kind;
    return true;
}

/* ---- expressions and query sets ---- */

static CvValue expressions(CvValue left, const char *op, CvValue right)
{
    if (op[0] == '&' || op[0] == '|' || (op[0] == '^' && !op[1])) {
        if (!cv_shell_is_expression(left) || !cv_shell_is_expression(right))
            unsupported(left, op, right);
        if (!cv_shell_is_condition(left) && !cv_shell_is_condition(right))
            cv_raise(CV_ERROR_TYPE, "Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.");
        return cv_shell_logic(left, op, right);
    }
    if (op[0] == '<' || op[0] == '>' || !strcmp(op, "//"))
        unsupported(left, op, right);
    CvExpr *a = cv_shell_is_expression(left) ? cv_shell_expression(left) : cv_constant(cv_shell_plain(left));
    CvExpr *b = cv_shell_is_expression(right) ? cv_shell_expression(right) : cv_constant(cv_shell_plain(right));
    return cv_value_object(cv_arithmetic(a, !strcmp(op, "**") ? "^" : op, b));
}

CvValue cv_shell_binary(CvValue left, const char *op, CvValue right)
{
    CvValue result;
    if (cv_shell_is_expression(left) || cv_shell_is_expression(right))
        return expressions(left, op, right);
    if (cv_shell_is_query(left) && cv_shell_is_query(right))
        return cv_shell_combine(left, op, right);
    if (is_number(left) && is_number(right))
        return numbers(left, op, right);
    if (moments(left, op, right, &result) || sequences(left, op, right, &result))
        return result;
    unsupported(left, op, right);
}

/* Of an integer of any size. */
static CvValue opposite(CvValue value)
{
    CvSlice text = cv_value_as_slice(value);
    bool negative = text.data[0] == '-';
    return cv_value_integer_text(cv_arena(),
                                 negative ? cv_slice_skip(text, 1) : cv_slice(cv_printf("-%.*s", CV_SLICE_ARG(text))));
}

CvValue cv_shell_unary(const char *op, CvValue value)
{
    if (cv_shell_is_expression(value)) {
        if (op[0] == '~')
            return cv_shell_not(value);
        if (op[0] == '-')
            return cv_value_object(cv_arithmetic(cv_shell_expression(value), "*", cv_constant(cv_value_int(-1))));
    }
    if (value.kind == CV_BIGINT && op[0] != '~')
        return op[0] == '-' ? opposite(value) : value;
    if (is_integer(value)) {
        Wide number = wide_of(value);
        return integer_value(op[0] == '-' ? -number : op[0] == '~' ? ~number : number);
    }
    if (value.kind == CV_FLOAT && op[0] != '~')
        return cv_value_float(op[0] == '-' ? -value.real : value.real);
    if (value.kind == CV_DECIMAL && op[0] != '~')
        return op[0] == '-' ? cv_value_decimal(cv_decimal_negate(cv_arena(), value.decimal)) : value;
    if (value.kind == CV_DURATION && op[0] != '~')
        return op[0] == '-' ? cv_value_duration(cv_duration(negated(value.duration))) : value;
    cv_raise(CV_ERROR_TYPE, "bad operand type for unary %s: '%s'", op, cv_shell_type_name(value));
}
