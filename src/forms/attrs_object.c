/* attrs_object.c: how templates look into HTML attributes: a dict in their order. */
#include "forms/piece_private.h"

typedef struct AttrsObject {
    CvObject object;
    const CvAttrs *attrs;
} AttrsObject;

static const CvAttrs *attrs_behind(const void *object)
{
    return ((const AttrsObject *)object)->attrs;
}

static bool next_name(CvIterator *iterator, CvValue *out)
{
    const CvAttrs *attrs = attrs_behind(iterator->object);
    if (iterator->index >= attrs->count)
        return false;
    *out = cv_value_slice(attrs->items[iterator->index++].name);
    return true;
}

static void iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_name;
}

static bool length(const void *object, size_t *out)
{
    *out = attrs_behind(object)->count;
    return true;
}

static bool truth(const void *object)
{
    return attrs_behind(object)->count > 0;
}

static CvValue pairs(const CvAttrs *attrs, CvArena *arena)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < attrs->count; i++) {
        CvList *pair = cv_list(arena, attrs->items[i].name, attrs->items[i].value);
        cv_list_add(arena, list, (CvValue){.kind = CV_TUPLE, .list = pair});
    }
    return cv_value_list(list);
}

static bool get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvAttrs *attrs = attrs_behind(object);
    for (size_t i = 0; i < attrs->count; i++) {
        if (cv_slice_equal(attrs->items[i].name, name)) {
            *out = attrs->items[i].value;
            return true;
        }
    }
    if (!cv_slice_is(name, "items"))
        return false;
    *out = pairs(attrs, arena);
    return true;
}

static CvSlice str(const void *object, CvArena *arena)
{
    const CvAttrs *attrs = attrs_behind(object);
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < attrs->count; i++)
        cv_dict_set(dict, cv_value_slice(attrs->items[i].name), attrs->items[i].value);
    return cv_value_str(arena, cv_value_dict(dict));
}

static const CvType attrs_type = {.magic = CV_TYPE_MAGIC,
                                  .name = "dict",
                                  .get = get,
                                  .length = length,
                                  .iterate = iterate,
                                  .str = str,
                                  .repr = str,
                                  .truth = truth};

CvValue cv_attrs_value(CvArena *arena, const CvAttrs *attrs)
{
    AttrsObject *object = cv_arena_new(arena, AttrsObject);
    *object = (AttrsObject){{&attrs_type}, attrs};
    return cv_value_object(object);
}

const CvAttrs *cv_attrs_of_value(CvValue value)
{
    return value.kind == CV_OBJECT && value.object && cv_type_of(value.object) == &attrs_type
               ? attrs_behind(value.object)
               : NULL;
}
