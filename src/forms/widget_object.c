/* widget_object.c: how a widget's template looks into its use: {{ widget.name }}, {{ widget.attrs.id }}. */
#include "base/vector.h"
#include "forms/attributes_private.h"
#include "forms/piece_private.h"

typedef struct UseAttribute {
    const char *name;
    CvValue (*read)(CvWidgetUse *use);
} UseAttribute;

#define ATTRIBUTE(function_name, expression)             \
    static CvValue use_##function_name(CvWidgetUse *use) \
    {                                                    \
        return expression;                               \
    }
ATTRIBUTE(name, cv_value_slice(use->name))
ATTRIBUTE(value, cv_use_value(use))
ATTRIBUTE(attrs, cv_attrs_value(use->arena, &use->attrs))

/* The parts of a widget that consists of several have types of their own. */
static CvValue use_type(CvWidgetUse *use)
{
    const CvWidgetKind *kind = use->widget->kind;
    const bool several = kind->subwidgets && kind != &cv_multiple_hidden_input_kind;
    return cv_text_or_missing(several ? NULL : cv_use_input(use));
}

ATTRIBUTE(template_name, cv_value_string(use->template_name))
ATTRIBUTE(required, cv_value_bool(use->widget->required))
ATTRIBUTE(is_hidden, cv_value_bool(cv_widget_is_hidden(use->widget)))
ATTRIBUTE(optgroups, cv_choice_groups(use))

static CvValue use_subwidgets(CvWidgetUse *use)
{
    CvWidgetUses parts = {0};
    CvList *list = cv_list_create(use->arena);
    use->widget->kind->subwidgets(use, &parts);
    for (size_t i = 0; i < parts.count; i++)
        cv_list_add(use->arena, list, cv_value_object(parts.items[i]));
    return cv_value_list(list);
}

ATTRIBUTE(choice_value, use->value)
ATTRIBUTE(label, use->label)
ATTRIBUTE(selected, cv_value_bool(use->selected))
ATTRIBUTE(index, cv_value_string(use->index))
ATTRIBUTE(wrap_label, cv_value_bool(use->wrap_label))

static const UseAttribute of_all[] = {
    {"name", use_name}, {"attrs", use_attrs}, {"type", use_type}, {"template_name", use_template_name}, {NULL, NULL}};
static const UseAttribute of_widgets[] = {
    {"value", use_value}, {"required", use_required}, {"is_hidden", use_is_hidden}, {NULL, NULL}};
static const UseAttribute of_choices[] = {{"value", use_choice_value},    {"label", use_label},
                                          {"selected", use_selected},     {"index", use_index},
                                          {"wrap_label", use_wrap_label}, {NULL, NULL}};

static bool read_one(const UseAttribute *rows, CvWidgetUse *use, CvSlice name, CvValue *out)
{
    while (rows->name && !cv_slice_is(name, rows->name))
        rows++;
    if (rows->name)
        *out = rows->read(use);
    return rows->name && out->kind != CV_MISSING;
}

static bool use_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvWidgetUse *use = (CvWidgetUse *)(uintptr_t)object;
    (void)arena;
    if (use->more && cv_dict_get_slice(use->more, name, out))
        return true;
    if (read_one(of_all, use, name, out) || read_one(use->is_choice ? of_choices : of_widgets, use, name, out))
        return true;
    const bool groups = cv_slice_is(name, "optgroups") && !use->is_choice && cv_widget_has_choices(use->widget);
    const bool parts = cv_slice_is(name, "subwidgets") && use->widget->kind->subwidgets;
    if (groups || parts)
        *out = groups ? use_optgroups(use) : use_subwidgets(use);
    return groups || parts;
}

const CvType cv_widget_use_type = {.magic = CV_TYPE_MAGIC, .name = "Widget", .get = use_get};

void cv_widget_use_set(CvWidgetUse *use, const char *name, CvValue value)
{
    if (!use->more)
        use->more = cv_dict_create(use->arena);
    cv_dict_set_name(use->more, name, value);
}

static void fill(const void *thing, CvContext *context)
{
    cv_context_set(context, "widget", cv_value_object(thing));
}

static const void *find(const CvContext *context)
{
    CvValue widget;
    bool found = cv_context_get(context, CV_SLICE("widget"), &widget) && widget.kind == CV_OBJECT && widget.object &&
                 cv_type_of(widget.object) == &cv_widget_use_type;
    return found ? widget.object : NULL;
}

const CvSubject cv_widget_subject = {"widget", fill, find};
