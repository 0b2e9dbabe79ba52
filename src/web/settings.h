/* settings.h: what a site sets, under Django's names in small letters.
 *
 *     static const CvSettings settings = {
 *         .apps         = CV_APPS(&cv_staticfiles, &bookstore),
 *         .middleware   = CV_DEFAULT_MIDDLEWARE,
 *         .urls         = site_urls,
 *         .database_url = "sqlite:///db.sqlite3",
 *         .append_slash = CV_OFF,
 *     };
 *
 * What is zero is Django's default (or, where Django's is of no use, the one told here). The environment goes over the
 * struct: SECRET_KEY=... DEBUG=1 ALLOWED_HOSTS=a.example,b.example APPEND_SLASH=0; any text, number, switch or list can
 * be set by its name in capitals; a zero written there is a zero, and an empty text unsets what has no default. A value
 * that cannot be read is an error that names the setting; all of them are collected. */
#ifndef CV_WEB_SETTINGS_H
#define CV_WEB_SETTINGS_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvApp CvApp;
typedef struct CvMiddleware CvMiddleware;
typedef struct CvUrl CvUrl;
typedef struct CvRequest CvRequest;
typedef struct CvResponse CvResponse;
typedef struct CvContextProcessor CvContextProcessor;

/* For settings that are on unless switched off; a type of its own, because `= false` would mean "not set". */
typedef struct CvSwitch {
    int8_t state; /* 0: not set, 1: on, -1: off */
} CvSwitch;
#define CV_ON ((CvSwitch){1})
#define CV_OFF ((CvSwitch){-1})
static inline bool cv_is_on(CvSwitch s)
{
    return s.state > 0;
}

/* Django's None where it means "no limit": for numbers whose zero is "not set". */
#define CV_UNLIMITED (-1)

/* Answers an error: 400, 403, 404, 500 ... `error` has the message; the status is to be set by the view. */
typedef CvResponse *CvErrorView(CvRequest *request, const CvError *error);

typedef struct CvSettings {
    /* What the site is made of; only from C. */
    const CvApp *const *apps;              /* CV_APPS(...) */
    const CvMiddleware *const *middleware; /* CV_MIDDLEWARE(...); NULL: none, as in Django */
    const CvUrl *urls;                     /* ROOT_URLCONF */
    const CvContextProcessor *const
        *context_processors; /* beside debug, request, csrf, static; CV_CONTEXT_PROCESSORS() */
    CvErrorView *handler400, *handler403, *handler404, *handler500; /* NULL: the default pages */

    /* The program. */
    const char *base_dir; /* BASE_DIR: what relative paths start from; default: the folder of the site's sources */
    const char
        *build_command; /* BUILD_COMMAND: what runserver calls when a source changed; default: recorded by the build */
    bool debug;         /* DEBUG; runserver sets it unless the environment says 0 */

    /* Secrets and hosts. */
    const char *secret_key;
    const char *const *secret_key_fallbacks;
    const char *const *allowed_hosts;
    const char *const *internal_ips;

    /* Where things are. */
    const char *database_url; /* sqlite:///relative.db, sqlite:////absolute.db, postgres://user@host/name */
    bool atomic_requests; /* views run in a CV_ATOMIC, but for .non_atomic_requests routes; pages are sent after it */
    const char *email_url, *cache_url;
    const char *const *template_dirs; /* before the folders of the apps; default: "templates" */
    const char *string_if_invalid;
    const struct CvFormRenderer *form_renderer; /* FORM_RENDERER: templates of forms (forms/renderer.h); only from C */
    const char *static_url, *static_root;       /* "static/" stands below force_script_name, as media_url does */
    const char *const *staticfiles_dirs;        /* default: "static" */
    const char *media_url, *media_root;         /* files of visitors; without a root they cannot be saved */
    const struct CvStorageAlias *storages;      /* STORAGES: CV_STORAGES({"default", &own}); only from C */

    /* Language and time. */
    const char *language_code, *time_zone; /* "en-us", "UTC" */
    const char *const *languages; /* CV_LIST("de", "German", "fr", "French"): codes and English names; default: all */
    const char *const *locale_paths; /* before the `locale` folders of the apps; default: "locale" */
    CvSwitch use_i18n, use_tz;       /* without use_tz moments are naive, readings of time_zone's clock (base/time.h) */

    /* Dates and numbers, where the language has no form of its own for them (template/locale.h). */
    const char *date_format, *time_format, *datetime_format, *year_month_format, *month_day_format, *short_date_format,
        *short_datetime_format;
    const char *const *date_input_formats, *const *time_input_formats, *const *datetime_input_formats;
    const char *decimal_separator, *thousand_separator;
    int64_t number_grouping; /* digits of a group */
    bool use_thousand_separator;

    /* URLs. */
    CvSwitch append_slash;
    bool prepend_www;
    const char *const *disallowed_user_agents; /* regular expressions */
    const char *force_script_name;

    /* Security. */
    CvSwitch secure_content_type_nosniff;
    const char *secure_cross_origin_opener_policy, *secure_referrer_policy; /* "": header not sent */
    const char *const *secure_csp, *const *secure_csp_report_only; /* directives: CV_LIST("default-src 'self'") */
    int64_t secure_hsts_seconds;
    bool secure_hsts_include_subdomains, secure_hsts_preload;
    const char *const *secure_proxy_ssl_header; /* CV_LIST("X-Forwarded-Proto", "https"), or HTTP_X_FORWARDED_PROTO */
    const char *const *secure_redirect_exempt;  /* regular expressions */
    const char *secure_ssl_host;
    bool secure_ssl_redirect;
    bool use_x_forwarded_host, use_x_forwarded_port;
    const char *x_frame_options;

    /* CSRF. */
    int64_t csrf_cookie_age; /* seconds; CV_UNLIMITED: until the browser closes */
    const char *csrf_cookie_domain, *csrf_cookie_name, *csrf_cookie_path, *csrf_cookie_samesite;
    bool csrf_cookie_httponly, csrf_cookie_secure;
    const char *csrf_header_name; /* Django's form, HTTP_X_CSRFTOKEN */
    const char *const *csrf_trusted_origins;
    bool csrf_use_sessions; /* the secret is kept in the session, not in a cookie of its own */

    /* Sessions (contrib/sessions). */
    const char *session_engine;    /* "db", "signed_cookies", "file", or one of the site's; Django's module names too */
    const char *session_file_path; /* of the engine "file"; default: the system's temporary folder */
    int64_t session_cookie_age;    /* seconds without a change after which a session ends: 1209600, two weeks */
    const char *session_cookie_domain, *session_cookie_name, *session_cookie_path, *session_cookie_samesite;
    CvSwitch session_cookie_httponly;
    bool session_cookie_secure, session_expire_at_browser_close, session_save_every_request;

    /* Messages (contrib/messages). */
    const char *message_storage; /* "fallback" (cookie, then session), "cookie", "session"; Django's class names too */
    int64_t message_level;       /* what is below it is not kept: 20, CV_INFO */
    const struct CvMessageTag *message_tags; /* CV_MESSAGE_TAGS({CV_ERROR, "danger"}); only from C */

    /* Passwords (contrib/auth). */
    const char *const *password_hashers; /* "pbkdf2_sha256", ...: the first makes new hashes, all are taken */
    const struct CvPasswordRule *auth_password_validators; /* CV_PASSWORD_RULES(...); only from C */

    /* Bounds on what visitors send. */
    int64_t data_upload_max_memory_size, data_upload_max_number_fields, data_upload_max_number_files;
    int64_t file_upload_max_memory_size;
    const char *file_upload_temp_dir;
    const char *file_upload_permissions, *file_upload_directory_permissions; /* octal: "644", "755" */
    int64_t request_memory;    /* bytes that one request may use; default 64 MiB */
    int64_t request_body_size; /* bytes of a body, files too; default 1 GiB */

    /* cv_render sends a page in pieces, while it is rendered, from this size on: 256 KiB; CV_UNLIMITED: never. */
    int64_t render_buffer;

    /* The server of `serve`. */
    const char *bind;                                 /* BIND: HOST:PORT or unix:PATH; default 127.0.0.1:8000 */
    int64_t workers;                                  /* default: one a core */
    int64_t header_timeout, body_timeout, keep_alive; /* seconds: 10, 15, 75 */

    const char *const *silenced_checks; /* SILENCED_SYSTEM_CHECKS: ids */
} CvSettings;

/* A copy of `given` in `arena` with the environment's values over it and the defaults in what is left. `environment` is
 * an array like environ, or NULL for the process's own. Errors (kind CV_ERROR_CONFIGURATION) are added to `errors`;
 * the result is usable for reading nonetheless. */
CvSettings *cv_settings_load(CvArena *arena, const CvSettings *given, const char *const *environment, CvErrors *errors);

/* The settings of the site that runs in this process; before it is booted, Django's defaults. Never NULL. */
const CvSettings *cv_settings(void);

/* One row a setting that the environment can give. */
typedef enum CvSettingKind {
    CV_SETTING_TEXT,
    CV_SETTING_BOOL,
    CV_SETTING_SWITCH,
    CV_SETTING_INTEGER,
    CV_SETTING_LIST,
} CvSettingKind;
typedef struct CvSetting {
    const char *name; /* "APPEND_SLASH" */
    CvSettingKind kind;
    size_t offset;
    const char *fallback; /* the default, as it would stand in the environment, or NULL */
    int64_t least, most;  /* of integers */
} CvSetting;
/* The table; *count rows. */
const CvSetting *cv_settings_table(size_t *count);
/* The header that a setting names in Django's way: HTTP_X_CSRFTOKEN is X-Csrftoken; others as they are. */
const char *cv_setting_header(CvArena *arena, const char *name);
/* The value as text for people ("True", "a, b"); values of settings whose names speak of secrets come as asterisks. */
const char *cv_setting_show(CvArena *arena, const CvSettings *settings, const CvSetting *setting);

CV_API_END

#endif
