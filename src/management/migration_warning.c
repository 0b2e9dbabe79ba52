/* migration_warning.c: what runserver and serve say of migrations that the database does not have yet. */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db.h"
#include "management/migrations_private.h"

static void look(void *argument)
{
    CvBuffer *apps = argument;
    const CvMigrationLoader *loader = cv_migration_loader(NULL);
    size_t count = 0;
    for (const char *const *label = cv_migrations_apps(apps->arena); *label; label++) {
        size_t waiting = 0;
        for (const CvMigrationNode *const *node = cv_migration_order(loader); *node; node++)
            waiting += !(*node)->applied && strcmp((*node)->migration->app_label, *label) == 0;
        if (waiting)
            cv_buffer_printf(apps, "%s%s", apps->length ? ", " : "", *label);
        count += waiting;
    }
    if (!count)
        return;
    cv_print(stderr, CV_INK_NOTICE,
             "You have %zu unapplied migration(s). Your project may not work properly until you apply the migrations "
             "for app(s): %s.\n",
             count, cv_buffer_string(apps));
    cv_print(stderr, CV_INK_NOTICE, "Run '%s migrate' to apply them.\n", cv_program.argv[0]);
}

/* In a process of its own: SQLite's connections must not be open in a master that forks. */
void cv_warn_unapplied(CvArena *arena)
{
    CvBuffer apps = cv_buffer(arena);
    CvError *error;
    if (!cv_database(NULL) || !*cv_migrations_apps(arena))
        return;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (!cv_try(look, &apps, &error))
            fprintf(stderr, "warning: It could not be told whether migrations are missing: %s\n", error->message);
        fflush(stderr);
        cv_databases_close();
        _exit(0);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}
