/* Tests what the writer writes: it compiles, and what the compiler made of it is what was written. */
#include "migrations/autodetector.h"
#include "migrations/kinds.h"
#include "round_trip.h"
#include "unit.h"

static void fill_isbn(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
}

/* clang-format off */
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"
#include "round_trip.def.h"
#include "migrations/migrations_end.h"
/* clang-format on */

static const CvOperation *compiled(void)
{
    return shop_migrations.rows + 1;
}

START_TEST(what_was_compiled_is_written_as_before)
{
    const CvNewMigration made = round_trip();
    size_t count = 0;
    while (compiled()[count].kind)
        count++;
    ck_assert_uint_eq(count, made.count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_eq(compiled()[i].kind, made.operations[i].kind);
        ck_assert_str_eq(cv_operation_text(cv_arena(), "shop", &compiled()[i]),
                         cv_operation_text(cv_arena(), "shop", &made.operations[i]));
        ck_assert_str_eq(cv_operation_describe(cv_arena(), &compiled()[i]),
                         cv_operation_describe(cv_arena(), &made.operations[i]));
    }
}
END_TEST

static void same_list(const char *const *a, const char *const *b)
{
    for (; *a && *b; a++, b++)
        ck_assert_str_eq(*a, *b);
    ck_assert_ptr_eq(*a, *b);
}

START_TEST(the_migration_is_the_same)
{
    const CvNewMigration made = round_trip();
    const CvMigrationOptions *options = shop_migrations.rows->migration;
    ck_assert_str_eq(shop_migrations.rows->name, "0002_round_trip");
    same_list(options->dependencies, made.options.dependencies);
    same_list(options->run_before, made.options.run_before);
    same_list(options->replaces, made.options.replaces);
    ck_assert(options->initial && options->not_atomic);
}
END_TEST

/* The state behind the first `count` operations, with what they lead to. */
static CvProjectState *state_of(const CvOperation *operations, size_t count)
{
    CvProjectState *state = cv_state_create();
    const CvField id = cv_field("id", &cv_big_auto_field, NULL, .blank = true);
    cv_state_add_model(
        state,
        &(CvModelState){.app_label = "auth", .name = "User", .fields = &id, .field_count = 1, .plain_key = true});
    for (size_t i = 0; i < count; i++)
        cv_operation_state_forwards(&operations[i], "shop", state);
    return state;
}

/* Every option counts: the autodetector finds no difference, at no point. */
static void compare_states(void *argument)
{
    (void)argument;
    const CvNewMigration made = round_trip();
    for (size_t count = 0; count <= made.count; count++) {
        CvProjectState *one = state_of(made.operations, count), *other = state_of(compiled(), count);
        const CvNewMigration *left = cv_autodetect(cv_arena(), one, other, NULL, NULL, NULL, NULL);
        if (left->app_label)
            cv_raise(CV_ERROR_ASSERTION, "behind operation %zu: %s", count,
                     cv_operation_text(cv_arena(), "shop", left->operations));
        cv_state_destroy(one);
        cv_state_destroy(other);
    }
}

START_TEST(states_behind_both_are_the_same)
{
    CvError *error;
    if (!cv_try(compare_states, NULL, &error))
        ck_abort_msg("%s", error->message);
}
END_TEST

static const CvOperation *find(const CvOperationKind *kind, size_t skip)
{
    const CvOperation *operation = compiled();
    for (;; operation++) {
        ck_assert_ptr_nonnull(operation->kind);
        if (operation->kind == kind && !skip--)
            return operation;
    }
}

START_TEST(members_that_no_state_knows)
{
    const CvOperation *sql = find(&cv_op_run_sql, 0), *reversible = find(&cv_op_run_sql, 1);
    const CvOperation *c = find(&cv_op_run_c, 0), *other = find(&cv_op_run_c, 1);
    ck_assert_str_eq(sql->sql, "UPDATE \"shop_book\"\n   SET title = 'a\\b'\n WHERE id = 1;");
    ck_assert(sql->elidable && !sql->reverse_sql);
    ck_assert_str_eq(reversible->reverse_sql, "");
    ck_assert(c->run == fill_isbn && c->reverse == cv_run_nothing && c->elidable);
    ck_assert(other->run == fill_isbn && !other->reverse && !other->elidable);
    ck_assert(find(&cv_op_add_field, 0)->forget_default);
    ck_assert(!find(&cv_op_add_field, 1)->forget_default);
    ck_assert_ptr_eq(find(&cv_op_alter_model_table, 1)->to, NULL);
    ck_assert_ptr_eq(find(&cv_op_database_operations, 0)->operations->kind, &cv_op_state_operations);
    ck_assert_ptr_eq(find(&cv_op_database_operations, 0)->operations->operations->kind, &cv_op_add_field);
}
END_TEST

/* ---- how it looks ---- */

START_TEST(lines_end_at_the_right_edge)
{
    const CvNewMigration made = round_trip();
    CvSlice rest = cv_slice(cv_migration_text(cv_arena(), &made, cv_now())), line;
    while (cv_slice_split(&rest, '\n', &line))
        if (line.length > 120)
            ck_abort_msg("%.*s", (int)line.length, line.data);
}
END_TEST

START_TEST(a_migration_reads_as_people_write_it)
{
    const CvField isbn[] = {cv_field("isbn", &cv_char_field, NULL, .max_length = 13, .default_text = ""), {0}};
    CvField tag[] = {cv_field("id", &cv_big_auto_field, NULL),
                     cv_field("name", &cv_char_field, NULL, .max_length = 50),
                     cv_field_of("book", &cv_foreign_key_field, NULL),
                     cv_field_of("user", &cv_foreign_key_field, NULL),
                     {0}};
    tag[2].to_label = "shop.Book";
    tag[3].to_label = "auth.User";
    tag[2].on_delete = tag[3].on_delete = CV_CASCADE;
    const CvOperation operations[] = {
        {.kind = &cv_op_create_model,
         .model = "Tag",
         .fields = tag,
         .options = &(const CvModelOptions){.ordering = CV_LIST("name")}},
        {.kind = &cv_op_add_field, .model = "Book", .fields = isbn, .forget_default = true},
        {.kind = &cv_op_rename_field, .model = "Book", .name = "title", .to = "name"}};
    const CvNewMigration migration = {.app_label = "shop",
                                      .name = "0002_tag",
                                      .options = {.dependencies = CV_LIST("shop.0001_initial")},
                                      .operations = operations,
                                      .count = 3};
    const CvDateTime moment =
        cv_datetime_naive((CvDate){.year = 2026, .month = 3, .day = 9}, (CvTime){.hour = 7, .minute = 5, .set = true});
    ck_assert_str_eq(
        cv_migration_text(cv_arena(), &migration, moment),
        "/* Made by Caravan on 2026-03-09 07:05. */\n"
        "MIGRATION(0002_tag, .dependencies = CV_LIST(\"shop.0001_initial\"))\n"
        "\n"
        "CreateModel(Tag, .ordering = CV_LIST(\"name\"))\n"
        "    CharField (name, .max_length = 50)\n"
        "    ForeignKey(book, Book, .on_delete = CV_CASCADE)\n"
        "    ForeignKey(user, auth.User, .on_delete = CV_CASCADE)\n"
        "END\n"
        "\n"
        "AddField        (Book, CharField(isbn, .max_length = 13, .default = \"\"), .forget_default = true)\n"
        "RenameField     (Book, title, name)\n");
}
END_TEST

START_TEST(an_empty_one_says_what_it_may_hold)
{
    CvNewMigration migration = {
        .app_label = "shop", .name = "0002_fill", .options = {.dependencies = CV_LIST("shop.0001_initial")}};
    ck_assert_str_eq(cv_migration_text(cv_arena(), &migration, (CvDateTime){0}),
                     "MIGRATION(0002_fill, .dependencies = CV_LIST(\"shop.0001_initial\"))\n"
                     "\n"
                     "/* RunC(forwards, .reverse = backwards), RunSQL(\"...\", .reverse_sql = \"...\") */\n");
    migration.options.dependencies = CV_LIST("shop.0002_a", "shop.0002_b");
    ck_assert_str_eq(cv_migration_text(cv_arena(), &migration, (CvDateTime){0}),
                     "MIGRATION(0002_fill, .dependencies = CV_LIST(\"shop.0002_a\", \"shop.0002_b\"))\n");
}
END_TEST

/* "0001_initial" and another name in `replaces`: the head of the migration. */
static const char *head_of_replacing(const char *other)
{
    const char *const replaces[] = {"shop.0001_initial", other, "shop.0003_x", NULL};
    const CvNewMigration migration = {
        .app_label = "shop", .name = "0001_s", .options = {.replaces = replaces, .initial = true}};
    const char *text = cv_migration_text(cv_arena(), &migration, (CvDateTime){0});
    return cv_slice_string(cv_arena(), cv_slice_of(text, strcspn(text, ")")));
}

/* A line has 116 characters and a comma; what closes the list comes on top. */
START_TEST(long_lists_go_over_several_lines)
{
    static const char xs[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    for (size_t length = 30; length < sizeof xs; length++) {
        const char *text = head_of_replacing(cv_printf("shop.0002_%.*s", (int)length, xs));
        size_t widest = 0, lines = 0;
        for (const char *line = text; line; lines++) {
            size_t width = strcspn(line, "\n");
            widest = width > widest ? width : widest;
            line = line[width] ? line + width + 1 : NULL;
        }
        ck_assert_uint_le(widest, 117);
        ck_assert_uint_eq(lines, length <= 38 ? 2 : length <= 59 ? 3 : 4);
    }
    ck_assert_str_eq(head_of_replacing(cv_printf("shop.0002_%.*s", 70, xs)),
                     cv_printf("MIGRATION(0001_s, .initial = true,\n"
                               "          .replaces = CV_LIST(\"shop.0001_initial\",\n"
                               "                              \"shop.0002_%.*s\",\n"
                               "                              \"shop.0003_x\"",
                               70, xs));
}
END_TEST

/* ---- migrations.c ---- */

static const char *with(const char *text, const char *app, const char *name)
{
    return cv_migrations_list_with(cv_arena(), text, app, name);
}

START_TEST(a_list_gets_one_more)
{
    const char *one = with(NULL, "shop", "0001_initial"), *two = with(one, "shop", "0002_tag");
    ck_assert_ptr_nonnull(strstr(one, "#define CV_MIGRATIONS shop\n"
                                      "#include \"caravan/migrations_begin.h\"\n\n"
                                      "#include \"migrations/0001_initial.def.h\"\n\n"
                                      "#include \"caravan/migrations_end.h\"\n"));
    ck_assert_ptr_nonnull(strstr(two, "#include \"migrations/0001_initial.def.h\"\n"
                                      "#include \"migrations/0002_tag.def.h\"\n\n"
                                      "#include \"caravan/migrations_end.h\"\n"));
    ck_assert_str_eq(with(two, "shop", "0002_tag"), two);
    ck_assert_ptr_eq(with(two, "sho", "0003_x"), NULL);
    ck_assert_ptr_eq(with(two, "shop_old", "0003_x"), NULL);
    ck_assert_ptr_eq(with("#define CV_MIGRATIONS shop\nint x;", "shop", "0003_x"), NULL);
    ck_assert_ptr_eq(with("", "shop", "0003_x"), NULL);
}
END_TEST

START_TEST(a_list_keeps_its_ways)
{
    const char *own = "#  define   CV_MIGRATIONS  shop /* ours */\n"
                      "# include <caravan/migrations_begin.h>\n"
                      "#include \"../history/0001_initial.def.h\"\n"
                      "  #include \"caravan/migrations_end.h\"";
    ck_assert_str_eq(with(own, "shop", "0002_tag"), "#  define   CV_MIGRATIONS  shop /* ours */\n"
                                                    "# include <caravan/migrations_begin.h>\n"
                                                    "#include \"../history/0001_initial.def.h\"\n"
                                                    "#include \"../history/0002_tag.def.h\"\n"
                                                    "  #include \"caravan/migrations_end.h\"");
}
END_TEST

UNIT_TESTS("migrations/writer", what_was_compiled_is_written_as_before, the_migration_is_the_same,
           states_behind_both_are_the_same, members_that_no_state_knows, lines_end_at_the_right_edge,
           a_migration_reads_as_people_write_it, an_empty_one_says_what_it_may_hold, long_lists_go_over_several_lines,
           a_list_gets_one_more, a_list_keeps_its_ways)
