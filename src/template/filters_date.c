/* filters_date.c: date, time, timesince, timeuntil. */
#include "base/self.h"
#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/date.h"

static CvValue text_of(const CvBuffer *text)
{
    return cv_value_slice(cv_slice_of(text->data ? text->data : "", text->length));
}

static bool is_empty(CvValue value)
{
    return value.kind == CV_NULL || (value.kind == CV_STRING && value.length == 0);
}

static CvValue empty(void)
{
    return cv_value_slice(CV_SLICE(""));
}

static CvSlice format_of(CvRender *render, CvValue argument, CvSlice otherwise)
{
    CvSlice name = otherwise;
    if (argument.kind != CV_MISSING && cv_value_truth(argument))
        name = cv_value_as_slice(cv_render_text(render, argument));
    return cv_locale_format(render->locale, name, true);
}

/* The argument itself: what Django formats by when a format of that name did not do. */
static CvSlice plain_format(CvRender *render, CvValue argument)
{
    if (argument.kind == CV_MISSING)
        return CV_SLICE("None");
    return cv_value_as_slice(cv_render_text(render, argument));
}

/* What Django makes of a value that is no date: zone letters are empty, plain characters stay; any other letter gives
 * nothing at all (false), and two of them an error. */
static bool format_nothing(CvValue value, CvSlice format, bool time_only, CvBuffer *out)
{
    out->length = 0;
    for (size_t i = 0; i < format.length; i++) {
        char c = format.data[i];
        if (c == '\\' && i + 1 < format.length) {
            cv_buffer_append_byte(out, format.data[++i]);
            continue;
        }
        if (c && strchr(time_only ? "OTZe" : "OTZIe", c))
            continue;
        if (c && strchr("Ur", c) && !time_only)
            cv_raise(CV_ERROR_TYPE, "combine() argument 1 must be datetime.date, not %s", cv_value_kind_name(value));
        if (c && strchr("aAbcdDEfFgGhHiIjlLmMnNoPrsStuUwWyYz", c))
            return false;
        cv_buffer_append_byte(out, c);
    }
    return true;
}

/* The first letter that a time of day cannot answer is one of those that ask for a whole date. */
static bool needs_day(CvSlice format)
{
    for (size_t i = 0; i < format.length; i++)
        if (format.data[i] == '\\')
            i++;
        else if (format.data[i] && strchr("rU", format.data[i]))
            return true;
        else if (format.data[i] && strchr("bcdDEFIjlLmMnNoStwWyYz", format.data[i]))
            return false;
    return false;
}

static CvValue date(CvRender *render, CvValue value, CvValue argument)
{
    CvBuffer out = cv_buffer(render->arena);
    CvError error;
    if (is_empty(value))
        return empty();
    CvSlice format = format_of(render, argument, CV_SLICE("DATE_FORMAT"));
    if (value.kind != CV_DATE && value.kind != CV_DATETIME && value.kind != CV_TIME)
        return format_nothing(value, format, false, &out) ||
                       format_nothing(value, plain_format(render, argument), false, &out)
                   ? text_of(&out)
                   : empty();
    if (value.kind == CV_TIME && needs_day(format))
        cv_raise(CV_ERROR_TYPE, "combine() argument 1 must be datetime.date, not datetime.time");
    if (cv_date_format(render->arena, &out, value, format, &error))
        return text_of(&out);
    if (error.kind != CV_ERROR_ATTRIBUTE)
        cv_raise_error(&error);
    out.length = 0;
    return cv_date_format(render->arena, &out, value, plain_format(render, argument), &error) ? text_of(&out) : empty();
}

static CvValue time_of_day(CvRender *render, CvValue value, CvValue argument)
{
    CvBuffer out = cv_buffer(render->arena);
    CvError error;
    if (is_empty(value))
        return empty();
    CvSlice format = format_of(render, argument, CV_SLICE("TIME_FORMAT"));
    if (value.kind != CV_DATE && value.kind != CV_DATETIME && value.kind != CV_TIME)
        return format_nothing(value, format, true, &out) ||
                       format_nothing(value, plain_format(render, argument), true, &out)
                   ? text_of(&out)
                   : empty();
    if (cv_time_format(render->arena, &out, value, format, &error))
        return text_of(&out);
    out.length = 0;
    return cv_time_format(render->arena, &out, value, plain_format(render, argument), &error) ? text_of(&out) : empty();
}

typedef bool Since(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, int depth, CvError *error);

static CvValue between(CvRender *render, CvValue value, CvValue argument, Since *since)
{
    CvBuffer out = cv_buffer(render->arena);
    CvError error;
    if (!cv_value_truth(value))
        return empty();
    if (argument.kind == CV_MISSING || !cv_value_truth(argument))
        argument = cv_value_null();
    if (value.kind != CV_DATE && value.kind != CV_DATETIME)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'year'", cv_value_kind_name(value));
    if (argument.kind != CV_NULL && argument.kind != CV_DATE && argument.kind != CV_DATETIME)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'year'", cv_value_kind_name(argument));
    if (since(render->arena, &out, value, argument, 2, &error))
        return text_of(&out);
    return empty();
}

static CvValue timesince(CvRender *render, CvValue value, CvValue argument)
{
    return between(render, value, argument, cv_timesince);
}

static CvValue timeuntil(CvRender *render, CvValue value, CvValue argument)
{
    return between(render, value, argument, cv_timeuntil);
}

static const CvFilter filters[] = {
    CV_FILTER(
        "date", date, .flags = CV_FILTER_LOCALTIME | CV_FILTER_TAKES_ARGUMENT,
        .doc = "A date by a format or a format's name: {{ day|date:\"Y-m-d\" }}, {{ day|date:\"SHORT_DATE_FORMAT\" }}.",
        .examples = CV_EXAMPLES(
            {"{{ day|date:\"D j M Y\" }}", "Fri 2 Mar 2007", .context = "{\"day\": {\"$date\": \"2007-03-02\"}}"},
            {"{{ day|date:\"SHORT_DATE_FORMAT\" }}", "03/02/2007",
             .context = "{\"day\": {\"$date\": \"2007-03-02\"}}"})),
    CV_FILTER("time", time_of_day, .flags = CV_FILTER_LOCALTIME | CV_FILTER_TAKES_ARGUMENT,
              .doc = "A time by a format: {{ when|time:\"H:i\" }}.",
              .examples = CV_EXAMPLES(
                  {"{{ opens|time:\"H:i\" }}", "09:30", .context = "{\"opens\": {\"$time\": \"09:30:00\"}}"})),
    CV_FILTER("timesince", timesince, .flags = CV_FILTER_TAKES_ARGUMENT,
              .doc = "How long ago, or how long before the argument: 2 days, 3 hours.",
              .examples = CV_EXAMPLES({"{{ begin|timesince:end }}", "2\u00a0days, 3\u00a0hours",
                                       .context = "{\"begin\": {\"$datetime\": \"2007-03-02T09:00:00Z\"}, \"end\": "
                                                  "{\"$datetime\": \"2007-03-04T12:00:00Z\"}}"})),
    CV_FILTER("timeuntil", timeuntil, .flags = CV_FILTER_TAKES_ARGUMENT, .doc = "How long until then.",
              .examples = CV_EXAMPLES({"{{ end|timeuntil:begin }}", "1\u00a0hour",
                                       .context = "{\"begin\": {\"$datetime\": \"2007-03-02T09:00:00Z\"}, \"end\": "
                                                  "{\"$datetime\": \"2007-03-02T10:00:00Z\"}}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_date_filters = {.name = "", .filters = filters};
