/* operations_database.c: what operations on models do to the database. */
#include "migrations/operations_database_private.h"

CvChange cv_change_of(const CvStep *step, bool backwards)
{
    step->editor->backwards = backwards;
    step->editor->in_place = false;
    return (CvChange){.operation = step->operation,
                      .app_label = step->app_label,
                      .editor = step->editor,
                      .from = backwards ? step->after : step->before,
                      .to = backwards ? step->before : step->after,
                      .backwards = backwards};
}

const CvModel *cv_change_model(const CvChange *change, CvProjectState *state, const char *name)
{
    const CvModel *model = cv_state_render_model(state, change->app_label, name);
    return model->proxy || model->options->unmanaged ? NULL : model;
}

const CvColumn *cv_change_column(const CvModel *model, const char *name)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    for (size_t i = 0; i < count; i++)
        if (columns[i].model == model && strcmp(columns[i].name, name) == 0)
            return &columns[i];
    return NULL;
}

/* ---- making and removing ---- */

static void create(const CvChange *change)
{
    const CvModel *model = cv_change_model(change, change->to, change->operation->model);
    if (model)
        cv_schema_create_model(change->editor, model);
}

static void delete (const CvChange *change)
{
    const CvModel *model = cv_change_model(change, change->from, change->operation->model);
    if (model)
        cv_schema_delete_model(change->editor, model);
}

CV_DATABASE(create_model, create, delete)
CV_DATABASE(delete_model, delete, create)

/* ---- names ---- */

/* Foreign keys and many-to-many fields of other models point to the new name. Those of the model itself have moved
 * along. */
static void alter_pointing(const CvChange *change, const CvModel *old, const CvModel *now)
{
    CvArena *arena = change->editor->arena;
    for (const CvColumn *const *column = cv_model_pointing(arena, old); *column; column++) {
        const CvModel *other = (*column)->model;
        const CvModel *model =
            other == old ? now : cv_state_render_model(change->to, cv_model_app_label(other), other->name);
        bool link = other->parent && !other->proxy && strcmp((*column)->name, cv_model_key(other)->name) == 0;
        /* a child's link to its parent has the parent's name */
        const CvColumn *field = link ? cv_model_key(model) : cv_change_column(model, (*column)->name);
        if (field && !model->proxy && !model->options->unmanaged)
            cv_schema_alter_field(change->editor, *column, field);
    }
}

/* The tables between have the model's name in theirs, and in a column's. */
static void alter_own_between(const CvChange *change, const CvModel *old, const CvModel *now)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(old, &count);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *field =
            columns[i].concrete || columns[i].model != old ? NULL : cv_change_column(now, columns[i].name);
        if (field && field->to != now && cv_column_between(field).automatic)
            cv_schema_alter_between(change->editor, &columns[i], field);
    }
}

static void rename_model(const CvChange *change)
{
    const CvOperation *operation = change->operation;
    const char *was = change->backwards ? operation->to : operation->model;
    const char *is = change->backwards ? operation->model : operation->to;
    const CvModel *now = cv_change_model(change, change->to, is);
    if (!now)
        return;
    const CvModel *old = cv_state_render_model(change->from, change->app_label, was);
    cv_schema_alter_table_name(change->editor, old, now);
    change->editor->in_place = true;
    alter_pointing(change, old, now);
    change->editor->in_place = false;
    alter_own_between(change, old, now);
}

static void alter_model_table(const CvChange *change)
{
    const CvModel *now = cv_change_model(change, change->to, change->operation->model);
    if (!now)
        return;
    const CvModel *old = cv_state_render_model(change->from, change->app_label, change->operation->model);
    size_t count;
    const CvColumn *columns = cv_model_columns(old, &count);
    cv_schema_alter_table_name(change->editor, old, now);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *field =
            columns[i].concrete || columns[i].model != old ? NULL : cv_change_column(now, columns[i].name);
        if (field && cv_column_between(field).automatic)
            cv_schema_alter_table_name(change->editor, cv_column_between(&columns[i]).model,
                                       cv_column_between(field).model);
    }
}

static void alter_model_table_comment(const CvChange *change)
{
    const CvModel *now = cv_change_model(change, change->to, change->operation->model);
    if (now)
        cv_schema_alter_table_comment(change->editor, now, now->options->db_table_comment);
}

CV_DATABASE(rename_model, rename_model, rename_model)
CV_DATABASE(alter_model_table, alter_model_table, alter_model_table)
CV_DATABASE(alter_model_table_comment, alter_model_table_comment, alter_model_table_comment)

/* ---- options ---- */

static void nothing(const CvChange *change)
{
    (void)change;
}

static void alter_unique_together(const CvChange *change)
{
    const CvModel *now = cv_change_model(change, change->to, change->operation->model);
    if (now)
        cv_schema_alter_unique_together(
            change->editor, cv_state_render_model(change->from, change->app_label, change->operation->model), now);
}

/* Another field to go by leaves the numbers as they are: most likely it has a new name. */
static void alter_order(const CvChange *change)
{
    const CvModel *now = cv_change_model(change, change->to, change->operation->model);
    if (!now)
        return;
    const CvModel *old = cv_state_render_model(change->from, change->app_label, change->operation->model);
    const CvColumn *was = cv_change_column(old, "_order"), *is = cv_change_column(now, "_order");
    if (was && !is)
        cv_schema_remove_field(change->editor, was);
    else if (is && !was)
        cv_schema_add_field(change->editor, is);
}

CV_DATABASE(alter_model_options, nothing, nothing)
CV_DATABASE(alter_unique_together, alter_unique_together, alter_unique_together)
CV_DATABASE(alter_order_with_respect_to, alter_order, alter_order)
