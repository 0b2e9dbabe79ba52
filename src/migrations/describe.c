/* describe.c: operations in words, and their part of a migration's made-up name; both are Django's. */
#include "migrations/words_private.h"

#include "base/buffer.h"
#include "migrations/kinds.h"

/* Models stand in lower case as in Django, whose own operations name them so, but where they come, go and are renamed.
 */
static const char *model_of(CvArena *arena, const CvOperation *operation)
{
    return cv_ascii_lower(arena, operation->model);
}

static const char *joined(CvArena *arena, const char *const *names, const char *between)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; names && names[i]; i++) {
        if (i)
            cv_buffer_append_string(&out, between);
        cv_buffer_append_string(&out, names[i]);
    }
    return cv_buffer_string(&out);
}

/* As Python writes a tuple. */
static const char *tuple(CvArena *arena, const char *const *names)
{
    bool one = names && names[0] && !names[1];
    return cv_arena_printf(arena, "('%s'%s)", joined(arena, names, "', '"), one ? "," : "");
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

/* The name of the field or constraint that the operation brings along. */
static const char *brought(const CvOperation *operation)
{
    const char *name = operation->fields        ? operation->fields[0].name
                       : operation->constraints ? operation->constraints[0].name
                                                : operation->name;
    return text_of(name);
}

#define WORDS(kind, format, ...)                                                   \
    const char *cv_##kind##_describe(CvArena *arena, const CvOperation *operation) \
    {                                                                              \
        return cv_arena_printf(arena, format, __VA_ARGS__);                        \
    }
#define FIXED(kind, words)                                                         \
    const char *cv_##kind##_describe(CvArena *arena, const CvOperation *operation) \
    {                                                                              \
        (void)arena, (void)operation;                                              \
        return words;                                                              \
    }
#define FRAGMENT(kind, format, ...)                                                \
    const char *cv_##kind##_fragment(CvArena *arena, const CvOperation *operation) \
    {                                                                              \
        return cv_ascii_lower(arena, cv_arena_printf(arena, format, __VA_ARGS__)); \
    }

WORDS(create_model, "Create %smodel %s", operation->proxy ? "proxy " : "", operation->model)
FRAGMENT(create_model, "%s", operation->model)
WORDS(delete_model, "Delete model %s", operation->model)
FRAGMENT(delete_model, "delete_%s", operation->model)
WORDS(rename_model, "Rename model %s to %s", operation->model, operation->to)
FRAGMENT(rename_model, "rename_%s_%s", operation->model, operation->to)
WORDS(alter_model_table, "Rename table for %s to %s", model_of(arena, operation),
      operation->to ? operation->to : "(default)")
FRAGMENT(alter_model_table, "alter_%s_table", operation->model)
WORDS(alter_model_table_comment, "Alter %s table comment", model_of(arena, operation))
FRAGMENT(alter_model_table_comment, "alter_%s_table_comment", operation->model)
WORDS(alter_model_options, "Change Meta options on %s", model_of(arena, operation))
FRAGMENT(alter_model_options, "alter_%s_options", operation->model)
FRAGMENT(alter_unique_together, "alter_%s_unique_together", operation->model)
WORDS(alter_order_with_respect_to, "Set order_with_respect_to on %s to %s", model_of(arena, operation),
      operation->to && * operation->to ? operation->to : "None")
FRAGMENT(alter_order_with_respect_to, "alter_%s_order_with_respect_to", operation->model)
WORDS(add_field, "Add field %s to %s", brought(operation), model_of(arena, operation))
FRAGMENT(add_field, "%s_%s", operation->model, brought(operation))
WORDS(alter_field, "Alter field %s on %s", brought(operation), model_of(arena, operation))
FRAGMENT(alter_field, "alter_%s_%s", operation->model, brought(operation))
WORDS(remove_field, "Remove field %s from %s", operation->name, model_of(arena, operation))
FRAGMENT(remove_field, "remove_%s_%s", operation->model, operation->name)
WORDS(rename_field, "Rename field %s on %s to %s", operation->name, model_of(arena, operation), operation->to)
FRAGMENT(rename_field, "rename_%s_%s_%s", operation->name, operation->model, operation->to)
FRAGMENT(add_index, "%s_%s", operation->model, brought(operation))
WORDS(remove_index, "Remove index %s from %s", operation->name, model_of(arena, operation))
FRAGMENT(remove_index, "remove_%s_%s", operation->model, operation->name)
WORDS(add_constraint, "Create constraint %s on model %s", brought(operation), model_of(arena, operation))
FRAGMENT(add_constraint, "%s_%s", operation->model, brought(operation))
WORDS(remove_constraint, "Remove constraint %s from model %s", operation->name, model_of(arena, operation))
FRAGMENT(remove_constraint, "remove_%s_%s", operation->model, operation->name)
WORDS(alter_constraint, "Alter constraint %s on %s", brought(operation), model_of(arena, operation))
FRAGMENT(alter_constraint, "alter_%s_%s", operation->model, brought(operation))
FIXED(run_sql, "Raw SQL operation")
FIXED(run_c, "Raw C operation")
FIXED(separate, "Custom state/database change combination")

const char *cv_alter_unique_together_describe(CvArena *arena, const CvOperation *operation)
{
    size_t count = 0;
    for (const CvConstraint *set = operation->constraints; set && set->kind; set++)
        count++;
    return cv_arena_printf(arena, "Alter unique_together for %s (%zu constraint(s))", model_of(arena, operation),
                           count);
}

const char *cv_add_index_describe(CvArena *arena, const CvOperation *operation)
{
    const CvConstraint *index = operation->constraints;
    if (index->expressions)
        return cv_arena_printf(arena, "Create index %s on %s on model %s", brought(operation),
                               joined(arena, index->expressions, ", "), model_of(arena, operation));
    return cv_arena_printf(arena, "Create index %s on field(s) %s of model %s", brought(operation),
                           joined(arena, index->fields, ", "), model_of(arena, operation));
}

const char *cv_rename_index_describe(CvArena *arena, const CvOperation *operation)
{
    if (operation->name)
        return cv_arena_printf(arena, "Rename index %s on %s to %s", operation->name, model_of(arena, operation),
                               operation->to);
    return cv_arena_printf(arena, "Rename unnamed index for %s on %s to %s", tuple(arena, operation->names),
                           model_of(arena, operation), operation->to);
}

const char *cv_rename_index_fragment(CvArena *arena, const CvOperation *operation)
{
    if (operation->name)
        return cv_ascii_lower(arena, cv_arena_printf(arena, "rename_%s_%s", operation->name, operation->to));
    return cv_ascii_lower(arena, cv_arena_printf(arena, "rename_%s_%s_%s", model_of(arena, operation),
                                                 joined(arena, operation->names, "_"), operation->to));
}

const char *cv_operation_name(const CvOperation *operation)
{
    return operation->kind->name;
}

const char *cv_operation_describe(CvArena *arena, const CvOperation *operation)
{
    const CvOperationKind *kind = operation->kind;
    return kind->describe ? kind->describe(arena, operation) : kind->name;
}

const char *cv_operation_symbol(const CvOperation *operation)
{
    return operation->kind->symbol;
}

bool cv_operation_is_reversible(const CvOperation *operation)
{
    return !operation->kind->reversible || operation->kind->reversible(operation);
}

const char *cv_operation_one_way(const CvOperation *operation)
{
    if (operation->kind == &cv_op_run_c)
        return "It cannot be undone: it has no .reverse (cv_run_nothing, if nothing needs to be).";
    if (operation->kind == &cv_op_run_sql)
        return "It cannot be undone: it has no .reverse_sql.";
    return "It cannot be undone.";
}
