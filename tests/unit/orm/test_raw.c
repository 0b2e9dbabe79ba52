/* Tests orm/raw.c: rows of a model from SQL by hand. */
#include "shop.h"

#include "unit.h"

static void columns_find_their_members(void *argument)
{
    (void)argument;
    Book_set *books = cv_raw(Book, "SELECT * FROM shop_book WHERE pages < %s AND title <> %s ORDER BY id", 450, "Emma");
    ck_assert_uint_eq(cv_length(books), 2);
    Book *book = cv_at(books, 0);
    ck_assert_str_eq(book->title, "Sense and Sensibility");
    ck_assert_str_eq(cv_one(book, author)->name, "Austen");
    ck_assert_uint_eq(cv_length(books), 2);
    ck_assert_str_eq(cv_first(books)->title, "Sense and Sensibility");
}

static void missing_members_are_deferred(void *argument)
{
    (void)argument;
    Book *book = cv_first(cv_raw(Book, "SELECT id, title FROM shop_book WHERE title = %s", "Emma"));
    uint64_t before = cv_sql_count();
    ck_assert_str_eq(book->title, "Emma");
    ck_assert_uint_eq(cv_sql_count(), before);
    ck_assert_int_eq(cv_row_get(book, cv_model_column(&Book_model, CV_SLICE("pages"))).integer, 474);
    ck_assert_uint_eq(cv_sql_count(), before + 1);
}

static void other_columns_are_annotations(void *argument)
{
    (void)argument;
    Book *book =
        cv_first(cv_raw(Book, "SELECT id, pages * 2 AS twice, 'a%%b' AS note FROM shop_book WHERE id = %s", 1));
    ck_assert_int_eq(cv_annotation(book, "twice").integer, 948);
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(cv_annotation(book, "note"))), "a%b");
}

static void columns_may_be_translated(void *argument)
{
    (void)argument;
    const CvValue one = cv_value_int(1);
    CvQuerySet *set =
        cv_raw_with(&Book_model, &(CvRawOptions){.sql = "SELECT id, title AS headline FROM shop_book WHERE id = %s",
                                                 .count = 1,
                                                 .values = &one,
                                                 .translations = CV_LIST("headline", "title")});
    ck_assert_str_eq(((Book *)cv_row_at(set, 0))->title, "Emma");
}

static void values_are_bound(void *argument)
{
    (void)argument;
    Book_set *none = cv_raw(Book, "SELECT * FROM shop_book WHERE title = %s", "x' OR 1 = 1 --");
    ck_assert_uint_eq(cv_length(none), 0);
}

/* A statement is kept, and the database finds the columns of "*" when it is run. */
static void columns_may_move(void *argument)
{
    (void)argument;
    const char *sql = "SELECT * FROM moved WHERE id = %s";
    cv_execute_script(NULL, "CREATE TABLE moved (title text, id integer); INSERT INTO moved VALUES ('One', 7)");
    ck_assert_str_eq(cv_first(cv_raw(Book, sql, 7))->title, "One");
    cv_execute_script(NULL, "DROP TABLE moved; CREATE TABLE moved (id integer, pages integer, extra text, title text); "
                            "INSERT INTO moved VALUES (7, 3, 'more', 'Two')");
    Book *book = cv_first(cv_raw(Book, sql, 7));
    ck_assert_int_eq(book->id, 7);
    ck_assert_int_eq(book->pages, 3);
    ck_assert_str_eq(book->title, "Two");
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(cv_annotation(book, "extra"))), "more");
    ck_assert_ptr_null(cv_first(cv_raw(Book, sql, 8)));
}

static void relations_are_prefetched(void *argument)
{
    (void)argument;
    Book_set *books = cv_prefetch_related(cv_raw(Book, "SELECT * FROM shop_book"), "author", "tags");
    ck_assert_uint_eq(cv_length(books), 3);
    uint64_t before = cv_sql_count();
    CV_EACH (book, books)
        ck_assert_ptr_nonnull(cv_one(book, author));
    ck_assert_uint_eq(cv_sql_count(), before);
}

static void without_key(void *argument)
{
    (void)argument;
    (void)cv_length(cv_raw(Book, "SELECT title FROM shop_book"));
}

static void filtered(void *argument)
{
    (void)argument;
    (void)cv_filter(cv_raw(Book, "SELECT * FROM shop_book"), "id", 1);
}

static void counted(void *argument)
{
    (void)argument;
    (void)cv_count(cv_raw(Book, "SELECT * FROM shop_book"));
}

static void too_few_values(void *argument)
{
    (void)argument;
    (void)cv_length(cv_raw(Book, "SELECT * FROM shop_book WHERE id = %s"));
}

START_TEST(rows)
{
    static void (*const tests[])(void *) = {columns_find_their_members,
                                            missing_members_are_deferred,
                                            other_columns_are_annotations,
                                            columns_may_be_translated,
                                            values_are_bound,
                                            columns_may_move,
                                            relations_are_prefetched};
    shop_open(NULL);
    shop_fill();
    for (size_t i = 0; i < CV_COUNT_OF(tests); i++)
        shop_run(tests[i]);
}
END_TEST

START_TEST(mistakes)
{
    shop_open(NULL);
    shop_fill();
    ck_assert_str_eq(shop_raises(without_key)->message, "Raw query must include the primary key");
    ck_assert_int_eq(shop_raises(filtered)->kind, CV_ERROR_ATTRIBUTE);
    ck_assert_int_eq(shop_raises(counted)->kind, CV_ERROR_ATTRIBUTE);
    ck_assert_int_eq(shop_raises(too_few_values)->kind, CV_ERROR_PROGRAMMING);
}
END_TEST

UNIT_TESTS("orm/raw", rows, mistakes)
