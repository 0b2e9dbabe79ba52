/* tag_l10n.c: the libraries l10n and tz: localize, unlocalize, localtime, timezone. */
#include "template/locale_private.h"
#include "template/tags_private.h"

/* ---- l10n ---- */

static CvValue localized(CvRender *render, CvValue value, bool on)
{
    CvBuffer text = cv_buffer(render->arena);
    switch ((CvKind)value.kind) {
    case CV_STRING:
        return cv_render_text(render, value);
    case CV_INT:
    case CV_BIGINT:
    case CV_FLOAT:
    case CV_DECIMAL:
        cv_locale_append_number(&text, render->locale, value, -1, on, false);
        break;
    case CV_DATETIME:
        if (!cv_locale_append_date(&text, render->locale, value, CV_SLICE("DATETIME_FORMAT"), on))
            text.length = 0;
        break;
    case CV_DATE:
        if (!cv_locale_append_date(&text, render->locale, value, CV_SLICE("DATE_FORMAT"), on))
            text.length = 0;
        break;
    case CV_TIME:
        if (!cv_locale_append_date(&text, render->locale, value, CV_SLICE("TIME_FORMAT"), on))
            text.length = 0;
        break;
    default:
        return cv_render_text(render, value);
    }
    return cv_value_slice(cv_slice_of(text.data ? text.data : "", text.length));
}

static CvValue filter_localize(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return localized(render, value, true);
}

static CvValue filter_unlocalize(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    return localized(render, value, false);
}

static const CvCode *run_localize(CvRender *render, const CvCode *code)
{
    bool outer = render->context->use_l10n;
    render->context->use_l10n = code->data != NULL;
    cv_render_run(render, code + 1, code + code->next);
    render->context->use_l10n = outer;
    return code + code->next;
}

static const CvCode *run_localtime(CvRender *render, const CvCode *code)
{
    bool outer = render->context->use_tz;
    render->context->use_tz = code->data != NULL;
    cv_render_run(render, code + 1, code + code->next);
    render->context->use_tz = outer;
    return code + code->next;
}

/* {% tag on|off %}body{% endtag %} */
static void compile_switch(CvParser *parser, CvRunCode *run, const char *end)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    bool on = count == 1 || cv_slice_is(words[1], "on");
    if (count > 2 || (!on && !cv_slice_is(words[1], "off")))
        cv_parser_fail(parser, "%s argument should be 'on' or 'off'", cv_parser_repr(parser, words[0]));
    cv_parser_simple_body(parser, run, on ? "" : NULL, end);
}

static void compile_localize(CvParser *parser)
{
    compile_switch(parser, run_localize, "endlocalize");
}

static void compile_localtime(CvParser *parser)
{
    compile_switch(parser, run_localtime, "endlocaltime");
}

static const CvTag l10n_tags[] = {
    CV_TAG("localize", compile_localize, .doc = "Localised numbers and dates on or off for its body.",
           .examples =
               CV_EXAMPLES({"{% localize off %}{{ number }}{% endlocalize %}", "1.5", .context = "{\"number\": 1.5}"})),
    CV_LIBRARY_END,
};
static const CvFilter l10n_filters[] = {
    CV_FILTER("localize", filter_localize, .doc = "The value as the locale writes it.",
              .examples = CV_EXAMPLES({"{{ 1.5|localize }}", "1.5"})),
    CV_FILTER("unlocalize", filter_unlocalize, .doc = "The value as no locale changes it.",
              .examples = CV_EXAMPLES({"{{ 1000|unlocalize }}", "1000"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_l10n = {
    .name = "l10n", .tags = l10n_tags, .filters = l10n_filters, .doc = "Localised numbers and dates."};

/* ---- tz ---- */

/* The date-time in a zone; printing does not convert it again. */
static CvValue in_zone(CvValue value, const CvZone *zone)
{
    if (value.kind != CV_DATETIME || !zone)
        return cv_value_slice(CV_SLICE(""));
    if (cv_datetime_is_naive(value.datetime)) {
        CvClock clock = cv_datetime_clock(value.datetime, NULL);
        value.datetime = cv_datetime_in(clock.date, clock.time, cv_default_zone(), false);
    }
    value = cv_value_in_zone(value, zone);
    value.flags |= CV_ZONE_CHOSEN;
    return value;
}

static CvValue filter_localtime(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    return in_zone(value, cv_current_zone());
}

static CvValue filter_utc(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    return in_zone(value, cv_zone_utc);
}

/* A name, or a date-time's zone. */
static const CvZone *zone_of(CvRender *render, CvValue value)
{
    if (value.kind != CV_STRING)
        return NULL;
    return cv_zone(cv_slice_string(render->arena, cv_value_as_slice(value)));
}

static CvValue filter_timezone(CvRender *render, CvValue value, CvValue argument)
{
    return in_zone(value, zone_of(render, argument));
}

typedef struct Name {
    CvSlice name;
} Name;

static const CvCode *run_timezone(CvRender *render, const CvCode *code)
{
    CvValue value = cv_expression_value(render, code->data, false);
    const CvZone *zone = value.kind == CV_NULL ? NULL : zone_of(render, value), *outer = cv_current_zone();
    if (value.kind != CV_NULL && value.kind != CV_STRING)
        cv_raise(CV_ERROR_VALUE, "Invalid timezone: %.*s", CV_SLICE_ARG(cv_value_repr(render->arena, value)));
    if (value.kind == CV_STRING && !zone)
        cv_raise(CV_ERROR_KEY, "'No time zone found with key %.*s'", CV_SLICE_ARG(cv_value_as_slice(value)));
    cv_activate_zone(zone);
    cv_render_run(render, code + 1, code + code->next);
    cv_activate_zone(outer);
    return code + code->next;
}

static const CvCode *run_current(CvRender *render, const CvCode *code)
{
    const Name *data = code->data;
    const CvZone *zone = cv_current_zone();
    cv_render_set(render, data->name, cv_value_string(cv_zone_name(zone)));
    return code + 1;
}

static void compile_timezone(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_words(parser, &words) != 2)
        cv_parser_fail(parser, "'%.*s' takes one argument (timezone)", CV_SLICE_ARG(words[0]));
    cv_parser_simple_body(parser, run_timezone, cv_parser_expression(parser, words[1]), "endtimezone");
}

static void compile_current(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    if (count != 3 || !cv_slice_is(words[1], "as")) {
        CvList *list = cv_list_create(parser->scratch);
        for (size_t i = 0; i < count; i++)
            cv_list_add(parser->scratch, list, cv_value_slice(words[i]));
        cv_parser_fail(parser, "'get_current_timezone' requires 'as variable' (got %.*s)",
                       CV_SLICE_ARG(cv_value_repr(parser->scratch, cv_value_list(list))));
    }
    Name *data = cv_arena_new(parser->arena, Name);
    data->name = words[2];
    cv_parser_emit(parser, run_current, data, 0);
    cv_parser_bind(parser, data->name);
}

static const CvTag tz_tags[] = {
    CV_TAG("localtime", compile_localtime, .doc = "Date-times in the current zone, on or off for its body.",
           .examples =
               CV_EXAMPLES({"{% timezone \"Europe/Paris\" %}{{ when|date:\"H:i\" }} {% localtime off %}{{ "
                            "when|date:\"H:i\" }}{% endlocaltime %}{% endtimezone %}",
                            "13:00 12:00", .context = "{\"when\": {\"$datetime\": \"2007-03-02T12:00:00Z\"}}"})),
    CV_TAG("timezone", compile_timezone, .doc = "Another current zone for its body; None is the default one.",
           .examples = CV_EXAMPLES({"{% timezone \"Europe/Paris\" %}{{ when|date:\"H:i\" }}{% endtimezone %}", "13:00",
                                    .context = "{\"when\": {\"$datetime\": \"2007-03-02T12:00:00Z\"}}"})),
    CV_TAG("get_current_timezone", compile_current, .doc = "Sets a name to the current zone's name.",
           .examples = CV_EXAMPLES({"{% get_current_timezone as zone %}{{ zone }}", "UTC"})),
    CV_LIBRARY_END,
};
static const CvFilter tz_filters[] = {
    CV_FILTER("localtime", filter_localtime, .doc = "The date-time in the current zone.",
              .examples =
                  CV_EXAMPLES({"{% timezone \"Europe/Paris\" %}{{ when|localtime|date:\"H:i\" }}{% endtimezone %}",
                               "13:00", .context = "{\"when\": {\"$datetime\": \"2007-03-02T12:00:00Z\"}}"})),
    CV_FILTER("utc", filter_utc, .doc = "The date-time in UTC.",
              .examples = CV_EXAMPLES({"{% timezone \"Europe/Paris\" %}{{ when|utc|date:\"H:i\" }}{% endtimezone %}",
                                       "12:00", .context = "{\"when\": {\"$datetime\": \"2007-03-02T12:00:00Z\"}}"})),
    CV_FILTER("timezone", filter_timezone, .flags = CV_FILTER_NEEDS_ARGUMENT,
              .doc = "The date-time in a zone: {{ when|timezone:\"Europe/Paris\" }}.",
              .examples = CV_EXAMPLES({"{{ when|timezone:\"Europe/Paris\"|date:\"H:i\" }}", "13:00",
                                       .context = "{\"when\": {\"$datetime\": \"2007-03-02T12:00:00Z\"}}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_tz = {.name = "tz", .tags = tz_tags, .filters = tz_filters, .doc = "Time zones."};
