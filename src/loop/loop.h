/* loop.h: one event loop a thread: fibers, sockets, timers, the thread pool, signals, shared memory.
 *
 * A fiber is a function with a stack of its own. Where it has to wait (for a socket, a timer, a pool thread) it parks,
 * and the loop runs others; the code reads straight down. Outside fibers the same calls block the thread, so that
 * management commands and tests use the same code.
 *
 *     static void hello(void *argument) { cv_sleep(100); puts("a tenth of a second later"); }
 *
 *     cv_fiber_spawn(hello, NULL, NULL);
 *     cv_loop_run();                                   // until there is nothing left to wait for
 *
 * The loop waits in one epoll set of its own, in which every descriptor is registered once, edge-triggered. libuv's
 * loop is nested in it and serves the thread pool, signals and wake-ups from other threads. */
#ifndef CV_LOOP_LOOP_H
#define CV_LOOP_LOOP_H

#include "base/error.h"

CV_API_BEGIN

typedef struct CvLoop CvLoop;
struct uv_loop_s;

/* The loop of this thread, made at first use. */
CvLoop *cv_loop(void);
/* Runs until cv_loop_stop() is called or nothing is left that could happen: no fiber alive or ready, no timer, no
 * pool call, no descriptor or signal that is watched with `holds`. Not from within a fiber. */
void cv_loop_run(void);
/* Makes cv_loop_run() return at the end of the turn. */
void cv_loop_stop(void);
/* One turn: waits at most `timeout_ms` (-1: until something happens) and runs what became ready. */
void cv_loop_turn(int timeout_ms);
/* Frees the loop of this thread with its pooled stacks. Nothing of it may be in use. */
void cv_loop_close(void);
/* In a child after fork: forgets the parent's loop (its descriptors are closed), so that cv_loop() makes a new one. */
void cv_loop_forget(void);

/* Milliseconds of a clock that is never set, read once a turn: cheap, up to a turn old. */
uint64_t cv_loop_now_ms(void);

/* libuv's loop, for whoever has to hand handles to it directly. Ask for it each time one is started: asking makes the
 * next turn take notice. */
struct uv_loop_s *cv_loop_uv(void);

/* A function that runs at the end of every turn, before the loop waits: where work of a turn is sent off together. The
 * structure is the caller's and must stay until it is removed. */
typedef struct CvLoopHook {
    void (*run)(struct CvLoopHook *hook);
    void *argument;
    struct CvLoopHook *next, *previous;
} CvLoopHook;
void cv_loop_hook_add(CvLoopHook *hook);
void cv_loop_hook_remove(CvLoopHook *hook);

/* For a watchdog in another process: *beat is 0 while the loop waits, else the monotonic millisecond at which it last
 * came back from waiting. NULL: none. */
void cv_loop_set_beat(_Atomic uint64_t *beat);

/* Signals of the system, delivered between turns, never in a fiber. `holds`: cv_loop_run() waits for it. */
typedef struct CvSignalWatch CvSignalWatch;
CvSignalWatch *cv_loop_on_signal(int number, void (*run)(int number, void *argument), void *argument, bool holds);
void cv_loop_off_signal(CvSignalWatch *watch);

/* A call from any thread into the loop's thread: `run` is called there once for one or more sends. */
typedef struct CvLoopCall CvLoopCall;
CvLoopCall *cv_loop_call_create(void (*run)(void *argument), void *argument);
void cv_loop_call_send(CvLoopCall *call); /* any thread */
void cv_loop_call_destroy(CvLoopCall *call);

CV_API_END

#include "loop/fiber.h"
#include "loop/pool.h"
#include "loop/shared.h"
#include "loop/socket.h"
#include "loop/timer.h"

#endif
