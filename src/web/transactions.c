/* transactions.c: the database side of a request: begun, settled before the response is sent, or taken back. */
#include "db/db.h"
#include "web/project_private.h"

void cv_project_begin(CvRequest *request)
{
    if (!cv_project.has_database)
        return;
    if (CV_UNLIKELY(cv_project.settings->debug))
        cv_sql_log_start(request->arena);
    cv_db_request_begin();
}

void cv_project_settle(CvRequest *request)
{
    (void)request;
    if (!cv_project.has_database)
        return;
    const CvError *failed = cv_db_failed_commit();
    cv_db_request_end();
    if (CV_UNLIKELY(failed != NULL))
        cv_raise_error(failed);
}

void cv_project_roll_back(CvRequest *request)
{
    (void)request;
    if (!cv_project.has_database)
        return;
    cv_db_request_end();
    cv_db_request_begin(); /* error pages may read */
}
