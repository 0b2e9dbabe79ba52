/* writer_private.h: pieces of the text of a list file. */
#ifndef CV_MIGRATIONS_WRITER_PRIVATE_H
#define CV_MIGRATIONS_WRITER_PRIVATE_H

#include "base/vector.h"
#include "migrations/field_data.h"
#include "migrations/writer.h"

/* A word with its arguments, `AddField        (Book, CharField(isbn, .max_length = 13))`, broken into lines where it
 * would pass the right edge. */
typedef struct CvCallText {
    CvArena *arena;
    const char *word;
    size_t width; /* the word's column; 0: as long as it is */
    CV_VECTOR(const char *) arguments;
} CvCallText;

CvCallText cv_call_text(CvArena *arena, const char *word, size_t width);
void cv_call_add(CvCallText *call, const char *argument);
/* ".name = value" */
void cv_call_option(CvCallText *call, const char *name, const char *value);
/* ".name = CV_LIST("a", "b")", on as many lines as it needs; `column`: the call's. */
void cv_call_list(CvCallText *call, size_t column, const char *name, const char *const *list);
/* Where the next argument's text begins at the earliest: for arguments that have lines of their own. */
size_t cv_call_column(const CvCallText *call, size_t column);
/* The text that begins at this column. */
const char *cv_call_end(const CvCallText *call, size_t column);

/* A C literal of a text; one line of the text a line of the source, where it has several. */
const char *cv_literal(CvArena *arena, const char *text, size_t column);
/* CV_LIST("a", "b") */
const char *cv_literal_list(CvArena *arena, const char *const *list);
/* "Author" of "shop.Author" in shop, elsewhere all of it. */
const char *cv_label_in(CvArena *arena, const char *app_label, const char *label);

/* "CharField" */
const char *cv_field_word(CvArena *arena, const CvField *field);
const char *cv_field_text(CvArena *arena, const char *app_label, const CvField *field, size_t width, size_t column);
/* `Index(.fields = CV_LIST("a"), .name = "x")` */
const char *cv_constraint_text(CvArena *arena, const CvConstraint *constraint, size_t column);
/* Adds a model's options to its word. */
void cv_call_model_options(CvCallText *call, const CvModelOptions *options, size_t column);

#endif
