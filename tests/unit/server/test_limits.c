/* test_limits.c: heads and bodies at and beyond their bounds; what a refused client hears. */
#include "talk.h"

static CvServer *start(CvServerLimits limits)
{
    CvError error;
    CvServer *server =
        cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = talk_handle, .limits = limits}, &error);
    ck_assert_ptr_nonnull(server);
    return server;
}

static int status_of(int port, const char *say)
{
    Talk talk = talk_to(port, say);
    int status = talk.heard.length > 12 ? (int)strtol(talk.heard.data + 9, NULL, 10) : 0;
    cv_buffer_free(&talk.heard);
    return status;
}

static char *padded(const char *begin, size_t count, const char *end)
{
    CvBuffer text = cv_buffer(cv_arena());
    cv_buffer_append_string(&text, begin);
    cv_buffer_append_repeated(&text, 'a', count);
    cv_buffer_append_string(&text, end);
    return cv_buffer_string(&text);
}

START_TEST(the_target_has_a_bound)
{
    CvServer *server = start((CvServerLimits){.target = 100});
    int port = cv_server_port(server);
    static const char end[] = TALK_HEAD "Connection: close\r\n\r\n";
    ck_assert_int_eq(status_of(port, padded("GET /", 98, end)), 200);
    ck_assert_int_eq(status_of(port, padded("GET /", 99, end)), 200);
    ck_assert_int_eq(status_of(port, padded("GET /", 100, end)), 414);
    cv_server_stop(server);
}
END_TEST

START_TEST(the_head_has_a_bound)
{
    CvServer *server = start((CvServerLimits){.head = 40000});
    int port = cv_server_port(server);
    static const char begin[] = "GET /" TALK_HEAD "Connection: close\r\nX: ";
    size_t rest = sizeof begin - 1 + 4;
    ck_assert_int_eq(status_of(port, padded(begin, 39999 - rest, "\r\n\r\n")), 200);
    ck_assert_int_eq(status_of(port, padded(begin, 40000 - rest, "\r\n\r\n")), 200);
    ck_assert_int_eq(status_of(port, padded(begin, 40001 - rest, "\r\n\r\n")), 431);
    ck_assert_int_eq(status_of(port, padded(begin, 300000, "\r\n\r\n")), 431);
    cv_server_stop(server);
}
END_TEST

START_TEST(a_large_head_before_a_body)
{
    CvServer *server = start((CvServerLimits){0});
    static const size_t sizes[] = {12000, 15000, 16200, 16300, 16384, 30000, 60000};
    for (size_t i = 0; i < CV_COUNT_OF(sizes); i++) {
        char *say =
            padded("POST /x" TALK_HEAD "Connection: close\r\nContent-Length: 5\r\nX: ", sizes[i], "\r\n\r\nhello");
        Talk talk = talk_to(cv_server_port(server), say);
        ck_assert_ptr_nonnull(strstr(talk.heard.data, "POST /x 5."));
        cv_buffer_free(&talk.heard);
    }
    cv_server_stop(server);
}
END_TEST

START_TEST(the_body_has_a_bound)
{
    CvServer *server = start((CvServerLimits){.body = 5});
    int port = cv_server_port(server);
    ck_assert_int_eq(status_of(port, "POST /" TALK_HEAD "Connection: close\r\nContent-Length: 5\r\n\r\nhello"), 200);
    ck_assert_int_eq(status_of(port, "POST /" TALK_HEAD "Content-Length: 6\r\n\r\nhello!"), 413);
    ck_assert_int_eq(
        status_of(port, "POST /" TALK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"), 413);
    ck_assert_int_eq(status_of(port, "POST /" TALK_HEAD "Transfer-Encoding: chunked\r\n\r\nx\r\n"), 400);
    cv_server_stop(server);
}
END_TEST

START_TEST(header_lines_have_a_bound)
{
    CvServer *server = start((CvServerLimits){.headers = 4});
    int port = cv_server_port(server);
    ck_assert_int_eq(status_of(port, "GET /" TALK_HEAD "A: b\r\nC: d\r\nConnection: close\r\n\r\n"), 200);
    ck_assert_int_eq(status_of(port, "GET /" TALK_HEAD "A: b\r\nC: d\r\nE: f\r\nConnection: close\r\n\r\n"), 431);
    cv_server_stop(server);
}
END_TEST

UNIT_TESTS("server/limits", the_target_has_a_bound, the_head_has_a_bound, a_large_head_before_a_body,
           the_body_has_a_bound, header_lines_have_a_bound)
