/* own_field.c: where a site's own kinds of fields come in: their checks, their values on the way to the database and
 * back. */
#include "orm/own_field.h"

#include "db/driver.h"
#include "orm/file_private.h"
#include "orm/model_private.h"

const char *cv_field_class(const CvField *field)
{
    return field->own ? field->own->name : field->kind->name;
}

const CvOwnField *cv_column_own(const CvColumn *column)
{
    const CvField *field = cv_column_base(column)->field; /* NULL: it stands for a kind of value */
    return field ? field->own : NULL;
}

/* What the column holds, as the field's value. */
static void fill(const CvReadHook *hook, CvArena *arena, CvValue stored, bool as_value, void *target)
{
    const CvColumn *column = hook->data;
    CvValue value = column->field->own->load(column->field, arena, stored);
    if (as_value)
        *(CvValue *)target = value;
    else
        cv_member_set(column->storage, target, cv_own_member(arena, column, value));
}

const CvReadHook *cv_own_hook(const CvColumn *column)
{
    const CvOwnField *own = column->field->own;
    if (!own || !own->load)
        return NULL;
    CvReadHook *hook = cv_arena_new(cv_registry_arena(), CvReadHook);
    *hook = (CvReadHook){.fill = fill, .data = column, .size = cv_storage_size(column->storage)};
    return hook;
}

CvValue cv_own_member(CvArena *arena, const CvColumn *column, CvValue value)
{
    if (column->storage == CV_STORE_TEXT && value.kind == CV_STRING) /* members end in a NUL */
        value.text = cv_arena_strndup(arena, value.text, value.length);
    return value;
}

void cv_own_before_save(CvRow *row, const CvColumn *column, bool adding)
{
    const CvOwnField *own = column->field->own;
    if (!own || !own->before_save)
        return;
    CvValue value = own->before_save(column->field, row, adding);
    if (value.kind != CV_MISSING)
        cv_row_set(row, column, value);
}

void cv_own_check(const CvColumn *column, const char *label, CvErrors *errors)
{
    const CvField *field = column->field;
    const CvOwnField *own = field->own;
    if (!own)
        return;
    if (!own->name)
        cv_errors_add(errors, CV_ERROR_CONFIGURATION, "%s.%s: an own kind of field needs a .name.", label, field->name);
    else if (field->kind->relation || field->kind->generic || cv_column_is_file(column))
        cv_errors_add(errors, CV_ERROR_CONFIGURATION,
                      "%s.%s: %s can be no %s: own kinds are made of fields with a value.", label, field->name,
                      own->name, field->kind->name);
    else if (!own->store != !own->load)
        cv_errors_add(errors, CV_ERROR_CONFIGURATION, "%s.%s: %s has .%s without .%s; it needs both or neither.", label,
                      field->name, own->name, own->store ? "store" : "load", own->store ? "load" : "store");
    else if (own->check)
        own->check(column->model, field, errors);
}
