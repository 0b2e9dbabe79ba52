/* recorder.c: the table django_migrations: which migrations a database has. */
#include "base/vector.h"
#include "db/db.h"
#include "migrations/loader.h"
#include "orm/schema.h"

#define TABLE "django_migrations"

const CvMigrationRecord *cv_recorder_read(CvArena *arena, const char *alias)
{
    CV_VECTOR(CvMigrationRecord) records = {0};
    if (cv_schema_has_table(alias, TABLE)) {
        const CvList *rows = cv_query_of(alias, "SELECT app, name, applied FROM " TABLE " ORDER BY id", 0, NULL);
        for (size_t i = 0; i < rows->count; i++) {
            const CvValue *row = rows->items[i].list->items;
            cv_vector_push(arena, &records,
                           ((CvMigrationRecord){.app_label = cv_slice_string(arena, cv_value_str(arena, row[0])),
                                                .name = cv_slice_string(arena, cv_value_str(arena, row[1])),
                                                .applied_at = cv_slice_string(arena, cv_value_str(arena, row[2]))}));
        }
    }
    cv_vector_push(arena, &records, (CvMigrationRecord){0});
    return records.items;
}

bool cv_recorder_has(const CvMigrationRecord *records, const char *app_label, const char *name)
{
    for (; records->name; records++)
        if (strcmp(records->app_label, app_label) == 0 && strcmp(records->name, name) == 0)
            return true;
    return false;
}

void cv_recorder_prepare(const char *alias)
{
    if (!cv_schema_has_table(alias, TABLE))
        cv_execute_of(alias,
                      "CREATE TABLE IF NOT EXISTS \"" TABLE "\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "
                      "\"app\" varchar(255) NOT NULL, \"name\" varchar(255) NOT NULL, \"applied\" datetime NOT NULL)",
                      0, NULL);
}

void cv_recorder_record(const char *alias, const char *app_label, const char *name)
{
    const CvValue values[] = {CV_VALUE(app_label), CV_VALUE(name), CV_VALUE(cv_now())};
    cv_execute_of(alias, "INSERT INTO " TABLE " (app, name, applied) VALUES (?, ?, ?)", CV_COUNT_OF(values), values);
}

void cv_recorder_forget(const char *alias, const char *app_label, const char *name)
{
    const CvValue values[] = {CV_VALUE(app_label), CV_VALUE(name)};
    cv_execute_of(alias, "DELETE FROM " TABLE " WHERE app = ? AND name = ?", CV_COUNT_OF(values), values);
}
