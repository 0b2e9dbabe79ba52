/* reload.c: members read again: all of a row, some of them, or the one that was deferred. */
#include "orm/fetch_mode.h"

static char *fetch(const CvRow *row, const char *const *names)
{
    const CvModel *model = cv_row_model(row);
    const char *keys[] = {"pk", NULL};
    CvValue key = cv_row_key(row);
    CvQuerySet *set = cv_everything_of(model);
    set->database = (CvDatabase *)(uintptr_t)row->database;
    if (names)
        set = cv_only_at(set, NULL, names);
    char *fresh = cv_get_at(set, NULL, 1, keys, &key);
    if (!fresh)
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->name);
    return fresh;
}

void cv_reload(void *row)
{
    const char *fresh = fetch(row, NULL);
    memcpy(row, fresh, cv_row_model(row)->size);
}

/* Takes over the member, which is there from now on. */
static void take(CvRow *row, const CvColumn *column, const char *fresh)
{
    memcpy((char *)row + column->offset, fresh + column->offset, cv_column_size(column));
    cv_row_forget_given(row, column);
    cv_row_forget_deferred(row, column);
}

void cv_reload_fields_of(void *row, const char *const *names)
{
    const CvModel *model = cv_row_model(row);
    const char *fresh = *names ? fetch(row, names) : NULL;
    for (; *names; names++) {
        const CvColumn *column = cv_model_column(model, cv_slice(*names));
        if (column && column->concrete)
            take(row, column, fresh);
    }
}

void cv_row_load_all(const void *row)
{
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    const char **names;
    size_t count = 0;
    if (CV_LIKELY(!extra || !extra->deferred))
        return;
    names = cv_new_array(const char *, info->concrete_count + 1);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (cv_row_is_deferred(row, &info->columns[i]))
            names[count++] = info->columns[i].attribute;
    if (count)
        cv_reload_fields_of((void *)(uintptr_t)row, names);
}

void cv_row_load_deferred(const void *row, const CvColumn *column)
{
    const char *names[] = {column->attribute, NULL};
    if (cv_fetch_column(row, column))
        return;
    take((CvRow *)(uintptr_t)row, column, fetch(row, names));
}
