/* Tests orm/model.h: relations told by label, in any order and in circles; several sets of models; models of children
 * made by code. */
#include "orm/orm.h"
#include "orm/schema.h"
#include "tables.h"
#include "unit.h"

static CvArena *arena;

static void add(const char *app, const CvModel *model)
{
    const CvModel **list = cv_arena_new_array(arena, const CvModel *, 2);
    list[0] = model;
    cv_models_add(app, list);
}

static CvField key_to(const char *name, const char *label)
{
    return cv_field(name, &cv_foreign_key_field, NULL, .to_label = label, .on_delete = CV_CASCADE);
}

static CvErrors ready(void)
{
    CvErrors errors = {.arena = arena};
    bool good = cv_models_ready(&errors);
    ck_assert_int_eq(good, errors.count == 0);
    return errors;
}

static void begin(void)
{
    arena = cv_arena_create(0);
    cv_models_reset();
}

static void end(void)
{
    cv_models_use(NULL);
    cv_models_reset();
    cv_arena_destroy(arena);
}

static const CvColumn *column_of(const char *label, const char *name)
{
    const CvModel *model = cv_model_find(cv_slice(label));
    ck_assert_ptr_nonnull(model);
    return cv_model_column(model, cv_slice(name));
}

START_TEST(targets_are_found_in_any_order)
{
    begin();
    CvField book[] = {
        key_to("author", "Author"), key_to("owner", "people.Person"),
        cv_field("tags", &cv_many_to_many_field, NULL, .to_label = "Tag", .through_label = "shop.Tagged")};
    CvField tagged[] = {key_to("book", "book"), key_to("tag", "SHOP.tag")};
    CvField author[] = {cv_field("best", &cv_foreign_key_field, NULL, .to_label = "shop.Book", .on_delete = CV_CASCADE,
                                 .related_name = "+"),
                        cv_field("name", &cv_char_field, NULL, .max_length = 9)};
    CvField person[] = {cv_field("code", &cv_uuid_field, NULL)};
    add("shop", cv_model_build(arena, "Book", book, 3, NULL));
    add("shop", cv_model_build(arena, "Tagged", tagged, 2, NULL));
    add("shop", cv_model_build(arena, "Author", author, 2, NULL));
    add("shop", cv_model_build(arena, "Tag", NULL, 0, NULL));
    add("people", cv_model_build_with_key(arena, "Person", person, 1, NULL));
    ck_assert_uint_eq(ready().count, 0);
    ck_assert_ptr_eq(column_of("shop.Book", "author")->to, cv_model_find(CV_SLICE("shop.Author")));
    ck_assert_ptr_eq(column_of("shop.Author", "best")->to, cv_model_find(CV_SLICE("shop.Book")));
    ck_assert_int_eq(column_of("shop.Book", "owner")->key_storage, CV_STORE_UUID);
    ck_assert_ptr_eq(column_of("shop.Book", "tags")->field->through, cv_model_find(CV_SLICE("shop.Tagged")));
    /* the key of a UUID takes more room than that of a number */
    const CvColumn *owner = column_of("shop.Book", "owner"), *first = column_of("shop.Book", "author");
    ck_assert_uint_gt(cv_model_find(CV_SLICE("shop.Book"))->size, owner->offset + sizeof(CvUuid));
    ck_assert_uint_gt(owner->offset, first->offset);
    end();
}
END_TEST

START_TEST(all_unknown_targets_are_named)
{
    begin();
    CvField book[] = {key_to("author", "shop.Writer"), key_to("owner", "Person"),
                      cv_field("tags", &cv_many_to_many_field, NULL, .to_label = "Book", .through_label = "No.Such")};
    add("shop", cv_model_build(arena, "Book", book, 3, NULL));
    CvErrors errors = ready();
    ck_assert_uint_eq(errors.count, 3);
    ck_assert_str_eq(errors.items[0]->message, "shop.Book.author: Field defines a relation with model 'shop.Writer', "
                                               "which is either not installed, or is abstract.");
    ck_assert_ptr_nonnull(strstr(errors.items[1]->message, "'Person'"));
    ck_assert_ptr_nonnull(strstr(errors.items[2]->message, "'No.Such'"));
    end();
}
END_TEST

START_TEST(keys_that_lead_in_a_circle_are_refused)
{
    begin();
    CvField a[] = {cv_field("b", &cv_one_to_one_field, NULL, .to_label = "B", .on_delete = CV_CASCADE)};
    CvField b[] = {cv_field("a", &cv_one_to_one_field, NULL, .to_label = "A", .on_delete = CV_CASCADE)};
    add("shop", cv_model_build_with_key(arena, "A", a, 1, NULL));
    add("shop", cv_model_build_with_key(arena, "B", b, 1, NULL));
    CvErrors errors = ready();
    ck_assert_uint_eq(errors.count, 2);
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "back to itself"));
    end();
}
END_TEST

/* One model whose key is a number, and so many whose keys lead to the one before. */
static CvErrors chain(int length)
{
    cv_models_reset();
    for (int i = 0; i <= length; i++) {
        const char *name = cv_arena_printf(arena, "M%d", i), *to = cv_arena_printf(arena, "M%d", i - 1);
        CvField key[] = {cv_field("key", &cv_one_to_one_field, NULL, .to_label = to, .on_delete = CV_CASCADE)};
        add("shop",
            i ? cv_model_build_with_key(arena, name, key, 1, NULL) : cv_model_build(arena, name, NULL, 0, NULL));
    }
    return ready();
}

START_TEST(keys_over_keys_are_bounded)
{
    begin();
    ck_assert_uint_eq(chain(15).count, 0);
    ck_assert_uint_eq(chain(16).count, 0);
    CvErrors errors = chain(17);
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.items[0]->message,
                     "shop.M17: its key leads over more than 16 other models' keys, or back to itself.");
    end();
}
END_TEST

START_TEST(keys_over_keys_have_the_last_ones_storage)
{
    begin();
    CvField a[] = {cv_field("b", &cv_one_to_one_field, NULL, .to_label = "B", .on_delete = CV_CASCADE)};
    CvField b[] = {cv_field("code", &cv_char_field, NULL, .max_length = 9)};
    CvField c[] = {key_to("a", "A")};
    add("shop", cv_model_build(arena, "C", c, 1, NULL));
    add("shop", cv_model_build_with_key(arena, "A", a, 1, NULL));
    add("shop", cv_model_build_with_key(arena, "B", b, 1, NULL));
    ck_assert_uint_eq(ready().count, 0);
    ck_assert_int_eq(column_of("shop.C", "a")->key_storage, CV_STORE_TEXT);
    end();
}
END_TEST

static void find_nothing(void *set)
{
    (void)cv_models_model(set, "shop.Bok");
}

static void use_sets(void *argument)
{
    (void)argument;
    begin();
    CvField name[] = {cv_field("name", &cv_char_field, NULL, .max_length = 9)};
    add("shop", cv_model_build(arena, "Book", name, 1, NULL));
    ck_assert_uint_eq(ready().count, 0);
    const CvModel *ours = cv_model_find(CV_SLICE("shop.Book"));
    CvModels *set = cv_models_create();
    ck_assert_ptr_null(cv_models_use(set));
    ck_assert_ptr_null(cv_model_find(CV_SLICE("shop.Book")));
    ck_assert_ptr_null(cv_models_next(NULL));
    const CvModel *theirs = cv_model_build(cv_models_arena(set), "Book", NULL, 0, NULL);
    add("shop", theirs);
    ck_assert_uint_eq(ready().count, 0);
    ck_assert_ptr_eq(cv_model_find(CV_SLICE("shop.Book")), theirs);
    /* what is made of the program's model meanwhile stays when the set goes */
    void *row = cv_row_new(ours);
    cv_row_set(row, cv_model_column(ours, CV_SLICE("name")), cv_value_string("Emma"));
    ck_assert_ptr_eq(cv_models_use(NULL), set);
    ck_assert_ptr_eq(cv_models_model(set, "Shop.book"), theirs);
    ck_assert_ptr_eq(cv_models_model(NULL, "shop.Book"), ours);
    CvError *error;
    ck_assert(!cv_try(find_nothing, set, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, "there is no model shop.Bok");
    cv_models_destroy(set);
    ck_assert_ptr_eq(cv_model_find(CV_SLICE("shop.Book")), ours);
    ck_assert_ptr_eq(cv_row_model(cv_row_new(ours)), ours);
    end();
}

START_TEST(sets_do_not_see_each_other)
{
    must_run(use_sets, NULL);
}
END_TEST

START_TEST(children_made_by_code_have_their_parents_members)
{
    begin();
    CvField title[] = {cv_field("title", &cv_char_field, NULL, .max_length = 9)};
    CvField format[] = {cv_field("format", &cv_char_field, NULL, .max_length = 9)};
    const CvModel *book = cv_model_build(arena, "Book", title, 1, NULL);
    const CvModel *ebook = cv_model_build_child(arena, "EBook", book, false, format, 1, NULL);
    const CvModel *cheap = cv_model_build_child(arena, "Cheap", ebook, true, NULL, 0, NULL);
    add("shop", cheap);
    add("shop", ebook);
    add("shop", book);
    ck_assert_uint_eq(ready().count, 0);
    ck_assert_str_eq(cv_schema_sql(ebook),
                     "CREATE TABLE \"shop_ebook\" (\"book_ptr_id\" bigint NOT NULL PRIMARY KEY REFERENCES "
                     "\"shop_book\" (\"id\") DEFERRABLE INITIALLY DEFERRED, \"format\" varchar(9) NOT NULL);\n");
    ck_assert_str_eq(cv_model_table(cheap), "shop_ebook");
    ck_assert_uint_eq(column_of("shop.Cheap", "title")->offset, column_of("shop.Book", "title")->offset);
    ck_assert_uint_ge(column_of("shop.EBook", "format")->offset, book->size);
    ck_assert_uint_eq(cheap->size, ebook->size);
    end();
}
END_TEST

/* M0, M1 its child, ...: so many tables, and a proxy on top. */
static const CvModel *add_line(int tables)
{
    static const CvField nothing[1];
    CvField name[] = {cv_field("name", &cv_char_field, NULL, .max_length = 9)};
    const CvModel *model = cv_model_build(arena, "M0", name, 1, NULL);
    add("shop", model);
    for (int i = 1; i < tables; i++)
        add("shop",
            model = cv_model_build_child(arena, cv_arena_printf(arena, "M%d", i), model, false, nothing, 0, NULL));
    add("shop", model = cv_model_build_child(arena, "Proxy", model, true, NULL, 0, NULL));
    return model;
}

static void save_and_delete(void *argument)
{
    const CvModel *model = argument, *first = cv_model_find(CV_SLICE("shop.M0"));
    cv_schema_create(NULL, NULL);
    void *row = cv_row_new(model);
    cv_row_set(row, cv_model_column(model, CV_SLICE("name")), cv_value_string("Emma"));
    cv_save(row);
    ck_assert_int_eq(cv_count_of_set(cv_objects_of(model)), 1);
    ck_assert_int_eq(cv_count_of_set(cv_objects_of(first)), 1);
    (void)cv_delete(row);
    ck_assert_int_eq(cv_count_of_set(cv_objects_of(first)), 0);
}

START_TEST(as_many_models_inherit_from_each_other_as_are_saved)
{
    CvError error;
    begin();
    const CvModel *last = add_line(16);
    ck_assert_uint_eq(ready().count, 0);
    ck_assert(cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error));
    must_run(save_and_delete, (void *)(uintptr_t)last);
    cv_databases_close();
    end();
    begin();
    add_line(18);
    CvErrors errors = ready();
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.items[0]->message, "shop.M16: more than 16 models with tables inherit from each other");
    end();
}
END_TEST

UNIT_TESTS("orm/labels", keys_over_keys_are_bounded, targets_are_found_in_any_order, all_unknown_targets_are_named,
           keys_that_lead_in_a_circle_are_refused, keys_over_keys_have_the_last_ones_storage,
           sets_do_not_see_each_other, children_made_by_code_have_their_parents_members,
           as_many_models_inherit_from_each_other_as_are_saved)
