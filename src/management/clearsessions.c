/* clearsessions.c: ./manage clearsessions: deletes stored sessions that have expired; for a daily timer. */
#include "contrib/sessions/sessions.h"
#include "management/command_private.h"

static int clearsessions(CvCommandLine *line)
{
    (void)line;
    if (!cv_app_find("sessions")) {
        cv_say_error("This site has no sessions: cv_sessions is not in its apps.");
        return 1;
    }
    size_t count = cv_clear_expired_sessions();
    printf("Deleted %zu expired session%s.\n", count, count == 1 ? "" : "s");
    return 0;
}

const CvCommand cv_clearsessions_command = {
    .name = "clearsessions",
    .summary = "Deletes the stored sessions that have expired.",
    .details = "Of the engine that SESSION_ENGINE names. Nothing is lost: nobody can use them any more.",
    .most = 0,
    .run = clearsessions,
};
