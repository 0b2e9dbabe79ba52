/* words_private.h: the functions behind the table of kinds (kinds.c): words, effects on a state, references. */
#ifndef CV_MIGRATIONS_WORDS_PRIVATE_H
#define CV_MIGRATIONS_WORDS_PRIVATE_H

#include "migrations/operations_private.h"

#define X(name)                                                                     \
    const char *cv_##name##_describe(CvArena *arena, const CvOperation *operation); \
    const char *cv_##name##_fragment(CvArena *arena, const CvOperation *operation); \
    void cv_##name##_state(const CvOperation *operation, const char *app_label, CvProjectState *state);
CV_OPERATION_KINDS(X)
#undef X
const char *cv_separate_describe(CvArena *arena, const CvOperation *operation); /* state_, database_operations */

/* ---- what an operation may have to do with a model or field; in doubt: true ---- */

bool cv_references_its_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_references_any_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_create_model_references_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_rename_model_references_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_field_operation_references_model(const CvOperation *operation, const char *app_label, const char *label);
bool cv_field_operation_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                         const char *field);
bool cv_rename_field_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                      const char *field);
bool cv_together_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                  const char *field);
bool cv_order_references_field(const CvOperation *operation, const char *app_label, const char *label,
                               const char *field);

#endif
