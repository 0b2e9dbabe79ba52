/* engine_db.c: sessions in the database, in Django's table. */
#include "contrib/sessions/session_private.h"

#include "db/db.h"

static const char *stored_session_str(const CvStoredSession *stored)
{
    return stored->session_key;
}

#define CV_MODELS "contrib/sessions/models.def.h"
#define CV_MODELS_TABLE cv_sessions_models
#define CV_MODEL_NAME(T) "Session" /* people know it as Django calls it */
#include "orm/models_define.h"

static CvDict *load(CvSession *session)
{
    CvStoredSession *stored = cv_get(CvStoredSession, "session_key", session->key, "expire_date__gt", cv_now());
    return stored ? cv_session_decode(session->arena, cv_slice(stored->session_data)) : NULL;
}

typedef struct Write {
    CvSession *session;
    bool must_create;
} Write;

static void write_row(void *argument)
{
    const Write *write = argument;
    CvSession *session = write->session;
    CvStoredSession *stored =
        cv_build(CvStoredSession, .session_key = session->key,
                 .session_data = cv_slice_string(session->arena, cv_session_encode(session->arena, session->data)),
                 .expire_date = cv_session_get_expiry_date(session));
    CV_ATOMIC
    {
        cv_save_with(stored, .force_insert = write->must_create, .force_update = !write->must_create);
    }
}

static CvSessionSaved save(CvSession *session, bool must_create)
{
    Write write = {session, must_create};
    CvError *error;
    if (cv_try(write_row, &write, &error))
        return CV_SESSION_SAVED;
    if (must_create && error->kind == CV_ERROR_INTEGRITY)
        return CV_SESSION_TAKEN;
    if (!must_create && error->kind == CV_ERROR_NOT_UPDATED)
        return CV_SESSION_GONE;
    CvError kept = *error;
    cv_raise_error(&kept);
}

static void remove_row(const char *key)
{
    (void)cv_delete(cv_filter(cv_objects(CvStoredSession), "session_key", key));
}

static size_t clear_expired(void)
{
    return (size_t)cv_delete(cv_filter(cv_objects(CvStoredSession), "expire_date__lt", cv_now()));
}

const CvSessionEngine cv_session_db = {.name = "db",
                                       .django_name = "django.contrib.sessions.backends.db",
                                       .load = load,
                                       .save = save,
                                       .remove = remove_row,
                                       .clear_expired = clear_expired};
