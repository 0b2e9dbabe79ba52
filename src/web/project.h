/* project.h: a site that has booted: settings read, apps ready, URLs compiled, templates found, database named.
 *
 * `cv_main` does this for a site's program. An existing C program that mounts a site does it itself:
 *
 *     CvErrors errors = {.arena = arena};
 *     if (!cv_project_start(&settings, &(CvProjectOptions){.program = argv[0]}, &errors))
 *         ... print errors ...
 *     CvResponse *response = cv_handle(request);            // in a fiber, or outside of any
 *
 * One site a process. What it owns lives until cv_project_stop(). */
#ifndef CV_WEB_PROJECT_H
#define CV_WEB_PROJECT_H

#include "web/settings.h"

CV_API_BEGIN

typedef struct CvEngine CvEngine;
typedef struct CvResolver CvResolver;
typedef struct CvUrlMatch CvUrlMatch;

typedef struct CvProjectOptions {
    const char *base_dir;      /* if the settings give none */
    const char *build_command; /* if the settings give none */
    const char *database_url;  /* instead of the settings' */
    int debug;                 /* 1: debug unless the environment says 0; 0: as set */
} CvProjectOptions;

/* Boots the site; false with `errors` filled in. The database is named, not yet connected. */
bool cv_project_start(const CvSettings *given, const CvProjectOptions *options, CvErrors *errors) CV_NODISCARD;
/* Gives all of it back (tests). */
void cv_project_stop(void);
bool cv_project_is_started(void);
/* False if SECRET_KEY is not set: then the site runs on a random one, which dies with the process. */
bool cv_project_has_secret_key(void);

/* The template engine of the site. */
CvEngine *cv_engine(void);
/* The resolver of the site's URL tables (of the request's own urlconf, if it has one; NULL: the site's). */
const CvResolver *cv_request_resolver(const CvRequest *request);
/* The arena that lives as long as the site; only while it boots. */
CvArena *cv_project_arena(void);
/* An absolute path of one that is relative to BASE_DIR. */
const char *cv_project_path(CvArena *arena, const char *path);

/* In debug: the statements that a request sent, up to the error that ended it; else NULL. */
const struct CvSqlEntry *cv_request_sql_log(const CvRequest *request);

/* Answers a request: the server's handler. Always gives a response; nothing is raised out of it. */
CvResponse *cv_handle(CvRequest *request);

/* ---- for apps, in their `ready` ---- */

/* All paths that begin with `prefix` ("/static/") are answered by this view, after the middleware; URL tables are not
 * asked. */
void cv_mount(const char *prefix, CvResponse *(*view)(CvRequest *request), const char *name);
/* Whether there is such a static file, for `check`: its path, or NULL. */
typedef const char *CvStaticFinder(CvArena *arena, const char *path);
void cv_set_static_finder(CvStaticFinder *finder);

/* Whether the visitor may see a view whose row says .login_required or .permission: NULL, or the answer instead of the
 * view's (a redirect to the login page); may raise CV_ERROR_PERMISSION_DENIED. A site that has such rows and no app
 * that sets this does not start. To be called in `ready`. */
typedef CvResponse *CvAccessCheck(CvRequest *request, const CvUrlMatch *match);
void cv_set_access_check(CvAccessCheck *check);

/* The page for an error in debug (the `views` floor registers it); NULL: plain text. */
void cv_set_debug_view(CvErrorView *view);
/* The default pages for errors where the settings name none (likewise). */
void cv_set_default_error_view(CvErrorView *view);

CV_API_END

#endif
