/* operations_state.c: what each kind of operation does to a state. */
#include "migrations/state_private.h"
#include "migrations/words_private.h"

void cv_operation_state_forwards(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    if (operation->kind->state)
        operation->kind->state(operation, app_label, state);
}

void cv_create_model_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    size_t count = 0;
    while (operation->fields && operation->fields[count].name)
        count++;
    cv_state_add_model(state, &(CvModelState){.app_label = app_label,
                                              .name = operation->model,
                                              .fields = operation->fields,
                                              .field_count = count,
                                              .options = operation->options,
                                              .constraints = operation->constraints,
                                              .parent = operation->to,
                                              .proxy = operation->proxy,
                                              .plain_key = !operation->to && !operation->own_key});
}

void cv_delete_model_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_remove_model(state, app_label, operation->model);
}

void cv_rename_model_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_rename_model(state, app_label, operation->model, operation->to);
}

/* ---- options ---- */

CvModelOptions cv_model_options_altered(const CvModelOptions *now, const CvModelOptions *altered)
{
    CvModelOptions made = *now;
    made.ordering = altered->ordering;
    made.permissions = altered->permissions;
    made.default_permissions = altered->default_permissions;
    made.verbose_name = altered->verbose_name;
    made.verbose_name_plural = altered->verbose_name_plural;
    made.get_latest_by = altered->get_latest_by;
    made.default_related_name = altered->default_related_name;
    made.unmanaged = altered->unmanaged;
    made.select_on_save = altered->select_on_save;
    return made;
}

/* The options that the operation's model has so far. */
static CvModelOptions options_of(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    return *cv_state_changing(state, app_label, operation->model)->options;
}

static void set_options(const CvOperation *operation, const char *app_label, CvProjectState *state,
                        CvModelOptions options)
{
    cv_state_set_options(state, app_label, operation->model, &options);
}

void cv_alter_model_options_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelOptions options = options_of(operation, app_label, state);
    set_options(operation, app_label, state, cv_model_options_altered(&options, operation->options));
}

void cv_alter_model_table_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelOptions options = options_of(operation, app_label, state);
    options.db_table = operation->to;
    set_options(operation, app_label, state, options);
}

void cv_alter_model_table_comment_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelOptions options = options_of(operation, app_label, state);
    options.db_table_comment = operation->to;
    set_options(operation, app_label, state, options);
}

void cv_alter_order_with_respect_to_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelOptions options = options_of(operation, app_label, state);
    options.order_with_respect_to = operation->to && *operation->to ? operation->to : NULL;
    set_options(operation, app_label, state, options);
}

void cv_alter_unique_together_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_set_together(state, app_label, operation->model, operation->constraints);
}

/* ---- fields ---- */

static CvField field_of(const CvOperation *operation)
{
    if (operation->fields[1].name)
        cv_raise(CV_ERROR_VALUE, "%s takes one field: %s and %s are two.", operation->kind->name,
                 operation->fields[0].name, operation->fields[1].name);
    return operation->forget_default ? cv_field_without_default(operation->fields) : operation->fields[0];
}

void cv_add_field_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvField field = field_of(operation);
    if (operation->own_key)
        cv_state_add_key(state, app_label, operation->model, &field);
    else
        cv_state_add_field(state, app_label, operation->model, &field);
}

void cv_alter_field_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvField field = field_of(operation);
    cv_state_alter_field(state, app_label, operation->model, &field);
    if (operation->own_key)
        cv_state_set_key(state, app_label, operation->model, field.name);
}

void cv_remove_field_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_remove_field(state, app_label, operation->model, operation->name);
}

void cv_rename_field_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_rename_field(state, app_label, operation->model, operation->name, operation->to);
}

/* ---- indexes and constraints ---- */

void cv_add_index_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_add_constraint(state, app_label, operation->model, operation->constraints);
}

void cv_remove_index_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_state_remove_constraint(state, app_label, operation->model, operation->name);
}

void cv_add_constraint_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_add_index_state(operation, app_label, state);
}

void cv_remove_constraint_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    cv_remove_index_state(operation, app_label, state);
}

static CvConstraint *changing(CvProjectState *state, CvModelState *model, const char *name)
{
    size_t count = 0, at = 0;
    while (model->constraints[count].kind)
        count++;
    CvConstraint *copy = cv_arena_memdup(state->heap->arena, model->constraints, (count + 1) * sizeof *copy);
    while (at < count && strcmp(copy[at].name, name) != 0)
        at++;
    if (at == count)
        cv_raise(CV_ERROR_VALUE, "No index or constraint named %s on model %s at this point of its migrations.", name,
                 model->name);
    model->constraints = copy;
    return &copy[at];
}

void cv_alter_constraint_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelState *model = cv_state_changing(state, app_label, operation->model);
    const CvConstraint *now = operation->constraints;
    *changing(state, model, now->name) = cv_constraint_copy(state->heap->arena, now);
}

static bool same_fields(const char *const *a, const char *const *b)
{
    size_t i = 0;
    while (a && b && a[i] && b[i] && cv_name_is(a[i], b[i]))
        i++;
    return a && b && !a[i] && !b[i];
}

/* An index that had no name came from index_together or unique_together; now it is an index with a name. */
static void name_set(CvProjectState *state, CvModelState *model, const CvOperation *operation)
{
    size_t count = 0, left = 0;
    while (model->together[count].kind)
        count++;
    CvConstraint *sets = cv_arena_new_array(state->heap->arena, CvConstraint, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!same_fields(model->together[i].fields, operation->names))
            sets[left++] = model->together[i];
    model->together = sets;
    cv_state_add_constraint(state, model->app_label, model->name,
                            &(CvConstraint){.kind = CV_INDEX, .fields = operation->names, .name = operation->to});
}

void cv_rename_index_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    CvModelState *model = cv_state_changing(state, app_label, operation->model);
    if (operation->name)
        changing(state, model, operation->name)->name = cv_arena_strdup(state->heap->arena, operation->to);
    else
        name_set(state, model, operation);
}

void cv_state_operations_state(const CvOperation *operation, const char *app_label, CvProjectState *state)
{
    for (const CvOperation *each = operation->operations; each && each->kind; each++)
        cv_operation_state_forwards(each, app_label, state);
}
