/* pool.c: calls on libuv's thread pool that park the fiber, and lanes that bound them. */
#include "loop/private.h"

typedef struct Job {
    uv_work_t work;
    void (*run)(void *argument);
    void *argument;
    CvFiber *fiber;
    bool done, failed;
    CvError error;
    char message[256]; /* of the error, which the thread's arena does not keep */
} Job;

/* A raise must not cross libuv's frames: it is taken along to the fiber. */
static void on_thread(uv_work_t *work)
{
    Job *job = work->data;
    CvError *error;
    if (!cv_try(job->run, job->argument, &error)) {
        job->failed = true;
        job->error = *error;
        snprintf(job->message, sizeof job->message, "%s", error->message ? error->message : "");
        job->error.message = job->error.detail = job->error.hint = NULL;
        job->error.cause = NULL;
    }
    /* Nobody else empties it, and the thread lives as long as the process. */
    if (cv_self()->arena)
        cv_arena_reset(cv_self()->arena);
}

static void on_done(uv_work_t *work, int status)
{
    (void)status;
    Job *job = work->data;
    job->done = true;
    cv_fiber_wake(job->fiber);
}

/* Parks until it is done. */
static void run_job(void *argument)
{
    Job *job = argument;
    job->fiber = cv_fiber_current();
    job->work.data = job;
    int code = uv_queue_work(cv_loop_uv(), &job->work, on_thread, on_done);
    if (code != 0)
        cv_raise(CV_ERROR_OS, "The thread pool took no work: %s.", uv_strerror(code));
    while (!job->done)
        (void)cv_fiber_park(0);
    if (!job->failed)
        return;
    job->error.message = cv_strdup(job->message);
    cv_raise_error(&job->error);
}

void cv_pool_run(void (*run)(void *argument), void *argument)
{
    if (!cv_in_fiber()) {
        run(argument);
        return;
    }
    Job job = {.run = run, .argument = argument};
    run_job(&job);
}

/* ---- backtraces ---- */

static void try_job(void *argument)
{
    Job *job = argument;
    cv_pool_run(job->run, job->argument);
}

/* Where the pool takes no work, the frames stay without names. */
void cv_pool_offload(void (*run)(void *argument), void *argument)
{
    Job job = {.run = run, .argument = argument};
    (void)!cv_try(try_job, &job, NULL);
}

/* ---- lanes ---- */

struct CvPoolLane {
    const char *name;
    int running, running_most;
    int waiting, waiting_most;
    CvWaitList line;
};

CvPoolLane *cv_pool_lane_create(const char *name, int running, int waiting)
{
    CvPoolLane *lane = cv_malloc(sizeof *lane);
    *lane = (CvPoolLane){.name = name, .running_most = running < 1 ? 1 : running, .waiting_most = waiting};
    return lane;
}

void cv_pool_lane_destroy(CvPoolLane *lane)
{
    cv_free(lane);
}

static bool refuse(CvError *error, const char *why)
{
    if (error)
        *error = (CvError){.kind = CV_ERROR_BUSY, .message = why, .file = __FILE__, .line = __LINE__};
    return false;
}

static void leave(CvPoolLane *lane)
{
    /* The place is handed on: whoever is woken owns it already. */
    if (!cv_wait_list_wake(&lane->line))
        lane->running--;
}

bool cv_pool_lane_run(CvPoolLane *lane, void (*run)(void *argument), void *argument, uint64_t deadline, CvError *error)
{
    if (!cv_in_fiber()) {
        run(argument);
        return true;
    }
    if (lane->running >= lane->running_most) {
        if (lane->waiting >= lane->waiting_most)
            return refuse(error, "Too much of this work is waiting already.");
        lane->waiting++;
        bool in_time = cv_wait_list_park(&lane->line, deadline);
        lane->waiting--;
        if (!in_time)
            return refuse(error, "This work waited too long for its turn.");
    } else {
        lane->running++;
    }
    Job job = {.run = run, .argument = argument};
    CvError *raised;
    bool good = cv_try(run_job, &job, &raised);
    leave(lane);
    if (!good)
        cv_raise_error(raised);
    return true;
}
