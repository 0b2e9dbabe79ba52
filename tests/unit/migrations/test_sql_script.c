/* Tests migrations/sql_script.h: where statements end. */
#include "migrations/sql_script.h"

#include "unit.h"

/* The statements of a script with bars between them. */
static const char *cut(const char *script)
{
    CvArena *arena = cv_arena();
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = cv_slice(script);
    for (const char *one; (one = cv_sql_script_next(arena, &rest));)
        cv_buffer_printf(&out, "%s%s", cv_buffer_slice(&out).length ? "|" : "", one);
    return cv_buffer_string(&out);
}

START_TEST(semicolons_end_statements)
{
    ck_assert_str_eq(cut("a; b ;c"), "a|b|c");
    ck_assert_str_eq(cut(" ;; a ;; \n ; "), "a");
    ck_assert_str_eq(cut(""), "");
    ck_assert_str_eq(cut(" -- nothing"), "");
    ck_assert_str_eq(cut("SELECT 1\n  FROM a\n;"), "SELECT 1\n  FROM a");
}
END_TEST

START_TEST(texts_and_names_keep_theirs)
{
    ck_assert_str_eq(cut("a 'x;y' \"p;q\" `r;s` [t;u]; b"), "a 'x;y' \"p;q\" `r;s` [t;u]|b");
    ck_assert_str_eq(cut("a 'it''s; so'; b"), "a 'it''s; so'|b");
    ck_assert_str_eq(cut("a '-- no; comment' \"/* nor; */\"; b"), "a '-- no; comment' \"/* nor; */\"|b");
    ck_assert_str_eq(cut("a 'open; "), "a 'open;");
}
END_TEST

START_TEST(comments_are_left_out)
{
    ck_assert_str_eq(cut("-- first;\na -- then;\n; b"), "a|b");
    ck_assert_str_eq(cut("a/* one; */b; c"), "a b|c");
    ck_assert_str_eq(cut("a /* open; b"), "a");
    ck_assert_str_eq(cut("a - b; c / d"), "a - b|c / d");
    ck_assert_str_eq(cut("/*/ a; */ b"), "b");
}
END_TEST

START_TEST(triggers_are_one_statement)
{
    ck_assert_str_eq(
        cut("CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = 1; SELECT CASE WHEN 1 THEN 2 END; "
            "END; c"),
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = 1; SELECT CASE WHEN 1 THEN 2 END; END|c");
    ck_assert_str_eq(cut("create /* a */ temp trigger t BEGIN x; end ; c"), "create   temp trigger t BEGIN x; end|c");
    ck_assert_str_eq(cut("CREATE TABLE trigger (a); c"), "CREATE TABLE trigger (a)|c");
    ck_assert_str_eq(cut("CREATE TRIGGER t BEGIN x; \"END\"; END; c"), "CREATE TRIGGER t BEGIN x; \"END\"; END|c");
    ck_assert_str_eq(cut("CREATE TRIGGER t BEGIN x; ENDED; END; c"), "CREATE TRIGGER t BEGIN x; ENDED; END|c");
}
END_TEST

START_TEST(ends_of_transactions_are_seen)
{
    static const char *const yes[] = {"BEGIN", "begin immediate", "COMMIT", "End Transaction", "ROLLBACK"};
    static const char *const no[] = {"SELECT 1", "ROLLBACK TO SAVEPOINT a", "SAVEPOINT a", "RELEASE a", "BEGINNING",
                                     ""};
    for (size_t i = 0; i < CV_COUNT_OF(yes); i++)
        ck_assert_msg(cv_sql_script_ends_transaction(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < CV_COUNT_OF(no); i++)
        ck_assert_msg(!cv_sql_script_ends_transaction(no[i]), "%s", no[i]);
}
END_TEST

UNIT_TESTS("migrations/sql_script", semicolons_end_statements, texts_and_names_keep_theirs, comments_are_left_out,
           triggers_are_one_statement, ends_of_transactions_are_seen)
