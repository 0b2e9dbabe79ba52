/* state_program.c: the state of the program's models of today, and what only the program knows of a field. */
#include "migrations/state_private.h"

#include "base/site.h"
#include "orm/schema.h"

static CvFields fields_of(const CvModel *model)
{
    return model->fields ? model->fields() : (CvFields){model->field_items, model->field_count};
}

/* Columns first, many-to-many fields behind them, as Django lists them. */
static size_t take_fields(CvField *out, CvFields fields, bool no_relations)
{
    size_t count = 0;
    for (int many = 0; many < 2; many++)
        for (size_t i = 0; i < fields.count; i++)
            if (fields.items[i].kind->many == many && !(no_relations && fields.items[i].kind->relation))
                out[count++] = fields.items[i];
    return count;
}

/* With the names that Django makes up. */
static const CvConstraint *named(CvArena *arena, const CvModel *model)
{
    size_t count = 0;
    while (model->constraints && model->constraints[count].kind)
        count++;
    CvConstraint *copy = cv_arena_new_array(arena, CvConstraint, count + 1);
    for (size_t i = 0; i < count; i++) {
        copy[i] = model->constraints[i];
        if (!copy[i].together)
            copy[i].name = cv_schema_constraint_name(arena, model, &copy[i]);
    }
    return copy;
}

void cv_state_take_model(CvProjectState *state, const CvModel *model, bool no_relations)
{
    CvArena *arena = cv_arena();
    CvFields fields = fields_of(model);
    CvField *taken = cv_arena_new_array(arena, CvField, fields.count + 1);
    bool keyless = no_relations && model->has_key && fields.items[0].kind->relation;
    CvModelOptions options = {0};
    /* A list file's options end before those that only code can give; the model's own constraints are all of them. */
    memcpy(&options, model->options, model->fields ? offsetof(CvModelOptions, constraints) : sizeof options);
    options.constraints = NULL;
    if (no_relations)
        options.unique_together = NULL;
    cv_state_add_model(state, &(CvModelState){.app_label = cv_model_app_label(model),
                                              .name = model->name,
                                              .fields = taken,
                                              .field_count = take_fields(taken, fields, no_relations),
                                              .options = &options,
                                              .constraints = no_relations ? NULL : named(arena, model),
                                              .parent = model->parent ? cv_model_label(model->parent) : NULL,
                                              .proxy = model->proxy,
                                              .plain_key = model->plain_key,
                                              .keyless = keyless});
}

CvProjectState *cv_state_of_program(void)
{
    CvProjectState *state = cv_state_create();
    CvModels *used = cv_models_use(NULL);
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        if (!cv_model_is_automatic(model))
            cv_state_take_model(state, model, false);
    cv_models_use(used);
    return state;
}

const CvField *cv_field_of_program(const CvModelState *state, const char *name)
{
    CvModels *used = cv_models_use(NULL);
    const CvModel *model = cv_model_in_app(cv_slice(state->app_label), cv_slice(state->name));
    cv_models_use(used);
    CvFields fields = model ? fields_of(model) : (CvFields){0};
    for (const CvField *field = fields.items; field < fields.items + fields.count; field++)
        if (cv_name_is(field->name, name))
            return field;
    return NULL;
}
