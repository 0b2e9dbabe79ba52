/* Tests orm/fetch_mode.c: what a row lacks is fetched for it, for its peers, or not at all. */
#include "shop.h"

#include "base/log.h"
#include "unit.h"

static uint64_t queries;

static void begin(void)
{
    queries = cv_sql_count();
}

static void expect(uint64_t count)
{
    ck_assert_uint_eq(cv_sql_count() - queries, count);
}

static void one_by_one(void *argument)
{
    (void)argument;
    begin();
    CV_EACH (book, cv_objects(Book))
        ck_assert_ptr_nonnull(cv_one(book, author));
    expect(4);
}

static void for_all_peers(void *argument)
{
    Book_set *books = cv_fetch_mode(cv_objects(Book), CV_FETCH_PEERS);
    (void)argument;
    begin();
    CV_EACH (book, books)
        ck_assert_ptr_nonnull(cv_one(book, author)->name);
    expect(2);
    begin();
    CV_EACH (book, cv_only(books, "title"))
        ck_assert_int_gt(cv_row_get(book, cv_model_column(&Book_model, CV_SLICE("pages"))).integer, 0);
    expect(2);
    begin();
    CV_ITERATE(book, cv_fetch_mode(cv_objects(Book), CV_FETCH_PEERS))
    ck_assert_ptr_nonnull(cv_one(book, author)->name);
    expect(2);
}

static void rows_that_come_so_are_peers(void *argument)
{
    (void)argument;
    begin();
    CV_EACH (review, cv_fetch_mode(cv_objects(Review), CV_FETCH_PEERS))
        ck_assert_ptr_nonnull(cv_one(cv_one(review, book), author)->name);
    expect(3);
    begin();
    CV_EACH (review, cv_select_related(cv_fetch_mode(cv_objects(Review), CV_FETCH_PEERS), "book"))
        ck_assert_ptr_nonnull(cv_one(cv_one(review, book), author)->name);
    expect(2);
}

static void blocked_reference(void *argument)
{
    (void)argument;
    (void)cv_one(cv_first(cv_fetch_mode(cv_objects(Book), CV_FETCH_RAISE)), author);
}

static void blocked_member(void *argument)
{
    (void)argument;
    Book *book = cv_first(cv_only(cv_fetch_mode(cv_objects(Book), CV_FETCH_RAISE), "title"));
    (void)cv_row_get(book, cv_model_column(&Book_model, CV_SLICE("pages")));
}

static void what_is_there_is_not_blocked(void *argument)
{
    (void)argument;
    Book *book = cv_first(cv_select_related(cv_fetch_mode(cv_objects(Book), CV_FETCH_RAISE), "author"));
    ck_assert_str_eq(cv_one(book, author)->name, "Austen");
}

static size_t warnings;

static void count_warnings(void *argument, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)argument;
    (void)logger;
    warnings += level == CV_LOG_WARNING && cv_slice_starts_with(message, CV_SLICE("N+1 queries: Review.book "));
}

static void ask_row_by_row(void *argument)
{
    (void)argument;
    cv_sql_log_start(cv_arena());
    for (int i = 0; i < 30; i++)
        (void)cv_one(cv_first(cv_objects(Review)), book);
    const CvSqlEntry *noted = cv_sql_log();
    while (noted && !noted->note)
        noted = noted->next;
    ck_assert_ptr_nonnull(noted);
    ck_assert_msg(strstr(noted->note, "test_fetch_mode.c:") != NULL, "%s", noted->note);
    ck_assert_ptr_nonnull(strstr(noted->note, "cv_select_related(set, \"book\")"));
    cv_sql_log_start(NULL);
}

START_TEST(asking_row_by_row_is_told)
{
    shop_open(NULL);
    shop_fill();
    cv_log_set_sink(count_warnings, NULL);
    shop_run(ask_row_by_row);
    ck_assert_uint_eq(warnings, 1);
    for (int i = 0; i < 20; i++) /* nothing is counted where nothing is logged */
        shop_run(one_by_one);
    ck_assert_uint_eq(warnings, 1);
}
END_TEST

START_TEST(modes)
{
    shop_open(NULL);
    shop_fill();
    shop_run(one_by_one);
    shop_run(for_all_peers);
    shop_run(rows_that_come_so_are_peers);
    shop_run(what_is_there_is_not_blocked);
    const CvError *error = shop_raises(blocked_reference);
    ck_assert_int_eq(error->kind, CV_ERROR_FIELD_FETCH_BLOCKED);
    ck_assert_str_eq(error->message, "Fetching of Book.author blocked.");
    ck_assert_str_eq(shop_raises(blocked_member)->message, "Fetching of Book.pages blocked.");
}
END_TEST

UNIT_TESTS("orm/fetch_mode", modes, asking_row_by_row_is_told)
