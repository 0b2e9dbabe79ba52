/* server_echo.c: a program over server and http alone, for the functional tests: it tells what reached it.
 *
 *     server_echo BIND [WORKERS]
 *
 * Any path but those below is the echo view: method, query, length and first bytes of the body, X-Test header; it obeys
 * ?status=N ?bytes=N ?stream=N (KiB) ?sleep=MS ?read=0. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http.h"
#include "loop/loop.h"
#include "server/server.h"

static uint64_t option(CvRequest *request, const char *name, uint64_t otherwise)
{
    CvSlice rest = cv_slice(request->query), part;
    size_t length = strlen(name);
    while (cv_slice_split(&rest, '&', &part)) {
        uint64_t number;
        if (part.length > length && part.data[length] == '=' && memcmp(part.data, name, length) == 0 &&
            cv_slice_to_uint64(cv_slice_skip(part, length + 1), &number))
            return number;
    }
    return otherwise;
}

typedef struct Pieces {
    uint64_t left;
    char bytes[1024];
} Pieces;

static bool next_piece(void *state, CvSlice *piece)
{
    Pieces *pieces = state;
    if (pieces->left == 0)
        return false;
    pieces->left--;
    *piece = cv_slice_of(pieces->bytes, sizeof pieces->bytes);
    return true;
}

static CvResponse *stream(CvRequest *request, uint64_t kilobytes)
{
    Pieces *pieces = cv_arena_new(request->arena, Pieces);
    pieces->left = kilobytes;
    memset(pieces->bytes, 'y', sizeof pieces->bytes);
    return cv_response_stream(request->arena, "text/plain", next_piece, pieces);
}

static CvResponse *bytes(CvRequest *request, uint64_t count)
{
    char *data = cv_arena_alloc_raw(request->arena, count + 1, 1);
    memset(data, 'x', count);
    return cv_response_create(request->arena, 200, "text/plain", cv_slice_of(data, count));
}

static void append_hex(CvBuffer *out, const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        cv_buffer_printf(out, "%02x", (unsigned char)data[i]);
}

static CvResponse *echo(CvRequest *request)
{
    uint64_t length = 0;
    char first[32], buffer[8192];
    size_t kept = 0;
    ptrdiff_t count = 0;
    CvError error;
    if (option(request, "read", 1)) {
        while ((count = cv_request_load_read(request, buffer, sizeof buffer, &error)) > 0) {
            for (ptrdiff_t i = 0; i < count && kept < sizeof first; i++)
                first[kept++] = buffer[i];
            length += (uint64_t)count;
        }
        if (count < 0)
            cv_raise_error(&error);
    }
    uint64_t rest = option(request, "sleep", 0);
    if (rest)
        cv_sleep(rest);
    if (option(request, "bytes", UINT64_MAX) != UINT64_MAX)
        return bytes(request, option(request, "bytes", 0));
    if (option(request, "stream", 0))
        return stream(request, option(request, "stream", 0));
    CvBuffer out = cv_buffer(request->arena);
    cv_buffer_printf(&out, "method=%s\nquery=%s\nlength=%llu\nbody=", request->method, request->query,
                     (unsigned long long)length);
    append_hex(&out, first, kept);
    cv_buffer_append_string(&out, "\nx=");
    const char *test = cv_request_header(request, "X-Test");
    if (test)
        append_hex(&out, test, strlen(test));
    cv_buffer_append_string(&out, "\n");
    CvResponse *response =
        cv_response_create(request->arena, (int)option(request, "status", 200), "text/plain", cv_buffer_slice(&out));
    return response;
}

static int dive(int depth)
{
    volatile char frame[4096];
    frame[depth & 4095] = 1;
    return depth < 0 ? 0 : dive(depth + 1) + frame[7];
}

static void close_file(void *argument)
{
    close((int)(intptr_t)argument);
}

/* This program's own file. */
static CvResponse *file(CvRequest *request)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0)
        cv_raise(CV_ERROR_OS, "The program's file cannot be read.");
    cv_arena_defer(request->arena, close_file, (void *)(intptr_t)fd);
    return cv_response_file(request->arena, fd, (uint64_t)about.st_size, NULL, false);
}

static CvResponse *handle(CvRequest *request)
{
    CvSlice path = cv_slice(request->path);
    cv_fiber_set_label("echo");
    if (cv_slice_is(path, "/plaintext"))
        return cv_response_create(request->arena, 200, "text/plain", CV_SLICE("Hello, World!"));
    if (cv_slice_is(path, "/pid"))
        return cv_response_text(request->arena, "%d %s", (int)getpid(), getenv("ECHO_MARK") ? getenv("ECHO_MARK") : "");
    if (cv_slice_is(path, "/file"))
        return file(request);
    if (cv_slice_is(path, "/status")) {
        CvServerStatus status = cv_server_status();
        return cv_response_text(request->arena, "connections=%u idle=%u active=%u requests=%llu fibers=%zu",
                                status.connections, status.idle, status.active, (unsigned long long)status.requests,
                                cv_fiber_count());
    }
    if (cv_slice_is(path, "/overflow")) {
        cv_fiber_set_label("deep_view");
        return cv_response_text(request->arena, "%d", dive(0));
    }
    if (cv_slice_is(path, "/null"))
        return NULL;
    if (cv_slice_is(path, "/raise"))
        cv_raise(CV_ERROR_PERMISSION_DENIED, "Not for you.");
    if (cv_slice_is(path, "/memory"))
        (void)cv_alloc((size_t)1 << 30);
    if (cv_slice_is(path, "/spin"))
        for (volatile int forever = 1; forever;) {}
    return echo(request);
}

static void ready(void *argument)
{
    printf("serving %s\n", (const char *)argument);
    fflush(stdout);
}

static bool start_worker(void *argument)
{
    (void)argument;
    return getenv("ECHO_WORKER_FAIL") == NULL;
}

static void stop_worker(void *argument)
{
    (void)argument;
    if (!getenv("ECHO_HOOKS"))
        return;
    cv_sleep(1); /* a hook may wait */
    fprintf(stderr, "worker stops after %llu requests\n", (unsigned long long)cv_server_status().requests);
}

static bool reload(void *argument)
{
    (void)argument;
    return getenv("ECHO_NO_RELOAD") == NULL;
}

static uint32_t from_environment(const char *name)
{
    uint64_t number;
    return getenv(name) && cv_slice_to_uint64(cv_slice(getenv(name)), &number) ? (uint32_t)number : 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    int64_t workers = 1;
    if (argc > 2 && !cv_slice_to_int64(cv_slice(argv[2]), &workers))
        return 2;
    if (getenv("ECHO_FAIL"))
        return 1;
    static const char *allowed[] = {"*", NULL};
    static CvHttpSettings settings = {.allowed_hosts = allowed};
    const char *bind[] = {argv[1], argc > 3 ? argv[3] : NULL, NULL};
    CvServerOptions options = {.bind = bind,
                               .workers = (int)workers,
                               .handler = handle,
                               .ready = ready,
                               .argument = argv[1],
                               .settings = &settings,
                               .worker_start = start_worker};
    options.worker_stop = stop_worker;
    options.reload = reload;
    options.user = getenv("ECHO_USER");
    options.limits.head_timeout = from_environment("ECHO_HEAD_TIMEOUT");
    options.limits.body_timeout = from_environment("ECHO_BODY_TIMEOUT");
    options.limits.keep_alive_timeout = from_environment("ECHO_KEEP_ALIVE");
    options.limits.connections = from_environment("ECHO_CONNECTIONS");
    options.limits.watchdog = from_environment("ECHO_WATCHDOG");
    options.limits.write_timeout = from_environment("ECHO_WRITE_TIMEOUT");
    return cv_server_run(&options);
}
