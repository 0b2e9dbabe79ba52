/* pool.h: work for other threads: what blocks or computes long.
 *
 *     static void hash(void *argument) { Job *job = argument; ... }      // on a pool thread
 *     cv_pool_run(hash, &job);                                           // the fiber parks until it is done
 *
 * The function runs on a thread that has no fiber: it must not park, or touch what belongs to the loop's thread.
 * Outside fibers it runs inline. libuv's pool has 4 threads unless UV_THREADPOOL_SIZE says otherwise. */
#ifndef CV_LOOP_POOL_H
#define CV_LOOP_POOL_H

#include "base/error.h"

CV_API_BEGIN

/* Runs `run(argument)` on a pool thread and returns when it is done. What `run` raises there is raised again here (kind
 * and message). What it allocates from cv_arena() there is gone when it returns: results belong into `argument`. */
void cv_pool_run(void (*run)(void *argument), void *argument);

/* A lane bounds how much of one kind of work is under way: `running` at most at a time on pool threads, `waiting` more
 * fibers at most in line. */
typedef struct CvPoolLane CvPoolLane;
CvPoolLane *cv_pool_lane_create(const char *name, int running, int waiting);
void cv_pool_lane_destroy(CvPoolLane *lane);
/* As cv_pool_run(). False at once if the line is full, or when `deadline` (cv_loop_now_ms() clock, 0: none) passed
 * before the work began; *error is then CV_ERROR_BUSY (its text is static). */
bool cv_pool_lane_run(CvPoolLane *lane, void (*run)(void *argument), void *argument, uint64_t deadline,
                      CvError *error) CV_NODISCARD;

CV_API_END

#endif
