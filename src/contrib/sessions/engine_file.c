/* engine_file.c: sessions in files of SESSION_FILE_PATH, a file each, named by cookie and key as Django names them.
 * What touches the disk runs on a pool thread. A file is written beside its place and moved there, so that nobody reads
 * half of it. */
#include "contrib/sessions/session_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "crypto/random.h"
#include "loop/pool.h"

enum { MOST_BYTES = 16 << 20 }; /* of a file */

/* Work for a pool thread: what it allocates there is gone afterwards, so `read` is the caller's to free. */
typedef struct Job {
    const char *path;
    const char *temporary; /* a name that nobody else uses */
    CvSlice text;
    char *read;
    size_t length;
    int64_t changed; /* microseconds since 1970 */
    bool must_create;
    int error; /* errno */
} Job;

static const char *folder(CvArena *arena)
{
    const char *path = cv_settings()->session_file_path;
    if (path && *path)
        return cv_project_path(arena, path);
    path = getenv("TMPDIR");
    return path && *path ? path : "/tmp";
}

static const char *path_of(CvArena *arena, const char *key)
{
    return cv_arena_printf(arena, "%s/%s%s", folder(arena), cv_settings()->session_cookie_name, key);
}

/* ---- reading ---- */

static void read_file(void *argument)
{
    Job *job = argument;
    struct stat info;
    int fd = open(job->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); /* not held up by a pipe of that name */
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > MOST_BYTES) {
        job->error = fd < 0 ? errno : EINVAL;
        if (fd >= 0)
            close(fd);
        return;
    }
    job->changed = (int64_t)info.st_mtim.tv_sec * CV_SECOND + info.st_mtim.tv_nsec / 1000;
    job->read = cv_malloc((size_t)info.st_size + 1);
    job->length = cv_read_fully(fd, job->read, (size_t)info.st_size);
    close(fd);
}

/* The data of a file that has not expired, or NULL. */
static CvDict *load_path(CvArena *arena, const char *path, bool *expired)
{
    Job job = {.path = path};
    *expired = false;
    cv_pool_run(read_file, &job);
    if (job.error)
        return NULL;
    CvSlice text = cv_slice_of(cv_arena_strndup(arena, job.read, job.length), job.length);
    cv_free(job.read);
    CvDict *data = text.length ? cv_session_decode(arena, text) : cv_dict_create(arena);
    CvDateTime changed = cv_datetime_kept((CvDateTime){job.changed, cv_zone_utc});
    *expired = cv_datetime_compare(cv_session_expiry_of(data, changed), cv_now()) <= 0;
    return *expired ? NULL : data;
}

static void unlink_file(void *argument)
{
    Job *job = argument;
    (void)!unlink(job->path);
}

static CvDict *load(CvSession *session)
{
    bool expired;
    if (!cv_session_key_is_plain(session->key))
        return NULL;
    Job job = {.path = path_of(session->arena, session->key)};
    CvDict *data = load_path(session->arena, job.path, &expired);
    if (expired)
        cv_pool_run(unlink_file, &job);
    return data;
}

/* ---- writing ---- */

static bool write_all(int fd, CvSlice text)
{
    while (text.length) {
        ssize_t count = write(fd, text.data, text.length);
        if (count <= 0)
            return false;
        text = cv_slice_skip(text, (size_t)count);
    }
    return true;
}

/* In one step, so that two of one key are told apart, and one that is deleted at this moment does not come back: moved
 * to where nothing is, or exchanged with what is there. False with errno. */
static bool take_place(const Job *job)
{
    unsigned how = job->must_create ? RENAME_NOREPLACE : RENAME_EXCHANGE;
    if (renameat2(AT_FDCWD, job->temporary, AT_FDCWD, job->path, how) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    /* A file system that does not know this: as well as it can be done. */
    bool there = access(job->path, F_OK) == 0;
    if (there == job->must_create) {
        errno = there ? EEXIST : ENOENT;
        return false;
    }
    return rename(job->temporary, job->path) == 0;
}

static void write_file(void *argument)
{
    Job *job = argument;
    errno = 0;
    int fd = open(job->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || !write_all(fd, job->text) || !take_place(job))
        job->error = errno ? errno : EIO;
    if (fd < 0)
        return;
    close(fd);
    (void)!unlink(job->temporary); /* what was exchanged, or did not take its place */
}

static CvSessionSaved save(CvSession *session, bool must_create)
{
    if (!cv_session_key_is_plain(session->key))
        return CV_SESSION_GONE;
    CvArena *arena = session->arena;
    Job job = {.path = path_of(arena, session->key),
               .text = cv_session_encode(arena, session->data),
               .must_create = must_create};
    if (job.text.length > MOST_BYTES)
        cv_raise(CV_ERROR_VALUE, "A session of %zu bytes is too long for a file.", job.text.length);
    job.temporary = cv_arena_printf(arena, "%s_out_%s", job.path, cv_random_string(arena, 8, NULL));
    cv_pool_run(write_file, &job);
    if (must_create && job.error == EEXIST)
        return CV_SESSION_TAKEN;
    if (!must_create && job.error == ENOENT)
        return CV_SESSION_GONE;
    if (job.error)
        cv_raise(CV_ERROR_OS, "The session cannot be written to SESSION_FILE_PATH %s: %s", folder(arena),
                 strerror(job.error));
    return CV_SESSION_SAVED;
}

/* ---- deleting ---- */

static void remove_file(const char *key)
{
    if (!cv_session_key_is_plain(key))
        return;
    Job job = {.path = path_of(cv_arena(), key)};
    cv_pool_run(unlink_file, &job);
}

static size_t clear_expired(void)
{
    const char *prefix = cv_settings()->session_cookie_name, *where = folder(cv_arena());
    DIR *all = opendir(where);
    size_t removed = 0;
    if (!all)
        cv_raise(CV_ERROR_CONFIGURATION, "The session storage path '%s' doesn't exist.", where);
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        const char *key = entry->d_name + strlen(prefix);
        bool expired = false;
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || !*key || !cv_session_key_is_plain(key))
            continue;
        CvScratch scratch = cv_scratch_begin(NULL);
        Job job = {.path = path_of(scratch.arena, key)};
        (void)load_path(scratch.arena, job.path, &expired);
        if (expired)
            cv_pool_run(unlink_file, &job);
        cv_scratch_end(scratch);
        removed += expired;
    }
    closedir(all);
    return removed;
}

const CvSessionEngine cv_session_file = {.name = "file",
                                         .django_name = "django.contrib.sessions.backends.file",
                                         .load = load,
                                         .save = save,
                                         .remove = remove_file,
                                         .clear_expired = clear_expired};
