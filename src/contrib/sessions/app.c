/* app.c: sessions as an app: its table, and what `./manage check` says about the settings. */
#include "contrib/sessions/session_private.h"

static void find_engine(void *engine)
{
    *(const CvSessionEngine **)engine = cv_session_engine();
}

static void check_sessions(const CvApp *app, CvChecks *checks)
{
    const CvSettings *settings = cv_settings();
    const CvSessionEngine *engine = NULL;
    CvError *error;
    (void)app;
    if (!cv_try(find_engine, &engine, &error)) {
        CvError kept = *error;
        cv_checks_add_error(checks, "sessions.E001", &kept);
    } else if (engine == &cv_session_db && (!settings->database_url || !*settings->database_url)) {
        cv_checks_add(checks, CV_CHECK_ERROR, "sessions.E002", NULL, 0,
                      "SESSION_ENGINE is db, but the site has no database.")
            ->hint = "Set DATABASE_URL, or SESSION_ENGINE=signed_cookies.";
    }
    if (checks->deploy && !settings->session_cookie_secure)
        cv_checks_add(checks, CV_CHECK_WARNING, "security.W012", NULL, 0,
                      "SESSION_COOKIE_SECURE is off: the cookie can be read on plain HTTP.");
    if (checks->deploy && !cv_is_on(settings->session_cookie_httponly))
        cv_checks_add(checks, CV_CHECK_WARNING, "security.W015", NULL, 0,
                      "SESSION_COOKIE_HTTPONLY is off: scripts can read the cookie.");
}

const CvApp cv_sessions = {.name = "caravan.contrib.sessions",
                           .models = cv_sessions_models,
                           .migrations = &cv_sessions_migrations,
                           .check = check_sessions};
