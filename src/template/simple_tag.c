/* simple_tag.c: simple, block and inclusion tags: Python's rules for arguments, checked when compiled. */
#include "template/tags_private.h"
#include "text/html.h"

#define PARAMETERS_MAX 32

typedef struct Parameter {
    CvSlice name;
    const CvExpression *value; /* what the call gives, or the default, or NULL */
    bool given, has_default;
} Parameter;

typedef struct Call {
    const CvTag *tag;
    Parameter parameters[PARAMETERS_MAX];
    size_t count;
    const CvExpression **more;
    size_t more_count, more_capacity;
    CvAssignment *named;
    size_t named_count, named_capacity;
    bool takes_more, takes_named;
    CvSlice name; /* `as name` */
    CvLink link;  /* of an inclusion tag */
} Call;

/* ---- compiling ---- */

static void read_parameters(CvParser *parser, Call *call)
{
    CvWords words = {0};
    cv_template_smart_split(parser->arena, cv_slice(call->tag->parameters), &words);
    for (size_t i = 0; i < words.count; i++) {
        CvSlice word = words.items[i];
        if (cv_slice_starts_with(word, CV_SLICE("**"))) {
            call->takes_named = true;
        } else if (cv_slice_starts_with(word, CV_SLICE("*"))) {
            call->takes_more = true;
        } else if (call->count < PARAMETERS_MAX) {
            Parameter *parameter = &call->parameters[call->count++];
            ptrdiff_t equals = cv_slice_find_byte(word, '=');
            parameter->name = equals < 0 ? word : cv_slice_range(word, 0, (size_t)equals);
            parameter->has_default = equals >= 0;
            if (equals >= 0)
                parameter->value = cv_parser_expression(parser, cv_slice_skip(word, (size_t)equals + 1));
        }
    }
}

static void take_named(CvParser *parser, Call *call, const CvAssignment *pair)
{
    for (size_t i = 0; i < call->count; i++) {
        Parameter *parameter = &call->parameters[i];
        if (!cv_slice_equal(parameter->name, pair->name))
            continue;
        if (parameter->given)
            cv_parser_fail(parser, "'%s' received multiple values for keyword argument '%.*s'", call->tag->name,
                           CV_SLICE_ARG(pair->name));
        parameter->value = pair->value;
        parameter->given = true;
        return;
    }
    if (!call->takes_named)
        cv_parser_fail(parser, "'%s' received unexpected keyword argument '%.*s'", call->tag->name,
                       CV_SLICE_ARG(pair->name));
    for (size_t i = 0; i < call->named_count; i++)
        if (cv_slice_equal(call->named[i].name, pair->name))
            cv_parser_fail(parser, "'%s' received multiple values for keyword argument '%.*s'", call->tag->name,
                           CV_SLICE_ARG(pair->name));
    if (call->named_count == call->named_capacity)
        call->named = cv_vector_grow(parser->arena, call->named, &call->named_capacity, sizeof *call->named);
    call->named[call->named_count++] = *pair;
}

static void take_positional(CvParser *parser, Call *call, size_t *position, CvSlice word)
{
    const CvExpression *value = cv_parser_expression(parser, word);
    if (*position < call->count) {
        call->parameters[*position].value = value;
        call->parameters[*position].given = true;
        ++*position;
        return;
    }
    if (!call->takes_more)
        cv_parser_fail(parser, "'%s' received too many positional arguments", call->tag->name);
    if (call->more_count == call->more_capacity)
        call->more = cv_vector_grow(parser->arena, call->more, &call->more_capacity, sizeof *call->more);
    call->more[call->more_count++] = value;
}

static void check_given(CvParser *parser, const Call *call)
{
    CvBuffer missing = cv_buffer(parser->scratch);
    for (size_t i = 0; i < call->count; i++)
        if (!call->parameters[i].given && !call->parameters[i].has_default)
            cv_buffer_printf(&missing, "%s'%.*s'", missing.length ? ", " : "", CV_SLICE_ARG(call->parameters[i].name));
    if (missing.length)
        cv_parser_fail(parser, "'%s' did not receive value(s) for the argument(s): %s", call->tag->name,
                       cv_buffer_string(&missing));
}

static void read_arguments(CvParser *parser, Call *call, const CvSlice *words, size_t count)
{
    bool keyword = false;
    size_t position = 0;
    for (size_t i = 0; i < count; i++) {
        const CvSlice *at = words + i;
        size_t one = 1, pairs;
        const CvAssignment *pair = cv_parser_assignments(parser, &at, &one, false, &pairs);
        if (pairs) {
            take_named(parser, call, pair);
            keyword = true;
        } else if (keyword) {
            cv_parser_fail(parser, "'%s' received some positional argument(s) after some keyword argument(s)",
                           call->tag->name);
        } else {
            take_positional(parser, call, &position, words[i]);
        }
    }
    check_given(parser, call);
}

/* ---- rendering ---- */

static void collect(CvRender *render, const Call *call, CvTagArguments *arguments)
{
    CvValue *values = cv_arena_new_array(render->arena, CvValue, call->count);
    for (size_t i = 0; i < call->count; i++)
        values[i] = call->parameters[i].value ? cv_expression_value(render, call->parameters[i].value, false)
                                              : (CvValue){.kind = CV_MISSING};
    CvValue *more = cv_arena_new_array(render->arena, CvValue, call->more_count);
    for (size_t i = 0; i < call->more_count; i++)
        more[i] = cv_expression_value(render, call->more[i], false);
    if (call->takes_named) {
        CvDict *named = cv_dict_create(render->arena);
        for (size_t i = 0; i < call->named_count; i++)
            cv_dict_set(named, cv_value_slice(call->named[i].name),
                        cv_expression_value(render, call->named[i].value, false));
        arguments->named = named;
    }
    arguments->values = values;
    arguments->more = more;
    arguments->more_count = call->more_count;
}

static void write_result(CvRender *render, const Call *call, CvValue value)
{
    if (call->name.data) {
        cv_render_set(render, call->name, value);
        return;
    }
    CvValue text = cv_render_text(render, value); /* not localised: Django's simple tags are not */
    if (render->context->autoescape && !(text.flags & CV_SAFE))
        cv_html_escape(render->out, cv_value_as_slice(text));
    else
        cv_buffer_append(render->out, text.text, text.length);
}

static const CvCode *run_simple(CvRender *render, const CvCode *code)
{
    const Call *call = code->data;
    CvWork work = cv_work_begin(render);
    CvTagArguments arguments = {0};
    collect(render, call, &arguments);
    write_result(render, call, call->tag->simple(render, &arguments));
    cv_work_end(render, work);
    return code + 1;
}

static const CvCode *run_block_tag(CvRender *render, const CvCode *code)
{
    const Call *call = code->data;
    CvWork work = cv_work_begin(render);
    CvTagArguments arguments = {0};
    collect(render, call, &arguments);
    if (call->count + call->more_count + call->named_count) /* they may show a text that the body sets again */
        render->stores++;
    arguments.content = cv_render_capture(render, code + 1, code + code->next);
    write_result(render, call, call->tag->block(render, &arguments));
    cv_work_end(render, work);
    return code + code->next;
}

static const CvCode *run_inclusion(CvRender *render, const CvCode *code)
{
    const Call *call = code->data;
    CvContext *outer = render->context;
    CvTagArguments arguments = {0};
    CvWork work = cv_work_begin(render);
    CvKeep keep = cv_keep_begin(render);
    collect(render, call, &arguments);
    CvContext isolated, *inner = &isolated;
    CvValue token;
    cv_context_isolate(outer, cv_render_keep(render), inner);
    cv_context_push(inner);
    call->tag->inclusion(render, &arguments, inner);
    if (cv_context_get(outer, CV_SLICE("csrf_token"), &token) && token.kind != CV_NULL)
        cv_context_set(inner, "csrf_token", token);
    const CvTemplate *page =
        call->link.page ? call->link.page : cv_engine_find(render->engine, call->link.name, NULL, 0);
    render->context = inner;
    cv_render_include(render, page);
    render->context = outer;
    cv_keep_end(render, keep);
    cv_work_end(render, work);
    return code + 1;
}

void cv_parser_simple_tag(CvParser *parser, const CvTag *tag)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words) - 1;
    Call *call = cv_arena_new(parser->arena, Call);
    call->tag = tag;
    if (!tag->inclusion)
        call->name = cv_words_take_as(words + 1, &count);
    read_parameters(parser, call);
    if (tag->block) {
        const char *end = tag->end ? tag->end : cv_arena_printf(parser->arena, "end%s", tag->name);
        cv_parser_simple_body(parser, run_block_tag, call, end);
        read_arguments(parser, call, words + 1, count);
    } else {
        read_arguments(parser, call, words + 1, count);
        cv_parser_emit(parser, tag->simple ? run_simple : run_inclusion, call, 0);
    }
    if (tag->inclusion) {
        call->link.name = cv_slice(tag->file);
        cv_vector_push(parser->arena, &parser->page->links, &call->link);
        cv_parser_mention(parser, CV_MENTION_INCLUDE, cv_slice(tag->file))->only = true;
        cv_parser_read(parser, CV_SLICE("csrf_token")); /* it is handed on */
    }
    if (call->name.data) {
        parser->loop_peeks++; /* the value may be an item of the loop and outlive its turn */
        cv_parser_bind(parser, call->name);
    }
}
