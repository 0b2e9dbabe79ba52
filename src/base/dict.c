/* dict.c: dicts from values to values: entries in order of insertion, a table of positions beside them. */
#include "base/hash.h"
#include "base/value_private.h"

#define SMALL 8 /* up to here entries are compared one by one: no table */

struct CvDict {
    CvArena *arena;
    CvDictEntry *entries;
    size_t used, live, capacity;
    uint32_t *table; /* position + 1, 0: free */
    size_t mask;
};

CvDict *cv_dict_create(CvArena *arena)
{
    CvDict *dict = cv_arena_new(arena, CvDict);
    dict->arena = arena;
    return dict;
}

size_t cv_dict_count(const CvDict *dict)
{
    return dict->live;
}

static void table_put(uint32_t *table, size_t mask, uint64_t hash, size_t position)
{
    size_t at = hash & mask;
    while (table[at])
        at = (at + 1) & mask;
    table[at] = (uint32_t)position + 1;
}

/* Drops removed entries and writes the table anew, into `entries` and `table`, which may be the dict's own. */
static void dict_rewrite(CvDict *dict, CvDictEntry *entries, uint32_t *table, size_t mask)
{
    size_t used = 0;
    for (size_t i = 0; i < dict->used; i++) {
        CvDictEntry entry = dict->entries[i];
        if (entry.removed)
            continue;
        if (table) {
            if (!dict->table)
                entry.hash = cv_value_hash(entry.key);
            table_put(table, mask, entry.hash, used);
        }
        entries[used++] = entry;
    }
    dict->used = used;
}

/* Makes room for one more. */
static void dict_grow(CvDict *dict)
{
    if (dict->capacity && dict->live * 2 < dict->capacity) {
        if (dict->table)
            memset(dict->table, 0, (dict->mask + 1) * sizeof *dict->table);
        dict_rewrite(dict, dict->entries, dict->table, dict->mask);
        return;
    }
    size_t capacity = dict->capacity ? cv_size_multiply(dict->capacity, 2) : SMALL;
    if (capacity > UINT32_MAX / 2)
        (void)cv_size_multiply(SIZE_MAX, 2);
    CvDictEntry *entries = cv_arena_alloc_raw(dict->arena, cv_size_multiply(capacity, sizeof *entries), 16);
    size_t mask = capacity * 2 - 1;
    uint32_t *table = capacity > SMALL ? cv_arena_new_array(dict->arena, uint32_t, mask + 1) : NULL;
    dict_rewrite(dict, entries, table, mask);
    dict->entries = entries;
    dict->table = table;
    dict->mask = mask;
    dict->capacity = capacity;
}

static bool same_key(CvValue a, CvValue b)
{
    if (a.kind == CV_STRING && b.kind == CV_STRING)
        return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
    return cv_value_equal(a, b);
}

static CvDictEntry *dict_find(const CvDict *dict, CvValue key, uint64_t hash)
{
    if (!dict->table) {
        for (size_t i = 0; i < dict->used; i++)
            if (!dict->entries[i].removed && same_key(dict->entries[i].key, key))
                return &dict->entries[i];
        return NULL;
    }
    for (size_t at = hash & dict->mask; dict->table[at]; at = (at + 1) & dict->mask) {
        CvDictEntry *entry = &dict->entries[dict->table[at] - 1];
        if (entry->hash == hash && !entry->removed && same_key(entry->key, key))
            return entry;
    }
    return NULL;
}

bool cv_dict_get(const CvDict *dict, CvValue key, CvValue *value)
{
    const CvDictEntry *entry = dict_find(dict, key, dict->table ? cv_value_hash(key) : 0);
    if (entry)
        *value = entry->value;
    return entry != NULL;
}

bool cv_dict_get_slice(const CvDict *dict, CvSlice key, CvValue *value)
{
    return cv_dict_get(dict, cv_value_slice(key), value);
}

void cv_dict_set(CvDict *dict, CvValue key, CvValue value)
{
    uint64_t hash = dict->table ? cv_value_hash(key) : 0;
    CvDictEntry *entry = dict_find(dict, key, hash);
    if (entry) {
        entry->value = value;
        return;
    }
    if (dict->used == dict->capacity) {
        dict_grow(dict);
        hash = dict->table ? cv_value_hash(key) : 0;
    }
    dict->entries[dict->used] = (CvDictEntry){key, value, hash, false};
    if (dict->table)
        table_put(dict->table, dict->mask, hash, dict->used);
    dict->used++;
    dict->live++;
}

void cv_dict_set_name(CvDict *dict, const char *key, CvValue value)
{
    cv_dict_set(dict, cv_value_slice(cv_slice(key)), value);
}

bool cv_dict_remove(CvDict *dict, CvValue key)
{
    CvDictEntry *entry = dict_find(dict, key, dict->table ? cv_value_hash(key) : 0);
    if (!entry)
        return false;
    entry->removed = true; /* the table goes on pointing here, so that searches pass by */
    dict->live--;
    return true;
}

const CvDictEntry *cv_dict_next(const CvDict *dict, const CvDictEntry *entry)
{
    if (!dict->used)
        return NULL;
    entry = entry ? entry + 1 : dict->entries;
    while (entry < dict->entries + dict->used && entry->removed)
        entry++;
    return entry < dict->entries + dict->used ? entry : NULL;
}
