/* answer.c: a response on its way: head and small bodies are collected, large ones, files and streams are written. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/log.h"
#include "loop/system.h"
#include "server/private.h"

#define COLLECT_MOST 16384 /* a body up to this size is collected with its head */
#define STREAM_MOST 16384  /* so much of a stream is collected before the client must take it */

/* The file that the response names by path; what cannot be opened is answered before the head is written. */
static CvResponse *with_open_file(CvArena *arena, CvResponse *response)
{
    if (response->kind != CV_RESPONSE_FILE || !response->file.path)
        return response;
    int *fd = cv_arena_descriptor(arena);
    struct stat about;
    *fd = open(response->file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &about) != 0 || !S_ISREG(about.st_mode) ||
        response->file.offset + response->file.length > (uint64_t)about.st_size) {
        cv_log(CV_LOG_ERROR, "caravan.server", "The file %s cannot be sent: %s", response->file.path, strerror(errno));
        return cv_response_create(arena, 500, "text/plain; charset=utf-8", CV_SLICE("Internal Server Error\n"));
    }
    response->file.fd = *fd;
    return response;
}

static void break_off(CvConnection *connection, const char *why)
{
    cv_log(CV_LOG_WARNING, "caravan.server", "An answer was broken off: %s", why);
    connection->broken = true;
}

static void send_file(CvConnection *connection, const CvResponse *response)
{
    off_t offset = (off_t)response->file.offset;
    uint64_t left = response->file.length;
    if (!cv_output_flush_all(connection, (CvSlice){0}))
        return;
    while (left) {
        size_t piece = left > 1u << 20 ? 1u << 20 : (size_t)left;
        ssize_t sent =
            cv_watch_sendfile(&connection->watch, response->file.fd, &offset, piece, cv_output_wait(connection));
        cv_output_waited(connection);
        if (sent <= 0) {
            break_off(connection, sent == 0 ? "the file is shorter than it was" : strerror(errno));
            return;
        }
        left -= (uint64_t)sent;
        connection->taken += (uint64_t)sent;
        /* A client that takes all at once must not keep the others waiting. */
        if (left)
            cv_fiber_yield();
    }
}

static bool send_piece(CvConnection *connection, CvFraming framing, CvSlice piece)
{
    CvBuffer *out = cv_output(connection);
    if (framing == CV_FRAMING_CHUNKED) {
        char head[CV_CHUNK_HEAD];
        size_t length = cv_wire_chunk(head, piece.length);
        cv_buffer_append(out, head, length);
    }
    if (piece.length > COLLECT_MOST) {
        if (!cv_output_flush_all(connection, piece))
            return false;
        out = cv_output(connection);
    } else {
        cv_buffer_append_slice(out, piece);
    }
    if (framing == CV_FRAMING_CHUNKED)
        cv_buffer_append_slice(out, CV_SLICE("\r\n"));
    if (cv_output_pending(connection) >= STREAM_MOST)
        return cv_output_flush_all(connection, (CvSlice){0});
    cv_output_mark(connection);
    return true;
}

static void send_stream(CvConnection *connection, const CvResponse *response, CvFraming framing)
{
    CvSlice piece = {0};
    uint64_t length = 0, sent = 0;
    bool counted = framing == CV_FRAMING_LENGTH && cv_response_length(response, &length);
    while (response->stream.next(response->stream.state, &piece)) {
        if (connection->broken)
            return;
        if (piece.length == 0)
            continue;
        sent += piece.length;
        if (counted && sent > length) {
            break_off(connection, "the stream is longer than its Content-Length");
            return;
        }
        if (!send_piece(connection, framing, piece))
            return;
        piece = (CvSlice){0};
    }
    if (counted && sent < length)
        break_off(connection, "the stream is shorter than its Content-Length");
}

void cv_answer_body(const CvAnswer *answer)
{
    CvConnection *connection = answer->connection;
    const CvResponse *response = answer->response;
    if (!answer->body)
        return;
    switch ((CvResponseKind)response->kind) {
    case CV_RESPONSE_BYTES:
        if (response->body.length <= COLLECT_MOST)
            cv_buffer_append_slice(cv_output(connection), response->body);
        else
            (void)cv_output_flush_all(connection, response->body);
        break;
    case CV_RESPONSE_STREAM:
        send_stream(connection, response, (CvFraming)answer->framing);
        break;
    case CV_RESPONSE_FILE:
        send_file(connection, response);
        break;
    }
}

bool cv_answer_piece(const CvAnswer *answer, CvSlice piece)
{
    CvConnection *connection = answer->connection;
    if (connection->broken || (piece.length && !send_piece(connection, (CvFraming)answer->framing, piece)))
        return false;
    /* A client that takes all at once must not keep the others waiting. */
    cv_fiber_yield();
    return !connection->broken;
}

void cv_answer_begin(CvAnswer *answer, CvConnection *connection, CvResponse *response)
{
    CvServer *server = connection->server;
    const CvHead *head = &connection->intake->head;
    response = with_open_file(cv_arena(), response);
    connection->answering = true;
    *answer = (CvAnswer){.connection = connection, .response = response};
    answer->usable = connection->body_done || cv_body_can_finish(connection);
    answer->close = !head->keep_alive || response->close || server->status.stopping || !answer->usable;
    CvWire wire = {.date = cv_service_date(server),
                   .server = server->server_line,
                   .minor = head->minor,
                   .head = head->method == CV_METHOD_HEAD,
                   .close = answer->close,
                   .keep_alive_named = head->minor == 0 && head->keep_alive};
    answer->framing = (uint8_t)cv_response_write_head(cv_output(connection), response, &wire);
    answer->close |= answer->framing == CV_FRAMING_CLOSE;
    answer->body = cv_response_has_body(response, &wire);
}

void cv_answer_end(CvAnswer *answer)
{
    CvConnection *connection = answer->connection;
    bool close = answer->close;
    if (answer->body && answer->framing == CV_FRAMING_CHUNKED && !connection->broken)
        cv_buffer_append_slice(cv_output(connection), CV_LAST_CHUNK);
    if (!answer->usable)
        connection->lingering = true;
    if (!connection->broken && !close && !connection->body_done) {
        /* The client may be waiting for the answer before it sends on. */
        if (!cv_output_flush_all(connection, (CvSlice){0}) || !cv_body_finish(connection))
            close = connection->lingering = true;
    }
    connection->closing |= close;
}
