/* Tests orm/prefetch.c: rows of relations for many owners at once. */
#include "desk.h"

#include "orm/shell.h"

#include "unit.h"

/* Drawers, files, notes and things on both desks. */
static void furnish(void)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Drawer *top = cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    Drawer *low = cv_create(Drawer, .desk = cv_ref(oak), .label = "low");
    cv_create(Drawer, .desk = cv_ref(pine), .label = "top");
    cv_create(Drawer, .label = "nowhere");
    cv_create(File, .drawer = cv_ref(top), .title = "a");
    cv_create(File, .drawer = cv_ref(top), .title = "b");
    cv_create(File, .drawer = cv_ref(low), .title = "c");
    Thing *cup = cv_create(Thing, .name = "cup"), *pen = cv_create(Thing, .name = "pen");
    cv_add(cv_related(cup, desks), oak, pine);
    cv_add(cv_related(pen, desks), oak);
    cv_add(cv_related(pen, beats), cup);
    cv_create(Note, .target = cv_target(oak), .text = "n1");
    cv_create(Note, .target = cv_target(top), .text = "n2");
    cv_create(Note, .target = cv_target(pine), .text = "n3");
    (void)desk_queries();
}

DESK_TEST(each_relation_takes_one_query)
{
    furnish();
    size_t drawers = 0, files = 0, things = 0;
    CV_EACH (desk, cv_prefetch_related(cv_objects(Desk), "drawers__files", "things")) {
        CV_EACH (drawer, cv_related(desk, drawers)) {
            drawers++;
            files += cv_length(cv_related(drawer, files));
            ck_assert_str_eq(cv_one(drawer, desk)->name, desk->name);
        }
        things += cv_length(cv_related(desk, things));
    }
    ck_assert_int_eq((int)drawers, 3);
    ck_assert_int_eq((int)files, 3);
    ck_assert_int_eq((int)things, 3);
    ck_assert_int_eq(desk_queries(), 4);
}

DESK_TEST(forward_keys_and_hidden_ways_back_too)
{
    furnish();
    size_t named = 0, beaten = 0;
    CV_EACH (drawer, cv_prefetch_related(cv_objects(Drawer), "desk"))
        named += cv_one(drawer, desk) != NULL;
    ck_assert_int_eq((int)named, 3);
    ck_assert_int_eq(desk_queries(), 2);
    CV_EACH (thing, cv_prefetch_related(cv_objects(Thing), "beats"))
        beaten += cv_length(cv_related(thing, beats));
    ck_assert_int_eq((int)beaten, 1);
    ck_assert_int_eq(desk_queries(), 2);
}

DESK_TEST(generic_relations_and_their_targets)
{
    furnish();
    CV_EACH (desk, cv_prefetch_related(cv_objects(Desk), "notes"))
        ck_assert_int_eq((int)cv_length(cv_related(desk, notes)), 1);
    ck_assert_int_eq(desk_queries(), 2);
    CV_EACH (note, cv_prefetch_related(cv_objects(Note), "target"))
        ck_assert_ptr_nonnull(cv_one(note, target));
    ck_assert_int_eq(desk_queries(), 3); /* the notes, desks, drawers */
}

DESK_TEST(a_set_of_one_s_own_under_a_name_of_its_own)
{
    furnish();
    Desk_set *desks =
        cv_prefetch_as(cv_objects(Desk), "tops", "drawers", cv_filter(cv_objects(Drawer), "label", "top"));
    CV_EACH (desk, desks) {
        Drawer_set *tops = cv_related_as(Drawer, desk, "tops");
        ck_assert_int_eq((int)cv_length(tops), 1);
        ck_assert_str_eq(cv_first(tops)->label, "top");
    }
    ck_assert_int_eq(desk_queries(), 2);
    Desk *oak = cv_first(cv_prefetch(cv_objects(Desk), "drawers", cv_reverse(cv_objects(Drawer))));
    ck_assert_str_eq(cv_at(cv_related(oak, drawers), 0)->label, "low");
    ck_assert_int_eq(desk_queries(), 2);
    ck_assert_int_eq((int)cv_count(cv_related(oak, drawers)), 2); /* its rows are here */
    ck_assert_int_eq(desk_queries(), 0);
}

DESK_TEST(more_may_be_asked_of_what_was_fetched)
{
    furnish();
    Desk_set *desks = cv_prefetch_related(cv_objects(Desk), "drawers", "things");
    desks = cv_prefetch_as(desks, "tops", "drawers", cv_filter(cv_objects(Drawer), "label", "top"));
    Desk *oak = cv_first(desks);
    ck_assert_int_eq(cv_count(cv_filter(cv_related(oak, drawers), "label", "low")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_related(oak, things), "name__gt", "")), 2);
    ck_assert_int_eq(cv_count(cv_filter(cv_related_as(Drawer, oak, "tops"), "id__gt", 0)), 1);
    ck_assert_str_eq(cv_last(cv_related(oak, drawers))->label, "low");
}

DESK_TEST(a_slice_counts_for_each_owner)
{
    furnish();
    Drawer_set *some = cv_slice_set(cv_order_by(cv_objects(Drawer), "label"), 0, 1);
    CvBuffer text = cv_buffer(cv_arena());
    CV_EACH (desk, cv_prefetch_as(cv_objects(Desk), "first", "drawers", some))
        CV_EACH (drawer, cv_related_as(Drawer, desk, "first"))
            cv_buffer_printf(&text, "%s:%s ", desk->name, drawer->label);
    ck_assert_str_eq(cv_buffer_string(&text), "oak:low pine:top ");
    Thing_set *second =
        cv_slice_set(cv_reverse(cv_objects(Thing)), 1, 2); /* over a table between, in its default order */
    Desk *oak = cv_first(cv_prefetch_as(cv_objects(Desk), "second", "things", second));
    ck_assert_int_eq((int)cv_length(cv_related_as(Thing, oak, "second")), 1);
    ck_assert_str_eq(cv_first(cv_related_as(Thing, oak, "second"))->name, "cup");
    Drawer_set *by_desk = cv_slice_set(cv_order_by(cv_objects(Drawer), "desk", "-label"), 0, 1);
    oak = cv_first(cv_prefetch_as(cv_objects(Desk), "first", "drawers", by_desk));
    ck_assert_str_eq(cv_at(cv_related_as(Drawer, oak, "first"), 0)->label, "top");
}

DESK_TEST(rows_that_are_here_already)
{
    furnish();
    Desk *both[] = {desk_named("oak"), desk_named("pine")};
    (void)desk_queries();
    cv_prefetch_objects(both, 2, "drawers", "things");
    ck_assert_int_eq(desk_queries(), 2);
    ck_assert_int_eq((int)cv_length(cv_related(both[0], drawers)), 2);
    cv_prefetch_objects(both, 2, "drawers__files"); /* the drawers are not fetched again */
    ck_assert_int_eq(desk_queries(), 1);
    cv_create_in(cv_related(both[0], drawers), .label = "new"); /* a change makes the rows that are kept stale */
    ck_assert_int_eq((int)cv_length(cv_related(both[0], drawers)), 3);
}

static void fetch(void *argument)
{
    (void)cv_length_of(cv_prefetch_related_at(cv_objects_of(&Desk_model), NULL, (const char *const[]){argument, NULL}));
}

static void fetch_twice(void *argument)
{
    (void)argument;
    (void)cv_length(cv_prefetch(cv_prefetch_related(cv_objects(Desk), "drawers"), "drawers", cv_objects(Drawer)));
}

static void fetch_others(void *argument)
{
    (void)argument;
    (void)cv_length(cv_prefetch(cv_objects(Desk), "drawers", cv_objects(File)));
}

DESK_TEST(mistakes_are_told_in_django_s_words)
{
    char nope[] = "drawers__nope", name[] = "name";
    furnish();
    ck_assert_str_eq(desk_raises(fetch, nope)->message, "Cannot find 'nope' on Drawer object, 'drawers__nope' is an "
                                                        "invalid parameter to prefetch_related()");
    ck_assert_str_eq(desk_raises(fetch, name)->message,
                     "'name' does not resolve to an item that supports prefetching - this is an invalid parameter to "
                     "prefetch_related().");
    ck_assert_str_eq(desk_raises(fetch_twice, NULL)->message,
                     "'drawers' lookup was already seen with a different queryset. You may need to adjust the ordering "
                     "of your lookups.");
    ck_assert_str_eq(desk_raises(fetch_others, NULL)->message,
                     "Prefetch(\"drawers\") takes rows of Drawer, not of File.");
}

DESK_TEST(many_owners_cost_no_more_queries)
{
    enum { COUNT = 4000 };
    void **rows = cv_new_array(void *, COUNT), **drawers = cv_new_array(void *, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        rows[i] = cv_build(Desk, .name = "many");
    cv_insert_rows(rows, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        drawers[i] = cv_build(Drawer, .desk = cv_ref((Desk *)rows[i]), .label = "x");
    cv_insert_rows(drawers, COUNT);
    (void)desk_queries();
    size_t found = 0;
    CV_EACH (desk, cv_prefetch_related(cv_filter(cv_objects(Desk), "name", "many"), "drawers"))
        found += cv_length(cv_related(desk, drawers));
    ck_assert_int_eq((int)found, COUNT);
    ck_assert_int_eq(desk_queries(), 2);
}

/* More keys than one statement takes. */
DESK_TEST(keys_go_in_parts)
{
    enum { COUNT = 20000 };
    Desk **desks = cv_new_array(Desk *, COUNT);
    Drawer **drawers = cv_new_array(Drawer *, COUNT);
    Placed **placed = cv_new_array(Placed *, COUNT);
    Thing *cup = cv_create(Thing, .name = "cup");
    for (int i = 0; i < COUNT; i++)
        desks[i] = cv_build(Desk, .name = "many");
    cv_bulk_create(desks, COUNT);
    for (int i = 0; i < COUNT; i++) {
        drawers[i] = cv_build(Drawer, .desk = cv_ref(desks[i]), .label = "one");
        placed[i] = cv_build(Placed, .desk = cv_ref(desks[i]), .thing = cv_ref(cup));
    }
    cv_bulk_create(drawers, COUNT);
    cv_bulk_create(placed, COUNT);
    (void)desk_queries();
    int there = 0;
    CV_EACH (desk, cv_prefetch_related(cv_filter(cv_objects(Desk), "name", "many"), "drawers", "things"))
        there += cv_length(cv_related(desk, drawers)) == 1 && cv_length(cv_related(desk, things)) == 1;
    ck_assert_int_eq(there, COUNT);
    ck_assert_int_eq(desk_queries(), 5);
    CV_EACH (drawer, cv_prefetch_related(cv_objects(Drawer), "desk"))
        there -= cv_one(drawer, desk) != NULL;
    ck_assert_int_eq(there, 0);
    ck_assert_int_eq(desk_queries(), 3);
    int firsts = 0; /* a slice is one of each owner */
    CV_EACH (desk, cv_prefetch(cv_objects(Desk), "drawers", cv_slice_set(cv_objects(Drawer), 0, 1)))
        firsts += (int)cv_length(cv_related(desk, drawers));
    ck_assert_int_eq(firsts, COUNT);

    CvBuffer out = cv_buffer(cv_arena());
    cv_shell_answer(&out, CV_SLICE("len(Desk.objects.in_bulk(list(Desk.objects.values_list('pk', flat=True))))"));
    const char *answer = cv_buffer_string(&out);
    ck_assert_msg(strstr(answer, "\"result\": 20002") && strstr(answer, "\"queries\": 3"), "%.200s", answer);
    ck_assert_int_eq((int)cv_delete(cv_filter(cv_objects(Desk), "name", "many")), 3 * COUNT);
    ck_assert(!cv_exists(cv_objects(Placed)));
}

UNIT_TESTS("orm/prefetch", keys_go_in_parts, each_relation_takes_one_query, forward_keys_and_hidden_ways_back_too,
           generic_relations_and_their_targets, a_set_of_one_s_own_under_a_name_of_its_own,
           more_may_be_asked_of_what_was_fetched, a_slice_counts_for_each_owner, rows_that_are_here_already,
           mistakes_are_told_in_django_s_words, many_owners_cost_no_more_queries)
