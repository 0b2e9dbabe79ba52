/* Tests orm/model.h: descriptors from lists and from code are the same; rows by descriptor; mistakes in models. */
#include "shop.h"

#include "orm/schema.h"
#include "unit.h"

/* The models Author and Book of the list, built by code under another app. */
static const CvModel *writer, *volume;

static void build(void)
{
    CvArena *arena = cv_arena();
    CvField of_writer[] = {
        cv_field("name", &cv_char_field, NULL, .max_length = 100),
        cv_field("email", &cv_email_field, NULL, .null = true, .unique = true),
        cv_field("born", &cv_integer_field, NULL, .null = true),
    };
    writer = cv_model_build(arena, "Writer", of_writer, CV_COUNT_OF(of_writer),
                            &(CvModelOptions){.ordering = CV_LIST("name"), .db_table = "shop_author"});
    CvField of_volume[] = {
        cv_field("title", &cv_char_field, NULL, .max_length = 200),
        cv_field("status", &cv_char_field, NULL, .max_length = 5, .choices = &BookStatus_choices,
                 .default_text = "draft"),
        cv_field("author", &cv_foreign_key_field, writer, .on_delete = CV_CASCADE, .related_name = "volumes"),
        cv_field("editor", &cv_foreign_key_field, writer, .null = true, .on_delete = CV_SET_NULL,
                 .related_name = "edited_volumes"),
        cv_field("price", &cv_decimal_field, NULL, .max_digits = 8, .decimal_places = 2, .default_text = "0.00"),
        cv_field("pages", &cv_integer_field, NULL, .default_integer = 100),
        cv_field("rating", &cv_float_field, NULL, .null = true),
        cv_field("in_print", &cv_boolean_field, NULL, .default_boolean = true),
        cv_field("published", &cv_date_field, NULL, .null = true),
        cv_field("created", &cv_datetime_field, NULL, .auto_now_add = true),
        cv_field("reading", &cv_duration_field, NULL, .null = true),
        cv_field("metadata", &cv_json_field, NULL, .default_text = "{}"),
        cv_field("tags", &cv_many_to_many_field, &Tag_model, .blank = true, .db_table = "shop_volume_tags",
                 .related_name = "volumes"),
    };
    volume = cv_model_build(arena, "Volume", of_volume, CV_COUNT_OF(of_volume),
                            &(CvModelOptions){.ordering = CV_LIST("title"), .db_table = "shop_book"});
    static const CvModel *models[3];
    models[0] = writer;
    models[1] = volume;
    cv_models_add("built", models);
    (void)cv_models_ready(NULL);
    cv_schema_create(NULL, NULL);
}

/* The answer of a query by names, on either model, as text. */
static const char *answer(const CvModel *model, const char *key, CvValue value, const char *order)
{
    const char *orders[] = {order, NULL}, *names[] = {"title", "author__name", "price", "rating", "published", NULL};
    CvQuerySet *set = cv_filter_at(cv_objects_of(model), NULL, 1, &key, &value);
    set = cv_values_list_at(cv_order_by_at(set, NULL, orders), NULL, names, false);
    CvSlice text = cv_value_str(cv_arena(), cv_value_list(cv_list_of_set(set)));
    return cv_printf("%.*s", CV_SLICE_ARG(text));
}

static void compare(void *argument)
{
    (void)argument;
    build();
    static const struct {
        const char *key, *text, *order;
        int64_t number;
    } cases[] = {{"title__icontains", "e", "title", 0},
                 {"author__name", "Austen", "-price", 0},
                 {"pages__gt", NULL, "pages", 200},
                 {"published__year__lt", NULL, "author", 1900},
                 {"editor__isnull", NULL, "-author__name", 1},
                 {"author__born__gte", NULL, "pk", 1800}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvValue value = cases[i].text ? cv_value_string(cases[i].text) : cv_value_int(cases[i].number);
        const char *listed = answer(&Book_model, cases[i].key, value, cases[i].order);
        ck_assert_str_eq(answer(volume, cases[i].key, value, cases[i].order), listed);
        ck_assert_uint_gt(strlen(listed), 4);
    }
    /* the same columns, one by one */
    size_t listed_count, built_count;
    const CvColumn *listed = cv_model_columns(&Book_model, &listed_count);
    const CvColumn *built = cv_model_columns(volume, &built_count);
    ck_assert_uint_eq(listed_count, built_count);
    for (size_t i = 0; i < listed_count; i++) {
        ck_assert_str_eq(built[i].name, listed[i].name);
        ck_assert_str_eq(built[i].attribute, listed[i].attribute);
        ck_assert_str_eq(built[i].verbose_name, listed[i].verbose_name);
        ck_assert_int_eq(built[i].storage, listed[i].storage);
        ck_assert_int_eq(built[i].null, listed[i].null);
        ck_assert_int_eq(built[i].unique, listed[i].unique);
        ck_assert_int_eq(built[i].indexed, listed[i].indexed);
    }
    /* rows of both, written by the one and read by the other */
    void *row = cv_row_new(volume);
    cv_row_set(row, cv_model_column(volume, cv_slice("title")), cv_value_string("Northanger Abbey"));
    cv_row_set(row, cv_model_column(volume, cv_slice("author")), cv_value_int(1));
    cv_row_set(row, cv_model_column(volume, cv_slice("price")), cv_value_string("3.5"));
    cv_row_set(row, cv_model_column(volume, cv_slice("published")), cv_value_string("1817-12-01"));
    cv_save(row);
    Book *book = cv_get(Book, "title", "Northanger Abbey");
    ck_assert_str_eq(book->price.text, "3.50");
    ck_assert_int_eq(book->pages, 100);
    ck_assert(book->in_print && book->published.month == 12);
    ck_assert_str_eq(cv_str(cv_load(row, (char *)row + cv_model_column(volume, cv_slice("author"))->offset)),
                     "Writer object (1)");
}

START_TEST(built_models_equal_listed_ones)
{
    shop_open(NULL);
    shop_fill();
    shop_run(compare);
}
END_TEST

static const char *read_name(const void *row, const char *name)
{
    CvAccessor accessor;
    CvValue value = {.kind = CV_MISSING};
    CvSlice slice = cv_slice(name);
    const CvType *type = cv_type_of(row);
    if (type->resolve(type, slice, &accessor))
        accessor.read(&accessor, row, cv_arena(), &value);
    else if (!type->get(row, slice, cv_arena(), &value))
        return "(missing)";
    CvSlice text = cv_value_str(cv_arena(), value);
    return cv_printf("%.*s", CV_SLICE_ARG(text));
}

static void look_in(void *argument)
{
    (void)argument;
    Book *emma = cv_get(Book, "title", "Emma");
    ck_assert_str_eq(read_name(emma, "title"), "Emma");
    ck_assert_str_eq(read_name(emma, "price"), "7.50");
    ck_assert_str_eq(read_name(emma, "author"), "Austen");
    ck_assert_str_eq(read_name(emma, "author_id"), "1");
    ck_assert_str_eq(read_name(emma, "pk"), "1");
    ck_assert_str_eq(read_name(emma, "get_status_display"), "Published");
    ck_assert_str_eq(read_name(emma, "editor"), "None");
}

static void look_in_others(void *argument)
{
    (void)argument;
    Book *emma = cv_get(Book, "title", "Emma");
    Author *austen = cv_one(emma, author);
    ck_assert_str_eq(read_name(austen, "shout"), "Austen!");
    ck_assert_str_eq(read_name(austen, "books"), "<QuerySet [<Book: Book object (1)>, <Book: Book object (2)>]>");
    ck_assert_str_eq(read_name(austen, "profile"), "Profile object (1)");
    ck_assert_str_eq(read_name(austen, "nonsense"), "(missing)");
    Author *counted = cv_first(cv_annotate(cv_objects(Author), "n", cv_count_of("books")));
    ck_assert_str_eq(read_name(counted, "n"), "2");
    ck_assert_str_eq(cv_str(austen), "Austen");
    ck_assert_str_eq(cv_str(emma), "Book object (1)");
    ck_assert(cv_row_equal(emma, cv_get(Book, "pk", 1)) && !cv_row_equal(emma, cv_get(Book, "pk", 2)));
    ck_assert(!cv_row_equal(cv_build(Book), cv_build(Book)));
}

START_TEST(templates_look_into_rows)
{
    shop_open(NULL);
    shop_fill();
    shop_run(look_in);
    shop_run(look_in_others);
}
END_TEST

static bool refused(const CvField *fields, size_t count, const CvModelOptions *options, const char *text)
{
    CvErrors errors = {.arena = cv_arena()};
    static const CvModel *models[2];
    cv_models_reset();
    models[0] = cv_model_build(cv_arena(), "Wrong", fields, count, options);
    cv_models_add("wrong", models);
    bool good = cv_models_ready(&errors);
    cv_models_reset();
    return !good && errors.count && strstr(errors.items[0]->message, text) != NULL;
}

START_TEST(mistakes_in_models_are_told)
{
    CvField nameless[] = {cv_field("name", &cv_char_field, NULL)};
    ck_assert(refused(nameless, 1, NULL, "CharFields must define a 'max_length'"));
    CvField digits[] = {cv_field("price", &cv_decimal_field, NULL, .decimal_places = 2)};
    ck_assert(refused(digits, 1, NULL, "DecimalFields must define"));
    CvField stray[] = {cv_field("book", &cv_foreign_key_field, &Book_model, .on_delete = CV_CASCADE)};
    ck_assert(refused(stray, 1, NULL, "the model Book is in no installed app"));
}
END_TEST

#define CV_MODELS "wrong.def.h"
#include "orm/models.h"
#define CV_MODELS "wrong.def.h"
#include "orm/models_define.h"

START_TEST(mistakes_in_lists_have_the_place_in_the_list)
{
    CvErrors errors = {.arena = cv_arena()};
    static const CvModel *const models[] = {&Pen_model, NULL};
    cv_models_reset();
    cv_models_add("wrong", models);
    ck_assert(!cv_models_ready(&errors));
    ck_assert_uint_eq(errors.count, 2);
    static const struct {
        const char *text;
        int line;
    } expected[] = {{"wrong.Pen.colour: CharFields must define a 'max_length' attribute.", 4},
                    {"wrong.Pen.maker: a ForeignKey needs .on_delete", 5}};
    for (size_t i = 0; i < errors.count; i++) {
        ck_assert_str_eq(errors.items[i]->message, expected[i].text);
        ck_assert_ptr_nonnull(strstr(errors.items[i]->file, "wrong.def.h"));
        ck_assert_int_eq(errors.items[i]->line, expected[i].line);
    }
    cv_models_reset();
}
END_TEST

static void ask_twice(void *argument)
{
    (void)argument;
    ck_assert_ptr_eq(cv_model_find(cv_slice("shop.book")), &Book_model);
    ck_assert_ptr_eq(cv_model_find(cv_slice("SHOP.BOOK")), &Book_model);
    ck_assert_ptr_null(cv_model_find(cv_slice("shop.boook")));
    ck_assert_ptr_eq(cv_model_in_app(cv_slice("shop"), cv_slice("Author")), &Author_model);
    ck_assert_str_eq(cv_model_label(&EBook_model), "shop.EBook");
    ck_assert_str_eq(cv_model_verbose_name(&CheapBook_model), "cheap book");
    ck_assert_str_eq(cv_model_verbose_name_plural(&EBook_model), "e books");
    ck_assert_str_eq(cv_model_table(&CheapBook_model), "shop_book");
    ck_assert_str_eq(cv_model_key(&Profile_model)->attribute, "author_id");
    ck_assert_str_eq(cv_model_key(&EBook_model)->name, "book_ptr");
    ck_assert(cv_model_is_automatic(cv_model_find(cv_slice("shop.book_tags"))));
}

START_TEST(models_are_found)
{
    shop_open(NULL);
    shop_run(ask_twice);
}
END_TEST

UNIT_TESTS("orm/model", built_models_equal_listed_ones, templates_look_into_rows, mistakes_in_models_are_told,
           mistakes_in_lists_have_the_place_in_the_list, models_are_found)
