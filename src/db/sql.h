/* sql.h: SQL as a tree, and the writer that turns it into text.
 *
 * The query compiler builds nodes; the writer of a dialect spells them. Values never become text: a CV_SQL_BIND node
 * stands for one, and the writer collects the binds in the order in which their places appear. Identifiers come from
 * models and are quoted; CV_SQL_TEXT is for the library's own constants. */
#ifndef CV_DB_SQL_H
#define CV_DB_SQL_H

#include "db/database.h"

CV_API_BEGIN

typedef enum CvSqlOp {
    CV_SQL_COLUMN,  /* text: alias, text2: column */
    CV_SQL_NAME,    /* text: an alias of a column of this select */
    CV_SQL_BIND,    /* bind */
    CV_SQL_TEXT,    /* text, as it is */
    CV_SQL_INTEGER, /* number */
    CV_SQL_STAR,
    CV_SQL_COMPARE,   /* items[0] text items[1] */
    CV_SQL_BINARY,    /* (items[0] text items[1]) */
    CV_SQL_CALL,      /* text(items); distinct; filter */
    CV_SQL_LIST,      /* (items, ...) */
    CV_SQL_AND,       /* all of items */
    CV_SQL_OR,        /* any of items */
    CV_SQL_XOR,       /* an odd number of items */
    CV_SQL_NOT,       /* items[0] */
    CV_SQL_NULL_TEST, /* items[0] IS NULL; number 1: IS NOT NULL */
    CV_SQL_IN,        /* items[0] IN (items[1..]), or IN select */
    CV_SQL_BETWEEN,   /* items[0] BETWEEN items[1] AND items[2] */
    CV_SQL_CASE,      /* WHEN items[0] THEN items[1] ...; odd count: the last is ELSE */
    CV_SQL_CAST,      /* items[0] AS text */
    CV_SQL_ORDERED,   /* items[0]; number: CV_SQL_DESCENDING, nulls */
    CV_SQL_SELECT,    /* (select) */
    CV_SQL_EXISTS,    /* EXISTS(select) */
    CV_SQL_MATCH,     /* items[0] against items[1]; number: CvSqlMatch */
    CV_SQL_DATE_PART, /* text ("year") of items[0]; text2: zone, "" for a naive moment, NULL (a plain
                         date); number: 1 of a time */
    CV_SQL_TEMPLATE,  /* text with {1}, {2}, ... for items, {*} for all of them */
    CV_SQL_DATE_CUT,  /* items[0] cut to text ("month", "date", "time"); text2: as above */
} CvSqlOp;

typedef enum CvSqlMatch {
    CV_MATCH_CONTAINS,
    CV_MATCH_STARTS,
    CV_MATCH_ENDS,
    CV_MATCH_EXACT,
    CV_MATCH_REGEX,
    CV_MATCH_IGNORE_CASE = 16, /* added to one of those */
    CV_MATCH_EXPRESSION = 32,  /* items[1] is no bound pattern: its wildcards must be escaped in SQL */
} CvSqlMatch;
#define CV_SQL_DESCENDING 1
#define CV_SQL_NULLS_FIRST 2
#define CV_SQL_NULLS_LAST 4

/* Properties that a node takes over from its items. */
#define CV_SQL_HAS_AGGREGATE 1
#define CV_SQL_HAS_WINDOW 2
#define CV_SQL_HAS_SUBQUERY 4
#define CV_SQL_DISTINCT 8 /* of a call; not inherited */
#define CV_SQL_HAS_COLUMN 16
#define CV_SQL_IS_AGGREGATE 32 /* of a call; not inherited */

typedef struct CvSql CvSql;
typedef struct CvSqlSelect CvSqlSelect;
typedef struct CvBind CvBind; /* the query compiler's */

struct CvSql {
    uint8_t op; /* CvSqlOp */
    uint8_t flags;
    uint32_t count;
    int64_t number;
    const char *text, *text2;
    CvSql **items;
    CvSqlSelect *select;
    CvSql *filter;
    const CvBind *bind;
};

typedef struct CvSqlJoin {
    const char *table, *alias;
    bool left, dropped; /* dropped: not written */
    CvSql *on;          /* NULL for the first */
} CvSqlJoin;

struct CvSqlSelect {
    bool distinct;
    CvSql **columns;
    const char *const *names; /* of columns; a NULL entry has none. NULL: no names at all */
    size_t column_count;
    const CvSqlJoin *joins;
    size_t join_count;
    const CvSqlSelect *from; /* instead of joins: a sub-select called from_name */
    const char *from_name;
    CvSql *where, *having;
    CvSql **group_by;
    size_t group_count;
    CvSql **order_by;
    size_t order_count;
    CvSql *limit, *offset;
    const CvSqlSelect *const *combined; /* UNION and kin: combined with `combinator` */
    size_t combined_count;
    const char *combinator;
};

/* ---- making nodes (in an arena) ---- */

CvSql *cv_sql_node(CvArena *arena, CvSqlOp op, size_t count, CvSql *const *items);
#define cv_sql_make(arena, op, ...) \
    cv_sql_node((arena), (op), sizeof((CvSql *[]){__VA_ARGS__}) / sizeof(CvSql *), (CvSql *[]){__VA_ARGS__})
CvSql *cv_sql_column(CvArena *arena, const char *alias, const char *column);
CvSql *cv_sql_text_node(CvArena *arena, const char *text);
CvSql *cv_sql_integer(CvArena *arena, int64_t number);
CvSql *cv_sql_bind(CvArena *arena, const CvBind *bind);
CvSql *cv_sql_call(CvArena *arena, const char *name, size_t count, CvSql *const *items);
/* AND or OR of two, either may be NULL. */
CvSql *cv_sql_join(CvArena *arena, CvSqlOp op, CvSql *a, CvSql *b);

/* ---- writing ---- */

typedef struct CvSqlWriter {
    CvBuffer out;
    const CvDialect *dialect;
    const CvZone *zone; /* of the database's moments; NULL: UTC */
    CvArena *arena;
    const CvBind **binds; /* in the order of their places */
    size_t bind_count, bind_capacity;
    /* Schemas cannot bind values: writes one as a literal; NULL: they are bound. */
    void (*literal)(struct CvSqlWriter *writer, const CvBind *bind);
    const void *literal_argument;
    bool bare; /* columns without their table */
} CvSqlWriter;

struct CvDialect {
    const char *name;
    size_t most_parameters;      /* of statements that Caravan cuts into parts itself */
    size_t (*most_values)(void); /* what one statement can take at all */
    void (*bind)(CvSqlWriter *writer, size_t number);
    void (*match)(CvSqlWriter *writer, const CvSql *node);
    void (*date_part)(CvSqlWriter *writer, const CvSql *node);
    void (*date_cut)(CvSqlWriter *writer, const CvSql *node);
    void (*limit)(CvSqlWriter *writer, const CvSql *limit, const CvSql *offset);
};

void cv_sql_write(CvSqlWriter *writer, const CvSql *node);
void cv_sql_write_select(CvSqlWriter *writer, const CvSqlSelect *select);
/* "name", with quotes doubled. */
void cv_sql_quote(CvBuffer *out, const char *name);
void cv_sql_put(CvSqlWriter *writer, const char *text);
/* 'text' with quotes doubled, X'..', a number or NULL. */
void cv_sql_write_literal(CvSqlWriter *writer, CvValue value);

CV_API_END

#endif
