/* state.h: the models of a project at one moment of its history, as data (Django's ProjectState and ModelState).
 *
 * Operations change it one by one; the autodetector compares two of them; cv_state_render() makes models of it that
 * query sets and the schema editor take. It knows tables, fields and options, no C structs and no functions. */
#ifndef CV_MIGRATIONS_STATE_H
#define CV_MIGRATIONS_STATE_H

#include "migrations/operation.h"

CV_API_BEGIN

/* One model. Read only: the functions below make new ones, so that clones of a state share what did not change.
 *
 * All is brought to one form, so that equal things compare equal: relations stand by label ("shop.Author") with the
 * app, never by pointer; `null` is set for every field that may be null, `nullable_word` where the member of such a
 * field has another type (Null...Field); db_index, db_constraint, symmetrical are -1 where they are the kind's own
 * choice; fields that set themselves are blank and not editable; what checks values (validators, min_value, max_value)
 * and generic relations are not there. Sets of unique_together stand in `together` however they were written, and
 * options->unique_together, ->constraints and ->natural_key are NULL. `_order` is no field, its option is there.
 *
 * Functions are not there, and three marks stand for what only the program knows; rendering takes it from the program's
 * field of the same label and name, and leaves it out where that is gone:
 *   .default_call = CV_OF_PROGRAM                    a default that is called
 *   .own = CV_OWN("IsbnField", "char(13)")           an own kind: its name and column_type (or NULL), its hooks from
 * there .on_delete = CV_SET                              and its .on_delete_call from there */
typedef struct CvModelState {
    const char *app_label, *name;
    const CvField *fields; /* the key first, but for children and proxies, which have their parent's */
    size_t field_count;
    const CvModelOptions *options;   /* without functions; never NULL */
    const CvConstraint *constraints; /* indexes and constraints, all named; ends in a row whose kind is 0; never NULL */
    const CvConstraint *together;    /* unique_together: rows with .fields alone; ends so too; never NULL */
    const char *parent;              /* "shop.Book" of a child or proxy, else NULL */
    bool proxy, plain_key, keyless;  /* plain_key: the automatic `id`; keyless: its key was removed */
} CvModelState;

typedef struct CvProjectState CvProjectState;

/* Empty, in an arena of its own. */
CvProjectState *cv_state_create(void);
CvProjectState *cv_state_clone(const CvProjectState *state);
void cv_state_destroy(CvProjectState *state);
/* The state of the program's models of today; those of automatic many-to-many tables are no models of it. */
CvProjectState *cv_state_of_program(void);

/* In order of their adding; NULL after the last (model NULL: the first). */
const CvModelState *cv_state_next(const CvProjectState *state, const CvModelState *model);
/* Any case; NULL where there is none. */
const CvModelState *cv_state_model(const CvProjectState *state, const char *app_label, const char *name);
const CvField *cv_model_state_field(const CvModelState *model, const char *name);
/* App and name of a relation's label. */
void cv_label_split(CvArena *arena, const char *label, const char **app_label, const char **name);

/* ---- changes; texts and arrays are copied; what is not there raises CV_ERROR_VALUE that names it ---- */

void cv_state_add_model(CvProjectState *state, const CvModelState *model);
void cv_state_remove_model(CvProjectState *state, const char *app_label, const char *name);
/* Relations that lead to it follow. */
void cv_state_rename_model(CvProjectState *state, const char *app_label, const char *name, const char *new_name);
/* All of them; `unique_together` among them replaces the sets, NULL keeps them. */
void cv_state_set_options(CvProjectState *state, const char *app_label, const char *name,
                          const CvModelOptions *options);
/* What AlterModelOptions makes of options: those that it may change are `altered`'s, the others stay (db_table,
 * db_table_comment, order_with_respect_to, unique_together, constraints). */
CvModelOptions cv_model_options_altered(const CvModelOptions *now, const CvModelOptions *altered);
/* Rows with .fields, ends in a row whose kind is 0; NULL or none: no sets. */
void cv_state_set_together(CvProjectState *state, const char *app_label, const char *name, const CvConstraint *sets);
/* The field without default (forget_default). */
CvField cv_field_without_default(const CvField *field);
void cv_state_add_field(CvProjectState *state, const char *app_label, const char *name, const CvField *field);
/* The same, and it is the key, first of the fields (own_key). */
void cv_state_add_key(CvProjectState *state, const char *app_label, const char *name, const CvField *field);
/* Makes a field that is there the key, or (NULL) takes the key's role from the first one. */
void cv_state_set_key(CvProjectState *state, const char *app_label, const char *name, const char *field);
void cv_state_remove_field(CvProjectState *state, const char *app_label, const char *name, const char *field);
void cv_state_alter_field(CvProjectState *state, const char *app_label, const char *name, const CvField *field);
/* What names it follows: constraints, unique_together, order_with_respect_to, to_field. */
void cv_state_rename_field(CvProjectState *state, const char *app_label, const char *name, const char *field,
                           const char *new_name);
void cv_state_add_constraint(CvProjectState *state, const char *app_label, const char *name,
                             const CvConstraint *constraint);
void cv_state_remove_constraint(CvProjectState *state, const char *app_label, const char *name, const char *constraint);
/* An operation's effect. */
void cv_operation_state_forwards(const CvOperation *operation, const char *app_label, CvProjectState *state);

/* The state's models, joined: a set that the state owns, made once and again after a change. Ends with the state. A
 * relation to a model that is not in the state raises CV_ERROR_CONFIGURATION with all such relations. */
CvModels *cv_state_render(CvProjectState *state);
/* One of them. */
const CvModel *cv_state_render_model(CvProjectState *state, const char *app_label, const char *name);

CV_API_END

#endif
