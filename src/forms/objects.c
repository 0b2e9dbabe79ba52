/* objects.c: how templates look into forms, bound fields, error lists and single choices. */
#include "base/vector.h"
#include "forms/media.h"
#include "forms/model_form_private.h"
#include "forms/piece_private.h"

static CvValue safe(CvSlice html)
{
    return cv_value_safe(html);
}

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

static bool list_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvErrorList *errors = object;
    if (cv_slice_is(name, "as_ul"))
        *out = safe(cv_error_list_ul(arena, errors));
    else if (cv_slice_is(name, "as_text"))
        *out = cv_value_slice(cv_error_list_text(arena, errors));
    else if (cv_slice_is(name, "field_id"))
        *out = cv_value_string(errors->field_id);
    else
        return false;
    return true;
}

const CvType cv_error_list_type = {.magic = CV_TYPE_MAGIC,
                                   .name = "ErrorList",
                                   .get = list_get,
                                   .item = list_item,
                                   .length = list_length,
                                   .iterate = list_iterate,
                                   .str = list_str,
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
    const CvForm *form = form_of_errors(iterator->object);
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
    const CvForm *form = form_of_errors(iterator->object);
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

static bool dict_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvForm *form = form_of_errors(object);
    (void)arena;
    if (cv_slice_is(name, "items"))
        *out = cv_value_object(cv_error_items(form));
    else if (cv_slice_is(name, "as_ul"))
        *out = safe(cv_form_errors_ul(form));
    else if (cv_slice_is(name, "as_text"))
        *out = cv_value_slice(cv_form_errors_text(form));
    else if (cv_slice_is(name, "as_json"))
        *out = cv_value_slice(cv_form_errors_json(form, false));
    else {
        for (size_t i = 0; i < form->error_count; i++) {
            const char *field;
            const CvErrorList *errors = cv_form_errors_at(form, i, &field);
            if (cv_slice_is(name, field)) {
                *out = cv_value_object(errors);
                return true;
            }
        }
        return false;
    }
    return true;
}

const CvType cv_error_items_type = {
    .magic = CV_TYPE_MAGIC, .name = "dict_items", .length = dict_length, .iterate = items_iterate, .truth = dict_truth};

static const CvType error_dict_type = {.magic = CV_TYPE_MAGIC,
                                       .name = "ErrorDict",
                                       .get = dict_get,
                                       .length = dict_length,
                                       .iterate = dict_iterate,
                                       .str = dict_str,
                                       .truth = dict_truth,
                                       .str_is_safe = true};

/* ---- single controls of a field ---- */

typedef struct BoundWidget {
    CvObject object;
    CvWidgetUse *use;
} BoundWidget;

static CvSlice bound_widget_tag(CvArena *arena, const BoundWidget *bound, bool wrapped)
{
    CvWidgetUse use = *bound->use;
    use.wrap_label = wrapped;
    return cv_piece_html(use.template_name, &cv_widget_subject, &use, arena);
}

static CvSlice bound_widget_str(const void *object, CvArena *arena)
{
    return bound_widget_tag(arena, object, true);
}

static bool bound_widget_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const BoundWidget *bound = object;
    if (cv_slice_is(name, "tag"))
        *out = safe(bound_widget_tag(arena, bound, false));
    else if (cv_slice_is(name, "choice_label"))
        *out = bound->use->label;
    else if (cv_slice_is(name, "id_for_label"))
        *out = cv_attrs_get(&bound->use->attrs, "id", out) ? *out : cv_value_null();
    else if (cv_slice_is(name, "data"))
        *out = cv_value_object(bound->use);
    else if (cv_slice_is(name, "template_name"))
        *out = cv_value_string(bound->use->template_name);
    else
        return false;
    return true;
}

static const CvType one_widget_type = {.magic = CV_TYPE_MAGIC,
                                       .name = "BoundWidget",
                                       .get = bound_widget_get,
                                       .str = bound_widget_str,
                                       .str_is_safe = true};

static void add_bound_widget(CvArena *arena, CvList *list, CvWidgetUse *use)
{
    BoundWidget *bound = cv_arena_new(arena, BoundWidget);
    *bound = (BoundWidget){{&one_widget_type}, use};
    cv_list_add(arena, list, cv_value_object(bound));
}

/* The choices of a field, or its one control. */
static const CvList *choices_of(CvBoundField *bound, CvArena *arena)
{
    CvList *list = cv_list_create(arena);
    CvWidgetUse *use = cv_bound_use(bound, NULL, NULL, false);
    if (!cv_widget_has_choices(use->widget)) {
        add_bound_widget(bound->form->arena, list, use);
        return list;
    }
    CvWidgetUses uses = cv_choice_uses(use);
    for (size_t i = 0; i < uses.count; i++)
        add_bound_widget(bound->form->arena, list, uses.items[i]);
    return list;
}

/* ---- bound fields ---- */

typedef struct BoundAttribute {
    const char *name;
    CvValue (*read)(CvBoundField *bound, CvArena *arena);
} BoundAttribute;

#define ATTRIBUTE(function_name, expression)                                  \
    static CvValue bound_##function_name(CvBoundField *bound, CvArena *arena) \
    {                                                                         \
        (void)arena;                                                          \
        return expression;                                                    \
    }
ATTRIBUTE(errors, cv_value_object(cv_bound_errors(bound)))
ATTRIBUTE(label, cv_value_string(bound->label))
ATTRIBUTE(label_tag, safe(cv_bound_label_tag(bound)))
ATTRIBUTE(legend_tag, safe(cv_bound_legend_tag(bound)))
ATTRIBUTE(help_text, cv_value_string(cv_field_help_text(bound->field, bound->form->arena)))
ATTRIBUTE(name, cv_value_string(bound->field->name))
ATTRIBUTE(html_name, cv_value_string(bound->html_name))
ATTRIBUTE(id_for_label, cv_value_string(cv_bound_id_for_label(bound)))
ATTRIBUTE(auto_id, cv_value_string(bound->auto_id))
ATTRIBUTE(is_hidden, cv_value_bool(cv_widget_is_hidden(bound->field->widget)))
ATTRIBUTE(use_fieldset, cv_value_bool(bound->field->widget->kind->fieldset))
ATTRIBUTE(widget_type, cv_value_slice(cv_bound_widget_type(bound)))
ATTRIBUTE(css_classes, cv_value_slice(cv_bound_css_classes(bound)))
ATTRIBUTE(aria_describedby, cv_value_slice(cv_bound_aria_describedby(bound)))
ATTRIBUTE(value, cv_bound_value(bound))
ATTRIBUTE(initial, cv_bound_initial(bound))
ATTRIBUTE(data, cv_bound_data(bound))
ATTRIBUTE(as_widget, safe(cv_bound_widget(bound, NULL, NULL, false)))
ATTRIBUTE(as_hidden, safe(cv_bound_hidden(bound, false)))
ATTRIBUTE(as_text, safe(cv_bound_widget(bound, CV_TEXT_INPUT, NULL, false)))
ATTRIBUTE(as_textarea, safe(cv_bound_widget(bound, CV_TEXTAREA, NULL, false)))
ATTRIBUTE(as_field_group, safe(cv_bound_group(bound)))
ATTRIBUTE(subwidgets, cv_value_list(choices_of(bound, arena)))
ATTRIBUTE(form, cv_value_object(bound->form))
ATTRIBUTE(required, cv_value_bool(bound->field->required))

/* {{ field.field.required }}: the field behind the bound one answers the same names. */
ATTRIBUTE(field, cv_value_object(bound))

static const BoundAttribute bound_attributes[] = {{"errors", bound_errors},
                                                  {"label", bound_label},
                                                  {"label_tag", bound_label_tag},
                                                  {"legend_tag", bound_legend_tag},
                                                  {"help_text", bound_help_text},
                                                  {"name", bound_name},
                                                  {"html_name", bound_html_name},
                                                  {"id_for_label", bound_id_for_label},
                                                  {"auto_id", bound_auto_id},
                                                  {"is_hidden", bound_is_hidden},
                                                  {"use_fieldset", bound_use_fieldset},
                                                  {"widget_type", bound_widget_type},
                                                  {"css_classes", bound_css_classes},
                                                  {"aria_describedby", bound_aria_describedby},
                                                  {"value", bound_value},
                                                  {"initial", bound_initial},
                                                  {"data", bound_data},
                                                  {"as_widget", bound_as_widget},
                                                  {"as_hidden", bound_as_hidden},
                                                  {"as_text", bound_as_text},
                                                  {"as_textarea", bound_as_textarea},
                                                  {"as_field_group", bound_as_field_group},
                                                  {"subwidgets", bound_subwidgets},
                                                  {"form", bound_form},
                                                  {"required", bound_required},
                                                  {"field", bound_field}};

static CvBoundField *as_bound(const void *object)
{
    return (CvBoundField *)(uintptr_t)object;
}

static void read_bound(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    *out = ((const BoundAttribute *)accessor->data)->read(as_bound(object), arena);
}

static bool bound_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    for (size_t i = 0; i < CV_COUNT_OF(bound_attributes); i++) {
        if (cv_slice_is(name, bound_attributes[i].name)) {
            *out = (CvAccessor){.read = read_bound, .data = &bound_attributes[i]};
            return true;
        }
    }
    return false;
}

static bool bound_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvAccessor accessor;
    if (!bound_resolve(&cv_bound_field_type, name, &accessor))
        return false;
    accessor.read(&accessor, object, arena, out);
    return true;
}

static CvSlice bound_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_bound_html(as_bound(object));
}

static bool next_choice(CvIterator *iterator, CvValue *out)
{
    const CvList *choices = iterator->state;
    if (iterator->index >= choices->count)
        return false;
    *out = choices->items[iterator->index++];
    return true;
}

static void bound_iterate(const void *object, CvIterator *iterator)
{
    CvBoundField *bound = as_bound(object);
    iterator->object = object;
    iterator->state = (void *)(uintptr_t)choices_of(bound, bound->form->arena);
    iterator->next = next_choice;
}

static bool bound_length(const void *object, size_t *out)
{
    CvBoundField *bound = as_bound(object);
    *out = choices_of(bound, bound->form->arena)->count;
    return true;
}

static bool bound_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    const CvList *choices = choices_of(as_bound(object), arena);
    if (index < 0 || (size_t)index >= choices->count)
        return false;
    *out = choices->items[index];
    return true;
}

static bool always_true(const void *object)
{
    (void)object;
    return true;
}

const CvType cv_bound_field_type = {.magic = CV_TYPE_MAGIC,
                                    .name = "BoundField",
                                    .resolve = bound_resolve,
                                    .get = bound_get,
                                    .item = bound_item,
                                    .length = bound_length,
                                    .iterate = bound_iterate,
                                    .str = bound_str,
                                    .truth = always_true,
                                    .str_is_safe = true};

/* ---- forms ---- */

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

static bool form_attribute(CvForm *form, CvSlice name, CvArena *arena, CvValue *out)
{
    static const char *const layouts[] = {"as_div", "as_p", "as_table", "as_ul"};
    for (size_t i = 0; i < CV_COUNT_OF(layouts); i++) {
        if (cv_slice_is(name, layouts[i])) {
            *out = safe(cv_form_html(form, (CvFormLayout)i));
            return true;
        }
    }
    if (cv_slice_is(name, "errors")) {
        CvErrorItems *errors = cv_error_items(form);
        errors->object.type = &error_dict_type;
        *out = cv_value_object(errors);
    } else if (cv_slice_is(name, "non_field_errors")) {
        cv_form_clean(form);
        *out = cv_value_object(&form->non_field);
    } else if (cv_slice_is(name, "hidden_fields")) {
        *out = fields_where(form, arena, true);
    } else if (cv_slice_is(name, "visible_fields")) {
        *out = fields_where(form, arena, false);
    } else if (cv_slice_is(name, "is_bound")) {
        *out = cv_value_bool(form->is_bound);
    } else if (cv_slice_is(name, "is_valid")) {
        *out = cv_value_bool(cv_form_is_valid(form));
    } else if (cv_slice_is(name, "is_multipart")) {
        *out = cv_value_bool(cv_form_is_multipart(form));
    } else if (cv_slice_is(name, "has_changed")) {
        *out = cv_value_bool(cv_form_has_changed(form));
    } else if (cv_slice_is(name, "changed_data")) {
        *out = cv_value_list(cv_form_changed_data(form));
    } else if (cv_slice_is(name, "cleaned_data")) {
        *out = cleaned_data(form, arena);
    } else if (cv_slice_is(name, "media")) {
        *out = safe(cv_form_media_html(form));
    } else if (cv_slice_is(name, "prefix")) {
        *out = cv_value_string(form->options.prefix);
    } else if (cv_slice_is(name, "instance") && form->type->meta) {
        *out = cv_value_object(cv_form_instance(form));
    } else {
        return false;
    }
    return true;
}

static bool form_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvForm *form = as_form(object);
    for (size_t i = 0; i < form->count; i++) {
        if (cv_slice_is(name, form->fields[i].field->name)) {
            *out = cv_value_object(&form->fields[i]);
            return true;
        }
    }
    return form_attribute(form, name, arena, out);
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
                                    .truth = always_true,
                                    .str_is_safe = true};
