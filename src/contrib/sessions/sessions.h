/* sessions.h: what a site remembers of a visitor from one request to the next: Django's sessions.
 *
 *     .apps       = CV_APPS(&cv_sessions, &bookstore),
 *     .middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_session_middleware, &cv_common_middleware,
 *                                 &cv_csrf_middleware, &cv_xframe_middleware),
 *
 *     CvSession *session = cv_session(request);
 *     int64_t visits = cv_session_int(session, "visits", 0);
 *     cv_session_set(session, "visits", visits + 1);
 *     cv_session_set(session, "basket", basket);                     // text, numbers, lists, dicts: what JSON has
 *     CvValue kept = cv_session_get(session, "basket");              // CV_NULL where there is none
 *
 * In templates: {{ request.session.visits }}. The visitor's cookie holds a random key; what is remembered is where
 * SESSION_ENGINE says (sessions/engine.h): in the database (the table django_session, readable for Django as it is),
 * in files, or in the cookie itself, signed. A session is read when it is first asked for and written at the end of a
 * request that changed it; a response of 500 and above writes nothing. Pages that looked into it get Vary: Cookie.
 *
 * Values are copied in and borrowed out: change a list by setting it again. Everything lives as long as the request. */
#ifndef CV_CONTRIB_SESSIONS_SESSIONS_H
#define CV_CONTRIB_SESSIONS_SESSIONS_H

#include "web/web.h"

#define CV_MODELS "contrib/sessions/models.def.h"
#include "orm/models.h"

CV_API_BEGIN

/* The table of sessions; needed for SESSION_ENGINE=db. */
extern const CvApp cv_sessions;
extern const CvModel *const cv_sessions_models[];
extern const CvMigrations cv_sessions_migrations;
/* Gives requests a session: SESSION_... settings. Before the middleware that uses it (csrf with CSRF_USE_SESSIONS,
 * messages). What is done to a session after the response has gone out (a long page that is sent while it is rendered,
 * a stream) is lost, as its cookie is, and told in the log. */
extern const CvMiddleware cv_session_middleware;

typedef struct CvSessionEngine CvSessionEngine;

typedef struct CvSession {
    CvObject object; /* request.session */
    CvArena *arena;
    const CvSessionEngine *engine;
    const char *key;      /* what the cookie says, or will say; NULL: none */
    bool accessed;        /* somebody looked into it */
    bool modified;        /* it will be written; set it to have it written all the same */
    CvDict *data;         /* NULL: not read yet; cv_session_items() reads it */
    const char *gone_out; /* the path of the request that was answered already; NULL: not yet */
} CvSession;

/* The request's session; raises CV_ERROR_CONFIGURATION where the middleware does not run. */
CvSession *cv_session(CvRequest *request);
/* NULL where the middleware does not run. */
CvSession *cv_session_if_any(CvRequest *request);

/* ---- reading ---- */

/* The value, CV_NULL where there is none. */
CvValue cv_session_get(CvSession *session, const char *key);
bool cv_session_has(CvSession *session, const char *key);
/* The value as C has it; `otherwise` where there is none or it is of another kind. */
int64_t cv_session_int(CvSession *session, const char *key, int64_t otherwise);
const char *cv_session_text(CvSession *session, const char *key, const char *otherwise);
bool cv_session_bool(CvSession *session, const char *key, bool otherwise);
/* All of it, in the order in which it was set. */
const CvDict *cv_session_items(CvSession *session);

/* ---- changing ---- */

/* Any value that JSON has; others raise CV_ERROR_TYPE. It is copied. */
#define cv_session_set(session, key, value) cv_session_set_value((session), (key), CV_VALUE(value))
void cv_session_set_value(CvSession *session, const char *key, CvValue value);
/* The value that is there; if there is none, this one, which is set. */
#define cv_session_setdefault(session, key, value) cv_session_setdefault_value((session), (key), CV_VALUE(value))
CvValue cv_session_setdefault_value(CvSession *session, const char *key, CvValue value);
/* Sets all of the dict's items; its keys are text. */
void cv_session_update(CvSession *session, const CvDict *items);
/* Takes a key out: whether it was there. */
bool cv_session_delete(CvSession *session, const char *key);
/* Takes a key out and gives its value; CV_NULL where there was none. */
CvValue cv_session_pop(CvSession *session, const char *key);
/* Takes all out; the key of the session stays. */
void cv_session_clear(CvSession *session);

/* ---- the session itself ---- */

/* Forgets all, here and where it is stored, and the key: what logging out does. */
void cv_session_flush(CvSession *session);
/* The same data under a new key: what logging in does, so that a key that somebody foisted on the visitor is worth
 * nothing. */
void cv_session_cycle_key(CvSession *session);
/* No key and nothing in it: such a session is not stored, and its cookie is deleted. Does not read it. */
bool cv_session_is_empty(const CvSession *session);
/* Writes it now; the middleware does it for what is modified. CV_ERROR_BAD_REQUEST if it was deleted meanwhile. */
void cv_session_save(CvSession *session);

/* Does the visitor take cookies: set one, look on the next request, take it away. */
void cv_session_set_test_cookie(CvSession *session);
bool cv_session_test_cookie_worked(CvSession *session);
void cv_session_delete_test_cookie(CvSession *session);

/* ---- how long it lasts ---- */

/* A number: seconds after the last change; 0: until the browser closes; a date-time: then; a duration from now: then;
 * NULL: as the settings say. */
#define cv_session_set_expiry(session, value) cv_session_set_expiry_value((session), CV_VALUE(value))
void cv_session_set_expiry_value(CvSession *session, CvValue value);
/* Seconds from now; negative if that was in the past. */
int64_t cv_session_get_expiry_age(CvSession *session);
CvDateTime cv_session_get_expiry_date(CvSession *session);
bool cv_session_get_expire_at_browser_close(CvSession *session);

/* Deletes stored sessions that have expired; how many. `./manage clearsessions` calls it. */
size_t cv_clear_expired_sessions(void);

CV_API_END

#endif
