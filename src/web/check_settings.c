/* check_settings.c: settings that are legal but dangerous; most matter in production only (check --deploy). */
#include "web/checks_private.h"
#include "web/project_private.h"

static void warn(CvChecks *checks, const char *id, const char *text)
{
    cv_checks_add(checks, CV_CHECK_WARNING, id, NULL, 0, "%s", text);
}

static bool has_middleware(const char *name)
{
    for (const CvMiddleware *const *one = cv_settings()->middleware; one && *one; one++)
        if (strcmp((*one)->name, name) == 0)
            return true;
    return false;
}

static bool key_is_weak(const char *key)
{
    bool seen[256] = {false};
    size_t different = 0, length = strlen(key);
    for (size_t i = 0; i < length; i++)
        if (!seen[(unsigned char)key[i]]) {
            seen[(unsigned char)key[i]] = true;
            different++;
        }
    return length < 50 || different < 5;
}

static void check_keys(CvChecks *checks)
{
    const CvSettings *settings = cv_settings();
    CvCheckLevel level = checks->deploy ? CV_CHECK_ERROR : CV_CHECK_WARNING;
    if (cv_project.secret_is_random) {
        if (checks->deploy)
            cv_checks_add(checks, CV_CHECK_ERROR, "security.W009", NULL, 0, "SECRET_KEY is not set.")->hint =
                "Set it in the environment to 50 or more random characters, the same for all processes.";
    } else if (key_is_weak(settings->secret_key)) {
        cv_checks_add(checks, level, "security.W009", NULL, 0,
                      "SECRET_KEY has less than 50 characters or less than 5 different ones: what is signed with it "
                      "can be forged.");
    }
    for (const char *const *key = settings->secret_key_fallbacks; checks->deploy && *key; key++)
        if (key_is_weak(*key))
            cv_checks_add(checks, CV_CHECK_WARNING, "security.W025", NULL, 0, "A key of SECRET_KEY_FALLBACKS is weak.");
}

static void check_deployment(CvChecks *checks)
{
    const CvSettings *settings = cv_settings();
    if (settings->debug)
        warn(checks, "security.W018", "DEBUG is on: error pages show code and settings to visitors.");
    if (!settings->allowed_hosts[0])
        warn(checks, "security.W020", "ALLOWED_HOSTS is empty: every request will be refused.");
    if (!has_middleware("csrf"))
        warn(checks, "security.W003", "The csrf middleware is not installed: forms can be posted from other sites.");
    if (!has_middleware("xframe"))
        warn(checks, "security.W002", "The xframe middleware is not installed: pages can be framed by other sites.");
    if (!has_middleware("security")) {
        warn(checks, "security.W001", "The security middleware is not installed: the SECURE_ settings have no effect.");
        return;
    }
    if (settings->secure_hsts_seconds == 0)
        warn(checks, "security.W004", "SECURE_HSTS_SECONDS is not set. If the site is served over HTTPS only, set it.");
    else if (!settings->secure_hsts_include_subdomains)
        warn(checks, "security.W005", "SECURE_HSTS_INCLUDE_SUBDOMAINS is off.");
    if (!settings->secure_ssl_redirect)
        warn(checks, "security.W008", "SECURE_SSL_REDIRECT is off: pages are served over plain HTTP too.");
    if (!cv_is_on(settings->secure_content_type_nosniff))
        warn(checks, "security.W006", "SECURE_CONTENT_TYPE_NOSNIFF is off.");
    if (!*settings->secure_referrer_policy)
        warn(checks, "security.W022", "SECURE_REFERRER_POLICY is empty.");
    if (!settings->csrf_cookie_secure)
        warn(checks, "security.W016", "CSRF_COOKIE_SECURE is off: the cookie can be read on plain HTTP.");
}

void cv_check_settings(CvChecks *checks)
{
    check_keys(checks);
    if (checks->deploy)
        check_deployment(checks);
}
