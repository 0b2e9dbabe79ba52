/* url_quote.c: percent coding, query strings, IRIs and paths. */
#include "text/url.h"
#include "text/utf8.h"

static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

typedef struct ByteSet {
    uint64_t words[4];
} ByteSet;

static ByteSet set_of(const char *safe)
{
    ByteSet set = {0};
    for (const char *s = unreserved; *s; s++)
        set.words[(uint8_t)*s >> 6] |= UINT64_C(1) << (*s & 63);
    for (; *safe; safe++)
        if ((uint8_t)*safe < 0x80)
            set.words[(uint8_t)*safe >> 6] |= UINT64_C(1) << (*safe & 63);
    return set;
}

static void quote(CvBuffer *out, CvSlice text, const ByteSet *set, bool plus)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t start = 0;
    if (!text.length)
        return;
    for (size_t i = 0; i < text.length; i++) {
        uint8_t c = (uint8_t)text.data[i];
        if (set->words[c >> 6] >> (c & 63) & 1)
            continue;
        cv_buffer_append(out, text.data + start, i - start);
        start = i + 1;
        if (c == ' ' && plus)
            cv_buffer_append_byte(out, '+');
        else
            cv_buffer_append(out, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
    cv_buffer_append(out, text.data + start, text.length - start);
}

void cv_url_quote(CvBuffer *out, CvSlice text, const char *safe)
{
    ByteSet set = set_of(safe ? safe : "");
    quote(out, text, &set, false);
}

void cv_url_quote_plus(CvBuffer *out, CvSlice text, const char *safe)
{
    ByteSet set = set_of(safe ? safe : "");
    quote(out, text, &set, true);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%XX" at the front means, or -1. */
static int escaped_byte(CvSlice text)
{
    if (text.length < 3 || text.data[0] != '%')
        return -1;
    int high = hex_digit(text.data[1]), low = hex_digit(text.data[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

CvSlice cv_url_unquote_bytes(CvArena *arena, CvSlice text, bool plus)
{
    if (cv_slice_find_byte(text, '%') < 0 && (!plus || cv_slice_find_byte(text, '+') < 0))
        return text;
    char *out = cv_arena_alloc_raw(arena, cv_size_add(text.length, 1), 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        int byte = escaped_byte(cv_slice_skip(text, i));
        if (byte >= 0)
            i += 2;
        else
            byte = plus && text.data[i] == '+' ? ' ' : text.data[i];
        out[length++] = (char)byte;
    }
    out[length] = '\0';
    return cv_slice_of(out, length);
}

CvSlice cv_url_unquote(CvArena *arena, CvSlice text, bool plus)
{
    return cv_utf8_repair(arena, cv_url_unquote_bytes(arena, text, plus));
}

/* ---- query strings ---- */

void cv_url_append_parameter(CvBuffer *out, CvSlice name, CvSlice value)
{
    ByteSet set = set_of("");
    if (out->length && out->data[out->length - 1] != '?')
        cv_buffer_append_byte(out, '&');
    quote(out, name, &set, true);
    cv_buffer_append_byte(out, '=');
    quote(out, value, &set, true);
}

static bool refuse_null(CvArena *arena, CvSlice key, CvError *error)
{
    return cv_fail(arena, error, CV_ERROR_TYPE,
                   "Cannot encode None for key '%.*s' in a query string. Did you mean to pass an empty string or omit "
                   "the value?",
                   CV_SLICE_ARG(key));
}

static bool encode_pair(CvArena *arena, CvBuffer *out, CvValue key, CvValue value, bool doseq, CvError *error)
{
    CvSlice name = cv_value_str(arena, key);
    if (value.kind == CV_NULL)
        return refuse_null(arena, name, error);
    if (!doseq || (value.kind != CV_LIST && value.kind != CV_TUPLE)) {
        CvSlice text = value.kind == CV_BYTES ? cv_value_as_slice(value) : cv_value_str(arena, value);
        cv_url_append_parameter(out, name, text);
        return true;
    }
    for (size_t i = 0; i < value.list->count; i++) {
        CvValue item = value.list->items[i];
        if (item.kind == CV_NULL)
            return refuse_null(arena, name, error);
        CvSlice text = item.kind == CV_BYTES ? cv_value_as_slice(item) : cv_value_str(arena, item);
        cv_url_append_parameter(out, name, text);
    }
    return true;
}

bool cv_url_encode(CvArena *arena, CvBuffer *out, CvValue query, bool doseq, CvError *error)
{
    CvBuffer text = cv_buffer(arena);
    if (query.kind == CV_DICT) {
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(query.dict, entry));)
            if (!encode_pair(arena, &text, entry->key, entry->value, doseq, error))
                return false;
    } else if (query.kind == CV_LIST || query.kind == CV_TUPLE) {
        for (size_t i = 0; i < query.list->count; i++) {
            CvValue pair = query.list->items[i];
            if ((pair.kind != CV_LIST && pair.kind != CV_TUPLE) || pair.list->count != 2)
                return cv_fail(arena, error, CV_ERROR_TYPE, "A query string is made of a dict or of pairs.");
            if (!encode_pair(arena, &text, pair.list->items[0], pair.list->items[1], doseq, error))
                return false;
        }
    } else {
        return cv_fail(arena, error, CV_ERROR_TYPE, "A query string is made of a dict or of pairs.");
    }
    cv_buffer_append_slice(out, cv_buffer_slice(&text));
    return true;
}

bool cv_url_next_parameter(CvArena *arena, CvSlice *rest, CvSlice *name, CvSlice *value)
{
    CvSlice piece;
    while (rest->length && cv_slice_split(rest, '&', &piece)) {
        if (!piece.length)
            continue;
        ptrdiff_t equals = cv_slice_find_byte(piece, '=');
        size_t end = equals < 0 ? piece.length : (size_t)equals;
        *name = cv_url_unquote(arena, cv_slice_range(piece, 0, end), true);
        *value = cv_url_unquote(arena, cv_slice_skip(piece, end + 1), true);
        return true;
    }
    return false;
}

/* ---- IRIs and paths ---- */

static CvSlice quoted(CvArena *arena, CvSlice text, const char *safe)
{
    CvBuffer out = cv_buffer(arena);
    cv_url_quote(&out, text, safe);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

/* RFC 3986's reserved characters, and "%", which is coded already. */
#define IRI_SAFE "/#%[]=:;$&()+,!?*@'~"

CvSlice cv_iri_to_uri(CvArena *arena, CvSlice iri)
{
    return quoted(arena, iri, IRI_SAFE);
}

CvSlice cv_uri_to_iri(CvArena *arena, CvSlice uri)
{
    CvBuffer bytes = cv_buffer(arena);
    for (size_t i = 0; i < uri.length; i++) {
        /* Only what needs no escape, and bytes of longer UTF-8 sequences. */
        int byte = escaped_byte(cv_slice_skip(uri, i));
        bool plain = byte >= 0x80 || (byte > '9' && strchr(unreserved, byte)) || byte == '-' || byte == '.';
        if (plain) {
            cv_buffer_append_byte(&bytes, (char)byte);
            i += 2;
        } else {
            cv_buffer_append_byte(&bytes, uri.data[i]);
        }
    }
    CvBuffer out = cv_buffer(arena);
    for (CvSlice rest = cv_buffer_slice(&bytes); rest.length;) {
        size_t good = cv_utf8_valid_prefix(rest);
        cv_buffer_append(&out, rest.data, good);
        rest = cv_slice_skip(rest, good);
        if (rest.length) {
            CvSlice bad = rest;
            cv_utf8_next(&rest);
            cv_url_quote(&out, cv_slice_range(bad, 0, bad.length - rest.length), IRI_SAFE);
        }
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_url_escape_path(CvArena *arena, CvSlice path)
{
    return quoted(arena, path, "/:@&+$,-_.!~*'()");
}

CvSlice cv_url_of_file(CvArena *arena, CvSlice path)
{
    char *copy = cv_slice_string(arena, path);
    for (size_t i = 0; i < path.length; i++)
        if (copy[i] == '\\')
            copy[i] = '/';
    return quoted(arena, cv_slice_of(copy, path.length), "/~!*()'");
}

CvSlice cv_url_escape_leading_slashes(CvArena *arena, CvSlice url)
{
    if (!cv_slice_starts_with(url, CV_SLICE("//")))
        return url;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_string(&out, "/%2F");
    cv_buffer_append_slice(&out, cv_slice_skip(url, 2));
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
