/* operations_private.h: what a kind of operation can do; one table entry a kind (kinds.c), one function a job. */
#ifndef CV_MIGRATIONS_OPERATIONS_PRIVATE_H
#define CV_MIGRATIONS_OPERATIONS_PRIVATE_H

#include "migrations/kinds.h"
#include "migrations/schema_editor.h"
#include "migrations/state.h"

/* The states before and after the operation, in the direction of time, whichever way the database goes. */
typedef struct CvStep {
    const CvOperation *operation;
    const char *app_label;
    CvSchemaEditor *editor;
    CvProjectState *before, *after;
} CvStep;

/* What two operations become that stand behind one another (Django's reduce()). */
typedef enum CvReduction {
    CV_REDUCE_BARRIER, /* nothing may pass */
    CV_REDUCE_PASS,    /* the first may be moved behind the second */
    CV_REDUCE_REPLACE, /* `made` stand for both */
} CvReduction;
typedef struct CvReduced {
    CvReduction result;
    const CvOperation *made;
    size_t count; /* at most two: what they become never needs more room than they did */
} CvReduced;

typedef CvReduced CvReduce(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                           const char *app_label);
/* reduce*.c: every kind has one. */
#define X(name) CvReduce cv_reduce_##name;
CV_OPERATION_KINDS(X)
#undef X

struct CvOperationKind {
    const char *name;    /* "AddField" */
    const char *symbol;  /* of makemigrations' list: "+" addition, "-" removal, "~" alteration, "p" C, "s" SQL, "?" */
    bool reduces_to_sql; /* false: sqlmigrate says that it cannot be written as SQL */
    bool elidable;       /* may be marked so */
    const char *(*describe)(CvArena *arena, const CvOperation *operation);
    const char *(*fragment)(CvArena *arena, const CvOperation *operation); /* of a made-up name, or NULL */
    void (*state)(const CvOperation *operation, const char *app_label, CvProjectState *state);
    void (*forwards)(const CvStep *step);
    void (*backwards)(const CvStep *step);
    bool (*reversible)(const CvOperation *operation); /* NULL: always */
    /* NULL: a barrier. `other` stands behind `operation`. */
    CvReduce *reduce;
    /* Whether it may have to do with a model, "shop.Book" or a name in its own app; never NULL but for MIGRATION. */
    bool (*references_model)(const CvOperation *operation, const char *app_label, const char *label);
    /* The same for one of its fields; NULL: as the model. */
    bool (*references_field)(const CvOperation *operation, const char *app_label, const char *label, const char *field);
};

/* What the kinds do to the database (operations_database*.c), forwards and backwards. All kinds have both; some do
 * nothing. */
#define X(name)                                           \
    void cv_database_forwards_##name(const CvStep *step); \
    void cv_database_backwards_##name(const CvStep *step);
CV_OPERATION_KINDS(X)
#undef X
/* The two above, by whichever is there. */
bool cv_operation_references_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_operation_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                   const char *field);
bool cv_run_sql_reversible(const CvOperation *operation);
bool cv_run_c_reversible(const CvOperation *operation);
bool cv_database_operations_reversible(const CvOperation *operation);

#endif
