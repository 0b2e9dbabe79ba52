/* Tests that models rendered of states do what the program's do: rows, relations, deleting; and that nothing of them
 * is left when others take their place. */
#include "db/db.h"
#include "migrations/migrations.h"
#include "migrations/operations_private.h"
#include "orm/schema.h"
#include "unit.h"

static CvField key_to(const char *name, const char *label)
{
    return cv_field(name, &cv_foreign_key_field, NULL, .to_label = label, .on_delete = CV_CASCADE);
}

/* Authors with books with tags; books have one field more each time. */
static CvProjectState *state_of(int more)
{
    CvProjectState *state = cv_state_create();
    CvField author[] = {cv_field("id", &cv_big_auto_field, NULL),
                        cv_field("name", &cv_char_field, NULL, .max_length = 9)};
    CvField tag[] = {cv_field("word", &cv_char_field, NULL, .max_length = 9)};
    CvField book[8] = {cv_field("id", &cv_big_auto_field, NULL)};
    size_t count = 1;
    for (int i = 0; i < more; i++)
        book[count++] = cv_field(cv_printf("f%d", i), &cv_integer_field, NULL, .default_integer = i);
    book[count++] = key_to("author", "Author");
    book[count++] = cv_field("title", &cv_char_field, NULL, .max_length = 9);
    book[count++] = cv_field("tags", &cv_many_to_many_field, NULL, .to_label = "Tag", .related_name = "books");
    cv_state_add_model(state, &(CvModelState){.app_label = "shop",
                                              .name = "Book",
                                              .fields = book,
                                              .field_count = count,
                                              .plain_key = true,
                                              .options = &(CvModelOptions){.ordering = CV_LIST("title")}});
    cv_state_add_model(
        state,
        &(CvModelState){.app_label = "shop", .name = "Author", .fields = author, .field_count = 2, .plain_key = true});
    cv_state_add_model(state, &(CvModelState){.app_label = "shop", .name = "Tag", .fields = tag, .field_count = 1});
    return state;
}

static void open_database(void)
{
    CvError error;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    cv_plan_cache_verify(true);
}

static void use_models(CvModels *models)
{
    const CvModel *author = cv_models_model(models, "shop.Author"), *book = cv_models_model(models, "shop.Book");
    const CvModel *tag = cv_models_model(models, "shop.Tag");
    CvAnyRow *jane = cv_make(author, "name", "Jane"), *other = cv_make(author, "name", "Leo");
    CvAnyRow *emma = cv_make(book, "title", "Emma", "author", jane);
    (void)cv_make(book, "title", "War", "author", other);
    (void)cv_make(book, "title", "Abbey", "author", jane);
    CvAnyRow *classic = cv_make(tag, "word", "old");
    cv_add(cv_rows_behind(emma, "tags"), classic);
    ck_assert_int_eq(cv_count(cv_filter(cv_rows(book), "author__name", "Jane")), 2);
    ck_assert_int_eq(cv_count(cv_filter(cv_rows(author), "book__tags__word", "old")), 1);
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(cv_member(cv_first(cv_rows(book)), "title"))),
                     "Abbey");
    ck_assert_str_eq(cv_str(emma), "Book object (1)");
    ck_assert_int_eq(cv_count(cv_rows_behind(classic, "books")), 1);
    cv_put(emma, "title", "Emma 2");
    cv_save(emma);
    ck_assert_int_eq(cv_count(cv_filter(cv_rows(book), "title", "Emma 2")), 1);
    cv_delete(jane); /* her books go with her, and their tags' rows */
    ck_assert_int_eq(cv_count(cv_rows(book)), 1);
    ck_assert_int_eq(cv_count(cv_rows_behind(classic, "books")), 0);
    cv_delete(cv_rows(author));
    ck_assert_int_eq(cv_count(cv_rows(book)), 0);
}

/* The same on other models, which may stand where the last ones stood. */
static void again_and_again(void *argument)
{
    (void)argument;
    open_database();
    for (int more = 0; more < 4; more++) {
        CvProjectState *state = state_of(more);
        CvModels *models = cv_state_render(state);
        ck_assert_ptr_null(cv_models_use(models));
        cv_schema_create(NULL, NULL);
        use_models(models);
        cv_execute_script(NULL, "DROP TABLE shop_book_tags; DROP TABLE shop_book; DROP TABLE shop_author;"
                                "DROP TABLE shop_tag;");
        ck_assert_ptr_eq(cv_models_use(NULL), models);
        cv_state_destroy(state);
    }
}

/* ---- children of a parent with another name ---- */

static void add(CvProjectState *state, CvOperation operation)
{
    cv_operation_state_forwards(&operation, "shop", state);
}

static const char *titles(CvProjectState *state, const char *child)
{
    CvModels *used = cv_models_use(cv_state_render(state));
    CvAnyRow_set *rows = cv_rows(cv_state_render_model(state, "shop", child));
    const char *all = cv_printf("%d %s", (int)cv_count(rows),
                                cv_slice_string(cv_arena(), cv_value_as_slice(cv_member(cv_first(rows), "title"))));
    cv_models_use(used);
    return all;
}

static void run_step(CvStep step, bool backwards)
{
    step.editor = cv_schema_editor_open(&(CvSchemaEditorOptions){.atomic = true});
    (backwards ? step.operation->kind->backwards : step.operation->kind->forwards)(&step);
    cv_schema_editor_close(step.editor);
}

static void renamed_parent(void *argument)
{
    (void)argument;
    open_database();
    CvProjectState *before = cv_state_create();
    const CvField title[] = {
        cv_field("id", &cv_big_auto_field, NULL), cv_field("title", &cv_char_field, NULL, .max_length = 9), {0}};
    const CvField size[] = {cv_field("size", &cv_integer_field, NULL),
                            cv_field("parts", &cv_many_to_many_field, NULL, .to_label = "Book", .related_name = "+"),
                            {0}};
    add(before, (CvOperation){.kind = &cv_op_create_model, .model = "Book", .fields = title});
    add(before, (CvOperation){.kind = &cv_op_create_model, .model = "EBook", .to = "Book", .fields = size});
    add(before, (CvOperation){.kind = &cv_op_create_model, .model = "Scan", .to = "EBook", .fields = size + 2});
    CvProjectState *after = cv_state_clone(before);
    const CvOperation rename = {.kind = &cv_op_rename_model, .model = "Book", .to = "Volume"};
    add(after, rename);
    CvModels *used = cv_models_use(cv_state_render(before));
    cv_schema_create(NULL, NULL);
    CvAnyRow *emma = cv_make(cv_state_render_model(before, "shop", "Scan"), "title", "Emma", "size", 3);
    cv_add(cv_rows_behind(emma, "parts"), emma);
    cv_models_use(used);
    const CvStep step = {.operation = &rename, .app_label = "shop", .before = before, .after = after};
    run_step(step, false);
    ck_assert_str_eq(titles(after, "Scan"), "1 Emma");
    ck_assert_str_eq(titles(after, "EBook"), "1 Emma");
    run_step(step, true);
    ck_assert_str_eq(titles(before, "Scan"), "1 Emma");
    ck_assert_str_eq(titles(before, "Book"), "1 Emma");
    cv_state_destroy(before);
    cv_state_destroy(after);
}

static void must_run(void (*test)(void *argument))
{
    CvError *error;
    if (cv_try(test, NULL, &error))
        return;
    CvBuffer text = cv_buffer(cv_arena());
    cv_error_describe(&text, error);
    ck_abort_msg("%s", cv_buffer_string(&text));
}

START_TEST(children_follow_their_parents_name)
{
    must_run(renamed_parent);
}
END_TEST

START_TEST(rows_of_rendered_models)
{
    must_run(again_and_again);
}
END_TEST

UNIT_TESTS("migrations/render", children_follow_their_parents_name, rows_of_rendered_models)
