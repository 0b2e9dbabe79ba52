/* optimizer.c: fewer operations with the same effect (Django's MigrationOptimizer). */
#include "base/vector.h"
#include "migrations/autodetector.h"
#include "migrations/operations_private.h"

typedef struct Round {
    CvArena *arena;
    const char *app_label;
    const CvOperation *operations;
    size_t count;
    CV_VECTOR(CvOperation) made;
} Round;

static void take(Round *round, const CvOperation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cv_vector_push(round->arena, &round->made, operations[i]);
}

static CvReduced reduce(const Round *round, size_t at, size_t other)
{
    const CvOperation *operation = &round->operations[at];
    if (!operation->kind->reduce)
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    return operation->kind->reduce(round->arena, operation, &round->operations[other], round->app_label);
}

/* Whether all that stands between two may stand behind the second. */
static bool all_pass(const Round *round, size_t at, size_t other)
{
    for (size_t i = at + 1; i < other; i++)
        if (reduce(round, i, other).result != CV_REDUCE_PASS)
            return false;
    return true;
}

/* Looks for an operation behind this one that makes something with it. True: found, the round is over. What comes of
 * them stands where the second stood if the first may go there, else where the first stood. */
static bool reduce_at(Round *round, size_t at)
{
    bool may_move = true;
    for (size_t other = at + 1; other < round->count; other++) {
        CvReduced reduced = reduce(round, at, other);
        if (reduced.result == CV_REDUCE_REPLACE) {
            if (!may_move && !all_pass(round, at, other))
                return false;
            if (!may_move)
                take(round, reduced.made, reduced.count);
            take(round, round->operations + at + 1, other - at - 1);
            if (may_move)
                take(round, reduced.made, reduced.count);
            take(round, round->operations + other + 1, round->count - other - 1);
            return true;
        }
        may_move &= reduced.result == CV_REDUCE_PASS;
    }
    return false;
}

const CvOperation *cv_migration_optimize(CvArena *arena, const char *app_label, const CvOperation *operations,
                                         size_t count, size_t *left)
{
    Round round = {.arena = arena, .app_label = app_label, .operations = operations, .count = count};
    for (size_t at = 0; at < round.count;) {
        if (!reduce_at(&round, at)) {
            take(&round, &round.operations[at], 1);
            at++;
            continue;
        }
        round = (Round){arena, app_label, round.made.items, round.made.count, {0}};
        at = 0;
    }
    (void)cv_vector_add(arena, &round.made); /* ends in one without kind */
    *left = round.made.count - 1;
    return round.made.items;
}
