/* reduce.c: what two operations that stand behind one another become (Django's Operation.reduce()). */
#include "migrations/reduce_private.h"

CvReduced cv_reduced_to(CvArena *arena, const CvOperation *operation)
{
    return (CvReduced){CV_REDUCE_REPLACE, cv_arena_memdup(arena, operation, sizeof *operation), 1};
}

static CvReduced gone(void)
{
    return (CvReduced){.result = CV_REDUCE_REPLACE};
}

bool cv_same_model(const CvOperation *a, const CvOperation *b)
{
    return a->model && b->model && cv_name_is(a->model, b->model);
}

const char *cv_operation_subject(const CvOperation *operation)
{
    if (operation->fields && operation->kind != &cv_op_create_model)
        return operation->fields->name;
    if (operation->constraints && operation->constraints->kind && operation->constraints->name)
        return operation->constraints->name;
    return operation->name ? operation->name : "";
}

static bool same_subject(const CvOperation *a, const CvOperation *b)
{
    return cv_same_model(a, b) && cv_name_is(cv_operation_subject(a), cv_operation_subject(b));
}

/* One of the two may be left out, or nothing can be done. */
static CvReduced elided(CvArena *arena, const CvOperation *operation, const CvOperation *other)
{
    if (operation->elidable)
        return cv_reduced_to(arena, other);
    if (other->elidable)
        return cv_reduced_to(arena, operation);
    return (CvReduced){.result = CV_REDUCE_BARRIER};
}

static bool holds(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (cv_name_is(*names, name))
            return true;
    return false;
}

/* Whether a relation of the operation says the name of a field over there. */
static bool says_field(CvArena *arena, const CvOperation *operation, const char *app_label, const CvOperation *renaming)
{
    for (const CvField *field = operation->fields; field && field->name; field++) {
        const char *to = field->to_label, *through = field->through_label;
        if (to && field->to_field && cv_name_is(field->to_field, renaming->name) &&
            cv_label_is(cv_label_full(arena, app_label, to), app_label, renaming->model))
            return true;
        if (through && holds(field->through_fields, renaming->name) &&
            cv_label_is(cv_label_full(arena, app_label, through), app_label, renaming->model))
            return true;
    }
    return false;
}

/* Whether the operation says a name that is another one behind `other`. Django does not ask that of what it moves. */
static bool says_old_name(CvArena *arena, const CvOperation *operation, const CvOperation *other, const char *app_label)
{
    if (other->kind == &cv_op_rename_model)
        return cv_operation_references_model(operation, app_label, other->model);
    return other->kind == &cv_op_rename_field && says_field(arena, operation, app_label, other);
}

CvReduced cv_reduced_past(CvArena *arena, const CvOperation *operation, const CvOperation *other, const char *app_label,
                          const char *model)
{
    CvReduced reduced = elided(arena, operation, other);
    if (reduced.result == CV_REDUCE_BARRIER && !cv_operation_references_model(other, app_label, model) &&
        !says_old_name(arena, operation, other, app_label))
        reduced.result = CV_REDUCE_PASS;
    return reduced;
}

static CvReduced past_field(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                            const char *app_label, const char *field)
{
    CvReduced reduced = elided(arena, operation, other);
    if (reduced.result == CV_REDUCE_BARRIER &&
        !cv_operation_references_field(other, app_label, operation->model, field) &&
        !says_old_name(arena, operation, other, app_label))
        reduced.result = CV_REDUCE_PASS;
    return reduced;
}

/* ---- models ---- */

CvReduced cv_reduce_delete_model(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    return cv_reduced_past(arena, operation, other, app_label, operation->model);
}

CvReduced cv_reduce_rename_model(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    if (other->kind == &cv_op_rename_model && cv_name_is(operation->to, other->model)) {
        CvOperation made = *operation;
        made.to = other->to;
        return cv_reduced_to(arena, &made);
    }
    return cv_reduced_past(arena, operation, other, app_label, operation->to);
}

/* The later setting of an option stands for both, and a model that goes needs none. */
static CvReduced reduce_option(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                               const char *app_label)
{
    if ((other->kind == operation->kind || other->kind == &cv_op_delete_model) && cv_same_model(operation, other))
        return cv_reduced_to(arena, other);
    return cv_reduced_past(arena, operation, other, app_label, operation->model);
}

#define OPTION(kind)                                                                                   \
    CvReduced cv_reduce_##kind(CvArena *arena, const CvOperation *operation, const CvOperation *other, \
                               const char *app_label)                                                  \
    {                                                                                                  \
        return reduce_option(arena, operation, other, app_label);                                      \
    }
OPTION(alter_model_table)
OPTION(alter_model_table_comment)
OPTION(alter_model_options)
OPTION(alter_unique_together)
OPTION(alter_order_with_respect_to)

/* ---- fields ---- */

static CvOperation with_field(CvArena *arena, const CvOperation *operation, const CvField *field, const char *name)
{
    CvOperation made = *operation;
    CvField *fields = cv_arena_new_array(arena, CvField, 2);
    fields[0] = *field;
    fields[0].name = name;
    made.fields = fields;
    return made;
}

static bool default_fits(const CvField *from, const CvField *field)
{
    return from->kind->storage == field->kind->storage && cv_field_default_shape(from) == cv_field_default_shape(field);
}

/* An AlterField behind an AddField or another AlterField of the field. The rows keep what the first one gave them, even
 * if its default is gone afterwards; false: one operation cannot say both. */
static bool altered(CvArena *arena, const CvOperation *operation, const CvOperation *other, CvOperation *made)
{
    const CvField *first = operation->fields, *last = other->fields;
    bool adds = operation->kind == &cv_op_add_field, stays = cv_field_has_default(last) && !other->forget_default;
    *made = with_field(arena, operation, last, last->name);
    made->own_key |= other->own_key;
    made->forget_default = other->forget_default;
    if (!cv_field_has_default(first))
        return true;
    if (stays)
        return !operation->forget_default || (first->kind == last->kind && cv_field_default_same(first, last) &&
                                              first->default_call == last->default_call);
    if (!adds && cv_field_may_be_null(last))
        return !operation->forget_default;
    if (!default_fits(first, last))
        return false;
    CvField field = *last;
    field.default_call = first->default_call;
    field.default_integer = first->default_integer; /* the union: whichever it is */
    *made = with_field(arena, made, &field, last->name);
    made->forget_default = true;
    return true;
}

CvReduced cv_reduce_add_field(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                              const char *app_label)
{
    const CvField *field = operation->fields;
    CvOperation made;
    if (same_subject(operation, other)) {
        if (other->kind == &cv_op_remove_field)
            return gone();
        if (other->kind == &cv_op_alter_field && altered(arena, operation, other, &made))
            return cv_reduced_to(arena, &made);
        if (other->kind == &cv_op_rename_field) {
            made = with_field(arena, operation, field, other->to);
            return cv_reduced_to(arena, &made);
        }
    }
    return past_field(arena, operation, other, app_label, field->name);
}

CvReduced cv_reduce_remove_field(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    if (other->kind == &cv_op_delete_model && cv_same_model(operation, other))
        return cv_reduced_to(arena, other);
    return past_field(arena, operation, other, app_label, operation->name);
}

CvReduced cv_reduce_alter_field(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                const char *app_label)
{
    const CvField *field = operation->fields;
    if (same_subject(operation, other)) {
        CvOperation one;
        if (other->kind == &cv_op_remove_field)
            return cv_reduced_to(arena, other);
        if (other->kind == &cv_op_alter_field && !operation->own_key && altered(arena, operation, other, &one))
            return cv_reduced_to(arena, &one);
        if (other->kind == &cv_op_rename_field && !field->db_column) {
            CvOperation *made = cv_arena_new_array(arena, CvOperation, 2);
            made[0] = *other;
            made[1] = with_field(arena, operation, field, other->to);
            return (CvReduced){CV_REDUCE_REPLACE, made, 2};
        }
    }
    return past_field(arena, operation, other, app_label, field->name);
}

CvReduced cv_reduce_rename_field(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    if (other->kind == &cv_op_rename_field && cv_same_model(operation, other) &&
        cv_name_is(operation->to, other->name)) {
        CvOperation made = *operation;
        made.to = other->to;
        return cv_reduced_to(arena, &made);
    }
    CvReduced reduced = past_field(arena, operation, other, app_label, operation->name);
    if (reduced.result == CV_REDUCE_PASS)
        reduced = past_field(arena, operation, other, app_label, operation->to);
    return reduced;
}

/* ---- indexes and constraints ---- */

static CvOperation with_row(CvArena *arena, const CvOperation *operation, const CvConstraint *row, const char *name)
{
    CvOperation made = *operation;
    CvConstraint *rows = cv_arena_new_array(arena, CvConstraint, 2);
    rows[0] = *row;
    rows[0].name = name;
    made.constraints = rows;
    return made;
}

CvReduced cv_reduce_add_index(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                              const char *app_label)
{
    (void)app_label;
    const CvConstraint *row = operation->constraints;
    if (same_subject(operation, other)) {
        if (other->kind == &cv_op_remove_index)
            return gone();
        if (other->kind == &cv_op_rename_index && other->name) {
            CvOperation made = with_row(arena, operation, row, other->to);
            return cv_reduced_to(arena, &made);
        }
    }
    return elided(arena, operation, other);
}

CvReduced cv_reduce_rename_index(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    (void)app_label;
    if (other->kind == &cv_op_rename_index && other->name && cv_same_model(operation, other) &&
        cv_name_is(operation->to, other->name)) {
        CvOperation made = *operation;
        made.to = other->to;
        return cv_reduced_to(arena, &made);
    }
    return elided(arena, operation, other);
}

CvReduced cv_reduce_add_constraint(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                   const char *app_label)
{
    (void)app_label;
    if (same_subject(operation, other)) {
        if (other->kind == &cv_op_remove_constraint)
            return gone();
        if (other->kind == &cv_op_alter_constraint) {
            CvOperation made = with_row(arena, operation, other->constraints, other->constraints->name);
            return cv_reduced_to(arena, &made);
        }
    }
    return elided(arena, operation, other);
}

CvReduced cv_reduce_alter_constraint(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                     const char *app_label)
{
    (void)app_label;
    if (same_subject(operation, other) &&
        (other->kind == &cv_op_alter_constraint || other->kind == &cv_op_remove_constraint))
        return cv_reduced_to(arena, other);
    return elided(arena, operation, other);
}

/* ---- the rest: nothing passes them ---- */

#define BARRIER(kind)                                                                                  \
    CvReduced cv_reduce_##kind(CvArena *arena, const CvOperation *operation, const CvOperation *other, \
                               const char *app_label)                                                  \
    {                                                                                                  \
        (void)app_label;                                                                               \
        return elided(arena, operation, other);                                                        \
    }
BARRIER(remove_index)
BARRIER(remove_constraint)
BARRIER(run_sql)
BARRIER(run_c)
BARRIER(state_operations)
BARRIER(database_operations)
