/* uploads.c: files of forms that are too big for memory: temporary files, removed with the request. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "web/project_private.h"

typedef struct Upload {
    CvArena *arena;
    int fd;
    char *path;
} Upload;

static void *open_upload(void *self, CvArena *arena, const char *name, const char **path, CvError *error)
{
    (void)self, (void)name;
    const char *folder = cv_settings()->file_upload_temp_dir;
    if (!folder || !*folder)
        folder = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    Upload *upload = cv_arena_new(arena, Upload);
    upload->arena = arena;
    upload->path = cv_arena_printf(arena, "%s/caravan-upload-XXXXXX", folder);
    upload->fd = mkostemp(upload->path, O_CLOEXEC);
    if (upload->fd < 0) {
        cv_fail(arena, error, CV_ERROR_OS, "No temporary file can be made in %s: %s", folder, strerror(errno));
        error->hint = "FILE_UPLOAD_TEMP_DIR names the folder.";
        return NULL;
    }
    *path = upload->path;
    return upload;
}

static bool write_upload(void *handle, CvSlice bytes, CvError *error)
{
    Upload *upload = handle;
    while (bytes.length > 0) {
        ssize_t written = write(upload->fd, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return cv_fail(upload->arena, error, CV_ERROR_OS, "An upload cannot be kept: %s", strerror(errno));
        bytes = cv_slice_skip(bytes, (size_t)written);
    }
    return true;
}

static void close_upload(void *handle, bool keep)
{
    Upload *upload = handle;
    if (upload->fd >= 0)
        close(upload->fd);
    upload->fd = -1;
    if (!keep && upload->path) {
        unlink(upload->path);
        upload->path = NULL;
    }
}

const CvUploadStore cv_temporary_uploads = {.open = open_upload, .write = write_upload, .close = close_upload};
