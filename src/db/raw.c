/* raw.c: SQL by hand. */
#include "db/raw.h"

#include "db/session.h"
#include "db/stored.h"

/* What SQLite can bind: dates, decimals, UUIDs as Django stores them. */
static CvValue storable(CvArena *arena, CvValue value)
{
    char *text = cv_arena_alloc_raw(arena, 40, 1);
    switch ((CvKind)value.kind) {
    case CV_DATE:
        return cv_value_slice(cv_slice_of(text, cv_stored_write_date(text, value.date)));
    case CV_TIME:
        return cv_value_slice(cv_slice_of(text, cv_stored_write_time(text, value.time)));
    case CV_DATETIME:
        cv_stored_check_moment(value.datetime);
        return value;
    case CV_DURATION:
        return cv_value_int(value.duration);
    case CV_DECIMAL:
        return cv_value_string(value.decimal.text);
    case CV_UUID:
        return cv_value_slice(cv_slice_of(text, cv_stored_write_uuid(text, value.uuid)));
    default:
        return value;
    }
}

static CvValue *storable_values(CvArena *arena, size_t count, const CvValue *values)
{
    CvValue *copy = cv_arena_new_array(arena, CvValue, count ? count : 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = storable(arena, values[i]);
    return copy;
}

int64_t cv_execute_of(const char *alias, const char *sql, size_t count, const CvValue *values)
{
    CvSqlText text = cv_sql_text(sql);
    return cv_send(cv_database_or_raise(alias), &text, count, storable_values(cv_arena(), count, values), NULL);
}

CvList *cv_query_of(const char *alias, const char *sql, size_t count, const CvValue *values)
{
    CvSqlText text = cv_sql_text(sql);
    CvArena *arena = cv_arena();
    CvList *rows = cv_list_create(arena);
    CvFetch fetch;
    const CvReader any = {.kind = CV_READ_ANY, .as_value = true};
    cv_fetch_begin(&fetch, cv_database_or_raise(alias), &text, count, storable_values(arena, count, values), arena);
    while (cv_fetch_step(&fetch)) {
        CvList *row = cv_list_create(arena);
        for (int i = 0; i < fetch.cursor.columns; i++) {
            CvValue value;
            cv_fetch_read(&fetch, i, &any, 1, &value);
            cv_list_add(arena, row, value);
        }
        cv_list_add(arena, rows, cv_value_list(row));
    }
    cv_fetch_end(&fetch);
    return rows;
}

void cv_execute_script(const char *alias, const char *sql)
{
    cv_send_control(cv_database_or_raise(alias), sql);
}
