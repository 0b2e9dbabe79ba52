/* apps.c: the installed apps: labels, models, folders. */
#include "web/project_private.h"

#include <sys/stat.h>

#include "migrations/loader.h"
#include "orm/orm.h"
#include "orm/schema.h"

static const CvApp *const *installed(void)
{
    static const CvApp *const none[] = {NULL};
    return cv_settings()->apps ? cv_settings()->apps : none;
}

const char *cv_app_label(const CvApp *app)
{
    if (app->label)
        return app->label;
    ptrdiff_t dot = cv_slice_find_last(cv_slice(app->name), CV_SLICE("."));
    return dot < 0 ? app->name : app->name + dot + 1;
}

const CvApp *cv_app_find(const char *label)
{
    for (const CvApp *const *app = installed(); *app; app++)
        if (strcmp(cv_app_label(*app), label) == 0)
            return *app;
    return NULL;
}

/* Its tables are there, with the columns that its models have today. */
static bool is_up_to_date(const CvApp *app, const CvMigrationLoader *loader)
{
    for (const CvModel *const *model = app->models; model && *model; model++)
        if (!(*model)->proxy && !(*model)->options->unmanaged && !cv_schema_has_table(NULL, cv_model_table(*model)))
            return false;
    for (const CvMigrationNode *const *leaf = cv_migration_leaves(loader, cv_app_label(app)); *leaf; leaf++)
        if (!(*leaf)->applied)
            return false;
    return true;
}

void cv_apps_migrated(void)
{
    const CvMigrationLoader *loader = cv_migration_loader(NULL);
    CV_ATOMIC
    {
        for (const CvApp *const *app = installed(); *app; app++)
            if ((*app)->migrated && is_up_to_date(*app, loader))
                (*app)->migrated(*app);
    }
}

/* bookstore, caravan.contrib.auth: names with dots as they could stand in an include or an import. */
static bool name_is_good(const char *name)
{
    if (!name || !*name || *name == '.')
        return false;
    for (const char *at = name; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') || *at == '_' ||
              (*at == '.' && at[1] && at[1] != '.')))
            return false;
    return true;
}

const char *cv_app_folder(CvArena *arena, const CvApp *app)
{
    if (app->path)
        return cv_project_path(arena, app->path);
    char *path = cv_arena_strdup(arena, app->name);
    for (char *at = path; *at; at++)
        if (*at == '.')
            *at = '/';
    return cv_project_path(arena, path);
}

const char *const *cv_app_dirs(CvArena *arena, const char *folder)
{
    CV_VECTOR(const char *) dirs = {0};
    for (const CvApp *const *app = installed(); *app; app++) {
        const char *path = cv_arena_printf(arena, "%s/%s", cv_app_folder(arena, *app), folder);
        struct stat info;
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
            cv_vector_push(arena, &dirs, path);
    }
    cv_vector_push(arena, &dirs, NULL);
    return dirs.items;
}

/* The tables that stand at `offset` in the apps, one behind the other. */
static const CvEmbeddedFile *embedded_files(CvArena *arena, size_t offset)
{
    CV_VECTOR(CvEmbeddedFile) all = {0};
    for (const CvApp *const *app = installed(); *app; app++) {
        const CvEmbeddedFile *file = *(const CvEmbeddedFile *const *)((const void *)((const char *)*app + offset));
        for (; file && file->name; file++)
            cv_vector_push(arena, &all, *file);
    }
    cv_vector_push(arena, &all, (CvEmbeddedFile){0});
    return all.items;
}

const CvEmbeddedFile *cv_app_templates(CvArena *arena)
{
    return embedded_files(arena, offsetof(CvApp, templates));
}

const CvEmbeddedFile *cv_app_static_files(CvArena *arena)
{
    return embedded_files(arena, offsetof(CvApp, static_files));
}

const CvEmbeddedFile *cv_app_catalogs(CvArena *arena)
{
    return embedded_files(arena, offsetof(CvApp, catalogs));
}

const CvLibrary *const *cv_app_libraries(CvArena *arena, bool builtins)
{
    CV_VECTOR(const CvLibrary *) all = {0};
    for (const CvApp *const *app = installed(); *app; app++)
        for (const CvLibrary *const *one = builtins ? (*app)->builtins : (*app)->libraries; one && *one; one++)
            cv_vector_push(arena, &all, *one);
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

static void check_app(const CvApp *const *apps, size_t at, CvErrors *errors)
{
    const CvApp *app = apps[at];
    if (!name_is_good(app->name)) {
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "An app has the name '%s'.",
                         app->name ? app->name : "")
            ->hint = "A name is letters, digits and underscores, with dots between parts.";
        return;
    }
    for (size_t i = 0; i < at; i++)
        if (apps[i]->name && strcmp(cv_app_label(apps[i]), cv_app_label(app)) == 0)
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                             "App labels must be unique, but '%s' stands twice: %s and %s.", cv_app_label(app),
                             apps[i]->name, app->name);
}

void cv_apps_load(CvProject *project, CvErrors *errors)
{
    const CvApp *const *apps = installed();
    for (project->app_count = 0; apps[project->app_count]; project->app_count++) {
        const CvApp *app = apps[project->app_count];
        check_app(apps, project->app_count, errors);
        if (app->models)
            cv_models_add(cv_app_label(app), app->models);
        cv_migrations_add(cv_app_label(app), app->migrations);
    }
    cv_models_ready(errors);
}

static void call_ready(void *argument)
{
    const CvApp *app = argument;
    app->ready(app);
}

void cv_apps_ready(CvProject *project, CvErrors *errors)
{
    const CvApp *const *apps = installed();
    for (size_t i = 0; i < project->app_count; i++) {
        CvError *error;
        if (apps[i]->ready && !cv_try(call_ready, (void *)apps[i], &error)) {
            CvError *copy = cv_errors_add_at(errors, error->kind, error->file, error->line,
                                             "App '%s' could not get ready: %s", apps[i]->name, error->message);
            copy->hint = error->hint;
        }
    }
}
