/* field.h: what a model's field is: its kind, its options, where it stands in the row.
 *
 * A list file (models.h) makes constant CvFields; code makes the same with cv_field() and hands them to
 * cv_model_build(). Every field word takes only the options that it knows: `.max_length` in an IntegerField does not
 * compile. All options that are not given are Django's defaults. */
#ifndef CV_ORM_FIELD_H
#define CV_ORM_FIELD_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvModel CvModel;
typedef struct CvField CvField;
typedef struct CvValidator CvValidator;
typedef struct CvOwnField CvOwnField; /* own_field.h */

/* What happens to a row whose target is deleted (Django's on_delete). */
typedef enum CvOnDelete {
    CV_CASCADE = 1,
    CV_PROTECT,
    CV_SET_NULL,
    CV_SET_DEFAULT,
    CV_RESTRICT,
    CV_DO_NOTHING,
    CV_SET,        /* what .on_delete_call gives */
    CV_DB_CASCADE, /* the database does it */
    CV_DB_SET_NULL,
    CV_DB_SET_DEFAULT,
} CvOnDelete;

/* The C type of a field's member in the row. */
typedef enum CvStorage {
    CV_STORE_NONE,         /* no member: many-to-many */
    CV_STORE_INTEGER,      /* int64_t */
    CV_STORE_NULL_INTEGER, /* CvNullInteger */
    CV_STORE_FLOAT,        /* double */
    CV_STORE_NULL_FLOAT,   /* CvNullFloat */
    CV_STORE_BOOL,         /* bool */
    CV_STORE_NULL_BOOL,    /* CvNullBoolean */
    CV_STORE_TEXT,         /* const char *, NULL is NULL */
    CV_STORE_DECIMAL,      /* CvDecimal */
    CV_STORE_DATE,         /* CvDate */
    CV_STORE_TIME,         /* CvTime */
    CV_STORE_DATETIME,     /* CvDateTime, aware, UTC; naive without USE_TZ (cv_use_tz) */
    CV_STORE_DURATION,     /* CvDuration */
    CV_STORE_UUID,         /* CvUuid */
    CV_STORE_BYTES,        /* CvBytes, data NULL is NULL */
    CV_STORE_JSON,         /* CvValue */
    CV_STORE_REFERENCE,    /* T_ref: the target's key (its storage), then a pointer to the row or NULL */
} CvStorage;

/* The member of a FileField or ImageField (orm/file.h). */
typedef struct CvFieldFile {
    const char *name;    /* in the storage; "" or NULL: no file */
    struct CvFile *file; /* given to the row and not stored yet, or NULL */
} CvFieldFile;

/* One of Django's field classes. */
typedef struct CvFieldKind {
    const char *name;        /* "CharField" */
    const char *description; /* "String", for messages: what a value must be */
    CvStorage storage, null_storage;
    const char *sqlite_type; /* the column's type; "%d" is max_length */
    const char *postgres_type;
    int64_t least, most;          /* range of an integer kind; both 0: no integer */
    bool relation, many;          /* ForeignKey, OneToOneField, ManyToManyField; many: no column of its own */
    bool automatic;               /* the database numbers it */
    bool text;                    /* the default is "" unless the field may be null */
    const CvValidator *validator; /* runs before the field's own; NULL: none */
    bool generic;                 /* GenericForeignKey, GenericRelation: neither a column nor a table between */
} CvFieldKind;

/* clang-format off */
#define CV_FIELD_KINDS(X)                                                                                         \
    X(auto)                                                                                                       \
    X(big_auto)                                                                                                   \
    X(small_auto) X(big_integer) X(binary) X(boolean) X(char) X(date) X(datetime) X(decimal) X(duration) X(email) \
        X(file) X(file_path) X(float) X(foreign_key) X(generic_key) X(generic_relation) X(ip_address) X(image) X(integer) X(json) X(many_to_many)    \
            X(one_to_one) X(positive_big_integer) X(positive_integer) X(positive_small_integer) X(slug)           \
                X(small_integer) X(text) X(time) X(url) X(uuid)
/* clang-format on */
#define X(name) extern const CvFieldKind cv_##name##_field;
CV_FIELD_KINDS(X)
#undef X
extern const CvFieldKind cv_composite_field; /* CompositePrimaryKey: no column of its own, see key_fields */
/* The kind of Django's class name ("CharField"), or NULL. */
const CvFieldKind *cv_field_kind(CvSlice class_name);

/* ---- choices ---- */

typedef struct CvChoice {
    const char *name;  /* the C constant's */
    const char *text;  /* the stored text, or NULL */
    int64_t number;    /* the stored number where text is NULL */
    const char *label; /* what people read */
    const char *group; /* choices side by side with the same group form an <optgroup>; or NULL */
} CvChoice;
typedef struct CvChoices {
    const char *name;
    const CvChoice *items;
    size_t count;
} CvChoices;

/* ---- options ----
 * Each group is written once; a field word shows the groups that it takes and hides the others, with one layout. */

#define CV_OPTIONS_COMMON                                                                                  \
    const char *verbose_name, *help_text, *db_column, *db_comment;                                         \
    const CvChoices *choices;                 /* .choices = &BookStatus_choices */                         \
    CvValue (*default_call)(CvArena * arena); /* a default that is made for each row */                    \
    const char *db_default;                   /* the database's default, in the shell's syntax: "Now()" */ \
    const char *generated;                    /* a GeneratedField's expression, in the shell's syntax */   \
    const CvValidator *validators;            /* CV_VALIDATORS(CV_MIN_LENGTH(3)) */                        \
    const char *const *error_messages;        /* CV_LIST("unique", "Taken.") */                            \
    const char *unique_for_date, *unique_for_month, *unique_for_year;                                      \
    bool blank, unique, editable, generated_virtual;                                                       \
    signed char db_index; /* -1: the kind's own choice */
#define CV_OPTIONS_NULLS bool null;
#define CV_OPTIONS_OWN const CvOwnField *own; /* a kind of the site's own: own_field.h */
#define CV_OPTIONS_TEXT                \
    int max_length;                    \
    const char *db_collation;          \
    const char *protocol; /* of IPs */ \
    bool unpack_ipv4, allow_unicode;
#define CV_OPTIONS_FILE                                                                                \
    const char *upload_to; /* a folder, with strftime's letters: "covers/%Y/" */                       \
    const char *(*upload_to_call)(const void *row, const char *filename); /* or what makes the path */ \
    const struct CvFileStorage *storage;                                  /* NULL: the site's */       \
    const char *width_field, *height_field; /* of images: integer fields that take the size */
#define CV_OPTIONS_PATH                                                                                \
    const char *path, *match; /* whose files a model form offers, those whose names fit the pattern */ \
    bool recursive, no_files, allow_folders;
#define CV_OPTIONS_NUMBER int64_t min_value, max_value; /* CV_NO_NUMBER: no limit */
#define CV_OPTIONS_DECIMALS int max_digits, decimal_places;
#define CV_OPTIONS_MOMENT bool auto_now, auto_now_add;
#define CV_OPTIONS_RELATION                                                                         \
    CvOnDelete on_delete;                                                                           \
    CvValue (*on_delete_call)(CvArena * arena); /* for CV_SET */                                    \
    const char *related_name;                   /* "+": no way back */                              \
    const char *to_field;                                                                           \
    const char *limit_choices_to;                           /* a condition in the shell's syntax */ \
    signed char db_constraint;                              /* -1: yes */
#define CV_OPTIONS_WAY_BACK const char *related_query_name; /* what queries over there call it */
#define CV_OPTIONS_GENERIC                                                                     \
    const char *content_type, *object_id; /* the fields behind it, if they are called other */ \
    signed char for_concrete_model;       /* -1: yes; a proxy's rows count as its model's */
#define CV_OPTIONS_MANY                                             \
    const CvModel *through;    /* the model of the table between */ \
    const char *through_label; /* its label instead, as to_label */ \
    const char *const *through_fields;                              \
    const char *db_table;                                           \
    signed char symmetrical; /* -1: yes where it points to its own model */

#define CV_SHOW_(group)    \
    struct {               \
        CV_OPTIONS_##group \
    };
#define CV_HIDE_(group)    \
    struct {               \
        CV_OPTIONS_##group \
    } group##_options_are_not_for_this_field_;
#define CV_DEFAULT_(T)         \
    union {                    \
        T default_;            \
        int64_t room_default_; \
    };

#define CV_NO_NUMBER INT64_MIN
#define CV_NO_REAL __builtin_nan("")

/* clang-format off */
typedef struct CvTextOptions {      /* CharField and its kin; .default = "draft" */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_SHOW_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvTextOptions;
typedef struct CvFileOptions {      /* FileField, ImageField */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_HIDE_(OWN) CV_SHOW_(TEXT) CV_SHOW_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvFileOptions;
typedef struct CvPathOptions {      /* FilePathField */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_SHOW_(TEXT) CV_HIDE_(FILE) CV_SHOW_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvPathOptions;
typedef struct CvIntegerOptions {   /* IntegerField and its kin: no .null, see NullIntegerField; .default = 0 */
    CV_SHOW_(COMMON) CV_HIDE_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_SHOW_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(int64_t)
} CvIntegerOptions;
typedef struct CvFloatOptions {
    CV_SHOW_(COMMON) CV_HIDE_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_SHOW_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(double)
} CvFloatOptions;
typedef struct CvBooleanOptions {   /* .default = true */
    CV_SHOW_(COMMON) CV_HIDE_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(signed char)
} CvBooleanOptions;
typedef struct CvDecimalOptions {   /* .default = "7.50" */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_SHOW_(NUMBER) CV_SHOW_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvDecimalOptions;
typedef struct CvMomentOptions {    /* dates and times; .default = "2024-02-29" */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_SHOW_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvMomentOptions;
typedef struct CvOtherOptions {     /* UUIDField, DurationField, BinaryField, JSONField; the default as text */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(const char *)
} CvOtherOptions;
typedef struct CvRelationOptions {  /* ForeignKey, OneToOneField; .default: the key of an integer, see default_call */
    CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_HIDE_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_SHOW_(RELATION) CV_SHOW_(WAY_BACK) CV_HIDE_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(int64_t)
} CvRelationOptions;
typedef struct CvManyOptions {      /* ManyToManyField */
    CV_SHOW_(COMMON) CV_HIDE_(NULLS) CV_HIDE_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_SHOW_(RELATION) CV_SHOW_(WAY_BACK) CV_SHOW_(MANY) CV_HIDE_(GENERIC) CV_DEFAULT_(int64_t)
} CvManyOptions;
typedef struct CvGenericKeyOptions {      /* GenericForeignKey */
    CV_HIDE_(COMMON) CV_HIDE_(NULLS) CV_HIDE_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_HIDE_(WAY_BACK) CV_HIDE_(MANY) CV_SHOW_(GENERIC)
} CvGenericKeyOptions;
typedef struct CvGenericRelationOptions { /* GenericRelation */
    CV_HIDE_(COMMON) CV_HIDE_(NULLS) CV_HIDE_(OWN) CV_HIDE_(TEXT) CV_HIDE_(FILE) CV_HIDE_(PATH) CV_HIDE_(NUMBER) CV_HIDE_(DECIMALS) CV_HIDE_(MOMENT)
    CV_HIDE_(RELATION) CV_SHOW_(WAY_BACK) CV_HIDE_(MANY) CV_SHOW_(GENERIC)
} CvGenericRelationOptions;

struct CvField {
    const char *name;
    const CvFieldKind *kind;
    const CvModel *to;  /* target of a relation, or NULL: */
    const char *to_label; /* its label, "auth.User", or its name in the field's own app; found by cv_models_ready() */
    bool nullable_word; /* a Null...Field */
    uint32_t offset;    /* of the member in the row */
    unsigned line;      /* in the list file; 0: made by code */
    const char *const *key_fields; /* of a CompositePrimaryKey */
    const char *order_within;      /* of OrderWithRespectTo: the field whose rows are numbered */
    union {             /* read the flat names; the named ones are for initialisers */
        struct {
            CV_SHOW_(COMMON) CV_SHOW_(NULLS) CV_SHOW_(OWN) CV_SHOW_(TEXT) CV_SHOW_(FILE) CV_SHOW_(PATH) CV_SHOW_(NUMBER) CV_SHOW_(DECIMALS) CV_SHOW_(MOMENT)
            CV_SHOW_(RELATION) CV_SHOW_(WAY_BACK) CV_SHOW_(MANY) CV_SHOW_(GENERIC)
            union {
                int64_t default_integer; /* CV_NO_NUMBER: none */
                double default_real;     /* not a number: none */
                const char *default_text; /* NULL: none */
                signed char default_boolean; /* -1: none */
            };
        };
        CvTextOptions as_text;
        CvFileOptions as_file;
        CvPathOptions as_path;
        CvIntegerOptions as_integer;
        CvFloatOptions as_float;
        CvBooleanOptions as_boolean;
        CvDecimalOptions as_decimal;
        CvMomentOptions as_moment;
        CvOtherOptions as_other;
        CvRelationOptions as_relation;
        CvManyOptions as_many;
        CvGenericKeyOptions as_generic_key;
        CvGenericRelationOptions as_generic_relation;
    };
};
/* clang-format on */

/* Django's defaults of each group of kinds, before the caller's options. */
#define CV_DEFAULTS_ .editable = true, .db_index = -1
#define CV_DEFAULTS_text CV_DEFAULTS_
#define CV_DEFAULTS_file CV_DEFAULTS_
#define CV_DEFAULTS_path CV_DEFAULTS_
#define CV_DEFAULTS_integer CV_DEFAULTS_, .min_value = CV_NO_NUMBER, .max_value = CV_NO_NUMBER, .default_ = CV_NO_NUMBER
#define CV_DEFAULTS_float CV_DEFAULTS_, .min_value = CV_NO_NUMBER, .max_value = CV_NO_NUMBER, .default_ = CV_NO_REAL
#define CV_DEFAULTS_boolean CV_DEFAULTS_, .default_ = -1
#define CV_DEFAULTS_decimal CV_DEFAULTS_, .min_value = CV_NO_NUMBER, .max_value = CV_NO_NUMBER
#define CV_DEFAULTS_moment CV_DEFAULTS_
#define CV_DEFAULTS_other CV_DEFAULTS_
#define CV_DEFAULTS_relation CV_DEFAULTS_, .db_constraint = -1, .default_ = CV_NO_NUMBER
#define CV_DEFAULTS_generic_key .for_concrete_model = -1
#define CV_DEFAULTS_generic_relation .for_concrete_model = -1
#define CV_DEFAULTS_many CV_DEFAULTS_, .db_constraint = -1, .symmetrical = -1, .default_ = CV_NO_NUMBER

/* clang-format off */
/* A field made by code, with Django's defaults: cv_field("title", &cv_char_field, NULL, .max_length = 200). `target` is
 * the other model of a relation. Options have their flat names here (.default_text = "draft"). */
#define cv_field(field_name, field_kind, target, ...)                      \
    ({                                                                     \
        CvField cv_field_ = cv_field_of((field_name), (field_kind), (target)); \
        CV_ASSIGN(cv_field_ __VA_OPT__(, ) __VA_ARGS__)                    \
        cv_field_;                                                         \
    })
CvField cv_field_of(const char *name, const CvFieldKind *kind, const CvModel *target);

/* `.title = x` after an object is an assignment: CV_ASSIGN(*row, .title = "Emma", .year = 1815) checks types, keeps
 * what is not named, and errors point at the caller. Up to 32. */
#define CV_ASSIGN(object, ...) CV_CAT(CV_ASSIGN_, CV_COUNT(__VA_ARGS__))(object __VA_OPT__(, ) __VA_ARGS__)
#define CV_ASSIGN_0(o)
#define CV_ASSIGN_1(o, a) (o) a;
#define CV_ASSIGN_2(o, a, ...) (o) a; CV_ASSIGN_1(o, __VA_ARGS__)
#define CV_ASSIGN_3(o, a, ...) (o) a; CV_ASSIGN_2(o, __VA_ARGS__)
#define CV_ASSIGN_4(o, a, ...) (o) a; CV_ASSIGN_3(o, __VA_ARGS__)
#define CV_ASSIGN_5(o, a, ...) (o) a; CV_ASSIGN_4(o, __VA_ARGS__)
#define CV_ASSIGN_6(o, a, ...) (o) a; CV_ASSIGN_5(o, __VA_ARGS__)
#define CV_ASSIGN_7(o, a, ...) (o) a; CV_ASSIGN_6(o, __VA_ARGS__)
#define CV_ASSIGN_8(o, a, ...) (o) a; CV_ASSIGN_7(o, __VA_ARGS__)
#define CV_ASSIGN_9(o, a, ...) (o) a; CV_ASSIGN_8(o, __VA_ARGS__)
#define CV_ASSIGN_10(o, a, ...) (o) a; CV_ASSIGN_9(o, __VA_ARGS__)
#define CV_ASSIGN_11(o, a, ...) (o) a; CV_ASSIGN_10(o, __VA_ARGS__)
#define CV_ASSIGN_12(o, a, ...) (o) a; CV_ASSIGN_11(o, __VA_ARGS__)
#define CV_ASSIGN_13(o, a, ...) (o) a; CV_ASSIGN_12(o, __VA_ARGS__)
#define CV_ASSIGN_14(o, a, ...) (o) a; CV_ASSIGN_13(o, __VA_ARGS__)
#define CV_ASSIGN_15(o, a, ...) (o) a; CV_ASSIGN_14(o, __VA_ARGS__)
#define CV_ASSIGN_16(o, a, ...) (o) a; CV_ASSIGN_15(o, __VA_ARGS__)
#define CV_ASSIGN_17(o, a, ...) (o) a; CV_ASSIGN_16(o, __VA_ARGS__)
#define CV_ASSIGN_18(o, a, ...) (o) a; CV_ASSIGN_17(o, __VA_ARGS__)
#define CV_ASSIGN_19(o, a, ...) (o) a; CV_ASSIGN_18(o, __VA_ARGS__)
#define CV_ASSIGN_20(o, a, ...) (o) a; CV_ASSIGN_19(o, __VA_ARGS__)
#define CV_ASSIGN_21(o, a, ...) (o) a; CV_ASSIGN_20(o, __VA_ARGS__)
#define CV_ASSIGN_22(o, a, ...) (o) a; CV_ASSIGN_21(o, __VA_ARGS__)
#define CV_ASSIGN_23(o, a, ...) (o) a; CV_ASSIGN_22(o, __VA_ARGS__)
#define CV_ASSIGN_24(o, a, ...) (o) a; CV_ASSIGN_23(o, __VA_ARGS__)
#define CV_ASSIGN_25(o, a, ...) (o) a; CV_ASSIGN_24(o, __VA_ARGS__)
#define CV_ASSIGN_26(o, a, ...) (o) a; CV_ASSIGN_25(o, __VA_ARGS__)
#define CV_ASSIGN_27(o, a, ...) (o) a; CV_ASSIGN_26(o, __VA_ARGS__)
#define CV_ASSIGN_28(o, a, ...) (o) a; CV_ASSIGN_27(o, __VA_ARGS__)
#define CV_ASSIGN_29(o, a, ...) (o) a; CV_ASSIGN_28(o, __VA_ARGS__)
#define CV_ASSIGN_30(o, a, ...) (o) a; CV_ASSIGN_29(o, __VA_ARGS__)
#define CV_ASSIGN_31(o, a, ...) (o) a; CV_ASSIGN_30(o, __VA_ARGS__)
#define CV_ASSIGN_32(o, a, ...) (o) a; CV_ASSIGN_31(o, __VA_ARGS__)
/* clang-format on */

CV_API_END

#endif
