/* run_http_facts_humanize.c: the library humanize: what its filters give, before it becomes text. */
#include "run_http_facts.h"

#include "template/template.h"

static CvValue kept;

static CvValue keep(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    kept = value;
    return value;
}

static const CvFilter filters[] = {CV_FILTER("keep", keep, .doc = "Shows the test what it was given."), CV_LIBRARY_END};
static const CvLibrary keeping = {.name = "keeping", .filters = filters};

/* What NAME gives for the value and the argument (CV_MISSING: none). */
static bool humanize(CvArena *arena, const char *name, CvValue value, CvValue argument, CvValue *out, CvError *error)
{
    static CvEngine *engine;
    CvContext *context = cv_context_create(arena);
    CvBuffer text = cv_buffer(arena);

    if (!engine)
        engine = cv_engine_create(
            &(CvEngineOptions){.libraries = (const CvLibrary *const[]){&keeping, NULL}, .no_autoescape = true});
    const char *source = cv_arena_printf(arena, "{%% load humanize keeping %%}{{ value|%s%s|keep }}", name,
                                         argument.kind == CV_MISSING ? "" : ":argument");
    const CvTemplate *page = cv_engine_compile(engine, cv_slice(source), name, error);
    cv_context_set(context, "value", value);
    cv_context_set(context, "argument", argument);
    if (!page || !cv_template_render(page, context, &text, error))
        return false;
    *out = kept;
    CvSlice copy =
        cv_slice_copy(arena, cv_buffer_slice(&text)); /* what was kept may have lived in what the render used */
    if (out->kind == CV_STRING)
        *out = cv_value_slice(copy);
    else if (out->kind == CV_BIGINT)
        *out = cv_value_integer_text(arena, copy);
    return true;
}

#define CALL(name, argument)                                                                                 \
    static bool name(CvArena *arena, const CvList *args, const CvDict *kwargs, CvValue *out, CvError *error) \
    {                                                                                                        \
        (void)kwargs;                                                                                        \
        return humanize(arena, #name, facts_arg(arena, args, 0), argument, out, error);                      \
    }
CALL(apnumber, ((CvValue){.kind = CV_MISSING}))
CALL(ordinal, ((CvValue){.kind = CV_MISSING}))
CALL(intword, ((CvValue){.kind = CV_MISSING}))
CALL(intcomma, facts_kwarg(arena, kwargs, "use_l10n"))

static bool naturaltime(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvValue got = cv_value_null();
    CvError error;

    if (!humanize(arena, "naturaltime", records_decode(arena, record_get(record, "value")),
                  (CvValue){.kind = CV_MISSING}, &got, &error))
        return facts_outcome(why, record, false, &error);
    return same_value(arena, why, "result", record_get(record, "result"), got);
}

static bool naturalday(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvValue value = records_decode(arena, record_get(record, "value")), plain, formatted;
    CvError error;

    if (!humanize(arena, "naturalday", value, (CvValue){.kind = CV_MISSING}, &plain, &error) ||
        !humanize(arena, "naturalday", value, cv_value_string("D d M Y"), &formatted, &error))
        return facts_outcome(why, record, false, &error);
    return same_value(arena, why, "naturalday", record_get(record, "naturalday"), plain) &&
           same_value(arena, why, "naturalday_fmt", record_get(record, "naturalday_fmt"), formatted);
}

static const FactCheck checks[] = {{"naturaltime", naturaltime}, {"naturalday", naturalday}, {NULL, NULL}};
static const FactFunction functions[] = {
    {"apnumber", apnumber}, {"ordinal", ordinal}, {"intword", intword}, {"intcomma", intcomma}, {NULL, NULL}};

__attribute__((constructor)) static void add(void)
{
    facts_add(checks, functions);
}
