/* value_compare.c: equality, order and hashes of values, as Python has them. */
#include "base/hash.h"
#include "base/self.h"
#include "base/value_private.h"

static bool equal(CvValue a, CvValue b, int depth);

static void check_depth(int depth)
{
    if (depth > CV_VALUE_DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "A value is nested too deeply to be compared.");
}

static bool lists_equal(const CvList *a, const CvList *b, int depth)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!equal(a->items[i], b->items[i], depth))
            return false;
    return true;
}

static bool dicts_equal(const CvDict *a, const CvDict *b, int depth)
{
    if (cv_dict_count(a) != cv_dict_count(b))
        return false;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(a, entry));) {
        CvValue other;
        if (!cv_dict_get(b, entry->key, &other) || !equal(entry->value, other, depth))
            return false;
    }
    return true;
}

static bool objects_equal(CvValue a, CvValue b)
{
    if (a.kind == CV_OBJECT && cv_type_of(a.object)->equal)
        return cv_type_of(a.object)->equal(a.object, b);
    if (b.kind == CV_OBJECT && cv_type_of(b.object)->equal)
        return cv_type_of(b.object)->equal(b.object, a);
    return a.kind == b.kind && a.object == b.object;
}

static bool equal(CvValue a, CvValue b, int depth)
{
    int order;
    check_depth(depth);
    if (a.kind == CV_OBJECT || b.kind == CV_OBJECT)
        return objects_equal(a, b);
    if (cv_value_is_number(a) && cv_value_is_number(b))
        return cv_number_compare(a, b, &order) && order == 0;
    if (a.kind != b.kind)
        return false;
    switch ((CvKind)a.kind) {
    case CV_STRING:
    case CV_BYTES:
        return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
    case CV_DATE:
        return cv_date_compare(a.date, b.date) == 0;
    case CV_TIME:
        return cv_time_compare(a.time, b.time) == 0;
    case CV_DATETIME:
        return cv_datetime_is_naive(a.datetime) == cv_datetime_is_naive(b.datetime) &&
               cv_datetime_compare(a.datetime, b.datetime) == 0;
    case CV_DURATION:
        return a.duration == b.duration;
    case CV_UUID:
        return memcmp(a.uuid, b.uuid, sizeof a.uuid) == 0;
    case CV_LIST:
    case CV_TUPLE:
        return a.list == b.list || lists_equal(a.list, b.list, depth + 1);
    case CV_DICT:
        return a.dict == b.dict || dicts_equal(a.dict, b.dict, depth + 1);
    default:
        return true; /* None is None */
    }
}

bool cv_value_equal(CvValue a, CvValue b)
{
    return equal(a, b, 0);
}

static bool compare(CvValue a, CvValue b, int *order, int depth)
{
    check_depth(depth);
    if (cv_value_is_number(a) && cv_value_is_number(b))
        return cv_number_compare(a, b, order);
    if (a.kind != b.kind)
        return false;
    switch ((CvKind)a.kind) {
    case CV_STRING: /* the order of UTF-8 bytes is that of code points */
    case CV_BYTES:
        *order = cv_slice_compare(cv_value_as_slice(a), cv_value_as_slice(b));
        return true;
    case CV_DATE:
        *order = cv_date_compare(a.date, b.date);
        return true;
    case CV_TIME:
        *order = cv_time_compare(a.time, b.time);
        return true;
    case CV_DATETIME:
        *order = cv_datetime_compare(a.datetime, b.datetime);
        return cv_datetime_is_naive(a.datetime) == cv_datetime_is_naive(b.datetime);
    case CV_DURATION:
        *order = (a.duration > b.duration) - (a.duration < b.duration);
        return true;
    case CV_UUID:
        *order = memcmp(a.uuid, b.uuid, sizeof a.uuid);
        return true;
    case CV_LIST:
    case CV_TUPLE:
        /* The first items that differ decide. */
        for (size_t i = 0; i < a.list->count && i < b.list->count; i++)
            if (!equal(a.list->items[i], b.list->items[i], depth + 1))
                return compare(a.list->items[i], b.list->items[i], order, depth + 1);
        *order = (a.list->count > b.list->count) - (a.list->count < b.list->count);
        return true;
    default:
        return false;
    }
}

bool cv_value_compare(CvValue a, CvValue b, int *order)
{
    return compare(a, b, order, 0);
}

CV_WRAPS static uint64_t hash_bytes(const void *bytes, size_t size, CvKind kind)
{
    return cv_hash(cv_slice_of(bytes, size)) + kind;
}

static uint64_t hash_deep(CvValue v, int depth)
{
    check_depth(depth);
    switch ((CvKind)v.kind) {
    case CV_BOOL:
    case CV_INT:
    case CV_BIGINT:
    case CV_FLOAT:
    case CV_DECIMAL:
        return cv_number_hash(v);
    case CV_STRING:
        return cv_hash(cv_value_as_slice(v));
    case CV_BYTES:
        return hash_bytes(v.text, v.length, CV_BYTES);
    case CV_DATE: {
        int32_t days = cv_date_to_days(v.date);
        return hash_bytes(&days, sizeof days, CV_DATE);
    }
    case CV_TIME: {
        int64_t microseconds = cv_time_to_microseconds(v.time);
        return hash_bytes(&microseconds, sizeof microseconds, CV_TIME);
    }
    case CV_DATETIME:
        return hash_bytes(&v.datetime.microseconds, sizeof v.datetime.microseconds, CV_DATETIME);
    case CV_DURATION:
        return hash_bytes(&v.duration, sizeof v.duration, CV_DURATION);
    case CV_UUID:
        return hash_bytes(v.uuid, sizeof v.uuid, CV_UUID);
    case CV_LIST:
    case CV_TUPLE: {
        uint64_t sum[2] = {v.list->count, 0};
        for (size_t i = 0; i < v.list->count; i++) {
            sum[1] = hash_deep(v.list->items[i], depth + 1);
            sum[0] = cv_hash(cv_slice_of((const char *)sum, sizeof sum));
        }
        return sum[0];
    }
    default:
        /* Objects have an equality of their own: only it can tell them apart. */
        return v.kind;
    }
}

uint64_t cv_value_hash(CvValue v)
{
    return hash_deep(v, 0);
}
