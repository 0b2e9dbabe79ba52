/* expression.c: compiles `variable|filter:argument|...`: literals, dotted names, filters. */
#include "template/parser_private.h"

/* ---- literals ---- */

/* The end of a quoted string at `at` ("..." or '...', backslash escapes), or NULL. */
static const char *quoted_end(const char *at, const char *end)
{
    if (at >= end || (*at != '"' && *at != '\''))
        return NULL;
    char quote = *at++;
    for (; at < end; at++) {
        if (*at == quote)
            return at + 1;
        if (*at == '\\' && (++at >= end || *at == '\n'))
            return NULL;
    }
    return NULL;
}

/* The end of a constant at `at`: a quoted string, or one in _( ). */
static const char *constant_end(const char *at, const char *end)
{
    if (end - at > 2 && at[0] == '_' && at[1] == '(') {
        const char *close = quoted_end(at + 2, end);
        return close && close < end && *close == ')' ? close + 1 : NULL;
    }
    return quoted_end(at, end);
}

static const char *name_end(const char *at, const char *end)
{
    while (at < end) {
        size_t word = cv_template_word(at, end);
        if (word == 0 && (*at == '.' || *at == '+' || *at == '-'))
            word = 1;
        if (word == 0)
            break;
        at += word;
    }
    return at;
}

/* The text between the quotes, \quote and \\ taken back. */
static CvSlice unescape(CvArena *arena, CvSlice quoted)
{
    char quote = quoted.data[0];
    CvSlice inner = cv_slice_of(quoted.data + 1, quoted.length - 2);
    if (cv_slice_find_byte(inner, '\\') < 0)
        return inner;
    CvBuffer first = cv_buffer(arena), out = cv_buffer(arena);
    for (size_t i = 0; i < inner.length; i++) {
        if (inner.data[i] == '\\' && i + 1 < inner.length && inner.data[i + 1] == quote)
            i++;
        cv_buffer_append_byte(&first, inner.data[i]);
    }
    for (size_t i = 0; i < first.length; i++) {
        if (first.data[i] == '\\' && i + 1 < first.length && first.data[i + 1] == '\\')
            i++;
        cv_buffer_append_byte(&out, first.data[i]);
    }
    return cv_buffer_slice(&out);
}

/* Digits with Python's single underscores between them, underscores removed; false if it is something else. */
static bool plain_number(CvArena *arena, CvSlice text, CvSlice *plain)
{
    CvBuffer out = cv_buffer(arena);
    bool digit = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '_') {
            if (!digit || i + 1 >= text.length || text.data[i + 1] < '0' || text.data[i + 1] > '9')
                return false;
            continue;
        }
        digit = c >= '0' && c <= '9';
        if (!digit && c != '+' && c != '-' && c != '.' && (c | 32) != 'e')
            return false;
        cv_buffer_append_byte(&out, c);
    }
    *plain = cv_buffer_slice(&out);
    return out.length > 0;
}

static bool is_integer(CvSlice text)
{
    size_t i = text.length && (text.data[0] == '+' || text.data[0] == '-');
    if (i == text.length || text.length > 4301)
        return false;
    for (; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return true;
}

/* A number as Python's int() or float() reads it. */
static bool number(CvParser *parser, CvSlice text, CvValue *value)
{
    char first = text.data[0];
    if (!(first >= '0' && first <= '9') && first != '+' && first != '-' && first != '.')
        return false;
    CvSlice plain;
    if (!plain_number(parser->scratch, text, &plain))
        return false;
    bool real = cv_slice_find_byte(plain, '.') >= 0 || cv_slice_find_byte(plain, 'e') >= 0 ||
                cv_slice_find_byte(plain, 'E') >= 0;
    if (real) {
        double parsed;
        if (plain.data[plain.length - 1] == '.' || !cv_slice_to_double(plain, &parsed))
            return false;
        *value = cv_value_float(parsed);
        return true;
    }
    if (!is_integer(plain))
        return false;
    *value = cv_value_integer_text(parser->arena, plain);
    return true;
}

/* ---- variables ---- */

static int64_t part_index(CvSlice name)
{
    uint64_t index;
    if (name.length == 0 || name.length > 18 || name.data[0] < '0' || name.data[0] > '9' ||
        !cv_slice_to_uint64(name, &index))
        return -1;
    return (int64_t)index;
}

static void variable(CvParser *parser, CvSlice text, CvVariable *out)
{
    if (text.data[0] == '_' || cv_slice_find(text, CV_SLICE("._")) >= 0)
        cv_parser_fail(parser, "Variables and attributes may not begin with underscores: '%.*s'", CV_SLICE_ARG(text));
    for (const char *bad = "+-"; *bad; bad++)
        if (cv_slice_find_byte(text, *bad) >= 0)
            cv_parser_fail(parser, "Invalid character ('%c') in variable name: '%.*s'", *bad, CV_SLICE_ARG(text));
    CV_VECTOR(CvPart) parts = {0};
    CvSlice rest = text, name;
    while (cv_slice_split(&rest, '.', &name)) {
        if (parts.count == CV_LOOKUP_PARTS_MAX)
            cv_parser_fail(parser, "A variable has more than %d parts: '%.*s'", CV_LOOKUP_PARTS_MAX,
                           CV_SLICE_ARG(text));
        if (parts.count == 0)
            name = cv_parser_intern(parser, name);
        cv_vector_push(parser->arena, &parts, ((CvPart){.name = name, .index = part_index(name)}));
    }
    *out = (CvVariable){.text = text,
                        .hash = cv_context_hash(parts.items[0].name),
                        .count = (uint32_t)parts.count,
                        .parts = parts.items};
    CvSlice first = parts.items[0].name;
    cv_parser_read(parser, first);
    if (cv_slice_is(first, "forloop")) {
        /* counter, counter0, first and parentloop go without the length */
        static const char *const cheap[] = {"counter", "counter0", "first", NULL};
        if (parts.count != 2 || !cv_word_in(parts.items[1].name, cheap))
            parser->loop_peeks++;
    }
}

void cv_parser_operand(CvParser *parser, CvSlice text, CvOperand *operand)
{
    *operand = (CvOperand){.kind = CV_OPERAND_LITERAL};
    if (number(parser, text, &operand->literal))
        return;
    const char *end = text.data + text.length;
    bool message = text.data[0] == '_' && constant_end(text.data, end) == end;
    if (message)
        text = cv_slice_of(text.data + 2, text.length - 3);
    if (quoted_end(text.data, end) == text.data + text.length) {
        CvSlice content = unescape(parser->arena, text);
        if (message) {
            operand->kind = CV_OPERAND_MESSAGE;
            CvBuffer doubled = cv_buffer(parser->arena);
            for (size_t i = 0; i < content.length; i++) {
                if (content.data[i] == '%')
                    cv_buffer_append_byte(&doubled, '%');
                cv_buffer_append_byte(&doubled, content.data[i]);
            }
            content = cv_slice_of(doubled.data ? doubled.data : "", doubled.length);
        }
        operand->literal = cv_value_safe(content);
        return;
    }
    operand->kind = CV_OPERAND_VARIABLE;
    variable(parser, text, &operand->variable);
}

/* ---- filters ---- */

static size_t space_run(const char *at, const char *end)
{
    const char *from = at;
    for (size_t n; (n = cv_template_space(at, end)) > 0;)
        at += n;
    return (size_t)(at - from);
}

typedef struct FilterMatch {
    CvSlice name, argument;
    const char *end;
} FilterMatch;

/* `|name:argument` with white space around the bar; false if it does not stand at `at`. */
static bool match_filter(const char *at, const char *end, FilterMatch *match)
{
    at += space_run(at, end);
    if (at >= end || *at != '|')
        return false;
    at++;
    at += space_run(at, end);
    const char *name = at;
    for (size_t n; (n = cv_template_word(at, end)) > 0;)
        at += n;
    if (at == name)
        return false;
    *match = (FilterMatch){.name = cv_slice_of(name, (size_t)(at - name)), .end = at};
    if (at < end && *at == ':') {
        const char *argument = at + 1, *argument_end = constant_end(argument, end);
        if (!argument_end)
            argument_end = name_end(argument, end);
        if (argument_end > argument) {
            match->argument = cv_slice_of(argument, (size_t)(argument_end - argument));
            match->end = argument_end;
        }
    }
    return true;
}

/* Nothing stands at `at` that belongs there: Django tells where it goes on, or what remains. */
static CV_NORETURN void garbage(CvParser *parser, CvSlice text, const char *at)
{
    const char *end = text.data + text.length;
    FilterMatch match;
    for (const char *later = at + 1; later < end; later++) {
        if (*later != '|' && !cv_template_space(later, end))
            continue;
        if (!match_filter(later, end, &match)) {
            size_t run = space_run(later, end);
            later += run ? run - 1 : 0;
            continue;
        }
        cv_parser_fail(parser, "Could not parse some characters: %.*s|%.*s|%.*s", (int)(at - text.data), text.data,
                       (int)(later - at), at, (int)(end - later), later);
    }
    cv_parser_fail(parser, "Could not parse the remainder: '%.*s' from '%.*s'", (int)(end - at), at,
                   CV_SLICE_ARG(text));
}

static void check_argument(CvParser *parser, const CvFilter *filter, bool given)
{
    bool needs = filter->kind == CV_FILTER_TEXT_TEXT || filter->kind == CV_FILTER_TEXT_INT ||
                 (filter->flags & CV_FILTER_NEEDS_ARGUMENT);
    bool takes = needs || (filter->flags & (CV_FILTER_TAKES_ARGUMENT | CV_FILTER_REFUSES_ARGUMENT));
    if (given ? !takes : needs)
        cv_parser_fail(parser, "%s requires %d arguments, %d provided", filter->name, needs ? 2 : 1, given ? 2 : 1);
}

static void add_filter(CvParser *parser, CvExpression *expression, const FilterMatch *match, size_t *capacity)
{
    if (expression->filter_count == CV_EXPRESSION_FILTERS_MAX)
        cv_parser_fail(parser, "An expression has more than %d filters.", CV_EXPRESSION_FILTERS_MAX);
    CvFilterCall call = {.has_argument = match->argument.data != NULL};
    if (call.has_argument)
        cv_parser_operand(parser, match->argument, &call.argument);
    call.filter = cv_parser_find_filter(parser, match->name);
    check_argument(parser, call.filter, call.has_argument);
    call.refused = (call.has_argument && (call.filter->flags & CV_FILTER_REFUSES_ARGUMENT)) ||
                   (call.argument.kind == CV_OPERAND_MESSAGE && (call.filter->flags & CV_FILTER_PLAIN_ARGUMENT));
    if (expression->filter_count == *capacity)
        expression->filters = cv_vector_grow(parser->arena, expression->filters, capacity, sizeof(CvFilterCall));
    expression->filters[expression->filter_count++] = call;
}

const CvExpression *cv_parser_expression(CvParser *parser, CvSlice text)
{
    CvExpression *expression = cv_arena_new(parser->arena, CvExpression);
    expression->text = text;
    const char *at = text.data, *end = text.data + text.length;
    const char *base_end = constant_end(at, end);
    if (!base_end)
        base_end = name_end(at, end);
    FilterMatch match;
    if (base_end == at) {
        if (text.length && match_filter(at, end, &match))
            cv_parser_fail(parser, "Could not find variable at start of %.*s.", CV_SLICE_ARG(text));
        if (text.length == 0) /* an empty argument: nothing to look up */
            cv_parser_fail(parser, "Could not parse the remainder: '' from ''");
        garbage(parser, text, at);
    }
    cv_parser_operand(parser, cv_slice_of(at, (size_t)(base_end - at)), &expression->base);
    size_t capacity = 0;
    for (at = base_end; at < end; at = match.end) {
        if (!match_filter(at, end, &match))
            garbage(parser, text, at);
        add_filter(parser, expression, &match, &capacity);
    }
    return expression;
}

bool cv_expression_literal(const CvExpression *expression, CvValue *value)
{
    if (expression->base.kind != CV_OPERAND_LITERAL || expression->filter_count)
        return false;
    *value = expression->base.literal;
    return true;
}

CvSlice cv_expression_text(const CvExpression *expression)
{
    return expression->text;
}

/* ---- name=value ---- */

/* `name=value`: the name, or no data if the word has none; false if it has no value. */
static bool split_pair(CvSlice word, CvSlice *name, CvSlice *value)
{
    const char *at = word.data, *end = word.data + word.length;
    for (size_t n; (n = cv_template_word(at, end)) > 0;)
        at += n;
    if (at > word.data && at + 1 < end && *at == '=') {
        *name = cv_slice_of(word.data, (size_t)(at - word.data));
        *value = cv_slice_of(at + 1, (size_t)(end - at - 1));
        return true;
    }
    *name = (CvSlice){0};
    *value = word;
    return word.length > 0;
}

static void assign(CvParser *parser, CvAssignment **list, size_t *count, size_t *capacity, CvSlice name, CvSlice value)
{
    const CvExpression *expression = cv_parser_expression(parser, value);
    for (size_t i = 0; i < *count; i++)
        if (cv_slice_equal((*list)[i].name, name)) {
            (*list)[i].value = expression;
            return;
        }
    if (*count == *capacity)
        *list = cv_vector_grow(parser->arena, *list, capacity, sizeof(CvAssignment));
    (*list)[(*count)++] = (CvAssignment){.name = name, .value = expression, .hash = cv_context_hash(name)};
}

const CvAssignment *cv_parser_assignments(CvParser *parser, const CvSlice **words, size_t *word_count, bool legacy,
                                          size_t *count)
{
    CvAssignment *list = NULL;
    size_t capacity = 0;
    *count = 0;
    if (*word_count == 0)
        return list;
    CvSlice name, value;
    bool pairs = split_pair((*words)[0], &name, &value) && name.data;
    while (*word_count > 0) {
        if (pairs) {
            if (!split_pair((*words)[0], &name, &value) || !name.data)
                break;
            assign(parser, &list, count, &capacity, name, value);
            (*words)++;
            (*word_count)--;
            continue;
        }
        if (!legacy || *word_count < 3 || !cv_slice_is((*words)[1], "as"))
            break;
        assign(parser, &list, count, &capacity, (*words)[2], (*words)[0]);
        *words += 3;
        *word_count -= 3;
        if (*word_count == 0 || !cv_slice_is((*words)[0], "and"))
            break;
        (*words)++;
        (*word_count)--;
    }
    return list;
}
