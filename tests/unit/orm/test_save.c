/* Tests writing through orm/query.h: saving, what the database refuses, transactions of rows, deferred members, memory
 * that ends. */
#include "shop.h"

#include "unit.h"

static void refusals(void *argument)
{
    (void)argument;
    CvError *error;
    Author *twin = cv_build(Author, .name = "Twin", .email = "jane@example.com");
    ck_assert(!cv_try_save(twin, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_INTEGRITY);
    ck_assert_str_eq(error->message, "UNIQUE constraint failed: shop_author.email");
    ck_assert(!cv_row_is_saved(twin));
    twin->email = NULL;
    ck_assert(cv_try_save(twin, &error));
    ck_assert(cv_row_is_saved(twin));
    twin->name = NULL; /* the column may not be null */
    ck_assert(!cv_try_save(twin, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_INTEGRITY);
    Book *orphan = cv_build(Book, .title = "Orphan", .author = cv_ref(cv_build(Author, .name = "nobody yet")));
    ck_assert(!cv_try_save(orphan, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, "save() prohibited to prevent data loss due to unsaved related object 'author'.");
}

START_TEST(what_is_refused_is_told)
{
    shop_open(NULL);
    shop_fill();
    shop_run(refusals);
}
END_TEST

static void partial(void *argument)
{
    (void)argument;
    Book *emma = cv_get_in(cv_only(cv_objects(Book), "title"), "title", "Emma");
    uint64_t before = cv_sql_count();
    ck_assert_str_eq(emma->title, "Emma");
    ck_assert_int_eq(emma->pages, 0); /* not loaded: the member itself says nothing */
    CvValue pages = cv_row_get(emma, cv_model_column(&Book_model, cv_slice("pages")));
    ck_assert_int_eq((int)pages.integer, 474); /* asked by descriptor it is loaded */
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    emma->title = "Emma!";
    cv_save(emma); /* what was not loaded is not overwritten */
    Book *whole = cv_get(Book, "pk", emma->pk);
    ck_assert_str_eq(whole->title, "Emma!");
    ck_assert_str_eq(whole->price.text, "7.50");
    whole->title = "Emma?";
    whole->pages = 1;
    cv_save_fields(whole, "pages");
    cv_reload(whole);
    ck_assert_str_eq(whole->title, "Emma!");
    ck_assert_int_eq(whole->pages, 1);
}

static void assigned(void *argument)
{
    (void)argument;
    Book *emma = cv_get_in(cv_only(cv_objects(Book), "title"), "title", "Emma");
    uint64_t before = cv_sql_count();
    emma->pages = 90;
    CvValue pages = cv_row_get(emma, cv_model_column(&Book_model, cv_slice("pages")));
    ck_assert_int_eq((int)pages.integer, 90); /* not loaded over what was assigned */
    cv_save(emma);
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    Book *whole = cv_get(Book, "pk", emma->pk);
    ck_assert_int_eq(whole->pages, 90);
    ck_assert_str_eq(whole->price.text, "7.50");
    emma->pages = 0; /* once saved it is a member as any other */
    cv_save(emma);
    cv_reload(whole);
    ck_assert_int_eq(whole->pages, 0);
    emma = cv_get_in(cv_only(cv_objects(Book), "title"), "title", "Emma");
    emma->author = (Author_ref)cv_ref(cv_get(Author, "name", "Borges"));
    cv_save(emma);
    ck_assert_str_eq(cv_one(cv_get(Book, "pk", emma->pk), author)->name, "Borges");
    Book *joined =
        cv_get_in(cv_only(cv_select_related(cv_objects(Book), "author"), "title", "author__name"), "pk", emma->pk);
    joined->title = "E";
    cv_save(joined);
    ck_assert_str_eq(cv_one(cv_get(Book, "pk", emma->pk), author)->name, "Borges");
}

START_TEST(what_is_assigned_to_members_that_were_not_loaded_is_saved)
{
    shop_open(NULL);
    shop_fill();
    shop_run(assigned);
}
END_TEST

START_TEST(members_that_were_not_loaded_stay)
{
    shop_open(NULL);
    shop_fill();
    shop_run(partial);
}
END_TEST

static const char *names(Author_set *authors)
{
    const char *text = "";
    CV_EACH (author, authors)
        text = cv_printf("%s%s|", text, author->name);
    return text;
}

static void sets(void *argument)
{
    (void)argument;
    Author_set *authors = cv_objects(Author);
    CvQuerySet *old = (CvQuerySet *)cv_filter(authors, "born__lt", 1800);
    CvQuerySet *late = (CvQuerySet *)cv_filter(authors, "name__gte", "C");
    ck_assert_str_eq(names((Author_set *)cv_merge_at(old, '|', late)), "Austen|Calvino|");
    ck_assert_str_eq(names((Author_set *)cv_merge_at(late, '&', old)), "");
    CvQuerySet *a = (CvQuerySet *)cv_filter(cv_order_by(authors), "name", "Austen");
    CvQuerySet *b = (CvQuerySet *)cv_filter(cv_order_by(authors), "name__in", cv_list(cv_arena(), "Austen", "Borges"));
    const char *by[] = {"-name", NULL};
    ck_assert_str_eq(names((Author_set *)cv_order_by_at(cv_combine_at(a, "union", 1, &b), NULL, by)), "Borges|Austen|");
    ck_assert_str_eq(names((Author_set *)cv_combine_at(b, "difference", 1, &a)), "Borges|");
    ck_assert_str_eq(names((Author_set *)cv_combine_at(b, "intersection", 1, &a)), "Austen|");
    ck_assert_int_eq((int)cv_count_of_set(cv_combine_at(a, "union all", 1, &b)), 3);
    CvExpr *published =
        cv_aggregate_of("Count", cv_f("books"), &(CvAggregateOptions){.filter = cv_q(Author, "books__status", "pub")});
    Author_set *counted = cv_annotate(authors, "published", published);
    ck_assert_str_eq(names(cv_filter(counted, "published__gt", 0)), "Austen|");
    ck_assert_str_eq(names(cv_filter(cv_alias(authors, "n", cv_count_of("books")), "n", 0)), "Calvino|");
}

START_TEST(sets_are_combined)
{
    shop_open(NULL);
    shop_fill();
    shop_run(sets);
}
END_TEST

static void work(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        Book *book = cv_create(Book, .title = "T", .author = cv_ref(cv_first(cv_objects(Author))));
        cv_add(cv_related(book, tags), cv_first(cv_objects(Tag)));
        cv_length(cv_select_related(cv_filter(cv_objects(Book), "author__name__icontains", "a"), "author"));
        cv_delete(book);
    }
}

START_TEST(the_end_of_memory_loses_nothing)
{
    shop_open(NULL);
    shop_fill();
    int64_t before = cv_count(cv_objects(Book));
    bool done = false;
    for (uint64_t k = 1; k < 400 && !done; k++) {
        CvError *error;
        CvArena *arena = cv_arena_create(0);
        CvArena *outer = cv_arena_enter(arena);
        cv_plan_cache_limit(1); /* plans are compiled anew */
        cv_memory_fail_at(k);
        done = cv_try(work, NULL, &error) && cv_memory_count() < k;
        cv_memory_fail_at(0);
        cv_arena_leave(outer);
        cv_arena_destroy(arena);
        ck_assert(!cv_in_atomic());
        ck_assert_int_eq(cv_count(cv_objects(Book)), before);
    }
    ck_assert(done);
}
END_TEST

UNIT_TESTS("orm/save", what_is_refused_is_told, members_that_were_not_loaded_stay,
           what_is_assigned_to_members_that_were_not_loaded_is_saved, sets_are_combined,
           the_end_of_memory_loses_nothing)
