/* find_or_create.c: get_or_create() and update_or_create(). */
#include "orm/file.h"
#include "orm/write_private.h"

/* Names that a new row may get; anything else is a mistake, told before a row is made. */
static void check_names(const CvModel *model, const CvPairs *pairs)
{
    CvBuffer wrong = cv_buffer(cv_arena());
    for (size_t i = 0; pairs && i < pairs->count; i++)
        if (!cv_model_column(model, cv_slice(pairs->keys[i])))
            cv_buffer_printf(&wrong, "%s'%s'", wrong.length ? ", " : "", pairs->keys[i]);
    if (wrong.length)
        cv_raise(CV_ERROR_FIELD, "Invalid field name(s) for model %s: %s.", model->name, cv_buffer_string(&wrong));
}

static void give(void *row, const CvPairs *pairs)
{
    for (size_t i = 0; pairs && i < pairs->count; i++)
        cv_row_assign(row, pairs->keys[i], pairs->values[i]);
}

typedef struct Creation {
    CvQuerySet *set;
    const CvPairs *asked, *defaults;
    void *row;
} Creation;

static void create(void *argument)
{
    Creation *creation = argument;
    const CvQuerySet *set = creation->set;
    void *row = cv_row_new(set->model);
    for (size_t i = 0; i < creation->asked->count; i++)
        if (!strstr(creation->asked->keys[i], "__"))
            cv_row_assign(row, creation->asked->keys[i], creation->asked->values[i]);
    give(row, creation->defaults);
    const char *alias = cv_database_alias(cv_set_database(set));
    CV_ATOMIC_IN(alias) /* what a receiver refuses after the INSERT is not kept */
    {
        if (set->owner && set->member)
            cv_related_save(creation->set, row, NULL);
        else
            cv_save_with(row, .force_insert = true, .using = alias);
    }
    creation->row = row;
}

void *cv_get_or_create_at(CvQuerySet *set, CvSite *site, const CvPairs *defaults, bool *created, size_t count,
                          const char *const *keys, const CvValue *values)
{
    CvError *error;
    const CvPairs asked = {count, keys, values};
    Creation creation = {.set = set, .asked = &asked, .defaults = defaults};
    bool ignored;
    if (!created)
        created = &ignored;
    *created = false;
    void *row = cv_get_at(set, site, count, keys, values);
    if (row)
        return row;
    check_names(set->model, defaults);
    *created = cv_try(create, &creation, &error);
    if (*created)
        return creation.row;
    if (error->kind == CV_ERROR_INTEGRITY && (row = cv_get_at(set, site, count, keys, values)))
        return row; /* somebody else was faster */
    cv_raise_error(error);
}

/* A field whose kind has a say when a row is saved, as in Django: moments and files. */
static bool has_a_say(const CvColumn *column)
{
    bool moment =
        column->storage == CV_STORE_DATE || column->storage == CV_STORE_TIME || column->storage == CV_STORE_DATETIME;
    return moment || cv_column_is_file(column) || cv_column_sets_itself(column);
}

void cv_save_found(void *row, size_t count, const char *const *given)
{
    CV_VECTOR(const char *) names = {0};
    const CvModel *model = cv_row_model(row);
    const CvModelInfo *info = cv_model_info(model);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *column = cv_model_column(model, cv_slice(given[i]));
        if (!column || !column->concrete || column->primary_key) {
            cv_save(row);
            return;
        }
        cv_vector_push(cv_arena(), &names, given[i]);
    }
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (has_a_say(column) && !column->primary_key && cv_model_info(column->model)->concrete == info->concrete)
            cv_vector_push(cv_arena(), &names, column->name);
    }
    cv_vector_push(cv_arena(), &names, NULL);
    cv_save_fields_of(row, names.items);
}

void *cv_update_or_create_at(CvQuerySet *set, CvSite *site, const CvPairs *defaults, const CvPairs *create_defaults,
                             bool *created, size_t count, const char *const *keys, const CvValue *values)
{
    bool made = false;
    void *row = NULL;
    CV_ATOMIC_IN(cv_database_alias(cv_set_database(set)))
    {
        row = cv_get_or_create_at(set, site, create_defaults ? create_defaults : defaults, &made, count, keys, values);
        if (!made) {
            give(row, defaults);
            cv_save_found(row, defaults ? defaults->count : 0, defaults ? defaults->keys : NULL);
        }
    }
    if (created)
        *created = made;
    return row;
}
