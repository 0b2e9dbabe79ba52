/* connection.c: a client's connection from accept to close: events, deadlines, what follows an answer. */
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop/system.h"
#include "server/private.h"

#define LINGER_TIME 2000       /* for a client that does not stop sending */
#define LINGER_BYTES 16777216u /* what is thrown away at most: the rest of a form that was refused for its size */
#define STOP_IDLE 500          /* a stopping server closes connections that were idle for so long */
#define READS_AT_ONCE 4        /* then others have their turn */

static void list_add(CvConnectionList *list, CvConnection *connection)
{
    connection->next = NULL;
    connection->previous = list->last;
    if (list->last)
        list->last->next = connection;
    else
        list->first = connection;
    list->last = connection;
}

static void list_remove(CvConnectionList *list, CvConnection *connection)
{
    if (connection->previous)
        connection->previous->next = connection->next;
    else
        list->first = connection->next;
    if (connection->next)
        connection->next->previous = connection->previous;
    else
        list->last = connection->previous;
}

static CvConnectionList *list_of(CvConnection *connection)
{
    return &connection->server->lists[connection->list];
}

/* A connection that goes on being idle becomes the last of the idle ones. */
void cv_connection_move(CvConnection *connection, CvConnectionListId to)
{
    if (connection->list == to && (to != CV_LIST_IDLE || !connection->next))
        return;
    list_remove(list_of(connection), connection);
    connection->server->status.idle += (uint32_t)(to == CV_LIST_IDLE) - (uint32_t)(connection->list == CV_LIST_IDLE);
    connection->list = (uint8_t)to;
    list_add(list_of(connection), connection);
}

/* ---- deadlines ---- */

void cv_connection_set_deadline(CvConnection *connection, uint64_t deadline)
{
    connection->deadline = deadline;
    /* A timer that is set for an earlier time finds the new deadline when it runs: no work here in the steady state. */
    if (deadline && (!cv_timer_is_set(&connection->timer) || connection->timer.deadline > deadline))
        cv_timer_set(&connection->timer, deadline);
}

static void serve_what_came(CvConnection *connection);

/* Closing with bytes unread would reset the connection: a request that crosses the end of our patience is served. */
static bool has_bytes(const CvConnection *connection)
{
    char byte;
    return recv(connection->watch.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static void on_deadline(CvTimer *timer)
{
    CvConnection *connection = timer->argument;
    if (connection->again) {
        connection->again = false;
        cv_connection_set_deadline(connection, connection->deadline);
        if (connection->state <= CV_CONNECTION_HEAD)
            serve_what_came(connection);
        return;
    }
    if (!connection->deadline)
        return;
    if (connection->deadline > cv_loop_now_ms()) {
        cv_timer_set(timer, connection->deadline);
        return;
    }
    if (connection->state == CV_CONNECTION_HEAD)
        cv_serve_refusal(connection, 408, "The head of the request came too slowly.");
    else if (connection->state == CV_CONNECTION_IDLE && has_bytes(connection))
        serve_what_came(connection);
    else
        cv_connection_close(connection);
}

/* ---- lingering: our side is closed, the client's bytes are thrown away so that it can read the answer ---- */

static bool linger(CvConnection *connection)
{
    static __thread char waste[16384];
    while (connection->lingered < LINGER_BYTES) {
        ssize_t count = cv_system.read(connection->watch.fd, waste, sizeof waste);
        if (count > 0) {
            connection->lingered += (uint32_t)count;
            continue;
        }
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            cv_watch_clear(&connection->watch, CV_READABLE);
            return true;
        }
        break;
    }
    cv_connection_close(connection);
    return false;
}

static bool begin_to_linger(CvConnection *connection)
{
    if (connection->intake) {
        cv_intake_give(connection->server, connection->intake);
        connection->intake = NULL;
    }
    connection->state = CV_CONNECTION_LINGER;
    (void)shutdown(connection->watch.fd, SHUT_WR);
    cv_connection_move(connection, CV_LIST_ACTIVE);
    cv_connection_set_deadline(connection, cv_loop_now_ms() + LINGER_TIME);
    return linger(connection);
}

/* ---- after an answer ---- */

static void wait_for_request(CvConnection *connection)
{
    CvServer *server = connection->server;
    CvIntake *intake = connection->intake;
    uint64_t now = cv_loop_now_ms();
    if (intake && intake->end > intake->start) {
        if (connection->state != CV_CONNECTION_HEAD) {
            connection->state = CV_CONNECTION_HEAD;
            cv_connection_set_deadline(connection, now + server->limits.head_timeout);
        }
        cv_intake_compact(intake);
        cv_connection_move(connection, CV_LIST_ACTIVE);
        return;
    }
    if (intake) {
        cv_intake_give(server, intake);
        connection->intake = NULL;
    }
    connection->state = CV_CONNECTION_IDLE;
    uint64_t patience = server->status.stopping ? STOP_IDLE : server->limits.keep_alive_timeout;
    cv_connection_set_deadline(connection, now + patience);
    cv_connection_move(connection, CV_LIST_IDLE);
}

bool cv_connection_settle(CvConnection *connection)
{
    CvFlush flush = connection->broken ? CV_FLUSH_BROKEN : cv_output_flush(connection);
    if (flush == CV_FLUSH_BROKEN) {
        cv_connection_close(connection);
        return false;
    }
    if (flush == CV_FLUSH_WAIT) {
        connection->state = CV_CONNECTION_FLUSH;
        cv_connection_set_deadline(connection, cv_output_wait(connection));
        return true;
    }
    if (!connection->closing) {
        wait_for_request(connection);
        return true;
    }
    if (connection->lingering || (connection->intake && connection->intake->end > connection->intake->start))
        return begin_to_linger(connection);
    cv_connection_close(connection);
    return false;
}

/* ---- events ---- */

/* Reads once; false: nothing came (the connection may be gone). */
static bool receive(CvConnection *connection)
{
    CvServer *server = connection->server;
    if (!connection->intake && !(connection->intake = cv_intake_take(server))) {
        cv_connection_close(connection);
        return false;
    }
    CvIntake *intake = connection->intake;
    if (intake->end == intake->capacity && !cv_intake_grow(intake, (size_t)server->limits.head + CV_INTAKE_SIZE)) {
        cv_serve_refusal(connection, 431, "The head of the request is too long.");
        return false;
    }
    size_t room = intake->capacity - intake->end;
    ssize_t count;
    do
        count = cv_system.read(connection->watch.fd, intake->data + intake->end, room);
    while (count < 0 && errno == EINTR);
    if (count > 0) {
        intake->end += (size_t)count;
        if ((size_t)count < room && cv_system.short_read_is_all && !(connection->watch.ready & CV_HANGUP))
            cv_watch_clear(&connection->watch, CV_READABLE);
        return true;
    }
    if (count < 0 && errno == EAGAIN) {
        cv_watch_clear(&connection->watch, CV_READABLE);
        (void)cv_connection_settle(connection);
        return false;
    }
    cv_connection_close(connection);
    return false;
}

static bool wants_to_read(const CvConnection *connection)
{
    return connection->state <= CV_CONNECTION_HEAD && connection->watch.ready & CV_READABLE;
}

static void serve_what_came(CvConnection *connection)
{
    for (int i = 0; i < READS_AT_ONCE; i++)
        if (!receive(connection) || !cv_serve(connection) || !wants_to_read(connection))
            return;
    connection->again = true;
    cv_timer_set(&connection->timer, cv_loop_now_ms());
}

void cv_connection_go_on(CvConnection *connection)
{
    if (cv_serve(connection) && wants_to_read(connection))
        serve_what_came(connection);
}

static void on_event(CvWatch *watch)
{
    CvConnection *connection = watch->argument;
    switch ((CvConnectionState)connection->state) {
    case CV_CONNECTION_IDLE:
    case CV_CONNECTION_HEAD:
        if (watch->ready & CV_READABLE)
            serve_what_came(connection);
        break;
    case CV_CONNECTION_BUSY:
        if (watch->reader)
            cv_fiber_wake(watch->reader);
        if (watch->writer && watch->writer != watch->reader)
            cv_fiber_wake(watch->writer);
        if (cv_output_pending(connection) && !watch->writer && watch->ready & CV_WRITABLE)
            (void)cv_output_flush(connection);
        break;
    case CV_CONNECTION_FLUSH:
        if (watch->ready & CV_WRITABLE)
            cv_connection_go_on(connection);
        break;
    case CV_CONNECTION_LINGER:
        if (watch->ready & CV_READABLE)
            (void)linger(connection);
        break;
    }
}

/* ---- begin and end ---- */

static void note_address(CvConnection *connection, const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)address;
        inet_ntop(AF_INET, &four->sin_addr, connection->address, sizeof connection->address);
        connection->remote_port = ntohs(four->sin_port);
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)address;
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
            inet_ntop(AF_INET, six->sin6_addr.s6_addr + 12, connection->address, sizeof connection->address);
        else
            inet_ntop(AF_INET6, &six->sin6_addr, connection->address, sizeof connection->address);
        connection->remote_port = ntohs(six->sin6_port);
    }
}

void cv_connection_open(CvServer *server, const CvListener *listener, int fd, const struct sockaddr *address)
{
    CvConnection *connection = cv_malloc_or_null(sizeof *connection);
    if (!connection) {
        close(fd);
        return;
    }
    connection->server = server;
    connection->listener = listener;
    connection->watch = (CvWatch){.fd = fd, .run = on_event, .argument = connection};
    connection->timer = (CvTimer){.run = on_deadline, .argument = connection};
    note_address(connection, address);
    if (!cv_watch_add(&connection->watch)) {
        close(fd);
        cv_free(connection);
        return;
    }
    connection->list = CV_LIST_IDLE;
    list_add(list_of(connection), connection);
    server->status.accepted++;
    server->status.connections++;
    server->status.idle++;
    cv_connection_set_deadline(connection, cv_loop_now_ms() + server->limits.head_timeout);
}

static void forget_dirty(CvConnection *connection)
{
    CvConnection **at = &connection->server->dirty;
    while (*at && *at != connection)
        at = &(*at)->dirty_next;
    if (*at)
        *at = connection->dirty_next;
}

void cv_connection_close(CvConnection *connection)
{
    CvServer *server = connection->server;
    if (connection->dirty)
        forget_dirty(connection);
    cv_timer_clear(&connection->timer);
    cv_output_drop(connection);
    if (connection->intake)
        cv_intake_give(server, connection->intake);
    close(connection->watch.fd);
    cv_watch_forget(&connection->watch);
    list_remove(list_of(connection), connection);
    server->status.connections--;
    server->status.idle -= connection->list == CV_LIST_IDLE;
    cv_free(connection);
    if (server->status.stopping)
        cv_service_check_stopped(server);
    else
        cv_accept_resume(server);
}

bool cv_connection_evict(CvConnection *connection, uint64_t patience)
{
    if (connection->waited + (cv_loop_now_ms() - connection->waits_since) < patience)
        return false;
    if (connection->state == CV_CONNECTION_FLUSH)
        cv_connection_close(connection);
    else
        (void)shutdown(connection->watch.fd, SHUT_RDWR); /* its fiber finds out, and closes it */
    return true;
}

void cv_connection_hurry(CvConnection *connection)
{
    uint64_t soon = cv_loop_now_ms() + STOP_IDLE;
    if (connection->deadline > soon)
        cv_connection_set_deadline(connection, soon);
}
