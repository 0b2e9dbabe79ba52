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

/* ---- slow readers ---- */

enum { HUGE_SIZE = 16 << 20 };

static CvResponse *huge(CvRequest *request)
{
    static char bytes[HUGE_SIZE];
    bool small = strcmp(request->path, "/small") == 0;
    return cv_response_create(request->arena, 200, "text/plain", cv_slice_of(bytes, small ? 10 : HUGE_SIZE));
}

static CvServer *start_huge(CvServerLimits limits)
{
    CvError error;
    CvServer *server =
        cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = huge, .limits = limits}, &error);
    ck_assert_ptr_nonnull(server);
    return server;
}

typedef struct Reader {
    int port;
    const char *say;
    size_t pause, piece; /* milliseconds between pieces; 0: it reads as fast as it can */
    bool once;           /* a pause after the first piece only */
    size_t heard;
    bool ended;
} Reader;

static void read_slowly(void *argument)
{
    Reader *reader = argument;
    CvError error;
    uint64_t deadline = cv_loop_now_ms() + 10000;
    CvSocket *socket = cv_socket_connect("127.0.0.1", reader->port, deadline, &error);
    char *bytes = cv_alloc(reader->piece);
    ssize_t count = 1;
    ck_assert(cv_socket_write_all(socket, reader->say, strlen(reader->say), deadline, &error));
    for (size_t since = 0; count > 0; since += (size_t)count) {
        if (reader->pause && since >= reader->piece) {
            since = 0;
            cv_sleep(reader->pause);
            if (reader->once)
                reader->pause = 0;
        }
        count = cv_socket_read(socket, bytes, reader->piece, deadline, &error);
        if (count > 0)
            reader->heard += (size_t)count;
        else
            break;
    }
    cv_socket_close(socket);
    reader->ended = true;
}

static Reader read_all(Reader reader)
{
    ck_assert_ptr_nonnull(cv_fiber_spawn(read_slowly, &reader, NULL));
    while (!reader.ended)
        cv_loop_turn(5);
    return reader;
}

START_TEST(answers_have_a_least_rate)
{
    Reader reader = {.say = TALK_LAST("/"), .pause = 20, .piece = 256 << 10}; /* at most 13 MB a second */
    CvServer *server = start_huge((CvServerLimits){.write_timeout = 300, .write_rate = 1 << 30});
    reader.port = cv_server_port(server);
    ck_assert_uint_lt(read_all(reader).heard, HUGE_SIZE);
    cv_server_stop(server);
    server = start_huge((CvServerLimits){.write_timeout = 2000, .write_rate = 1 << 20});
    reader.port = cv_server_port(server);
    ck_assert_uint_gt(read_all(reader).heard, HUGE_SIZE);
    cv_server_stop(server);
}
END_TEST

START_TEST(who_does_not_read_gives_way)
{
    CvServer *server = start_huge((CvServerLimits){.connections = 1});
    Reader idler = {.port = cv_server_port(server), .say = TALK_LAST("/"), .pause = 2000, .piece = 4096, .once = true};
    Reader reader = {.port = idler.port, .say = TALK_LAST("/small"), .piece = 4096};
    ck_assert_ptr_nonnull(cv_fiber_spawn(read_slowly, &idler, NULL));
    for (int i = 0; i < 20; i++)
        cv_loop_turn(5);
    uint64_t start = cv_loop_now_ms();
    ck_assert_uint_gt(read_all(reader).heard, 10);
    ck_assert_uint_lt(cv_loop_now_ms() - start, 3000);
    while (!idler.ended)
        cv_loop_turn(5);
    ck_assert_uint_lt(idler.heard, HUGE_SIZE);
    cv_server_stop(server);
}
END_TEST

UNIT_TESTS("server/limits", the_target_has_a_bound, the_head_has_a_bound, a_large_head_before_a_body,
           the_body_has_a_bound, header_lines_have_a_bound, answers_have_a_least_rate, who_does_not_read_gives_way)
