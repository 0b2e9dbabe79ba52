/* executor_run.c: runs a plan: states step by step, each migration with its record in one transaction. */
#include "base/memory.h"
#include "base/vector.h"
#include "migrations/executor_private.h"
#include "migrations/graph_private.h"
#include "migrations/kinds.h"
#include "migrations/operations_private.h"
#include "orm/schema.h"

/* What a raise has to give back stands here. */
typedef struct Run {
    const CvMigrationLoader *loader;
    CvMigrationPlan plan;
    const CvMigrateOptions *options;
    CV_VECTOR(CvProjectState *) states; /* all that are alive; by cv_malloc, as migrations give their memory back */
} Run;

/* One migration under way. */
typedef struct Apply {
    Run *run;
    const CvMigration *migration;
    const CvOperation *operation; /* under way, for messages */
    CvSchemaEditor *editor;
    CvProjectState *state; /* before it; after it when it was applied forwards */
    bool backwards;
} Apply;

static void say(const Run *run, const CvMigrationStepPlan *step, CvMigrationProgress what)
{
    if (run->options->progress)
        run->options->progress(step, what);
}

static CvProjectState *keep(Run *run, CvProjectState *state)
{
    cv_vector_push(NULL, &run->states, state);
    return state;
}

static void drop(Run *run, CvProjectState *state)
{
    for (size_t i = run->states.count; i-- > 0;)
        if (run->states.items[i] == state) {
            cv_state_destroy(state);
            run->states.items[i] = run->states.items[--run->states.count];
            return;
        }
}

/* ---- records ---- */

/* A squashed migration brings the records of those that it replaces along. */
static void record(const Run *run, const CvMigration *migration, bool backwards, int depth)
{
    const char *alias = run->options->using;
    for (const char *const *key = migration->options->replaces; key && *key && depth < CV_DEEPEST_SQUASH; key++) {
        const char *dot = strchr(*key, '.');
        const char *app = cv_arena_strndup(cv_arena(), *key, dot ? (size_t)(dot - *key) : 0);
        const CvMigrationNode *node = dot ? cv_migration_named(run->loader, app, dot + 1) : NULL;
        if (node && cv_migration_is_squashed(node->migration))
            record(run, node->migration, backwards, depth + 1);
        else if (dot && backwards)
            cv_recorder_forget(alias, app, dot + 1);
        else if (dot)
            cv_recorder_record(alias, app, dot + 1);
    }
    if (backwards)
        cv_recorder_forget(alias, migration->app_label, migration->name);
    else
        cv_recorder_record(alias, migration->app_label, migration->name);
}

/* A squashed migration whose replaced ones are all recorded is recorded itself, whatever else is done. */
static void record_squashed(const Run *run)
{
    const char *alias = run->options->using;
    const CvMigrationRecord *records = cv_recorder_read(cv_arena(), alias);
    for (const CvMigrationNode *const *node = cv_migration_all(run->loader); *node; node++) {
        const CvMigration *migration = (*node)->migration;
        if (!cv_migration_is_squashed(migration) || cv_recorder_has(records, migration->app_label, migration->name) ||
            !cv_migration_is_recorded(run->loader, records, cv_printf("%s.%s", migration->app_label, migration->name)))
            continue;
        cv_recorder_record(alias, migration->app_label, migration->name);
    }
}

/* ---- one migration ---- */

CvSignal cv_model_renamed = CV_SIGNAL_INIT("model_renamed");

static void tell_renamed(const Apply *apply)
{
    const CvOperation *operation = apply->operation;
    if (operation->kind == &cv_op_rename_model)
        cv_signal_send(&cv_model_renamed, NULL,
                       &(CvModelRenaming){.using = apply->run->options->using,
                                          .app_label = apply->migration->app_label,
                                          .old = apply->backwards ? operation->to : operation->model,
                                          .name = apply->backwards ? operation->model : operation->to});
}

static void forwards(Apply *apply)
{
    for (size_t i = 0; i < apply->migration->count; i++) {
        const CvOperation *operation = apply->operation = &apply->migration->operations[i];
        CvProjectState *before = keep(apply->run, cv_state_clone(apply->state));
        cv_operation_state_forwards(operation, apply->migration->app_label, apply->state);
        operation->kind->forwards(&(CvStep){.operation = operation,
                                            .app_label = apply->migration->app_label,
                                            .editor = apply->editor,
                                            .before = before,
                                            .after = apply->state});
        tell_renamed(apply);
        drop(apply->run, before);
    }
}

static void backwards(Apply *apply)
{
    const CvMigration *migration = apply->migration;
    CvProjectState **states = cv_arena_new_array(cv_arena(), CvProjectState *, migration->count + 1);
    for (size_t i = 0; i < migration->count; i++) {
        const CvOperation *operation = apply->operation = &migration->operations[i];
        if (!cv_operation_is_reversible(operation))
            cv_raise_at(CV_ERROR_MIGRATION, operation->file, (int)operation->line, "%s",
                        cv_operation_one_way(operation));
    }
    states[0] = apply->state;
    for (size_t i = 0; i < migration->count; i++) {
        apply->operation = &migration->operations[i];
        states[i + 1] = keep(apply->run, cv_state_clone(states[i]));
        cv_operation_state_forwards(apply->operation, migration->app_label, states[i + 1]);
    }
    for (size_t i = migration->count; i-- > 0;) {
        const CvOperation *operation = apply->operation = &migration->operations[i];
        operation->kind->backwards(&(CvStep){.operation = operation,
                                             .app_label = migration->app_label,
                                             .editor = apply->editor,
                                             .before = states[i],
                                             .after = states[i + 1]});
        tell_renamed(apply);
        drop(apply->run, states[i + 1]);
    }
}

/* Several programs may migrate one database at the same time: who comes second finds the record. */
static bool was_done_meanwhile(const Apply *apply)
{
    const CvMigrationRecord *records = cv_recorder_read(cv_arena(), apply->run->options->using);
    return cv_recorder_has(records, apply->migration->app_label, apply->migration->name) != apply->backwards;
}

static void apply_inside(void *argument)
{
    Apply *apply = argument;
    bool atomic = !apply->migration->options->not_atomic;
    if (was_done_meanwhile(apply)) {
        if (!apply->backwards)
            cv_migration_state_forwards(apply->migration, apply->state);
        cv_schema_editor_close(apply->editor);
        return;
    }
    (apply->backwards ? backwards : forwards)(apply);
    apply->operation = NULL;
    if (atomic)
        record(apply->run, apply->migration, apply->backwards, 0);
    cv_schema_editor_close(apply->editor);
    if (!atomic)
        record(apply->run, apply->migration, apply->backwards, 0);
}

/* The error with what was being done in front, at the place in the list file. */
CV_NORETURN static void raise_told(const Apply *apply, const CvError *error)
{
    CvError told = *error;
    const CvMigration *migration = apply->migration;
    if (told.kind == CV_ERROR_OPERATIONAL)
        told.hint = NULL; /* it would say that `migrate` should be run */
    if (strstr(error->message, "already exists") && migration->options->initial)
        told.hint =
            "Where an older program made the tables, `migrate --fake-initial` only writes down that they are there.";
    if (told.kind == CV_ERROR_INTEGRITY && !migration->options->not_atomic)
        told.hint =
            cv_printf("The database is as it was before %s.%s: mend the rows that do not fit, and run it again.",
                      migration->app_label, migration->name);
    const CvOperation *place = apply->operation ? apply->operation : migration->row;
    if (apply->operation)
        told.message = cv_printf("%s.%s: %s: %s", migration->app_label, migration->name,
                                 cv_operation_describe(cv_arena(), apply->operation), error->message);
    else
        told.message = cv_printf("%s.%s: %s", migration->app_label, migration->name, error->message);
    if (place) {
        told.file = place->file;
        told.line = (int)place->line;
    }
    cv_raise_error(&told);
}

static void apply_one(Run *run, const CvMigrationStepPlan *step, CvProjectState *state)
{
    Apply apply = {.run = run, .migration = step->node->migration, .state = state, .backwards = step->backwards};
    const CvMigrateOptions *options = run->options;
    CvError *error;
    say(run, step, CV_MIGRATION_BEGINS);
    bool fake = options->fake || (options->fake_initial && !step->backwards &&
                                  cv_migration_is_there(apply.migration, state, options->using));
    if (fake) {
        if (!step->backwards)
            cv_migration_state_forwards(apply.migration, state);
        record(run, apply.migration, step->backwards, 0);
        say(run, step, CV_MIGRATION_FAKED);
        return;
    }
    apply.editor = cv_schema_editor_open(
        &(CvSchemaEditorOptions){.using = options->using, .atomic = !apply.migration->options->not_atomic});
    if (!cv_try(apply_inside, &apply, &error)) {
        CvError first = *error; /* rolling back may go wrong too */
        cv_schema_editor_abandon(apply.editor);
        raise_told(&apply, &first);
    }
    say(run, step, CV_MIGRATION_DONE);
}

/* A thousand migrations need no more memory than the largest one. What failed keeps it: the error is told later. */
static void apply_step(Run *run, const CvMigrationStepPlan *step, CvProjectState *state)
{
    CvArena *arena = cv_arena();
    CvArenaMark mark = cv_arena_mark(arena);
    apply_one(run, step, state);
    cv_arena_rewind(arena, mark);
}

/* ---- the plan ---- */

static const CvMigrationStepPlan *step_of(const Run *run, const CvMigrationNode *node)
{
    for (size_t i = 0; i < run->plan.count; i++)
        if (run->plan.steps[i].node == node)
            return &run->plan.steps[i];
    return NULL;
}

static void run_forwards(Run *run)
{
    CvProjectState *state = keep(run, cv_migration_state_applied(run->loader));
    for (const CvMigrationNode *const *node = cv_migration_order(run->loader); *node; node++) {
        const CvMigrationStepPlan *step = step_of(run, *node);
        if (step)
            apply_step(run, step, state);
    }
}

static void run_backwards(Run *run)
{
    CvProjectState **before = cv_arena_new_array(cv_arena(), CvProjectState *, run->plan.count + 1);
    CvProjectState *state = keep(run, cv_migration_state(run->loader, (const CvMigrationNode *const[]){NULL}));
    say(run, NULL, CV_MIGRATION_STATES_BEGIN);
    for (const CvMigrationNode *const *node = cv_migration_order(run->loader); *node; node++) {
        const CvMigrationStepPlan *step = step_of(run, *node);
        if (step)
            before[step - run->plan.steps] = keep(run, cv_state_clone(state));
        if (step || (*node)->applied)
            cv_migration_state_forwards((*node)->migration, state);
    }
    drop(run, state);
    say(run, NULL, CV_MIGRATION_STATES_DONE);
    for (size_t i = 0; i < run->plan.count; i++) {
        apply_step(run, &run->plan.steps[i], before[i]);
        drop(run, before[i]);
    }
}

static void run_all(void *argument)
{
    Run *run = argument;
    size_t back = 0;
    for (size_t i = 0; i < run->plan.count; i++)
        back += run->plan.steps[i].backwards;
    if (back && back < run->plan.count)
        cv_raise(CV_ERROR_MIGRATION, "Migration plans with both forwards and backwards migrations are not supported. "
                                     "Go back first, then forwards, each in a run of its own.");
    if (run->plan.count)
        cv_recorder_prepare(run->options->using);
    if (back)
        run_backwards(run);
    else if (run->plan.count)
        run_forwards(run);
    record_squashed(run);
}

void cv_migrate(const CvMigrationLoader *loader, CvMigrationPlan plan, const CvMigrateOptions *options)
{
    Run run = {.loader = loader, .plan = plan, .options = options};
    CvError *error;
    bool done = cv_try(run_all, &run, &error);
    while (run.states.count)
        cv_state_destroy(run.states.items[--run.states.count]);
    cv_free(run.states.items);
    if (!done)
        cv_raise_error(error);
}

void cv_migrate_all(const char *alias)
{
    const CvModel *const *missing = cv_migrate_missing_tables(cv_arena(), alias, NULL);
    if (*missing)
        cv_schema_create(alias, missing);
    const CvMigrationLoader *loader = cv_migration_loader(alias);
    CvMigrationPlan plan = cv_migration_plan(loader, cv_migration_leaves(loader, NULL), NULL);
    cv_migrate(loader, plan, &(CvMigrateOptions){.using = alias});
}
