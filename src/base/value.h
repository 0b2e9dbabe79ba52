/* value.h: one value of any kind that a keyword argument, a template context or a column may hold.
 *
 * A CvValue borrows what it points to (text, lists, objects): it lives as long as that. What is zero is CV_NULL.
 *
 *     CvValue v = CV_VALUE("title");                   // the kind follows from the C type
 *     CvValue w = CV_VALUE(cv_date(2024, 2, 29));
 *     CvList *ids = cv_list(arena, 1, 2, 3);
 *
 * Objects (model rows, forms, query sets, pages) are pointers to a struct whose first member names its CvType; the type
 * says how a template, a comparison or a message looks into it, so that lower floors never know the higher ones. */
#ifndef CV_BASE_VALUE_H
#define CV_BASE_VALUE_H

#include "base/buffer.h"
#include "base/time.h"

CV_API_BEGIN

typedef enum CvKind {
    CV_NULL,     /* None */
    CV_BOOL,     /* boolean */
    CV_INT,      /* integer: 64 bits */
    CV_BIGINT,   /* text: a decimal integer that does not fit in 64 bits, "-123..." */
    CV_FLOAT,    /* real */
    CV_DECIMAL,  /* decimal */
    CV_STRING,   /* text, UTF-8 */
    CV_BYTES,    /* text, any bytes */
    CV_DATE,     /* date */
    CV_TIME,     /* time */
    CV_DATETIME, /* datetime */
    CV_DURATION, /* duration: microseconds */
    CV_UUID,     /* uuid: 16 bytes */
    CV_LIST,     /* list */
    CV_TUPLE,    /* list: prints with parentheses */
    CV_DICT,     /* dict */
    CV_OBJECT,   /* object */
    CV_MISSING,  /* no value at all: a name that was not found, an argument that was not given */
    CV_KIND_COUNT
} CvKind;

typedef enum CvValueFlags {
    CV_SAFE = 1,        /* text that is safe as HTML (Django's mark_safe) */
    CV_LAZY = 2,        /* text that is a translatable message id */
    CV_ZONE_CHOSEN = 4, /* date-time whose zone was chosen: templates do not convert it to the current one */
} CvValueFlags;

typedef struct CvList CvList;
typedef struct CvDict CvDict;
typedef struct CvType CvType;

/* The first member of every object. */
typedef struct CvObject {
    const CvType *type;
} CvObject;

/* A decimal number as text in the form of Python's str(Decimal) ("1.50", "-0", "1E+3", "NaN"); NULL: not set.
 * Arithmetic is in text/decimal.h. */
typedef struct CvDecimal {
    const char *text;
} CvDecimal;

typedef struct CvUuid {
    uint8_t bytes[16];
    bool set;
} CvUuid;

/* Columns that may be NULL; zero is NULL. */
typedef struct CvNullInteger {
    int64_t value;
    bool set;
} CvNullInteger;
typedef struct CvNullFloat {
    double value;
    bool set;
} CvNullFloat;
typedef struct CvNullBoolean {
    bool value;
    bool set;
} CvNullBoolean;
#define CV_INTEGER(number) ((CvNullInteger){(number), true})
#define CV_REAL(number) ((CvNullFloat){(number), true})
#define CV_BOOLEAN(truth) ((CvNullBoolean){(truth), true})

/* Bytes of a BinaryField. */
typedef struct CvBytes {
    const void *data;
    size_t length;
} CvBytes;

typedef struct CvValue {
    uint8_t kind;    /* CvKind */
    uint8_t flags;   /* CvValueFlags */
    uint32_t length; /* of text; longer text is refused when the value is made */
    union {
        bool boolean;
        int64_t integer;
        double real;
        const char *text;
        CvDecimal decimal;
        CvDate date;
        CvTime time;
        CvDateTime datetime;
        int64_t duration;
        uint8_t uuid[16];
        const CvList *list;
        const CvDict *dict;
        const void *object; /* points to a CvObject */
    };
} CvValue;

struct CvList {
    CvValue *items;
    size_t count, capacity;
};

/* ---- making values ---- */

#define CV_NONE ((CvValue){.kind = CV_NULL})
static inline CvValue cv_value_null(void)
{
    return (CvValue){.kind = CV_NULL};
}
static inline CvValue cv_value_bool(bool v)
{
    return (CvValue){.kind = CV_BOOL, .boolean = v};
}
static inline CvValue cv_value_int(int64_t v)
{
    return (CvValue){.kind = CV_INT, .integer = v};
}
/* Above INT64_MAX: a CV_BIGINT in the current arena. */
CvValue cv_value_uint(uint64_t v);
static inline CvValue cv_value_float(double v)
{
    return (CvValue){.kind = CV_FLOAT, .real = v};
}
/* Text longer than UINT32_MAX bytes raises CV_ERROR_VALUE. */
CvValue cv_value_text(CvKind kind, const char *data, size_t length, unsigned flags);
static inline CvValue cv_value_slice(CvSlice v)
{
    return CV_LIKELY(v.length <= UINT32_MAX)
               ? (CvValue){.kind = CV_STRING, .length = (uint32_t)v.length, .text = v.data ? v.data : ""}
               : cv_value_text(CV_STRING, v.data, v.length, 0);
}
/* NULL gives CV_NULL. */
static inline CvValue cv_value_string(const char *v)
{
    return v ? cv_value_slice(cv_slice(v)) : cv_value_null();
}
/* The same into a place, member by member: for accessors, whose reader would wait for a copy of the whole. */
static inline void cv_value_put_string(CvValue *out, const char *v)
{
    size_t length = v ? strlen(v) : 0;
    if (CV_UNLIKELY(!v || length > UINT32_MAX)) {
        *out = cv_value_string(v);
        return;
    }
    out->kind = CV_STRING;
    out->flags = 0;
    out->length = (uint32_t)length;
    out->text = v;
}
static inline void cv_value_put_int(CvValue *out, int64_t v)
{
    out->kind = CV_INT;
    out->flags = 0;
    out->length = 0;
    out->integer = v;
}
static inline void cv_value_put_float(CvValue *out, double v)
{
    out->kind = CV_FLOAT;
    out->flags = 0;
    out->length = 0;
    out->real = v;
}
static inline void cv_value_put_bool(CvValue *out, bool v)
{
    cv_value_put_int(out, 0);
    out->kind = CV_BOOL;
    out->boolean = v;
}
static inline CvValue cv_value_safe(CvSlice html)
{
    CvValue v = cv_value_slice(html);
    v.flags = CV_SAFE;
    return v;
}
CvValue cv_value_bytes(CvBytes v);
static inline CvValue cv_value_decimal(CvDecimal v)
{
    return v.text ? (CvValue){.kind = CV_DECIMAL, .decimal = v} : cv_value_null();
}
static inline CvValue cv_value_date(CvDate v)
{
    return cv_date_is_set(v) ? (CvValue){.kind = CV_DATE, .date = v} : cv_value_null();
}
static inline CvValue cv_value_time(CvTime v)
{
    return v.set ? (CvValue){.kind = CV_TIME, .time = v} : cv_value_null();
}
static inline CvValue cv_value_datetime(CvDateTime v)
{
    return v.zone ? (CvValue){.kind = CV_DATETIME, .datetime = v} : cv_value_null();
}
static inline CvValue cv_value_duration(CvDuration v)
{
    return v.set ? (CvValue){.kind = CV_DURATION, .duration = v.microseconds} : cv_value_null();
}
CvValue cv_value_uuid(CvUuid v);
static inline CvValue cv_value_null_int(CvNullInteger v)
{
    return v.set ? cv_value_int(v.value) : cv_value_null();
}
static inline CvValue cv_value_null_float(CvNullFloat v)
{
    return v.set ? cv_value_float(v.value) : cv_value_null();
}
static inline CvValue cv_value_null_bool(CvNullBoolean v)
{
    return v.set ? cv_value_bool(v.value) : cv_value_null();
}
static inline CvValue cv_value_list(const CvList *v)
{
    return v ? (CvValue){.kind = CV_LIST, .list = v} : cv_value_null();
}
static inline CvValue cv_value_dict(const CvDict *v)
{
    return v ? (CvValue){.kind = CV_DICT, .dict = v} : cv_value_null();
}
static inline CvValue cv_value_self(CvValue v)
{
    return v;
}
/* A pointer to an object (its first member is a CvObject); NULL gives CV_NULL. Debug builds check the type's tag. */
CvValue cv_value_object(const void *object);
/* The decimal integer of any size that `digits` spells (optional sign): CV_INT if it fits, else CV_BIGINT. */
CvValue cv_value_integer_text(CvArena *arena, CvSlice digits);

/* The address of a number or of a text is no value: CV_VALUE(&count) and CV_VALUE(argv) do not compile. */
typedef struct CvNumberOrTextItself {
    char unused;
} CvNumberOrTextItself;
CvValue cv_value_pointer_to_scalar(CvNumberOrTextItself give_it_without_address);

/* The value of any C expression. What is no scalar of the library must be a pointer to an object. */
#define CV_VALUE(x) \
    _Generic((x), bool: cv_value_bool, char: cv_value_int, signed char: cv_value_int, unsigned char: cv_value_int,     \
        short: cv_value_int, unsigned short: cv_value_int, int: cv_value_int, unsigned: cv_value_int,                  \
        long: cv_value_int, long long: cv_value_int, unsigned long: cv_value_uint, unsigned long long: cv_value_uint,  \
        float: cv_value_float, double: cv_value_float, char *: cv_value_string, const char *: cv_value_string,         \
        CvSlice: cv_value_slice, CvBytes: cv_value_bytes, CvDecimal: cv_value_decimal, CvDate: cv_value_date,          \
        CvTime: cv_value_time, CvDateTime: cv_value_datetime, CvDuration: cv_value_duration, CvUuid: cv_value_uuid,    \
        CvNullInteger: cv_value_null_int, CvNullFloat: cv_value_null_float, CvNullBoolean: cv_value_null_bool,         \
        CvList *: cv_value_list, const CvList *: cv_value_list, CvDict *: cv_value_dict,                               \
        const CvDict *: cv_value_dict, CvValue: cv_value_self, int *: cv_value_pointer_to_scalar,                      \
        const int *: cv_value_pointer_to_scalar, unsigned *: cv_value_pointer_to_scalar,                               \
        long *: cv_value_pointer_to_scalar, const long *: cv_value_pointer_to_scalar,                                  \
        unsigned long *: cv_value_pointer_to_scalar, double *: cv_value_pointer_to_scalar,                             \
        const double *: cv_value_pointer_to_scalar, bool *: cv_value_pointer_to_scalar,                                \
        char **: cv_value_pointer_to_scalar, const char **: cv_value_pointer_to_scalar,                                \
        const char *const *: cv_value_pointer_to_scalar, default: cv_value_object)(x)

/* ---- reading values ---- */

static inline bool cv_value_is_text(CvValue v)
{
    return v.kind == CV_STRING;
}
static inline CvSlice cv_value_as_slice(CvValue v)
{
    return (CvSlice){v.text, v.length};
}
/* "NoneType", "bool", "int", "str", "Decimal", "datetime.date", ... or the object's type name: for messages. */
const char *cv_value_kind_name(CvValue v);
/* Python's truth: null, zero, empty text, list, dict are false. */
bool cv_value_truth(CvValue v);
/* Python's ==, numbers across kinds, text by bytes, lists by items; values of unrelated kinds are unequal. */
bool cv_value_equal(CvValue a, CvValue b);
/* Order as Python's <: numbers, text (by code point), dates, times, lists with themselves. False: they have no order.
 */
bool cv_value_compare(CvValue a, CvValue b, int *order) CV_NODISCARD;
/* Python's str(): what a template prints before localisation and escaping. */
CvSlice cv_value_str(CvArena *arena, CvValue v);
/* Python's repr(), for messages: 'it', "it's", None, [1, 2]. */
CvSlice cv_value_repr(CvArena *arena, CvValue v);
void cv_value_append_repr(CvBuffer *out, CvValue v);
/* A copy in `arena` of the value and everything that it borrows, objects excepted. */
CvValue cv_value_copy(CvArena *arena, CvValue v);

/* ---- lists ---- */

CvList *cv_list_create(CvArena *arena);
void cv_list_add(CvArena *arena, CvList *list, CvValue value);
/* A list of C expressions: cv_list(arena, 1, "two", cv_date(2003, 3, 3)); 1 to 32 of them. */
#define cv_list(arena, ...)                                                                   \
    cv_list_of((arena), sizeof((CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)}) / sizeof(CvValue), \
               (CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)})
CvList *cv_list_of(CvArena *arena, size_t count, const CvValue *items);

/* ---- dicts: from values to values, in order of insertion ---- */

typedef struct CvDictEntry {
    CvValue key, value;
    uint64_t hash;
    bool removed;
} CvDictEntry;

CvDict *cv_dict_create(CvArena *arena);
size_t cv_dict_count(const CvDict *dict);
/* Numbers that are equal are the same key, as in Python. Keys and values are borrowed. */
void cv_dict_set(CvDict *dict, CvValue key, CvValue value);
void cv_dict_set_name(CvDict *dict, const char *key, CvValue value);
bool cv_dict_get(const CvDict *dict, CvValue key, CvValue *value);
bool cv_dict_get_slice(const CvDict *dict, CvSlice key, CvValue *value);
bool cv_dict_remove(CvDict *dict, CvValue key);
/* The entry after `entry` (NULL: the first), or NULL at the end. */
const CvDictEntry *cv_dict_next(const CvDict *dict, const CvDictEntry *entry);

/* ---- types: how others look into an object ---- */

/* What stands at an accessor's offset. */
typedef enum CvDirect {
    CV_DIRECT_NONE, /* only read() knows */
    CV_DIRECT_TEXT, /* const char *; where it is NULL, read() is called */
    CV_DIRECT_INT,  /* int64_t */
} CvDirect;

/* How to read one named member of objects of one type; a template keeps it beside the variable, so that the name is
 * looked up once for each type that passes by. */
typedef struct CvAccessor {
    void (*read)(const struct CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out);
    size_t offset;
    const void *data;
    bool may_raise; /* read() may raise a DoesNotExist (a relation) or wait: templates guard it and print nothing */
    uint8_t direct; /* CvDirect: templates read the member without a call; read() must give the same */
    uint16_t
        guard; /* offset of a pointer in the object: where it is not NULL, read() is called all the same; 0: none */
} CvAccessor;

/* Walks the items of an object. next() gives false at the end. */
typedef struct CvIterator {
    bool (*next)(struct CvIterator *iterator, CvValue *out);
    CvArena *arena; /* where items live; the caller may reset it between items if it keeps none of them */
    const void *object;
    void *state;
    size_t index;
    bool keeps; /* set by the caller before iterate(): it keeps items, which must live as long as the object */
} CvIterator;

#define CV_TYPE_MAGIC UINT32_C(0x43765479)

/* All functions are optional: NULL means that objects of this type have no such thing. They may raise. */
struct CvType {
    uint32_t magic; /* CV_TYPE_MAGIC */
    const char *name;
    /* Attribute or key `name`; false if there is none. `resolve` is asked first and only once for each place. */
    bool (*resolve)(const CvType *type, CvSlice name, CvAccessor *out);
    bool (*get)(const void *object, CvSlice name, CvArena *arena, CvValue *out);
    /* obj[index]; negative indexes are refused by returning false. */
    bool (*item)(const void *object, int64_t index, CvArena *arena, CvValue *out);
    /* len(); false if objects of this type have no length (any more). */
    bool (*length)(const void *object, size_t *out);
    void (*iterate)(const void *object, CvIterator *iterator);
    CvSlice (*str)(const void *object, CvArena *arena);
    CvSlice (*repr)(const void *object, CvArena *arena);
    bool (*truth)(const void *object);
    bool (*equal)(const void *a, CvValue b);
    bool (*contains)(const void *object, CvValue item);
    /* A callable, as a template calls it (no arguments). */
    CvValue (*call)(const void *object, CvArena *arena);
    bool str_is_safe; /* str() gives HTML (forms, bound fields) */
    bool do_not_call; /* Django's do_not_call_in_templates */
    bool alters_data; /* templates must not call it */
};

static inline const CvType *cv_type_of(const void *object)
{
    return ((const CvObject *)object)->type;
}

CV_API_END

#include "base/arguments.h"

#endif
