/* map.c: entries in order of insertion, and beside them a table of positions with open addressing. Up to eight
 * entries there is no table: comparing lengths and bytes is quicker than hashing. */
#include "base/map.h"

#include "base/hash.h"

#define SMALL 8

struct CvMap {
    CvArena *arena;
    CvMapEntry *entries;
    size_t used, live, capacity; /* entries with the removed ones; without; room */
    uint32_t *table;             /* behind the entries: position + 1, 0: free */
    size_t mask;
};

static void *map_alloc(CvArena *arena, size_t size)
{
    return arena ? cv_arena_alloc(arena, size) : cv_malloc(size);
}

CvMap *cv_map_create(CvArena *arena)
{
    CvMap *map = map_alloc(arena, sizeof *map);
    map->arena = arena;
    return map;
}

void cv_map_destroy(CvMap *map)
{
    if (!map || map->arena)
        return;
    cv_free(map->entries);
    cv_free(map);
}

size_t cv_map_count(const CvMap *map)
{
    return map->live;
}

static void table_put(uint32_t *table, size_t mask, uint64_t hash, size_t position)
{
    size_t at = hash & mask;
    while (table[at])
        at = (at + 1) & mask;
    table[at] = (uint32_t)position + 1;
}

/* Drops removed entries and writes the table anew, into `entries` and `table`, which may be the map's own. */
static void map_rewrite(CvMap *map, CvMapEntry *entries, uint32_t *table, size_t mask)
{
    size_t used = 0;
    for (size_t i = 0; i < map->used; i++) {
        CvMapEntry entry = map->entries[i];
        if (entry.removed)
            continue;
        if (table) {
            if (!map->table)
                entry.hash = cv_hash(entry.key);
            table_put(table, mask, entry.hash, used);
        }
        entries[used++] = entry;
    }
    map->used = used;
}

/* Makes room for one more. */
static void map_grow(CvMap *map)
{
    if (map->capacity && map->live * 2 < map->capacity) {
        if (map->table)
            memset(map->table, 0, (map->mask + 1) * sizeof *map->table);
        map_rewrite(map, map->entries, map->table, map->mask);
        return;
    }
    size_t capacity = map->capacity ? cv_size_multiply(map->capacity, 2) : SMALL;
    if (capacity > UINT32_MAX / 2)
        (void)cv_size_multiply(SIZE_MAX, 2);
    /* Both in one piece: a second allocation that fails would lose the first. */
    size_t mask = capacity * 2 - 1;
    size_t bytes = cv_size_multiply(capacity, sizeof(CvMapEntry) + (capacity > SMALL ? 2 * sizeof(uint32_t) : 0));
    CvMapEntry *entries = map_alloc(map->arena, bytes);
    uint32_t *table = capacity > SMALL ? (uint32_t *)(void *)(entries + capacity) : NULL;
    map_rewrite(map, entries, table, mask);
    if (!map->arena)
        cv_free(map->entries);
    map->entries = entries;
    map->table = table;
    map->mask = mask;
    map->capacity = capacity;
}

static CvMapEntry *map_find(const CvMap *map, CvSlice key, uint64_t hash)
{
    if (!map->table) {
        for (size_t i = 0; i < map->used; i++)
            if (!map->entries[i].removed && cv_slice_equal(map->entries[i].key, key))
                return &map->entries[i];
        return NULL;
    }
    for (size_t at = hash & map->mask; map->table[at]; at = (at + 1) & map->mask) {
        CvMapEntry *entry = &map->entries[map->table[at] - 1];
        if (entry->hash == hash && !entry->removed && cv_slice_equal(entry->key, key))
            return entry;
    }
    return NULL;
}

bool cv_map_find(const CvMap *map, CvSlice key, void **value)
{
    const CvMapEntry *entry = map_find(map, key, map->table ? cv_hash(key) : 0);
    if (entry && value)
        *value = entry->value;
    return entry != NULL;
}

void *cv_map_get(const CvMap *map, CvSlice key)
{
    const CvMapEntry *entry = map_find(map, key, map->table ? cv_hash(key) : 0);
    return entry ? entry->value : NULL;
}

void cv_map_set(CvMap *map, CvSlice key, void *value)
{
    uint64_t hash = map->table ? cv_hash(key) : 0;
    CvMapEntry *entry = map_find(map, key, hash);
    if (entry) {
        entry->value = value;
        return;
    }
    if (map->used == map->capacity) {
        map_grow(map);
        hash = map->table ? cv_hash(key) : 0;
    }
    map->entries[map->used] = (CvMapEntry){key, value, hash, false};
    if (map->table)
        table_put(map->table, map->mask, hash, map->used);
    map->used++;
    map->live++;
}

bool cv_map_remove(CvMap *map, CvSlice key)
{
    CvMapEntry *entry = map_find(map, key, map->table ? cv_hash(key) : 0);
    if (!entry)
        return false;
    /* The table goes on pointing here, so that searches for later keys pass by. */
    entry->removed = true;
    map->live--;
    return true;
}

const CvMapEntry *cv_map_next(const CvMap *map, const CvMapEntry *entry)
{
    if (!map->used)
        return NULL;
    entry = entry ? entry + 1 : map->entries;
    while (entry < map->entries + map->used && entry->removed)
        entry++;
    return entry < map->entries + map->used ? entry : NULL;
}
