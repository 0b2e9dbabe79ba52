/* schema_sqlite.c: SQLite's keys, which are not enforced while tables change but looked at in the end, and its lists of
 * indexes. */
#include "migrations/schema_editor_private.h"

#include "base/log.h"
#include "db/session.h"

void cv_sqlite_schema_begin(CvSchemaEditor *editor)
{
    if (cv_in_atomic_of(editor->database))
        cv_raise(CV_ERROR_NOT_SUPPORTED, "Tables cannot be changed inside of CV_ATOMIC: SQLite does not let go of its "
                                         "foreign keys in a transaction.");
    cv_send_control(editor->database, "PRAGMA foreign_keys = OFF");
}

static void keys_on(void *argument)
{
    cv_send_control(argument, "PRAGMA foreign_keys = ON");
}

void cv_sqlite_schema_end(CvSchemaEditor *editor)
{
    CvError *error;
    if (!cv_try(keys_on, editor->database, &error)) /* it runs as a clean-up too: nothing may be raised */
        cv_log_error("caravan.db", error);
}

static CvList *rows_of(CvSchemaEditor *editor, const char *sql)
{
    return cv_query_of(editor->options.using, sql, 0, NULL);
}

static const char *text_of(CvValue value)
{
    return value.kind == CV_STRING ? cv_slice_string(cv_arena(), cv_slice_of(value.text, value.length)) : "";
}

static const char *shown(CvValue value)
{
    return cv_slice_string(cv_arena(), cv_value_str(cv_arena(), value));
}

/* The column that names a row to people. */
static const char *key_column(CvSchemaEditor *editor, const char *table)
{
    const CvList *columns = rows_of(editor, cv_printf("PRAGMA table_info(%s)", cv_schema_quoted(editor, table)));
    for (uint32_t i = 0; i < columns->count; i++)
        if (columns->items[i].list->items[5].integer)
            return text_of(columns->items[i].list->items[1]);
    return "rowid";
}

void cv_sqlite_check_keys(CvSchemaEditor *editor)
{
    const CvList *found = rows_of(editor, "PRAGMA foreign_key_check");
    if (!found->count)
        return;
    const CvValue *first = found->items[0].list->items;
    const char *table = text_of(first[0]), *target = text_of(first[2]), *column = "?", *far = "?";
    const char *quoted = cv_schema_quoted(editor, table), *key = key_column(editor, table);
    const CvList *keys = rows_of(editor, cv_printf("PRAGMA foreign_key_list(%s)", quoted)), *row = NULL;
    for (uint32_t i = 0; i < keys->count; i++)
        if (keys->items[i].list->items[0].integer == first[3].integer) {
            column = text_of(keys->items[i].list->items[3]);
            far = text_of(keys->items[i].list->items[4]);
        }
    if (first[1].kind == CV_INT) {
        const CvList *rows =
            rows_of(editor, cv_printf("SELECT %s, %s FROM %s WHERE rowid = %lld", cv_schema_quoted(editor, key),
                                      cv_schema_quoted(editor, column), quoted, (long long)first[1].integer));
        row = rows->count ? rows->items[0].list : NULL;
    }
    cv_raise(CV_ERROR_INTEGRITY,
             "The row in table '%s' with primary key '%s' has an invalid foreign key: %s.%s contains a value '%s' that "
             "does not have a corresponding value in %s.%s.",
             table, row ? shown(row->items[0]) : "?", table, column, row ? shown(row->items[1]) : "?", target, far);
}

/* An index that somebody made, of whole rows, over these columns in this order. */
static bool covers(CvSchemaEditor *editor, const CvList *index, const char *const *columns, bool unique)
{
    const CvValue *about = index->items; /* number, name, unique, origin, partial */
    if (about[2].integer != unique || about[4].integer || strcmp(text_of(about[3]), "c") != 0)
        return false;
    const CvList *parts =
        rows_of(editor, cv_printf("PRAGMA index_info(%s)", cv_schema_quoted(editor, text_of(about[1]))));
    uint32_t at = 0;
    while (at < parts->count && columns[at] && strcmp(text_of(parts->items[at].list->items[2]), columns[at]) == 0)
        at++;
    return at == parts->count && !columns[at];
}

const char *const *cv_schema_index_names(CvSchemaEditor *editor, const char *table, const char *const *columns,
                                         bool unique)
{
    CV_VECTOR(const char *) names = {0};
    const char *quoted = cv_schema_quoted(editor, cv_schema_real_table(editor, table));
    const CvList *indexes = rows_of(editor, cv_printf("PRAGMA index_list(%s)", quoted));
    for (uint32_t i = 0; i < indexes->count; i++)
        if (covers(editor, indexes->items[i].list, columns, unique))
            cv_vector_push(editor->arena, &names, text_of(indexes->items[i].list->items[1]));
    cv_vector_push(editor->arena, &names, NULL);
    return names.items;
}
