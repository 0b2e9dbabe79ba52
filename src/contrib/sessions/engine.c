/* engine.c: the engines by name, and the data's text that they share. */
#include "contrib/sessions/engine.h"

#include "base/log.h"
#include "crypto/signing.h"

enum { MOST_OWN = 8 };
static const CvSessionEngine *const built_in[] = {&cv_session_db, &cv_session_file, &cv_session_signed_cookies};
static const CvSessionEngine *own[MOST_OWN];
static size_t own_count;

void cv_session_engine_add(const CvSessionEngine *engine)
{
    for (size_t i = 0; i < own_count; i++)
        if (own[i] == engine)
            return;
    if (own_count == MOST_OWN)
        cv_raise(CV_ERROR_CONFIGURATION, "There are too many engines of sessions.");
    own[own_count++] = engine;
}

static bool is_called(const CvSessionEngine *engine, const char *name)
{
    return strcmp(engine->name, name) == 0 || (engine->django_name && strcmp(engine->django_name, name) == 0);
}

const CvSessionEngine *cv_session_engine(void)
{
    const char *name = cv_settings()->session_engine;
    for (size_t i = 0; i < own_count; i++)
        if (is_called(own[i], name))
            return own[i];
    for (size_t i = 0; i < CV_COUNT_OF(built_in); i++)
        if (is_called(built_in[i], name))
            return built_in[i];
    cv_raise(CV_ERROR_CONFIGURATION, "SESSION_ENGINE: there is no engine '%s'. There are db, file and signed_cookies.",
             name);
}

size_t cv_clear_expired_sessions(void)
{
    const CvSessionEngine *engine = cv_session_engine();
    return engine->clear_expired ? engine->clear_expired() : 0;
}

/* ---- the data's text ---- */

static CvSigner signer(void)
{
    const CvSettings *settings = cv_settings();
    return (CvSigner){
        .key = settings->secret_key, .fallback_keys = settings->secret_key_fallbacks, .salt = CV_SALT_SESSIONS};
}

CvSlice cv_session_encode(CvArena *arena, const CvDict *data)
{
    CvSigner own_signer = signer();
    return cv_sign_value(&own_signer, arena, cv_value_dict(data), CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS);
}

CvDict *cv_session_decode(CvArena *arena, CvSlice text)
{
    CvSigner own_signer = signer();
    CvValue value;
    CvError error;
    bool good = cv_unsign_value(&own_signer, arena, text, CV_SIGN_TIMESTAMP, CV_ANY_AGE, &value, &error);
    if (!good && error.kind == CV_ERROR_BAD_SIGNATURE)
        cv_log(CV_LOG_WARNING, "caravan.security.SuspiciousSession", "Session data corrupted");
    return good && value.kind == CV_DICT ? (CvDict *)(uintptr_t)value.dict : cv_dict_create(arena);
}
