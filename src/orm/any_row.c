/* any_row.c: members of rows by name, for models that have no struct. */
#include "orm/any_row.h"

static const CvColumn *column_of(const void *row, const char *name)
{
    const CvColumn *column = cv_model_column(cv_row_model(row), cv_slice(name));
    return column && column->concrete ? column : NULL;
}

static CV_NORETURN void raise_missing(const void *row, const char *name)
{
    cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", cv_row_model(row)->name, name);
}

CvValue cv_member(const void *row, const char *name)
{
    const CvColumn *column = column_of(row, name);
    CvValue value = column ? cv_row_get(row, column) : cv_annotation(row, name);
    if (value.kind == CV_MISSING)
        raise_missing(row, name);
    return value;
}

CvAnyRow *cv_row_behind(const void *row, const char *name)
{
    const CvColumn *column = column_of(row, name);
    if (!column || !column->to)
        raise_missing(row, name);
    return cv_load(row, (const char *)row + column->offset);
}

CvAnyRow *cv_make_of(const CvModel *model, size_t count, const char *const *names, const CvValue *values)
{
    void *row = cv_row_new(model);
    for (size_t i = 0; i < count; i++)
        cv_row_assign(row, names[i], values[i]);
    return cv_insert_row(row);
}
