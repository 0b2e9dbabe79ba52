/* Tests migrations/loader.h at its bounds: names, squashed migrations of squashed migrations, very long histories. */
#include "db/db.h"
#include "migrations/executor.h"
#include "migrations/kinds.h"

#include "unit.h"

static CvOperation row_of(const char *name, const CvMigrationOptions *options)
{
    return (CvOperation){.kind = &cv_op_migration, .name = name, .migration = options, .file = "list.def.h", .line = 7};
}

static const char *repeated(char byte, size_t count)
{
    char *text = cv_alloc(count + 1);
    memset(text, byte, count);
    return text;
}

static void give(const CvOperation *rows)
{
    static CvMigrations migrations;
    migrations.rows = rows;
    cv_migrations_reset();
    cv_migrations_add("shop", &migrations);
}

static void load(void *loader)
{
    *(CvMigrationLoader **)loader = cv_migration_loader_offline();
}

/* The loader, or NULL where that is refused. */
static CvMigrationLoader *loaded(void)
{
    CvMigrationLoader *loader = NULL;
    CvError *error;
    if (cv_try(load, (void *)&loader, &error))
        return loader;
    ck_assert_int_eq(error->kind, CV_ERROR_MIGRATION);
    ck_assert_str_eq(error->file, "list.def.h");
    ck_assert_int_eq(error->line, 7);
    return NULL;
}

static bool takes_name(const char *name)
{
    static const CvMigrationOptions none;
    CvOperation *rows = cv_new_array(CvOperation, 2);
    rows[0] = row_of(name, &none);
    give(rows);
    return loaded();
}

START_TEST(names_are_bounded)
{
    ck_assert(takes_name("x"));
    ck_assert(takes_name("0001_Initial"));
    ck_assert(takes_name(repeated('a', 254)));
    ck_assert(takes_name(repeated('a', 255)));
    ck_assert(!takes_name(repeated('a', 256)));
    ck_assert(!takes_name(""));
    ck_assert(!takes_name("0001-initial"));
    ck_assert(!takes_name("0001.initial"));
    ck_assert(!takes_name("0001_f\xc3\xbcr"));
}
END_TEST

static const char *nested_name(size_t at)
{
    return cv_printf("m%04zu", 9999 - at); /* the last is the first by name */
}

/* The second stands for the first, the third for the second, ...: so many squashed ones. */
static const CvOperation *nested(size_t depth)
{
    CvOperation *rows = cv_new_array(CvOperation, depth + 2);
    for (size_t i = 0; i <= depth; i++) {
        CvMigrationOptions *options = cv_new(CvMigrationOptions);
        const char **replaced = cv_new_array(const char *, 2);
        if (i) {
            replaced[0] = cv_printf("shop.%s", nested_name(i - 1));
            options->replaces = replaced;
        }
        rows[i] = row_of(nested_name(i), options);
    }
    return rows;
}

START_TEST(squashed_ones_nest_so_deep)
{
    static const size_t depths[] = {1, 2, 63, 64};
    for (size_t i = 0; i < CV_COUNT_OF(depths); i++) {
        give(nested(depths[i]));
        CvMigrationLoader *loader = loaded();
        ck_assert_ptr_nonnull(loader);
        const CvMigrationNode *const *leaves = cv_migration_leaves(loader, "shop");
        ck_assert(leaves[0] && !leaves[1]);
        ck_assert_str_eq(leaves[0]->migration->name, nested_name(depths[i]));
        ck_assert(cv_migration_named(loader, "shop", nested_name(0))->left_out);
    }
    give(nested(65));
    ck_assert_ptr_null(loaded());
    give(nested(3000));
    ck_assert_ptr_null(loaded());
}
END_TEST

START_TEST(a_squashed_one_does_not_stand_for_itself)
{
    const CvMigrationOptions own = {.replaces = CV_LIST("shop.a")}, none = {0};
    const CvMigrationOptions there = {.replaces = CV_LIST("shop.c")}, back = {.replaces = CV_LIST("shop.b")};
    give((const CvOperation[]){row_of("a", &own), {.kind = NULL}});
    ck_assert_ptr_null(loaded());
    give((const CvOperation[]){row_of("a", &none), row_of("b", &there), row_of("c", &back), {.kind = NULL}});
    ck_assert_ptr_null(loaded());
}
END_TEST

START_TEST(all_mistakes_are_told_at_once)
{
    const CvMigrationOptions lost = {.dependencies = CV_LIST("shop.x")}, dotless = {.dependencies = CV_LIST("y")};
    CvMigrationLoader *loader = NULL;
    CvError *error;
    give((const CvOperation[]){row_of("a", &lost), row_of("b", &dotless), row_of("b", &lost), {.kind = NULL}});
    ck_assert(!cv_try(load, (void *)&loader, &error));
    const char *all = cv_printf("%s\n%s", error->message, error->detail);
    ck_assert_msg(strstr(all, "two migrations with the name b") && strstr(all, "'y'") && strstr(all, "shop.x"), "%s",
                  all);
}
END_TEST

START_TEST(a_row_before_the_first_migration_is_refused)
{
    give((const CvOperation[]){{.kind = &cv_op_run_sql, .sql = "SELECT 1", .file = "list.def.h", .line = 7},
                               {.kind = NULL}});
    ck_assert_ptr_null(loaded());
}
END_TEST

START_TEST(a_history_may_be_long)
{
    enum { LENGTH = 3000 };
    CvOperation *rows = cv_new_array(CvOperation, LENGTH + 1);
    for (size_t i = 0; i < LENGTH; i++) {
        CvMigrationOptions *options = cv_new(CvMigrationOptions);
        const char **needed = cv_new_array(const char *, 2);
        needed[0] = i ? cv_printf("shop.m%zu", i - 1) : NULL;
        options->dependencies = needed;
        rows[i] = row_of(cv_printf("m%zu", i), options);
    }
    give(rows);
    CvMigrationLoader *loader = loaded();
    CvMigrationPlan plan = cv_migration_plan(loader, cv_migration_leaves(loader, NULL), NULL);
    ck_assert_int_eq((int)plan.count, LENGTH);
    ck_assert_str_eq(plan.steps[0].node->migration->name, "m0");
    ck_assert_str_eq(plan.steps[LENGTH - 1].node->migration->name, cv_printf("m%d", LENGTH - 1));
}
END_TEST

UNIT_TESTS("migrations/loader", names_are_bounded, squashed_ones_nest_so_deep, a_squashed_one_does_not_stand_for_itself,
           all_mistakes_are_told_at_once, a_row_before_the_first_migration_is_refused, a_history_may_be_long)
