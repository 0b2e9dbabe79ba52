/* Tests orm/generic.h: content types, generic foreign keys, generic relations. */
#include "desk.h"

#include "orm/schema.h"
#include "unit.h"

DESK_TEST(a_target_is_saved_as_type_and_key)
{
    Desk *oak = desk_named("oak");
    Note *note = cv_create(Note, .target = cv_target(oak), .text = "old");
    ck_assert_int_eq(note->object_id, oak->id);
    ck_assert_ptr_eq(cv_content_type_names(cv_one(note, content_type)), &Desk_model);
    ck_assert_ptr_eq(cv_one(note, target), oak);
    (void)desk_queries();
    Note *again = cv_first(cv_objects(Note));
    Desk *desk = cv_row_as(Desk, cv_one(again, target));
    ck_assert_str_eq(desk->name, "oak");
    ck_assert_int_eq(desk_queries(), 2); /* the note, the desk: its type is known */
    ck_assert_ptr_null(cv_row_as(Drawer, cv_one(again, target)));
    ck_assert_int_eq(desk_queries(), 0);
}

DESK_TEST(a_target_follows_its_two_fields)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Note *note = cv_create(Note, .target = cv_target(oak), .text = "");
    note->object_id = pine->id;
    ck_assert_str_eq(cv_row_as(Desk, cv_one(note, target))->name, "pine");
    note->object_id = 99;
    ck_assert_ptr_null(cv_one(note, target));
    cv_target_set(note, "target", oak);
    ck_assert_int_eq(note->object_id, oak->id);
    cv_target_set(note, "target", NULL);
    ck_assert_ptr_null(cv_one(note, target));
}

DESK_TEST(other_names_and_other_keys_serve_as_well)
{
    Desk *oak = desk_named("oak");
    Mark *mark = cv_create(Mark, .about = cv_target(oak));
    ck_assert_str_eq(mark->of, "1");
    ck_assert_ptr_nonnull(cv_row_as(Desk, cv_one(cv_first(cv_objects(Mark)), about)));
    ck_assert_int_eq(cv_count(cv_related(oak, marks)), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "marks", mark)), 1);
}

static void save_unsaved(void *argument)
{
    cv_create(Note, .target = cv_target(cv_build(Desk, .name = "new")), .text = argument);
}

DESK_TEST(a_target_must_be_saved_first)
{
    char text[] = "x";
    const CvError *error = desk_raises(save_unsaved, text);
    ck_assert_str_eq(error->message, "save() prohibited to prevent data loss due to unsaved related object 'target'.");
}

DESK_TEST(relations_filter_only_rows_of_their_type)
{
    Desk *oak = desk_named("oak");
    Drawer *drawer = cv_create(Drawer, .desk = cv_ref(oak), .label = "top"); /* has the key of a desk */
    cv_create(Note, .target = cv_target(drawer), .text = "about a drawer");
    cv_create(Note, .target = cv_target(oak), .text = "about oak");
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "notes__text__contains", "drawer")), 0);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "notes__text__contains", "oak")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "notes__isnull", true)), 1);
    ck_assert_int_eq(cv_count(cv_exclude(cv_objects(Desk), "notes__text__contains", "oak")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Note), "desk__name", "oak")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Note), "desk__isnull", true)), 1);
    CvDict *totals = cv_aggregate(cv_objects(Desk), "notes", cv_count_of("notes"));
    CvValue total = {0};
    ck_assert(cv_dict_get_slice(totals, CV_SLICE("notes"), &total));
    ck_assert_int_eq(total.integer, 1);
}

DESK_TEST(templates_look_through_them)
{
    Desk *oak = desk_named("oak");
    Note *note = cv_create(Note, .target = cv_target(oak), .text = "old");
    CvAccessor target = {0}, notes = {0};
    CvValue value;
    ck_assert(Note_model.type.resolve(&Note_model.type, CV_SLICE("target"), &target));
    target.read(&target, note, cv_arena(), &value);
    ck_assert_ptr_eq(value.object, oak);
    ck_assert(Desk_model.type.resolve(&Desk_model.type, CV_SLICE("notes"), &notes));
    notes.read(&notes, oak, cv_arena(), &value);
    ck_assert_int_eq((int)cv_length_of((CvQuerySet *)(uintptr_t)value.object), 1);
}

static void filter_by_target(void *argument)
{
    (void)argument;
    const char *names[] = {"target", NULL};
    CvValue value = CV_VALUE(1);
    (void)cv_length_of(cv_filter_at(cv_objects_of(&Note_model), NULL, 1, names, &value));
}

DESK_TEST(a_target_is_no_lookup)
{
    const CvError *error = desk_raises(filter_by_target, NULL);
    ck_assert_int_eq(error->kind, CV_ERROR_FIELD);
    ck_assert_ptr_nonnull(strstr(error->message, "consider adding a GenericRelation"));
}

DESK_TEST(children_have_types_of_their_own_and_proxies_their_model_s)
{
    StandingDesk *high = cv_create(StandingDesk, .parent.name = "high", .height = 110);
    cv_create(Note, .target = cv_target(high), .text = "tall");
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(StandingDesk), "notes__text", "tall")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Desk), "notes__text", "tall")), 0);
    ck_assert_int_eq(cv_count(cv_related(&high->parent, notes)), 1);
    OldDesk *old = cv_get(OldDesk, "name", "oak");
    Note *note = cv_create(Note, .target = cv_target(old), .text = "old");
    ck_assert_ptr_eq(cv_content_type_names(cv_one(note, content_type)), &Desk_model);
}

DESK_TEST(the_set_of_a_relation_is_changed_by_rows)
{
    Desk *oak = desk_named("oak"), *pine = desk_named("pine");
    Note *first = cv_create_in(cv_related(oak, notes), .text = "one");
    Note *second = cv_create(Note, .target = cv_target(pine), .text = "two");
    ck_assert_int_eq(first->object_id, oak->id);
    cv_add(cv_related(oak, notes), second);
    ck_assert_int_eq(cv_count(cv_related(oak, notes)), 2);
    ck_assert_int_eq(second->object_id, oak->id);
    cv_replace(cv_related(oak, notes), second);
    ck_assert_int_eq(cv_count(cv_objects(Note)), 1); /* what is taken out is deleted */
    cv_clear(cv_related(oak, notes));
    ck_assert_int_eq(cv_count(cv_objects(Note)), 0);
}

static void make_and_raise(void *argument)
{
    CV_ATOMIC
    {
        cv_create(Note, .target = cv_target((Desk *)argument), .text = "never there");
        cv_raise(CV_ERROR_VALUE, "no");
    }
}

DESK_TEST(a_type_that_was_rolled_back_is_forgotten)
{
    Desk *oak = desk_named("oak");
    (void)desk_raises(make_and_raise, oak);
    cv_create(Kind, .app_label = "office", .model = "another"); /* takes the key of the one that is gone */
    Note *note = cv_create(Note, .target = cv_target(oak), .text = "about oak");
    ck_assert_str_eq(cv_one(note, content_type)->model, "desk");
}

DESK_TEST(a_type_is_asked_for_once)
{
    cv_content_types_forget();
    (void)desk_queries();
    void *type = cv_content_type_row(&Kind_model, &Desk_model, true, NULL);
    ck_assert_int_eq(desk_queries(), 2); /* it is not there: it is made */
    ck_assert_ptr_eq(cv_content_type_names(type), &Desk_model);
    (void)cv_content_type_row(&Kind_model, &Desk_model, true, NULL);
    (void)cv_content_type_by_key(&Kind_model, cv_row_key(type), NULL);
    ck_assert_int_eq(desk_queries(), 0);
    cv_content_types_forget();
    const CvModel *models[] = {&Desk_model, &OldDesk_model};
    cv_content_types_load(&Kind_model, models, 2, true, NULL);
    (void)cv_content_type_row(&Kind_model, &OldDesk_model, true, NULL);
    ck_assert_int_eq(desk_queries(), 1);
}

DESK_TEST(models_made_by_code_have_generic_fields_too)
{
    CvArena *arena = cv_arena();
    const CvField tag_fields[] = {cv_field("content_type", &cv_foreign_key_field, &Kind_model, .on_delete = CV_CASCADE),
                                  cv_field("object_id", &cv_positive_integer_field, NULL),
                                  cv_field("target", &cv_generic_key_field, NULL)};
    const CvModel *tag = cv_model_build(arena, "Sticker", tag_fields, 3, NULL);
    const CvField box_fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 10),
                                  cv_field("stickers", &cv_generic_relation_field, tag, .related_query_name = "box")};
    const CvModel *box = cv_model_build(arena, "Box", box_fields, 2, NULL);
    CvErrors errors = {.arena = arena};
    const CvModel *const models[] = {tag, box, NULL};
    cv_models_add("office", models);
    ck_assert(cv_models_ready(&errors));
    cv_schema_create(NULL, models);
    void *row = cv_insert_row(cv_row_new(box)), *sticker = cv_row_new(tag);
    cv_target_set(sticker, "target", row);
    cv_insert_row(sticker);
    ck_assert_int_eq(cv_count_of_set(cv_related_of(row, "stickers")), 1);
    ck_assert_ptr_eq(cv_target_of(sticker, "target"), row);
}

static const CvError *mistake(const CvField *fields, size_t count, const char *name)
{
    static CvErrors errors;
    errors = (CvErrors){.arena = cv_arena()};
    const CvModel *model = cv_model_build(cv_arena(), name, fields, count, NULL);
    cv_models_reset();
    cv_models_add("office", desk_models);
    cv_models_add("office", (const CvModel *const[]){model, NULL});
    ck_assert(!cv_models_ready(&errors));
    return errors.items[0];
}

DESK_TEST(mistakes_of_declaration_are_told)
{
    const CvField no_id[] = {cv_field("content_type", &cv_foreign_key_field, &Kind_model, .on_delete = CV_CASCADE),
                             cv_field("target", &cv_generic_key_field, NULL)};
    ck_assert_str_eq(mistake(no_id, 2, "A")->message,
                     "office.A.target: The GenericForeignKey object ID references the nonexistent field 'object_id'.");
    const CvField no_type[] = {cv_field("object_id", &cv_integer_field, NULL),
                               cv_field("target", &cv_generic_key_field, NULL)};
    ck_assert_str_eq(mistake(no_type, 2, "B")->message,
                     "office.B.target: The GenericForeignKey content type references "
                     "the nonexistent field 'B.content_type'.");
    const CvField not_types[] = {cv_field("object_id", &cv_integer_field, NULL),
                                 cv_field("content_type", &cv_foreign_key_field, &Desk_model, .on_delete = CV_CASCADE),
                                 cv_field("target", &cv_generic_key_field, NULL)};
    ck_assert_ptr_nonnull(
        strstr(mistake(not_types, 3, "C")->message, "is not a ForeignKey to a model of content types"));
    const CvField no_key[] = {cv_field("drawers", &cv_generic_relation_field, &Drawer_model)};
    ck_assert_str_eq(
        mistake(no_key, 1, "D")->message,
        "office.D.drawers: The GenericRelation defines a relation with the model 'office.Drawer', but that "
        "model does not have a GenericForeignKey.");
}

UNIT_TESTS("orm/generic", a_target_is_saved_as_type_and_key, a_target_follows_its_two_fields,
           other_names_and_other_keys_serve_as_well, a_target_must_be_saved_first,
           relations_filter_only_rows_of_their_type, a_target_is_no_lookup, templates_look_through_them,
           children_have_types_of_their_own_and_proxies_their_model_s, the_set_of_a_relation_is_changed_by_rows,
           a_type_that_was_rolled_back_is_forgotten, a_type_is_asked_for_once,
           models_made_by_code_have_generic_fields_too, mistakes_of_declaration_are_told)
