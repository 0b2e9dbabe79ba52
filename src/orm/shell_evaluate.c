/* shell_evaluate.c: walks a tree of the query language; its depth is bounded by the parser. */
#include "base/vector.h"
#include "orm/shell_private.h"

/* What `for n in Y` has bound. */
typedef struct Scope {
    CvSlice name;
    CvValue value;
    const struct Scope *outer;
    CvShellEvaluation *evaluation;
} Scope;

typedef CV_VECTOR(CvValue) Values;
typedef CV_VECTOR(const char *) Names;

static CvValue evaluate(const CvSyntax *node, const Scope *scope);

/* Names that people know from Python's shell. */
static const struct {
    const char *name, *hint;
} pythons[] = {
    {"timezone",
     "Now() is the moment, asked of the database; datetime(2024, 2, 29), date(...) and timedelta(...) are here."},
    {"print", "What a line evaluates to is shown."},
    {"dir", "help(Book) tells of a model; at a terminal Tab completes."},
};

static CvValue look_up(CvSlice name, const Scope *scope)
{
    CvValue value;
    const CvShellSession *session = scope->evaluation->session;
    for (; scope->outer; scope = scope->outer) /* the outermost has no name */
        if (cv_slice_equal(scope->name, name))
            return scope->value;
    if ((session && cv_shell_session_lookup(session, name, &value)) || cv_shell_lookup(name, &value))
        return value;
    CvError error = {.kind = CV_ERROR_NAME, .message = cv_printf("name '%.*s' is not defined", CV_SLICE_ARG(name))};
    const char *nearest = cv_nearest(name, cv_shell_session_names(cv_arena(), session));
    if (nearest)
        error.hint = cv_printf("Did you mean '%s'?", nearest);
    for (size_t i = 0; i < CV_COUNT_OF(pythons); i++)
        if (cv_slice_is(name, pythons[i].name))
            error.hint = pythons[i].hint;
    cv_raise_error(&error);
}

/* Items with *starred ones spread out. */
static CvList *evaluate_items(const CvSyntax *node, const Scope *scope)
{
    CvList *list = cv_list_create(cv_arena());
    for (size_t i = 0; i < node->count; i++) {
        const CvSyntax *item = node->items[i];
        if (item->kind != CV_SYNTAX_STARRED) {
            cv_list_add(cv_arena(), list, evaluate(item, scope));
            continue;
        }
        const CvList *spread = cv_shell_items(evaluate(item->left, scope));
        for (size_t k = 0; k < spread->count; k++)
            cv_list_add(cv_arena(), list, spread->items[k]);
    }
    return list;
}

static void require_hashable(CvValue value)
{
    if (value.kind == CV_LIST || value.kind == CV_DICT || cv_shell_is(value, &cv_shell_set_type))
        cv_raise(CV_ERROR_TYPE, "unhashable type: '%s'", cv_shell_type_name(value));
}

static CvValue evaluate_dict(const CvSyntax *node, const Scope *scope)
{
    CvDict *dict = cv_dict_create(cv_arena());
    for (size_t i = 0; i < node->count; i += 2) {
        CvValue value = node->items[i] ? evaluate(node->items[i], scope) : cv_value_null();
        CvValue right = evaluate(node->items[i + 1], scope);
        if (node->items[i]) {
            require_hashable(value);
            cv_dict_set(dict, value, right);
        } else if (right.kind == CV_DICT) {
            for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(right.dict, entry));)
                cv_dict_set(dict, entry->key, entry->value);
        } else {
            cv_raise(CV_ERROR_TYPE, "'%s' object is not a mapping", cv_shell_type_name(right));
        }
    }
    return cv_value_dict(dict);
}

static CvValue evaluate_set(const CvSyntax *node, const Scope *scope)
{
    CvDict *seen = cv_dict_create(cv_arena());
    CvList *items = evaluate_items(node, scope), *unique = cv_list_create(cv_arena());
    for (size_t i = 0; i < items->count; i++) {
        CvValue found;
        require_hashable(items->items[i]);
        if (cv_dict_get(seen, items->items[i], &found))
            continue;
        cv_dict_set(seen, items->items[i], cv_value_bool(true));
        cv_list_add(cv_arena(), unique, items->items[i]);
    }
    CvShellSet *set = cv_new(CvShellSet);
    *set = (CvShellSet){.type = &cv_shell_set_type, .items = unique};
    return cv_value_object(set);
}

/* ---- comprehensions ---- */

typedef struct Comprehension {
    const CvSyntax *node;
    CvList *results;
} Comprehension;

static void run_clause(Comprehension *comprehension, size_t index, const Scope *scope);

static void bind_item(Comprehension *comprehension, size_t index, CvValue item, const Scope *scope)
{
    const CvSyntaxClause *clause = &comprehension->node->clauses[index];
    Scope *bound = cv_new_array(Scope, clause->name_count);
    if (!clause->unpack) {
        bound[0] = (Scope){clause->names[0], item, scope, scope->evaluation};
    } else {
        const CvList *parts = cv_shell_items(item);
        if (parts->count < clause->name_count)
            cv_raise(CV_ERROR_VALUE, "not enough values to unpack (expected %zu, got %zu)", clause->name_count,
                     parts->count);
        if (parts->count > clause->name_count)
            cv_raise(CV_ERROR_VALUE, "too many values to unpack (expected %zu, got %zu)", clause->name_count,
                     parts->count);
        for (size_t i = 0; i < clause->name_count; i++)
            bound[i] = (Scope){clause->names[i], parts->items[i], i ? &bound[i - 1] : scope, scope->evaluation};
    }
    run_clause(comprehension, index + 1, &bound[clause->name_count - 1]);
}

static void run_clause(Comprehension *comprehension, size_t index, const Scope *scope)
{
    if (index == comprehension->node->count) {
        cv_list_add(cv_arena(), comprehension->results, evaluate(comprehension->node->left, scope));
        return;
    }
    const CvList *items = cv_shell_items(evaluate(comprehension->node->clauses[index].source, scope));
    for (size_t i = 0; i < items->count; i++)
        bind_item(comprehension, index, items->items[i], scope);
}

static CvValue evaluate_comprehension(const CvSyntax *node, const Scope *scope)
{
    Comprehension comprehension = {.node = node, .results = cv_list_create(cv_arena())};
    run_clause(&comprehension, 0, scope);
    return cv_value_list(comprehension.results);
}

/* ---- calls ---- */

static void add_keyword(Names *names, Values *values, const char *name, CvValue value)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            cv_raise(CV_ERROR_TYPE, "got multiple values for keyword argument '%s'", name);
    cv_vector_push(cv_arena(), names, name);
    cv_vector_push(cv_arena(), values, value);
}

static void spread_keywords(Names *names, Values *values, CvValue mapping)
{
    if (mapping.kind != CV_DICT)
        cv_raise(CV_ERROR_TYPE, "argument after ** must be a mapping, not %s", cv_shell_type_name(mapping));
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(mapping.dict, entry));) {
        if (entry->key.kind != CV_STRING || memchr(entry->key.text, '\0', entry->key.length))
            cv_raise(CV_ERROR_TYPE, "keywords must be strings");
        add_keyword(names, values, cv_slice_string(cv_arena(), cv_value_as_slice(entry->key)), entry->value);
    }
}

/* `row.shout()`: what a Method of the list gives is there already, as it is for `row.shout`. */
static bool calls_row_method(const CvSyntax *node, const Scope *scope, CvValue *function)
{
    const CvSyntax *callee = node->left;
    if (callee->kind != CV_SYNTAX_ATTRIBUTE) {
        *function = evaluate(callee, scope);
        return false;
    }
    CvValue owner = evaluate(callee->left, scope);
    scope->evaluation->at = callee;
    *function = cv_shell_attribute(owner, callee->name);
    return node->count == 0 && cv_shell_is_row(owner) && cv_shell_row_has_method(owner, callee->name);
}

static CvValue evaluate_call(const CvSyntax *node, const Scope *scope)
{
    CvValue function;
    if (calls_row_method(node, scope, &function))
        return function;
    Values positional = {0}, values = {0};
    Names names = {0};
    for (size_t i = 0; i < node->count; i++) {
        const CvSyntaxArgument *argument = &node->arguments[i];
        CvValue value = evaluate(argument->value, scope);
        if (argument->stars == 2) {
            spread_keywords(&names, &values, value);
        } else if (argument->stars == 1) {
            const CvList *spread = cv_shell_items(value);
            for (size_t k = 0; k < spread->count; k++)
                cv_vector_push(cv_arena(), &positional, spread->items[k]);
        } else if (argument->name.length) {
            add_keyword(&names, &values, cv_slice_string(cv_arena(), argument->name), value);
        } else {
            cv_vector_push(cv_arena(), &positional, value);
        }
    }
    scope->evaluation->at = node;
    return cv_shell_call(function, &(CvShellArguments){.count = positional.count,
                                                       .values = positional.items,
                                                       .keyword_count = names.count,
                                                       .keywords = names.items,
                                                       .keyword_values = values.items});
}

static CvValue optional(const CvSyntax *node, const Scope *scope)
{
    return node ? evaluate(node, scope) : cv_value_null();
}

static CvValue evaluate_subscript(const CvSyntax *node, const Scope *scope)
{
    CvValue value = evaluate(node->left, scope);
    const CvSyntax *index = node->right;
    if (index->kind != CV_SYNTAX_SLICE) {
        CvValue at = evaluate(index, scope);
        scope->evaluation->at = node;
        return cv_shell_subscript(value, at);
    }
    CvValue start = optional(index->left, scope), end = optional(index->right, scope);
    CvValue step = optional(index->third, scope);
    scope->evaluation->at = node;
    return cv_shell_slice(value, start, end, step);
}

/* After its operands: what an operator raises has its place. */
static CvValue evaluate_operator(const CvSyntax *node, const Scope *scope)
{
    CvValue left = evaluate(node->left, scope);
    if (node->kind == CV_SYNTAX_UNARY) {
        scope->evaluation->at = node;
        return cv_shell_unary(node->operator_text, left);
    }
    CvValue right = evaluate(node->right, scope);
    scope->evaluation->at = node;
    return cv_shell_binary(left, node->operator_text, right);
}

static CvValue evaluate_attribute(const CvSyntax *node, const Scope *scope)
{
    CvValue left = evaluate(node->left, scope);
    scope->evaluation->at = node;
    return cv_shell_attribute(left, node->name);
}

static CvValue evaluate(const CvSyntax *node, const Scope *scope)
{
    scope->evaluation->at = node;
    switch (node->kind) {
    case CV_SYNTAX_CONSTANT:
        return node->constant;
    case CV_SYNTAX_NAME:
        return look_up(node->name, scope);
    case CV_SYNTAX_ATTRIBUTE:
        return evaluate_attribute(node, scope);
    case CV_SYNTAX_CALL:
        return evaluate_call(node, scope);
    case CV_SYNTAX_SUBSCRIPT:
        return evaluate_subscript(node, scope);
    case CV_SYNTAX_UNARY:
    case CV_SYNTAX_BINARY:
        return evaluate_operator(node, scope);
    case CV_SYNTAX_TUPLE: {
        CvValue tuple = cv_value_list(evaluate_items(node, scope));
        tuple.kind = CV_TUPLE;
        return tuple;
    }
    case CV_SYNTAX_LIST:
        return cv_value_list(evaluate_items(node, scope));
    case CV_SYNTAX_SET:
        return evaluate_set(node, scope);
    case CV_SYNTAX_DICT:
        return evaluate_dict(node, scope);
    case CV_SYNTAX_COMPREHENSION:
        return evaluate_comprehension(node, scope);
    case CV_SYNTAX_SLICE:
    case CV_SYNTAX_STARRED:
        break;
    }
    cv_raise(CV_ERROR_SYNTAX, "invalid syntax");
}

CvValue cv_shell_evaluate_tree(const CvSyntax *tree, CvShellEvaluation *evaluation)
{
    return evaluate(tree, &(Scope){.evaluation = evaluation});
}

CvValue cv_shell_evaluate(CvSlice text)
{
    CvSyntax *tree;
    CvError error;
    CvShellEvaluation evaluation = {0};
    if (!cv_syntax_parse(cv_arena(), text, &tree, &error))
        cv_raise_error(&error);
    return cv_shell_evaluate_tree(tree, &evaluation);
}

CvExpr *cv_expression_of_text(const char *text)
{
    CvValue value = cv_shell_evaluate(cv_slice(text));
    if (!cv_shell_is_expression(value))
        cv_raise(CV_ERROR_TYPE, "\"%s\" is no expression for a query but a value of type %s", text,
                 cv_shell_type_name(value));
    return (CvExpr *)(uintptr_t)value.object;
}

CvExpr *cv_default_of_text(const char *text)
{
    CvValue value = cv_shell_evaluate(cv_slice(text));
    return cv_shell_is_expression(value) ? (CvExpr *)(uintptr_t)value.object : cv_constant(cv_shell_plain(value));
}
