/* tag_if.c: {% if %}: conditions with Python's operators and precedence, and the branches. */
#include "base/self.h"
#include "template/parser_private.h"

#define CONDITION_DEPTH_MAX 100
#define CONDITION_WORDS_MAX 1000

typedef enum Operator {
    VALUE,
    OR,
    AND,
    NOT,
    IN,
    NOT_IN,
    IS,
    IS_NOT,
    EQUAL,
    UNEQUAL,
    GREATER,
    GREATER_EQUAL,
    LESS,
    LESS_EQUAL,
    END
} Operator;

typedef struct Condition {
    Operator kind;
    bool guarded; /* something below may raise: an operator turns that into false */
    const CvExpression *expression;
    const struct Condition *a, *b;
} Condition;

typedef struct Branch {
    const Condition *condition; /* NULL: else */
    uint32_t from, to;          /* its body, counted from the tag's instruction */
} Branch;

typedef struct If {
    size_t count;
    Branch *branches;
} If;

/* ---- compiling ---- */

static const struct {
    const char *text;
    Operator kind;
    int power;
} operators[] = {
    {"or", OR, 6},          {"and", AND, 7},    {"not", NOT, 8},           {"in", IN, 9},
    {"not in", NOT_IN, 9},  {"is", IS, 10},     {"is not", IS_NOT, 10},    {"==", EQUAL, 10},
    {"!=", UNEQUAL, 10},    {">", GREATER, 10}, {">=", GREATER_EQUAL, 10}, {"<", LESS, 10},
    {"<=", LESS_EQUAL, 10},
};

typedef struct Word {
    Operator kind;
    int power;
    CvSlice text;
    const CvExpression *expression;
} Word;

typedef struct Reader {
    CvParser *parser;
    Word *words;
    size_t count, at;
    int depth;
} Reader;

static Word next(Reader *reader)
{
    return reader->at < reader->count ? reader->words[reader->at++] : (Word){.kind = END};
}

static Word peek(const Reader *reader)
{
    return reader->at < reader->count ? reader->words[reader->at] : (Word){.kind = END};
}

/* An expression that cannot raise: a literal, or one name without filters. */
static bool is_tame(const CvExpression *expression)
{
    return expression->filter_count == 0 &&
           (expression->base.kind != CV_OPERAND_VARIABLE || expression->base.variable.count == 1);
}

static const Condition *make(Reader *reader, Operator kind, const Condition *a, const Condition *b)
{
    Condition *condition = cv_arena_new(reader->parser->arena, Condition);
    *condition = (Condition){.kind = kind, .a = a, .b = b, .guarded = a->guarded || (b && b->guarded)};
    return condition;
}

static const Condition *read_condition(Reader *reader, int power)
{
    if (++reader->depth > CONDITION_DEPTH_MAX)
        cv_parser_fail(reader->parser, "Conditions are nested more than %d deep.", CONDITION_DEPTH_MAX);
    Word word = next(reader);
    const Condition *left;
    if (word.kind == END) {
        cv_parser_fail(reader->parser, "Unexpected end of expression in if tag.");
    } else if (word.kind == NOT) {
        left = make(reader, NOT, read_condition(reader, 8), NULL);
    } else if (word.kind != VALUE) {
        cv_parser_fail(reader->parser, "Not expecting '%.*s' in this position in if tag.", CV_SLICE_ARG(word.text));
    } else {
        Condition *value = cv_arena_new(reader->parser->arena, Condition);
        *value = (Condition){.kind = VALUE, .expression = word.expression, .guarded = !is_tame(word.expression)};
        left = value;
    }
    while (power < peek(reader).power) {
        word = next(reader);
        if (word.kind == NOT)
            cv_parser_fail(reader->parser, "Not expecting '%.*s' as infix operator in if tag.",
                           CV_SLICE_ARG(word.text));
        left = make(reader, word.kind, left, read_condition(reader, word.power));
    }
    reader->depth--;
    return left;
}

static Word word_of(CvParser *parser, CvSlice text)
{
    for (size_t i = 0; i < CV_COUNT_OF(operators); i++)
        if (cv_slice_is(text, operators[i].text))
            return (Word){.kind = operators[i].kind, .power = operators[i].power, .text = text};
    return (Word){.kind = VALUE, .text = text, .expression = cv_parser_expression(parser, text)};
}

static const Condition *condition(CvParser *parser)
{
    const CvSlice *texts;
    size_t count = cv_parser_words(parser, &texts);
    if (count > CONDITION_WORDS_MAX)
        cv_parser_fail(parser, "A condition has more than %d words.", CONDITION_WORDS_MAX);
    Reader reader = {.parser = parser, .words = cv_arena_new_array(parser->scratch, Word, count)};
    for (size_t i = 1; i < count; i++) {
        CvSlice text = texts[i];
        if (i + 1 < count && cv_slice_is(text, "is") && cv_slice_is(texts[i + 1], "not")) {
            text = CV_SLICE("is not");
            i++;
        } else if (i + 1 < count && cv_slice_is(text, "not") && cv_slice_is(texts[i + 1], "in")) {
            text = CV_SLICE("not in");
            i++;
        }
        reader.words[reader.count++] = word_of(parser, text);
    }
    const Condition *root = read_condition(&reader, 0);
    Word rest = peek(&reader);
    if (rest.kind != END)
        cv_parser_fail(parser, "Unused '%.*s' at end of if expression.", CV_SLICE_ARG(rest.text));
    return root;
}

/* ---- rendering ---- */

static bool evaluate(CvRender *render, const Condition *at, CvValue *out);

static bool contains(CvRender *render, CvValue item, CvValue container, bool *answer)
{
    if (container.kind == CV_STRING) {
        if (item.kind != CV_STRING)
            return false;
        *answer = cv_slice_find(cv_value_as_slice(container), cv_value_as_slice(item)) >= 0;
        return true;
    }
    if (container.kind == CV_DICT) {
        CvValue unused;
        if (item.kind == CV_LIST || item.kind == CV_DICT)
            return false; /* not hashable */
        *answer = cv_dict_get(container.dict, item, &unused);
        return true;
    }
    if (container.kind == CV_OBJECT && cv_type_of(container.object)->contains) {
        *answer = cv_type_of(container.object)->contains(container.object, item);
        return true;
    }
    CvWalk walk;
    CvValue member;
    if (!cv_walk_begin_keeping(&walk, render->arena, container))
        return false;
    *answer = false;
    while (!*answer && cv_walk_next(&walk, &member))
        *answer = cv_value_equal(member, item);
    return true;
}

/* Python's `is`: the same object; small values and literals are taken by value. */
static bool is_same(CvValue a, CvValue b)
{
    if (a.kind != b.kind)
        return false;
    switch ((CvKind)a.kind) {
    case CV_OBJECT:
        return a.object == b.object;
    case CV_LIST:
    case CV_TUPLE:
        return a.list == b.list;
    case CV_DICT:
        return a.dict == b.dict;
    case CV_STRING:
        return a.text == b.text && a.length == b.length;
    case CV_FLOAT:
        return a.real == b.real;
    default:
        return cv_value_equal(a, b);
    }
}

static bool compare(const Condition *at, CvValue a, CvValue b, bool *answer)
{
    int order;
    switch (at->kind) {
    case IS:
        *answer = is_same(a, b);
        return true;
    case IS_NOT:
        *answer = !is_same(a, b);
        return true;
    case EQUAL:
        *answer = cv_value_equal(a, b);
        return true;
    case UNEQUAL:
        *answer = !cv_value_equal(a, b);
        return true;
    default:
        break;
    }
    if (!cv_value_compare(a, b, &order))
        return false;
    *answer = at->kind == GREATER         ? order > 0
              : at->kind == GREATER_EQUAL ? order >= 0
              : at->kind == LESS          ? order < 0
                                          : order <= 0;
    return true;
}

typedef struct Operation {
    CvRender *render;
    const Condition *at;
    CvValue *out;
} Operation;

static void operate(CvRender *render, const Condition *at, CvValue *out)
{
    CvValue a, b;
    bool answer = false, good;
    evaluate(render, at->a, &a);
    switch (at->kind) {
    case NOT:
        *out = cv_value_bool(!cv_value_truth(a));
        return;
    case OR:
        if (cv_value_truth(a))
            *out = a;
        else
            evaluate(render, at->b, out);
        return;
    case AND:
        if (!cv_value_truth(a))
            *out = a;
        else
            evaluate(render, at->b, out);
        return;
    default:
        break;
    }
    evaluate(render, at->b, &b);
    if (at->kind == IN || at->kind == NOT_IN) {
        good = contains(render, a, b, &answer);
        answer = at->kind == IN ? answer : !answer;
    } else {
        good = compare(at, a, b, &answer);
    }
    *out = cv_value_bool(good && answer);
}

static void operate_guarded(void *argument)
{
    Operation *operation = argument;
    operate(operation->render, operation->at, operation->out);
}

/* The condition's value; an operator whose operands raise is false. */
static bool evaluate(CvRender *render, const Condition *at, CvValue *out)
{
    if (at->kind == VALUE) {
        *out = cv_expression_value(render, at->expression, true);
        return true;
    }
    if (!at->guarded) {
        operate(render, at, out);
        return true;
    }
    Operation operation = {render, at, out};
    CvError *error;
    if (!cv_render_try(render, operate_guarded, &operation, &error))
        *out = cv_value_bool(false);
    return true;
}

static void evaluate_guarded(void *argument)
{
    Operation *operation = argument;
    evaluate(operation->render, operation->at, operation->out);
}

static bool holds(CvRender *render, const Condition *at)
{
    if (at->kind == VALUE && at->expression->filter_count == 0) {
        CvWork plain = cv_work_begin(render);
        CvValue seen = cv_render_operand(render, &at->expression->base);
        bool yes = seen.kind == CV_BOOL ? seen.boolean : cv_value_truth(seen);
        cv_work_end(render, plain);
        return yes;
    }
    CvWork work = cv_work_begin(render);
    CvValue value = cv_value_null();
    if (at->kind == VALUE && at->guarded && at->expression->filter_count) { /* an argument may be missing */
        Operation operation = {render, at, &value};
        CvError *error;
        if (!cv_render_try(render, evaluate_guarded, &operation, &error) &&
            error->kind != CV_ERROR_VARIABLE_DOES_NOT_EXIST)
            cv_raise_error(error);
    } else {
        evaluate(render, at, &value);
    }
    bool truth = cv_value_truth(value);
    cv_work_end(render, work);
    return truth;
}

static const CvCode *run_if(CvRender *render, const CvCode *code)
{
    const If *data = code->data;
    for (size_t i = 0; i < data->count; i++) {
        const Branch *branch = &data->branches[i];
        if (!branch->condition || holds(render, branch->condition)) {
            if (branch->to == branch->from + 1) /* one instruction needs no loop */
                code[branch->from].run(render, &code[branch->from]);
            else
                cv_render_run(render, code + branch->from, code + branch->to);
            break;
        }
    }
    return code + code->next;
}

static void compile_if(CvParser *parser)
{
    static const char *const with_else[] = {"elif", "else", "endif", NULL};
    static const char *const only_end[] = {"endif", NULL};
    If *data = cv_arena_new(parser->arena, If);
    CV_VECTOR(Branch) branches = {0};
    const Condition *first = condition(parser);
    size_t index = cv_parser_emit(parser, run_if, data, 0);
    for (const Condition *current = first;;) {
        Branch branch = {.condition = current, .from = (uint32_t)(cv_parser_here(parser) - index)};
        cv_parser_body(parser, current ? with_else : only_end);
        branch.to = (uint32_t)(cv_parser_here(parser) - index);
        cv_vector_push(parser->arena, &branches, branch);
        CvSlice text = cv_parser_contents(parser);
        if (current && cv_slice_starts_with(text, CV_SLICE("elif"))) {
            current = condition(parser);
        } else if (current && cv_slice_is(text, "else")) {
            current = NULL;
        } else if (cv_slice_is(text, "endif")) {
            break;
        } else {
            cv_parser_fail(parser, "Malformed template tag at line %d: \"%.*s\"", parser->current->line,
                           CV_SLICE_ARG(text));
        }
    }
    data->count = branches.count;
    data->branches = branches.items;
    cv_parser_end(parser, index);
}

static const CvTag tags[] = {
    CV_TAG("if", compile_if,
           .doc = "Renders its body if a condition holds; takes elif and else. Operators, loosest first: or, and, not, "
                  "in, not in, is, is not, ==, !=, <, >, <=, >=.",
           .examples = CV_EXAMPLES({"{% if 2 > 1 %}yes{% else %}no{% endif %}", "yes"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_if = {.name = "", .tags = tags};
