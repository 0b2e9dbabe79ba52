/* autodetector_private.h: what the steps of the autodetector share: models and fields side by side as they were and as
 * they are, the operations found so far, and what each needs to stand behind. */
#ifndef CV_MIGRATIONS_AUTODETECTOR_PRIVATE_H
#define CV_MIGRATIONS_AUTODETECTOR_PRIVATE_H

#include "base/vector.h"
#include "migrations/autodetector.h"
#include "migrations/field_data.h"
#include "migrations/kinds.h"
#include "migrations/state_private.h"

typedef enum CvNeedKind {
    CV_NEEDS_CREATED, /* a model or field to have been made */
    CV_NEEDS_RENAMED, /* a model to have the name that it has now */
    CV_NEEDS_REMOVED,
    CV_NEEDS_ALTERED,
    CV_NEEDS_NO_ORDER,     /* order_with_respect_to to have left the field */
    CV_NEEDS_TOGETHER,     /* unique_together to have been changed */
    CV_NEEDS_INDEX_REMOVED /* indexes and constraints of the model to have gone */
} CvNeedKind;

/* An operation stands behind those that do what it needs, if there are any. */
typedef struct CvNeed {
    CvNeedKind kind;
    const char *app_label, *model, *field; /* field NULL: the model itself */
} CvNeed;
typedef CV_VECTOR(CvNeed) CvNeeds;

typedef struct CvFound {
    const char *app_label;
    CvOperation operation;
    CvNeeds needs;
    size_t waits;                /* while sorting: how many stand before it and are not placed yet */
    CV_VECTOR(size_t) followers; /* while sorting */
} CvFound;

/* Another migration, one that is there (name) or one that is being made (draft). */
typedef struct CvDependency {
    const char *app_label, *name;
    const struct CvDraft *draft;
} CvDependency;

/* A migration that is being cut out of an app's operations. */
typedef struct CvDraft {
    const struct CvAppChanges *app;
    CV_VECTOR(CvFound *) operations;
    CV_VECTOR(CvDependency) dependencies;
    const char *name;
    bool initial;
} CvDraft;

typedef struct CvAppChanges {
    const char *app_label;
    CV_VECTOR(CvFound *) operations;
    CV_VECTOR(CvDraft *) drafts;
    size_t turn; /* when its first draft was made; 0: none was */
} CvAppChanges;

/* What a model is to the autodetector; Django keeps three sets of keys on each side. */
typedef enum CvModelClass { CV_ABSENT, CV_MANAGED, CV_PROXY, CV_UNMANAGED } CvModelClass;

/* A field of a kept model. */
typedef struct CvFieldPair {
    const char *name;
    const CvField *old, *now; /* NULL: there was or is none */
    const char *old_name;     /* it had another name; else NULL */
} CvFieldPair;

/* What becomes of an index or constraint. */
typedef struct CvRowFate {
    enum { CV_ROW_KEPT, CV_ROW_GONE, CV_ROW_NEW, CV_ROW_RENAMED, CV_ROW_ALTERED } is;
    const CvConstraint *row, *other; /* other: of a renamed row the new one */
} CvRowFate;

typedef struct CvModelPair {
    const char *app_label, *lower;
    CvModelClass was, is;
    const CvModelState *old, *now;
    bool renamed;                  /* old has another name */
    CV_VECTOR(CvFieldPair) fields; /* of a kept model, by name */
    CV_VECTOR(CvRowFate) old_rows, new_rows;
} CvModelPair;

typedef struct CvDetector {
    CvArena *arena;
    const CvProjectState *from, *to;
    const CvMigrationLoader *loader;
    const CvQuestioner *questioner;
    CV_VECTOR(CvModelPair) pairs;   /* by app and name */
    CV_VECTOR(CvAppChanges *) apps; /* by label */
    size_t turns;
} CvDetector;

static inline bool cv_pair_is_kept(const CvModelPair *pair)
{
    return pair->was == pair->is;
}
static inline bool cv_pair_is_kept_as(const CvModelPair *pair, CvModelClass is)
{
    return pair->was == is && pair->is == is;
}

/* ---- autodetector.c ---- */

/* The app's, made where it is asked for first. */
CvAppChanges *cv_app_changes(CvDetector *detector, const char *app_label);
/* Adds an operation; what it needs is added to the result. */
CvFound *cv_found(CvDetector *detector, const char *app_label, CvOperation operation);
void cv_found_first(CvDetector *detector, const char *app_label, CvFound *found);
void cv_need(CvDetector *detector, CvFound *found, CvNeedKind kind, const char *app_label, const char *model,
             const char *field);
/* That the model of a label is there, by this name. */
void cv_need_model(CvDetector *detector, CvFound *found, const char *label);
/* The same of what a relation leads to; nothing for other fields. */
void cv_need_targets(CvDetector *detector, CvFound *found, const char *app_label, const CvField *field);
/* The label as it is now of one in the old state. */
const char *cv_label_now(const CvDetector *detector, const char *label);
const CvModelPair *cv_pair_of(const CvDetector *detector, const char *label);
/* A list of one field or row for an operation. */
const CvField *cv_one_field(CvArena *arena, const CvField *field);
const CvConstraint *cv_one_row(CvArena *arena, const CvConstraint *row);
bool cv_field_is_key(const CvModelState *model, const CvField *field);
/* Whether a text in the shell's syntax names the field. */
bool cv_expression_names(const char *expression, const char *field);

/* ---- the steps ---- */

void cv_detect_renamed_models(CvDetector *detector);
void cv_detect_deleted_models(CvDetector *detector);
void cv_detect_created_models(CvDetector *detector);
void cv_detect_proxies(CvDetector *detector);
void cv_detect_options(CvDetector *detector);
void cv_detect_tables(CvDetector *detector);
void cv_detect_table_comments(CvDetector *detector);

void cv_detect_fields(CvDetector *detector); /* side by side, renames recognised; nothing is found yet */
void cv_detect_renamed_fields(CvDetector *detector);
void cv_detect_removed_fields(CvDetector *detector);
void cv_detect_added_fields(CvDetector *detector);
void cv_detect_altered_fields(CvDetector *detector);
/* Everything but the name, as seen from today: labels and fields that were renamed are the same. */
bool cv_detector_fields_same(const CvDetector *detector, const CvModelPair *pair, const CvField *old,
                             const CvField *now, bool with_targets);

void cv_detect_rows(CvDetector *detector); /* nothing is found yet */
void cv_detect_removed_rows(CvDetector *detector);
void cv_detect_renamed_indexes(CvDetector *detector);
void cv_detect_added_rows(CvDetector *detector);
void cv_detect_removed_together(CvDetector *detector);
void cv_detect_added_together(CvDetector *detector);
void cv_detect_orders(CvDetector *detector);

/* ---- autodetector_order.c: who stands where, and in which migration ---- */

void cv_detector_sort(CvDetector *detector);
void cv_detector_cut(CvDetector *detector);

/* ---- autodetector_names.c ---- */

const CvNewMigration *cv_detector_finish(CvDetector *detector, const char *const *apps, const char *name);

#endif
