/* Tests orm/delete.c and orm/collect.c: what a deletion takes along, what forbids it, in how many statements. */
#include "desk.h"

#include "orm/signals.h"
#include "unit.h"

static void delete_it(void *row_or_set)
{
    cv_delete(row_or_set);
}

static int64_t count_of(CvDict *counts, const char *label)
{
    CvValue value;
    return cv_dict_get_slice(counts, cv_slice(label), &value) ? value.integer : 0;
}

DESK_TEST(rows_that_nothing_depends_on_go_in_one_statement)
{
    File *file = cv_create(File, .drawer = cv_ref(cv_create(Drawer, .label = "top")), .title = "a");
    (void)desk_queries();
    ck_assert_int_eq(cv_delete(file), 1);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert(!cv_row_is_saved(file));
    ck_assert_int_eq(file->id, 0);
    CvDict *counts;
    ck_assert_int_eq(cv_delete_counted(cv_objects(File), &counts), 0);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert_int_eq((int)cv_dict_count(counts), 0);
}

DESK_TEST(a_row_takes_along_what_depends_on_it)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Drawer *top = cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    cv_create(Drawer, .desk = cv_ref(pine), .label = "other");
    cv_create(File, .drawer = cv_ref(top), .title = "a");
    cv_create(File, .drawer = cv_ref(top), .title = "b");
    cv_create(Chair, .desk = cv_ref(oak));
    cv_create(Note, .target = cv_target(oak), .text = "about oak");
    cv_create(Note, .target = cv_target(top), .text = "about a drawer");
    CvDict *counts;
    ck_assert_int_eq(cv_delete_counted(oak, &counts), 5);
    ck_assert_int_eq(count_of(counts, "office.Desk"), 1);
    ck_assert_int_eq(count_of(counts, "office.Drawer"), 1);
    ck_assert_int_eq(count_of(counts, "office.File"), 2);
    ck_assert_int_eq(count_of(counts, "office.Note"), 1);
    ck_assert_int_eq(cv_first(cv_objects(Chair))->desk.id, 0);
    ck_assert_int_eq(cv_count(cv_objects(Drawer)), 1);
}

DESK_TEST(others_get_a_default_or_what_a_function_says)
{
    Desk *pine = desk_named("pine");
    cv_create(Lamp, .desk = cv_ref(pine));
    cv_create(Plug, .desk = cv_ref(pine));
    cv_delete(pine);
    ck_assert_int_eq(cv_first(cv_objects(Lamp))->desk.id, 1);
    ck_assert_int_eq(cv_first(cv_objects(Plug))->desk.id, 1);
}

DESK_TEST(the_database_deletes_and_clears_where_it_is_told_to)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    cv_create(Cable, .desk = cv_ref(oak));
    Cable *other = cv_create(Cable, .desk = cv_ref(pine), .spare = cv_ref(oak));
    CvDict *counts;
    ck_assert_int_eq(cv_delete_counted(oak, &counts), 1); /* it tells only of what it deleted itself */
    ck_assert_int_eq(cv_count(cv_objects(Cable)), 1);
    cv_reload(other);
    ck_assert_int_eq(other->spare.id, 0);
}

DESK_TEST(protected_rows_stay_and_are_told)
{
    Desk *oak = desk_named("oak");
    Drawer *top = cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    Seal *seal = cv_create(Seal, .drawer = cv_ref(top));
    const CvError *error = desk_raises(delete_it, top);
    ck_assert_int_eq(error->kind, CV_ERROR_PROTECTED);
    ck_assert_str_eq(error->message, "Cannot delete some instances of model 'Drawer' because they are referenced "
                                     "through protected foreign keys: 'Seal.drawer'.");
    const CvList *rows = error->subject;
    ck_assert_int_eq((int)rows->count, 1);
    ck_assert(cv_row_equal(rows->items[0].object, seal));
    error = desk_raises(delete_it, oak); /* one level up it is the cascade that cannot be */
    ck_assert_str_eq(error->message, "Cannot delete some instances of model 'Desk' because they are referenced "
                                     "through protected foreign keys: 'Drawer.desk'.");
    ck_assert_int_eq(cv_count(cv_objects(Drawer)), 1);
}

DESK_TEST(restricted_rows_may_go_with_something_else)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Drawer *top = cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    Lock *lock = cv_create(Lock, .desk = cv_ref(pine), .drawer = cv_ref(top));
    const CvError *error = desk_raises(delete_it, oak);
    ck_assert_int_eq(error->kind, CV_ERROR_RESTRICTED);
    ck_assert_ptr_nonnull(strstr(error->message, "restricted foreign keys: 'Lock.drawer'."));
    lock->desk = cv_ref(oak);
    cv_save(lock);
    ck_assert_int_eq(cv_delete(oak), 3); /* the desk takes the lock along */
}

DESK_TEST(a_child_goes_with_its_parents_unless_they_are_kept)
{
    StandingDesk *high = cv_create(StandingDesk, .parent.name = "high", .height = 110);
    cv_create(Drawer, .desk = cv_ref(&high->parent), .label = "top");
    ck_assert_int_eq(cv_delete(high), 3);
    StandingDesk *low = cv_create(StandingDesk, .parent.name = "low", .height = 60);
    cv_create(Drawer, .desk = cv_ref(&low->parent), .label = "top");
    ck_assert_int_eq(cv_delete_with(low, &(CvDeleteOptions){.keep_parents = true}), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "name", "low")), 1);
    ck_assert_int_eq(cv_count(cv_objects(Drawer)), 1);
    StandingDesk *last = cv_create(StandingDesk, .parent.name = "last", .height = 60);
    ck_assert_int_eq(cv_delete(cv_get(Desk, "id", last->pk)), 2); /* the parent takes the child along */
    ck_assert_int_eq(cv_count(cv_objects(StandingDesk)), 0);
}

DESK_TEST(rows_are_deleted_a_hundred_at_a_time)
{
    Desk *rows[250];
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        rows[i] = cv_build(Desk, .name = "many");
    cv_insert_rows((void *const *)rows, CV_COUNT_OF(rows));
    (void)cv_content_type_row(&Kind_model, &Desk_model, true, NULL);
    (void)desk_queries();
    ck_assert_int_eq(cv_delete(cv_filter(cv_objects(Desk), "name", "many")), 250);
    int all = desk_queries();
    ck_assert_int_eq(cv_delete(desk_named("oak")), 1);
    ck_assert_int_eq(all - desk_queries(),
                     1 + 2); /* the rows themselves are read first; three statements delete them */
}

DESK_TEST(only_whole_sets_of_rows_are_deleted)
{
    ck_assert_str_eq(desk_raises(delete_it, cv_slice_set(cv_objects(Desk), 0, 1))->message,
                     "Cannot use 'limit' or 'offset' with delete().");
    ck_assert_str_eq(desk_raises(delete_it, cv_values(cv_objects(Desk), "name"))->message,
                     "Cannot call delete() after .values() or .values_list()");
    ck_assert_str_eq(desk_raises(delete_it, cv_build(Desk, .name = "new"))->message,
                     "Desk object can't be deleted because its id attribute is set to None.");
    ck_assert_int_eq(cv_delete(cv_distinct(cv_filter(cv_objects(Desk), "name__contains", "o"))), 1);
}

static int heard;

static void hear(CvRowEvent *event)
{
    heard += event->signal == &cv_pre_delete ? 1 : 10;
    ck_assert_str_eq(((Drawer *)event->row)->label, "top");
}

DESK_TEST(receivers_hear_of_each_row)
{
    Desk *oak = desk_named("oak");
    cv_connect(cv_pre_delete, Drawer, hear);
    cv_connect(cv_post_delete, Drawer, hear);
    cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    heard = 0;
    cv_delete(oak);
    ck_assert_int_eq(heard, 22);
}

UNIT_TESTS("orm/delete", rows_that_nothing_depends_on_go_in_one_statement, a_row_takes_along_what_depends_on_it,
           others_get_a_default_or_what_a_function_says, the_database_deletes_and_clears_where_it_is_told_to,
           protected_rows_stay_and_are_told, restricted_rows_may_go_with_something_else,
           a_child_goes_with_its_parents_unless_they_are_kept, rows_are_deleted_a_hundred_at_a_time,
           only_whole_sets_of_rows_are_deleted, receivers_hear_of_each_row)
