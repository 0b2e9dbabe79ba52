/* Tests orm/any_row.h: rows of models without a struct, by name. */
#include "orm/any_row.h"

#include "tables.h"
#include "unit.h"

static const CvModel *writer, *work, *genre;

static void build(void)
{
    CvArena *arena = cv_arena();
    static const CvModel *models[4];
    CvField of_writer[] = {cv_field("name", &cv_char_field, NULL, .max_length = 100)};
    writer = cv_model_build(arena, "Writer", of_writer, CV_COUNT_OF(of_writer), &(CvModelOptions){0});
    CvField of_genre[] = {cv_field("word", &cv_char_field, NULL, .max_length = 30)};
    genre = cv_model_build(arena, "Genre", of_genre, CV_COUNT_OF(of_genre), &(CvModelOptions){0});
    CvField of_work[] = {
        cv_field("title", &cv_char_field, NULL, .max_length = 200),
        cv_field("writer", &cv_foreign_key_field, writer, .null = true, .on_delete = CV_CASCADE,
                 .related_name = "works"),
        cv_field("pages", &cv_integer_field, NULL, .default_integer = 100),
        cv_field("genres", &cv_many_to_many_field, genre),
    };
    work =
        cv_model_build(arena, "Work", of_work, CV_COUNT_OF(of_work), &(CvModelOptions){.ordering = CV_LIST("title")});
    models[0] = writer;
    models[1] = genre;
    models[2] = work;
    tables_open("sqlite:///:memory:", "built", models);
}

static void use(void *argument)
{
    (void)argument;
    build();
    CvAnyRow *austen = cv_make(writer, "name", "Jane Austen");
    CvAnyRow *emma = cv_make(work, "title", "Emma", "writer", austen);
    cv_make(work, "title", "Lady Susan", "writer_id", cv_member(austen, "pk"), "pages", 70);
    CvAnyRow *lost = cv_make(work, "title", "Lost");
    CvAnyRow *long_one = cv_make(genre, "word", "long");
    cv_add(cv_rows_behind(emma, "genres"), long_one);

    int64_t seen = 0;
    CV_EACH (row, cv_filter(cv_rows(work), "pages__gte", 100, "writer__name__startswith", "Jane")) {
        ck_assert_str_eq(cv_member(row, "title").text, "Emma");
        ck_assert_str_eq(cv_member(cv_row_behind(row, "writer"), "name").text, "Jane Austen");
        cv_put(row, "title", cv_printf("%s!", cv_member(row, "title").text));
        cv_put(row, "pages", cv_plus(cv_f("pages"), cv_value(1)));
        cv_save(row);
        ck_assert_int_eq(cv_member(row, "pages").integer, 101);
        seen++;
    }
    ck_assert_int_eq(seen, 1);
    ck_assert_int_eq(cv_count(cv_rows_behind(austen, "works")), 2);
    ck_assert_str_eq(cv_member(cv_first(cv_rows_behind(emma, "genres")), "word").text, "long");
    ck_assert_int_eq(cv_update(cv_filter(cv_rows(work), "title", "Emma!"), "pages", 5), 1);
    ck_assert_ptr_null(cv_row_behind(lost, "writer"));
    ck_assert_int_eq(cv_member(lost, "writer").kind, CV_NULL);
    ck_assert_int_eq(
        cv_member(cv_first(cv_annotate(cv_rows(work), "twice", cv_multiply(cv_f("pages"), cv_value(2)))), "twice")
            .integer,
        10);
    ck_assert_int_eq(cv_delete(cv_filter(cv_rows(work), "writer", NULL)), 1);
}

static void read_missing(void *row)
{
    (void)cv_member(row, "titel");
}

static void set_missing(void *row)
{
    cv_put(row, "titel", "x");
}

static void follow_text(void *row)
{
    (void)cv_row_behind(row, "title");
}

static void make_missing(void *row)
{
    (void)row;
    (void)cv_make(work, "titel", "x");
}

static void ask_missing(void *row)
{
    (void)row;
    (void)cv_count(cv_filter(cv_rows(work), "titel", "x"));
}

static void mistakes(void *argument)
{
    (void)argument;
    build();
    CvAnyRow *emma = cv_make(work, "title", "Emma");
    void (*const wrong[])(void *) = {read_missing, set_missing, follow_text, make_missing};
    for (size_t i = 0; i < CV_COUNT_OF(wrong); i++) {
        const CvError *error;
        ck_assert(!cv_try(wrong[i], emma, (CvError **)(uintptr_t)&error));
        ck_assert_int_eq(error->kind, CV_ERROR_ATTRIBUTE);
    }
    CvError *error;
    ck_assert(!cv_try(ask_missing, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_FIELD);
}

START_TEST(rows_of_models_without_structs_go_by_name)
{
    must_run(use, NULL);
}
END_TEST

START_TEST(names_that_are_not_there_are_raised)
{
    must_run(mistakes, NULL);
}
END_TEST

UNIT_TESTS("orm/any_row", rows_of_models_without_structs_go_by_name, names_that_are_not_there_are_raised)
