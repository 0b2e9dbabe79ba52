/* absolute_uri.c: the absolute URI of a place on this site. */
#include "http/request_private.h"
#include "text/url.h"

/* A path from the root without "." and ".." in it: nothing to be joined. */
static bool is_plain(const CvUrlParts *parts)
{
    return parts->path.length && parts->path.data[0] == '/' && !parts->scheme.length && !parts->netloc.length &&
           cv_slice_find(parts->path, CV_SLICE("/./")) < 0 && cv_slice_find(parts->path, CV_SLICE("/../")) < 0;
}

const char *cv_request_build_absolute_uri(CvRequest *request, const char *location)
{
    CvArena *arena = request->arena;
    CvUrlParts parts;

    if (!location) /* a path that begins with "//" is one all the same */
        location = cv_arena_printf(arena, "//%s", cv_request_full_path(request, false));
    CvSlice target = cv_slice(location);
    if (!cv_url_split(cv_url_clean(arena, target), &parts))
        cv_raise(CV_ERROR_VALUE, "Invalid IPv6 URL");
    if (!parts.scheme.length || !parts.netloc.length) {
        const char *origin = cv_arena_printf(arena, "%s://%s", cv_request_scheme(request), cv_request_host(request));
        if (is_plain(&parts))
            target = cv_slice(
                cv_arena_printf(arena, "%s%s", origin, strncmp(location, "//", 2) == 0 ? location + 2 : location));
        else
            target = cv_url_join(arena, cv_slice(cv_arena_printf(arena, "%s%s", origin, request->path)), target);
    }
    return cv_slice_string(arena, cv_iri_to_uri(arena, target));
}
