/* zone.c: the zones of this process: read once, kept for ever. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "base/read.h"
#include "base/self.h"
#include "base/zone_private.h"

#define FILE_MAX ((size_t)256 * 1024)
#define FIXED_MAX 4096 /* offsets come from visitors' texts: their number is bounded */

static const CvZone utc = {.name = "UTC", .form = CV_ZONE_FIXED, .fixed = {0, false, "UTC"}};
static const CvZone naive = {.name = "", .form = CV_ZONE_NAIVE, .fixed = {0, false, ""}};
const CvZone *const cv_zone_utc = &utc;
const CvZone *const cv_zone_naive = &naive;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static CvArena *zone_arena;
static CvMap *zones, *fixed_zones;

const char *cv_zone_name(const CvZone *zone)
{
    return zone->name;
}

static bool is_zone_name(CvSlice name)
{
    if (!name.length || name.length > 100)
        return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool first = i == 0 || name.data[i - 1] == '/';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (first || !((c >= '0' && c <= '9') || memchr("_+-/", c, 4))))
            return false;
    }
    return name.data[name.length - 1] != '/';
}

/* The bytes of a regular file of a sane size, or an empty slice. */
static CvSlice read_file(CvArena *arena, const char *path)
{
    CvSlice none = {NULL, 0};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return none;
    struct stat about;
    CvSlice result = none;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 && about.st_size <= (off_t)FILE_MAX) {
        char *bytes = cv_arena_alloc_raw(arena, (size_t)about.st_size, 1);
        size_t have = cv_read_fully(file, bytes, (size_t)about.st_size);
        result = cv_slice_of(bytes, have);
    }
    close(file);
    return result;
}

static void make_tables(void)
{
    if (!zone_arena)
        zone_arena = cv_arena_create(0);
    if (!zones)
        zones = cv_map_create(zone_arena);
    if (!fixed_zones)
        fixed_zones = cv_map_create(zone_arena);
}

typedef struct Load {
    CvSlice name;
    int32_t offset;
    bool fixed;
    const CvZone *zone;
} Load;

static void load_table(Load *load)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    const char *folder = getenv("TZDIR");
    const char *path =
        cv_arena_printf(scratch.arena, "%s/%.*s", folder ? folder : "/usr/share/zoneinfo", CV_SLICE_ARG(load->name));
    CvSlice bytes = read_file(scratch.arena, path);
    CvArenaMark mark = cv_arena_mark(zone_arena);
    CvZone *zone = cv_arena_new(zone_arena, CvZone);
    if (bytes.length && cv_zone_parse(zone_arena, bytes, zone)) {
        CvSlice kept = cv_slice_copy(zone_arena, load->name);
        zone->name = kept.data;
        cv_map_set(zones, kept, zone);
        load->zone = zone;
    } else {
        cv_arena_rewind(zone_arena, mark);
    }
    cv_scratch_end(scratch);
}

static void load_fixed(Load *load)
{
    if (cv_map_count(fixed_zones) >= FIXED_MAX)
        return;
    CvZone *zone = cv_arena_new(zone_arena, CvZone);
    const char *key = cv_arena_printf(zone_arena, "%d %.*s", (int)load->offset, CV_SLICE_ARG(load->name));
    int32_t size = load->offset < 0 ? -load->offset : load->offset;
    if (load->name.data)
        zone->name = cv_slice_string(zone_arena, load->name);
    else if (size % 60)
        zone->name = cv_arena_printf(zone_arena, "%c%02d:%02d:%02d", load->offset < 0 ? '-' : '+', size / 3600,
                                     size / 60 % 60, size % 60);
    else
        zone->name =
            cv_arena_printf(zone_arena, "%c%02d:%02d", load->offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    zone->form = CV_ZONE_FIXED;
    /* Python's datetime.timezone calls itself "UTC+01:00". */
    const char *shown = load->name.data ? zone->name : cv_arena_printf(zone_arena, "UTC%s", zone->name);
    zone->fixed = (CvZoneType){load->offset, false, shown};
    cv_map_set(fixed_zones, cv_slice(key), zone);
    load->zone = zone;
}

/* Runs under cv_try, so that the lock is given back where memory ends. */
static void find_or_load(void *argument)
{
    Load *load = argument;
    make_tables();
    if (!load->fixed) {
        load->zone = cv_map_get(zones, load->name);
        if (!load->zone)
            load_table(load);
        return;
    }
    char key[160];
    snprintf(key, sizeof key, "%d %.*s", (int)load->offset, CV_SLICE_ARG(load->name));
    load->zone = cv_map_get(fixed_zones, cv_slice(key));
    if (!load->zone)
        load_fixed(load);
}

static const CvZone *locked(Load *load)
{
    CvError *error = NULL;
    pthread_mutex_lock(&lock);
    bool good = cv_try(find_or_load, load, &error);
    pthread_mutex_unlock(&lock);
    if (!good)
        cv_raise_error(error);
    return load->zone;
}

const CvZone *cv_zone(const char *name)
{
    Load load = {.name = cv_slice(name)};
    if (cv_slice_is(load.name, "UTC"))
        return cv_zone_utc;
    return is_zone_name(load.name) ? locked(&load) : NULL;
}

const CvZone *cv_zone_fixed(int32_t utc_offset_seconds, const char *name)
{
    Load load = {.name = cv_slice(name), .offset = utc_offset_seconds, .fixed = true};
    if (utc_offset_seconds <= -86400 || utc_offset_seconds >= 86400 || load.name.length > 100)
        return NULL;
    return locked(&load);
}
