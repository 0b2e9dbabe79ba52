/* shell_complete.c: what may stand at the end of a line that is being typed. */
#include <stdlib.h>

#include "orm/shell_complete.h"

typedef CV_VECTOR(CvToken) Tokens;

/* The line up to its last word. */
typedef struct Typed {
    const CvShellSession *session;
    CvSlice text;
    Tokens tokens; /* without the word */
    CvSlice word;  /* what is to be completed, perhaps empty */
    bool quoted;   /* the word stands in a string */
    bool inside;   /* the word stands behind a "__" */
    CvShellWords words;
    size_t start;
} Typed;

static bool is(const CvToken *token, const char *operator_text)
{
    return token->kind == CV_TOKEN_OPERATOR && cv_slice_is(token->text, operator_text);
}

static bool is_one_of(const CvToken *token, const char *characters)
{
    return token->kind == CV_TOKEN_OPERATOR && token->text.length == 1 && strchr(characters, token->text.data[0]);
}

/* Reads the tokens; a string that is open at the end is the word, and so is a name that ends the text. */
static void read_tokens(Typed *typed)
{
    CvError error;
    CvSyntaxLexer lexer = cv_syntax_lexer(cv_arena(), typed->text, &error);
    lexer.brackets = 1; /* lines may end anywhere */
    typed->start = typed->text.length;
    for (;;) {
        CvToken token = cv_syntax_next(&lexer);
        if (token.kind == CV_TOKEN_END)
            break;
        if (token.kind == CV_TOKEN_ERROR) {
            CvSlice rest = cv_slice_skip(typed->text, token.offset);
            typed->quoted = rest.length && (rest.data[0] == '"' || rest.data[0] == '\'');
            if (typed->quoted)
                typed->start = token.offset + 1;
            break;
        }
        cv_vector_push(cv_arena(), &typed->tokens, token);
    }
    if (!typed->quoted && typed->tokens.count) {
        const CvToken *last = &typed->tokens.items[typed->tokens.count - 1];
        if (last->kind == CV_TOKEN_NAME && last->end == typed->text.length) {
            typed->start = last->offset;
            typed->tokens.count--;
        }
    }
    typed->word = cv_slice_skip(typed->text, typed->start);
}

/* The token that opened the bracket which `at` closes; `none` if there is none. */
static size_t opening_of(const Tokens *tokens, size_t at, size_t none)
{
    int depth = 0;
    for (size_t i = at + 1; i-- > 0;) {
        if (is_one_of(&tokens->items[i], ")]}"))
            depth++;
        else if (is_one_of(&tokens->items[i], "([{") && --depth == 0)
            return i;
    }
    return none;
}

/* What the postfix expression that ends before token `end` would give: names, calls and subscripts joined by dots. */
static CvShellThing thing_before(const Typed *typed, size_t end)
{
    const Tokens *tokens = &typed->tokens;
    size_t start = end;
    bool operand = false; /* an atom was taken: only a dot may stand before it */
    CvSyntax *tree;
    CvError error;
    while (start > 0) {
        const CvToken *token = &tokens->items[start - 1];
        if (is(token, ".") && operand) {
            operand = false;
            start--;
        } else if (token->kind == CV_TOKEN_NAME && !operand) {
            operand = true;
            start--;
        } else if (is_one_of(token, ")]") && !operand) {
            start = opening_of(tokens, start - 1, end);
            if (start == end)
                return (CvShellThing){0};
            /* a call or subscript needs what it is applied to; brackets alone are an atom */
            operand = start == 0 ||
                      !(tokens->items[start - 1].kind == CV_TOKEN_NAME || is_one_of(&tokens->items[start - 1], ")]"));
        } else {
            break;
        }
    }
    if (start == end)
        return (CvShellThing){0};
    size_t from = tokens->items[start].offset, to = tokens->items[end - 1].end;
    if (!cv_syntax_parse(cv_arena(), cv_slice_range(typed->text, from, to), &tree, &error))
        return (CvShellThing){0};
    return cv_shell_infer(typed->session, tree);
}

/* The token that opens the innermost bracket around token `at`; `none` if there is none. */
static size_t bracket_around(const Tokens *tokens, size_t at, size_t none)
{
    int depth = 0;
    for (size_t i = at; i-- > 0;) {
        if (is_one_of(&tokens->items[i], ")]}"))
            depth++;
        else if (is_one_of(&tokens->items[i], "([{") && depth-- == 0)
            return i;
    }
    return none;
}

/* ---- inside of calls ---- */

static bool is_name_in(const char *name, const char *const *names)
{
    for (; name && *names; names++)
        if (!strcmp(name, *names))
            return true;
    return false;
}

/* The method of a set that the innermost calls are arguments of: the names in Q("...") and Count("...") are about its
 * model. `*direct`: the call right around the word. */
static CvShellThing method_around(const Typed *typed, CvShellThing *direct)
{
    size_t at = typed->tokens.count, outer = 0;
    *direct = (CvShellThing){0};
    for (bool first = true;; first = false) {
        at = bracket_around(&typed->tokens, at, SIZE_MAX);
        if (at == SIZE_MAX)
            return (CvShellThing){0};
        if (!is(&typed->tokens.items[at], "("))
            continue;
        CvShellThing callee = thing_before(typed, at);
        if (first)
            *direct = callee;
        if (callee.kind == CV_THING_FUNCTION && !strcmp(callee.name, "OuterRef"))
            outer++;
        if (callee.kind == CV_THING_METHOD || callee.kind == CV_THING_CLASS) {
            if (!outer)
                return callee;
            outer--;
        }
    }
}

/* True if an argument may begin here: behind an opening bracket or a comma. */
static bool begins_argument(const Typed *typed)
{
    const CvToken *last = typed->tokens.count ? &typed->tokens.items[typed->tokens.count - 1] : NULL;
    return last && (is(last, "(") || is(last, ","));
}

/* The last name of a path is to be completed: `start` moves behind what is before it. */
static CvSlice path_before(Typed *typed)
{
    CvSlice word = typed->word;
    size_t last = 0;
    if (typed->quoted && word.length && (word.data[0] == '-' || word.data[0] == '?'))
        last = 1;
    size_t sign = last;
    for (size_t i = last; i + 1 < word.length; i++)
        if (word.data[i] == '_' && word.data[i + 1] == '_')
            last = i + 2;
    typed->inside = last > sign;
    typed->start += last;
    typed->word = cv_slice_skip(word, last);
    return cv_slice_range(word, sign, last);
}

static void complete_path(Typed *typed, const CvShellThing *method, bool lookups)
{
    CvSlice before = path_before(typed);
    cv_shell_path_words(&typed->words, method->model, method->annotations, before, lookups);
}

static void complete_string(Typed *typed)
{
    static const char *const takes_names[] = {
        "order_by",         "values",   "values_list", "only",      "defer",  "select_related",
        "prefetch_related", "dates",    "datetimes",   "earliest",  "latest", "in_bulk",
        "distinct",         "annotate", "alias",       "aggregate", NULL};
    CvShellThing direct, method = method_around(typed, &direct);
    if (method.kind != CV_THING_METHOD)
        return;
    bool function = direct.kind == CV_THING_FUNCTION || direct.kind == CV_THING_EXPRESSION;
    if (function || is_name_in(direct.name, takes_names))
        complete_path(typed, &method, false);
}

static void complete_keyword(Typed *typed)
{
    static const char *const assigns[] = {"create", "get_or_create", "update_or_create", "update", NULL};
    static const char *const conditions[] = {"Q", "When", NULL};
    CvShellThing direct, method = method_around(typed, &direct);
    bool condition = direct.kind == CV_THING_FUNCTION && is_name_in(direct.name, conditions);
    if (direct.kind == CV_THING_CLASS || (direct.kind == CV_THING_METHOD && is_name_in(direct.name, assigns))) {
        cv_shell_member_words(&typed->words, direct.model);
        return;
    }
    const CvShellMethod *chain =
        direct.kind == CV_THING_METHOD ? cv_shell_find_method(cv_shell_chain_methods, cv_slice(direct.name)) : NULL;
    bool filters = chain && (!strcmp(chain->name, "filter") || !strcmp(chain->name, "exclude"));
    filters |= direct.kind == CV_THING_METHOD && !strcmp(direct.name, "get");
    if (method.kind == CV_THING_METHOD && (filters || condition))
        complete_path(typed, &method, true);
}

/* ---- the words ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static CvShellCompletions matching(CvArena *arena, const Typed *typed)
{
    CV_VECTOR(const char *) words = {0};
    for (size_t i = 0; i < typed->words.count; i++) {
        const char *word = typed->words.items[i];
        bool private = word[0] == '_' && !(typed->word.length && typed->word.data[0] == '_');
        if (!private && cv_slice_starts_with(cv_slice(word), typed->word))
            cv_vector_push(arena, &words, cv_arena_strdup(arena, word));
    }
    if (words.count)
        qsort(words.items, words.count, sizeof *words.items, by_name);
    size_t unique = 0;
    for (size_t i = 0; i < words.count; i++)
        if (unique == 0 || strcmp(words.items[unique - 1], words.items[i]) != 0)
            words.items[unique++] = words.items[i];
    if (unique > CV_SHELL_COMPLETIONS_MAX)
        unique = CV_SHELL_COMPLETIONS_MAX;
    return (CvShellCompletions){.start = typed->start, .count = unique, .words = words.items};
}

static bool has_match(const Typed *typed)
{
    for (size_t i = 0; i < typed->words.count; i++)
        if (cv_slice_starts_with(cv_slice(typed->words.items[i]), typed->word))
            return true;
    return false;
}

static void complete(Typed *typed)
{
    read_tokens(typed);
    if (typed->quoted) {
        complete_string(typed);
        return;
    }
    size_t count = typed->tokens.count;
    if (count && is(&typed->tokens.items[count - 1], ".")) {
        CvShellThing owner = thing_before(typed, count - 1);
        cv_shell_attribute_words(&typed->words, &owner);
        return;
    }
    if (begins_argument(typed))
        complete_keyword(typed);
    if (typed->inside || has_match(typed)) /* fields before what else an argument may begin with */
        return;
    for (const char *const *name = cv_shell_session_names(cv_arena(), typed->session); *name; name++)
        cv_vector_push(cv_arena(), &typed->words, *name);
}

typedef struct Completing {
    CvArena *arena;
    Typed typed;
    CvShellCompletions found;
} Completing;

static void find(void *argument)
{
    Completing *completing = argument;
    complete(&completing->typed);
    completing->found = matching(completing->arena, &completing->typed);
}

CvShellCompletions cv_shell_complete(CvArena *arena, const CvShellSession *session, CvSlice text)
{
    Completing completing = {.arena = arena, .typed = {.session = session, .text = text}};
    if (text.length > CV_SYNTAX_LENGTH_MAX || memchr(text.length ? text.data : "", '\0', text.length))
        return (CvShellCompletions){.start = text.length};
    CvScratch scratch = cv_scratch_begin(arena);
    CV_IN_ARENA (scratch.arena) {
        if (!cv_try(find, &completing, NULL))
            completing.found = (CvShellCompletions){.start = text.length};
    }
    cv_scratch_end(scratch);
    return completing.found;
}
