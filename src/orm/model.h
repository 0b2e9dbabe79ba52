/* model.h: a model: its name, fields and options; the row that it lays out; the registry that joins models together.
 *
 * A list file declares models (models.h); the same descriptor can be built while the program runs:
 *
 *     CvField fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80),
 *                         cv_field("city", &cv_foreign_key_field, &City_model, .on_delete = CV_CASCADE)};
 *     const CvModel *shop = cv_model_build(arena, "Shop", fields, 2, &(CvModelOptions){.ordering = CV_LIST("name")});
 *     cv_models_add("geo", (const CvModel *const[]){shop, NULL});
 *     cv_models_ready();
 *
 * Whatever reads a descriptor cannot tell the difference. After cv_models_ready() all of it is read only. */
#ifndef CV_ORM_MODEL_H
#define CV_ORM_MODEL_H

#include "orm/field.h"

CV_API_BEGIN

typedef struct CvModelInfo CvModelInfo; /* what cv_models_ready() worked out */
typedef struct CvQuerySet CvQuerySet;
typedef struct CvDatabase CvDatabase;
typedef struct CvRowErrors CvRowErrors; /* validate.h */
typedef struct CvRowExtra CvRowExtra;

/* The first member of every row. */
typedef struct CvRow {
    const CvType *type;         /* the model's: cv_row_model() */
    const CvDatabase *database; /* where it was read from or saved to; NULL: not saved yet */
    CvRowExtra *extra;          /* deferred members, annotations, prefetched sets; NULL: none of them */
} CvRow;

/* The member of a GenericForeignKey: a row of any model. Read it with cv_one(note, target); set it with
 * `.target = cv_target(book)`. Which model and which key the row has stands in two other fields (content_type and
 * object_id), which are filled in when the row is saved. */
typedef struct CvTarget {
    CvRow *row;
    bool given; /* to be written into the two fields */
    bool known; /* loaded: NULL means that there is no such row */
} CvTarget;

/* A model's options (Django's Meta, with str() and friends). In a list file the functions take the model's own type. */
#define CV_MODEL_OPTIONS(Row)                                                                              \
    const char *(*str)(const Row *row);               /* its text; NULL: "Book object (1)" */              \
    const char *(*get_absolute_url)(const Row *row);  /* templates: {{ book.get_absolute_url }} */         \
    void (*clean)(Row * row, CvRowErrors * errors);   /* checks that need several members: validate.h */   \
    void (*before_save)(Row * row);                   /* runs first in every save of one row */            \
    CvQuerySet *(*default_manager)(CvQuerySet * all); /* what cv_objects() gives */                        \
    const char *const *ordering;                      /* CV_LIST("-published", "title") */                 \
    const char *const *unique_together;               /* CV_LIST("store", "book"); more: UniqueTogether */ \
    const char *const *natural_key;                   /* CV_LIST("username"): names a row in fixtures */   \
    const char *const *permissions;                   /* CV_LIST("can_publish", "Can publish", ...) */     \
    const char *const *default_permissions;           /* NULL: add, change, delete, view */                \
    const char *db_table, *db_table_comment, *verbose_name, *verbose_name_plural, *get_latest_by,          \
        *default_related_name;                                                                             \
    bool unmanaged, select_on_save; /* unmanaged: Django's managed = False */

/* An index or constraint (Index, UniqueConstraint, CheckConstraint in a list). */
typedef enum CvConstraintKind { CV_INDEX = 1, CV_UNIQUE, CV_CHECK } CvConstraintKind;
typedef struct CvConstraint {
    CvConstraintKind kind;
    const char *const *fields;      /* CV_LIST("publisher", "-published") */
    const char *const *expressions; /* in the shell's syntax: CV_LIST("Lower('name')") */
    const char *const *include;
    const char *name;      /* NULL: Django's made-up name (indexes) */
    const char *condition; /* of a partial index or unique constraint; what a check checks: "Q(price__gte=0)" */
    const char *violation_error_message, *violation_error_code;
    bool deferrable, nulls_not_distinct, together;
} CvConstraint;

/* A list line `Manager(cheap, cheap_books)`: a set of rows with a name, to begin queries with (Django's managers). */
typedef struct CvManager {
    const char *name;
    CvQuerySet *(*narrow)(CvQuerySet *rows); /* in a list file over the model's own type of set */
} CvManager;

typedef struct CvModelOptions {
    CV_MODEL_OPTIONS(void)
    /* Of a model made by code; borrowed. */
    const CvConstraint *constraints;   /* ends in a row whose kind is 0 */
    const CvManager *managers;         /* ends in {NULL} */
    const char *order_with_respect_to; /* a field's name: as OrderWithRespectTo(name) in a list file */
} CvModelOptions;

/* A function that templates may read like a member: {{ author.full_name }}. */
typedef struct CvRowMethod {
    const char *name;
    CvValue (*call)(const void *row);
} CvRowMethod;

/* A list line `Related(books, Book)`: the typed name of a way back. */
typedef struct CvRelatedName {
    const char *name;
    const CvModel *model;
} CvRelatedName;

typedef struct CvFields {
    const CvField *items;
    size_t count;
} CvFields;

/* Fields of a list file with the places of their members. */
CvFields cv_fields_placed(CvField *items, const size_t *offsets, size_t count);

struct CvModel {
    CvType type; /* rows point here */
    const char *name;
    const char *file;
    size_t list_line, size;
    CvFields (*fields)(void);
    const CvField *field_items; /* of a built model, where `fields` is NULL */
    size_t field_count;
    const CvModelOptions *options;
    const CvConstraint *constraints; /* ends in a row whose kind is 0; NULL: none */
    const CvRowMethod *methods;      /* ends in {NULL} */
    const CvRelatedName *related;    /* ends in {NULL} */
    const CvManager *managers;       /* ends in {NULL}; NULL: none */
    const CvModel *parent;           /* CHILD_MODEL, PROXY_MODEL */
    bool proxy, has_key, plain_key;  /* the first field is the key; plain: nobody declared it (the automatic `id`) */
    CvModelInfo **info;              /* filled in by cv_models_ready() */
};

/* ---- making and joining models ---- */

/* A model made by code. Members are laid out after the row's header, the key first: a BigAutoField `id` in the
 * first function, fields[0] in the second. Lists of the options are copied, texts are borrowed. Targets of relations
 * may be told by label (.to_label) and found, like the size of a row, by cv_models_ready(). */
const CvModel *cv_model_build(CvArena *arena, const char *name, const CvField *fields, size_t count,
                              const CvModelOptions *options);
const CvModel *cv_model_build_with_key(CvArena *arena, const char *name, const CvField *fields, size_t count,
                                       const CvModelOptions *options);
/* A child with a table of its own, or a proxy, which has no fields. */
const CvModel *cv_model_build_child(CvArena *arena, const char *name, const CvModel *parent, bool proxy,
                                    const CvField *fields, size_t count, const CvModelOptions *options);
/* Gives the models of an app to the program; `models` ends in NULL and stays valid. */
void cv_models_add(const char *app_label, const CvModel *const *models);
/* Joins all models: columns, tables, relations and ways back, the hidden models of many-to-many tables. Mistakes that
 * the compiler could not see (clashing names, unknown fields in Meta) are added to `errors`, all of them; false if
 * there are any. May be called again when more were added. */
bool cv_models_ready(CvErrors *errors);
/* Forgets all models (tests). */
void cv_models_reset(void);
/* The model after `model` (NULL: the first) in order of registration, hidden ones of many-to-many tables too. */
const CvModel *cv_models_next(const CvModel *model);
/* "bookstore.Book" or "bookstore.book" (any case); NULL if there is none. */
const CvModel *cv_model_find(CvSlice label);
const CvModel *cv_model_in_app(CvSlice app_label, CvSlice name);

/* ---- more than one set of models ----
 * The program's models are one set. Others are made beside it: models as they once were, for migrations. */

typedef struct CvModels CvModels;
/* An empty set. Its models may be those of any moment: names of ways back that clash are the first one's, options that
 * name no field are not looked at. */
CvModels *cv_models_create(void);
/* With all that is in its arena. A set in use gives way to the program's. */
void cv_models_destroy(CvModels *models);
/* For models that live as long as the set; NULL: the program's. */
CvArena *cv_models_arena(CvModels *models);
/* From here on all functions that add, join, find or walk models mean this set; NULL: the program's. Gives the one that
 * was meant so far. For commands: never while requests are served. */
CvModels *cv_models_use(CvModels *models);
/* The set's model of a label, "shop.Book" in any case; raises CV_ERROR_VALUE where there is none. */
const CvModel *cv_models_model(CvModels *models, const char *label);

/* ---- reading a model ---- */

const char *cv_model_app_label(const CvModel *model);
const char *cv_model_label(const CvModel *model);       /* "bookstore.Book" */
const char *cv_model_label_lower(const CvModel *model); /* "bookstore.book" */
const char *cv_model_lower(const CvModel *model);       /* "book" */
const char *cv_model_table(const CvModel *model);
/* In the active language: what a site wrote as .verbose_name is a message that is translated when it is asked for. */
const char *cv_model_verbose_name(const CvModel *model);
const char *cv_model_verbose_name_plural(const CvModel *model);
/* Made by the library for a many-to-many field. */
bool cv_model_is_automatic(const CvModel *model);

/* One field as cv_models_ready() resolved it, inherited ones and the key included. */
typedef struct CvColumn {
    const CvField *field;
    const CvModel *model;     /* that owns the column: a parent for inherited ones */
    const char *name;         /* "author" */
    const char *attribute;    /* "author_id" for a foreign key */
    const char *column;       /* NULL for many-to-many */
    const char *verbose_name; /* not translated: see cv_column_verbose_name() */
    const CvModel *to;
    const struct CvColumn *to_column; /* what a foreign key points at */
    uint32_t offset;                  /* of the member in a row of the model that was asked */
    CvStorage storage;                /* of the member */
    CvStorage key_storage;            /* of the key inside a reference */
    const struct CvReadHook *hook;    /* own kinds whose values are stored in another form; else NULL */
    uint16_t index;                   /* position among the model's columns */
    bool null, unique, primary_key, indexed, concrete, own; /* own: the field is of a site's own kind */
} CvColumn;
/* The name for people in the active language, "publication date". */
const char *cv_column_verbose_name(const CvColumn *column);

/* All fields in Django's order; many-to-many fields come last. */
const CvColumn *cv_model_columns(const CvModel *model, size_t *count);
/* By name or attribute ("author", "author_id", "pk"); NULL if there is none. */
const CvColumn *cv_model_column(const CvModel *model, CvSlice name);
const CvColumn *cv_model_key(const CvModel *model);
/* The model's manager of that name, or its parents'; NULL if there is none. */
const CvManager *cv_model_manager(const CvModel *model, CvSlice name);

/* ---- reading and writing a row by descriptor ---- */

static inline const CvModel *cv_row_model(const void *row)
{
    return (const CvModel *)(const void *)((const CvRow *)row)->type; /* type is the model's first member */
}
/* An unsaved row with its defaults, in the current arena. */
void *cv_row_new(const CvModel *model);
/* The member as a value (a reference: its key). A deferred one is loaded. */
CvValue cv_row_get(const void *row, const CvColumn *column);
/* Sets the member; values are converted as Django's to_python does. What does not fit raises CV_ERROR_VALUE or
 * CV_ERROR_VALIDATION. A row may be given for a reference. Text is borrowed. */
void cv_row_set(void *row, const CvColumn *column, CvValue value);
/* The next save stores what an expression gives, and reads the member back: cv_assign(book, stock,
 * cv_minus(cv_f("stock"), cv_value(1))). Until then the member is what it was. Any other value is set as by
 * cv_row_set(). In a row that is not saved yet an expression may not look at fields. */
#define cv_assign(row, member, value) cv_row_assign((row), &#member[0 * sizeof((row)->member)], CV_VALUE(value))
void cv_row_assign(void *row, const char *field, CvValue value);
CvValue cv_row_key(const void *row);
bool cv_row_is_saved(const void *row);
/* The row's text (options.str). */
const char *cv_str(const void *row);
/* The label of the member's choice (Django's get_status_display()). */
#define cv_display(row, member) cv_row_display((row), &#member[0 * sizeof((row)->member)])
const char *cv_row_display(const void *row, const char *field);
/* Django's == of instances: the same model and the same key that is not null. */
bool cv_row_equal(const void *a, const void *b);

/* T_key of a model whose key has several columns: nothing points to it. */
typedef struct CvCompositeKey {
    char none[0];
} CvCompositeKey;

/* What every model's CvType holds. */
bool cv_row_type_resolve(const CvType *type, CvSlice name, CvAccessor *out);
bool cv_row_type_get(const void *row, CvSlice name, CvArena *arena, CvValue *out);
CvSlice cv_row_type_str(const void *row, CvArena *arena);
CvSlice cv_row_type_repr(const void *row, CvArena *arena);
bool cv_row_type_equal(const void *row, CvValue other);
#define CV_ROW_TYPE(model_name)                                                                             \
    {                                                                                                       \
        .magic = CV_TYPE_MAGIC, .name = model_name, .resolve = cv_row_type_resolve, .get = cv_row_type_get, \
        .str = cv_row_type_str, .repr = cv_row_type_repr, .equal = cv_row_type_equal                        \
    }

CV_API_END

#endif
