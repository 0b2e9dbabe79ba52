/* file.h: a file as content: bytes in memory, a file of the disk, or one that a storage has opened (Django's File).
 *
 *     CvFile *file = cv_file_of_bytes(arena, "notes.txt", CV_SLICE("hello"));
 *
 *     char buffer[4096];
 *     size_t got;
 *     while (cv_file_read(file, buffer, sizeof buffer, &got, &error) && got) ...
 *
 * Reading from the disk is done by the thread pool: a fiber parks, its worker goes on. What a file has open is closed
 * with its arena, or earlier by cv_file_close(). */
#ifndef CV_STORAGE_FILE_H
#define CV_STORAGE_FILE_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvFile CvFile;

/* Where the bytes come from, for a storage of a site's own. */
typedef struct CvFileSource {
    /* At most `room` bytes from `position` on; *got 0 is the end. */
    bool (*read)(CvFile *file, uint64_t position, char *buffer, size_t room, size_t *got, CvError *error);
    void (*close)(CvFile *file);
} CvFileSource;

struct CvFile {
    CvArena *arena; /* of whoever made it: errors' texts and what it opens */
    const char *name;
    const char *content_type; /* as the sender called it, or NULL; never to be trusted */
    uint64_t size;
    CvSlice content;            /* the bytes, where `source` is NULL */
    const CvFileSource *source; /* or what reads them */
    const char *path;           /* the file of the disk that holds them, where there is one */
    bool *moved;                /* not NULL: `path` is a temporary file that may be moved away; then set to true */
    uint64_t position;          /* of the next cv_file_read() */
    int *descriptor;            /* what it has open (cv_arena_descriptor); NULL: nothing */
    void *handle;               /* the source's own */
};

/* A file of bytes; they and the name are borrowed. */
CvFile *cv_file_of_bytes(CvArena *arena, const char *name, CvSlice content);
/* A file of the disk that is `size` bytes long, opened at the first read. `moved` (may be NULL) allows a storage to
 * move the file instead of copying it, and tells that it did. */
CvFile *cv_file_of_path(CvArena *arena, const char *name, const char *path, uint64_t size, bool *moved);
/* One that is open already; the file owns the descriptor. */
CvFile *cv_file_of_descriptor(CvArena *arena, const char *name, int descriptor, uint64_t size);

/* The next bytes, at most `room`; *got is 0 at the end. */
bool cv_file_read(CvFile *file, char *buffer, size_t room, size_t *got, CvError *error) CV_NODISCARD;
/* All that is left, in the file's arena; more than `most` bytes are CV_ERROR_VALUE. */
bool cv_file_read_all(CvFile *file, size_t most, CvSlice *out, CvError *error) CV_NODISCARD;
/* The next cv_file_read() begins at `position`. */
void cv_file_seek(CvFile *file, uint64_t position);
/* Gives back what it has open. Harmless if nothing is, or twice. */
void cv_file_close(CvFile *file);

CV_API_END

#endif
