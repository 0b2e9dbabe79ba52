/* engine_file.c: sessions in files of SESSION_FILE_PATH, a file each, named by cookie and key as Django names them.
 * What touches the disk runs on a pool thread. A file is written beside its place and moved there, so that nobody reads
 * half of it. */
#include "contrib/sessions/session_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/random.h"
#include "loop/pool.h"

enum { MOST_BYTES = 16 << 20 };

/* Work for a pool thread: what it allocates there is gone afterwards, so `text` is the caller's to free. */
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

static const char *folder(void)
{
    const char *path = cv_settings()->session_file_path;
    if (path && *path)
        return cv_project_path(cv_arena(), path);
    path = getenv("TMPDIR");
    return path && *path ? path : "/tmp";
}

static const char *path_of(const char *key)
{
    return cv_printf("%s/%s%s", folder(), cv_settings()->session_cookie_name, key);
}

/* ---- reading ---- */

static void read_file(void *argument)
{
    Job *job = argument;
    struct stat info;
    int fd = open(job->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > MOST_BYTES) {
        job->error = fd < 0 ? errno : EINVAL;
        if (fd >= 0)
            close(fd);
        return;
    }
    job->changed = (int64_t)info.st_mtim.tv_sec * CV_SECOND + info.st_mtim.tv_nsec / 1000;
    job->read = cv_malloc((size_t)info.st_size + 1);
    ssize_t count;
    while (job->length < (size_t)info.st_size &&
           (count = read(fd, job->read + job->length, (size_t)info.st_size - job->length)) > 0)
        job->length += (size_t)count;
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

static void remove_file(const char *key);

static CvDict *load(CvSession *session)
{
    bool expired;
    if (!cv_session_key_is_plain(session->key))
        return NULL;
    CvDict *data = load_path(session->arena, path_of(session->key), &expired);
    if (expired)
        remove_file(session->key);
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

/* Takes the place first, so that two of one key are told apart, and one that was deleted is noticed. */
static bool take_place(Job *job)
{
    int fd = open(job->path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (job->must_create ? O_CREAT | O_EXCL : 0), 0600);
    if (fd < 0)
        job->error = errno;
    else
        close(fd);
    return fd >= 0;
}

static void write_file(void *argument)
{
    Job *job = argument;
    if (!take_place(job))
        return;
    int fd = open(job->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write_all(fd, job->text);
    if (!good)
        job->error = errno ? errno : EIO;
    if (fd >= 0)
        close(fd);
    if (good && rename(job->temporary, job->path) != 0) {
        job->error = errno;
        good = false;
    }
    if (!good && fd >= 0)
        unlink(job->temporary);
}

static CvSessionSaved save(CvSession *session, bool must_create)
{
    if (!cv_session_key_is_plain(session->key))
        return CV_SESSION_GONE;
    Job job = {.path = path_of(session->key),
               .text = cv_session_encode(session->arena, session->data),
               .must_create = must_create};
    job.temporary = cv_printf("%s_out_%s", job.path, cv_random_string(cv_arena(), 8, NULL));
    cv_pool_run(write_file, &job);
    if (must_create && job.error == EEXIST)
        return CV_SESSION_TAKEN;
    if (!must_create && job.error == ENOENT)
        return CV_SESSION_GONE;
    if (job.error)
        cv_raise(CV_ERROR_OS, "The session cannot be written to SESSION_FILE_PATH %s: %s", folder(),
                 strerror(job.error));
    return CV_SESSION_SAVED;
}

/* ---- deleting ---- */

static void unlink_file(void *argument)
{
    Job *job = argument;
    (void)!unlink(job->path);
}

static void remove_file(const char *key)
{
    if (!cv_session_key_is_plain(key))
        return;
    Job job = {.path = path_of(key)};
    cv_pool_run(unlink_file, &job);
}

static size_t clear_expired(void)
{
    const char *prefix = cv_settings()->session_cookie_name;
    DIR *all = opendir(folder());
    size_t removed = 0;
    if (!all)
        cv_raise(CV_ERROR_CONFIGURATION, "The session storage path '%s' doesn't exist.", folder());
    for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
        const char *key = entry->d_name + strlen(prefix);
        bool expired = false;
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || !*key || !cv_session_key_is_plain(key))
            continue;
        CvScratch scratch = cv_scratch_begin(NULL);
        (void)load_path(scratch.arena, path_of(key), &expired);
        cv_scratch_end(scratch);
        if (expired)
            remove_file(key);
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
