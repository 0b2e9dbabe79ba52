/* inspect.c: what a template reads and mentions, recorded while it is compiled. */
#include "template/inspect.h"

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
