/* Tests migrations/schema_editor.h and what operations do with it: what goes wrong leaves nothing half done, and what
 * is made in one migration can be changed and removed in it. That the SQL is Django's is told by
 * tests/conformance/migrations. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db.h"
#include "migrations/migrations.h"
#include "orm/any_row.h"
#include "unit.h"

static void fill_isbn(CvModels *models, CvSchemaEditor *editor);
static void raise_one(CvModels *models, CvSchemaEditor *editor);
static void die(CvModels *models, CvSchemaEditor *editor);
static CvValue fixed_uuid(CvArena *arena);

#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "schema_editor.def.h"

#include "migrations/migrations_end.h"

/* ---- functions of the migrations ---- */

static void fill_isbn(CvModels *models, CvSchemaEditor *editor)
{
    const CvModel *book = cv_models_model(models, "shop.Book");
    ck_assert_ptr_eq(cv_model_find(CV_SLICE("shop.book")), book);
    ck_assert_str_eq(cv_schema_editor_using(editor), "default");
    CV_EACH (row, cv_filter(cv_rows(book), "isbn", "")) {
        cv_put(row, "isbn", cv_printf("of %s", cv_member(row, "title").text));
        cv_save(row);
    }
}

static void raise_one(CvModels *models, CvSchemaEditor *editor)
{
    (void)editor;
    cv_make(cv_models_model(models, "shop.Author"), "name", "Bob");
    cv_raise(CV_ERROR_VALUE, "no more");
}

static void die(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
    raise(SIGKILL);
}

static CvValue fixed_uuid(CvArena *arena)
{
    (void)arena;
    return cv_value_uuid((CvUuid){.bytes = {1, 2, 3}, .set = true});
}

/* ---- a database and its migrations ---- */

static void open_at(const char *url)
{
    CvError error;
    ck_assert_msg(cv_database_open(cv_arena(), "default", url, NULL, &error), "%s", error.message);
    cv_migrations_reset();
    cv_migrations_add("shop", &shop_migrations);
}

static void migrate(void *name)
{
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    const CvMigrationNode *nodes[] = {cv_migration_find(loader, "shop", name), NULL};
    cv_migrate(loader, cv_migration_plan(loader, nodes, NULL), &(CvMigrateOptions){0});
}

static void must(const char *name)
{
    CvError *error;
    if (!cv_try(migrate, (void *)(uintptr_t)name, &error))
        ck_abort_msg("%s: %s", error->message, error->detail ? error->detail : "");
}

static const CvError *must_fail(const char *name)
{
    CvError *error;
    ck_assert_msg(!cv_try(migrate, (void *)(uintptr_t)name, &error), "%s did not fail", name);
    return error;
}

static void begin(void)
{
    open_at("sqlite://:memory:");
    must("0001_initial");
}

static CvValue one(const char *sql)
{
    CvList *rows = cv_query_of(NULL, sql, 0, NULL);
    return rows->count ? rows->items[0].list->items[0] : cv_value_null();
}

static const char *text(const char *sql)
{
    return cv_slice_string(cv_arena(), cv_value_str(cv_arena(), one(sql)));
}

/* All names and texts of the schema, and the rows of one table. */
static const char *everything(void)
{
    return text("SELECT group_concat(name || sql, '\n') FROM (SELECT * FROM sqlite_master WHERE name NOT LIKE "
                "'django%' ORDER BY name)");
}

/* It fails with these words, and all is as it was before. */
static void fails_whole(const char *name, CvErrorKind kind, const char *words)
{
    begin();
    const char *before = everything();
    const CvError *error = must_fail(name);
    ck_assert_int_eq(error->kind, kind);
    ck_assert_msg(strstr(error->message, words) != NULL, "%s", error->message);
    ck_assert_str_eq(everything(), before);
    ck_assert_str_eq(text("SELECT title || author_id FROM shop_book"), "One1");
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "1");
    ck_assert_str_eq(text("SELECT count(*) FROM django_migrations"), "1");
    ck_assert(!cv_in_atomic());
}

START_TEST(no_value_for_rows_that_are_there)
{
    fails_whole("0002_no_default", CV_ERROR_INTEGRITY, "NOT NULL constraint failed: new__shop_book.second");
    const CvError *error = must_fail("0002_no_default");
    ck_assert_msg(strstr(error->detail, "SQL: INSERT INTO \"new__shop_book\"") != NULL, "%s", error->detail);
}
END_TEST

START_TEST(keys_are_checked_at_the_end)
{
    fails_whole("0002_orphan", CV_ERROR_INTEGRITY,
                "The row in table 'shop_book' with primary key '1' has an invalid foreign key: shop_book.author_id "
                "contains a value '9' that does not have a corresponding value in shop_author.id.");
}
END_TEST

START_TEST(transactions_are_the_migrations)
{
    fails_whole("0002_commit", CV_ERROR_TRANSACTION_MANAGEMENT, "\"COMMIT\" is not for a migration that is one");
    must("0002_commit_free");
    ck_assert_str_eq(text("SELECT title FROM shop_book"), "Two");
}
END_TEST

START_TEST(what_cannot_be_altered)
{
    fails_whole("0002_generated", CV_ERROR_VALUE,
                "Modifying GeneratedFields is not supported - the field shop.Book.twice must be removed and re-added");
    cv_databases_close();
    fails_whole("0002_through", CV_ERROR_VALUE, "they are not compatible types");
}
END_TEST

static void open_in_a_block(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        (void)cv_schema_editor_open(&(CvSchemaEditorOptions){.atomic = true});
    }
}

START_TEST(not_in_a_transaction)
{
    CvError *error;
    begin();
    ck_assert(!cv_try(open_in_a_block, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_NOT_SUPPORTED);
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "1");
}
END_TEST

START_TEST(an_editor_is_abandoned)
{
    begin();
    CvSchemaEditor *editor = cv_schema_editor_open(&(CvSchemaEditorOptions){.atomic = true});
    cv_schema_execute(editor, "CREATE TABLE a (b); -- c\nINSERT INTO a VALUES ('d;e')");
    ck_assert_str_eq(text("SELECT b FROM a"), "d;e");
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "0");
    cv_schema_editor_abandon(editor);
    cv_schema_editor_abandon(editor);
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'a'"), "0");
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "1");
    ck_assert(!cv_in_atomic());
}
END_TEST

START_TEST(sql_is_collected)
{
    begin();
    CvSchemaEditor *editor = cv_schema_editor_open(&(CvSchemaEditorOptions){.collect = true, .atomic = true});
    cv_schema_comment(editor, "words");
    cv_schema_comment(editor, "");
    cv_schema_execute(editor, "CREATE TABLE a (b);");
    const char *const *sql = cv_schema_editor_sql(editor);
    ck_assert_str_eq(sql[0], "-- words");
    ck_assert_str_eq(sql[1], "--");
    ck_assert_str_eq(sql[2], "CREATE TABLE a (b)");
    ck_assert_ptr_null(sql[3]);
    cv_schema_editor_close(editor);
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'a'"), "0");
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "1");
}
END_TEST

/* A migration without a transaction keeps what was done, but nothing is half done. */
START_TEST(half_a_migration_has_whole_tables)
{
    begin();
    const CvError *error = must_fail("0002_half");
    ck_assert_int_eq(error->kind, CV_ERROR_INTEGRITY);
    ck_assert_str_eq(text("SELECT first || title FROM shop_book"), "3One");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'new__%'"), "0");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'book_title'"), "1");
    ck_assert_str_eq(text("PRAGMA foreign_keys"), "1");
}
END_TEST

START_TEST(other_peoples_tables_stay)
{
    begin();
    const char *before = everything();
    must("0002_not_ours");
    ck_assert_str_eq(everything(), before);
}
END_TEST

START_TEST(made_and_taken_back_in_one_go)
{
    begin();
    must("0002_taken_back");
    ck_assert_str_eq(
        text("SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'index' AND "
             "tbl_name = 'shop_store' ORDER BY name)"),
        "shop_big shop_shop_town_label_3cfbc4f8_uniq shop_store_size_c03e3adb shop_town");
    ck_assert_str_eq(text("SELECT sql FROM sqlite_master WHERE name = 'shop_town'"),
                     "CREATE INDEX \"shop_town\" ON \"shop_store\" (\"town\", \"label\" DESC)");
    must("0001_initial");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'shop_store%' OR name LIKE 'shop_shop%'"),
                     "0");
}
END_TEST

START_TEST(defaults_are_called)
{
    begin();
    must("0002_called");
    ck_assert_str_eq(text("SELECT code FROM shop_book"), "01020300000000000000000000000000");
    ck_assert_str_eq(text("SELECT date(made) = date('now') AND day = date('now', 'localtime') FROM shop_book"), "1");
}
END_TEST

START_TEST(an_index_without_a_name_is_found)
{
    begin();
    must("0002_unnamed");
    ck_assert_str_eq(text("SELECT sql FROM sqlite_master WHERE name = 'book_named'"),
                     "CREATE INDEX \"book_named\" ON \"shop_book\" (\"title\", \"pages\")");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'of once'"), "0");
    must("0001_initial");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'book_named'"), "1");
    cv_databases_close();
    fails_whole("0002_none_to_name", CV_ERROR_VALUE, "Found wrong number (0) of indexes for shop_book(pages, title)");
}
END_TEST

START_TEST(a_unique_set_is_found_by_its_columns)
{
    begin();
    must("0002_other_name");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'mine'"), "0");
    cv_databases_close();
    fails_whole("0002_nothing_to_drop", CV_ERROR_VALUE,
                "Found wrong number (0) of constraints for shop_book(title, pages)");
}
END_TEST

START_TEST(tables_between_that_are_models_stay)
{
    begin();
    const char *before = everything();
    must("0002_explicit");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'shop_book_linked%'"), "0");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'shop_link'"), "1");
    must("0001_initial");
    ck_assert_str_eq(everything(), before);
}
END_TEST

START_TEST(constraints_follow_a_name)
{
    begin();
    must("0002_follows");
    const char *table = text("SELECT sql FROM sqlite_master WHERE name = 'shop_book'");
    ck_assert_msg(strstr(table, "CONSTRAINT \"book_once\" UNIQUE (\"name\", \"pages\")") != NULL, "%s", table);
    ck_assert_str_eq(text("SELECT sql FROM sqlite_master WHERE name = 'book_title'"),
                     "CREATE INDEX \"book_title\" ON \"shop_book\" (\"name\")");
    ck_assert_str_eq(text("SELECT name || twice FROM shop_book"), "One14");
    must("0001_initial");
    ck_assert_str_eq(text("SELECT title || pages FROM shop_book"), "One7");
}
END_TEST

/* ---- C ---- */

START_TEST(c_sees_the_models_of_then)
{
    begin();
    must("0002_c");
    ck_assert_ptr_null(cv_model_find(CV_SLICE("shop.book")));
    ck_assert_str_eq(text("SELECT isbn FROM shop_book"), "of One");
    must("0001_initial");
    ck_assert_str_eq(text("SELECT count(*) FROM pragma_table_info('shop_book') WHERE name = 'isbn'"), "0");
}
END_TEST

START_TEST(c_that_raises_is_rolled_back)
{
    fails_whole("0002_c_raises", CV_ERROR_VALUE, "no more");
    ck_assert_ptr_null(cv_model_find(CV_SLICE("shop.book")));
    ck_assert_str_eq(text("SELECT count(*) FROM shop_author"), "1");
}
END_TEST

/* ---- a death in the middle ---- */

static void die_in(const char *name)
{
    char path[] = "/tmp/cv_schema_XXXXXX", *url;
    ck_assert_ptr_nonnull(mkdtemp(path));
    url = cv_printf("sqlite:///%s/db.sqlite3", path);
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        open_at(url);
        must("0001_initial");
        must(name);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    open_at(url);
}

static void clear_away(void)
{
    const char *path = cv_database(NULL) ? text("SELECT file FROM pragma_database_list WHERE name = 'main'") : NULL;
    cv_databases_close();
    const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; path && i < CV_COUNT_OF(ends); i++)
        (void)remove(cv_printf("%s%s", path, ends[i]));
    char *slash = strrchr(path, '/');
    ck_assert_ptr_nonnull(slash);
    (void)rmdir(cv_slice_string(cv_arena(), cv_slice_of(path, (size_t)(slash - path))));
}

START_TEST(a_death_leaves_what_was_before)
{
    die_in("0002_killed");
    ck_assert_str_eq(text("SELECT count(*) FROM pragma_table_info('shop_book') WHERE name = 'first'"), "0");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'new__%'"), "0");
    ck_assert_str_eq(text("SELECT title FROM shop_book"), "One");
    ck_assert_str_eq(text("SELECT count(*) FROM django_migrations"), "1");
    ck_assert_str_eq(text("PRAGMA integrity_check"), "ok");
    clear_away();
}
END_TEST

START_TEST(a_death_outside_of_transactions_leaves_whole_tables)
{
    die_in("0002_killed_free");
    ck_assert_str_eq(text("SELECT first || title FROM shop_book"), "3One");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'new__%'"), "0");
    ck_assert_str_eq(text("SELECT count(*) FROM sqlite_master WHERE name = 'book_title'"), "1");
    ck_assert_str_eq(text("SELECT count(*) FROM django_migrations"), "1");
    clear_away();
}
END_TEST

UNIT_TESTS("migrations/schema_editor", no_value_for_rows_that_are_there, keys_are_checked_at_the_end,
           transactions_are_the_migrations, what_cannot_be_altered, not_in_a_transaction, an_editor_is_abandoned,
           sql_is_collected, half_a_migration_has_whole_tables, other_peoples_tables_stay,
           made_and_taken_back_in_one_go, defaults_are_called, an_index_without_a_name_is_found,
           a_unique_set_is_found_by_its_columns, tables_between_that_are_models_stay, constraints_follow_a_name,
           c_sees_the_models_of_then, c_that_raises_is_rolled_back, a_death_leaves_what_was_before,
           a_death_outside_of_transactions_leaves_whole_tables)
