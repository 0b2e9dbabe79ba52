/* sqlite_moments.c: date arithmetic for SQLite under Django's names: durations are microseconds, moments are text. */
#include "db/sqlite_more.h"
#include "db/sqlite_private.h"
#include "db/stored.h"

/* A moment as microseconds since 1970, or the number of a duration; `whole_day`: text was a date alone. */
typedef struct Operand {
    int64_t microseconds;
    double real;
    bool is_moment, whole_day, is_time, is_real;
} Operand;

static bool read_operand(sqlite3_value *value, Operand *out)
{
    const char *text;
    CvDate date;
    CvTime time = {0};
    *out = (Operand){0};
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        out->microseconds = sqlite3_value_int64(value);
        return true;
    case SQLITE_FLOAT:
        out->real = sqlite3_value_double(value);
        out->is_real = true;
        return out->real > -9e18 && out->real < 9e18;
    case SQLITE_TEXT:
        text = (const char *)sqlite3_value_text(value);
        break;
    default:
        return false;
    }
    size_t length = text ? (size_t)sqlite3_value_bytes(value) : 0;
    out->is_moment = true;
    if (text && cv_stored_read_date(text, length, &date))
        out->whole_day = true;
    else if (text && cv_stored_read_time(text, length, &time)) {
        out->is_time = true;
        date = cv_date(1970, 1, 1);
    } else if (!text || !cv_stored_read_datetime(text, length, &date, &time))
        return false;
    out->microseconds = (int64_t)cv_date_to_days(date) * CV_DAY + cv_time_to_microseconds(time);
    return true;
}

static void put_moment(sqlite3_context *context, int64_t microseconds, const Operand *like)
{
    int64_t days = microseconds / CV_DAY - (microseconds % CV_DAY < 0);
    CvTime time = cv_time_from_microseconds(microseconds - days * CV_DAY);
    CvDate date = cv_date_from_days(days);
    char text[32];
    if (!cv_date_is_set(date)) {
        sqlite3_result_null(context);
        return;
    }
    size_t length = like->is_time     ? cv_stored_write_time(text, time)
                    : like->whole_day ? cv_stored_write_date(text, date)
                                      : cv_stored_write_datetime(text, date, time);
    sqlite3_result_text(context, text, (int)length, SQLITE_TRANSIENT);
}

/* A duration times or by a number, or numbers. */
static void scale(sqlite3_context *context, char op, const Operand *a, const Operand *b)
{
    int64_t result;
    double left = a->is_real ? a->real : (double)a->microseconds,
           right = b->is_real ? b->real : (double)b->microseconds;
    if (a->is_moment || b->is_moment || (op == '/' && right == 0))
        return;
    if (op == '/')
        sqlite3_result_double(context, left / right);
    else if (a->is_real || b->is_real)
        sqlite3_result_double(context, left * right);
    else if (!__builtin_mul_overflow(a->microseconds, b->microseconds, &result))
        sqlite3_result_int64(context, result);
}

/* Durations, a moment and a duration, or the duration between two moments. */
static void shift(sqlite3_context *context, char op, const Operand *a, const Operand *b)
{
    int64_t result;
    if (a->is_real || b->is_real || (op == '+' && a->is_moment && b->is_moment) ||
        (op == '-' && b->is_moment && !a->is_moment))
        return;
    if (op == '+' ? __builtin_add_overflow(a->microseconds, b->microseconds, &result)
                  : __builtin_sub_overflow(a->microseconds, b->microseconds, &result))
        return;
    if (a->is_moment != b->is_moment)
        put_moment(context, result, a->is_moment ? a : b);
    else
        sqlite3_result_int64(context, result);
}

/* django_format_dtdelta(operator, a, b): null where the two have no such result. */
static void format_delta(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Operand a, b;
    const char *op = (const char *)sqlite3_value_text(arguments[0]);
    (void)count;
    sqlite3_result_null(context);
    if (!op || !read_operand(arguments[1], &a) || !read_operand(arguments[2], &b))
        return;
    if (op[0] == '*' || op[0] == '/')
        scale(context, op[0], &a, &b);
    else if (op[0] == '+' || op[0] == '-')
        shift(context, op[0], &a, &b);
}

/* django_timestamp_diff(a, b), django_time_diff(a, b): microseconds. */
static void difference(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Operand a, b;
    int64_t result;
    (void)count;
    if (read_operand(arguments[0], &a) && read_operand(arguments[1], &b) && a.is_moment && b.is_moment &&
        !__builtin_sub_overflow(a.microseconds, b.microseconds, &result))
        sqlite3_result_int64(context, result);
    else
        sqlite3_result_null(context);
}

/* django_time_trunc('hour', time[, zone, connection zone]) */
static void truncate_time(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const char *unit = (const char *)sqlite3_value_text(arguments[0]);
    const char *text = (const char *)sqlite3_value_text(arguments[1]);
    CvTime time;
    char out[32];
    (void)count;
    if (!unit || !text || !cv_stored_read_time(text, (size_t)sqlite3_value_bytes(arguments[1]), &time)) {
        sqlite3_result_null(context);
        return;
    }
    CvSlice name = cv_slice(unit);
    bool hour = cv_slice_is(name, "hour"), minute = cv_slice_is(name, "minute"), second = cv_slice_is(name, "second");
    if (!hour && !minute && !second) {
        sqlite3_result_null(context);
        return;
    }
    time = cv_time(time.hour, hour ? 0 : time.minute, second ? time.second : 0, 0);
    sqlite3_result_text(context, out, (int)cv_stored_write_time(out, time), SQLITE_TRANSIENT);
}

void cv_sqlite_register_moments(sqlite3 *handle)
{
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"django_format_dtdelta", 3, format_delta},
                     {"django_timestamp_diff", 2, difference},
                     {"django_time_diff", 2, difference},
                     {"django_time_trunc", 2, truncate_time},
                     {"django_time_trunc", 4, truncate_time}};
    for (size_t i = 0; i < CV_COUNT_OF(functions); i++)
        sqlite3_create_function_v2(handle, functions[i].name, functions[i].arguments,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, functions[i].run, NULL, NULL, NULL);
}
