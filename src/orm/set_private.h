/* set_private.h: query sets from within: steps, fingerprints, values in slots; compiled plans. */
#ifndef CV_ORM_SET_PRIVATE_H
#define CV_ORM_SET_PRIVATE_H

#include "db/session.h"
#include "db/sql.h"
#include "orm/model_private.h"
#include "orm/orm.h"

typedef enum CvStepKind {
    CV_STEP_FILTER = 1,
    CV_STEP_EXCLUDE,
    CV_STEP_WHERE,
    CV_STEP_WHERE_NOT,
    CV_STEP_ORDER,
    CV_STEP_REVERSE,
    CV_STEP_DISTINCT,
    CV_STEP_SLICE, /* two values: start, end or null */
    CV_STEP_NONE,
    CV_STEP_SELECT_RELATED,
    CV_STEP_PREFETCH,
    CV_STEP_ONLY,
    CV_STEP_WITHOUT,
    CV_STEP_ANNOTATE,
    CV_STEP_ALIAS,
    CV_STEP_VALUES,
    CV_STEP_VALUES_LIST,
    CV_STEP_STICKY, /* what comes next shares the joins of what came before (related sets) */
    CV_STEP_AGGREGATE,
    CV_STEP_UPDATE,
    CV_STEP_COMBINE, /* keys: the operator; values: the sets */
} CvStepKind;

/* One link of the chain, newest first. */
typedef struct CvStep {
    struct CvStep *previous;
    uint8_t kind;
    uint32_t count;      /* keys, and values if there are any */
    uint32_t first_slot; /* of its values */
    const CvSite *site;
    const char *const *keys;
    const CvValue *values;             /* NULL: names alone */
    const struct CvPrefetch *prefetch; /* PREFETCH: more than a path, or NULL */
} CvStep;

typedef enum CvRowsKind { CV_ROWS_MODEL, CV_ROWS_RECORDS, CV_ROWS_LISTS, CV_ROWS_FLAT } CvRowsKind;

struct CvQuerySet {
    const CvType *type;
    const CvModel *model;
    CvDatabase *database; /* NULL: the default */
    CvStep *last;
    uint64_t fingerprint, check; /* check: the same structure by another formula */
    uint32_t slots;              /* values in all steps */
    uint8_t rows_kind;
    uint8_t fetch_mode; /* CvFetchMode */
    bool sliced, ordered, fetched, empty_step, prefetches;
    bool walked; /* by a template's loop that may not have kept the rows: the next walk keeps them */
    /* results */
    char *rows;
    size_t row_size, row_count;
    /* of a related set: whose it is */
    const void *owner;
    const CvMember *member;
    bool of_unsaved;              /* the owner has no key: nothing can be asked */
    const struct CvRawQuery *raw; /* SQL by hand; NULL: made of the steps */
    const char *combined;         /* "union" ...: what may be asked of it is little */
};

/* ---- expressions ---- */

typedef enum CvExprKind {
    CV_EXPR_CONDITION, /* keys and values, all of them */
    CV_EXPR_LOGIC,     /* name: "AND", "OR", "XOR", "NOT" */
    CV_EXPR_F,
    CV_EXPR_OUTER,
    CV_EXPR_VALUE,
    CV_EXPR_ARITHMETIC, /* name: the operator */
    CV_EXPR_FUNCTION,
    CV_EXPR_AGGREGATE,
    CV_EXPR_ORDERED, /* number: CV_SQL_DESCENDING and nulls */
    CV_EXPR_EXISTS,
    CV_EXPR_SUBQUERY,
    CV_EXPR_FILTERED, /* name: the relation; one item or none: the condition */
} CvExprKind;

struct CvExpr {
    const CvType *type;
    uint8_t kind;
    bool distinct;
    bool apart; /* a condition: what it negates shares no rows with conditions around it */
    int number;
    uint32_t slots; /* values in it and below */
    uint32_t count;
    uint64_t shape;
    const char *name;        /* path, function, operator */
    const char *const *keys; /* CONDITION */
    const CvValue *values;   /* CONDITION; VALUE: one */
    struct CvExpr **items;
    struct CvExpr *filter, *fallback;
    CvQuerySet *set;
};

/* ---- fingerprints (shape.c) ---- */

uint64_t cv_mix(uint64_t a, uint64_t b);
/* What of a value changes the SQL: its kind, null or not, how many items, but not what it is. */
uint64_t cv_value_shape(CvValue value);
/* The value as its lookup takes it: 0 and 1, which C's comparisons give, are truths for isnull. */
CvValue cv_value_for_key(const char *key, CvValue value);
uint64_t cv_names_shape(const CvSite *site, const char *const *names, size_t count);
bool cv_value_is_query(CvValue value); /* an expression or a set */
/* How many slots a value takes. */
uint32_t cv_value_slots(CvValue value);
/* Writes the values of a set, step by step from its first, to `out` (set->slots of them). */
void cv_set_gather(const CvQuerySet *set, CvValue *out);
CvValue *cv_value_gather(CvValue value, CvValue *out);
const CvExpr *cv_value_expr(CvValue value); /* or NULL */
CvQuerySet *cv_value_set_of(CvValue value); /* or NULL */
const CvRow *cv_value_row(CvValue value);   /* or NULL */
/* How many places a list of so many values gets in an IN: exact for few and for very many, else powers of two. */
size_t cv_list_places(size_t count);
/* How many keys one statement of the database takes in each of `lists` lists, with room for other values. */
size_t cv_most_keys(CvDatabase *database, size_t lists);
/* At most `count` items from `from` on; the list itself where that is all of it. */
const CvList *cv_list_part(const CvList *list, size_t from, size_t count);
/* Its items are bound one like the other: lists with as many places share their SQL. */
bool cv_list_is_plain(const CvList *list);

/* ---- conditions on keys of several columns (composite.c) ---- */

/* "pk" with a lookup, as a condition on the columns. */
CvExpr *cv_key_condition(const CvModel *model, const char *lookup, CvValue value);
/* Whether any of the names is "pk" or a lookup of it. */
bool cv_names_key(size_t count, const char *const *keys);
/* Conditions and names with the key's columns for "pk". */
CvExpr *cv_key_pairs(const CvModel *model, size_t count, const char *const *keys, const CvValue *values);
CvExpr *cv_key_expression(const CvModel *model, CvExpr *expr, int depth);
const char *const *cv_key_names(const CvModel *model, const char *const *names);

/* ---- sets (set.c) ---- */

CvQuerySet *cv_set_create(const CvModel *model, CvDatabase *database);
CvQuerySet *cv_set_step(const CvQuerySet *set, CvStepKind kind, CvSite *site, size_t count, const char *const *keys,
                        const CvValue *values);
void cv_set_fetch(CvQuerySet *set);
CvList *cv_set_chunks(CvQuerySet *set, size_t chunk_size);     /* all rows, fetched and prefetched for chunk by chunk */
void cv_set_iterate(const void *object, CvIterator *iterator); /* CvType.iterate of sets */
/* The one row that there should be, fetched, or none; more of them are raised. */
CvQuerySet *cv_get_set(CvQuerySet *set);
/* Raises CV_ERROR_NOT_SUPPORTED for the method if the set is a union or its kin. */
void cv_refuse_combined(const CvQuerySet *set, const char *method);
/* "union", "intersection" or "difference". */
const char *cv_combined_name(const CvQuerySet *set);
/* Raises what is wrong with names and values of the steps, the first step's mistake first. Nothing is asked (check.c).
 */
void cv_set_check(const CvQuerySet *set);
/* The set without its steps of two kinds, nothing asked yet. */
CvQuerySet *cv_set_without(const CvQuerySet *set, CvStepKind kind, CvStepKind other);
/* Fetches what prefetch_related() asked for, for the rows that are here (prefetch.c). */
void cv_prefetch_set(CvQuerySet *set);
CvDatabase *cv_set_database(const CvQuerySet *set);

/* ---- plans (plan.c, compile.c) ---- */

typedef enum CvPurpose {
    CV_FOR_ROWS,
    CV_FOR_COUNT,
    CV_FOR_EXISTS,
    CV_FOR_AGGREGATE, /* the last step */
    CV_FOR_UPDATE,    /* the last step */
    CV_FOR_DELETE,    /* DELETE ... WHERE pk IN (...) of one table */
} CvPurpose;

typedef enum CvBindHow {
    CV_BIND_COLUMN,   /* as the column stores it */
    CV_BIND_CEILING,  /* the same, a fraction as the next integer: x >= 1.5 is x >= 2 */
    CV_BIND_VALUE,    /* as its kind is stored */
    CV_BIND_TEXT,     /* str() */
    CV_BIND_CONTAINS, /* %text% with wildcards escaped */
    CV_BIND_STARTS,
    CV_BIND_ENDS,
    CV_BIND_LIKE,       /* text with wildcards escaped */
    CV_BIND_INTEGER,    /* a number for a transform (year, length) */
    CV_BIND_YEAR_FIRST, /* the first moment of a year, as the column stores it */
    CV_BIND_YEAR_LAST,
    CV_BIND_SPAN,  /* of a slice: its length */
    CV_BIND_START, /* of a slice: its start */
    CV_BIND_CONSTANT,
    CV_BIND_CONTENT_TYPE, /* the key of a model's content type */
    CV_BIND_JSON_KEY,     /* the constant, a JSON path, with the value as one more key */
} CvBindHow;

struct CvBind {
    uint8_t how;
    bool item_of_list;
    uint32_t slot;
    uint32_t item;
    const CvColumn *column;
    const CvZone *zone;
    const uint32_t *slices; /* slots of the bounds of each slice, first to last */
    size_t slice_count;
    CvValue constant;
    const CvModel *model; /* CONTENT_TYPE: whose; `column` is the foreign key to content types */
    CvDatabase *database;
};

/* The zone whose clock lookups and functions read moments on; naive without USE_TZ: moments are read as they are. */
static inline const CvZone *cv_query_zone(void)
{
    return cv_use_tz() ? cv_current_zone() : cv_zone_naive;
}

/* A related row that comes with each row (select_related). */
typedef struct CvPlanRelated {
    const CvColumn *column; /* the reference in the parent */
    const CvMember *back;   /* or a one-to-one way back */
    const CvModel *model;
    int parent; /* index of another, -1: the row itself */
    int first;  /* column of the result */
    int key;    /* column that is null where there is no row */
    const CvReader *readers;
    size_t reader_count;
    const uint64_t *deferred;
} CvPlanRelated;

/* What an aggregate is where there are no rows. */
typedef struct CvEmptyValue {
    CvValue value;
    bool from_slot; /* a default: the set's value there */
    uint32_t slot;
} CvEmptyValue;

typedef struct CvPlan {
    uint64_t fingerprint, check;
    const CvDatabase *database;
    const CvZone *zone;
    uint32_t slots;
    uint8_t purpose;
    CvArena *arena;
    size_t bytes; /* of the arena, while it is kept */
    struct CvPlanUse *uses;
    bool evicted, nothing; /* nothing: no row can match; nothing is sent */
    CvSqlText text;
    const CvBind **binds;
    size_t bind_count;
    const CvReader *readers; /* of the row itself */
    size_t reader_count;
    int first; /* column of the result at which it begins */
    const uint64_t *deferred;
    const CvPlanRelated *related;
    size_t related_count;
    const char *const *names; /* of annotations, or of a record's values */
    const CvReader *value_readers;
    size_t value_count;
    int value_first;
    const struct CvRecordShape *shape;
    const char *const *const *prefetches;
    const CvEmptyValue *empty_values; /* of aggregates over nothing; NULL: ask the database */
    struct CvPlan *newer, *older;
    struct CvPlan *next_in_bucket;
} CvPlan;

/* The plan of the set for a purpose, compiled if it is not kept; cv_plan_release() when it was used. */
CvPlan *cv_plan_of(const CvQuerySet *set, CvPurpose purpose, CvDatabase *database);
void cv_plan_release(CvPlan *plan);
CvPlan *cv_plan_compile(const CvQuerySet *set, CvPurpose purpose, CvDatabase *database);
/* What one bind makes of its value. */
CvValue cv_bind_value(CvArena *arena, const CvBind *bind, const CvValue *slots);
/* A JSON path with one more key: `$."dims"`. */
CvValue cv_json_path_of(CvArena *arena, CvValue path, CvValue key);
/* The values to bind, from the set's. */
CvValue *cv_plan_bind(CvArena *arena, const CvPlan *plan, const CvQuerySet *set);
/* cv_plan_of(), with the values: what is left is to send it. */
void cv_plan_fetch(CvFetch *fetch, const CvPlan *plan, const CvQuerySet *set, CvDatabase *database, CvArena *arena);

struct CvRecordShape {
    size_t count;
    const char *const *names;
};
extern const CvType cv_record_type;

/* cv_insert_rows(); `ignore`: rows that a constraint refuses are left out, and keys are not told. */
void cv_insert_rows_or(void *const *rows, size_t count, bool ignore);
/* How a column is read into a row's member, or as a value. */
CvReader cv_column_reader(const CvColumn *column, bool as_value, uint32_t offset);

#endif
