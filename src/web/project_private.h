/* project_private.h: the started site, as the files of this folder see it. */
#ifndef CV_WEB_PROJECT_PRIVATE_H
#define CV_WEB_PROJECT_PRIVATE_H

#include "http/http.h"
#include "urls/urls.h"
#include "web/app.h"
#include "web/middleware.h"
#include "web/project.h"

/* The functions of one stage of the middleware chain, each with its place in the settings' list. */
typedef struct CvChainLink {
    union {
        CvResponse *(*request)(CvRequest *request);
        CvResponse *(*view)(CvRequest *request, const CvUrlMatch *match);
        CvResponse *(*response)(CvRequest *request, CvResponse *response);
        CvResponse *(*exception)(CvRequest *request, const CvError *error);
    };
    size_t place;
} CvChainLink;

typedef struct CvChainStage {
    CvChainLink *links;
    size_t count;
} CvChainStage;

typedef struct CvChain {
    CvChainStage request, view, response, exception;
    size_t count; /* middleware in use */
} CvChain;

/* Paths that a view answers without a row in a URL table. */
typedef struct CvMount {
    CvSlice prefix;
    CvUrl row;
    struct CvMount *next;
} CvMount;

typedef struct CvProject {
    bool started, secret_is_random;
    CvArena *arena;
    const CvSettings *settings;
    CvHttpSettings http;
    CvChain chain;
    CvEngine *engine;
    const CvResolver *resolver;
    bool has_database;
    size_t app_count;
    CvErrorView *debug_view, *default_view;
    const CvContextProcessor **processors;
    CvStaticFinder *static_finder;
    CvAccessCheck *access;
    CvMount *mounts;
} CvProject;

extern CvProject cv_project;

/* chain.c: makes the stages of the settings' middleware. */
void cv_chain_build(CvProject *project, CvErrors *errors);
/* storages.c: the site's storages of files. */
void cv_storages_start(CvProject *project, CvErrors *errors);
/* languages.c: reads the catalogs, makes a locale for each language; gives the one of LANGUAGE_CODE. */
const struct CvLocale *cv_languages_start(CvProject *project, CvErrors *errors);
/* apps.c */
void cv_apps_load(CvProject *project, CvErrors *errors);
void cv_apps_ready(CvProject *project, CvErrors *errors);
/* routes.c: makes the resolver of the site's URL table. */
void cv_project_urls_load(CvProject *project, CvErrors *errors);
/* Rows that ask for a login need an app that provides it. */
void cv_project_guards_check(CvErrors *errors);
/* routes.c: finds the view of a request (raises CV_ERROR_NOT_FOUND) and calls it. */
void cv_route(CvRequest *request);
CvResponse *cv_route_call(CvRequest *request);
/* "outer:inner" of the namespaces that the request's URL stands in, or NULL. */
const char *cv_route_current_app(const CvRequest *request);
/* {% url %}: the engine's CvTemplateReverse. */
bool cv_project_reverse(void *argument, CvArena *arena, CvValue name, const CvList *args, const CvDict *kwargs,
                        const char *current_app, CvSlice *url, CvError *error);
/* transactions.c: the request's use of the database begins; a commit of the view that could not raise where it stood
 * is raised; what the request left open is ended (raises what middleware could not commit), or taken back (does not
 * raise). */
void cv_project_begin(CvRequest *request);
void cv_project_raise_failed_commit(void);
void cv_project_settle(void);
/* At start-up: takes the place of the log in requests; in debug each query is compiled again when it is reused. */
void cv_project_watch_queries(bool debug);
void cv_project_roll_back(CvRequest *request);
/* handler.c: a response that is sent while its body is made. May it: the view is at work, the server can, and no
 * transaction waits to be committed. Begin: the way out through the middleware, then its head; gives what is to be
 * answered, `*wanted` false where the rest of the body is not. May raise, which is the view's raise. */
bool cv_project_may_push(const CvRequest *request);
CvResponse *cv_project_push_begin(CvRequest *request, CvResponse *response, bool *wanted);
/* uploads.c: keeps big files of forms in temporary files. */
extern const CvUploadStore cv_temporary_uploads;
/* pages.c: a response for an error; never raises. */
CvResponse *cv_error_response(CvRequest *request, const CvError *error);

#endif
