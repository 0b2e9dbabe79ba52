/* zone_file.c: TZif, the format of the system's zone files (RFC 8536, versions 1 to 4). */
#include "base/zone_private.h"

#define HEAD 44
#define MOST 10000 /* transitions; the largest real file has a few hundred */

typedef struct Counts {
    size_t utc, standard, leaps, times, types, letters;
} Counts;

static uint32_t big32(const char *at)
{
    const uint8_t *b = (const uint8_t *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t signed_at(const char *at, size_t width)
{
    if (width == 4)
        return (int32_t)big32(at);
    return (int64_t)((uint64_t)big32(at) << 32 | big32(at + 4));
}

static bool read_head(CvSlice file, Counts *out, char *version)
{
    if (file.length < HEAD || memcmp(file.data, "TZif", 4) != 0)
        return false;
    *version = file.data[4];
    const char *at = file.data + 20;
    *out = (Counts){big32(at), big32(at + 4), big32(at + 8), big32(at + 12), big32(at + 16), big32(at + 20)};
    return out->utc <= 256 && out->standard <= 256 && out->leaps <= MOST && out->times <= MOST && out->types >= 1 &&
           out->types <= 256 && out->letters <= 4096;
}

static size_t block_size(const Counts *counts, size_t width)
{
    return counts->times * width + counts->times + counts->types * 6 + counts->letters + counts->leaps * (width + 4) +
           counts->standard + counts->utc;
}

static bool read_types(CvArena *arena, const Counts *counts, const char *at, CvZone *zone)
{
    const char *letters = cv_arena_strndup(arena, at + counts->types * 6, counts->letters);
    CvZoneType *types = cv_arena_new_array(arena, CvZoneType, counts->types);
    for (size_t i = 0; i < counts->types; i++, at += 6) {
        types[i].offset = (int32_t)big32(at);
        types[i].dst = at[4] != 0;
        size_t name = (uint8_t)at[5];
        if (name > counts->letters || types[i].offset <= -86400 || types[i].offset >= 86400)
            return false;
        types[i].abbreviation = letters + name;
    }
    zone->types = types;
    return true;
}

static bool read_block(CvArena *arena, const Counts *counts, const char *at, size_t width, CvZone *zone)
{
    int64_t *times = cv_arena_new_array(arena, int64_t, counts->times);
    uint8_t *indexes = cv_arena_new_array(arena, uint8_t, counts->times);
    for (size_t i = 0; i < counts->times; i++) {
        times[i] = signed_at(at + i * width, width);
        indexes[i] = (uint8_t)at[counts->times * width + i];
        if (indexes[i] >= counts->types || (i && times[i] <= times[i - 1]))
            return false;
    }
    zone->count = counts->times;
    zone->times = times;
    zone->indexes = indexes;
    if (!read_types(arena, counts, at + counts->times * (width + 1), zone))
        return false;
    /* Before the first transition the first standard type holds. */
    zone->fixed = zone->types[0];
    for (size_t i = 0; i < counts->types; i++)
        if (!zone->types[i].dst) {
            zone->fixed = zone->types[i];
            break;
        }
    return true;
}

bool cv_zone_parse(CvArena *arena, CvSlice file, CvZone *zone)
{
    Counts counts;
    char version;
    size_t width = 4;
    if (!read_head(file, &counts, &version))
        return false;
    if (version >= '2') { /* the same again with 64 bits a time */
        size_t first = HEAD + block_size(&counts, 4);
        if (first > file.length)
            return false;
        file = cv_slice_skip(file, first);
        width = 8;
        if (!read_head(file, &counts, &version))
            return false;
    }
    file = cv_slice_skip(file, HEAD);
    if (block_size(&counts, width) > file.length || !read_block(arena, &counts, file.data, width, zone))
        return false;
    zone->form = CV_ZONE_TABLE;
    file = cv_slice_skip(file, block_size(&counts, width));
    if (width == 8 && file.length >= 2 && file.data[0] == '\n' && file.data[file.length - 1] == '\n') {
        CvSlice footer = cv_slice_range(file, 1, file.length - 1);
        zone->has_rule = footer.length && cv_zone_rule_parse(arena, footer, &zone->rule);
        return zone->has_rule || !footer.length;
    }
    return width == 4;
}
