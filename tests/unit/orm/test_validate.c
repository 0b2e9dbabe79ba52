/* Tests orm/validate.h: fields, the model's own clean, unique checks, constraints; messages, codes, numbers of queries.
 */
#include "catalog.h"

#include "unit.h"

static Maker *maker_of(const char *name, const char *country)
{
    return cv_create(Maker, .name = name, .country = country);
}

static Item *item_of(Maker *maker)
{
    return cv_build(Item, .name = "thing", .slug = "thing", .maker = cv_ref(maker), .stock = 9,
                    .price = cv_decimal(cv_arena(), "1.50"), .secret = "no");
}

/* "field code: text" for each error, a line each. */
static const char *shown(const CvRowErrors *errors)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < errors->count; i++)
        for (size_t j = 0; j < errors->items[i].count; j++) {
            const CvInvalid *invalid = &errors->items[i].items[j];
            cv_buffer_printf(&out, "%s %s: %.*s\n", errors->items[i].field ? errors->items[i].field : "*",
                             invalid->code ? invalid->code : "-", CV_SLICE_ARG(cv_invalid_text(cv_arena(), invalid)));
        }
    return cv_buffer_string(&out);
}

static const char *problems(void *row)
{
    CvRowErrors errors = {0};
    bool valid = cv_full_clean(row, &errors);
    ck_assert_int_eq(valid, errors.count == 0);
    return shown(&errors);
}

static void fields(void *argument)
{
    (void)argument;
    Maker *maker = maker_of("Bosch", "de");
    Item *item = item_of(maker);
    ck_assert_str_eq(problems(item), "");
    item->name = "";
    item->slug = "no slug!";
    item->mail = "nobody";
    item->ip = "999.1.1.1";
    item->grade = 7;
    item->stock = 100;
    item->price = cv_decimal(cv_arena(), "1.234");
    item->code = "abc";
    item->secret = "far too long, but nobody may edit it";
    ck_assert_str_eq(problems(item),
                     "name blank: This field cannot be blank.\n"
                     "slug invalid: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.\n"
                     "mail invalid: Enter a valid email address.\n"
                     "ip invalid: Enter a valid IPv4 or IPv6 address.\n"
                     "grade invalid_choice: Value 7 is not a valid choice.\n"
                     "stock max_value: Ensure this value is less than or equal to 99.\n"
                     "price max_decimal_places: Ensure that there are no more than 2 decimal places.\n"
                     "code invalid: Capitals.\n"
                     "secret max_length: Ensure this value has at most 3 characters (it has 36).\n");
}

static void limits(void *argument)
{
    (void)argument;
    Item *item = item_of(maker_of("Bosch", "de"));
    item->name = "0123456789"; /* at most ten */
    ck_assert_str_eq(problems(item), "");
    item->name = "01234567890";
    item->stock = -1;
    item->name = NULL;
    item->price = (CvDecimal){0};
    ck_assert_str_eq(problems(item), "name null: This field cannot be null.\n"
                                     "stock min_value: Ensure this value is greater than or equal to 0.\n"
                                     "price null: This field cannot be null.\n");
    CvRowErrors errors = {0};
    item = item_of(cv_get(Maker, "name", "Bosch"));
    item->name = "";
    ck_assert(cv_full_clean(item, &errors, .exclude = CV_LIST("name")));
}

static void targets(void *argument)
{
    (void)argument;
    Maker *far = maker_of("Sony", "jp");
    Item *item = item_of(far);
    uint64_t before = cv_sql_count();
    CvRowErrors errors = {0};
    ck_assert(!cv_clean_fields(item, NULL, &errors));
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    ck_assert_str_eq(shown(&errors), "maker invalid: maker instance with id 1 is not a valid choice.\n");
    ck_assert_ptr_null(cv_row_errors_of(&errors, "name"));
    ck_assert_ptr_nonnull(cv_row_errors_of(&errors, "maker"));
}

static void own(void *argument)
{
    (void)argument;
    Maker *maker = maker_of("Bosch", "de");
    Item *item = item_of(maker);
    item->name = "odd";
    ck_assert_str_eq(problems(item), "* odd: odd is odd.\n");
    item->name = "bad";
    ck_assert_str_eq(problems(item), "price bad: Bad price.\n");
}

static void unique(void *argument)
{
    (void)argument;
    Maker *maker = maker_of("Bosch", "de");
    cv_save(item_of(maker));
    Item *twin = item_of(maker);
    ck_assert_str_eq(problems(twin), "* unique_together: Item with this Name and Maker already exists.\n"
                                     "slug unique: Item with this Slug already exists.\n");
    ck_assert_str_eq(problems(cv_build(Maker, .name = "Bosch")), "name unique: Taken.\n");
    ck_assert_str_eq(problems(cv_get(Item, "slug", "thing")), ""); /* not against itself */
    CvRowErrors errors = {0};
    ck_assert(cv_full_clean(twin, &errors, .exclude = CV_LIST("slug", "maker")));
    ck_assert(cv_full_clean(twin, &errors, .skip_unique = true));
    twin->pk = cv_get(Item, "slug", "thing")->pk; /* a new row with a key that is taken */
    twin->slug = "other";
    twin->name = "other";
    ck_assert_str_eq(problems(twin), "id unique: Item with this ID already exists.\n");
}

static void dates(void *argument)
{
    (void)argument;
    Maker *maker = maker_of("Bosch", "de");
    Item *item = item_of(maker), *other = item_of(maker);
    item->title = "same";
    item->sold = cv_date(2024, 2, 29);
    cv_save(item);
    other->slug = other->name = "other";
    other->title = "same";
    other->sold = cv_date(2024, 2, 28);
    ck_assert_str_eq(problems(other), "");
    other->sold = cv_date(2024, 2, 29);
    ck_assert_str_eq(problems(other), "title unique_for_date: Title must be unique for Sold date.\n");
}

static void constraints(void *argument)
{
    (void)argument;
    Maker *maker = maker_of("Bosch", "de");
    Item *item = item_of(maker), *other = item_of(maker);
    item->code = "ABC";
    item->mail = "A@b.de";
    item->rank = CV_INTEGER(3);
    cv_save(item);
    other->slug = other->name = "other";
    other->mail = "a@B.de";
    other->code = "ABC";
    other->rank = CV_INTEGER(3);
    ck_assert_str_eq(problems(other), "* -: Constraint “one_code_in_stock” is violated.\n"
                                      "* -: Constraint “mail_any_case” is violated.\n"
                                      "* rank: Rank one_rank.\n");
    other->stock = 0; /* the condition does not hold: any code will do */
    other->mail = "c@b.de";
    other->rank = CV_INTEGER(4);
    other->price = cv_decimal(cv_arena(), "-1.00");
    ck_assert_str_eq(problems(other), "* -: Constraint “price_not_negative” is violated.\n"
                                      "* -: Constraint “rank_below_stock” is violated.\n");
    other->price = cv_decimal(cv_arena(), "0.00");
    other->rank = (CvNullInteger){0}; /* unknown is no violation */
    ck_assert_str_eq(problems(other), "");
    CvRowErrors errors = {0};
    other->price = cv_decimal(cv_arena(), "-1.00");
    ck_assert(cv_full_clean(other, &errors, .exclude = CV_LIST("price")));
    ck_assert(cv_full_clean(other, &errors, .skip_constraints = true));
}

static void raising(void *argument)
{
    (void)argument;
    Item *item = item_of(maker_of("Bosch", "de"));
    item->name = "";
    item->slug = "";
    cv_full_clean_or_raise(item);
}

static void dictionary(void *argument)
{
    (void)argument;
    CvRowErrors errors = {0};
    cv_row_error(&errors, NULL, NULL, "All wrong.");
    cv_row_error(&errors, "name", "odd", "%(n)d times.", "n", 3);
    CvValue dict = cv_value_dict(cv_row_errors_dict(&errors));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_repr(cv_arena(), dict)),
                     "{'__all__': ['All wrong.'], 'name': ['3 times.']}");
    ck_assert_str_eq(cv_row_errors_text(&errors), "All wrong.\n3 times.");
}

/* What a generated column is made of has values of its own beside those of the condition. */
static void generated(void *argument)
{
    (void)argument;
    CvRowErrors errors = {0};
    ck_assert(cv_validate_constraints(cv_build(Parcel, .weight = 6, .rest = 1), NULL, &errors));
    ck_assert(!cv_validate_constraints(cv_build(Parcel, .weight = 600, .rest = 1), NULL, &errors));
    ck_assert_str_eq(cv_row_errors_text(&errors), "Constraint “doubled_below” is violated.");
}

static void normal_forms(void *argument)
{
    (void)argument;
    CvRowErrors errors = {0};
    Item *item = cv_build(Item, .ip = "2001:0:0::0:1");
    (void)cv_clean_fields(item, NULL, &errors);
    ck_assert_str_eq(item->ip, "2001::1");
}

CATALOG_TEST(fields_are_cleaned, fields)
CATALOG_TEST(limits_hold, limits)
CATALOG_TEST(targets_must_be_there, targets)
CATALOG_TEST(models_clean_themselves, own)
CATALOG_TEST(unique_fields_are_asked_for, unique)
CATALOG_TEST(dates_narrow_what_is_unique, dates)
CATALOG_TEST(constraints_are_asked_for, constraints)
CATALOG_TEST(errors_are_read_by_field, dictionary)
CATALOG_TEST(generated_columns_are_held_against_constraints, generated)
CATALOG_TEST(members_get_their_cleaned_values, normal_forms)

START_TEST(errors_can_be_raised)
{
    catalog_open();
    const CvError *error = catalog_raises(raising);
    ck_assert_int_eq(error->kind, CV_ERROR_VALIDATION);
    ck_assert_str_eq(error->message, "This field cannot be blank.\nThis field cannot be blank.");
}
END_TEST

UNIT_TESTS("orm/validate", fields_are_cleaned, limits_hold, targets_must_be_there, models_clean_themselves,
           unique_fields_are_asked_for, dates_narrow_what_is_unique, constraints_are_asked_for,
           errors_are_read_by_field, generated_columns_are_held_against_constraints, members_get_their_cleaned_values,
           errors_can_be_raised)
