/* xframe.c: X-Frame-Options: pages of this site are not shown inside frames of others. */
#include "http/http.h"
#include "middleware/fixed_private.h"
#include "middleware/middleware.h"
#include "web/project.h"

static CvHeaders fixed;

/* A response that may be framed is marked by an entry in a slot that nothing else uses. */
static const char framed = 0;

static bool xframe_init(const CvSettings *settings, CvErrors *errors)
{
    char *upper = cv_arena_strdup(cv_project_arena(), settings->x_frame_options);
    for (char *at = upper; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    fixed = (CvHeaders){0};
    if (*upper)
        cv_fixed_header(&fixed, cv_project_arena(), "X_FRAME_OPTIONS", CV_SLICE("X-Frame-Options"), cv_slice(upper),
                        errors);
    return fixed.count > 0;
}

void cv_xframe_exempt(CvResponse *response)
{
    response->slots[CV_RESPONSE_SLOTS - 1] = (void *)&framed;
}

static CvResponse *xframe_response(CvRequest *request, CvResponse *response)
{
    (void)request;
    if (response->slots[CV_RESPONSE_SLOTS - 1] != &framed)
        cv_fixed_header_put(response, &fixed.items[0]);
    return response;
}

const CvMiddleware cv_xframe_middleware = {
    .name = "xframe",
    .init = xframe_init,
    .process_response = xframe_response,
};
