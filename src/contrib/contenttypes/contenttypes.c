/* contenttypes.c: the model of content types, and the rows that it holds. */
#include "contrib/contenttypes/contenttypes.h"

#include "base/vector.h"
#include "db/raw.h"
#include "migrations/executor.h"
#include "orm/schema.h"

static const CvModel *model_of(const CvContentType *type)
{
    return cv_model_in_app(cv_slice(type->app_label), cv_slice(type->model));
}

/* "Book store | book"; names as they are stored where the model is no more. */
static const char *content_type_str(const CvContentType *type)
{
    const CvModel *model = model_of(type);
    const CvApp *app = model ? cv_app_find(type->app_label) : NULL;
    if (!model)
        return cv_printf("%s | %s", type->app_label, type->model);
    char *label = cv_printf("%s", app && app->verbose_name ? app->verbose_name : type->app_label);
    if (label[0] >= 'a' && label[0] <= 'z' && !(app && app->verbose_name))
        label[0] = (char)(label[0] - 'a' + 'A');
    return cv_printf("%s | %s", label, cv_model_verbose_name(model));
}

static CvValue content_type_name(const CvContentType *type)
{
    const CvModel *model = model_of(type);
    return cv_value_string(model ? cv_model_verbose_name(model) : type->model);
}

#define CV_MODELS "contrib/contenttypes/models.def.h"
#define CV_MODELS_TABLE cv_contenttypes_models
#define CV_MODEL_NAME(T) "ContentType" /* people know it without the prefix */
#include "orm/models_define.h"

CvContentType *cv_content_type_of(const CvModel *model)
{
    return cv_content_type_row(&CvContentType_model, model, true, NULL);
}

typedef CV_VECTOR(const char *) Names;

/* In the order of the names. */
static void add_name(Names *names, const char *name)
{
    cv_vector_push(cv_arena(), names, name);
    for (size_t i = names->count - 1; i > 0 && strcmp(names->items[i - 1], names->items[i]) > 0; i--) {
        const char *later = names->items[i - 1];
        names->items[i - 1] = names->items[i];
        names->items[i] = later;
    }
}

static void make(const char *app_label, const Names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (!cv_exists(cv_filter(cv_objects(CvContentType), "app_label", app_label, "model", names->items[i])))
            cv_create(CvContentType, .app_label = app_label, .model = names->items[i]);
}

void cv_contenttypes_make(const char *app_label, const CvModel *const *models)
{
    Names names = {0};
    for (; *models; models++)
        add_name(&names, cv_model_lower(*models));
    make(app_label, &names);
}

/* The names of an app's models as the database has them now: not the program's where a migration was taken back. */
static Names names_then(const CvProjectState *state, const char *app_label)
{
    Names names = {0};
    for (const CvModelState *model = NULL; (model = cv_state_next(state, model));)
        if (strcmp(model->app_label, app_label) == 0)
            add_name(&names, cv_ascii_lower(cv_arena(), model->name));
    return names;
}

/* App by app, in the order in which the site names them. */
static void make_all(const CvApp *self)
{
    (void)self;
    const CvApp *const *apps = cv_settings()->apps;
    CV_VECTOR(Names) all = {0};
    CvProjectState *state = cv_migration_state_applied(cv_migration_loader(NULL));
    for (size_t i = 0; apps[i]; i++)
        cv_vector_push(cv_arena(), &all, names_then(state, cv_app_label(apps[i])));
    cv_state_destroy(state);
    for (size_t i = 0; i < all.count; i++)
        make(cv_app_label(apps[i]), &all.items[i]);
}

/* The row of a model goes along when a migration renames the model, so that what points to it still does. */
static void follow_renamed(const void *sender, void *payload, void *argument)
{
    const CvModelRenaming *renamed = payload;
    (void)sender;
    (void)argument;
    const char *app = renamed->app_label, *name = cv_ascii_lower(cv_arena(), renamed->name);
    if (cv_schema_has_table(renamed->using, "django_content_type"))
        cv_execute_of(renamed->using,
                      "UPDATE django_content_type SET model = ? WHERE app_label = ? AND model = ? AND NOT EXISTS "
                      "(SELECT 1 FROM django_content_type WHERE app_label = ? AND model = ?)",
                      5,
                      (const CvValue[]){cv_value_string(name), cv_value_string(app),
                                        cv_value_string(cv_ascii_lower(cv_arena(), renamed->old)), cv_value_string(app),
                                        cv_value_string(name)});
}

static void get_ready(const CvApp *self)
{
    (void)self;
    cv_signal_connect(&cv_model_renamed, follow_renamed, NULL, NULL);
}

const CvApp cv_contenttypes = {.name = "caravan.contrib.contenttypes",
                               .verbose_name = "Content Types",
                               .models = cv_contenttypes_models,
                               .ready = get_ready,
                               .migrations = &cv_contenttypes_migrations,
                               .migrated = make_all};
