/* field_object.c: how templates look into the field behind a bound one, and into its widget:
 * {{ field.field.required }}, {{ field.field.widget.input_type }}. */
#include "forms/attributes_private.h"
#include "forms/media.h"
#include "forms/piece_private.h"

/* ---- widgets ---- */

typedef struct WidgetObject {
    CvObject object;
    CvArena *arena;
    const CvWidget *widget; /* with the type that its attributes named */
    CvAttrs attrs;          /* without it */
} WidgetObject;

/* Pairs of value and label; of a group its name and the pairs in it. */
static CvValue pairs_of(CvArena *arena, const CvOption *options, size_t count)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < count; i++) {
        const CvOption *one = &options[i];
        CvValue second = one->group ? pairs_of(arena, one->options, one->option_count) : one->label;
        cv_list_add(arena, list, (CvValue){.kind = CV_TUPLE, .list = cv_list(arena, one->value, second)});
    }
    return cv_value_list(list);
}

static CvValue choices_of(const CvWidget *widget, CvArena *arena)
{
    CvOptions options = cv_widget_options(widget, arena);
    return pairs_of(arena, options.items, options.count);
}

/* A hidden date and time has none in Django, only its parts have; an <input> of no type has None. */
static CvValue input_type_of(const CvWidget *widget)
{
    const char *input = widget->input ? widget->input : widget->kind->input;
    if (widget->kind->subwidgets == cv_multi_subwidgets)
        return cv_text_or_missing(NULL);
    return cv_widget_is_input(widget) ? cv_value_string(input) : cv_text_or_missing(input);
}

#define WIDGET(name, expression) CV_ATTRIBUTE(widget, const WidgetObject *, name, expression)
WIDGET(attrs, cv_attrs_value(it->arena, &it->attrs))
WIDGET(input_type, input_type_of(it->widget))
WIDGET(is_hidden, cv_value_bool(cv_widget_is_hidden(it->widget)))
WIDGET(is_required, cv_value_bool(it->widget->required))
WIDGET(is_localized, cv_value_bool(it->widget->localized))
WIDGET(needs_multipart_form, cv_value_bool(cv_widget_needs_multipart(it->widget)))
WIDGET(use_fieldset, cv_value_bool(it->widget->kind->fieldset))
WIDGET(template_name, cv_value_string(cv_widget_template_name(it->widget)))
WIDGET(media, cv_media_value(cv_widget_media(it->widget, it->arena)))

static const CvAttribute widget_attributes[] = {{"attrs", widget_attrs},
                                                {"input_type", widget_input_type},
                                                {"is_hidden", widget_is_hidden},
                                                {"is_required", widget_is_required},
                                                {"is_localized", widget_is_localized},
                                                {"needs_multipart_form", widget_needs_multipart_form},
                                                {"use_fieldset", widget_use_fieldset},
                                                {"template_name", widget_template_name},
                                                {"media", widget_media},
                                                {NULL, NULL}};

WIDGET(choices, choices_of(it->widget, it->arena))
WIDGET(allow_multiple_selected, cv_value_bool(it->widget->kind->multiple))

/* A field of choices gives them to any widget. */
static const CvAttribute choices_attribute[] = {{"choices", widget_choices}, {NULL, NULL}};
static const CvAttribute multiple_attribute[] = {{"allow_multiple_selected", widget_allow_multiple_selected},
                                                 {NULL, NULL}};

static bool widget_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvWidget *widget = ((const WidgetObject *)object)->widget;
    const bool selects = cv_widget_has_choices(widget);
    return cv_attribute_get(widget_attributes, object, name, arena, out) ||
           ((selects || widget->options.items) && cv_attribute_get(choices_attribute, object, name, arena, out)) ||
           ((selects || widget->kind->multipart) && cv_attribute_get(multiple_attribute, object, name, arena, out));
}

static CvSlice widget_str(const void *object, CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, "<%s>", ((const WidgetObject *)object)->widget->kind->name));
}

static const CvType widget_type = {.magic = CV_TYPE_MAGIC, .name = "Widget", .get = widget_get, .str = widget_str};

static CvValue widget_value(CvArena *arena, const CvWidget *widget)
{
    const CvWidgetUse use = cv_widget_use(widget, arena, CV_SLICE(""), cv_value_null(), NULL);
    WidgetObject *object = cv_arena_new(arena, WidgetObject);
    *object = (WidgetObject){{&widget_type}, arena, use.widget, use.attrs};
    return cv_value_object(object);
}

/* ---- fields ---- */

typedef struct FieldObject {
    CvObject object;
    CvArena *arena;
    const CvFormField *field;
} FieldObject;

static CvValue number_or_none(int64_t number)
{
    return number < 0 ? cv_value_null() : cv_value_int(number);
}

static CvValue field_choices_of(const FieldObject *it)
{
    CvOptions options = cv_field_options(it->field, it->arena);
    return pairs_of(it->arena, options.items, options.count);
}

#define FIELD(name, expression) CV_ATTRIBUTE(field, const FieldObject *, name, expression)
FIELD(required, cv_value_bool(it->field->required))
FIELD(label, cv_value_string(it->field->label ? cv_field_label(it->field, it->arena) : NULL))
FIELD(label_suffix, cv_value_string(it->field->label_suffix))
FIELD(help_text, cv_value_string(cv_field_help_text(it->field, it->arena)))
FIELD(initial, it->field->initial)
FIELD(disabled, cv_value_bool(it->field->disabled))
FIELD(localize, cv_value_bool(it->field->localize))
FIELD(show_hidden_initial, cv_value_bool(it->field->show_hidden_initial))
FIELD(template_name, cv_value_string(it->field->template_name))
FIELD(widget, widget_value(it->arena, it->field->widget))

static const CvAttribute field_attributes[] = {{"required", field_required},
                                               {"label", field_label},
                                               {"label_suffix", field_label_suffix},
                                               {"help_text", field_help_text},
                                               {"initial", field_initial},
                                               {"disabled", field_disabled},
                                               {"localize", field_localize},
                                               {"show_hidden_initial", field_show_hidden_initial},
                                               {"template_name", field_template_name},
                                               {"widget", field_widget},
                                               {NULL, NULL}};

FIELD(max_length, number_or_none(it->field->max_length))
FIELD(min_length, number_or_none(it->field->min_length))
FIELD(strip, cv_value_bool(it->field->strip))
FIELD(min_value, it->field->min_value)
FIELD(max_value, it->field->max_value)
FIELD(step_size, it->field->step_size)
FIELD(max_digits, number_or_none(it->field->max_digits))
FIELD(decimal_places, number_or_none(it->field->decimal_places))
FIELD(choices, field_choices_of(it))
FIELD(allow_empty_file, cv_value_bool(it->field->allow_empty_file))

static const CvAttribute text_attributes[] = {
    {"max_length", field_max_length}, {"min_length", field_min_length}, {"strip", field_strip}, {NULL, NULL}};
static const CvAttribute number_attributes[] = {
    {"min_value", field_min_value}, {"max_value", field_max_value}, {"step_size", field_step_size}, {NULL, NULL}};
static const CvAttribute decimal_attributes[] = {
    {"max_digits", field_max_digits}, {"decimal_places", field_decimal_places}, {NULL, NULL}};
static const CvAttribute choice_attributes[] = {{"choices", field_choices}, {NULL, NULL}};
static const CvAttribute file_attributes[] = {
    {"max_length", field_max_length}, {"allow_empty_file", field_allow_empty_file}, {NULL, NULL}};

/* What fields of a kind have beside those of all. */
static const struct {
    const CvFormFieldKind *kind;
    const CvAttribute *attributes;
} of_kinds[] = {{&cv_char_form_field, text_attributes},           {&cv_integer_form_field, number_attributes},
                {&cv_decimal_form_field, decimal_attributes},     {&cv_choice_form_field, choice_attributes},
                {&cv_model_choice_form_field, choice_attributes}, {&cv_file_form_field, file_attributes}};

static bool field_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const FieldObject *field = object;
    if (cv_attribute_get(field_attributes, object, name, arena, out))
        return true;
    for (size_t i = 0; i < CV_COUNT_OF(of_kinds); i++)
        if (cv_field_is_kind(field->field, of_kinds[i].kind) &&
            cv_attribute_get(of_kinds[i].attributes, object, name, arena, out))
            return true;
    return false;
}

static CvSlice field_str(const void *object, CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, "<%s>", ((const FieldObject *)object)->field->kind->name));
}

static const CvType field_type = {.magic = CV_TYPE_MAGIC, .name = "Field", .get = field_get, .str = field_str};

CvValue cv_field_object(const CvBoundField *bound)
{
    FieldObject *object = cv_arena_new(bound->form->arena, FieldObject);
    *object = (FieldObject){{&field_type}, bound->form->arena, bound->field};
    return cv_value_object(object);
}
