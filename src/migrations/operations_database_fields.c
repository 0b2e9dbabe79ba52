/* operations_database_fields.c: what operations on fields, indexes and constraints do to the database. */
#include "migrations/operations_database_private.h"
#include "migrations/state_private.h"

CV_NORETURN static void no_field(const CvModel *model, const char *name)
{
    cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", model->name, name);
}

/* NULL: generic fields, which are no columns. */
static const CvColumn *column_of(const CvChange *change, CvProjectState *state, const CvModel *model, const char *name)
{
    const CvColumn *column = cv_change_column(model, name);
    const CvModelState *known = column ? NULL : cv_state_model(state, change->app_label, model->name);
    if (!column && !(known && cv_model_state_field(known, name)))
        no_field(model, name);
    return column;
}

/* ---- fields ---- */

/* The function of a default: the program's, where the list leaves it to it. */
static CvValue (*default_call(const CvChange *change))(CvArena *arena)
{
    const CvField *field = &change->operation->fields[0];
    if (field->default_call != CV_OF_PROGRAM)
        return field->default_call;
    const CvModelState *model = cv_state_model(change->to, change->app_label, change->operation->model);
    const CvField *today = model ? cv_field_of_program(model, field->name) : NULL;
    return today ? today->default_call : NULL;
}

/* A column whose field has a default for the rows of now alone. */
typedef struct Given {
    CvField field;
    CvColumn column;
} Given;

static const CvColumn *with_default(const CvChange *change, const CvColumn *column)
{
    const CvOperation *operation = change->operation;
    if (!column || !operation->forget_default || change->backwards)
        return column;
    Given *given = cv_arena_new(change->editor->arena, Given);
    given->field = *column->field;
    given->field.default_call = default_call(change);
    given->field.default_integer = operation->fields[0].default_integer; /* the widest of them */
    given->column = *column;
    given->column.field = &given->field;
    return &given->column;
}

static void add(const CvChange *change, const char *name)
{
    const CvModel *model = cv_change_model(change, change->to, change->operation->model);
    const CvColumn *column = model ? column_of(change, change->to, model, name) : NULL;
    if (column)
        cv_schema_add_field(change->editor, with_default(change, column));
}

static void remove_(const CvChange *change, const char *name)
{
    const CvModel *model = cv_change_model(change, change->from, change->operation->model);
    const CvColumn *column = model ? column_of(change, change->from, model, name) : NULL;
    if (column)
        cv_schema_remove_field(change->editor, column);
}

static void alter(const CvChange *change, const char *was, const char *is)
{
    const CvModel *model = cv_change_model(change, change->to, change->operation->model);
    if (!model)
        return;
    const CvModel *old = cv_state_render_model(change->from, change->app_label, change->operation->model);
    const CvColumn *before = column_of(change, change->from, old, was);
    const CvColumn *now = column_of(change, change->to, model, is);
    if (before && now)
        cv_schema_alter_field(change->editor, before, with_default(change, now));
}

static void add_field(const CvChange *change)
{
    add(change, change->operation->fields[0].name);
}

static void add_field_back(const CvChange *change)
{
    remove_(change, change->operation->fields[0].name);
}

static void remove_field(const CvChange *change)
{
    remove_(change, change->operation->name);
}

static void remove_field_back(const CvChange *change)
{
    add(change, change->operation->name);
}

static void alter_field(const CvChange *change)
{
    alter(change, change->operation->fields[0].name, change->operation->fields[0].name);
}

static void rename_field(const CvChange *change)
{
    const CvOperation *operation = change->operation;
    if (change->backwards)
        alter(change, operation->to, operation->name);
    else
        alter(change, operation->name, operation->to);
}

CV_DATABASE(add_field, add_field, add_field_back)
CV_DATABASE(remove_field, remove_field, remove_field_back)
CV_DATABASE(alter_field, alter_field, alter_field)
CV_DATABASE(rename_field, rename_field, rename_field)

/* ---- indexes and constraints ---- */

static const CvConstraint *constraint_of(const CvModel *model, const char *name)
{
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->name && strcmp(c->name, name) == 0)
            return c;
    cv_raise(CV_ERROR_VALUE, "No index or constraint named %s on model %s", name, model->name);
}

static void add_named(const CvChange *change, const char *name)
{
    const CvModel *model = cv_change_model(change, change->to, change->operation->model);
    if (model)
        cv_schema_add_constraint(change->editor, model, constraint_of(model, name));
}

static void remove_named(const CvChange *change, const char *name)
{
    const CvModel *old = cv_change_model(change, change->from, change->operation->model);
    if (old)
        cv_schema_remove_constraint(change->editor,
                                    cv_state_render_model(change->to, change->app_label, change->operation->model),
                                    constraint_of(old, name));
}

static void add_given(const CvChange *change)
{
    add_named(change, change->operation->constraints[0].name);
}

static void remove_given(const CvChange *change)
{
    remove_named(change, change->operation->constraints[0].name);
}

static void add_old(const CvChange *change)
{
    add_named(change, change->operation->name);
}

static void remove_old(const CvChange *change)
{
    remove_named(change, change->operation->name);
}

static void nothing(const CvChange *change)
{
    (void)change;
}

CV_DATABASE(add_index, add_given, remove_given)
CV_DATABASE(remove_index, remove_old, add_old)
CV_DATABASE(add_constraint, add_given, remove_given)
CV_DATABASE(remove_constraint, remove_old, add_old)
CV_DATABASE(alter_constraint, nothing, nothing)

/* An index that nobody named, found by its columns. */
static CvConstraint unnamed(const CvChange *change, const CvModel *old)
{
    CvArena *arena = change->editor->arena;
    const char *const *fields = change->operation->names;
    CV_VECTOR(const char *) columns = {0};
    for (size_t i = 0; fields[i]; i++)
        cv_vector_push(arena, &columns, column_of(change, change->from, old, fields[i])->column);
    cv_vector_push(arena, &columns, NULL);
    const char *const *names = cv_schema_index_names(change->editor, cv_model_table(old), columns.items, false);
    size_t count = 0;
    while (names[count])
        count++;
    if (count != 1)
        cv_raise(CV_ERROR_VALUE, "Found wrong number (%zu) of indexes for %s(%s)", count, cv_model_table(old),
                 cv_schema_joined(arena, columns.items));
    return (CvConstraint){.kind = CV_INDEX, .fields = fields, .name = names[0]};
}

static void rename_index(const CvChange *change)
{
    const CvOperation *operation = change->operation;
    const CvModel *model = cv_change_model(change, change->to, operation->model);
    if (!model || (operation->names && change->backwards))
        return;
    const char *was = change->backwards ? operation->to : operation->name;
    const char *is = change->backwards ? operation->name : operation->to;
    const CvModel *old = cv_state_render_model(change->from, change->app_label, operation->model);
    CvConstraint found = operation->names ? unnamed(change, old) : *constraint_of(old, was);
    if (strcmp(found.name, is) != 0)
        cv_schema_rename_index(change->editor, model, &found, constraint_of(model, is));
}

CV_DATABASE(rename_index, rename_index, rename_index)
