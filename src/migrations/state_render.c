/* state_render.c: models made of a state, in a set of their own, with the functions that the program has for them. */
#include "migrations/loader.h"
#include "migrations/state_private.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/site.h"

#define MOST_PARENTS 64

/* A state being rendered: what is made of its models, by place. */
typedef struct Rendering {
    const CvProjectState *state;
    CvArena *arena;
    const CvModel **made;
    bool *begun;
    CvBuffer wrong;
} Rendering;

static void add_wrong(Rendering *rendering, const char *line)
{
    cv_buffer_printf(&rendering->wrong, "%s%s", rendering->wrong.length ? "\n" : "", line);
}

/* ---- fields ---- */

/* The program's own kind with the column type of then; where it is gone, the type alone is left. */
static const CvOwnField *own_of(CvArena *arena, const CvField *field, const CvField *today)
{
    if (!today || !today->own || strcmp(today->own->name, field->own->name) != 0)
        return field->own;
    CvOwnField *own = cv_arena_memdup(arena, today->own, sizeof *own);
    own->column_type = field->own->column_type;
    return own;
}

static CvField field_of(CvArena *arena, const CvModelState *model, const CvField *field)
{
    CvField made = *field;
    const CvField *today = cv_field_of_program(model, field->name);
    if (made.default_call)
        made.default_call = today ? today->default_call : NULL;
    if (made.own)
        made.own = own_of(arena, field, today);
    if (today && today->kind == made.kind) {
        made.on_delete_call = today->on_delete_call;
        made.symmetrical = today->symmetrical; /* which is in no history, as in Django */
        made.upload_to_call = today->upload_to_call;
        made.storage = today->storage;
    }
    return made;
}

static const CvField *fields_of(CvArena *arena, const CvModelState *model)
{
    CvField *fields = cv_arena_new_array(arena, CvField, model->field_count + 1);
    for (size_t i = 0; i < model->field_count; i++)
        fields[i] = field_of(arena, model, &model->fields[i]);
    return fields;
}

/* ---- models ---- */

/* The first set of unique_together is an option, further ones are constraints. */
static CvModelOptions options_of(CvArena *arena, const CvModelState *model)
{
    CvModelOptions options = *model->options;
    size_t plain = 0, sets = 0;
    while (model->constraints[plain].kind)
        plain++;
    while (model->together[sets].kind)
        sets++;
    CvConstraint *constraints = cv_arena_new_array(arena, CvConstraint, plain + sets + 1);
    for (size_t i = 1; i < sets; i++)
        constraints[i - 1] = model->together[i];
    memcpy(constraints + (sets ? sets - 1 : 0), model->constraints, plain * sizeof *constraints);
    options.unique_together = sets ? model->together[0].fields : NULL;
    options.constraints = constraints;
    return options;
}

static size_t place_of(const Rendering *rendering, const CvModelState *model)
{
    size_t at = 0;
    while (rendering->state->models.items[at] != model)
        at++;
    return at;
}

static const CvModel *make(Rendering *rendering, const CvModelState *model);

static const CvModelState *parent_state(const CvProjectState *state, const CvModelState *model)
{
    const char *app_label, *name;
    cv_label_split(cv_arena(), model->parent, &app_label, &name);
    return cv_state_model(state, app_label, name);
}

/* More than can be: a circle, or as good as one. */
static bool has_too_many_parents(const CvProjectState *state, const CvModelState *model)
{
    int count = 0;
    for (; model && model->parent; model = parent_state(state, model))
        if (++count > MOST_PARENTS)
            return true;
    return false;
}

/* The parent of a child or proxy, made first; NULL: there is none. */
static const CvModel *parent_of(Rendering *rendering, const CvModelState *model)
{
    const CvModelState *parent = parent_state(rendering->state, model);
    bool deep = has_too_many_parents(rendering->state, model);
    const CvModel *made = parent && !deep ? make(rendering, parent) : NULL;
    if (deep)
        add_wrong(rendering, cv_printf("%s.%s: it has more than %d parents above it, or is its own.", model->app_label,
                                       model->name, MOST_PARENTS));
    else if (!made)
        add_wrong(rendering, cv_printf("%s.%s: its parent '%s' is no model of the state.", model->app_label,
                                       model->name, model->parent));
    return made;
}

static const CvModel *make(Rendering *rendering, const CvModelState *model)
{
    CvArena *arena = rendering->arena;
    size_t at = place_of(rendering, model);
    if (rendering->begun[at])
        return rendering->made[at];
    rendering->begun[at] = true;
    const CvModel *parent = model->parent ? parent_of(rendering, model) : NULL, **made = &rendering->made[at];
    const CvField *fields = fields_of(arena, model);
    CvModelOptions options = options_of(arena, model);
    size_t count = model->field_count;
    if (model->parent)
        *made = parent ? cv_model_build_child(arena, model->name, parent, model->proxy, fields, count, &options) : NULL;
    else if (model->keyless)
        *made = cv_model_build(arena, model->name, fields, count, &options);
    else if (model->plain_key)
        *made = cv_model_build(arena, model->name, fields + 1, count - 1, &options);
    else
        *made = cv_model_build_with_key(arena, model->name, fields, count, &options);
    return *made;
}

/* ---- apps without migrations ---- */

static bool has_app(const CvProjectState *state, const char *app_label)
{
    for (const CvModelState *model = NULL; (model = cv_state_next(state, model));)
        if (strcmp(model->app_label, app_label) == 0)
            return true;
    return false;
}

/* The models of today of the apps without migrations, taken once. */
static const CvModelState *const *others_of(const CvProjectState *state)
{
    CvStateHeap *heap = state->heap;
    if (heap->others)
        return heap->others;
    CvProjectState *all = cv_state_clone(state);
    CvModels *used = cv_models_use(NULL);
    all->models.count = 0;
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        if (!cv_model_is_automatic(model) && !cv_migrations_app_has(cv_model_app_label(model)))
            cv_state_take_model(all, model, true);
    cv_models_use(used);
    heap->others = cv_arena_new_array(heap->arena, const CvModelState *, all->models.count + 1);
    if (all->models.count)
        memcpy(heap->others, all->models.items, all->models.count * sizeof *heap->others);
    cv_state_destroy(all);
    return heap->others;
}

/* The state and those of the others whose apps it does not know. */
static CvProjectState *with_others(const CvProjectState *state)
{
    CvProjectState *both = cv_state_clone(state);
    for (const CvModelState *const *other = others_of(state); *other; other++)
        if (!has_app(state, (*other)->app_label))
            cv_vector_push(NULL, &both->models, *other);
    return both;
}

/* ---- the set ---- */

static void add_all(Rendering *rendering)
{
    for (size_t i = 0; i < rendering->state->models.count; i++)
        if (rendering->made[i])
            cv_models_add(rendering->state->models.items[i]->app_label,
                          (const CvModel *const[]){rendering->made[i], NULL});
}

/* What is wrong with the models, a line each, or NULL. */
static const char *join(Rendering *rendering, CvModels *models)
{
    CvErrors errors = {.arena = cv_arena()};
    CvModels *used = cv_models_use(models);
    add_all(rendering);
    if (!cv_models_ready(&errors))
        for (size_t i = 0; i < errors.count; i++)
            add_wrong(rendering, errors.items[i]->message);
    cv_models_use(used);
    return rendering->wrong.length ? cv_buffer_string(&rendering->wrong) : NULL;
}

static const char *render(const CvProjectState *state, CvModels *models)
{
    Rendering rendering = {.state = state,
                           .arena = cv_models_arena(models),
                           .made = cv_arena_new_array(cv_arena(), const CvModel *, state->models.count + 1),
                           .begun = cv_arena_new_array(cv_arena(), bool, state->models.count + 1),
                           .wrong = cv_buffer(cv_arena())};
    for (size_t i = 0; i < state->models.count; i++)
        (void)make(&rendering, state->models.items[i]);
    return join(&rendering, models);
}

CvModels *cv_state_render(CvProjectState *state)
{
    if (state->rendering)
        return state->rendering->models;
    CvModels *models = cv_models_create();
    CvProjectState *both = with_others(state);
    const char *wrong = render(both, models);
    cv_state_destroy(both); /* its memory is the state's */
    if (wrong) {
        cv_models_destroy(models);
        cv_raise(CV_ERROR_CONFIGURATION, "%s", wrong);
    }
    state->rendering = cv_malloc(sizeof *state->rendering);
    *state->rendering = (CvStateRendering){.models = models, .holders = 1};
    return models;
}

const CvModel *cv_state_render_model(CvProjectState *state, const char *app_label, const char *name)
{
    return cv_models_model(cv_state_render(state), cv_printf("%s.%s", app_label, name));
}
