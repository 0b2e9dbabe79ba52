/* app.h: an app: what belongs together in a site.
 *
 *     const CvApp bookstore = {.name = "bookstore", .models = CV_MODELS_OF(&Author_model, &Book_model)};
 *
 * Its folder (`path`; default: a folder of its name below BASE_DIR) may hold `templates`, `static` and `locale`. What
 * the build embedded of them (`caravan embed`) is in the program: production reads that first, development the folders.
 */
#ifndef CV_WEB_APP_H
#define CV_WEB_APP_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvModel CvModel;
typedef struct CvChecks CvChecks;
typedef struct CvCommand CvCommand;
typedef struct CvLibrary CvLibrary;
typedef struct CvMigrations CvMigrations;

typedef struct CvApp {
    const char *name;                       /* "bookstore", "caravan.contrib.auth" */
    const char *label;                      /* of tables and permissions; default: the name's last part */
    const char *verbose_name;               /* default: the label with a capital */
    const char *path;                       /* its folder, relative to BASE_DIR; default: its name with / for . */
    const CvModel *const *models;           /* ends in NULL */
    const CvMigrations *migrations;         /* the history of their tables (migrations/operation.h); NULL: none */
    void (*ready)(const struct CvApp *app); /* called once, when all apps are known; may raise */
    void (*check)(const struct CvApp *app, CvChecks *checks); /* adds what is wrong (checks.h) */
    /* Called by `migrate` when the app's tables are there and its migrations are all applied; may raise. */
    void (*migrated)(const struct CvApp *app);
    const CvCommand *const *commands;   /* ends in NULL: its own `./manage` commands (management/command.h) */
    const CvLibrary *const *libraries;  /* CV_LIBRARIES(...): tags and filters for {% load %} (template/library.h) */
    const CvLibrary *const *builtins;   /* the same, for every template without {% load %} */
    const CvEmbeddedFile *templates;    /* embedded, ends in a NULL name */
    const CvEmbeddedFile *static_files; /* embedded, ends in a NULL name */
    const CvEmbeddedFile *catalogs;     /* embedded `locale` folder (de/LC_MESSAGES/django.mo), ends in a NULL name */
} CvApp;

#define CV_APPS(...) ((const CvApp *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
#define CV_LIBRARIES(...) ((const CvLibrary *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})
#define CV_MODELS_OF(...) ((const CvModel *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

/* The label: never NULL. */
const char *cv_app_label(const CvApp *app);
/* The app of that label among the installed ones, or NULL. */
const CvApp *cv_app_find(const char *label);
/* Calls `migrated` of the installed apps that are up to date, in one transaction: whoever made or changed tables does.
 */
void cv_apps_migrated(void);
/* The app's folder, absolute; it need not exist where the program runs. */
const char *cv_app_folder(CvArena *arena, const CvApp *app);
/* The folders `templates` (`static`, `locale`) of the installed apps that exist, absolute, ends in NULL. */
const char *const *cv_app_dirs(CvArena *arena, const char *folder);
/* What the installed apps embedded, in one table that ends in a NULL name: their templates, static files, catalogs. */
const CvEmbeddedFile *cv_app_templates(CvArena *arena);
const CvEmbeddedFile *cv_app_static_files(CvArena *arena);
const CvEmbeddedFile *cv_app_catalogs(CvArena *arena);
/* Their libraries of tags and filters, those for {% load %} or the others; ends in NULL. */
const CvLibrary *const *cv_app_libraries(CvArena *arena, bool builtins);

CV_API_END

#endif
