/* fuzz_html.c: any bytes through all that reads or writes HTML. */
#include "base/base.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size), out;
    CvError error;
    CvBuffer buffer = cv_buffer(arena);
    int64_t most = size ? data[0] % 40 : 3;

    CvSlice escaped = cv_html_escaped(arena, text);
    if (cv_slice_find_byte(escaped, '<') >= 0 || cv_slice_find_byte(escaped, '"') >= 0)
        abort();
    if (!cv_slice_equal(cv_html_unescape(arena, escaped), text))
        abort();
    cv_html_escape_js(&buffer, text);
    cv_html_unescape(arena, text);
    (void)!cv_html_strip_tags(arena, text, &out, &error);
    cv_html_strip_spaces(arena, text);
    cv_html_linebreaks(arena, text, true);
    cv_html_linebreaksbr(arena, text, true);
    cv_html_urlize(arena, text, (CvUrlizeOptions){.autoescape = true, .nofollow = true});
    cv_html_urlize(arena, text, (CvUrlizeOptions){.limited = true, .limit = most, .safe = true});
    cv_truncate_chars(arena, text, most, (CvTruncate){.html = true});
    cv_truncate_words(arena, text, most, (CvTruncate){.html = true});
    for (int references = 0; references < 2; references++) {
        CvHtmlReader reader = cv_html_reader(arena, text, references, true);
        CvHtmlToken token;
        size_t covered = 0;
        while (cv_html_read(&reader, &token)) {
            if (!token.raw.length || token.raw.data < text.data || token.raw.data + token.raw.length > text.data + size)
                abort();
            covered += token.raw.length;
        }
        if (covered > size)
            abort();
    }
    cv_arena_destroy(arena);
    return 0;
}
