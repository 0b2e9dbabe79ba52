/* checks_private.h: the framework's own checks. */
#ifndef CV_WEB_CHECKS_PRIVATE_H
#define CV_WEB_CHECKS_PRIVATE_H

#include "web/app.h"
#include "web/checks.h"

typedef struct CvAppCheck {
    const CvApp *app;
    CvChecks *checks;
} CvAppCheck;

/* check_settings.c */
void cv_check_settings(CvChecks *checks);
/* check_templates.c: every template compiles; parents, includes, URL names and static files that it mentions are there;
 * the names that it reads are given by some cv_render of it. */
void cv_check_templates(CvChecks *checks);
/* check_sites.c: the template and URL names of calls in the program. */
void cv_check_sites(CvChecks *checks);
/* check_files.c: file fields of models. */
void cv_check_files(CvChecks *checks);
/* check_forms.c: the templates that forms name. */
void cv_check_forms(CvChecks *checks);
/* check_models.c: lookups, fields and values of calls in the program. */
void cv_check_models(CvChecks *checks);

/* Names to be suggested: whoever has added all pushes a NULL behind them. */
typedef struct CvCheckNames {
    CvArena *arena;
    CV_VECTOR(const char *) items;
} CvCheckNames;
/* Adds a copy of the name to a CvCheckNames (a callback of cv_engine_names). */
void cv_check_names_add(void *names, const char *name);

/* The text of a string literal as it stands in a call's source; false for anything else. */
bool cv_literal_text(CvArena *arena, const char *source, const char **out);

#endif
