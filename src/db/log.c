/* log.c: the statements that a context sends, kept for whoever asked for it. */
#include "db/session_private.h"
#include "db/stored.h"

#define MOST_ENTRIES 1000
#define MOST_PARAMETERS 1000

void cv_sql_log_start(CvArena *arena)
{
    CvDbSession *session = cv_db_session();
    session->log_arena = arena;
    session->log_first = session->log_last = NULL;
    session->log_count = 0;
    memset(session->repeats, 0, sizeof session->repeats);
}

uint32_t cv_sql_repeats(const void *what)
{
    CvDbSession *session = cv_db_session();
    for (size_t i = 0; session->log_arena && i < CV_COUNT_OF(session->repeats); i++)
        if (!session->repeats[i].what || session->repeats[i].what == what) {
            session->repeats[i].what = what;
            return ++session->repeats[i].count;
        }
    return 0;
}

void cv_sql_log_note(const char *note)
{
    CvDbSession *session = cv_db_session();
    if (session->log_last)
        session->log_last->note = cv_arena_strdup(session->log_arena, note);
}

const CvSqlEntry *cv_sql_log(void)
{
    return cv_db_session()->log_first;
}

uint64_t cv_sql_count(void)
{
    return cv_db_session()->statements;
}

/* As it was bound. */
static CvValue stored_moment(CvArena *arena, const CvDatabase *database, CvDateTime moment)
{
    char *text = cv_arena_alloc_raw(arena, 32, 1);
    return cv_value_slice(cv_slice_of(text, cv_stored_write_moment(text, moment, cv_database_zone(database))));
}

void cv_log_statement(CvDatabase *database, const char *sql, size_t count, const CvValue *values, uint64_t started,
                      const char *error)
{
    CvDbSession *session = cv_db_session();
    if (!session->log_arena || session->log_count >= MOST_ENTRIES)
        return;
    CvBuffer text = cv_buffer(session->log_arena);
    cv_buffer_append_byte(&text, '(');
    for (size_t i = 0; i < count && text.length < MOST_PARAMETERS; i++) {
        if (i)
            cv_buffer_append_string(&text, ", ");
        if (cv_value_is_text(values[i]) && values[i].length > MOST_PARAMETERS)
            cv_buffer_append_string(&text, "...");
        else if (values[i].kind == CV_DATETIME)
            cv_value_append_repr(&text, stored_moment(session->log_arena, database, values[i].datetime));
        else
            cv_value_append_repr(&text, values[i]);
    }
    cv_buffer_append_string(&text, count == 1 ? ",)" : ")");
    CvSqlEntry *entry = cv_arena_new(session->log_arena, CvSqlEntry);
    *entry = (CvSqlEntry){.alias = database->alias,
                          .sql = cv_arena_strdup(session->log_arena, sql),
                          .parameters = cv_buffer_string(&text),
                          .microseconds = started ? (cv_monotonic_ns() - started) / 1000 : 0,
                          .error = cv_arena_strdup(session->log_arena, error)};
    if (session->log_last)
        session->log_last->next = entry;
    else
        session->log_first = entry;
    session->log_last = entry;
    session->log_count++;
}
