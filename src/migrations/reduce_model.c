/* reduce_model.c: a CreateModel takes in what later happens to its model. */
#include "migrations/reduce_private.h"

#include "base/vector.h"

/* The parts of a CreateModel that may change, as lists of their own. */
typedef struct Making {
    CvArena *arena;
    CvOperation operation;
    CvModelOptions options;
    CV_VECTOR(CvField) fields;
    CV_VECTOR(CvConstraint) rows; /* indexes, constraints, sets of unique_together */
} Making;

static void take_rows(Making *making, const CvConstraint *rows)
{
    for (; rows && rows->kind; rows++)
        cv_vector_push(making->arena, &making->rows, *rows);
}

static Making *begin(CvArena *arena, const CvOperation *operation)
{
    Making *making = cv_arena_new(arena, Making);
    *making = (Making){.arena = arena, .operation = *operation};
    if (operation->options)
        making->options = *operation->options;
    for (const CvField *field = operation->fields; field && field->name; field++)
        if (field->order_within)
            making->options.order_with_respect_to = field->order_within;
        else
            cv_vector_push(arena, &making->fields, *field);
    if (making->options.unique_together && *making->options.unique_together)
        cv_vector_push(
            arena, &making->rows,
            ((CvConstraint){.kind = CV_UNIQUE, .together = true, .fields = making->options.unique_together}));
    take_rows(making, making->options.constraints);
    take_rows(making, operation->constraints);
    return making;
}

static CvReduced end(Making *making)
{
    CvArena *arena = making->arena;
    CvModelOptions *options = cv_arena_memdup(arena, &making->options, sizeof *options);
    cv_vector_push(arena, &making->fields, (CvField){0}); /* places that were given back are not empty */
    cv_vector_push(arena, &making->rows, (CvConstraint){0});
    options->unique_together = NULL;
    options->constraints = making->rows.count > 1 ? making->rows.items : NULL;
    making->operation.fields = making->fields.items;
    making->operation.constraints = NULL;
    making->operation.options = options;
    return cv_reduced_to(arena, &making->operation);
}

static size_t field_place(const Making *making, const char *name)
{
    size_t at = 0;
    while (at < making->fields.count && !cv_name_is(making->fields.items[at].name, name))
        at++;
    return at;
}

static void drop_rows(Making *making, bool together, const char *name)
{
    size_t left = 0;
    for (size_t i = 0; i < making->rows.count; i++) {
        const CvConstraint *row = &making->rows.items[i];
        bool drop = together ? row->together : !row->together && row->name && strcmp(row->name, name) == 0;
        if (!drop)
            making->rows.items[left++] = *row;
    }
    making->rows.count = left;
}

/* Sets of unique_together without the field; a set of nothing is none. */
static void forget_field(Making *making, const char *name)
{
    size_t left = 0;
    for (size_t i = 0; i < making->rows.count; i++) {
        CvConstraint row = making->rows.items[i];
        if (row.together) {
            CV_VECTOR(const char *) fields = {0};
            for (const char *const *field = row.fields; field && *field; field++)
                if (!cv_name_is(*field, name))
                    cv_vector_push(making->arena, &fields, *field);
            if (!fields.count)
                continue;
            cv_vector_push(making->arena, &fields, NULL);
            row.fields = fields.items;
        }
        making->rows.items[left++] = row;
    }
    making->rows.count = left;
    const char *order = making->options.order_with_respect_to;
    if (order && cv_name_is(order, name))
        making->options.order_with_respect_to = NULL;
}

static void rename_everywhere(Making *making, const char *name, const char *new_name)
{
    for (size_t i = 0; i < making->rows.count; i++) {
        CvConstraint *row = &making->rows.items[i];
        row->fields = cv_names_renamed(making->arena, row->fields, name, new_name);
        row->include = cv_names_renamed(making->arena, row->include, name, new_name);
    }
    for (size_t i = 0; i < making->fields.count; i++)
        making->fields.items[i].key_fields =
            cv_names_renamed(making->arena, making->fields.items[i].key_fields, name, new_name);
    const char *order = making->options.order_with_respect_to;
    if (order && cv_name_is(order, name))
        making->options.order_with_respect_to = new_name;
}

static CvReduced take_options(Making *making, const CvOperation *other)
{
    const CvOperationKind *kind = other->kind;
    if (kind == &cv_op_alter_model_options) {
        making->options = cv_model_options_altered(&making->options, other->options);
    } else if (kind == &cv_op_alter_model_table) {
        making->options.db_table = other->to;
    } else if (kind == &cv_op_alter_model_table_comment) {
        making->options.db_table_comment = other->to;
    } else if (kind == &cv_op_alter_order_with_respect_to) {
        making->options.order_with_respect_to = other->to && *other->to ? other->to : NULL;
    } else if (kind == &cv_op_alter_unique_together) {
        drop_rows(making, true, NULL);
        take_rows(making, other->constraints);
    } else {
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    }
    return end(making);
}

/* A new table has no rows that would need a default for that moment alone. */
static CvField field_of(const CvOperation *operation)
{
    return operation->forget_default ? cv_field_without_default(operation->fields) : operation->fields[0];
}

/* Who touches the key is left alone: a CreateModel says differently what its key is. */
static CvReduced take_field(Making *making, const CvOperation *other)
{
    const CvOperationKind *kind = other->kind;
    bool has_key = !making->operation.to;
    size_t at = field_place(making, cv_operation_subject(other));
    bool is_there = at < making->fields.count;
    if (other->own_key || (has_key && at == 0 && kind == &cv_op_remove_field))
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    if (kind == &cv_op_add_field) {
        cv_vector_push(making->arena, &making->fields, field_of(other));
    } else if (kind == &cv_op_alter_field) {
        if (is_there) /* else an AddField that says the same still comes (a proxy that became a model) */
            making->fields.items[at] = field_of(other);
        making->operation.own_key |= is_there && has_key && at == 0;
    } else if (kind == &cv_op_remove_field) {
        for (size_t i = at; i + 1 < making->fields.count; i++)
            making->fields.items[i] = making->fields.items[i + 1];
        making->fields.count -= is_there;
        forget_field(making, other->name);
    } else if (kind == &cv_op_rename_field && is_there) {
        making->fields.items[at].name = other->to;
        making->operation.own_key |= has_key && at == 0;
        rename_everywhere(making, other->name, other->to);
    } else {
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    }
    return end(making);
}

static CvReduced take_row(Making *making, const CvOperation *other)
{
    const CvOperationKind *kind = other->kind;
    if (kind == &cv_op_alter_constraint)
        drop_rows(making, false, other->constraints->name);
    if (kind == &cv_op_add_index || kind == &cv_op_add_constraint || kind == &cv_op_alter_constraint)
        take_rows(making, other->constraints);
    else if (kind == &cv_op_remove_index || kind == &cv_op_remove_constraint)
        drop_rows(making, false, other->name);
    else
        return (CvReduced){.result = CV_REDUCE_BARRIER};
    return end(making);
}

/* The model by its new name; fields that lead to itself follow. */
static CvReduced take_name(Making *making, const CvOperation *other, const char *app_label)
{
    CvArena *arena = making->arena;
    const char *label = cv_arena_printf(arena, "%s.%s", app_label, other->to);
    for (size_t i = 0; i < making->fields.count; i++) {
        CvField *field = &making->fields.items[i];
        const char **labels[] = {&field->to_label, &field->through_label};
        for (size_t j = 0; j < CV_COUNT_OF(labels); j++)
            if (*labels[j] && cv_label_is(cv_label_full(arena, app_label, *labels[j]), app_label, other->model))
                *labels[j] = label;
    }
    making->operation.model = other->to;
    return end(making);
}

typedef CvReduced Take(Making *making, const CvOperation *other);

/* Who takes in operations of a kind; NULL: nobody. */
static Take *taker_of(const CvOperationKind *kind)
{
    static const struct {
        const CvOperationKind *kind;
        Take *take;
    } takers[] = {
        {&cv_op_alter_model_options, take_options},
        {&cv_op_alter_model_table, take_options},
        {&cv_op_alter_model_table_comment, take_options},
        {&cv_op_alter_order_with_respect_to, take_options},
        {&cv_op_alter_unique_together, take_options},
        {&cv_op_add_field, take_field},
        {&cv_op_alter_field, take_field},
        {&cv_op_remove_field, take_field},
        {&cv_op_rename_field, take_field},
        {&cv_op_add_index, take_row},
        {&cv_op_remove_index, take_row},
        {&cv_op_add_constraint, take_row},
        {&cv_op_remove_constraint, take_row},
        {&cv_op_alter_constraint, take_row},
    };
    for (size_t i = 0; i < CV_COUNT_OF(takers); i++)
        if (takers[i].kind == kind)
            return takers[i].take;
    return NULL;
}

CvReduced cv_reduce_create_model(CvArena *arena, const CvOperation *operation, const CvOperation *other,
                                 const char *app_label)
{
    if (cv_same_model(operation, other)) {
        Take *take = taker_of(other->kind);
        if (other->kind == &cv_op_delete_model && !operation->proxy)
            return (CvReduced){.result = CV_REDUCE_REPLACE};
        if (other->kind == &cv_op_rename_model)
            return take_name(begin(arena, operation), other, app_label);
        if (take) {
            CvReduced reduced = take(begin(arena, operation), other);
            if (reduced.result == CV_REDUCE_REPLACE)
                return reduced;
        }
    }
    return cv_reduced_past(arena, operation, other, app_label, operation->model);
}
