/* migrate.c: ./manage migrate: makes the tables that the models need. */
#include "db/db.h"
#include "management/command_private.h"
#include "orm/orm.h"
#include "orm/schema.h"

static int migrate(CvCommandLine *line)
{
    (void)line;
    if (!cv_database(NULL)) {
        cv_say_error("The site has no database: DATABASE_URL is not set.");
        return 1;
    }
    size_t made = cv_schema_create(NULL, NULL);
    cv_apps_migrated();
    if (made)
        printf("Made %zu table%s.\n", made, made == 1 ? "" : "s");
    else
        printf("No tables to make.\n");
    return 0;
}

const CvCommand cv_migrate_command = {
    .name = "migrate",
    .summary = "Makes the tables of the models that the database does not have yet.",
    .details = "Tables that are there already are left as they are. Apps add the rows that they need: content types.",
    .most = 0,
    .run = migrate,
};
