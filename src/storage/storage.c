/* storage.c: what all storages share: saving under a free name, checked names, the site's storages. */
#include "storage/storage.h"

#include "storage/storage_private.h"
#include "text/text.h"

/* How often another name is tried where others take names at the same time. */
enum { MOST_RACES = 100 };

bool cv_storage_save(CvArena *arena, const CvFileStorage *storage, const char *name, CvFile *content, size_t max_length,
                     const char **stored, CvError *error)
{
    const char *asked = name ? name : content->name;
    if (!cv_check_file_name(arena, asked, true, error))
        return false;
    for (int races = 0; races < MOST_RACES; races++) {
        if (!cv_storage_get_available_name(arena, storage, asked, max_length, stored, error) ||
            !cv_check_file_name(arena, *stored, true, error) ||
            !(*stored = cv_path_beneath_or_fail(arena, *stored, error)))
            return false;
        cv_file_seek(content, 0);
        switch (storage->kind->save(storage, arena, *stored, content, error)) {
        case CV_SAVED:
            return true;
        case CV_SAVE_FAILED:
            return false;
        case CV_SAVE_NAME_TAKEN:
            break;
        }
    }
    return cv_fail(arena, error, CV_ERROR_OS, "No free name was found for \"%s\".", asked);
}

bool cv_storage_open(CvArena *arena, const CvFileStorage *storage, const char *name, CvFile **file, CvError *error)
{
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    return path && storage->kind->open(storage, arena, path, file, error);
}

bool cv_storage_delete(CvArena *arena, const CvFileStorage *storage, const char *name, CvError *error)
{
    if (!*name)
        return cv_fail(arena, error, CV_ERROR_VALUE, "The name must be given to delete().");
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    return path && storage->kind->remove(storage, arena, path, error);
}

bool cv_storage_exists(CvArena *arena, const CvFileStorage *storage, const char *name, bool *exists, CvError *error)
{
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    return path && storage->kind->exists(storage, arena, path, exists, error);
}

static bool not_supported(CvArena *arena, const CvFileStorage *storage, const char *what, CvError *error)
{
    return cv_fail(arena, error, CV_ERROR_NOT_SUPPORTED, "%s does not support %s.", storage->kind->name, what);
}

static int by_name(const void *a, const void *b)
{
    return cv_slice_compare(cv_value_as_slice(*(const CvValue *)a), cv_value_as_slice(*(const CvValue *)b));
}

static void sort(CvList *names)
{
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_name);
}

bool cv_storage_listdir(CvArena *arena, const CvFileStorage *storage, const char *name, CvList **folders,
                        CvList **files, CvError *error)
{
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    if (!path)
        return false;
    if (!storage->kind->list)
        return not_supported(arena, storage, "listing", error);
    *folders = cv_arena_new(arena, CvList);
    *files = cv_arena_new(arena, CvList);
    if (!storage->kind->list(storage, arena, path, *folders, *files, error))
        return false;
    sort(*folders);
    sort(*files);
    return true;
}

bool cv_storage_stat(CvArena *arena, const CvFileStorage *storage, const char *name, CvFileStat *out, CvError *error)
{
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    if (!path)
        return false;
    return storage->kind->stat ? storage->kind->stat(storage, arena, path, out, error)
                               : not_supported(arena, storage, "sizes and times", error);
}

bool cv_storage_path(CvArena *arena, const CvFileStorage *storage, const char *name, const char **out, CvError *error)
{
    const char *path = cv_path_beneath_or_fail(arena, name, error);
    if (!path)
        return false;
    return storage->kind->path ? storage->kind->path(storage, arena, path, out, error)
                               : not_supported(arena, storage, "absolute paths", error);
}

bool cv_storage_url(CvArena *arena, const CvFileStorage *storage, const char *name, const char **url, CvError *error)
{
    if (storage->kind->url)
        return storage->kind->url(storage, arena, name, url, error);
    if (!storage->base_url)
        return cv_fail(arena, error, CV_ERROR_VALUE, "This file is not accessible via a URL.");
    CvSlice path = cv_url_of_file(arena, cv_slice(name)), base = cv_slice(storage->base_url);
    while (path.length && path.data[0] == '/')
        path = cv_slice_skip(path, 1);
    *url = cv_arena_printf(arena, "%s%s%.*s", storage->base_url, cv_slice_ends_with(base, CV_SLICE("/")) ? "" : "/",
                           CV_SLICE_ARG(path));
    return true;
}

/* ---- the site's storages ---- */

static const CvFileStorage before_settings = {
    .kind = &cv_file_system_storage, .location = "media", .base_url = "/media/"};
static const CvStorageAlias *aliases;

void cv_set_storages(const CvStorageAlias *storages)
{
    aliases = storages;
}

const CvFileStorage *cv_storage_of(const char *alias)
{
    for (const CvStorageAlias *item = aliases; item && item->alias; item++)
        if (strcmp(item->alias, alias) == 0)
            return item->storage;
    return NULL;
}

const CvFileStorage *cv_default_storage(void)
{
    const CvFileStorage *storage = cv_storage_of("default");
    return storage ? storage : &before_settings;
}
