/* test_shell.c: the query language without a database: values, operators, calls, errors, JSON. */
#include "orm/shell.h"

#include "base/self.h"
#include "unit.h"

typedef struct Question {
    const char *text;
    CvBuffer out;
} Question;

static void ask(void *argument)
{
    Question *question = argument;
    cv_shell_write(&question->out, cv_shell_evaluate(cv_slice(question->text)));
}

static const char *answer(const char *text)
{
    Question question = {.text = text, .out = cv_buffer(cv_arena())};
    CvError *error;
    if (!cv_try(ask, &question, &error))
        return cv_printf("%s: %s", cv_error_class(error->kind), error->message);
    return cv_buffer_string(&question.out);
}

#define ANSWERS(text, expected) ck_assert_str_eq(answer(text), expected)

START_TEST(values_are_written_as_json)
{
    ANSWERS("None", "null");
    ANSWERS("(1, True, 'a\"\\u00e9', 1.5, 2e300)", "[1, true, \"a\\\"\xc3\xa9\", 1.5, 2e+300]");
    ANSWERS("12345678901234567890", "12345678901234567890");
    ANSWERS("Decimal('1.50')", "{\"$decimal\": \"1.50\"}");
    ANSWERS("date(2024, 2, 29)", "{\"$date\": \"2024-02-29\"}");
    ANSWERS("time(8, 59, 59, 500000)", "{\"$time\": \"08:59:59.500000\"}");
    ANSWERS("datetime(2019, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'))",
            "{\"$datetime\": \"2019-10-27T02:30:00+02:00\"}");
    ANSWERS("datetime(2019, 10, 27, tzinfo=utc)", "{\"$datetime\": \"2019-10-27T00:00:00+00:00\"}");
    ANSWERS("timedelta(days=1, hours=2, minutes=3, seconds=4.5)", "{\"$duration\": \"P1DT02H03M04.500000S\"}");
    ANSWERS("UUID('00000000-0000-0000-0000-00000000000A')", "{\"$uuid\": \"00000000-0000-0000-0000-00000000000a\"}");
    ANSWERS("b'\\x00\\xff'", "{\"$bytes\": \"AP8=\"}");
    ANSWERS("{'a': [1], 'b': {}}", "{\"a\": [1], \"b\": {}}");
    ANSWERS("{1: 2}", "{\"$map\": [[1, 2]]}");
    ANSWERS("{1, 2, 1}", "{\"$set\": [1, 2]}");
}
END_TEST

START_TEST(operators_calculate_as_python)
{
    ANSWERS("2 ** 62", "4611686018427387904");
    ANSWERS("2 ** 64 - 1", "18446744073709551615");
    ANSWERS("-7 // 2, -7 % 3, 7 / 2, 7 % -3", "[-4, 2, 3.5, -2]");
    ANSWERS("1 << 70 >> 68", "4");
    ANSWERS("6 & 3 | 8 ^ 1", "11");
    ANSWERS("~5, -True, +2", "[-6, -1, 2]");
    ANSWERS("True & False, True | False", "[false, true]");
    ANSWERS("Decimal('1.1') * 3", "{\"$decimal\": \"3.3\"}");
    ANSWERS("0.5 + 1, 2 ** 0.5 * 0", "[1.5, 0.0]");
    ANSWERS("'a' + 'b'", "\"ab\"");
    ANSWERS("[1] + [2]", "[1, 2]");
    ANSWERS("date(2024, 2, 28) + timedelta(2)", "{\"$date\": \"2024-03-01\"}");
    ANSWERS("date(2024, 3, 1) - date(2024, 2, 1)", "{\"$duration\": \"P29DT00H00M00S\"}");
    ANSWERS("-timedelta(hours=1) * 2", "{\"$duration\": \"-P0DT02H00M00S\"}");
    ANSWERS("2 ** 400", "OverflowError: the integer is too large to calculate with");
    ANSWERS("170141183460469231731687303715884105727 - 1 + 1", "170141183460469231731687303715884105727");
    ANSWERS("-170141183460469231731687303715884105727 // -1", "170141183460469231731687303715884105727");
    ANSWERS("170141183460469231731687303715884105728 + 0", "OverflowError: the integer is too large to calculate with");
    ANSWERS("-170141183460469231731687303715884105727 - 1",
            "OverflowError: the integer is too large to calculate with");
    ANSWERS("~170141183460469231731687303715884105727", "OverflowError: the integer is too large to calculate with");
    ANSWERS("(-2) ** 127", "OverflowError: the integer is too large to calculate with");
    ANSWERS("-9223372036854775808, -(-9223372036854775808), -(-100000000000000000000000000000000000000000)",
            "[-9223372036854775808, 9223372036854775808, 100000000000000000000000000000000000000000]");
    ANSWERS("-170141183460469231731687303715884105728, +100000000000000000000000000000000000000000",
            "[-170141183460469231731687303715884105728, 100000000000000000000000000000000000000000]");
    ANSWERS("1 / 0", "ZeroDivisionError: division by zero");
    ANSWERS("1 + 'a'", "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    ANSWERS("-'a'", "TypeError: bad operand type for unary -: 'str'");
}
END_TEST

START_TEST(sequences_and_comprehensions)
{
    ANSWERS("[1, 2, 3][-1], 'h\xc3\xa9llo'[1], {'a': 2}['a']", "[3, \"\xc3\xa9\", 2]");
    ANSWERS("[1, 2, 3, 4][1:3], [1, 2, 3][::-1], 'abc'[-2:], [1, 2, 3][5:]", "[[2, 3], [3, 2, 1], \"bc\", []]");
    ANSWERS("[(a, b) for a, b in [(1, 2), (3, 4)]]", "[[1, 2], [3, 4]]");
    ANSWERS("[[x + y for y in [1, 2]] for x in [10, 20]]", "[[11, 12], [21, 22]]");
    ANSWERS("[x + y for x in [10, 20] for y in [1, 2]]", "[11, 12, 21, 22]");
    ANSWERS("len([1, 2]), len('\xc3\xa9'), list('ab'), bool([]), str(1.0), len({1, 1})",
            "[2, 1, [\"a\", \"b\"], false, \"1.0\", 1]");
    ANSWERS("[*[1, 2], 3]", "[1, 2, 3]");
    ANSWERS("date(*[2024, 1, 2]), date(**{'year': 2024, 'month': 1, 'day': 2}).year",
            "[{\"$date\": \"2024-01-02\"}, 2024]");
    ANSWERS("[1][1]", "IndexError: list index out of range");
    ANSWERS("{'a': 1}['b']", "KeyError: 'b'");
    ANSWERS("[a for a, b in [(1, 2, 3)]]", "ValueError: too many values to unpack (expected 2, got 3)");
    ANSWERS("[x for x in 5]", "TypeError: 'int' object is not iterable");
    ANSWERS("{[]: 1}", "TypeError: unhashable type: 'list'");
}
END_TEST

START_TEST(errors_are_pythons)
{
    ANSWERS("nope", "NameError: name 'nope' is not defined");
    ANSWERS("(1).nope", "AttributeError: 'int' object has no attribute 'nope'");
    ANSWERS("1(2)", "TypeError: 'int' object is not callable");
    ANSWERS("f(1", "SyntaxError: '(' was never closed");
    ANSWERS("date(2024)", "TypeError: date() missing 1 required positional argument: 'month'");
    ANSWERS("date(1, 2, 3, 4)", "TypeError: date() takes 3 positional arguments but 4 were given");
    ANSWERS("date(year=1, x=2)", "TypeError: date() got an unexpected keyword argument 'x'");
    ANSWERS("date(1, year=2)", "TypeError: date() got multiple values for argument 'year'");
    ANSWERS("date(2023, 2, 29)", "ValueError: there is no such date: 2023-2-29");
    ANSWERS("UUID('x')", "ValueError: badly formed hexadecimal UUID string");
    ANSWERS("len(1)", "TypeError: object of type 'int' has no len()");
    ANSWERS("Left('name', 0)", "ValueError: 'length' must be greater than 0.");
    ANSWERS("Coalesce('a')", "ValueError: Coalesce must take at least two expressions");
    ANSWERS("Case('pages')", "TypeError: Positional arguments must all be When objects.");
    ANSWERS("F('a') & F('b')", "TypeError: Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.");
}
END_TEST

START_TEST(every_expression_can_be_made)
{
    static const char *const texts[] = {
        "Q(price__gte=0)",
        "Q(a=1) | ~Q(b=2) & Q(c=3) ^ Q()",
        "~Q()",
        "Q(Q(a=1), ('b', 2), c=3, _connector='OR')",
        "F('a') + 1 - F('b') * 2 / F('c') % 3 ** F('d')",
        "F('a').desc(nulls_last=True)",
        "F('name')[2:5]",
        "Lower('name')",
        "Concat('a', Value(' '), 'b', output_field=CharField())",
        "Value(1, IntegerField())",
        "Count('*')",
        "Count('a', distinct=True, filter=Q(b=1))",
        "StdDev('a', sample=True)",
        "Sum('a', default=0)",
        "Case(When(a=1, then=2), When(Q(b=1), then='c'), default=Value(0))",
        "Window(Rank(), partition_by=['a', 'b'], order_by='-c', frame=RowRange(start=-1, end=None))",
        "Window(Sum('a'), frame=RowRange(start=-1, end=1, exclusion=WindowFrameExclusion.CURRENT_ROW))",
        "TruncMonth('a', tzinfo=ZoneInfo('Asia/Tokyo'))",
        "Trunc('a', 'iso_year')",
        "Extract('a', 'week_day')",
        "Cast('a', DecimalField(max_digits=5, decimal_places=2))",
        "JSONObject(a='b', c=JSONArray('d'))",
        "OuterRef(OuterRef('pk'))",
        "KT('a__b')",
        "F('a').bitand(3)",
        "StringAgg('a', delimiter=',', order_by='-b')",
        "Now()",
        "-F('a')"};
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
        ck_assert_ptr_nonnull(cv_expression_of_text(texts[i]));
    ANSWERS("[str(f) for f in [Q(a=1)]] * 0", "TypeError: unsupported operand type(s) for *: 'list' and 'int'");
}
END_TEST

UNIT_TESTS("orm/shell", values_are_written_as_json, operators_calculate_as_python, sequences_and_comprehensions,
           errors_are_pythons, every_expression_can_be_made)
