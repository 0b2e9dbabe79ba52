/* engine_cookie.c: sessions in the visitor's cookie, signed: nothing is stored here. The visitor can read what is in
 * it, and bring back an older state within SESSION_COOKIE_AGE. */
#include "contrib/sessions/session_private.h"

#include "base/log.h"
#include "crypto/signing.h"

/* What browsers keep of one cookie, with its name and attributes. */
enum { MOST_BYTES = 4096 };

static CvSigner signer(void)
{
    const CvSettings *settings = cv_settings();
    return (CvSigner){.key = settings->secret_key,
                      .fallback_keys = settings->secret_key_fallbacks,
                      .salt = "django.contrib.sessions.backends.signed_cookies"};
}

static CvDict *load(CvSession *session)
{
    CvSigner own = signer();
    CvValue value;
    CvError error;
    if (!cv_unsign_value(&own, session->arena, cv_slice(session->key), CV_SIGN_TIMESTAMP,
                         (double)cv_settings()->session_cookie_age, &value, &error) ||
        value.kind != CV_DICT)
        return NULL;
    return (CvDict *)(uintptr_t)value.dict;
}

static CvSessionSaved save(CvSession *session, bool must_create)
{
    CvSigner own = signer();
    (void)must_create;
    session->key = cv_slice_string(session->arena, cv_sign_value(&own, session->arena, cv_value_dict(session->data),
                                                                 CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS));
    if (strlen(session->key) > MOST_BYTES - 200)
        cv_log(CV_LOG_WARNING, "caravan.sessions", "A session of %zu bytes does not fit into a cookie.",
               strlen(session->key));
    return CV_SESSION_SAVED;
}

const CvSessionEngine cv_session_signed_cookies = {.name = "signed_cookies",
                                                   .django_name = "django.contrib.sessions.backends.signed_cookies",
                                                   .load = load,
                                                   .save = save};
