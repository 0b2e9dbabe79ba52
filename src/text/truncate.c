/* truncate.c: texts cut after so many characters or words, plain or as HTML with its open tags closed. */
#include "base/vector.h"
#include "text/html.h"
#include "text/i18n.h"
#include "text/utf8.h"
#include "text/words.h"

static CvSlice finish(CvBuffer *out)
{
    cv_buffer_string(out);
    return cv_buffer_slice(out);
}

/* The text with the ending: behind it, or around it where the ending says where the text goes. */
static CvSlice with_ending(CvArena *arena, CvSlice text, const CvTruncate *options)
{
    static const CvSlice place = CV_SLICE_INIT("%(truncated_text)s");
    CvSlice ending = options->ending;
    if (!options->has_ending)
        ending = cv_gettext("String to return when truncating text", CV_SLICE("%(truncated_text)s\xE2\x80\xA6"));
    CvBuffer out = cv_buffer(arena);
    if (cv_slice_find(ending, place) < 0) {
        if (cv_slice_ends_with(text, ending))
            return text;
        cv_buffer_append_slice(&out, text);
        cv_buffer_append_slice(&out, ending);
        return finish(&out);
    }
    while (ending.length) {
        if (cv_slice_starts_with(ending, place)) {
            cv_buffer_append_slice(&out, text);
            ending = cv_slice_skip(ending, place.length);
        } else if (cv_slice_starts_with(ending, CV_SLICE("%%"))) {
            cv_buffer_append_byte(&out, '%');
            ending = cv_slice_skip(ending, 2);
        } else {
            cv_buffer_append_byte(&out, *ending.data);
            ending = cv_slice_skip(ending, 1);
        }
    }
    return finish(&out);
}

/* How many characters of the text stay when the ending takes its part. */
static int64_t room_for(CvArena *arena, int64_t most, const CvTruncate *options)
{
    for (CvSlice rest = with_ending(arena, (CvSlice){"", 0}, options); rest.length && most > 0;)
        if (!cv_utf8_is_combining(cv_utf8_next(&rest)))
            most--;
    return most;
}

/* ---- HTML ---- */

typedef struct Cutter {
    CvArena *arena;
    const CvTruncate *options;
    CvBuffer out;
    int64_t left; /* characters or words */
    bool words, done;
    int64_t most, processed; /* characters: asked for, met so far */
    int64_t written, whole;  /* characters of the output, of the source */
    CV_VECTOR(CvSlice) open; /* the tags that are open */
} Cutter;

static void put(Cutter *cutter, CvSlice text)
{
    cv_buffer_append_slice(&cutter->out, text);
    if (!cutter->words)
        cutter->written += (int64_t)cv_utf8_count(text);
}

static void put_end_tag(Cutter *cutter, CvSlice name)
{
    put(cutter, CV_SLICE("</"));
    put(cutter, name);
    put(cutter, CV_SLICE(">"));
}

static void end_tag(Cutter *cutter, CvSlice name)
{
    if (cv_html_is_void_element(name))
        return;
    put_end_tag(cutter, name);
    if (cutter->open.count && cv_slice_equal(cutter->open.items[cutter->open.count - 1], name))
        cutter->open.count--;
}

static void start_tag(Cutter *cutter, const CvHtmlToken *token)
{
    put(cutter, token->raw);
    if (!cv_html_is_void_element(token->name))
        cv_vector_push(cutter->arena, &cutter->open, token->name);
    if (token->kind == CV_HTML_START_END)
        end_tag(cutter, token->name);
}

/* The next part of a text that is split at white space between words; the outer white space stays with its word. */
static bool next_part(CvSlice *rest, CvSlice *part, bool *more)
{
    CvSlice at = *rest;
    bool word = false;
    while (at.length) {
        CvSlice next = at;
        if (!cv_utf8_is_space(cv_utf8_next(&next))) {
            word = true;
            at = next;
            continue;
        }
        CvSlice behind = at;
        for (CvSlice space = at; space.length && cv_utf8_is_space(cv_utf8_next(&space));)
            behind = space;
        if (word && behind.length) {
            *part = cv_slice_range(*rest, 0, rest->length - at.length);
            *rest = behind;
            *more = true;
            return true;
        }
        at = behind;
    }
    *part = *rest;
    *rest = at;
    *more = false;
    return true;
}

/* The words of the text that still fit; `count`: how many it has. */
static CvSlice take_words(Cutter *cutter, CvSlice text, int64_t *count)
{
    CvBuffer kept = cv_buffer(cutter->arena);
    CvSlice part;
    *count = 0;
    for (bool more = true; more;) {
        next_part(&text, &part, &more);
        if (*count < cutter->left) {
            if (*count)
                cv_buffer_append_byte(&kept, ' ');
            cv_buffer_append_slice(&kept, part);
        }
        ++*count;
    }
    return finish(&kept);
}

static void cut_text(Cutter *cutter, CvSlice text)
{
    int64_t count;
    CvSlice kept;
    if (cutter->words) {
        kept = take_words(cutter, text, &count);
    } else {
        count = (int64_t)cv_utf8_count(text);
        cutter->processed += count;
        if (cutter->processed == cutter->most && cutter->written + count == cutter->whole) {
            put(cutter, text); /* no tags, and just as long as it may be */
            cutter->done = true;
            return;
        }
        kept = cv_utf8_take(text, (size_t)cutter->left);
    }
    kept = cv_html_escaped(cutter->arena, kept);
    if (cutter->left < count) {
        cutter->left = 0;
        put(cutter, with_ending(cutter->arena, kept, cutter->options));
        cutter->done = true;
        return;
    }
    cutter->left -= count;
    put(cutter, kept);
}

static CvSlice truncate_html(CvArena *arena, CvSlice html, int64_t most, bool words, const CvTruncate *options)
{
    Cutter cutter = {.arena = arena, .options = options, .out = cv_buffer(arena), .words = words, .most = most};
    cutter.left = words ? most : room_for(arena, most, options);
    cutter.whole = words ? 0 : (int64_t)cv_utf8_count(html);
    CvHtmlReader reader = cv_html_reader(arena, html, false, false);
    for (CvHtmlToken token; !cutter.done && cv_html_read(&reader, &token);) {
        if (token.kind == CV_HTML_START || token.kind == CV_HTML_START_END)
            start_tag(&cutter, &token);
        else if (token.kind == CV_HTML_END)
            end_tag(&cutter, token.name);
        else if (token.kind == CV_HTML_TEXT)
            cut_text(&cutter, token.literal ? token.raw : cv_html_unescape(arena, token.raw));
    }
    while (cutter.done && cutter.open.count)
        put_end_tag(&cutter, cutter.open.items[--cutter.open.count]);
    return finish(&cutter.out);
}

/* ---- plain text ---- */

CvSlice cv_truncate_chars(CvArena *arena, CvSlice text, int64_t most, CvTruncate options)
{
    if (most <= 0)
        return CV_SLICE("");
    text = cv_utf8_normalize(arena, text, CV_NFC);
    if (options.html)
        return truncate_html(arena, text, most, false, &options);
    int64_t room = room_for(arena, most, &options), count = 0;
    CvSlice end = {NULL, 0};
    for (CvSlice rest = text; rest.length;) {
        CvSlice before = rest;
        if (cv_utf8_is_combining(cv_utf8_next(&rest)))
            continue;
        count++;
        if (!end.data && count > room)
            end = before;
        if (count > most)
            return with_ending(arena, cv_slice_range(text, 0, text.length - end.length), &options);
    }
    return text;
}

CvSlice cv_truncate_words(CvArena *arena, CvSlice text, int64_t most, CvTruncate options)
{
    if (most <= 0)
        return CV_SLICE("");
    if (options.html)
        return truncate_html(arena, text, most, true, &options);
    CvBuffer out = cv_buffer(arena);
    CvSlice word;
    for (int64_t count = 0; cv_utf8_split_word(&text, &word); count++) {
        if (count == most)
            return with_ending(arena, finish(&out), &options);
        if (count)
            cv_buffer_append_byte(&out, ' ');
        cv_buffer_append_slice(&out, word);
    }
    return finish(&out);
}
