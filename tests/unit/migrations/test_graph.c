/* Tests migrations/loader.h and executor.h's plans: graphs of migrations as Django sees them (graphs.def.h), and what
 * is said of graphs that cannot be. */
#include "base/vector.h"
#include "migrations/executor.h"
#include "migrations/kinds.h"

#include "unit.h"

typedef struct Graph {
    const char *migrations, *applied, *where, *steps;
} Graph;

static const Graph graphs[] = {
#define GRAPH(...) {__VA_ARGS__},
#include "graphs.def.h"
#undef GRAPH
};

/* ---- a graph of its text ---- */

/* "a, b" up to `end`, which is passed over; ends in NULL. */
static const char *const *read_names(const char **at, const char *end)
{
    CV_VECTOR(const char *) names = {0};
    for (size_t length; (length = strcspn(*at, ",;)<= ")) > 0;) {
        cv_vector_push(cv_arena(), &names, cv_arena_strndup(cv_arena(), *at, length));
        *at += length;
        if (strncmp(*at, ", ", 2) != 0)
            break;
        *at += 2;
    }
    if (**at && strchr(end, **at))
        (*at)++;
    cv_vector_push(cv_arena(), &names, NULL);
    return names.items;
}

static CvOperation read_migration(const char **at, const char **app)
{
    size_t length = strcspn(*at, " ;");
    const char *dot = memchr(*at, '.', length);
    CvMigrationOptions *options = cv_arena_new(cv_arena(), CvMigrationOptions);
    *app = cv_arena_strndup(cv_arena(), *at, (size_t)(dot - *at));
    CvOperation row = {.kind = &cv_op_migration,
                       .name = cv_arena_strndup(cv_arena(), dot + 1, length - (size_t)(dot - *at) - 1),
                       .migration = options,
                       .file = "graphs.def.h",
                       .line = 1};
    *at += length;
    while (**at == ' ') {
        (*at)++;
        char sign = *(*at)++;
        const char *const *names = read_names(at, ")");
        if (sign == '(')
            options->dependencies = names;
        else if (sign == '<')
            options->run_before = names;
        else
            options->replaces = names;
    }
    if (**at == ';')
        *at += 2;
    return row;
}

static void give(const char *text)
{
    static const char *const apps[] = {"auth", "blog", "shop"};
    typedef CV_VECTOR(CvOperation) Rows;
    Rows rows[CV_COUNT_OF(apps)] = {0};
    while (*text) {
        const char *app;
        CvOperation row = read_migration(&text, &app);
        for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
            if (strcmp(app, apps[i]) == 0)
                cv_vector_push(cv_arena(), &rows[i], row);
    }
    cv_migrations_reset();
    for (size_t i = 0; i < CV_COUNT_OF(apps); i++) {
        cv_vector_push(cv_arena(), &rows[i], ((CvOperation){.kind = NULL}));
        CvMigrations *migrations = cv_arena_new(cv_arena(), CvMigrations);
        migrations->rows = rows[i].items;
        cv_migrations_add(apps[i], migrations);
    }
}

static void each_record(const char *text, void (*record)(const char *alias, const char *app_label, const char *name))
{
    for (const char *const *key = read_names(&text, ""); *key; key++) {
        const char *dot = strchr(*key, '.');
        record(NULL, cv_arena_strndup(cv_arena(), *key, (size_t)(dot - *key)), dot + 1);
    }
}

/* ---- against Django ---- */

static const char *plan_of(const char *where)
{
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    const CvMigrationNode *one[2] = {NULL}, *const *nodes = one;
    const char *dot = strchr(where, '.'), *zero = NULL;
    const char *app = dot ? cv_arena_strndup(cv_arena(), where, (size_t)(dot - where)) : NULL;
    if (!dot)
        nodes = cv_migration_leaves(loader, NULL);
    else if (strcmp(dot, ".zero") == 0)
        zero = app;
    else
        one[0] = cv_migration_named(loader, app, dot + 1);
    CvMigrationPlan plan = cv_migration_plan(loader, nodes, zero);
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < plan.count; i++)
        cv_buffer_printf(&out, "%s%s%s.%s", i ? ", " : "", plan.steps[i].backwards ? "-" : "",
                         plan.steps[i].node->migration->app_label, plan.steps[i].node->migration->name);
    return cv_buffer_string(&out);
}

typedef struct Asked {
    const char *where, *steps;
} Asked;

static void ask(void *argument)
{
    Asked *asked = argument;
    asked->steps = plan_of(asked->where);
}

static void compare(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < CV_COUNT_OF(graphs); i++) {
        const Graph *graph = &graphs[i];
        Asked asked = {.where = graph->where};
        CvError *error;
        give(graph->migrations);
        each_record(graph->applied, cv_recorder_record);
        if (!cv_try(ask, &asked, &error)) {
            ck_assert_msg(error->kind == CV_ERROR_MIGRATION, "%s", error->message);
            asked.steps = strstr(graph->steps, "Error") ? graph->steps : error->message;
        }
        ck_assert_msg(strcmp(asked.steps, graph->steps) == 0, "%s\n  applied %s\n  to %s\n  wanted %s\n  came   %s",
                      graph->migrations, graph->applied, graph->where, graph->steps, asked.steps);
        each_record(graph->applied, cv_recorder_forget);
    }
}

/* Runs `test` with an empty database. */
static void with_database(void (*test)(void *argument))
{
    CvError *error, opening;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &opening));
    cv_recorder_prepare(NULL);
    if (!cv_try(test, NULL, &error))
        ck_abort_msg("%s", error->message);
}

START_TEST(plans_are_those_of_django)
{
    with_database(compare);
}
END_TEST

/* ---- what cannot be ---- */

static void load(void *text)
{
    give(text);
    (void)cv_migration_loader(NULL);
}

static void find(void *prefix)
{
    give("shop.0001_a; shop.0002_b (shop.0001_a); shop.0002_c (shop.0001_a)");
    (void)cv_migration_find(cv_migration_loader(NULL), "shop", prefix);
}

static void refuse(void *unused)
{
    (void)unused;
    static const struct {
        void (*run)(void *);
        const char *given, *said[3];
    } cases[] = {
        {load, "shop.0001_a (shop.0002_b); shop.0002_b (shop.0001_a)", {"shop.0001_a", "shop.0002_b"}},
        {load, "shop.0001_a (shop.0001_a)", {"shop.0001_a"}},
        {load, "shop.0001_a (blog.0001_x)", {"shop.0001_a", "blog.0001_x"}},
        {load, "shop.0001_a (nope.0001_x)", {"nope.0001_x"}},
        {load, "shop.0001_a; shop.0001_a", {"shop", "0001_a"}},
        {load, "shop.0001_a (noname)", {"noname"}},
        {load, "shop.0001_a <blog.0009_x", {"blog.0009_x"}},
        {find, "0002", {"0002", "shop"}},
        {find, "0003", {"0003", "shop"}},
        {find, "", {"shop"}},
    };
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvError *error;
        ck_assert_msg(!cv_try(cases[i].run, (void *)(uintptr_t)cases[i].given, &error), "%s is taken", cases[i].given);
        ck_assert_msg(error->kind == CV_ERROR_MIGRATION, "%s: %s", cases[i].given, error->message);
        for (const char *const *said = cases[i].said; *said; said++)
            ck_assert_msg(strstr(error->message, *said), "%s: %s", cases[i].given, error->message);
    }
}

START_TEST(what_cannot_be_is_named)
{
    with_database(refuse);
}
END_TEST

static void look(void *unused)
{
    (void)unused;
    give("shop.0001_a; shop.0002_b (shop.0001_a); shop.0002_c (shop.0001_a); blog.0001_a");
    cv_recorder_record(NULL, "shop", "0001_a");
    cv_recorder_record(NULL, "shop", "0007_old");
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    ck_assert_str_eq(cv_migration_conflicts(loader), "0002_b, 0002_c in shop");
    ck_assert_str_eq(cv_migration_unknown(loader)[0], "shop.0007_old");
    ck_assert_ptr_null(cv_migration_unknown(loader)[1]);
    const CvMigrationNode *node = cv_migration_find(loader, "shop", "0001");
    ck_assert(node->applied && node->recorded && !node->parents[0] && node->children[0] && node->children[1]);
    ck_assert(!cv_migration_find(loader, "shop", "0002_b")->applied);
    ck_assert_ptr_null(cv_migration_named(loader, "shop", "0001"));
    ck_assert(!cv_migration_find(cv_migration_loader_offline(), "shop", "0001")->applied);
    ck_assert(cv_migrations_app_has("auth") && !cv_migrations_app_has("people"));
}

static void check_history(void *unused)
{
    (void)unused;
    cv_migration_check_history(cv_migration_loader(NULL), NULL);
}

static void look_at_history(void *unused)
{
    CvError *error;
    give("shop.0001_a; shop.0002_b (shop.0001_a); blog.0001_a (shop.0002_b)");
    check_history(unused);
    cv_recorder_record(NULL, "shop", "0002_b");
    ck_assert(!cv_try(check_history, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MIGRATION);
    ck_assert_msg(strstr(error->message, "shop.0002_b") && strstr(error->message, "shop.0001_a"), "%s", error->message);
    cv_recorder_record(NULL, "shop", "0001_a");
    check_history(unused);
}

START_TEST(a_history_with_a_gap_is_refused)
{
    with_database(look_at_history);
}
END_TEST

START_TEST(loaders_tell_what_there_is)
{
    with_database(look);
}
END_TEST

UNIT_TESTS("migrations/graph", plans_are_those_of_django, what_cannot_be_is_named, loaders_tell_what_there_is,
           a_history_with_a_gap_is_refused)
