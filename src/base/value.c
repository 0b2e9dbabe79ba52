/* value.c: making values that need more than a literal, and asking for their truth. */
#include "base/value.h"

#include "base/self.h"
#include "base/value_private.h"

CvValue cv_value_text(CvKind kind, const char *data, size_t length, unsigned flags)
{
    if (length > UINT32_MAX)
        cv_raise(CV_ERROR_VALUE, "A text of %zu bytes is too long for a value.", length);
    return (CvValue){
        .kind = (uint8_t)kind, .flags = (uint8_t)flags, .length = (uint32_t)length, .text = data ? data : ""};
}

CvValue cv_value_bytes(CvBytes v)
{
    return cv_value_text(CV_BYTES, v.data, v.length, 0);
}

CvValue cv_value_uuid(CvUuid v)
{
    if (!v.set)
        return cv_value_null();
    CvValue value = {.kind = CV_UUID};
    memcpy(value.uuid, v.bytes, sizeof v.bytes);
    return value;
}

CvValue cv_value_uint(uint64_t v)
{
    if (v <= INT64_MAX)
        return cv_value_int((int64_t)v);
    const char *digits = cv_printf("%llu", (unsigned long long)v);
    return cv_value_text(CV_BIGINT, digits, strlen(digits), 0);
}

CvValue cv_value_object(const void *object)
{
    if (!object)
        return cv_value_null();
#ifndef NDEBUG
    const CvType *type = cv_type_of(object);
    if (!type || type->magic != CV_TYPE_MAGIC)
        cv_raise(CV_ERROR_TYPE, "A pointer was passed as a value that does not point to an object.");
#endif
    return (CvValue){.kind = CV_OBJECT, .object = object};
}

CvValue cv_value_integer_text(CvArena *arena, CvSlice digits)
{
    int64_t small;
    if (cv_slice_to_int64(digits, &small))
        return cv_value_int(small);
    bool negative = digits.length && *digits.data == '-';
    if (digits.length && (negative || *digits.data == '+'))
        digits = cv_slice_skip(digits, 1);
    while (digits.length > 1 && *digits.data == '0')
        digits = cv_slice_skip(digits, 1);
    CvBuffer text = cv_buffer(arena);
    if (negative)
        cv_buffer_append_byte(&text, '-');
    cv_buffer_append_slice(&text, digits);
    return cv_value_text(CV_BIGINT, cv_buffer_string(&text), text.length, 0);
}

const char *cv_value_kind_name(CvValue v)
{
    static const char *const names[CV_KIND_COUNT] = {
        "NoneType",
        "bool",
        "int",
        "int",
        "float",
        "Decimal",
        "str",
        "bytes",
        "datetime.date",
        "datetime.time",
        "datetime.datetime",
        "datetime.timedelta",
        "UUID",
        "list",
        "tuple",
        "dict",
        "object",
        "missing",
    };
    if (v.kind == CV_OBJECT && cv_type_of(v.object)->name)
        return cv_type_of(v.object)->name;
    return v.kind < CV_KIND_COUNT ? names[v.kind] : "object";
}

static bool decimal_truth(const char *text)
{
    /* "0.00", "-0", "0E+3" are zero; "NaN" and "Infinity" are true, as in Python. */
    for (; *text && *text != 'E' && *text != 'e'; text++)
        if (!memchr("+-.0", *text, 4))
            return true;
    return false;
}

static bool object_truth(const void *object)
{
    const CvType *type = cv_type_of(object);
    size_t length;
    if (type->truth)
        return type->truth(object);
    return !type->length || !type->length(object, &length) || length > 0;
}

bool cv_value_truth(CvValue v)
{
    switch ((CvKind)v.kind) {
    case CV_NULL:
    case CV_MISSING:
        return false;
    case CV_BOOL:
        return v.boolean;
    case CV_INT:
        return v.integer != 0;
    case CV_FLOAT:
        return v.real != 0;
    case CV_DECIMAL:
        return decimal_truth(v.decimal.text);
    case CV_STRING:
    case CV_BYTES:
        return v.length > 0;
    case CV_DURATION:
        return v.duration != 0;
    case CV_LIST:
    case CV_TUPLE:
        return v.list->count > 0;
    case CV_DICT:
        return cv_dict_count(v.dict) > 0;
    case CV_OBJECT:
        return object_truth(v.object);
    default:
        return true;
    }
}

static const CvList *copy_list(CvArena *arena, const CvList *list, int depth);

static CvValue copy(CvArena *arena, CvValue v, int depth)
{
    if (depth > CV_VALUE_DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "A value is nested too deeply to be copied.");
    switch ((CvKind)v.kind) {
    case CV_STRING:
    case CV_BYTES:
    case CV_BIGINT:
        v.text = cv_arena_strndup(arena, v.text, v.length);
        break;
    case CV_DECIMAL:
        v.decimal.text = cv_arena_strdup(arena, v.decimal.text);
        break;
    case CV_LIST:
    case CV_TUPLE:
        v.list = copy_list(arena, v.list, depth + 1);
        break;
    case CV_DICT: {
        CvDict *dict = cv_dict_create(arena);
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(v.dict, entry));)
            cv_dict_set(dict, copy(arena, entry->key, depth + 1), copy(arena, entry->value, depth + 1));
        v.dict = dict;
        break;
    }
    default:
        break;
    }
    return v;
}

static const CvList *copy_list(CvArena *arena, const CvList *list, int depth)
{
    CvList *result = cv_list_of(arena, list->count, list->items);
    for (size_t i = 0; i < result->count; i++)
        result->items[i] = copy(arena, result->items[i], depth);
    return result;
}

CvValue cv_value_copy(CvArena *arena, CvValue v)
{
    return copy(arena, v, 0);
}
