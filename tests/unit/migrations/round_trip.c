/* round_trip.c: operations of every kind with every option; run as a program it prints their list file. */
#include <stdio.h>

#include "base/vector.h"
#include "migrations/kinds.h"
#include "orm/own_field.h"
#include "round_trip.h"

#define NASTY "\"quoted\" \\ back\tslash\nand a line, \001\177 ?\?/ %s caf\303\251 // /* x */"

static const char *const mail[] = {"mail", NULL};
static const char *const taken[] = {"unique", "Taken, \"again\".", NULL};
static const char *const note_user[] = {"note", "user", NULL};
static const char *const number_place[] = {"number", "place", NULL};
static const char *const needed[] = {"shop.0001_initial", "auth.__first__", NULL};
static const char *const later[] = {"crm.0003_later", NULL};
static const char *const replaced[] = {"shop.0002_one", "shop.0003_two", NULL};

static const CvField *fields(const CvField *items, size_t count)
{
    CvField *list = cv_arena_new_array(cv_arena(), CvField, count + 1);
    memcpy(list, items, count * sizeof *items);
    return list;
}

static CvField id(void)
{
    return cv_field("id", &cv_big_auto_field, NULL, .blank = true);
}

static const CvChoice texts[] = {{.name = "", .text = "draft", .label = "A \"draft\""},
                                 {.name = "", .text = "", .label = "None", .group = "Others, rare"}};
static const CvChoice numbers[] = {{.name = "", .number = -1, .label = "Lost"},
                                   {.name = "", .number = 7, .label = "Won"}};
static const CvChoices text_choices = {.name = "", .items = texts, .count = 2};
static const CvChoices number_choices = {.name = "", .items = numbers, .count = 2};
static const CvOwnField isbn = {.name = "IsbnField", .column_type = "char(13)"};
static const CvOwnField plain = {.name = "PlainField"};

static const CvConstraint book_rows[] = {
    {.kind = CV_INDEX, .fields = CV_LIST("title", "-price"), .name = "book_title_idx"},
    {.kind = CV_INDEX, .expressions = CV_LIST("Lower('title')", "-F('price')"), .name = "book_lower_idx"},
    {.kind = CV_INDEX,
     .fields = CV_LIST("price"),
     .include = CV_LIST("title"),
     .condition = "Q(price__gt=0)",
     .name = "book_some_idx"},
    {.kind = CV_UNIQUE,
     .fields = CV_LIST("title", "price"),
     .name = "book_once",
     .nulls_not_distinct = true,
     .violation_error_message = "Twice: \"%(model_name)s\"",
     .violation_error_code = "twice"},
    {.kind = CV_UNIQUE, .fields = CV_LIST("born"), .name = "book_late", .deferrable = true},
    {.kind = CV_CHECK, .condition = "Q(price__gte=0) | Q(title='\"')", .name = "book_paid"},
    {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST("title", "born")},
    {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST("slug")},
    {0}};

static const CvModelOptions options = {.ordering = CV_LIST("-price", "title"),
                                       .permissions = CV_LIST("can_read", "Can read \"it\""),
                                       .default_permissions = CV_LIST("view"),
                                       .db_table = "books \"of\" all",
                                       .db_table_comment = NASTY,
                                       .verbose_name = "book",
                                       .verbose_name_plural = "books",
                                       .get_latest_by = "made",
                                       .default_related_name = "some_books",
                                       .select_on_save = true,
                                       .constraints = book_rows};

static const CvModelOptions altered = {.ordering = CV_LIST("title"), .verbose_name = "work"};
static const CvModelOptions nothing_allowed = {.default_permissions = CV_LIST()};
static const CvModelOptions unmanaged = {.unmanaged = true}, called_heir = {.verbose_name = "heir"},
                            ordered = {.order_with_respect_to = "book"}, no_options = {0};

typedef CV_VECTOR(CvField) Fields;

static void put(Fields *list, CvField field)
{
    cv_vector_push(cv_arena(), list, field);
}

static void words_and_numbers(Fields *list)
{
    put(list,
        cv_field("title", &cv_char_field, NULL, .max_length = 200, .default_text = NASTY, .verbose_name = NASTY,
                 .help_text =
                     "As it stands on the cover, with what comes behind the colon, but without the series that "
                     "it is a part of",
                 .unique = true, .db_column = "the title", .db_comment = "said \\ once", .db_collation = "NOCASE"));
    put(list, cv_field("empty", &cv_text_field, NULL, .blank = true, .default_text = "", .null = true));
    put(list,
        cv_field("status", &cv_char_field, NULL, .max_length = 5, .choices = &text_choices, .default_text = "draft"));
    put(list, cv_field("result", &cv_integer_field, NULL, .choices = &number_choices, .nullable_word = true,
                       .null = true, .default_integer = -1));
    put(list, cv_field("least", &cv_big_integer_field, NULL, .default_integer = INT64_MIN + 1, .db_index = true));
    put(list,
        cv_field("most", &cv_positive_big_integer_field, NULL, .default_integer = INT64_MAX, .db_default = "Now()"));
    put(list, cv_field("weight", &cv_float_field, NULL, .default_real = 0.1));
}

static void numbers_and_truth(Fields *list)
{
    put(list, cv_field("endless", &cv_float_field, NULL, .default_real = __builtin_inf(), .nullable_word = true,
                       .null = true));
    put(list, cv_field("small", &cv_float_field, NULL, .default_real = -1e-300));
    put(list, cv_field("there", &cv_boolean_field, NULL, .default_boolean = true, .editable = false));
    put(list, cv_field("gone", &cv_boolean_field, NULL, .default_boolean = false, .nullable_word = true, .null = true));
    put(list, cv_field("price", &cv_decimal_field, NULL, .max_digits = 8, .decimal_places = 2, .default_text = "7.50"));
    put(list,
        cv_field("born", &cv_date_field, NULL, .null = true, .unique_for_date = "died", .unique_for_year = "died"));
    put(list, cv_field("died", &cv_date_field, NULL, .default_text = "2024-02-29"));
    put(list, cv_field("made", &cv_datetime_field, NULL, .auto_now_add = true, .blank = true, .editable = false));
}

static void moments_and_data(Fields *list)
{
    put(list, cv_field("changed", &cv_datetime_field, NULL, .auto_now = true, .blank = true, .editable = false));
    put(list, cv_field("at", &cv_time_field, NULL, .unique_for_month = "died"));
    put(list, cv_field("took", &cv_duration_field, NULL, .null = true));
    put(list, cv_field("token", &cv_uuid_field, NULL, .default_call = CV_OF_PROGRAM));
    put(list, cv_field("bytes", &cv_binary_field, NULL, .null = true));
    put(list, cv_field("data", &cv_json_field, NULL, .default_text = "{\"a\": [1, \"b\"]}"));
    put(list, cv_field("slug", &cv_slug_field, NULL, .max_length = 80, .db_index = false, .allow_unicode = true));
    put(list, cv_field("mail", &cv_email_field, NULL, .error_messages = taken));
}

static void files_and_own(Fields *list)
{
    put(list, cv_field("home", &cv_url_field, NULL, .max_length = 300));
    put(list, cv_field("ip", &cv_ip_address_field, NULL, .protocol = "IPv4", .unpack_ipv4 = true, .null = true));
    put(list, cv_field("paper", &cv_file_field, NULL, .upload_to = "papers/%Y/"));
    put(list, cv_field("cover", &cv_image_field, NULL, .width_field = "result", .height_field = "least"));
    put(list, cv_field("path", &cv_file_path_field, NULL, .path = "/srv", .match = "a\\.txt$", .recursive = true,
                       .no_files = true, .allow_folders = true));
    put(list, cv_field("isbn", &cv_char_field, NULL, .max_length = 13, .own = &isbn));
    put(list, cv_field("other", &cv_char_field, NULL, .max_length = 13, .own = &plain));
    put(list, cv_field("total", &cv_decimal_field, NULL, .max_digits = 8, .decimal_places = 2,
                       .generated = "F('price') * F(\"result\")", .generated_virtual = true));
}

static CvOperation everything(void)
{
    Fields list = {0};
    put(&list, id());
    words_and_numbers(&list);
    numbers_and_truth(&list);
    moments_and_data(&list);
    files_and_own(&list);
    return (CvOperation){
        .kind = &cv_op_create_model, .model = "Book", .fields = fields(list.items, list.count), .options = &options};
}

static CvField way(const char *name, const CvFieldKind *kind, const char *label)
{
    CvField field = cv_field_of(name, kind, NULL);
    field.to_label = label;
    field.on_delete = kind->many ? 0 : CV_CASCADE;
    return field;
}

static CvOperation relations(void)
{
    CvField items[] = {id(), way("book", &cv_foreign_key_field, "shop.Book"),
                       way("owner", &cv_one_to_one_field, "auth.User"), way("tags", &cv_many_to_many_field, "shop.Tag"),
                       way("readers", &cv_many_to_many_field, "auth.User")};
    CV_ASSIGN(items[1], .on_delete = CV_SET_NULL, .null = true, .to_field = "slug", .related_name = "notes",
              .related_query_name = "note", .limit_choices_to = "Q(price__gt=1)", .db_constraint = false);
    CV_ASSIGN(items[2], .on_delete = CV_SET_DEFAULT, .default_integer = 1, .related_name = "+");
    CV_ASSIGN(items[3], .db_table = "tags of notes", .blank = true);
    CV_ASSIGN(items[4], .through_label = "shop.Reading", .through_fields = note_user);
    return (CvOperation){
        .kind = &cv_op_create_model, .model = "Note", .fields = fields(items, CV_COUNT_OF(items)), .options = &ordered};
}

static CvOperation keyed(const char *model, CvField key, CvField more)
{
    const CvField items[] = {key, more};
    return (CvOperation){.kind = &cv_op_create_model,
                         .model = model,
                         .fields = fields(items, 2),
                         .own_key = true,
                         .options = &unmanaged};
}

static CvOperation heir(const char *model, const char *parent, bool proxy)
{
    const CvField field = cv_field("format", &cv_char_field, NULL, .max_length = 9);
    return (CvOperation){.kind = &cv_op_create_model,
                         .model = model,
                         .to = parent,
                         .proxy = proxy,
                         .fields = fields(&field, !proxy),
                         .options = &called_heir};
}

static CvOperation of_field(const CvOperationKind *kind, CvField field)
{
    return (CvOperation){.kind = kind, .model = "Book", .fields = fields(&field, 1)};
}

static CvOperation of_row(const CvOperationKind *kind, CvConstraint row)
{
    CvConstraint *rows = cv_arena_new_array(cv_arena(), CvConstraint, 2);
    rows[0] = row;
    return (CvOperation){.kind = kind, .model = "Book", .constraints = rows};
}

static const CvConstraint sets[] = {{.kind = CV_UNIQUE, .together = true, .fields = CV_LIST("slug", "mail")},
                                    {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST("home")},
                                    {0}};

static CvOperation two_sets(void)
{
    return (CvOperation){.kind = &cv_op_alter_unique_together, .model = "Book", .constraints = sets};
}

typedef CV_VECTOR(CvOperation) Operations;

static void add(Operations *all, CvOperation operation)
{
    cv_vector_push(cv_arena(), all, operation);
}

static CvOperation bare(void)
{
    const CvField alone = id();
    return (CvOperation){
        .kind = &cv_op_create_model, .model = "Bare", .fields = fields(&alone, 1), .options = &nothing_allowed};
}

static void add_keyed(Operations *all)
{
    const CvField number = cv_field("number", &cv_integer_field, NULL, .default_integer = 0);
    CvField both = cv_field_of("pk", &cv_composite_field, NULL);
    both.key_fields = number_place;
    add(all, keyed("Reading", both, number));
    add(all, keyed("Profile", way("user", &cv_one_to_one_field, "auth.User"), number));
}

static void add_models(Operations *all)
{
    add(all, everything());
    add(all, keyed("Tag", cv_field("code", &cv_uuid_field, NULL, .default_call = CV_OF_PROGRAM),
                   cv_field("number", &cv_integer_field, NULL)));
    add_keyed(all);
    add(all, relations());
    add(all, heir("EBook", "shop.Book", false));
    add(all, heir("Staff", "auth.User", true));
    add(all, bare());
}

static void add_model_changes(Operations *all)
{
    add(all, (CvOperation){.kind = &cv_op_rename_model, .model = "Bare", .to = "Naked"});
    add(all, (CvOperation){.kind = &cv_op_alter_model_table, .model = "Naked", .to = "bare \"one\""});
    add(all, (CvOperation){.kind = &cv_op_alter_model_table, .model = "Naked"});
    add(all, (CvOperation){.kind = &cv_op_alter_model_table_comment, .model = "Naked", .to = NASTY});
    add(all, (CvOperation){.kind = &cv_op_alter_model_options, .model = "Book", .options = &altered});
    add(all, (CvOperation){.kind = &cv_op_alter_model_options, .model = "Naked", .options = &no_options});
    add(all, two_sets());
    add(all, (CvOperation){.kind = &cv_op_alter_unique_together, .model = "Book"});
    add(all, (CvOperation){.kind = &cv_op_alter_order_with_respect_to, .model = "Note"});
    add(all, (CvOperation){.kind = &cv_op_alter_order_with_respect_to, .model = "Note", .to = "owner"});
    add(all, (CvOperation){.kind = &cv_op_delete_model, .model = "Naked"});
}

static void add_field_changes(Operations *all)
{
    CvOperation more = of_field(&cv_op_add_field, cv_field("more", &cv_char_field, NULL, .max_length = 9,
                                                           .default_text = "a", .choices = &text_choices));
    more.forget_default = true;
    add(all, more);
    add(all, of_field(&cv_op_add_field, way("shelf", &cv_foreign_key_field, "shop.Profile")));
    add(all, of_field(&cv_op_alter_field, cv_field("more", &cv_text_field, NULL, .null = true)));
    add(all, (CvOperation){.kind = &cv_op_rename_field, .model = "Book", .name = "more", .to = "most_of"});
    add(all, of_row(&cv_op_add_index, (CvConstraint){.kind = CV_INDEX, .fields = mail, .name = "mail_idx"}));
    add(all, (CvOperation){.kind = &cv_op_rename_index, .model = "Book", .name = "mail_idx", .to = "mails_idx"});
    add(all, (CvOperation){.kind = &cv_op_remove_index, .model = "Book", .name = "mails_idx"});
    add(all,
        of_row(&cv_op_add_constraint, (CvConstraint){.kind = CV_CHECK, .condition = "Q(least__gt=0)", .name = "more"}));
    add(all,
        of_row(&cv_op_alter_constraint,
               (CvConstraint){
                   .kind = CV_CHECK, .condition = "Q(least__gt=0)", .name = "more", .violation_error_message = NASTY}));
    add(all, (CvOperation){.kind = &cv_op_remove_constraint, .model = "Book", .name = "more"});
    add(all, (CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = "most_of"});
}

static void add_special(Operations *all)
{
    static CvOperation inner[2], outer[2];
    inner[0] = of_field(&cv_op_add_field, cv_field("inside", &cv_date_field, NULL, .null = true));
    outer[0] = (CvOperation){.kind = &cv_op_state_operations, .operations = inner};
    add(all, (CvOperation){.kind = &cv_op_run_sql,
                           .sql = "UPDATE \"shop_book\"\n   SET title = 'a\\b'\n WHERE id = 1;",
                           .elidable = true});
    add(all, (CvOperation){.kind = &cv_op_run_sql, .sql = "SELECT 1", .reverse_sql = ""});
    add(all, (CvOperation){.kind = &cv_op_run_c,
                           .name = "fill_isbn",
                           .to = ".reverse = cv_run_nothing, .elidable = true",
                           .reverse = cv_run_nothing,
                           .elidable = true});
    add(all, (CvOperation){.kind = &cv_op_run_c, .name = "fill_isbn", .to = ""});
    add(all, (CvOperation){.kind = &cv_op_state_operations, .operations = inner});
    add(all, (CvOperation){.kind = &cv_op_database_operations, .operations = outer});
}

CvNewMigration round_trip(void)
{
    Operations all = {0};
    add_models(&all);
    add_model_changes(&all);
    add_field_changes(&all);
    add_special(&all);
    return (CvNewMigration){.app_label = "shop",
                            .name = "0002_round_trip",
                            .options = {.dependencies = needed,
                                        .run_before = later,
                                        .replaces = replaced,
                                        .initial = true,
                                        .not_atomic = true},
                            .operations = all.items,
                            .count = all.count};
}

#ifdef ROUND_TRIP_PROGRAM
int main(void)
{
    const CvNewMigration migration = round_trip();
    (void)fputs(cv_migration_text(cv_arena(), &migration, cv_now()), stdout);
    return 0;
}
#endif
