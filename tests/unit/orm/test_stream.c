/* Tests orm/stream.c: rows that are walked and not kept. */
#include "shop.h"

#include <stdio.h>
#include <unistd.h>

#include "unit.h"

#define MANY 1000000
/* A sanitizer keeps freed memory for a while. */
#if defined(__SANITIZE_ADDRESS__)
#define SLACK ((int64_t)1 << 30)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLACK ((int64_t)1 << 30)
#endif
#endif
#ifndef SLACK
#define SLACK ((int64_t)4 << 20)
#endif

/* Pages of memory in use by this process. */
static long resident(void)
{
    long total = 0, used = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%ld %ld", &total, &used), 2);
    fclose(file);
    return used;
}

static void fill_many(void)
{
    cv_execute_script(NULL, "INSERT INTO shop_tag (id, name) SELECT printf('%032x', value), 'tag ' || value FROM "
                            "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < "
                            "1000000) SELECT value FROM n)");
}

static void a_million_rows(void *argument)
{
    size_t count = 0;
    long before = 0, most = 0;
    (void)argument;
    fill_many();
    CV_ITERATE(tag, cv_order_by(cv_objects(Tag), "pk"))
    {
        ck_assert(tag->name[0] == 't');
        if (++count == 10000)
            before = resident();
        if (count % 10000 == 0 && resident() > most)
            most = resident();
    }
    ck_assert_uint_eq(count, MANY);
    ck_assert_int_le((most - before) * sysconf(_SC_PAGESIZE), SLACK);
}

/* As a template's loop does. */
static void sets_as_objects(void *argument)
{
    size_t count = 0;
    CvQuerySet *tags = (CvQuerySet *)cv_order_by(cv_objects(Tag), "pk");
    CvIterator iterator = {.arena = cv_arena(), .object = tags};
    CvValue item;
    (void)argument;
    long before = resident();
    cv_query_set_type.iterate(tags, &iterator);
    while (iterator.next(&iterator, &item))
        count++;
    ck_assert_uint_eq(count, MANY);
    ck_assert_int_le((resident() - before) * sysconf(_SC_PAGESIZE), 2 * SLACK);
}

START_TEST(memory_stays_flat)
{
    char path[] = "/tmp/stream-XXXXXX";
    ck_assert_int_ge(mkstemp(path), 0);
    shop_open(path);
    shop_run(a_million_rows);
    shop_run(sets_as_objects);
    unlink(path);
}
END_TEST

static void leaving_early(void *argument)
{
    (void)argument;
    for (int i = 0; i < 300; i++) /* more than the statements that a connection keeps */
        CV_ITERATE(book, cv_objects(Book))
        {
            ck_assert_ptr_nonnull(book->title);
            break;
        }
    cv_execute_script(NULL, "DROP TABLE shop_loan"); /* no cursor is open */
}

static void chunks_are_prefetched_for(void *argument)
{
    uint64_t before = cv_sql_count();
    size_t count = 0;
    (void)argument;
    CV_ITERATE_BY(book, cv_prefetch_related(cv_order_by(cv_objects(Book), "id"), "author"), 2)
    {
        ck_assert_ptr_nonnull(cv_one(book, author)->name);
        count++;
    }
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(cv_sql_count() - before, 3); /* the books, the authors of two, of one */
}

static void evaluated_sets_are_walked_as_they_are(void *argument)
{
    Book_set *books = cv_objects(Book);
    size_t count = cv_length(books);
    uint64_t before = cv_sql_count();
    (void)argument;
    CV_ITERATE(book, books)
    count -= book->id > 0;
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(cv_sql_count(), before);
}

static void small_sets_are_kept_by_loops(void *argument)
{
    CvQuerySet *books = (CvQuerySet *)cv_objects(Book);
    uint64_t before = cv_sql_count();
    (void)argument;
    for (int i = 0; i < 2; i++) {
        CvIterator iterator = {.arena = cv_arena(), .object = books};
        CvValue item;
        size_t count = 0;
        cv_query_set_type.iterate(books, &iterator);
        while (iterator.next(&iterator, &item))
            count++;
        ck_assert_uint_eq(count, 3);
    }
    ck_assert_uint_eq(cv_length_of(books), 3);
    ck_assert_uint_eq(cv_sql_count(), before + 1);
}

/* Who keeps items says so, and has them all at once: filters that sort, {% regroup %}. */
static void kept_items_stay(void *argument)
{
    CvQuerySet *books = (CvQuerySet *)cv_order_by(cv_objects(Book), "pk");
    CvIterator iterator = {.arena = cv_arena(), .object = books, .keeps = true};
    CvValue item;
    uint64_t before = cv_sql_count();
    (void)argument;
    cv_query_set_type.iterate(books, &iterator);
    ck_assert_uint_eq(cv_length_of(books), 3); /* of the rows that are there, without another query */
    ck_assert(iterator.next(&iterator, &item));
    ck_assert_uint_eq(cv_sql_count(), before + 1);
}

/* Loops inside and after a loop over a long set: one query more, whatever their number. */
static void long_sets_are_kept_by_second_loops(void *argument)
{
    CvQuerySet *authors = (CvQuerySet *)cv_order_by(cv_objects(Author), "pk");
    size_t all = 2500 + cv_count(cv_objects(Author));
    CvIterator outer = {.arena = cv_arena(), .object = authors};
    CvValue item, first, second;
    size_t count = 0;
    (void)argument;
    for (int i = 0; i < 2500; i++)
        cv_create(Author, .name = "one of many");
    uint64_t before = cv_sql_count();
    cv_query_set_type.iterate(authors, &outer);
    ck_assert(outer.next(&outer, &first));
    for (int i = 0; i < 3; i++) {
        CvIterator inner = {.arena = cv_arena(), .object = authors};
        cv_query_set_type.iterate(authors, &inner);
        for (count = 0; inner.next(&inner, &item); count++)
            second = count ? second : item;
        ck_assert_uint_eq(count, all);
        ck_assert_int_eq(((const Author *)second.object)->id, ((const Author *)first.object)->id);
    }
    for (count = 1; outer.next(&outer, &item); count++)
        continue;
    ck_assert_uint_eq(count, all);
    ck_assert_uint_eq(cv_sql_count(), before + 2);
}

static void records(void *argument)
{
    size_t count = 0;
    (void)argument;
    CV_ITERATE_BY(record, cv_values(cv_objects(Book), "title"), 1)
    count += cv_read(record, "title").kind == CV_STRING;
    ck_assert_uint_eq(count, 3);
}

static void raise_in_loop(void *argument)
{
    (void)argument;
    CV_ITERATE(book, cv_objects(Book))
    cv_raise(CV_ERROR_VALUE, "%s", book->title);
}

START_TEST(loops)
{
    shop_open(NULL);
    shop_fill();
    shop_run(chunks_are_prefetched_for);
    shop_run(evaluated_sets_are_walked_as_they_are);
    shop_run(small_sets_are_kept_by_loops);
    shop_run(kept_items_stay);
    shop_run(records);
    ck_assert_str_eq(shop_raises(raise_in_loop)->message, "Emma");
    shop_run(leaving_early);
    shop_run(long_sets_are_kept_by_second_loops);
}
END_TEST

UNIT_TESTS("orm/stream", memory_stays_flat, loops)
