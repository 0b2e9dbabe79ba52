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
/* What the model's (or its parents') manager of that name makes of all its rows: see Manager in models.h. Raises
 * CV_ERROR_ATTRIBUTE where there is none. */
CvQuerySet *cv_manager_of(const CvModel *model, const char *name);
const CvModel *cv_set_model(const CvQuerySet *set);
/* Whether its rows come in an order: one that was asked for, or the model's. */
bool cv_set_is_ordered(const CvQuerySet *set);
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
/* A relation to fetch along, in a way of its own (Django's Prefetch): `sets` are the rows to take (none: all; several
 * for a generic foreign key, one a model), `attribute` the name under which cv_related_as() finds them (to_attr; NULL:
 * the relation's own). A slice in a set counts for each owner. */
typedef struct CvPrefetch {
    const CvType *type;
    const char *path, *attribute;
    size_t count;
    CvQuerySet *const *sets;
} CvPrefetch;
extern const CvType cv_prefetch_type;
CvPrefetch *cv_prefetch_of(const char *path, const char *attribute, size_t count, CvQuerySet *const *sets);
CvQuerySet *cv_prefetch_at(CvQuerySet *set, CvSite *site, const CvPrefetch *prefetch);
/* Both in one, for a single set. */
CvQuerySet *cv_prefetch_with(CvQuerySet *set, CvSite *site, const char *path, const char *attribute, CvQuerySet *rows);
/* Fetches relations of rows that are here already (Django's prefetch_related_objects); rows of one model. */
void cv_prefetch_objects_of(void *const *rows, size_t count, const char *const *paths);
/* `prefetches` ends in NULL. */
void cv_prefetch_objects_with(void *const *rows, size_t count, const CvPrefetch *const *prefetches);
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

/* Rows of a model from SQL by hand (Django's raw()). `%s` stands for each value, in order: values are always bound,
 * `%%` is a percent sign. Columns of the result find their members by column name; members that are not among them are
 * deferred, other columns are annotations (cv_annotation()). The key must be among them. Nothing can be filtered or
 * ordered further; the rows may be prefetched for, counted by cv_length(), iterated and indexed. */
CvQuerySet *cv_raw_of(const CvModel *model, const char *sql, size_t count, const CvValue *values);
typedef struct CvRawOptions {
    const char *sql;
    size_t count;
    const CvValue *values;
    const char *const *translations; /* pairs: CV_LIST("headline", "title") reads the column headline as title */
    const char *using;               /* a database's alias, or NULL */
} CvRawOptions;
CvQuerySet *cv_raw_with(const CvModel *model, const CvRawOptions *options);

/* How what a row does not have is fetched when it is asked for (Django's fetch modes): deferred members, references,
 * one-to-one ways back. Rows that come so have the mode of the row that they came for. */
typedef enum CvFetchMode {
    CV_FETCH_ONE,   /* for that row */
    CV_FETCH_PEERS, /* with one query for all rows that came in the same query */
    CV_FETCH_RAISE, /* not at all: CV_ERROR_FIELD_FETCH_BLOCKED */
} CvFetchMode;
CvQuerySet *cv_fetch_mode_at(CvQuerySet *set, CvFetchMode mode);

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
/* The row after (or before) `row` by a date or date-time that is never null; rows of one moment stand in the order of
 * their keys. NULL: there is none. `among`: a set of the same model, or NULL for all rows. Raises CV_ERROR_ATTRIBUTE
 * for other fields, CV_ERROR_VALUE for a row that is not saved. */
void *cv_neighbour_of(const void *row, const char *field, bool next, CvQuerySet *among);
/* The model has neighbours by that field. */
bool cv_row_has_neighbours(const CvModel *model, const char *field);

/* Rows in an order of their own (OrderWithRespectTo, models.h). The keys of the rows of `model` that belong to `owner`,
 * in their order, as a flat set (Django's get_answer_order()). CV_ERROR_ATTRIBUTE: they are not ordered by its model.
 */
CvQuerySet *cv_order_of(const CvModel *model, const void *owner);
/* Puts them into another order, from 0 on, with one UPDATE: `keys` are keys or rows. Those that belong to another owner
 * are passed over, those that are not named stay where they are, as in Django. */
void cv_set_order_of(const CvModel *model, const void *owner, size_t count, const CvValue *keys);
/* The row after (or before) `row` in that order, as the database has it now; NULL: there is none, or `row` is not
 * saved. CV_ERROR_ATTRIBUTE: its model has no such order. */
void *cv_neighbour_in_order(const void *row, bool next);
/* The model, or one above it, has such an order. */
bool cv_model_is_ordered(const CvModel *model);
/* Rows of `owner` have rows of `model` in an order; the model of that name ("answer") of which that holds, or NULL. */
bool cv_model_orders(const CvModel *owner, const CvModel *model);
const CvModel *cv_model_ordered_by(const CvModel *owner, CvSlice name);

int64_t cv_count_of_set(CvQuerySet *set);
bool cv_exists_of_set(CvQuerySet *set);
/* One row of aggregates by name. */
CvDict *cv_aggregate_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* The SQL that would be sent, with its values, for people to read. */
const char *cv_sql_of(CvQuerySet *set);
/* What the database says of how it would run the query: a line a step ("3 0 0 SEARCH shop_book USING INDEX ..."). */
const char *cv_explain_of(CvQuerySet *set);

/* Walking: see CV_EACH. */
typedef struct CvEach {
    CvQuerySet *set;
    size_t index;
    bool live;
} CvEach;
CvEach cv_each_begin(CvQuerySet *set);
void *cv_each_next(CvEach *each);

/* Walking rows that are not kept: see CV_ITERATE. `chunk_size` rows are read at a time (0: 2,000), which is what
 * prefetch_related() asks for at a time. A set that has been evaluated is walked as it is. */
typedef struct CvIterate {
    struct CvStream *stream; /* NULL: the end */
    bool live;
} CvIterate;
CvIterate cv_iterate_begin(CvQuerySet *set, size_t chunk_size);
void *cv_iterate_next(CvIterate *iterate);
void cv_iterate_left(CvIterate *iterate); /* closes it, wherever the loop was left */

/* ---- rows and their relations ---- */

/* The row that the reference member at `reference` points to, loaded if it is not there; NULL for a null one. */
void *cv_load(const void *row, const void *reference);
/* The query set behind a many-to-many field or a way back ("tags", "book_set", "reviews"). */
CvQuerySet *cv_related_of(const void *row, const char *name);
/* The same, and the rows must be of `model`. */
CvQuerySet *cv_related_checked(const void *row, const char *name, const CvModel *model);
/* The row behind a way back over a OneToOneField; NULL if there is none. */
void *cv_related_one(const void *row, const char *name, const CvModel *model);
/* The annotation of that name; CV_MISSING if there is none. */
CvValue cv_annotation(const void *row, const char *name);

/* ---- writing ---- */

/* Saves a new row (INSERT). */
void *cv_insert_row(void *row);
/* INSERT or UPDATE, as Django's save(): a row with a key is updated, and inserted if that changed nothing. */
void cv_save(void *row);
/* As cv_save(); what the database or a model's rules refuse is reported instead of raised. *error may be NULL. Inside a
 * CV_ATOMIC a statement that failed marks the block (db/transaction.h): put one of its own around this call to go on.
 */
bool cv_try_save(void *row, CvError **error) CV_NODISCARD;
/* Saves the row's own table as it stands, over a row with the same key: no defaults, no auto_now, no parents (what a
 * fixture's loader does). */
void cv_save_raw(void *row);
/* A row for it: cv_row_new(), but if nothing sets its `_order`, cv_save_raw() gives it the next number. */
void *cv_row_new_unordered(const CvModel *model);
/* The same with Django's keywords: cv_save_with(book, .update_fields = CV_LIST("stock")). */
typedef struct CvSaveOptions {
    bool force_insert, force_update;  /* the one or the other, nothing else; what cannot be is raised */
    const char *const *update_fields; /* only these members; CV_ERROR_NOT_UPDATED where there is no such row */
    const char *using;                /* a database's alias */
} CvSaveOptions;
#define cv_save_with(row, ...) cv_save_row((row), &(const CvSaveOptions){__VA_ARGS__})
void cv_save_row(void *row, const CvSaveOptions *options);
/* Only these members (Django's update_fields). */
void cv_save_fields_of(void *row, const char *const *names);
#define cv_save_fields(row, ...) cv_save_fields_of((row), CV_LIST(__VA_ARGS__))
/* Names with values, for defaults: cv_pairs("color", "#fff", "sold", cv_plus(cv_f("sold"), cv_value(1))). */
typedef struct CvPairs {
    size_t count;
    const char *const *keys;
    const CvValue *values;
} CvPairs;
#define cv_pairs(...)                                                                                             \
    (&(const CvPairs){CV_COUNT(__VA_ARGS__) / 2, (const char *const[]){CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL}, \
                      (const CvValue[]){CV_VALUES(__VA_ARGS__) __VA_OPT__(, ){.kind = CV_MISSING}}})
/* The row that matches, or one that is made of what is asked for by plain names and of the defaults (NULL: none); that
 * another context makes it at the same time is no error. *created may be NULL. See cv_get_or_create() in orm.h. */
void *cv_get_or_create_at(CvQuerySet *set, CvSite *site, const CvPairs *defaults, bool *created, size_t count,
                          const char *const *keys, const CvValue *values);
/* The same; a row that is there gets `defaults`, a new one `create_defaults` (NULL: the same). In a transaction. */
void *cv_update_or_create_at(CvQuerySet *set, CvSite *site, const CvPairs *defaults, const CvPairs *create_defaults,
                             bool *created, size_t count, const char *const *keys, const CvValue *values);
/* Reads all members again. */
void cv_reload(void *row);
/* Reads these again: cv_reload_fields(book, "stock", "sold"). */
#define cv_reload_fields(row, ...) cv_reload_fields_of((row), CV_LIST(__VA_ARGS__))
void cv_reload_fields_of(void *row, const char *const *names);
/* Rows changed. */
int64_t cv_update_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* Deletes a row, or all rows of a query set, with all that depends on them; the number of rows deleted. */
int64_t cv_delete(const void *row_or_set);
/* The same, with the number for each model: {"bookstore.Book": 1}. */
int64_t cv_delete_counted(const void *row_or_set, CvDict **counts);
/* The same with Django's keywords. What forbids the deletion (on_delete of CV_PROTECT and CV_RESTRICT) is raised before
 * anything is sent: CV_ERROR_PROTECTED or CV_ERROR_RESTRICTED, whose `subject` is the CvList of rows that forbid it. A
 * row that is gone has no key any more. */
typedef struct CvDeleteOptions {
    bool keep_parents; /* of a row of a CHILD_MODEL: its row in the parent's table stays */
    const char *using; /* a database's alias; NULL: where the row or set is from */
    CvDict **counts;   /* gets the number for each model; may be NULL */
} CvDeleteOptions;
int64_t cv_delete_with(const void *row_or_set, const CvDeleteOptions *options);
/* INSERT of many rows of one model in few statements, without signals: cv_bulk_create(rows, count). Keys and what the
 * database sets are in the rows afterwards, but for ignore_conflicts. Options:
 *     .batch_size = 100
 *     .ignore_conflicts = true                          rows that a constraint refuses are left out
 *     .update_conflicts = true, .update_fields = CV_LIST("color"), .unique_fields = CV_LIST("name")
 *                                                       such a row that is there gets these members instead
 * Expressions (cv_assign) may be members. Mistakes are raised with Django's messages. */
typedef struct CvBulkOptions {
    size_t batch_size; /* 0: as many as one statement may hold */
    bool ignore_conflicts, update_conflicts;
    const char *const *update_fields, *const *unique_fields;
    const char *using;
} CvBulkOptions;
#define cv_bulk_create(rows, count, ...) \
    cv_bulk_create_of((void *const *)(rows), (count), &(const CvBulkOptions){__VA_ARGS__})
void cv_bulk_create_of(void *const *rows, size_t count, const CvBulkOptions *options);
void cv_insert_rows(void *const *rows, size_t count);
/* UPDATE of many saved rows of a model in few statements, of the named members: cv_bulk_update(books, count,
 * .update_fields = CV_LIST("stock")); the number of rows that changed. .batch_size: how many a statement takes. */
#define cv_bulk_update(rows, count, ...) \
    cv_bulk_update_of((void *const *)(rows), (count), &(const CvBulkOptions){__VA_ARGS__})
int64_t cv_bulk_update_of(void *const *rows, size_t count, const CvBulkOptions *options);

/* Changing sets that cv_related() gave: many-to-many ones (values are rows or keys), ways back over foreign keys and
 * generic relations (values are rows). Each call is one transaction in the owner's database. `how` may be NULL. */
typedef struct CvLinkOptions {
    size_t default_count; /* members of the new rows of the table between (Django's through_defaults) */
    const char *const *default_names;
    const CvValue *default_values;
    bool one_by_one; /* over foreign keys: each row is saved by itself (bulk=False) */
    bool clear;      /* cv_related_set(): everything is taken out first */
} CvLinkOptions;
void cv_related_add(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how);
void cv_related_remove(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how);
/* Makes the set hold exactly these: takes out what is not among them, puts in what is missing. */
void cv_related_set(CvQuerySet *related, size_t count, const CvValue *values, const CvLinkOptions *how);
void cv_related_clear(CvQuerySet *related, const CvLinkOptions *how);
/* A new row of the set's model that refers to the set's owner; then saves it and links it. */
void *cv_related_new(CvQuerySet *related);
void *cv_related_save(CvQuerySet *related, void *row, const CvLinkOptions *how);

/* ---- plans ---- */

/* The cache of compiled queries: its bound (0: the default of 1,024), and what it did so far. */
void cv_plan_cache_limit(size_t most);
/* Forgets all plans; those in use end with their use. */
void cv_plan_cache_forget(void);
/* Compiles again whenever a kept plan is to be used, and raises CV_ERROR_PROGRAMMING where the SQL differs, or how
 * values are bound or rows read. Tests and DEBUG have it on: what decides these and is not in the fingerprint is found
 * there. */
void cv_plan_cache_verify(bool on);
typedef struct CvPlanStatistics {
    uint64_t compiled, reused, evicted;
    size_t kept, bytes;
} CvPlanStatistics;
CvPlanStatistics cv_plan_statistics(void);

CV_API_END

#endif
