/* library.c: models that are built at run time and a few rows of them, and what the shell answers about them. */
#include "library.h"

#include "base/self.h"
#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"
#include "orm/shell.h"
#include "unit.h"

static const CvChoice state_items[] = {{"BOOK_DRAFT", "draft", 0, "Draft"}, {"BOOK_PUBLISHED", "pub", 0, "Published"}};
static const CvChoices Status_choices = {"BookStatus", state_items, 2};

static void prepare(void)
{
    static const char *const rows[] = {
        "INSERT INTO shop_note (id, written) VALUES (1, '2020-01-01'), (2, '2020-01-01'), (3, '2020-01-02')",
        "INSERT INTO shop_author (id, name) VALUES (1, 'Jane'), (2, 'Charles')",
        "INSERT INTO shop_book (id, name, pages, price, published, read_at, metadata, status, cover, author_id) VALUES "
        "(1, 'Emma', 300, 2.5, '1815-12-23', '2019-10-27 00:30:00', '{\"a\": [1, \"x\"], \"k\": \"v\"}', 'pub', "
        "'c/e.png', 1), (2, 'Bleak House', 900, 7, NULL, NULL, 'null', 'draft', '', 2), "
        "(3, 'Persuasion', 200, NULL, '1817-12-20', NULL, '{\"a\": null}', 'pub', '', 1)"};
    CvArena *arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    CvError error;
    CvField author_fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80, .unique = true)};
    const CvModel *author = cv_model_build(arena, "Author", author_fields, 1, &(CvModelOptions){0});
    CvField fields[] = {
        cv_field("name", &cv_char_field, NULL, .max_length = 80),
        cv_field("pages", &cv_integer_field, NULL, .default_integer = 0),
        cv_field("price", &cv_decimal_field, NULL, .max_digits = 8, .decimal_places = 2, .null = true),
        cv_field("published", &cv_date_field, NULL, .null = true),
        cv_field("read_at", &cv_datetime_field, NULL, .null = true),
        cv_field("metadata", &cv_json_field, NULL, .default_text = "{}"),
        cv_field("status", &cv_char_field, NULL, .max_length = 5, .choices = &Status_choices, .default_text = "draft"),
        cv_field("cover", &cv_file_field, NULL, .max_length = 100),
        cv_field("author", &cv_foreign_key_field, author, .on_delete = CV_CASCADE, .related_name = "books")};
    const CvModel *book = cv_model_build(arena, "Book", fields, CV_COUNT_OF(fields),
                                         &(CvModelOptions){.ordering = CV_LIST("name"), .get_latest_by = "published"});
    CvField note_fields[] = {cv_field("written", &cv_date_field, NULL)};
    const CvModel *note = cv_model_build(arena, "Note", note_fields, 1, &(CvModelOptions){0});
    cv_models_add("shop", (const CvModel *const[]){author, book, note, NULL});
    ck_assert(cv_models_ready(&errors));
    ck_assert(cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error));
    cv_set_default_zone(cv_zone("Europe/Berlin"));
    cv_schema_create(NULL, NULL);
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        cv_execute_script(NULL, rows[i]);
}

const char *answer(const char *text)
{
    CvBuffer out = cv_buffer(cv_arena());
    static bool ready;
    if (!ready)
        prepare();
    ready = true;
    cv_db_request_begin();
    cv_shell_answer(&out, cv_slice(text));
    cv_db_request_end();
    char *line = cv_buffer_string(&out), *end = strstr(line, ", \"queries\": ");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    ck_assert(strncmp(line, "{\"result\": ", 11) == 0);
    return line + 11;
}
