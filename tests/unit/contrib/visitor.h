/* visitor.h: a visitor of a site under test: keeps cookies from one request to the next, as a browser does. */
#ifndef CV_TESTS_UNIT_CONTRIB_VISITOR_H
#define CV_TESTS_UNIT_CONTRIB_VISITOR_H

#include "http/http.h"
#include "web/web.h"

#include "unit.h"

typedef struct Visitor {
    CvArena *arena;
    const char *names[8], *values[8]; /* cookies */
    size_t count;
    CvResponse *response; /* the last one */
} Visitor;

static inline const char *visitor_cookie(const Visitor *visitor, const char *name)
{
    for (size_t i = 0; i < visitor->count; i++)
        if (strcmp(visitor->names[i], name) == 0)
            return visitor->values[i];
    return NULL;
}

/* NULL: deleted. */
static inline void visitor_set_cookie(Visitor *visitor, const char *name, const char *value)
{
    size_t at = 0;
    while (at < visitor->count && strcmp(visitor->names[at], name) != 0)
        at++;
    if (at == visitor->count && value)
        visitor->count++;
    if (value) {
        visitor->names[at] = name;
        visitor->values[at] = value;
    } else if (at < visitor->count) {
        visitor->count--;
        visitor->names[at] = visitor->names[visitor->count];
        visitor->values[at] = visitor->values[visitor->count];
    }
}

static inline void visitor_take(Visitor *visitor)
{
    const CvCookies *cookies = &visitor->response->cookies;
    for (size_t i = 0; i < cookies->count; i++) {
        bool gone = strstr(cookies->items[i].header, "Max-Age=0") != NULL;
        visitor_set_cookie(visitor, cookies->items[i].name, gone ? NULL : cookies->items[i].value);
    }
}

/* The status of the answer; the rest is in visitor->response. */
static inline int visit_with(Visitor *visitor, const char *method, const char *path, const char *body)
{
    static CvArena *arena; /* lives as long as the test */
    visitor->arena = arena = arena ? arena : cv_arena_create(0);
    CvBuffer cookie = cv_buffer(visitor->arena);
    for (size_t i = 0; i < visitor->count; i++)
        cv_buffer_printf(&cookie, "%s%s=%s", i ? "; " : "", visitor->names[i], visitor->values[i]);
    const char *type = "application/x-www-form-urlencoded";
    const char *const *headers = visitor->count
                                     ? CV_LIST("Host", "x", "Content-Type", type, "Cookie", cv_buffer_string(&cookie))
                                     : CV_LIST("Host", "x", "Content-Type", type);
    visitor->response =
        cv_handle(cv_request_make(visitor->arena, method, path, headers, cv_slice(body ? body : ""), NULL));
    visitor_take(visitor);
    return visitor->response->status;
}

static inline int visit(Visitor *visitor, const char *path)
{
    return visit_with(visitor, "GET", path, NULL);
}

static inline const char *visitor_body(const Visitor *visitor)
{
    return cv_slice_string(visitor->arena, visitor->response->body);
}

#endif
