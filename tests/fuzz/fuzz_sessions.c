/* fuzz_sessions.c: what a visitor may send as a session's data: signed by nobody, and (as if the secret were known) any
 * JSON under a good signature. What is read can be used and written again. */
#include "contrib/sessions/engine.h"
#include "crypto/signing.h"
#include "web/web.h"

static void use(CvArena *arena, CvDict *data)
{
    CvSession *session = cv_session_create(arena, &cv_session_signed_cookies, NULL);
    session->data = data;
    (void)cv_session_get_expiry_age(session);
    (void)cv_session_get_expiry_date(session);
    (void)cv_session_get_expire_at_browser_close(session);
    (void)cv_session_text(session, "_csrftoken", "");
    CvSlice text = cv_session_encode(arena, data);
    CvDict *again = cv_session_decode(arena, text);
    if (cv_dict_count(again) != cv_dict_count(data))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool started;
    if (!started) {
        CvErrors errors = {.arena = cv_arena()};
        started = cv_project_start(&(CvSettings){.secret_key = "a secret of the tests"}, NULL, &errors);
        cv_log_set_level(CV_LOG_CRITICAL + 1);
    }
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvSigner signer = {.key = "a secret of the tests", .salt = CV_SALT_SESSIONS};
    CV_IN_ARENA (arena) {
        (void)cv_session_decode(arena, text);
        use(arena, cv_session_decode(arena, cv_sign_bytes(&signer, arena, text, CV_SIGN_TIMESTAMP)));
    }
    cv_arena_destroy(arena);
    return 0;
}
