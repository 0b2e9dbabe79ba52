/* fetch_mode.c: what a row lacks, fetched for it alone, for all rows that came with it, or not at all; and the warning
 * that a page asks row by row. */
#include "orm/fetch_mode.h"

#include "base/backtrace.h"
#include "base/log.h"

uint8_t cv_fetch_mode_of(const void *row)
{
    const CvPeers *peers = cv_peers_of(row);
    return peers ? peers->mode : CV_FETCH_ONE;
}

CV_NORETURN CV_COLD static void blocked(const void *row, const char *name)
{
    CvError error;
    (void)cv_fail(cv_arena(), &error, CV_ERROR_FIELD_FETCH_BLOCKED, "Fetching of %s.%s blocked.",
                  cv_row_model(row)->name, name);
    error.hint = "the set has the fetch mode CV_FETCH_RAISE: name the member in cv_select_related(), "
                 "cv_prefetch_related() or cv_only()";
    cv_raise_error(&error);
}

bool cv_fetch_relation(const void *row, const CvMember *member)
{
    const CvPeers *peers = cv_peers_of(row);
    if (CV_LIKELY(!peers || peers->mode == CV_FETCH_ONE))
        return false;
    if (peers->mode == CV_FETCH_RAISE)
        blocked(row, member->name);
    if (peers->rows.count < 2)
        return false;
    const char *const paths[] = {member->accessor, NULL};
    cv_prefetch_objects_of((void *const *)(void *)peers->rows.items, peers->rows.count, paths);
    return true;
}

#define MANY_TIMES 10

/* Where it was asked: the first frame outside of this floor. */
static CV_COLD const char *asked_at(CvArena *arena)
{
    void *addresses[16];
    CvFrame frames[16];
    int count = cv_backtrace(addresses, CV_COUNT_OF(addresses));
    cv_backtrace_resolve(arena, addresses, count, frames);
    for (int i = 0; i < count; i++) {
        if (!frames[i].file || strstr(frames[i].file, "src/orm/"))
            continue;
        if (strstr(frames[i].file, "src/template/"))
            return "a template";
        return cv_arena_printf(arena, "%s:%d", frames[i].file, frames[i].line);
    }
    return "the program";
}

void cv_fetch_counted(const void *row, const CvMember *member)
{
    if (CV_LIKELY(cv_sql_repeats(member) != MANY_TIMES))
        return;
    CvArena *arena = cv_arena();
    const char *text = cv_arena_printf(
        arena,
        "N+1 queries: %s.%s was fetched %d times, for one row each time, by %s. Give the set cv_select_related(set, "
        "\"%s\"), or cv_fetch_mode(set, CV_FETCH_PEERS).",
        cv_row_model(row)->name, member->name, MANY_TIMES, asked_at(arena), member->name);
    cv_sql_log_note(text);
    cv_log(CV_LOG_WARNING, "caravan.db", "%s", text);
}

static void take(CvRow *row, const CvColumn *column, CvValue value)
{
    cv_row_forget_deferred(row, column);
    cv_row_set(row, column, value);
}

bool cv_fetch_column(const void *row, const CvColumn *column)
{
    const CvPeers *peers = cv_peers_of(row);
    if (CV_LIKELY(!peers || peers->mode == CV_FETCH_ONE))
        return false;
    if (peers->mode == CV_FETCH_RAISE)
        blocked(row, column->name);
    if (peers->rows.count < 2)
        return false;
    const CvModel *model = cv_row_model(row);
    const CvColumn *key = cv_model_key(model);
    const char *const names[] = {key->attribute, column->attribute, NULL}, *const in[] = {"pk__in"};
    CvArena *arena = cv_arena();
    CvList *keys = cv_list_create(arena);
    CvMap *places = cv_map_create(arena);
    for (size_t i = 0; i < peers->rows.count; i++) {
        CvRow *peer = peers->rows.items[i];
        if (!cv_row_is_deferred(peer, column))
            continue;
        cv_list_add(arena, keys, cv_row_key(peer));
        cv_map_set(places, cv_related_key(cv_row_key(peer)), peer);
    }
    CvValue list = cv_value_list(keys);
    CvQuerySet *set = cv_everything_of(model);
    set->database = cv_row_home(row);
    set = cv_values_list_at(cv_filter_at(set, NULL, 1, in, &list), NULL, names, false);
    for (size_t i = 0; i < cv_length_of(set); i++) {
        const CvList *pair = cv_item_of(set, i).list;
        CvRow *peer = cv_map_get(places, cv_related_key(pair->items[0]));
        if (peer)
            take(peer, column, pair->items[1]);
    }
    return !cv_row_is_deferred(row, column);
}
