/* database.c: the databases of the process: URLs, aliases, opening and closing. */
#include "db/driver.h"
#include "db/session_private.h"

#include <stdio.h>

static CvDatabase *databases;

static bool read_timeout(CvArena *arena, CvSlice value, CvDatabase *database, CvError *error)
{
    int64_t seconds;
    if (!cv_slice_to_int64(value, &seconds) || seconds < 0 || seconds > 3600)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                       "the timeout of the database URL must be 0 to 3600 seconds, not \"%.*s\"", CV_SLICE_ARG(value));
    database->timeout_ms = (uint32_t)seconds * 1000;
    return true;
}

static bool read_zone(CvArena *arena, CvSlice value, CvDatabase *database, CvError *error)
{
    database->zone = cv_zone(cv_slice_string(arena, value));
    if (!database->zone)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "the database URL names no time zone: \"%.*s\"",
                       CV_SLICE_ARG(value));
    if (!cv_use_tz())
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                       "Connection '%s' cannot set TIME_ZONE because USE_TZ is False.", database->alias);
    return true;
}

/* "timeout=5&..." of a URL. */
static bool read_options(CvArena *arena, CvSlice options, CvDatabase *database, CvError *error)
{
    CvSlice part;
    while (options.length && cv_slice_split(&options, '&', &part)) {
        CvSlice name = part;
        ptrdiff_t equals = cv_slice_find_byte(part, '=');
        CvSlice value = CV_SLICE("");
        if (equals >= 0) {
            name = cv_slice_range(part, 0, (size_t)equals);
            value = cv_slice_skip(part, (size_t)equals + 1);
        }
        bool timeout = cv_slice_is(name, "timeout");
        if (!timeout && !cv_slice_is(name, "time_zone"))
            return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "the database URL has an unknown option \"%.*s\"",
                           CV_SLICE_ARG(name));
        if (!(timeout ? read_timeout : read_zone)(arena, value, database, error))
            return false;
    }
    return true;
}

bool cv_database_open(CvArena *arena, const char *alias, const char *url, const char *folder, CvError *error)
{
    CvSlice rest = cv_slice(url);
    CvDatabase made = {.alias = alias, .driver = &cv_sqlite_driver, .timeout_ms = 5000};
    if (cv_database(alias))
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "there is a database \"%s\" already", alias);
    if (!url || !cv_slice_starts_with(rest, CV_SLICE("sqlite://"))) {
        ptrdiff_t colon = url ? cv_slice_find(rest, CV_SLICE("://")) : -1;
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                       "the database URL must begin with sqlite:// (\"%.*s\" is not known)",
                       CV_SLICE_ARG(cv_slice_range(rest, 0, colon < 0 ? 20 : (size_t)colon)));
    }
    rest = cv_slice_skip(rest, strlen("sqlite://"));
    ptrdiff_t mark = cv_slice_find_byte(rest, '?');
    if (mark >= 0) {
        if (!read_options(arena, cv_slice_skip(rest, (size_t)mark + 1), &made, error))
            return false;
        rest = cv_slice_range(rest, 0, (size_t)mark);
    }
    if (cv_slice_is(rest, ":memory:") || cv_slice_is(rest, "/:memory:") || rest.length == 0) {
        made.in_memory = true;
        made.path = ":memory:";
    } else {
        if (rest.data[0] != '/' || rest.length == 1)
            return cv_fail(arena, error, CV_ERROR_CONFIGURATION,
                           "an SQLite URL has three slashes before a relative path (sqlite:///site.db), four before an "
                           "absolute one; got \"%s\"",
                           url);
        rest = cv_slice_skip(rest, 1);
        made.path = folder && rest.data[0] != '/' ? cv_arena_printf(arena, "%s/%.*s", folder, CV_SLICE_ARG(rest))
                                                  : cv_slice_string(arena, rest);
    }
    size_t path_length = strlen(made.path) + 1, alias_length = strlen(alias) + 1;
    CvDatabase *database = cv_malloc(sizeof *database + path_length + alias_length); /* with its texts, in one piece */
    char *texts = (char *)(database + 1);
    memcpy(texts, alias, alias_length);
    memcpy(texts + alias_length, made.path, path_length);
    *database = made;
    database->alias = texts;
    database->path = texts + alias_length;
    database->writer.database = database;
    CvDatabase **end = &databases;
    while (*end)
        end = &(*end)->next;
    *end = database;
    cv_session_home();
    return true;
}

CvDatabase *cv_database(const char *alias)
{
    for (CvDatabase *database = databases; database; database = database->next)
        if (strcmp(database->alias, alias ? alias : "default") == 0)
            return database;
    return NULL;
}

const char *cv_database_alias(const CvDatabase *database)
{
    return database->alias;
}

const CvDialect *cv_database_dialect(const CvDatabase *database)
{
    return database->driver->dialect;
}

static void forget_readers(CvDatabase *database, bool close)
{
    while (database->readers) {
        CvConnection *reader = database->readers;
        database->readers = reader->next;
        if (close && reader->handle)
            database->driver->close(reader);
        cv_free(reader);
    }
    database->reader = NULL;
}

const CvZone *cv_database_zone(const CvDatabase *database)
{
    return !cv_use_tz() ? cv_zone_naive : database->zone ? database->zone : cv_zone_utc;
}

static void forget(bool close)
{
    while (databases) {
        CvDatabase *database = databases;
        databases = database->next;
        forget_readers(database, close);
        if (close && database->writer.handle)
            database->driver->close(&database->writer);
        cv_free(database);
    }
}

void cv_databases_close(void)
{
    forget(true);
}

void cv_databases_forked(void)
{
    for (CvDatabase *database = databases; database; database = database->next) {
        forget_readers(database, false);
        database->writer = (CvConnection){.database = database};
        database->writer_taken = false;
        database->writer_waiters = (CvWaitList){0};
    }
}
