/* makemigrations_write.c: says what new migrations do, writes their list files, builds the program with them. */
#include "management/makemigrations_private.h"

int cv_migration_number(const char *name)
{
    const CvSlice squashed = CV_SLICE("_squashed_");
    ptrdiff_t at = cv_slice_find_last(cv_slice(name), squashed);
    const char *digits = at >= 0 ? name + at + squashed.length : name;
    size_t count = strspn(digits, "0123456789");
    int64_t number;
    if (at >= 0 && !count)
        count = strspn(digits = name, "0123456789");
    return cv_slice_to_int64(cv_slice_of(digits, count), &number) && number < 1000000 ? (int)number : -1;
}

void cv_make_say_operations(const CvMake *make, const CvOperation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(make->log, "    %s %s\n", cv_operation_symbol(&operations[i]),
                cv_operation_describe(make->arena, &operations[i]));
}

static bool write_one(const CvMake *make, const CvNewMigration *migration)
{
    const char *path =
        cv_short_path(make->arena, cv_migration_file(make->arena, migration->app_label, migration->name));
    if (make->verbosity) {
        cv_print(make->log, CV_INK_LABEL, "  %s\n", path);
        cv_make_say_operations(make, migration->operations, migration->count);
    }
    if (make->scriptable)
        puts(path);
    if (!make->dry_run)
        return cv_migration_write(make->line, migration, false);
    if (make->verbosity == 3) {
        cv_print(make->log, CV_INK_HEADING, "Full migrations file '%s.def.h':\n", migration->name);
        fprintf(make->log, "%s\n", cv_migration_text(make->arena, migration, cv_now()));
    }
    return true;
}

int cv_make_write(const CvMake *make, const CvNewMigration *migrations)
{
    const char *app = "";
    bool first = false;
    for (const CvNewMigration *migration = migrations; migration->app_label && !make->dry_run; migration++)
        if (!cv_migration_has_sources(make->arena, migration->app_label))
            return 1;
    for (const CvNewMigration *migration = migrations; migration->app_label; migration++) {
        if (strcmp(app, migration->app_label) != 0) {
            app = migration->app_label;
            if (make->verbosity)
                cv_print(make->log, CV_INK_HEADING, "Migrations for '%s':\n", app);
        }
        if (!write_one(make, migration))
            return 1;
    }
    if (make->dry_run)
        return 0;
    for (const CvNewMigration *migration = migrations; migration->app_label; migration++)
        if (!cv_migrations_app_has(migration->app_label) &&
            (migration == migrations || strcmp(migration[-1].app_label, migration->app_label) != 0)) {
            cv_migration_say_first(make->arena, make->log, migration->app_label);
            first = true;
        }
    return first || cv_build_migrations(make->arena, make->log, make->verbosity) ? 0 : 1;
}
