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

static void close_file(void *argument)
{
    close((int)(intptr_t)argument);
}

/* Opens part after part without following symbolic links out: a link in the path is followed only if its target is
 * below the root (the kernel's openat2 would do; this runs where it is not there too). */
static int open_below(CvArena *arena, const char *root, const char *path, struct stat *info)
{
    char *real_root = realpath(root, NULL);
    char *real = real_root ? realpath(cv_arena_printf(arena, "%s/%s", root, path), NULL) : NULL;
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

const char *cv_content_type_of(CvSlice name)
{
    ptrdiff_t dot = cv_slice_find_last(name, CV_SLICE("."));
    CvSlice extension = dot < 0 ? (CvSlice){0} : cv_slice_skip(name, (size_t)dot + 1);
    for (size_t i = 0; i < CV_COUNT_OF(types); i++)
        if (cv_slice_equal_fold(extension, cv_slice(types[i].extension)))
            return types[i].type;
    return "application/octet-stream";
}

/* ---- conditions ---- */

/* True if one of the entity tags of the header (RFC 9110 13.1.2) is this one, compared weakly. */
static bool etag_matches(CvSlice header, const char *etag)
{
    CvSlice part;
    while (cv_slice_split(&header, ',', &part)) {
        part = cv_slice_trim(part);
        if (cv_slice_starts_with(part, CV_SLICE("W/")))
            part = cv_slice_skip(part, 2);
        if (cv_slice_is(part, "*") || cv_slice_is(part, etag))
            return true;
    }
    return false;
}

static bool is_unchanged(CvRequest *request, const char *etag, int64_t modified)
{
    CvSlice tags = cv_request_header_slice(request, CV_HEADER_IF_NONE_MATCH);
    if (tags.data)
        return etag_matches(tags, etag);
    CvSlice since = cv_request_header_slice(request, CV_HEADER_IF_MODIFIED_SINCE);
    int64_t seconds;
    return since.data && cv_http_date_parse(since, &seconds) == CV_PARSED && modified <= seconds;
}

typedef enum RangeResult { RANGE_NONE, RANGE_PART, RANGE_IMPOSSIBLE } RangeResult;

/* One range in bytes (RFC 9110 14.2); several at once are answered with the whole file, as is anything odd. */
static RangeResult read_range(CvSlice header, uint64_t size, uint64_t *first, uint64_t *last)
{
    if (!cv_slice_starts_with(header, CV_SLICE("bytes=")))
        return RANGE_NONE;
    CvSlice spec = cv_slice_skip(header, 6);
    ptrdiff_t dash = cv_slice_find_byte(spec, '-');
    if (dash < 0 || cv_slice_find_byte(spec, ',') >= 0)
        return RANGE_NONE;
    CvSlice from = cv_slice_trim(cv_slice_range(spec, 0, (size_t)dash)),
            to = cv_slice_trim(cv_slice_skip(spec, (size_t)dash + 1));
    uint64_t a = 0, b = 0;
    if ((from.length && (from.data[0] == '+' || !cv_slice_to_uint64(from, &a))) ||
        (to.length && (to.data[0] == '+' || !cv_slice_to_uint64(to, &b))) || (!from.length && !to.length))
        return RANGE_NONE;
    if (!from.length) {
        if (b == 0 || size == 0)
            return RANGE_IMPOSSIBLE;
        *first = b >= size ? 0 : size - b;
        *last = size - 1;
        return RANGE_PART;
    }
    if (to.length && b < a)
        return RANGE_NONE;
    if (a >= size)
        return RANGE_IMPOSSIBLE;
    *first = a;
    *last = !to.length || b >= size ? size - 1 : b;
    return RANGE_PART;
}

static bool if_range_holds(CvRequest *request, const char *etag, const char *modified)
{
    CvSlice condition = cv_request_header_slice(request, CV_HEADER_IF_RANGE);
    return !condition.data || cv_slice_is(condition, etag) || cv_slice_is(condition, modified);
}

/* ---- answering ---- */

static void apply_range(CvRequest *request, CvResponse *response, const char *etag, const char *modified, uint64_t size)
{
    uint64_t first = 0, last = 0;
    CvSlice header = cv_request_header_slice(request, CV_HEADER_RANGE);
    if (!header.data || request->method_id != CV_METHOD_GET || !if_range_holds(request, etag, modified))
        return;
    switch (read_range(header, size, &first, &last)) {
    case RANGE_NONE:
        return;
    case RANGE_IMPOSSIBLE:
        response->status = 416;
        response->kind = CV_RESPONSE_BYTES;
        response->body = (CvSlice){"", 0};
        cv_response_set_header(response, "Content-Range",
                               cv_arena_printf(response->arena, "bytes */%llu", (unsigned long long)size));
        return;
    case RANGE_PART:
        response->status = 206;
        response->file.offset = first;
        response->file.length = last - first + 1;
        cv_response_set_header(response, "Content-Range",
                               cv_arena_printf(response->arena, "bytes %llu-%llu/%llu", (unsigned long long)first,
                                               (unsigned long long)last, (unsigned long long)size));
        return;
    }
}

CvResponse *cv_serve_file(CvRequest *request, const char *root, const char *path)
{
    CvArena *arena = request->arena;
    struct stat info;
    if (!path_is_safe(path))
        return NULL;
    int fd = open_below(arena, root, path, &info);
    if (fd < 0)
        return NULL;
    cv_arena_defer(arena, close_file, (void *)(intptr_t)fd);
    uint64_t size = (uint64_t)info.st_size;
    const char *etag = cv_arena_printf(arena, "\"%llx-%llx\"",
                                       (unsigned long long)info.st_mtim.tv_sec * 1000000 +
                                           (unsigned long long)info.st_mtim.tv_nsec / 1000,
                                       (unsigned long long)size);
    CvBuffer date = cv_buffer(arena);
    cv_http_date_format(&date, info.st_mtim.tv_sec);
    const char *modified = cv_buffer_string(&date);
    CvResponse *response;
    if (is_unchanged(request, etag, info.st_mtim.tv_sec)) {
        response = cv_response_not_modified(arena);
    } else {
        response = cv_response_file(arena, fd, size, NULL, false);
        cv_response_set_header(response, "Content-Type", cv_content_type_of(cv_slice(path)));
        cv_response_set_header(response, "Accept-Ranges", "bytes");
        apply_range(request, response, etag, modified, size);
    }
    cv_response_set_header(response, "ETag", etag);
    cv_response_set_header(response, "Last-Modified", modified);
    return response;
}
