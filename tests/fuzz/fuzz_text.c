/* fuzz_text.c: any bytes through UTF-8, case, slugs, words, wrapping, URLs and reprs. */
#include "base/base.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_utf8(CvArena *arena, CvSlice text)
{
    CvSlice repaired = cv_utf8_repair(arena, text), rest = repaired;
    size_t points = 0;
    if (!cv_utf8_valid(repaired) || cv_utf8_valid(text) != cv_slice_equal(text, repaired))
        abort();
    CvBuffer out = cv_buffer(arena);
    for (; rest.length; points++)
        cv_utf8_append(&out, cv_utf8_next(&rest));
    if (points != cv_utf8_count(repaired) || !cv_slice_equal(cv_buffer_slice(&out), repaired))
        abort();
    for (rest = repaired; rest.length; points--)
        cv_utf8_last(&rest);
    if (points != 0 || cv_utf8_count(text) != cv_utf8_count(repaired))
        abort();
    for (int form = CV_NFC; form <= CV_NFKD; form++)
        if (!cv_utf8_valid(cv_utf8_normalize(arena, text, (CvNormalForm)form)))
            abort();
    if (!cv_utf8_valid(cv_utf8_upper(arena, text)) || !cv_utf8_valid(cv_utf8_lower(arena, text)) ||
        !cv_utf8_valid(cv_utf8_titlecase(arena, text)) || !cv_utf8_valid(cv_utf8_capfirst(arena, text)) ||
        !cv_utf8_valid(cv_utf8_casefold(arena, text)))
        abort();
}

static void check_url(CvArena *arena, CvSlice text)
{
    static const char *const hosts[] = {"example.com", NULL};
    CvBuffer out = cv_buffer(arena);
    CvUrlParts parts;
    CvSlice name, value;
    cv_url_quote(&out, text, "/");
    if (!cv_slice_equal(cv_url_unquote_bytes(arena, cv_buffer_slice(&out), false), text))
        abort();
    if (cv_url_split(cv_url_clean(arena, text), &parts))
        cv_url_join_parts(arena, &parts);
    cv_url_is_allowed(text, hosts, false);
    cv_iri_to_uri(arena, text);
    if (!cv_utf8_valid(cv_uri_to_iri(arena, cv_utf8_repair(arena, text))))
        abort();
    for (CvSlice rest = text; cv_url_next_parameter(arena, &rest, &name, &value);)
        if (!cv_utf8_valid(name) || !cv_utf8_valid(value))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size), out, rest = text;
    CvError error;
    int64_t most = size ? data[0] % 40 : 3;

    check_utf8(arena, text);
    check_url(arena, text);
    out = cv_slugify(arena, text, false);
    if (!cv_slice_equal(cv_slugify(arena, out, false), out))
        abort();
    cv_slugify(arena, text, true);
    (void)!cv_valid_filename(arena, text, &out, &error);
    cv_wrap(arena, text, most);
    cv_truncate_chars(arena, text, most, (CvTruncate){0});
    cv_truncate_words(arena, text, most, (CvTruncate){0});
    cv_camel_case_to_spaces(arena, text);
    cv_phone_to_numeric(arena, text);
    cv_normalize_newlines(arena, text);
    cv_line_numbers(arena, text, true);
    (void)!cv_unescape_literal(arena, text, &out, &error);
    while (cv_smart_split(&rest, &out))
        if (!out.length)
            abort();
    if (!cv_utf8_valid(cv_value_repr(arena, cv_value_slice(text))))
        abort();
    cv_arena_destroy(arena);
    return 0;
}
