/* body.c: the body of a request, read by the request's fiber when the view asks for it. */
#include <errno.h>

#include "loop/system.h"
#include "server/private.h"

#define DIRECT_LEAST 4096 /* buffers from this size on are read into without a copy */

void cv_body_begin(CvConnection *connection)
{
    const CvHead *head = &connection->intake->head;
    cv_body_init(&connection->body, head, connection->server->limits.body);
    connection->body_done = head->body == CV_BODY_NONE || (head->body == CV_BODY_LENGTH && head->content_length == 0);
    connection->body_failed = connection->answering = false;
    connection->body_began = 0;
    connection->taken = connection->waited = 0; /* a new answer, too */
    connection->wants_continue = head->expects_continue;
}

static ptrdiff_t fail(CvConnection *connection, CvError *error, int status, const char *reason)
{
    connection->body_failed = true;
    *error = (CvError){.kind = status == 413 ? CV_ERROR_REQUEST_TOO_BIG : CV_ERROR_BAD_REQUEST,
                       .status = status,
                       .message = reason ? reason : "The body of the request is broken.",
                       .file = __FILE__,
                       .line = __LINE__};
    return -1;
}

/* A client is slow if it is silent for long, or if it has sent too little for the time it has had. */
static uint64_t deadline_of(CvConnection *connection)
{
    const CvServerLimits *limits = &connection->server->limits;
    uint64_t now = cv_loop_now_ms();
    if (!connection->body_began)
        connection->body_began = now;
    uint64_t silent = now + limits->body_timeout;
    uint64_t slow = connection->body_began + limits->body_timeout + connection->body.total * 1000 / limits->body_rate;
    return silent < slow ? silent : slow;
}

/* The answers so far, and the interim one that the client waits for, go out before we wait. */
static bool send_continue(CvConnection *connection)
{
    if (connection->wants_continue) {
        connection->wants_continue = false;
        cv_buffer_append_slice(cv_output(connection), CV_SLICE("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    return !cv_output_pending(connection) || cv_output_flush_all(connection, (CvSlice){0});
}

static ssize_t receive(CvConnection *connection, void *data, size_t size, CvError *error)
{
    if (!send_continue(connection))
        return fail(connection, error, 400, "The client has gone.");
    ssize_t count = cv_watch_read(&connection->watch, data, size, deadline_of(connection));
    if (count > 0)
        return count;
    if (count < 0 && errno == ETIMEDOUT)
        return fail(connection, error, 408, "The body of the request came too slowly.");
    connection->broken |= count < 0;
    return fail(connection, error, 400, "The client closed the connection before its request was complete.");
}

/* Decodes at most `most` of the bytes that stand in the intake; the piece is empty if that needs more. */
static bool decode(CvConnection *connection, size_t most, CvSlice *piece, CvError *error)
{
    CvIntake *intake = connection->intake;
    size_t length = intake->end - intake->body, consumed = 0;
    *piece = (CvSlice){0};
    CvParse result =
        cv_body_decode(&connection->body, intake->data + intake->body, length < most ? length : most, &consumed, piece);
    intake->body += consumed;
    if (result == CV_PARSE_DONE)
        connection->body_done = true;
    else if (result == CV_PARSE_ERROR)
        return fail(connection, error, connection->body.status, connection->body.reason) == 0;
    return true;
}

/* Room behind the head, which stays where it is: the request points into it. */
static bool refill(CvConnection *connection, CvError *error)
{
    CvIntake *intake = connection->intake;
    intake->body = intake->end = intake->start + intake->head.size;
    ssize_t count = receive(connection, intake->data + intake->end, intake->capacity - intake->end, error);
    if (count < 0)
        return false;
    intake->end += (size_t)count;
    return true;
}

/* The next piece of the body, of at most `most` bytes, a slice of the intake; empty at the end. */
static bool next_piece(CvConnection *connection, size_t most, CvSlice *piece, CvError *error)
{
    const CvIntake *intake = connection->intake;
    *piece = (CvSlice){0};
    while (!connection->body_done) {
        if (intake->body == intake->end && !refill(connection, error))
            return false;
        if (!decode(connection, most, piece, error))
            return false;
        if (piece->length)
            return true;
    }
    return true;
}

static ptrdiff_t read_direct(CvConnection *connection, void *buffer, size_t size, CvError *error)
{
    uint64_t left = connection->body.left;
    ssize_t count = receive(connection, buffer, left < size ? (size_t)left : size, error);
    if (count < 0)
        return -1;
    size_t consumed = 0;
    CvSlice piece;
    CvParse result = cv_body_decode(&connection->body, buffer, (size_t)count, &consumed, &piece);
    if (result == CV_PARSE_ERROR)
        return fail(connection, error, connection->body.status, connection->body.reason);
    connection->body_done = result == CV_PARSE_DONE;
    return count;
}

ptrdiff_t cv_body_read(void *self, void *buffer, size_t size, CvError *error)
{
    CvConnection *connection = self;
    CvIntake *intake = connection->intake;
    if (connection->body_failed || connection->body.status)
        return fail(connection, error, connection->body.status ? connection->body.status : 400,
                    connection->body.reason);
    if (connection->answering) {
        *error = (CvError){.kind = CV_ERROR_ERROR,
                           .message = "The body cannot be read once the answer has begun.",
                           .file = __FILE__,
                           .line = __LINE__};
        return -1;
    }
    if (connection->body_done || size == 0)
        return 0;
    bool empty = intake->body == intake->end;
    if (empty && intake->head.body == CV_BODY_LENGTH && size >= DIRECT_LEAST)
        return read_direct(connection, buffer, size, error);
    CvSlice piece;
    if (!next_piece(connection, size, &piece, error))
        return -1;
    if (piece.length)
        memcpy(buffer, piece.data, piece.length);
    return (ptrdiff_t)piece.length;
}

bool cv_body_can_finish(CvConnection *connection)
{
    CvSlice piece;
    CvError error;
    while (!connection->body_done && !connection->body_failed && connection->intake->body < connection->intake->end)
        (void)decode(connection, SIZE_MAX, &piece, &error);
    if (connection->body_done)
        return true;
    /* A client that still waits for "100 Continue" may send its body or not: nobody can know where the next request
     * begins. */
    if (connection->body_failed || connection->wants_continue || connection->broken)
        return false;
    return connection->intake->head.body == CV_BODY_CHUNKED ||
           connection->body.left <= connection->server->limits.drain;
}

bool cv_body_finish(CvConnection *connection)
{
    CvSlice piece;
    CvError error;
    uint64_t most = connection->body.total + connection->server->limits.drain;
    while (!connection->body_done && !connection->body_failed)
        if (!next_piece(connection, SIZE_MAX, &piece, &error) || connection->body.total > most)
            return false;
    return connection->body_done;
}
