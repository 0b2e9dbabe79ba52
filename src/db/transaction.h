/* transaction.h: CV_ATOMIC and what goes with it.
 *
 *     CV_ATOMIC {
 *         cv_save(order);
 *         if (!paid)
 *             return cv_redirect(request, "cart");      // commits too, like every normal exit of the block
 *         cv_on_commit(send_receipt, order);
 *     }
 *
 * `break` and `continue` in the block end the block alone (it commits), not a loop around it.
 *
 * A write that fails within the block and is caught there (cv_try_save, cv_try) marks the block: what follows raises
 * CV_ERROR_TRANSACTION_MANAGEMENT, and its end rolls it back. Where a failure is expected, give it a block of its own.
 *
 * A raise out of the block rolls it back, at the handler. Inside another one it is a savepoint. Where the end of the
 * block is reached, a commit that fails is raised there; where a return, break or goto leaves the block it cannot be:
 * then the request is marked, and its handler answers with the error instead of the response (cv_db_failed_commit()).
 */
#ifndef CV_DB_TRANSACTION_H
#define CV_DB_TRANSACTION_H

#include "db/database.h"

CV_API_BEGIN

typedef struct CvAtomic {
    struct CvTransaction *transaction; /* NULL when the block is over */
    bool entered;
} CvAtomic;

#define CV_ATOMIC CV_ATOMIC_(__COUNTER__, NULL)
#define CV_ATOMIC_IN(alias) CV_ATOMIC_(__COUNTER__, alias)
#define CV_ATOMIC_(id, alias) CV_ATOMIC_BY_(id, cv_atomic_enter(alias))
#define CV_ATOMIC_BY_(id, enter)                                                             \
    for (CvAtomic CV_CAT(cv_atomic_, id) __attribute__((cleanup(cv_atomic_left))) = (enter); \
         CV_CAT(cv_atomic_, id).transaction != NULL; cv_atomic_done(&CV_CAT(cv_atomic_, id)))

/* CV_ATOMIC_WITH(.durable = true) { ... } */
typedef struct CvAtomicOptions {
    const char *using; /* a database's alias, NULL: the default */
    bool durable;      /* it must be the outermost block: what it did is on the disk when it ends; else it raises */
    bool no_savepoint; /* inside another block: no savepoint of its own, so that a failure undoes the outer block too */
} CvAtomicOptions;
#define CV_ATOMIC_WITH(...) CV_ATOMIC_BY_(__COUNTER__, cv_atomic_enter_with(&(CvAtomicOptions){__VA_ARGS__}))

/* Behind CV_ATOMIC. */
CvAtomic cv_atomic_enter(const char *alias);
CvAtomic cv_atomic_enter_with(const CvAtomicOptions *options);
void cv_atomic_done(CvAtomic *atomic); /* commits; raises if that fails */
void cv_atomic_left(CvAtomic *atomic); /* commits if the block was left another way; marks if that fails */

/* The innermost block will be rolled back when it ends, although nothing is raised. */
void cv_set_rollback(void);
/* True inside a CV_ATOMIC of this fiber. */
bool cv_in_atomic(void);
/* Runs after the outermost block has committed (at once outside one); forgotten if it is rolled back. */
void cv_on_commit(void (*run)(void *argument), void *argument);
/* The same; what it raises is logged, and the hooks behind it run all the same. */
void cv_on_commit_robust(void (*run)(void *argument), void *argument);

/* ---- for the floor that handles requests ---- */

/* Brackets a request: its reads share one read transaction where the database has such; at the end what was left open
 * is rolled back and connections go back. */
void cv_db_request_begin(void);
void cv_db_request_end(void);
/* The error of a commit that could not be raised since the request began, or NULL. */
const CvError *cv_db_failed_commit(void);

CV_API_END

#endif
