/* file_system.c: files on the disk (Django's FileSystemStorage). All that may block is done by the pool; the folders
 * below the root are opened one by one from it, never through a symbolic link. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "loop/loop.h"
#include "storage/storage_private.h"

enum { FILE_MODE = 0644, FOLDER_MODE = 0755 };

/* One piece of work for the pool. */
typedef struct DiskJob {
    const CvFileStorage *storage;
    const char *name;
    const char *leaf; /* the last part of the name */
    int error;        /* errno */
    struct stat stat;
    /* Saving. */
    int *folder, *file;         /* descriptors */
    const char *written, *from; /* the name that is written; the temporary file that is moved */
    CvSlice bytes;
    bool done;
    /* Listing: 'd' or 'f' and a name, each ended by a NUL. */
    char *names;
    size_t length, room;
} DiskJob;

static DiskJob job_of(const CvFileStorage *storage, const char *name)
{
    const char *slash = strrchr(name, '/');
    return (DiskJob){.storage = storage, .name = name, .leaf = slash ? slash + 1 : name};
}

static mode_t folder_mode(const CvFileStorage *storage)
{
    return (mode_t)(storage->folder_permissions ? storage->folder_permissions : FOLDER_MODE);
}

static mode_t file_mode(const CvFileStorage *storage)
{
    return (mode_t)(storage->file_permissions ? storage->file_permissions : FILE_MODE);
}

/* ---- the way to a folder ---- */

static void make_root(const CvFileStorage *storage)
{
    char path[4096];
    size_t length = strlen(storage->location);
    if (length >= sizeof path)
        return;
    memcpy(path, storage->location, length + 1);
    for (size_t i = 1; i <= length; i++)
        if (path[i] == '/' || path[i] == '\0') {
            char kept = path[i];
            path[i] = '\0';
            (void)mkdir(path, folder_mode(storage));
            path[i] = kept;
        }
}

/* A descriptor of the folder that holds job->leaf, made where it is missing if `make`; -1 with errno. */
static int open_folder(const DiskJob *job, bool make)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    const CvFileStorage *storage = job->storage;
    int folder = open(storage->location, flags);
    if (folder < 0 && errno == ENOENT && make) {
        make_root(storage);
        folder = open(storage->location, flags);
    }
    for (const char *part = job->name; folder >= 0 && part < job->leaf;) {
        char step[256];
        size_t length = strcspn(part, "/");
        int next = -1;
        errno = ENAMETOOLONG;
        if (length < sizeof step) {
            memcpy(step, part, length);
            step[length] = '\0';
            next = openat(folder, step, flags | O_NOFOLLOW);
            if (next < 0 && errno == ENOENT && make &&
                (mkdirat(folder, step, folder_mode(storage)) == 0 || errno == EEXIST))
                next = openat(folder, step, flags | O_NOFOLLOW);
        }
        int error = errno;
        close(folder);
        errno = error;
        folder = next;
        part += length + 1;
    }
    return folder;
}

static bool fail(const CvFileStorage *storage, CvArena *arena, const DiskJob *job, CvError *error)
{
    if (job->error == ENOENT)
        return cv_fail(arena, error, CV_ERROR_DOES_NOT_EXIST, "There is no file \"%s\".", job->name);
    cv_fail(arena, error, CV_ERROR_OS, "\"%s\": %s", job->name, strerror(job->error));
    error->detail = cv_arena_printf(arena, "The storage's root is %s.", storage->location);
    if (job->error == ENOTDIR || job->error == ELOOP)
        error->hint = "A folder of the name is a file, or a symbolic link, which storages do not follow.";
    return false;
}

/* Runs the job on the pool; false with *error if it failed. */
static bool run(void (*work)(void *), CvArena *arena, DiskJob *job, CvError *error)
{
    if (!job->storage->location)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "The storage has no location (MEDIA_ROOT is not set).");
    cv_pool_run(work, job);
    return !job->error || fail(job->storage, arena, job, error);
}

/* ---- saving ---- */

static void begin_job(void *argument)
{
    DiskJob *job = argument;
    const CvFileStorage *storage = job->storage;
    *job->folder = open_folder(job, true);
    if (*job->folder < 0) {
        job->error = errno;
        return;
    }
    if (job->from && chmod(job->from, file_mode(storage)) == 0) {
        /* A second name for the temporary file: it appears whole, and never in place of another. */
        job->done = storage->allow_overwrite ? renameat(AT_FDCWD, job->from, *job->folder, job->leaf) == 0
                                             : linkat(AT_FDCWD, job->from, *job->folder, job->leaf, 0) == 0;
        if (job->done || errno == EEXIST) {
            job->error = job->done ? 0 : EEXIST;
            return;
        }
    }
    *job->file = openat(*job->folder, job->written, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (*job->file < 0)
        job->error = errno;
}

static void write_job(void *argument)
{
    DiskJob *job = argument;
    while (job->bytes.length) {
        ssize_t count = write(*job->file, job->bytes.data, job->bytes.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            job->error = count < 0 ? errno : ENOSPC;
            return;
        }
        job->bytes = cv_slice_skip(job->bytes, (size_t)count);
    }
}

static void finish_job(void *argument)
{
    DiskJob *job = argument;
    int file = *job->file;
    *job->file = -1;
    bool sound = fchmod(file, file_mode(job->storage)) == 0;
    sound = close(file) == 0 && sound;
    if (sound && job->written != job->leaf)
        sound = renameat(*job->folder, job->written, *job->folder, job->leaf) == 0;
    if (!sound)
        job->error = errno;
    job->done = sound;
}

/* What was begun and not finished is taken away. */
static void give_up(void *argument)
{
    DiskJob *job = argument;
    if (!job->done && *job->file >= 0)
        (void)unlinkat(*job->folder, job->written, 0);
    for (int **place = (int *[]){job->folder, job->file, NULL}; *place; place++)
        if (**place >= 0) {
            close(**place);
            **place = -1;
        }
}

static bool copy(DiskJob *job, CvArena *arena, CvFile *content, CvError *error)
{
    char *piece = content->source ? cv_arena_alloc_raw(arena, CV_FILE_PIECE, 16) : NULL;
    job->bytes = content->content;
    for (;;) {
        size_t got = 0;
        if (piece) {
            if (!cv_file_read(content, piece, CV_FILE_PIECE, &got, error))
                return false;
            job->bytes = cv_slice_of(piece, got);
        }
        if (job->bytes.length && !run(write_job, arena, job, error))
            return false;
        if (!got)
            return run(finish_job, arena, job, error);
    }
}

static CvSaved save(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile *content, CvError *error)
{
    DiskJob *job = cv_arena_new(arena, DiskJob);
    *job = job_of(storage, name);
    job->folder = cv_arena_descriptor(arena);
    job->file = cv_arena_descriptor(arena);
    job->from = content->moved ? content->path : NULL;
    job->written =
        storage->allow_overwrite ? cv_arena_printf(arena, ".%s.part", cv_random_string(arena, 16, NULL)) : job->leaf;
    CvDefer *defer = cv_arena_defer(arena, give_up, job);
    bool saved = run(begin_job, arena, job, error);
    bool taken = job->error == EEXIST;
    if (saved && job->done)
        *content->moved = storage->allow_overwrite; /* else the temporary name is still there to be removed */
    else if (saved)
        saved = copy(job, arena, content, error);
    cv_arena_undefer(arena, defer);
    give_up(job);
    return saved ? CV_SAVED : taken ? CV_SAVE_NAME_TAKEN : CV_SAVE_FAILED;
}

/* ---- reading, looking, removing ---- */

static void open_job(void *argument)
{
    DiskJob *job = argument;
    int folder = open_folder(job, false);
    if (folder >= 0)
        *job->file =
            openat(folder, *job->leaf ? job->leaf : ".", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (folder < 0 || *job->file < 0 || fstat(*job->file, &job->stat) < 0)
        job->error = errno;
    else if (!S_ISREG(job->stat.st_mode))
        job->error = S_ISDIR(job->stat.st_mode) ? EISDIR : ENOENT;
    if (folder >= 0)
        close(folder);
}

static bool open_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile **out, CvError *error)
{
    DiskJob job = job_of(storage, name);
    CvFile *file = cv_file_of_descriptor(arena, cv_arena_strdup(arena, name), -1, 0);
    job.file = file->descriptor;
    if (!run(open_job, arena, &job, error)) {
        cv_file_close(file);
        return false;
    }
    file->size = (uint64_t)job.stat.st_size;
    *out = file;
    return true;
}

static void stat_job(void *argument)
{
    DiskJob *job = argument;
    int folder = open_folder(job, false);
    if (folder < 0 || fstatat(folder, *job->leaf ? job->leaf : ".", &job->stat, AT_SYMLINK_NOFOLLOW) < 0)
        job->error = errno;
    if (folder >= 0)
        close(folder);
}

static CvDateTime moment(struct timespec time)
{
    return (CvDateTime){(int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000, cv_zone_utc};
}

static bool stat_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvFileStat *out, CvError *error)
{
    DiskJob job = job_of(storage, name);
    if (!run(stat_job, arena, &job, error))
        return false;
    *out = (CvFileStat){(uint64_t)job.stat.st_size, moment(job.stat.st_atim), moment(job.stat.st_ctim),
                        moment(job.stat.st_mtim)};
    return true;
}

static bool exists(const CvFileStorage *storage, CvArena *arena, const char *name, bool *out, CvError *error)
{
    DiskJob job = job_of(storage, name);
    *out = run(stat_job, arena, &job, error);
    return *out || job.error == ENOENT || job.error == ENOTDIR;
}

static void remove_job(void *argument)
{
    DiskJob *job = argument;
    int folder = open_folder(job, false);
    if (folder < 0 || (unlinkat(folder, job->leaf, 0) < 0 &&
                       ((errno != EISDIR && errno != EPERM) || unlinkat(folder, job->leaf, AT_REMOVEDIR) < 0)))
        job->error = errno == ENOENT ? 0 : errno;
    if (folder >= 0)
        close(folder);
}

static bool remove_file(const CvFileStorage *storage, CvArena *arena, const char *name, CvError *error)
{
    DiskJob job = job_of(storage, name);
    return run(remove_job, arena, &job, error);
}

/* ---- listing ---- */

static void add_name(DiskJob *job, bool is_folder, const char *name)
{
    size_t length = strlen(name) + 2;
    if (job->room - job->length < length) {
        job->room = cv_size_add(cv_size_multiply(job->room, 2), 4096);
        job->names = cv_realloc(job->names, job->room);
    }
    job->names[job->length] = is_folder ? 'd' : 'f';
    memcpy(job->names + job->length + 1, name, length - 1);
    job->length += length;
}

static void list_job(void *argument)
{
    DiskJob *job = argument;
    int parent = open_folder(job, false);
    int folder =
        parent < 0 ? -1 : openat(parent, *job->leaf ? job->leaf : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = folder < 0 ? NULL : fdopendir(folder);
    if (!dir)
        job->error = errno;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct stat stat;
        bool is_folder = entry->d_type == DT_DIR;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (entry->d_type == DT_UNKNOWN && fstatat(folder, entry->d_name, &stat, AT_SYMLINK_NOFOLLOW) == 0)
            is_folder = S_ISDIR(stat.st_mode);
        add_name(job, is_folder, entry->d_name);
    }
    if (dir)
        closedir(dir);
    else if (folder >= 0)
        close(folder);
    if (parent >= 0)
        close(parent);
}

static bool list(const CvFileStorage *storage, CvArena *arena, const char *name, CvList *folders, CvList *files,
                 CvError *error)
{
    DiskJob job = job_of(storage, name);
    bool listed = run(list_job, arena, &job, error);
    cv_arena_defer(arena, cv_free, job.names);
    for (size_t at = 0; listed && at < job.length; at += strlen(job.names + at) + 1)
        cv_list_add(arena, job.names[at] == 'd' ? folders : files,
                    cv_value_string(cv_arena_strdup(arena, job.names + at + 1)));
    return listed;
}

static bool path_of(const CvFileStorage *storage, CvArena *arena, const char *name, const char **path, CvError *error)
{
    char here[4096];
    if (!storage->location)
        return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "The storage has no location (MEDIA_ROOT is not set).");
    bool absolute = storage->location[0] == '/';
    if (!absolute && !getcwd(here, sizeof here))
        return cv_fail(arena, error, CV_ERROR_OS, "The working folder has no path: %s", strerror(errno));
    *path = cv_arena_printf(arena, "%s%s%s%s%s", absolute ? "" : here, absolute ? "" : "/", storage->location,
                            *name ? "/" : "", name);
    return true;
}

const CvFileStorageKind cv_file_system_storage = {.name = "FileSystemStorage",
                                                  .save = save,
                                                  .open = open_file,
                                                  .remove = remove_file,
                                                  .exists = exists,
                                                  .list = list,
                                                  .stat = stat_file,
                                                  .path = path_of};
