/* urlize.c: URLs and mail addresses in a text as links, by the rules of django.utils.html.urlize. */
#include <arpa/inet.h>

#include "base/self.h"
#include "text/html.h"
#include "text/url.h"
#include "text/utf8.h"

#define EMAIL_MAX 320
#define QUOTE_SAFE "!$&'()*+,;=:/?#[]@~"

static CvSlice finish(CvBuffer *out)
{
    cv_buffer_string(out);
    return cv_buffer_slice(out);
}

static bool is_alnum(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* ---- what looks like a host or an address ---- */

static bool is_label_point(uint32_t c)
{
    return is_alnum(c) || c == '-' || (c >= 0xA1 && c <= 0xFFFF);
}

/* 1 to 63 letters, digits and inner dashes. */
static bool is_label(CvSlice label)
{
    size_t points = 0;
    for (CvSlice rest = label; rest.length; points++)
        if (!is_label_point(cv_utf8_next(&rest)))
            return false;
    return points >= 1 && points <= 63 && label.data[0] != '-' && label.data[label.length - 1] != '-';
}

/* A top-level label: at least two letters or dashes, or "xn--...". */
static bool is_top_label(CvSlice label)
{
    if (!is_label(label))
        return false;
    if (cv_slice_equal_fold(cv_slice_range(label, 0, 4), CV_SLICE("xn--")) && label.length > 4) {
        bool ascii = true;
        for (size_t i = 4; i < label.length; i++)
            ascii = ascii && is_alnum((uint8_t)label.data[i]);
        if (ascii)
            return true;
    }
    for (size_t i = 0; i < label.length; i++)
        if (label.data[i] >= '0' && label.data[i] <= '9')
            return false;
    return cv_utf8_count(label) >= 2;
}

/* Labels with dots between them; the last one by `is_last`. */
static bool is_host(CvSlice host, bool (*is_last)(CvSlice label))
{
    CvSlice label;
    size_t labels = 0;
    while (cv_slice_split(&host, '.', &label)) {
        labels++;
        if (!host.data)
            return labels >= 2 && is_last(label);
        if (!is_label(label))
            return false;
    }
    return false;
}

static bool is_known_top(CvSlice label)
{
    static const char *const known[] = {"com", "edu", "gov", "int", "mil", "net", "org"};
    for (size_t i = 0; i < CV_COUNT_OF(known); i++)
        if (cv_slice_equal_fold(label, cv_slice(known[i])))
            return true;
    return false;
}

static bool starts_fold(CvSlice text, const char *prefix)
{
    return cv_slice_equal_fold(cv_slice_range(text, 0, strlen(prefix)), cv_slice(prefix));
}

/* "http://x", "https://[x" */
static bool has_scheme(CvSlice text)
{
    size_t length = starts_fold(text, "http://") ? 7 : starts_fold(text, "https://") ? 8 : 0;
    text = cv_slice_skip(text, length);
    if (length && text.length && *text.data == '[')
        text = cv_slice_skip(text, 1);
    return length && text.length && cv_utf8_is_word(cv_utf8_next(&text));
}

/* "www.anything", "example.org", "example.com/path" */
static bool is_bare_link(CvSlice text)
{
    if (starts_fold(text, "www."))
        return true;
    if (starts_fold(text, "http"))
        return false;
    ptrdiff_t slash = cv_slice_find_byte(text, '/');
    return is_host(slash < 0 ? text : cv_slice_range(text, 0, (size_t)slash), is_known_top);
}

static bool is_literal_address(CvSlice host)
{
    char text[INET6_ADDRSTRLEN];
    uint8_t address[16];
    if (host.length < 2 || *host.data != '[' || host.data[host.length - 1] != ']' || host.length - 2 >= sizeof text)
        return false;
    memcpy(text, host.data + 1, host.length - 2);
    text[host.length - 2] = '\0';
    return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

static bool is_email(CvSlice text, CvSlice *user, CvSlice *domain)
{
    ptrdiff_t at = cv_slice_find_last(text, CV_SLICE("@"));
    if (at <= 0 || cv_utf8_count(text) > EMAIL_MAX)
        return false;
    *user = cv_slice_range(text, 0, (size_t)at);
    *domain = cv_slice_skip(text, (size_t)at + 1);
    char before = '.';
    for (size_t i = 0; i < user->length; i++) {
        char c = user->data[i];
        bool atom = is_alnum((uint8_t)c) || (c && strchr("-!#$%&'*+/=?^_`{}|~", c));
        if (!atom && !(c == '.' && before != '.'))
            return false;
        before = c;
    }
    return before != '.' && (is_host(*domain, is_top_label) || is_literal_address(*domain));
}

/* ---- quoting ---- */

static void requote(CvArena *arena, CvBuffer *out, CvSlice part)
{
    cv_url_quote(out, cv_url_unquote(arena, part, false), QUOTE_SAFE);
}

static CvSlice requoted(CvArena *arena, CvSlice part)
{
    CvBuffer out = cv_buffer(arena);
    requote(arena, &out, part);
    return finish(&out);
}

CvSlice cv_html_smart_urlquote(CvArena *arena, CvSlice url)
{
    CvUrlParts parts;
    if (!cv_url_split(cv_url_clean(arena, url), &parts))
        return requoted(arena, url);
    if (parts.query.length) {
        /* Names and values apart, so that a coded "&" or "=" does not become a separator. */
        CvBuffer query = cv_buffer(arena);
        CvSlice name, value;
        while (cv_url_next_parameter(arena, &parts.query, &name, &value))
            cv_url_append_parameter(&query, cv_url_unquote(arena, name, false), cv_url_unquote(arena, value, false));
        parts.query = finish(&query);
    }
    parts.scheme = cv_utf8_lower(arena, parts.scheme);
    parts.netloc = requoted(arena, parts.netloc);
    parts.path = requoted(arena, parts.path);
    parts.fragment = requoted(arena, parts.fragment);
    return cv_url_join_parts(arena, &parts);
}

/* ---- punctuation around a word ---- */

typedef struct Trimmed {
    CvSlice lead, middle, trail;
} Trimmed;

static CvSlice without_last(CvSlice text, const char *bytes)
{
    while (text.length && text.data[text.length - 1] && strchr(bytes, text.data[text.length - 1]))
        text.length--;
    return text;
}

static size_t count_byte(CvSlice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == byte;
    return count;
}

/* Closing brackets that were not opened: as many characters as there are too many of them. */
static bool trim_brackets(CvSlice *middle, size_t opened, size_t *closed, char bracket)
{
    if (opened >= *closed || !middle->length || middle->data[middle->length - 1] != bracket)
        return false;
    size_t more = *closed - opened;
    for (size_t i = 0; i < more && middle->length; i++)
        cv_utf8_last(middle);
    *closed -= more;
    return true;
}

/* A semicolon at the end, unless it ends a character reference. */
static bool trim_semicolons(CvArena *arena, CvSlice *middle)
{
    ptrdiff_t amp = cv_slice_find_last(*middle, CV_SLICE("&"));
    if (!middle->length || middle->data[middle->length - 1] != ';')
        return false;
    CvSlice entity = cv_slice_skip(*middle, amp < 0 ? middle->length - 1 : (size_t)amp);
    CvSlice plain = cv_html_unescape(arena, entity);
    if (!cv_slice_equal(plain, entity) && !cv_slice_ends_with(plain, CV_SLICE(";")))
        return false;
    CvSlice bare = without_last(*middle, ".,:;!");
    size_t semicolons = middle->length - without_last(*middle, ";").length;
    if (amp >= 0 && semicolons > 1) { /* the first may end a reference */
        size_t first = bare.length;
        while (middle->data[first] != ';')
            first++;
        middle->length = first + 1;
    } else {
        *middle = bare;
    }
    return true;
}

static Trimmed trim(CvArena *arena, CvSlice word)
{
    Trimmed out = {.middle = word};
    while (out.middle.length && (*out.middle.data == '(' || *out.middle.data == '['))
        out.middle = cv_slice_skip(out.middle, 1);
    out.lead = cv_slice_range(word, 0, word.length - out.middle.length);
    CvSlice start = out.middle;
    size_t round_open = count_byte(start, '('), round_close = count_byte(start, ')');
    size_t square_open = count_byte(start, '['), square_close = count_byte(start, ']');
    for (bool more = true; more && out.middle.length;) {
        more = trim_brackets(&out.middle, round_open, &round_close, ')');
        more = trim_brackets(&out.middle, square_open, &square_close, ']') || more;
        bool amp = cv_slice_find_last(out.middle, CV_SLICE("&")) >= 0;
        CvSlice bare = without_last(out.middle, amp ? ".,:!" : ".,:;!");
        more = bare.length != out.middle.length || more;
        out.middle = bare;
        more = trim_semicolons(arena, &out.middle) || more;
    }
    out.trail = cv_slice_skip(start, out.middle.length);
    return out;
}

/* ---- words ---- */

/* Where the word's link goes; empty if it is none. */
static CvSlice target_of(CvArena *arena, CvSlice word, const CvUrlizeOptions *options, bool *nofollow)
{
    CvSlice user, domain;
    CvBuffer url = cv_buffer(arena);
    bool fits = word.length <= CV_URL_MAX || cv_utf8_count(word) <= CV_URL_MAX;
    if (fits && has_scheme(word))
        return cv_html_smart_urlquote(arena, cv_html_unescape(arena, word));
    if (fits && is_bare_link(word)) {
        cv_buffer_append_string(&url, options->assume_https ? "https://" : "http://");
        cv_buffer_append_slice(&url, cv_html_unescape(arena, word));
        return cv_html_smart_urlquote(arena, cv_buffer_slice(&url));
    }
    if (cv_slice_find_byte(word, ':') >= 0 || !is_email(word, &user, &domain))
        return (CvSlice){0};
    *nofollow = false;
    cv_buffer_append_string(&url, "mailto:");
    cv_url_quote(&url, user, "");
    cv_buffer_append_byte(&url, '@');
    cv_url_quote(&url, domain, "");
    return cv_buffer_slice(&url);
}

static void append_text(CvBuffer *out, CvSlice text, const CvUrlizeOptions *options)
{
    if (options->autoescape && !options->safe)
        cv_html_escape(out, text);
    else
        cv_buffer_append_slice(out, text);
}

static void append_link_text(CvBuffer *out, CvSlice text, const CvUrlizeOptions *options)
{
    if (!options->limited || options->limit >= (int64_t)cv_utf8_count(text)) {
        append_text(out, text, options);
        return;
    }
    append_text(out, cv_utf8_take(text, options->limit > 1 ? (size_t)options->limit - 1 : 0), options);
    cv_buffer_append_string(out, "\xE2\x80\xA6");
}

static void append_word(CvArena *scratch, CvBuffer *out, CvSlice word, const CvUrlizeOptions *options)
{
    bool worth =
        cv_slice_find_byte(word, '.') >= 0 || cv_slice_find_byte(word, '@') >= 0 || cv_slice_find_byte(word, ':') >= 0;
    bool nofollow = options->nofollow;
    Trimmed parts = {0};
    CvSlice url = {0};
    if (worth) {
        parts = trim(scratch, word);
        url = target_of(scratch, parts.middle, options, &nofollow);
    }
    if (!url.length) {
        append_text(out, word, options);
        return;
    }
    append_text(out, parts.lead, options);
    cv_buffer_append_string(out, "<a href=\"");
    cv_html_escape(out, url);
    cv_buffer_append_string(out, nofollow ? "\" rel=\"nofollow\">" : "\">");
    append_link_text(out, parts.middle, options);
    cv_buffer_append_string(out, "</a>");
    append_text(out, parts.trail, options);
}

static bool is_separator(uint32_t point)
{
    return point == '<' || point == '>' || point == '"' || point == '\'' || cv_utf8_is_space(point);
}

CvSlice cv_html_urlize(CvArena *arena, CvSlice text, CvUrlizeOptions options)
{
    CvBuffer out = cv_buffer(arena);
    CvScratch scratch = cv_scratch_begin(arena);
    while (text.length) {
        CvArenaMark mark = cv_arena_mark(scratch.arena);
        CvSlice rest, next = text;
        bool separator = is_separator(cv_utf8_next(&next));
        for (rest = next; next.length && is_separator(cv_utf8_next(&next)) == separator;)
            rest = next;
        CvSlice word = cv_slice_range(text, 0, text.length - rest.length);
        if (separator)
            append_text(&out, word, &options);
        else
            append_word(scratch.arena, &out, word, &options);
        text = rest;
        cv_arena_rewind(scratch.arena, mark);
    }
    cv_scratch_end(scratch);
    return finish(&out);
}
