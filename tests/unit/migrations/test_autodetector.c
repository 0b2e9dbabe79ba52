/* Tests the autodetector where Django's own answers are no measure: questions, limits, names, keys, parents. */
#include "base/vector.h"
#include "migrations/autodetector.h"
#include "migrations/kinds.h"
#include "unit.h"

/* ---- states ---- */

typedef struct Model {
    const char *app_label, *name, *parent;
    CvField fields[4];
    CvConstraint constraints[2];
    CvModelOptions options;
    bool proxy, own_key;
} Model;

static void add(CvProjectState *state, Model model)
{
    CvField fields[CV_COUNT_OF(model.fields) + 1];
    size_t count = 0;
    if (!model.parent && !model.own_key)
        fields[count++] = cv_field("id", &cv_big_auto_field, NULL, .blank = true);
    for (size_t i = 0; i < CV_COUNT_OF(model.fields) && model.fields[i].name; i++)
        fields[count++] = model.fields[i];
    cv_state_add_model(state, &(CvModelState){.app_label = model.app_label,
                                              .name = model.name,
                                              .parent = model.parent,
                                              .fields = fields,
                                              .field_count = count,
                                              .options = &model.options,
                                              .constraints = model.constraints,
                                              .proxy = model.proxy,
                                              .plain_key = !model.parent && !model.own_key});
}

static CvField way(const char *name, const char *label)
{
    CvField field = cv_field_of(name, &cv_foreign_key_field, NULL);
    field.to_label = label;
    field.on_delete = CV_CASCADE;
    return field;
}

static CvField title(void)
{
    return cv_field("title", &cv_char_field, NULL, .max_length = 80);
}

/* ---- what was found ---- */

static CvProjectState *from, *to;
static CvQuestioner questioner;

static void begin(void)
{
    from = cv_state_create();
    to = cv_state_create();
    questioner = (CvQuestioner){0};
}

static void end(void)
{
    cv_state_destroy(from);
    cv_state_destroy(to);
}

static const char *shown(const CvNewMigration *migration)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (; migration->app_label; migration++) {
        cv_buffer_printf(&out, "%s.%s", migration->app_label, migration->name);
        for (const char *const *name = migration->options.dependencies; *name; name++)
            cv_buffer_printf(&out, " <- %s", *name);
        cv_buffer_append_string(&out, "\n");
        for (size_t i = 0; i < migration->count; i++)
            cv_buffer_printf(&out, "  %s\n", cv_operation_describe(cv_arena(), &migration->operations[i]));
    }
    return cv_buffer_string(&out);
}

typedef struct Call {
    const char *const *apps;
    const char *name;
    const CvNewMigration *found;
} Call;

static void call(void *argument)
{
    Call *made = argument;
    made->found = cv_autodetect(cv_arena(), from, to, NULL, &questioner, made->apps, made->name);
}

static const CvNewMigration *detected(void)
{
    Call made = {0};
    CvError *error;
    if (!cv_try(call, &made, &error))
        ck_abort_msg("%s", error->message);
    return made.found;
}

static const char *refused(void)
{
    Call made = {0};
    CvError *error;
    ck_assert(!cv_try(call, &made, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MIGRATION);
    return error->message;
}

/* ---- questions ---- */

static const char *asked;
static bool answer;

static bool give(const CvModelState *model, CvField *field, bool altered)
{
    asked = cv_arena_printf(cv_arena(), "%s.%s%s", model->name, field->name, altered ? " altered" : "");
    field->default_text = "x";
    return answer;
}

static bool leave(const CvModelState *model, const CvField *field)
{
    (void)model, (void)field;
    return answer;
}

START_TEST(a_new_field_that_rows_cannot_have)
{
    begin();
    add(from, (Model){.app_label = "shop", .name = "Book"});
    add(to, (Model){.app_label = "shop", .name = "Book", .fields = {title()}});
    questioner.default_for = give;
    answer = true;
    const CvNewMigration *found = detected();
    ck_assert_str_eq(asked, "Book.title");
    ck_assert_str_eq(found->operations->fields->default_text, "x");
    ck_assert(found->operations->forget_default);
    answer = false;
    ck_assert_str_eq(refused(), "Field 'title' on model 'Book' not migrated: it is impossible to add a non-nullable "
                                "field without specifying a default.");
    questioner.default_for = NULL; /* nobody to ask: as it is */
    found = detected();
    ck_assert(!found->operations->forget_default && !found->operations->fields->default_text);
    end();
}
END_TEST

START_TEST(nobody_is_asked_where_rows_can_have_it)
{
    const CvField fine[] = {cv_field("a", &cv_char_field, NULL, .max_length = 9, .null = true),
                            cv_field("a", &cv_char_field, NULL, .max_length = 9, .default_text = ""),
                            cv_field("a", &cv_char_field, NULL, .max_length = 9, .blank = true),
                            cv_field("a", &cv_datetime_field, NULL, .auto_now = true),
                            cv_field("a", &cv_date_field, NULL, .db_default = "Now()"),
                            cv_field("a", &cv_integer_field, NULL, .nullable_word = true)};
    const CvField open[] = {cv_field("a", &cv_datetime_field, NULL, .auto_now_add = true),
                            cv_field("a", &cv_date_field, NULL, .blank = true), way("a", "shop.Book")};
    for (size_t i = 0; i < CV_COUNT_OF(fine) + CV_COUNT_OF(open); i++) {
        bool asks = i >= CV_COUNT_OF(fine);
        begin();
        add(from, (Model){.app_label = "shop", .name = "Book"});
        add(to, (Model){.app_label = "shop", .name = "Book", .fields = {asks ? open[i - CV_COUNT_OF(fine)] : fine[i]}});
        questioner.default_for = give;
        answer = true;
        asked = NULL;
        (void)detected();
        ck_assert_msg(!asked == !asks, "field %zu", i);
        end();
    }
}
END_TEST

START_TEST(a_field_that_may_not_be_null_any_more)
{
    begin();
    CvField open = title();
    open.null = true;
    add(from, (Model){.app_label = "shop", .name = "Book", .fields = {open}});
    add(to, (Model){.app_label = "shop", .name = "Book", .fields = {title()}});
    questioner.default_for = give;
    answer = true;
    ck_assert(detected()->operations->forget_default);
    ck_assert_str_eq(asked, "Book.title altered");
    questioner.leave_nulls = leave;
    ck_assert(!detected()->operations->forget_default);
    answer = false;
    ck_assert_ptr_nonnull(strstr(refused(), "'title'"));
    end();
}
END_TEST

/* ---- which apps, what names ---- */

static void two_apps(void)
{
    begin();
    add(to, (Model){.app_label = "auth", .name = "User", .fields = {title()}});
    add(to, (Model){.app_label = "crm", .name = "City", .fields = {title()}});
    add(to, (Model){.app_label = "shop", .name = "Book", .fields = {way("owner", "auth.User")}});
}

START_TEST(one_app_and_what_it_needs)
{
    const char *const shop[] = {"shop", NULL}, *const nothing[] = {"blog", NULL};
    two_apps();
    Call made = {.apps = shop, .name = "start"};
    call(&made);
    ck_assert_str_eq(shown(made.found), "auth.0001_start\n"
                                        "  Create model User\n"
                                        "shop.0001_start <- auth.0001_start\n"
                                        "  Create model Book\n");
    made = (Call){.apps = nothing};
    call(&made);
    ck_assert_ptr_eq(made.found->app_label, NULL);
    end();
}
END_TEST

START_TEST(apps_that_need_each_other_are_cut)
{
    begin();
    add(to, (Model){.app_label = "crm", .name = "City", .fields = {way("book", "shop.Book")}});
    add(to, (Model){.app_label = "shop", .name = "Book", .fields = {way("city", "crm.City")}});
    ck_assert_str_eq(shown(detected()), "crm.0001_initial\n"
                                        "  Create model City\n"
                                        "crm.0002_initial <- crm.0001_initial <- shop.0001_initial\n"
                                        "  Add field book to city\n"
                                        "shop.0001_initial <- crm.0001_initial\n"
                                        "  Create model Book\n");
    end();
}
END_TEST

/* crm makes City, whose field waits for shop, before Town, for which shop waits. */
START_TEST(who_waits_for_another_app_lets_pass)
{
    begin();
    CvField twins = cv_field_of("twins", &cv_many_to_many_field, NULL);
    twins.to_label = "shop.Place";
    add(to, (Model){.app_label = "crm", .name = "City", .fields = {twins}});
    add(to, (Model){.app_label = "crm", .name = "Area", .fields = {title()}});
    add(to, (Model){.app_label = "crm", .name = "Town", .parent = "crm.Area"});
    add(to, (Model){.app_label = "shop", .name = "Place", .parent = "crm.Town", .proxy = true});
    const CvNewMigration *found = detected();
    size_t count = 0;
    while (found[count].app_label)
        count++;
    ck_assert_msg(count == 3, "%s", shown(found));
    ck_assert_str_eq(cv_operation_describe(cv_arena(), found[1].operations), "Add field twins to city");
    end();
}
END_TEST

static const char *name_of(const char *const *fields, size_t count)
{
    CvOperation operations[4] = {{.kind = NULL}};
    for (size_t i = 0; i < count; i++)
        operations[i] = (CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = fields[i]};
    const CvNewMigration migration = {.app_label = "shop", .operations = operations, .count = count};
    return cv_migration_suggest_name(cv_arena(), &migration, 7);
}

START_TEST(made_up_names)
{
    ck_assert_str_eq(name_of((const char *const[]){"title"}, 1), "0007_remove_book_title");
    /* 52 bytes, and 53 */
    ck_assert_str_eq(name_of((const char *const[]){"aaaaaaaaaaaaaa", "bbbbbbbbbbbbb"}, 2),
                     "0007_remove_book_aaaaaaaaaaaaaa_remove_book_bbbbbbbbbbbbb");
    ck_assert_str_eq(name_of((const char *const[]){"aaaaaaaaaaaaaa", "bbbbbbbbbbbbbb"}, 2),
                     "0007_remove_book_aaaaaaaaaaaaaa_and_more");
    ck_assert_str_eq(name_of((const char *const[]){"a - b"}, 1), "0007_remove_book_a_b");
    const CvOperation sql = {.kind = &cv_op_run_sql, .sql = "SELECT 1"};
    const CvNewMigration raw = {.app_label = "shop", .operations = &sql, .count = 1};
    ck_assert_ptr_nonnull(strstr(cv_migration_suggest_name(cv_arena(), &raw, 12), "0012_auto_20"));
    const CvNewMigration first = {.app_label = "shop", .options = {.initial = true}};
    ck_assert_str_eq(cv_migration_suggest_name(cv_arena(), &first, 1), "0001_initial");
}
END_TEST

/* ---- parents and proxies ---- */

static bool yes(const CvModelState *old, const CvModelState *now)
{
    return old && now;
}

static void family(CvProjectState *state, const char *parent)
{
    const char *label = cv_arena_printf(cv_arena(), "shop.%s", parent);
    add(state, (Model){.app_label = "shop", .name = parent, .fields = {title()}});
    add(state, (Model){.app_label = "shop",
                       .name = "EBook",
                       .parent = label,
                       .fields = {cv_field("format", &cv_char_field, NULL, .max_length = 9)}});
    add(state, (Model){.app_label = "shop", .name = "Staff", .parent = label, .proxy = true});
}

START_TEST(a_parent_gets_another_name)
{
    begin();
    family(from, "Book");
    family(to, "Work");
    questioner.renamed_model = yes;
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n  Rename model Book to Work\n");
    questioner.renamed_model = NULL;
    ck_assert_ptr_nonnull(strstr(refused(), "The parent of shop.EBook was shop.Book and is shop.Work"));
    end();
}
END_TEST

START_TEST(children_and_proxies_go_first)
{
    begin();
    family(from, "Book");
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n"
                                        "  Delete model EBook\n"
                                        "  Delete model Staff\n"
                                        "  Delete model Book\n");
    end();
}
END_TEST

START_TEST(a_proxy_of_another_model_is_another)
{
    begin();
    for (int i = 0; i < 2; i++) {
        CvProjectState *state = i ? to : from;
        add(state, (Model){.app_label = "shop", .name = "Book", .fields = {title()}});
        add(state, (Model){.app_label = "shop", .name = "Disc", .fields = {title()}});
        add(state,
            (Model){.app_label = "shop", .name = "Staff", .parent = i ? "shop.Disc" : "shop.Book", .proxy = true});
    }
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n"
                                        "  Delete model Staff\n"
                                        "  Create proxy model Staff\n");
    end();
}
END_TEST

/* ---- fields that hang on others ---- */

START_TEST(generated_fields_come_behind_what_they_are_made_of)
{
    begin();
    const CvField sum = cv_field("a_sum", &cv_integer_field, NULL, .generated = "F('price') + F('tax')");
    const CvField price = cv_field("price", &cv_integer_field, NULL, .default_integer = 0);
    const CvField tax = cv_field("tax", &cv_integer_field, NULL, .default_integer = 0);
    const CvField other = cv_field("price_tax", &cv_integer_field, NULL, .default_integer = 0);
    add(from, (Model){.app_label = "shop", .name = "Book"});
    add(to, (Model){.app_label = "shop", .name = "Book", .fields = {sum, price, tax, other}});
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n"
                                        "  Add field price to book\n"
                                        "  Add field tax to book\n"
                                        "  Add field price_tax to book\n"
                                        "  Add field a_sum to book\n");
    CvProjectState *back = from;
    from = to;
    to = back;
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n"
                                        "  Remove field a_sum from book\n"
                                        "  Remove field price_tax from book\n"
                                        "  Remove field price from book\n"
                                        "  Remove field tax from book\n");
    end();
}
END_TEST

START_TEST(another_key)
{
    begin();
    const CvField code = cv_field("code", &cv_char_field, NULL, .max_length = 9, .default_text = "");
    add(from, (Model){.app_label = "shop", .name = "Book", .fields = {title()}});
    add(to, (Model){.app_label = "shop", .name = "Book", .own_key = true, .fields = {code, title()}});
    const CvNewMigration *found = detected();
    ck_assert_str_eq(shown(found), "shop.0001_initial\n"
                                   "  Remove field id from book\n"
                                   "  Add field code to book\n");
    ck_assert(found->operations[1].own_key);
    end();
}
END_TEST

START_TEST(a_field_that_is_there_becomes_the_key)
{
    begin();
    const CvField code = cv_field("code", &cv_char_field, NULL, .max_length = 9);
    add(from, (Model){.app_label = "shop", .name = "Book", .fields = {title(), code}});
    add(to, (Model){.app_label = "shop", .name = "Book", .own_key = true, .fields = {code, title()}});
    const CvNewMigration *found = detected();
    ck_assert_uint_eq(found->count, 2);
    ck_assert_ptr_eq(found->operations[1].kind, &cv_op_alter_field);
    ck_assert(found->operations[1].own_key);
    for (size_t i = 0; i < found->count; i++)
        cv_operation_state_forwards(&found->operations[i], "shop", from);
    ck_assert_ptr_eq(detected()->app_label, NULL);
    end();
}
END_TEST

static bool yes_field(const CvModelState *model, const CvField *old, const CvField *now)
{
    return model && old && now;
}

START_TEST(keys_follow_a_field_that_got_another_name)
{
    begin();
    for (int i = 0; i < 2; i++) {
        CvField isbn = cv_field(i ? "number" : "isbn", &cv_char_field, NULL, .max_length = 9, .unique = true);
        CvField book = way("book", "shop.Book");
        book.to_field = isbn.name;
        add(i ? to : from, (Model){.app_label = "shop", .name = "Book", .fields = {isbn}});
        add(i ? to : from, (Model){.app_label = "shop", .name = "Sale", .fields = {book}});
    }
    questioner.renamed_field = yes_field;
    ck_assert_str_eq(shown(detected()), "shop.0001_initial\n  Rename field isbn on book to number\n");
    end();
}
END_TEST

/* ---- fewer operations ---- */

static const char *const no_names[] = {NULL};

static const char *optimized(const CvOperation *operations, size_t count)
{
    CvNewMigration made[2] = {{.app_label = "shop", .name = "x", .options = {.dependencies = no_names}}, {0}};
    made[0].operations = cv_migration_optimize(cv_arena(), "shop", operations, count, &made[0].count);
    ck_assert_ptr_eq(made[0].operations[made[0].count].kind, NULL);
    return shown(made) + strlen("shop.x\n");
}

START_TEST(what_may_be_left_out_is)
{
    const CvField isbn[] = {title(), {0}};
    const CvOperation add_one = {.kind = &cv_op_add_field, .model = "Book", .fields = isbn};
    const CvOperation remove = {.kind = &cv_op_remove_field, .model = "Book", .name = "title"};
    const CvOperation sql = {.kind = &cv_op_run_sql, .sql = "SELECT 1"};
    CvOperation elidable = sql;
    elidable.elidable = true;
    ck_assert_str_eq(optimized((const CvOperation[]){add_one, remove}, 2), "");
    ck_assert_str_eq(optimized((const CvOperation[]){add_one, elidable, remove}, 3), "");
    ck_assert_str_eq(optimized((const CvOperation[]){add_one, sql, remove}, 3), "  Add field title to book\n"
                                                                                "  Raw SQL operation\n"
                                                                                "  Remove field title from book\n");
    ck_assert_str_eq(optimized((const CvOperation[]){elidable}, 1), "  Raw SQL operation\n");
    ck_assert_str_eq(optimized(NULL, 0), "");
}
END_TEST

static const CvField *with_id(CvField more)
{
    CvField *fields = cv_arena_new_array(cv_arena(), CvField, 3);
    fields[0] = cv_field("id", &cv_big_auto_field, NULL, .blank = true);
    fields[1] = more;
    return fields;
}

/* A model that leads to another cannot stand behind what gives that one a name. */
START_TEST(names_that_were_given_up_are_not_kept)
{
    const CvOperation operations[] = {
        {.kind = &cv_op_create_model, .model = "Book", .fields = with_id(way("sequel", "Book"))},
        {.kind = &cv_op_create_model, .model = "Sale", .fields = with_id(way("book", "shop.Book"))},
        {.kind = &cv_op_rename_model, .model = "Book", .to = "Work"}};
    ck_assert_str_eq(optimized(operations, 3), "  Create model Book\n"
                                               "  Create model Sale\n"
                                               "  Rename model Book to Work\n");
    CvField book = way("book", "Book");
    book.to_field = "isbn";
    const CvOperation keyed[] = {{.kind = &cv_op_create_model,
                                  .model = "Book",
                                  .fields = with_id(cv_field("isbn", &cv_char_field, NULL, .max_length = 9))},
                                 {.kind = &cv_op_create_model, .model = "Sale", .fields = with_id(book)},
                                 {.kind = &cv_op_rename_field, .model = "Book", .name = "isbn", .to = "number"}};
    ck_assert_str_eq(optimized((const CvOperation[]){keyed[1], keyed[2]}, 2),
                     "  Create model Sale\n"
                     "  Rename field isbn on book to number\n");
    ck_assert_str_eq(optimized((const CvOperation[]){keyed[0], keyed[1], keyed[2]}, 3),
                     "  Create model Book\n"
                     "  Create model Sale\n"
                     "  Rename field isbn on book to number\n");
    const CvOperation own[] = {operations[0], operations[2]};
    size_t left;
    const CvOperation *made = cv_migration_optimize(cv_arena(), "shop", own, 2, &left);
    ck_assert_uint_eq(left, 1);
    ck_assert_str_eq(made->model, "Work");
    ck_assert_str_eq(made->fields[1].to_label, "shop.Work");
}
END_TEST

/* Squashing years of work ends: pairs that were looked at are not looked at once more after every change. */
START_TEST(thousands_become_few)
{
    enum { MODELS = 100, ROUNDS = 30 };
    CvOperation *operations = cv_new_array(CvOperation, MODELS * ROUNDS);
    size_t count = 0, left;
    for (int round = 0; round < ROUNDS; round++)
        for (int model = 0; model < MODELS; model++) {
            CvField *fields = cv_new_array(CvField, 2);
            fields[0] = cv_field(cv_printf("f%d", round / 2), &cv_char_field, NULL, .max_length = 9 + round);
            CvOperation *operation = &operations[count++];
            operation->model = cv_printf("M%d", model);
            operation->fields = round ? fields : with_id(fields[0]);
            operation->kind = !round ? &cv_op_create_model : round % 2 ? &cv_op_alter_field : &cv_op_add_field;
        }
    const CvOperation *made = cv_migration_optimize(cv_arena(), "shop", operations, count, &left);
    ck_assert_uint_eq(left, MODELS);
    ck_assert_ptr_eq(made[0].kind, &cv_op_create_model);
    ck_assert_str_eq(made[0].fields[ROUNDS / 2].name, "f14");
    ck_assert_int_eq(made[0].fields[ROUNDS / 2].max_length, 9 + ROUNDS - 1);
}
END_TEST

UNIT_TESTS("migrations/autodetector", thousands_become_few, a_new_field_that_rows_cannot_have,
           nobody_is_asked_where_rows_can_have_it, a_field_that_may_not_be_null_any_more, one_app_and_what_it_needs,
           apps_that_need_each_other_are_cut, who_waits_for_another_app_lets_pass, made_up_names,
           a_parent_gets_another_name, children_and_proxies_go_first, a_proxy_of_another_model_is_another,
           generated_fields_come_behind_what_they_are_made_of, another_key, a_field_that_is_there_becomes_the_key,
           keys_follow_a_field_that_got_another_name, names_that_were_given_up_are_not_kept, what_may_be_left_out_is)
