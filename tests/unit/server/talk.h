/* talk.h: a server and its clients on one loop, for the tests of this folder. */
#ifndef CV_TESTS_TALK_H
#define CV_TESTS_TALK_H

#include "http/http.h"
#include "loop/loop.h"
#include "server/server.h"
#include "unit.h"

/* "/big": 100 kB; "/sleep": 30 ms; else the method, the path and the length of the body. */
static inline CvResponse *talk_handle(CvRequest *request)
{
    CvSlice path = cv_slice(request->path);
    if (cv_slice_is(path, "/big")) {
        char *bytes = cv_arena_alloc(request->arena, 100000);
        memset(bytes, 'b', 100000);
        return cv_response_create(request->arena, 200, "text/plain", cv_slice_of(bytes, 100000));
    }
    if (cv_slice_is(path, "/sleep"))
        cv_sleep(30);
    char buffer[512];
    size_t length = 0;
    ptrdiff_t count;
    CvError error;
    while ((count = cv_request_load_read(request, buffer, sizeof buffer, &error)) > 0)
        length += (size_t)count;
    if (count < 0)
        cv_raise_error(&error);
    return cv_response_text(request->arena, "%s %s %zu.", request->method, request->path, length);
}

static const char *const talk_bind[] = {"127.0.0.1:0", NULL};

typedef struct Talk {
    int port;
    const char *say;
    size_t say_length;
    CvBuffer heard; /* all until the server closes or the deadline passes */
    bool connected, ended;
} Talk;

static inline void talk_main(void *argument)
{
    Talk *talk = argument;
    CvError error;
    uint64_t deadline = cv_loop_now_ms() + 5000;
    CvSocket *socket = cv_socket_connect("127.0.0.1", talk->port, deadline, &error);
    if (socket) {
        talk->connected = true;
        size_t length = talk->say_length ? talk->say_length : strlen(talk->say);
        ssize_t count = 1;
        char bytes[4096];
        if (cv_socket_write_all(socket, talk->say, length, deadline, &error))
            while ((count = cv_socket_read(socket, bytes, sizeof bytes, deadline, &error)) > 0)
                cv_buffer_append(&talk->heard, bytes, (size_t)count);
        cv_socket_close(socket);
    }
}

/* Also when a raise ended it. */
static inline void talk_ended(void *argument)
{
    Talk *talk = argument;
    talk->ended = true;
}

static inline CvFiber *talk_spawn(Talk *talk)
{
    return cv_fiber_spawn(talk_main, talk, &(CvFiberOptions){.ended = talk_ended});
}

/* What the server said to `say`, which must make it close. */
static inline Talk talk_to(int port, const char *say)
{
    Talk talk = {.port = port, .say = say};
    ck_assert_ptr_nonnull(talk_spawn(&talk));
    while (!talk.ended)
        cv_loop_turn(5);
    (void)cv_buffer_string(&talk.heard);
    return talk;
}

#define TALK_HEAD " HTTP/1.1\r\nHost: localhost\r\n"
#define TALK_GET(path) "GET " path TALK_HEAD "\r\n"
#define TALK_LAST(path) "GET " path TALK_HEAD "Connection: close\r\n\r\n"
#define TALK_POST(path) "POST " path TALK_HEAD "Content-Length: 5\r\n\r\nhello"

#endif
