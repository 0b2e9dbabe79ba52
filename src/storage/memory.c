/* memory.c: files in the memory of the process (Django's InMemoryStorage): for tests, and for what need not stay. */
#include "storage/storage_private.h"

typedef struct MemoryFile {
    CvFileStat stat;
    char *bytes;
    char *name;
} MemoryFile;

struct CvMemoryFiles {
    MemoryFile **items;
    size_t count, capacity;
};

CvMemoryFiles *cv_memory_files_create(void)
{
    return cv_malloc(sizeof(CvMemoryFiles));
}

static void free_file(MemoryFile *file)
{
    cv_free(file->bytes);
    cv_free(file->name);
    cv_free(file);
}

void cv_memory_files_destroy(CvMemoryFiles *files)
{
    for (size_t i = 0; i < files->count; i++)
        free_file(files->items[i]);
    cv_free(files->items);
    cv_free(files);
}

static CvMemoryFiles *files_of(const CvFileStorage *storage)
{
    return (CvMemoryFiles *)(uintptr_t)storage->data;
}

static MemoryFile *find(const CvFileStorage *storage, const char *name)
{
    CvMemoryFiles *files = files_of(storage);
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->name, name) == 0)
            return files->items[i];
    return NULL;
}

/* Whether the name is that of a folder: the beginning of some file's. */
static bool is_folder(const CvFileStorage *storage, CvSlice name)
{
    CvMemoryFiles *files = files_of(storage);
    if (!name.length)
        return true;
    for (size_t i = 0; i < files->count; i++) {
        CvSlice path = cv_slice(files->items[i]->name);
        if (path.length > name.length && path.data[name.length] == '/' && cv_slice_starts_with(path, name))
            return true;
    }
    return false;
}

static bool no_file(CvArena *arena, const char *name, CvError *error)
{
    return cv_fail(arena, error, CV_ERROR_DOES_NOT_EXIST, "There is no file \"%s\".", name);
}

static bool exists(const CvFileStorage *storage, CvArena *arena, const char *name, bool *out, CvError *error)
{
    (void)arena, (void)error;
    *out = find(storage, name) || is_folder(storage, cv_slice(name));
    return true;
}

/* Whether a folder of the path is a file. */
static bool goes_through_file(const CvFileStorage *storage, CvArena *arena, const char *name)
{
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/'))
        if (find(storage, cv_arena_strndup(arena, name, (size_t)(slash - name))))
            return true;
    return false;
}

static char *keep(const char *bytes, size_t length)
{
    char *copy = cv_malloc(length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

static CvSaved save(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile *content, CvError *error)
{
    CvMemoryFiles *files = files_of(storage);
    CvSlice bytes;
    if (!cv_file_read_all(content, SIZE_MAX, &bytes, error)) /* first, because it may park */
        return CV_SAVE_FAILED;
    MemoryFile *file = find(storage, name);
    if ((file && !storage->allow_overwrite) || is_folder(storage, cv_slice(name)))
        return CV_SAVE_NAME_TAKEN;
    if (goes_through_file(storage, arena, name)) {
        cv_fail(arena, error, CV_ERROR_OS, "A folder of \"%s\" is a file.", name);
        return CV_SAVE_FAILED;
    }
    if (!file) {
        if (files->count == files->capacity) {
            files->capacity = files->capacity ? cv_size_multiply(files->capacity, 2) : 16;
            files->items = cv_realloc(files->items, cv_size_multiply(files->capacity, sizeof *files->items));
        }
        file = cv_malloc(sizeof *file);
        file->name = keep(name, strlen(name));
        file->stat.created = cv_now_utc();
        files->items[files->count++] = file;
    }
    cv_free(file->bytes);
    file->bytes = keep(bytes.data, bytes.length);
    file->stat.size = bytes.length;
    file->stat.modified = file->stat.accessed = cv_now_utc();
    return CV_SAVED;
}

static bool open_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile **out, CvError *error)
{
    MemoryFile *file = find(storage, name);
    if (!file)
        return no_file(arena, name, error);
    file->stat.accessed = cv_now_utc();
    CvSlice bytes = cv_slice_copy(arena, cv_slice_of(file->bytes, file->stat.size));
    *out = cv_file_of_bytes(arena, cv_arena_strdup(arena, name), bytes);
    return true;
}

static bool remove_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvError *error)
{
    CvMemoryFiles *files = files_of(storage);
    (void)arena, (void)error;
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->name, name) == 0) {
            free_file(files->items[i]);
            files->items[i] = files->items[--files->count];
            break;
        }
    return true;
}

static bool list(const CvFileStorage *storage, CvArena *arena, const char *name, CvList *folders, CvList *out,
                 CvError *error)
{
    CvMemoryFiles *files = files_of(storage);
    CvSlice folder = cv_slice(name);
    CvMap *seen = cv_map_create(arena);
    if (!is_folder(storage, folder))
        return no_file(arena, name, error);
    for (size_t i = 0; i < files->count; i++) {
        CvSlice path = cv_slice(files->items[i]->name), part;
        if (folder.length && (!cv_slice_starts_with(path, folder) || path.data[folder.length] != '/'))
            continue;
        path = cv_slice_skip(path, folder.length ? folder.length + 1 : 0);
        bool deeper = cv_slice_find_byte(path, '/') >= 0;
        (void)cv_slice_split(&path, '/', &part);
        part = cv_slice_copy(arena, part);
        if (!deeper || !cv_map_find(seen, part, NULL))
            cv_list_add(arena, deeper ? folders : out, cv_value_slice(part));
        if (deeper)
            cv_map_set(seen, part, folders);
    }
    return true;
}

static bool stat_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvFileStat *out, CvError *error)
{
    MemoryFile *file = find(storage, name);
    if (!file)
        return no_file(arena, name, error);
    *out = file->stat;
    return true;
}

const CvFileStorageKind cv_in_memory_storage = {.name = "InMemoryStorage",
                                                .save = save,
                                                .open = open_file,
                                                .remove = remove_file,
                                                .exists = exists,
                                                .list = list,
                                                .stat = stat_file};
