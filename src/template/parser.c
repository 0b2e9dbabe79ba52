/* parser.c: from tokens to a flat program: the main loop, bodies, instructions, and the errors of compiling. */
#include "base/self.h"
#include "template/parser_private.h"

static const CvCode *run_text(CvRender *render, const CvCode *code)
{
    cv_render_append_text(render->out, code->data, code->extra);
    return code + 1;
}

/* ---- errors ---- */

static CV_NORETURN CV_COLD CV_PRINTF(3, 0) void fail(CvParser *parser, const CvToken *token, const char *format,
                                                     va_list arguments)
{
    CvArena *arena = parser->arena;
    CvError error = {.kind = CV_ERROR_TEMPLATE_SYNTAX, .message = cv_arena_vprintf(arena, format, arguments)};
    if (token)
        cv_template_blame(arena, &error, parser->page->file, parser->page->source, token->position);
    cv_raise_error(&error);
}

void cv_parser_fail_at(CvParser *parser, const CvToken *token, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(parser, token, format, arguments);
}

void cv_parser_fail(CvParser *parser, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(parser, parser->blame, format, arguments);
}

/* "'a', 'b' or 'c'" */
static const char *quoted_names(CvArena *arena, const char *const *names)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; names[i]; i++)
        cv_buffer_printf(&out, "%s'%s'", i == 0 ? "" : names[i + 1] ? ", " : " or ", names[i]);
    return cv_buffer_string(&out);
}

void cv_parser_invalid_tag(CvParser *parser, const CvToken *token, CvSlice command, const char *const *until)
{
    if (until)
        cv_parser_fail_at(parser, token,
                          "Invalid block tag on line %d: '%.*s', expected %s. Did you forget to register or load this "
                          "tag?",
                          token->line, CV_SLICE_ARG(command), quoted_names(parser->scratch, until));
    cv_parser_fail_at(parser, token,
                      "Invalid block tag on line %d: '%.*s'. Did you forget to register or load this tag?", token->line,
                      CV_SLICE_ARG(command));
}

static CV_NORETURN void unclosed(CvParser *parser, const char *const *until)
{
    CvBuffer names = cv_buffer(parser->scratch);
    for (size_t i = 0; until[i]; i++)
        cv_buffer_printf(&names, "%s%s", i ? ", " : "", until[i]);
    const CvToken *token = parser->open.items[parser->open.count - 1];
    CvWords words = {0};
    cv_template_split(parser->scratch, token->contents, &words);
    cv_parser_fail_at(parser, token, "Unclosed tag on line %d: '%.*s'. Looking for one of: %s.", token->line,
                      CV_SLICE_ARG(words.items[0]), cv_buffer_string(&names));
}

const char *cv_parser_repr(CvParser *parser, CvSlice text)
{
    return cv_slice_string(parser->scratch, cv_value_repr(parser->scratch, cv_value_slice(text)));
}

bool cv_word_in(CvSlice word, const char *const *names)
{
    for (; names && *names; names++)
        if (cv_slice_is(word, *names))
            return true;
    return false;
}

/* ---- what tags may ask ---- */

CvWords cv_parser_split(CvParser *parser, CvSlice contents)
{
    CvWords raw = {0}, words = {0};
    cv_template_smart_split(parser->scratch, contents, &raw);
    for (size_t i = 0; i < raw.count; i++) {
        CvSlice word = raw.items[i];
        if (word.length >= 3 && memcmp(word.data, "_(", 2) == 0 && (word.data[2] == '"' || word.data[2] == '\'')) {
            /* a translated text that was cut at its spaces */
            const char close[2] = {word.data[2], ')'};
            while (!cv_slice_ends_with(word, cv_slice_of(close, 2))) {
                if (++i >= raw.count)
                    cv_parser_fail(parser, "Unclosed translation in tag: '%.*s'", CV_SLICE_ARG(contents));
                word.length = (size_t)(raw.items[i].data + raw.items[i].length - word.data);
            }
        }
        cv_vector_push(parser->scratch, &words, word);
    }
    return words;
}

size_t cv_parser_words(CvParser *parser, const CvSlice **words)
{
    CvWords split = cv_parser_split(parser, parser->current->contents);
    *words = split.items;
    return split.count;
}

size_t cv_parser_plain_words(CvParser *parser, const CvSlice **words)
{
    CvWords split = {0};
    cv_template_split(parser->scratch, parser->current->contents, &split);
    *words = split.items;
    return split.count;
}

CvSlice cv_parser_contents(const CvParser *parser)
{
    return parser->current->contents;
}

int cv_parser_line(const CvParser *parser)
{
    return parser->blame ? parser->blame->line : 0;
}

CvArena *cv_parser_arena(CvParser *parser)
{
    return parser->arena;
}

CvEngine *cv_parser_engine(CvParser *parser)
{
    return parser->engine;
}

/* ---- instructions ---- */

size_t cv_parser_emit(CvParser *parser, CvRunCode *run, const void *data, uint32_t extra)
{
    const CvToken *token = parser->blame;
    *cv_vector_add(parser->scratch, &parser->code) = (CvCode){.run = run,
                                                              .data = data,
                                                              .next = 1,
                                                              .extra = extra,
                                                              .position = token ? token->position : 0,
                                                              .length = token ? token->length : 0};
    return parser->code.count - 1;
}

size_t cv_parser_here(const CvParser *parser)
{
    return parser->code.count;
}

void cv_parser_end(CvParser *parser, size_t index)
{
    parser->code.items[index].next = (uint32_t)(parser->code.count - index);
}

CvSlice cv_parser_intern(CvParser *parser, CvSlice name)
{
    if (!parser->names)
        parser->names = cv_map_create(parser->scratch);
    const char *known = cv_map_get(parser->names, name);
    if (!known)
        cv_map_set(parser->names, name, (void *)(known = name.data));
    return cv_slice_of(known, name.length);
}

uint32_t cv_parser_slot(CvParser *parser)
{
    return parser->page->slots++;
}

/* ---- libraries ---- */

const CvTag *cv_parser_find_tag(CvParser *parser, CvSlice name)
{
    for (size_t i = parser->loaded.count; i-- > 0;) {
        const CvLoaded *loaded = &parser->loaded.items[i];
        const CvTag *tag =
            loaded->only.data && !cv_slice_equal(loaded->only, name) ? NULL : cv_map_get(loaded->library->tags, name);
        if (tag)
            return tag;
    }
    for (size_t i = parser->engine->builtins.count; i-- > 0;) {
        const CvTag *tag = cv_map_get(parser->engine->builtins.items[i].tags, name);
        if (tag)
            return tag;
    }
    return NULL;
}

const CvFilter *cv_parser_find_filter(CvParser *parser, CvSlice name)
{
    for (size_t i = parser->loaded.count; i-- > 0;) {
        const CvLoaded *loaded = &parser->loaded.items[i];
        const CvFilter *filter = loaded->only.data && !cv_slice_equal(loaded->only, name)
                                     ? NULL
                                     : cv_map_get(loaded->library->filters, name);
        if (filter)
            return filter;
    }
    for (size_t i = parser->engine->builtins.count; i-- > 0;) {
        const CvFilter *filter = cv_map_get(parser->engine->builtins.items[i].filters, name);
        if (filter)
            return filter;
    }
    cv_parser_fail(parser, "Invalid filter: '%.*s'", CV_SLICE_ARG(name));
}

/* ---- the loop ---- */

static void parse_comment(CvParser *parser, const CvToken *token)
{
    CvSlice text = token->contents;
    if (!cv_slice_starts_with(text, CV_SLICE("optional:")))
        return;
    CvWords names = {0};
    cv_template_split(parser->scratch, cv_slice_skip(text, 9), &names);
    for (size_t i = 0; i < names.count; i++)
        cv_vector_push(parser->arena, &parser->page->optional, names.items[i]);
}

/* The instruction before, if it is in the same body and has none inside. */
static const CvCode *last_code(const CvParser *parser)
{
    return parser->code.count > parser->body ? &parser->code.items[parser->code.count - 1] : NULL;
}

/* The outputs before, if nothing stands between. */
static CvOutputs *last_outputs(const CvParser *parser)
{
    const CvCode *last = last_code(parser);
    return last && last->run == cv_run_outputs ? (CvOutputs *)last->data : NULL;
}

static void parse_text(CvParser *parser, const CvToken *token)
{
    CvSlice text = token->contents;
    CvOutputs *outputs = last_outputs(parser);
    parser->blame = token;
    if (outputs && outputs->items[outputs->count - 1].expression)
        cv_vector_push(parser->arena, outputs,
                       ((CvOutput){.before = text.data, .before_length = (uint32_t)text.length}));
    else
        cv_parser_emit(parser, run_text, text.data, (uint32_t)text.length);
}

/* The place of the next output: behind a text that waits for one, or a new one. */
static CvOutput *add_output(CvParser *parser)
{
    static const char nothing[CV_TEXT_SLACK];
    CvSlice before = {nothing, 0};
    const CvCode *last = last_code(parser);
    if (last && last->run == run_text) {
        before = cv_slice_of(last->data, last->extra);
        parser->code.count--;
    }
    CvOutputs *outputs = last_outputs(parser);
    if (outputs && before.data == nothing && !outputs->items[outputs->count - 1].expression)
        return &outputs->items[outputs->count - 1];
    if (!outputs) {
        outputs = cv_arena_new(parser->arena, CvOutputs);
        cv_parser_emit(parser, cv_run_outputs, outputs, 0);
    }
    CvOutput *output = cv_vector_add(parser->arena, outputs);
    output->before = before.data;
    output->before_length = (uint32_t)before.length;
    return output;
}

static void parse_variable(CvParser *parser, const CvToken *token)
{
    parser->blame = token;
    if (token->contents.length == 0)
        cv_parser_fail(parser, "Empty variable tag on line %d", token->line);
    const CvExpression *expression = cv_parser_expression(parser, token->contents);
    CvOutput *output = add_output(parser);
    output->expression = expression;
    output->filtered = expression->filter_count > 0;
    output->place = (CvCode){.position = token->position, .length = token->length, .next = 1};
    const CvVariable *variable = &expression->base.variable;
    if (expression->base.kind == CV_OPERAND_VARIABLE && variable->count == 2) {
        output->name = variable->parts[0].name.data;
        output->member = &variable->parts[1];
    }
    parser->nontext = true;
}

/* Compiles one tag. True: it is one of `until`, which ends the body. */
static bool parse_tag(CvParser *parser, const CvToken *token, const char *const *until)
{
    CvWords words = {0};
    cv_template_split(parser->scratch, token->contents, &words);
    parser->blame = parser->current = token;
    if (words.count == 0)
        cv_parser_fail(parser, "Empty block tag on line %d", token->line);
    CvSlice command = words.items[0];
    if (cv_word_in(command, until))
        return true;
    cv_vector_push(parser->scratch, &parser->open, token);
    const CvTag *tag = cv_parser_find_tag(parser, command);
    if (!tag)
        cv_parser_invalid_tag(parser, token, command, until);
    if (tag->compile)
        tag->compile(parser);
    else
        cv_parser_simple_tag(parser, tag);
    parser->nontext = true;
    parser->open.count--;
    return false;
}

void cv_parser_parse(CvParser *parser, const char *const *until)
{
    if (++parser->depth > CV_TEMPLATE_NESTING_MAX)
        cv_parser_fail(parser, "Tags are nested more than %d deep.", CV_TEMPLATE_NESTING_MAX);
    bool outer_nontext = parser->nontext;
    parser->nontext = false;
    parser->body = parser->code.count;
    bool done = false;
    while (!done && parser->at < parser->tokens.count) {
        const CvToken *token = &parser->tokens.items[parser->at++];
        switch (token->kind) {
        case CV_TOKEN_TEXT:
            parse_text(parser, token);
            break;
        case CV_TOKEN_VARIABLE:
            parse_variable(parser, token);
            break;
        case CV_TOKEN_BLOCK:
            done = parse_tag(parser, token, until);
            break;
        case CV_TOKEN_COMMENT:
            parse_comment(parser, token);
            break;
        }
    }
    if (until && !done)
        unclosed(parser, until);
    parser->nontext = outer_nontext;
    parser->body = parser->code.count; /* what comes next stands behind a whole body */
    parser->depth--;
}

void cv_parser_body(CvParser *parser, const char *const *until)
{
    const CvToken *blame = parser->blame;
    cv_parser_parse(parser, until);
    parser->blame = blame;
}

void cv_parser_skip(CvParser *parser, const char *end)
{
    while (parser->at < parser->tokens.count) {
        const CvToken *token = &parser->tokens.items[parser->at++];
        if (token->kind == CV_TOKEN_BLOCK && cv_slice_is(token->contents, end)) {
            parser->current = token;
            return;
        }
    }
    unclosed(parser, (const char *const[]){end, NULL});
}

static void finish(CvParser *parser)
{
    CvTemplate *page = parser->page;
    size_t count = parser->code.count;
    page->code = cv_arena_memdup(parser->arena, parser->code.items, cv_size_multiply(count, sizeof(CvCode)));
    page->from = 0;
    page->to = count;
    for (size_t i = 0; i < page->partials.count; i++) {
        CvPartialPart *part = &page->partials.items[i];
        part->page = cv_arena_new(parser->arena, CvTemplate);
        *part->page = *page;
        part->page->base = page;
        part->page->from = part->from;
        part->page->to = part->to;
        part->page->extends = false;
    }
    CvMap *optional = cv_map_create(parser->scratch);
    for (size_t i = 0; i < page->optional.count; i++)
        cv_map_set(optional, page->optional.items[i], NULL);
    for (size_t i = 0; i < page->reads.count; i++)
        page->reads.items[i].optional = cv_map_find(optional, page->reads.items[i].name, NULL);
}

static void compile_source(void *argument)
{
    CvParser *parser = argument;
    const CvTemplate *page = parser->page;
    if (page->source.length > CV_TEMPLATE_SOURCE_MAX)
        cv_parser_fail(parser, "The template has %zu bytes; %u are allowed.", page->source.length,
                       CV_TEMPLATE_SOURCE_MAX);
    cv_template_lex(parser->scratch, page->source, &parser->tokens);
    cv_parser_parse(parser, NULL);
    finish(parser);
}

void cv_template_compile(CvTemplate *page)
{
    CvArena *scratch = cv_arena_create(0);
    CvParser parser = {.page = page, .engine = page->engine, .arena = page->arena, .scratch = scratch};
    parser.bound_count = cv_map_create(scratch);
    parser.read = cv_map_create(scratch);
    page->block_places = cv_map_create(page->arena);
    page->partial_places = cv_map_create(page->arena);
    page->object.type = &cv_template_type;
    page->base = page;
    CvError *raised;
    if (cv_try(compile_source, &parser, &raised)) {
        cv_arena_destroy(scratch);
        return;
    }
    CvError error;
    cv_engine_keep_error(page->engine, &error, raised);
    if (parser.blame && !error.column) {
        error.file = NULL;
        cv_template_blame(cv_arena(), &error, page->file, page->source, parser.blame->position);
    }
    cv_arena_destroy(scratch);
    cv_raise_error(&error);
}
