/* query.h: query sets by function: what the macros of orm.h call, and the run-time twins for names that are no
 * literals.
 *
 * A query set is a chain of steps that nothing has been asked of yet; each verb gives a new one and leaves its argument
 * as it was. Asking for rows runs one query and keeps them. All live in the current arena. What is wrong with a name or
 * a value is raised when the set is evaluated (CV_ERROR_FIELD, CV_ERROR_VALUE, ...), with Django's messages. */
#ifndef CV_ORM_QUERY_H
#define CV_ORM_QUERY_H

#include "orm/expr.h"

CV_API_BEGIN

#define CV_END INT64_MAX /* of a slice that is open to the right */

/* ---- chains ---- */

CvQuerySet *cv_objects_of(const CvModel *model);    /* default manager */
CvQuerySet *cv_everything_of(const CvModel *model); /* Django's _base_manager */
const CvModel *cv_set_model(const CvQuerySet *set);
/* The type of every query set as an object: what others (pages) know one by. */
extern const CvType cv_query_set_type;

/* `site` may be NULL where no record was made (calls with names made while running). Values are copied, what they point
 * to is borrowed. */
CvQuerySet *cv_filter_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
CvQuerySet *cv_exclude_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
CvQuerySet *cv_where_at(CvQuerySet *set, CvExpr *condition, bool negated);
/* NULL-terminated names: "title", "-published", "author__name", "?"; none: no order. */
CvQuerySet *cv_order_by_at(CvQuerySet *set, CvSite *site, const char *const *names);
/* Names as CV_STRING values, or expressions. */
CvQuerySet *cv_order_by_of(CvQuerySet *set, size_t count, const CvValue *by);
CvQuerySet *cv_reverse_at(CvQuerySet *set);
CvQuerySet *cv_distinct_at(CvQuerySet *set);
/* Rows from `start` to before `end` (CV_END), counted within the set. Negative ones raise CV_ERROR_VALUE. */
CvQuerySet *cv_slice_at(CvQuerySet *set, int64_t start, int64_t end);
CvQuerySet *cv_none_at(CvQuerySet *set);
CvQuerySet *cv_select_related_at(CvQuerySet *set, CvSite *site, const char *const *paths);
CvQuerySet *cv_prefetch_related_at(CvQuerySet *set, CvSite *site, const char *const *paths);
CvQuerySet *cv_only_at(CvQuerySet *set, CvSite *site, const char *const *names);
CvQuerySet *cv_without_at(CvQuerySet *set, CvSite *site, const char *const *names); /* Django's defer() */
CvQuerySet *cv_annotate_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* As annotate(), but the rows do not get it: for later filters and orders. */
CvQuerySet *cv_alias_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
CvQuerySet *cv_using_at(CvQuerySet *set, const char *database_alias);

/* The set and others as one: `how` is "union", "union all", "intersection" or "difference". Afterwards only order,
 * slices and results may be asked for. */
CvQuerySet *cv_combine_at(CvQuerySet *set, const char *how, size_t count, CvQuerySet *const *others);

/* Rows of `a` that are (&), or are besides (|), or are not both (^) in `b`, as one query of a's shape; Django's
 * operators. Both are sets of one model without slices. */
CvQuerySet *cv_merge_at(CvQuerySet *a, char how, CvQuerySet *b);

/* Sets whose rows are records (or lists) of the named fields; no names: all concrete fields and annotations. */
CvQuerySet *cv_values_at(CvQuerySet *set, CvSite *site, const char *const *names);
CvQuerySet *cv_values_list_at(CvQuerySet *set, CvSite *site, const char *const *names, bool flat);

/* ---- results ---- */

/* Evaluates if need be; the number of rows. */
size_t cv_length_of(CvQuerySet *set);
/* The row at `index` of an evaluated set; CV_ERROR_INDEX if there is none. Rows of cv_values sets are CvRecord *;
 * cv_item_of() gives any of them as a value. */
void *cv_row_at(CvQuerySet *set, size_t index);
CvValue cv_item_of(CvQuerySet *set, size_t index);
/* All rows, side by side in one block. */
void *cv_all_of(CvQuerySet *set, size_t *count);
void *cv_first_of(CvQuerySet *set);
void *cv_last_of(CvQuerySet *set);
/* The one row that matches; NULL if none does; more than one raises CV_ERROR_MULTIPLE_OBJECTS. */
void *cv_get_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
int64_t cv_count_of_set(CvQuerySet *set);
bool cv_exists_of_set(CvQuerySet *set);
/* One row of aggregates by name. */
CvDict *cv_aggregate_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* The SQL that would be sent, with its values, for people to read. */
const char *cv_sql_of(CvQuerySet *set);

/* Walking: see CV_EACH. */
typedef struct CvEach {
    CvQuerySet *set;
    size_t index;
    bool live;
} CvEach;
CvEach cv_each_begin(CvQuerySet *set);
void *cv_each_next(CvEach *each);

/* ---- rows and their relations ---- */

/* The row that the reference member at `reference` points to, loaded if it is not there; NULL for a null one. */
void *cv_load(const void *row, const void *reference);
/* The query set behind a many-to-many field or a way back ("tags", "book_set", "reviews"). */
CvQuerySet *cv_related_of(const void *row, const char *name);
/* The same, and the rows must be of `model`. */
CvQuerySet *cv_related_checked(const void *row, const char *name, const CvModel *model);
/* The annotation of that name; CV_MISSING if there is none. */
CvValue cv_annotation(const void *row, const char *name);

/* ---- writing ---- */

/* Saves a new row (INSERT). */
void *cv_insert_row(void *row);
/* INSERT or UPDATE, as Django's save(): a row with a key is updated, and inserted if that changed nothing. */
void cv_save(void *row);
/* As cv_save(); what the database or a model's rules refuse is reported instead of raised. *error may be NULL. */
bool cv_try_save(void *row, CvError **error) CV_NODISCARD;
/* Saves the row's own table as it stands, over a row with the same key: no defaults, no auto_now, no parents (what a
 * fixture's loader does). */
void cv_save_raw(void *row);
/* Only these members (Django's update_fields). */
void cv_save_fields_of(void *row, const char *const *names);
#define cv_save_fields(row, ...) cv_save_fields_of((row), CV_LIST(__VA_ARGS__))
/* Reads all members again. */
void cv_reload(void *row);
/* Rows changed. */
int64_t cv_update_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* Deletes a row, or all rows of a query set, with all that depends on them; the number of rows deleted. */
int64_t cv_delete(const void *row_or_set);
/* The same, with the number for each model: {"bookstore.Book": 1}. */
int64_t cv_delete_counted(const void *row_or_set, CvDict **counts);
/* INSERT of many rows in few statements (Django's bulk_create); rows of one model. */
void cv_insert_rows(void *const *rows, size_t count);

/* Many-to-many sets and ways back, as cv_related() gives them; values are rows or keys. */
void cv_related_add(CvQuerySet *related, size_t count, const CvValue *values);
void cv_related_remove(CvQuerySet *related, size_t count, const CvValue *values);
void cv_related_set(CvQuerySet *related, size_t count, const CvValue *values);
void cv_related_clear(CvQuerySet *related);

/* ---- plans ---- */

/* The cache of compiled queries: its bound (0: the default of 1,024), and what it did so far. */
void cv_plan_cache_limit(size_t most);
typedef struct CvPlanStatistics {
    uint64_t compiled, reused, evicted;
    size_t kept;
} CvPlanStatistics;
CvPlanStatistics cv_plan_statistics(void);

CV_API_END

#endif
