/* registry.c: sets of models, the program's and others: adding them, finding them, reading what was worked out. */
#include "orm/generic.h"
#include "orm/registry_private.h"

#include "base/memory.h"
#include "base/self.h"
#include "base/vector.h"
#include "orm/query.h"
#include "text/i18n.h"

static CvModels program;
CvModels *cv_registry = &program;

static CvArena *arena_of(CvModels *models)
{
    if (!models->arena) {
        models->arena = cv_arena_create(0);
        models->arena->name = "models";
    }
    return models->arena;
}

CvArena *cv_registry_arena(void)
{
    return arena_of(cv_registry);
}

CvArena *cv_model_arena(const CvModel *model)
{
    return arena_of(cv_model_info(model)->models);
}

/* "EBookShop" is "e book shop". */
static const char *spaced(CvArena *arena, const char *name)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; name[i]; i++) {
        char c = name[i], before = i ? name[i - 1] : '_', after = name[i + 1];
        bool upper = c >= 'A' && c <= 'Z';
        bool starts =
            upper && i &&
            ((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || (after >= 'a' && after <= 'z'));
        if (starts)
            cv_buffer_append_byte(&out, ' ');
        cv_buffer_append_byte(&out, upper ? (char)(c + 32) : c);
    }
    return cv_buffer_string(&out);
}

CvModelInfo *cv_registry_add(const char *app_label, const CvModel *model)
{
    CvArena *arena = cv_registry_arena();
    CvModelInfo *info = cv_arena_new(arena, CvModelInfo);
    const CvModelOptions *options = model->options;
    info->model = model;
    info->models = cv_registry;
    info->app_label = cv_arena_strdup(arena, app_label);
    info->lower = cv_ascii_lower(arena, model->name);
    info->label = cv_arena_printf(arena, "%s.%s", app_label, model->name);
    info->label_lower = cv_arena_printf(arena, "%s.%s", app_label, info->lower);
    info->table = options->db_table ? options->db_table : cv_arena_printf(arena, "%s_%s", app_label, info->lower);
    info->verbose_name = options->verbose_name ? options->verbose_name : spaced(arena, model->name);
    info->verbose_name_plural =
        options->verbose_name_plural ? options->verbose_name_plural : cv_arena_printf(arena, "%ss", info->verbose_name);
    info->concrete = model;
    *model->info = info;
    if (cv_registry->last)
        cv_registry->last->next = info;
    else
        cv_registry->first = info;
    cv_registry->last = info;
    return info;
}

void cv_models_add(const char *app_label, const CvModel *const *models)
{
    for (; models && *models; models++)
        if (!*(*models)->info)
            cv_registry_add(app_label, *models);
}

static void forget(CvModels *models)
{
    cv_plan_cache_forget(); /* another model may get the address of one that goes */
    for (CvModelInfo *info = models->first; info; info = info->next)
        *info->model->info = NULL;
    cv_content_types_forget();
    if (models->arena)
        cv_arena_destroy(models->arena);
    *models = (CvModels){0};
}

void cv_models_reset(void)
{
    forget(&program);
    cv_registry = &program;
}

/* ---- more than one set ---- */

CvModels *cv_models_create(void)
{
    CvModels *models = cv_malloc(sizeof *models);
    *models = (CvModels){.past = true};
    return models;
}

void cv_models_destroy(CvModels *models)
{
    if (!models)
        return;
    if (cv_registry == models)
        cv_registry = &program;
    forget(models);
    cv_free(models);
}

CvArena *cv_models_arena(CvModels *models)
{
    return arena_of(models ? models : &program);
}

CvModels *cv_models_use(CvModels *models)
{
    CvModels *before = cv_registry;
    cv_registry = models ? models : &program;
    return before == &program ? NULL : before;
}

static const CvModel *find(const CvModels *models, CvSlice label)
{
    for (const CvModelInfo *info = models->first; info; info = info->next)
        if (cv_slice_equal_fold(cv_slice(info->label), label))
            return info->model;
    return NULL;
}

const CvModel *cv_models_model(CvModels *models, const char *label)
{
    const CvModel *model = find(models ? models : &program, cv_slice(label));
    if (!model)
        cv_raise(CV_ERROR_VALUE, "there is no model %s", label);
    return model;
}

const CvModel *cv_models_next(const CvModel *model)
{
    const CvModelInfo *info = model ? (*model->info)->next : cv_registry->first;
    return info ? info->model : NULL;
}

const CvModel *cv_model_find(CvSlice label)
{
    return find(cv_registry, label);
}

const CvModel *cv_model_in_app(CvSlice app_label, CvSlice name)
{
    for (const CvModelInfo *info = cv_registry->first; info; info = info->next)
        if (cv_slice_is(app_label, info->app_label) && cv_slice_equal_fold(cv_slice(info->lower), name))
            return info->model;
    return NULL;
}

const char *cv_model_app_label(const CvModel *model)
{
    return cv_model_info(model)->app_label;
}

const char *cv_model_label(const CvModel *model)
{
    return cv_model_info(model)->label;
}

const char *cv_model_label_lower(const CvModel *model)
{
    return cv_model_info(model)->label_lower;
}

const char *cv_model_lower(const CvModel *model)
{
    return cv_model_info(model)->lower;
}

const char *cv_model_table(const CvModel *model)
{
    return cv_model_info(model)->table;
}

/* Names that a site wrote are translated, those made of a type's name are not, as in Django. */
const char *cv_model_verbose_name(const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    return model->options->verbose_name ? cv_translated(cv_arena(), info->verbose_name) : info->verbose_name;
}

const char *cv_model_verbose_name_plural(const CvModel *model)
{
    const CvModelOptions *options = model->options;
    if (options->verbose_name_plural)
        return cv_translated(cv_arena(), options->verbose_name_plural);
    if (!options->verbose_name)
        return cv_model_info(model)->verbose_name_plural;
    const char *one = cv_model_verbose_name(model);
    return one == options->verbose_name ? cv_model_info(model)->verbose_name_plural : cv_printf("%ss", one);
}

const char *cv_column_verbose_name(const CvColumn *column)
{
    const char *own = column->field ? column->field->verbose_name : NULL;
    return own && own == column->verbose_name ? cv_translated(cv_arena(), own) : column->verbose_name;
}

bool cv_model_is_automatic(const CvModel *model)
{
    return cv_model_info(model)->automatic;
}

const CvColumn *cv_model_columns(const CvModel *model, size_t *count)
{
    const CvModelInfo *info = cv_model_info(model);
    *count = info->column_count;
    return info->columns;
}

const CvColumn *cv_model_column(const CvModel *model, CvSlice name)
{
    return cv_map_get(cv_model_info(model)->attributes, name);
}

const CvColumn *cv_model_key(const CvModel *model)
{
    return cv_model_info(model)->key;
}

const CvMember *cv_model_member(const CvModel *model, CvSlice name)
{
    return cv_map_get(cv_model_info(model)->members, name);
}
