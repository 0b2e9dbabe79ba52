/* Tests template/lexer.c. */
#include "template/lexer_private.h"

#include "base/base.h"
#include "unit.h"

static char *kinds(CvArena *arena, const char *source)
{
    CvTokens tokens = {0};
    cv_template_lex(arena, cv_slice(source), &tokens);
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < tokens.count; i++)
        cv_buffer_printf(&out, "%c%d[%.*s]", "TVBC"[tokens.items[i].kind], tokens.items[i].line,
                         CV_SLICE_ARG(tokens.items[i].contents));
    return cv_buffer_string(&out);
}

START_TEST(cuts_text_variables_tags_and_comments)
{
    CvArena *arena = cv_arena_create(0);
    ck_assert_str_eq(kinds(arena, "a{{ b }}c{%  if x %}{# d #}"), "T1[a]V1[b]T1[c]B1[if x]C1[d]");
    ck_assert_str_eq(kinds(arena, "{{}}{%%}{##}"), "V1[]B1[]C1[]");
    ck_assert_str_eq(kinds(arena, ""), "");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(tags_do_not_cross_lines)
{
    CvArena *arena = cv_arena_create(0);
    ck_assert_str_eq(kinds(arena, "{{ a\n}} {{ b }}"), "T1[{{ a\n}} ]V2[b]");
    ck_assert_str_eq(kinds(arena, "{%}x{{}"), "T1[{%}x{{}]");
    ck_assert_str_eq(kinds(arena, "{{{ a }}}"), "V1[{ a]T1[}]");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(verbatim_is_text_up_to_its_end)
{
    CvArena *arena = cv_arena_create(0);
    ck_assert_str_eq(kinds(arena, "{% verbatim x %}{{ a }}{% endverbatim %}{% endverbatim x %}"),
                     "B1[verbatim x]T1[{{ a }}]T1[{% endverbatim %}]B1[endverbatim x]");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(many_open_delimiters_take_linear_time)
{
    CvArena *arena = cv_arena_create(0);
    size_t length = 4 << 20;
    char *source = cv_arena_alloc(arena, length + 1);
    for (size_t i = 0; i < length; i++)
        source[i] = "{%"[i % 2];
    uint64_t start = cv_monotonic_ms();
    CvTokens tokens = {0};
    cv_template_lex(arena, cv_slice_of(source, length), &tokens);
    ck_assert_uint_eq(tokens.count, 1);
    ck_assert_uint_lt(cv_monotonic_ms() - start, 3000);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(quoted_strings_are_one_word)
{
    CvArena *arena = cv_arena_create(0);
    CvWords words = {0};
    cv_template_smart_split(arena, CV_SLICE("a \"b c\" d='e f'g h\"i j"), &words);
    ck_assert_uint_eq(words.count, 5);
    ck_assert(cv_slice_is(words.items[1], "\"b c\""));
    ck_assert(cv_slice_is(words.items[2], "d='e f'g"));
    ck_assert(cv_slice_is(words.items[3], "h\"i"));
    ck_assert(cv_slice_is(words.items[4], "j"));
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("template/lexer", cuts_text_variables_tags_and_comments, tags_do_not_cross_lines,
           verbatim_is_text_up_to_its_end, many_open_delimiters_take_linear_time, quoted_strings_are_one_word)
