/* attrs.c: HTML attributes: in order, set once. */
#include "base/vector.h"
#include "forms/widget_private.h"
#include "text/html.h"
#include "text/i18n.h"

const char cv_attr_true[] = "";

static CvAttr *find(const CvAttrs *attrs, CvSlice name)
{
    for (size_t i = 0; i < attrs->count; i++)
        if (cv_slice_equal(attrs->items[i].name, name))
            return &attrs->items[i];
    return NULL;
}

void cv_attrs_set(CvAttrs *attrs, CvSlice name, CvValue value)
{
    CvAttr *found = find(attrs, name);
    if (found)
        found->value = value;
    else
        cv_vector_push(attrs->arena, attrs, ((CvAttr){name, value}));
}

bool cv_attrs_get(const CvAttrs *attrs, const char *name, CvValue *value)
{
    const CvAttr *found = find(attrs, cv_slice(name));
    if (found)
        *value = found->value;
    return found != NULL;
}

void cv_attrs_remove(CvAttrs *attrs, const char *name)
{
    CvAttr *found = find(attrs, cv_slice(name));
    if (!found)
        return;
    size_t after = (size_t)(attrs->items + attrs->count - found) - 1;
    memmove(found, found + 1, after * sizeof *found);
    attrs->count--;
}

void cv_attrs_write(CvBuffer *out, const CvAttrs *attrs)
{
    for (size_t i = 0; i < attrs->count; i++) {
        CvValue value = attrs->items[i].value;
        if (value.kind == CV_BOOL && !value.boolean)
            continue;
        cv_buffer_append_byte(out, ' ');
        cv_html_escape(out, attrs->items[i].name);
        if (value.kind == CV_BOOL)
            continue;
        cv_buffer_append_string(out, "=\"");
        cv_html_escape(out, cv_value_str(attrs->arena, value));
        cv_buffer_append_byte(out, '"');
    }
}

CvAttrs cv_attrs_copy(CvArena *arena, const CvAttrs *attrs)
{
    CvAttrs copy = {.arena = arena};
    for (size_t i = 0; attrs && i < attrs->count; i++)
        cv_vector_push(arena, &copy, attrs->items[i]);
    return copy;
}

void cv_attrs_update(CvAttrs *attrs, const CvAttrs *more)
{
    for (size_t i = 0; more && i < more->count; i++)
        cv_attrs_set(attrs, more->items[i].name, more->items[i].value);
}

bool cv_attr_is_true(const CvAttrs *attrs, const char *name)
{
    CvValue value;
    return cv_attrs_get(attrs, name, &value) && cv_value_truth(value);
}

void cv_html_value(CvBuffer *out, CvArena *arena, CvValue value)
{
    CvSlice text = cv_value_str(arena, cv_value_translated(value));
    if (value.flags & CV_SAFE)
        cv_buffer_append_slice(out, text);
    else
        cv_html_escape(out, text);
}

CvValue cv_attrs_value(CvArena *arena, const CvAttrs *attrs)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < attrs->count; i++)
        cv_dict_set(dict, cv_value_slice(attrs->items[i].name), attrs->items[i].value);
    return cv_value_dict(dict);
}

CvAttrs cv_attrs_of_dict(CvArena *arena, const CvDict *dict)
{
    CvAttrs attrs = {.arena = arena};
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        cv_attrs_set(&attrs, cv_value_str(arena, entry->key), entry->value);
    return attrs;
}

static int by_name(const void *a, const void *b)
{
    return cv_slice_compare(((const CvAttr *)a)->name, ((const CvAttr *)b)->name);
}

void cv_flatatt(CvBuffer *out, const CvAttrs *attrs)
{
    CvAttrs sorted = cv_attrs_copy(attrs->arena, attrs);
    if (sorted.count)
        qsort(sorted.items, sorted.count, sizeof *sorted.items, by_name);
    for (int bare = 0; bare < 2; bare++) {
        for (size_t i = 0; i < sorted.count; i++) {
            CvValue value = sorted.items[i].value;
            if ((value.kind == CV_BOOL) != bare || value.kind == CV_NULL)
                continue;
            cv_attrs_write(out, &(CvAttrs){.arena = attrs->arena, .items = &sorted.items[i], .count = 1});
        }
    }
}
