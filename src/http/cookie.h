/* cookie.h: reading the Cookie header and writing Set-Cookie, as Django and Python's http.cookies do.
 *
 *     cv_response_set_cookie(response, "theme", "dark", &(CvCookieOptions){.max_age = 3600, .httponly = true});
 *     const char *theme = cv_request_cookie(request, "theme");
 */
#ifndef CV_HTTP_COOKIE_H
#define CV_HTTP_COOKIE_H

#include "base/error.h"
#include "base/time.h"
#include "base/vector.h"

CV_API_BEGIN

/* Attributes of a cookie that is set; zero members are left out. */
typedef struct CvCookieOptions {
    int64_t max_age;          /* seconds; also gives Expires (Django). 0 means "not given": see max_age_zero */
    bool max_age_zero;        /* Max-Age=0 */
    CvDateTime expires;       /* aware or naive (UTC); if set and max_age is not, gives Max-Age too */
    const char *expires_text; /* Expires as it is to stand in the header; before `expires` */
    const char *path;         /* NULL: "/"; "": no Path attribute */
    const char *domain;       /* NULL: none */
    const char *samesite;     /* "Lax", "Strict", "None" (any case); NULL: none. Others fail as CV_ERROR_VALUE */
    bool secure, httponly;
} CvCookieOptions;

/* One cookie to be set. */
typedef struct CvCookie {
    const char *name;
    const char *value;  /* as given */
    const char *header; /* the value of its Set-Cookie header */
} CvCookie;

typedef CV_VECTOR(CvCookie) CvCookies;

/* Makes the Set-Cookie value. False with CV_ERROR_VALUE if the name is not a legal one, an attribute could break out
 * of the header, or samesite is unknown. */
bool cv_cookie_format(CvArena *arena, CvSlice name, CvSlice value, const CvCookieOptions *options, const char **header,
                      CvError *error);

/* One pair after the other of a Cookie header (UTF-8 text), as Django's parse_cookie reads it: white space and quotes
 * taken off, backslash escapes resolved; a part without '=' is a value with an empty name. False at the end. The value
 * is a slice of the header or lives in the arena. Later pairs of a name replace earlier ones in Django. */
bool cv_cookie_next(CvArena *arena, CvSlice *rest, CvSlice *name, CvSlice *value);

CV_API_END

#endif
