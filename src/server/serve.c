/* serve.c: the requests in the bytes that came in: parsed, each run in a fiber, answered in order and in one write. */
#include "base/log.h"
#include "http/status.h"
#include "server/private.h"

/* With so much to be written the client has to read before more is answered. */
#define OUTPUT_MOST 65536
#define ERROR_MEMORY 131072 /* bytes beyond the budget for telling that it is passed */

/* ---- answers without a handler ---- */

typedef struct Refusal {
    CvConnection *connection;
    int status;
    const char *reason;
} Refusal;

static void write_refusal(void *argument)
{
    const Refusal *refusal = argument;
    CvServer *server = refusal->connection->server;
    CvSlice date = cv_service_date(server);
    CvBuffer *out = cv_output(refusal->connection);
    cv_buffer_append_slice(out, cv_status_line(refusal->status));
    cv_buffer_append_slice(out, date);
    cv_buffer_append_slice(out, server->server_line);
    cv_buffer_printf(out,
                     "Content-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s\n",
                     strlen(refusal->reason) + 1, refusal->reason);
}

void cv_serve_refusal(CvConnection *connection, int status, const char *reason)
{
    Refusal refusal = {connection, status, reason};
    if (!cv_try(write_refusal, &refusal, NULL))
        connection->broken = true;
    connection->closing = connection->lingering = true;
    connection->state = CV_CONNECTION_FLUSH;
    if (!connection->serving)
        (void)cv_connection_settle(connection);
}

/* ---- a request in its fiber ---- */

static CvResponse *error_response(CvArena *arena, const CvError *error)
{
    int status = cv_error_status(error);
    if (status < 400 || status > 599)
        status = 500;
    CvSlice text = cv_slice(cv_status_reason(status));
    if (status >= 500)
        cv_log_error("caravan.server", error);
    else if (error->message)
        text = cv_slice(error->message);
    return cv_response_create(arena, status, "text/plain; charset=utf-8", text);
}

typedef struct Call {
    CvConnection *connection;
    CvRequest *request;
    CvResponse *response;
    const CvError *error;
    CvBodySource source;
    CvPush push;
    CvAnswer sending;
    bool answering, pushing;
} Call;

/* ---- answers that are sent while they are made ---- */

static bool push_begin(void *self, CvResponse *response)
{
    Call *call = self;
    call->answering = call->pushing = true;
    cv_answer_begin(&call->sending, call->connection, response);
    response->begun = true;
    return call->sending.body && !call->connection->broken;
}

static bool push_write(void *self, CvSlice piece)
{
    const Call *call = self;
    return cv_answer_piece(&call->sending, piece);
}

/* ---- answers ---- */

static void make_and_handle(Call *call)
{
    CvConnection *connection = call->connection;
    const CvServer *server = connection->server;
    const CvServerOptions *options = &server->options;
    CvError error;
    CvRequest *request = cv_request_create(cv_arena(), &connection->intake->head, options->settings, &error);
    if (!request)
        cv_raise_error(&error);
    call->request = request;
    request->scheme = "http";
    request->remote_addr = connection->address;
    request->remote_port = connection->remote_port;
    request->server_port = connection->listener->port;
    request->server_name = connection->listener->host;
    request->site = options->argument;
    call->push = (CvPush){.self = call, .begin = push_begin, .write = push_write};
    request->push = &call->push;
    if (!connection->body_done) {
        call->source = (CvBodySource){.self = connection, .read = cv_body_read};
        request->source = &call->source;
    }
    call->response = options->handler(request);
}

static void answer(void *argument)
{
    Call *call = argument;
    if (call->pushing && call->response != call->sending.response)
        cv_raise(CV_ERROR_VALUE, "The handler returned another response than the one that it had begun to send.");
    call->answering = true;
    if (!call->pushing) {
        cv_answer_begin(&call->sending, call->connection, call->response);
        cv_answer_body(&call->sending);
    }
    cv_answer_end(&call->sending);
}

static void handle_and_answer(void *argument)
{
    Call *call = argument;
    make_and_handle(call);
    if (!call->response)
        call->response = cv_response_create(cv_arena(), 500, "text/plain; charset=utf-8", CV_SLICE("No response.\n"));
    answer(call);
}

static void answer_error(void *argument)
{
    Call *call = argument;
    call->response = error_response(cv_arena(), call->error);
    answer(call);
}

static void request_main(void *argument)
{
    Call call = {.connection = argument};
    CvArena *arena = cv_arena();
    CvError *error;
    if (cv_try(handle_and_answer, &call, &error))
        return;
    /* The request may have used up its memory; the answer that says so, and the clean-ups, need some. */
    if (arena->budget)
        arena->budget = arena->used + ERROR_MEMORY;
    call.error = error;
    if (!call.answering && cv_try(answer_error, &call, &error))
        return;
    /* In the midst of an answer only the end of the connection can tell the client. */
    cv_log_error("caravan.server", error);
    call.connection->broken = true;
}

static void request_ended(void *argument)
{
    CvConnection *connection = argument;
    CvServer *server = connection->server;
    CvIntake *intake = connection->intake;
    server->status.active--;
    server->status.requests++;
    intake->start = intake->body;
    connection->state = CV_CONNECTION_IDLE;
    if (intake->start < intake->end)
        cv_head_init(&intake->head, &server->head_limits);
    if (!connection->serving)
        cv_connection_go_on(connection);
}

/* A body is read behind the head, which must not move while the request is under way. */
static bool make_room_for_body(CvIntake *intake)
{
    size_t head_end = intake->start + intake->head.size;
    if (intake->capacity - head_end >= CV_INTAKE_SIZE / 4)
        return true;
    cv_intake_compact(intake);
    bool enough = intake->capacity - intake->head.size >= CV_INTAKE_SIZE / 4 ||
                  cv_intake_grow(intake, intake->capacity + CV_INTAKE_SIZE);
    cv_head_rebase(&intake->head, intake->data);
    return enough;
}

static void begin_request(CvConnection *connection)
{
    CvServer *server = connection->server;
    CvIntake *intake = connection->intake;
    cv_body_begin(connection);
    if (!connection->body_done && !make_room_for_body(intake)) {
        cv_serve_refusal(connection, 503, "The server is too busy.");
        return;
    }
    intake->body = intake->start + intake->head.size;
    connection->state = CV_CONNECTION_BUSY;
    connection->deadline = 0;
    server->status.active++;
    CvFiberOptions options = {.label = server->options.label,
                              .arena_budget = server->limits.request_memory,
                              .unguarded = true,
                              .ended = request_ended};
    CvFiber *fiber;
    if (cv_fiber_run(request_main, connection, &options, &fiber))
        return;
    if (!fiber) {
        server->status.active--;
        intake->start = intake->body;
        cv_serve_refusal(connection, 503, "The server is too busy.");
        return;
    }
    if (connection->list == CV_LIST_IDLE)
        cv_connection_move(connection, CV_LIST_ACTIVE);
    if (cv_output_pending(connection))
        cv_output_mark(connection);
}

/* One request off the bytes that came in; false: there is none that is complete. */
static bool serve_one(CvConnection *connection)
{
    CvIntake *intake = connection->intake;
    if (!intake || intake->start == intake->end)
        return false;
    switch (cv_head_parse(&intake->head, intake->data + intake->start, intake->end - intake->start)) {
    case CV_PARSE_MORE:
        return false;
    case CV_PARSE_ERROR:
        cv_serve_refusal(connection, intake->head.status, intake->head.reason);
        return false;
    case CV_PARSE_DONE:
        break;
    }
    begin_request(connection);
    return true;
}

static bool can_serve(CvConnection *connection)
{
    return connection->state != CV_CONNECTION_BUSY && !connection->closing && !connection->broken;
}

bool cv_serve(CvConnection *connection)
{
    connection->serving = true;
    while (can_serve(connection)) {
        if (cv_output_pending(connection) >= OUTPUT_MOST && cv_output_flush(connection) != CV_FLUSH_DONE)
            break;
        if (!serve_one(connection))
            break;
    }
    connection->serving = false;
    return connection->state == CV_CONNECTION_BUSY || cv_connection_settle(connection);
}
