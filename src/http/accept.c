/* accept.c: Accept and Accept-Language, as Django reads them. */
#include "base/buffer.h"
#include "base/self.h"
#include "http/classes_private.h"
#include "http/media_type.h"
#include "text/number.h"
#include "text/utf8.h"

/* An Accept header may be made of many types; more than these are not looked at. */
#define TYPES_MAX 200
#define LANGUAGES_TEXT_MAX 500

static double quality_of(const CvMediaParams *params)
{
    CvSlice text = cv_media_param(params, "q");
    double quality = 1;
    CvScratch scratch = cv_scratch_begin(NULL);

    if (!text.data || !cv_python_float(scratch.arena, text, &quality) || quality < 0 || quality > 1)
        quality = 1;
    const char *rounded = cv_arena_printf(scratch.arena, "%.3f", quality); /* of the exact value, as round() does */
    bool read = cv_slice_to_double(cv_slice(rounded), &quality);
    cv_scratch_end(scratch);
    return read ? quality : 1;
}

static size_t range_params(const CvMediaType *type)
{
    return type->params.list.count - (cv_media_param(&type->params, "q").data != NULL);
}

CvMediaType cv_media_type(CvArena *arena, CvSlice text)
{
    CvMediaType type = {0};
    CvBuffer shown = cv_buffer(arena);

    if (!cv_media_params(arena, text, &type.params, NULL))
        type.params = (CvMediaParams){.value = CV_SLICE("")};
    CvSlice value = type.params.value, rest = cv_slice_skip(value, value.length);
    ptrdiff_t slash = cv_slice_find_byte(value, '/');
    if (slash >= 0) {
        rest = cv_slice_skip(value, (size_t)slash + 1);
        value.length = (size_t)slash;
    }
    type.main = cv_slice_string(arena, value);
    type.sub = cv_slice_string(arena, rest);
    type.quality = quality_of(&type.params);
    type.specificity = strcmp(type.main, "*") == 0 ? 0 : strcmp(type.sub, "*") == 0 ? 1 : range_params(&type) ? 3 : 2;
    cv_buffer_append_slice(&shown, value);
    if (rest.length) {
        cv_buffer_append_byte(&shown, '/');
        cv_buffer_append_slice(&shown, rest);
    }
    for (size_t i = 0; i < type.params.list.count; i++) {
        cv_buffer_append_string(&shown, "; ");
        cv_buffer_append_slice(&shown, type.params.list.items[i].name);
        cv_buffer_append_byte(&shown, '=');
        cv_buffer_append_slice(&shown, type.params.list.items[i].value);
    }
    type.text = cv_buffer_string(&shown);
    return type;
}

static bool has_param(const CvMediaType *type, const CvMediaParam *param)
{
    for (size_t i = 0; i < type->params.list.count; i++)
        if (cv_slice_equal(type->params.list.items[i].name, param->name))
            return cv_slice_equal(type->params.list.items[i].value, param->value);
    return false;
}

static bool same_params(const CvMediaType *a, const CvMediaType *b)
{
    if (range_params(a) != range_params(b))
        return false;
    for (size_t i = 0; i < a->params.list.count; i++)
        if (!cv_slice_is(a->params.list.items[i].name, "q") && !has_param(b, &a->params.list.items[i]))
            return false;
    return true;
}

static bool part_matches(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || strcmp(a, "*") == 0 || strcmp(b, "*") == 0;
}

bool cv_media_type_match(const CvMediaType *accepted, const CvMediaType *offer)
{
    if (!*accepted->main || !*accepted->sub || !*offer->main || !*offer->sub)
        return false;
    if (!part_matches(accepted->main, offer->main) || !part_matches(accepted->sub, offer->sub))
        return false;
    size_t wanted = range_params(accepted), offered = range_params(offer);
    if ((wanted > 0) == (offered > 0))
        return same_params(accepted, offer);
    return offered > 0;
}

/* Sorts by two keys, greatest first, equal ones as they were. */
static void sort(CvMediaTypes *types, bool specificity_first)
{
    for (size_t i = 1; i < types->count; i++) {
        CvMediaType moving = types->items[i];
        size_t at = i;
        for (; at > 0; at--) {
            const CvMediaType *before = &types->items[at - 1];
            double by_quality = moving.quality - before->quality;
            double by_specificity = moving.specificity - before->specificity;
            double first = specificity_first ? by_specificity : by_quality;
            double second = specificity_first ? by_quality : by_specificity;
            if (first < 0 || (first == 0 && second <= 0))
                break;
            types->items[at] = *before;
        }
        types->items[at] = moving;
    }
}

CvMediaTypes cv_accepted_types(CvArena *arena, CvSlice accept)
{
    CvMediaTypes types = {0};
    CvSlice rest = accept, token;

    while (rest.data && types.count < TYPES_MAX && cv_slice_split(&rest, ',', &token)) {
        if (cv_utf8_strip(token).length == 0)
            continue;
        CvMediaType type = cv_media_type(arena, token);
        if (type.quality != 0)
            cv_vector_push(arena, &types, type);
    }
    sort(&types, false);
    return types;
}

CvMediaTypes cv_accepted_types_by_precedence(CvArena *arena, CvSlice accept)
{
    CvMediaTypes types = cv_accepted_types(arena, accept);

    sort(&types, true);
    return types;
}

/* The most specific accepted type that takes the offer; its rank by quality, or -1. */
static ptrdiff_t rank(CvArena *arena, const CvMediaTypes *preferred, const CvMediaTypes *precise, const char *offer)
{
    CvMediaType type = cv_media_type(arena, cv_slice(offer));

    for (size_t i = 0; i < precise->count; i++) {
        if (!cv_media_type_match(&precise->items[i], &type))
            continue;
        for (size_t at = 0; at < preferred->count; at++)
            if (preferred->items[at].text == precise->items[i].text)
                return (ptrdiff_t)at;
    }
    return -1;
}

const char *cv_accept_prefers(CvArena *arena, CvSlice accept, const char *const *offers)
{
    CvMediaTypes preferred = cv_accepted_types(arena, accept), precise = {0};
    const char *best = NULL;
    ptrdiff_t best_rank = -1;

    for (size_t i = 0; i < preferred.count; i++)
        cv_vector_push(arena, &precise, preferred.items[i]);
    sort(&precise, true);
    for (size_t i = 0; offers[i]; i++) {
        ptrdiff_t at = rank(arena, &preferred, &precise, offers[i]);
        if (at >= 0 && (best_rank < 0 || at < best_rank)) {
            best_rank = at;
            best = offers[i];
        }
    }
    return best;
}

bool cv_accept_takes(CvArena *arena, CvSlice accept, const char *media_type)
{
    return cv_accept_prefers(arena, accept, (const char *const[]){media_type, NULL}) != NULL;
}

/* ---- languages ---- */

static bool is_alphanumeric(char byte)
{
    return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || cv_byte_is(byte, CV_CLASS_DIGIT);
}

static const char *skip_space(const char *at, const char *end)
{
    CvSlice rest = cv_slice_of(at, (size_t)(end - at)), behind = rest;

    while (behind.length && cv_utf8_is_space(cv_utf8_next(&behind)))
        rest = behind;
    return rest.data;
}

/* "*", or parts of one to eight letters (digits too behind the first part) joined by '-'. Where it ends, or NULL. */
static const char *read_tag(const char *at, const char *end)
{
    const char *part = at;

    if (at < end && *at == '*')
        return at + 1;
    for (bool first = true;; first = false, part = ++at) {
        while (at < end && at - part < 8 && is_alphanumeric(*at) && !(first && cv_byte_is(*at, CV_CLASS_DIGIT)))
            at++;
        if (at == part)
            return first ? NULL : part - 1;
        if (at == end || *at != '-')
            return at;
    }
}

/* 0, 0.5 to 0.555, 1, 1.000: where it ends, or NULL. */
static const char *read_weight(const char *at, const char *end, double *out)
{
    const char *begin = at;

    if (at == end || (*at != '0' && *at != '1'))
        return NULL;
    char whole = *at++;
    if (at < end && *at == '.')
        for (at++; at < end && at - begin < 5 && (whole == '0' ? cv_byte_is(*at, CV_CLASS_DIGIT) : *at == '0');)
            at++;
    CvSlice text = cv_slice_of(begin, (size_t)(at - begin));
    if (text.length == 2) /* "0." */
        text.length = 1;
    return cv_slice_to_double(text, out) ? at : NULL;
}

/* ";q=0.5", if it is there. */
static const char *read_quality(const char *at, const char *end, double *out)
{
    const char *next = skip_space(at, end);

    *out = 1;
    if (next == end || *next != ';')
        return at;
    next = skip_space(next + 1, end);
    if (end - next < 2 || memcmp(next, "q=", 2) != 0)
        return at;
    next = read_weight(next + 2, end, out);
    return next ? next : at;
}

CvAcceptedLanguages cv_accepted_languages(CvArena *arena, CvSlice header)
{
    CvAcceptedLanguages list = {0};
    CvSlice rest = cv_utf8_lower(arena, header);

    if (rest.length > LANGUAGES_TEXT_MAX) {
        ptrdiff_t comma = cv_slice_find_last(cv_slice_range(rest, 0, LANGUAGES_TEXT_MAX), CV_SLICE(","));
        rest.length = comma < 0 ? 0 : (size_t)comma;
    }
    const char *at = rest.data, *end = rest.data + rest.length;
    while (at < end) {
        CvAcceptedLanguage one;
        const char *tag = at, *stop = read_tag(at, end);
        if (!stop)
            return (CvAcceptedLanguages){0};
        one.language = cv_slice_string(arena, cv_slice_of(tag, (size_t)(stop - tag)));
        stop = read_quality(stop, end, &one.quality);
        at = skip_space(stop, end);
        if (at < end && *at == ',')
            at = skip_space(at + 1, end);
        else if (stop != end)
            return (CvAcceptedLanguages){0};
        CvAcceptedLanguage *slot = cv_vector_add(arena, &list);
        for (; slot > list.items && slot[-1].quality < one.quality; slot--)
            *slot = slot[-1];
        *slot = one;
    }
    return list;
}
