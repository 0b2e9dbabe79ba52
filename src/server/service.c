/* service.c: a server on one loop: its pools, the date line, stopping. */
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "server/private.h"
#include "text/date.h"

static __thread CvServer *server_of_thread;

CvServerStatus cv_server_status(void)
{
    return server_of_thread ? server_of_thread->status : (CvServerStatus){0};
}

bool cv_server_is_stopping(void)
{
    return server_of_thread && server_of_thread->status.stopping;
}

/* Once a second. */
static void renew_date(CvServer *server)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    CvScratch scratch = cv_scratch_begin(NULL);
    CvBuffer line = cv_buffer(scratch.arena);
    cv_buffer_append_slice(&line, CV_SLICE("Date: "));
    cv_http_date_format(&line, now.tv_sec);
    cv_buffer_append_slice(&line, CV_SLICE("\r\n"));
    server->date_length = line.length < sizeof server->date ? line.length : 0;
    memcpy(server->date, line.data, server->date_length);
    cv_scratch_end(scratch);
    server->date_until = cv_loop_now_ms() + 1000 - (uint64_t)now.tv_nsec / 1000000;
}

CvSlice cv_service_date(CvServer *server)
{
    if (CV_UNLIKELY(cv_loop_now_ms() >= server->date_until))
        renew_date(server);
    return cv_slice_of(server->date, server->date_length);
}

/* Answers that fibers left behind when they parked. */
static void flush_dirty(CvLoopHook *hook)
{
    CvServer *server = hook->argument;
    while (server->dirty) {
        CvConnection *connection = server->dirty;
        server->dirty = connection->dirty_next;
        connection->dirty = false;
        if (connection->state == CV_CONNECTION_BUSY && cv_output_pending(connection) && !connection->broken)
            (void)cv_output_flush(connection);
    }
}

CvServer *cv_service_create(const CvServerOptions *options, CvListeners *listeners, bool share)
{
    CvServer *server = cv_malloc(sizeof *server);
    server->options = *options;
    server->limits = options->limits;
    cv_server_limits_fill(&server->limits);
    if (!server->options.label)
        server->options.label = "request";
    if (!server->options.settings)
        server->options.settings = &cv_http_default_settings;
    server->head_limits =
        (CvHeadLimits){.target = server->limits.target, .head = server->limits.head, .headers = server->limits.headers};
    server->listeners = listeners;
    server->share = share;
    if (options->server_header) {
        CvBuffer line = cv_buffer(NULL);
        cv_buffer_printf(&line, "Server: %s\r\n", options->server_header);
        server->server_line = cv_buffer_slice(&line);
    }
    server->reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
    server->hook = (CvLoopHook){.run = flush_dirty, .argument = server};
    cv_loop_hook_add(&server->hook);
    server_of_thread = server;
    return server;
}

void cv_service_destroy(CvServer *server)
{
    cv_loop_hook_remove(&server->hook);
    cv_timer_clear(&server->accept_timer);
    cv_timer_clear(&server->stop_timer);
    while (server->intakes) {
        CvIntake *intake = server->intakes;
        server->intakes = intake->next;
        cv_free(intake);
    }
    while (server->output_count)
        cv_buffer_free(&server->outputs[--server->output_count]);
    cv_free((void *)(uintptr_t)server->server_line.data);
    if (server->reserve >= 0)
        close(server->reserve);
    if (server_of_thread == server)
        server_of_thread = NULL;
    cv_free(server);
}

/* ---- stopping ---- */

void cv_service_check_stopped(CvServer *server)
{
    if (server->stopped || server->status.connections)
        return;
    server->stopped = true;
    cv_timer_clear(&server->stop_timer);
    cv_wait_list_wake_all(&server->stop_waiters);
    if (server->on_stopped)
        server->on_stopped(server);
}

/* The time for a graceful stop is over: connections without a fiber go. */
static void on_out_of_patience(CvTimer *timer)
{
    CvServer *server = timer->argument;
    cv_log(CV_LOG_WARNING, "caravan.server", "%u requests were not finished in time to stop",
           (unsigned)server->status.active);
    while (server->lists[CV_LIST_IDLE].first)
        cv_connection_close(server->lists[CV_LIST_IDLE].first);
    if (server->on_stopped && !server->stopped) {
        server->stopped = true;
        server->on_stopped(server);
    }
}

void cv_service_stop(CvServer *server)
{
    if (server->status.stopping)
        return;
    server->status.stopping = true;
    cv_accept_finish(server);
    server->stop_timer = (CvTimer){.run = on_out_of_patience, .argument = server};
    cv_timer_set(&server->stop_timer, cv_loop_now_ms() + server->limits.graceful_timeout);
    for (CvConnection *connection = server->lists[CV_LIST_IDLE].first, *next; connection; connection = next) {
        next = connection->next;
        cv_connection_hurry(connection);
    }
    cv_service_check_stopped(server);
}
