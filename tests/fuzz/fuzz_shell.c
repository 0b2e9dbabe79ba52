/* fuzz_shell.c: any bytes as an expression of the shell over a small database in memory: nothing but an answer in JSON
 * may come of it, and neither the tables nor their rows may be changed by it. */
#include "base/self.h"
#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"
#include "orm/shell.h"
#include "text/json.h"

static void prepare(void)
{
    static CvArena *arena;
    CvError error;
    if (arena)
        return;
    arena = cv_arena_create(0);
    CvField author_fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80)};
    const CvModel *author = cv_model_build(arena, "Author", author_fields, 1, &(CvModelOptions){0});
    CvField book_fields[] = {
        cv_field("name", &cv_char_field, NULL, .max_length = 80),
        cv_field("pages", &cv_integer_field, NULL),
        cv_field("price", &cv_decimal_field, NULL, .max_digits = 8, .decimal_places = 2, .null = true),
        cv_field("published", &cv_date_field, NULL, .null = true),
        cv_field("metadata", &cv_json_field, NULL, .null = true),
        cv_field("author", &cv_foreign_key_field, author, .on_delete = CV_CASCADE)};
    const CvModel *book = cv_model_build(arena, "Book", book_fields, 6, &(CvModelOptions){.ordering = CV_LIST("name")});
    CvErrors errors = {.arena = arena};
    cv_models_add("fuzz", (const CvModel *const[]){author, book, NULL});
    if (!cv_models_ready(&errors) || !cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error))
        __builtin_trap();
    CV_IN_ARENA (arena) {
        cv_schema_create(NULL, NULL);
        cv_execute("INSERT INTO fuzz_author (id, name) VALUES (1, 'Jane')");
        cv_execute("INSERT INTO fuzz_book (id, name, pages, price, metadata, author_id) VALUES (1, 'Emma', 3, 2.5, "
                   "'{\"a\": [1]}', 1)");
    }
}

static void look(void *fingerprint)
{
    CvList *rows = cv_query("SELECT (SELECT count(*) FROM sqlite_master), (SELECT count(*) FROM fuzz_book), "
                            "(SELECT count(*) FROM fuzz_author), (SELECT name || pages FROM fuzz_book)");
    CvBuffer *out = fingerprint;
    cv_value_append_repr(out, rows->items[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create((size_t)32 << 20);
    CvError error;
    CvValue value;
    prepare();
    if (size > 400)
        size = 400;
    CV_IN_ARENA (arena) {
        CvBuffer out = cv_buffer(arena), state = cv_buffer(arena);
        CvJsonReadOptions options = {.nan = true, .depth = 200};
        cv_db_request_begin();
        cv_shell_answer(&out, cv_slice_of((const char *)data, size));
        cv_db_request_end();
        if (!cv_json_parse(arena, cv_buffer_slice(&out), &options, &value, &error))
            __builtin_trap();
        if (!cv_try(look, &state, NULL))
            __builtin_trap();
        if (strstr(cv_buffer_string(&state), "1, 1, 'Emma3'") == NULL)
            __builtin_trap();
    }
    cv_arena_destroy(arena);
    return 0;
}
