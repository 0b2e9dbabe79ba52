/* field_path.c: a field whose choices are the files of a folder, read when the form's type is prepared. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/vector.h"
#include "forms/field_private.h"
#include "text/i18n.h"
#include "text/regex.h"

typedef struct Names {
    const char **items;
    size_t count, capacity;
} Names;

/* One folder: what is in it, each kind by name. `folders` are those that may be chosen. */
typedef struct Folder {
    const char *path;
    Names files, folders;
} Folder;

typedef struct Folders {
    Folder *items;
    size_t count, capacity;
} Folders;

typedef struct Paths {
    CvOption *items;
    size_t count, capacity;
} Paths;

enum { MOST_PATH_DEPTH = 32 };

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const Folder *)a)->path, ((const Folder *)b)->path);
}

static void sort_names(Names *names)
{
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_name);
}

static const char *joined(CvArena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    return cv_arena_printf(arena, "%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
}

/* What a folder holds; false with errno if it cannot be read. A whole tree takes all that is no folder as files, as
 * Django does; a folder alone takes regular ones. */
static bool read_folder(CvArena *arena, const char *path, bool tree, Folder *out)
{
    DIR *open = opendir(path);
    *out = (Folder){.path = path};
    if (!open)
        return false;
    for (struct dirent *entry; (entry = readdir(open));) {
        struct stat info;
        const char *name = cv_arena_strdup(arena, entry->d_name);
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        bool known = stat(joined(arena, path, name), &info) == 0;
        if (known && S_ISDIR(info.st_mode))
            cv_vector_push(arena, &out->folders, name);
        else if (tree || (known && S_ISREG(info.st_mode)))
            cv_vector_push(arena, &out->files, name);
    }
    closedir(open);
    sort_names(&out->files);
    sort_names(&out->folders);
    return true;
}

/* A folder and all below it; links to folders are not followed, so that a walk ends. */
static void walk(CvArena *arena, const char *path, int depth, Folders *out)
{
    Folder folder;
    if (depth > MOST_PATH_DEPTH || !read_folder(arena, path, true, &folder))
        return;
    for (size_t i = 0; i < folder.folders.count; i++) {
        const char *inner = joined(arena, path, folder.folders.items[i]);
        struct stat info;
        if (lstat(inner, &info) == 0 && S_ISDIR(info.st_mode))
            walk(arena, inner, depth + 1, out);
    }
    cv_vector_push(arena, out, folder);
}

static bool is_wanted(const CvRegex *match, const char *name)
{
    return strcmp(name, "__pycache__") != 0 &&
           (!match || cv_regex_match(match, cv_slice(name), CV_REGEX_SEARCH, NULL, 0));
}

/* In a tree the text of a choice is its way from the field's folder. */
static void add_choices(const CvFormField *field, CvArena *arena, const CvRegex *match, const char *folder,
                        const Names *names, Paths *paths)
{
    for (size_t i = 0; i < names->count; i++) {
        const char *path = joined(arena, folder, names->items[i]);
        const char *label = field->recursive ? path + strlen(field->path) : names->items[i];
        if (is_wanted(match, names->items[i]))
            cv_vector_push(arena, paths, ((CvOption){.value = cv_value_string(path), .label = cv_value_string(label)}));
    }
}

static void add_tree(const CvFormField *field, CvArena *arena, const CvRegex *match, Paths *paths)
{
    Folders all = {0};
    walk(arena, field->path, 0, &all);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_path);
    for (size_t i = 0; i < all.count; i++) {
        if (!field->no_files)
            add_choices(field, arena, match, all.items[i].path, &all.items[i].files, paths);
        if (field->allow_folders)
            add_choices(field, arena, match, all.items[i].path, &all.items[i].folders, paths);
    }
}

static void add_folder(const CvFormField *field, CvArena *arena, const CvRegex *match, Paths *paths)
{
    Folder folder;
    Names wanted = {0};
    if (!read_folder(arena, field->path, false, &folder))
        cv_raise(CV_ERROR_OS, "The folder of the FilePathField '%s' cannot be read: '%s': %s.", field->name,
                 field->path, strerror(errno));
    for (size_t i = 0; !field->no_files && i < folder.files.count; i++)
        cv_vector_push(arena, &wanted, folder.files.items[i]);
    for (size_t i = 0; field->allow_folders && i < folder.folders.count; i++)
        cv_vector_push(arena, &wanted, folder.folders.items[i]);
    sort_names(&wanted);
    add_choices(field, arena, match, field->path, &wanted, paths);
}

static void path_prepare(CvFormField *field, CvArena *arena)
{
    Paths paths = {0};
    if (!field->required)
        cv_vector_push(arena, &paths,
                       ((CvOption){.value = CV_VALUE(""), .label = cv_lazy_text(CV_BLANK_CHOICE_LABEL)}));
    const CvRegex *match = field->match ? cv_regex_shared(field->match, 0) : NULL;
    if (field->path)
        (field->recursive ? add_tree : add_folder)(field, arena, match, &paths);
    field->options = (CvOptions){paths.items, paths.count};
}

const CvFormFieldKind cv_file_path_form_field = {
    .name = "FilePathField", .base = &cv_choice_form_field, .storage = CV_FORM_TEXT, .prepare_field = path_prepare};
