/* reverse.h: from a view's name and arguments to its path.
 *
 *     const char *url;
 *     CvReverse what = {.name = "polls:detail", .args = (CvValue[]){CV_VALUE(5)}, .arg_count = 1};
 *     if (!cv_reverse_path(resolver, arena, &what, &url, &error))                 // CV_ERROR_NO_REVERSE_MATCH
 *         return false;
 *
 * Rules and messages are Django's reverse(). Site code uses cv_url("polls:detail", "pk", 5) of web/shortcuts.h. */
#ifndef CV_URLS_REVERSE_H
#define CV_URLS_REVERSE_H

#include "urls/resolver.h"

CV_API_BEGIN

typedef struct CvReverse {
    const char *name;    /* "name" or "namespace:...:name" */
    const CvValue *args; /* positional; not together with named ones */
    size_t arg_count;
    const char *const *keys; /* named */
    const CvValue *values;
    size_t kwarg_count;
    const char *current_app;   /* "namespace:..." of the page that asks, or NULL */
    const char *script_prefix; /* where the site is mounted; NULL: "/" */
    CvValue query;             /* a dict or a list of pairs; or text that is encoded already, without "?" */
    const char *fragment;      /* as it is, without "#"; or NULL */
} CvReverse;

/* The path, percent-encoded. Errors: CV_ERROR_NO_REVERSE_MATCH; CV_ERROR_VALUE where the tables hold a regular
 * expression that cannot be reversed, or `args` and `keys` are mixed. */
bool cv_reverse_path(const CvResolver *resolver, CvArena *arena, const CvReverse *what, const char **url,
                     CvError *error) CV_NODISCARD;

/* For checks before serving: whether `name` exists and some row of that name takes exactly these keys (`keys` NULL:
 * that many positional arguments). `error` says what is wrong, with the nearest right spelling as hint. */
bool cv_reverse_check(const CvResolver *resolver, CvArena *arena, const char *name, size_t count,
                      const char *const *keys, CvError *error) CV_NODISCARD;

CV_API_END

#endif
