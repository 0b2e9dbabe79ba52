/* operations_database_private.h: what the files of operations_database*.c share. */
#ifndef CV_MIGRATIONS_OPERATIONS_DATABASE_PRIVATE_H
#define CV_MIGRATIONS_OPERATIONS_DATABASE_PRIVATE_H

#include "migrations/operations_private.h"
#include "migrations/schema_editor_private.h"

/* A step as the database goes it: `from` is what it is now, `to` what it becomes. */
typedef struct CvChange {
    const CvOperation *operation;
    const char *app_label;
    CvSchemaEditor *editor;
    CvProjectState *from, *to;
    bool backwards;
} CvChange;
CvChange cv_change_of(const CvStep *step, bool backwards);

/* A model of the migration's app; NULL: proxies and unmanaged ones, whose tables are not ours. */
const CvModel *cv_change_model(const CvChange *change, CvProjectState *state, const char *name);
/* A field of its own; NULL: none. */
const CvColumn *cv_change_column(const CvModel *model, const char *name);

/* The two functions of a kind, from what each does with a CvChange. */
#define CV_DATABASE(name, forwards, backwards)            \
    void cv_database_forwards_##name(const CvStep *step)  \
    {                                                     \
        CvChange change = cv_change_of(step, false);      \
        forwards(&change);                                \
    }                                                     \
    void cv_database_backwards_##name(const CvStep *step) \
    {                                                     \
        CvChange change = cv_change_of(step, true);       \
        backwards(&change);                               \
    }

#endif
