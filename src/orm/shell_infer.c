/* shell_infer.c: what an expression would give, told from its text: the model of a set, a row, a method. */
#include "orm/set_private.h"
#include "orm/shell_complete.h"

static CvShellThing infer(const CvShellSession *session, const CvSyntax *node);

CvShellThing cv_shell_thing_of(CvValue value)
{
    if (cv_shell_is(value, &cv_shell_model_type))
        return (CvShellThing){.kind = CV_THING_CLASS, .model = ((const CvShellModel *)value.object)->model};
    if (cv_shell_is(value, &cv_shell_manager_type)) {
        const CvShellManager *manager = value.object;
        return (CvShellThing){.kind = manager->row ? CV_THING_RELATED : CV_THING_MANAGER, .model = manager->model};
    }
    if (cv_shell_is_query(value))
        return (CvShellThing){.kind = CV_THING_SET, .model = cv_shell_query(value)->model};
    if (cv_shell_is_row(value))
        return (CvShellThing){.kind = CV_THING_ROW, .model = cv_row_model(value.object)};
    if (cv_shell_is_expression(value))
        return (CvShellThing){.kind = CV_THING_EXPRESSION};
    if (cv_shell_is(value, &cv_shell_function_type))
        return (CvShellThing){.kind = CV_THING_FUNCTION, .name = ((const CvShellFunction *)value.object)->method.name};
    return (CvShellThing){0};
}

static CvShellThing infer_name(const CvShellSession *session, CvSlice name)
{
    CvValue value;
    if ((session && cv_shell_session_lookup(session, name, &value)) || cv_shell_lookup(name, &value))
        return cv_shell_thing_of(value);
    return (CvShellThing){0};
}

/* row.name: the other row, or the rows of a relation. */
static CvShellThing member_of_row(const CvModel *model, CvSlice name)
{
    const CvColumn *column = cv_model_column(model, name);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, name);
    if (column && column->to && cv_slice_is(name, column->name) && !column->field->kind->many)
        return (CvShellThing){.kind = CV_THING_ROW, .model = column->to};
    if (member && member->kind != CV_MEMBER_COLUMN)
        return (CvShellThing){.kind = member->one ? CV_THING_ROW : CV_THING_RELATED, .model = member->to};
    const CvShellMethod *method = cv_shell_find_method(cv_shell_row_methods, name);
    return method ? (CvShellThing){.kind = CV_THING_METHOD, .model = model, .name = method->name} : (CvShellThing){0};
}

static const CvShellMethod *method_of_rows(const CvShellThing *owner, CvSlice name)
{
    const CvShellMethod *method = cv_shell_find_method(cv_shell_chain_methods, name);
    if (!method)
        method = cv_shell_find_method(cv_shell_result_methods, name);
    if (!method)
        method = cv_shell_find_method(cv_shell_write_methods, name);
    if (!method && owner->kind == CV_THING_RELATED)
        method = cv_shell_find_method(cv_shell_related_methods, name);
    return method;
}

static CvShellThing infer_attribute(const CvShellSession *session, const CvSyntax *node)
{
    CvShellThing owner = infer(session, node->left);
    switch (owner.kind) {
    case CV_THING_CLASS:
        if (cv_slice_is(node->name, "objects") || cv_slice_is(node->name, "_base_manager") ||
            cv_slice_is(node->name, "_default_manager") || cv_model_manager(owner.model, node->name))
            return (CvShellThing){.kind = CV_THING_MANAGER, .model = owner.model};
        break;
    case CV_THING_MANAGER:
    case CV_THING_RELATED:
    case CV_THING_SET: {
        const CvShellMethod *method = method_of_rows(&owner, node->name);
        if (method)
            return (CvShellThing){
                .kind = CV_THING_METHOD, .model = owner.model, .name = method->name, .annotations = owner.annotations};
        break;
    }
    case CV_THING_ROW:
        return member_of_row(owner.model, node->name);
    case CV_THING_EXPRESSION: {
        const CvShellMethod *method = cv_shell_find_method(cv_shell_expression_methods, node->name);
        if (method)
            return (CvShellThing){.kind = CV_THING_EXPRESSION, .name = method->name};
        break;
    }
    case CV_THING_UNKNOWN:
    case CV_THING_METHOD:
    case CV_THING_FUNCTION:
        break;
    }
    return (CvShellThing){0};
}

/* The names of annotate(votes=...) join those that were there. */
static const char *const *with_annotations(const char *const *before, const CvSyntax *call)
{
    CvShellWords names = {0};
    for (; before && *before; before++)
        cv_vector_push(cv_arena(), &names, *before);
    for (size_t i = 0; i < call->count; i++)
        if (call->arguments[i].name.length)
            cv_vector_push(cv_arena(), &names, cv_slice_string(cv_arena(), call->arguments[i].name));
    cv_vector_push(cv_arena(), &names, NULL);
    return names.items;
}

static bool makes_expression(const char *name)
{
    CvValue ignored;
    return !name || cv_shell_find_method(cv_shell_expression_functions, cv_slice(name)) ||
           cv_shell_find_method(cv_shell_expression_methods, cv_slice(name)) ||
           cv_shell_expression_class(cv_slice(name), &ignored);
}

static CvShellThing infer_call(const CvShellSession *session, const CvSyntax *node)
{
    static const char *const one_row[] = {"get", "first", "last", "earliest", "latest", "create", "get_by_natural_key",
                                          NULL};
    CvShellThing callee = infer(session, node->left);
    if (callee.kind == CV_THING_CLASS)
        return (CvShellThing){.kind = CV_THING_ROW, .model = callee.model};
    if (callee.kind == CV_THING_EXPRESSION || callee.kind == CV_THING_FUNCTION)
        return (CvShellThing){.kind = makes_expression(callee.name) ? CV_THING_EXPRESSION : CV_THING_UNKNOWN};
    if (callee.kind != CV_THING_METHOD)
        return (CvShellThing){0};
    for (const char *const *name = one_row; *name; name++)
        if (!strcmp(callee.name, *name))
            return (CvShellThing){.kind = CV_THING_ROW, .model = callee.model};
    if (!cv_shell_find_method(cv_shell_chain_methods, cv_slice(callee.name)) || !strcmp(callee.name, "aggregate"))
        return (CvShellThing){0};
    CvShellThing set = {.kind = CV_THING_SET, .model = callee.model, .annotations = callee.annotations};
    if (!strcmp(callee.name, "annotate") || !strcmp(callee.name, "alias"))
        set.annotations = with_annotations(set.annotations, node);
    return set;
}

static CvShellThing infer(const CvShellSession *session, const CvSyntax *node)
{
    switch (node->kind) {
    case CV_SYNTAX_NAME:
        return infer_name(session, node->name);
    case CV_SYNTAX_ATTRIBUTE:
        return infer_attribute(session, node);
    case CV_SYNTAX_CALL:
        return infer_call(session, node);
    case CV_SYNTAX_SUBSCRIPT: {
        CvShellThing thing = infer(session, node->left);
        if (thing.kind == CV_THING_SET && node->right->kind != CV_SYNTAX_SLICE)
            thing.kind = CV_THING_ROW;
        return thing;
    }
    case CV_SYNTAX_UNARY:
    case CV_SYNTAX_BINARY: {
        CvShellThing left = infer(session, node->left);
        return left.kind == CV_THING_SET || left.kind == CV_THING_EXPRESSION || !node->right
                   ? left
                   : infer(session, node->right);
    }
    default:
        return (CvShellThing){0};
    }
}

CvShellThing cv_shell_infer(const CvShellSession *session, const CvSyntax *tree)
{
    return tree ? infer(session, tree) : (CvShellThing){0};
}

/* ---- what follows a dot ---- */

static void add_methods(CvShellWords *words, const CvShellMethod *methods)
{
    for (; methods->name; methods++)
        cv_vector_push(cv_arena(), words, methods->name);
}

static void add_row_words(CvShellWords *words, const CvModel *model)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    cv_shell_member_words(words, model);
    for (size_t i = 0; i < count; i++)
        if (columns[i].field->choices)
            cv_vector_push(cv_arena(), words, cv_printf("get_%s_display", columns[i].name));
    const CvMapEntry *entry = NULL;
    while ((entry = cv_map_next(cv_model_info(model)->accessors, entry)))
        cv_vector_push(cv_arena(), words, cv_slice_string(cv_arena(), entry->key));
    for (const CvRowMethod *method = model->methods; method && method->name; method++)
        cv_vector_push(cv_arena(), words, method->name);
    cv_vector_push(cv_arena(), words, "pk");
    add_methods(words, cv_shell_row_methods);
    cv_shell_order_words(words, model);
}

void cv_shell_attribute_words(CvShellWords *words, const CvShellThing *thing)
{
    switch (thing->kind) {
    case CV_THING_CLASS:
        cv_vector_push(cv_arena(), words, "objects");
        for (const CvModel *model = thing->model; model; model = model->parent)
            for (const CvManager *manager = model->managers; manager && manager->name; manager++)
                cv_vector_push(cv_arena(), words, manager->name);
        break;
    case CV_THING_RELATED:
    case CV_THING_MANAGER:
    case CV_THING_SET:
        if (thing->kind == CV_THING_RELATED)
            add_methods(words, cv_shell_related_methods);
        add_methods(words, cv_shell_chain_methods);
        add_methods(words, cv_shell_result_methods);
        for (const CvShellMethod *method = cv_shell_write_methods; method->name; method++)
            if (thing->kind == CV_THING_SET || strcmp(method->name, "delete") != 0)
                cv_vector_push(cv_arena(), words, method->name);
        break;
    case CV_THING_ROW:
        add_row_words(words, thing->model);
        break;
    case CV_THING_EXPRESSION:
        add_methods(words, cv_shell_expression_methods);
        break;
    case CV_THING_UNKNOWN:
    case CV_THING_METHOD:
    case CV_THING_FUNCTION:
        break;
    }
}
