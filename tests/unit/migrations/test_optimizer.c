/* Tests what becomes of defaults that are for the rows of one moment alone, when two operations become one. */
#include "migrations/autodetector.h"
#include "migrations/field_data.h"
#include "migrations/kinds.h"
#include "unit.h"

static CvField word(const char *text, int length)
{
    return cv_field("word", &cv_char_field, NULL, .max_length = length, .default_text = text);
}

static CvOperation change(const CvOperationKind *kind, CvField field, bool forget)
{
    CvField *fields = cv_arena_new_array(cv_arena(), CvField, 2);
    fields[0] = field;
    return (CvOperation){.kind = kind, .model = "Book", .fields = fields, .forget_default = forget};
}

/* "2: word 'a' forget" of both operations' result, or of what they stay. */
static const char *both(CvOperation first, CvOperation second)
{
    size_t left;
    const CvOperation *made = cv_migration_optimize(cv_arena(), "shop", (const CvOperation[]){first, second}, 2, &left);
    if (left != 1)
        return cv_printf("%d operations", (int)left);
    const CvField *field = made->fields;
    while (field[1].name) /* of a CreateModel: the last one */
        field++;
    return cv_printf("%d %s%s%s", (int)field->max_length, field->null ? "null " : "",
                     cv_field_has_default(field) ? field->default_text : "-", made->forget_default ? " forget" : "");
}

#define ADD &cv_op_add_field
#define ALTER &cv_op_alter_field

START_TEST(a_new_table_has_no_rows_that_need_it)
{
    CvField *fields = cv_arena_new_array(cv_arena(), CvField, 3);
    fields[0] = cv_field("id", &cv_big_auto_field, NULL, .blank = true);
    const CvOperation create = {.kind = &cv_op_create_model, .model = "Book", .fields = fields};
    ck_assert_str_eq(both(create, change(ADD, word("a", 9), true)), "9 -");
    ck_assert_str_eq(both(create, change(ADD, word("a", 9), false)), "9 a");
    fields[1] = word(NULL, 8);
    ck_assert_str_eq(both(create, change(ALTER, word("a", 9), true)), "9 -");
    ck_assert_str_eq(both(create, change(ALTER, word("a", 9), false)), "9 a");
}
END_TEST

START_TEST(rows_keep_what_the_first_one_gave_them)
{
    ck_assert_str_eq(both(change(ADD, word("a", 8), true), change(ALTER, word(NULL, 9), false)), "9 a forget");
    ck_assert_str_eq(both(change(ADD, word("a", 8), false), change(ALTER, word(NULL, 9), false)), "9 a forget");
    ck_assert_str_eq(both(change(ADD, word("a", 8), true), change(ALTER, word("b", 9), true)), "9 a forget");
    ck_assert_str_eq(both(change(ALTER, word("a", 8), true), change(ALTER, word(NULL, 9), false)), "9 a forget");
}
END_TEST

START_TEST(a_default_that_stays_is_not_forgotten)
{
    ck_assert_str_eq(both(change(ADD, word("a", 8), true), change(ALTER, word("a", 9), false)), "9 a");
    ck_assert_str_eq(both(change(ADD, word("a", 8), false), change(ALTER, word("b", 9), false)), "9 b");
    ck_assert_str_eq(both(change(ADD, word("a", 8), true), change(ALTER, word("b", 9), false)), "2 operations");
    ck_assert_str_eq(both(change(ALTER, word("a", 8), true), change(ALTER, word("b", 9), false)), "2 operations");
}
END_TEST

START_TEST(nulls_are_filled_by_the_second_one)
{
    CvField empty = word(NULL, 8);
    empty.null = true;
    ck_assert_str_eq(both(change(ADD, empty, false), change(ALTER, word("a", 9), true)), "9 a forget");
    ck_assert_str_eq(both(change(ADD, empty, false), change(ALTER, word("a", 9), false)), "9 a");
    ck_assert_str_eq(both(change(ALTER, empty, false), change(ALTER, word("a", 9), true)), "9 a forget");
    ck_assert_str_eq(both(change(ALTER, word("a", 9), true), change(ALTER, empty, false)), "2 operations");
    ck_assert_str_eq(both(change(ADD, word("a", 9), true), change(ALTER, empty, false)), "8 null a forget");
}
END_TEST

START_TEST(another_kind_takes_no_default_over)
{
    CvField number = cv_field("word", &cv_integer_field, NULL);
    ck_assert_str_eq(both(change(ADD, word("a", 8), true), change(ALTER, number, false)), "2 operations");
    ck_assert_str_eq(both(change(ADD, word(NULL, 8), false), change(ALTER, number, false)), "0 -");
}
END_TEST

UNIT_TESTS("migrations/optimizer", a_new_table_has_no_rows_that_need_it, rows_keep_what_the_first_one_gave_them,
           a_default_that_stays_is_not_forgotten, nulls_are_filled_by_the_second_one,
           another_kind_takes_no_default_over)
