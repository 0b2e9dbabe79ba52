/* optimizer.c: fewer operations with the same effect (Django's MigrationOptimizer).
 *
 * What comes out is what Django's rounds would give, each of which begins in front again after one change. But two
 * operations that were looked at side by side are not looked at once more: with n operations that is n * n pairs and
 * not n * n * n, and ten thousand take seconds. */
#include "base/vector.h"
#include "migrations/autodetector.h"
#include "migrations/operations_private.h"

#define NOWHERE SIZE_MAX

typedef struct Entry {
    CvOperation operation;
    size_t id;   /* those that are made later have higher ones; the order of those that stay never changes */
    size_t seen; /* all lower ids were looked at; 0: none */
    /* Ids of what it could be one with, of what it cannot pass on the way there, and of what the other cannot pass;
     * as long as they stay so does this. NOWHERE: there is nothing that it could be one with. */
    size_t partner, before_partner, behind;
} Entry;

typedef struct Optimizer {
    CvArena *arena;
    const char *app_label;
    Entry *entries;
    size_t count;
    CV_VECTOR(size_t) places; /* by id; NOWHERE: it is gone */
} Optimizer;

static CvReduced reduce(const Optimizer *optimizer, size_t at, size_t other)
{
    const CvOperation *operation = &optimizer->entries[at].operation;
    if (!operation->kind->reduce)
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    return operation->kind->reduce(optimizer->arena, operation, &optimizer->entries[other].operation,
                                   optimizer->app_label);
}

/* The id of the first one between two that may not stand behind the second, or NOWHERE. */
static size_t first_that_stays(const Optimizer *optimizer, size_t at, size_t other)
{
    for (size_t i = at + 1; i < other; i++)
        if (reduce(optimizer, i, other).result != CV_REDUCE_PASS)
            return optimizer->entries[i].id;
    return NOWHERE;
}

/* What comes of two stands where the second stood, or (`in_front`) where the first stood. */
static void put(Optimizer *optimizer, size_t at, size_t other, CvReduced reduced, bool in_front)
{
    Entry *entries = optimizer->entries;
    size_t between = other - at - 1, made = in_front ? at : at + between;
    optimizer->places.items[entries[at].id] = optimizer->places.items[entries[other].id] = NOWHERE;
    memmove(entries + at + (in_front ? reduced.count : 0), entries + at + 1, between * sizeof *entries);
    memmove(entries + at + between + reduced.count, entries + other + 1,
            (optimizer->count - other - 1) * sizeof *entries);
    for (size_t i = 0; i < reduced.count; i++) {
        entries[made + i] = (Entry){.operation = reduced.made[i], .id = optimizer->places.count, .partner = NOWHERE};
        cv_vector_push(optimizer->arena, &optimizer->places, made + i);
    }
    optimizer->count = optimizer->count + reduced.count - 2;
    for (size_t i = at; i < optimizer->count; i++)
        optimizer->places.items[entries[i].id] = i;
}

/* Looks for an operation behind this one that makes something with it. True: found and done. */
static bool look(Optimizer *optimizer, size_t at)
{
    Entry *entry = &optimizer->entries[at];
    size_t stays = NOWHERE; /* the first one that this one cannot pass */
    entry->seen = optimizer->places.count;
    entry->partner = NOWHERE;
    for (size_t other = at + 1; other < optimizer->count; other++) {
        CvReduced reduced = reduce(optimizer, at, other);
        if (reduced.result == CV_REDUCE_REPLACE) {
            size_t behind = stays == NOWHERE ? NOWHERE : first_that_stays(optimizer, at, other);
            if (behind == NOWHERE) {
                put(optimizer, at, other, reduced, stays != NOWHERE);
                return true;
            }
            entry->partner = optimizer->entries[other].id;
            entry->before_partner = stays;
            entry->behind = behind;
            return false;
        }
        if (reduced.result == CV_REDUCE_BARRIER && stays == NOWHERE)
            stays = optimizer->entries[other].id;
    }
    return false;
}

/* Whether looking again may find what was not there the last time. */
static bool may_find(Optimizer *optimizer, size_t at)
{
    Entry *entry = &optimizer->entries[at];
    const size_t *places = optimizer->places.items;
    size_t end = optimizer->count;
    if (!entry->seen)
        return true;
    if (entry->partner != NOWHERE) {
        end = places[entry->partner];
        if (end == NOWHERE || places[entry->before_partner] == NOWHERE || places[entry->behind] == NOWHERE)
            return true;
    }
    for (size_t id = entry->seen; id < optimizer->places.count; id++)
        if (places[id] != NOWHERE && places[id] > at && places[id] < end &&
            reduce(optimizer, at, places[id]).result == CV_REDUCE_REPLACE)
            return true;
    entry->seen = optimizer->places.count;
    return false;
}

const CvOperation *cv_migration_optimize(CvArena *arena, const char *app_label, const CvOperation *operations,
                                         size_t count, size_t *left)
{
    Optimizer optimizer = {.arena = arena, .app_label = app_label, .count = count};
    optimizer.entries = cv_arena_new_array(arena, Entry, count + 1);
    for (size_t i = 0; i < count; i++) {
        optimizer.entries[i] = (Entry){.operation = operations[i], .id = i, .partner = NOWHERE};
        cv_vector_push(arena, &optimizer.places, i);
    }
    for (size_t at = 0; at < optimizer.count;)
        at = may_find(&optimizer, at) && look(&optimizer, at) ? 0 : at + 1;
    CvOperation *made = cv_arena_new_array(arena, CvOperation, optimizer.count + 1); /* ends in one without kind */
    for (size_t i = 0; i < optimizer.count; i++)
        made[i] = optimizer.entries[i].operation;
    *left = optimizer.count;
    return made;
}
