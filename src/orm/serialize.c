/* serialize.c: fields in their serialized form, natural keys, references that hold. */
#include "orm/serialize.h"

#include "crypto/base64.h"
#include "db/db.h"
#include "db/sql.h"
#include "orm/model_private.h"

#define MOST_BROKEN 100

CvValue cv_natural_key(const CvModel *model, CvValue value)
{
    const char *const *names = model->options->natural_key;
    CvArena *arena = cv_arena();
    size_t count = 0;
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        return cv_column_convert(arena, cv_model_key(model), value);
    while (names && names[count])
        count++;
    if (!count)
        cv_raise(CV_ERROR_VALUE, "%s has no natural key; write its primary key instead of a list", model->name);
    if (value.list->count != count)
        cv_raise(CV_ERROR_VALUE, "the natural key of %s has %zu values, not %zu", model->name, count,
                 value.list->count);
    void *row = cv_get_at(cv_everything_of(model), NULL, count, names, value.list->items);
    if (!row) {
        CvSlice shown = cv_value_repr(arena, value);
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist: %.*s", model->name, CV_SLICE_ARG(shown));
    }
    return cv_row_key(row);
}

void cv_row_set_serialized(void *row, const CvColumn *column, CvValue value)
{
    CvArena *arena = cv_arena();
    if (column->to && (value.kind == CV_LIST || value.kind == CV_TUPLE)) {
        value = cv_natural_key(column->to, value);
    } else if (column->storage == CV_STORE_BYTES && value.kind == CV_STRING) {
        CvSlice bytes;
        if (!cv_base64_decode(arena, cv_value_as_slice(value), CV_BASE64_PLAIN, &bytes))
            cv_raise(CV_ERROR_VALUE, "'%s' must be base64", column->name);
        value = cv_value_bytes((CvBytes){bytes.length ? bytes.data : "", bytes.length});
    }
    cv_row_set(row, column, value);
}

static const char *quoted(CvArena *arena, const char *name)
{
    CvBuffer out = cv_buffer(arena);
    cv_sql_quote(&out, name);
    return cv_buffer_string(&out);
}

/* What one broken reference is, in Django's words. */
static void describe(const char *alias, CvErrors *errors, const CvList *broken)
{
    const char *table = broken->items[0].text, *parent = broken->items[2].text;
    CvArena *arena = errors->arena;
    const CvColumn *column = NULL;
    for (const CvModel *model = NULL; !column && (model = cv_models_next(model));) {
        const CvModelInfo *info = cv_model_info(model);
        if (strcmp(info->table, table) != 0 || model->proxy)
            continue;
        CvList *keys =
            cv_query_of(alias, cv_arena_printf(arena, "PRAGMA foreign_key_list(%s)", quoted(arena, table)), 0, NULL);
        for (size_t i = 0; i < keys->count; i++) {
            const CvValue *key = keys->items[i].list->items;
            if (key[0].integer != broken->items[3].integer)
                continue;
            for (size_t c = 0; c < info->concrete_count; c++)
                if (info->columns[c].column && cv_slice_is(cv_value_as_slice(key[3]), info->columns[c].column))
                    column = &info->columns[c];
        }
        if (!column)
            continue;
        CvList *rows = cv_query_of(alias,
                                   cv_arena_printf(arena, "SELECT %s, %s FROM %s WHERE rowid = ?",
                                                   quoted(arena, cv_model_key_column(model)->column),
                                                   quoted(arena, column->column), quoted(arena, table)),
                                   1, &broken->items[1]);
        if (rows->count) {
            CvSlice key = cv_value_str(arena, rows->items[0].list->items[0]);
            CvSlice value = cv_value_str(arena, rows->items[0].list->items[1]);
            cv_errors_add(errors, CV_ERROR_INTEGRITY,
                          "The row in table '%s' with primary key '%.*s' has an invalid foreign key: %s.%s contains a "
                          "value '%.*s' that does not have a corresponding value in %s.%s.",
                          table, CV_SLICE_ARG(key), table, column->column, CV_SLICE_ARG(value), parent,
                          column->to_column ? column->to_column->column : "id");
            return;
        }
    }
    cv_errors_add(errors, CV_ERROR_INTEGRITY,
                  "A row in table '%s' has a foreign key to a row of %s that does not exist.", table, parent);
}

bool cv_check_references(const char *alias, CvErrors *errors)
{
    CvList *broken = cv_query_of(alias, "PRAGMA foreign_key_check", 0, NULL);
    for (size_t i = 0; i < broken->count && i < MOST_BROKEN; i++)
        describe(alias, errors, broken->items[i].list);
    return broken->count == 0;
}
