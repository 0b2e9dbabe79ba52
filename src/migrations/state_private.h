/* state_private.h: what a state is made of, for the files that change it. */
#ifndef CV_MIGRATIONS_STATE_PRIVATE_H
#define CV_MIGRATIONS_STATE_PRIVATE_H

#include "migrations/state.h"

#include "base/vector.h"

/* Memory that clones have in common; goes with the last of them. */
typedef struct CvStateHeap {
    CvArena *arena;
    size_t holders;
    const CvModelState **others; /* models of apps without migrations, ends in NULL; NULL: not asked for yet */
} CvStateHeap;

/* Models of a state, which clones share until one of them changes. */
typedef struct CvStateRendering {
    CvModels *models;
    size_t holders;
} CvStateRendering;

struct CvProjectState {
    CvStateHeap *heap;
    CV_VECTOR(const CvModelState *) models; /* the array is the state's own, by cv_malloc */
    CvStateRendering *rendering;            /* or NULL */
};

/* A copy of the model's state that may be changed, in its place; there must be one. */
CvModelState *cv_state_changing(CvProjectState *state, const char *app_label, const char *name);
/* Any model may have changed. */
void cv_state_forget_rendering(CvProjectState *state);
/* "shop.Author" of "Author" in shop. */
const char *cv_label_full(CvArena *arena, const char *app_label, const char *label);
bool cv_label_is(const char *label, const char *app_label, const char *name);
bool cv_name_is(const char *a, const char *b);

/* A model of the program; without its relations: what others may refer to, as it is. */
void cv_state_take_model(CvProjectState *state, const CvModel *model, bool no_relations);
/* The program's field of the same model and name, or NULL. */
const CvField *cv_field_of_program(const CvModelState *state, const char *name);

/* ---- copies that keep nothing of what they were made of, without functions (state_copy.c) ---- */

const char *cv_text_copy(CvArena *arena, const char *text);
const char *const *cv_names_copy(CvArena *arena, const char *const *names);
/* Names with one replaced; a "-" in front stays. */
const char *const *cv_names_renamed(CvArena *arena, const char *const *names, const char *name, const char *new_name);
CvField cv_field_copy(CvArena *arena, const char *app_label, const CvField *field);
CvModelOptions cv_options_copy(CvArena *arena, const CvModelOptions *options);
CvConstraint cv_constraint_copy(CvArena *arena, const CvConstraint *constraint);

#endif
