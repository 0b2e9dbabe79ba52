/* file.c: files as content: made of bytes, of paths and of descriptors, and read piece by piece. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "loop/loop.h"
#include "storage/storage_private.h"

static CvFile *file_new(CvArena *arena, const char *name)
{
    CvFile *file = cv_arena_new(arena, CvFile);
    file->arena = arena;
    file->name = name;
    return file;
}

CvFile *cv_file_of_bytes(CvArena *arena, const char *name, CvSlice content)
{
    CvFile *file = file_new(arena, name);
    file->content = content;
    file->size = content.length;
    return file;
}

/* ---- files of the disk ---- */

typedef struct ReadJob {
    const char *path; /* to be opened first, or NULL */
    int *descriptor;
    uint64_t position;
    char *buffer;
    size_t room, got;
    int error;
} ReadJob;

static void read_job(void *argument)
{
    ReadJob *job = argument;
    if (job->path && *job->descriptor < 0)
        *job->descriptor = open(job->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (*job->descriptor >= 0 && job->got < job->room) {
        ssize_t got =
            pread(*job->descriptor, job->buffer + job->got, job->room - job->got, (off_t)(job->position + job->got));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            job->error = got < 0 ? errno : 0;
            return;
        }
        job->got += (size_t)got;
    }
    if (*job->descriptor < 0)
        job->error = errno;
}

static bool read_disk(CvFile *file, uint64_t position, char *buffer, size_t room, size_t *got, CvError *error)
{
    if (!file->descriptor)
        file->descriptor = cv_arena_descriptor(file->arena);
    ReadJob job = {
        .path = file->path, .descriptor = file->descriptor, .position = position, .buffer = buffer, .room = room};
    cv_pool_run(read_job, &job);
    *got = job.got;
    if (job.error)
        return cv_fail(file->arena, error, CV_ERROR_OS, "\"%s\" cannot be read: %s", file->name, strerror(job.error));
    return true;
}

static void close_disk(CvFile *file)
{
    if (file->descriptor && *file->descriptor >= 0) {
        close(*file->descriptor);
        *file->descriptor = -1;
    }
}

static const CvFileSource disk = {.read = read_disk, .close = close_disk};

CvFile *cv_file_of_path(CvArena *arena, const char *name, const char *path, uint64_t size, bool *moved)
{
    CvFile *file = file_new(arena, name);
    file->path = path;
    file->size = size;
    file->moved = moved;
    file->source = &disk;
    return file;
}

CvFile *cv_file_of_descriptor(CvArena *arena, const char *name, int descriptor, uint64_t size)
{
    CvFile *file = file_new(arena, name);
    file->descriptor = cv_arena_descriptor(arena);
    *file->descriptor = descriptor;
    file->size = size;
    file->source = &disk;
    return file;
}

/* ---- reading ---- */

bool cv_file_read(CvFile *file, char *buffer, size_t room, size_t *got, CvError *error)
{
    *got = 0;
    if (file->source) {
        if (!file->source->read(file, file->position, buffer, room, got, error))
            return false;
    } else if (file->position < file->content.length) {
        CvSlice left = cv_slice_skip(file->content, (size_t)file->position);
        *got = left.length < room ? left.length : room;
        memcpy(buffer, left.data, *got);
    }
    file->position += *got;
    return true;
}

bool cv_file_read_all(CvFile *file, size_t most, CvSlice *out, CvError *error)
{
    CvBuffer bytes = cv_buffer(file->arena);
    for (;;) {
        size_t got, room = CV_FILE_PIECE;
        char *place = cv_buffer_reserve(&bytes, room);
        if (!cv_file_read(file, place, room, &got, error))
            return false;
        if (!got)
            break;
        bytes.length += got;
        if (bytes.length > most)
            return cv_fail(file->arena, error, CV_ERROR_VALUE, "\"%s\" is larger than %zu bytes.", file->name, most);
    }
    cv_buffer_string(&bytes);
    *out = cv_buffer_slice(&bytes);
    return true;
}

void cv_file_seek(CvFile *file, uint64_t position)
{
    file->position = position;
}

void cv_file_close(CvFile *file)
{
    if (file->source && file->source->close)
        file->source->close(file);
}
