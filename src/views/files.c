/* files.c: a file of a folder as a response: safe paths, conditional requests, ranges. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http.h"
#include "text/date.h"
#include "views/views.h"

/* ---- finding ---- */

/* Every part of the path is a plain name: no "", ".", "..", no dot files, no NUL, no backslash. */
static bool path_is_safe(const char *path)
{
    if (!*path || strchr(path, '\\'))
        return false;
    for (const char *part = path;; part++) {
        if (*part == '\0' || *part == '/' || *part == '.')
            return false;
        part = strchr(part, '/');
        if (!part)
            return true;
    }
}

/* Opens part after part without following symbolic links out: a link in the path is followed only if its target is
 * below the root (the kernel's openat2 would do; this runs where it is not there too). */
static int open_below(CvArena *arena, const char *root, const char *path, struct stat *info)
{
    const char *joined = cv_arena_printf(arena, "%s/%s", root, path);
    char *real_root = realpath(root, NULL);
    char *real = real_root ? realpath(joined, NULL) : NULL;
    int fd = -1;
    if (real) {
        size_t length = strlen(real_root);
        bool below = strncmp(real, real_root, length) == 0 && (real[length] == '/' || strcmp(real_root, "/") == 0);
        if (below)
            fd = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    }
    free(real);
    free(real_root);
    if (fd >= 0 && (fstat(fd, info) != 0 || !S_ISREG(info->st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* ---- types ---- */

typedef struct ContentType {
    const char *extension, *type;
} ContentType;

static const ContentType types[] = {
    {"avif", "image/avif"},
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"htm", "text/html; charset=utf-8"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/vnd.microsoft.icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"otf", "font/otf"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"ttf", "font/ttf"},
    {"txt", "text/plain; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"webm", "video/webm"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xml", "text/xml; charset=utf-8"},
    {"zip", "application/zip"},
};

const char *cv_file_content_type(CvSlice name)
{
    ptrdiff_t dot = cv_slice_find_last(name, CV_SLICE("."));
    CvSlice extension = dot < 0 ? (CvSlice){0} : cv_slice_skip(name, (size_t)dot + 1);
    for (size_t i = 0; i < CV_COUNT_OF(types); i++)
        if (cv_slice_equal_fold(extension, cv_slice(types[i].extension)))
            return types[i].type;
    return "application/octet-stream";
}

/* ---- ranges ---- */

static bool if_range_holds(CvRequest *request, const char *etag, const char *modified)
{
    CvSlice condition = cv_request_header_slice(request, CV_HEADER_IF_RANGE);
    return !condition.data || cv_slice_is(condition, etag) || cv_slice_is(condition, modified);
}

/* ---- answering ---- */

static void apply_range(CvRequest *request, CvResponse *response, const char *etag, const char *modified, uint64_t size)
{
    uint64_t first = 0, length = 0;
    CvSlice header = cv_request_header_slice(request, CV_HEADER_RANGE);
    if (!header.data || request->method_id != CV_METHOD_GET || !if_range_holds(request, etag, modified))
        return;
    switch (cv_range_parse(header, size, &first, &length)) {
    case CV_RANGE_ALL:
        return;
    case CV_RANGE_UNSATISFIABLE:
        response->status = 416;
        response->kind = CV_RESPONSE_BYTES;
        response->body = (CvSlice){"", 0};
        cv_response_set_header(response, "Content-Range",
                               cv_arena_printf(response->arena, "bytes */%llu", (unsigned long long)size));
        return;
    case CV_RANGE_ONE:
        response->status = 206;
        if (response->kind == CV_RESPONSE_BYTES)
            response->body = cv_slice_range(response->body, first, first + length);
        response->file.offset = first;
        response->file.length = length;
        cv_response_set_header(response, "Content-Range",
                               cv_arena_printf(response->arena, "bytes %llu-%llu/%llu", (unsigned long long)first,
                                               (unsigned long long)(first + length - 1), (unsigned long long)size));
        return;
    }
}

CvResponse *cv_serve_file(CvRequest *request, const char *root, const char *path)
{
    CvArena *arena = request->arena;
    struct stat info;
    if (!path_is_safe(path))
        return NULL;
    int *fd = cv_arena_descriptor(arena);
    *fd = open_below(arena, root, path, &info);
    if (*fd < 0)
        return NULL;
    uint64_t size = (uint64_t)info.st_size;
    const char *etag = cv_arena_printf(arena, "\"%llx-%llx\"",
                                       (unsigned long long)info.st_mtim.tv_sec * 1000000 +
                                           (unsigned long long)info.st_mtim.tv_nsec / 1000,
                                       (unsigned long long)size);
    int64_t seconds = info.st_mtim.tv_sec;
    CvResponse *response = cv_condition(request, etag, seconds);
    if (!response) {
        CvBuffer date = cv_buffer(arena);
        cv_http_date_format(&date, seconds);
        response = cv_response_file(arena, *fd, size, NULL, false);
        cv_response_set_header(response, "Content-Type", cv_file_content_type(cv_slice(path)));
        cv_response_set_header(response, "Accept-Ranges", "bytes");
        apply_range(request, response, etag, cv_buffer_string(&date), size);
    }
    cv_condition_headers(request, response, etag, seconds);
    return response;
}

CvResponse *cv_serve_embedded(CvRequest *request, const CvEmbeddedFile *file, const char *etag)
{
    CvResponse *response = cv_condition(request, etag, 0);
    if (!response) {
        response = cv_response_create(request->arena, 200, cv_file_content_type(cv_slice(file->name)),
                                      cv_slice_of(file->data, file->length));
        cv_response_set_header(response, "Accept-Ranges", "bytes");
        apply_range(request, response, etag, "", file->length);
    }
    cv_condition_headers(request, response, etag, 0);
    return response;
}
