/* querydict_type.c: a QueryDict as templates see it: {{ request.GET.q }}, {% for name, value in request.GET.items %}.
 */
#include "http/querydict_private.h"

static CvValue last_value(const CvQueryItem *item)
{
    return item->count ? cv_value_slice(item->values[item->count - 1]) : cv_value_slice(CV_SLICE(""));
}

static CvList *values_of(CvArena *arena, const CvQueryItem *item)
{
    CvList *list = cv_list_create(arena);

    for (size_t i = 0; i < item->count; i++)
        cv_list_add(arena, list, cv_value_slice(item->values[i]));
    return list;
}

/* "keys", "values", "items", "lists", "urlencode": Django's methods without arguments. */
static bool method(const CvQueryDict *dict, CvSlice name, CvArena *arena, CvValue *out)
{
    bool keys = cv_slice_is(name, "keys"), values = cv_slice_is(name, "values");
    bool items = cv_slice_is(name, "items"), lists = cv_slice_is(name, "lists");

    if (cv_slice_is(name, "urlencode")) {
        *out = cv_value_slice(cv_querydict_urlencode(arena, dict, NULL));
        return true;
    }
    if (!keys && !values && !items && !lists)
        return false;
    CvList *list = cv_list_create(arena);
    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(dict, item));) {
        CvValue key = cv_value_slice(item->name);
        if (keys) {
            cv_list_add(arena, list, key);
        } else if (values) {
            cv_list_add(arena, list, last_value(item));
        } else {
            CvValue value = lists ? cv_value_list(values_of(arena, item)) : last_value(item);
            CvValue pair = cv_value_list(cv_list_of(arena, 2, (CvValue[]){key, value}));
            pair.kind = CV_TUPLE;
            cv_list_add(arena, list, pair);
        }
    }
    *out = cv_value_list(list);
    return true;
}

static bool get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvQueryDict *dict = object;
    CvSlice value;

    if (cv_querydict_get_slice(dict, name, &value)) {
        *out = cv_value_slice(value);
        return true;
    }
    return method(dict, name, arena, out);
}

static bool length(const void *object, size_t *out)
{
    *out = cv_querydict_count(object);
    return true;
}

static bool next_name(CvIterator *iterator, CvValue *out)
{
    const CvQueryItem *item = cv_querydict_next(iterator->object, iterator->state);

    if (!item)
        return false;
    iterator->state = (void *)(uintptr_t)item;
    *out = cv_value_slice(item->name);
    return true;
}

static void iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->state = NULL;
    iterator->next = next_name;
}

/* <QueryDict: {'a': ['1', '2']}> */
static CvSlice repr(const void *object, CvArena *arena)
{
    CvBuffer out = cv_buffer(arena);
    bool first = true;

    cv_buffer_append_string(&out, "<QueryDict: {");
    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(object, item)); first = false) {
        if (!first)
            cv_buffer_append_string(&out, ", ");
        cv_value_append_repr(&out, cv_value_slice(item->name));
        cv_buffer_append_string(&out, ": ");
        cv_value_append_repr(&out, cv_value_list(values_of(arena, item)));
    }
    cv_buffer_append_string(&out, "}>");
    return cv_buffer_slice(&out);
}

static bool truth(const void *object)
{
    return cv_querydict_count(object) > 0;
}

static bool contains(const void *object, CvValue item)
{
    return cv_value_is_text(item) && cv_querydict_find(object, cv_value_as_slice(item)) != NULL;
}

const CvType cv_querydict_type = {.magic = CV_TYPE_MAGIC,
                                  .name = "QueryDict",
                                  .get = get,
                                  .length = length,
                                  .iterate = iterate,
                                  .str = repr,
                                  .repr = repr,
                                  .truth = truth,
                                  .contains = contains};
