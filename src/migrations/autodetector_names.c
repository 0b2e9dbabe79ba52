/* autodetector_names.c: what new migrations are called, what they depend on, and which of them are asked for. */
#include "migrations/autodetector_private.h"
#include "migrations/operations_private.h"

#include "base/buffer.h"

enum { FRAGMENTS_MAX = 52, NAME_MAX_LENGTH = 100 };

/* ---- made-up names ---- */

static bool is_word(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

/* Each run of what is no letter, digit or "_" becomes one "_". */
static const char *worded(CvArena *arena, const char *text)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; text[i]; i++)
        if (is_word(text[i]))
            cv_buffer_append_byte(&out, text[i]);
        else if (!i || is_word(text[i - 1]))
            cv_buffer_append_byte(&out, '_');
    return cv_buffer_string(&out);
}

static const char *by_the_clock(CvArena *arena)
{
    CvClock clock = cv_datetime_clock(cv_now(), NULL);
    return cv_arena_printf(arena, "auto_%04d%02d%02d_%02d%02d", clock.date.year, clock.date.month, clock.date.day,
                           clock.time.hour, clock.time.minute);
}

static const char *fragments(CvArena *arena, const CvNewMigration *migration)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < migration->count; i++) {
        const CvOperationKind *kind = migration->operations[i].kind;
        if (!kind->fragment || !kind->fragment(arena, &migration->operations[i]))
            return by_the_clock(arena);
    }
    for (size_t i = 0; i < migration->count; i++) {
        const CvOperation *operation = &migration->operations[i];
        const char *fragment = worded(arena, operation->kind->fragment(arena, operation));
        if (i && out.length + 1 + strlen(fragment) > FRAGMENTS_MAX) {
            cv_buffer_append_string(&out, "_and_more");
            break;
        }
        cv_buffer_printf(&out, "%s%s", i ? "_" : "", fragment);
    }
    return migration->count ? cv_buffer_string(&out) : by_the_clock(arena);
}

const char *cv_migration_suggest_name(CvArena *arena, const CvNewMigration *migration, int number)
{
    const char *name = migration->options.initial ? "initial" : fragments(arena, migration);
    return cv_arena_printf(arena, "%04d_%.*s", number, NAME_MAX_LENGTH, name);
}

/* 4 of "0004_book_isbn"; of "0001_squashed_0004_book_isbn" too; 0: there is none. */
static int number_of(const char *name)
{
    static const char squashed[] = "_squashed_";
    int64_t number = 0;
    for (const char *at = name; (at = strstr(at, squashed)); at++)
        if (at[sizeof squashed - 1] >= '0' && at[sizeof squashed - 1] <= '9')
            name = at + sizeof squashed - 1;
    size_t digits = 0;
    while (name[digits] >= '0' && name[digits] <= '9' && digits < 9)
        digits++;
    return cv_slice_to_int64(cv_slice_of(name, digits), &number) ? (int)number : 0;
}

/* ---- what is asked for ---- */

static bool names_app(const char *const *apps, size_t count, const char *app_label)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(apps[i], app_label) == 0)
            return true;
    return false;
}

/* The apps that were asked for, and those that their migrations depend on. */
static bool *wanted(const CvDetector *detector, const char *const *apps)
{
    bool *want = cv_arena_new_array(detector->arena, bool, detector->apps.count + 1);
    size_t count = 0;
    while (apps && apps[count])
        count++;
    for (size_t i = 0; i < detector->apps.count; i++)
        want[i] = !apps || names_app(apps, count, detector->apps.items[i]->app_label);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < detector->apps.count; i++) {
            const CvAppChanges *app = detector->apps.items[i];
            for (size_t d = 0; want[i] && d < app->drafts.count; d++)
                for (size_t k = 0; k < app->drafts.items[d]->dependencies.count; k++)
                    for (size_t j = 0; j < detector->apps.count; j++)
                        if (!want[j] && strcmp(detector->apps.items[j]->app_label,
                                               app->drafts.items[d]->dependencies.items[k].app_label) == 0)
                            want[j] = more = true;
        }
    }
    return want;
}

/* ---- drafts become migrations ---- */

static CvOperation *operations_of(CvArena *arena, const CvDraft *draft, size_t *count)
{
    CvOperation *list = cv_arena_new_array(arena, CvOperation, draft->operations.count + 1);
    *count = draft->operations.count;
    for (size_t i = 0; i < *count; i++)
        list[i] = draft->operations.items[i]->operation;
    return list;
}

static CvNewMigration migration_of(CvDetector *detector, CvDraft *draft)
{
    CvArena *arena = detector->arena;
    const char *app_label = draft->app->app_label;
    CvNewMigration migration = {.app_label = app_label, .options = {.initial = draft->initial}};
    const CvOperation *all = operations_of(arena, draft, &migration.count);
    migration.operations = cv_migration_optimize(arena, app_label, all, migration.count, &migration.count);
    return migration;
}

static const CvMigrationNode *leaf_of(const CvDetector *detector, const char *app_label)
{
    const CvMigrationNode *const *leaves = detector->loader ? cv_migration_leaves(detector->loader, app_label) : NULL;
    return leaves ? *leaves : NULL;
}

static void name_drafts(CvDetector *detector, const CvAppChanges *app, CvNewMigration *migrations, const char *name)
{
    const CvMigrationNode *leaf = leaf_of(detector, app->app_label);
    int number = leaf ? number_of(leaf->migration->name) + 1 : 1;
    for (size_t i = 0; i < app->drafts.count; i++, number++) {
        CvDraft *draft = app->drafts.items[i];
        if (i == 0 && leaf)
            cv_vector_push(detector->arena, &draft->dependencies,
                           ((CvDependency){.app_label = app->app_label, .name = leaf->migration->name}));
        if (name)
            draft->name = cv_arena_printf(detector->arena, "%04d_%s", number, name);
        else if (i == 0 && !leaf)
            draft->name = cv_arena_printf(detector->arena, "%04d_initial", number);
        else
            draft->name = cv_migration_suggest_name(detector->arena, &migrations[i], number);
        migrations[i].name = draft->name;
    }
}

static const char *const *dependencies_of(CvArena *arena, const CvDraft *draft)
{
    const char **list = cv_arena_new_array(arena, const char *, draft->dependencies.count + 1);
    for (size_t i = 0; i < draft->dependencies.count; i++) {
        const CvDependency *dependency = &draft->dependencies.items[i];
        const char *label = cv_arena_printf(arena, "%s.%s", dependency->app_label,
                                            dependency->draft ? dependency->draft->name : dependency->name);
        size_t at = i;
        for (; at > 0 && strcmp(list[at - 1], label) > 0; at--)
            list[at] = list[at - 1];
        list[at] = label;
    }
    return list;
}

/* The app whose first migration was cut as the turn-th. */
static size_t app_of_turn(const CvDetector *detector, size_t turn)
{
    size_t at = 0;
    while (detector->apps.items[at]->turn != turn)
        at++;
    return at;
}

const CvNewMigration *cv_detector_finish(CvDetector *detector, const char *const *apps, const char *name)
{
    CvArena *arena = detector->arena;
    const bool *want = wanted(detector, apps);
    size_t count = 0, total = 0;
    for (size_t i = 0; i < detector->apps.count; i++)
        total += detector->apps.items[i]->drafts.count;
    CvNewMigration *made = cv_arena_new_array(arena, CvNewMigration, total + 1);
    const CvDraft **drafts = cv_arena_new_array(arena, const CvDraft *, total + 1);
    for (size_t turn = 1; turn <= detector->turns; turn++) {
        size_t at = app_of_turn(detector, turn);
        CvAppChanges *app = detector->apps.items[at];
        CvNewMigration *first = cv_arena_new_array(arena, CvNewMigration, app->drafts.count + 1);
        for (size_t i = 0; i < app->drafts.count; i++)
            first[i] = migration_of(detector, app->drafts.items[i]);
        name_drafts(detector, app, first, name);
        for (size_t i = 0; want[at] && i < app->drafts.count; i++) {
            drafts[count] = app->drafts.items[i];
            made[count++] = first[i];
        }
    }
    for (size_t i = 0; i < count; i++) /* now that all have names */
        made[i].options.dependencies = dependencies_of(arena, drafts[i]);
    return made;
}
