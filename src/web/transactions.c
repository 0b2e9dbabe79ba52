/* transactions.c: the database side of a request: begun, settled before the response is sent, or taken back. */
#include "db/db.h"
#include "orm/query.h"
#include "web/project_private.h"

void cv_project_begin(CvRequest *request)
{
    if (!cv_project.has_database)
        return;
    if (CV_UNLIKELY(cv_project.settings->debug))
        cv_sql_log_start(request->arena);
    cv_db_request_begin();
}

void cv_project_raise_failed_commit(void)
{
    const CvError *failed = cv_project.has_database ? cv_db_failed_commit() : NULL;
    if (CV_UNLIKELY(failed != NULL))
        cv_raise_error(failed);
}

void cv_project_settle(void)
{
    if (!cv_project.has_database)
        return;
    const CvError *failed = cv_db_failed_commit();
    cv_db_request_end();
    if (CV_UNLIKELY(failed != NULL))
        cv_raise_error(failed);
}

/* Where the log is kept when the request's use of the database ends before the page about it is made. */
static int log_slot(void)
{
    static int slot = -1;
    if (slot < 0)
        slot = cv_request_slot(NULL, NULL);
    return slot;
}

void cv_project_watch_queries(bool debug)
{
    (void)log_slot();
    cv_plan_cache_verify(debug);
}

void cv_project_roll_back(CvRequest *request)
{
    if (!cv_project.has_database)
        return;
    const CvSqlEntry *log = cv_project.settings->debug ? cv_sql_log() : NULL;
    if (log)
        request->slots[log_slot()] = (void *)log;
    cv_db_request_end();
    cv_db_request_begin(); /* error pages may read */
}

const CvSqlEntry *cv_request_sql_log(const CvRequest *request)
{
    if (!cv_project.has_database || !cv_project.settings->debug)
        return NULL;
    const CvSqlEntry *kept = request->slots[log_slot()];
    return kept ? kept : cv_sql_log();
}
