/* media_params.c: a header value with parameters, as Django's parse_header_parameters reads it. */
#include "base/value.h"
#include "http/component_private.h"
#include "http/media_type.h"
#include "text/utf8.h"

/* The next part up to a ';' that is not inside quotes; quotes that are never closed hold all the rest. */
static CvSlice next_part(CvSlice *rest)
{
    bool quoted = false;
    size_t at = 0;

    for (; at < rest->length && (quoted || rest->data[at] != ';'); at++)
        if (rest->data[at] == '"' && (at == 0 || rest->data[at - 1] != '\\'))
            quoted = !quoted;
    CvSlice part = cv_slice_range(*rest, 0, at);
    *rest = at < rest->length ? cv_slice_skip(*rest, at + 1) : (CvSlice){NULL, 0};
    return cv_utf8_strip(part);
}

/* Without the quotes; \\ is \ and then \" is ". */
static CvSlice unquote(CvArena *arena, CvSlice value)
{
    if (value.length < 2 || value.data[0] != '"' || value.data[value.length - 1] != '"')
        return cv_slice_copy(arena, value);
    CvBuffer once = cv_buffer(arena), twice = cv_buffer(arena);
    for (size_t i = 1; i + 1 < value.length; i++) {
        cv_buffer_append_byte(&once, value.data[i]);
        if (value.data[i] == '\\' && i + 2 < value.length && value.data[i + 1] == '\\')
            i++;
    }
    for (size_t i = 0; i < once.length; i++)
        if (once.data[i] != '\\' || i + 1 == once.length || once.data[i + 1] != '"')
            cv_buffer_append_byte(&twice, once.data[i]);
    cv_buffer_string(&twice);
    return cv_buffer_slice(&twice);
}

/* charset'language'%XX of RFC 2231. */
static bool decode_extended(CvArena *arena, CvSlice *value, CvError *error)
{
    CvSlice rest = *value, charset = {NULL, 0}, language, text;

    bool whole =
        cv_slice_split(&rest, '\'', &charset) && rest.data && cv_slice_split(&rest, '\'', &language) && rest.data;
    if (whole && cv_component_decode(arena, rest, false, charset, &text)) {
        *value = cv_slice_copy(arena, text);
        return true;
    }
    CvSlice shown = cv_value_repr(arena, cv_value_slice(charset));
    if (error)
        cv_fail(arena, error, CV_ERROR_VALUE, "Invalid encoding %.*s for RFC 2231 param.", CV_SLICE_ARG(shown));
    return false;
}

static bool read_param(CvArena *arena, CvSlice part, CvMediaParams *out, CvError *error)
{
    ptrdiff_t equals = cv_slice_find_byte(part, '=');
    size_t quotes = 0;

    if (equals < 0)
        return true;
    for (size_t i = 0; i < part.length; i++)
        quotes += part.data[i] == '\'';
    CvSlice name = cv_utf8_lower(arena, cv_utf8_strip(cv_slice_range(part, 0, (size_t)equals)));
    CvSlice value = unquote(arena, cv_utf8_strip(cv_slice_skip(part, (size_t)equals + 1)));
    if (cv_slice_ends_with(name, CV_SLICE("*"))) {
        name = cv_slice_copy(arena, cv_slice_range(name, 0, name.length - 1));
        if (quotes == 2 && !decode_extended(arena, &value, error))
            return false;
    }
    for (size_t i = 0; i < out->list.count; i++)
        if (cv_slice_equal(out->list.items[i].name, name)) {
            out->list.items[i].value = value;
            return true;
        }
    cv_vector_push(arena, &out->list, ((CvMediaParam){name, value}));
    return true;
}

bool cv_media_params(CvArena *arena, CvSlice header, CvMediaParams *out, CvError *error)
{
    CvSlice rest = header;

    *out = (CvMediaParams){.value = CV_SLICE("")};
    if (header.length == 0)
        return true;
    if (cv_utf8_count(header) > CV_HEADER_PARAMS_MAX) {
        if (error)
            cv_fail(arena, error, CV_ERROR_VALUE, "Unable to parse header parameters (value too long).");
        return false;
    }
    out->value = cv_utf8_lower(arena, next_part(&rest));
    while (rest.data)
        if (!read_param(arena, next_part(&rest), out, error))
            return false;
    return true;
}

CvSlice cv_media_param(const CvMediaParams *params, const char *name)
{
    for (size_t i = 0; i < params->list.count; i++)
        if (cv_slice_is(params->list.items[i].name, name))
            return params->list.items[i].value;
    return (CvSlice){NULL, 0};
}
