/* operations_database_special.c: SQL and C of a site's own, and operations on the database alone. */
#include "migrations/operations_database_private.h"

#include "base/error.h"

CV_NORETURN static void irreversible(void)
{
    cv_raise(CV_ERROR_NOT_SUPPORTED, "You cannot reverse this operation");
}

/* ---- SQL ---- */

static void run_sql(const CvChange *change)
{
    const char *sql = change->backwards ? change->operation->reverse_sql : change->operation->sql;
    if (!sql)
        irreversible();
    cv_schema_execute(change->editor, sql);
}

bool cv_run_sql_reversible(const CvOperation *operation)
{
    return operation->reverse_sql != NULL;
}

CV_DATABASE(run_sql, run_sql, run_sql)

/* ---- C ---- */

static void use_again(void *argument)
{
    (void)cv_models_use(argument);
}

/* The models of the moment are those that the program finds by label while the function runs, and no longer: also
 * where it raises. */
static void run_c(const CvChange *change)
{
    CvMigrationStep *run = change->backwards ? change->operation->reverse : change->operation->run;
    if (!run)
        irreversible();
    if (change->editor->options.collect) {
        cv_schema_comment(change->editor, "THIS OPERATION CANNOT BE WRITTEN AS SQL");
        return;
    }
    CvModels *models = cv_state_render(change->from);
    CvArena *arena = cv_handler_arena();
    CvModels *outer = cv_models_use(models);
    CvDefer *defer = cv_arena_defer(arena, use_again, outer);
    run(models, change->editor);
    cv_arena_undefer(arena, defer);
    (void)cv_models_use(outer);
}

void cv_run_nothing(CvModels *models, CvSchemaEditor *editor)
{
    (void)models, (void)editor;
}

bool cv_run_c_reversible(const CvOperation *operation)
{
    return operation->reverse != NULL;
}

CV_DATABASE(run_c, run_c, run_c)

/* ---- operations on one of the two alone ---- */

void cv_database_forwards_state_operations(const CvStep *step)
{
    (void)step;
}

void cv_database_backwards_state_operations(const CvStep *step)
{
    (void)step;
}

/* The states that the operations go through, from the one before; the migration's own state does not know them. */
typedef struct Inner {
    CvProjectState **states;
    size_t count; /* that are alive, but for the first, which is the migration's */
} Inner;

/* Also where an operation raises. */
static void destroy_states(void *argument)
{
    Inner *inner = argument;
    while (inner->count)
        cv_state_destroy(inner->states[inner->count--]);
}

static void run_inner(const CvStep *step, bool backwards)
{
    const CvOperation *operations = step->operation->operations;
    CvArena *arena = step->editor->arena, *handler = cv_handler_arena();
    Inner *inner = cv_arena_new(arena, Inner);
    size_t count = 0;
    while (operations[count].kind)
        count++;
    inner->states = cv_arena_new_array(arena, CvProjectState *, count + 1);
    inner->states[0] = step->before;
    CvDefer *defer = cv_arena_defer(handler, destroy_states, inner);
    for (size_t i = 0; i < count; i++) {
        inner->states[i + 1] = cv_state_clone(inner->states[i]);
        inner->count++;
        cv_operation_state_forwards(&operations[i], step->app_label, inner->states[i + 1]);
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = backwards ? count - 1 - i : i;
        CvStep one = {&operations[at], step->app_label, step->editor, inner->states[at], inner->states[at + 1]};
        (backwards ? one.operation->kind->backwards : one.operation->kind->forwards)(&one);
    }
    cv_arena_undefer(handler, defer);
    destroy_states(inner);
}

void cv_database_forwards_database_operations(const CvStep *step)
{
    run_inner(step, false);
}

void cv_database_backwards_database_operations(const CvStep *step)
{
    run_inner(step, true);
}

bool cv_database_operations_reversible(const CvOperation *operation)
{
    for (const CvOperation *inner = operation->operations; inner->kind; inner++)
        if (inner->kind->reversible && !inner->kind->reversible(inner))
            return false;
    return true;
}
