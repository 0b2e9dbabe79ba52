/* worker.c: the life of a worker process. */
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/log.h"
#include "server/private.h"

typedef struct Worker {
    CvServer *server;
    const CvServerOptions *options;
    CvListeners *listeners;
    CvSeat *seat;
    int master_pipe;
    CvSignalWatch *term, *quit;
    bool share, failed;
} Worker;

static void on_term(int number, void *argument)
{
    (void)number;
    Worker *worker = argument;
    if (!worker->server) {
        _exit(0);
    }
    /* Should the loop never come back, the kernel ends the process. */
    signal(SIGALRM, SIG_DFL);
    alarm(worker->server->limits.graceful_timeout / 1000 + 5);
    cv_service_stop(worker->server);
    cv_listeners_shut(worker->listeners, false);
}

static void on_quit(int number, void *argument)
{
    (void)number, (void)argument;
    _exit(0);
}

static void on_stopped(CvServer *server)
{
    (void)server;
    cv_loop_stop();
}

/* In a fiber, so that the hook may wait. */
static void start(void *argument)
{
    Worker *worker = argument;
    const CvServerOptions *options = worker->options;
    if (options->worker_start && !options->worker_start(options->argument)) {
        worker->failed = true;
        cv_loop_stop();
        return;
    }
    worker->server = cv_service_create(options, worker->listeners, worker->share);
    worker->server->on_stopped = on_stopped;
    cv_accept_start(worker->server);
    if (worker->seat)
        atomic_store(&worker->seat->ready, 1);
    (void)!write(worker->master_pipe, "r", 1);
}

static void stop(void *argument)
{
    const Worker *worker = argument;
    if (worker->options->worker_stop)
        worker->options->worker_stop(worker->options->argument);
}

static void set_signals(Worker *worker)
{
    /* The master speaks for the terminal. */
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    worker->term = cv_loop_on_signal(SIGTERM, on_term, worker, true);
    worker->quit = cv_loop_on_signal(SIGQUIT, on_quit, worker, false);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A worker without its master stops as if it had been asked to. */
static void follow_master(pid_t master)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != master)
        _exit(0);
}

static void run_fiber(void (*run)(void *argument), Worker *worker)
{
    if (!cv_fiber_spawn(run, worker, &(CvFiberOptions){.label = "worker"}))
        _exit(1);
}

void cv_worker_main(const CvServerOptions *options, CvListeners *listeners, CvSeat *seat, int master_pipe, pid_t master,
                    bool share)
{
    Worker worker = {
        .share = share, .options = options, .listeners = listeners, .seat = seat, .master_pipe = master_pipe};
    cv_loop_forget();
    follow_master(master);
    if (!cv_privileges_drop(options->user, options->group))
        _exit(1);
    follow_master(master); /* changing the user takes it back */
    set_signals(&worker);
    if (seat)
        cv_loop_set_beat(&seat->beat);
    run_fiber(start, &worker);
    cv_loop_run();
    if (worker.failed)
        _exit(1);
    cv_loop_off_signal(worker.term);
    cv_loop_off_signal(worker.quit);
    if (worker.server && worker.server->status.connections == 0) {
        run_fiber(stop, &worker);
        cv_loop_run();
        cv_service_destroy(worker.server);
        cv_loop_close();
    }
    exit(0);
}
