/* loader.c: finds a template's file among folders and embedded files, reads it once, and again when it changed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "base/self.h"
#include "template/parser_private.h"
#include "text/utf8.h"

/* ---- names ---- */

/* Relative, no "..", no backslash, no NUL: it cannot leave the folder. */
static bool is_safe_name(CvSlice name)
{
    if (name.length == 0 || name.length > 4096 || name.data[0] == '/' || memchr(name.data, '\0', name.length) ||
        memchr(name.data, '\\', name.length))
        return false;
    CvSlice rest = name, part;
    while (cv_slice_split(&rest, '/', &part))
        if (cv_slice_is(part, ".."))
            return false;
    return true;
}

static CvSlice folder_of(CvSlice name)
{
    while (name.length && name.data[name.length - 1] != '/')
        name.length--;
    return name;
}

CvSlice cv_template_relative(CvArena *arena, const char *page_name, CvSlice name, bool may_be_itself)
{
    CvSlice plain = name;
    bool quoted = false;
    while (plain.length && (plain.data[0] == '"' || plain.data[0] == '\''))
        plain = cv_slice_skip(plain, 1);
    while (plain.length && (plain.data[plain.length - 1] == '"' || plain.data[plain.length - 1] == '\''))
        plain.length--;
    quoted =
        name.length > 1 && (name.data[0] == '"' || name.data[0] == '\'') && name.data[0] == name.data[name.length - 1];
    if (!cv_slice_starts_with(plain, CV_SLICE("./")) && !cv_slice_starts_with(plain, CV_SLICE("../")))
        return name;
    if (!page_name)
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX,
                 "The relative path %.*s cannot be evaluated due to an unknown template origin.", CV_SLICE_ARG(name));
    CvSlice page = cv_slice(page_name);
    while (page.length && page.data[0] == '/')
        page = cv_slice_skip(page, 1);
    CvBuffer joined = cv_buffer(arena);
    cv_buffer_append_slice(&joined, folder_of(page));
    cv_buffer_append_slice(&joined, plain);
    /* "a/./b" and "a/../b" resolved, as posixpath.normpath does */
    CV_VECTOR(CvSlice) parts = {0};
    CvSlice rest = cv_buffer_slice(&joined), part;
    while (cv_slice_split(&rest, '/', &part)) {
        if (part.length == 0 || cv_slice_is(part, "."))
            continue;
        if (cv_slice_is(part, "..") && parts.count && !cv_slice_is(parts.items[parts.count - 1], ".."))
            parts.count--;
        else
            cv_vector_push(arena, &parts, part);
    }
    if (parts.count && cv_slice_is(parts.items[0], ".."))
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX,
                 "The relative path '%.*s' points outside the file hierarchy that template '%s' is in.",
                 CV_SLICE_ARG(name), page_name);
    CvBuffer out = cv_buffer(arena);
    if (quoted)
        cv_buffer_append_byte(&out, '"');
    for (size_t i = 0; i < parts.count; i++) {
        if (i)
            cv_buffer_append_byte(&out, '/');
        cv_buffer_append_slice(&out, parts.items[i]);
    }
    CvSlice result = cv_slice_skip(cv_buffer_slice(&out), quoted);
    if (!may_be_itself && cv_slice_equal(page, result))
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX,
                 "The relative path '%.*s' was translated to template name '%s', the same template in which the tag "
                 "appears.",
                 CV_SLICE_ARG(name), page_name);
    if (quoted)
        cv_buffer_append_byte(&out, '"');
    return cv_buffer_slice(&out);
}

/* ---- reading ---- */

/* "\r\n" and "\r" become "\n", as Python's open() reads text. */
static CvSlice plain_lines(char *data, size_t length)
{
    if (!memchr(data, '\r', length))
        return cv_slice_of(data, length);
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
        if (data[i] == '\r' && i + 1 < length && data[i + 1] == '\n')
            continue;
        data[to++] = data[i] == '\r' ? '\n' : data[i];
    }
    return cv_slice_of(data, to);
}

static int64_t modified(const struct stat *status)
{
    return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

/* A template with its source from `path`; false: there is no such file. */
static bool read_file(CvArena *arena, CvTemplate *page, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return false;
        cv_raise(CV_ERROR_OS, "Cannot read the template '%s': %s", path, strerror(errno));
    }
    struct stat status;
    bool good = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= CV_TEMPLATE_SOURCE_MAX;
    char *data = NULL;
    if (good) {
        data = cv_arena_alloc_raw(arena, (size_t)status.st_size + CV_TEXT_SLACK, 16);
        good = cv_read_fully(file, data, (size_t)status.st_size) == (size_t)status.st_size;
    }
    close(file);
    if (!good)
        cv_raise(CV_ERROR_OS, "Cannot read the template '%s': not a file of at most %u bytes", path,
                 CV_TEMPLATE_SOURCE_MAX);
    page->source = plain_lines(data, (size_t)status.st_size);
    page->mtime = modified(&status);
    page->size = status.st_size;
    page->file = path;
    return true;
}

/* ---- searching ---- */

typedef struct Search {
    CvEngine *engine;
    CvSlice name;
    const CvTemplate *const *skip;
    size_t skip_count;
    CvBuffer tried;
    CvArena *arena;
    CvTemplate *page;
    bool kept; /* the engine has the arena */
} Search;

static bool is_skipped(const Search *search, const char *file)
{
    for (size_t i = 0; i < search->skip_count; i++)
        if (strcmp(search->skip[i]->base->file, file) == 0)
            return true;
    return false;
}

static void note(Search *search, const char *file, const char *why)
{
    cv_buffer_printf(&search->tried, "%s%s (%s)", search->tried.length ? "\n" : "", file, why);
}

static bool search_folders(Search *search, const char *const *folders)
{
    for (; folders && *folders; folders++) {
        char *path = cv_arena_printf(search->arena, "%s/%.*s", *folders, CV_SLICE_ARG(search->name));
        if (is_skipped(search, path))
            note(search, path, "Skipped to avoid recursion");
        else if (read_file(search->arena, search->page, path))
            return true;
        else
            note(search, path, "Source does not exist");
    }
    return false;
}

static bool search_embedded(Search *search)
{
    for (const CvTemplateFile *file = search->engine->options.files; file && file->name; file++) {
        if (!cv_slice_is(search->name, file->name))
            continue;
        char *label = cv_arena_printf(search->arena, "embedded:%s", file->name);
        if (is_skipped(search, label)) {
            note(search, label, "Skipped to avoid recursion");
            continue;
        }
        char *copy = cv_arena_alloc_raw(search->arena, cv_size_add(file->length, CV_TEXT_SLACK), 16);
        memcpy(copy, file->data, file->length);
        search->page->source = plain_lines(copy, file->length);
        search->page->file = label;
        return true;
    }
    return false;
}

static const CvCode *run_native(CvRender *render, const CvCode *code)
{
    const CvNativeTemplate *native = code->data;
    native->render(native, render->context, render->out);
    return code + 1;
}

static bool search_natives(Search *search)
{
    const CvNativeTemplate *native = search->engine->options.natives;
    while (native && native->name && !cv_slice_is(search->name, native->name))
        native++;
    if (!native || !native->name)
        return false;
    search->page->native = native;
    search->page->source = CV_SLICE("");
    search->page->file = cv_arena_printf(search->arena, "native:%s", native->name);
    return true;
}

/* One instruction, in place of those that its empty source has not. */
static void compile_native(CvTemplate *page)
{
    CvCode *code = cv_arena_new(page->arena, CvCode);
    *code = (CvCode){.run = run_native, .data = page->native, .next = 1};
    page->code = code;
    page->to = 1;
}

static void drop_arena(void *arena)
{
    cv_arena_destroy(arena);
}

/* The template of the file that was found, if it was loaded under this or another name already. */
static CvTemplate *known_file(const CvEngine *engine, const CvTemplate *page)
{
    CvTemplate *known = cv_map_get(engine->files, cv_slice(page->file));
    bool fresh = known && (!page->mtime || (known->mtime == page->mtime && known->size == page->size));
    return fresh && strcmp(known->name, page->name) == 0 ? known : NULL;
}

/* Reads and compiles; runs in a cv_try so that the template's arena goes when it fails. */
static void load(void *argument)
{
    Search *search = argument;
    CvTemplate *page = search->page, *known;
    const CvEngineOptions *options = &search->engine->options;
    bool safe = is_safe_name(search->name);
    bool found = (safe && !options->debug && search_embedded(search)) ||
                 (safe && (search_folders(search, options->dirs) || search_folders(search, options->app_dirs))) ||
                 (safe && options->debug && search_embedded(search)) || (safe && search_natives(search));
    if (!found) {
        CvError error = {.kind = CV_ERROR_TEMPLATE_DOES_NOT_EXIST,
                         .message = cv_arena_printf(search->arena, "%.*s", CV_SLICE_ARG(search->name)),
                         .detail = search->tried.length ? cv_buffer_string(&search->tried) : NULL};
        cv_raise_error(&error);
    }
    if ((known = known_file(search->engine, page))) {
        search->page = known;
        return;
    }
    if (!cv_utf8_valid(page->source))
        cv_raise(CV_ERROR_VALUE, "The template '%s' is not UTF-8.", page->file);
    cv_template_compile(page);
    if (page->native)
        compile_native(page);
    cv_arena_defer(search->engine->arena, drop_arena, search->arena);
    search->kept = true;
    cv_map_set(search->engine->files, cv_slice(page->file), page);
}

static const CvTemplate *load_template(CvEngine *engine, CvSlice name, const CvTemplate *const *skip, size_t skip_count)
{
    CvArena *arena = cv_arena_create(0);
    CvTemplate *page = cv_arena_new(arena, CvTemplate);
    page->engine = engine;
    page->arena = arena;
    page->name = cv_slice_string(arena, name);
    Search search = {.engine = engine,
                     .name = name,
                     .skip = skip,
                     .skip_count = skip_count,
                     .tried = cv_buffer(arena),
                     .arena = arena,
                     .page = page};
    CvError *raised;
    if (cv_try(load, &search, &raised)) {
        if (search.page != page)
            cv_arena_destroy(arena);
        return search.page;
    }
    CvError kept;
    cv_engine_keep_error(engine, &kept, raised);
    if (!search.kept)
        cv_arena_destroy(arena);
    cv_raise_error(&kept);
}

static const CvTemplate *whole_template(CvEngine *engine, CvSlice name)
{
    const CvTemplate *known = cv_map_get(engine->pages, name);
    if (known && !engine->options.debug)
        return known;
    const CvTemplate *page = load_template(engine, name, NULL, 0); /* in debug a file may have changed, come or gone */
    if (page == known)
        return page;
    cv_map_set(engine->pages, cv_slice(page->name), (void *)page);
    cv_engine_link(engine, page);
    return page;
}

const CvTemplate *cv_engine_find(CvEngine *engine, CvSlice name, const CvTemplate *const *skip, size_t skip_count)
{
    ptrdiff_t mark = cv_slice_find_byte(name, '#');
    CvSlice file = mark < 0 ? name : cv_slice_range(name, 0, (size_t)mark);
    CvSlice partial = mark < 0 ? (CvSlice){0} : cv_slice_skip(name, (size_t)mark + 1);
    if (file.length == 0)
        cv_raise(CV_ERROR_TEMPLATE_DOES_NOT_EXIST, "%.*s", CV_SLICE_ARG(name));
    const CvTemplate *page = whole_template(engine, file);
    for (size_t i = 0; i < skip_count; i++)
        if (strcmp(skip[i]->base->file, page->file) == 0) {
            page = load_template(engine, file, skip, skip_count);
            cv_engine_link(engine, page);
            break;
        }
    if (partial.length == 0)
        return page;
    const CvTemplate *part = cv_template_partial(page, partial);
    if (!part)
        cv_raise(CV_ERROR_TEMPLATE_DOES_NOT_EXIST, "%.*s", CV_SLICE_ARG(partial));
    return part;
}

/* ---- links ---- */

typedef struct Linking {
    const CvTemplate *page;
    CvLink *link;
} Linking;

static void look_up(void *argument)
{
    const Linking *linking = argument;
    linking->link->page =
        cv_engine_find(linking->page->engine, linking->link->name, &linking->page, linking->link->parent);
}

/* One after the other, so that long chains of templates do not nest. What is not there or has an error is left to the
 * render that comes to it, as in Django. */
void cv_engine_link(CvEngine *engine, const CvTemplate *page)
{
    if (engine->options.debug || page->links.count == 0)
        return;
    for (size_t i = 0; i < page->links.count; i++)
        if (page->links.items[i]->page)
            return; /* linked before */
    cv_vector_push(engine->arena, &engine->fresh, page);
    if (engine->linking)
        return;
    engine->linking = true;
    while (engine->fresh.count) {
        const CvTemplate *from = engine->fresh.items[--engine->fresh.count];
        for (size_t i = 0; i < from->links.count; i++) {
            CvError *unused;
            (void)!cv_try(look_up, &(Linking){from, from->links.items[i]}, &unused);
        }
    }
    engine->linking = false;
}

/* ---- all names ---- */

typedef struct Names {
    CvArena *arena;
    CvMap *seen;
    CV_VECTOR(const char *) list;
} Names;

static void add_name(Names *names, const char *name)
{
    if (cv_map_get(names->seen, cv_slice(name)))
        return;
    cv_map_set(names->seen, cv_slice(name), (void *)name);
    cv_vector_push(names->arena, &names->list, name);
}

static void add_folder(Names *names, const char *root, const char *prefix, int depth)
{
    DIR *folder = opendir(cv_arena_printf(names->arena, "%s/%s", root, prefix));
    if (!folder)
        return;
    for (const struct dirent *entry; depth < 32 && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        const char *name = cv_arena_printf(names->arena, "%s%s", prefix, entry->d_name);
        struct stat status;
        if (stat(cv_arena_printf(names->arena, "%s/%s", root, name), &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            add_folder(names, root, cv_arena_printf(names->arena, "%s/", name), depth + 1);
        else if (S_ISREG(status.st_mode))
            add_name(names, name);
    }
    closedir(folder);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void cv_engine_names(CvEngine *engine, void (*visit)(void *argument, const char *name), void *argument)
{
    CvArena *arena = cv_arena_create(0);
    Names names = {.arena = arena, .seen = cv_map_create(arena)};
    for (const char *const *folder = engine->options.dirs; folder && *folder; folder++)
        add_folder(&names, *folder, "", 0);
    for (const char *const *folder = engine->options.app_dirs; folder && *folder; folder++)
        add_folder(&names, *folder, "", 0);
    for (const CvTemplateFile *file = engine->options.files; file && file->name; file++)
        add_name(&names, file->name);
    if (names.list.count)
        qsort(names.list.items, names.list.count, sizeof *names.list.items, compare_names);
    for (size_t i = 0; i < names.list.count; i++)
        visit(argument, names.list.items[i]);
    cv_arena_destroy(arena);
}
