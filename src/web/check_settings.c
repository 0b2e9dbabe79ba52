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

/* ---- languages ---- */

/* "de", "zh-hans", "ca-valencia", "be@latin" */
static bool is_language_code(const char *code)
{
    size_t part = 0;
    for (bool first = true; *code; code++) {
        bool letter = (*code >= 'a' && *code <= 'z') || (*code >= 'A' && *code <= 'Z');
        if (letter || (!first && *code >= '0' && *code <= '9')) {
            if (++part > 8)
                return false;
        } else if ((*code == '-' || *code == '@') && part) {
            first = false;
            part = 0;
        } else {
            return false;
        }
    }
    return part > 0;
}

/* "de-at" is one of "de" and of "de-ch". */
static bool is_offered(const char *code, const char *const *languages)
{
    size_t length = strcspn(code, "-");
    for (const char *const *pair = languages; pair[0] && pair[1]; pair += 2)
        if (cv_slice_equal_fold(cv_slice_of(code, length), cv_slice_of(pair[0], strcspn(pair[0], "-"))))
            return true;
    return false;
}

static void check_languages(CvChecks *checks)
{
    const CvSettings *settings = cv_settings();
    const char *const *languages = settings->languages;
    size_t count = 0;
    if (!is_language_code(settings->language_code))
        cv_checks_add(checks, CV_CHECK_ERROR, "translation.E001", NULL, 0,
                      "You have provided an invalid value for the LANGUAGE_CODE setting: '%s'.",
                      settings->language_code);
    while (languages[count])
        if (count++ % 2 == 0 && !is_language_code(languages[count - 1]))
            cv_checks_add(checks, CV_CHECK_ERROR, "translation.E002", NULL, 0,
                          "You have provided an invalid language code in the LANGUAGES setting: '%s'.",
                          languages[count - 1])
                ->hint = "Codes and English names stand in turn: CV_LIST(\"de\", \"German\", \"fr\", \"French\").";
    if (count && !is_offered(settings->language_code, languages))
        cv_checks_add(checks, CV_CHECK_ERROR, "translation.E004", NULL, 0,
                      "You have provided a value for the LANGUAGE_CODE setting that is not in the LANGUAGES setting.");
}

void cv_check_settings(CvChecks *checks)
{
    check_keys(checks);
    check_languages(checks);
    if (checks->deploy)
        check_deployment(checks);
}
