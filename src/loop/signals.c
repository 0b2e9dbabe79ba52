/* signals.c: signals of the system and calls from other threads, both through libuv. */
#include "loop/private.h"

struct CvSignalWatch {
    uv_signal_t handle;
    bool holds;
    void (*run)(int number, void *argument);
    void *argument;
};

static void on_signal(uv_signal_t *handle, int number)
{
    const CvSignalWatch *watch = handle->data;
    watch->run(number, watch->argument);
}

CvSignalWatch *cv_loop_on_signal(int number, void (*run)(int number, void *argument), void *argument, bool holds)
{
    CvSignalWatch *watch = cv_malloc(sizeof *watch);
    watch->run = run;
    watch->argument = argument;
    watch->handle.data = watch;
    int code = uv_signal_init(cv_loop_uv(), &watch->handle);
    if (code == 0)
        code = uv_signal_start(&watch->handle, on_signal, number);
    if (code != 0)
        cv_raise(CV_ERROR_OS, "Signal %d cannot be watched: %s.", number, uv_strerror(code));
    watch->holds = holds;
    if (!holds)
        cv_loop_get()->uv_weak++;
    return watch;
}

static void free_handle(uv_handle_t *handle)
{
    cv_free(handle->data);
}

void cv_loop_off_signal(CvSignalWatch *watch)
{
    if (!watch)
        return;
    (void)cv_loop_uv();
    if (!watch->holds)
        cv_loop_get()->uv_weak--;
    uv_close((uv_handle_t *)&watch->handle, free_handle);
}

/* ---- calls from other threads ---- */

struct CvLoopCall {
    uv_async_t handle;
    void (*run)(void *argument);
    void *argument;
};

static void on_call(uv_async_t *handle)
{
    const CvLoopCall *call = handle->data;
    call->run(call->argument);
}

CvLoopCall *cv_loop_call_create(void (*run)(void *argument), void *argument)
{
    CvLoopCall *call = cv_malloc(sizeof *call);
    call->run = run;
    call->argument = argument;
    call->handle.data = call;
    int code = uv_async_init(cv_loop_uv(), &call->handle, on_call);
    if (code != 0)
        cv_raise(CV_ERROR_OS, "A call into the loop cannot be made: %s.", uv_strerror(code));
    cv_loop_get()->uv_weak++;
    return call;
}

void cv_loop_call_send(CvLoopCall *call)
{
    uv_async_send(&call->handle);
}

void cv_loop_call_destroy(CvLoopCall *call)
{
    if (!call)
        return;
    (void)cv_loop_uv();
    cv_loop_get()->uv_weak--;
    uv_close((uv_handle_t *)&call->handle, free_handle);
}
