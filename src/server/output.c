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

/* ---- slow readers ---- */

static void count_the_wait(CvConnection *connection)
{
    if (connection->waits_since)
        connection->waited += cv_loop_now_ms() - connection->waits_since;
    connection->waits_since = 0;
}

void cv_output_waited(CvConnection *connection)
{
    if (!connection->waits_since)
        return;
    count_the_wait(connection);
    cv_connection_move(connection, CV_LIST_ACTIVE);
}

/* A client is slow if it takes nothing for long, or if it has taken too little for the time that we waited for it. */
uint64_t cv_output_wait(CvConnection *connection)
{
    const CvServerLimits *limits = &connection->server->limits;
    uint64_t now = cv_loop_now_ms();
    count_the_wait(connection);
    connection->waits_since = now;
    cv_connection_move(connection, CV_LIST_FLUSHING);
    uint64_t patience = limits->write_timeout + connection->taken * 1000 / limits->write_rate;
    uint64_t left = patience > connection->waited ? patience - connection->waited : 0;
    return now + (left < limits->write_timeout ? left : limits->write_timeout);
}

/* ---- writing ---- */

CvFlush cv_output_flush(CvConnection *connection)
{
    while (cv_output_pending(connection)) {
        ssize_t written = cv_system.write(connection->watch.fd, connection->out.data + connection->sent,
                                          cv_output_pending(connection));
        if (written >= 0) {
            connection->sent += (size_t)written;
            connection->taken += (uint64_t)written;
        } else if (errno != EINTR)
            return failed(connection);
    }
    cv_output_waited(connection);
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
            if (failed(connection) == CV_FLUSH_BROKEN)
                return false;
            cv_watch_clear(&connection->watch, CV_HANGUP);
            connection->broken = !cv_watch_wait(&connection->watch, CV_WRITABLE, cv_output_wait(connection));
            cv_output_waited(connection);
            if (connection->broken)
                return false;
            continue;
        }
        connection->taken += (uint64_t)written;
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
