/* settings_table.c: the settings that the environment can give, with Django's defaults. */
#include "web/settings.h"

#define MEMBER(member) offsetof(CvSettings, member)
#define TEXT(setting, member, value)                                                           \
    {                                                                                          \
        .name = #setting, .kind = CV_SETTING_TEXT, .offset = MEMBER(member), .fallback = value \
    }
#define LIST(setting, member, value)                                                           \
    {                                                                                          \
        .name = #setting, .kind = CV_SETTING_LIST, .offset = MEMBER(member), .fallback = value \
    }
#define BOOL(setting, member)                                                                \
    {                                                                                        \
        .name = #setting, .kind = CV_SETTING_BOOL, .offset = MEMBER(member), .fallback = "0" \
    }
#define SWITCH(setting, member)                                                                \
    {                                                                                          \
        .name = #setting, .kind = CV_SETTING_SWITCH, .offset = MEMBER(member), .fallback = "1" \
    }
/* `low` and `high` bound what the environment may say; CV_UNLIMITED is allowed where low is -1. */
#define INTEGER(setting, member, value, low, high)                                                               \
    {                                                                                                            \
        .name = #setting, .kind = CV_SETTING_INTEGER, .offset = MEMBER(member), .fallback = value, .least = low, \
        .most = high                                                                                             \
    }
#define MOST_BYTES (INT64_C(1) << 50)
#define MOST_SECONDS INT64_C(3153600000)

static const CvSetting settings_rows[] = {
    TEXT(BASE_DIR, base_dir, NULL),
    TEXT(BUILD_COMMAND, build_command, NULL),
    BOOL(DEBUG, debug),
    TEXT(SECRET_KEY, secret_key, NULL),
    LIST(SECRET_KEY_FALLBACKS, secret_key_fallbacks, ""),
    LIST(ALLOWED_HOSTS, allowed_hosts, ""),
    LIST(INTERNAL_IPS, internal_ips, ""),
    TEXT(DATABASE_URL, database_url, NULL),
    BOOL(ATOMIC_REQUESTS, atomic_requests),
    TEXT(EMAIL_URL, email_url, NULL),
    TEXT(CACHE_URL, cache_url, NULL),
    LIST(TEMPLATE_DIRS, template_dirs, "templates"),
    TEXT(STRING_IF_INVALID, string_if_invalid, ""),
    TEXT(STATIC_URL, static_url, "/static/"),
    TEXT(STATIC_ROOT, static_root, NULL),
    LIST(STATICFILES_DIRS, staticfiles_dirs, "static"),
    TEXT(MEDIA_URL, media_url, "/media/"),
    TEXT(MEDIA_ROOT, media_root, NULL),
    TEXT(LANGUAGE_CODE, language_code, "en-us"),
    TEXT(TIME_ZONE, time_zone, "UTC"),
    LIST(LANGUAGES, languages, ""),
    LIST(LOCALE_PATHS, locale_paths, "locale"),
    SWITCH(USE_I18N, use_i18n),
    SWITCH(USE_TZ, use_tz),
    TEXT(DATE_FORMAT, date_format, NULL),
    TEXT(TIME_FORMAT, time_format, NULL),
    TEXT(DATETIME_FORMAT, datetime_format, NULL),
    TEXT(YEAR_MONTH_FORMAT, year_month_format, NULL),
    TEXT(MONTH_DAY_FORMAT, month_day_format, NULL),
    TEXT(SHORT_DATE_FORMAT, short_date_format, NULL),
    TEXT(SHORT_DATETIME_FORMAT, short_datetime_format, NULL),
    LIST(DATE_INPUT_FORMATS, date_input_formats, ""),
    LIST(TIME_INPUT_FORMATS, time_input_formats, ""),
    LIST(DATETIME_INPUT_FORMATS, datetime_input_formats, ""),
    TEXT(DECIMAL_SEPARATOR, decimal_separator, NULL),
    TEXT(THOUSAND_SEPARATOR, thousand_separator, NULL),
    INTEGER(NUMBER_GROUPING, number_grouping, "0", 0, 99),
    BOOL(USE_THOUSAND_SEPARATOR, use_thousand_separator),
    SWITCH(APPEND_SLASH, append_slash),
    BOOL(PREPEND_WWW, prepend_www),
    LIST(DISALLOWED_USER_AGENTS, disallowed_user_agents, ""),
    TEXT(FORCE_SCRIPT_NAME, force_script_name, NULL),
    SWITCH(SECURE_CONTENT_TYPE_NOSNIFF, secure_content_type_nosniff),
    TEXT(SECURE_CROSS_ORIGIN_OPENER_POLICY, secure_cross_origin_opener_policy, "same-origin"),
    LIST(SECURE_CSP, secure_csp, ""),
    LIST(SECURE_CSP_REPORT_ONLY, secure_csp_report_only, ""),
    TEXT(SECURE_REFERRER_POLICY, secure_referrer_policy, "same-origin"),
    INTEGER(SECURE_HSTS_SECONDS, secure_hsts_seconds, "0", 0, MOST_SECONDS),
    BOOL(SECURE_HSTS_INCLUDE_SUBDOMAINS, secure_hsts_include_subdomains),
    BOOL(SECURE_HSTS_PRELOAD, secure_hsts_preload),
    LIST(SECURE_PROXY_SSL_HEADER, secure_proxy_ssl_header, ""),
    LIST(SECURE_REDIRECT_EXEMPT, secure_redirect_exempt, ""),
    TEXT(SECURE_SSL_HOST, secure_ssl_host, NULL),
    BOOL(SECURE_SSL_REDIRECT, secure_ssl_redirect),
    BOOL(USE_X_FORWARDED_HOST, use_x_forwarded_host),
    BOOL(USE_X_FORWARDED_PORT, use_x_forwarded_port),
    TEXT(X_FRAME_OPTIONS, x_frame_options, "DENY"),
    INTEGER(CSRF_COOKIE_AGE, csrf_cookie_age, "31449600", -1, MOST_SECONDS),
    TEXT(CSRF_COOKIE_DOMAIN, csrf_cookie_domain, NULL),
    TEXT(CSRF_COOKIE_NAME, csrf_cookie_name, "csrftoken"),
    TEXT(CSRF_COOKIE_PATH, csrf_cookie_path, "/"),
    TEXT(CSRF_COOKIE_SAMESITE, csrf_cookie_samesite, "Lax"),
    BOOL(CSRF_COOKIE_HTTPONLY, csrf_cookie_httponly),
    BOOL(CSRF_COOKIE_SECURE, csrf_cookie_secure),
    TEXT(CSRF_HEADER_NAME, csrf_header_name, "HTTP_X_CSRFTOKEN"),
    LIST(CSRF_TRUSTED_ORIGINS, csrf_trusted_origins, ""),
    BOOL(CSRF_USE_SESSIONS, csrf_use_sessions),
    TEXT(SESSION_ENGINE, session_engine, "db"),
    TEXT(SESSION_FILE_PATH, session_file_path, NULL),
    INTEGER(SESSION_COOKIE_AGE, session_cookie_age, "1209600", 0, MOST_SECONDS),
    TEXT(SESSION_COOKIE_DOMAIN, session_cookie_domain, NULL),
    TEXT(SESSION_COOKIE_NAME, session_cookie_name, "sessionid"),
    TEXT(SESSION_COOKIE_PATH, session_cookie_path, "/"),
    TEXT(SESSION_COOKIE_SAMESITE, session_cookie_samesite, "Lax"),
    SWITCH(SESSION_COOKIE_HTTPONLY, session_cookie_httponly),
    BOOL(SESSION_COOKIE_SECURE, session_cookie_secure),
    BOOL(SESSION_EXPIRE_AT_BROWSER_CLOSE, session_expire_at_browser_close),
    BOOL(SESSION_SAVE_EVERY_REQUEST, session_save_every_request),
    TEXT(MESSAGE_STORAGE, message_storage, "fallback"),
    INTEGER(MESSAGE_LEVEL, message_level, "20", 0, INT32_MAX),
    LIST(PASSWORD_HASHERS, password_hashers, "pbkdf2_sha256,pbkdf2_sha1,argon2,bcrypt_sha256,scrypt"),
    INTEGER(DATA_UPLOAD_MAX_MEMORY_SIZE, data_upload_max_memory_size, "2621440", -1, MOST_BYTES),
    INTEGER(DATA_UPLOAD_MAX_NUMBER_FIELDS, data_upload_max_number_fields, "1000", -1, MOST_BYTES),
    INTEGER(DATA_UPLOAD_MAX_NUMBER_FILES, data_upload_max_number_files, "100", -1, MOST_BYTES),
    INTEGER(FILE_UPLOAD_MAX_MEMORY_SIZE, file_upload_max_memory_size, "2621440", 0, MOST_BYTES),
    TEXT(FILE_UPLOAD_TEMP_DIR, file_upload_temp_dir, NULL),
    TEXT(FILE_UPLOAD_PERMISSIONS, file_upload_permissions, "644"),
    TEXT(FILE_UPLOAD_DIRECTORY_PERMISSIONS, file_upload_directory_permissions, NULL),
    INTEGER(REQUEST_MEMORY, request_memory, "67108864", 65536, MOST_BYTES),
    INTEGER(REQUEST_BODY_SIZE, request_body_size, "1073741824", 1, MOST_BYTES),
    INTEGER(RENDER_BUFFER, render_buffer, "262144", -1, MOST_BYTES),
    TEXT(BIND, bind, "127.0.0.1:8000"),
    INTEGER(WORKERS, workers, NULL, 1, 1024),
    INTEGER(HEADER_TIMEOUT, header_timeout, "10", 1, 3600),
    INTEGER(BODY_TIMEOUT, body_timeout, "15", 1, 3600),
    INTEGER(KEEP_ALIVE, keep_alive, "75", 1, 3600),
    LIST(SILENCED_SYSTEM_CHECKS, silenced_checks, ""),
};

const CvSetting *cv_settings_table(size_t *count)
{
    *count = CV_COUNT_OF(settings_rows);
    return settings_rows;
}
