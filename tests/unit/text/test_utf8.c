/* Tests text/utf8.h. */
#include "cases.h"

static const Case upper[] = {
    {"abc", "ABC"},
    {"stra\303\237e", "STRASSE"},
    {"\357\254\201n", "FIN"},
    {"\303\251\303\2001", "\303\211\303\2001"},
};

static const Case lower[] = {
    {"ABC", "abc"},
    {"\303\200\316\243", "\303\240\317\202"},
    {"\316\221\316\243 \316\222\316\243\316\221", "\316\261\317\202 \316\262\317\203\316\261"},
    {"\304\260", "i\314\207"},
};

static const Case title[] = {
    {"it's a book", "It'S A Book"},
    {"\303\251a \307\206x \303\237a", "\303\211a \307\205x Ssa"},
    {"2nd x", "2Nd X"},
    {"\316\221\316\243\316\243", "\316\221\317\203\317\202"},
};

static const Case titlecase[] = {
    {"it's joe's 2nd CAR", "It's Joe's 2nd Car"},
    {"o\\b", "O\\B"},
    {"x3y", "X3y"},
    {"it's's", "It's'S"},
};

START_TEST(well_formed_text_is_told_from_ill_formed)
{
    static const char *const good[] = {
        "", "abc", "\xC2\x80\u07FF", "\u0800\uFFFF", "\U00010000\U0010FFFF", "\uD7FF\uE000"};
    static const char *const bad[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "\xC3",
                                      "\xE2\x82",
                                      "\xF0\x9F\x98"};
    for (size_t i = 0; i < CV_COUNT_OF(good); i++)
        ck_assert_msg(cv_utf8_valid(cv_slice(good[i])), "%zu", i);
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        const char *text = cv_printf("abcdefgh%sx", bad[i]);
        ck_assert_msg(!cv_utf8_valid(cv_slice(bad[i])), "%zu", i);
        ck_assert_uint_eq(cv_utf8_valid_prefix(cv_slice(text)), 8);
    }
}
END_TEST

START_TEST(repair_counts_as_python_does)
{
    static const Case cases[] = {{"a\x80z", "a\uFFFDz"},
                                 {"\xE2\x82z", "\uFFFDz"},
                                 {"\xE2\x82", "\uFFFD"},
                                 {"\xF0\x9F\x98", "\uFFFD"},
                                 {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
                                 {"\xC0\xAF", "\uFFFD\uFFFD"},
                                 {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
                                 {"ok é", "ok é"}};
    CHECK_CASES(cases, cv_utf8_repair);
}
END_TEST

START_TEST(every_code_point_goes_there_and_back)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (uint32_t point = 0; point <= 0x110000; point++) {
        out.length = 0;
        cv_utf8_append(&out, point);
        CvSlice rest = cv_buffer_slice(&out), back = rest;
        uint32_t expected = (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF ? CV_UTF8_REPLACEMENT : point;
        if (cv_utf8_next(&rest) != expected || rest.length || cv_utf8_last(&back) != expected || back.length)
            ck_abort_msg("%X", point);
    }
}
END_TEST

START_TEST(lengths_and_cuts_count_code_points)
{
    CvSlice text = CV_SLICE("aé中😀bcdefghijklmnop");
    ck_assert_uint_eq(cv_utf8_count(text), 19);
    ck_assert(cv_slice_is(cv_utf8_take(text, 3), "aé中"));
    ck_assert(cv_slice_is(cv_utf8_drop(text, 4), "bcdefghijklmnop"));
    ck_assert(cv_slice_is(cv_utf8_take(text, 100), text.data));
    ck_assert_uint_eq(cv_utf8_drop(text, 100).length, 0);
    ck_assert(cv_slice_is(cv_utf8_take(CV_SLICE("abc"), 2), "ab"));
    ck_assert_uint_eq(cv_utf8_count(CV_SLICE("a\x80\xE2\x82z")), 4);
}
END_TEST

START_TEST(case_follows_unicode)
{
    CHECK_CASES(upper, cv_utf8_upper);
    CHECK_CASES(lower, cv_utf8_lower);
    CHECK_CASES(title, cv_utf8_title);
    CHECK_CASES(titlecase, cv_utf8_titlecase);
    ck_assert(cv_slice_is(cv_utf8_casefold(cv_arena(), CV_SLICE("Straße")), "strasse"));
    ck_assert(cv_slice_is(cv_utf8_capfirst(cv_arena(), CV_SLICE("élan VITAL")), "Élan VITAL"));
    ck_assert(cv_slice_is(cv_utf8_capfirst(cv_arena(), CV_SLICE("")), ""));
    ck_assert(cv_slice_is(cv_utf8_capitalize(cv_arena(), CV_SLICE("ßA ΑΣ")), "Ssa ας"));
    ck_assert(cv_slice_is(cv_utf8_capitalize(cv_arena(), CV_SLICE("ǆ")), "ǅ"));
    ck_assert(cv_slice_is(cv_utf8_capitalize(cv_arena(), CV_SLICE("\xff"
                                                                  "A")),
                          "\uFFFDa"));
    ck_assert(cv_slice_is(cv_utf8_capitalize(cv_arena(), CV_SLICE("")), ""));
    ck_assert(cv_slice_is(cv_utf8_lower(cv_arena(), CV_SLICE("A\xFF")), "a\uFFFD"));
}
END_TEST

START_TEST(normal_forms)
{
    CvArena *arena = cv_arena();
    ck_assert(cv_slice_is(cv_utf8_normalize(arena, CV_SLICE("e\u0301"), CV_NFC), "é"));
    ck_assert(cv_slice_is(cv_utf8_normalize(arena, CV_SLICE("é"), CV_NFD), "e\u0301"));
    ck_assert(cv_slice_is(cv_utf8_normalize(arena, CV_SLICE("ﬁ²"), CV_NFKC), "fi2"));
    ck_assert(cv_slice_is(cv_utf8_normalize(arena, CV_SLICE("ﬁé"), CV_NFKD), "fie\u0301"));
}
END_TEST

START_TEST(stripping_and_splitting_know_unicode_space)
{
    CvSlice rest = CV_SLICE("\u3000 one\u00a0two\x1cthree\u2029"), part;
    ck_assert(cv_slice_is(cv_utf8_strip(CV_SLICE("\u00a0\n x\u2003y \x1f")), "x\u2003y"));
    ck_assert(cv_slice_is(cv_utf8_strip(CV_SLICE("\u200bx")), "\u200bx"));
    static const char *const words[] = {"one", "two", "three"};
    for (size_t i = 0; i < 3; i++)
        ck_assert(cv_utf8_split_word(&rest, &part) && cv_slice_is(part, words[i]));
    ck_assert(!cv_utf8_split_word(&rest, &part));
    rest = CV_SLICE("a\r\n\rb\u2028c\vd\n");
    static const char *const lines[] = {"a", "", "b", "c", "d"};
    for (size_t i = 0; i < 5; i++)
        ck_assert(cv_utf8_split_line(&rest, &part) && cv_slice_is(part, lines[i]));
    ck_assert(!cv_utf8_split_line(&rest, &part));
}
END_TEST

START_TEST(classes_of_code_points)
{
    ck_assert(cv_utf8_is_word('_') && cv_utf8_is_word(0xE9) && cv_utf8_is_word(0x4E2D) && cv_utf8_is_word(0xB2));
    ck_assert(!cv_utf8_is_word('-') && !cv_utf8_is_word(0x301) && !cv_utf8_is_word(0x1F600));
    ck_assert(cv_utf8_is_digit(0x663) && !cv_utf8_is_digit(0xB2));
    ck_assert(cv_utf8_is_letter(0xAA) && !cv_utf8_is_letter('1'));
    ck_assert(cv_utf8_is_combining(0x301) && !cv_utf8_is_combining('a'));
    ck_assert(cv_utf8_is_control(0) && cv_utf8_is_control(0x7F) && cv_utf8_is_control(0x200B) &&
              !cv_utf8_is_control(' '));
    ck_assert(cv_utf8_is_numeric('7') && cv_utf8_is_numeric(0xBD) && cv_utf8_is_numeric(0x2167));
    ck_assert(!cv_utf8_is_numeric('-') && !cv_utf8_is_numeric(0xE9));
    ck_assert(cv_utf8_is_lower('a') && cv_utf8_is_lower(0xAA) && !cv_utf8_is_lower('A') && !cv_utf8_is_lower(0x1C5));
    ck_assert(cv_utf8_is_upper('A') && cv_utf8_is_upper(0xC9) && !cv_utf8_is_upper('a') && !cv_utf8_is_upper(0x1C5));
    ck_assert(cv_utf8_is_title(0x1C5) && !cv_utf8_is_title(0x1C4) && !cv_utf8_is_title('A'));
}
END_TEST

UNIT_TESTS("text/utf8", well_formed_text_is_told_from_ill_formed, repair_counts_as_python_does,
           every_code_point_goes_there_and_back, lengths_and_cuts_count_code_points, case_follows_unicode, normal_forms,
           stripping_and_splitting_know_unicode_space, classes_of_code_points)
