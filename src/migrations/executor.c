/* executor.c: which migrations lead from what a database has to what it shall have. */
#include "migrations/executor.h"

#include "base/map.h"
#include "base/vector.h"
#include "orm/schema.h"

typedef struct Planning {
    const CvMigrationLoader *loader;
    CvArena *arena;
    CvMap *changed; /* nodes that the plan has already: applied by it, or unapplied (then this has a value) */
    CV_VECTOR(CvMigrationStepPlan) steps;
} Planning;

static CvSlice key_of(const Planning *planning, const CvMigrationNode *node)
{
    return cv_slice(cv_arena_printf(planning->arena, "%s.%s", node->migration->app_label, node->migration->name));
}

static bool is_applied(const Planning *planning, const CvMigrationNode *node)
{
    void *unapplied = NULL;
    return cv_map_find(planning->changed, key_of(planning, node), &unapplied) ? unapplied == NULL : node->applied;
}

static void add(Planning *planning, const CvMigrationNode *node, bool backwards)
{
    if (is_applied(planning, node) != backwards)
        return;
    cv_map_set(planning->changed, key_of(planning, node), backwards ? planning : NULL);
    cv_vector_push(planning->arena, &planning->steps, ((CvMigrationStepPlan){.node = node, .backwards = backwards}));
}

static void add_path(Planning *planning, const CvMigrationNode *node, bool backwards)
{
    for (const CvMigrationNode *const *one = cv_migration_path(planning->loader, node, backwards); *one; one++)
        add(planning, *one, backwards);
}

/* Back to a node: what stands behind it in its own app goes, and what needs that; other apps stay as far as they can.
 */
static void add_target(Planning *planning, const CvMigrationNode *node)
{
    if (!is_applied(planning, node)) {
        add_path(planning, node, false);
        return;
    }
    for (const CvMigrationNode *const *child = node->children; *child; child++)
        if (strcmp((*child)->migration->app_label, node->migration->app_label) == 0)
            add_path(planning, *child, true);
}

CvMigrationPlan cv_migration_plan(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes,
                                  const char *zero)
{
    CvArena *arena = cv_arena();
    Planning planning = {.loader = loader, .arena = arena, .changed = cv_map_create(arena)};
    if (zero)
        for (const CvMigrationNode *const *root = cv_migration_roots(loader, zero); *root; root++)
            add_path(&planning, *root, true);
    for (; nodes && *nodes; nodes++)
        add_target(&planning, *nodes);
    return (CvMigrationPlan){planning.steps.items, planning.steps.count};
}

const CvModel *const *cv_migrate_missing_tables(CvArena *arena, const char *alias, const char *app_label)
{
    CV_VECTOR(const CvModel *) missing = {0};
    for (const CvModel *model = NULL; (model = cv_models_next(model));) {
        const char *label = cv_model_app_label(model);
        if (!cv_migrations_app_has(label) && (!app_label || strcmp(label, app_label) == 0) && !model->proxy &&
            !model->options->unmanaged && !cv_model_is_automatic(model) &&
            !cv_schema_has_table(alias, cv_model_table(model)))
            cv_vector_push(arena, &missing, model);
    }
    cv_vector_push(arena, &missing, NULL);
    return missing.items;
}
