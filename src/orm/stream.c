/* stream.c: rows that are not kept: a chunk at a time, each in an arena that the next chunk takes over. */
#include "orm/loading.h"

#define CHUNK 2000

typedef struct CvStream {
    CvQuerySet chunk; /* the set, with the rows of this chunk */
    CvQuerySet *set;
    CvLoading loading;
    CvArena *arena, *owner;
    CvDefer *defer;
    size_t size, index, chunks;
    bool more;
    bool keeps_all;
    bool keeps_first; /* the first chunk lives as long as the set, which has all its rows if there are no more */
} CvStream;

static void destroy(void *argument)
{
    CvStream *stream = argument;
    cv_arena_destroy(stream->arena);
}

static void fill(CvStream *stream)
{
    CvQuerySet *chunk = &stream->chunk;
    bool keep = stream->keeps_all || (stream->keeps_first && !stream->chunks);
    stream->chunks++;
    CvArena *arena = keep ? stream->owner : stream->arena;
    cv_arena_reset(stream->arena);
    cv_loading_chunk(&stream->loading, arena);
    chunk->rows = cv_arena_alloc_raw(arena, cv_size_multiply(stream->size, chunk->row_size), 16);
    chunk->row_count = 0;
    stream->index = 0;
    while (chunk->row_count < stream->size && (stream->more = cv_loading_next(&stream->loading)))
        cv_loading_read(&stream->loading, chunk->rows + chunk->row_count++ * chunk->row_size);
    if (!stream->more)
        cv_loading_end(&stream->loading);
    if (chunk->prefetches) {
        CvArena *outer = cv_arena_enter(arena);
        cv_prefetch_set(chunk);
        cv_arena_leave(outer);
    }
    if (!keep || stream->more || stream->keeps_all)
        return;
    stream->set->rows = chunk->rows;
    stream->set->row_size = chunk->row_size;
    stream->set->row_count = chunk->row_count;
    stream->set->fetched = true;
}

static CvIterate begin(CvQuerySet *set, size_t chunk_size, bool keeps_first)
{
    CvStream *stream = cv_new(CvStream);
    stream->set = set;
    stream->size = chunk_size ? chunk_size : CHUNK;
    stream->keeps_first = keeps_first;
    if (set->fetched)
        return (CvIterate){stream, true};
    stream->owner = cv_arena();
    stream->defer = cv_arena_defer(stream->owner, destroy, stream); /* first: nothing is lost where memory ends */
    stream->arena = cv_arena_create(0);
    stream->arena->name = "stream";
    stream->chunk = *set;
    cv_loading_begin(&stream->loading, set);
    stream->chunk.row_size = stream->loading.row_size;
    stream->chunk.fetched = true;
    stream->more = stream->loading.open;
    return (CvIterate){stream, true};
}

CvIterate cv_iterate_begin(CvQuerySet *set, size_t chunk_size)
{
    return begin(set, chunk_size, false);
}

void *cv_iterate_next(CvIterate *iterate)
{
    CvStream *stream = iterate->stream;
    if (!stream)
        return NULL;
    if (!stream->owner) /* it was evaluated before */
        return stream->index < stream->set->row_count ? stream->set->rows + stream->set->row_size * stream->index++
                                                      : NULL;
    if (stream->index == stream->chunk.row_count && stream->more)
        fill(stream);
    if (stream->index < stream->chunk.row_count)
        return stream->chunk.rows + stream->index++ * stream->chunk.row_size;
    cv_iterate_left(iterate);
    return NULL;
}

void cv_iterate_left(CvIterate *iterate)
{
    CvStream *stream = iterate->stream;
    iterate->stream = NULL;
    if (!stream || !stream->arena)
        return;
    cv_loading_end(&stream->loading);
    cv_arena_undefer(stream->owner, stream->defer);
    cv_arena_destroy(stream->arena);
    stream->arena = NULL;
}

CvList *cv_set_chunks(CvQuerySet *set, size_t chunk_size)
{
    CvArena *arena = cv_arena();
    CvList *list = cv_list_create(arena);
    CvIterate iterate = begin(set, chunk_size, false);
    iterate.stream->keeps_all = true;
    for (void *row; (row = cv_iterate_next(&iterate)) != NULL;)
        cv_list_add(arena, list, set->rows_kind <= CV_ROWS_RECORDS ? cv_value_object(row) : *(const CvValue *)row);
    return list;
}

/* ---- sets as templates walk them ---- */

static bool next_kept(CvIterator *iterator, CvValue *out)
{
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)iterator->object;
    if (iterator->index >= set->row_count)
        return false;
    *out = cv_item_of(set, iterator->index++);
    return true;
}

static bool next_streamed(CvIterator *iterator, CvValue *out)
{
    const CvQuerySet *set = iterator->object;
    void *row = cv_iterate_next(iterator->state);
    if (row)
        *out = set->rows_kind <= CV_ROWS_RECORDS ? cv_value_object(row) : *(const CvValue *)row;
    return row != NULL;
}

/* The first chunk is kept: a set that fits into it is an evaluated set ever after. What is longer is not held, unless
 * the caller keeps items, or walks the set again: then all its rows are, so that loops inside or after it cost one
 * more query and agree with each other. */
void cv_set_iterate(const void *object, CvIterator *iterator)
{
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)object;
    if (iterator->keeps || set->walked)
        cv_set_fetch(set);
    set->walked = true;
    iterator->next = set->fetched ? next_kept : next_streamed;
    if (set->fetched)
        return;
    CvIterate *iterate = cv_new(CvIterate);
    *iterate = begin(set, CHUNK, true);
    iterator->state = iterate;
}
