/* wrap.c: lines broken at white space, as Python's textwrap breaks them when it may not break words. */
#include "base/self.h"
#include "base/vector.h"
#include "text/utf8.h"
#include "text/words.h"

typedef CV_VECTOR(CvSlice) Chunks;

static bool is_break(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static CvSlice expand_tabs(CvArena *arena, CvSlice line)
{
    if (cv_slice_find_byte(line, '\t') < 0)
        return line;
    CvBuffer out = cv_buffer(arena);
    size_t column = 0;
    while (line.length) {
        CvSlice before = line;
        uint32_t point = cv_utf8_next(&line);
        if (point == '\t') {
            size_t more = 8 - column % 8;
            cv_buffer_append_repeated(&out, ' ', more);
            column += more;
        } else {
            cv_buffer_append(&out, before.data, before.length - line.length);
            column = point == '\n' || point == '\r' ? 0 : column + 1;
        }
    }
    return cv_buffer_slice(&out);
}

/* Words and the white space between them, in turn. */
static Chunks split(CvArena *arena, CvSlice line)
{
    Chunks chunks = {0};
    for (size_t at = 0, end; at < line.length; at = end) {
        bool space = is_break(line.data[at]);
        for (end = at + 1; end < line.length && is_break(line.data[end]) == space;)
            end++;
        cv_vector_push(arena, &chunks, cv_slice_range(line, at, end));
    }
    return chunks;
}

static bool is_blank(CvSlice chunk)
{
    return cv_utf8_strip(chunk).length == 0;
}

/* Writes the lines of one line, and says whether there were any. */
static bool wrap_line(CvArena *scratch, CvBuffer *out, CvSlice line, int64_t width)
{
    Chunks chunks = split(scratch, expand_tabs(scratch, line));
    bool any = false;
    for (size_t at = 0; at < chunks.count;) {
        if (any && is_blank(chunks.items[at]))
            at++;
        size_t first = at;
        int64_t length = 0;
        for (; at < chunks.count; at++) {
            int64_t more = (int64_t)cv_utf8_count(chunks.items[at]);
            if (length + more > width && !(at == first && more > width))
                break;
            length += more;
            if (length > width) {
                at++;
                break;
            }
        }
        size_t end = at;
        if (end > first && is_blank(chunks.items[end - 1]))
            end--;
        if (end == first)
            continue;
        if (any)
            cv_buffer_append_byte(out, '\n');
        for (size_t i = first; i < end; i++)
            cv_buffer_append_slice(out, chunks.items[i]);
        any = true;
    }
    return any;
}

CvSlice cv_wrap(CvArena *arena, CvSlice text, int64_t width)
{
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = text, line;
    CvScratch scratch = cv_scratch_begin(arena);
    for (bool first = true; cv_utf8_split_line(&rest, &line); first = false) {
        if (!first)
            cv_buffer_append_byte(&out, '\n');
        if (!wrap_line(scratch.arena, &out, line, width))
            cv_buffer_append_slice(&out, line);
    }
    if (cv_slice_ends_with(text, CV_SLICE("\n")))
        cv_buffer_append_byte(&out, '\n');
    cv_scratch_end(scratch);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
