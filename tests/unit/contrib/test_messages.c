/* test_messages.c: what one response says and the next page shows, by each storage. */
#include "contrib/messages/codec.h"

#include "contrib/sessions/sessions.h"
#include "crypto/random.h"
#include "db/db.h"
#include "orm/schema.h"
#include "template/template.h"
#include "urls/urls.h"
#include "visitor.h"

static CvArena *arena;
static size_t left_count;

/* ---- the site ---- */

static CvResponse *say(CvRequest *request)
{
    cv_message(request, CV_SUCCESS, "Thank you for %s <%d>.", "Emma", 1);
    cv_message(request, CV_DEBUG, "not kept");
    cv_message(request, CV_INFO, "%s", "");
    cv_add_message(request, CV_ERROR, cv_value_safe(CV_SLICE("<b>bold</b>")), .extra_tags = "sticky");
    return cv_redirect(request, "/show");
}

static CvResponse *show(CvRequest *request)
{
    return cv_render(request, "show.html");
}

static CvResponse *ignore(CvRequest *request)
{
    left_count = cv_message_count(request);
    return cv_response_text(request->arena, "ignored");
}

static CvResponse *keep(CvRequest *request)
{
    size_t count;
    (void)cv_get_messages(request, &count);
    cv_keep_messages(request);
    return cv_response_text(request->arena, "%d", (int)count);
}

static CvResponse *shout(CvRequest *request)
{
    CvBuffer text = cv_buffer(request->arena);
    for (int i = 0; i < 10; i++) { /* what deflating cannot make short */
        text.length = 0;
        cv_buffer_printf(&text, "%d:%s", i, cv_random_string(request->arena, 400, NULL));
        cv_add_message(request, CV_INFO, cv_buffer_slice(&text));
    }
    return cv_response_text(request->arena, "said");
}

static CvResponse *debug_too(CvRequest *request)
{
    ck_assert_int_eq(cv_get_message_level(request), CV_INFO);
    ck_assert(cv_set_message_level(request, CV_DEBUG));
    cv_message(request, CV_DEBUG, "kept");
    return cv_response_text(request->arena, "said");
}

/* A body that shows and says while it is sent. */
static bool next_piece(void *request, CvSlice *piece)
{
    size_t count;
    (void)cv_get_messages(request, &count);
    cv_message(request, CV_INFO, "%d were shown", (int)count);
    *piece = CV_SLICE("piece");
    return true;
}

static CvResponse *stream(CvRequest *request)
{
    if (strcmp(request->query, "early") == 0) {
        size_t count;
        (void)cv_get_messages(request, &count);
    }
    return cv_response_stream(request->arena, NULL, next_piece, request);
}

static const CvUrl urls[] = {
    CV_PATH("stream", stream), CV_PATH("say", say),     CV_PATH("show", show),       CV_PATH("ignore", ignore),
    CV_PATH("keep", keep),     CV_PATH("shout", shout), CV_PATH("debug", debug_too), CV_URLS_END};
static const char page[] = "{% if messages %}{% for message in messages %}[{{ message.tags }}|{{ message.level_tag }}|"
                           "{{ message }}{% if message.level == DEFAULT_MESSAGE_LEVELS.ERROR %}!{% endif %}]"
                           "{% endfor %}{% else %}none{% endif %}";
static const CvEmbeddedFile templates[] = {{"show.html", page, sizeof page - 1}, {0}};
static const CvApp app = {.name = "talk", .templates = templates};

static void start(CvSettings settings)
{
    arena = arena ? arena : cv_arena_create(0);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    CvErrors errors = {.arena = arena};
    settings.apps = CV_APPS(&cv_sessions, &cv_messages, &app);
    settings.middleware =
        settings.middleware ? settings.middleware : CV_MIDDLEWARE(&cv_session_middleware, &cv_message_middleware);
    settings.context_processors = CV_CONTEXT_PROCESSORS(&cv_messages_context);
    settings.urls = urls;
    settings.secret_key = "a secret of the tests";
    settings.allowed_hosts = CV_LIST("*");
    settings.database_url = "sqlite://:memory:";
    bool started = cv_project_start(&settings, NULL, &errors);
    ck_assert_msg(started, "%s", started ? "" : errors.items[0]->message);
    cv_schema_create(NULL, NULL);
}

#define SHOWN "[success|success|Thank you for Emma &lt;1&gt;.][sticky error|error|<b>bold</b>!]"

static void said_and_shown(Visitor *visitor)
{
    ck_assert_int_eq(visit(visitor, "/say"), 302);
    visit(visitor, "/ignore");
    ck_assert_uint_eq(left_count, 2); /* counting does not show */
    visit(visitor, "/keep");
    ck_assert_str_eq(visitor_body(visitor), "2");
    visit(visitor, "/show");
    ck_assert_str_eq(visitor_body(visitor), SHOWN);
    ck_assert_str_eq(cv_response_header(visitor->response, "Vary"), "Cookie");
    visit(visitor, "/show");
    ck_assert_str_eq(visitor_body(visitor), "none");
}

START_TEST(messages_in_a_cookie)
{
    Visitor visitor = {0};
    start((CvSettings){.message_storage = "cookie", .middleware = CV_MIDDLEWARE(&cv_message_middleware)});
    said_and_shown(&visitor);
    ck_assert_uint_eq(visitor.count, 0);
    visit(&visitor, "/shout");
    ck_assert_uint_le(strlen(visitor_cookie(&visitor, "messages")), CV_MESSAGES_COOKIE_SIZE);
    visit(&visitor, "/show");
    ck_assert_ptr_nonnull(strstr(visitor_body(&visitor), "|9:")); /* the newest is there, the oldest is not */
    ck_assert_ptr_null(strstr(visitor_body(&visitor), "|0:"));
}
END_TEST

START_TEST(messages_in_the_session)
{
    Visitor visitor = {0};
    start((CvSettings){.message_storage = "django.contrib.messages.storage.session.SessionStorage"});
    said_and_shown(&visitor);
    ck_assert_ptr_null(visitor_cookie(&visitor, "messages"));
}
END_TEST

START_TEST(what_no_cookie_holds_goes_to_the_session)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    said_and_shown(&visitor);
    ck_assert_ptr_null(visitor_cookie(&visitor, "sessionid"));
    visit(&visitor, "/shout");
    ck_assert_ptr_nonnull(visitor_cookie(&visitor, "messages"));
    ck_assert_ptr_nonnull(visitor_cookie(&visitor, "sessionid"));
    visit(&visitor, "/show");
    const char *at = visitor_body(&visitor);
    for (int i = 0; i < 10; i++) { /* all, in order */
        at = strstr(at, cv_arena_printf(arena, "|%d:", i));
        ck_assert_ptr_nonnull(at);
    }
    ck_assert_ptr_null(visitor_cookie(&visitor, "messages"));
    visit(&visitor, "/show");
    ck_assert_str_eq(visitor_body(&visitor), "none");
}
END_TEST

START_TEST(a_forged_cookie_says_nothing_and_goes)
{
    Visitor visitor = {0};
    start((CvSettings){0});
    visit(&visitor, "/say");
    char *forged = cv_arena_strdup(arena, visitor_cookie(&visitor, "messages"));
    forged[3] ^= 1;
    visitor_set_cookie(&visitor, "messages", forged);
    visit(&visitor, "/show");
    ck_assert_str_eq(visitor_body(&visitor), "none");
    ck_assert_ptr_null(visitor_cookie(&visitor, "messages"));
}
END_TEST

START_TEST(levels_and_tags)
{
    Visitor visitor = {0};
    start((CvSettings){.message_tags = CV_MESSAGE_TAGS({CV_ERROR, "danger"}, {60, "alarm"})});
    ck_assert_str_eq(cv_message_level_tag(CV_ERROR), "danger");
    ck_assert_str_eq(cv_message_level_tag(60), "alarm");
    ck_assert_str_eq(cv_message_level_tag(CV_INFO), "info");
    ck_assert_str_eq(cv_message_level_tag(61), "");
    visit(&visitor, "/debug");
    visit(&visitor, "/show");
    ck_assert_str_eq(visitor_body(&visitor), "[debug|debug|kept]");
}
END_TEST

static void keep_record(void *text, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)level;
    cv_buffer_printf(text, "%s: %.*s\n", logger, CV_SLICE_ARG(message));
}

/* What the log says when the body of the page is taken. */
static const char *told(Visitor *visitor, const char *path)
{
    CvBuffer said = cv_buffer(arena);
    CvSlice piece;
    visit(visitor, path);
    cv_log_set_level(CV_LOG_WARNING);
    cv_log_set_sink(keep_record, &said);
    ck_assert(visitor->response->stream.next(visitor->response->stream.state, &piece));
    cv_log_set_sink(NULL, NULL);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    return cv_buffer_string(&said);
}

START_TEST(what_comes_after_the_response_is_told)
{
#define LOST                                                                                                           \
    "caravan.messages: Messages were said after the response to /stream had gone out: they are lost. Say them before " \
    "the page is rendered.\n"
    Visitor visitor = {0};
    start((CvSettings){0});
    ck_assert_str_eq(told(&visitor, "/stream"), LOST);
    visit(&visitor, "/say");
    ck_assert_str_eq(told(&visitor, "/stream"),
                     "caravan.messages: Messages were shown after the response to /stream had gone out: the next page "
                     "shows them again. Show them near the top of the page.\n" LOST);
    visit(&visitor, "/show");
    ck_assert_str_eq(visitor_body(&visitor), SHOWN);
    visit(&visitor, "/say");
    ck_assert_str_eq(told(&visitor, "/stream?early"), LOST); /* those were shown in time */
    visit(&visitor, "/show");
    ck_assert_str_eq(visitor_body(&visitor), "none");
}
END_TEST

static void say_without(void *request)
{
    cv_message(request, CV_INFO, "lost");
}

START_TEST(without_the_middleware)
{
    CvErrors errors = {.arena = cv_arena()};
    CvError *error;
    CvRequest *request = cv_request_make(cv_arena(), "GET", "/", CV_LIST("Host", "x"), (CvSlice){0}, NULL);
    cv_add_message(request, CV_INFO, "lost", .fail_silently = true);
    ck_assert(!cv_try(say_without, request, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_CONFIGURATION);
    ck_assert(!cv_set_message_level(request, CV_DEBUG));
    ck_assert_uint_eq(cv_message_count(request), 0);

    CvSettings wrong = {.urls = urls, .middleware = CV_MIDDLEWARE(&cv_message_middleware, &cv_session_middleware)};
    ck_assert(!cv_project_start(&wrong, NULL, &errors));
    ck_assert_ptr_nonnull(strstr(errors.items[0]->hint, "MESSAGE_STORAGE=cookie"));
}
END_TEST

START_TEST(decoding_takes_anything)
{
    static const char *const texts[] = {"",
                                        "[",
                                        "{}",
                                        "7",
                                        "null",
                                        "\"x\"",
                                        "[[]]",
                                        "[[\"__json_message\"]]",
                                        "[[\"__json_message\",0,\"x\",\"y\"]]",
                                        "[[\"__json_message\",0,99999999999,1]]"};
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++) {
        CvMessageList *list = cv_messages_deserialize(cv_arena(), cv_slice(texts[i]));
        ck_assert(!list || list->count == 0);
    }
    CvMessageList *odd = cv_messages_deserialize(cv_arena(), cv_slice("[[\"__json_message\",1,5,7,null]]"));
    ck_assert_uint_eq(odd->count, 1);
    ck_assert_ptr_null(odd->items[0]->extra_tags);
    ck_assert_int_eq(odd->items[0]->message.flags & CV_SAFE, CV_SAFE);
}
END_TEST

UNIT_TESTS("contrib/messages", messages_in_a_cookie, messages_in_the_session, what_no_cookie_holds_goes_to_the_session,
           a_forged_cookie_says_nothing_and_goes, levels_and_tags, what_comes_after_the_response_is_told,
           without_the_middleware, decoding_takes_anything)
