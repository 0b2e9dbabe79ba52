/* schema_editor_private.h: what the files of the schema editor share. What is SQLite's alone stands in
 * schema_sqlite*.c. */
#ifndef CV_MIGRATIONS_SCHEMA_EDITOR_PRIVATE_H
#define CV_MIGRATIONS_SCHEMA_EDITOR_PRIVATE_H

#include "base/vector.h"
#include "db/db.h"
#include "db/sql.h"
#include "migrations/schema_editor.h"
#include "orm/schema_parts.h"

typedef struct CvRenamedTable {
    const char *now, *real; /* real: in the database */
} CvRenamedTable;

struct CvSchemaEditor {
    CvArena *arena;
    CvSchemaEditorOptions options;
    CvDatabase *database;
    CvAtomic block;
    CvArena *handler; /* has the clean-up */
    CvDefer *defer;
    CV_VECTOR(CvTableIndex) deferred;  /* indexes to be made at the end */
    CV_VECTOR(const char *) sql;       /* what was collected */
    CV_VECTOR(CvRenamedTable) renamed; /* while SQL is only collected */
    bool open;
    bool backwards; /* the columns that change are of the older model, */
    bool in_place;  /* or of the very model whose table is made anew */
};

/* ---- statements (schema_editor.c) ---- */

/* Runs or collects one statement; an error tells it. */
void cv_schema_run(CvSchemaEditor *editor, const char *sql);
void cv_schema_run_format(CvSchemaEditor *editor, const char *format, ...) CV_PRINTF(2, 3);
/* A name in quotes, in the editor's arena. */
const char *cv_schema_quoted(CvSchemaEditor *editor, const char *name);
/* "a, b". */
const char *cv_schema_joined(CvArena *arena, const char *const *names);
/* The name that a table has in the database, which differs while SQL is only collected. */
const char *cv_schema_real_table(const CvSchemaEditor *editor, const char *table);

/* ---- indexes that wait for the end ---- */

void cv_schema_defer(CvSchemaEditor *editor, const CvTableIndex *index);
void cv_schema_defer_indexes(CvSchemaEditor *editor, const CvTable *table);
void cv_schema_run_deferred(CvSchemaEditor *editor);
void cv_schema_forget_table(CvSchemaEditor *editor, const char *table);
void cv_schema_forget_column(CvSchemaEditor *editor, const char *table, const char *column);
/* False: no such index is waiting. */
bool cv_schema_forget_index(CvSchemaEditor *editor, const char *table, const char *name);
void cv_schema_deferred_rename_table(CvSchemaEditor *editor, const char *table, const char *now);
void cv_schema_deferred_rename_column(CvSchemaEditor *editor, const char *table, const char *column, const char *now);

/* ---- fields (schema_fields.c) ---- */

/* The table between of a many-to-many field follows it, whether the field differs or not. */
void cv_schema_alter_between(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now);

/* ---- SQLite (schema_sqlite*.c) ---- */

/* Foreign keys are not enforced from here on; raises inside a transaction, where SQLite cannot switch. */
void cv_sqlite_schema_begin(CvSchemaEditor *editor);
void cv_sqlite_schema_end(CvSchemaEditor *editor);
/* Raises CV_ERROR_INTEGRITY for the first row that points to nothing. */
void cv_sqlite_check_keys(CvSchemaEditor *editor);

/* What is to be another in a table that is made anew. */
typedef struct CvRemake {
    const CvColumn *created, *removed;
    struct CvAltered {
        const CvColumn *old, *now;
    } altered[2];
    size_t altered_count;
} CvRemake;
/* A new table for `model`, which takes the rows, and then the name, of the old one. */
void cv_sqlite_remake(CvSchemaEditor *editor, const CvModel *model, const CvRemake *change);

#endif
