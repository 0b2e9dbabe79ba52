/* test_sessions.c: what is remembered from one request to the next, with each engine; cookies, expiry, tampering. */
#include "contrib/sessions/engine.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "crypto/signing.h"
#include "db/db.h"
#include "middleware/middleware.h"
#include "orm/schema.h"
#include "urls/urls.h"
#include "visitor.h"

static CvArena *arena;
static char folder[] = "/tmp/caravan-sessions-XXXXXX";

/* ---- the site ---- */

static CvResponse *count_visits(CvRequest *request)
{
    CvSession *session = cv_session(request);
    int64_t visits = cv_session_int(session, "visits", 0) + 1;
    cv_session_set(session, "visits", visits);
    return cv_response_text(request->arena, "%d", (int)visits);
}

static CvResponse *look(CvRequest *request)
{
    return cv_response_text(request->arena, "%d", (int)cv_session_int(cv_session(request), "visits", 0));
}

static CvResponse *plain(CvRequest *request)
{
    return cv_response_text(request->arena, "plain");
}

static CvResponse *break_off(CvRequest *request)
{
    cv_session_set(cv_session(request), "visits", 99);
    cv_raise(CV_ERROR_VALUE, "broken");
}

static CvResponse *leave(CvRequest *request)
{
    cv_session_flush(cv_session(request));
    return cv_response_text(request->arena, "bye");
}

static CvResponse *cycle(CvRequest *request)
{
    cv_session_cycle_key(cv_session(request));
    return cv_response_text(request->arena, "new key");
}

static CvResponse *steal(CvRequest *request)
{
    CvSession *session = cv_session(request);
    cv_session_set(session, "visits", 5);
    session->engine->remove(session->key); /* logged out elsewhere */
    return cv_response_text(request->arena, "stolen");
}

static CvResponse *short_visit(CvRequest *request)
{
    cv_session_set_expiry(cv_session(request), 0);
    return cv_response_text(request->arena, "short");
}

static CvResponse *form(CvRequest *request)
{
    return cv_response_text(request->arena, "%s", cv_csrf_get_token(request));
}

/* A body that looks into the session while it is sent. */
static bool next_piece(void *request, CvSlice *piece)
{
    CvSession *session = cv_session(request);
    if (cv_session_has(session, "late"))
        return false;
    cv_session_set(session, "late", 1);
    *piece = CV_SLICE("piece");
    return true;
}

static CvResponse *stream(CvRequest *request)
{
    cv_session_set(cv_session(request), "early", 1);
    return cv_response_stream(request->arena, NULL, next_piece, request);
}

static const CvUrl urls[] = {CV_PATH("stream", stream),
                             CV_PATH("count", count_visits),
                             CV_PATH("look", look),
                             CV_PATH("plain", plain),
                             CV_PATH("fail", break_off),
                             CV_PATH("leave", leave),
                             CV_PATH("cycle", cycle),
                             CV_PATH("steal", steal),
                             CV_PATH("short", short_visit),
                             CV_PATH("form", form),
                             CV_URLS_END};

static void start(CvSettings settings)
{
    arena = arena ? arena : cv_arena_create(0);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    CvErrors errors = {.arena = arena};
    settings.apps = CV_APPS(&cv_sessions);
    settings.middleware = CV_MIDDLEWARE(&cv_session_middleware, &cv_csrf_middleware);
    settings.urls = urls;
    settings.secret_key = settings.secret_key ? settings.secret_key : "a secret of the tests";
    settings.allowed_hosts = CV_LIST("*");
    settings.database_url = "sqlite://:memory:";
    bool started = cv_project_start(&settings, NULL, &errors);
    ck_assert_msg(started, "%s", started ? "" : errors.items[0]->message);
    cv_schema_create(NULL, NULL);
}

/* ---- every engine ---- */

static void walk_through(Visitor *visitor)
{
    visit(visitor, "/plain");
    ck_assert_uint_eq(visitor->count, 0);
    ck_assert(!cv_response_has_header(visitor->response, "Vary"));
    visit(visitor, "/look");
    ck_assert_uint_eq(visitor->count, 0); /* looking makes no session */
    ck_assert_str_eq(cv_response_header(visitor->response, "Vary"), "Cookie");

    visit(visitor, "/count");
    ck_assert_str_eq(visitor_body(visitor), "1");
    const char *key = visitor_cookie(visitor, "sessionid");
    ck_assert_ptr_nonnull(key);
    visit(visitor, "/count");
    ck_assert_str_eq(visitor_body(visitor), "2");
    visit(visitor, "/look");
    ck_assert_str_eq(visitor_body(visitor), "2");
    ck_assert_uint_eq(visitor->response->cookies.count, 0); /* nothing changed */

    ck_assert_int_eq(visit(visitor, "/fail"), 500);
    visit(visitor, "/look");
    ck_assert_str_eq(visitor_body(visitor), "2"); /* an error writes nothing */

    const char *old = visitor_cookie(visitor, "sessionid");
    visit(visitor, "/cycle");
    visit(visitor, "/look");
    ck_assert_str_eq(visitor_body(visitor), "2");

    visit(visitor, "/leave");
    ck_assert_ptr_null(visitor_cookie(visitor, "sessionid"));
    visitor_set_cookie(visitor, "sessionid", "nosuchsessionatall00000000000000");
    visit(visitor, "/look");
    ck_assert_str_eq(visitor_body(visitor), "0");
    ck_assert_ptr_null(visitor_cookie(visitor, "sessionid")); /* an unknown key is forgotten */
    visitor_set_cookie(visitor, "sessionid", "nosuchsessionatall00000000000000");
    visit(visitor, "/count");
    ck_assert_str_ne(visitor_cookie(visitor, "sessionid"), "nosuchsessionatall00000000000000"); /* and not taken over */
    (void)old;
}

START_TEST(sessions_in_the_database)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    walk_through(&visitor);
    ck_assert_int_eq(cv_count(cv_objects(CvStoredSession)), 1); /* that of the last visit */
    ck_assert_int_eq(strlen(visitor_cookie(&visitor, "sessionid")), 32);
    CvStoredSession *stored = cv_first(cv_objects(CvStoredSession));
    ck_assert_str_eq(stored->session_key, visitor_cookie(&visitor, "sessionid"));
    ck_assert_str_eq(cv_model_label(&CvStoredSession_model), "sessions.Session");
}
END_TEST

START_TEST(sessions_in_cookies)
{
    Visitor visitor = {0};
    start((CvSettings){.session_engine = "django.contrib.sessions.backends.signed_cookies"});
    walk_through(&visitor);
    ck_assert_int_eq(cv_count(cv_objects(CvStoredSession)), 0);
    const char *cookie = visitor_cookie(&visitor, "sessionid");
    char *forged = cv_arena_strdup(arena, cookie);
    forged[strlen(forged) - 1] ^= 1;
    visitor_set_cookie(&visitor, "sessionid", forged);
    visit(&visitor, "/look");
    ck_assert_str_eq(visitor_body(&visitor), "0");
    ck_assert_ptr_null(visitor_cookie(&visitor, "sessionid"));
}
END_TEST

START_TEST(sessions_in_files)
{
    Visitor visitor = {0};
    struct stat info;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    start((CvSettings){.session_engine = "file", .session_file_path = folder});
    walk_through(&visitor);
    const char *path = cv_arena_printf(arena, "%s/sessionid%s", folder, visitor_cookie(&visitor, "sessionid"));
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0600);

    const char *pipe = cv_arena_printf(arena, "%s/sessionidpipepipe", folder);
    const char *link = cv_arena_printf(arena, "%s/sessionidlinklink", folder);
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    ck_assert_int_eq(symlink(path, link), 0);
    static const char *const bad[] = {"pipepipe",     "linklink",   "../../../../etc/passwd",
                                      "UPPERCASEKEY", "with/slash", "dots....dots"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        Visitor other = {0};
        visitor_set_cookie(&other, "sessionid", bad[i]);
        visit(&other, "/look");
        ck_assert_str_eq(visitor_body(&other), "0");
    }

    unlink(pipe);
    unlink(link);

    ck_assert_uint_eq(cv_clear_expired_sessions(), 0);
    utime(path, &(struct utimbuf){1000, 1000});
    ck_assert_uint_eq(cv_clear_expired_sessions(), 1);
    ck_assert_int_ne(stat(path, &info), 0);
    ck_assert_int_eq(rmdir(folder), 0); /* nothing else was left */
}
END_TEST

START_TEST(a_session_that_is_deleted_meanwhile_answers_400)
{
    char own_folder[] = "/tmp/caravan-sessions-XXXXXX";
    Visitor visitor = {0}, other = {0};
    start((CvSettings){0});
    visit(&visitor, "/count");
    ck_assert_int_eq(visit(&visitor, "/steal"), 400);
    ck_assert_int_eq(cv_count(cv_objects(CvStoredSession)), 0); /* it does not come back to life */

    ck_assert_ptr_nonnull(mkdtemp(own_folder));
    start((CvSettings){.session_engine = "file", .session_file_path = own_folder});
    visit(&other, "/count");
    ck_assert_int_eq(visit(&other, "/steal"), 400);
    ck_assert_int_eq(rmdir(own_folder), 0);
}
END_TEST

/* Saves until the session is gone, as another worker does. */
static void save_on(const char *key)
{
    CvSession *session = cv_session_create(arena, &cv_session_file, key);
    cv_session_set(session, "a", 1);
    while (session->key && session->engine->save(session, false) == CV_SESSION_SAVED)
        ;
}

START_TEST(a_file_that_other_workers_write_stays_deleted)
{
    enum { ROUNDS = 30, WORKERS = 2 };
    char own_folder[] = "/tmp/caravan-sessions-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(own_folder));
    start((CvSettings){.session_engine = "file", .session_file_path = own_folder});
    for (int round = 0; round < ROUNDS; round++) {
        CvSession *session = cv_session_create(arena, &cv_session_file, NULL);
        cv_session_set(session, "a", 1);
        cv_session_save(session);
        for (int i = 0; i < WORKERS; i++)
            if (fork() == 0) {
                alarm(20);
                save_on(session->key);
                _exit(0);
            }
        usleep(3000);
        session->engine->remove(session->key);
        for (int i = 0, status; i < WORKERS; i++) {
            ck_assert_int_gt(wait(&status), 0);
            ck_assert_int_eq(status, 0); /* each noticed it */
        }
        ck_assert_ptr_null(session->engine->load(session));
    }
    ck_assert_int_eq(rmdir(own_folder), 0);
}
END_TEST

static CvSessionSaved always_taken(CvSession *session, bool must_create)
{
    (void)session;
    return must_create ? CV_SESSION_TAKEN : CV_SESSION_SAVED;
}

static CvSession *fresh(void)
{
    return cv_session_create(arena, cv_session_engine(), NULL);
}

static void save_it(void *session)
{
    cv_session_save(session);
}

START_TEST(a_store_that_takes_no_key_is_an_error)
{
    static const CvSessionEngine broken = {.name = "broken", .save = always_taken};
    CvError *error;
    start((CvSettings){0});
    ck_assert(!cv_try(save_it, cv_session_create(arena, &broken, NULL), &error));
    ck_assert_int_eq(error->kind, CV_ERROR_OS);
}
END_TEST

static CvSession *of_length(size_t length)
{
    CvSession *session = fresh();
    char *text = cv_arena_alloc(arena, length + 1);
    memset(text, 'x', length);
    cv_session_set(session, "a", (const char *)text);
    return session;
}

START_TEST(a_session_that_no_file_holds_is_refused)
{
    enum { MOST = 16 << 20, AROUND = 8 }; /* {"a":""} */
    char own_folder[] = "/tmp/caravan-sessions-XXXXXX";
    CvError *error;
    ck_assert_ptr_nonnull(mkdtemp(own_folder));
    start((CvSettings){.session_engine = "file", .session_file_path = own_folder});
    ck_assert(!cv_try(save_it, of_length(MOST - AROUND + 1), &error)); /* it is not deflated any more */
    ck_assert_ptr_nonnull(strstr(error->message, "too long for a file"));
    CvSession *session = of_length(MOST - AROUND);
    ck_assert(cv_try(save_it, session, &error));
    ck_assert_uint_eq(strlen(cv_session_text(cv_session_create(arena, &cv_session_file, session->key), "a", "")),
                      MOST - AROUND);
    session->engine->remove(session->key);
    ck_assert_int_eq(rmdir(own_folder), 0);
}
END_TEST

/* ---- changes that come too late ---- */

static void keep_record(void *text, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)level;
    cv_buffer_printf(text, "%s: %.*s\n", logger, CV_SLICE_ARG(message));
}

START_TEST(what_comes_after_the_response_is_told)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    CvBuffer said = cv_buffer(arena);
    visit(&visitor, "/stream");
    CvSlice piece;
    cv_log_set_level(CV_LOG_WARNING);
    cv_log_set_sink(keep_record, &said);
    ck_assert(visitor.response->stream.next(visitor.response->stream.state, &piece));
    cv_log_set_sink(NULL, NULL);
    ck_assert_str_eq(cv_buffer_string(&said),
                     "caravan.sessions: The session's late was changed after the response to /stream had gone out: the "
                     "change is lost. Change it before the page is rendered.\n");
    CvStoredSession *stored = cv_first(cv_objects(CvStoredSession));
    ck_assert_uint_eq(cv_dict_count(cv_session_decode(arena, cv_slice(stored->session_data))), 1);
}
END_TEST

/* ---- cookies and settings ---- */

static const char *header_of(Visitor *visitor, const char *name)
{
    const CvCookie *cookie = cv_response_cookie(visitor->response, name);
    return cookie ? cookie->header : "";
}

START_TEST(cookies_say_what_settings_say)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    visit(&visitor, "/count");
    const char *header = header_of(&visitor, "sessionid");
    ck_assert_ptr_nonnull(strstr(header, "; HttpOnly"));
    ck_assert_ptr_nonnull(strstr(header, "; Max-Age=1209600"));
    ck_assert_ptr_nonnull(strstr(header, "; SameSite=Lax"));
    ck_assert_ptr_null(strstr(header, "Secure"));
    visit(&visitor, "/short");
    ck_assert_ptr_null(strstr(header_of(&visitor, "sessionid"), "Max-Age"));

    Visitor other = {0};
    start((CvSettings){.session_cookie_name = "who",
                       .session_cookie_secure = true,
                       .session_cookie_httponly = CV_OFF,
                       .session_cookie_age = 60,
                       .session_save_every_request = true});
    visit(&other, "/count");
    ck_assert_ptr_nonnull(strstr(header_of(&other, "who"), "; Max-Age=60"));
    ck_assert_ptr_nonnull(strstr(header_of(&other, "who"), "; Secure"));
    ck_assert_ptr_null(strstr(header_of(&other, "who"), "HttpOnly"));
    visit(&other, "/plain");
    ck_assert_str_ne(header_of(&other, "who"), ""); /* every request: also one that did not look */
}
END_TEST

START_TEST(csrf_secrets_may_live_in_sessions)
{
    Visitor visitor = {0};
    CvErrors errors = {.arena = cv_arena()};
    start((CvSettings){.csrf_use_sessions = true});
    ck_assert_int_eq(visit_with(&visitor, "POST", "/plain", ""), 403);
    visit(&visitor, "/form");
    ck_assert_ptr_null(visitor_cookie(&visitor, "csrftoken"));
    ck_assert_ptr_nonnull(visitor_cookie(&visitor, "sessionid"));
    const char *body = cv_arena_printf(arena, "csrfmiddlewaretoken=%s", visitor_body(&visitor));
    ck_assert_int_eq(visit_with(&visitor, "POST", "/plain", body), 200);

    CvSettings wrong = {.csrf_use_sessions = true,
                        .urls = urls,
                        .middleware = CV_MIDDLEWARE(&cv_csrf_middleware, &cv_session_middleware)};
    ck_assert(!cv_project_start(&wrong, NULL, &errors));
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "CSRF_USE_SESSIONS"));
}
END_TEST

/* ---- the object alone ---- */

static void set_object(void *session)
{
    cv_session_set((CvSession *)session, "now", cv_now());
}

START_TEST(verbs)
{
    start((CvSettings){0});
    CvSession *session = fresh();
    ck_assert(cv_session_is_empty(session));
    ck_assert(!session->accessed);
    ck_assert_int_eq(cv_session_get(session, "a").kind, CV_NULL);
    ck_assert(session->accessed && !session->modified);
    ck_assert(!cv_session_delete(session, "a"));
    ck_assert(!session->modified);
    cv_session_set(session, "a", cv_list(arena, 1, "two"));
    ck_assert(session->modified);
    ck_assert(cv_value_equal(cv_session_get(session, "a"), CV_VALUE(cv_list(arena, 1, "two"))));
    ck_assert_int_eq(cv_session_setdefault(session, "b", 7).integer, 7);
    ck_assert_int_eq(cv_session_setdefault(session, "b", 8).integer, 7);
    ck_assert_int_eq(cv_session_pop(session, "b").integer, 7);
    ck_assert(!cv_session_has(session, "b"));
    ck_assert_str_eq(cv_session_text(session, "a", "other kind"), "other kind");
    cv_session_set_test_cookie(session);
    ck_assert(cv_session_test_cookie_worked(session));
    cv_session_delete_test_cookie(session);
    ck_assert(!cv_session_test_cookie_worked(session));
    cv_session_clear(session);
    ck_assert_uint_eq(cv_dict_count(cv_session_items(session)), 0);

    CvError *error;
    ck_assert(!cv_try(set_object, session, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_TYPE); /* JSON has no date-times */
    ck_assert(!cv_session_has(session, "now"));
}
END_TEST

/* Lists in lists. */
static CvValue nested(int depth)
{
    CvValue value = cv_value_int(1);
    while (depth--)
        value = cv_value_list(cv_list(arena, value));
    return value;
}

static int depth;
static void set_nested(void *session)
{
    cv_session_set((CvSession *)session, "deep", nested(depth));
}

START_TEST(what_can_be_set_can_be_read)
{
    enum { DEEPEST = 199 }; /* and the session itself */
    CvError *error;
    start((CvSettings){0});
    CvSession *session = fresh();
    depth = DEEPEST + 1;
    ck_assert(!cv_try(set_nested, session, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "nested too deeply"));
    ck_assert(!cv_session_has(session, "deep"));
    depth = DEEPEST;
    ck_assert(cv_try(set_nested, session, &error));
    CvDict *read = cv_session_decode(arena, cv_session_encode(arena, session->data));
    ck_assert(cv_value_equal(cv_value_dict(read), cv_value_dict(session->data)));
}
END_TEST

static int64_t duration;
static void set_duration(void *session)
{
    cv_session_set_expiry((CvSession *)session, cv_duration(duration));
}

START_TEST(expiry)
{
    start((CvSettings){0});
    CvSession *session = fresh();
    cv_clock_freeze((CvDateTime){INT64_C(1700000000) * CV_SECOND, cv_zone_utc});
    ck_assert_int_eq(cv_session_get_expiry_age(session), 1209600);
    ck_assert(!cv_session_get_expire_at_browser_close(session));
    cv_session_set_expiry(session, 300);
    ck_assert_int_eq(cv_session_get_expiry_age(session), 300);
    cv_session_set_expiry(session, 0);
    ck_assert(cv_session_get_expire_at_browser_close(session));
    ck_assert_int_eq(cv_session_get_expiry_age(session), 1209600);
    cv_session_set_expiry(session, cv_duration(10 * CV_SECOND));
    ck_assert_str_eq(cv_session_text(session, "_session_expiry", ""), "2023-11-14T22:13:30+00:00");
    ck_assert_int_eq(cv_session_get_expiry_age(session), 10);
    ck_assert_int_eq(cv_session_get_expiry_date(session).microseconds / CV_SECOND, 1700000010);
    cv_session_set_expiry(session, cv_datetime_in(cv_date(2023, 11, 14), cv_time(22, 0, 0, 0), cv_zone_utc, false));
    ck_assert_int_eq(cv_session_get_expiry_age(session), -800);
    cv_session_set_expiry(session, NULL);
    ck_assert(!cv_session_has(session, "_session_expiry"));
    cv_session_set_expiry(session, INT64_MAX);
    ck_assert_int_eq(cv_session_get_expiry_age(session), INT64_MAX);
    ck_assert_int_eq(cv_datetime_clock(cv_session_get_expiry_date(session), NULL).date.year, 2124);
    CvError *error;
    duration = INT64_MAX;
    ck_assert(!cv_try(set_duration, session, &error));
    duration = INT64_C(253402300800) * CV_SECOND - cv_now().microseconds; /* the year 10000 */
    ck_assert(!cv_try(set_duration, session, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    duration -= 1;
    ck_assert(cv_try(set_duration, session, &error));
    ck_assert_str_eq(cv_session_text(session, "_session_expiry", ""), "9999-12-31T23:59:59.999999+00:00");
    cv_clock_freeze((CvDateTime){0});
}
END_TEST

START_TEST(expired_rows_are_gone)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    visit(&visitor, "/count");
    CvStoredSession *stored = cv_first(cv_objects(CvStoredSession));
    stored->expire_date = (CvDateTime){cv_now().microseconds - CV_SECOND, cv_zone_utc};
    cv_save(stored);
    visit(&visitor, "/look");
    ck_assert_str_eq(visitor_body(&visitor), "0");
    ck_assert_uint_eq(cv_clear_expired_sessions(), 1);
    ck_assert_int_eq(cv_count(cv_objects(CvStoredSession)), 0);
}
END_TEST

START_TEST(data_that_was_tampered_with_is_an_empty_session)
{
    start((CvSettings){.secret_key_fallbacks = CV_LIST("an older secret")});
    CvDict *data = cv_dict_create(arena);
    cv_dict_set_name(data, "a", cv_value_int(1));
    CvSlice text = cv_session_encode(arena, data);
    ck_assert(cv_value_equal(cv_value_dict(cv_session_decode(arena, text)), cv_value_dict(data)));
    for (size_t i = 0; i < text.length; i++) {
        char *forged = cv_arena_strndup(arena, text.data, text.length);
        forged[i] ^= 1;
        ck_assert_uint_eq(cv_dict_count(cv_session_decode(arena, cv_slice(forged))), 0);
        ck_assert_uint_eq(cv_dict_count(cv_session_decode(arena, cv_slice_range(text, 0, i))), 0);
    }
    CvSigner old = {.key = "an older secret", .salt = CV_SALT_SESSIONS};
    CvSlice kept = cv_sign_value(&old, arena, cv_value_dict(data), CV_SIGN_TIMESTAMP);
    ck_assert_uint_eq(cv_dict_count(cv_session_decode(arena, kept)), 1);
    CvSlice list = cv_sign_value(&old, arena, cv_value_list(cv_list(arena, 1)), CV_SIGN_TIMESTAMP);
    ck_assert_uint_eq(cv_dict_count(cv_session_decode(arena, list)), 0);
}
END_TEST

/* The ids of what `check` says, with blanks between. */
static const char *checked(CvSettings settings)
{
    start(settings);
    CvChecks checks = {.arena = arena, .deploy = true};
    CvBuffer ids = cv_buffer(arena);
    cv_sessions.check(&cv_sessions, &checks);
    for (size_t i = 0; i < checks.messages.count; i++)
        cv_buffer_printf(&ids, "%s%s", i ? " " : "", checks.messages.items[i]->id);
    return cv_buffer_string(&ids);
}

START_TEST(check_looks_at_the_settings)
{
    ck_assert_str_eq(checked((CvSettings){.session_engine = "cassette", .session_cookie_secure = true}),
                     "sessions.E001");
    ck_assert_str_eq(checked((CvSettings){.session_cookie_httponly = CV_OFF}), "security.W012 security.W015");
    ck_assert_str_eq(checked((CvSettings){.session_cookie_secure = true}), "");
}
END_TEST

START_TEST(the_database_needs_its_app)
{
    CvErrors errors = {.arena = cv_arena()};
    CvSettings settings = {.urls = urls, .middleware = CV_MIDDLEWARE(&cv_session_middleware)};
    ck_assert(!cv_project_start(&settings, NULL, &errors));
    ck_assert_ptr_nonnull(strstr(errors.items[0]->hint, "&cv_sessions"));
}
END_TEST

UNIT_TESTS("contrib/sessions", sessions_in_the_database, sessions_in_cookies, sessions_in_files,
           a_session_that_is_deleted_meanwhile_answers_400, a_file_that_other_workers_write_stays_deleted,
           a_store_that_takes_no_key_is_an_error, a_session_that_no_file_holds_is_refused,
           what_comes_after_the_response_is_told, what_can_be_set_can_be_read, cookies_say_what_settings_say,
           csrf_secrets_may_live_in_sessions, verbs, expiry, expired_rows_are_gone,
           data_that_was_tampered_with_is_an_empty_session, check_looks_at_the_settings, the_database_needs_its_app)
