/* Tests orm/own_field.h: own kinds of fields in rows, columns, conditions, validation and tables. */
#include "orm/own_field.h"

#include "tables.h"
#include "unit.h"

/* ---- four kinds: converted, stored otherwise, of another column type, made at each save ---- */

static bool convert_code(const CvField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalid *why)
{
    CvBuffer code = cv_buffer(arena);
    CvSlice text = cv_value_str(arena, in);
    (void)field;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '!')
            return cv_invalid(arena, why, "invalid", "“%(value)s” is no code.", "value", in);
        if (c != '-')
            cv_buffer_append_byte(&code, c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
    }
    *out = cv_value_slice(cv_buffer_slice(&code));
    return true;
}

static bool even_length(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    (void)validator;
    return value.length % 2 == 0 || cv_invalid(arena, invalid, "odd", "An odd code.");
}

static const CvValidator even = {.check = even_length};

static void check_code(const CvModel *model, const CvField *field, CvErrors *errors)
{
    if (field->max_length > 20)
        cv_errors_add(errors, CV_ERROR_CONFIGURATION, "%s.%s: codes have 20 letters at most.", model->name,
                      field->name);
}

static const CvOwnField code_field = {
    .name = "CodeField", .column_type = "char(8)", .convert = convert_code, .validator = &even, .check = check_code};
#define CodeField(name, ...) CharField(name, .max_length = 8, .own = &code_field, __VA_ARGS__)
#define CV_KEY_TYPE_CodeField(...) const char *

static CvValue turned(CvArena *arena, CvValue value)
{
    char *text = cv_arena_alloc_raw(arena, value.length + 1, 1);
    for (size_t i = 0; i < value.length; i++)
        text[i] = value.text[value.length - 1 - i];
    return cv_value_slice(cv_slice_of(text, value.length));
}

static CvValue seal(const CvField *field, CvArena *arena, CvValue value)
{
    (void)field;
    return turned(arena, value);
}

static const CvOwnField sealed_field = {.name = "SealedField", .store = seal, .load = seal};
#define SealedField(name, ...) TextField(name, .own = &sealed_field, __VA_ARGS__)

static CvValue store_cents(const CvField *field, CvArena *arena, CvValue value)
{
    CvDecimal hundred = cv_decimal(arena, "100");
    int64_t cents = 0;
    (void)field;
    bool fits = cv_decimal_to_int64(cv_decimal_multiply(arena, value.decimal, hundred), &cents);
    return fits ? cv_value_int(cents) : cv_value_null();
}

static CvValue load_cents(const CvField *field, CvArena *arena, CvValue stored)
{
    (void)field;
    return cv_value_decimal(
        cv_decimal(arena, cv_arena_printf(arena, "%d.%02d", (int)(stored.integer / 100), (int)(stored.integer % 100))));
}

static const CvOwnField cents_field = {
    .name = "CentsField", .column_type = "integer", .store = store_cents, .load = load_cents};
#define CentsField(name, ...) DecimalField(name, .max_digits = 9, .decimal_places = 2, .own = &cents_field, __VA_ARGS__)

static CvValue count_saves(const CvField *field, const void *row, bool adding)
{
    const char *text = *(const char *const *)(const void *)((const char *)row + field->offset);
    return CV_VALUE(adding ? "new" : cv_printf("%s+", text));
}

static const CvOwnField stamp_field = {.name = "StampField", .before_save = count_saves};
#define StampField(name, ...) CharField(name, .max_length = 20, .blank = true, .own = &stamp_field, __VA_ARGS__)

#define CV_MODELS "vault.def.h"
#include "orm/models.h"
#define CV_MODELS "vault.def.h"
#define CV_MODELS_TABLE vault_models
#include "orm/models_define.h"

/* A test over new tables; what it raises fails it. */
#define VAULT_TEST(name)                                         \
    static void body_of_##name(void *unused);                    \
    START_TEST(name)                                             \
    {                                                            \
        tables_open("sqlite://:memory:", "vault", vault_models); \
        must_run(body_of_##name, NULL);                          \
    }                                                            \
    END_TEST                                                     \
    static void body_of_##name(void *unused __attribute__((unused)))

static const char *stored(const char *column)
{
    CvList *rows = cv_query_of(NULL, cv_printf("SELECT %s FROM vault_coin", column), 0, NULL);
    return cv_slice_string(cv_arena(), cv_value_repr(cv_arena(), rows->items[0].list->items[0]));
}

VAULT_TEST(values_are_converted_where_they_are_given_and_when_they_are_saved)
{
    Coin *coin = cv_build(Coin, .code = "ab-12");
    ck_assert_str_eq(coin->other, "X1"); /* the default */
    cv_row_set(coin, cv_model_column(&Coin_model, CV_SLICE("other")), CV_VALUE("c-d"));
    ck_assert_str_eq(coin->other, "CD");
    cv_save(coin);
    ck_assert_str_eq(stored("code"), "'AB12'"); /* what C wrote into the member */
    ck_assert_ptr_nonnull(cv_get(Coin, "code", "ab-12"));
    ck_assert_ptr_nonnull(cv_get(Coin, "code__in", cv_list(cv_arena(), "ab12")));
    ck_assert_ptr_nonnull(cv_get(Coin, "pk", "a-b12"));
    coin->other = "e-f";
    cv_save(coin); /* found by its converted key */
    ck_assert_uint_eq(cv_count(cv_objects(Coin)), 1);
    ck_assert_str_eq(stored("other"), "'EF'");
    cv_update(cv_objects(Coin), "other", "g-h");
    ck_assert_str_eq(stored("other"), "'GH'");
    cv_create(Slot, .coin = (Coin_ref)cv_ref(coin));
    ck_assert_uint_eq(cv_count(cv_filter(cv_objects(Slot), "coin", "ab-12")), 1);
    ck_assert_str_eq(cv_one(cv_first(cv_objects(Slot)), coin)->code, "AB12");
}

static void ask_refused(void *argument)
{
    (void)argument;
    (void)cv_count(cv_filter(cv_objects(Coin), "other", "a!"));
}

static void save_refused(void *argument)
{
    cv_save(cv_build(Coin, .code = argument));
}

VAULT_TEST(what_a_kind_refuses_is_no_value)
{
    const CvError *error = must_raise(ask_refused, NULL);
    ck_assert_int_eq(error->kind, CV_ERROR_VALIDATION);
    ck_assert_str_eq(error->message, "“a!” is no code.");
    ck_assert_str_eq(must_raise(save_refused, UNIT_TEXT("b!"))->message, "“b!” is no code.");
    ck_assert_str_eq(cv_create(Coin, .code = "", .other = "")->code, ""); /* empty texts are not shown to a kind */
    Coin *coin = cv_build(Coin, .code = "a-", .other = "c!");
    CvRowErrors errors = {0};
    ck_assert(!cv_full_clean(coin, &errors, .exclude = CV_LIST("secret", "stamp")));
    ck_assert_uint_eq(errors.count, 2);
    ck_assert_str_eq(errors.items[0].items[0].code, "odd");
    ck_assert_str_eq(errors.items[1].items[0].code, "invalid");
}

VAULT_TEST(values_are_stored_in_another_form)
{
    Coin *coin = cv_create(Coin, .code = "AB", .secret = "gold", .price = cv_decimal(cv_arena(), "2.05"));
    ck_assert_str_eq(stored("secret"), "'dlog'");
    ck_assert_str_eq(stored("price"), "205");
    coin = cv_get(Coin, "secret", "gold", "price__gt", "2");
    ck_assert_str_eq(coin->secret, "gold");
    ck_assert_str_eq(coin->price.text, "2.05");
    CvList *rows = cv_list_of_set(
        cv_values_list_at((CvQuerySet *)cv_objects(Coin), NULL, (const char *[]){"secret", "price", NULL}, false));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_repr(cv_arena(), rows->items[0])),
                     "['gold', Decimal('2.05')]");
    Slot *slot = cv_create(Slot, .coin = cv_ref(coin));
    ck_assert_str_eq(cv_one(cv_get_in(cv_select_related(cv_objects(Slot), "coin"), "pk", slot->pk), coin)->secret,
                     "gold");
    coin->secret = NULL; /* nulls are nobody's affair */
    cv_save(coin);
    ck_assert_str_eq(stored("secret"), "None");
    ck_assert_ptr_null(cv_get(Coin, "pk", "AB")->secret);
    ck_assert_str_eq(cv_create(Coin, .code = "CD")->price.text, "1.50");
    CvDict *most = cv_aggregate(cv_objects(Coin), "most", cv_most_of("price"));
    CvValue value;
    ck_assert(cv_dict_get(most, CV_VALUE("most"), &value));
    ck_assert_str_eq(value.decimal.text, "2.05");
    CvDict *sum = cv_aggregate(cv_objects(Coin), "sum", cv_sum_of("price"));
    ck_assert(cv_dict_get(sum, CV_VALUE("sum"), &value));
    ck_assert_str_eq(value.decimal.text, "3.55");
    sum = cv_aggregate(cv_objects(Coin), "sum",
                       cv_sum_of("price", .filter = cv_q(Coin, "code", "no"), .default_ = cv_value("0.25")));
    ck_assert(cv_dict_get(sum, CV_VALUE("sum"), &value));
    ck_assert_str_eq(value.decimal.text, "0.25");
    ck_assert_uint_eq(cv_count(cv_filter(cv_annotate(cv_objects(Coin), "sum", cv_sum_of("price")), "sum__gt", "2")), 1);
    Coin *both[] = {cv_build(Coin, .code = "e-1", .secret = "in"), cv_build(Coin, .code = "f-1", .secret = "out")};
    cv_bulk_create(both, 2);
    both[0]->secret = "new";
    cv_bulk_update(both, 1, .update_fields = CV_LIST("secret"));
    ck_assert_str_eq(cv_get(Coin, "pk", "E1")->secret, "new");
    ck_assert_str_eq(cv_get(Coin, "secret", "out")->code, "F1");
}

VAULT_TEST(values_are_made_at_each_save)
{
    Coin *coin = cv_create(Coin, .code = "AB");
    ck_assert_str_eq(coin->stamp, "new");
    cv_save(coin);
    cv_save(coin);
    ck_assert_str_eq(cv_get(Coin, "pk", "AB")->stamp, "new++");
    cv_save_fields(coin, "price"); /* not one that is saved */
    ck_assert_str_eq(coin->stamp, "new++");
}

VAULT_TEST(tables_and_names_are_the_kinds_own)
{
    const char *sql = cv_slice_string(
        cv_arena(),
        cv_value_str(cv_arena(),
                     cv_query("SELECT sql FROM sqlite_master WHERE name = 'vault_coin'")->items[0].list->items[0]));
    ck_assert_msg(strstr(sql, "\"code\" char(8) NOT NULL PRIMARY KEY") && strstr(sql, "\"price\" integer NOT NULL") &&
                      strstr(sql, "\"secret\" text NULL"),
                  "%s", sql);
    sql = cv_slice_string(
        cv_arena(),
        cv_value_str(cv_arena(),
                     cv_query("SELECT sql FROM sqlite_master WHERE name = 'vault_slot'")->items[0].list->items[0]));
    ck_assert_msg(strstr(sql, "\"coin_id\" char(8) NOT NULL REFERENCES"), "%s", sql);
}

static bool refused(const CvField *field, const char *message)
{
    CvErrors errors = {.arena = cv_arena()};
    const CvModel *model = cv_model_build(cv_arena(), "Odd", field, 1, &(CvModelOptions){0});
    cv_models_add("odd", (const CvModel *const[]){model, NULL});
    ck_assert(!cv_models_ready(&errors));
    ck_assert_str_eq(errors.items[0]->message, message);
    cv_models_reset();
    return true;
}

START_TEST(mistakes_are_told_before_the_site_starts)
{
    static const CvOwnField half = {.name = "Half", .store = seal}, unnamed = {.store = seal, .load = seal};
    CvField field = cv_field("code", &cv_char_field, NULL, .max_length = 30, .own = &code_field);
    ck_assert(refused(&field, "Odd.code: codes have 20 letters at most."));
    field = cv_field("code", &cv_text_field, NULL, .own = &half);
    ck_assert(refused(&field, "odd.Odd.code: Half has .store without .load; it needs both or neither."));
    field = cv_field("code", &cv_text_field, NULL, .own = &unnamed);
    ck_assert(refused(&field, "odd.Odd.code: an own kind of field needs a .name."));
    field = cv_field("code", &cv_file_field, NULL, .own = &code_field);
    ck_assert(
        refused(&field, "odd.Odd.code: CodeField can be no FileField: own kinds are made of fields with a value."));
}
END_TEST

UNIT_TESTS("orm/own_field", values_are_converted_where_they_are_given_and_when_they_are_saved,
           what_a_kind_refuses_is_no_value, values_are_stored_in_another_form, values_are_made_at_each_save,
           tables_and_names_are_the_kinds_own, mistakes_are_told_before_the_site_starts)
