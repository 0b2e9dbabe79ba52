/* url_join.c: a URL seen from another one. */
#include "base/vector.h"
#include "text/url.h"

typedef CV_VECTOR(CvSlice) Segments;

static Segments split_path(CvArena *arena, CvSlice path)
{
    Segments segments = {0};
    CvSlice rest = path, segment;

    if (path.length == 0)
        cv_vector_push(arena, &segments, CV_SLICE(""));
    while (rest.data && path.length && cv_slice_split(&rest, '/', &segment))
        cv_vector_push(arena, &segments, segment);
    return segments;
}

/* The segments of `path` behind those of the base's folder. */
static Segments merge(CvArena *arena, CvSlice base, CvSlice path)
{
    Segments own = split_path(arena, path), all = {0};

    if (path.length && path.data[0] == '/')
        return own;
    all = split_path(arena, base);
    if (all.items[all.count - 1].length) /* a file's name is no folder */
        all.count--;
    for (size_t i = 0; i < own.count; i++)
        cv_vector_push(arena, &all, own.items[i]);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++) /* empty ones in the middle go */
        if (i == 0 || i + 1 == all.count || all.items[i].length)
            all.items[kept++] = all.items[i];
    all.count = kept;
    return all;
}

static bool is_dots(CvSlice segment)
{
    return cv_slice_is(segment, ".") || cv_slice_is(segment, "..");
}

static CvSlice join_path(CvArena *arena, CvSlice base, CvSlice path)
{
    Segments segments = merge(arena, base, path);
    CvBuffer out = cv_buffer(arena);
    size_t kept = 0;
    bool folder = segments.count && is_dots(segments.items[segments.count - 1]);

    for (size_t i = 0; i < segments.count; i++) {
        CvSlice segment = segments.items[i];
        if (cv_slice_is(segment, ".."))
            kept -= kept > 0;
        else if (!cv_slice_is(segment, "."))
            segments.items[kept++] = segment;
    }
    for (size_t i = 0; i < kept; i++) {
        if (i)
            cv_buffer_append_byte(&out, '/');
        cv_buffer_append_slice(&out, segments.items[i]);
    }
    if (folder && kept)
        cv_buffer_append_byte(&out, '/');
    return out.length ? cv_buffer_slice(&out) : CV_SLICE("/");
}

/* Without the ';' of parameters that are empty. */
static CvSlice without_empty_params(CvSlice path)
{
    ptrdiff_t slash = cv_slice_find_last(path, CV_SLICE("/"));
    CvSlice last = cv_slice_skip(path, (size_t)(slash + 1));

    if (last.length && cv_slice_find_byte(last, ';') == (ptrdiff_t)last.length - 1)
        path.length--;
    return path;
}

CvSlice cv_url_join(CvArena *arena, CvSlice base, CvSlice url)
{
    CvUrlParts from, to;

    if (url.length == 0)
        return base;
    if (!cv_url_split(cv_url_clean(arena, base), &from) || !cv_url_split(cv_url_clean(arena, url), &to))
        return url;
    if (to.scheme.length && !cv_slice_equal_fold(to.scheme, from.scheme))
        return url;
    to.scheme = from.scheme;
    to.path = without_empty_params(to.path);
    from.path = without_empty_params(from.path);
    if (!to.netloc.length) {
        to.netloc = from.netloc;
        to.has_netloc = from.has_netloc;
        if (to.path.length == 0) {
            to.path = from.path;
            if (to.query.length == 0) {
                to.query = from.query;
                to.has_query = from.has_query;
            }
        } else {
            to.path = join_path(arena, from.path, to.path);
        }
    }
    return cv_url_join_parts(arena, &to);
}
