/* Tests orm/schema.h: tables, indexes and constraints as Django writes them. */
#include "orm/schema.h"

#include "shop.h"
#include "unit.h"

static void tables(void *argument)
{
    (void)argument;
    ck_assert_str_eq(cv_schema_sql(&Author_model),
                     "CREATE TABLE \"shop_author\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, \"name\" "
                     "varchar(100) NOT NULL, \"email\" varchar(254) NULL UNIQUE, \"born\" integer NULL);\n");
    ck_assert_str_eq(cv_schema_sql(&Profile_model),
                     "CREATE TABLE \"shop_profile\" (\"author_id\" bigint NOT NULL PRIMARY KEY REFERENCES "
                     "\"shop_author\" (\"id\") DEFERRABLE INITIALLY DEFERRED, \"nickname\" varchar(40) NOT NULL);\n");
    const char *review = cv_schema_sql(&Review_model);
    ck_assert_ptr_nonnull(strstr(review, "\"stars\" smallint unsigned NOT NULL CHECK (\"stars\" >= 0)"));
    ck_assert_ptr_nonnull(strstr(review, "CREATE INDEX \"shop_review_book_id_"));
    const char *book = cv_schema_sql(&Book_model);
    ck_assert_ptr_nonnull(
        strstr(book, "CREATE INDEX \"book_author_idx\" ON \"shop_book\" (\"author_id\", \"title\" DESC);"));
    ck_assert_ptr_nonnull(
        strstr(book, "\"metadata\" text NOT NULL CHECK ((JSON_VALID(\"metadata\") OR \"metadata\" IS NULL))"));
    ck_assert_ptr_nonnull(strstr(cv_schema_sql(cv_model_find(cv_slice("shop.book_tags"))),
                                 "CREATE UNIQUE INDEX \"shop_book_tags_book_id_tag_id_"));
    ck_assert_ptr_nonnull(strstr(cv_schema_sql(&EBook_model),
                                 "\"book_ptr_id\" bigint NOT NULL PRIMARY KEY REFERENCES \"shop_book\" (\"id\")"));
}

START_TEST(tables_are_djangos)
{
    shop_open(NULL);
    shop_run(tables);
}
END_TEST

/* Django 6.1 gives these names. */
START_TEST(index_names_are_djangos)
{
    const char *one[] = {"mentor_id"}, *two[] = {"from_author_id", "to_author_id"};
    CvArena *arena = cv_arena();
    ck_assert_str_eq(cv_schema_index_name(arena, "people_author", 1, one, ""), "people_author_mentor_id_13fa5ba7");
    ck_assert_str_eq(cv_schema_index_name(arena, "people_author_follows", 2, two, "_uniq"),
                     "people_author_follows_from_author_id_to_author_id_fc3d0e6e_uniq");
}
END_TEST

static const CvConstraint constraints[] = {
    {.kind = CV_CHECK, .name = "range", .condition = "Q(stars__gte=1) & ~Q(title='it\\'s')"},
    {.kind = CV_UNIQUE, .name = "one", .fields = (const char *const[]){"title", NULL}, .condition = "Q(stars__gt=3)"},
    {.kind = CV_INDEX, .name = "low", .expressions = (const char *const[]){"Lower('title')", "F('stars')", NULL}},
    {.kind = CV_INDEX, .fields = (const char *const[]){"title", "-stars", NULL}},
    {.kind = 0}};

static void conditions(void *argument)
{
    (void)argument;
    CvField fields[] = {cv_field("title", &cv_char_field, NULL, .max_length = 9),
                        cv_field("stars", &cv_integer_field, NULL, .default_integer = 0)};
    CvModel *model = (CvModel *)(uintptr_t)cv_model_build(cv_arena(), "Rated", fields, 2, NULL);
    model->constraints = constraints;
    cv_models_add("late", (const CvModel *const[]){model, NULL});
    (void)cv_models_ready(NULL);
    const char *sql = cv_schema_sql(model);
    ck_assert_msg(strstr(sql, "CONSTRAINT \"range\" CHECK ((\"stars\" >= 1 AND NOT (\"title\" = 'it''s')))") != NULL,
                  "%s", sql);
    ck_assert_msg(strstr(sql, "CREATE UNIQUE INDEX \"one\" ON \"late_rated\" (\"title\") WHERE \"stars\" > 3;") != NULL,
                  "%s", sql);
    ck_assert_msg(strstr(sql, "CREATE INDEX \"low\" ON \"late_rated\" ((LOWER(\"title\")), ") != NULL, "%s", sql);
    ck_assert_int_eq((int)cv_schema_create(NULL, NULL), 1);
    ck_assert(cv_schema_has_table(NULL, "late_rated"));
}

START_TEST(conditions_are_written_out)
{
    shop_open(NULL);
    shop_run(conditions);
}
END_TEST

UNIT_TESTS("orm/schema", tables_are_djangos, index_names_are_djangos, conditions_are_written_out)
