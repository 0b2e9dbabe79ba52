/* model_private.h: what cv_models_ready() works out of a model, for the files of orm. */
#ifndef CV_ORM_MODEL_PRIVATE_H
#define CV_ORM_MODEL_PRIVATE_H

#include "orm/model.h"
#include "validators/invalid.h"

/* Models with tables of their own that inherit from each other, the first one among them. */
#define CV_MOST_INHERITED 16

/* One join: from a column of one table to a column of another. */
typedef struct CvHop {
    const CvModel *from, *to;
    const CvColumn *near, *far; /* columns that must be equal */
    bool multi;                 /* may meet several rows */
    bool nullable;              /* may meet none */
    const CvColumn *type;       /* generic relations: the column that holds the content type, or NULL */
    const CvModel *type_model;  /* and the model whose content type it must be */
    bool type_near;             /* the column is on the near side */
} CvHop;

typedef enum CvMemberKind {
    CV_MEMBER_COLUMN,  /* a column of its own, foreign keys too */
    CV_MEMBER_REVERSE, /* a way back over a foreign key */
    CV_MEMBER_MANY,    /* many-to-many, either way */
    CV_MEMBER_GENERIC, /* a generic relation, or (no accessor) its way back */
    CV_MEMBER_TARGET,  /* a generic foreign key: leads to any model */
} CvMemberKind;

/* A GenericForeignKey or GenericRelation as the registry resolved it. */
typedef struct CvGeneric {
    const CvField *field;
    const CvModel *model;           /* that has it; children have a copy of their own */
    const CvColumn *type, *id;      /* content_type and object_id, in the model that holds them */
    bool inherited, concrete_model; /* concrete_model: a proxy's content type is its model's */
} CvGeneric;

/* A name that a lookup path may take from a model. */
typedef struct CvMember {
    CvMemberKind kind;
    const char *name;       /* in queries */
    const char *accessor;   /* as an attribute; NULL: hidden */
    const CvColumn *column; /* COLUMN: it; REVERSE: the foreign key over there; MANY: the field */
    const CvModel *to;      /* the model that a relation leads to */
    CvHop hops[2];
    uint8_t hop_count;
    bool one;                        /* meets one row at most */
    const CvModel *through;          /* MANY */
    const CvColumn *source, *target; /* MANY: the foreign keys of `through`, near and far */
    const char *back_name;           /* MANY: what `to` calls the way back in queries */
    bool symmetrical;
    const CvGeneric *generic; /* GENERIC, TARGET */
    uint16_t cache;           /* slot of a one-to-one way back in a row's extra, or of a prefetched set */
} CvMember;

struct CvModelInfo {
    const CvModel *model;
    CvModels *models; /* the set that it is in */
    const char *app_label, *label, *label_lower, *lower, *table, *verbose_name, *verbose_name_plural;
    CvColumn *columns; /* fields in order, then many-to-many ones */
    size_t column_count, concrete_count;
    const CvColumn *key;
    const CvColumn *parent_link;
    const CvColumn *order;          /* `_order`, where the model itself has one */
    const CvColumn *order_within;   /* the field whose rows it numbers, */
    const CvGeneric *order_generic; /* or the generic foreign key */
    CvHop parent_hop;
    CvMap *members;       /* query name: CvMember */
    CvMap *accessors;     /* attribute: CvMember */
    CvMap *attributes;    /* name, attribute, "pk": CvColumn */
    CvMember **ways_back; /* all REVERSE members, hidden ones too: what a delete has to look at */
    size_t way_back_count, way_back_capacity;
    CvGeneric *generics;
    size_t generic_count;
    const CvModel *concrete; /* of a proxy: the model whose table it is */
    const CvField *fields;
    size_t field_count;
    const CvModel *owner; /* automatic many-to-many models: the model of the field */
    void *statements;     /* save.c */
    void *blank;          /* row.c: a row of defaults */
    bool fresh_defaults, moments, files;
    bool references, database_sets; /* has foreign keys; generated columns, database defaults */
    uint16_t key_parts;             /* columns of a composite key; 0: it is one column */
    const CvColumn *const *key_columns;
    bool automatic, ready;
    struct CvModelInfo *next;
};

static inline const CvModelInfo *cv_model_info(const CvModel *model)
{
    const CvModelInfo *info = *model->info;
    if (CV_UNLIKELY(!info))
        cv_raise(CV_ERROR_CONFIGURATION,
                 "Model %s is in no installed app: .apps of the settings must name the app that has it.", model->name);
    return info;
}
/* The ordering that the model itself has, or NULL. */
static inline const char *const *cv_own_ordering(const CvModel *model)
{
    static const char *const by_order[] = {"_order", NULL};
    return cv_model_info(model)->order ? by_order : model->options->ordering;
}
const CvMember *cv_model_member(const CvModel *model, CvSlice name);
/* The arena of the set in use, for joining models; the arena of a model's set. */
CvArena *cv_registry_arena(void);
CvArena *cv_model_arena(const CvModel *model);

/* ---- members of rows by storage (storage.c) ---- */

size_t cv_storage_size(CvStorage storage);
/* A reference's size depends on its key. */
size_t cv_column_size(const CvColumn *column);
CvValue cv_member_get(CvStorage storage, const void *member);
/* Sets from a value of the right kind (see cv_column_convert); CV_NULL clears. */
void cv_member_set(CvStorage storage, void *member, CvValue value);
/* Where the row pointer of a reference stands. */
void **cv_reference_row(const CvColumn *column, const void *member);
/* What Django's to_python and get_prep_value make of a value for this column. Raises CV_ERROR_VALUE,
 * CV_ERROR_TYPE or CV_ERROR_VALIDATION. */
CvValue cv_column_convert(CvArena *arena, const CvColumn *column, CvValue value);
/* What its to_python makes of the value; false: it says why not. */
bool cv_column_accepts(CvArena *arena, const CvColumn *column, CvValue value, CvValue *out, CvInvalid *why);
/* The column whose kind tells how values are stored: a foreign key's target, all the way. */
const CvColumn *cv_column_base(const CvColumn *column);
/* From a converted value to what is bound (Django's get_db_prep_value on SQLite). */
CvValue cv_column_store(CvArena *arena, const CvColumn *column, CvValue value);
CvValue cv_value_store(CvArena *arena, CvValue value);

/* The field has a value of its own at each save (auto_now, auto_now_add, an own kind's before_save). */
bool cv_column_sets_itself(const CvColumn *column);

/* ---- own kinds of fields (own_field.c) ---- */

/* The own kind of what the column holds, or NULL. */
const CvOwnField *cv_column_own(const CvColumn *column);
/* How a column is read whose own kind stores its values in another form; NULL where it does not. */
const struct CvReadHook *cv_own_hook(const CvColumn *column);
/* A value as the column's member keeps it. */
CvValue cv_own_member(CvArena *arena, const CvColumn *column, CvValue value);
/* Puts into the member what an own kind makes at each save. */
void cv_own_before_save(CvRow *row, const CvColumn *column, bool adding);
/* Mistakes in an own kind and in the field that is one. */
void cv_own_check(const CvColumn *column, const char *label, CvErrors *errors);

/* ---- validation (clean.c, constraints.c) ---- */

/* Blank, and may be: there is nothing to clean. */
bool cv_column_is_blank(const CvColumn *column, CvValue value);
/* The field's own message for the code, if it has one. */
void cv_column_reword(const CvColumn *column, CvInvalid *invalid);
/* Whether a list of names (NULL: none) holds one. */
bool cv_names_hold(const char *const *names, const char *name);

/* ---- composite keys (composite.c) ---- */

/* The key's column, or the first of several. */
const CvColumn *cv_model_key_column(const CvModel *model);
CvValue cv_composite_get(const void *row, const CvModelInfo *info);
void cv_composite_set(void *row, const CvModelInfo *info, CvValue key);
void cv_composite_columns(CvModelInfo *info, const CvField *field, CvErrors *errors);

/* ---- rows ---- */

struct CvRowExtra {
    const uint64_t *deferred; /* bits by column index, or NULL */
    const char *const *names; /* annotations */
    const CvValue *values;
    size_t count;
    struct CvPrefetched *prefetched;
    struct CvPeers *peers; /* rows that came with this one, and the fetch mode; NULL: one by one */
    struct CvGiven *given;
};
/* What was given for a member that cannot hold it: an expression, or (in the shell) a value before it is converted. */
typedef struct CvGiven {
    const CvColumn *column;
    CvValue value;
    struct CvGiven *next;
} CvGiven;
typedef struct CvPrefetched {
    const CvMember *member;
    const char *attribute; /* to_attr: a name of its own; NULL: it is the relation itself */
    void *value;           /* a CvQuerySet with its rows (many), or a row or NULL */
    bool many;
    struct CvPrefetched *next;
} CvPrefetched;

/* All bytes of the member (a reference: of its key) are zero. */
bool cv_row_is_empty(const void *row, const CvColumn *column);
/* The member did not come with the row. */
static inline bool cv_row_was_deferred(const CvRow *row, const CvColumn *column)
{
    return CV_UNLIKELY(row->extra != NULL) && row->extra->deferred &&
           (row->extra->deferred[column->index / 64] >> (column->index % 64) & 1);
}
/* Nor was anything written into it since: what C code assigns is told by its bytes. */
static inline bool cv_row_is_deferred(const CvRow *row, const CvColumn *column)
{
    return cv_row_was_deferred(row, column) && cv_row_is_empty(row, column);
}
/* The member is what it is from now on. */
void cv_row_forget_deferred(CvRow *row, const CvColumn *column);
/* The same for all members that were written into. */
void cv_row_keep_assigned(CvRow *row);
CvValue cv_column_default(CvArena *arena, const CvColumn *column);
CvRowExtra *cv_row_extra(CvRow *row);
/* NULL: the member is what it is. */
const CvValue *cv_row_given(const void *row, const CvColumn *column);
/* An unsaved row's member that has a database default and is still empty (0, NULL, unset): the default sets it. Zero
 * itself is stored by cv_assign() or cv_row_set(). */
bool cv_row_has_database_default(const void *row, const CvColumn *column);
void cv_row_give(void *row, const CvColumn *column, CvValue value);
void cv_row_forget_given(void *row, const CvColumn *column);
void cv_row_load_deferred(const void *row, const CvColumn *column);
/* All that is deferred: before a function of the site looks at the row. */
void cv_row_load_all(const void *row);

#endif
