/* convert.c: values on their way into a column: what Django's to_python, get_prep_value and get_db_prep_value do. */
#include "db/stored.h"
#include "orm/model_private.h"
#include "text/date.h"
#include "text/decimal.h"
#include "text/json.h"

#include <arpa/inet.h>
#include <math.h>

const CvColumn *cv_column_base(const CvColumn *column)
{
    while (column->to_column)
        column = column->to_column;
    return column;
}

/* The row given for a foreign key stands for its key. */
static CvValue unwrap_row(const CvColumn *column, CvValue value)
{
    const CvType *type = cv_type_of(value.object);
    if (type->resolve != cv_row_type_resolve)
        cv_raise(CV_ERROR_TYPE, "Field '%s' expected a value but got an object (%s).", column->name, type->name);
    return cv_row_key(value.object);
}

CV_NORETURN CV_COLD static void expected(CvArena *arena, const CvColumn *column, const char *what, CvValue value)
{
    CvSlice shown = cv_value_repr(arena, value);
    cv_raise(value.kind == CV_STRING || value.kind == CV_FLOAT ? CV_ERROR_VALUE : CV_ERROR_TYPE,
             "Field '%s' expected %s but got %.*s.", cv_column_base(column)->name, what, CV_SLICE_ARG(shown));
}

CV_NORETURN CV_COLD static void invalid(CvArena *arena, const char *format, CvValue value)
{
    CvSlice shown = cv_value_str(arena, value);
    char *text = cv_arena_printf(arena, "\u201c%.*s\u201d", CV_SLICE_ARG(shown));
    cv_raise(CV_ERROR_VALIDATION, "%s %s", text, format);
}

static CvValue to_integer(CvArena *arena, const CvColumn *column, CvValue value)
{
    int64_t number;
    switch ((CvKind)value.kind) {
    case CV_INT:
    case CV_BIGINT:
        return value;
    case CV_BOOL:
        return cv_value_int(value.boolean);
    case CV_FLOAT:
        if (!(fabs(value.real) < 9.2e18))
            expected(arena, column, "a number", value);
        return cv_value_int((int64_t)value.real);
    case CV_DECIMAL:
        if (cv_decimal_to_int64(value.decimal, &number))
            return cv_value_int(number);
        expected(arena, column, "a number", value);
    case CV_STRING: {
        CvSlice text = cv_slice_trim(cv_value_as_slice(value));
        if (cv_slice_to_int64(text, &number))
            return cv_value_int(number);
        expected(arena, column, "a number", value);
    }
    default:
        expected(arena, column, "a number", value);
    }
}

static CvValue to_float(CvArena *arena, const CvColumn *column, CvValue value)
{
    double number;
    switch ((CvKind)value.kind) {
    case CV_FLOAT:
        return value;
    case CV_INT:
        return cv_value_float((double)value.integer);
    case CV_BOOL:
        return cv_value_float(value.boolean);
    case CV_DECIMAL:
        return cv_value_float(cv_decimal_to_double(value.decimal));
    case CV_STRING:
        if (cv_slice_to_double(cv_slice_trim(cv_value_as_slice(value)), &number))
            return cv_value_float(number);
        expected(arena, column, "a number", value);
    default:
        expected(arena, column, "a number", value);
    }
}

static CvValue to_bool(CvArena *arena, const CvColumn *column, CvValue value)
{
    (void)column;
    if (value.kind == CV_BOOL)
        return value;
    if (value.kind == CV_INT && (value.integer == 0 || value.integer == 1))
        return cv_value_bool(value.integer == 1);
    if (value.kind == CV_STRING) {
        CvSlice text = cv_value_as_slice(value);
        if (cv_slice_is(text, "True") || cv_slice_is(text, "t") || cv_slice_is(text, "1"))
            return cv_value_bool(true);
        if (cv_slice_is(text, "False") || cv_slice_is(text, "f") || cv_slice_is(text, "0"))
            return cv_value_bool(false);
    }
    invalid(arena, column->null ? "value must be either True, False, or None." : "value must be either True or False.",
            value);
}

static CvValue to_decimal(CvArena *arena, const CvColumn *column, CvValue value)
{
    CvDecimal number;
    if (value.kind == CV_DECIMAL && !cv_decimal_is_nan(value.decimal))
        return value;
    if (value.kind == CV_STRING ? cv_decimal_parse(arena, cv_value_as_slice(value), &number)
                                : cv_decimal_from_value(arena, value, &number)) {
        if (!cv_decimal_is_nan(number))
            return cv_value_decimal(number);
    }
    (void)column;
    invalid(arena, "value must be a decimal number.", value);
}

static CvValue to_date(CvArena *arena, CvValue value)
{
    CvDate date;
    if (value.kind == CV_DATE)
        return value;
    if (value.kind == CV_DATETIME) {
        CvDateTime moment = value.datetime;
        return cv_value_date(cv_datetime_clock(moment, cv_datetime_is_naive(moment) ? NULL : cv_default_zone()).date);
    }
    if (value.kind == CV_STRING)
        switch (cv_date_parse(cv_value_as_slice(value), &date)) {
        case CV_PARSED:
            return cv_value_date(date);
        case CV_NO_SUCH:
            invalid(arena, "value has the correct format (YYYY-MM-DD) but it is an invalid date.", value);
        case CV_NOT_PARSED:
            break;
        }
    invalid(arena, "value has an invalid date format. It must be in YYYY-MM-DD format.", value);
}

static CvValue to_datetime(CvArena *arena, CvValue value)
{
    CvDateTime moment;
    CvDate date;
    if (value.kind == CV_DATETIME) {
        moment = value.datetime;
    } else if (value.kind == CV_DATE) {
        moment = cv_datetime_naive(value.date, cv_time(0, 0, 0, 0));
    } else if (value.kind == CV_STRING) {
        CvParsed parsed = cv_datetime_parse(cv_value_as_slice(value), &moment);
        if (parsed == CV_NO_SUCH)
            invalid(arena,
                    "value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid "
                    "date/time.",
                    value);
        if (parsed == CV_NOT_PARSED) {
            if (cv_date_parse(cv_value_as_slice(value), &date) != CV_PARSED)
                invalid(arena, "value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.",
                        value);
            moment = cv_datetime_naive(date, cv_time(0, 0, 0, 0));
        }
    } else {
        invalid(arena, "value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.", value);
    }
    if (cv_datetime_is_naive(moment)) { /* a reading of the default zone's clock */
        CvClock clock = cv_datetime_clock(moment, NULL);
        moment = cv_datetime_in(clock.date, clock.time, cv_default_zone(), false);
    }
    return cv_value_datetime(cv_datetime_to(moment, cv_zone_utc));
}

static CvValue to_time(CvArena *arena, CvValue value)
{
    CvTime time;
    if (value.kind == CV_TIME)
        return value;
    if (value.kind == CV_DATETIME)
        return cv_value_time(cv_datetime_clock(value.datetime, NULL).time);
    if (value.kind == CV_STRING)
        switch (cv_time_parse(cv_value_as_slice(value), &time)) {
        case CV_PARSED:
            return cv_value_time(time);
        case CV_NO_SUCH:
            invalid(arena, "value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.", value);
        case CV_NOT_PARSED:
            break;
        }
    invalid(arena, "value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.", value);
}

static CvValue to_duration(CvArena *arena, CvValue value)
{
    CvDuration duration;
    if (value.kind == CV_DURATION)
        return value;
    if (value.kind == CV_STRING && cv_duration_parse(cv_value_as_slice(value), &duration) == CV_PARSED)
        return cv_value_duration(duration);
    invalid(arena, "value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format.", value);
}

static CvValue to_uuid(CvArena *arena, CvValue value)
{
    CvUuid uuid = {.set = true};
    if (value.kind == CV_UUID)
        return value;
    if (value.kind == CV_STRING && cv_stored_read_uuid(value.text, value.length, uuid.bytes))
        return cv_value_uuid(uuid);
    if (value.kind == CV_INT && value.integer >= 0) { /* the number that the UUID is */
        for (int i = 0; i < 8; i++)
            uuid.bytes[15 - i] = (uint8_t)((uint64_t)value.integer >> (8 * i));
        return cv_value_uuid(uuid);
    }
    invalid(arena, "is not a valid UUID.", value);
}

/* IPv6 addresses in their shortest form; mapped IPv4 ones as such where the field says so. */
static CvValue to_address(CvArena *arena, const CvColumn *column, CvValue value)
{
    uint8_t bytes[16];
    char text[64];
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (!value.length || value.length >= sizeof text || !memchr(value.text, ':', value.length))
        return value;
    memcpy(text, value.text, value.length);
    text[value.length] = '\0';
    if (inet_pton(AF_INET6, text, bytes) != 1)
        return value;
    bool unpack = column->field->unpack_ipv4 && memcmp(bytes, mapped, sizeof mapped) == 0;
    if (!inet_ntop(unpack ? AF_INET : AF_INET6, unpack ? bytes + 12 : bytes, text, sizeof text))
        return value;
    return cv_value_string(cv_arena_strdup(arena, text));
}

static CvValue to_text(CvArena *arena, CvValue value)
{
    if (value.kind == CV_STRING)
        return value;
    return cv_value_slice(cv_value_str(arena, value));
}

CvValue cv_column_convert(CvArena *arena, const CvColumn *column, CvValue value)
{
    const CvColumn *base = cv_column_base(column);
    if (value.kind == CV_OBJECT)
        value = unwrap_row(column, value);
    if (value.kind == CV_NULL || value.kind == CV_MISSING)
        return cv_value_null();
    switch (base->storage) {
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
        return to_integer(arena, column, value);
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        return to_float(arena, column, value);
    case CV_STORE_BOOL:
    case CV_STORE_NULL_BOOL:
        return to_bool(arena, column, value);
    case CV_STORE_TEXT:
        value = to_text(arena, value);
        return base->field->kind == &cv_ip_address_field ? to_address(arena, base, value) : value;
    case CV_STORE_DECIMAL:
        return to_decimal(arena, column, value);
    case CV_STORE_DATE:
        return to_date(arena, value);
    case CV_STORE_TIME:
        return to_time(arena, value);
    case CV_STORE_DATETIME:
        return to_datetime(arena, value);
    case CV_STORE_DURATION:
        return to_duration(arena, value);
    case CV_STORE_UUID:
        return to_uuid(arena, value);
    case CV_STORE_BYTES:
        if (value.kind != CV_BYTES && value.kind != CV_STRING)
            expected(arena, column, "bytes", value);
        value.kind = CV_BYTES;
        return value;
    case CV_STORE_JSON:
    case CV_STORE_NONE:
    case CV_STORE_REFERENCE:
        break;
    }
    return value;
}

CvValue cv_value_store(CvArena *arena, CvValue value)
{
    char *text;
    CvClock clock;
    switch ((CvKind)value.kind) {
    case CV_DATE:
        text = cv_arena_alloc_raw(arena, 32, 1);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_date(text, value.date)));
    case CV_TIME:
        text = cv_arena_alloc_raw(arena, 32, 1);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_time(text, value.time)));
    case CV_DATETIME:
        text = cv_arena_alloc_raw(arena, 40, 1);
        clock = cv_datetime_clock(value.datetime, cv_datetime_is_naive(value.datetime) ? NULL : cv_zone_utc);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_datetime(text, clock.date, clock.time)));
    case CV_DURATION:
        return cv_value_int(value.duration);
    case CV_DECIMAL:
        return cv_value_string(value.decimal.text);
    case CV_UUID:
        text = cv_arena_alloc_raw(arena, 40, 1);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_uuid(text, value.uuid)));
    default:
        return value;
    }
}

CvValue cv_column_store(CvArena *arena, const CvColumn *column, CvValue value)
{
    const CvColumn *base = cv_column_base(column);
    if (base->storage == CV_STORE_JSON && value.kind != CV_NULL) {
        CvBuffer out = cv_buffer(arena);
        CvError error;
        if (!cv_json_write(arena, &out, value, NULL, &error))
            cv_raise_error(&error);
        return cv_value_slice(cv_buffer_slice(&out));
    }
    return cv_value_store(arena, value);
}
