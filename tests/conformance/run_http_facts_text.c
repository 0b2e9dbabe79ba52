/* run_http_facts_text.c: escaping, words, dates and numbers of the text floor, kind "call". */
#include "run_http_facts.h"

#include "text/text.h"
#include "validators/ip.h"

#define UNUSED __attribute__((unused))
#define CALL(name)                                                                                  \
    static bool name(CvArena *arena UNUSED, const CvList *args UNUSED, const CvDict *kwargs UNUSED, \
                     CvValue *out UNUSED, CvError *error UNUSED)

static CvSlice text_of(CvArena *arena, const CvList *args)
{
    return facts_text_arg(arena, args, 0);
}

static bool give(CvValue *out, CvSlice text)
{
    *out = cv_value_slice(text);
    return true;
}

static bool give_buffer(CvValue *out, const CvBuffer *buffer)
{
    return give(out, cv_buffer_slice(buffer));
}

static int64_t integer(CvValue value, int64_t otherwise)
{
    return value.kind == CV_INT ? value.integer : otherwise;
}

/* ---- HTML ---- */

CALL(escape)
{
    return give(out, cv_html_escaped(arena, text_of(arena, args)));
}

CALL(escapejs)
{
    CvBuffer text = cv_buffer(arena);

    cv_html_escape_js(&text, text_of(arena, args));
    return give_buffer(out, &text);
}

CALL(json_script)
{
    CvBuffer text = cv_buffer(arena);
    CvValue value = facts_arg(arena, args, 0), id = facts_arg(arena, args, 1);

    return cv_html_json_script(arena, &text, value, id, error) && give_buffer(out, &text);
}

CALL(linebreaks)
{
    CvValue autoescape = facts_arg(arena, args, 1);

    return give(out, cv_html_linebreaks(arena, text_of(arena, args), autoescape.kind == CV_BOOL && autoescape.boolean));
}

CALL(linebreaksbr)
{
    return give(out, cv_html_linebreaksbr(arena, text_of(arena, args), true));
}

CALL(smart_urlquote)
{
    return give(out, cv_html_smart_urlquote(arena, text_of(arena, args)));
}

CALL(strip_spaces)
{
    return give(out, cv_html_strip_spaces(arena, text_of(arena, args)));
}

CALL(strip_tags)
{
    CvSlice text;

    return cv_html_strip_tags(arena, text_of(arena, args), &text, error) && give(out, text);
}

CALL(urlize)
{
    CvValue limit = facts_kwarg(arena, kwargs, "trim_url_limit"), escaped = facts_kwarg(arena, kwargs, "autoescape");
    CvValue nofollow = facts_kwarg(arena, kwargs, "nofollow");
    CvUrlizeOptions options = {.limit = integer(limit, 0),
                               .limited = limit.kind == CV_INT,
                               .nofollow = nofollow.kind == CV_BOOL && nofollow.boolean,
                               .autoescape = escaped.kind == CV_BOOL && escaped.boolean};

    return give(out, cv_html_urlize(arena, text_of(arena, args), options));
}

/* ---- words ---- */

CALL(text_list)
{
    CvValue list = facts_arg(arena, args, 0), word = facts_arg(arena, args, 1);

    return give(out, cv_text_list(arena, list.list, word.kind == CV_STRING ? cv_value_as_slice(word) : CV_SLICE("or")));
}

CALL(valid_filename)
{
    CvSlice name;

    return cv_valid_filename(arena, text_of(arena, args), &name, error) && give(out, name);
}

CALL(normalize_newlines)
{
    return give(out, cv_normalize_newlines(arena, text_of(arena, args)));
}

CALL(slugify)
{
    CvValue unicode = facts_kwarg(arena, kwargs, "allow_unicode");

    return give(out, cv_slugify(arena, text_of(arena, args), unicode.kind == CV_BOOL && unicode.boolean));
}

CALL(unescape_literal)
{
    CvSlice text;

    return cv_unescape_literal(arena, text_of(arena, args), &text, error) && give(out, text);
}

CALL(wrap)
{
    return give(out, cv_wrap(arena, text_of(arena, args), integer(facts_arg(arena, args, 1), 0)));
}

CALL(camel_case)
{
    return give(out, cv_camel_case_to_spaces(arena, text_of(arena, args)));
}

CALL(capfirst)
{
    return give(out, cv_utf8_capfirst(arena, text_of(arena, args)));
}

static CvTruncate truncation(CvArena *arena, const CvDict *kwargs)
{
    CvValue ending = facts_kwarg(arena, kwargs, "truncate"), html = facts_kwarg(arena, kwargs, "html");

    return (CvTruncate){.ending = ending.kind == CV_STRING ? cv_value_as_slice(ending) : (CvSlice){NULL, 0},
                        .has_ending = ending.kind == CV_STRING,
                        .html = html.kind == CV_BOOL && html.boolean};
}

CALL(truncate_chars)
{
    int64_t most = integer(facts_arg(arena, args, 1), 0);

    return give(out, cv_truncate_chars(arena, text_of(arena, args), most, truncation(arena, kwargs)));
}

CALL(truncate_words)
{
    int64_t most = integer(facts_arg(arena, args, 1), 0);

    return give(out, cv_truncate_words(arena, text_of(arena, args), most, truncation(arena, kwargs)));
}

/* ---- dates ---- */

CALL(date_format)
{
    CvBuffer text = cv_buffer(arena);

    return cv_date_format(arena, &text, facts_arg(arena, args, 0), facts_text_arg(arena, args, 1), error) &&
           give_buffer(out, &text);
}

CALL(time_format)
{
    CvBuffer text = cv_buffer(arena);

    return cv_time_format(arena, &text, facts_arg(arena, args, 0), facts_text_arg(arena, args, 1), error) &&
           give_buffer(out, &text);
}

/* What was parsed, null, or ValueError. */
static bool parsed(CvArena *arena, CvParsed result, CvValue value, CvValue *out, CvError *error)
{
    if (result == CV_NO_SUCH)
        return cv_fail(arena, error, CV_ERROR_VALUE, "no such date");
    *out = result == CV_PARSED ? value : cv_value_null();
    return true;
}

CALL(parse_date)
{
    CvDate date = {0};
    CvParsed result = cv_date_parse(text_of(arena, args), &date);

    return parsed(arena, result, cv_value_date(date), out, error);
}

CALL(parse_time)
{
    CvTime time = {0};
    CvParsed result = cv_time_parse(text_of(arena, args), &time);

    return parsed(arena, result, cv_value_time(time), out, error);
}

CALL(parse_datetime)
{
    CvDateTime datetime = {0};
    CvParsed result = cv_datetime_parse(text_of(arena, args), &datetime);

    return parsed(arena, result, cv_value_datetime(datetime), out, error);
}

CALL(parse_duration)
{
    CvDuration duration = {0};
    CvParsed result = cv_duration_parse(text_of(arena, args), &duration);

    return parsed(arena, result, cv_value_duration(duration), out, error);
}

CALL(duration_string)
{
    CvBuffer text = cv_buffer(arena);

    cv_duration_format(&text, facts_arg(arena, args, 0).duration);
    return give_buffer(out, &text);
}

CALL(duration_iso_string)
{
    CvBuffer text = cv_buffer(arena);

    cv_duration_format_iso(&text, facts_arg(arena, args, 0).duration);
    return give_buffer(out, &text);
}

static bool since(CvArena *arena, const CvList *args, const CvDict *kwargs, bool until, CvValue *out, CvError *error)
{
    static const char *const names[] = {"year", "month", "week", "day", "hour", "minute"};
    CvValue then = facts_arg(arena, args, 0), now = facts_arg(arena, args, 1), word;
    CvValue depth = facts_kwarg(arena, kwargs, "depth"), reversed = facts_kwarg(arena, kwargs, "reversed");
    CvValue words = facts_kwarg(arena, kwargs, "time_strings");
    CvTimeUnits units = {0};
    CvBuffer text = cv_buffer(arena);

    for (size_t i = 0; words.kind == CV_DICT && i < CV_COUNT_OF(names); i++)
        if (cv_dict_get_slice(words.dict, cv_slice(names[i]), &word))
            units.one[i] = units.many[i] = cv_slice_string(arena, cv_value_as_slice(word));
    until ^= reversed.kind == CV_BOOL && reversed.boolean;
    if (now.kind == CV_MISSING)
        now = cv_value_null();
    bool done = cv_time_between(arena, &text, then, now, until, (int)integer(depth, 2), &units, error);
    return done && give_buffer(out, &text);
}

CALL(timesince)
{
    return since(arena, args, kwargs, false, out, error);
}

CALL(timeuntil)
{
    return since(arena, args, kwargs, true, out, error);
}

/* ---- numbers ---- */

/* A positional or keyword argument. */
static CvValue option(CvArena *arena, const CvList *args, const CvDict *kwargs, size_t index, const char *name)
{
    CvValue value = facts_arg(arena, args, index);

    return value.kind == CV_MISSING ? facts_kwarg(arena, kwargs, name) : value;
}

CALL(numberformat)
{
    CvValue places = option(arena, args, kwargs, 2, "decimal_pos"), group = option(arena, args, kwargs, 3, "grouping");
    CvValue separator = option(arena, args, kwargs, 4, "thousand_sep");
    CvValue force = option(arena, args, kwargs, 5, "force_grouping");
    CvNumberFormat format = {
        .decimal = cv_slice_string(arena, facts_text_arg(arena, args, 1)),
        .thousands = separator.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(separator)) : "",
        .places = integer(places, 0),
        .has_places = places.kind == CV_INT,
        .group = force.kind == CV_BOOL && force.boolean};
    CvBuffer text = cv_buffer(arena);

    if (group.kind == CV_INT)
        format.grouping[0] = (uint8_t)group.integer;
    for (size_t i = 0; group.kind == CV_LIST && i < group.list->count && i < 8; i++)
        format.grouping[i] = (uint8_t)group.list->items[i].integer;
    cv_number_format(arena, &text, facts_arg(arena, args, 0), format);
    return give_buffer(out, &text);
}

CALL(number_format)
{
    CvValue places = option(arena, args, kwargs, 1, "decimal_pos"),
            force = facts_kwarg(arena, kwargs, "force_grouping");
    CvNumberFormat format = {.places = integer(places, 0),
                             .has_places = places.kind == CV_INT,
                             .grouping = {3},
                             .group = force.kind == CV_BOOL && force.boolean};
    CvBuffer text = cv_buffer(arena);

    cv_number_format(arena, &text, facts_arg(arena, args, 0), format);
    return give_buffer(out, &text);
}

/* ---- addresses ---- */

/* Django looks at no more than this many characters. */
enum { IPV6_MOST = 39 };

CALL(is_valid_ipv6)
{
    CvSlice text = text_of(arena, args);
    uint8_t address[16];

    *out = cv_value_bool(text.length <= IPV6_MOST && cv_ipv6_parse(text, address));
    return true;
}

CALL(clean_ipv6)
{
    CvValue unpack = facts_kwarg(arena, kwargs, "unpack_ipv4"), message = facts_kwarg(arena, kwargs, "error_message");
    uint8_t address[16];

    if (text_of(arena, args).length <= IPV6_MOST && cv_ipv6_parse(text_of(arena, args), address))
        return give(out, cv_ipv6_text(arena, address, unpack.kind == CV_BOOL && unpack.boolean));
    CvSlice text =
        message.kind == CV_STRING ? cv_value_as_slice(message) : CV_SLICE("This is not a valid IPv6 address.");
    CvSlice shown = cv_value_repr(arena, cv_value_slice(text));
    return cv_fail(arena, error, CV_ERROR_VALIDATION, "[%.*s]", CV_SLICE_ARG(shown));
}

const FactFunction text_calls[] = {{"escape", escape},
                                   {"escapejs", escapejs},
                                   {"json_script", json_script},
                                   {"linebreaks", linebreaks},
                                   {"filter_linebreaksbr", linebreaksbr},
                                   {"smart_urlquote", smart_urlquote},
                                   {"strip_spaces_between_tags", strip_spaces},
                                   {"strip_tags", strip_tags},
                                   {"urlize", urlize},
                                   {"get_text_list", text_list},
                                   {"get_valid_filename", valid_filename},
                                   {"normalize_newlines", normalize_newlines},
                                   {"slugify", slugify},
                                   {"unescape_string_literal", unescape_literal},
                                   {"wrap", wrap},
                                   {"camel_case_to_spaces", camel_case},
                                   {"capfirst", capfirst},
                                   {"truncate_chars", truncate_chars},
                                   {"truncate_words", truncate_words},
                                   {"dateformat", date_format},
                                   {"time_format", time_format},
                                   {"parse_date", parse_date},
                                   {"parse_time", parse_time},
                                   {"parse_datetime", parse_datetime},
                                   {"parse_duration", parse_duration},
                                   {"duration_string", duration_string},
                                   {"duration_iso_string", duration_iso_string},
                                   {"timesince", timesince},
                                   {"timeuntil", timeuntil},
                                   {"numberformat", numberformat},
                                   {"number_format", number_format},
                                   {"is_valid_ipv6_address", is_valid_ipv6},
                                   {"clean_ipv6_address", clean_ipv6},
                                   {NULL, NULL}};
