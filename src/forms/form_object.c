/* form_object.c: how templates look into forms: their fields first, then what a form tells of itself. */
#include "forms/attributes_private.h"
#include "forms/media.h"
#include "forms/model_form_private.h"
#include "forms/piece_private.h"

static CvForm *as_form(const void *object)
{
    return (CvForm *)(uintptr_t)object;
}

static CvValue fields_where(CvForm *form, CvArena *arena, bool hidden)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < form->count; i++)
        if (cv_widget_is_hidden(form->fields[i].field->widget) == hidden)
            cv_list_add(arena, list, cv_value_object(&form->fields[i]));
    return cv_value_list(list);
}

static CvValue cleaned_data(CvForm *form, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);
    cv_form_clean(form);
    for (size_t i = 0; i < form->count; i++)
        if (form->fields[i].value.kind != CV_MISSING)
            cv_dict_set_name(dict, form->fields[i].field->name, form->fields[i].value);
    return cv_value_dict(dict);
}

static CvValue fields_by_name(CvForm *form, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < form->count; i++)
        cv_dict_set_name(dict, form->fields[i].field->name, cv_field_object(&form->fields[i]));
    return cv_value_dict(dict);
}

static CvValue initial_of(const CvForm *form, CvArena *arena)
{
    return cv_value_dict(form->options.initial ? form->options.initial : cv_dict_create(arena));
}

static CvValue non_field_errors(CvForm *form)
{
    cv_form_clean(form);
    return cv_value_object(&form->non_field);
}

#define FORM(name, expression) CV_ATTRIBUTE(form, CvForm *, name, expression)
FORM(as_div, cv_value_safe(cv_form_html(it, CV_FORM_DIV)))
FORM(as_p, cv_value_safe(cv_form_html(it, CV_FORM_P)))
FORM(as_table, cv_value_safe(cv_form_html(it, CV_FORM_TABLE)))
FORM(as_ul, cv_value_safe(cv_form_html(it, CV_FORM_UL)))
FORM(render, cv_value_safe(cv_form_html(it, CV_FORM_DEFAULT)))
FORM(errors, cv_error_dict_value(it))
FORM(non_field_errors, non_field_errors(it))
FORM(hidden_fields, fields_where(it, arena, true))
FORM(visible_fields, fields_where(it, arena, false))
FORM(fields, fields_by_name(it, arena))
FORM(is_bound, cv_value_bool(it->is_bound))
FORM(is_valid, cv_value_bool(cv_form_is_valid(it)))
FORM(is_multipart, cv_value_bool(cv_form_is_multipart(it)))
FORM(has_changed, cv_value_bool(cv_form_has_changed(it)))
FORM(changed_data, cv_value_list(cv_form_changed_data(it)))
FORM(cleaned_data, cleaned_data(it, arena))
FORM(data, cv_value_object(it->data))
FORM(files, cv_value_object(it->files))
FORM(initial, initial_of(it, arena))
FORM(media, cv_media_value(cv_form_media(it)))
FORM(prefix, cv_value_string(it->options.prefix))
FORM(auto_id, cv_value_string(it->options.auto_id ? it->options.auto_id : "id_%s"))
FORM(label_suffix, cv_value_string(cv_form_label_suffix(it)))
FORM(error_css_class, cv_text_or_missing(it->options.error_css_class))
FORM(required_css_class, cv_text_or_missing(it->options.required_css_class))
FORM(use_required_attribute, cv_value_bool(!it->options.no_required_attribute))
FORM(empty_permitted, cv_value_bool(it->options.empty_permitted))
FORM(template_name, cv_value_string(cv_form_template_name(it)))

static const CvAttribute form_attributes[] = {{"as_div", form_as_div},
                                              {"as_p", form_as_p},
                                              {"as_table", form_as_table},
                                              {"as_ul", form_as_ul},
                                              {"render", form_render},
                                              {"errors", form_errors},
                                              {"non_field_errors", form_non_field_errors},
                                              {"hidden_fields", form_hidden_fields},
                                              {"visible_fields", form_visible_fields},
                                              {"fields", form_fields},
                                              {"is_bound", form_is_bound},
                                              {"is_valid", form_is_valid},
                                              {"is_multipart", form_is_multipart},
                                              {"has_changed", form_has_changed},
                                              {"changed_data", form_changed_data},
                                              {"cleaned_data", form_cleaned_data},
                                              {"data", form_data},
                                              {"files", form_files},
                                              {"initial", form_initial},
                                              {"media", form_media},
                                              {"prefix", form_prefix},
                                              {"auto_id", form_auto_id},
                                              {"label_suffix", form_label_suffix},
                                              {"error_css_class", form_error_css_class},
                                              {"required_css_class", form_required_css_class},
                                              {"use_required_attribute", form_use_required_attribute},
                                              {"empty_permitted", form_empty_permitted},
                                              {"template_name", form_template_name},
                                              {NULL, NULL}};

static bool form_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvForm *form = as_form(object);
    for (size_t i = 0; i < form->count; i++) {
        if (cv_slice_is(name, form->fields[i].field->name)) {
            *out = cv_value_object(&form->fields[i]);
            return true;
        }
    }
    if (form->type->meta && cv_slice_is(name, "instance")) {
        *out = cv_value_object(cv_form_instance(form));
        return true;
    }
    return cv_attribute_get(form_attributes, object, name, arena, out);
}

static CvSlice form_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_form_html(as_form(object), CV_FORM_DEFAULT);
}

static bool next_field(CvIterator *iterator, CvValue *out)
{
    CvForm *form = as_form(iterator->object);
    if (iterator->index >= form->count)
        return false;
    *out = cv_value_object(&form->fields[iterator->index++]);
    return true;
}

static void form_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_field;
}

const CvType cv_form_object_type = {.magic = CV_TYPE_MAGIC,
                                    .name = "Form",
                                    .get = form_get,
                                    .iterate = form_iterate,
                                    .str = form_str,
                                    .truth = cv_always_true,
                                    .str_is_safe = true};
