/* shell_private.h: what the parts of the query language's evaluator share. */
#ifndef CV_ORM_SHELL_PRIVATE_H
#define CV_ORM_SHELL_PRIVATE_H

#include "base/self.h"
#include "orm/orm.h"
#include "orm/shell.h"

/* Arguments as a call gave them. */
typedef struct CvShellArguments {
    size_t count, keyword_count;
    const CvValue *values;
    const char *const *keywords;
    const CvValue *keyword_values;
} CvShellArguments;

/* Arguments sorted by a signature: words for parameters; "name?" may be missing; "*": more positional ones, and what
 * follows must be named; "**": more named ones. */
typedef struct CvShellCall {
    const char *name;     /* of what is called, for messages */
    const CvValue *given; /* by the signature's order; CV_MISSING: not given */
    const CvList *rest;   /* of "*" */
    size_t keyword_count; /* of "**" */
    const char *const *keywords;
    const CvValue *keyword_values;
} CvShellCall;

/* One row of a table of methods or functions. */
typedef struct CvShellMethod {
    const char *name, *signature;
    CvValue (*run)(CvValue self, const CvShellCall *call);
} CvShellMethod;

/* Sorts; raises CV_ERROR_TYPE in Python's words. */
CvShellCall cv_shell_bind(const char *name, const char *signature, const CvShellArguments *arguments);
/* Calls a row of a table. `owner`: "QuerySet", for messages; NULL for a function. */
CvValue cv_shell_run(const CvShellMethod *method, const char *owner, CvValue self, const CvShellArguments *arguments);
const CvShellMethod *cv_shell_find_method(const CvShellMethod *methods, CvSlice name);
/* The method as a value that can be called later. */
CvValue cv_shell_method_value(const CvShellMethod *method, const char *owner, CvValue self);

/* ---- objects of the language ---- */

/* A function or class by name. */
typedef struct CvShellFunction {
    const CvType *type;
    CvShellMethod method;
    const char *owner;
    CvValue self;
} CvShellFunction;
extern const CvType cv_shell_function_type;

/* A model as a class: Book. */
typedef struct CvShellModel {
    const CvType *type;
    const CvModel *model;
} CvShellModel;
extern const CvType cv_shell_model_type;

/* Book.objects, book.tags. */
typedef struct CvShellManager {
    const CvType *type;
    const CvModel *model;
    CvQuerySet *set;
    const void *row;      /* whose relation it is, or NULL */
    const char *relation; /* its name */
} CvShellManager;
extern const CvType cv_shell_manager_type;

/* {1, 2} */
typedef struct CvShellSet {
    const CvType *type;
    const CvList *items;
} CvShellSet;
extern const CvType cv_shell_set_type;

typedef struct CvShellZone {
    const CvType *type;
    const CvZone *zone;
} CvShellZone;
extern const CvType cv_shell_zone_type;

/* CharField(), DecimalField(max_digits=12, decimal_places=2): an output_field. */
typedef struct CvShellField {
    const CvType *type;
    const CvFieldKind *kind;
    CvField field;
} CvShellField;
extern const CvType cv_shell_field_type;

/* Prefetch(...), RowRange(...): held until the call that takes them. */
typedef struct CvShellRecord {
    const CvType *type;
    const char *class_name;
    const CvValue *given; /* by the constructor's signature */
} CvShellRecord;
extern const CvType cv_shell_record_type;

/* Text that is shown as it is: what help() and sql() give. */
typedef struct CvShellText {
    const CvType *type;
    CvSlice text;
} CvShellText;
extern const CvType cv_shell_text_type;

static inline bool cv_shell_is(CvValue value, const CvType *type)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object) == type;
}
static inline bool cv_shell_is_row(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object)->resolve == cv_row_type_resolve;
}
static inline bool cv_shell_is_expression(CvValue value)
{
    return cv_shell_is(value, &cv_expr_type);
}
bool cv_shell_is_query(CvValue value);
/* True if its rows are here already. */
bool cv_shell_set_is_fetched(const CvQuerySet *set);
/* Django's QuerySet.ordered. */
bool cv_shell_set_is_ordered(const CvQuerySet *set);
/* A row of values(). */
bool cv_shell_is_record(CvValue value);
/* The set behind a query set or a manager; NULL for anything else. */
CvQuerySet *cv_shell_query(CvValue value);

/* ---- sessions and evaluation ---- */

/* One evaluation under way. */
typedef struct CvShellEvaluation {
    const CvShellSession *session; /* NULL: no names but those of the language */
    const CvSyntax *at;            /* what is being done: the place of an error */
} CvShellEvaluation;

CvValue cv_shell_evaluate_tree(const CvSyntax *tree, CvShellEvaluation *evaluation);
/* A name that the session has given or brings with it; false if there is none. */
bool cv_shell_session_lookup(const CvShellSession *session, CvSlice name, CvValue *out);
/* All names that may stand at the start; `session` may be NULL. Ends in NULL. */
const char *const *cv_shell_session_names(CvArena *arena, const CvShellSession *session);
/* help and help(thing); its text without a thing. */
CvValue cv_shell_help(CvValue self, const CvShellCall *call);
CvSlice cv_shell_help_text(void);
/* What a failed line says: the place in the text, the error, what may have been meant. */
void cv_shell_explain(CvBuffer *out, CvSlice line, const CvError *error, const CvSyntax *at, const CvShellLook *look);

/* ---- the parts ---- */

/* A name at the start of an expression; false if there is none. */
bool cv_shell_lookup(CvSlice name, CvValue *out);
/* value.name; raises CV_ERROR_ATTRIBUTE. */
CvValue cv_shell_attribute(CvValue value, CvSlice name);
CvValue cv_shell_call(CvValue function, const CvShellArguments *arguments);
CvValue cv_shell_subscript(CvValue value, CvValue index);
/* Missing bounds are CV_NULL. */
CvValue cv_shell_slice(CvValue value, CvValue start, CvValue end, CvValue step);
CvValue cv_shell_unary(const char *operator_text, CvValue value);
CvValue cv_shell_binary(CvValue left, const char *operator_text, CvValue right);
/* The items of anything that can be gone through; raises CV_ERROR_TYPE. */
const CvList *cv_shell_items(CvValue value);
/* len(); raises CV_ERROR_TYPE. */
int64_t cv_shell_length(CvValue value);
bool cv_shell_truth(CvValue value);
/* For "'int' object is not iterable". */
const char *cv_shell_type_name(CvValue value);

/* The rows of a set that meet conditions given by position (may be NULL) and by name. */
CvQuerySet *cv_shell_matching(CvQuerySet *set, const CvList *conditions, size_t count, const char *const *keys,
                              const CvValue *values);
/* Query sets joined by & | ^. */
CvValue cv_shell_combine(CvValue left, const char *operator_text, CvValue right);

/* An argument of a method, converted; raises CV_ERROR_TYPE. */
int64_t cv_shell_integer(CvValue value);
const char *cv_shell_text(CvValue value);
/* An expression as Django's functions take it: text is a field path, other values are constants. */
CvExpr *cv_shell_expression(CvValue value);
/* Conditions given by position and by name, as one; `op` joins them ("&", "|", "^"). Without any: an empty condition.
 */
CvExpr *cv_shell_condition(const CvList *conditions, size_t count, const char *const *keys, const CvValue *values,
                           const char *op);
bool cv_shell_is_condition(CvValue value);
CvValue cv_shell_logic(CvValue left, const char *op, CvValue right);
CvValue cv_shell_not(CvValue value);
/* With an output_field, if `output` is one. */
CvExpr *cv_shell_with_output(CvExpr *expr, CvValue output);
/* "-name", F("name").desc(), Lower("name") as an ordering. */
CvExpr *cv_shell_frame(CvValue value); /* a RowRange or ValueRange, or what stands for none */
bool cv_shell_is_frame(CvValue value);
CvExpr *cv_shell_ordering(CvValue value);
/* "|Europe/Berlin" for a zone, "" for none. */
const char *cv_shell_zone_suffix(CvValue value);
bool cv_shell_frame_exclusion(CvValue *out);
const char *const *cv_shell_expression_class_names(void);
/* F("name")[2:5]; `single`: F("name")[2]. */
CvValue cv_shell_expression_slice(CvValue value, CvValue start, CvValue end, bool single);
/* A value for a lookup or a member: managers become their sets, sets of values lists. */
CvValue cv_shell_plain(CvValue value);

/* Tables. */
extern const CvShellMethod cv_shell_python_functions[];
extern const CvShellMethod cv_shell_expression_functions[];
extern const CvShellMethod cv_shell_expression_methods[];
extern const CvShellMethod cv_shell_chain_methods[];  /* of sets and managers: what gives a set */
extern const CvShellMethod cv_shell_result_methods[]; /* what asks the database */
extern const CvShellMethod cv_shell_write_methods[];  /* what changes it */
extern const CvShellMethod cv_shell_related_methods[];
extern const CvShellMethod cv_shell_row_methods[];
extern const CvShellMethod cv_shell_types_methods[]; /* of managers of content types */
extern const CvShellMethod cv_shell_type_methods[];  /* of a content type */
/* Expressions that are made by class name alone (Lower, Count ...); false if there is none of that name. */
bool cv_shell_expression_class(CvSlice name, CvValue *out);
/* Prefetch(), GenericPrefetch(), prefetch_related_objects() */
CvValue cv_shell_make_prefetch(CvValue self, const CvShellCall *call);
CvValue cv_shell_make_generic_prefetch(CvValue self, const CvShellCall *call);
CvValue cv_shell_prefetch_objects(CvValue self, const CvShellCall *call);
/* Takes through_defaults out of the keywords of a call of a many-to-many manager; CV_MISSING where it is none. */
CvValue cv_shell_take_defaults(CvValue manager, CvShellCall *call);
/* manager.create(...) of a relation. */
CvValue cv_shell_create_related(CvValue manager, const CvShellArguments *arguments);
/* note.target = book; what other relations say to that; false if there is none of that name. */
bool cv_shell_assign_relation(void *row, const char *name, CvValue value);
/* What a Prefetch's to_attr gave a row. */
bool cv_shell_kept_attribute(const void *row, CvSlice name, CvValue *out);
/* A member or method of a row. */
bool cv_shell_row_attribute(CvValue row, CvSlice name, CvValue *out);
/* Whether the list declares a Method of that name, or the model's get_absolute_url is meant. */
bool cv_shell_row_has_method(CvValue row, CvSlice name);
/* A new row of arguments. */
void *cv_shell_new_row(const CvModel *model, const CvShellArguments *arguments);
/* row.name = value, with the checks of Django's descriptors; false if there is no such member. */
bool cv_shell_assign(void *row, const char *name, CvValue value);
/* What `row` reaches by an attribute that is no column; NULL if there is none. */
const struct CvMember *cv_shell_member(const void *row, const char *name);
/* A database function that the site adds (custom.h). */
bool cv_shell_custom_function(CvSlice name, CvValue *out);
/* A list of names, ended by NULL; none for None. */
const char *const *cv_shell_texts(CvValue names);
/* (total, {label: count}) */
CvValue cv_shell_delete(const void *row_or_set, const CvDeleteOptions *options);

/* ---- rows in order (shell_order.c) ---- */

/* get_next_in_order, get_answer_order and the like as values that can be called. */
bool cv_shell_order_method(CvValue row, CvSlice name, CvValue *out);

#endif
