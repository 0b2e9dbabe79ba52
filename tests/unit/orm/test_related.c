/* Tests orm/related.c and orm/related_change.c: sets behind relations, and what changes them. */
#include "desk.h"

#include "orm/schema.h"
#include "orm/signals.h"
#include "unit.h"

DESK_TEST(rows_over_a_foreign_key_are_added_and_taken_out)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Drawer *top = cv_create_in(cv_related(oak, drawers), .label = "top");
    Drawer *low = cv_create(Drawer, .desk = cv_ref(pine), .label = "low");
    ck_assert_int_eq(top->desk.id, oak->id);
    (void)desk_queries();
    cv_add(cv_related(oak, drawers), low);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert_int_eq(low->desk.id, oak->id);
    ck_assert_int_eq(cv_count(cv_related(oak, drawers)), 2);
    cv_remove(cv_related(oak, drawers), top);
    ck_assert_int_eq(cv_first(cv_related(oak, drawers))->id, low->id);
    cv_replace(cv_related(oak, drawers), top);
    ck_assert_int_eq(cv_count(cv_related(oak, drawers)), 1);
    ck_assert_int_eq(cv_first(cv_related(oak, drawers))->id, top->id);
    cv_clear(cv_related(oak, drawers));
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Drawer), "desk__isnull", true)), 2);
}

DESK_TEST(links_have_members_of_their_own)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Thing *cup = cv_create(Thing, .name = "cup");
    cv_add_with(cv_related(cup, desks), oak, "count", 3);
    cv_add(cv_related(cup, desks), oak, pine); /* oak is there already */
    ck_assert_int_eq(cv_count(cv_objects(Placed)), 2);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Placed), "desk", oak, "count", 3)), 1);
    ck_assert_str_eq(cv_first(cv_related(oak, things))->name, "cup");
    cv_replace(cv_related(cup, desks), pine);
    ck_assert_int_eq(cv_count(cv_related(oak, things)), 0);
    Thing *pen = cv_create_in(cv_related(oak, things), .name = "pen");
    ck_assert_int_eq(cv_count(cv_related(pen, desks)), 1);
}

DESK_TEST(a_relation_to_the_own_model_goes_both_ways_in_as_few_statements)
{
    Thing *a = cv_create(Thing, .name = "a"), *b = cv_create(Thing, .name = "b"), *c = cv_create(Thing, .name = "c");
    (void)desk_queries();
    cv_add(cv_related(a, likes), b, c, b);
    ck_assert_int_eq(desk_queries(), 2);
    ck_assert_int_eq(cv_count(cv_related(c, likes)), 1);
    (void)desk_queries();
    cv_remove(cv_related(c, likes), a);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert_int_eq(cv_count(cv_related(a, likes)), 1);
    cv_clear(cv_related(b, likes));
    ck_assert_int_eq(cv_count(cv_related(a, likes)), 0);
    cv_add(cv_related(a, beats), b);
    ck_assert_int_eq(cv_count(cv_related(a, beats)), 1);
    ck_assert_int_eq(cv_count(cv_related(b, beats)), 0);
}

DESK_TEST(many_rows_are_linked_in_one_statement)
{
    Thing *a = cv_create(Thing, .name = "a");
    CvList *keys = cv_list_create(cv_arena());
    for (int i = 0; i < 3000; i++) {
        void *row = cv_build(Thing, .name = "x");
        cv_list_add(cv_arena(), keys, cv_value_object(row));
    }
    void **rows = cv_new_array(void *, keys->count);
    for (size_t i = 0; i < keys->count; i++)
        rows[i] = (void *)(uintptr_t)keys->items[i].object;
    cv_insert_rows(rows, keys->count);
    (void)desk_queries();
    CvValue all = cv_value_list(keys);
    cv_related_add(cv_related_of(a, "beats"), 1, &all, NULL);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert_int_eq(cv_count(cv_related(a, beats)), 3000);
}

DESK_TEST(everything_happens_in_the_owner_s_database)
{
    CvError error;
    ck_assert(cv_database_open(cv_arena(), "other", "sqlite://:memory:", NULL, &error));
    cv_schema_create("other", NULL);
    Desk *desk = cv_build(Desk, .name = "far");
    Thing *cup = cv_build(Thing, .name = "cup");
    cv_save_with(desk, .using = "other");
    cv_save_with(cup, .using = "other");
    cv_add(cv_related(cup, desks), desk);
    cv_create_in(cv_related(desk, drawers), .label = "top");
    cv_create_in(cv_related(desk, notes), .text = "far");
    cv_create_in(cv_related(desk, things), .name = "pen");
    ck_assert_int_eq(cv_count(cv_objects(Placed)) + cv_count(cv_objects(Drawer)) + cv_count(cv_objects(Note)), 0);
    ck_assert_int_eq(cv_count(cv_using(cv_objects(Placed), "other")), 2);
    Desk *far = cv_first(cv_prefetch_related(cv_using(cv_objects(Desk), "other"), "drawers", "things", "notes"));
    ck_assert_int_eq((int)cv_length(cv_related(far, things)), 2);
    ck_assert_int_eq((int)cv_length(cv_related(far, drawers)) + (int)cv_length(cv_related(far, notes)), 2);
    cv_clear(cv_related(far, things));
    ck_assert_int_eq(cv_count(cv_using(cv_objects(Placed), "other")), 0);
    ck_assert_int_eq(cv_delete(far), 3);
    ck_assert_int_eq(cv_count(cv_objects(Desk)), 2);
}

static void use_unsaved_links(void *argument)
{
    (void)argument;
    (void)cv_related(cv_build(Thing, .name = "new"), desks);
}

static void ask_unsaved(void *argument)
{
    (void)cv_count(cv_related((Desk *)argument, drawers));
}

static void add_to_unsaved(void *argument)
{
    cv_create_in(cv_related((Desk *)argument, drawers), .label = "x");
}

static void remove_of_others(void *argument)
{
    cv_remove(cv_related(desk_named("pine"), drawers), (Drawer *)argument);
}

static void add_unsaved(void *argument)
{
    cv_add(cv_related(desk_named("pine"), drawers), (Drawer *)argument);
}

static void add_desk(void *argument)
{
    const CvValue value = cv_value_object(argument);
    cv_related_add(cv_related_of(argument, "drawers"), 1, &value, NULL);
}

static void take_from_files(void *argument)
{
    (void)argument;
    Drawer *top = cv_create(Drawer, .label = "top");
    cv_remove(cv_related(top, files), cv_create(File, .drawer = cv_ref(top), .title = "a"));
}

DESK_TEST(mistakes_are_told_in_django_s_words)
{
    Desk *fresh = cv_build(Desk, .name = "new");
    Drawer *drawer = cv_create(Drawer, .desk = cv_ref(desk_named("oak")), .label = "top");
    ck_assert_str_eq(desk_raises(use_unsaved_links, NULL)->message,
                     "\"<Thing: Thing object (None)>\" needs to have a value for field \"id\" before this many-to-many "
                     "relationship can be used.");
    ck_assert_str_eq(desk_raises(ask_unsaved, fresh)->message,
                     "'Desk' instance needs to have a primary key value before this relationship can be used.");
    ck_assert_str_eq(desk_raises(add_to_unsaved, fresh)->message,
                     "\"<Desk: new>\" needs to have a value for field \"id\" before this relationship can be used.");
    ck_assert_str_eq(desk_raises(remove_of_others, drawer)->message,
                     "<Drawer: Drawer object (1)> is not related to <Desk: pine>.");
    ck_assert_str_eq(desk_raises(add_unsaved, cv_build(Drawer, .label = "x"))->message,
                     "<Drawer: Drawer object (None)> instance isn't saved. Use bulk=False or save the object first.");
    ck_assert_str_eq(desk_raises(add_desk, desk_named("oak"))->message, "'Drawer' instance expected, got <Desk: oak>");
    ck_assert_int_eq(desk_raises(take_from_files, NULL)->kind, CV_ERROR_ATTRIBUTE);
}

static void filter_by_another(void *argument)
{
    (void)cv_count(cv_filter(cv_objects(Desk), "drawers", (Desk *)argument));
}

static void exclude_by_another(void *argument)
{
    (void)cv_count(cv_exclude(cv_objects(Desk), "things", (Desk *)argument));
}

DESK_TEST(a_row_of_another_model_is_no_value_of_a_relation)
{
    Desk *oak = desk_named("oak");
    ck_assert_str_eq(desk_raises(filter_by_another, oak)->message,
                     "Cannot query \"oak\": Must be \"Drawer\" instance.");
    ck_assert_str_eq(desk_raises(exclude_by_another, oak)->message,
                     "Cannot query \"oak\": Must be \"Thing\" instance.");
}

DESK_TEST(rows_of_a_set_know_their_owner)
{
    Desk *oak = desk_named("oak");
    Drawer *top = cv_create_in(cv_related(oak, drawers), .label = "top");
    cv_create(Seal, .drawer = cv_ref(top));
    (void)desk_queries();
    ck_assert_ptr_eq(cv_one(cv_first(cv_filter(cv_related(oak, drawers), "label", "top")), desk), oak);
    ck_assert_int_eq(desk_queries(), 1);
    Seal *seal = cv_one_as(Seal, top, "seal");
    ck_assert_ptr_eq(cv_one(seal, drawer), top);
    ck_assert_ptr_eq(cv_one_as(Seal, top, "seal"), seal);
    ck_assert_int_eq(desk_queries(), 1);
    ck_assert_ptr_null(cv_one_as(Seal, cv_create(Drawer, .label = "low"), "seal"));
}

DESK_TEST(a_child_has_its_parent_s_row)
{
    StandingDesk *high = cv_create(StandingDesk, .parent.name = "high", .height = 110);
    cv_create_in(cv_related(&high->parent, drawers), .label = "top");
    (void)desk_queries();
    CV_EACH (desk, cv_select_related(cv_objects(StandingDesk), "desk_ptr")) {
        CvAccessor parent = {0};
        CvValue value;
        ck_assert_str_eq(desk->parent.name, "high");
        ck_assert_int_eq(desk->height, 110);
        ck_assert(StandingDesk_model.type.resolve(&StandingDesk_model.type, CV_SLICE("desk_ptr"), &parent));
        parent.read(&parent, desk, cv_arena(), &value);
        ck_assert_ptr_eq(cv_row_model(value.object), &Desk_model);
        ck_assert_str_eq(cv_str(value.object), "high");
    }
    ck_assert_int_eq(desk_queries(), 1);
    high = cv_first(cv_prefetch_related(cv_objects(StandingDesk), "desk_ptr__drawers"));
    ck_assert_int_eq(desk_queries(), 2);
}

static char said[200];

static void hear(CvRowEvent *event)
{
    size_t length = strlen(said);
    snprintf(said + length, sizeof said - length, "%s%s%d ", event->action, event->reverse ? " back " : " ",
             (int)event->key_count);
}

DESK_TEST(receivers_hear_of_links_that_are_new)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Thing *cup = cv_create(Thing, .name = "cup");
    said[0] = '\0';
    cv_connect(cv_m2m_changed, Placed, hear);
    cv_add(cv_related(cup, desks), oak);
    cv_add(cv_related(cup, desks), oak, pine);
    cv_remove(cv_related(oak, things), cup);
    cv_clear(cv_related(cup, desks));
    ck_assert_str_eq(said, "pre_add 1 post_add 1 pre_add 1 post_add 1 pre_remove back 1 post_remove back 1 "
                           "pre_clear 0 post_clear 0 ");
}

UNIT_TESTS("orm/related", rows_over_a_foreign_key_are_added_and_taken_out, links_have_members_of_their_own,
           a_relation_to_the_own_model_goes_both_ways_in_as_few_statements, many_rows_are_linked_in_one_statement,
           everything_happens_in_the_owner_s_database, mistakes_are_told_in_django_s_words,
           a_row_of_another_model_is_no_value_of_a_relation, rows_of_a_set_know_their_owner,
           a_child_has_its_parent_s_row, receivers_hear_of_links_that_are_new)
