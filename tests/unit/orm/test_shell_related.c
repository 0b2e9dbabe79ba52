/* test_shell_related.c: relations in the query language: what changes their sets, prefetching, generic keys, content
 * types, and Python's words for what is wrong. Each answer is rolled back. */
#include "desk.h"

#include "orm/shell.h"
#include "unit.h"

/* The JSON of the expression's result alone. */
static const char *answer(const char *text)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_shell_answer(&out, cv_slice(text));
    char *line = cv_buffer_string(&out), *end = strstr(line, ", \"queries\": ");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    ck_assert(strncmp(line, "{\"result\": ", 11) == 0);
    return line + 11;
}

#define ANSWERS(text, expected) ck_assert_str_eq(answer(text), expected)
#define FAILS(text, kind, message) ANSWERS(text, "{\"$error\": \"" kind "\", \"message\": \"" message "\"}")

#define OAK "Desk.objects.get(name='oak')"
#define CUP "Thing.objects.get(name='cup')"

/* Desks 1 "oak" and 2 "pine", things 1 "cup" (on oak) and 2 "pen", drawers 1 "top" (of oak) and 2 "low". */
static void fill(void)
{
    Desk *oak = desk_named("oak");
    Thing *cup = cv_create(Thing, .name = "cup");
    cv_create(Thing, .name = "pen");
    cv_add(cv_related(oak, things), cup);
    cv_create(Drawer, .desk = cv_ref(oak), .label = "top");
    cv_create(Drawer, .label = "low");
    cv_create(Note, .target = cv_target(oak), .text = "old");
}

DESK_TEST(links_are_added_set_and_taken_out)
{
    fill();
    ANSWERS(OAK ".things.add(2), " OAK ".things.add(2, Thing.objects.get(id=1)), " OAK ".things.count()",
            "[null, null, 2]");
    ANSWERS(OAK
            ".things.add(2, through_defaults={'count': 7}), list(Placed.objects.order_by('id').values_list('count', "
            "flat=True))",
            "[null, [1, 7]]");
    ANSWERS(OAK ".things.remove(1, 2), " OAK ".things.count()", "[null, 0]");
    ANSWERS(OAK ".things.set([2]), list(" OAK ".things.values_list('id', flat=True))", "[null, [2]]");
    ANSWERS(OAK ".things.set([1, 2], clear=True, through_defaults={'count': 5}), "
                "list(Placed.objects.order_by('thing').values_list('count', flat=True))",
            "[null, [5, 5]]");
    ANSWERS(OAK ".things.clear(), " OAK ".things.count()", "[null, 0]");
    ANSWERS(OAK
            ".things.create(name='ink', through_defaults={'count': 9}).name, Placed.objects.get(count=9).thing.name",
            "[\"ink\", \"ink\"]");
    ANSWERS(OAK ".things.count()", "1"); /* nothing of it stayed */
}

DESK_TEST(rows_behind_a_key_are_added_and_taken_out)
{
    fill();
    ANSWERS(OAK ".drawers.add(Drawer.objects.get(id=2)), " OAK ".drawers.count()", "[null, 2]");
    ANSWERS(OAK ".drawers.add(Drawer.objects.get(id=2), bulk=False), " OAK ".drawers.count()", "[null, 2]");
    ANSWERS(OAK ".drawers.remove(Drawer.objects.get(id=1)), " OAK ".drawers.count()", "[null, 0]");
    ANSWERS(OAK ".drawers.set([Drawer.objects.get(id=2)]), " OAK ".drawers.get().id", "[null, 2]");
    ANSWERS(OAK ".drawers.clear(bulk=False), " OAK ".drawers.count()", "[null, 0]");
    ANSWERS(OAK ".drawers.create(label='new').desk.name", "\"oak\"");
}

DESK_TEST(what_a_manager_does_not_take)
{
    fill();
    FAILS(OAK ".things.add(2, bulk=False)", "TypeError", "add() got an unexpected keyword argument 'bulk'");
    FAILS(OAK ".drawers.add(Drawer.objects.get(id=2), through_defaults={})", "TypeError",
          "add() got an unexpected keyword argument 'through_defaults'");
    FAILS(OAK ".things.add(2, through_defaults=5)", "TypeError", "through_defaults must be a dict, not int");
    FAILS(OAK ".things.add([1, 2])", "TypeError", "Field 'id' expected a number but got [1, 2].");
    FAILS(OAK ".drawers.add(Drawer.objects.filter(id=1))", "TypeError",
          "Field 'id' expected a number but got <QuerySet [<Drawer: Drawer object (1)>]>.");
}

DESK_TEST(sets_are_no_attributes_to_assign)
{
    fill();
    FAILS("Desk(name='x', things=[1])", "TypeError",
          "Direct assignment to the reverse side of a many-to-many set is prohibited. Use things.set() instead.");
    FAILS("Desk(name='x', drawers=[1])", "TypeError",
          "Direct assignment to the reverse side of a related set is prohibited. Use drawers.set() instead.");
    FAILS("Note(target=5)", "AttributeError", "'int' object has no attribute '_state'");
    FAILS("Drawer(label='x', seal=5)", "ValueError",
          "Cannot assign \\\"5\\\": \\\"Drawer.seal\\\" must be a \\\"Seal\\\" instance.");
    ANSWERS("Note(target=" OAK ").object_id, Note(target=None).target", "[1, null]");
}

DESK_TEST(prefetching_in_words)
{
    fill();
    ANSWERS("[[t.name for t in d.things.all()] for d in Desk.objects.prefetch_related('things')]", "[[\"cup\"], []]");
    ANSWERS("[[r.label for r in d.mine] for d in Desk.objects.prefetch_related("
            "Prefetch('drawers', queryset=Drawer.objects.filter(label='top'), to_attr='mine'))]",
            "[[\"top\"], []]");
    ANSWERS("[[d.name for d in t.places] for t in Thing.objects.prefetch_related(Prefetch('desks', to_attr='places'))]",
            "[[\"oak\"], []]");
    ANSWERS("[n.target.name for n in Note.objects.prefetch_related(GenericPrefetch('target', [Desk.objects.all()]))]",
            "[\"oak\"]");
    FAILS("Prefetch('drawers', queryset=5)", "AttributeError", "'int' object has no attribute '_iterable_class'");
    FAILS("prefetch_related_objects([5], 'drawers')", "TypeError", "prefetch_related_objects() takes rows, not int");
    ANSWERS("prefetch_related_objects(list(Desk.objects.all()), 'drawers', Prefetch('things'))", "null");
    ANSWERS("prefetch_related_objects([], 'drawers')", "null");
}

DESK_TEST(types_of_models)
{
    fill();
    ANSWERS("Kind.objects.get_for_model(Desk).model, Kind.objects.get_for_model(" OAK ").app_label",
            "[\"desk\", \"office\"]");
    ANSWERS("Kind.objects.get_for_model(OldDesk).model, "
            "Kind.objects.get_for_model(OldDesk, for_concrete_model=False).model",
            "[\"desk\", \"olddesk\"]");
    ANSWERS("Kind.objects.get_for_models(Desk, Thing)[Thing].model, len(Kind.objects.get_for_models(Desk, Thing))",
            "[\"thing\", 2]");
    ANSWERS("Kind.objects.get_for_id(Kind.objects.get_for_model(Desk).id).model, Kind.objects.clear_cache()",
            "[\"desk\", null]");
    ANSWERS("Kind.objects.get_for_model(Desk).get_object_for_this_type(name='pine').id", "2");
    ANSWERS("Kind.objects.get_for_model(Desk).get_all_objects_for_this_type(name='pine').count()", "1");
    ANSWERS("Kind.objects.get_for_model(Desk).get_all_objects_for_this_type().count()", "2");
    ANSWERS("Kind.objects.get_for_model(Thing).model_class().objects.count()", "2");
    ANSWERS("Kind(app_label='gone', model='gone').model_class()", "null");
    FAILS("Kind.objects.get_for_model(Desk).get_object_for_this_type(name='none')", "DoesNotExist",
          "Desk matching query does not exist.");
    FAILS("Kind(app_label='gone', model='gone').get_object_for_this_type(id=1)", "AttributeError",
          "'NoneType' object has no attribute '_base_manager'");
    FAILS("Kind.objects.get_for_model(5)", "AttributeError", "'int' object has no attribute '_meta'");
}

UNIT_TESTS("orm/shell_related", links_are_added_set_and_taken_out, rows_behind_a_key_are_added_and_taken_out,
           what_a_manager_does_not_take, sets_are_no_attributes_to_assign, prefetching_in_words, types_of_models)
