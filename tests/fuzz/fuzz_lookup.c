/* fuzz_lookup.c: any bytes as a lookup path, a value and an order: a query may be refused, but never becomes SQL that
 * the database cannot read. The first byte chooses what is asked; lines are the path, the value, the order. */
#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"

static const CvModel *author, *book;

static void setup(void *argument)
{
    CvArena *arena = argument;
    CvError error;
    if (!cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error))
        cv_raise_error(&error);
    CvField of_author[] = {cv_field("name", &cv_char_field, NULL, .max_length = 9),
                           cv_field("born", &cv_datetime_field, NULL, .null = true)};
    author = cv_model_build(arena, "Author", of_author, 2, NULL);
    CvField of_book[] = {cv_field("title", &cv_char_field, NULL, .max_length = 9),
                         cv_field("author", &cv_foreign_key_field, author, .on_delete = CV_CASCADE),
                         cv_field("price", &cv_decimal_field, NULL, .max_digits = 5, .decimal_places = 2),
                         cv_field("data", &cv_json_field, NULL, .default_text = "{}"),
                         cv_field("readers", &cv_many_to_many_field, author, .related_name = "read")};
    book = cv_model_build(arena, "Book", of_book, 5, NULL);
    cv_models_add("fuzz", (const CvModel *const[]){author, book, NULL});
    (void)cv_models_ready(NULL);
    cv_schema_create(NULL, NULL);
}

typedef struct Ask {
    uint8_t how;
    CvSlice path, value, order;
} Ask;

static CvValue value_of(const Ask *ask)
{
    CvSlice text = ask->value;
    int64_t number;
    if (ask->how & 8 && cv_slice_to_int64(text, &number))
        return cv_value_int(number);
    if (ask->how & 16)
        return cv_value_list(cv_list(cv_arena(), cv_value_slice(text), 7));
    return ask->how & 32 ? cv_value_bool(text.length & 1) : cv_value_slice(text);
}

static void query(void *argument)
{
    const Ask *ask = argument;
    CvArena *arena = cv_arena();
    const char *path = cv_slice_string(arena, ask->path), *orders[] = {cv_slice_string(arena, ask->order), NULL};
    CvValue value = value_of(ask);
    CvQuerySet *set = cv_everything_of(ask->how & 1 ? author : book);
    set = ask->how & 2 ? cv_exclude_at(set, NULL, 1, &path, &value) : cv_filter_at(set, NULL, 1, &path, &value);
    if (ask->order.length)
        set = cv_order_by_at(set, NULL, orders);
    if (ask->how & 4)
        cv_length_of(cv_values_at(set, NULL, orders));
    else
        cv_length_of(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0), *outer;
    CvError *error;
    if (!book && !cv_try(setup, cv_arena_create(0), &error))
        __builtin_trap();
    CvSlice rest = cv_slice_of((const char *)data, size);
    Ask ask = {.how = size ? data[0] : 0};
    rest = cv_slice_skip(rest, 1);
    (void)cv_slice_split(&rest, '\n', &ask.path);
    (void)cv_slice_split(&rest, '\n', &ask.value);
    (void)cv_slice_split(&rest, '\n', &ask.order);
    outer = cv_arena_enter(arena);
    if (!cv_try(query, &ask, &error) && error->kind == CV_ERROR_OPERATIONAL &&
        (strstr(error->message, "syntax error") || strstr(error->message, "no such column") ||
         strstr(error->message, "unrecognized token")))
        __builtin_trap();
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
    return 0;
}
