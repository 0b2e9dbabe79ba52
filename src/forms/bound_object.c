/* bound_object.c: how templates look into bound fields and their single controls. */
#include "forms/attributes_private.h"
#include "forms/piece_private.h"

/* ---- single controls of a field ---- */

typedef struct BoundWidget {
    CvObject object;
    CvWidgetUse *use;
} BoundWidget;

static CvSlice bound_widget_tag(CvArena *arena, const BoundWidget *bound, bool wrapped)
{
    CvWidgetUse use = *bound->use;
    use.wrap_label = wrapped;
    if (!use.is_choice) /* Django gives it to every single control */
        cv_widget_use_set(&use, "wrap_label", cv_value_bool(wrapped));
    return cv_piece_html(use.template_name, &cv_widget_subject, &use, arena);
}

static CvSlice bound_widget_str(const void *object, CvArena *arena)
{
    return bound_widget_tag(arena, object, true);
}

static CvValue id_of_use(const CvWidgetUse *use)
{
    CvValue id;
    return cv_attrs_get(&use->attrs, "id", &id) ? id : cv_value_null();
}

#define ONE(name, expression) CV_ATTRIBUTE(one, const BoundWidget *, name, expression)
ONE(tag, cv_value_safe(bound_widget_tag(arena, it, false)))
ONE(choice_label, it->use->label)
ONE(id_for_label, id_of_use(it->use))
ONE(data, cv_value_object(it->use))
ONE(template_name, cv_value_string(it->use->template_name))

static const CvAttribute one_attributes[] = {
    {"tag", one_tag},   {"choice_label", one_choice_label},   {"id_for_label", one_id_for_label},
    {"data", one_data}, {"template_name", one_template_name}, {NULL, NULL}};

static bool one_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    return cv_attribute_resolve(one_attributes, name, out);
}

static bool one_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    return cv_attribute_get(one_attributes, object, name, arena, out);
}

static const CvType one_widget_type = {.magic = CV_TYPE_MAGIC,
                                       .name = "BoundWidget",
                                       .resolve = one_resolve,
                                       .get = one_get,
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
    CvAttrs first = {.arena = bound->form->arena}; /* as Django has it: before what the field adds */
    const char *id = cv_bound_own_id(bound);
    if (*id)
        cv_attrs_set(&first, CV_SLICE("id"), cv_value_string(id));
    CvWidgetUse *use = cv_bound_use(bound, NULL, &first, false);
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

static CvValue text_or_none(CvSlice text)
{
    return text.data ? cv_value_slice(text) : cv_value_null();
}

#define BOUND(name, expression) CV_ATTRIBUTE(bound, CvBoundField *, name, expression)
BOUND(errors, cv_value_object(cv_bound_errors(it)))
BOUND(label, cv_value_string(it->label))
BOUND(label_tag, cv_value_safe(cv_bound_label_tag(it)))
BOUND(legend_tag, cv_value_safe(cv_bound_legend_tag(it)))
BOUND(help_text, cv_value_string(cv_field_help_text(it->field, it->form->arena)))
BOUND(name, cv_value_string(it->field->name))
BOUND(html_name, cv_value_string(it->html_name))
BOUND(html_initial_name, cv_value_string(cv_bound_initial_name(it)))
BOUND(html_initial_id, cv_value_string(cv_bound_initial_id(it)))
BOUND(id_for_label, cv_value_string(cv_bound_id_for_label(it)))
BOUND(auto_id, cv_value_string(it->auto_id))
BOUND(is_hidden, cv_value_bool(cv_widget_is_hidden(it->field->widget)))
BOUND(use_fieldset, cv_value_bool(it->field->widget->kind->fieldset))
BOUND(widget_type, cv_value_slice(cv_bound_widget_type(it)))
BOUND(css_classes, cv_value_slice(cv_bound_css_classes(it)))
BOUND(aria_describedby, text_or_none(cv_bound_aria_describedby(it)))
BOUND(value, cv_bound_value(it))
BOUND(initial, cv_bound_initial(it))
BOUND(data, cv_bound_data(it))
BOUND(template_name, cv_value_string(cv_bound_template_name(it)))
BOUND(as_widget, cv_value_safe(cv_bound_widget(it, NULL, NULL, false)))
BOUND(as_hidden, cv_value_safe(cv_bound_hidden(it, false)))
BOUND(as_text, cv_value_safe(cv_bound_widget(it, CV_TEXT_INPUT, NULL, false)))
BOUND(as_textarea, cv_value_safe(cv_bound_widget(it, CV_TEXTAREA, NULL, false)))
BOUND(as_field_group, cv_value_safe(cv_bound_group(it)))
BOUND(render, cv_value_safe(cv_bound_group(it)))
BOUND(subwidgets, cv_value_list(choices_of(it, arena)))
BOUND(form, cv_value_object(it->form))
BOUND(field, cv_field_object(it))

static const CvAttribute bound_attributes[] = {{"errors", bound_errors},
                                               {"label", bound_label},
                                               {"label_tag", bound_label_tag},
                                               {"legend_tag", bound_legend_tag},
                                               {"help_text", bound_help_text},
                                               {"name", bound_name},
                                               {"html_name", bound_html_name},
                                               {"html_initial_name", bound_html_initial_name},
                                               {"html_initial_id", bound_html_initial_id},
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
                                               {"template_name", bound_template_name},
                                               {"as_widget", bound_as_widget},
                                               {"as_hidden", bound_as_hidden},
                                               {"as_text", bound_as_text},
                                               {"as_textarea", bound_as_textarea},
                                               {"as_field_group", bound_as_field_group},
                                               {"render", bound_render},
                                               {"subwidgets", bound_subwidgets},
                                               {"form", bound_form},
                                               {"field", bound_field},
                                               {NULL, NULL}};

static CvBoundField *as_bound(const void *object)
{
    return (CvBoundField *)(uintptr_t)object;
}

static bool bound_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    (void)type;
    return cv_attribute_resolve(bound_attributes, name, out);
}

static bool bound_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    return cv_attribute_get(bound_attributes, object, name, arena, out);
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

const CvType cv_bound_field_type = {.magic = CV_TYPE_MAGIC,
                                    .name = "BoundField",
                                    .resolve = bound_resolve,
                                    .get = bound_get,
                                    .item = bound_item,
                                    .length = bound_length,
                                    .iterate = bound_iterate,
                                    .str = bound_str,
                                    .truth = cv_always_true,
                                    .str_is_safe = true};
