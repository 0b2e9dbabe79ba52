/* xframe.c: X-Frame-Options: pages of this site are not shown inside frames of others. */
#include "http/http.h"
#include "middleware/middleware.h"
#include "web/project.h"

static CvSlice value;

/* A response that may be framed is marked by an entry in a slot that nothing else uses. */
static const char framed = 0;

static bool xframe_init(const CvSettings *settings, CvErrors *errors)
{
    (void)errors;
    char *upper = cv_arena_strdup(cv_project_arena(), settings->x_frame_options);
    for (char *at = upper; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    value = cv_slice(upper);
    return value.length > 0;
}

void cv_xframe_exempt(CvResponse *response)
{
    response->slots[CV_RESPONSE_SLOTS - 1] = (void *)&framed;
}

static CvResponse *xframe_response(CvRequest *request, CvResponse *response)
{
    (void)request;
    CvSlice name = CV_SLICE("X-Frame-Options");
    CvError error;
    if (response->slots[CV_RESPONSE_SLOTS - 1] != &framed && !cv_headers_find(&response->headers, name) &&
        !cv_headers_set_slice(&response->headers, response->arena, name, value, true, &error))
        cv_raise_error(&error);
    return response;
}

const CvMiddleware cv_xframe_middleware = {
    .name = "xframe",
    .init = xframe_init,
    .process_response = xframe_response,
};
