/* schema_editor.h: changes tables and keeps what is in them (Django's SchemaEditor).
 *
 *     CvSchemaEditor *editor = cv_schema_editor_open(&(CvSchemaEditorOptions){.atomic = true});
 *     cv_schema_add_field(editor, book, column);
 *     cv_schema_editor_close(editor);                  // runs what was put off, checks keys, commits
 *
 * A raise out of it rolls back. On SQLite, as in Django: what ALTER TABLE cannot do is done by a new table that takes
 * the old one's rows and name; foreign keys are not enforced meanwhile and are checked at the end.
 * Models are rendered ones (state.h) or the program's. A many-to-many field brings its table between along. */
#ifndef CV_MIGRATIONS_SCHEMA_EDITOR_H
#define CV_MIGRATIONS_SCHEMA_EDITOR_H

#include "orm/orm.h"

CV_API_BEGIN

typedef struct CvSchemaEditor CvSchemaEditor;

typedef struct CvSchemaEditorOptions {
    const char *using; /* a database's alias; NULL: the default */
    bool atomic;       /* all in one transaction */
    bool collect;      /* nothing is run: cv_schema_editor_sql() has what would be (sqlmigrate) */
} CvSchemaEditorOptions;

CvSchemaEditor *cv_schema_editor_open(const CvSchemaEditorOptions *options);
/* Runs what was put off, checks foreign keys (raises CV_ERROR_INTEGRITY with table, row and target), commits. */
void cv_schema_editor_close(CvSchemaEditor *editor);
/* Rolls back and gives all back; for whoever caught a raise: copy the error first, what goes wrong here takes its
 * place. */
void cv_schema_editor_abandon(CvSchemaEditor *editor);
/* What was collected so far, also after it was closed: statements without their semicolons, and comments ("-- ...").
 * Ends in NULL. It lives in the arena that was current when the editor was opened, as the editor does. */
const char *const *cv_schema_editor_sql(CvSchemaEditor *editor);
const char *cv_schema_editor_using(const CvSchemaEditor *editor);
/* An editor that collects: a line "-- text" ("--" if it is empty). */
void cv_schema_comment(CvSchemaEditor *editor, const char *text);

/* Statements of a person, one after the other; split at semicolons outside of texts, comments and triggers' bodies.
 * Comments are left out. In an atomic editor BEGIN, COMMIT and ROLLBACK raise CV_ERROR_TRANSACTION_MANAGEMENT. */
void cv_schema_execute(CvSchemaEditor *editor, const char *sql);

void cv_schema_create_model(CvSchemaEditor *editor, const CvModel *model);
void cv_schema_delete_model(CvSchemaEditor *editor, const CvModel *model);
/* From `old` to `now`: two renderings of a model whose table has another name. The database takes foreign keys that
 * lead to it along; tables between keep their names. */
void cv_schema_alter_table_name(CvSchemaEditor *editor, const CvModel *old, const CvModel *now);
void cv_schema_alter_table_comment(CvSchemaEditor *editor, const CvModel *model, const char *comment);
void cv_schema_alter_unique_together(CvSchemaEditor *editor, const CvModel *old, const CvModel *now);
/* `column` is one of the model with it, or a copy whose field has a default for the rows of now alone. The rows that
 * are there get its default; one without default that may not be null raises CV_ERROR_INTEGRITY if there are rows, as
 * the database says it. */
void cv_schema_add_field(CvSchemaEditor *editor, const CvColumn *column);
/* `column` is one of the model that still has it. */
void cv_schema_remove_field(CvSchemaEditor *editor, const CvColumn *column);
/* From one rendering of a field to another: name, kind, length, null, uniqueness, key, target. Rows that hold NULL get
 * the new default where the field may no longer be null. What stands in no table alone (labels, choices, ...) changes
 * nothing. Raises CV_ERROR_VALUE for what cannot be: from or to a many-to-many field, and generated fields. */
void cv_schema_alter_field(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now);
/* Indexes and constraints. `model` has what it shall have afterwards. */
void cv_schema_add_constraint(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *constraint);
void cv_schema_remove_constraint(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *constraint);
void cv_schema_rename_index(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *old,
                            const CvConstraint *now);
/* The names of the indexes of a table over exactly these columns, in their order; ends in NULL. */
const char *const *cv_schema_index_names(CvSchemaEditor *editor, const char *table, const char *const *columns,
                                         bool unique);

CV_API_END

#endif
