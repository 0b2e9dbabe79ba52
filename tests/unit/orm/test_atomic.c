/* Tests which failures within a CV_ATOMIC mark it, so that nothing but its end is possible: those of Django. */
#include "orm/signals.h"

#include "shop.h"
#include "unit.h"

CV_NORETURN static void refuse(CvRowEvent *event)
{
    (void)event;
    cv_raise(CV_ERROR_PERMISSION_DENIED, "no");
}

static Author *jane(void)
{
    return cv_get(Author, "name", "Austen");
}

static Author *twin(void) /* there is a row with this address */
{
    return cv_build(Author, .name = "Twin", .email = "jane@example.com");
}

/* ---- what fails while a statement is made or sent ---- */

static void save_twin(void)
{
    cv_save(twin());
}

static void insert_bad_expression(void)
{
    Author *author = cv_build(Author, .name = "A");
    cv_assign(author, born, cv_plus(cv_f("born"), cv_value(1)));
    cv_save(author);
}

static void update_nobody(void)
{
    Author *nobody = cv_build(Author, .id = 999, .name = "A");
    cv_save_with(nobody, .force_update = true);
}

static void save_child(void)
{
    cv_execute("INSERT INTO shop_ebook (book_ptr_id, size) VALUES (?, 1)", cv_get(Book, "title", "Emma")->pk);
    EBook *ebook = cv_build(EBook, .parent.title = NULL);
    cv_save(ebook);
}

static void update_all(void)
{
    cv_update(cv_objects(Author), "email", "jane@example.com");
}

static void create_in_batches(void)
{
    Author *rows[] = {cv_build(Author, .name = "A"), twin()};
    cv_bulk_create(rows, 2, .batch_size = 1);
}

static void create_with_and_without_key(void)
{
    Author *rows[] = {cv_build(Author, .name = "A", .id = 70), twin()};
    cv_bulk_create(rows, 2);
}

static void update_many(void)
{
    Author *borges = cv_get(Author, "name", "Borges");
    borges->email = "jane@example.com";
    cv_bulk_update(&borges, 1, .update_fields = CV_LIST("email"));
}

static void add_unsaved(void)
{
    cv_add(cv_related(cv_get(Book, "title", "Emma"), tags), cv_build(Tag, .name = "x"));
}

static void create_tag_twice(void)
{
    cv_create_in(cv_related(cv_get(Book, "title", "Emma"), tags), .name = "novel");
}

static void add_one_by_one(void)
{
    const CvValue value = cv_value_object(cv_build(Book, .title = NULL));
    cv_related_add(cv_related_of(jane(), "books"), 1, &value, &(const CvLinkOptions){.one_by_one = true});
}

static void delete_refused(void)
{
    cv_delete(cv_objects(Review));
}

/* ---- what fails before, behind or in a savepoint of its own ---- */

static void save_reference_to_unsaved(void)
{
    cv_save(cv_build(Book, .title = "A", .author = cv_ref(twin())));
}

static void save_unknown_name(void)
{
    cv_save_fields_of(jane(), CV_LIST("nonsense"));
}

static void update_unknown_name(void)
{
    const char *name = "nonsense";
    const CvValue value = cv_value_int(1);
    cv_update_at((CvQuerySet *)cv_objects(Author), NULL, 1, &name, &value);
}

static void create_one_batch(void)
{
    Author *rows[] = {cv_build(Author, .name = "A"), twin()};
    cv_bulk_create(rows, 2);
}

static void get_or_create(void)
{
    cv_get_or_create(cv_objects(Author), cv_pairs("email", "jane@example.com"), NULL, "name", "A");
}

static void get_or_create_tag(void)
{
    cv_get_or_create(cv_related(cv_get(Book, "title", "Ficciones"), tags), NULL, NULL, "name", "novel");
}

static void add_other(void)
{
    const CvValue value = cv_value_int(5);
    cv_related_add(cv_related_of(jane(), "books"), 1, &value, NULL);
}

static void delete_protected(void)
{
    cv_create(Loan, .book = cv_ref(cv_get(Book, "title", "Emma")));
    cv_delete(cv_get(Book, "title", "Emma"));
}

static void insert_by_hand(void)
{
    cv_execute("INSERT INTO shop_author (name, email) VALUES ('A', 'jane@example.com')");
}

static void select_by_hand(void)
{
    cv_query("SELECT nonsense");
}

static void get_nobody(void)
{
    if (!cv_get(Author, "name", "nobody"))
        cv_raise(CV_ERROR_DOES_NOT_EXIST, "no such author");
}

static void in_a_block_of_its_own(void)
{
    CV_ATOMIC
    {
        save_twin();
    }
}

static void in_a_part(void)
{
    CV_ATOMIC_WITH(.no_savepoint = true)
    {
        cv_raise(CV_ERROR_VALUE, "no");
    }
}

static void save_author(void)
{
    cv_save(cv_build(Author, .name = "A"));
}

static const struct Failure {
    const char *name;
    void (*run)(void);
    bool marks;
    CvSignal *refused_by; /* with a receiver of this signal that raises */
} failures[] = {
    {"save", save_twin, true, NULL},
    {"save with an expression", insert_bad_expression, true, NULL},
    {"save of a row that is gone", update_nobody, true, NULL},
    {"save of a child", save_child, true, NULL},
    {"update", update_all, true, NULL},
    {"bulk_create in batches", create_in_batches, true, NULL},
    {"bulk_create with and without key", create_with_and_without_key, true, NULL},
    {"bulk_update", update_many, true, NULL},
    {"add to many", add_unsaved, true, NULL},
    {"create in many", create_tag_twice, true, NULL},
    {"add one by one", add_one_by_one, true, NULL},
    {"delete that a receiver refuses", delete_refused, true, &cv_pre_delete},
    {"part of the block", in_a_part, true, NULL},
    {"reference to what is not saved", save_reference_to_unsaved, false, NULL},
    {"unknown update_fields", save_unknown_name, false, NULL},
    {"update of an unknown name", update_unknown_name, false, NULL},
    {"save that a receiver refuses before", save_author, false, &cv_pre_save},
    {"save that a receiver refuses after", save_author, false, &cv_post_save},
    {"bulk_create in one batch", create_one_batch, false, NULL},
    {"get_or_create", get_or_create, false, NULL},
    {"get_or_create in many", get_or_create_tag, false, NULL},
    {"add of something else", add_other, false, NULL},
    {"delete of what is protected", delete_protected, false, NULL},
    {"INSERT by hand", insert_by_hand, false, NULL},
    {"SELECT by hand", select_by_hand, false, NULL},
    {"get", get_nobody, false, NULL},
    {"block of its own", in_a_block_of_its_own, false, NULL},
};

static void run_failure(void *argument)
{
    ((const struct Failure *)argument)->run();
}

static void count_authors(void *argument)
{
    *(int64_t *)argument = (int64_t)cv_count(cv_objects(Author));
}

static void failing(void *argument)
{
    const struct Failure *failure = argument;
    CvError *error;
    int64_t count;
    CV_ATOMIC
    {
        cv_create(Author, .name = "Before");
        if (failure->refused_by)
            cv_row_signal_connect(failure->refused_by, NULL, refuse);
        ck_assert_msg(!cv_try(run_failure, argument, &error), "%s: it did not fail", failure->name);
        bool marked = !cv_try(count_authors, &count, &error);
        ck_assert_msg(marked == failure->marks, "%s: %s", failure->name, marked ? error->message : "not marked");
        if (marked) {
            ck_assert_int_eq(error->kind, CV_ERROR_TRANSACTION_MANAGEMENT);
            ck_assert_str_eq(error->message, "An error occurred in the current transaction. You can't execute queries "
                                             "until the end of the 'atomic' block.");
        }
    }
    if (failure->refused_by)
        cv_row_signal_disconnect(failure->refused_by, NULL, refuse);
    ck_assert_msg(cv_exists(cv_filter(cv_objects(Author), "name", "Before")) != failure->marks, "%s", failure->name);
}

START_TEST(failures_that_are_caught_mark_the_block_as_in_django)
{
    for (size_t i = 0; i < CV_COUNT_OF(failures); i++) {
        CvError *error;
        shop_open(NULL);
        shop_fill();
        ck_assert_msg(cv_try(failing, (void *)(uintptr_t)&failures[i], &error), "%s: %s", failures[i].name,
                      error->message);
        cv_databases_close();
        cv_models_reset();
    }
}
END_TEST

static void tried(void *argument)
{
    (void)argument;
    CvError *error;
    CV_ATOMIC
    {
        CV_ATOMIC
        {
            ck_assert(!cv_try_save(twin(), &error));
        }
        ck_assert_uint_eq(cv_count(cv_objects(Author)), 3); /* the savepoint took it back */
        ck_assert(cv_try_save(cv_build(Author, .name = "Other"), &error));
    }
    ck_assert_uint_eq(cv_count(cv_objects(Author)), 4);
    ck_assert(!cv_try_save(twin(), &error)); /* outside of blocks nothing is marked */
    ck_assert_uint_eq(cv_count(cv_objects(Author)), 4);
}

START_TEST(a_block_of_its_own_keeps_the_one_around_usable)
{
    shop_open(NULL);
    shop_fill();
    shop_run(tried);
}
END_TEST

UNIT_TESTS("orm/atomic", failures_that_are_caught_mark_the_block_as_in_django,
           a_block_of_its_own_keeps_the_one_around_usable)
