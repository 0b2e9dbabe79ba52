/* schema_parts.h: what tables are made of, piece by piece, for who changes them (migrations/schema_editor.h). The SQL
 * is SQLite's, text for text Django's.
 *
 *     CvTable table = cv_table_of(arena, &Book_model);
 *     const char *sql = cv_table_sql(arena, &table);              // "CREATE TABLE "shop_book" ("id" integer ..."
 */
#ifndef CV_ORM_SCHEMA_PARTS_H
#define CV_ORM_SCHEMA_PARTS_H

#include "orm/schema.h"

CV_API_BEGIN

/* A table as it is to be made. */
typedef struct CvTable {
    const CvModel *model; /* whose fields constraints, conditions and expressions name */
    const char *name;
    const CvColumn *const *columns; /* in their order */
    size_t column_count;
    const char *without; /* a field that is gone: indexes over it are left out; NULL: none */
} CvTable;

/* An index. Its name may follow from its table and columns, which may get other names before it is made. */
typedef struct CvTableIndex {
    const char *table;
    const char *name;           /* NULL: made of table, columns and `suffix` */
    const char *suffix;         /* "", "_uniq" */
    const char *const *columns; /* end in NULL; NULL: `expressions` */
    const bool *descending;     /* of columns; NULL: none is */
    const char *expressions;    /* "((LOWER("name")), "stars")" */
    const char *condition;      /* SQL; NULL: all rows */
    bool unique;
} CvTableIndex;

/* ---- tables ---- */

/* The model's own table with all of its columns. */
CvTable cv_table_of(CvArena *arena, const CvModel *model);
/* CREATE TABLE; without a semicolon. */
const char *cv_table_sql(CvArena *arena, const CvTable *table);
/* What stands outside of it, in Django's order: first those that keep rows unique. */
const CvTableIndex *cv_table_indexes(CvArena *arena, const CvTable *table, size_t *count);

/* ---- indexes ---- */

const char *cv_table_index_name(CvArena *arena, const CvTableIndex *index);
const char *cv_table_index_sql(CvArena *arena, const CvTableIndex *index);
/* The index of a column alone; false: it has none. */
bool cv_column_index(CvArena *arena, const CvColumn *column, CvTableIndex *out);
/* The index that a row of Meta's lists stands for; false: it is a part of the table, or not to be had. */
bool cv_constraint_index(CvArena *arena, const CvModel *model, const CvConstraint *constraint, CvTableIndex *out);
/* It stands in CREATE TABLE. */
bool cv_constraint_in_table(const CvConstraint *constraint);
/* The sets of unique_together; each ends in NULL, all in NULL. */
const char *const *const *cv_unique_together(CvArena *arena, const CvModel *model);
CvTableIndex cv_together_index(CvArena *arena, const CvModel *model, const char *const *fields);

/* ---- columns ---- */

/* What follows the column's name in CREATE TABLE and ALTER TABLE ADD COLUMN: "bigint NOT NULL REFERENCES ...". */
const char *cv_column_definition(CvArena *arena, const CvColumn *column);
/* The same without checks and references: if two are equal a new name is all that changes. */
const char *cv_column_core(CvArena *arena, const CvColumn *column);
const char *cv_column_type(CvArena *arena, const CvColumn *column);
/* The database's default as SQL; `constant`: it is a value. */
const char *cv_column_database_default(CvArena *arena, const CvColumn *column, bool *constant);
/* The expression of a generated column as SQL. */
const char *cv_column_generated(CvArena *arena, const CvColumn *column);
/* What rows get that are there when the column comes, as SQL; NULL: nothing. Moments are written in `zone` (NULL: UTC).
 */
const char *cv_column_filling(CvArena *arena, const CvColumn *column, const CvZone *zone);
/* A value that a column would hold, as SQL. */
const char *cv_column_literal(CvArena *arena, const CvColumn *column, CvValue value, const CvZone *zone);

/* ---- changes ---- */

/* The table is another one with `now` instead of `old` (Django's _field_should_be_altered()). */
bool cv_column_differs(CvArena *arena, const CvColumn *old, const CvColumn *now);
/* The models whose foreign keys hold what the column holds, through keys that are keys themselves too; end in NULL. */
const CvModel *const *cv_column_pointing(CvArena *arena, const CvColumn *column);
/* Fields of other models that lead to this one and have a name over there: foreign keys and many-to-many; end in NULL.
 */
const CvColumn *const *cv_model_pointing(CvArena *arena, const CvModel *model);

/* The table between of a many-to-many field. */
typedef struct CvBetween {
    const CvModel *model;
    const CvColumn *source, *target; /* to the field's model, and to what it leads to */
    bool automatic;
} CvBetween;
CvBetween cv_column_between(const CvColumn *many);

CV_API_END

#endif
