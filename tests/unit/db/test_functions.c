/* test_functions.c: the SQL functions that SQLite lacks: padding, digests, statistics, bits, arithmetic of moments. */
#include "db/db.h"

#include "unit.h"

static CvError *raised;

/* What one value of SQL is as a text, "None" for null; or "error". */
static const char *answer;

static void ask(void *sql)
{
    CvList *rows = cv_query_of(NULL, cv_printf("SELECT %s", (const char *)sql), 0, NULL);
    answer = cv_slice_string(cv_arena(), cv_value_str(cv_arena(), rows->items[0].list->items[0]));
}

typedef struct Case {
    const char *sql, *expected;
} Case;

static void expect(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        answer = NULL;
        bool done = cv_try(ask, (void *)(uintptr_t)cases[i].sql, &raised);
        ck_assert_msg(strcmp(done ? answer : "error", cases[i].expected) == 0, "%s: %s", cases[i].sql,
                      done ? answer : raised->message);
    }
}
#define EXPECT(cases) expect((cases), CV_COUNT_OF(cases))

static void fill(void *script)
{
    cv_execute_script(NULL, script);
}

static void start(const char *script)
{
    CvError error;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    ck_assert(!script || cv_try(fill, (void *)(uintptr_t)script, &raised));
}

START_TEST(padding)
{
    static const Case cases[] = {{"LPAD('ab', 5, 'xyz')", "xyzab"},
                                 {"LPAD('ab', 7, 'xyz')", "xyzxyab"},
                                 {"LPAD('abcdef', 3, 'x')", "abc"},
                                 {"LPAD('', 3, 'é')", "ééé"},
                                 {"LPAD('日本', 3, '語')", "語日本"},
                                 {"LPAD('日本', 1, '語')", "日"},
                                 {"LPAD('ab', 5, '')", "ab"},
                                 {"LPAD('ab', 0, 'x')", ""},
                                 {"LPAD(NULL, 5, 'x')", "None"},
                                 {"LPAD('a', NULL, 'x')", "None"},
                                 {"LPAD('a', 3, NULL)", "None"},
                                 {"RPAD('ab', 5, 'xyz')", "abxyz"},
                                 {"RPAD('日本', 5, 'é')", "日本ééé"},
                                 {"RPAD('abcdef', 3, 'x')", "abc"},
                                 {"RPAD('ab', 5, '')", "ab"},
                                 {"length(LPAD('a', 2500000, 'é'))", "2500000"},
                                 {"LPAD('a', 2500001, 'x')", "error"},
                                 {"RPAD('a', 9223372036854775807, 'x')", "error"},
                                 {"RPAD('a', -9223372036854775808, 'x')", ""}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(repeating_and_reversing)
{
    static const Case cases[] = {{"REPEAT('ab', 3)", "ababab"},
                                 {"REPEAT('ab', 0)", ""},
                                 {"REPEAT('ab', -1)", ""},
                                 {"REPEAT('', 9223372036854775807)", ""},
                                 {"REPEAT(NULL, 2)", "None"},
                                 {"REPEAT('a', NULL)", "None"},
                                 {"length(REPEAT('ab', 5000000))", "10000000"},
                                 {"REPEAT('ab', 5000001)", "error"},
                                 {"REPEAT('ab', 9223372036854775807)", "error"},
                                 {"REVERSE('abc')", "cba"},
                                 {"REVERSE('日本é')", "é本日"},
                                 {"REVERSE('')", ""},
                                 {"REVERSE(NULL)", "None"},
                                 {"hex(REVERSE('a' || char(0) || 'b'))", "620061"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(digests)
{
    static const Case cases[] = {{"MD5('')", "d41d8cd98f00b204e9800998ecf8427e"},
                                 {"MD5('é')", "66ddcd97cfdeabb2f6fb8a999b4bc76f"},
                                 {"MD5('a' || char(0) || 'b')", "70350f6027bce3713f6b76473084309b"},
                                 {"MD5(NULL)", "None"},
                                 {"SHA1('abc')", "a9993e364706816aba3e25717850c26c9cd0d89d"},
                                 {"SHA224('abc')", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
                                 {"SHA256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                                 {"substr(SHA384('abc'), 1, 32)", "cb00753f45a35e8bb5a03d699ac65007"},
                                 {"length(SHA384('abc'))", "96"},
                                 {"substr(SHA512('abc'), 1, 32)", "ddaf35a193617abacc417349ae204131"},
                                 {"length(SHA512('abc'))", "128"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(numbers)
{
    static const Case cases[] = {{"BITXOR(5, 3)", "6"},
                                 {"BITXOR(-1, 0)", "-1"},
                                 {"BITXOR(NULL, 1)", "None"},
                                 {"round(COT(1), 10)", "0.6420926159"},
                                 {"COT(0)", "None"},
                                 {"COT(NULL)", "None"},
                                 {"typeof(RAND())", "real"},
                                 {"(SELECT count(DISTINCT r) > 90 AND min(r) >= 0 AND max(r) < 1 FROM (WITH RECURSIVE "
                                  "n(i, r) AS (VALUES (1, RAND()) UNION ALL SELECT i + 1, RAND() FROM n WHERE i < 100) "
                                  "SELECT r FROM n))",
                                  "1"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(statistics)
{
    static const Case cases[] = {
        {"(SELECT STDDEV_POP(a) FROM t)", "2.0"},
        {"(SELECT VAR_POP(a) FROM t)", "4.0"},
        {"(SELECT round(VAR_SAMP(a), 6) FROM t)", "4.571429"},
        {"(SELECT round(STDDEV_SAMP(a), 6) FROM t)", "2.13809"},
        {"(SELECT VAR_POP(a) FROM t WHERE a = 2)", "0.0"},
        {"(SELECT VAR_SAMP(a) FROM t WHERE a = 2)", "None"},
        {"(SELECT STDDEV_SAMP(a) FROM t WHERE a = 2)", "None"},
        {"(SELECT VAR_POP(a) FROM t WHERE a > 99)", "None"},
        {"(SELECT VAR_POP(a) FROM t WHERE a IS NULL)", "None"},
        {"(SELECT STDDEV_POP(a + 1e15) FROM t)", "2.0"}, /* sums of squares would lose it */
        {"(SELECT ANY_VALUE(b) FROM t)", "x"},
        {"(SELECT ANY_VALUE(b) FROM t WHERE a > 99)", "None"},
        {"(SELECT group_concat(v, '|') FROM (SELECT ANY_VALUE(a) AS v FROM t WHERE a IN (2, 9) "
         "GROUP BY a ORDER BY a))",
         "2|9"}};
    start("CREATE TABLE t (a, b); INSERT INTO t VALUES (2, 'x'), (4, 'x'), (4, 'x'), (4, 'x'), (5, 'x'), (5, 'x'), "
          "(7, 'x'), (9, 'x'), (NULL, 'x')");
    EXPECT(cases);
}
END_TEST

START_TEST(bits_of_rows)
{
    static const Case cases[] = {{"(SELECT BIT_AND(a) FROM t)", "4"},
                                 {"(SELECT BIT_OR(a) FROM t)", "15"},
                                 {"(SELECT BIT_XOR(a) FROM t)", "13"},
                                 {"(SELECT BIT_AND(a) FROM t WHERE a IS NULL)", "None"},
                                 {"(SELECT BIT_XOR(a) FROM t WHERE 0)", "None"},
                                 {"(SELECT BIT_AND(a) FROM t WHERE a = 6)", "6"}};
    start("CREATE TABLE t (a); INSERT INTO t VALUES (6), (NULL), (12), (7)");
    EXPECT(cases);
}
END_TEST

START_TEST(moments_and_durations)
{
    static const Case cases[] = {
        {"django_format_dtdelta('+', '2024-02-28', 86400000000)", "2024-02-29"},
        {"django_format_dtdelta('+', 86400000000, '2024-02-28')", "2024-02-29"},
        {"django_format_dtdelta('+', '2024-02-28', 3600000000)", "2024-02-28"},
        {"django_format_dtdelta('-', '2024-03-01 00:00:00', 1000000)", "2024-02-29 23:59:59"},
        {"django_format_dtdelta('-', '2024-03-01 00:00:00', 1)", "2024-02-29 23:59:59.999999"},
        {"django_format_dtdelta('+', '1969-12-31 23:59:59.5', 1)", "1969-12-31 23:59:59.500001"},
        {"django_format_dtdelta('+', '23:30:00', 3600000000)", "00:30:00"},
        {"django_format_dtdelta('-', '00:00:00', 1)", "23:59:59.999999"},
        {"django_format_dtdelta('+', '9999-12-31 23:59:59', 2000000)", "None"},
        {"django_format_dtdelta('-', '0001-01-01 00:00:00', 1)", "None"},
        {"django_format_dtdelta('+', '2024-02-28', 9223372036854775807)", "None"},
        {"django_format_dtdelta('+', 1, 2)", "3"},
        {"django_format_dtdelta('-', 1, 2)", "-1"},
        {"django_format_dtdelta('+', 9223372036854775807, 1)", "None"},
        {"django_format_dtdelta('-', '2024-03-01', '2024-02-28')", "172800000000"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(what_has_no_sum_is_null)
{
    static const Case cases[] = {{"django_format_dtdelta('+', '2024-03-01', '2024-02-28')", "None"},
                                 {"django_format_dtdelta('-', 1, '2024-02-28')", "None"},
                                 {"django_format_dtdelta('+', 1.5, 2)", "None"},
                                 {"django_format_dtdelta('-', 2, 1.5)", "None"},
                                 {"django_format_dtdelta('+', NULL, 2)", "None"},
                                 {"django_format_dtdelta('+', 1, NULL)", "None"},
                                 {"django_format_dtdelta(NULL, 1, 2)", "None"},
                                 {"django_format_dtdelta('%', 1, 2)", "None"},
                                 {"django_format_dtdelta('+', 'nonsense', 1)", "None"},
                                 {"django_format_dtdelta('+', x'00', 1)", "None"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(durations_are_scaled)
{
    static const Case cases[] = {{"django_format_dtdelta('*', 3, 2)", "6"},
                                 {"django_format_dtdelta('*', 3, 2.5)", "7.5"},
                                 {"django_format_dtdelta('*', 2.5, 3)", "7.5"},
                                 {"django_format_dtdelta('*', 9223372036854775807, 2)", "None"},
                                 {"django_format_dtdelta('*', '2024-03-01', 2)", "None"},
                                 {"django_format_dtdelta('/', 7, 2)", "3.5"},
                                 {"django_format_dtdelta('/', 7, 0)", "None"},
                                 {"django_format_dtdelta('/', 7, 0.0)", "None"},
                                 {"django_format_dtdelta('/', 1, '2024-03-01')", "None"},
                                 {"django_format_dtdelta('*', 1e300, 1)", "None"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(differences_of_moments)
{
    static const Case cases[] = {
        {"django_timestamp_diff('2024-03-01', '2024-02-28')", "172800000000"},
        {"django_timestamp_diff('2024-03-01 00:00:00.000001', '2024-03-01')", "1"},
        {"django_timestamp_diff('0001-01-01', '9999-12-31 23:59:59.999999')", "-315537897599999999"},
        {"django_timestamp_diff(NULL, '2024-03-01')", "None"},
        {"django_timestamp_diff('2024-03-01', 'x')", "None"},
        {"django_timestamp_diff('2024-03-01', 5)", "None"},
        {"django_time_diff('10:00:00', '09:30:00.5')", "1799500000"},
        {"django_time_diff('00:00:00', '23:59:59.999999')", "-86399999999"},
        {"django_time_diff(NULL, '10:00:00')", "None"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

START_TEST(times_are_cut)
{
    static const Case cases[] = {{"django_time_trunc('hour', '10:20:30.5')", "10:00:00"},
                                 {"django_time_trunc('minute', '10:20:30.5', NULL, NULL)", "10:20:00"},
                                 {"django_time_trunc('second', '10:20:30.5')", "10:20:30"},
                                 {"django_time_trunc('day', '10:20:30.5')", "None"},
                                 {"django_time_trunc(NULL, '10:20:30.5')", "None"},
                                 {"django_time_trunc('hour', NULL)", "None"},
                                 {"django_time_trunc('hour', 'nonsense')", "None"}};
    start(NULL);
    EXPECT(cases);
}
END_TEST

UNIT_TESTS("db/functions", padding, repeating_and_reversing, digests, numbers, statistics, bits_of_rows,
           moments_and_durations, what_has_no_sum_is_null, durations_are_scaled, differences_of_moments, times_are_cut)
