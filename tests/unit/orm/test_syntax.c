/* test_syntax.c: the query language's parser: trees, literals, precedence, errors with their places, bounds. */
#include "orm/syntax.h"

#include "base/self.h"
#include "unit.h"

static CvArena *arena;

static void show(CvBuffer *out, const CvSyntax *node);

static void show_items(CvBuffer *out, const CvSyntax *node)
{
    for (size_t i = 0; i < node->count; i++) {
        cv_buffer_append_byte(out, ' ');
        show(out, node->items[i]);
    }
    cv_buffer_append_byte(out, ')');
}

static void show_call(CvBuffer *out, const CvSyntax *node)
{
    cv_buffer_append_string(out, "(call ");
    show(out, node->left);
    for (size_t i = 0; i < node->count; i++) {
        const CvSyntaxArgument *argument = &node->arguments[i];
        cv_buffer_printf(out, " %s%.*s%s",
                         argument->stars == 2 ? "**"
                         : argument->stars    ? "*"
                                              : "",
                         CV_SLICE_ARG(argument->name), argument->name.length ? "=" : "");
        show(out, argument->value);
    }
    cv_buffer_append_byte(out, ')');
}

static void show_comprehension(CvBuffer *out, const CvSyntax *node)
{
    cv_buffer_append_string(out, "(each ");
    show(out, node->left);
    for (size_t i = 0; i < node->count; i++) {
        cv_buffer_append_string(out, node->clauses[i].unpack ? " for*" : " for");
        for (size_t k = 0; k < node->clauses[i].name_count; k++)
            cv_buffer_printf(out, " %.*s", CV_SLICE_ARG(node->clauses[i].names[k]));
        cv_buffer_append_string(out, " in ");
        show(out, node->clauses[i].source);
    }
    cv_buffer_append_byte(out, ')');
}

static void show(CvBuffer *out, const CvSyntax *node)
{
    static const char *const names[] = {
        [CV_SYNTAX_TUPLE] = "(tuple", [CV_SYNTAX_LIST] = "(list", [CV_SYNTAX_SET] = "(set", [CV_SYNTAX_DICT] = "(dict"};
    if (!node) {
        cv_buffer_append_byte(out, '_');
        return;
    }
    switch (node->kind) {
    case CV_SYNTAX_CONSTANT:
        cv_value_append_repr(out, node->constant);
        break;
    case CV_SYNTAX_NAME:
        cv_buffer_append_slice(out, node->name);
        break;
    case CV_SYNTAX_ATTRIBUTE:
        show(out, node->left);
        cv_buffer_printf(out, ".%.*s", CV_SLICE_ARG(node->name));
        break;
    case CV_SYNTAX_CALL:
        show_call(out, node);
        break;
    case CV_SYNTAX_SUBSCRIPT:
    case CV_SYNTAX_SLICE:
    case CV_SYNTAX_BINARY:
    case CV_SYNTAX_UNARY:
    case CV_SYNTAX_STARRED:
        cv_buffer_printf(out, "(%s ",
                         node->kind == CV_SYNTAX_SUBSCRIPT ? "at"
                         : node->kind == CV_SYNTAX_SLICE   ? "slice"
                         : node->kind == CV_SYNTAX_STARRED ? "star"
                                                           : node->operator_text);
        show(out, node->left);
        for (int i = 0; i < (node->kind == CV_SYNTAX_UNARY || node->kind == CV_SYNTAX_STARRED ? 0
                             : node->kind == CV_SYNTAX_SLICE                                  ? 2
                                                                                              : 1);
             i++) {
            cv_buffer_append_byte(out, ' ');
            show(out, i ? node->third : node->right);
        }
        cv_buffer_append_byte(out, ')');
        break;
    case CV_SYNTAX_TUPLE:
    case CV_SYNTAX_LIST:
    case CV_SYNTAX_SET:
    case CV_SYNTAX_DICT:
        cv_buffer_append_string(out, names[node->kind]);
        show_items(out, node);
        break;
    case CV_SYNTAX_COMPREHENSION:
        show_comprehension(out, node);
        break;
    }
}

static const char *parse_slice(CvSlice text)
{
    CvSyntax *node;
    CvError error;
    CvBuffer out;
    if (!arena)
        arena = cv_arena_create(0);
    out = cv_buffer(arena);
    if (cv_syntax_parse(arena, text, &node, &error))
        show(&out, node);
    else
        cv_buffer_printf(&out, "%d:%d %s", error.line, error.column, error.message);
    return cv_buffer_string(&out);
}

static const char *parse(const char *text)
{
    return parse_slice(cv_slice(text));
}

#define PARSES(text, tree) ck_assert_str_eq(parse(text), tree)

START_TEST(literals_have_their_values)
{
    PARSES("1", "1");
    PARSES("1_000", "1000");
    PARSES("0x_ff", "255");
    PARSES("0XFF", "255");
    PARSES("0o17", "15");
    PARSES("0b1_01", "5");
    PARSES("00", "0");
    PARSES("9223372036854775807", "9223372036854775807");
    PARSES("9223372036854775808", "9223372036854775808");
    PARSES("0x1_0000_0000_0000_0000", "18446744073709551616");
    PARSES("0xffffffffffffffffffffffffffffffff", "340282366920938463463374607431768211455");
    PARSES("1.", "1.0");
    PARSES(".5", "0.5");
    PARSES("1e3", "1000.0");
    PARSES("1_0.2_5E-1", "1.025");
    PARSES("00.5", "0.5");
    PARSES("(True, False, None)", "(tuple True False None)");
}
END_TEST

START_TEST(strings_know_prefixes_and_escapes)
{
    PARSES("'a' \"b\" '''c\nd'''", "'abc\\nd'");
    PARSES("r'\\d\\'\\n'", "\"\\\\d\\\\'\\\\n\"");
    PARSES("b'\\xff\\x00a'", "b'\\xff\\x00a'");
    PARSES("Rb'\\x'", "b'\\\\x'");
    PARSES("u'\\u00e9\\U0001F600\\101\\x41\\N{GREEK SMALL LETTER ALPHA}'", "'\xc3\xa9\xf0\x9f\x98\x80"
                                                                           "AA\xce\xb1'");
    PARSES("'\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\q'", "'\\x07\\x08\\x0c\\n\\r\\t\\x0b\\\\\\'\"\\\\q'");
    PARSES("'a\\\nb'", "'ab'");
    PARSES("''", "''");
    PARSES("'''a'b''c'''", "\"a'b''c\"");
    PARSES("f'x'", "1:1 f-strings are not part of the query language");
    PARSES("'a' b'b'", "1:1 cannot mix bytes and nonbytes literals");
    PARSES("'abc", "1:1 unterminated string literal (detected at line 1)");
    PARSES("'abc\n'", "1:1 unterminated string literal (detected at line 1)");
    PARSES("'''abc\n", "1:1 unterminated triple-quoted string literal (detected at line 1)");
    PARSES("'\\x4'", "1:2 (unicode error) truncated \\xXX escape");
    PARSES("'\\ud800'", "1:2 (unicode error) surrogates not allowed");
    PARSES("'\\U00110000'", "1:2 (unicode error) illegal Unicode character");
    PARSES("'\\N{NO SUCH}'", "1:2 (unicode error) unknown Unicode character name");
    PARSES("b'\xc3\xa9'", "1:3 bytes can only contain ASCII literal characters");
}
END_TEST

START_TEST(nul_in_a_string_is_kept)
{
    CvSyntax *node;
    CvError error;
    arena = cv_arena_create(0);
    ck_assert(cv_syntax_parse(arena, cv_slice("'a\\0b'"), &node, &error));
    ck_assert_uint_eq(node->constant.length, 3);
    ck_assert_mem_eq(node->constant.text, "a\0b", 4);
}
END_TEST

START_TEST(operators_bind_as_in_python)
{
    PARSES("1 + 2 * 3", "(+ 1 (* 2 3))");
    PARSES("1 - 2 - 3", "(- (- 1 2) 3)");
    PARSES("-2 ** 2", "(- (** 2 2))");
    PARSES("2 ** -1", "(** 2 (- 1))");
    PARSES("2 ** 3 ** 2", "(** 2 (** 3 2))");
    PARSES("a | b ^ c & d", "(| a (^ b (& c d)))");
    PARSES("a & b | c & ~d", "(| (& a b) (& c (~ d)))");
    PARSES("a << b + c >> d", "(>> (<< a (+ b c)) d)");
    PARSES("7 // 2 % 3 / 4", "(/ (% (// 7 2) 3) 4)");
    PARSES("~-+a", "(~ (- (+ a)))");
    PARSES("(a | b) & c", "(& (| a b) c)");
    PARSES("-a.b", "(- a.b)");
}
END_TEST

START_TEST(calls_subscripts_and_collections)
{
    PARSES("Book.objects.filter(a=1, b__in=[1, 2,])[:3]",
           "(at (call Book.objects.filter a=1 b__in=(list 1 2)) (slice _ 3 _))");
    PARSES("f(x, *y, z=1, **w)", "(call f x *y z=1 **w)");
    PARSES("f(a, b, )", "(call f a b)");
    PARSES("x[1:2:3], x[:], x[a, 1:]",
           "(tuple (at x (slice 1 2 3)) (at x (slice _ _ _)) (at x (tuple a (slice 1 _ _))))");
    PARSES("()", "(tuple)");
    PARSES("(1)", "1");
    PARSES("(1,)", "(tuple 1)");
    PARSES("1, 2", "(tuple 1 2)");
    PARSES("1,", "(tuple 1)");
    PARSES("{1, 2}", "(set 1 2)");
    PARSES("{}", "(dict)");
    PARSES("{'a': 1, **b, 2: []}", "(dict 'a' 1 _ b 2 (list))");
    PARSES("[*a, 1]", "(list (star a) 1)");
    PARSES("[(b.id, b.name) for b in x]", "(each (tuple b.id b.name) for b in x)");
    PARSES("[[c for c in b] for b in x]", "(each (each c for c in b) for b in x)");
    PARSES("[a for (a, b) in x for c, in b]", "(each a for* a b in x for* c in b)");
    PARSES("len(x for x in y)", "(call len (each x for x in y))");
    PARSES("a(1)(2)[3].b", "(at (call (call a 1) 2) 3).b");
    PARSES(" \n a(\n1, # one\n 2)\\\n.b # two\n ", "(call a 1 2).b");
    PARSES("caf\xc3\xa9 + \xef\xac\x81x", "(+ caf\xc3\xa9 fix)");
}
END_TEST

START_TEST(errors_say_what_and_where)
{
    PARSES("", "1:1 invalid syntax");
    PARSES("f(1", "1:2 '(' was never closed");
    PARSES("f(1]", "1:4 closing parenthesis ']' does not match opening parenthesis '('");
    PARSES("f(1))", "1:5 unmatched ')'");
    PARSES("a b", "1:3 invalid syntax");
    PARSES("a = 1", "1:3 invalid syntax");
    PARSES("a < 1", "1:3 invalid syntax");
    PARSES("a if b else c", "1:3 invalid syntax");
    PARSES("lambda x: x", "1:1 invalid syntax");
    PARSES("f(a=1, 2)", "1:8 positional argument follows keyword argument");
    PARSES("f(a=1, a=2)", "1:8 keyword argument repeated: a");
    PARSES("f(**a, b)", "1:8 positional argument follows keyword argument unpacking");
    PARSES("f(1=2)", "1:3 expression cannot contain assignment, perhaps you meant \"==\"?");
    PARSES("f(True=2)", "1:3 cannot assign to True");
    PARSES("1a", "1:1 invalid decimal literal");
    PARSES("1__0", "1:3 invalid decimal literal");
    PARSES("1_", "1:3 invalid decimal literal");
    PARSES("0x", "1:3 invalid hexadecimal literal");
    PARSES("0b12", "1:4 invalid digit '2' in binary literal");
    PARSES("007",
           "1:1 leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
    PARSES("1j", "1:1 complex numbers are not part of the query language");
    PARSES("a.1", "1:2 invalid syntax");
    PARSES("a.", "1:3 invalid syntax");
    PARSES("x[]", "1:3 invalid syntax");
    PARSES("*a", "1:1 can't use starred expression here");
    PARSES("a $ b", "1:3 invalid character '$' (U+0024)");
    PARSES("a\n.b", "1:2 invalid syntax");
    PARSES("f(\n\xc3\xa9,\n  \xc3\xa9 !)", "3:5 invalid character '!' (U+0021)");
    PARSES("a \\ b", "1:4 unexpected character after line continuation character");
    PARSES("\xff", "1:1 the text is not UTF-8");
    ck_assert_str_eq(parse_slice(CV_SLICE("a\0b")), "1:2 source code string cannot contain null bytes");
}
END_TEST

START_TEST(the_caret_stands_under_the_place)
{
    CvSyntax *node;
    CvError error;
    arena = cv_arena_create(0);
    ck_assert(!cv_syntax_parse(arena, cv_slice("f(\n\xc3\xa9\xc3\xa9 = = 1)"), &node, &error));
    ck_assert_str_eq(error.detail, "\xc3\xa9\xc3\xa9 = = 1)\n     ^");
    char *wide = cv_arena_printf(arena, "%*s$%*s", 5000, "", 5000, "");
    ck_assert(!cv_syntax_parse(arena, cv_slice(wide), &node, &error));
    ck_assert_uint_lt(strlen(error.detail), 400);
    ck_assert_int_eq(error.column, 5001);
}
END_TEST

static const char *repeated(const char *before, size_t count, const char *middle, const char *after)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < count; i++)
        cv_buffer_append_string(&out, before);
    cv_buffer_append_string(&out, middle);
    for (size_t i = 0; i < count; i++)
        cv_buffer_append_string(&out, after);
    return cv_buffer_string(&out);
}

static bool parses(const char *text)
{
    CvSyntax *node;
    CvError error;
    return cv_syntax_parse(arena, cv_slice(text), &node, &error);
}

START_TEST(bounds_hold_at_below_and_above)
{
    arena = cv_arena_create(0);
    ck_assert(parses(repeated("(", CV_SYNTAX_NESTING_MAX - 1, "1", ")")));
    ck_assert(parses(repeated("(", CV_SYNTAX_NESTING_MAX, "1", ")")));
    ck_assert(!parses(repeated("(", CV_SYNTAX_NESTING_MAX + 1, "1", ")")));
    ck_assert(parses(repeated("-", CV_SYNTAX_NESTING_MAX, "1", "")));
    ck_assert(!parses(repeated("-", CV_SYNTAX_NESTING_MAX + 1, "1", "")));
    ck_assert(parses(repeated("2**", CV_SYNTAX_NESTING_MAX, "1", "")));
    ck_assert(!parses(repeated("2**", CV_SYNTAX_NESTING_MAX + 1, "1", "")));
    ck_assert(parses(repeated("", CV_SYNTAX_DEPTH_MAX - 1, "a", ".a")));
    ck_assert(!parses(repeated("", CV_SYNTAX_DEPTH_MAX, "a", ".a")));
    ck_assert(parses(repeated("1+", CV_SYNTAX_DEPTH_MAX - 1, "1", "")));
    ck_assert(!parses(repeated("1+", CV_SYNTAX_DEPTH_MAX, "1", "")));
    ck_assert(parses(repeated("1", CV_SYNTAX_DIGITS_MAX, "", "")));
    ck_assert(!parses(repeated("1", CV_SYNTAX_DIGITS_MAX + 1, "", "")));
    ck_assert(parses(repeated(" ", CV_SYNTAX_LENGTH_MAX - 1, "1", "")));
    ck_assert(!parses(repeated(" ", CV_SYNTAX_LENGTH_MAX, "1", "")));
    ck_assert(parses(repeated("1,", 10000, "1", "")));
}
END_TEST

static bool torture_done;

static void parse_torture(void *text)
{
    CvSyntax *node;
    CvError error;
    torture_done = cv_syntax_parse(arena, cv_slice(text), &node, &error);
}

START_TEST(a_failed_allocation_is_raised_and_leaks_nothing)
{
    CvArena *texts = cv_arena_create(0);
    arena = texts;
    char *text = cv_arena_strdup(
        texts, repeated("[(b.id, 'x' 'y', {1: 0xfffffffffffffffffff}) for b in f(a=1)],", 500, "1", ""));
    int failures = 0;
    for (uint64_t k = 1; k < 100; k++) {
        CvError *error = NULL;
        arena = cv_arena_create(0);
        cv_arena_trim();
        torture_done = false;
        (void)cv_arena();
        cv_memory_fail_at(k);
        bool whole = cv_try(parse_torture, text, &error);
        cv_memory_fail_at(0);
        ck_assert(whole ? torture_done : error->kind == CV_ERROR_MEMORY);
        failures += !whole;
        cv_arena_destroy(arena);
        if (whole)
            break;
    }
    ck_assert_int_gt(failures, 1);
    cv_arena_destroy(texts);
}
END_TEST

UNIT_TESTS("orm/syntax", literals_have_their_values, strings_know_prefixes_and_escapes, nul_in_a_string_is_kept,
           operators_bind_as_in_python, calls_subscripts_and_collections, errors_say_what_and_where,
           the_caret_stands_under_the_place, bounds_hold_at_below_and_above,
           a_failed_allocation_is_raised_and_leaks_nothing)
