/* migration_files.c: list files of migrations in an app's sources: where they stand, which are not built yet, writing
 * and deleting them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "base/vector.h"
#include "management/migrations_private.h"

#define ENDING ".def.h"
#define MOST_BYTES (16 << 20) /* of a migrations.c */

static const char *folder_of(CvArena *arena, const char *app_label)
{
    const CvApp *app = cv_app_find(app_label);
    return app ? cv_app_folder(arena, app) : NULL;
}

const char *cv_migration_file(CvArena *arena, const char *app_label, const char *name)
{
    const char *folder = folder_of(arena, app_label);
    return folder ? cv_arena_printf(arena, "%s/migrations/%s" ENDING, folder, name) : NULL;
}

const char *cv_short_path(CvArena *arena, const char *path)
{
    char *here = getcwd(NULL, 0);
    const char *shorter = path;
    CvSlice start = cv_slice(here ? cv_arena_printf(arena, "%s/", here) : NULL);
    if (start.length && cv_slice_starts_with(cv_slice(path), start))
        shorter = path + start.length;
    if (strncmp(shorter, "./", 2) == 0) /* of an app whose path is "." */
        shorter += 2;
    free(here);
    return shorter;
}

/* ---- what is not in the program ---- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

const char *const *cv_migration_files_unbuilt(CvArena *arena, const CvMigrationLoader *loader)
{
    CV_VECTOR(const char *) found = {0};
    for (const CvApp *const *app = cv_settings()->apps; app && *app; app++) {
        const char *folder = cv_arena_printf(arena, "%s/migrations", cv_app_folder(arena, *app));
        struct dirent **entries = NULL;
        int count = scandir(folder, &entries, NULL, by_name);
        for (int i = 0; i < count; i++) {
            CvSlice file = cv_slice(entries[i]->d_name);
            if (file.data[0] != '.' && cv_slice_ends_with(file, CV_SLICE(ENDING))) {
                CvSlice name = cv_slice_range(file, 0, file.length - strlen(ENDING));
                if (!cv_migration_named(loader, cv_app_label(*app), cv_slice_string(arena, name)))
                    cv_vector_push(arena, &found, cv_arena_printf(arena, "%s/%s", folder, file.data));
            }
            free(entries[i]);
        }
        free(entries);
    }
    cv_vector_push(arena, &found, NULL);
    return found.items;
}

const char *cv_list_newer_than_program(CvArena *arena)
{
    struct stat program, info;
    if (stat(cv_program.path, &program) != 0)
        return NULL;
    for (const CvApp *const *app = cv_settings()->apps; app && *app; app++) {
        const char *folder = cv_app_folder(arena, *app), *newer = NULL;
        DIR *stream = opendir(folder);
        for (struct dirent *entry; stream && !newer && (entry = readdir(stream));) {
            const char *path = cv_arena_printf(arena, "%s/%s", folder, entry->d_name);
            if (cv_slice_ends_with(cv_slice(entry->d_name), CV_SLICE(ENDING)) && stat(path, &info) == 0 &&
                info.st_mtim.tv_sec > program.st_mtim.tv_sec)
                newer = path;
        }
        if (stream)
            closedir(stream);
        if (newer)
            return newer;
    }
    return NULL;
}

/* ---- writing ---- */

static bool failed(const char *what, const char *path)
{
    cv_say_error("Cannot %s %s: %s", what, path, strerror(errno));
    return false;
}

/* All of the text or nothing: a file beside it takes its name. */
static bool write_whole(CvArena *arena, const char *path, const char *text)
{
    const char *beside = cv_arena_printf(arena, "%s.new", path);
    size_t length = strlen(text), done = 0;
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return failed("write", beside);
    while (done < length) {
        ssize_t count = write(fd, text + done, length - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        done += (size_t)count;
    }
    bool written = done == length && fsync(fd) == 0;
    written = close(fd) == 0 && written;
    if (written && rename(beside, path) == 0)
        return true;
    int reason = errno;
    unlink(beside);
    errno = reason;
    return failed("write", path);
}

/* The text of a file; NULL where there is none, or it cannot be read. */
static const char *text_of(CvArena *arena, const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    char *text = NULL;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size < MOST_BYTES) {
        text = cv_arena_alloc(arena, (size_t)info.st_size + 1);
        if (cv_read_fully(fd, text, (size_t)info.st_size) < (size_t)info.st_size)
            text = NULL;
    }
    close(fd);
    return text;
}

static bool write_list(CvArena *arena, const char *folder, const char *app_label, const char *name)
{
    const char *path = cv_arena_printf(arena, "%s/migrations.c", folder), *text = text_of(arena, path);
    if (!text && access(path, F_OK) == 0)
        return failed("read", path);
    const char *now = cv_migrations_list_with(arena, text, app_label, name);
    if (!now) {
        cv_say_error("%s has no list of app '%s' (#define CV_MIGRATIONS %s ... migrations_end.h).",
                     cv_short_path(arena, path), app_label, app_label);
        fprintf(stderr, "    hint: add #include \"migrations/%s" ENDING "\" to the list of the app.\n", name);
        return false;
    }
    return (text && strcmp(text, now) == 0) || write_whole(arena, path, now);
}

/* An app whose folder is the site's has one wherever the program is; its list is where its sources are. */
bool cv_migration_has_sources(CvArena *arena, const char *app_label)
{
    const CvApp *app = cv_app_find(app_label);
    const char *folder = folder_of(arena, app_label),
               *list = cv_arena_printf(arena, "%s/migrations.c", folder ? folder : "");
    struct stat info;
    if (!folder || stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
        cv_say_error("The sources of app '%s' are not here: there is no folder %s.", app_label, folder ? folder : "");
    else if (app->migrations && app->migrations->rows->kind && access(list, F_OK) != 0)
        cv_say_error("The sources of app '%s' are not here: there is no %s.", app_label, list);
    else
        return true;
    return false;
}

bool cv_migration_write(const CvCommandLine *line, const CvNewMigration *migration, bool replace)
{
    CvArena *arena = line->arena;
    CvDateTime moment = cv_command_option(line, "--no-header") ? (CvDateTime){0} : cv_now();
    const char *folder = folder_of(arena, migration->app_label), *into = NULL;
    const char *path = cv_migration_file(arena, migration->app_label, migration->name);
    if (!cv_migration_has_sources(arena, migration->app_label))
        return false;
    into = cv_arena_printf(arena, "%s/migrations", folder);
    if (mkdir(into, 0777) != 0 && errno != EEXIST)
        return failed("make", into);
    if (!replace && access(path, F_OK) == 0) {
        cv_say_error("%s is there already, but not in this program: see that migrations.c names it, and build again.",
                     cv_short_path(arena, path));
        return false;
    }
    return write_whole(arena, path, cv_migration_text(arena, migration, moment)) &&
           write_list(arena, folder, migration->app_label, migration->name);
}

bool cv_migration_delete(CvArena *arena, const char *app_label, const char *name)
{
    const char *path = cv_migration_file(arena, app_label, name), *folder = folder_of(arena, app_label);
    const char *list = cv_arena_printf(arena, "%s/migrations.c", folder), *text = text_of(arena, list);
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = cv_slice(text), line, file = cv_slice(cv_arena_printf(arena, "/%s" ENDING "\"", name));
    while (cv_slice_split(&rest, '\n', &line)) {
        bool last = rest.data == NULL;
        if (cv_slice_starts_with(cv_slice_trim(line), CV_SLICE("#")) && cv_slice_ends_with(cv_slice_trim(line), file))
            continue;
        cv_buffer_append_slice(&out, line);
        if (!last)
            cv_buffer_append_byte(&out, '\n');
    }
    if (text && !write_whole(arena, list, cv_buffer_string(&out)))
        return false;
    return unlink(path) == 0 || failed("delete", path);
}

void cv_migration_say_first(CvArena *arena, FILE *log, const char *app_label)
{
    const char *folder = cv_short_path(arena, folder_of(arena, app_label));
    fprintf(log,
            "App '%s' has had no migrations so far: name them in its CvApp, and build %s/migrations.c too:\n"
            "    extern const CvMigrations %s_migrations;\n"
            "    const CvApp %s = {... .migrations = &%s_migrations};\n",
            app_label, folder, app_label, app_label, app_label);
}
