/* test_settings.c: the struct, over it the environment, below it the defaults. */
#include "unit.h"

#include "base/self.h"
#include "web/settings.h"

static CvErrors errors;

static const CvSettings *load(const CvSettings *given, const char *const *environment)
{
    static const char *const none[] = {NULL};
    static CvArena *arena;
    if (!arena)
        arena = cv_arena_create(0);
    errors = (CvErrors){.arena = arena};
    return cv_settings_load(arena, given, environment ? environment : none, &errors);
}

START_TEST(zero_is_the_default)
{
    const CvSettings *settings = load(&(CvSettings){0}, NULL);
    ck_assert_uint_eq(errors.count, 0);
    ck_assert(!settings->debug);
    ck_assert(cv_is_on(settings->append_slash));
    ck_assert(cv_is_on(settings->use_tz));
    ck_assert_str_eq(settings->x_frame_options, "DENY");
    ck_assert_str_eq(settings->csrf_cookie_name, "csrftoken");
    ck_assert_int_eq(settings->csrf_cookie_age, 31449600);
    ck_assert_int_eq(settings->data_upload_max_number_fields, 1000);
    ck_assert_ptr_null(settings->allowed_hosts[0]);
    ck_assert_str_eq(settings->template_dirs[0], "templates");
    ck_assert_ptr_null(settings->secret_key);
}
END_TEST

START_TEST(the_struct_wins_over_the_default)
{
    const CvSettings *settings =
        load(&(CvSettings){.append_slash = CV_OFF, .x_frame_options = "", .csrf_cookie_age = 60}, NULL);
    ck_assert(!cv_is_on(settings->append_slash));
    ck_assert_str_eq(settings->x_frame_options, "");
    ck_assert_int_eq(settings->csrf_cookie_age, 60);
}
END_TEST

START_TEST(the_environment_wins_over_the_struct)
{
    const CvSettings *settings = load(&(CvSettings){.secret_key = "a", .append_slash = CV_OFF, .debug = true},
                                      CV_LIST("SECRET_KEY=b=c", "APPEND_SLASH=yes", "DEBUG=0",
                                              "ALLOWED_HOSTS=a.example, b.example,,", "CSRF_COOKIE_AGE=-1"));
    ck_assert_uint_eq(errors.count, 0);
    ck_assert_str_eq(settings->secret_key, "b=c");
    ck_assert(cv_is_on(settings->append_slash));
    ck_assert(!settings->debug);
    ck_assert_str_eq(settings->allowed_hosts[1], "b.example");
    ck_assert_ptr_null(settings->allowed_hosts[2]);
    ck_assert_int_eq(settings->csrf_cookie_age, CV_UNLIMITED);
}
END_TEST

START_TEST(all_bad_values_are_named)
{
    load(&(CvSettings){0}, CV_LIST("DEBUG=maybe", "APPEND_SLASH=2", "SECURE_HSTS_SECONDS=soon", "CSRF_COOKIE_AGE=-2",
                                   "STATIC_URL=/static", "TIME_ZONE=Mars/Olympus"));
    ck_assert_uint_eq(errors.count, 6);
    ck_assert_str_eq(errors.items[0]->message, "DEBUG must be 1 or 0, not 'maybe'.");
    ck_assert_str_eq(errors.items[1]->message, "APPEND_SLASH must be 1 or 0, not '2'.");
    ck_assert_str_eq(errors.items[2]->message, "SECURE_HSTS_SECONDS must be a whole number, not 'soon'.");
    ck_assert_str_eq(errors.items[3]->message, "CSRF_COOKIE_AGE must be from -1 to 3153600000, not '-2'.");
    ck_assert_str_eq(errors.items[4]->message, "STATIC_URL must end with a slash.");
    ck_assert_ptr_nonnull(strstr(errors.items[5]->message, "TIME_ZONE 'Mars/Olympus'"));
}
END_TEST

START_TEST(numbers_are_bounded)
{
    load(&(CvSettings){0}, CV_LIST("WORKERS=1"));
    ck_assert_uint_eq(errors.count, 0);
    load(&(CvSettings){0}, CV_LIST("WORKERS=0"));
    ck_assert_uint_eq(errors.count, 1);
    load(&(CvSettings){0}, CV_LIST("WORKERS=1024"));
    ck_assert_uint_eq(errors.count, 0);
    load(&(CvSettings){0}, CV_LIST("WORKERS=1025"));
    ck_assert_uint_eq(errors.count, 1);
    load(&(CvSettings){.workers = 1025}, NULL);
    ck_assert_uint_eq(errors.count, 1);
}
END_TEST

START_TEST(zero_in_the_environment_is_zero)
{
    const CvSettings *settings =
        load(&(CvSettings){.data_upload_max_number_fields = 7, .secure_hsts_seconds = 60},
             CV_LIST("DATA_UPLOAD_MAX_NUMBER_FIELDS=0", "FILE_UPLOAD_MAX_MEMORY_SIZE=0", "SECURE_HSTS_SECONDS=0"));
    ck_assert_uint_eq(errors.count, 0);
    ck_assert_int_eq(settings->data_upload_max_number_fields, 0);
    ck_assert_int_eq(settings->file_upload_max_memory_size, 0);
    ck_assert_int_eq(settings->secure_hsts_seconds, 0);
    /* Where nothing could be meant by it, it is refused. */
    load(&(CvSettings){0}, CV_LIST("KEEP_ALIVE=0", "REQUEST_BODY_SIZE=0"));
    ck_assert_uint_eq(errors.count, 2);
}
END_TEST

START_TEST(empty_text_in_the_environment_unsets)
{
    const CvSettings *settings = load(&(CvSettings){.secure_ssl_host = "a.example", .secure_referrer_policy = "origin"},
                                      CV_LIST("SECURE_SSL_HOST=", "SECURE_REFERRER_POLICY=", "DATABASE_URL="));
    ck_assert_uint_eq(errors.count, 0);
    ck_assert_ptr_null(settings->secure_ssl_host);
    ck_assert_ptr_null(settings->database_url);
    ck_assert_str_eq(settings->secure_referrer_policy, ""); /* has a default, so "" says something else */
}
END_TEST

START_TEST(relative_urls_stand_below_the_script_name)
{
    const CvSettings *settings = load(&(CvSettings){.static_url = "static/"}, CV_LIST("MEDIA_URL=files/"));
    ck_assert_str_eq(settings->static_url, "/static/");
    ck_assert_str_eq(settings->media_url, "/files/");
    settings = load(&(CvSettings){.static_url = "static/", .force_script_name = "/shop"}, NULL);
    ck_assert_str_eq(settings->static_url, "/shop/static/");
    settings = load(&(CvSettings){.static_url = "https://cdn.example/s/", .media_url = ""}, NULL);
    ck_assert_str_eq(settings->static_url, "https://cdn.example/s/");
    ck_assert_str_eq(settings->media_url, "");
}
END_TEST

START_TEST(every_setting_has_a_readable_default)
{
    size_t count;
    const CvSetting *table = cv_settings_table(&count);
    CvArena *arena = cv_arena();
    const CvSettings *settings = load(&(CvSettings){0}, NULL);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(cv_setting_show(arena, settings, &table[i]));
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(table[i].name, table[j].name);
            ck_assert_uint_ne(table[i].offset, table[j].offset);
        }
    }
}
END_TEST

START_TEST(secrets_are_not_shown)
{
    size_t count, hidden = 0;
    const CvSetting *table = cv_settings_table(&count);
    CvArena *arena = cv_arena();
    const CvSettings *settings =
        load(&(CvSettings){.secret_key = "sesame", .database_url = "postgres://u:sesame@h/n"}, NULL);
    for (size_t i = 0; i < count; i++) {
        const char *text = cv_setting_show(arena, settings, &table[i]);
        ck_assert_ptr_null(strstr(text, "sesame"));
        hidden += strcmp(text, "********************") == 0;
    }
    ck_assert_uint_ge(hidden, 2);
}
END_TEST

START_TEST(headers_may_be_named_as_django_does)
{
    CvArena *arena = cv_arena();
    ck_assert_str_eq(cv_setting_header(arena, "HTTP_X_CSRFTOKEN"), "X-Csrftoken");
    ck_assert_str_eq(cv_setting_header(arena, "HTTP_X_FORWARDED_PROTO"), "X-Forwarded-Proto");
    ck_assert_str_eq(cv_setting_header(arena, "X-Own"), "X-Own");
}
END_TEST

UNIT_TESTS("web/settings", zero_is_the_default, the_struct_wins_over_the_default, the_environment_wins_over_the_struct,
           all_bad_values_are_named, numbers_are_bounded, zero_in_the_environment_is_zero,
           empty_text_in_the_environment_unsets, relative_urls_stand_below_the_script_name,
           every_setting_has_a_readable_default, secrets_are_not_shown, headers_may_be_named_as_django_does)
