/* autodetector.h: which operations lead from one state of a project to another (Django's MigrationAutodetector), and
 * how many of them can be fewer (its MigrationOptimizer). */
#ifndef CV_MIGRATIONS_AUTODETECTOR_H
#define CV_MIGRATIONS_AUTODETECTOR_H

#include "migrations/loader.h"

CV_API_BEGIN

/* Who answers what cannot be seen: a person at a terminal, or defaults (management). Functions may be NULL: no, none.
 */
typedef struct CvQuestioner {
    bool (*renamed_model)(const CvModelState *old, const CvModelState *now);
    bool (*renamed_field)(const CvModelState *model, const CvField *old, const CvField *now);
    /* A default for the rows that are there: true with field->default... set; false: stop. `field` may not be null and
     * is new, or was null (`altered`), or is a moment with auto_now_add. */
    bool (*default_for)(const CvModelState *model, CvField *field, bool altered);
    /* "Ignore for now": the rows with NULL are somebody else's matter; false: stop or ask default_for. */
    bool (*leave_nulls)(const CvModelState *model, const CvField *field);
    /* A unique field whose default is made by a function: all rows that are there get the same one; false: stop. */
    bool (*default_for_unique)(const CvModelState *model, const CvField *field);
    void *data;
} CvQuestioner;

/* A migration to be written: without app_label and name as yet, where they are open. */
typedef struct CvNewMigration {
    const char *app_label, *name;
    CvMigrationOptions options;
    const CvOperation *operations;
    size_t count;
} CvNewMigration;

/* The migrations that are missing, named, app by app and an app's in order; ends in one whose app_label is NULL. Those
 * of apps that need each other's models in a circle are cut in two. `apps` (ends in NULL; NULL: all) limits it to these
 * and what they depend on; apps that have no migrations (cv_migrations_app_has) are only looked at where they are
 * named. `loader` NULL: there are no migrations yet, all apps shall have some. `name`: theirs, or NULL. Raises
 * CV_ERROR_MIGRATION for what a questioner refused, for a child whose parent is another one, and for changes that need
 * each other in a circle. */
const CvNewMigration *cv_autodetect(CvArena *arena, const CvProjectState *from, const CvProjectState *to,
                                    const CvMigrationLoader *loader, const CvQuestioner *questioner,
                                    const char *const *apps, const char *name);

/* Fewer operations with the same effect. */
const CvOperation *cv_migration_optimize(CvArena *arena, const char *app_label, const CvOperation *operations,
                                         size_t count, size_t *left);

/* The name that Django would make up: "0002_book_isbn", "0003_remove_tag_book_title_and_more". */
const char *cv_migration_suggest_name(CvArena *arena, const CvNewMigration *migration, int number);

CV_API_END

#endif
