/* state_fields.c: changes of a state inside of a model: fields, indexes and constraints, sets of unique_together. */
#include "migrations/state_private.h"

#include "base/buffer.h"

static CvField *fields_with_room(CvProjectState *state, const CvModelState *model)
{
    CvField *fields = cv_arena_new_array(state->heap->arena, CvField, model->field_count + 2);
    if (model->field_count)
        memcpy(fields, model->fields, model->field_count * sizeof *fields);
    return fields;
}

static size_t field_or_raise(const CvModelState *model, const char *name)
{
    const CvField *field = cv_model_state_field(model, name);
    if (!field)
        cv_raise(CV_ERROR_VALUE, "%s.%s has no field named '%s' at this point of its migrations.", model->app_label,
                 model->name, name);
    return (size_t)(field - model->fields);
}

static void refuse_taken(const CvModelState *model, const char *name)
{
    if (cv_model_state_field(model, name))
        cv_raise(CV_ERROR_VALUE, "%s.%s has a field '%s' already at this point of its migrations.", model->app_label,
                 model->name, name);
}

static void set_option(CvProjectState *state, CvModelState *model, const CvModelOptions *options)
{
    model->options = cv_arena_memdup(state->heap->arena, options, sizeof *options);
}

static void set_order(CvProjectState *state, CvModelState *model, const char *field)
{
    CvModelOptions options = *model->options;
    options.order_with_respect_to = cv_arena_strdup(state->heap->arena, field);
    set_option(state, model, &options);
}

void cv_state_add_field(CvProjectState *state, const char *app_label, const char *name, const CvField *field)
{
    CvModelState *model = cv_state_changing(state, app_label, name);
    CvField *fields = fields_with_room(state, model);
    if (field->order_within) {
        set_order(state, model, field->order_within);
        return;
    }
    refuse_taken(model, field->name);
    fields[model->field_count++] = cv_field_copy(state->heap->arena, app_label, field);
    model->fields = fields;
}

void cv_state_set_key(CvProjectState *state, const char *app_label, const char *name, const char *field)
{
    CvModelState *model = cv_state_changing(state, app_label, name);
    model->plain_key = false;
    model->keyless = !field;
    if (!field)
        return;
    size_t at = field_or_raise(model, field);
    CvField *fields = fields_with_room(state, model), key = fields[at];
    memmove(fields + 1, fields, at * sizeof *fields);
    fields[0] = key;
    model->fields = fields;
}

void cv_state_add_key(CvProjectState *state, const char *app_label, const char *name, const CvField *field)
{
    cv_state_add_field(state, app_label, name, field);
    cv_state_set_key(state, app_label, name, field->name);
}

void cv_state_remove_field(CvProjectState *state, const char *app_label, const char *name, const char *field)
{
    CvModelState *model = cv_state_changing(state, app_label, name);
    size_t at = field_or_raise(model, field);
    CvField *fields = fields_with_room(state, model);
    memmove(fields + at, fields + at + 1, (model->field_count - at) * sizeof *fields);
    model->fields = fields;
    model->field_count--;
    if (at == 0 && !model->parent)
        model->plain_key = false, model->keyless = true;
    const char *order = model->options->order_with_respect_to;
    if (order && cv_name_is(order, field)) { /* the model goes next, or its order is said anew */
        CvModelOptions *options = cv_arena_memdup(state->heap->arena, model->options, sizeof *options);
        options->order_with_respect_to = NULL;
        model->options = options;
    }
}

void cv_state_alter_field(CvProjectState *state, const char *app_label, const char *name, const CvField *field)
{
    CvModelState *model = cv_state_changing(state, app_label, name);
    size_t at = field_or_raise(model, field->name);
    CvField *fields = fields_with_room(state, model);
    fields[at] = cv_field_copy(state->heap->arena, app_label, field);
    model->fields = fields;
    if (at == 0 && fields[0].kind != &cv_big_auto_field)
        model->plain_key = false;
}

/* ---- a field's new name ---- */

typedef struct Renaming {
    CvArena *arena;
    const char *old, *now;
} Renaming;

static const CvConstraint *renamed_in(const Renaming *renaming, const CvConstraint *constraints)
{
    size_t count = 0;
    while (constraints[count].kind)
        count++;
    CvConstraint *copy = cv_arena_memdup(renaming->arena, constraints, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i].fields = cv_names_renamed(renaming->arena, copy[i].fields, renaming->old, renaming->now);
        copy[i].include = cv_names_renamed(renaming->arena, copy[i].include, renaming->old, renaming->now);
    }
    return copy;
}

/* Whether the field of another model is a key that names the renamed one, or has a table between that is told by it. */
static bool names_it(const CvField *field, const Renaming *renaming, const CvModelState *of, bool *between)
{
    *between =
        field->through_label && field->through_fields && cv_label_is(field->through_label, of->app_label, of->name);
    return field->to_label && field->to_field && cv_label_is(field->to_label, of->app_label, of->name) &&
           cv_name_is(field->to_field, renaming->old);
}

static void rename_in_keys(CvProjectState *state, const Renaming *renaming, const CvModelState *of, size_t at)
{
    const CvModelState *model = state->models.items[at];
    CvField *fields = NULL; /* a copy, once one of them follows */
    for (size_t i = 0; i < model->field_count; i++) {
        bool between, key = names_it(&model->fields[i], renaming, of, &between);
        if (!key && !between)
            continue;
        if (!fields)
            fields = cv_arena_memdup(renaming->arena, model->fields, (model->field_count + 1) * sizeof *fields);
        if (key)
            fields[i].to_field = renaming->now;
        if (between)
            fields[i].through_fields =
                cv_names_renamed(renaming->arena, fields[i].through_fields, renaming->old, renaming->now);
    }
    if (!fields)
        return;
    CvModelState *changed = cv_arena_memdup(renaming->arena, model, sizeof *changed);
    changed->fields = fields;
    state->models.items[at] = changed;
}

void cv_state_rename_field(CvProjectState *state, const char *app_label, const char *name, const char *field,
                           const char *new_name)
{
    CvArena *arena = state->heap->arena;
    CvModelState *model = cv_state_changing(state, app_label, name);
    size_t at = field_or_raise(model, field);
    CvField *fields = fields_with_room(state, model), renamed = fields[at];
    Renaming renaming = {arena, cv_arena_strdup(arena, field), cv_arena_strdup(arena, new_name)};
    if (!cv_name_is(field, new_name))
        refuse_taken(model, new_name);
    renamed.name = renaming.now;
    if (at || model->parent || model->keyless) { /* the new name stands last, as in Django; a key stays first */
        memmove(fields + at, fields + at + 1, (model->field_count - at - 1) * sizeof *fields);
        at = model->field_count - 1;
    }
    fields[at] = renamed;
    if (at == 0 && !model->parent)
        model->plain_key = false;
    for (size_t i = 0; i < model->field_count; i++)
        fields[i].key_fields = cv_names_renamed(arena, fields[i].key_fields, renaming.old, renaming.now);
    model->fields = fields;
    model->constraints = renamed_in(&renaming, model->constraints);
    model->together = renamed_in(&renaming, model->together);
    if (model->options->order_with_respect_to && cv_name_is(model->options->order_with_respect_to, field))
        set_order(state, model, renaming.now);
    for (size_t i = 0; i < state->models.count; i++)
        rename_in_keys(state, &renaming, model, i);
}

/* ---- indexes and constraints ---- */

static CvConstraint *constraints_with_room(CvProjectState *state, const CvModelState *model, size_t *count)
{
    for (*count = 0; model->constraints[*count].kind;)
        ++*count;
    CvConstraint *copy = cv_arena_new_array(state->heap->arena, CvConstraint, *count + 2);
    memcpy(copy, model->constraints, *count * sizeof *copy);
    return copy;
}

void cv_state_add_constraint(CvProjectState *state, const char *app_label, const char *name,
                             const CvConstraint *constraint)
{
    size_t count;
    CvModelState *model = cv_state_changing(state, app_label, name);
    CvConstraint *constraints = constraints_with_room(state, model, &count);
    if (!constraint->name)
        cv_raise(CV_ERROR_VALUE, "Indexes passed to AddIndex operations require a name argument.");
    constraints[count] = cv_constraint_copy(state->heap->arena, constraint);
    model->constraints = constraints;
}

void cv_state_remove_constraint(CvProjectState *state, const char *app_label, const char *name, const char *constraint)
{
    size_t count, at = 0;
    CvModelState *model = cv_state_changing(state, app_label, name);
    CvConstraint *constraints = constraints_with_room(state, model, &count);
    while (at < count && strcmp(constraints[at].name, constraint) != 0)
        at++;
    if (at == count)
        cv_raise(CV_ERROR_VALUE, "No index or constraint named %s on model %s at this point of its migrations.",
                 constraint, model->name);
    memmove(constraints + at, constraints + at + 1, (count - at) * sizeof *constraints);
    model->constraints = constraints;
}

void cv_state_set_together(CvProjectState *state, const char *app_label, const char *name, const CvConstraint *sets)
{
    size_t count = 0;
    CvModelState *model = cv_state_changing(state, app_label, name);
    while (sets && sets[count].kind)
        count++;
    CvConstraint *copy = cv_arena_new_array(state->heap->arena, CvConstraint, count + 1);
    for (size_t i = 0; i < count; i++) {
        copy[i] = cv_constraint_copy(state->heap->arena, &sets[i]);
        copy[i].together = true;
    }
    model->together = copy;
}
