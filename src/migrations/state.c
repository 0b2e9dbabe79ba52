/* state.c: the state of a project: which models there are, clones that share what did not change. */
#include "migrations/state_private.h"

#include "base/memory.h"
#include "base/site.h"

static const CvConstraint no_constraints[1];

CvProjectState *cv_state_create(void)
{
    CvProjectState *state = cv_malloc(sizeof *state);
    *state = (CvProjectState){.heap = cv_malloc(sizeof *state->heap)};
    *state->heap = (CvStateHeap){.arena = cv_arena_create(0), .holders = 1};
    state->heap->arena->name = "states";
    return state;
}

CvProjectState *cv_state_clone(const CvProjectState *state)
{
    CvProjectState *clone = cv_malloc(sizeof *clone);
    *clone = (CvProjectState){.heap = state->heap, .rendering = state->rendering};
    clone->heap->holders++;
    if (clone->rendering)
        clone->rendering->holders++;
    for (size_t i = 0; i < state->models.count; i++)
        cv_vector_push(NULL, &clone->models, state->models.items[i]);
    return clone;
}

void cv_state_forget_rendering(CvProjectState *state)
{
    CvStateRendering *rendering = state->rendering;
    state->rendering = NULL;
    if (rendering && --rendering->holders == 0) {
        cv_models_destroy(rendering->models);
        cv_free(rendering);
    }
}

void cv_state_destroy(CvProjectState *state)
{
    if (!state)
        return;
    cv_state_forget_rendering(state);
    if (--state->heap->holders == 0) {
        cv_arena_destroy(state->heap->arena);
        cv_free(state->heap);
    }
    cv_free(state->models.items);
    cv_free(state);
}

/* ---- names ---- */

bool cv_name_is(const char *a, const char *b)
{
    return cv_slice_equal_fold(cv_slice(a), cv_slice(b));
}

const char *cv_label_full(CvArena *arena, const char *app_label, const char *label)
{
    return strchr(label, '.') ? cv_arena_strdup(arena, label) : cv_arena_printf(arena, "%s.%s", app_label, label);
}

bool cv_label_is(const char *label, const char *app_label, const char *name)
{
    size_t length = strlen(app_label);
    return strncmp(label, app_label, length) == 0 && label[length] == '.' && cv_name_is(label + length + 1, name);
}

void cv_label_split(CvArena *arena, const char *label, const char **app_label, const char **name)
{
    const char *dot = strchr(label, '.');
    *app_label = dot ? cv_arena_strndup(arena, label, (size_t)(dot - label)) : "";
    *name = dot ? dot + 1 : label;
}

/* ---- reading ---- */

static size_t place_of(const CvProjectState *state, const char *app_label, const char *name)
{
    for (size_t i = 0; i < state->models.count; i++)
        if (strcmp(state->models.items[i]->app_label, app_label) == 0 && cv_name_is(state->models.items[i]->name, name))
            return i;
    return state->models.count;
}

const CvModelState *cv_state_next(const CvProjectState *state, const CvModelState *model)
{
    size_t at = model ? place_of(state, model->app_label, model->name) + 1 : 0;
    return at < state->models.count ? state->models.items[at] : NULL;
}

const CvModelState *cv_state_model(const CvProjectState *state, const char *app_label, const char *name)
{
    size_t at = place_of(state, app_label, name);
    return at < state->models.count ? state->models.items[at] : NULL;
}

const CvField *cv_model_state_field(const CvModelState *model, const char *name)
{
    for (size_t i = 0; i < model->field_count; i++)
        if (cv_name_is(model->fields[i].name, name))
            return &model->fields[i];
    return NULL;
}

/* ---- changes ---- */

static size_t place_or_raise(const CvProjectState *state, const char *app_label, const char *name)
{
    size_t at = place_of(state, app_label, name);
    if (at == state->models.count)
        cv_raise(CV_ERROR_VALUE, "App '%s' has no model '%s' at this point of its migrations.", app_label, name);
    return at;
}

CvModelState *cv_state_changing(CvProjectState *state, const char *app_label, const char *name)
{
    size_t at = place_or_raise(state, app_label, name);
    CvModelState *copy = cv_arena_memdup(state->heap->arena, state->models.items[at], sizeof *copy);
    cv_state_forget_rendering(state);
    state->models.items[at] = copy;
    return copy;
}

static size_t constraint_count(const CvConstraint *constraints)
{
    size_t count = 0;
    while (constraints && constraints[count].kind)
        count++;
    return count;
}

/* Sets of unique_together of all the places where they may be written. */
static void take_constraints(CvArena *arena, CvModelState *model, const CvModelState *given)
{
    const CvModelOptions *options = given->options;
    const CvConstraint *lists[] = {given->constraints, options ? options->constraints : NULL, given->together};
    size_t most = constraint_count(lists[0]) + constraint_count(lists[1]) + constraint_count(lists[2]), plain = 0,
           sets = 0;
    CvConstraint *constraints = cv_arena_new_array(arena, CvConstraint, most + 1);
    CvConstraint *together = cv_arena_new_array(arena, CvConstraint, most + 2);
    if (options && options->unique_together && options->unique_together[0])
        together[sets++] = (CvConstraint){
            .kind = CV_UNIQUE, .together = true, .fields = cv_names_copy(arena, options->unique_together)};
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        for (const CvConstraint *row = lists[i]; row && row->kind; row++)
            if (row->together)
                together[sets++] = cv_constraint_copy(arena, row);
            else
                constraints[plain++] = cv_constraint_copy(arena, row);
    model->constraints = constraints;
    model->together = together;
}

static void refuse_twice(const CvModelState *model)
{
    for (size_t i = 0; i < model->field_count; i++)
        for (size_t j = i + 1; j < model->field_count; j++)
            if (cv_name_is(model->fields[i].name, model->fields[j].name))
                cv_raise(CV_ERROR_VALUE, "Found duplicate value %s in CreateModel fields argument.",
                         model->fields[j].name);
}

void cv_state_add_model(CvProjectState *state, const CvModelState *model)
{
    CvArena *arena = state->heap->arena;
    CvModelState *copy = cv_arena_new(arena, CvModelState);
    CvField *fields = cv_arena_new_array(arena, CvField, model->field_count + 1);
    CvModelOptions options = cv_options_copy(arena, model->options);
    if (cv_state_model(state, model->app_label, model->name))
        cv_raise(CV_ERROR_VALUE, "App '%s' has a model '%s' already at this point of its migrations.", model->app_label,
                 model->name);
    *copy = (CvModelState){.app_label = cv_arena_strdup(arena, model->app_label),
                           .name = cv_arena_strdup(arena, model->name),
                           .fields = fields,
                           .constraints = no_constraints,
                           .together = no_constraints,
                           .parent = model->parent ? cv_label_full(arena, model->app_label, model->parent) : NULL,
                           .proxy = model->proxy,
                           .plain_key = model->plain_key,
                           .keyless = model->keyless};
    for (size_t i = 0; i < model->field_count; i++) {
        const CvField *field = &model->fields[i];
        if (field->order_within)
            options.order_with_respect_to = cv_arena_strdup(arena, field->order_within);
        else if (!field->kind->generic)
            fields[copy->field_count++] = cv_field_copy(arena, model->app_label, field);
    }
    refuse_twice(copy);
    copy->options = cv_arena_memdup(arena, &options, sizeof options);
    take_constraints(arena, copy, model);
    cv_state_forget_rendering(state);
    cv_vector_push(NULL, &state->models, copy);
}

void cv_state_remove_model(CvProjectState *state, const char *app_label, const char *name)
{
    size_t at = place_or_raise(state, app_label, name);
    cv_state_forget_rendering(state);
    state->models.count--;
    memmove(state->models.items + at, state->models.items + at + 1,
            (state->models.count - at) * sizeof *state->models.items);
}

/* The model at the place as it is when another has got a new name. */
static void follow_model(CvProjectState *state, size_t at, const char *app_label, const char *name,
                         const char *new_label)
{
    CvArena *arena = state->heap->arena;
    const CvModelState *model = state->models.items[at];
    CvField *fields = NULL; /* a copy, once one of them follows */
    bool child = model->parent && cv_label_is(model->parent, app_label, name);
    for (size_t i = 0; i < model->field_count; i++) {
        const CvField *field = &model->fields[i];
        bool to = field->to_label && cv_label_is(field->to_label, app_label, name);
        bool through = field->through_label && cv_label_is(field->through_label, app_label, name);
        if (!to && !through)
            continue;
        if (!fields)
            fields = cv_arena_memdup(arena, model->fields, (model->field_count + 1) * sizeof *fields);
        if (to)
            fields[i].to_label = new_label;
        if (through)
            fields[i].through_label = new_label;
    }
    if (!fields && !child)
        return;
    CvModelState *changed = cv_arena_memdup(arena, model, sizeof *changed);
    if (fields)
        changed->fields = fields;
    if (child)
        changed->parent = new_label;
    state->models.items[at] = changed;
}

void cv_state_rename_model(CvProjectState *state, const char *app_label, const char *name, const char *new_name)
{
    CvArena *arena = state->heap->arena;
    CvModelState *model = cv_state_changing(state, app_label, name);
    const char *label = cv_arena_printf(arena, "%s.%s", model->app_label, new_name);
    if (!cv_name_is(name, new_name) && cv_state_model(state, app_label, new_name))
        cv_raise(CV_ERROR_VALUE, "App '%s' has a model '%s' already at this point of its migrations.", app_label,
                 new_name);
    size_t at = place_of(state, app_label, name);
    for (size_t i = 0; i < state->models.count; i++)
        follow_model(state, i, app_label, name, label);
    model = cv_arena_memdup(arena, state->models.items[at], sizeof *model);
    model->name = cv_arena_strdup(arena, new_name);
    cv_state_remove_model(state, app_label, name); /* the new name stands last, as in Django */
    cv_vector_push(NULL, &state->models, model);
}

void cv_state_set_options(CvProjectState *state, const char *app_label, const char *name, const CvModelOptions *options)
{
    CvArena *arena = state->heap->arena;
    CvModelState *model = cv_state_changing(state, app_label, name);
    CvModelOptions copy = cv_options_copy(arena, options);
    model->options = cv_arena_memdup(arena, &copy, sizeof copy);
    if (options && options->unique_together) {
        CvConstraint *sets = cv_arena_new_array(arena, CvConstraint, 2);
        if (options->unique_together[0])
            sets[0] = (CvConstraint){
                .kind = CV_UNIQUE, .together = true, .fields = cv_names_copy(arena, options->unique_together)};
        model->together = sets;
    }
}
