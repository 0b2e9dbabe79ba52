/* Tests migrations/executor.h: what is applied, undone, faked and recorded, and that what fails leaves nothing behind.
 */
#include "db/db.h"
#include "migrations/migrations.h"
#include "orm/schema.h"
#include "unit.h"

static int steps_run;

static void add_author(CvModels *models, CvSchemaEditor *editor)
{
    (void)editor;
    const CvModel *author = cv_models_model(models, "shop.Author");
    void *row = cv_row_new(author);
    cv_row_set(row, cv_model_column(author, CV_SLICE("name")), CV_VALUE("Ada"));
    cv_save(row);
    steps_run++;
}

static void remove_authors(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
    cv_execute("DELETE FROM shop_author");
    steps_run--;
}

static void refuse(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
    cv_raise(CV_ERROR_VALUE, "The step does not want to.");
}

/* clang-format off */
#define FIRST(...)                                                        \
    MIGRATION(0001_initial, .initial = true)                              \
    CreateModel(Author)                                                   \
        CharField(name, .max_length = 50)                                 \
    END                                                                   \
    CreateModel(Book)                                                     \
        CharField(title, .max_length = 50)                                \
        ForeignKey(author, Author, .on_delete = CV_CASCADE)               \
        ManyToManyField(readers, Author, .related_name = "read")          \
    END

#define CV_MIGRATIONS good
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0003_more, .dependencies = CV_LIST("shop.0002_stock"))
    AddField(Book, IntegerField(pages, .default = 7), .forget_default = true)
MIGRATION(0002_stock, .dependencies = CV_LIST("shop.0001_initial"))
    AddField(Book, IntegerField(stock, .default = 3))
    RunC(add_author, .reverse = remove_authors)
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS failing
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_bad, .dependencies = CV_LIST("shop.0001_initial"))
    AddField(Book, IntegerField(stock, .default = 3))
    RunSQL("INSERT INTO shop_author (name) VALUES ('Bob')")
    RunC(refuse)
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS ended
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_bad, .dependencies = CV_LIST("shop.0001_initial"))
    RunSQL("INSERT INTO shop_author (id, name) VALUES (1, 'Bob'); INSERT OR ROLLBACK INTO shop_author (id, name) VALUES (1, 'Eve')")
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS inner
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_bad, .dependencies = CV_LIST("shop.0001_initial"))
    DatabaseOperations
        AddField(Book, IntegerField(stock, .default = 3))
        RunC(refuse)
    END
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS loose
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_bad, .dependencies = CV_LIST("shop.0001_initial"), .not_atomic = true)
    RunSQL("INSERT INTO shop_author (name) VALUES ('Bob')", .reverse_sql = "")
    RunC(refuse)
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS one_way
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_one_way, .dependencies = CV_LIST("shop.0001_initial"))
    RunSQL("INSERT INTO shop_author (name) VALUES ('Bob')")
    AddField(Book, IntegerField(stock, .default = 3))
#include "migrations/migrations_end.h"

#define CV_MIGRATIONS squashed
#include "migrations/migrations_begin.h"
FIRST()
MIGRATION(0002_stock, .dependencies = CV_LIST("shop.0001_initial"))
    AddField(Book, IntegerField(stock, .default = 3))
MIGRATION(0001_squashed_0002_stock, .replaces = CV_LIST("shop.0001_initial", "shop.0002_stock"))
    CreateModel(Author)
        CharField(name, .max_length = 50)
    END
    CreateModel(Book)
        CharField(title, .max_length = 50)
        ForeignKey(author, Author, .on_delete = CV_CASCADE)
        ManyToManyField(readers, Author, .related_name = "read")
        IntegerField(stock, .default = 3)
    END
MIGRATION(0003_pages, .dependencies = CV_LIST("shop.0001_squashed_0002_stock"))
    AddField(Book, IntegerField(pages, .default = 7))
#include "migrations/migrations_end.h"
    /* clang-format on */

    /* ---- what tests ask ---- */

    static char said[4096];

static void listen(const CvMigrationStepPlan *step, CvMigrationProgress what)
{
    static const char *const words[] = {"states ", "", "", "ok ", "faked "};
    size_t length = strlen(said);
    if (what == CV_MIGRATION_BEGINS)
        snprintf(said + length, sizeof said - length, "%s%s ", step->backwards ? "-" : "+",
                 step->node->migration->name);
    else
        snprintf(said + length, sizeof said - length, "%s", words[what]);
}

static const CvMigrationNode *const *at(CvMigrationLoader *loader, const char *name)
{
    const CvMigrationNode **nodes = cv_new_array(const CvMigrationNode *, 2);
    nodes[0] = cv_migration_find(loader, "shop", name);
    return nodes;
}

/* `to` NULL: all; "zero"; else a name. */
static void go(const char *to, CvMigrateOptions options)
{
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    bool zero = to && strcmp(to, "zero") == 0;
    const CvMigrationNode *const *nodes = zero ? NULL : to ? at(loader, to) : cv_migration_leaves(loader, NULL);
    options.progress = listen;
    said[0] = '\0';
    cv_migrate(loader, cv_migration_plan(loader, nodes, zero ? "shop" : NULL), &options);
}

static void go_all(void *unused)
{
    (void)unused;
    go(NULL, (CvMigrateOptions){0});
}

static void go_back(void *unused)
{
    (void)unused;
    go("0001_initial", (CvMigrateOptions){0});
}

static const char *recorded(void)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (const CvMigrationRecord *record = cv_recorder_read(cv_arena(), NULL); record->name; record++)
        cv_buffer_printf(&out, "%s%s", out.length ? " " : "", record->name);
    return cv_buffer_string(&out);
}

static int64_t authors(void)
{
    return cv_query("SELECT count(*) FROM shop_author")->items[0].list->items[0].integer;
}

static void begin(const CvMigrations *migrations)
{
    CvError error;
    cv_migrations_reset();
    cv_migrations_add("shop", migrations);
    if (!cv_database(NULL))
        ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
}

typedef struct Inside {
    const CvMigrations *migrations;
    void (*test)(void);
} Inside;

static void run_inside(void *argument)
{
    const Inside *inside = argument;
    begin(inside->migrations);
    inside->test();
}

static void inside(const CvMigrations *migrations, void (*test)(void))
{
    CvError *error;
    if (!cv_try(run_inside, &(Inside){migrations, test}, &error))
        ck_abort_msg("%s", error->message);
}

#define TEST(name, migrations)              \
    static void name##_inside(void);        \
    START_TEST(name)                        \
    {                                       \
        inside(&migrations, name##_inside); \
    }                                       \
    END_TEST                                \
    static void name##_inside(void)

/* ---- the tests ---- */

TEST(there_and_back, good_migrations)
{
    go(NULL, (CvMigrateOptions){0});
    ck_assert_str_eq(said, "+0001_initial ok +0002_stock ok +0003_more ok ");
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock 0003_more");
    ck_assert_int_eq(steps_run, 1);
    ck_assert_int_eq((int)authors(), 1);
    ck_assert(cv_schema_has_column(NULL, "shop_book", "pages") && cv_schema_has_table(NULL, "shop_book_readers"));
    cv_execute("INSERT INTO shop_book (title, author_id, stock, pages) VALUES ('Notes', 1, 5, 9)");
    go(NULL, (CvMigrateOptions){0});
    ck_assert_str_eq(said, "");
    go("0002", (CvMigrateOptions){0});
    ck_assert_str_eq(said, "states -0003_more ok ");
    ck_assert(!cv_schema_has_column(NULL, "shop_book", "pages") && cv_schema_has_column(NULL, "shop_book", "stock"));
    ck_assert_int_eq((int)cv_query("SELECT stock FROM shop_book")->items[0].list->items[0].integer, 5);
    cv_execute("DELETE FROM shop_book");
    go("zero", (CvMigrateOptions){0});
    ck_assert_str_eq(said, "states -0002_stock ok -0001_initial ok ");
    ck_assert_str_eq(recorded(), "");
    ck_assert_int_eq(steps_run, 0);
    ck_assert(!cv_schema_has_table(NULL, "shop_book") && !cv_schema_has_table(NULL, "shop_book_readers"));
}

TEST(what_fails_leaves_nothing, failing_migrations)
{
    CvError *error;
    ck_assert(!cv_try(go_all, NULL, &error));
    ck_assert_str_eq(error->message, "shop.0002_bad: Raw C operation: The step does not want to.");
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_ptr_nonnull(strstr(error->file, "test_executor.c"));
    ck_assert_str_eq(said, "+0001_initial ok +0002_bad ");
    ck_assert_str_eq(recorded(), "0001_initial");
    ck_assert_int_eq((int)authors(), 0);
    ck_assert(!cv_schema_has_column(NULL, "shop_book", "stock"));
    ck_assert(!cv_in_atomic());
    cv_execute("INSERT INTO shop_author (name) VALUES ('Cleo')"); /* the writer is free */
}

/* The message is that of what went wrong first, not of the rolling back. */
TEST(the_database_may_end_the_transaction_itself, ended_migrations)
{
    CvError *error;
    ck_assert(!cv_try(go_all, NULL, &error));
    ck_assert_str_eq(error->message, "shop.0002_bad: Raw SQL operation: UNIQUE constraint failed: shop_author.id");
    ck_assert_int_eq(error->kind, CV_ERROR_INTEGRITY);
    ck_assert_ptr_nonnull(strstr(error->hint, "The database is as it was before shop.0002_bad: "));
    ck_assert_int_eq((int)authors(), 0);
    ck_assert(!cv_in_atomic());
    cv_execute("INSERT INTO shop_author (name) VALUES ('Cleo')");
    ck_assert_int_eq((int)cv_query("PRAGMA foreign_keys")->items[0].list->items[0].integer, 1);
}

TEST(what_fails_inside_of_database_operations_leaves_nothing, inner_migrations)
{
    CvError *error;
    ck_assert(!cv_try(go_all, NULL, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "The step does not want to."));
    ck_assert(!cv_schema_has_column(NULL, "shop_book", "stock"));
}

TEST(loose_ones_keep_what_was_done, loose_migrations)
{
    CvError *error;
    ck_assert(!cv_try(go_all, NULL, &error));
    ck_assert_str_eq(recorded(), "0001_initial");
    ck_assert_int_eq((int)authors(), 1);
}

TEST(no_way_back, one_way_migrations)
{
    CvError *error;
    go(NULL, (CvMigrateOptions){0});
    ck_assert(!cv_try(go_back, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MIGRATION);
    ck_assert_ptr_nonnull(strstr(error->message, "shop.0002_one_way: Raw SQL operation: "));
    ck_assert_ptr_nonnull(strstr(error->message, "It cannot be undone: it has no .reverse_sql."));
    ck_assert_str_eq(recorded(), "0001_initial 0002_one_way");
    ck_assert(cv_schema_has_column(NULL, "shop_book", "stock")); /* what stands behind it was not undone either */
}

TEST(fakes_write_records_alone, good_migrations)
{
    go("0002", (CvMigrateOptions){.fake = true});
    ck_assert_str_eq(said, "+0001_initial faked +0002_stock faked ");
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock");
    ck_assert(!cv_schema_has_table(NULL, "shop_book"));
    go("zero", (CvMigrateOptions){.fake = true});
    ck_assert_str_eq(said, "states -0002_stock faked -0001_initial faked ");
    ck_assert_str_eq(recorded(), "");
}

TEST(first_ones_that_are_there_are_faked, good_migrations)
{
    CvError *error;
    go("0001_initial", (CvMigrateOptions){0});
    cv_execute("DELETE FROM django_migrations");
    go(NULL, (CvMigrateOptions){.fake_initial = true});
    ck_assert_str_eq(said, "+0001_initial faked +0002_stock ok +0003_more ok ");
    cv_execute("DELETE FROM django_migrations");
    cv_execute("DROP TABLE shop_book_readers"); /* no model's: it is not looked for */
    go("0001_initial", (CvMigrateOptions){.fake_initial = true});
    ck_assert_str_eq(said, "+0001_initial faked ");
    cv_execute("DELETE FROM django_migrations");
    cv_execute("DROP TABLE shop_book");
    ck_assert(!cv_try(go_all, NULL, &error)); /* one is missing: the other one is in the way */
    ck_assert_str_eq(recorded(), "");
}

TEST(squashed_ones_stand_for_others, squashed_migrations)
{
    go(NULL, (CvMigrateOptions){0});
    ck_assert_str_eq(said, "+0001_squashed_0002_stock ok +0003_pages ok ");
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock 0001_squashed_0002_stock 0003_pages");
    go("zero", (CvMigrateOptions){0});
    ck_assert_str_eq(recorded(), "");
    cv_recorder_record(NULL, "shop", "0001_initial"); /* only some of it: the old ones go on */
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    ck_assert(cv_migration_find(loader, "shop", "0001_squashed_0002_stock")->left_out);
    cv_recorder_record(NULL, "shop", "0002_stock");
    loader = cv_migration_loader(NULL);
    const CvMigrationNode *squashed = cv_migration_find(loader, "shop", "0001_squashed_0002_stock");
    ck_assert(squashed->applied && !squashed->recorded && !squashed->left_out);
    go("0001_squashed_0002_stock", (CvMigrateOptions){0});
    ck_assert_str_eq(said, "");
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock 0001_squashed_0002_stock");
}

TEST(old_ones_can_be_gone_back_to, squashed_migrations)
{
    go("0001_squashed_0002_stock", (CvMigrateOptions){0});
    CvMigrationLoader *loader = cv_migration_loader_unsquashed(NULL);
    CvMigrationPlan plan = cv_migration_plan(loader, at(loader, "0001_initial"), NULL);
    ck_assert_int_eq((int)plan.count, 1);
    ck_assert_str_eq(plan.steps[0].node->migration->name, "0002_stock");
    cv_migrate(loader, plan, &(CvMigrateOptions){0});
    ck_assert(!cv_schema_has_column(NULL, "shop_book", "stock"));
}

typedef struct Call {
    CvMigrationLoader *loader;
    CvMigrationPlan plan;
} Call;

static void run_plan(void *argument)
{
    const Call *call = argument;
    cv_migrate(call->loader, call->plan, &(CvMigrateOptions){0});
}

TEST(both_ways_at_once_are_refused, good_migrations)
{
    CvError *error;
    go("0002", (CvMigrateOptions){0});
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    CvMigrationStepPlan steps[] = {{cv_migration_named(loader, "shop", "0002_stock"), true},
                                   {cv_migration_named(loader, "shop", "0003_more"), false}};
    Call call = {loader, {steps, 2}};
    ck_assert(!cv_try(run_plan, &call, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MIGRATION);
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock");
}

TEST(somebody_else_may_be_faster, good_migrations)
{
    go("0001_initial", (CvMigrateOptions){0});
    CvMigrationLoader *early = cv_migration_loader(NULL);
    CvMigrationPlan plan = cv_migration_plan(early, cv_migration_leaves(early, NULL), NULL);
    go(NULL, (CvMigrateOptions){0});
    cv_migrate(early, plan, &(CvMigrateOptions){0});
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock 0003_more");
    ck_assert_int_eq((int)authors(), 1);
}

TEST(sql_is_shown_and_not_run, good_migrations)
{
    CvMigrationLoader *loader = cv_migration_loader_offline();
    CvBuffer out = cv_buffer(cv_arena());
    const char *const *sql = cv_migration_sql(loader, cv_migration_find(loader, "shop", "0002"), false, NULL);
    for (; *sql; sql++)
        cv_buffer_printf(&out, "%s\n", *sql);
    const char *text = cv_buffer_string(&out);
    ck_assert_ptr_nonnull(strstr(text, "--\n-- Add field stock to "));
    ck_assert_ptr_nonnull(strstr(text, "ALTER TABLE \"new__shop_book\" RENAME TO \"shop_book\";\n"));
    ck_assert_ptr_nonnull(strstr(text, "--\n-- Raw C operation\n--\n-- THIS OPERATION CANNOT BE WRITTEN AS SQL\n"));
    ck_assert(!cv_schema_has_table(NULL, "shop_book") && !cv_schema_has_table(NULL, "new__shop_book"));
}

TEST(all_makes_tables_of_apps_without_migrations_too, good_migrations)
{
    CvField fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80)};
    const CvModel *town = cv_model_build(cv_arena(), "Town", fields, 1, NULL);
    CvErrors errors = {.arena = cv_arena()};
    cv_models_add("geo", (const CvModel *const[]){town, NULL});
    cv_migrations_add("geo", NULL);
    ck_assert(cv_models_ready(&errors));
    cv_migrate_all(NULL);
    cv_migrate_all(NULL);
    ck_assert(cv_schema_has_table(NULL, "geo_town") && cv_schema_has_table(NULL, "shop_book"));
    ck_assert_str_eq(recorded(), "0001_initial 0002_stock 0003_more");
}

UNIT_TESTS("migrations/executor", there_and_back, what_fails_leaves_nothing,
           the_database_may_end_the_transaction_itself, what_fails_inside_of_database_operations_leaves_nothing,
           loose_ones_keep_what_was_done, no_way_back, fakes_write_records_alone, first_ones_that_are_there_are_faked,
           squashed_ones_stand_for_others, old_ones_can_be_gone_back_to, both_ways_at_once_are_refused,
           somebody_else_may_be_faster, sql_is_shown_and_not_run, all_makes_tables_of_apps_without_migrations_too)
