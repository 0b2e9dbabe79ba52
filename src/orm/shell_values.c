/* shell_values.c: looking into values of any kind: items, length, truth, subscripts, and arguments as C types. */
#include "orm/shell_private.h"
#include "text/utf8.h"

const char *cv_shell_type_name(CvValue value)
{
    static const char *const names[] = {[CV_NULL] = "NoneType",
                                        [CV_BOOL] = "bool",
                                        [CV_INT] = "int",
                                        [CV_BIGINT] = "int",
                                        [CV_FLOAT] = "float",
                                        [CV_DECIMAL] = "decimal.Decimal",
                                        [CV_STRING] = "str",
                                        [CV_BYTES] = "bytes",
                                        [CV_DATE] = "datetime.date",
                                        [CV_TIME] = "datetime.time",
                                        [CV_DATETIME] = "datetime.datetime",
                                        [CV_DURATION] = "datetime.timedelta",
                                        [CV_UUID] = "UUID",
                                        [CV_LIST] = "list",
                                        [CV_TUPLE] = "tuple",
                                        [CV_DICT] = "dict",
                                        [CV_OBJECT] = "object",
                                        [CV_MISSING] = "missing"};
    if (value.kind == CV_OBJECT)
        return cv_type_of(value.object)->name;
    return value.kind < CV_KIND_COUNT ? names[value.kind] : "object";
}

static CvList *one_character_each(CvValue text)
{
    CvList *list = cv_list_create(cv_arena());
    for (CvSlice rest = cv_value_as_slice(text); rest.length;) {
        CvSlice before = rest;
        cv_utf8_next(&rest);
        cv_list_add(cv_arena(), list, cv_value_slice(cv_slice_of(before.data, before.length - rest.length)));
    }
    return list;
}

static CvList *keys_of(const CvDict *dict)
{
    CvList *list = cv_list_create(cv_arena());
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        cv_list_add(cv_arena(), list, entry->key);
    return list;
}

static CvList *items_of_query(CvQuerySet *set)
{
    CvList *list = cv_list_create(cv_arena());
    size_t count = cv_length_of(set);
    for (size_t i = 0; i < count; i++)
        cv_list_add(cv_arena(), list, cv_item_of(set, i));
    return list;
}

const CvList *cv_shell_items(CvValue value)
{
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        return value.list;
    if (value.kind == CV_STRING)
        return one_character_each(value);
    if (value.kind == CV_DICT)
        return keys_of(value.dict);
    if (cv_shell_is(value, &cv_shell_set_type))
        return ((const CvShellSet *)value.object)->items;
    if (cv_shell_is_query(value))
        return items_of_query(cv_shell_query(value));
    if (value.kind == CV_OBJECT && cv_type_of(value.object)->iterate) {
        CvList *list = cv_list_create(cv_arena());
        CvIterator iterator = {.arena = cv_arena(), .object = value.object, .keeps = true};
        CvValue item;
        cv_type_of(value.object)->iterate(value.object, &iterator);
        while (iterator.next(&iterator, &item))
            cv_list_add(cv_arena(), list, item);
        return list;
    }
    cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_shell_type_name(value));
}

int64_t cv_shell_length(CvValue value)
{
    size_t count;
    switch (value.kind) {
    case CV_LIST:
    case CV_TUPLE:
        return (int64_t)value.list->count;
    case CV_STRING:
        return (int64_t)cv_utf8_count(cv_value_as_slice(value));
    case CV_BYTES:
        return value.length;
    case CV_DICT:
        return (int64_t)cv_dict_count(value.dict);
    default:
        if (cv_shell_is_query(value))
            return (int64_t)cv_length_of(cv_shell_query(value));
        if (value.kind == CV_OBJECT && cv_type_of(value.object)->length &&
            cv_type_of(value.object)->length(value.object, &count))
            return (int64_t)count;
    }
    cv_raise(CV_ERROR_TYPE, "object of type '%s' has no len()", cv_shell_type_name(value));
}

bool cv_shell_truth(CvValue value)
{
    if (cv_shell_is_query(value))
        return cv_length_of(cv_shell_query(value)) > 0;
    return cv_value_truth(value);
}

/* ---- subscripts ---- */

static CvValue list_item(const CvList *list, CvValue index, const char *kind)
{
    if (index.kind != CV_INT && index.kind != CV_BOOL)
        cv_raise(CV_ERROR_TYPE, "%s indices must be integers or slices, not %s", kind, cv_shell_type_name(index));
    int64_t at = cv_shell_integer(index), count = (int64_t)list->count;
    if (at < -count || at >= count)
        cv_raise(CV_ERROR_INDEX, "%s index out of range", kind);
    return list->items[at < 0 ? at + count : at];
}

static CvValue query_item(CvQuerySet *set, CvValue index)
{
    if (index.kind != CV_INT && index.kind != CV_BOOL)
        cv_raise(CV_ERROR_TYPE, "QuerySet indices must be integers or slices, not %s.", cv_shell_type_name(index));
    int64_t at = cv_shell_integer(index);
    if (at < 0)
        cv_raise(CV_ERROR_VALUE, "Negative indexing is not supported.");
    if (cv_shell_set_is_fetched(set))
        return cv_item_of(set, (size_t)at);
    CvQuerySet *one = cv_slice_at(set, at, at == INT64_MAX ? at : at + 1);
    if (cv_length_of(one) == 0)
        cv_raise(CV_ERROR_INDEX, "list index out of range");
    return cv_item_of(one, 0);
}

CvValue cv_shell_subscript(CvValue value, CvValue index)
{
    CvValue found;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        return list_item(value.list, index, value.kind == CV_LIST ? "list" : "tuple");
    if (value.kind == CV_STRING)
        return list_item(one_character_each(value), index, "string");
    if (value.kind == CV_DICT) {
        if (cv_dict_get(value.dict, index, &found))
            return found;
        cv_raise(CV_ERROR_KEY, "%.*s", CV_SLICE_ARG(cv_value_repr(cv_arena(), index)));
    }
    if (cv_shell_is_query(value) && !cv_shell_is(value, &cv_shell_manager_type))
        return query_item(cv_shell_query(value), index);
    if (cv_shell_is_record(value) && index.kind == CV_STRING) {
        found = cv_record_get(value.object, cv_value_as_slice(index));
        if (found.kind != CV_MISSING)
            return found;
        cv_raise(CV_ERROR_KEY, "%.*s", CV_SLICE_ARG(cv_value_repr(cv_arena(), index)));
    }
    if (cv_shell_is_expression(value))
        return cv_shell_expression_slice(value, index, cv_value_null(), true);
    cv_raise(CV_ERROR_TYPE, "'%s' object is not subscriptable", cv_shell_type_name(value));
}

/* Python's slice of `count` items: first and behind the last, step 1 or another that is not 0. */
static void resolve_slice(CvValue start, CvValue end, int64_t step, int64_t count, int64_t *from, int64_t *to)
{
    int64_t low = step > 0 ? 0 : -1, high = step > 0 ? count : count - 1;
    *from = start.kind == CV_NULL ? (step > 0 ? low : high) : cv_shell_integer(start);
    *to = end.kind == CV_NULL ? (step > 0 ? high : low) : cv_shell_integer(end);
    if (start.kind != CV_NULL)
        *from = *from < 0 ? *from + count : *from;
    if (end.kind != CV_NULL)
        *to = *to < 0 ? *to + count : *to;
    *from = *from < low ? low : *from > high ? high : *from;
    *to = *to < low ? low : *to > high ? high : *to;
}

static CvValue list_slice(const CvList *list, uint8_t kind, CvValue start, CvValue end, CvValue step)
{
    int64_t by = step.kind == CV_NULL ? 1 : cv_shell_integer(step), from, to;
    if (by == 0)
        cv_raise(CV_ERROR_VALUE, "slice step cannot be zero");
    resolve_slice(start, end, by, (int64_t)list->count, &from, &to);
    CvList *part = cv_list_create(cv_arena());
    for (int64_t i = from; by > 0 ? i < to : i > to;) {
        cv_list_add(cv_arena(), part, list->items[i]);
        if (by > 0 ? by >= to - i : by <= to - i)
            break;
        i += by;
    }
    CvValue value = cv_value_list(part);
    value.kind = kind;
    return value;
}

static CvValue query_slice(CvQuerySet *set, CvValue start, CvValue end, CvValue step)
{
    int64_t from = start.kind == CV_NULL ? 0 : cv_shell_integer(start);
    int64_t to = end.kind == CV_NULL ? CV_END : cv_shell_integer(end);
    if (from < 0 || to < 0)
        cv_raise(CV_ERROR_VALUE, "Negative indexing is not supported.");
    if (cv_shell_set_is_fetched(set)) /* a prefetched one: its rows are here */
        return list_slice(items_of_query(set), CV_LIST, start, end, step);
    CvQuerySet *part = cv_slice_at(set, from, to < from ? from : to);
    if (step.kind == CV_NULL)
        return cv_value_object(part);
    return list_slice(items_of_query(part), CV_LIST, cv_value_null(), cv_value_null(), step);
}

CvValue cv_shell_slice(CvValue value, CvValue start, CvValue end, CvValue step)
{
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        return list_slice(value.list, value.kind, start, end, step);
    if (value.kind == CV_STRING) {
        CvValue part = list_slice(one_character_each(value), CV_LIST, start, end, step);
        CvBuffer out = cv_buffer(cv_arena());
        for (size_t i = 0; i < part.list->count; i++)
            cv_buffer_append_slice(&out, cv_value_as_slice(part.list->items[i]));
        return cv_value_slice(cv_buffer_slice(&out));
    }
    if (cv_shell_is_query(value) && !cv_shell_is(value, &cv_shell_manager_type))
        return query_slice(cv_shell_query(value), start, end, step);
    if (cv_shell_is_expression(value) && step.kind == CV_NULL)
        return cv_shell_expression_slice(value, start, end, false);
    cv_raise(CV_ERROR_TYPE, "'%s' object is not subscriptable", cv_shell_type_name(value));
}

/* ---- arguments as C types ---- */

int64_t cv_shell_integer(CvValue value)
{
    if (value.kind == CV_INT)
        return value.integer;
    if (value.kind == CV_BOOL)
        return value.boolean;
    if (value.kind == CV_BIGINT)
        cv_raise(CV_ERROR_OVERFLOW, "Python int too large to convert to C long");
    cv_raise(CV_ERROR_TYPE, "'%s' object cannot be interpreted as an integer", cv_shell_type_name(value));
}

const char *cv_shell_text(CvValue value)
{
    if (value.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "expected a string, not %s", cv_shell_type_name(value));
    if (value.length && memchr(value.text, '\0', value.length))
        cv_raise(CV_ERROR_VALUE, "a name cannot contain null characters");
    return cv_slice_string(cv_arena(), cv_value_as_slice(value));
}

static CvValue plain_list(const CvList *items, uint8_t kind)
{
    CvList *list = cv_list_create(cv_arena());
    for (size_t i = 0; i < items->count; i++)
        cv_list_add(cv_arena(), list, cv_shell_plain(items->items[i]));
    CvValue value = cv_value_list(list);
    value.kind = kind;
    return value;
}

CvValue cv_shell_plain(CvValue value)
{
    if (cv_shell_is(value, &cv_shell_manager_type))
        return cv_value_object(((const CvShellManager *)value.object)->set);
    if (cv_shell_is(value, &cv_shell_set_type))
        return plain_list(((const CvShellSet *)value.object)->items, CV_LIST);
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        return plain_list(value.list, value.kind);
    return value;
}
