/* shell_call.c: calls: arguments sorted by a signature, methods as values, functions and classes. */
#include "orm/set_private.h"
#include "orm/shell_private.h"

#define PARAMETERS_MAX 24

typedef struct Signature {
    CvSlice names[PARAMETERS_MAX];
    bool optional[PARAMETERS_MAX];
    size_t count, positional; /* the first `positional` may be given without their names */
    bool rest, keywords;
} Signature;

static Signature read_signature(const char *text)
{
    Signature signature = {.positional = SIZE_MAX};
    CvSlice rest = cv_slice(text), word;
    while (cv_slice_split(&rest, ' ', &word)) {
        if (cv_slice_is(word, "*") || cv_slice_is(word, "/")) {
            signature.rest |= word.data[0] == '*';
            signature.positional = signature.count;
        } else if (cv_slice_is(word, "**")) {
            signature.keywords = true;
        } else if (word.length && signature.count < PARAMETERS_MAX) {
            bool optional = word.data[word.length - 1] == '?';
            signature.optional[signature.count] = optional;
            signature.names[signature.count++] = cv_slice_range(word, 0, word.length - optional);
        }
    }
    if (signature.positional > signature.count)
        signature.positional = signature.count;
    return signature;
}

static void sort_keywords(const char *name, const Signature *signature, const CvShellArguments *arguments,
                          CvValue *given, CvShellCall *call)
{
    const char **keywords = cv_new_array(const char *, arguments->keyword_count);
    CvValue *values = cv_new_array(CvValue, arguments->keyword_count);
    for (size_t i = 0; i < arguments->keyword_count; i++) {
        size_t k = 0;
        while (k < signature->count && !cv_slice_is(signature->names[k], arguments->keywords[i]))
            k++;
        if (k == signature->count) {
            if (!signature->keywords)
                cv_raise(CV_ERROR_TYPE, "%s() got an unexpected keyword argument '%s'", name, arguments->keywords[i]);
            keywords[call->keyword_count] = arguments->keywords[i];
            values[call->keyword_count++] = arguments->keyword_values[i];
        } else if (given[k].kind != CV_MISSING) {
            cv_raise(CV_ERROR_TYPE, "%s() got multiple values for argument '%s'", name, arguments->keywords[i]);
        } else {
            given[k] = arguments->keyword_values[i];
        }
    }
    call->keywords = keywords;
    call->keyword_values = values;
}

CvShellCall cv_shell_bind(const char *name, const char *text, const CvShellArguments *arguments)
{
    Signature signature = read_signature(text);
    CvList *rest = cv_list_create(cv_arena());
    CvValue *given = cv_new_array(CvValue, signature.count);
    CvShellCall call = {.name = name, .given = given, .rest = rest};
    for (size_t i = 0; i < signature.count; i++)
        given[i] = (CvValue){.kind = CV_MISSING};
    for (size_t i = 0; i < arguments->count; i++) {
        if (i < signature.positional)
            given[i] = arguments->values[i];
        else if (signature.rest)
            cv_list_add(cv_arena(), rest, arguments->values[i]);
        else
            cv_raise(CV_ERROR_TYPE, "%s() takes %zu positional argument%s but %zu %s given", name, signature.positional,
                     signature.positional == 1 ? "" : "s", arguments->count, arguments->count == 1 ? "was" : "were");
    }
    sort_keywords(name, &signature, arguments, given, &call);
    for (size_t i = 0; i < signature.count; i++)
        if (given[i].kind == CV_MISSING && !signature.optional[i])
            cv_raise(CV_ERROR_TYPE, "%s() missing 1 required %s argument: '%.*s'", name,
                     i < signature.positional ? "positional" : "keyword-only", CV_SLICE_ARG(signature.names[i]));
    return call;
}

const CvShellMethod *cv_shell_find_method(const CvShellMethod *methods, CvSlice name)
{
    for (; methods->name; methods++)
        if (cv_slice_is(name, methods->name))
            return methods;
    return NULL;
}

CvValue cv_shell_run(const CvShellMethod *method, const char *owner, CvValue self, const CvShellArguments *arguments)
{
    const char *name = owner ? cv_printf("%s.%s", owner, method->name) : method->name;
    CvShellCall call = cv_shell_bind(name, method->signature, arguments);
    call.name = method->name;
    CvValue result = method->run(self, &call);
    if (cv_shell_is(result, &cv_query_set_type)) /* mistakes are told where they are made */
        cv_set_check(result.object);
    return result;
}

/* ---- functions and methods as values ---- */

static CvSlice function_repr(const void *object, CvArena *arena)
{
    const CvShellFunction *function = object;
    return cv_slice(cv_arena_printf(arena, "<function %s>", function->method.name));
}

const CvType cv_shell_function_type = {
    .magic = CV_TYPE_MAGIC, .name = "function", .repr = function_repr, .str = function_repr};

CvValue cv_shell_method_value(const CvShellMethod *method, const char *owner, CvValue self)
{
    CvShellFunction *function = cv_new(CvShellFunction);
    *function = (CvShellFunction){.type = &cv_shell_function_type, .method = *method, .owner = owner, .self = self};
    return cv_value_object(function);
}

CvValue cv_shell_call(CvValue callee, const CvShellArguments *arguments)
{
    if (cv_shell_is(callee, &cv_shell_function_type)) {
        const CvShellFunction *function = callee.object;
        return cv_shell_run(&function->method, function->owner, function->self, arguments);
    }
    if (cv_shell_is(callee, &cv_shell_model_type))
        return cv_value_object(cv_shell_new_row(((const CvShellModel *)callee.object)->model, arguments));
    cv_raise(CV_ERROR_TYPE, "'%s' object is not callable", cv_shell_type_name(callee));
}
