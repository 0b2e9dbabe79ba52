/* shell_complete.h: what an expression would give, told from its text alone, and the names that may follow it. */
#ifndef CV_ORM_SHELL_COMPLETE_H
#define CV_ORM_SHELL_COMPLETE_H

#include "base/vector.h"
#include "orm/shell_private.h"

typedef CV_VECTOR(const char *) CvShellWords;

/* What stands before a dot or an opening bracket. Nothing is evaluated: completing a line sends no statement. */
typedef struct CvShellThing {
    enum {
        CV_THING_UNKNOWN,
        CV_THING_CLASS,      /* Book */
        CV_THING_MANAGER,    /* Book.objects */
        CV_THING_RELATED,    /* book.tags */
        CV_THING_SET,        /* Book.objects.all() */
        CV_THING_ROW,        /* Book.objects.first() */
        CV_THING_METHOD,     /* Book.objects.filter: `name` of `model` */
        CV_THING_FUNCTION,   /* Lower, date: `name` */
        CV_THING_EXPRESSION, /* F("price") + 1 */
    } kind;
    const CvModel *model;
    const char *name;
    const char *const *annotations; /* names that annotate() gave to a set; ends in NULL, or is NULL */
} CvShellThing;

/* `tree` may be NULL: unknown. */
CvShellThing cv_shell_infer(const CvShellSession *session, const CvSyntax *tree);
CvShellThing cv_shell_thing_of(CvValue value);
/* Names behind a dot. */
void cv_shell_attribute_words(CvShellWords *words, const CvShellThing *thing);
/* Names that may follow in a lookup path: `before` is what is typed up to the last "__" and with it ("author__"), or
 * empty. `lookups`: lookups and transforms too, which orderings and the like do not take. */
void cv_shell_path_words(CvShellWords *words, const CvModel *model, const char *const *annotations, CvSlice before,
                         bool lookups);
/* Names of a row's members that can be assigned: create(), update(), Book(). */
void cv_shell_member_words(CvShellWords *words, const CvModel *model);
/* Methods of rows in an order and of those that they belong to (shell_order.c). */
void cv_shell_order_words(CvShellWords *words, const CvModel *model);

#endif
