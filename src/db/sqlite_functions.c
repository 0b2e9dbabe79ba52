/* sqlite_functions.c: the SQL functions that Django's SQL expects of SQLite, under Django's names. They never raise:
 * what cannot be read is NULL, as in Django. */
#include "db/sqlite_private.h"

#include "db/sqlite_more.h"
#include "db/stored.h"
#include "text/regex.h"

typedef struct Moment {
    CvDate date;
    CvTime time;
} Moment;

/* Reads argument `at` as a stored date-time and moves it into the zone of argument at + 1, if there is one (null: it is
 * naive, and stays what it is). */
static bool moment_of(sqlite3_value **arguments, int count, int at, Moment *out)
{
    const char *text = (const char *)sqlite3_value_text(arguments[at]);
    if (!text || !cv_stored_read_datetime(text, (size_t)sqlite3_value_bytes(arguments[at]), &out->date, &out->time))
        return false;
    if (at + 1 >= count || sqlite3_value_type(arguments[at + 1]) == SQLITE_NULL)
        return true;
    const char *name = (const char *)sqlite3_value_text(arguments[at + 1]);
    const CvZone *zone = name ? cv_zone(name) : NULL, *stored = cv_zone_utc;
    const char *of = at + 2 < count ? (const char *)sqlite3_value_text(arguments[at + 2]) : NULL;
    if (of && strcmp(of, "UTC") != 0)
        stored = cv_zone(of);
    if (!zone || !stored)
        return false;
    CvDateTime instant = cv_datetime_in(out->date, out->time, stored, false);
    CvClock clock = cv_datetime_clock(instant, zone);
    out->date = clock.date;
    out->time = clock.time;
    return true;
}

static bool part_of(CvSlice part, const Moment *moment, int64_t *out)
{
    CvDate date = moment->date;
    int year;
    if (cv_slice_is(part, "year"))
        *out = date.year;
    else if (cv_slice_is(part, "month"))
        *out = date.month;
    else if (cv_slice_is(part, "day"))
        *out = date.day;
    else if (cv_slice_is(part, "week_day"))
        *out = (cv_date_weekday(date) + 1) % 7 + 1;
    else if (cv_slice_is(part, "iso_week_day"))
        *out = cv_date_weekday(date) + 1;
    else if (cv_slice_is(part, "week"))
        *out = cv_date_iso_week(date, &year);
    else if (cv_slice_is(part, "quarter"))
        *out = (date.month + 2) / 3;
    else if (cv_slice_is(part, "iso_year")) {
        (void)cv_date_iso_week(date, &year);
        *out = year;
    } else if (cv_slice_is(part, "hour"))
        *out = moment->time.hour;
    else if (cv_slice_is(part, "minute"))
        *out = moment->time.minute;
    else if (cv_slice_is(part, "second"))
        *out = moment->time.second;
    else
        return false;
    return true;
}

static CvSlice text_argument(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return cv_slice_of(text ? text : "", (size_t)sqlite3_value_bytes(value));
}

/* extract(part, moment[, zone, connection zone]) */
static void extract(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment;
    int64_t number;
    if (moment_of(arguments, count, 1, &moment) && part_of(text_argument(arguments[0]), &moment, &number))
        sqlite3_result_int64(context, number);
    else
        sqlite3_result_null(context);
}

static void extract_time(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment = {.date = cv_date(2000, 1, 1)};
    int64_t number;
    CvSlice text = text_argument(arguments[1]);
    (void)count;
    if (sqlite3_value_type(arguments[1]) != SQLITE_NULL && cv_stored_read_time(text.data, text.length, &moment.time) &&
        part_of(text_argument(arguments[0]), &moment, &number))
        sqlite3_result_int64(context, number);
    else
        sqlite3_result_null(context);
}

static void cast_date(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment;
    char text[32];
    if (moment_of(arguments, count, 0, &moment))
        sqlite3_result_text(context, text, (int)cv_stored_write_date(text, moment.date), SQLITE_TRANSIENT);
    else
        sqlite3_result_null(context);
}

static void cast_time(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment;
    char text[32];
    if (moment_of(arguments, count, 0, &moment))
        sqlite3_result_text(context, text, (int)cv_stored_write_time(text, moment.time), SQLITE_TRANSIENT);
    else
        sqlite3_result_null(context);
}

/* Cuts a moment down to the beginning of its year, quarter, month, week, day, hour, minute or second. */
static bool cut(CvSlice part, Moment *moment)
{
    static const char *const of_time[] = {"day", "hour", "minute", "second"};
    CvTime *time = &moment->time;
    for (int i = 0; i < 4; i++)
        if (cv_slice_is(part, of_time[i])) {
            *time = cv_time(i > 0 ? time->hour : 0, i > 1 ? time->minute : 0, i > 2 ? time->second : 0, 0);
            return true;
        }
    *time = cv_time(0, 0, 0, 0);
    if (cv_slice_is(part, "year"))
        moment->date = cv_date(moment->date.year, 1, 1);
    else if (cv_slice_is(part, "quarter"))
        moment->date = cv_date(moment->date.year, (moment->date.month - 1) / 3 * 3 + 1, 1);
    else if (cv_slice_is(part, "month"))
        moment->date = cv_date(moment->date.year, moment->date.month, 1);
    else if (cv_slice_is(part, "week"))
        moment->date = cv_date_from_days(cv_date_to_days(moment->date) - cv_date_weekday(moment->date));
    else
        return false;
    return true;
}

static void truncate_date(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment;
    char text[32];
    if (moment_of(arguments, count, 1, &moment) && cut(text_argument(arguments[0]), &moment))
        sqlite3_result_text(context, text, (int)cv_stored_write_date(text, moment.date), SQLITE_TRANSIENT);
    else
        sqlite3_result_null(context);
}

static void truncate_datetime(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Moment moment;
    char text[32];
    if (moment_of(arguments, count, 1, &moment) && cut(text_argument(arguments[0]), &moment))
        sqlite3_result_text(context, text, (int)cv_stored_write_datetime(text, moment.date, moment.time),
                            SQLITE_TRANSIENT);
    else
        sqlite3_result_null(context);
}

/* ---- REGEXP ---- */

typedef struct Pattern {
    CvArena *arena;
    CvRegex *regex;
} Pattern;

static void free_pattern(void *data)
{
    Pattern *pattern = data;
    cv_arena_destroy(pattern->arena);
    cv_free(pattern);
}

typedef struct Compilation {
    CvSlice text;
    Pattern *pattern;
    CvError error;
    bool good;
} Compilation;

static void compile(void *argument)
{
    Compilation *job = argument;
    job->pattern = cv_malloc(sizeof *job->pattern);
    job->pattern->arena = cv_arena_create(1 << 20);
    job->good = cv_regex_compile(job->pattern->arena, job->text, 0, &job->pattern->regex, &job->error);
}

/* regexp(pattern, text): the compiled pattern stays with the statement. */
static void regexp(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL) {
        sqlite3_result_null(context);
        return;
    }
    Pattern *pattern = sqlite3_get_auxdata(context, 0);
    if (!pattern) {
        Compilation job = {.text = text_argument(arguments[0])};
        CvError *error;
        if (!cv_try(compile, &job, &error) || !job.good) {
            sqlite3_result_error(context, job.good || !job.pattern ? "out of memory" : job.error.message, -1);
            if (job.pattern)
                free_pattern(job.pattern);
            return;
        }
        pattern = job.pattern;
        sqlite3_set_auxdata(context, 0, pattern, free_pattern);
        if (sqlite3_get_auxdata(context, 0) != pattern) { /* freed for lack of memory */
            sqlite3_result_error_nomem(context);
            return;
        }
    }
    sqlite3_result_int(context, cv_regex_match(pattern->regex, text_argument(arguments[1]), CV_REGEX_SEARCH, NULL, 0));
}

void cv_sqlite_register(sqlite3 *handle)
{
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"regexp", 2, regexp},
        {"django_date_extract", 2, extract},
        {"django_datetime_extract", 4, extract},
        {"django_time_extract", 2, extract_time},
        {"django_datetime_cast_date", 3, cast_date},
        {"django_datetime_cast_time", 3, cast_time},
        {"django_date_trunc", 2, truncate_date},
        {"django_date_trunc", 4, truncate_date},
        {"django_datetime_trunc", 4, truncate_datetime},
    };
    for (size_t i = 0; i < CV_COUNT_OF(functions); i++)
        sqlite3_create_function_v2(handle, functions[i].name, functions[i].arguments,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, functions[i].run, NULL, NULL, NULL);
    cv_sqlite_register_text(handle);
    cv_sqlite_register_moments(handle);
    cv_sqlite_register_join(handle);
}
