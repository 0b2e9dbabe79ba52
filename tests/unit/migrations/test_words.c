/* Tests operations in words, their part of a migration's name, and what they may have to do with a model or field;
 * the words are those that Django 6.1 prints for the same operations as makemigrations writes them. */
#include "migrations/migrations.h"
#include "migrations/operations_private.h"
#include "unit.h"

#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "words.def.h"

#include "migrations/migrations_end.h"

static const struct {
    const char *words, *fragment;
} expected[] = {
    {"+ Create model Book", "book"},
    {"+ Create proxy model Cheap", "cheap"},
    {"- Delete model Book", "delete_book"},
    {"~ Rename model Book to Volume", "rename_book_volume"},
    {"~ Rename table for book to books", "alter_book_table"},
    {"~ Rename table for book to (default)", "alter_book_table"},
    {"~ Alter book table comment", "alter_book_table_comment"},
    {"~ Change Meta options on book", "alter_book_options"},
    {"~ Alter unique_together for book (2 constraint(s))", "alter_book_unique_together"},
    {"~ Alter unique_together for book (0 constraint(s))", "alter_book_unique_together"},
    {"~ Set order_with_respect_to on book to a", "alter_book_order_with_respect_to"},
    {"~ Set order_with_respect_to on book to None", "alter_book_order_with_respect_to"},
    {"+ Add field Isbn to book", "book_isbn"},
    {"~ Alter field Isbn on book", "alter_book_isbn"},
    {"- Remove field Isbn from book", "remove_book_isbn"},
    {"~ Rename field Isbn on book to Code", "rename_isbn_book_code"},
    {"+ Create index Book_AB on field(s) a, -b of model book", "book_book_ab"},
    {"+ Create index low on Lower('a'), b on model book", "book_low"},
    {"- Remove index Book_AB from book", "remove_book_book_ab"},
    {"~ Rename index Book_AB on book to New_X", "rename_book_ab_new_x"},
    {"~ Rename unnamed index for ('a', 'b') on book to New_X", "rename_book_a_b_new_x"},
    {"~ Rename unnamed index for ('a',) on book to New_X", "rename_book_a_new_x"},
    {"+ Create constraint Is_One on model book", "book_is_one"},
    {"~ Alter constraint Is_One on book", "alter_book_is_one"},
    {"- Remove constraint Is_One from model book", "remove_book_is_one"},
    {"s Raw SQL operation", NULL},
    {"p Raw C operation", NULL},
    {"? Custom state/database change combination", NULL},
    {"? Custom state/database change combination", NULL},
};

START_TEST(words_are_djangos)
{
    CvArena *arena = cv_arena_create(0);
    const CvOperation *operation = shop_migrations.rows + 1;
    for (size_t i = 0; i < CV_COUNT_OF(expected); i++, operation++) {
        const CvOperationKind *kind = operation->kind;
        const char *words = cv_operation_describe(arena, operation);
        ck_assert_str_eq(cv_arena_printf(arena, "%s %s", kind->symbol, words), expected[i].words);
        if (expected[i].fragment)
            ck_assert_str_eq(kind->fragment(arena, operation), expected[i].fragment);
        else
            ck_assert(!kind->fragment);
    }
    ck_assert_ptr_null(operation->kind);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(every_kind_can_do_everything)
{
#define X(kind)                        \
    ck_assert(cv_op_##kind.name);      \
    ck_assert(cv_op_##kind.symbol[0]); \
    ck_assert(cv_op_##kind.describe);  \
    ck_assert(cv_op_##kind.forwards);  \
    ck_assert(cv_op_##kind.backwards); \
    ck_assert(cv_op_##kind.reduce);    \
    ck_assert(cv_op_##kind.references_model);
    CV_OPERATION_KINDS(X)
#undef X
}
END_TEST

static void references(void *argument)
{
    (void)argument;
    const char *const *through = CV_LIST("book", "tag");
    const CvField key[] = {cv_field("owner", &cv_foreign_key_field, NULL, .to_label = "auth.User", .to_field = "code"),
                           {0}};
    const CvField many[] = {cv_field("tags", &cv_many_to_many_field, NULL, .to_label = "Tag", .through_label = "Tagged",
                                     .through_fields = through),
                            {0}};
    const CvField made[] = {cv_field("sum", &cv_integer_field, NULL, .generated = "F('a')+F('b')"), {0}};
    const CvOperation add = {.kind = &cv_op_add_field, .model = "Book", .fields = key},
                      tags = {.kind = &cv_op_add_field, .model = "Book", .fields = many},
                      sum = {.kind = &cv_op_add_field, .model = "Book", .fields = made},
                      create = {.kind = &cv_op_create_model, .model = "EBook", .to = "shop.Book", .fields = many},
                      drop = {.kind = &cv_op_remove_field, .model = "Book", .name = "a"},
                      rename = {.kind = &cv_op_rename_field, .model = "Book", .name = "a", .to = "b"},
                      model = {.kind = &cv_op_rename_model, .model = "Book", .to = "Volume"},
                      sql = {.kind = &cv_op_run_sql, .sql = "x"};
    const struct {
        const CvOperation *operation;
        const char *label, *field;
        bool expected;
    } cases[] = {
        {&add, "Book", NULL, true},         {&add, "shop.BOOK", NULL, true},    {&add, "auth.Book", NULL, false},
        {&add, "auth.user", NULL, true},    {&add, "User", NULL, false},        {&add, "auth.User", "code", true},
        {&add, "auth.User", "name", false}, {&add, "Book", "owner", true},      {&add, "Book", "other", false},
        {&tags, "Tag", NULL, true},         {&tags, "shop.Tagged", NULL, true}, {&tags, "Tagged", "book", true},
        {&tags, "Tagged", "weight", false}, {&tags, "Other", NULL, false},      {&sum, "Book", "anything", true},
        {&sum, "Other", "anything", false}, {&create, "Book", NULL, true},      {&create, "Tagged", NULL, true},
        {&create, "ebook", NULL, true},     {&create, "Author", NULL, false},   {&drop, "Book", "A", true},
        {&drop, "Book", "b", false},        {&rename, "Book", "b", true},       {&rename, "Book", "c", false},
        {&rename, "Author", "a", false},    {&model, "Volume", NULL, true},     {&model, "Author", NULL, false},
        {&sql, "auth.User", NULL, true},    {&sql, "auth.User", "name", true},
    };
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        bool got = cases[i].field
                       ? cv_operation_references_field(cases[i].operation, "shop", cases[i].label, cases[i].field)
                       : cv_operation_references_model(cases[i].operation, "shop", cases[i].label);
        ck_assert_msg(got == cases[i].expected, "case %zu: %s %s", i, cases[i].label,
                      cases[i].field ? cases[i].field : "");
    }
}

START_TEST(operations_reference_models_and_fields)
{
    CvError *error;
    ck_assert(cv_try(references, NULL, &error));
}
END_TEST

UNIT_TESTS("migrations/words", words_are_djangos, every_kind_can_do_everything, operations_reference_models_and_fields)
