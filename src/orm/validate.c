/* validate.c: full_clean() and its first steps; errors of a row by field. */
#include "orm/validate.h"

#include "base/vector.h"
#include "orm/set_private.h"

/* ---- errors ---- */

static CvArena *arena_of(CvRowErrors *errors)
{
    if (!errors->arena)
        errors->arena = cv_arena();
    return errors->arena;
}

const CvFieldErrors *cv_row_errors_of(const CvRowErrors *errors, const char *field)
{
    for (size_t i = 0; i < errors->count; i++)
        if (cv_texts_same(errors->items[i].field, field))
            return &errors->items[i];
    return NULL;
}

void cv_row_errors_add(CvRowErrors *errors, const char *field, const CvInvalid *invalid)
{
    CvArena *arena = arena_of(errors);
    CvFieldErrors *own = (CvFieldErrors *)(uintptr_t)cv_row_errors_of(errors, field);
    if (!own) {
        own = cv_vector_add(arena, errors);
        *own = (CvFieldErrors){.field = field ? cv_arena_strdup(arena, field) : NULL};
    }
    *(CvInvalid *)cv_vector_add(arena, own) = *invalid;
}

void cv_row_error_pairs(CvRowErrors *errors, const char *field, const char *code, const char *message, size_t count,
                        const char *const *names, const CvValue *values)
{
    CvInvalid invalid;
    (void)cv_invalid_pairs(arena_of(errors), &invalid, code, message, count, names, values);
    cv_row_errors_add(errors, field, &invalid);
}

CvDict *cv_row_errors_dict(const CvRowErrors *errors)
{
    CvArena *arena = errors->arena ? errors->arena : cv_arena();
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < errors->count; i++) {
        const CvFieldErrors *own = &errors->items[i];
        CvList *texts = cv_list_create(arena);
        for (size_t j = 0; j < own->count; j++)
            cv_list_add(arena, texts, cv_value_slice(cv_invalid_text(arena, &own->items[j])));
        cv_dict_set_name(dict, own->field ? own->field : "__all__", cv_value_list(texts));
    }
    return dict;
}

const char *cv_row_errors_text(const CvRowErrors *errors)
{
    CvArena *arena = errors->arena ? errors->arena : cv_arena();
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < errors->count; i++)
        for (size_t j = 0; j < errors->items[i].count; j++) {
            cv_buffer_append_string(&out, out.length ? "\n" : "");
            cv_buffer_append_slice(&out, cv_invalid_text(arena, &errors->items[i].items[j]));
        }
    return cv_buffer_string(&out);
}

/* ---- fields ---- */

bool cv_names_hold(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* A value of the shell is cleaned as it was given; an expression is not valid, but where it would be text. */
static CvValue value_of(CvArena *arena, const void *row, const CvColumn *column)
{
    const CvValue *given = cv_row_given(row, column);
    if (!given)
        return cv_row_get(row, column);
    return cv_value_expr(*given) ? cv_value_slice(cv_value_str(arena, *given)) : *given;
}

static bool clean_column(void *row, const CvColumn *column, CvRowErrors *errors)
{
    CvInvalids invalids = {.arena = arena_of(errors)};
    const CvValue *given = cv_row_given(row, column);
    CvValue value = value_of(invalids.arena, row, column), cleaned;
    if (cv_column_is_blank(column, value))
        return true;
    bool valid = cv_clean_value(column, row, value, &cleaned, &invalids);
    bool changes = given ? !cv_value_expr(*given) : valid && !cv_value_equal(cleaned, value);
    if (valid && changes)
        cv_row_set(row, column, cleaned);
    for (size_t i = 0; i < invalids.count; i++)
        cv_row_errors_add(errors, column->name, &invalids.items[i]);
    return valid;
}

bool cv_clean_fields(void *row, const char *const *exclude, CvRowErrors *errors)
{
    size_t count, failed = 0;
    const CvColumn *columns = cv_model_columns(cv_row_model(row), &count);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *column = &columns[i];
        if (!column->concrete || column->field->generated || cv_names_hold(exclude, column->name) ||
            cv_row_has_database_default(row, column))
            continue;
        failed += !clean_column(row, column, errors);
    }
    return failed == 0;
}

static size_t count_of(const CvRowErrors *errors)
{
    size_t count = 0;
    for (size_t i = 0; i < errors->count; i++)
        count += errors->items[i].count;
    return count;
}

bool cv_clean_row(void *row, CvRowErrors *errors)
{
    size_t before = count_of(errors);
    (void)arena_of(errors);
    for (const CvModel *model = cv_row_model(row); model; model = model->parent)
        if (model->options->clean) { /* as a method of Python: the nearest one */
            model->options->clean(row, errors);
            break;
        }
    return count_of(errors) == before;
}

/* ---- all of it ---- */

/* `exclude` and the fields that have errors. */
static const char *const *with_failed(const char *const *exclude, CvRowErrors *errors)
{
    CV_VECTOR(const char *) names = {0};
    CvArena *arena = arena_of(errors);
    for (; exclude && *exclude; exclude++)
        cv_vector_push(arena, &names, *exclude);
    for (size_t i = 0; i < errors->count; i++)
        if (errors->items[i].field)
            cv_vector_push(arena, &names, errors->items[i].field);
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

bool cv_full_clean_of(void *row, const CvCleanOptions *options, CvRowErrors *errors)
{
    const size_t before = count_of(errors);
    (void)cv_clean_fields(row, options->exclude, errors);
    (void)cv_clean_row(row, errors);
    if (!options->skip_unique)
        (void)cv_validate_unique(row, with_failed(options->exclude, errors), errors);
    if (!options->skip_constraints)
        (void)cv_validate_constraints(row, with_failed(options->exclude, errors), errors);
    return count_of(errors) == before;
}

void cv_full_clean_or_raise_of(void *row, const CvCleanOptions *options)
{
    CvRowErrors errors = {0};
    if (!cv_full_clean_of(row, options, &errors))
        cv_raise(CV_ERROR_VALIDATION, "%s", cv_row_errors_text(&errors));
}
