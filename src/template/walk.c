/* walk.c: the items of any value that has items, its length, and one item by number. */
#include "template/lookup_private.h"

#include <unistr.h>

static size_t character(const char *at, const char *end)
{
    int length = u8_mblen((const uint8_t *)at, (size_t)(end - at));
    return length > 0 ? (size_t)length : 1;
}

static bool begin(CvWalk *walk, CvArena *arena, CvValue value, bool keeps)
{
    *walk = (CvWalk){.value = value, .arena = arena};
    switch ((CvKind)value.kind) {
    case CV_LIST:
    case CV_TUPLE:
    case CV_DICT:
    case CV_STRING:
    case CV_BYTES:
        return true;
    case CV_OBJECT: {
        const CvType *type = cv_type_of(value.object);
        if (type->iterate) {
            walk->iterator.arena = arena;
            walk->iterator.object = value.object;
            walk->iterator.keeps = keeps;
            type->iterate(value.object, &walk->iterator);
            return walk->iterator.next != NULL;
        }
        return type->item != NULL;
    }
    default:
        return false;
    }
}

bool cv_walk_begin(CvWalk *walk, CvArena *arena, CvValue value)
{
    return begin(walk, arena, value, false);
}

bool cv_walk_begin_keeping(CvWalk *walk, CvArena *arena, CvValue value)
{
    return begin(walk, arena, value, true);
}

bool cv_walk_next(CvWalk *walk, CvValue *item)
{
    CvValue value = walk->value;
    switch ((CvKind)value.kind) {
    case CV_LIST:
    case CV_TUPLE:
        if (walk->index >= value.list->count)
            return false;
        *item = value.list->items[walk->index++];
        return true;
    case CV_DICT:
        walk->entry = cv_dict_next(value.dict, walk->entry);
        if (walk->entry)
            *item = walk->entry->key;
        return walk->entry != NULL;
    case CV_STRING: {
        if (walk->position >= value.length)
            return false;
        const char *at = value.text + walk->position;
        size_t length = character(at, value.text + value.length);
        *item = cv_value_slice(cv_slice_of(at, length));
        walk->position += length;
        return true;
    }
    case CV_BYTES:
        if (walk->position >= value.length)
            return false;
        *item = cv_value_int((unsigned char)value.text[walk->position++]);
        return true;
    case CV_OBJECT:
        if (walk->iterator.next)
            return walk->iterator.next(&walk->iterator, item);
        return cv_type_of(value.object)->item(value.object, (int64_t)walk->index++, walk->arena, item);
    default:
        return false;
    }
}

static size_t count_characters(CvValue text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.text[i] & 0xc0) != 0x80;
    return count;
}

bool cv_value_length(CvValue value, size_t *length)
{
    switch ((CvKind)value.kind) {
    case CV_LIST:
    case CV_TUPLE:
        *length = value.list->count;
        return true;
    case CV_DICT:
        *length = cv_dict_count(value.dict);
        return true;
    case CV_STRING:
        *length = count_characters(value);
        return true;
    case CV_BYTES:
        *length = value.length;
        return true;
    case CV_OBJECT: {
        const CvType *type = cv_type_of(value.object);
        return type->length && type->length(value.object, length);
    }
    default:
        return false;
    }
}

bool cv_value_items(CvArena *arena, CvValue value, CvList *list)
{
    if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        *list = *value.list;
        return true;
    }
    CvWalk walk;
    CvValue item;
    *list = (CvList){0};
    if (!cv_walk_begin_keeping(&walk, arena, value))
        return false;
    while (cv_walk_next(&walk, &item))
        cv_list_add(arena, list, item);
    return true;
}

static bool character_at(CvValue text, int64_t index, CvValue *out)
{
    if (index < 0)
        index += (int64_t)count_characters(text);
    const char *at = text.text, *end = at + text.length;
    if (index < 0)
        return false;
    for (; at < end; at += character(at, end))
        if (index-- == 0) {
            *out = cv_value_slice(cv_slice_of(at, character(at, end)));
            return true;
        }
    return false;
}

bool cv_value_item(CvArena *arena, CvValue value, int64_t index, CvValue *out)
{
    switch ((CvKind)value.kind) {
    case CV_LIST:
    case CV_TUPLE: {
        int64_t count = (int64_t)value.list->count;
        if (index < 0)
            index += count;
        if (index < 0 || index >= count)
            return false;
        *out = value.list->items[index];
        return true;
    }
    case CV_STRING:
        return character_at(value, index, out);
    case CV_OBJECT: {
        const CvType *type = cv_type_of(value.object);
        if (!type->item)
            return false;
        if (index < 0) {
            size_t length;
            if (!type->length || !type->length(value.object, &length))
                return false;
            index += (int64_t)length;
        }
        return index >= 0 && type->item(value.object, index, arena, out);
    }
    default:
        return false;
    }
}
