/* Tests that models rendered of states do what the program's do: rows, relations, deleting; and that nothing of them
 * is left when others take their place. */
#include "db/db.h"
#include "migrations/migrations.h"
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

START_TEST(rows_of_rendered_models)
{
    CvError *error;
    if (!cv_try(again_and_again, NULL, &error)) {
        CvBuffer text = cv_buffer(cv_arena());
        cv_error_describe(&text, error);
        ck_abort_msg("%s", cv_buffer_string(&text));
    }
}
END_TEST

UNIT_TESTS("migrations/render", rows_of_rendered_models)
