/* sources.c: notices by inotify when a source file of a folder changes. */
#include "management/sources_private.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#define MOST_FOLDERS 4096
#define MOST_DEPTH 32
#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE)

struct CvSources {
    int fd;
    CvArena *arena;
    const char *root;
    CV_VECTOR(const char *) folders; /* by watch descriptor; inotify counts them from 1 */
    char name[512];
};

static bool is_left_out(const char *name)
{
    return name[0] == '.' || strncmp(name, "build", 5) == 0 || strcmp(name, "node_modules") == 0 ||
           strcmp(name, "__pycache__") == 0;
}

static void add_folder(CvSources *watch, const char *folder, int depth)
{
    if (watch->folders.count >= MOST_FOLDERS || depth > MOST_DEPTH)
        return;
    int number = inotify_add_watch(watch->fd, folder, EVENTS | IN_ONLYDIR);
    if (number < 0)
        return;
    while (watch->folders.count <= (size_t)number)
        cv_vector_push(watch->arena, &watch->folders, NULL);
    watch->folders.items[number] = cv_arena_strdup(watch->arena, folder);
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream && (entry = readdir(stream)))
        if (entry->d_type == DT_DIR && !is_left_out(entry->d_name))
            add_folder(watch, cv_arena_printf(watch->arena, "%s/%s", folder, entry->d_name), depth + 1);
    if (stream)
        closedir(stream);
}

CvSources *cv_sources_open(const char *folder)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd < 0)
        return NULL;
    CvArena *arena = cv_arena_create(0);
    CvSources *watch = cv_arena_new(arena, CvSources);
    *watch = (CvSources){.fd = fd, .arena = arena, .root = cv_arena_strdup(arena, folder)};
    add_folder(watch, folder, 0);
    return watch;
}

void cv_sources_close(CvSources *watch)
{
    if (!watch)
        return;
    close(watch->fd);
    cv_arena_destroy(watch->arena);
}

static bool is_source(CvSlice name)
{
    return name.length && name.data[0] != '.' && name.data[0] != '#' &&
           (cv_slice_ends_with(name, CV_SLICE(".c")) || cv_slice_ends_with(name, CV_SLICE(".h")) ||
            cv_slice_is(name, "Makefile") || cv_slice_is(name, "meson.build"));
}

/* Reads what is there; true if a source was among it. */
static bool drain(CvSources *watch)
{
    char buffer[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
    bool changed = false;
    ssize_t length;
    while ((length = read(watch->fd, buffer, sizeof buffer)) > 0)
        for (char *at = buffer; at < buffer + length;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            at += sizeof *event + event->len;
            const char *folder =
                event->wd > 0 && (size_t)event->wd < watch->folders.count ? watch->folders.items[event->wd] : NULL;
            if (!event->len || !folder)
                continue;
            if (event->mask & IN_ISDIR) {
                if (event->mask & (IN_CREATE | IN_MOVED_TO) && !is_left_out(event->name))
                    add_folder(watch, cv_arena_printf(watch->arena, "%s/%s", folder, event->name), 0);
            } else if (!(event->mask & IN_CREATE) && is_source(cv_slice(event->name))) {
                const char *below = strlen(folder) > strlen(watch->root) ? folder + strlen(watch->root) + 1 : "";
                snprintf(watch->name, sizeof watch->name, "%s%s%s", below, *below ? "/" : "", event->name);
                changed = true;
            }
        }
    return changed;
}

const char *cv_sources_wait(CvSources *watch, int timeout_ms)
{
    struct pollfd wait = {.fd = watch->fd, .events = POLLIN};
    if (poll(&wait, 1, timeout_ms) <= 0 || !drain(watch))
        return NULL;
    /* Editors write in several steps: the change is over when nothing more comes for a moment. */
    while (poll(&wait, 1, 60) > 0)
        drain(watch);
    return watch->name;
}
