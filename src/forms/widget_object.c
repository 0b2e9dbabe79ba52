/* widget_object.c: how a widget's template looks into its use: {{ widget.name }}, {{ widget.attrs.id }}. */
#include "forms/attributes_private.h"
#include "forms/piece_private.h"

static CvValue subwidgets_of(CvWidgetUse *use)
{
    CvWidgetUses parts = {0};
    CvList *list = cv_list_create(use->arena);
    use->widget->kind->subwidgets(use, &parts);
    for (size_t i = 0; i < parts.count; i++)
        cv_list_add(use->arena, list, cv_value_object(parts.items[i]));
    return cv_value_list(list);
}

#define USE(name, expression) CV_ATTRIBUTE(use, CvWidgetUse *, name, expression)
USE(name, cv_value_slice(it->name))
USE(value, cv_use_value(it))
USE(attrs, cv_attrs_value(it->arena, &it->attrs))
USE(template_name, cv_value_string(it->template_name))
USE(required, cv_value_bool(it->widget->required))
USE(is_hidden, cv_value_bool(cv_widget_is_hidden(it->widget)))
USE(type, cv_value_string(cv_use_input(it)))
USE(optgroups, cv_choice_groups(it))
USE(subwidgets, subwidgets_of(it))
USE(choice_value, it->value)
USE(label, it->label)
USE(selected, cv_value_bool(it->selected))
USE(index, cv_value_string(it->index))
USE(wrap_label, cv_value_bool(it->wrap_label))

static const CvAttribute of_all[] = {
    {"name", use_name}, {"attrs", use_attrs}, {"template_name", use_template_name}, {NULL, NULL}};
static const CvAttribute of_widgets[] = {
    {"value", use_value}, {"required", use_required}, {"is_hidden", use_is_hidden}, {NULL, NULL}};
static const CvAttribute of_inputs[] = {{"type", use_type}, {NULL, NULL}};
static const CvAttribute of_selects[] = {{"optgroups", use_optgroups}, {NULL, NULL}};
static const CvAttribute of_parts[] = {{"subwidgets", use_subwidgets}, {NULL, NULL}};
static const CvAttribute of_choices[] = {{"value", use_choice_value},
                                         {"label", use_label},
                                         {"selected", use_selected},
                                         {"index", use_index},
                                         {"wrap_label", use_wrap_label},
                                         {"type", use_type},
                                         {NULL, NULL}};

static bool use_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvWidgetUse *use = object;
    const CvWidget *widget = use->widget;
    if (use->more && cv_dict_get_slice(use->more, name, out))
        return true;
    if (cv_attribute_get(of_all, object, name, arena, out))
        return true;
    if (use->is_choice)
        return cv_attribute_get(of_choices, object, name, arena, out);
    return cv_attribute_get(of_widgets, object, name, arena, out) ||
           (cv_widget_is_input(widget) && cv_attribute_get(of_inputs, object, name, arena, out)) ||
           (cv_widget_has_choices(widget) && cv_attribute_get(of_selects, object, name, arena, out)) ||
           (widget->kind->subwidgets && cv_attribute_get(of_parts, object, name, arena, out));
}

const CvType cv_widget_use_type = {.magic = CV_TYPE_MAGIC, .name = "Widget", .get = use_get};

void cv_widget_use_set(CvWidgetUse *use, const char *name, CvValue value)
{
    if (!use->more)
        use->more = cv_dict_create(use->arena);
    cv_dict_set_name(use->more, name, value);
}

const CvSubject cv_widget_subject = {.name = "widget", .under = "widget", .type = &cv_widget_use_type};
