/* tag_inherit.c: {% extends %}, {% block %} with block.super, {% include %}, {% partialdef %} and {% partial %}. */
#include "template/parser_private.h"

/* ---- block ---- */

typedef struct Block {
    CvSlice name;
} Block;

/* The variable `block` inside a block. */
typedef struct BlockFrame {
    CvObject object;
    CvRender *render;
    CvSlice name;
    size_t level;               /* which template of the chain gave the body */
    const CvRenderFrame *frame; /* whose chain it is */
    bool has_context;           /* inside an inheritance: super has something to ask */
} BlockFrame;

static void render_block(CvRender *render, CvSlice name, size_t from_level);

static void read_super(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    const BlockFrame *block = object;
    CvRender *render = block->render;
    if (!block->has_context)
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX,
                 "'BlockNode' object has no attribute 'context'. Did you use {{ block.super }} in a base template?");
    CvArena *captures = cv_render_captures(render);
    CvArenaMark mark = cv_arena_mark(captures);
    CvBuffer text = cv_buffer(captures), *outer = render->out;
    render->out = &text;
    render->held++;
    render_block(render, block->name, block->level + 1);
    render->held--;
    render->out = outer;
    *out = cv_value_safe(cv_slice_copy(arena, cv_buffer_slice(&text)));
    cv_arena_rewind(captures, mark);
}

static void read_name(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_slice(((const BlockFrame *)object)->name);
}

static bool resolve_block(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    if (cv_slice_is(name, "super"))
        *out = (CvAccessor){.read = read_super, .may_raise = true};
    else if (cv_slice_is(name, "name"))
        *out = (CvAccessor){.read = read_name};
    else
        return false;
    return true;
}

static CvSlice block_str(const void *object, CvArena *arena)
{
    return cv_slice(
        cv_arena_printf(arena, "<Block Node: %.*s. Contents: []>", CV_SLICE_ARG(((const BlockFrame *)object)->name)));
}

static const CvType block_type = {
    .magic = CV_TYPE_MAGIC, .name = "BlockNode", .resolve = resolve_block, .str = block_str, .repr = block_str};

static void run_block_body(CvRender *render, const CvTemplate *page, const CvBlockPart *part, BlockFrame *frame)
{
    const CvTemplate *outer = render->page;
    cv_context_push(render->context);
    cv_context_set_slice(render->context, CV_SLICE("block"), (CvValue){.kind = CV_OBJECT, .object = frame});
    render->page = page;
    cv_render_run(render, page->code + part->from, page->code + part->to);
    render->page = outer;
    cv_context_pop(render->context);
}

/* The block of the first template in the chain, from `level` on, that has it. */
static void render_block(CvRender *render, CvSlice name, size_t level)
{
    CvRenderFrame *chain = render->frame;
    for (; level < chain->chain_count; level++) {
        const CvBlockPart *part = cv_template_block(chain->chain[level], name);
        if (!part)
            continue;
        BlockFrame frame = {.object.type = &block_type,
                            .render = render,
                            .name = name,
                            .level = level,
                            .frame = chain,
                            .has_context = true};
        run_block_body(render, chain->chain[level], part, &frame);
        return;
    }
}

static const CvCode *run_block(CvRender *render, const CvCode *code)
{
    const Block *block = code->data;
    if (render->frame->chain_count) {
        render_block(render, block->name, 0);
    } else {
        BlockFrame frame = {.object.type = &block_type, .render = render, .name = block->name};
        const CvTemplate *page = render->page;
        CvBlockPart part = {.from = (size_t)(code + 1 - page->code), .to = (size_t)(code + code->next - page->code)};
        run_block_body(render, page, &part, &frame);
    }
    return code + code->next;
}

static void compile_block(CvParser *parser)
{
    static const char *const until[] = {"endblock", NULL};
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    if (count != 2)
        cv_parser_fail(parser, "'%.*s' tag takes only one argument", CV_SLICE_ARG(words[0]));
    CvSlice name = words[1], outer = parser->block;
    if (cv_template_block(parser->page, name))
        cv_parser_fail(parser, "'%.*s' tag with name '%.*s' appears more than once", CV_SLICE_ARG(words[0]),
                       CV_SLICE_ARG(name));
    Block *data = cv_arena_new(parser->arena, Block);
    data->name = name;
    size_t index = cv_parser_emit(parser, run_block, data, 0);
    size_t place = parser->page->blocks.count;
    CvBlockPart *part = cv_vector_add(parser->arena, &parser->page->blocks);
    *part = (CvBlockPart){.name = name, .from = index + 1};
    cv_map_set(parser->page->block_places, name, (void *)(uintptr_t)(place + 1));
    part->bound = cv_parser_bound(parser, &part->bound_count);
    parser->block = name;
    parser->loop_peeks++; /* another template's body for it may ask the loop anything */
    cv_parser_scope_begin(parser);
    cv_parser_bind(parser, CV_SLICE("block"));
    cv_parser_body(parser, until);
    cv_parser_scope_end(parser);
    parser->block = outer;
    CvSlice end = cv_parser_contents(parser);
    const char *named = cv_arena_printf(parser->scratch, "endblock %.*s", CV_SLICE_ARG(name));
    if (!cv_slice_is(end, "endblock") && !cv_slice_is(end, named))
        cv_parser_invalid_tag(parser, parser->current, CV_SLICE("endblock"),
                              (const char *const[]){"endblock", named, NULL});
    parser->page->blocks.items[place].to = cv_parser_here(parser);
    cv_parser_end(parser, index);
}

/* ---- extends ---- */

static const CvTemplate *template_of(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object) == &cv_template_type ? value.object : NULL;
}

typedef struct Extends {
    const CvExpression *name;
    CvLink parent;
} Extends;

/* A template of the same name may extend its like in another folder: then the search passes over those that are in the
 * chain already. */
static bool is_in_chain(const CvRenderFrame *frame, const CvTemplate *page)
{
    for (size_t i = 0; i < frame->chain_count; i++)
        if (frame->chain[i]->base == page->base || strcmp(frame->chain[i]->base->file, page->base->file) == 0)
            return true;
    return false;
}

static const CvTemplate *find_parent(CvRender *render, const Extends *data)
{
    const CvExpression *name = data->name;
    if (data->parent.page && !is_in_chain(render->frame, data->parent.page))
        return data->parent.page;
    CvValue value = cv_expression_value(render, name, false);
    const CvTemplate *page = template_of(value);
    if (page)
        return page;
    if (!cv_value_truth(value)) {
        bool variable = name->filter_count || name->base.kind == CV_OPERAND_VARIABLE;
        CvSlice shown = cv_value_repr(render->arena, value);
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "Invalid template name in 'extends' tag: %.*s.%s%.*s%s", CV_SLICE_ARG(shown),
                 variable ? " Got this from the '" : "", CV_SLICE_ARG(variable ? name->text : (CvSlice){0}),
                 variable ? "' variable." : "");
    }
    const CvRenderFrame *frame = render->frame;
    CvSlice text = cv_value_as_slice(cv_render_text(render, value));
    if (cv_slice_find_byte(text, '#') >= 0) /* a partial has no blocks to fill */
        cv_raise(CV_ERROR_TEMPLATE_DOES_NOT_EXIST, "%.*s", CV_SLICE_ARG(text));
    return cv_engine_find(render->engine, text, frame->chain, frame->chain_count);
}

static void add_to_chain(CvRender *render, const CvTemplate *page)
{
    CvRenderFrame *frame = render->frame;
    if (frame->chain_count == CV_RENDER_PAGES_MAX)
        cv_raise(CV_ERROR_RECURSION, "maximum recursion depth exceeded: more than %d templates extend each other",
                 CV_RENDER_PAGES_MAX);
    if (frame->chain_count == frame->chain_capacity)
        frame->chain =
            cv_vector_grow(cv_render_keep(render), frame->chain, &frame->chain_capacity, sizeof *frame->chain);
    frame->chain[frame->chain_count++] = page;
}

static const CvCode *run_extends(CvRender *render, const CvCode *code)
{
    const CvTemplate *page = render->page;
    if (render->frame->chain_count == 0)
        add_to_chain(render, page->base);
    render->stores++; /* the chain lives on */
    const CvTemplate *parent = find_parent(render, code->data);
    add_to_chain(render, parent->base);
    render->page = parent;
    cv_render_run(render, parent->code + parent->from, parent->code + parent->to);
    render->page = page;
    return page->code + page->to;
}

static void compile_extends(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count != 2)
        cv_parser_fail(parser, "'%.*s' takes one argument", CV_SLICE_ARG(words[0]));
    CvTemplate *page = parser->page;
    bool first = !parser->nontext;
    const char *contents = cv_slice_string(parser->scratch, cv_parser_contents(parser));
    CvSlice word = cv_template_relative(parser->arena, page->name, words[1], false);
    const CvExpression *name = cv_parser_expression(parser, word);
    CvValue literal;
    if (cv_expression_literal(name, &literal) && literal.kind == CV_STRING)
        cv_parser_mention(parser, CV_MENTION_EXTENDS, cv_value_as_slice(literal));
    else
        cv_parser_mention(parser, CV_MENTION_EXTENDS, (CvSlice){0});
    Extends *data = cv_arena_new(parser->arena, Extends);
    data->name = name;
    data->parent.parent = true;
    cv_parser_link(parser, &data->parent, name);
    size_t index = cv_parser_emit(parser, run_extends, data, 0), others = parser->extends;
    const CvToken *blame = parser->blame;
    cv_parser_parse(parser, NULL);
    parser->blame = blame;
    cv_parser_end(parser, index);
    if (parser->extends++ > others)
        cv_parser_fail(parser, "'extends' cannot appear more than once in the same template");
    if (!first)
        cv_parser_fail(parser, "{%% %s %%} must be the first tag in %s.", contents,
                       page->name ? cv_parser_repr(parser, cv_slice(page->name)) : "the template");
    page->extends = true;
}

/* ---- include ---- */

typedef struct Include {
    const CvExpression *name;
    const CvAssignment *with;
    size_t with_count;
    bool only;
    CvLink link;
} Include;

/* The first template of the list that exists. */
static const CvTemplate *first_of(CvRender *render, const CvList *names)
{
    CvBuffer tried = cv_buffer(render->arena);
    for (size_t i = 0; i < names->count; i++) {
        CvSlice name = cv_value_as_slice(cv_render_text(render, names->items[i]));
        CvError error;
        const CvTemplate *page = cv_engine_get(render->engine, cv_slice_string(render->arena, name), &error);
        if (page)
            return page;
        if (error.kind != CV_ERROR_TEMPLATE_DOES_NOT_EXIST)
            cv_raise_error(&error);
        bool again = false; /* each name is told once */
        for (size_t j = 0; j < i && !again; j++)
            again = cv_value_equal(names->items[j], names->items[i]);
        if (!again)
            cv_buffer_printf(&tried, "%s%.*s", i ? ", " : "", CV_SLICE_ARG(name));
    }
    cv_raise(CV_ERROR_TEMPLATE_DOES_NOT_EXIST, "%s", cv_buffer_string(&tried));
}

static const CvTemplate *included(CvRender *render, Include *data)
{
    if (data->link.page)
        return data->link.page;
    CvValue value = cv_expression_value(render, data->name, false);
    const CvTemplate *page = template_of(value);
    if (page)
        return page;
    const char *base = render->page->base->name;
    if ((value.kind == CV_LIST || value.kind == CV_TUPLE) && value.list->count)
        return first_of(render, value.list);
    if (!cv_value_truth(value))
        cv_raise(CV_ERROR_TEMPLATE_DOES_NOT_EXIST, "No template names provided");
    if (value.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(value));
    CvSlice name = cv_template_relative(render->arena, base, cv_value_as_slice(value), false);
    page = cv_engine_find(render->engine, name, NULL, 0);
    if (data->link.name.data && !render->engine->options.debug)
        data->link.page = page;
    return page;
}

static const CvCode *run_include(CvRender *render, const CvCode *code)
{
    Include *data = (Include *)code->data;
    CvWork work = cv_work_begin(render);
    const CvTemplate *page = included(render, data);
    CvContext *outer = render->context, isolated;
    CvValue *values = cv_arena_new_array(render->arena, CvValue, data->with_count);
    for (size_t i = 0; i < data->with_count; i++)
        values[i] = cv_expression_value(render, data->with[i].value, false);
    CvKeep keep = cv_keep_begin(render);
    if (data->only) {
        cv_context_isolate(outer, cv_render_keep(render), &isolated);
        render->context = &isolated;
    }
    cv_context_push(render->context);
    for (size_t i = 0; i < data->with_count; i++)
        cv_context_put(render->context, data->with[i].name, data->with[i].hash, values[i]);
    cv_render_include(render, page);
    render->context = outer;
    if (!data->only)
        cv_context_pop(outer);
    cv_keep_end(render, keep);
    cv_work_end(render, work);
    return code + 1;
}

static void mention_include(CvParser *parser, const Include *data)
{
    CvValue literal;
    bool known = cv_expression_literal(data->name, &literal) && literal.kind == CV_STRING;
    CvTemplateMention *mention =
        cv_parser_mention(parser, CV_MENTION_INCLUDE, known ? cv_value_as_slice(literal) : (CvSlice){0});
    size_t around = data->only ? 0 : parser->bound.count;
    CvSlice *bound = cv_arena_new_array(parser->arena, CvSlice, around + data->with_count);
    for (size_t i = 0; i < around; i++)
        bound[i] = parser->bound.items[i];
    for (size_t i = 0; i < data->with_count; i++)
        bound[around + i] = data->with[i].name;
    mention->only = data->only;
    mention->bound = bound;
    mention->bound_count = around + data->with_count;
}

static void compile_include(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    const char *tag = cv_parser_repr(parser, words[0]);
    if (count < 2)
        cv_parser_fail(parser, "%s tag takes at least one argument: the name of the template to be included.", tag);
    Include *data = cv_arena_new(parser->arena, Include);
    const CvSlice *rest = words + 2;
    size_t left = count - 2;
    while (left) {
        CvSlice option = *rest++;
        left--;
        bool with = cv_slice_is(option, "with");
        if ((with && data->with) || (cv_slice_is(option, "only") && data->only))
            cv_parser_fail(parser, "The %s option was specified more than once.", cv_parser_repr(parser, option));
        if (with) {
            data->with = cv_parser_assignments(parser, &rest, &left, false, &data->with_count);
            if (data->with_count == 0)
                cv_parser_fail(parser, "\"with\" in %s tag needs at least one keyword argument.", tag);
        } else if (cv_slice_is(option, "only")) {
            data->only = true;
        } else {
            cv_parser_fail(parser, "Unknown argument for %s tag: %s.", tag, cv_parser_repr(parser, option));
        }
    }
    CvSlice word = cv_template_relative(parser->arena, parser->page->name, words[1], true);
    data->name = cv_parser_expression(parser, word);
    cv_parser_link(parser, &data->link, data->name);
    mention_include(parser, data);
    parser->loop_peeks++; /* the other template may ask the loop anything */
    cv_parser_emit(parser, run_include, data, 0);
}

/* ---- partials ---- */

static const CvCode *run_partialdef(CvRender *render, const CvCode *code)
{
    if (code->extra) /* inline */
        cv_render_run(render, code + 1, code + code->next);
    return code + code->next;
}

static CV_NORETURN void fail_partial(CvSlice name)
{
    cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "Partial '%.*s' is not defined in the current template.", CV_SLICE_ARG(name));
}

typedef struct Part {
    CvRender *render;
    const CvTemplate *page;
} Part;

static void run_part(void *argument)
{
    const Part *part = argument;
    cv_render_include(part->render, part->page);
}

/* A KeyError inside it is taken for a partial that is not there, as in Django. */
static const CvCode *run_partial(CvRender *render, const CvCode *code)
{
    const CvSlice *name = code->data;
    const CvTemplate *part = cv_template_partial(render->page->base, *name);
    if (!part)
        fail_partial(*name);
    CvError *error;
    if (cv_render_try(render, run_part, &(Part){render, part}, &error))
        return code + 1;
    if (error->kind != CV_ERROR_KEY)
        cv_raise_error(error);
    fail_partial(*name);
}

static void compile_partialdef(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count == 1)
        cv_parser_fail(parser, "'partialdef' tag requires a name");
    if (count > 3)
        cv_parser_fail(parser, "'partialdef' tag takes at most 2 arguments");
    bool in_line = count == 3;
    if (in_line && !cv_slice_is(words[2], "inline"))
        cv_parser_fail(parser, "The 'inline' argument does not have any parameters; either use 'inline' or remove it "
                               "completely.");
    CvSlice name = words[1];
    const char *named = cv_arena_printf(parser->scratch, "endpartialdef %.*s", CV_SLICE_ARG(name));
    const char *const until[] = {"endpartialdef", named, NULL};
    size_t index = cv_parser_emit(parser, run_partialdef, NULL, in_line);
    parser->loop_peeks++;
    cv_parser_body(parser, until);
    CvSlice end = cv_parser_contents(parser);
    if (!cv_word_in(end, until))
        cv_parser_invalid_tag(parser, parser->current, CV_SLICE("endpartialdef"), until);
    CvTemplate *page = parser->page;
    if (cv_template_part(page, name))
        cv_parser_fail(parser, "Partial '%.*s' is already defined in the '%s' template.", CV_SLICE_ARG(name),
                       page->name ? page->name : page->file);
    *cv_vector_add(parser->arena, &page->partials) =
        (CvPartialPart){.name = name, .from = index + 1, .to = cv_parser_here(parser)};
    cv_map_set(page->partial_places, name, (void *)(uintptr_t)page->partials.count);
    cv_parser_end(parser, index);
}

static void compile_partial(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_words(parser, &words) != 2)
        cv_parser_fail(parser, "'partial' tag requires a single argument");
    CvSlice *name = cv_arena_new(parser->arena, CvSlice);
    *name = words[1];
    parser->loop_peeks++;
    cv_parser_emit(parser, run_partial, name, 0);
}

static const CvTag tags[] = {
    CV_TAG("block", compile_block,
           .doc = "A part that child templates may replace; {{ block.super }} gives what it replaces.",
           .examples =
               CV_EXAMPLES({"{% block title %}Shop{% endblock %}", "Shop"},
                           {"{% extends \"other.html\" %}{% block title %}{{ block.super }}: books{% endblock %}",
                            "<h1>Shop: books</h1>", .other = "<h1>{% block title %}Shop{% endblock %}</h1>"})),
    CV_TAG("extends", compile_extends,
           .doc = "Takes another template's page and replaces its blocks; must be the first tag.",
           .examples = CV_EXAMPLES({"{% extends \"other.html\" %}{% block title %}Books{% endblock %}",
                                    "<h1>Books</h1>", .other = "<h1>{% block title %}Shop{% endblock %}</h1>"})),
    CV_TAG("include", compile_include,
           .doc = "Renders another template here; `with name=value` adds names, `only` hides all others.",
           .examples = CV_EXAMPLES(
               {"{% include \"other.html\" with name=\"Ada\" only %}", "Hello, Ada!", .other = "Hello, {{ name }}!"})),
    CV_TAG("partialdef", compile_partialdef,
           .doc = "Names a part of this template for {% partial %} and for \"template.html#name\"; `inline` renders it "
                  "where it stands, too.",
           .examples =
               CV_EXAMPLES({"{% partialdef x %}hi {% endpartialdef %}{% partial x %}{% partial x %}", "hi hi "})),
    CV_TAG("partial", compile_partial, .doc = "Renders a part that {% partialdef %} named.",
           .examples = CV_EXAMPLES({"{% partialdef row %}<li>{{ item }}</li>{% endpartialdef %}{% for item in \"ab\" "
                                    "%}{% partial row %}{% endfor %}",
                                    "<li>a</li><li>b</li>"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_inherit = {.name = "", .tags = tags};
