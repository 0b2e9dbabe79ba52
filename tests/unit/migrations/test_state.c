/* Tests migrations/state.h: what operations make of a state, what clones share, models rendered of states. */
#include "migrations/migrations.h"
#include "unit.h"

static void no_step(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
}

#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "state.def.h"

#include "migrations/migrations_end.h"

static CvProjectState *state;

static void run(const CvOperation *operations, const char *app_label)
{
    for (; operations->kind; operations++)
        cv_operation_state_forwards(operations, app_label, state);
}

static void run_one(CvOperation operation)
{
    cv_operation_state_forwards(&operation, "shop", state);
}

static void begin(void)
{
    cv_models_reset();
    state = cv_state_create();
    run(shop_migrations.rows, "shop");
}

static const CvModelState *model_of(const char *name)
{
    const CvModelState *model = cv_state_model(state, "shop", name);
    ck_assert_ptr_nonnull(model);
    return model;
}

static const CvField *field_of(const char *model, const char *name)
{
    return cv_model_state_field(model_of(model), name);
}

static const char *names(void)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (const CvModelState *model = NULL; (model = cv_state_next(state, model));) {
        cv_buffer_printf(&out, "%s(", model->name);
        for (size_t i = 0; i < model->field_count; i++)
            cv_buffer_printf(&out, "%s%s", i ? " " : "", model->fields[i].name);
        cv_buffer_append_string(&out, ")");
    }
    return cv_buffer_string(&out);
}

/* ---- one form ---- */

static void made(void *argument)
{
    (void)argument;
    begin();
    ck_assert_str_eq(names(), "Author(id name friends)Customer(code first last)"
                              "Book(id author buyer made stars status)EBook(format)Cheap()");
    const CvModelState *author = model_of("AUTHOR"), *customer = model_of("customer");
    ck_assert(author->plain_key && !customer->plain_key && !model_of("EBook")->plain_key);
    ck_assert_str_eq(author->constraints[0].name, "name_idx");
    ck_assert_int_eq(author->constraints[1].kind, 0);
    ck_assert_ptr_null(author->options->constraints);
    ck_assert_ptr_null(customer->options->unique_together);
    ck_assert_str_eq(customer->together[0].fields[0], "first");
    ck_assert_str_eq(customer->together[1].fields[0], "last");
    ck_assert_int_eq(customer->together[2].kind, 0);
    ck_assert_int_eq(customer->constraints[0].kind, 0);
    ck_assert_str_eq(model_of("EBook")->parent, "shop.Book");
    ck_assert(model_of("Cheap")->proxy);
}

static void settled(void *argument)
{
    (void)argument;
    begin();
    const CvField *key = field_of("Book", "author"), *buyer = field_of("Book", "buyer");
    ck_assert_str_eq(key->to_label, "shop.Author");
    ck_assert_int_eq(key->db_index, -1);
    ck_assert_int_eq(key->db_constraint, -1);
    ck_assert_int_eq(field_of("Author", "friends")->symmetrical, -1);
    ck_assert_str_eq(buyer->to_label, "shop.Customer");
    ck_assert(buyer->null && !buyer->nullable_word);
    const CvField *stars = field_of("Book", "stars"), *date = field_of("Book", "made");
    ck_assert(stars->null && stars->nullable_word);
    ck_assert_int_eq(stars->default_integer, 3);
    ck_assert_int_eq(stars->min_value, CV_NO_NUMBER);
    ck_assert(date->blank && !date->editable);
    const CvChoices *choices = field_of("Book", "status")->choices;
    ck_assert_uint_eq(choices->count, 2);
    ck_assert_str_eq(choices->items[1].group, "g");
}

/* ---- changes ---- */

static void renamed_model(void *argument)
{
    (void)argument;
    begin();
    CvProjectState *before = cv_state_clone(state);
    run_one((CvOperation){.kind = &cv_op_rename_model, .model = "Author", .to = "Writer"});
    run_one((CvOperation){.kind = &cv_op_rename_model, .model = "ebook", .to = "Ebook"});
    ck_assert_str_eq(field_of("Book", "author")->to_label, "shop.Writer");
    ck_assert_str_eq(field_of("Writer", "friends")->to_label, "shop.Writer");
    ck_assert_str_eq(model_of("Cheap")->parent, "shop.Ebook");
    ck_assert_ptr_null(cv_state_model(state, "shop", "Author"));
    ck_assert_str_eq(model_of("EBOOK")->name, "Ebook");
    /* what a clone has stays as it was */
    ck_assert_str_eq(cv_model_state_field(cv_state_model(before, "shop", "Book"), "author")->to_label, "shop.Author");
    ck_assert_ptr_nonnull(cv_state_model(before, "shop", "Author"));
    cv_state_destroy(state);
    ck_assert_str_eq(cv_state_model(before, "shop", "Author")->options->verbose_name, "writer");
    cv_state_destroy(before);
}

static void renamed_field(void *argument)
{
    (void)argument;
    begin();
    run_one((CvOperation){.kind = &cv_op_rename_field, .model = "Author", .name = "name", .to = "called"});
    ck_assert_str_eq(model_of("Author")->constraints[0].fields[0], "-called");
    ck_assert_str_eq(model_of("Author")->fields[2].name, "called");
    run_one((CvOperation){.kind = &cv_op_rename_field, .model = "Customer", .name = "first", .to = "given"});
    ck_assert_str_eq(model_of("Customer")->together[0].fields[0], "given");
    ck_assert_str_eq(model_of("Customer")->together[1].fields[1], "given");
    run_one((CvOperation){.kind = &cv_op_rename_field, .model = "Customer", .name = "code", .to = "number"});
    ck_assert_str_eq(model_of("Customer")->fields[0].name, "number");
    ck_assert_str_eq(field_of("Book", "buyer")->to_field, "number");
    run_one((CvOperation){.kind = &cv_op_alter_order_with_respect_to, .model = "Book", .to = "author"});
    run_one((CvOperation){.kind = &cv_op_rename_field, .model = "Book", .name = "author", .to = "writer"});
    ck_assert_str_eq(model_of("Book")->options->order_with_respect_to, "writer");
    run_one((CvOperation){.kind = &cv_op_alter_order_with_respect_to, .model = "Book", .to = ""});
    ck_assert_ptr_null(model_of("Book")->options->order_with_respect_to);
}

static CvField text(const char *name, const char *value)
{
    return cv_field(name, &cv_char_field, NULL, .max_length = 5, .default_text = value);
}

static void fields_changed(void *argument)
{
    (void)argument;
    begin();
    const CvField added[] = {text("isbn", "-"), {0}}, altered[] = {text("isbn", "+"), {0}};
    run_one((CvOperation){.kind = &cv_op_add_field, .model = "Book", .fields = added, .forget_default = true});
    ck_assert_ptr_null(field_of("Book", "isbn")->default_text);
    run_one((CvOperation){.kind = &cv_op_alter_field, .model = "Book", .fields = altered});
    ck_assert_str_eq(field_of("Book", "isbn")->default_text, "+");
    ck_assert_uint_eq(model_of("Book")->field_count, 7);
    run_one((CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = "isbn"});
    ck_assert_ptr_null(field_of("Book", "isbn"));
    ck_assert_uint_eq(model_of("Book")->field_count, 6);
    /* another key */
    const CvField key[] = {cv_field("code", &cv_uuid_field, NULL), {0}};
    run_one((CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = "id"});
    ck_assert(model_of("Book")->keyless && !model_of("Book")->plain_key);
    run_one((CvOperation){.kind = &cv_op_add_field, .model = "Book", .fields = key, .own_key = true});
    ck_assert(!model_of("Book")->keyless);
    ck_assert_str_eq(model_of("Book")->fields[0].name, "code");
    run_one((CvOperation){.kind = &cv_op_delete_model, .model = "cheap"});
    ck_assert_ptr_null(cv_state_model(state, "shop", "Cheap"));
}

static void constraints_changed(void *argument)
{
    (void)argument;
    begin();
    const CvConstraint check[] = {{.kind = CV_CHECK, .name = "c", .condition = "Q(stars__gte=1)"}, {0}};
    const CvConstraint other[] = {{.kind = CV_CHECK, .name = "c", .condition = "Q(stars__gte=2)"}, {0}};
    const CvConstraint set[] = {{.kind = CV_UNIQUE, .fields = CV_LIST("author", "made")}, {0}};
    run_one((CvOperation){.kind = &cv_op_add_constraint, .model = "Book", .constraints = check});
    run_one((CvOperation){.kind = &cv_op_alter_constraint, .model = "Book", .constraints = other});
    ck_assert_str_eq(model_of("Book")->constraints[0].condition, "Q(stars__gte=2)");
    run_one((CvOperation){.kind = &cv_op_remove_constraint, .model = "Book", .name = "c"});
    ck_assert_int_eq(model_of("Book")->constraints[0].kind, 0);
    run_one((CvOperation){.kind = &cv_op_rename_index, .model = "Author", .name = "name_idx", .to = "n"});
    ck_assert_str_eq(model_of("Author")->constraints[0].name, "n");
    run_one((CvOperation){.kind = &cv_op_alter_unique_together, .model = "Book", .constraints = set});
    ck_assert_str_eq(model_of("Book")->together[0].fields[1], "made");
    run_one(
        (CvOperation){.kind = &cv_op_rename_index, .model = "Book", .names = CV_LIST("author", "made"), .to = "am"});
    ck_assert_int_eq(model_of("Book")->together[0].kind, 0);
    ck_assert_str_eq(model_of("Book")->constraints[0].name, "am");
    ck_assert_int_eq(model_of("Book")->constraints[0].kind, CV_INDEX);
    run_one((CvOperation){.kind = &cv_op_remove_index, .model = "Book", .name = "am"});
    ck_assert_int_eq(model_of("Book")->constraints[0].kind, 0);
}

static void options_changed(void *argument)
{
    (void)argument;
    begin();
    run_one((CvOperation){.kind = &cv_op_alter_model_table, .model = "Author", .to = "people"});
    run_one((CvOperation){.kind = &cv_op_alter_model_table_comment, .model = "Author", .to = "who wrote"});
    run_one((CvOperation){
        .kind = &cv_op_alter_model_options, .model = "Author", .options = &(CvModelOptions){.unmanaged = true}});
    const CvModelOptions *options = model_of("Author")->options;
    ck_assert_str_eq(options->db_table, "people");
    ck_assert_str_eq(options->db_table_comment, "who wrote");
    ck_assert(options->unmanaged);
    ck_assert_ptr_null(options->ordering);
    ck_assert_ptr_null(options->verbose_name);
    run_one((CvOperation){.kind = &cv_op_alter_model_table, .model = "Author"});
    ck_assert_ptr_null(model_of("Author")->options->db_table);
}

/* ---- mistakes ---- */

static void run_it(void *operation)
{
    run_one(*(CvOperation *)operation);
}

static void must_say(CvOperation operation, const char *expected)
{
    CvError *error;
    ck_assert(!cv_try(run_it, &operation, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, expected);
}

static void mistakes(void *argument)
{
    (void)argument;
    begin();
    const CvField name[] = {text("Name", "-"), {0}}, none[] = {text("nome", "-"), {0}};
    const CvField twice[] = {text("a", ""), text("A", ""), {0}};
    must_say((CvOperation){.kind = &cv_op_delete_model, .model = "Bok"},
             "App 'shop' has no model 'Bok' at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_create_model, .model = "book", .own_key = true},
             "App 'shop' has a model 'book' already at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_create_model, .model = "New", .own_key = true, .fields = twice},
             "Found duplicate value A in CreateModel fields argument.");
    must_say((CvOperation){.kind = &cv_op_rename_model, .model = "Book", .to = "Author"},
             "App 'shop' has a model 'Author' already at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_add_field, .model = "Author", .fields = name},
             "shop.Author has a field 'Name' already at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_alter_field, .model = "Author", .fields = none},
             "shop.Author has no field named 'nome' at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_remove_field, .model = "Author", .name = "nome"},
             "shop.Author has no field named 'nome' at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_rename_field, .model = "Author", .name = "id", .to = "name"},
             "shop.Author has a field 'name' already at this point of its migrations.");
    must_say((CvOperation){.kind = &cv_op_remove_index, .model = "Author", .name = "nome"},
             "No index or constraint named nome on model Author at this point of its migrations.");
    ck_assert_str_eq(names(), "Author(id name friends)Customer(code first last)"
                              "Book(id author buyer made stars status)EBook(format)Cheap()");
}

/* ---- rendering ---- */

static const char *label_of(const CvModel *model)
{
    return model ? cv_model_label(model) : "none";
}

static void rendered(void *argument)
{
    (void)argument;
    begin();
    CvModels *models = cv_state_render(state);
    const CvModel *book = cv_state_render_model(state, "shop", "BOOK"), *cheap = cv_models_model(models, "shop.Cheap");
    ck_assert_str_eq(label_of(cv_model_column(book, CV_SLICE("author"))->to), "shop.Author");
    ck_assert_int_eq(cv_model_column(book, CV_SLICE("buyer"))->key_storage, CV_STORE_UUID);
    ck_assert_str_eq(cv_model_column(book, CV_SLICE("buyer"))->to_column->name, "code");
    ck_assert_str_eq(cv_model_table(cheap), "shop_ebook");
    ck_assert_str_eq(cv_model_key(cv_models_model(models, "shop.Customer"))->name, "code");
    ck_assert_ptr_null(cv_model_find(CV_SLICE("shop.Book")));
    ck_assert_ptr_eq(cv_state_render(state), models);
    /* a clone has the same models until one of the two changes */
    CvProjectState *clone = cv_state_clone(state);
    ck_assert_ptr_eq(cv_state_render(clone), models);
    run_one((CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = "stars"});
    ck_assert_ptr_ne(cv_state_render(state), models);
    ck_assert_ptr_null(cv_model_column(cv_state_render_model(state, "shop", "Book"), CV_SLICE("stars")));
    ck_assert_ptr_nonnull(cv_model_column(cv_state_render_model(clone, "shop", "Book"), CV_SLICE("stars")));
    cv_state_destroy(clone);
    ck_assert_uint_eq(cv_state_render_model(state, "shop", "Customer")->options->constraints[0].together, true);
    cv_state_destroy(state);
}

static void render_all(void *given)
{
    (void)given;
    cv_state_render(state);
}

static void unknown_targets(void *argument)
{
    CvError *error;
    (void)argument;
    begin();
    run_one((CvOperation){.kind = &cv_op_delete_model, .model = "Author"});
    run_one((CvOperation){.kind = &cv_op_delete_model, .model = "EBook"});
    ck_assert(!cv_try(render_all, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_CONFIGURATION);
    ck_assert_str_eq(error->message,
                     "shop.Cheap: its parent 'shop.EBook' is no model of the state.\n"
                     "shop.Book.author: Field defines a relation with model 'shop.Author', which is either not "
                     "installed, or is abstract.");
    /* options that name what is gone do no harm */
    run_one((CvOperation){.kind = &cv_op_delete_model, .model = "Cheap"});
    run_one((CvOperation){.kind = &cv_op_remove_field, .model = "Book", .name = "author"});
    run_one((CvOperation){.kind = &cv_op_remove_field, .model = "Customer", .name = "last"});
    run_one((CvOperation){
        .kind = &cv_op_alter_model_options, .model = "Book", .options = &(CvModelOptions){.ordering = CV_LIST("no")}});
    cv_state_render(state);
    cv_state_destroy(state);
}

/* A many-to-many field may stand before the keys of its table between do, as in Django. */
static void unfinished(void *argument)
{
    (void)argument;
    begin();
    const CvField many[] = {
        cv_field("books", &cv_many_to_many_field, NULL, .to_label = "Book", .through_label = "Sale"), {0}};
    const CvField key[] = {
        cv_field("customer", &cv_foreign_key_field, NULL, .to_label = "Customer", .on_delete = CV_CASCADE), {0}};
    const CvField other[] = {cv_field("book", &cv_foreign_key_field, NULL, .to_label = "Book", .on_delete = CV_CASCADE),
                             {0}};
    run_one((CvOperation){.kind = &cv_op_create_model, .model = "Sale", .own_key = true, .fields = key});
    run_one((CvOperation){.kind = &cv_op_add_field, .model = "Customer", .fields = many});
    const CvModel *sale = cv_state_render_model(state, "shop", "Sale");
    ck_assert_ptr_eq(
        cv_model_column(cv_state_render_model(state, "shop", "Customer"), CV_SLICE("books"))->field->through, sale);
    run_one((CvOperation){.kind = &cv_op_add_field, .model = "Sale", .fields = other});
    cv_state_render(state);
    cv_state_destroy(state);
}

/* A model and so many proxies of each other, the last of them first or last. */
static void add_chain(int length, bool upwards)
{
    begin();
    for (int i = 0; i <= length; i++) {
        int at = upwards ? length - i : i;
        CvModelState model = {.app_label = "shop", .name = cv_printf("M%d", at), .plain_key = at == 0, .proxy = at > 0};
        CvField key[] = {cv_field("id", &cv_big_auto_field, NULL)};
        model.parent = at ? cv_printf("shop.M%d", at - 1) : NULL;
        model.fields = key;
        model.field_count = at == 0;
        cv_state_add_model(state, &model);
    }
}

static void parents_bounded(void *argument)
{
    (void)argument;
    for (int upwards = 0; upwards < 2; upwards++) {
        CvError *error;
        for (int length = 63; length <= 64; length++) {
            add_chain(length, upwards);
            cv_state_render(state);
            cv_state_destroy(state);
        }
        add_chain(65, upwards);
        ck_assert(!cv_try(render_all, NULL, &error));
        ck_assert_str_eq(error->message, "shop.M65: it has more than 64 parents above it, or is its own.");
        cv_state_destroy(state);
    }
}

/* ---- the program's models ---- */

static CvValue six(CvArena *arena)
{
    (void)arena;
    return cv_value_int(6);
}

static CvValue twice_stored(const CvField *field, CvArena *arena, CvValue value)
{
    (void)field, (void)arena;
    return value;
}

static const CvOwnField isbn_kind = {
    .name = "IsbnField", .column_type = "char(13)", .store = twice_stored, .load = twice_stored};

static void of_program(void *argument)
{
    (void)argument;
    cv_models_reset();
    CvArena *arena = cv_arena();
    CvField fields[] = {cv_field("tags", &cv_many_to_many_field, NULL, .to_label = "Tag"),
                        cv_field("stars", &cv_integer_field, NULL, .default_call = six),
                        cv_field("isbn", &cv_char_field, NULL, .max_length = 13, .own = &isbn_kind)};
    const CvConstraint constraints[] = {{.kind = CV_INDEX, .fields = CV_LIST("stars", "-isbn")},
                                        {.kind = CV_UNIQUE, .together = true, .fields = CV_LIST("stars", "isbn")},
                                        {0}};
    const CvModel *book = cv_model_build(arena, "Book", fields, 3,
                                         &(CvModelOptions){.constraints = constraints, .ordering = CV_LIST("stars")});
    const CvModel *tag = cv_model_build(arena, "Tag", NULL, 0, NULL);
    cv_models_add("shop", (const CvModel *const[]){book, tag, NULL});
    (void)cv_models_ready(NULL);
    state = cv_state_of_program();
    ck_assert_str_eq(names(), "Book(id stars isbn tags)Tag(id)");
    ck_assert_str_eq(field_of("Book", "tags")->to_label, "shop.Tag");
    ck_assert(field_of("Book", "stars")->default_call == CV_OF_PROGRAM);
    ck_assert_str_eq(field_of("Book", "isbn")->own->column_type, "char(13)");
    ck_assert_ptr_ne(field_of("Book", "isbn")->own, &isbn_kind);
    ck_assert(field_of("Book", "isbn")->own->load == NULL);
    ck_assert_str_eq(model_of("Book")->constraints[0].name, "shop_book_stars_6d2828_idx");
    ck_assert_int_eq(model_of("Book")->constraints[1].kind, 0);
    ck_assert_str_eq(model_of("Book")->together[0].fields[1], "isbn");
    ck_assert(model_of("Book")->plain_key);
    /* rendering takes from the program what only it has */
    const CvModel *then = cv_state_render_model(state, "shop", "Book");
    ck_assert_ptr_ne(then, book);
    ck_assert(cv_model_column(then, CV_SLICE("stars"))->field->default_call == six);
    ck_assert(cv_model_column(then, CV_SLICE("isbn"))->field->own->load == twice_stored);
    run_one((CvOperation){.kind = &cv_op_rename_field, .model = "Book", .name = "stars", .to = "points"});
    then = cv_state_render_model(state, "shop", "Book");
    ck_assert(cv_model_column(then, CV_SLICE("points"))->field->default_call == NULL);
    cv_state_destroy(state);
}

static void others(void *argument)
{
    (void)argument;
    cv_models_reset();
    CvField fields[] = {cv_field("tag", &cv_foreign_key_field, NULL, .to_label = "Tag", .on_delete = CV_CASCADE),
                        cv_field("name", &cv_char_field, NULL, .max_length = 13)};
    const CvModel *user = cv_model_build(cv_arena(), "User", fields, 2, NULL);
    const CvModel *tag = cv_model_build(cv_arena(), "Tag", NULL, 0, NULL);
    cv_models_add("auth", (const CvModel *const[]){user, tag, NULL});
    (void)cv_models_ready(NULL);
    state = cv_state_create();
    const CvField key[] = {
        cv_field("user", &cv_foreign_key_field, NULL, .to_label = "auth.User", .on_delete = CV_CASCADE), {0}};
    run_one((CvOperation){.kind = &cv_op_create_model, .model = "Note", .own_key = true, .fields = key});
    const CvModel *note = cv_state_render_model(state, "shop", "Note");
    const CvModel *then = cv_models_model(cv_state_render(state), "auth.User");
    ck_assert_ptr_eq(cv_model_column(note, CV_SLICE("user"))->to, then);
    ck_assert_ptr_nonnull(cv_model_column(then, CV_SLICE("name")));
    ck_assert_ptr_null(cv_model_column(then, CV_SLICE("tag"))); /* their relations are not there, as in Django */
    ck_assert_ptr_null(cv_state_model(state, "auth", "User"));
    cv_state_destroy(state);
}

#define TEST(name)                              \
    START_TEST(test_##name)                     \
    {                                           \
        CvError *error;                         \
        if (!cv_try(name, NULL, &error))        \
            ck_abort_msg("%s", error->message); \
    }                                           \
    END_TEST
TEST(made)
TEST(settled)
TEST(renamed_model)
TEST(renamed_field)
TEST(fields_changed)
TEST(constraints_changed)
TEST(options_changed)
TEST(mistakes)
TEST(rendered)
TEST(unknown_targets)
TEST(parents_bounded)
TEST(unfinished)
TEST(of_program)
TEST(others)

UNIT_TESTS("migrations/state", test_made, test_settled, test_renamed_model, test_renamed_field, test_fields_changed,
           test_constraints_changed, test_options_changed, test_mistakes, test_rendered, test_unknown_targets,
           test_of_program, test_others, test_parents_bounded, test_unfinished)
