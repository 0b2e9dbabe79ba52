/* operation.h: a migration and its operations, as a site's list files declare them (Django's migrations.Migration).
 *
 * `./manage makemigrations` writes list files; people write them too. shop/migrations/0002_book_isbn.def.h:
 *
 *     MIGRATION(0002_book_isbn, .dependencies = CV_LIST("shop.0001_initial"))
 *
 *     CreateModel(Tag, .ordering = CV_LIST("name"))
 *         CharField   (name, .max_length = 50)
 *     END
 *     AddField        (Book, CharField(isbn, .max_length = 13, .default = ""))
 *     AddField        (Book, ForeignKey(editor, auth.User, .null = true, .on_delete = CV_SET_NULL))
 *     RenameField     (Book, title, name)
 *     AddIndex        (Book, Index(.fields = CV_LIST("author", "-name"), .name = "book_author_idx"))
 *     RunC            (fill_isbn, .reverse = cv_run_nothing)
 *     RunSQL          ("UPDATE shop_book SET isbn = '' WHERE isbn IS NULL", .reverse_sql = "")
 *
 * shop/migrations.c hands them to the compiler, in any order; functions for RunC stand above the list:
 *
 *     #include "caravan/migrations.h"
 *
 *     static void fill_isbn(CvModels *models, CvSchemaEditor *editor)
 *     {
 *         const CvModel *book = cv_models_model(models, "shop.Book");    // the model as it was then
 *         CV_EACH (row, cv_filter(cv_rows(book), "isbn", "")) {          // orm/any_row.h
 *             cv_put(row, "isbn", cv_printf("X-%s", cv_member(row, "slug").text));
 *             cv_save(row);
 *         }
 *     }
 *
 *     #define CV_MIGRATIONS shop
 *     #include "caravan/migrations_begin.h"
 *
 *     #include "migrations/0001_initial.def.h"
 *     #include "migrations/0002_book_isbn.def.h"
 *
 *     #include "caravan/migrations_end.h"
 *
 * (Empty lines between them keep formatters from sorting the three parts together.)
 *
 * That defines `const CvMigrations shop_migrations`, for the app: `.migrations = &shop_migrations`.
 *
 * Models are named by themselves in their own app (Book) and by their label elsewhere (auth.User). Field words and
 * options are those of models.h. What only the program can know is not repeated: validators, functions (a default that
 * is called, upload_to, on_delete) and own kinds of fields are taken from the model of today where one is asked for. */
#ifndef CV_MIGRATIONS_OPERATION_H
#define CV_MIGRATIONS_OPERATION_H

#include "orm/any_row.h"

CV_API_BEGIN

typedef struct CvOperation CvOperation;
typedef struct CvOperationKind CvOperationKind; /* operations_private.h */
typedef struct CvSchemaEditor CvSchemaEditor;   /* schema_editor.h */

/* What RunC runs, inside the migration's transaction: `models` are those of the migration's moment, and are what
 * cv_model_find() sees meanwhile. Rows are read and written by name (orm/any_row.h): the structs of today do not fit
 * them. May raise; then the migration is rolled back. Rows, models and what it allocates end with the migration. */
typedef void CvMigrationStep(CvModels *models, CvSchemaEditor *editor);
/* Does nothing: a RunC that has nothing to undo. */
void cv_run_nothing(CvModels *models, CvSchemaEditor *editor);

/* `.default_call = CV_OF_PROGRAM`: the default is a function, that of the program's field of the same model and name;
 * none where that is gone. cv_of_program() raises if it is called itself. */
CvValue cv_of_program(CvArena *arena);
#define CV_OF_PROGRAM cv_of_program
/* `.own = CV_OWN("IsbnField", "char(13)")`: the field is of a kind of the site's own (own_field.h), whose columns were
 * of this type then, NULL for the library's. Its hooks are the program's, while it has a kind of that name there. */
#define CV_OWN(name_, column_type_) (&(const CvOwnField){.name = (name_), .column_type = (column_type_)})

/* Options of MIGRATION(name, ...). */
typedef struct CvMigrationOptions {
    const char *const *dependencies; /* CV_LIST("shop.0001_initial", "auth.__first__"): stand before this one */
    const char *const *run_before;   /* these stand behind this one */
    const char *const *replaces;     /* a squashed migration: those that it stands for */
    bool initial;                    /* makes the app's first tables: what --fake-initial looks at */
    bool not_atomic;                 /* no transaction around it (Django's atomic = False) */
} CvMigrationOptions;

/* One operation. What a member means depends on the kind; the words of migrations_begin.h fill in the right ones. */
struct CvOperation {
    char END_is_missing_above_this_operation[0]; /* what the compiler calls it when fields of a model have no END */
    const CvOperationKind *kind;                 /* NULL ends a list */
    const char *model;                           /* "Book" */
    const char *name;                            /* of a field, index, constraint, migration, or RunC's function */
    const char *to;        /* the new name; the new table; the parent ("shop.Book") of a child or proxy; of a
                            * RunC its options as they were written, for squashing */
    const CvField *fields; /* ends in one without name: of CreateModel; of AddField and AlterField one */
    const CvModelOptions *options;
    /* Ends in a row whose kind is 0; of AddIndex and AddConstraint one; of AlterUniqueTogether UniqueTogether rows,
     * all that there are from then on. */
    const CvConstraint *constraints;
    const CvOperation *operations; /* of StateOperations and DatabaseOperations */
    const CvMigrationOptions *migration;
    const char *const *names; /* OLD fields of a RenameIndex without name */
    const char *sql, *reverse_sql;
    CvMigrationStep *run, *reverse;
    bool proxy, own_key; /* CreateModel: a proxy; the first field is a key that somebody declared. AddField, AlterField:
                            the key */
    bool forget_default; /* AddField, AlterField: the default is for the rows of now alone (preserve_default) */
    bool elidable;       /* RunC, RunSQL: squashing may leave it out */
    const char *file;    /* of the list file */
    unsigned line;
};

/* The migrations of one app as its program has them. */
typedef struct CvMigrations {
    const CvOperation *rows; /* MIGRATION rows and, behind each, its operations */
} CvMigrations;

/* One migration, taken out of the rows. */
typedef struct CvMigration {
    const char *app_label, *name;
    const CvMigrationOptions *options;
    const CvOperation *operations;
    size_t count;
    const CvOperation *row; /* the MIGRATION itself: file and line; NULL of one that code made */
} CvMigration;

/* True of a squashed migration: it replaces others. */
static inline bool cv_migration_is_squashed(const CvMigration *migration)
{
    return migration->options->replaces && migration->options->replaces[0];
}

CV_API_END

#endif
