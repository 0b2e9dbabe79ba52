/* sqlite_read.c: decodes rows of SQLite straight into structs. */
#include "db/sqlite_private.h"

#include "db/stored.h"
#include "text/json.h"

/* One column under way. */
typedef struct Cell {
    sqlite3_stmt *statement;
    const CvDatabase *database;
    int at, type;
    CvArena *arena;
    CvError *error;
} Cell;

static const char *const type_names[] = {[SQLITE_INTEGER] = "integer",
                                         [SQLITE_FLOAT] = "real",
                                         [SQLITE_TEXT] = "text",
                                         [SQLITE_BLOB] = "blob",
                                         [SQLITE_NULL] = "null"};

static bool unreadable(const Cell *cell, const char *wanted)
{
    return cv_fail(cell->arena, cell->error, CV_ERROR_DATA, "column \"%s\" holds a value (%s: %.60s) that is no %s",
                   sqlite3_column_name(cell->statement, cell->at), type_names[cell->type],
                   (const char *)sqlite3_column_text(cell->statement, cell->at), wanted);
}

static CvSlice text_of(const Cell *cell)
{
    const char *text = (const char *)sqlite3_column_text(cell->statement, cell->at);
    return cv_slice_of(text ? text : "", (size_t)sqlite3_column_bytes(cell->statement, cell->at));
}

static bool read_text(const Cell *cell, void *out)
{
    CvSlice text = text_of(cell);
    *(const char **)out = cv_arena_strndup(cell->arena, text.data, text.length);
    return true;
}

static bool read_decimal(const Cell *cell, int scale, CvDecimal *out)
{
    switch (cell->type) {
    case SQLITE_INTEGER:
        *out = cv_stored_decimal_integer(cell->arena, sqlite3_column_int64(cell->statement, cell->at), scale);
        return true;
    case SQLITE_FLOAT:
        *out = cv_stored_decimal(cell->arena, sqlite3_column_double(cell->statement, cell->at), scale);
        return true;
    default: {
        double number;
        if (!cv_slice_to_double(text_of(cell), &number))
            return unreadable(cell, "decimal number");
        *out = cv_stored_decimal(cell->arena, number, scale);
        return true;
    }
    }
}

static CvValue read_any(const Cell *cell)
{
    switch (cell->type) {
    case SQLITE_INTEGER:
        return cv_value_int(sqlite3_column_int64(cell->statement, cell->at));
    case SQLITE_FLOAT:
        return cv_value_float(sqlite3_column_double(cell->statement, cell->at));
    case SQLITE_TEXT:
        return cv_value_slice(cv_slice_copy(cell->arena, text_of(cell)));
    case SQLITE_BLOB: {
        size_t size = (size_t)sqlite3_column_bytes(cell->statement, cell->at);
        const void *data = sqlite3_column_blob(cell->statement, cell->at);
        return cv_value_bytes((CvBytes){size ? cv_arena_memdup(cell->arena, data, size) : "", size});
    }
    default:
        return cv_value_null();
    }
}

static bool read_json(const Cell *cell, CvValue *out)
{
    CvJsonReadOptions options = {0};
    CvError error;
    if (cell->type != SQLITE_TEXT) { /* what stands behind a key comes as what it is */
        *out = read_any(cell);
        return true;
    }
    CvSlice text = cv_slice_copy(cell->arena, text_of(cell));
    if (!cv_json_parse(cell->arena, text, &options, out, &error))
        *out = cv_value_slice(text); /* a text behind a key is no JSON, as in Django */
    return true;
}

/* Moments are text; what is null never comes here. */
static bool read_moment(const Cell *cell, CvRead kind, const CvZone *zone, void *out)
{
    CvSlice text = text_of(cell);
    CvDate date;
    CvTime time;
    switch (kind) {
    case CV_READ_DATE:
        if (cv_stored_read_date(text.data, text.length, out))
            return true;
        if (!cv_stored_read_datetime(text.data, text.length, out, &time))
            return unreadable(cell, "date");
        return true;
    case CV_READ_TIME:
        return cv_stored_read_time(text.data, text.length, out) || unreadable(cell, "time");
    case CV_READ_DATETIME:
        if (!cv_stored_read_datetime(text.data, text.length, &date, &time))
            return unreadable(cell, "date-time");
        if (zone) {
            *(CvDateTime *)out = cv_datetime_in(date, time, zone, false);
            return true;
        }
        zone = cv_database_zone(cell->database);
        *(CvDateTime *)out =
            zone == cv_zone_utc
                ? (CvDateTime){(int64_t)cv_date_to_days(date) * CV_DAY + cv_time_to_microseconds(time), zone}
                : cv_datetime_to(cv_datetime_in(date, time, zone, false), cv_zone_utc);
        return true;
    default: {
        CvUuid *uuid = out;
        uuid->set = cv_stored_read_uuid(text.data, text.length, uuid->bytes);
        return uuid->set || unreadable(cell, "UUID");
    }
    }
}

static bool read_member(const Cell *cell, const CvReader *reader, void *out)
{
    switch ((CvRead)reader->kind) {
    case CV_READ_INTEGER:
        *(int64_t *)out = sqlite3_column_int64(cell->statement, cell->at);
        return true;
    case CV_READ_INTEGER_NULLABLE:
        *(CvNullInteger *)out = CV_INTEGER(sqlite3_column_int64(cell->statement, cell->at));
        return true;
    case CV_READ_FLOAT:
        *(double *)out = sqlite3_column_double(cell->statement, cell->at);
        return true;
    case CV_READ_FLOAT_NULLABLE:
        *(CvNullFloat *)out = CV_REAL(sqlite3_column_double(cell->statement, cell->at));
        return true;
    case CV_READ_BOOL:
        *(bool *)out = sqlite3_column_int64(cell->statement, cell->at) != 0;
        return true;
    case CV_READ_BOOL_NULLABLE:
        *(CvNullBoolean *)out = CV_BOOLEAN(sqlite3_column_int64(cell->statement, cell->at) != 0);
        return true;
    case CV_READ_TEXT:
        return read_text(cell, out);
    case CV_READ_DECIMAL:
        return read_decimal(cell, reader->scale, out);
    case CV_READ_DATE:
    case CV_READ_TIME:
    case CV_READ_DATETIME:
    case CV_READ_UUID:
        return read_moment(cell, reader->kind, reader->zone, out);
    case CV_READ_DURATION:
        *(CvDuration *)out = cv_duration(sqlite3_column_int64(cell->statement, cell->at));
        return true;
    case CV_READ_BYTES: {
        size_t size = (size_t)sqlite3_column_bytes(cell->statement, cell->at);
        const void *data = sqlite3_column_blob(cell->statement, cell->at);
        *(CvBytes *)out = (CvBytes){size ? cv_arena_memdup(cell->arena, data, size) : "", size};
        return true;
    }
    case CV_READ_JSON:
        return read_json(cell, out);
    case CV_READ_ANY:
        *(CvValue *)out = read_any(cell);
        return true;
    case CV_READ_HOOK:
        reader->hook->fill(reader->hook, cell->arena, read_any(cell), false, out);
        return true;
    case CV_READ_SKIP:
        return true;
    }
    return true;
}

/* The sizes of what a reader fills, to clear it for a null. */
static const uint8_t sizes[] = {[CV_READ_SKIP] = 0,
                                [CV_READ_INTEGER] = sizeof(int64_t),
                                [CV_READ_INTEGER_NULLABLE] = sizeof(CvNullInteger),
                                [CV_READ_FLOAT] = sizeof(double),
                                [CV_READ_FLOAT_NULLABLE] = sizeof(CvNullFloat),
                                [CV_READ_BOOL] = sizeof(bool),
                                [CV_READ_BOOL_NULLABLE] = sizeof(CvNullBoolean),
                                [CV_READ_TEXT] = sizeof(const char *),
                                [CV_READ_DECIMAL] = sizeof(CvDecimal),
                                [CV_READ_DATE] = sizeof(CvDate),
                                [CV_READ_TIME] = sizeof(CvTime),
                                [CV_READ_DATETIME] = sizeof(CvDateTime),
                                [CV_READ_DURATION] = sizeof(CvDuration),
                                [CV_READ_UUID] = sizeof(CvUuid),
                                [CV_READ_BYTES] = sizeof(CvBytes),
                                [CV_READ_JSON] = sizeof(CvValue),
                                [CV_READ_ANY] = sizeof(CvValue)};

/* What is neither 0 nor 1 is no truth. */
static CvValue read_truth(const Cell *cell)
{
    CvValue value = read_any(cell);
    if (value.kind == CV_INT && (uint64_t)value.integer <= 1)
        return cv_value_bool(value.integer != 0);
    if (value.kind == CV_FLOAT && (value.real == 0 || value.real == 1))
        return cv_value_bool(value.real != 0);
    return value;
}

/* A member as read_member() fills it. */
typedef union Member {
    CvDecimal decimal;
    CvDate date;
    CvTime time;
    CvDateTime datetime;
    CvDuration duration;
    CvUuid uuid;
    CvBytes bytes;
    int64_t integer;
    double real;
    CvNullInteger null_integer;
    CvNullFloat null_float;
} Member;

static CvValue value_of_member(const Cell *cell, CvRead kind, const Member *member)
{
    switch (kind) {
    case CV_READ_INTEGER:
    case CV_READ_INTEGER_NULLABLE:
        return cv_value_int(sqlite3_column_int64(cell->statement, cell->at));
    case CV_READ_FLOAT:
    case CV_READ_FLOAT_NULLABLE:
        return cv_value_float(sqlite3_column_double(cell->statement, cell->at));
    case CV_READ_DECIMAL:
        return cv_value_decimal(member->decimal);
    case CV_READ_DATE:
        return cv_value_date(member->date);
    case CV_READ_TIME:
        return cv_value_time(member->time);
    case CV_READ_DATETIME:
        return cv_value_datetime(member->datetime);
    case CV_READ_DURATION:
        return cv_value_duration(member->duration);
    case CV_READ_UUID:
        return cv_value_uuid(member->uuid);
    case CV_READ_BYTES:
        return cv_value_bytes(member->bytes);
    default:
        return cv_value_null();
    }
}

static bool read_value(const Cell *cell, const CvReader *reader, CvValue *out)
{
    Member member = {0};
    CvRead kind = reader->kind;
    if (kind == CV_READ_ANY || kind == CV_READ_JSON)
        return read_member(cell, reader, out);
    if (kind == CV_READ_HOOK) {
        reader->hook->fill(reader->hook, cell->arena, read_any(cell), true, out);
        return true;
    }
    if (kind == CV_READ_BOOL || kind == CV_READ_BOOL_NULLABLE) {
        *out = read_truth(cell);
        return true;
    }
    if (kind == CV_READ_TEXT) { /* a sum of texts is a number */
        *out = read_any(cell);
        return true;
    }
    if (!read_member(cell, reader, &member))
        return false;
    *out = value_of_member(cell, kind, &member);
    return true;
}

static size_t size_of_target(const CvReader *reader)
{
    if (reader->as_value)
        return sizeof(CvValue);
    return reader->kind == CV_READ_HOOK ? reader->hook->size : sizes[reader->kind];
}

bool cv_sqlite_read(CvCursor *cursor, int first, const CvReader *readers, size_t count, void *row, CvArena *arena,
                    CvError *error)
{
    Cell cell = {cursor->statement, cursor->connection->database, first, 0, arena, error};
    for (size_t i = 0; i < count; i++, cell.at++) {
        const CvReader *reader = &readers[i];
        char *out = (char *)row + reader->offset;
        if (reader->kind == CV_READ_SKIP)
            continue;
        cell.type = sqlite3_column_type(cell.statement, cell.at);
        if (cell.type == SQLITE_NULL)
            memset(out, 0, size_of_target(reader));
        else if (reader->as_value ? !read_value(&cell, reader, (CvValue *)(void *)out)
                                  : !read_member(&cell, reader, out))
            return false;
    }
    return true;
}
