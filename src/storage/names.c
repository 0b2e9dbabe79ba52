/* names.c: which names files may have: checking what a visitor sent, making it fit, finding one that is free. */
#include "crypto/crypto.h"
#include "storage/storage_private.h"
#include "text/text.h"

/* Tries before a storage that says "taken" to every name is given up. */
enum { MOST_TRIES = 1000, RANDOM_LETTERS = 7, MOST_BYTES = 255 };

static CvSlice base_name(CvSlice path)
{
    ptrdiff_t slash = cv_slice_find_last(path, CV_SLICE("/"));
    return slash < 0 ? path : cv_slice_skip(path, (size_t)slash + 1);
}

/* The folder of a path without its last slash. */
static CvSlice folder_name(CvSlice path)
{
    CvSlice folder = cv_slice_range(path, 0, path.length - base_name(path).length);
    while (folder.length > 1 && folder.data[folder.length - 1] == '/')
        folder.length--;
    return folder;
}

static bool has_way_up(CvSlice path)
{
    CvSlice part;
    while (cv_slice_split(&path, '/', &part))
        if (cv_slice_is(part, ".."))
            return true;
    return false;
}

static const char *with_slashes(CvArena *arena, const char *name)
{
    char *copy = cv_arena_strdup(arena, name);
    for (char *at = copy; *at; at++)
        if (*at == '\\')
            *at = '/';
    return copy;
}

static bool is_no_name(CvSlice name)
{
    return name.length == 0 || cv_slice_is(name, ".") || cv_slice_is(name, "..");
}

bool cv_check_file_name(CvArena *arena, const char *name, bool allow_relative_path, CvError *error)
{
    CvSlice base = base_name(cv_slice(name));
    if (is_no_name(base))
        return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "Could not derive file name from '%s'", name);
    if (allow_relative_path) {
        const char *path = with_slashes(arena, name);
        if (*path == '/' || has_way_up(cv_slice(path)))
            return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "Detected path traversal attempt in '%s'", name);
    } else if (base.length != strlen(name)) {
        return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "File name '%s' includes path elements", name);
    }
    return true;
}

/* Splits a path with either slash into folder and name; false if the folder goes up. */
static bool split(CvArena *arena, const char *name, CvSlice *folder, CvSlice *base, CvError *error)
{
    CvSlice path = cv_slice(with_slashes(arena, name));
    *folder = folder_name(path);
    *base = base_name(path);
    if (has_way_up(*folder))
        return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "Detected path traversal attempt in '%.*s'",
                       CV_SLICE_ARG(*folder));
    return true;
}

static const char *join(CvArena *arena, CvSlice folder, const char *name)
{
    if (!folder.length)
        return name;
    return cv_arena_printf(arena, "%.*s%s%s", CV_SLICE_ARG(folder), folder.data[folder.length - 1] == '/' ? "" : "/",
                           name);
}

/* ".tar.gz" of "books.tar.gz"; nothing of ".profile" and of names that end in a dot. */
static CvSlice ending_of(CvSlice name)
{
    size_t start = 0;
    if (!name.length || name.data[name.length - 1] == '.')
        return CV_SLICE("");
    while (start < name.length && name.data[start] == '.')
        start++;
    ptrdiff_t dot = cv_slice_find_byte(cv_slice_skip(name, start), '.');
    return dot < 0 ? CV_SLICE("") : cv_slice_skip(name, start + (size_t)dot);
}

bool cv_storage_get_valid_name(CvArena *arena, const CvFileStorage *storage, const char *name, const char **out,
                               CvError *error)
{
    CvSlice valid;
    if (storage->kind->valid_name)
        return storage->kind->valid_name(storage, arena, name, out, error);
    if (!cv_valid_filename(arena, cv_slice(name), &valid, error))
        return false;
    *out = cv_slice_string(arena, valid);
    return true;
}

const char *cv_storage_get_alternative_name(CvArena *arena, const CvFileStorage *storage, const char *root,
                                            const char *ending)
{
    if (storage->kind->alternative_name)
        return storage->kind->alternative_name(storage, arena, root, ending);
    if (storage->allow_overwrite)
        return cv_arena_printf(arena, "%s%s", root, ending);
    return cv_arena_printf(arena, "%s_%s%s", root, cv_random_string(arena, RANDOM_LETTERS, NULL), ending);
}

/* How far a path is over the limits: in characters, and the last part's bytes over what file systems take. */
static size_t points_over(const char *path, size_t max_length)
{
    size_t length = cv_utf8_count(cv_slice(path));
    return max_length && length > max_length ? length - max_length : 0;
}
static size_t bytes_over(const char *path)
{
    size_t length = base_name(cv_slice(path)).length;
    return length > MOST_BYTES ? length - MOST_BYTES : 0;
}

static bool is_free(CvArena *arena, const CvFileStorage *storage, const char *name, size_t max_length, bool *out,
                    CvError *error)
{
    bool exists = false;
    *out = false;
    if (points_over(name, max_length) || bytes_over(name))
        return true;
    if (!storage->allow_overwrite && !cv_storage_exists(arena, storage, name, &exists, error))
        return false;
    *out = !exists;
    return true;
}

/* A path with another name at its end, `root` cut until it fits; NULL if nothing of it is left. */
static const char *another(CvArena *arena, const CvFileStorage *storage, CvSlice folder, CvSlice *root,
                           const char *ending, size_t max_length)
{
    for (;;) {
        const char *name = cv_storage_get_alternative_name(arena, storage, cv_slice_string(arena, *root), ending);
        const char *path = join(arena, folder, name);
        size_t points = points_over(path, max_length), bytes = bytes_over(path), kept = cv_utf8_count(*root);
        if (!points && !bytes)
            return path;
        if (kept <= points || root->length <= bytes)
            return NULL;
        *root = points ? cv_utf8_take(*root, kept - points) : cv_slice_range(*root, 0, root->length - bytes);
        root->length = cv_utf8_valid_prefix(*root);
        if (!root->length)
            return NULL;
    }
}

bool cv_storage_get_available_name(CvArena *arena, const CvFileStorage *storage, const char *name, size_t max_length,
                                   const char **out, CvError *error)
{
    CvSlice folder, base;
    if (!split(arena, name, &folder, &base, error) ||
        !cv_check_file_name(arena, cv_slice_string(arena, base), false, error))
        return false;
    CvSlice ending = ending_of(base), root = cv_slice_range(base, 0, base.length - ending.length);
    const char *path = join(arena, folder, cv_slice_string(arena, base));
    for (int tries = 0; path && tries < MOST_TRIES; tries++) {
        bool free_name;
        if (!is_free(arena, storage, path, max_length, &free_name, error))
            return false;
        if (free_name) {
            *out = path;
            return true;
        }
        path = another(arena, storage, folder, &root, cv_slice_string(arena, ending), max_length);
    }
    return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE,
                   "Storage can not find an available filename for \"%s\". Please make sure that the corresponding "
                   "file field allows sufficient \"max_length\".",
                   name);
}

bool cv_storage_generate_filename(CvArena *arena, const CvFileStorage *storage, const char *name, const char **out,
                                  CvError *error)
{
    CvSlice folder, base;
    const char *valid;
    if (!split(arena, name, &folder, &base, error) ||
        !cv_storage_get_valid_name(arena, storage, cv_slice_string(arena, base), &valid, error))
        return false;
    const char *path = join(arena, folder, valid);
    bool absolute = *path == '/';
    const char *clean = cv_path_beneath(arena, absolute ? path + strspn(path, "/") : path);
    *out = absolute ? cv_arena_printf(arena, "/%s", clean) : clean;
    return true;
}

/* ---- paths ---- */

const char *cv_path_beneath(CvArena *arena, const char *name)
{
    CvSlice rest = cv_slice(name), part;
    CvBuffer path = cv_buffer(arena);
    if (*name == '/')
        return NULL;
    while (cv_slice_split(&rest, '/', &part)) {
        if (part.length == 0 || cv_slice_is(part, "."))
            continue;
        if (cv_slice_is(part, "..")) {
            if (!path.length)
                return NULL;
            ptrdiff_t slash = cv_slice_find_last(cv_buffer_slice(&path), CV_SLICE("/"));
            path.length = slash < 0 ? 0 : (size_t)slash;
            continue;
        }
        if (path.length)
            cv_buffer_append_byte(&path, '/');
        cv_buffer_append_slice(&path, part);
    }
    return cv_buffer_string(&path);
}

const char *cv_path_beneath_or_fail(CvArena *arena, const char *name, CvError *error)
{
    const char *path = cv_path_beneath(arena, name);
    if (!path)
        cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "The path (%s) is located outside of the storage.", name);
    return path;
}
