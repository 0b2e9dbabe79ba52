/* autodetector_order.c: operations behind what they need, and cut into migrations where apps need each other. */
#include "migrations/autodetector_private.h"

static bool same_model(const CvOperation *operation, const CvNeed *need)
{
    return operation->model && cv_name_is(operation->model, need->model);
}

static bool makes_field(const CvOperation *operation, const char *field)
{
    for (const CvField *each = operation->fields; each && each->name; each++)
        if (cv_name_is(each->name, field))
            return true;
    return false;
}

/* Whether the operation does what is needed. */
static bool does(const CvOperation *operation, const CvNeed *need)
{
    const CvOperationKind *kind = operation->kind;
    if (need->kind == CV_NEEDS_RENAMED)
        return kind == &cv_op_rename_model && cv_name_is(operation->to, need->model);
    if (!same_model(operation, need))
        return false;
    switch (need->kind) {
    case CV_NEEDS_CREATED:
        return (kind == &cv_op_create_model && (!need->field || makes_field(operation, need->field))) ||
               (kind == &cv_op_add_field && need->field && makes_field(operation, need->field));
    case CV_NEEDS_REMOVED:
        return need->field ? kind == &cv_op_remove_field && cv_name_is(operation->name, need->field)
                           : kind == &cv_op_delete_model;
    case CV_NEEDS_ALTERED:
        return kind == &cv_op_alter_field && makes_field(operation, need->field);
    case CV_NEEDS_NO_ORDER:
        return kind == &cv_op_alter_order_with_respect_to && !(operation->to && cv_name_is(operation->to, need->field));
    case CV_NEEDS_TOGETHER:
        return kind == &cv_op_alter_unique_together;
    default:
        return kind == &cv_op_remove_index || kind == &cv_op_remove_constraint;
    }
}

/* ---- one app's operations ---- */

typedef struct Sort {
    CvArena *arena;
    CvAppChanges *app;
    CV_VECTOR(size_t) nodes; /* in the order in which they were met */
    CV_VECTOR(size_t) ready;
    bool *met;
} Sort;

static void meet(Sort *sort, size_t node)
{
    if (!sort->met[node])
        cv_vector_push(sort->arena, &sort->nodes, node);
    sort->met[node] = true;
}

static void link_needs(Sort *sort, size_t node)
{
    CvAppChanges *app = sort->app;
    CvFound *found = app->operations.items[node];
    meet(sort, node);
    for (size_t i = 0; i < found->needs.count; i++) {
        const CvNeed *need = &found->needs.items[i];
        for (size_t other = 0; strcmp(need->app_label, app->app_label) == 0 && other < app->operations.count; other++)
            if (other != node && does(&app->operations.items[other]->operation, need)) {
                meet(sort, other);
                cv_vector_push(sort->arena, &app->operations.items[other]->followers, node);
                found->waits++;
            }
    }
}

CV_NORETURN static void never_ready(const CvAppChanges *app)
{
    cv_raise(CV_ERROR_MIGRATION, "The changes of app '%s' need each other in a circle.", app->app_label);
}

/* Generation by generation, as Python's graphlib does: those that wait for nobody, then those that waited for them. */
static void sort_app(CvArena *arena, CvAppChanges *app)
{
    Sort sort = {.arena = arena, .app = app, .met = cv_arena_new_array(arena, bool, app->operations.count + 1)};
    CvFound **placed = cv_arena_new_array(arena, CvFound *, app->operations.count + 1);
    size_t done = 0;
    for (size_t node = 0; node < app->operations.count; node++)
        link_needs(&sort, node);
    for (size_t i = 0; i < sort.nodes.count; i++)
        if (!app->operations.items[sort.nodes.items[i]]->waits)
            cv_vector_push(arena, &sort.ready, sort.nodes.items[i]);
    for (size_t at = 0; at < sort.ready.count; at++) {
        CvFound *found = app->operations.items[sort.ready.items[at]];
        placed[done++] = found;
        for (size_t i = 0; i < found->followers.count; i++)
            if (--app->operations.items[found->followers.items[i]]->waits == 0)
                cv_vector_push(arena, &sort.ready, found->followers.items[i]);
    }
    if (done != app->operations.count)
        never_ready(app);
    memcpy(app->operations.items, placed, done * sizeof(CvFound *));
}

void cv_detector_sort(CvDetector *detector)
{
    for (size_t i = 0; i < detector->apps.count; i++)
        sort_app(detector->arena, detector->apps.items[i]);
}

/* ---- all apps' operations as migrations ---- */

typedef struct Cut {
    CvDetector *detector;
    CvAppChanges *app;
    CvDraft *draft; /* what may be one */
    bool halves;    /* a migration may end before the app's operations do */
} Cut;

static CvAppChanges *changes_of(const CvDetector *detector, const char *app_label)
{
    for (size_t i = 0; i < detector->apps.count; i++)
        if (strcmp(detector->apps.items[i]->app_label, app_label) == 0)
            return detector->apps.items[i];
    return NULL;
}

static bool is_pending(const CvAppChanges *app, const CvNeed *need)
{
    for (size_t i = 0; app && i < app->operations.count; i++)
        if (does(&app->operations.items[i]->operation, need))
            return true;
    return false;
}

static void depend(const CvDetector *detector, CvDraft *draft, CvDependency dependency)
{
    for (size_t i = 0; i < draft->dependencies.count; i++) {
        const CvDependency *has = &draft->dependencies.items[i];
        if (strcmp(has->app_label, dependency.app_label) == 0 && cv_texts_same(has->name, dependency.name) &&
            has->draft == dependency.draft)
            return;
    }
    cv_vector_push(detector->arena, &draft->dependencies, dependency);
}

/* The migration of another app behind which a need is met; false: it is not known yet. */
static bool other_app(const Cut *cut, const CvNeed *need, CvDraft *draft)
{
    const CvDetector *detector = cut->detector;
    const CvAppChanges *other = changes_of(detector, need->app_label);
    CvDependency dependency = {.app_label = need->app_label};
    if (is_pending(other, need))
        return false;
    if (other && other->drafts.count) {
        dependency.draft = other->drafts.items[other->drafts.count - 1];
    } else if (cut->halves) {
        const CvMigrationNode *const *leaves =
            detector->loader ? cv_migration_leaves(detector->loader, need->app_label) : NULL;
        dependency.name = leaves && *leaves ? (*leaves)->migration->name : "__first__";
    } else {
        return false;
    }
    depend(detector, draft, dependency);
    return true;
}

static bool is_free(const Cut *cut, const CvFound *found, CvDraft *draft)
{
    for (size_t i = 0; i < found->needs.count; i++) {
        const CvNeed *need = &found->needs.items[i];
        if (strcmp(need->app_label, cut->app->app_label) != 0 && !other_app(cut, need, draft))
            return false;
    }
    return true;
}

static bool was_there(const CvDetector *detector, const char *app_label)
{
    for (const CvModelState *model = NULL; (model = cv_state_next(detector->from, model));)
        if (strcmp(model->app_label, app_label) == 0)
            return true;
    return false;
}

/* Takes the app's first operations that wait for no other app's; true: they became a migration. */
static bool cut_one(Cut *cut)
{
    CvDetector *detector = cut->detector;
    CvAppChanges *app = cut->app;
    CvDraft *draft = cv_arena_new(detector->arena, CvDraft);
    size_t taken = 0;
    for (; taken < app->operations.count; taken++) {
        CvDraft needed = {0};
        if (!is_free(cut, app->operations.items[taken], &needed))
            break;
        for (size_t i = 0; i < needed.dependencies.count; i++)
            depend(detector, draft, needed.dependencies.items[i]);
        cv_vector_push(detector->arena, &draft->operations, app->operations.items[taken]);
    }
    if (!taken || (taken < app->operations.count && !cut->halves))
        return false;
    draft->app = app;
    draft->initial = !was_there(detector, app->app_label);
    if (app->drafts.count)
        depend(detector, draft,
               (CvDependency){.app_label = app->app_label, .draft = app->drafts.items[app->drafts.count - 1]});
    else
        app->turn = ++detector->turns;
    cv_vector_push(detector->arena, &app->drafts, draft);
    app->operations.count -= taken;
    memmove(app->operations.items, app->operations.items + taken, app->operations.count * sizeof(CvFound *));
    return true;
}

static bool waits_for_one_of(const CvFound *found, CvFound *const *others, size_t count)
{
    for (size_t i = 0; i < found->needs.count; i++)
        for (size_t j = 0; j < count; j++)
            if (strcmp(found->needs.items[i].app_label, found->app_label) == 0 &&
                does(&others[j]->operation, &found->needs.items[i]))
                return true;
    return false;
}

/* Those that wait for another app let pass who does not wait for them. True: somebody could pass. */
static bool step_aside(Cut *cut)
{
    CvAppChanges *app = cut->app;
    CvFound **waiting = cv_arena_new_array(cut->detector->arena, CvFound *, app->operations.count + 1);
    size_t free = 0, held = 0;
    bool passed = false;
    for (size_t i = 0; i < app->operations.count; i++) {
        CvFound *found = app->operations.items[i];
        if (!is_free(cut, found, &(CvDraft){0}) || waits_for_one_of(found, waiting, held)) {
            waiting[held++] = found;
        } else {
            passed |= held > 0;
            app->operations.items[free++] = found;
        }
    }
    memcpy(app->operations.items + free, waiting, held * sizeof *waiting);
    return passed;
}

static bool any_steps_aside(Cut *cut)
{
    bool passed = false;
    for (size_t i = 0; i < cut->detector->apps.count; i++) {
        cut->app = cut->detector->apps.items[i];
        passed |= step_aside(cut);
    }
    return passed;
}

void cv_detector_cut(CvDetector *detector)
{
    Cut cut = {.detector = detector};
    for (;;) {
        size_t left = 0;
        bool moved = false;
        for (size_t i = 0; i < detector->apps.count; i++) {
            cut.app = detector->apps.items[i];
            if (cut.app->operations.count && cut_one(&cut)) {
                moved = true;
                cut.halves = false;
            }
            left += cut.app->operations.count;
        }
        if (!left)
            return;
        if (!moved && cut.halves && !any_steps_aside(&cut))
            cv_raise(CV_ERROR_MIGRATION, "The changes of several apps need each other in a circle.");
        if (!moved)
            cut.halves = true;
    }
}
