/* query_private.h: the query compiler's state: one CvQuery for each SELECT under way.
 *
 * Compiling replays the steps of a set on a CvQuery: names become joins, conditions become SQL nodes. It runs once for
 * each fingerprint, so it may take its time; everything lives in the plan's arena. */
#ifndef CV_ORM_QUERY_PRIVATE_H
#define CV_ORM_QUERY_PRIVATE_H

#include "base/vector.h"
#include "db/dialect.h"
#include "orm/set_private.h"

#define CV_MOST_NESTED 32 /* queries in queries, expressions in expressions */
#define CV_MOST_JOINS 60  /* SQLite joins 64 tables at most */

/* A relation that annotate() gave a name and a condition: a first name of paths. */
typedef struct CvFiltered {
    const char *name, *relation;
    const CvExpr *condition; /* its paths begin with the name; NULL: none */
    uint32_t slot;           /* of the condition's values */
} CvFiltered;

/* A table in the FROM clause. */
typedef struct CvQueryJoin {
    const CvModel *model;
    const char *table, *alias;
    int parent;
    CvHop hop;
    bool left, nullable;
    uint32_t uses; /* 0: not written */
    const CvFiltered *filtered;
    CvSql *condition; /* of `filtered`: what the join asks besides its keys, or NULL */
    int after;        /* the last join that the condition needs: it is written after that one */
} CvQueryJoin;

/* What a resolved expression gives. */
typedef struct CvTerm {
    CvSql *sql;
    const CvColumn *column;          /* whose kind its values have, or NULL */
    const CvReadHook *hook;          /* whose values are stored in another form */
    const struct CvMember *relation; /* it stands for a relation that is no column, and holds keys of its rows */
    uint8_t read;                    /* CvRead */
    int16_t scale;
    bool nullable;
    bool bound;              /* a value, not something in the database */
    bool exact;              /* a column as it stands (decimals are cut to its places) */
    const CvZone *zone;      /* of date-times that are readings of a clock */
    const CvFieldKind *kind; /* Django's field class where no column says it and `read` alone does not, or NULL */
    const char *message;     /* it has no type: what is said where one is needed */
} CvTerm;

typedef struct CvAnnotation {
    const char *name;
    CvTerm term;
    bool selected;     /* a column, or may be named by values() */
    bool after_values; /* made after values(): one more of its columns */
} CvAnnotation;

/* How the term's value is read as the record's value number `place`. */
CvReader cv_term_reader(const CvTerm *term, size_t place);

/* Everything that one compilation shares. */
typedef struct CvCompile {
    CvArena *arena;
    CvDatabase *database;
    const CvDialect *dialect;
    const CvValue *slots; /* of the set that made it necessary */
    const CvZone *zone;
    CvMap *aliases; /* taken */
    int alias_count, depth;
    bool checking; /* only what a call says at once matters: cv_set_check() */
} CvCompile;

/* What Django says when the SQL is written, not when the method is called. */
#define cv_raise_later(query, ...)       \
    do {                                 \
        if (!(query)->compile->checking) \
            cv_raise(__VA_ARGS__);       \
    } while (0)

typedef struct CvRelatedNode { /* select_related() as a tree */
    const char *name;
    struct CvRelatedNode *children, *next;
} CvRelatedNode;

typedef struct CvQuery {
    CvCompile *compile;
    CvArena *arena;
    const CvModel *model;
    struct CvQuery *outer; /* of a sub-query */
    CV_VECTOR(CvQueryJoin) joins;
    CV_VECTOR(CvAnnotation) annotations;
    CV_VECTOR(const CvFiltered *) filtered;
    const CvFiltered *resolving; /* whose condition is under way, */
    int resolving_join;          /* and its join */
    CvSql *where;                /* NULL: all rows; &cv_sql_never: none */
    CvSql *having;
    CvSql *qualify;           /* conditions on window functions */
    CV_VECTOR(CvSql *) group; /* by whose columns an aggregate groups, unless by_model */
    bool grouped, by_model;   /* by_model: one group for each row of the model */
    const CvStep *order;      /* the last order_by(), or NULL */
    uint32_t order_slot;
    bool unordered;     /* order_by() without names: nor does the model's order count */
    bool order_cleared; /* no order is to be written, whatever was asked for */
    bool summarizing;   /* aggregate() is resolved: it reads what the rows have */
    bool reversed, distinct, nothing;
    CV_VECTOR(uint32_t) slices;
    bool open_end, has_start;
    CvRelatedNode *related;
    const CvStep *values;            /* the last values() */
    CvTerm *value_terms;             /* what its names mean, but for annotations: joins are those of that call */
    CV_VECTOR(const char *) loading; /* names of only() and defer(): what is left out, or what alone is read */
    bool loads_only, all_related;    /* all_related: select_related() without names */
    struct CvQuery *values_from;     /* where columns that values name are looked for; NULL: here */
    uint64_t *reuse;                 /* of a filter() under way: joins that its values may share; NULL: all */
    uint64_t shared_joins;           /* joins that the next filter may share although they meet many rows */
    const char *combinator;          /* UNION and kin, of `combined` */
    CV_VECTOR(struct CvQuery *) combined;
} CvQuery;

extern CvSql cv_sql_never;

/* ---- conditions that are always or never true ---- */

CvSql *cv_both(CvArena *arena, CvSql *a, CvSql *b);
CvSql *cv_either(CvArena *arena, CvSql *a, CvSql *b);
CvSql *cv_opposite(CvArena *arena, CvSql *a);

/* ---- joins (join.c) ---- */

int cv_query_base(CvQuery *query);
/* The alias index that holds `column` of the model at `join`: a parent's table for inherited ones. */
int cv_query_owner(CvQuery *query, int join, const CvColumn *column);
CvSql *cv_query_column(CvQuery *query, int join, const CvColumn *column);
/* Follows a hop; `reuse` (bits of joins) says which joins that meet many rows may be shared; NULL: all. */
int cv_query_hop(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse);
void cv_query_promote(CvQuery *query, int join);
/* The same for a join of that FilteredRelation alone; NULL: of none. *made: it is new. */
int cv_query_join(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse, const CvFiltered *filtered,
                  bool *made);
/* What a generic relation's hop to `join` asks of the content type; NULL for other hops. */
CvSql *cv_query_type_condition(CvQuery *query, const CvHop *hop, int near, int join);

/* ---- FilteredRelation (filtered.c) ---- */

/* The one of that name, or NULL. */
const CvFiltered *cv_query_filtered(const CvQuery *query, CvSlice name);
/* Whether the path begins with one. */
bool cv_query_is_filtered(const CvQuery *query, const char *path);
/* Raises what is wrong with its names. */
void cv_query_add_filtered(CvQuery *query, const char *name, const CvExpr *expr, uint32_t slot);
/* The join, with its condition. */
int cv_query_hop_filtered(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse,
                          const CvFiltered *filtered);

/* A lookup path, followed as far as it names relations and a column. */
typedef struct CvPath {
    int join;               /* where the column is */
    int before;             /* the join before the last hop, or -1 */
    const CvHop *last;      /* the last hop, or NULL */
    const CvColumn *column; /* the column, or the key of the relation at the end */
    const CvMember *member; /* the relation at the end, if it is one */
    const CvAnnotation *annotation;
    const CvFiltered *filtered; /* it begins with this */
    const char *rest;           /* what follows: transforms and lookup; "" at the end */
    uint64_t used;              /* joins made or shared on the way */
    const CvHop *many;          /* the first hop that meets several rows */
    int many_from;              /* and the join it starts from */
    const char *many_rest;      /* the path from behind that hop */
} CvPath;

/* Splits "author__name__icontains"; joins as it goes unless `dry`. Raises CV_ERROR_FIELD with Django's text for names
 * that do not exist. */
CvPath cv_query_path(CvQuery *query, const char *path, const uint64_t *reuse, bool stop_at_many);
/* The column's node, without joins that it does not need: "author__id" is in the table that holds the foreign key. */
CvSql *cv_path_column(CvQuery *query, CvPath *path, CvTerm *term);
CV_NORETURN void cv_query_unknown(CvQuery *query, CvSlice name, const CvModel *model);
/* The annotation of that name, or NULL. */
const CvAnnotation *cv_query_annotation(const CvQuery *query, const char *name);
/* Raises unless the path begins with a name that there is; nothing is joined. */
void cv_query_check_names(CvQuery *query, const char *path);
/* How many names of the path are fields and relations, the rest being lookups; 0: it begins with an annotation. Raises
 * as cv_query_path(); nothing is joined. */
size_t cv_query_field_names(CvQuery *query, const char *path);
/* Raises unless it is a field that has values; the step's names are those that the message lists besides fields. */
void cv_query_check_field(CvQuery *query, const char *name, const CvStep *step);

/* ---- what a call says at once (check.c) ---- */

void cv_check_order(CvQuery *query, const CvStep *step);
void cv_check_values(CvQuery *query, const CvStep *step);
/* Raises what the lookup at the end of the path is told, without joining anything. */
void cv_check_lookup(CvQuery *query, const char *path);

/* ---- conditions (filter.c, lookup.c) ---- */

/* Votes on which joins must not drop rows. */
typedef struct CvVotes {
    uint32_t count[CV_MOST_JOINS + 4];
} CvVotes;

CvSql *cv_query_filter(CvQuery *query, uint32_t count, const char *const *keys, const CvValue *values, uint32_t slot,
                       bool negated);
CvSql *cv_query_condition(CvQuery *query, const CvExpr *expr, uint32_t slot, bool negated);
/* A condition as a value (in CASE, FILTER, annotate): shares all joins and drops no rows. */
CvSql *cv_query_predicate(CvQuery *query, const CvExpr *expr, uint32_t slot);
CvSql *cv_lookup(CvQuery *query, CvTerm left, const char *path, const char *rest, CvValue value, uint32_t slot,
                 bool *is_null_test);

/* Rows and sets among the values must be of the model that a relation leads to. */
void cv_check_related(const CvModel *wanted, CvValue value);
/* The name of the lookup that stands behind the transforms in `rest`; *term becomes what it looks at. */
const char *cv_lookup_name(CvQuery *query, CvTerm *term, const char *rest);

/* Says that the term has no such lookup or transform: `rest` as it was written. */
CV_NORETURN CV_COLD void cv_lookup_unsupported(const CvTerm *left, const char *rest);

/* "gt or gte": up to three of `names` that are near to the word, the nearest first; NULL: none is (suggest.c). */
const char *cv_suggest(CvArena *arena, const char *word, const char *const *names);

/* ---- expressions (resolve.c) ---- */

CvTerm cv_query_resolve(CvQuery *query, const CvExpr *expr, uint32_t slot);
CvTerm cv_query_field(CvQuery *query, const char *path);
/* The name of values() at `index`. */
CvTerm cv_value_term(CvQuery *query, size_t index);
CvTerm cv_query_value(CvQuery *query, CvValue value, uint32_t slot, const CvColumn *like);
CvTerm cv_column_term(const CvColumn *column, CvSql *sql);
CvTerm cv_transform(CvQuery *query, CvTerm term, CvSlice name);
CvBind *cv_bind(CvQuery *query, CvBindHow how, uint32_t slot);

/* ---- whole queries (compile.c, select.c) ---- */

/* Replays the steps of a set; its values begin at `slot`. */
CvQuery *cv_query_of_set(CvCompile *compile, const CvQuerySet *set, uint32_t slot, CvQuery *outer);
CvSqlSelect *cv_query_select(CvQuery *query);
void cv_select_from(CvQuery *query, CvSqlSelect *select);
void cv_select_order(CvQuery *query, CvSqlSelect *select);
void cv_select_limit(CvQuery *query, CvSqlSelect *select);
void cv_select_group(CvQuery *query, CvSqlSelect *select);
/* Who counts rows, or asks for any, does not care for their order, nor for that of parts; slices do. */
void cv_clear_orders(CvQuery *query);
/* The order of a query's model, or NULL. */
const char *const *cv_default_ordering(const CvModel *model);
/* Whether two nodes are the same column, or one and the same. */
bool cv_same_node(const CvSql *a, const CvSql *b);
/* What the rows are ordered by makes groups of its own: it must stay where rows are counted. */
bool cv_order_groups(const CvQuery *query);
/* A set as the right side of a comparison: one column. */
CvSqlSelect *cv_query_subselect(CvQuery *query, const CvQuerySet *set, uint32_t slot, const CvColumn *like, bool in,
                                CvTerm *out);

#endif
