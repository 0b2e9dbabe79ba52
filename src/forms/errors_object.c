/* errors_object.c: how templates look into errors: lists of one field, and the dict of all. */
#include "forms/attributes_private.h"
#include "forms/piece_private.h"

/* ---- error lists ---- */

static bool list_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    const CvErrorList *errors = object;
    if (index < 0 || (size_t)index >= errors->count)
        return false;
    *out = cv_value_slice(cv_invalid_text(arena, &errors->items[index]));
    return true;
}

static bool list_length(const void *object, size_t *out)
{
    *out = ((const CvErrorList *)object)->count;
    return true;
}

static bool next_error(CvIterator *iterator, CvValue *out)
{
    return list_item(iterator->object, (int64_t)iterator->index++, iterator->arena, out);
}

static void list_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_error;
}

static bool list_truth(const void *object)
{
    return ((const CvErrorList *)object)->count > 0;
}

static CvSlice list_str(const void *object, CvArena *arena)
{
    return cv_error_list_html(arena, object);
}

/* As the list of what a visitor reads. */
static CvSlice list_repr(const void *object, CvArena *arena)
{
    CvIterator iterator = {.arena = arena};
    CvList *texts = cv_list_create(arena);
    CvValue text;
    for (list_iterate(object, &iterator); next_error(&iterator, &text);)
        cv_list_add(arena, texts, text);
    return cv_value_repr(arena, cv_value_list(texts));
}

#define LIST(name, expression) CV_ATTRIBUTE(list, const CvErrorList *, name, expression)
LIST(as_ul, cv_value_safe(cv_error_list_ul(arena, it)))
LIST(as_text, cv_value_safe(cv_error_list_text(arena, it)))
LIST(as_json, cv_value_slice(cv_error_list_json(arena, it, false)))
LIST(get_json_data, cv_value_list(cv_error_list_data(arena, it, false)))
LIST(error_class, cv_value_string(cv_error_list_class(arena, it)))
LIST(field_id, it->count ? cv_value_string(it->field_id) : cv_value_null())

static const CvAttribute list_attributes[] = {{"as_ul", list_as_ul},
                                              {"as_text", list_as_text},
                                              {"as_json", list_as_json},
                                              {"get_json_data", list_get_json_data},
                                              {"error_class", list_error_class},
                                              {"field_id", list_field_id},
                                              {NULL, NULL}};

static bool list_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    return cv_attribute_resolve(list_attributes, name, out);
}

static bool list_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    return cv_attribute_get(list_attributes, object, name, arena, out);
}

const CvType cv_error_list_type = {.magic = CV_TYPE_MAGIC,
                                   .name = "ErrorList",
                                   .resolve = list_resolve,
                                   .get = list_get,
                                   .item = list_item,
                                   .length = list_length,
                                   .iterate = list_iterate,
                                   .str = list_str,
                                   .repr = list_repr,
                                   .truth = list_truth,
                                   .str_is_safe = true};

/* ---- all errors of a form: name -> list ---- */

/* Both are a CvErrorItems: the dict is walked by names, its items by pairs. */
static CvForm *form_of_errors(const void *object)
{
    return ((const CvErrorItems *)object)->form;
}

static bool next_name(CvIterator *iterator, CvValue *out)
{
    CvForm *form = form_of_errors(iterator->object);
    const char *name;
    if (iterator->index >= form->error_count)
        return false;
    (void)cv_form_errors_at(form, iterator->index++, &name);
    *out = cv_value_string(name);
    return true;
}

static void dict_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_name;
}

static bool next_pair(CvIterator *iterator, CvValue *out)
{
    CvForm *form = form_of_errors(iterator->object);
    const char *name;
    if (iterator->index >= form->error_count)
        return false;
    const CvErrorList *errors = cv_form_errors_at(form, iterator->index++, &name);
    *out = (CvValue){.kind = CV_TUPLE, .list = cv_list(form->arena, name, cv_value_object(errors))};
    return true;
}

static void items_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_pair;
}

static bool dict_length(const void *object, size_t *out)
{
    *out = form_of_errors(object)->error_count;
    return true;
}

static bool dict_truth(const void *object)
{
    return form_of_errors(object)->error_count > 0;
}

static CvSlice dict_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_form_errors_html(form_of_errors(object));
}

static CvSlice dict_repr(const void *object, CvArena *arena)
{
    CvForm *form = form_of_errors(object);
    CvDict *all = cv_dict_create(arena);
    const CvErrorList *errors;
    const char *name;
    for (size_t i = 0; (errors = cv_form_errors_at(form, i, &name)) != NULL; i++)
        cv_dict_set_name(all, name, cv_value_object(errors));
    return cv_value_repr(arena, cv_value_dict(all));
}

static CvValue names_of_errors(CvForm *form, CvArena *arena, bool lists)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < form->error_count; i++) {
        const char *name;
        const CvErrorList *errors = cv_form_errors_at(form, i, &name);
        cv_list_add(arena, list, lists ? cv_value_object(errors) : cv_value_string(name));
    }
    return cv_value_list(list);
}

#define DICT(name, expression) CV_ATTRIBUTE(dict, CvErrorItems *, name, expression)
DICT(items, cv_value_object(cv_error_items(it->form)))
DICT(keys, names_of_errors(it->form, arena, false))
DICT(values, names_of_errors(it->form, arena, true))
DICT(as_ul, cv_value_safe(cv_form_errors_ul(it->form)))
DICT(as_text, cv_value_safe(cv_form_errors_text(it->form)))
DICT(as_json, cv_value_slice(cv_form_errors_json(it->form, false)))
DICT(get_json_data, cv_value_dict(cv_form_errors_data(it->form, false)))

static const CvAttribute dict_attributes[] = {{"items", dict_items},
                                              {"keys", dict_keys},
                                              {"values", dict_values},
                                              {"as_ul", dict_as_ul},
                                              {"as_text", dict_as_text},
                                              {"as_json", dict_as_json},
                                              {"get_json_data", dict_get_json_data},
                                              {NULL, NULL}};

/* A field's errors, then the attributes, as Python looks into a dict. */
static bool dict_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvForm *form = form_of_errors(object);
    for (size_t i = 0; i < form->error_count; i++) {
        const char *field;
        const CvErrorList *errors = cv_form_errors_at(form, i, &field);
        if (cv_slice_is(name, field)) {
            *out = cv_value_object(errors);
            return true;
        }
    }
    return cv_attribute_get(dict_attributes, object, name, arena, out);
}

const CvType cv_error_items_type = {
    .magic = CV_TYPE_MAGIC, .name = "dict_items", .length = dict_length, .iterate = items_iterate, .truth = dict_truth};

static const CvType error_dict_type = {.magic = CV_TYPE_MAGIC,
                                       .name = "ErrorDict",
                                       .get = dict_get,
                                       .length = dict_length,
                                       .iterate = dict_iterate,
                                       .str = dict_str,
                                       .repr = dict_repr,
                                       .truth = dict_truth,
                                       .str_is_safe = true};

CvValue cv_error_dict_value(CvForm *form)
{
    CvErrorItems *errors = cv_error_items(form);
    errors->object.type = &error_dict_type;
    return cv_value_object(errors);
}
