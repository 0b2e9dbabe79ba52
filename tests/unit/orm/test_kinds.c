/* Tests what fields bring: generated columns, database defaults, expressions as members, every kind stored and read. */
#include "catalog.h"

#include "orm/schema.h"
#include "unit.h"

static void database_sets(void *argument)
{
    (void)argument;
    uint64_t before = cv_sql_count();
    Parcel *parcel = cv_create(Parcel, .rest = 1);
    ck_assert_uint_eq(cv_sql_count() - before, 1); /* what the database set came back with the INSERT */
    ck_assert_int_eq(parcel->weight, 5);
    ck_assert_str_eq(parcel->label, "it's");
    ck_assert(parcel->made.zone != NULL);
    ck_assert(parcel->doubled.set);
    ck_assert_int_eq(parcel->doubled.value, 10);
    ck_assert_str_eq(parcel->loud, "IT'S");
    parcel->weight = 7;
    parcel->label = "x";
    cv_save(parcel);
    ck_assert_int_eq(parcel->doubled.value, 14);
    ck_assert_str_eq(parcel->loud, "X");
    Parcel *zero = cv_build(Parcel, .rest = 2);
    cv_assign(zero, weight, 0); /* zero, and meant */
    cv_save(zero);
    cv_reload(zero);
    ck_assert_int_eq(zero->weight, 0);
    ck_assert_str_eq(zero->label, "it's");
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Parcel), "doubled__gt", 10)), 1);
}

static void many(void *argument)
{
    (void)argument;
    Parcel *parcels[] = {cv_build(Parcel, .rest = 1), cv_build(Parcel, .rest = 2, .weight = 3),
                         cv_build(Parcel, .rest = 3, .label = "own")};
    cv_bulk_create(parcels, 3);
    ck_assert_int_eq(parcels[0]->doubled.value, 10);
    ck_assert_int_eq(parcels[1]->doubled.value, 6);
    ck_assert_str_eq(parcels[2]->loud, "OWN");
    ck_assert_int_eq(parcels[2]->pk, 3);
    cv_assign(parcels[0], weight, cv_plus(cv_f("weight"), cv_value(1)));
    parcels[1]->weight = 100;
    ck_assert_int_eq(cv_bulk_update(parcels, 2, .update_fields = CV_LIST("weight")), 2);
    cv_reload(parcels[0]);
    cv_reload(parcels[1]);
    ck_assert_int_eq(parcels[0]->weight, 6);
    ck_assert_int_eq(parcels[1]->doubled.value, 200);
}

static void expressions(void *argument)
{
    (void)argument;
    Maker *maker = cv_build(Maker, .country = "de");
    cv_assign(maker, name, cv_function("Lower", cv_value("BOSCH")));
    cv_save(maker);
    ck_assert_str_eq(maker->name, "bosch"); /* read back with the INSERT */
    cv_assign(maker, name, cv_function("Concat", cv_f("name"), cv_value("!")));
    uint64_t before = cv_sql_count();
    cv_save(maker);
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    ck_assert_str_eq(maker->name, "bosch!");
    cv_save(maker); /* once only */
    ck_assert_str_eq(maker->name, "bosch!");
}

static void insert_of_f(void *argument)
{
    (void)argument;
    Maker *maker = cv_build(Maker, .country = "de");
    cv_assign(maker, name, cv_f("country"));
    cv_save(maker);
}

static void conflicts(void *argument)
{
    (void)argument;
    cv_create(Maker, .name = "a", .country = "de");
    Maker *makers[] = {cv_build(Maker, .name = "a", .country = "fr"), cv_build(Maker, .name = "b", .country = "fr")};
    cv_bulk_create(makers, 2, .ignore_conflicts = true);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Maker), "country", "fr")), 1);
    cv_bulk_create(makers, 2, .update_conflicts = true, .update_fields = CV_LIST("country"),
                   .unique_fields = CV_LIST("name"));
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Maker), "country", "fr")), 2);
    Maker *kept = cv_get(Maker, "name", "a");
    ck_assert_int_eq(makers[0]->pk, kept->pk);
}

static void batches(void *argument)
{
    (void)argument;
    Maker *makers[5];
    for (int i = 0; i < 5; i++)
        makers[i] = cv_build(Maker, .name = cv_printf("m%d", i), .country = "de");
    uint64_t before = cv_sql_count();
    cv_bulk_create(makers, 5, .batch_size = 2);
    ck_assert_uint_eq(cv_sql_count() - before, 3);
}

static void every_kind(void *argument)
{
    (void)argument;
    CvUuid token = {.set = true, .bytes = {1, 2, 3}};
    static const uint8_t bytes[] = {0, 255, 39};
    const CvBytes raw = {bytes, sizeof bytes};
    Kinds *kinds = cv_create(Kinds, .small = -5, .big = INT64_MAX, .pos_big = INT64_MAX, .pos_small = 7, .ratio = 0.1,
                             .flag = true, .maybe = CV_BOOLEAN(false), .body = "body", .clock = cv_time(1, 2, 3, 4),
                             .span = cv_duration(61000005), .token = token, .raw = raw,
                             .data = cv_value_list(cv_list(cv_arena(), 1, "two")), .path = "/etc");
    Kinds *read = cv_get(Kinds, "pk", kinds->pk);
    ck_assert_int_eq(read->small, -5);
    ck_assert_int_eq(read->big, INT64_MAX);
    ck_assert_int_eq(read->pos_big, INT64_MAX);
    ck_assert_double_eq(read->ratio, 0.1);
    ck_assert(read->flag && read->maybe.set && !read->maybe.value);
    ck_assert_str_eq(read->body, "body");
    ck_assert_int_eq(read->clock.microsecond, 4);
    ck_assert_int_eq(read->span.microseconds, kinds->span.microseconds);
    ck_assert(read->token.set && memcmp(read->token.bytes, token.bytes, sizeof token.bytes) == 0);
    ck_assert_uint_eq(read->raw.length, sizeof bytes);
    ck_assert_int_eq(memcmp(read->raw.data, bytes, sizeof bytes), 0);
    ck_assert_uint_eq(read->data.list->count, 2);
    ck_assert_str_eq(read->path, "/etc");
    uint64_t before = cv_sql_count();
    cv_save(read); /* select_on_save: asked for, then updated */
    ck_assert_uint_eq(cv_sql_count() - before, 2);
    Kinds *empty = cv_create(Kinds, .body = "", .path = "");
    read = cv_get(Kinds, "pk", empty->pk);
    ck_assert(!read->maybe.set && !read->clock.set && !read->span.set && !read->token.set && !read->raw.data);
    ck_assert_int_eq(read->data.kind, CV_NULL);
}

static void schema(void *argument)
{
    (void)argument;
    const char *sql = cv_schema_sql(&Parcel_model);
    ck_assert_ptr_nonnull(strstr(sql, "\"weight\" integer DEFAULT 5 NOT NULL"));
    ck_assert_ptr_nonnull(strstr(sql, "\"label\" varchar(10) DEFAULT 'it''s' NOT NULL"));
    ck_assert_ptr_nonnull(strstr(sql, "\"doubled\" integer GENERATED ALWAYS AS ((\"weight\" * 2)) STORED"));
    ck_assert_ptr_nonnull(strstr(sql, "\"loud\" varchar(10) GENERATED ALWAYS AS (UPPER(\"label\")) VIRTUAL"));
}

static void save_options(void *argument)
{
    (void)argument;
    Maker *maker = cv_create(Maker, .name = "a", .country = "de");
    maker->name = "b";
    maker->country = "fr";
    cv_save_with(maker, .update_fields = CV_LIST("name"));
    cv_reload_fields(maker, "country");
    ck_assert_str_eq(maker->name, "b");
    ck_assert_str_eq(maker->country, "de");
    cv_delete(cv_filter(cv_objects(Maker), "pk", maker->pk));
    cv_save_with(maker, .force_update = true);
}

static void found_or_made(void *argument)
{
    (void)argument;
    bool created;
    Maker *maker = cv_get_or_create(cv_objects(Maker), cv_pairs("country", "de"), &created, "name", "a");
    ck_assert(created);
    ck_assert_str_eq(maker->country, "de");
    uint64_t before = cv_sql_count();
    Maker *again = cv_get_or_create(cv_objects(Maker), NULL, &created, "name__iexact", "A");
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    ck_assert(!created && again->pk == maker->pk);
    again = cv_update_or_create(cv_objects(Maker), cv_pairs("country", cv_function("Upper", cv_f("country"))), NULL,
                                &created, "name", "a");
    ck_assert(!created);
    ck_assert_str_eq(again->country, "DE");
    again = cv_update_or_create(cv_objects(Maker), cv_pairs("country", "x"), cv_pairs("country", "fr"), &created,
                                "name", "b");
    ck_assert(created);
    ck_assert_str_eq(again->country, "fr");
    again =
        cv_update_or_create(cv_objects(Maker), cv_pairs("pk", again->pk, "country", "it"), NULL, &created, "name", "b");
    ck_assert(!created); /* the key cannot be named: all of the row is saved */
    ck_assert_str_eq(cv_get(Maker, "name", "b")->country, "it");
    cv_get_or_create(cv_objects(Maker), cv_pairs("nope", 1), NULL, "name", "c");
}

START_TEST(rows_are_found_or_made)
{
    catalog_open();
    const CvError *error = catalog_raises(found_or_made);
    ck_assert_str_eq(error->message, "Invalid field name(s) for model Maker: 'nope'.");
}
END_TEST

CATALOG_TEST(the_database_sets_members, database_sets)
CATALOG_TEST(many_rows_at_once, many)
CATALOG_TEST(expressions_are_members, expressions)
CATALOG_TEST(conflicts_are_settled, conflicts)
CATALOG_TEST(batches_are_as_large_as_asked, batches)
CATALOG_TEST(every_kind_is_stored, every_kind)
CATALOG_TEST(columns_are_declared, schema)

START_TEST(fields_cannot_be_inserted)
{
    catalog_open();
    const CvError *error = catalog_raises(insert_of_f);
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, "Failed to insert expression \"Col(catalog_maker, catalog.Maker.country)\" on "
                                     "catalog.Maker.name. F() expressions can only be used to update, not to insert.");
}
END_TEST

START_TEST(updates_must_find_their_row)
{
    catalog_open();
    const CvError *error = catalog_raises(save_options);
    ck_assert_int_eq(error->kind, CV_ERROR_NOT_UPDATED);
    ck_assert_str_eq(error->message, "Forced update did not affect any rows.");
}
END_TEST

static void long_span(void *argument)
{
    (void)argument;
    cv_row_set(cv_row_new(&Kinds_model), cv_model_column(&Kinds_model, CV_SLICE("span")),
               cv_value_string("106751992 00:00:00"));
}

START_TEST(long_durations_are_told_their_bound)
{
    catalog_open();
    const CvError *error = catalog_raises(long_span);
    ck_assert_int_eq(error->kind, CV_ERROR_VALIDATION);
    ck_assert_ptr_nonnull(strstr(error->message, "“106751992 00:00:00” is out of range: durations end at 106751991"));
}
END_TEST

UNIT_TESTS("orm/kinds", long_durations_are_told_their_bound, conflicts_are_settled, the_database_sets_members,
           many_rows_at_once, expressions_are_members, batches_are_as_large_as_asked, every_kind_is_stored,
           columns_are_declared, fields_cannot_be_inserted, updates_must_find_their_row, rows_are_found_or_made)
