/* compile_private.h: what the files that make plans share: the columns of a result, statements written. */
#ifndef CV_ORM_COMPILE_PRIVATE_H
#define CV_ORM_COMPILE_PRIVATE_H

#include "orm/query_private.h"

/* The columns of a result under way. */
typedef struct CvColumns {
    CV_VECTOR(CvSql *) sql;
    CV_VECTOR(const char *) names;
    CV_VECTOR(CvPlanRelated) related;
} CvColumns;

void cv_columns_add(CvQuery *query, CvColumns *columns, CvSql *sql, const char *name);
/* The columns of values(), or of the model with annotations and related rows; how they are read goes to the plan. */
void cv_columns_values(CvQuery *query, CvColumns *columns, CvPlan *plan);
void cv_columns_rows(CvQuery *query, CvColumns *columns, CvPlan *plan);
/* All columns of a model at a join (`deferred` bits left out), and how they are read into its rows. */
const CvReader *cv_columns_model(CvQuery *query, CvColumns *columns, int join, const CvModel *model,
                                 const uint64_t *deferred, size_t *count);
/* What select_related() is told of a name that is no relation to one row. */
CV_NORETURN void cv_raise_not_related(CvArena *arena, const CvModel *model, const char *name);
/* The column that update() sets by that name; raises where there is none. */
const CvColumn *cv_update_column(const CvModel *model, const char *name);

/* ---- only() and defer() (defer.c) ---- */

/* What of a model is read: columns, and what of the rows that come with it. */
typedef struct CvSelectMask {
    const CvModel *model;
    uint64_t *loaded;       /* bits by column */
    const CvMember *member; /* what leads here */
    struct CvSelectMask *below, *next;
    bool everything; /* all columns, and all that is followed */
    bool left_out;   /* not to be followed */
    bool others;     /* relations that are not named may be followed */
} CvSelectMask;

void cv_defer_step(CvQuery *query, const CvStep *step);
/* NULL: everything is read. Raises CV_ERROR_FIELD_DOES_NOT_EXIST for names that are none. */
const CvSelectMask *cv_select_mask(const CvQuery *query);
/* The columns left out, bits by column; NULL: none. */
const uint64_t *cv_mask_deferred(const CvQuery *query, const CvSelectMask *mask);
/* The mask behind a relation that select_related() follows; NULL: everything. `named`: by its name, then it raises
 * CV_ERROR_FIELD where the relation is left out. */
const CvSelectMask *cv_mask_follow(const CvSelectMask *mask, const CvMember *member, bool named);

/* One group for each row of the model becomes groups by its key, by the annotations and by what else is selected. */
void cv_query_group_by_key(CvQuery *query);
/* Writes the statement and keeps its text and binds in the plan. */
void cv_plan_write(CvQuery *query, CvPlan *plan, CvSqlSelect *select);

/* ---- plans of their own files ---- */

void cv_plan_aggregate(CvQuery *query, CvPlan *plan, const CvStep *step, uint32_t slot);
/* UPDATE by the step's assignments; NULL: DELETE. */
void cv_plan_change(CvQuery *query, CvPlan *plan, const CvStep *step, uint32_t slot);

/* ---- union(), intersection(), difference() (combine.c) ---- */

/* Replays the step: compiles the sets that are combined. */
void cv_combine_step(CvQuery *query, const CvStep *step, uint32_t slot);
/* Ordering the whole takes the orders of its parts away, but for those that are sliced. */
void cv_combine_reorder(CvQuery *query);
/* Their SELECT, with the query's own order and limits; how rows are read goes to the plan. NULL: there can be none. */
CvSqlSelect *cv_combine_select(CvQuery *query, CvPlan *plan);

/* ---- conditions on windows (qualify.c) ---- */

/* The whole SELECT of these columns where the query has such conditions. */
CvSqlSelect *cv_qualify_select(CvQuery *query, CvColumns *columns);
/* SELECT of these columns of the query's rows, with all that it was asked: conditions on windows, order, groups,
 * limits. Whoever wants rows of a query calls this. */
CvSqlSelect *cv_select_of(CvQuery *query, CvColumns *columns);

/* Raises if an annotation must not be called so. */
void cv_check_alias(const char *name);

#endif
