/* map.h: a hash map from text to a pointer that remembers the order of insertion.
 *
 *     CvMap *views = cv_map_create(arena);
 *     cv_map_set(views, cv_slice("book-list"), view);
 *     View *found = cv_map_get(views, cv_slice("book-list"));    // NULL where there is none
 *     for (const CvMapEntry *entry = NULL; (entry = cv_map_next(views, entry)); )
 *         ...
 *
 * Keys are not copied: they must live as long as the map. With arena NULL, cv_map_destroy() frees it. */
#ifndef CV_BASE_MAP_H
#define CV_BASE_MAP_H

#include "base/slice.h"

CV_API_BEGIN

typedef struct CvMap CvMap;
typedef struct CvMapEntry {
    CvSlice key;
    void *value;
    uint64_t hash;
    bool removed;
} CvMapEntry;

CvMap *cv_map_create(CvArena *arena);
void cv_map_destroy(CvMap *map);
size_t cv_map_count(const CvMap *map);
/* The value, or NULL. */
void *cv_map_get(const CvMap *map, CvSlice key);
/* True if the key is there; *value (if not NULL) gets its value. */
bool cv_map_find(const CvMap *map, CvSlice key, void **value);
/* Sets or replaces; a replaced key keeps its place. */
void cv_map_set(CvMap *map, CvSlice key, void *value);
/* False if the key was not there. */
bool cv_map_remove(CvMap *map, CvSlice key);
/* The entry after `entry` (NULL: the first), or NULL at the end. The map must not change in between. */
const CvMapEntry *cv_map_next(const CvMap *map, const CvMapEntry *entry);

CV_API_END

#endif
