/* embed.c: a server inside the calling process, on its loop or on a thread of its own. */
#include <pthread.h>

#include "server/private.h"

typedef struct CvServerThread {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    CvLoopCall *call;
    bool started;
} CvServerThread;

static CvServer *make(const CvServerOptions *options, CvError *error)
{
    CvListeners *listeners = cv_malloc(sizeof *listeners);
    if (!cv_listeners_open(listeners, options, error)) {
        cv_free(listeners);
        return NULL;
    }
    return cv_service_create(options, listeners, false);
}

static void unmake(CvServer *server)
{
    CvListeners *listeners = server->listeners;
    cv_listeners_shut(listeners, true);
    /* Requests that did not end in time still use the server: what they hold is not freed. */
    if (server->status.connections == 0) {
        cv_listeners_close(listeners, false);
        cv_free(listeners);
        cv_service_destroy(server);
    }
}

CvServer *cv_server_start(const CvServerOptions *options, CvError *error)
{
    CvServer *server = make(options, error);
    if (server)
        cv_accept_start(server);
    return server;
}

int cv_server_port(const CvServer *server)
{
    for (size_t i = 0; i < server->listeners->count; i++)
        if (server->listeners->items[i].port)
            return server->listeners->items[i].port;
    return 0;
}

static void stop_here(CvServer *server)
{
    cv_service_stop(server);
    while (!server->stopped) {
        if (cv_in_fiber())
            (void)cv_wait_list_park(&server->stop_waiters, cv_loop_now_ms() + 100);
        else
            cv_loop_turn(100);
    }
    unmake(server);
}

/* ---- on a thread ---- */

typedef struct ThreadStart {
    const CvServerOptions *options;
    CvError *error;
    CvServer *server;
    CvServerThread *thread;
    bool done;
} ThreadStart;

static void stop_in_thread(void *argument)
{
    cv_service_stop(argument);
}

static void stop_loop(CvServer *server)
{
    (void)server;
    cv_loop_stop();
}

static void *thread_main(void *argument)
{
    ThreadStart *start = argument;
    CvServerThread *thread = start->thread;
    CvServer *server = cv_service_create(start->options, start->server->listeners, false);
    server->thread = thread;
    server->on_stopped = stop_loop;
    thread->call = cv_loop_call_create(stop_in_thread, server);
    pthread_mutex_lock(&thread->lock);
    cv_free(start->server);
    start->server = server;
    start->done = true;
    pthread_cond_signal(&thread->changed);
    pthread_mutex_unlock(&thread->lock);
    cv_accept_start(server);
    cv_loop_run();
    cv_loop_call_destroy(thread->call);
    unmake(server);
    cv_loop_turn(0);
    cv_loop_close();
    return NULL;
}

CvServer *cv_server_start_thread(const CvServerOptions *options, CvError *error)
{
    CvListeners *listeners = cv_malloc(sizeof *listeners);
    if (!cv_listeners_open(listeners, options, error)) {
        cv_free(listeners);
        return NULL;
    }
    CvServerThread *thread = cv_malloc(sizeof *thread);
    pthread_mutex_init(&thread->lock, NULL);
    pthread_cond_init(&thread->changed, NULL);
    ThreadStart start = {.options = options, .error = error, .thread = thread};
    start.server = cv_malloc(sizeof *start.server);
    start.server->listeners = listeners;
    if (pthread_create(&thread->thread, NULL, thread_main, &start) != 0) {
        cv_listeners_close(listeners, true);
        cv_free(listeners);
        cv_free(start.server);
        cv_free(thread);
        (void)cv_fail(cv_arena(), error, CV_ERROR_OS, "The server's thread could not be started.");
        return NULL;
    }
    pthread_mutex_lock(&thread->lock);
    while (!start.done)
        pthread_cond_wait(&thread->changed, &thread->lock);
    pthread_mutex_unlock(&thread->lock);
    return start.server;
}

static void stop_thread(CvServerThread *thread)
{
    cv_loop_call_send(thread->call);
    pthread_join(thread->thread, NULL);
    pthread_cond_destroy(&thread->changed);
    pthread_mutex_destroy(&thread->lock);
    cv_free(thread);
}

void cv_server_stop(CvServer *server)
{
    if (!server)
        return;
    if (server->thread)
        stop_thread(server->thread);
    else
        stop_here(server);
}
