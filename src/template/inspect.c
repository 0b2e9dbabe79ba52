/* inspect.c: what a template reads and mentions, recorded while it is compiled, and added up over its relatives. */
#include "template/inspect.h"

#include "base/self.h"
#include "template/parser_private.h"

/* ---- recording ---- */

static void count_bound(CvParser *parser, CvSlice name, int change)
{
    uintptr_t count = (uintptr_t)cv_map_get(parser->bound_count, name) + (uintptr_t)change;
    cv_map_set(parser->bound_count, name, (void *)count);
}

void cv_parser_bind(CvParser *parser, CvSlice name)
{
    cv_vector_push(parser->scratch, &parser->bound, name);
    count_bound(parser, name, 1);
}

void cv_parser_scope_begin(CvParser *parser)
{
    cv_vector_push(parser->scratch, &parser->scopes, parser->bound.count);
}

void cv_parser_scope_end(CvParser *parser)
{
    size_t outer = parser->scopes.items[--parser->scopes.count];
    while (parser->bound.count > outer)
        count_bound(parser, parser->bound.items[--parser->bound.count], -1);
}

const CvSlice *cv_parser_bound(CvParser *parser, size_t *count)
{
    *count = parser->bound.count;
    return cv_arena_memdup(parser->arena, parser->bound.items, cv_size_multiply(*count, sizeof(CvSlice)));
}

static void place(const CvParser *parser, int *line, int *column)
{
    if (parser->blame) {
        *line = parser->blame->line;
        *column = parser->blame->column;
    }
}

/* A name is recorded once for each block that reads it. */
static bool is_recorded(CvParser *parser, CvSlice name)
{
    CvSlice key = name;
    if (parser->block.length)
        key = cv_slice(cv_arena_printf(parser->scratch, "%.*s\n%.*s", CV_SLICE_ARG(name), CV_SLICE_ARG(parser->block)));
    if (cv_map_find(parser->read, key, NULL))
        return true;
    cv_map_set(parser->read, key, NULL);
    return false;
}

void cv_parser_read(CvParser *parser, CvSlice name)
{
    static const char *const constants[] = {"True", "False", "None", NULL};
    CvTemplate *page = parser->page;
    if (cv_word_in(name, constants) || cv_map_get(parser->bound_count, name) || is_recorded(parser, name))
        return;
    CvTemplateRead *read = cv_vector_add(parser->arena, &page->reads);
    *read = (CvTemplateRead){.name = name, .page = page, .block = parser->block};
    place(parser, &read->line, &read->column);
}

CvTemplateMention *cv_parser_mention(CvParser *parser, CvMentionKind kind, CvSlice name)
{
    CvTemplateMention *mention = cv_vector_add(parser->arena, &parser->page->mentions);
    *mention = (CvTemplateMention){.kind = kind, .name = name, .block = parser->block};
    place(parser, &mention->line, &mention->column);
    return mention;
}

void cv_parser_link(CvParser *parser, CvLink *link, const CvExpression *name)
{
    CvValue literal;
    if (!cv_expression_literal(name, &literal) || literal.kind != CV_STRING || literal.length == 0 ||
        (link->parent && memchr(literal.text, '#', literal.length)))
        return;
    link->name = cv_value_as_slice(literal);
    cv_vector_push(parser->arena, &parser->page->links, link);
}

static CvSlice literal_text(const CvExpression *expression)
{
    CvValue value;
    return cv_expression_literal(expression, &value) && value.kind == CV_STRING ? cv_value_as_slice(value)
                                                                                : (CvSlice){0};
}

void cv_parser_mention_url(CvParser *parser, const CvExpression *name, size_t positional, const CvAssignment *named,
                           size_t named_count)
{
    CvTemplateMention *mention = cv_parser_mention(parser, CV_MENTION_URL, literal_text(name));
    CvSlice *keys = cv_arena_new_array(parser->arena, CvSlice, named_count);
    for (size_t i = 0; i < named_count; i++)
        keys[i] = named[i].name;
    mention->positional = positional;
    mention->keys = keys;
    mention->key_count = named_count;
}

void cv_parser_mention_static(CvParser *parser, const CvExpression *path)
{
    cv_parser_mention(parser, CV_MENTION_STATIC, literal_text(path));
}

/* ---- asking ---- */

const CvTemplateMention *cv_template_mentions(const CvTemplate *page, size_t *count)
{
    *count = page->base->mentions.count;
    return page->base->mentions.items;
}

const CvTemplateRead *cv_template_own_reads(const CvTemplate *page, size_t *count)
{
    *count = page->base->reads.count;
    return page->base->reads.items;
}

const CvSlice *cv_template_block_names(const CvTemplate *page, CvSlice block, size_t *count)
{
    const CvBlockPart *part = cv_template_block(page->base, block);
    *count = part ? part->bound_count : 0;
    return part ? part->bound : NULL;
}

/* ---- adding up ---- */

#define RELATIVES_MAX 200

/* Names that are set around the place from which a template is reached. */
typedef struct Bound {
    const CvSlice *names;
    size_t count;
    bool only; /* and nothing else reaches the template */
    const struct Bound *outer;
} Bound;

typedef struct Sum {
    CvArena *arena;
    CvTemplateReads *reads;
    const CvTemplate *pages[RELATIVES_MAX]; /* under way */
    size_t depth;
    bool dynamic; /* a template is reached by a name that is not literal */
} Sum;

static bool is_bound(const Bound *bound, CvSlice name)
{
    for (; bound; bound = bound->outer) {
        for (size_t i = 0; i < bound->count; i++)
            if (cv_slice_equal(bound->names[i], name))
                return true;
        if (bound->only)
            return true; /* it is not taken from the context of the page */
    }
    return false;
}

static void add(Sum *sum, CvTemplateRead read)
{
    for (size_t i = 0; i < sum->reads->count; i++) {
        CvTemplateRead *known = &sum->reads->items[i];
        if (cv_slice_equal(known->name, read.name) && known->page == read.page) {
            known->optional &= read.optional;
            return;
        }
    }
    cv_vector_push(sum->arena, sum->reads, read);
}

static void walk(Sum *sum, const CvTemplate *page, const Bound *bound);

static const CvTemplate *relative(const CvTemplate *page, CvSlice name)
{
    return cv_engine_find(page->engine, name, NULL, 0);
}

/* Names that the page's parents set around a block. */
static const Bound *around_block(Sum *sum, const CvTemplate *page, CvSlice block, const Bound *bound)
{
    for (int depth = 0; block.length && depth < 50; depth++) {
        const CvTemplate *parent = NULL;
        for (size_t i = 0; i < page->mentions.count; i++)
            if (page->mentions.items[i].kind == CV_MENTION_EXTENDS && page->mentions.items[i].name.length)
                parent = relative(page, page->mentions.items[i].name);
        if (!parent)
            break;
        const CvBlockPart *part = cv_template_block(parent, block);
        if (part) {
            Bound *more = cv_arena_new(sum->arena, Bound);
            *more = (Bound){.names = part->bound, .count = part->bound_count, .outer = bound};
            bound = more;
        }
        page = parent;
    }
    return bound;
}

static void walk(Sum *sum, const CvTemplate *page, const Bound *bound)
{
    page = page->base;
    for (size_t i = 0; i < sum->depth; i++)
        if (sum->pages[i] == page)
            return; /* includes itself: nothing new */
    if (sum->depth == RELATIVES_MAX)
        cv_raise(CV_ERROR_RECURSION, "Templates extend and include each other more than %d deep.", RELATIVES_MAX);
    sum->pages[sum->depth++] = page;
    for (size_t i = 0; i < page->reads.count; i++) {
        const Bound *around = around_block(sum, page, page->reads.items[i].block, bound);
        if (!is_bound(around, page->reads.items[i].name))
            add(sum, page->reads.items[i]);
    }
    for (size_t i = 0; i < page->mentions.count; i++) {
        const CvTemplateMention *mention = &page->mentions.items[i];
        if (mention->name.length == 0) {
            sum->dynamic |= mention->kind == CV_MENTION_EXTENDS || mention->kind == CV_MENTION_INCLUDE;
            continue;
        }
        if (mention->kind == CV_MENTION_EXTENDS)
            walk(sum, relative(page, mention->name), bound);
        if (mention->kind == CV_MENTION_INCLUDE) {
            const Bound inner = {.names = mention->bound,
                                 .count = mention->bound_count,
                                 .only = mention->only,
                                 .outer = around_block(sum, page, mention->block, bound)};
            walk(sum, relative(page, mention->name), &inner);
        }
    }
    sum->depth--;
}

typedef struct Question {
    Sum sum;
    const CvTemplate *page;
} Question;

static void answer(void *argument)
{
    Question *question = argument;
    walk(&question->sum, question->page, NULL);
}

bool cv_template_reads(CvArena *arena, const CvTemplate *page, CvTemplateReads *reads, CvError *error)
{
    Question question = {.sum = {.arena = arena, .reads = reads}, .page = page};
    *reads = (CvTemplateReads){0};
    CvError *raised;
    if (cv_try(answer, &question, &raised))
        return true;
    cv_engine_keep_error(page->engine, error, raised);
    return false;
}

bool cv_template_may_read(const CvTemplate *page, CvSlice name)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    CvTemplateReads reads = {0};
    Question question = {.sum = {.arena = scratch.arena, .reads = &reads}, .page = page};
    CvError *raised;
    bool may = !cv_try(answer, &question, &raised) || question.sum.dynamic;
    for (size_t i = 0; i < reads.count && !may; i++)
        may = cv_slice_equal(reads.items[i].name, name);
    cv_scratch_end(scratch);
    return may;
}
