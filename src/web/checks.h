/* checks.h: what `./manage check` runs before anything is served: settings, models, URLs, templates, and every
 * keyword call in the program.
 *
 *     static void shop_check(const CvApp *app, CvChecks *checks)
 *     {
 *         if (!shop_has_printer())
 *             cv_checks_add(checks, CV_CHECK_WARNING, "shop.W001", NULL, 0, "No printer is set up.")->hint = "...";
 *     }
 *
 * A message has a level, an id, a place and a hint. Errors keep `serve` and `runserver` from starting. Ids listed in
 * SILENCED_SYSTEM_CHECKS are not shown (errors too, as in Django). */
#ifndef CV_WEB_CHECKS_H
#define CV_WEB_CHECKS_H

#include "web/settings.h"

CV_API_BEGIN

typedef enum CvCheckLevel {
    CV_CHECK_INFO = 20,
    CV_CHECK_WARNING = 30,
    CV_CHECK_ERROR = 40,
} CvCheckLevel;

typedef struct CvCheckMessage {
    CvCheckLevel level;
    const char *id;
    const char *message;
    const char *hint; /* or NULL */
    const char *file; /* or NULL */
    int line, column;
} CvCheckMessage;

typedef struct CvChecks {
    CvArena *arena;
    bool deploy; /* check --deploy: what only matters in production, too */
    CV_VECTOR(CvCheckMessage *) messages;
} CvChecks;

/* Adds a message; the result's hint and column can be filled in. `file` may be NULL. */
CvCheckMessage *cv_checks_add(CvChecks *checks, CvCheckLevel level, const char *id, const char *file, int line,
                              const char *format, ...) CV_PRINTF(6, 7);
/* Adds an error that a lower floor gave. */
CvCheckMessage *cv_checks_add_error(CvChecks *checks, const char *id, const CvError *error);
/* "Did you mean ...?" in the checks' arena, or NULL if nothing is near. */
const char *cv_checks_did_you_mean(CvChecks *checks, CvSlice name, const char *const *candidates);

/* Runs all checks of the started project. Gives the number of messages at or above CV_CHECK_ERROR that are not
 * silenced. */
size_t cv_checks_run(CvChecks *checks);
/* Appends all messages as text: "FILE:LINE: error: message (id)" with the hint on a line of its own. */
void cv_checks_describe(const CvChecks *checks, CvBuffer *out, bool colours);

CV_API_END

#endif
