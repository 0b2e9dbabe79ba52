/* explain.c: how the database would run a query. */
#include "orm/set_private.h"

const char *cv_explain_of(CvQuerySet *set)
{
    CvArena *arena = cv_arena();
    CvDatabase *database = cv_set_database(set);
    CvPlan *plan = cv_plan_of(set, CV_FOR_ROWS, database);
    CvBuffer out = cv_buffer(arena);
    if (!plan->nothing) {
        const CvReader any = {.kind = CV_READ_ANY, .as_value = true};
        CvSqlText *text = cv_arena_new(arena, CvSqlText);
        CvFetch fetch;
        *text = cv_sql_text(cv_arena_printf(arena, "EXPLAIN QUERY PLAN %s", plan->text.sql));
        cv_fetch_begin(&fetch, database, text, plan->bind_count, cv_plan_bind(arena, plan, set), arena);
        while (cv_fetch_step(&fetch)) {
            cv_buffer_append_string(&out, out.length ? "\n" : "");
            for (int i = 0; i < fetch.cursor.columns; i++) {
                CvValue value;
                cv_fetch_read(&fetch, i, &any, 1, &value);
                cv_buffer_append_string(&out, i ? " " : "");
                cv_buffer_append_slice(&out, cv_value_str(arena, value));
            }
        }
        cv_fetch_end(&fetch);
    }
    cv_plan_release(plan);
    return cv_buffer_string(&out);
}
