/* Tests text/words.h; what is expected is what Django answers. */
#include "cases.h"

static const Case slugs[] = {
    {"Hello, World!", "hello-world"},
    {"  Jack & Jill like numbers 1,2,3 and 4 and silly characters ?%.$!/",
     "jack-jill-like-numbers-123-and-4-and-silly-characters"},
    {"Un \303\251l\303\251phant \303\240 l'or\303\251e du bois", "un-elephant-a-loree-du-bois"},
    {"--a__b--", "a__b"},
    {"\302\277c\303\263mo?", "como"},
    {"spam \342\205\273 ham", "spam-xii-ham"},
    {"_a_", "a"},
    {"a\011b\012c", "a-b-c"},
    {"", ""},
};

static const Case unicode_slugs[] = {
    {"Un \303\251l\303\251phant \303\240 l'or\303\251e du bois",
     "un-\303\251l\303\251phant-\303\240-lor\303\251e-du-bois"},
    {"\344\270\255\346\226\207 \345\255\227", "\344\270\255\346\226\207-\345\255\227"},
    {"\342\205\273", "xii"},
    {"\304\260stanbul", "istanbul"},
};

static const Case truncated_words[] = {
    {"The quick brown fox", "The quick brown\342\200\246"},
    {"a b c", "a b c"},
    {"  a  b ", "a b"},
    {"", ""},
};

static const Case truncated_chars[] = {
    {"The quick brown fox", "The \342\200\246"},
    {"abcde", "abcde"},
    {"abcdef", "abcd\342\200\246"},
    {"o\314\210o\314\210o\314\210o\314\210o\314\210o\314\210", "\303\266\303\266\303\266\303\266\342\200\246"},
};

static const Case truncated_html_words[] = {
    {"<p>one <b>two three</b> four</p>", "<p>one <b>two three</b>\342\200\246</p>"},
    {"one<br>two three four", "one<br>two three\342\200\246"},
    {"<i>a b c</i>", "<i>a b c</i>"},
    {"a &lt;b&gt; c d", "a &lt;b&gt; c\342\200\246"},
    {"<p>one<br/>two</p> x y z", "<p>one<br/>two</p> x\342\200\246"},
};

static const Case truncated_html_chars[] = {
    {"<p>one <b>two three</b></p>", "<p>one <b>\342\200\246</b></p>"},
    {"a<b>b</b>c", "a<b>b</b>c"},
    {"&lt;&gt;&amp;abc", "&lt;&gt;&amp;a\342\200\246"},
    {"<script>var x;</script>abcd", "<script>var \342\200\246</script>"},
};

static const Case wrapped[] = {
    {"aaa bbb ccc ddd", "aaa bbb\012ccc ddd"},   {"a loooooooooooong word", "a\012loooooooooooong\012word"},
    {"x\012\012y z\012", "x\012\012y z\012"},    {" lead  in", " lead\012in"},
    {"a\011b c d e f g", "a\012b c d e\012f g"},
};

static const Case camel[] = {
    {"fooBarBAZ", "foo bar baz"}, {"HTMLParser", "html parser"}, {"aB", "a b"}, {"ABC", "abc"}, {"simple", "simple"},
};

static const Case split[] = {
    {"This is \"a person\\'s\" test.", "This|is|\"a person\\'s\"|test."},
    {"Another 'person\\'s' test.", "Another|'person\\'s'|test."},
    {"A \"\\\"funky\\\" style\" test.", "A|\"\\\"funky\\\" style\"|test."},
    {"\"a", "\"a"},
    {"url search_page words=\"something else\"", "url|search_page|words=\"something else\""},
    {"\"a\" \"b", "\"a\"|\"b"},
    {"a b\\ c", "a|b\\|c"},
};

static CvSlice slugify(CvArena *arena, CvSlice text)
{
    return cv_slugify(arena, text, false);
}

static CvSlice slugify_unicode(CvArena *arena, CvSlice text)
{
    return cv_slugify(arena, text, true);
}

static CvSlice three_words(CvArena *arena, CvSlice text)
{
    return cv_truncate_words(arena, text, 3, (CvTruncate){0});
}

static CvSlice five_chars(CvArena *arena, CvSlice text)
{
    return cv_truncate_chars(arena, text, 5, (CvTruncate){0});
}

static CvSlice three_html_words(CvArena *arena, CvSlice text)
{
    return cv_truncate_words(arena, text, 3, (CvTruncate){.html = true});
}

static CvSlice five_html_chars(CvArena *arena, CvSlice text)
{
    return cv_truncate_chars(arena, text, 5, (CvTruncate){.html = true});
}

static CvSlice wrap(CvArena *arena, CvSlice text)
{
    return cv_wrap(arena, text, 8);
}

static CvSlice bits(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    for (CvSlice bit; cv_smart_split(&text, &bit);) {
        if (out.length)
            cv_buffer_append_byte(&out, '|');
        cv_buffer_append_slice(&out, bit);
    }
    return buffer_text(&out);
}

START_TEST(slugs_are_those_of_django)
{
    CHECK_CASES(slugs, slugify);
    CHECK_CASES(unicode_slugs, slugify_unicode);
}
END_TEST

START_TEST(texts_are_cut_at_characters_and_words)
{
    CHECK_CASES(truncated_words, three_words);
    CHECK_CASES(truncated_chars, five_chars);
    CHECK_CASES(truncated_html_words, three_html_words);
    CHECK_CASES(truncated_html_chars, five_html_chars);
    CvArena *arena = cv_arena();
    ck_assert(cv_slice_is(cv_truncate_chars(arena, CV_SLICE("abc"), 0, (CvTruncate){0}), ""));
    ck_assert(cv_slice_is(cv_truncate_words(arena, CV_SLICE("abc"), -1, (CvTruncate){0}), ""));
    CvTruncate around = {.has_ending = true, .ending = CV_SLICE("[%(truncated_text)s] 100%%")};
    ck_assert(cv_slice_is(cv_truncate_words(arena, CV_SLICE("a b c"), 1, around), "[a] 100%"));
    CvTruncate dots = {.has_ending = true, .ending = CV_SLICE("...")};
    ck_assert(cv_slice_is(cv_truncate_chars(arena, CV_SLICE("abcdefgh"), 5, dots), "ab..."));
    ck_assert(cv_slice_is(cv_truncate_chars(arena, CV_SLICE("abcdefgh"), 2, dots), "..."));
}
END_TEST

START_TEST(lines_are_wrapped)
{
    CHECK_CASES(wrapped, wrap);
}
END_TEST

START_TEST(bits_and_literals)
{
    CHECK_CASES(split, bits);
    CHECK_CASES(camel, cv_camel_case_to_spaces);
    CvSlice text;
    CvError error;
    CvArena *arena = cv_arena();
    ck_assert(cv_unescape_literal(arena, CV_SLICE("\"a \\\"bc\\\" \\\\\""), &text, &error));
    ck_assert(cv_slice_is(text, "a \"bc\" \\"));
    ck_assert(cv_unescape_literal(arena, CV_SLICE("'it'"), &text, &error) && cv_slice_is(text, "it"));
    ck_assert(!cv_unescape_literal(arena, CV_SLICE("abc'"), &text, &error));
    ck_assert_str_eq(error.message, "Not a string literal: \"abc'\"");
    ck_assert(!cv_unescape_literal(arena, CV_SLICE(""), &text, &error));
}
END_TEST

START_TEST(names_lists_and_the_rest)
{
    CvArena *arena = cv_arena();
    CvSlice name;
    CvError error;
    ck_assert(cv_valid_filename(arena, CV_SLICE(" john's portrait in 2004.jpg "), &name, &error));
    ck_assert(cv_slice_is(name, "johns_portrait_in_2004.jpg"));
    ck_assert(!cv_valid_filename(arena, CV_SLICE("$.$.$"), &name, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(cv_valid_filename(arena, CV_SLICE("../../x"), &name, &error) && cv_slice_is(name, "....x"));
    ck_assert(cv_slice_is(cv_normalize_newlines(arena, CV_SLICE("a\r\nb\rc\n\r")), "a\nb\nc\n\n"));
    ck_assert(cv_slice_is(cv_text_list(arena, cv_list(arena, "a", "b", "c"), CV_SLICE("and")), "a, b and c"));
    ck_assert(cv_slice_is(cv_text_list(arena, cv_list(arena, 1), CV_SLICE("or")), "1"));
    ck_assert(cv_slice_is(cv_text_list(arena, cv_list_create(arena), CV_SLICE("or")), ""));
    ck_assert(cv_slice_is(cv_phone_to_numeric(arena, CV_SLICE("0800 FLOWERS")), "0800 3569377"));
    ck_assert(cv_slice_is(cv_add_slashes(arena, CV_SLICE("\"a'\\")), "\\\"a\\'\\\\"));
    ck_assert(cv_slice_is(cv_line_numbers(arena, CV_SLICE("<\nb"), true), "1. &lt;\n2. b"));
    CvSlice ten = cv_line_numbers(arena, CV_SLICE("\n\n\n\n\n\n\n\n\n"), false);
    ck_assert(cv_slice_starts_with(ten, CV_SLICE("01. \n02. ")) && cv_slice_ends_with(ten, CV_SLICE("\n10. ")));
}
END_TEST

UNIT_TESTS("text/words", slugs_are_those_of_django, texts_are_cut_at_characters_and_words, lines_are_wrapped,
           bits_and_literals, names_lists_and_the_rest)
