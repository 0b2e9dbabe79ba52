/* fuzz_server.c: whole conversations: bytes in pieces go in at one end, every answer that comes out must be framed, and
 * nothing of the connection may be left. The first byte says how the rest is cut. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "server/private.h"

static CvServer *server;
static CvListeners listeners;
static CvListener listener;

static bool next_piece(void *state, CvSlice *piece)
{
    int *left = state;
    *piece = CV_SLICE("piece");
    return (*left)-- > 0;
}

static CvResponse *handle(CvRequest *request)
{
    char buffer[64];
    size_t length = 0;
    ptrdiff_t count = 0;
    CvError error;
    if (request->path[0] && request->path[1] == 's') {
        int *left = cv_new(int);
        *left = 3;
        return cv_response_stream(request->arena, "text/plain", next_piece, left);
    }
    if (request->path[0] && request->path[1] == 'y')
        cv_fiber_yield();
    if (!request->path[0] || request->path[1] != 'u')
        while ((count = cv_request_load_read(request, buffer, sizeof buffer, &error)) > 0)
            length += (size_t)count;
    if (count < 0)
        cv_raise_error(&error);
    return cv_response_text(request->arena, "%s %zu", request->method, length);
}

static void start(void)
{
    static const CvServerOptions options = {.handler = handle, .limits = {.body = 5000, .drain = 1000}};
    cv_log_set_level(CV_LOG_CRITICAL);
    server = cv_service_create(&options, &listeners, false);
    listener.host = (char *)(uintptr_t) "localhost";
}

static void fail(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

/* Reads what has come; the first bytes of all that came must be a status line. */
static void hear(int fd, char first[9], size_t *total)
{
    char bytes[4096];
    ssize_t count;
    while ((count = read(fd, bytes, sizeof bytes)) > 0)
        for (ssize_t i = 0; i < count; i++) {
            if (*total < 9)
                first[*total] = bytes[i];
            ++*total;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct sockaddr nobody = {.sa_family = AF_UNIX};
    int pair[2];
    char first[9];
    size_t total = 0;
    if (!server)
        start();
    if (size < 2 || size > 100000 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
        return 0;
    size_t step = data[0] ? data[0] : size;
    cv_connection_open(server, &listener, pair[0], &nobody);
    for (size_t at = 1; at < size; at += step) {
        if (write(pair[1], data + at, size - at < step ? size - at : step) < 0)
            break;
        cv_loop_turn(0);
        hear(pair[1], first, &total);
    }
    shutdown(pair[1], SHUT_WR);
    for (int i = 0; i < 1000 && server->status.connections; i++) {
        cv_loop_turn(0);
        hear(pair[1], first, &total);
    }
    bool left = server->status.connections || server->status.active;
    for (size_t i = 0; i < CV_LISTS; i++)
        left |= server->lists[i].first != NULL;
    if (left)
        fail("the connection did not end");
    if (total && (total < 9 || memcmp(first, "HTTP/1.1 ", 9) != 0))
        fail("the answer does not begin with a status line");
    close(pair[1]);
    return 0;
}
