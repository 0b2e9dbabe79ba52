/* tag_flow.c: tags around a body or about names: with, autoescape, filter, spaceless, comment, verbatim, ifchanged,
 * cycle, resetcycle. */
#include "template/tags_private.h"
#include "text/html.h"
#include "text/utf8.h"

size_t cv_parser_simple_body(CvParser *parser, CvRunCode *run, const void *data, const char *end)
{
    const char *const until[] = {end, NULL};
    size_t index = cv_parser_emit(parser, run, data, 0);
    cv_parser_body(parser, until);
    cv_parser_end(parser, index);
    return index;
}

/* ---- with ---- */

typedef struct With {
    const CvAssignment *names;
    size_t count;
} With;

static const CvCode *run_with(CvRender *render, const CvCode *code)
{
    const With *data = code->data;
    CvValue *values = cv_arena_new_array(render->arena, CvValue, data->count);
    for (size_t i = 0; i < data->count; i++)
        values[i] = cv_expression_value(render, data->names[i].value, false);
    cv_context_push(render->context);
    for (size_t i = 0; i < data->count; i++)
        cv_context_put(render->context, data->names[i].name, data->names[i].hash, values[i]);
    cv_render_run(render, code + 1, code + code->next);
    cv_context_pop(render->context);
    return code + code->next;
}

static void compile_with(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    const char *tag = cv_parser_repr(parser, words[0]);
    With *data = cv_arena_new(parser->arena, With);
    const CvSlice *rest = words + 1;
    size_t left = count - 1;
    data->names = cv_parser_assignments(parser, &rest, &left, true, &data->count);
    if (data->count == 0)
        cv_parser_fail(parser, "%s expected at least one variable assignment", tag);
    if (left)
        cv_parser_fail(parser, "%s received an invalid token: %s", tag, cv_parser_repr(parser, rest[0]));
    cv_parser_scope_begin(parser);
    for (size_t i = 0; i < data->count; i++)
        cv_parser_bind(parser, data->names[i].name);
    cv_parser_simple_body(parser, run_with, data, "endwith");
    cv_parser_scope_end(parser);
}

/* ---- autoescape ---- */

static const CvCode *run_autoescape(CvRender *render, const CvCode *code)
{
    bool outer = render->context->autoescape;
    render->context->autoescape = code->data != NULL;
    cv_render_run(render, code + 1, code + code->next);
    render->context->autoescape = outer;
    return code + code->next;
}

static void compile_autoescape(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_plain_words(parser, &words) != 2)
        cv_parser_fail(parser, "'autoescape' tag requires exactly one argument.");
    bool on = cv_slice_is(words[1], "on");
    if (!on && !cv_slice_is(words[1], "off"))
        cv_parser_fail(parser, "'autoescape' argument should be 'on' or 'off'");
    cv_parser_simple_body(parser, run_autoescape, on ? "" : NULL, "endautoescape");
}

/* ---- filter, spaceless ---- */

static const CvCode *run_filter(CvRender *render, const CvCode *code)
{
    CvWork work = cv_work_begin(render);
    CvSlice body = cv_render_capture(render, code + 1, code + code->next);
    cv_context_push(render->context);
    cv_context_set_slice(render->context, CV_SLICE("var"), cv_value_safe(body));
    CvValue text = cv_expression_value(render, code->data, false);
    cv_context_pop(render->context);
    if (text.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "expected str instance, %s found", cv_value_kind_name(text));
    text = cv_render_text(render, text);
    cv_buffer_append(render->out, text.text, text.length);
    cv_work_end(render, work);
    return code + code->next;
}

static void compile_filter(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    CvSlice contents = cv_parser_contents(parser);
    if (count < 2)
        cv_parser_fail(parser, "not enough values to unpack (expected 2, got 1)");
    CvSlice rest = cv_slice_skip(contents, (size_t)(words[1].data - contents.data));
    const char *text = cv_arena_printf(parser->arena, "var|%.*s", CV_SLICE_ARG(rest));
    cv_parser_scope_begin(parser);
    cv_parser_bind(parser, CV_SLICE("var"));
    const CvExpression *expression = cv_parser_expression(parser, cv_slice(text));
    cv_parser_scope_end(parser);
    for (size_t i = 0; i < expression->filter_count; i++) {
        const char *name = expression->filters[i].filter->name;
        if (strcmp(name, "escape") == 0 || strcmp(name, "safe") == 0)
            cv_parser_fail(parser, "\"filter %s\" is not permitted. Use the \"autoescape\" tag instead.", name);
    }
    cv_parser_simple_body(parser, run_filter, expression, "endfilter");
}

static const CvCode *run_spaceless(CvRender *render, const CvCode *code)
{
    CvWork work = cv_work_begin(render);
    CvSlice body = cv_utf8_strip(cv_render_capture(render, code + 1, code + code->next));
    cv_buffer_append_slice(render->out, cv_html_strip_spaces(render->arena, body));
    cv_work_end(render, work);
    return code + code->next;
}

static void compile_spaceless(CvParser *parser)
{
    cv_parser_simple_body(parser, run_spaceless, NULL, "endspaceless");
}

/* ---- comment, verbatim ---- */

static const CvCode *run_body(CvRender *render, const CvCode *code)
{
    cv_render_run(render, code + 1, code + code->next);
    return code + code->next;
}

static void compile_comment(CvParser *parser)
{
    cv_parser_skip(parser, "endcomment");
}

static void compile_verbatim(CvParser *parser)
{
    cv_parser_simple_body(parser, run_body, NULL, "endverbatim");
}

/* ---- ifchanged ---- */

typedef struct IfChanged {
    const CvExpression **values; /* none: the body's output is compared */
    size_t count;
    uint32_t else_from; /* 0: there is none */
    uint32_t body_end;
    uint32_t slot;
} IfChanged;

static CvLoopState *new_state(CvRender *render, const IfChanged *data, bool of_loop)
{
    for (CvLoopState **at = &render->spare; of_loop && *at; at = &(*at)->next)
        if ((*at)->owner == data) {
            CvLoopState *state = *at;
            *at = state->next;
            return state;
        }
    CvArena *keep = cv_render_keep(render);
    CvLoopState *state = cv_arena_new(keep, CvLoopState);
    state->owner = data;
    state->of_loop = of_loop;
    state->count = data->count ? data->count : 1;
    state->seen = cv_arena_new_array(keep, CvSeen, state->count);
    render->escapes += of_loop; /* the loop may be outside of what is included */
    return state;
}

/* What was seen last: kept by the innermost loop, so that it starts anew with each, or by the template's render. */
static CvLoopState *last_seen(CvRender *render, const IfChanged *data)
{
    CvValue value;
    bool of_loop = cv_context_get(render->context, CV_SLICE("forloop"), &value) && value.kind == CV_OBJECT &&
                   cv_type_of(value.object) == &cv_forloop_type;
    CvLoopState **list =
        of_loop ? &((CvForLoop *)value.object)->states : (CvLoopState **)cv_render_state(render, data->slot);
    for (CvLoopState *state = *list; state; state = state->next)
        if (state->owner == data && state->path == render->frame->path)
            return state;
    CvLoopState *state = new_state(render, data, of_loop);
    state->path = render->frame->path;
    /* a list of values differs from nothing at all, rendered text from None */
    state->seen[0].value = (CvValue){.kind = data->count ? CV_MISSING : CV_NULL};
    state->next = *list;
    *list = state;
    return state;
}

static bool is_changed(const CvLoopState *state, const CvValue *values)
{
    if (state->seen[0].value.kind == CV_MISSING)
        return true;
    for (size_t i = 0; i < state->count; i++)
        if (!cv_value_equal(state->seen[i].value, values[i]))
            return true;
    return false;
}

static const char *remember_text(CvRender *render, const CvLoopState *state, CvSeen *seen, CvValue value)
{
    if (!seen->text || seen->capacity < value.length) {
        size_t capacity = 32;
        while (capacity < value.length)
            capacity *= 2;
        seen->text = cv_arena_alloc_raw(cv_render_keep(render), capacity, 1);
        seen->capacity = capacity;
        render->escapes += state->of_loop;
    }
    if (value.length)
        memcpy(seen->text, value.text, value.length);
    return seen->text;
}

static void remember(CvRender *render, CvLoopState *state, const CvValue *values)
{
    for (size_t i = 0; i < state->count; i++) {
        CvValue value = values[i];
        if (value.kind == CV_STRING)
            value.text = remember_text(render, state, &state->seen[i], value);
        else if (value.kind >= CV_STRING || value.kind == CV_BIGINT || value.kind == CV_DECIMAL)
            render->stores++;
        state->seen[i].value = value;
    }
}

static const CvCode *run_ifchanged(CvRender *render, const CvCode *code)
{
    const IfChanged *data = code->data;
    CvWork work = cv_work_begin(render);
    CvLoopState *state = last_seen(render, data);
    if (data->count == 0) {
        CvSlice body = cv_render_capture(render, code + 1, code + data->body_end);
        CvValue value = cv_value_safe(body);
        if (is_changed(state, &value)) {
            remember(render, state, &value);
            cv_buffer_append_slice(render->out, body);
        } else if (data->else_from) {
            cv_render_run(render, code + data->else_from, code + code->next);
        }
    } else {
        CvValue *values = cv_arena_new_array(render->arena, CvValue, data->count);
        for (size_t i = 0; i < data->count; i++)
            values[i] = cv_expression_value(render, data->values[i], true);
        if (is_changed(state, values)) {
            remember(render, state, values);
            cv_render_run(render, code + 1, code + data->body_end);
        } else if (data->else_from) {
            cv_render_run(render, code + data->else_from, code + code->next);
        }
    }
    cv_work_end(render, work);
    return code + code->next;
}

static void compile_ifchanged(CvParser *parser)
{
    static const char *const with_else[] = {"else", "endifchanged", NULL};
    static const char *const only_end[] = {"endifchanged", NULL};
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    IfChanged *data = cv_arena_new(parser->arena, IfChanged);
    data->slot = cv_parser_slot(parser);
    parser->loop_peeks += count > 1; /* values of one turn are kept for the next */
    size_t index = cv_parser_emit(parser, run_ifchanged, data, 0);
    cv_parser_body(parser, with_else);
    data->body_end = (uint32_t)(cv_parser_here(parser) - index);
    if (cv_slice_is(cv_parser_contents(parser), "else")) {
        data->else_from = data->body_end;
        cv_parser_body(parser, only_end);
    }
    data->count = count - 1;
    data->values = cv_arena_new_array(parser->arena, const CvExpression *, data->count);
    for (size_t i = 0; i < data->count; i++)
        data->values[i] = cv_parser_expression(parser, words[i + 1]);
    cv_parser_end(parser, index);
}

/* ---- cycle ---- */

typedef struct Cycle {
    const CvExpression **values;
    size_t count;
    CvSlice name; /* set to the value; no data: none */
    bool silent;
    uint32_t slot;
} Cycle;

static const CvCode *run_cycle(CvRender *render, const CvCode *code)
{
    const Cycle *data = code->data;
    uintptr_t *turn = (uintptr_t *)cv_render_state(render, data->slot);
    CvWork work = cv_work_begin(render);
    size_t at = *turn % data->count;
    CvValue value = cv_expression_value(render, data->values[at], false);
    *turn = (at + 1) % data->count;
    if (data->name.data) {
        CvValue literal; /* lives with the template */
        if (cv_expression_literal(data->values[at], &literal))
            cv_context_set_upward(render->context, data->name, value);
        else
            cv_render_set_upward(render, data->name, value);
    }
    if (!data->silent)
        cv_render_value(render, value);
    cv_work_end(render, work);
    return code + 1;
}

static const CvCode *run_resetcycle(CvRender *render, const CvCode *code)
{
    *cv_render_state(render, ((const Cycle *)code->data)->slot) = NULL;
    return code + 1;
}

static const Cycle *named_cycle(CvParser *parser, CvSlice name)
{
    for (size_t i = parser->cycles.count; i-- > 0;)
        if (cv_slice_equal(parser->cycles.items[i].name, name))
            return parser->cycles.items[i].data;
    return NULL;
}

static void compile_cycle(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count < 2)
        cv_parser_fail(parser, "'cycle' tag requires at least two arguments");
    if (count == 2) {
        if (parser->cycles.count == 0)
            cv_parser_fail(parser, "No named cycles in template. '%.*s' is not defined", CV_SLICE_ARG(words[1]));
        const Cycle *known = named_cycle(parser, words[1]);
        if (!known)
            cv_parser_fail(parser, "Named cycle '%.*s' does not exist", CV_SLICE_ARG(words[1]));
        cv_parser_emit(parser, run_cycle, known, 0);
        return;
    }
    Cycle *data = cv_arena_new(parser->arena, Cycle);
    data->slot = cv_parser_slot(parser);
    if (count > 4 && cv_slice_is(words[count - 3], "as")) {
        if (!cv_slice_is(words[count - 1], "silent"))
            cv_parser_fail(parser, "Only 'silent' flag is allowed after cycle's name, not '%.*s'.",
                           CV_SLICE_ARG(words[count - 1]));
        data->silent = true;
        data->name = words[count - 2];
        count -= 3;
    } else if (count > 4 && cv_slice_is(words[count - 2], "as")) {
        data->name = words[count - 1];
        count -= 2;
    }
    data->count = count - 1;
    data->values = cv_arena_new_array(parser->arena, const CvExpression *, data->count);
    for (size_t i = 0; i < data->count; i++)
        data->values[i] = cv_parser_expression(parser, words[i + 1]);
    if (data->name.data) {
        parser->loop_peeks++; /* the value may be an item of the loop and outlive its turn */
        *cv_vector_add(parser->scratch, &parser->cycles) = (CvNamedCycle){.name = data->name, .data = data};
        cv_parser_bind(parser, data->name);
    }
    parser->last_cycle = data;
    cv_parser_emit(parser, run_cycle, data, 0);
}

static void compile_resetcycle(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count > 2)
        cv_parser_fail(parser, "%s tag accepts at most one argument.", cv_parser_repr(parser, words[0]));
    const Cycle *data = count == 2 ? named_cycle(parser, words[1]) : parser->last_cycle;
    if (!data && count == 2)
        cv_parser_fail(parser, "Named cycle '%.*s' does not exist.", CV_SLICE_ARG(words[1]));
    if (!data)
        cv_parser_fail(parser, "No cycles in template.");
    cv_parser_emit(parser, run_resetcycle, data, 0);
}

static const CvTag tags[] = {
    CV_TAG("with", compile_with, .doc = "Names values for its body.",
           .examples = CV_EXAMPLES({"{% with a=1 b=2 %}{{ a }}{{ b }}{% endwith %}", "12"})),
    CV_TAG("autoescape", compile_autoescape, .doc = "Switches escaping on or off for its body.",
           .examples = CV_EXAMPLES({"{% autoescape off %}{{ \"<\" }}{% endautoescape %}", "<"})),
    CV_TAG("filter", compile_filter, .doc = "Filters what its body renders.",
           .examples = CV_EXAMPLES({"{% filter upper %}a{% endfilter %}", "A"})),
    CV_TAG("spaceless", compile_spaceless, .doc = "Drops white space between tags of HTML.",
           .examples = CV_EXAMPLES({"{% spaceless %}<p> <b>x</b> </p>{% endspaceless %}", "<p><b>x</b></p>"})),
    CV_TAG("comment", compile_comment, .doc = "Leaves out everything up to {% endcomment %}.",
           .examples = CV_EXAMPLES({"a{% comment %}not yet {{ done }}{% endcomment %}b", "ab"})),
    CV_TAG("verbatim", compile_verbatim, .doc = "Its body is text, whatever it looks like.",
           .examples = CV_EXAMPLES({"{% verbatim %}{{ name }}{% endverbatim %}", "{{ name }}"})),
    CV_TAG("ifchanged", compile_ifchanged,
           .doc =
               "Inside a loop: renders its body if the values, or what the body renders, differ from the last turn's.",
           .examples =
               CV_EXAMPLES({"{% for c in \"aab\" %}{% ifchanged c %}{{ c }}{% endifchanged %}{% endfor %}", "ab"})),
    CV_TAG("cycle", compile_cycle, .doc = "The next of its values each time it is met.",
           .examples =
               CV_EXAMPLES({"{% for c in \"abc\" %}{% cycle 1 2 %}{% endfor %}", "121"},
                           {"{% for c in \"abc\" %}{% cycle \"odd\" \"even\" as row silent %}{{ row }} {% endfor %}",
                            "odd even odd "})),
    CV_TAG("resetcycle", compile_resetcycle, .doc = "Starts a cycle anew, the last one or the one of that name.",
           .examples = CV_EXAMPLES(
               {"{% for c in \"abcd\" %}{% cycle 1 2 3 %}{% if c == \"b\" %}{% resetcycle %}{% endif %}{% endfor %}",
                "1212"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_flow = {.name = "", .tags = tags};
