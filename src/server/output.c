/* output.c: answers are collected and written together; what the client does not take waits. */
#include <errno.h>

#include "loop/system.h"
#include "server/private.h"

/* A buffer that had to hold more is not kept. */
#define KEEP_MOST 65536

CvBuffer *cv_output(CvConnection *connection)
{
    CvServer *server = connection->server;
    if (!connection->out.data) {
        if (server->output_count)
            connection->out = server->outputs[--server->output_count];
        else
            (void)cv_buffer_reserve(&connection->out, CV_OUTPUT_SIZE);
    }
    return &connection->out;
}

void cv_output_drop(CvConnection *connection)
{
    CvServer *server = connection->server;
    CvBuffer *out = &connection->out;
    connection->sent = 0;
    out->length = 0;
    if (!out->data)
        return;
    if (out->capacity <= KEEP_MOST && server->output_count < CV_COUNT_OF(server->outputs)) {
        server->outputs[server->output_count++] = *out;
        *out = cv_buffer(NULL);
    } else {
        cv_buffer_free(out);
    }
}

static CvFlush failed(CvConnection *connection)
{
    if (errno == EAGAIN) {
        cv_watch_clear(&connection->watch, CV_WRITABLE);
        return CV_FLUSH_WAIT;
    }
    connection->broken = true;
    cv_output_drop(connection);
    return CV_FLUSH_BROKEN;
}

CvFlush cv_output_flush(CvConnection *connection)
{
    while (cv_output_pending(connection)) {
        ssize_t written = cv_system.write(connection->watch.fd, connection->out.data + connection->sent,
                                          cv_output_pending(connection));
        if (written >= 0)
            connection->sent += (size_t)written;
        else if (errno != EINTR)
            return failed(connection);
    }
    cv_output_drop(connection);
    return CV_FLUSH_DONE;
}

/* One call for both parts. The parts are looked at anew each time: while the fiber waited, the loop may have written.
 */
static ssize_t write_parts(CvConnection *connection, CvSlice body)
{
    struct iovec parts[2];
    int count = 0;
    if (cv_output_pending(connection))
        parts[count++] = (struct iovec){connection->out.data + connection->sent, cv_output_pending(connection)};
    if (body.length)
        parts[count++] = (struct iovec){(void *)(uintptr_t)body.data, body.length};
    return count == 1 ? cv_system.write(connection->watch.fd, parts[0].iov_base, parts[0].iov_len)
                      : cv_system.writev(connection->watch.fd, parts, count);
}

bool cv_output_flush_all(CvConnection *connection, CvSlice body)
{
    if (connection->broken)
        return false;
    while (cv_output_pending(connection) || body.length) {
        ssize_t written = write_parts(connection, body);
        if (written < 0) {
            if (errno == EINTR)
                continue;
            uint64_t deadline = cv_loop_now_ms() + connection->server->limits.write_timeout;
            if (failed(connection) == CV_FLUSH_BROKEN)
                return false;
            cv_watch_clear(&connection->watch, CV_HANGUP);
            if (!cv_watch_wait(&connection->watch, CV_WRITABLE, deadline)) {
                connection->broken = true;
                return false;
            }
            continue;
        }
        size_t from_out = cv_output_pending(connection);
        if (from_out > (size_t)written)
            from_out = (size_t)written;
        connection->sent += from_out;
        body = cv_slice_skip(body, (size_t)written - from_out);
    }
    cv_output_drop(connection);
    return true;
}

void cv_output_mark(CvConnection *connection)
{
    if (connection->dirty)
        return;
    connection->dirty = true;
    connection->dirty_next = connection->server->dirty;
    connection->server->dirty = connection;
}
