/* render.c: runs a compiled template: output, bodies, captures, states, streaming, and where an error happened. */
#include "base/self.h"
#include "template/program_private.h"
#include "text/html.h"
#include "text/i18n.h"

/* ---- memory and state ---- */

typedef struct Arenas {
    CvArena *work, *keep, *captures;
} Arenas;

typedef struct Run {
    CvRender render;
    Arenas arenas;
    CvRenderFrame frame;
    const CvTemplate *page;
} Run;

static Run *run_of(CvRender *render)
{
    return (Run *)render;
}

CvArena *cv_render_keep(CvRender *render)
{
    Run *run = run_of(render);
    if (!run->arenas.keep)
        run->arenas.keep = cv_arena_create(0);
    return run->arenas.keep;
}

CvArena *cv_render_captures(CvRender *render)
{
    Run *run = run_of(render);
    if (!run->arenas.captures)
        run->arenas.captures = cv_arena_create(0);
    return run->arenas.captures;
}

void **cv_render_state(CvRender *render, uint32_t slot)
{
    const CvTemplate *base = render->page->base;
    CvRenderStates *states = render->frame->states;
    while (states && states->base != base)
        states = states->next;
    if (!states) {
        CvArena *keep = cv_render_keep(render);
        states = cv_arena_new(keep, CvRenderStates);
        states->base = base;
        states->slots = cv_arena_new_array(keep, void *, base->slots);
        states->next = render->frame->states;
        render->frame->states = states;
    }
    return &states->slots[slot];
}

static bool lives_in_value(CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_NULL:
    case CV_BOOL:
    case CV_INT:
    case CV_FLOAT:
    case CV_DATE:
    case CV_TIME:
    case CV_DATETIME:
    case CV_DURATION:
    case CV_UUID:
        return true;
    default:
        return false;
    }
}

/* The text that a tag set at a place of the context. When it is set again, as loops do at each turn, the text goes
 * where the last one was: inner scopes that may have shown it are gone, other names of its scope have copies, and what
 * may hold a part of it in a list has been counted in `stores`. */
struct CvKeptText {
    char *text;
    size_t capacity;
    uint64_t stores;
};

static const char *keep_text(CvRender *render, size_t place, CvValue value)
{
    CvContext *context = render->context;
    while (place >= context->text_capacity)
        context->texts =
            cv_vector_grow(context->arena, context->texts, &context->text_capacity, sizeof *context->texts);
    CvKeptText *kept = &context->texts[place];
    if (!kept->text || kept->capacity < value.length || kept->stores != render->stores) {
        size_t capacity = 32;
        while (capacity < value.length)
            capacity *= 2;
        kept->text = cv_arena_alloc_raw(cv_render_keep(render), capacity + 1, 1);
        kept->capacity = capacity;
        kept->stores = render->stores;
    }
    if (value.length)
        memmove(kept->text, value.text, value.length);
    kept->text[value.length] = '\0';
    return kept->text;
}

/* The value at that place lives on when the running instruction has ended. */
static void keep_value(CvRender *render, size_t place)
{
    CvValue *value = &render->context->entries[place].value;
    if (value->kind == CV_STRING)
        value->text = keep_text(render, place, *value);
    else if (!lives_in_value(*value))
        render->stores++;
}

void cv_render_set(CvRender *render, CvSlice name, CvValue value)
{
    keep_value(render, cv_context_put(render->context, name, cv_context_hash(name), value));
}

void cv_render_set_upward(CvRender *render, CvSlice name, CvValue value)
{
    CvContext *context = render->context;
    size_t place = cv_context_set_upward(context, name, value);
    if (place >= context->scopes[context->depth - 1]) {
        keep_value(render, place);
        return;
    }
    render->escapes++; /* inner scopes may show the text that was there: it stays */
    if (value.kind == CV_STRING)
        context->entries[place].value.text = cv_arena_strndup(cv_render_keep(render), value.text, value.length);
    else if (!lives_in_value(value))
        render->stores++;
}

CvKeep cv_keep_begin(const CvRender *render)
{
    CvArena *arena = ((const Run *)render)->arenas.keep;
    CvKeep keep = {.arena = arena, .escapes = render->escapes};
    if (arena)
        keep.mark = cv_arena_mark(arena);
    return keep;
}

void cv_keep_end(CvRender *render, CvKeep keep)
{
    CvContext *context = render->context;
    if (!keep.arena || keep.escapes != render->escapes)
        return;
    for (size_t i = context->count; i < context->text_capacity; i++) /* of names that are gone */
        context->texts[i] = (CvKeptText){0};
    cv_arena_rewind(keep.arena, keep.mark);
}

/* ---- output ---- */

static CV_NORETURN CV_COLD void stop_streaming(void)
{
    cv_raise(CV_ERROR_NONE, "the reader of the stream went away");
}

/* The length of `out` at which there is something to do. */
static void set_flush_at(CvRender *render)
{
    size_t limit = render->engine->options.output_limit;
    render->flush_at = render->sink ? render->sink->chunk : SIZE_MAX;
    if (limit && limit < render->flush_at)
        render->flush_at = limit;
}

void cv_render_flush(CvRender *render)
{
    size_t limit = render->engine->options.output_limit;
    CvRenderSink *sink = render->sink;
    if (limit && render->out->length - (render->held ? 0 : render->start) > limit)
        cv_raise(CV_ERROR_VALUE, "The template wrote more than %zu bytes.", limit);
    if (sink && !render->held && render->out->length >= sink->chunk) {
        bool go_on = sink->write(sink->argument, cv_buffer_slice(render->out));
        render->out->length = 0;
        sink->chunk = sink->later;
        set_flush_at(render);
        if (!go_on) {
            sink->stopped = true;
            stop_streaming();
        }
    }
}

static void escape(CvRender *render, CvSlice text)
{
    if (render->context->autoescape)
        cv_html_escape(render->out, text);
    else
        cv_buffer_append_slice(render->out, text);
}

static void write_localised(CvRender *render, CvValue value)
{
    CvContext *context = render->context;
    CvBuffer text = cv_buffer(render->arena);
    switch ((CvKind)value.kind) {
    case CV_INT:
    case CV_BIGINT:
    case CV_FLOAT:
    case CV_DECIMAL:
        cv_locale_append_number(&text, render->locale, value, -1, context->use_l10n, false);
        break;
    case CV_DATETIME:
        if (context->use_tz && !(value.flags & CV_ZONE_CHOSEN) && !cv_datetime_is_naive(value.datetime))
            value = cv_value_in_zone(value, cv_current_zone());
        if (!cv_locale_append_date(&text, render->locale, value, CV_SLICE("DATETIME_FORMAT"), context->use_l10n))
            return;
        break;
    default:
        if (!cv_locale_append_date(&text, render->locale, value,
                                   value.kind == CV_DATE ? CV_SLICE("DATE_FORMAT") : CV_SLICE("TIME_FORMAT"),
                                   context->use_l10n))
            return;
        break;
    }
    escape(render, cv_buffer_slice(&text));
}

void cv_render_value(CvRender *render, CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_STRING:
        if (CV_UNLIKELY(value.flags & CV_LAZY))
            value = cv_render_text(render, value);
        if (render->context->autoescape && !(value.flags & CV_SAFE))
            cv_html_escape(render->out, cv_value_as_slice(value));
        else
            cv_buffer_append(render->out, value.text, value.length);
        return;
    case CV_NULL:
        cv_buffer_append(render->out, "None", 4);
        return;
    case CV_BOOL:
        cv_buffer_append_string(render->out, value.boolean ? "True" : "False");
        return;
    case CV_INT:
        if (CV_LIKELY(cv_locale_is_plain(render->locale))) {
            cv_buffer_append_int(render->out, value.integer);
            return;
        }
        write_localised(render, value);
        return;
    case CV_BIGINT:
    case CV_FLOAT:
    case CV_DECIMAL:
    case CV_DATE:
    case CV_TIME:
    case CV_DATETIME:
        write_localised(render, value);
        return;
    case CV_MISSING:
        return;
    default: {
        CvValue text = cv_render_text(render, value);
        if (text.flags & CV_SAFE)
            cv_buffer_append(render->out, text.text, text.length);
        else
            escape(render, cv_value_as_slice(text));
    }
    }
}

CvValue cv_render_to_value(CvRender *render, CvValue value)
{
    if (value.kind == CV_STRING && !(value.flags & CV_LAZY) &&
        ((value.flags & CV_SAFE) || !render->context->autoescape))
        return value;
    CvBuffer out = cv_buffer(render->arena), *outer = render->out;
    render->out = &out;
    cv_render_value(render, value);
    render->out = outer;
    CvValue text = cv_value_slice(cv_slice_of(out.data ? out.data : "", out.length));
    if (render->context->autoescape)
        text.flags = CV_SAFE;
    return text;
}

/* ---- running ---- */

void cv_render_run(CvRender *render, const CvCode *from, const CvCode *to)
{
    const CvCode *outer = render->code;
    if (CV_UNLIKELY(++render->depth > CV_RENDER_DEPTH_MAX))
        cv_raise(CV_ERROR_RECURSION, "maximum recursion depth exceeded");
    cv_render_steps(render, from, to);
    render->code = outer;
    render->depth--;
}

CvSlice cv_render_capture(CvRender *render, const CvCode *from, const CvCode *to)
{
    CvArena *captures = cv_render_captures(render);
    CvArenaMark mark = cv_arena_mark(captures);
    CvBuffer out = cv_buffer(captures), *outer = render->out;
    render->out = &out;
    render->held++;
    cv_render_run(render, from, to);
    render->held--;
    render->out = outer;
    CvSlice text = cv_slice_copy(render->arena, cv_buffer_slice(&out));
    cv_arena_rewind(captures, mark);
    return text;
}

/* Two includes of one template keep states of their own. */
static CV_WRAPS uint64_t path_of(const CvRender *render)
{
    return (render->frame->path ^ (uint64_t)(uintptr_t)render->code) * UINT64_C(0x9e3779b97f4a7c15);
}

void cv_render_include(CvRender *render, const CvTemplate *page)
{
    CvRenderFrame frame = {.outer = render->frame, .path = path_of(render)};
    size_t pages = 0;
    for (const CvRenderFrame *at = &frame; at; at = at->outer)
        pages++;
    if (pages > CV_RENDER_PAGES_MAX)
        cv_raise(CV_ERROR_RECURSION, "maximum recursion depth exceeded: %d templates include each other",
                 CV_RENDER_PAGES_MAX);
    const CvTemplate *outer = render->page;
    render->frame = &frame;
    render->page = page;
    cv_render_run(render, page->code + page->from, page->code + page->to);
    render->page = outer;
    render->frame = frame.outer;
}

/* A page that prints a form has the form's templates rendered: their depths add up, so that one that prints itself
 * ends before the stack does. */
static size_t depth_below(const CvRender *outer)
{
    return outer ? outer->depth + CV_RENDER_INNER_DEPTH : 0;
}

static void run_page(void *argument)
{
    Run *run = argument;
    const CvTemplate *page = run->page;
    cv_render_run(&run->render, page->code + page->from, page->code + page->to);
}

/* The error with the place of the instruction that ran. */
static void report(Run *run, const CvError *error, CvError *out)
{
    CvRender *render = &run->render;
    const CvTemplate *base = render->page ? render->page->base : run->page->base;
    CvError placed = *error;
    if (render->code && !placed.column) {
        placed.file = NULL;
        cv_template_blame(cv_arena(), &placed, base->file, base->source, render->code->position);
    }
    cv_engine_keep_error(base->engine, out, &placed);
}

static bool execute(const CvTemplate *page, CvContext *context, CvBuffer *out, CvRenderSink *sink, CvError *error)
{
    CvEngine *engine = page->engine;
    const size_t count = context->count, depth = context->depth;
    CV_UNINITIALIZED Run run;
    CvRender *render = &run.render;
    CvSelf *self = cv_self();
    void *outer = self->render;
    const CvLocale *active = self->locale;
    const CvLocale *locale = context->locale ? context->locale : active ? active : engine->locale;
    render->context = context;
    render->arena = run.arenas.work = engine->spare ? engine->spare : cv_arena_create(0);
    render->out = out;
    render->engine = engine;
    render->page = run.page = page;
    render->locale = locale;
    render->frame = &run.frame;
    render->sink = sink;
    render->plain = cv_locale_is_plain(locale);
    render->start = out->length;
    render->code = NULL;
    render->stores = render->escapes = 0;
    render->spare = NULL;
    render->depth = depth_below(outer);
    render->held = 0;
    self->render = render;
    run.frame = (CvRenderFrame){.outer = NULL};
    run.arenas.keep = run.arenas.captures = NULL;
    context->texts = NULL;
    context->text_capacity = 0;
    set_flush_at(render);
    engine->spare = NULL;
    context->autoescape = !engine->options.no_autoescape;
    context->use_tz = !cv_locale_settings(locale)->no_tz;
    context->use_l10n = true;
    (void)cv_locale_activate(locale);
    CvError *raised;
    bool good = cv_try(run_page, &run, &raised);
    (void)cv_locale_activate(active);
    self->render = outer;
    if (!good && sink && sink->stopped)
        good = true;
    else if (!good)
        report(&run, raised, error);
    cv_context_cut(context, count, depth);
    cv_arena_destroy(run.arenas.keep);
    cv_arena_destroy(run.arenas.captures);
    context->texts = NULL;
    context->text_capacity = 0;
    if (engine->spare) {
        cv_arena_destroy(run.arenas.work);
    } else {
        cv_arena_reset(run.arenas.work);
        engine->spare = run.arenas.work;
    }
    return good;
}

bool cv_template_render(const CvTemplate *page, CvContext *context, CvBuffer *out, CvError *error)
{
    return execute(page, context, out, NULL, error);
}

bool cv_template_render_to(const CvTemplate *page, CvContext *context, CvBuffer *out, const CvTemplateSink *sink,
                           CvError *error)
{
    CvRenderSink state = {.write = sink->write, .argument = sink->argument, .chunk = sink->first, .later = sink->chunk};
    return execute(page, context, out, &state, error);
}

bool cv_template_stream(const CvTemplate *page, CvContext *context, CvTemplateWrite *write, void *argument,
                        size_t chunk, CvError *error)
{
    size_t size = chunk ? chunk : 16384;
    CvRenderSink sink = {.write = write, .argument = argument, .chunk = size, .later = size};
    CvBuffer out = cv_buffer(context->arena);
    bool good = execute(page, context, &out, &sink, error);
    if (good && out.length && !sink.stopped)
        write(argument, cv_buffer_slice(&out));
    return good;
}
