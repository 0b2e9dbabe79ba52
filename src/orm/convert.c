/* convert.c: values on their way into a column: what Django's to_python, get_prep_value and get_db_prep_value do. */
#include "db/stored.h"
#include "orm/model_private.h"
#include "orm/own_field.h"
#include "orm/validate.h"
#include "text/date.h"
#include "text/decimal.h"
#include "text/i18n.h"
#include "text/json.h"

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

/* One conversion under way. */
typedef struct Conversion {
    CvArena *arena;
    const CvColumn *column; /* as it was asked; its base's kind says what is done */
    CvInvalid *why;         /* filled in for what does not fit; NULL: it is raised */
} Conversion;

static const CvValue refused = {.kind = CV_MISSING};

/* What Django's get_prep_value raises; its to_python says `message` instead. */
CV_COLD static CvValue expected(const Conversion *to, const char *what, const char *message, CvValue value)
{
    if (to->why) {
        (void)cv_invalid(to->arena, to->why, "invalid", message, "value", value);
        return refused;
    }
    CvSlice shown = cv_value_repr(to->arena, value);
    cv_raise(value.kind == CV_STRING || value.kind == CV_FLOAT ? CV_ERROR_VALUE : CV_ERROR_TYPE,
             "Field '%s' expected %s but got %.*s.", cv_column_base(to->column)->name, what, CV_SLICE_ARG(shown));
}

/* What to_python says, whoever asks. */
/* As Python's parser of dates says it; not even to_python takes such a value. */
static void require_text(CvValue value)
{
    if (value.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "fromisoformat: argument must be str");
}

CV_COLD static CvValue invalid(const Conversion *to, const char *code, const char *message, CvValue value)
{
    CvInvalid made, *why = to->why ? to->why : &made;
    (void)cv_invalid(to->arena, why, code, message, "value", value);
    if (to->why)
        return refused;
    CvSlice text = cv_invalid_text(to->arena, why);
    cv_raise(CV_ERROR_VALIDATION, "%.*s", CV_SLICE_ARG(text));
}

static const char an_integer[] = "“%(value)s” value must be an integer.";
static const char a_float[] = "“%(value)s” value must be a float.";

static CvValue to_integer(const Conversion *to, CvValue value)
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
            return expected(to, "a number", an_integer, value);
        return cv_value_int((int64_t)value.real);
    case CV_DECIMAL:
        if (cv_decimal_to_int64(value.decimal, &number))
            return cv_value_int(number);
        return expected(to, "a number", an_integer, value);
    case CV_STRING: {
        CvSlice text = cv_slice_trim(cv_value_as_slice(value));
        if (cv_slice_to_int64(text, &number))
            return cv_value_int(number);
        return expected(to, "a number", an_integer, value);
    }
    default:
        return expected(to, "a number", an_integer, value);
    }
}

static CvValue to_float(const Conversion *to, CvValue value)
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
        return expected(to, "a number", a_float, value);
    default:
        return expected(to, "a number", a_float, value);
    }
}

static const char no_date[] = "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.";
static const char no_datetime[] = "“%(value)s” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but "
                                  "it is an invalid date/time.";
static const char bad_datetime[] = "“%(value)s” value has an invalid format. It must be in "
                                   "YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.";

static CvValue to_bool(const Conversion *to, CvValue value)
{
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
    bool empty = (value.kind == CV_STRING && !value.length) ||
                 ((value.kind == CV_LIST || value.kind == CV_TUPLE) && !value.list->count);
    if (to->column->null && empty)
        return cv_value_null();
    if (to->column->null)
        return invalid(to, "invalid_nullable", "“%(value)s” value must be either True, False, or None.", value);
    return invalid(to, "invalid", "“%(value)s” value must be either True or False.", value);
}

static CvValue to_decimal(const Conversion *to, CvValue value)
{
    CvDecimal number;
    if (value.kind == CV_DECIMAL && cv_decimal_is_finite(value.decimal))
        return value;
    if (value.kind == CV_STRING ? cv_decimal_parse(to->arena, cv_value_as_slice(value), &number)
                                : cv_decimal_from_value(to->arena, value, &number)) {
        if (cv_decimal_is_finite(number))
            return cv_value_decimal(number);
    }
    return invalid(to, "invalid", "“%(value)s” value must be a decimal number.", value);
}

static CvValue to_date(const Conversion *to, CvValue value)
{
    CvDate date;
    if (value.kind == CV_DATE)
        return value;
    if (value.kind == CV_DATETIME) {
        CvDateTime moment = value.datetime;
        return cv_value_date(cv_datetime_clock(moment, cv_use_tz() ? cv_default_zone() : NULL).date);
    }
    require_text(value);
    if (value.kind == CV_STRING)
        switch (cv_date_parse(cv_value_as_slice(value), &date)) {
        case CV_PARSED:
            return cv_value_date(date);
        case CV_NO_SUCH:
            return invalid(to, "invalid_date", no_date, value);
        case CV_NOT_PARSED:
        case CV_TOO_LARGE: /* of durations */
            break;
        }
    return invalid(to, "invalid", "“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format.",
                   value);
}

static CvValue to_datetime(const Conversion *to, CvValue value)
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
            return invalid(to, "invalid_datetime", no_datetime, value);
        if (parsed == CV_NOT_PARSED) {
            CvParsed as_date = cv_date_parse(cv_value_as_slice(value), &date);
            if (as_date == CV_NO_SUCH)
                return invalid(to, "invalid_date", no_date, value);
            if (as_date == CV_NOT_PARSED)
                return invalid(to, "invalid", bad_datetime, value);
            moment = cv_datetime_naive(date, cv_time(0, 0, 0, 0));
        }
    } else {
        require_text(value);
        return invalid(to, "invalid", bad_datetime, value);
    }
    if (!cv_use_tz())
        return cv_value_datetime(moment);
    if (cv_datetime_is_naive(moment)) { /* a reading of the default zone's clock */
        CvClock clock = cv_datetime_clock(moment, NULL);
        moment = cv_datetime_in(clock.date, clock.time, cv_default_zone(), false);
    }
    return cv_value_datetime(cv_datetime_to(moment, cv_zone_utc));
}

static CvValue to_time(const Conversion *to, CvValue value)
{
    CvTime time;
    if (value.kind == CV_TIME)
        return value;
    if (value.kind == CV_DATETIME)
        return cv_value_time(cv_datetime_clock(value.datetime, NULL).time);
    require_text(value);
    if (value.kind == CV_STRING)
        switch (cv_time_parse(cv_value_as_slice(value), &time)) {
        case CV_PARSED:
            return cv_value_time(time);
        case CV_NO_SUCH:
            return invalid(to, "invalid_time",
                           "“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.",
                           value);
        case CV_NOT_PARSED:
        case CV_TOO_LARGE: /* of durations */
            break;
        }
    return invalid(to, "invalid", "“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.",
                   value);
}

static CvValue to_duration(const Conversion *to, CvValue value)
{
    CvDuration duration;
    if (value.kind == CV_DURATION)
        return value;
    CvParsed parsed = value.kind == CV_STRING ? cv_duration_parse(cv_value_as_slice(value), &duration) : CV_NOT_PARSED;
    if (parsed == CV_PARSED)
        return cv_value_duration(duration);
    if (parsed != CV_NOT_PARSED)
        return invalid(to, "overflow", "“%(value)s” is out of range: durations end at 106751991 days.", value);
    return invalid(to, "invalid",
                   "“%(value)s” value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format.", value);
}

static CvValue to_uuid(const Conversion *to, CvValue value)
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
    return invalid(to, "invalid", "“%(value)s” is not a valid UUID.", value);
}

/* IPv6 addresses in their shortest form; mapped IPv4 ones as such where the field says so. */
static CvValue to_address(const Conversion *to, CvValue value)
{
    uint8_t bytes[16];
    CvSlice text = cv_value_as_slice(value);
    if (to->why)
        text = cv_slice_trim(text);
    if (!text.length && !to->why) /* no address is stored as null, as Django does */
        return cv_value_null();
    if (!text.length || !memchr(text.data, ':', text.length))
        return cv_value_slice(text);
    if (cv_ipv6_parse(text, bytes))
        return cv_value_slice(cv_ipv6_text(to->arena, bytes, cv_column_base(to->column)->field->unpack_ipv4));
    if (!to->why)
        return value;
    (void)cv_invalid(to->arena, to->why, "invalid", "Enter a valid %(protocol)s address.", "protocol",
                     cv_lazy_text("IPv6"));
    return refused;
}

static CvValue to_text(CvArena *arena, CvValue value)
{
    if (value.kind == CV_STRING)
        return value;
    return cv_value_slice(cv_value_str(arena, value));
}

/* By an own kind's hook. */
static CvValue by_own(const Conversion *to, const CvField *field, CvValue value)
{
    CvInvalid made, *why = to->why ? to->why : &made;
    CvValue out = cv_value_null();
    if (field->own->convert(field, to->arena, value, &out, why))
        return out;
    if (to->why)
        return refused;
    CvSlice text = cv_invalid_text(to->arena, why);
    cv_raise(CV_ERROR_VALIDATION, "%.*s", CV_SLICE_ARG(text));
}

static CvValue convert(const Conversion *to, CvValue value)
{
    const CvColumn *column = to->column;
    const CvColumn *base = cv_column_base(column);
    if (value.kind == CV_OBJECT)
        value = unwrap_row(column, value);
    if (value.kind == CV_NULL || value.kind == CV_MISSING)
        return cv_value_null();
    const CvOwnField *own = cv_column_own(column);
    if (own && own->convert && !(value.kind == CV_STRING && value.length == 0)) {
        value = by_own(to, base->field, value);
        if (value.kind == CV_MISSING || value.kind == CV_NULL)
            return value;
    }
    switch (base->storage) {
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
        return to_integer(to, value);
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        return to_float(to, value);
    case CV_STORE_BOOL:
    case CV_STORE_NULL_BOOL:
        return to_bool(to, value);
    case CV_STORE_TEXT:
        value = to_text(to->arena, value);
        return base->field->kind == &cv_ip_address_field ? to_address(to, value) : value;
    case CV_STORE_DECIMAL:
        return to_decimal(to, value);
    case CV_STORE_DATE:
        return to_date(to, value);
    case CV_STORE_TIME:
        return to_time(to, value);
    case CV_STORE_DATETIME:
        return to_datetime(to, value);
    case CV_STORE_DURATION:
        return to_duration(to, value);
    case CV_STORE_UUID:
        return to_uuid(to, value);
    case CV_STORE_BYTES:
        if (value.kind != CV_BYTES && value.kind != CV_STRING)
            return expected(to, "bytes", "“%(value)s” is not a valid binary value.", value);
        value.kind = CV_BYTES;
        return value;
    case CV_STORE_JSON:
    case CV_STORE_NONE:
    case CV_STORE_REFERENCE:
        break;
    }
    return value;
}

CvValue cv_column_convert(CvArena *arena, const CvColumn *column, CvValue value)
{
    return convert(&(const Conversion){arena, column, NULL}, value);
}

bool cv_column_accepts(CvArena *arena, const CvColumn *column, CvValue value, CvValue *out, CvInvalid *why)
{
    *out = convert(&(const Conversion){arena, column, why}, value);
    return out->kind != CV_MISSING;
}

CvValue cv_value_store(CvArena *arena, CvValue value)
{
    char *text;
    switch ((CvKind)value.kind) {
    case CV_DATE:
        text = cv_arena_alloc_raw(arena, 32, 1);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_date(text, value.date)));
    case CV_TIME:
        text = cv_arena_alloc_raw(arena, 32, 1);
        return cv_value_slice(cv_slice_of(text, cv_stored_write_time(text, value.time)));
    case CV_DATETIME:
        cv_stored_check_moment(value.datetime);
        return value; /* written when it is bound, as a reading of the database's clock */
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

/* Only what JSON knows may stand in it. */
static void check_json(CvValue value, int depth)
{
    static const char *const names[] = {
        [CV_DECIMAL] = "Decimal", [CV_DATE] = "date",   [CV_TIME] = "time",         [CV_DATETIME] = "datetime",
        [CV_UUID] = "UUID",       [CV_BYTES] = "bytes", [CV_DURATION] = "timedelta"};
    if (value.kind < CV_COUNT_OF(names) && names[value.kind])
        cv_raise(CV_ERROR_TYPE, "Object of type %s is not JSON serializable", names[value.kind]);
    if (depth > 100) /* the writer has its own bound */
        return;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        for (size_t i = 0; i < value.list->count; i++)
            check_json(value.list->items[i], depth + 1);
    if (value.kind == CV_DICT)
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(value.dict, entry));)
            check_json(entry->value, depth + 1);
}

CvValue cv_column_store(CvArena *arena, const CvColumn *column, CvValue value)
{
    const CvColumn *base = cv_column_base(column);
    const CvOwnField *own = cv_column_own(column);
    if (own && own->store && value.kind != CV_NULL)
        return cv_value_store(arena, own->store(base->field, arena, value));
    if (base->storage == CV_STORE_JSON && value.kind != CV_NULL) {
        CvBuffer out = cv_buffer(arena);
        CvError error;
        check_json(value, 0);
        if (!cv_json_write(arena, &out, value, NULL, &error))
            cv_raise_error(&error);
        return cv_value_slice(cv_buffer_slice(&out));
    }
    return cv_value_store(arena, value);
}
