/* engine.h: where sessions are stored, and how their data is written.
 *
 *     static CvDict *load(CvSession *session) { ... cv_session_decode(session->arena, text) ... }
 *     const CvSessionEngine memory_sessions = {.name = "memory", .load = load, .save = save, .remove = remove};
 *     cv_session_engine_add(&memory_sessions);                       // in an app's `ready`; SESSION_ENGINE=memory
 *
 * The functions run in the request's fiber and arena; they may wait and raise. */
#ifndef CV_CONTRIB_SESSIONS_ENGINE_H
#define CV_CONTRIB_SESSIONS_ENGINE_H

#include "contrib/sessions/sessions.h"

CV_API_BEGIN

typedef enum CvSessionSaved {
    CV_SESSION_SAVED,
    CV_SESSION_TAKEN, /* must_create, and there is a session of that key */
    CV_SESSION_GONE,  /* not must_create, and there is none */
} CvSessionSaved;

struct CvSessionEngine {
    const char *name;        /* as SESSION_ENGINE says it */
    const char *django_name; /* Django's module of the same format, or NULL */
    /* What is stored under session->key; NULL: nothing, or no more. */
    CvDict *(*load)(CvSession *session);
    /* Writes session->data under session->key. */
    CvSessionSaved (*save)(CvSession *session, bool must_create);
    /* NULL in an engine whose key is the data: save() then makes the key anew. */
    void (*remove)(const char *key);
    /* Deletes what has expired: how many. NULL: nothing stays anyway. */
    size_t (*clear_expired)(void);
};

extern const CvSessionEngine cv_session_db, cv_session_file, cv_session_signed_cookies;

/* Makes an engine known by its name; it must live as long as the process. */
void cv_session_engine_add(const CvSessionEngine *engine);
/* The engine that SESSION_ENGINE names; raises CV_ERROR_CONFIGURATION if there is none. */
const CvSessionEngine *cv_session_engine(void);
/* A session of the engine, apart from any request. `key` NULL, or too short to be one: a new session. */
CvSession *cv_session_create(CvArena *arena, const CvSessionEngine *engine, const char *key);

/* The data as it is stored: compact JSON, deflated where that is shorter, signed with the time (SECRET_KEY), as
 * Django's session_data. */
CvSlice cv_session_encode(CvArena *arena, const CvDict *data);
/* Text that was tampered with, or is no such data, is an empty session: never NULL. Old keys (SECRET_KEY_FALLBACKS)
 * still read. */
CvDict *cv_session_decode(CvArena *arena, CvSlice text);

CV_API_END

#endif
