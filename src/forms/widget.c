/* widget.c: what all widgets share: attributes, names, writing and reading by their kinds. */
#include "forms/piece_private.h"

/* A template may print it: {{ field.data }}. */
static const CvType contradiction_type = {.magic = CV_TYPE_MAGIC, .name = "object"};
const CvObject cv_file_contradiction = {&contradiction_type};

static void add_pairs(CvAttrs *attrs, const char *const *pair)
{
    for (; pair && pair[0]; pair += 2)
        cv_attrs_set(attrs, cv_slice(pair[0]),
                     pair[1] == cv_attr_true ? cv_value_bool(true) : cv_value_string(pair[1]));
}

CvAttrs cv_widget_given_attrs(const CvWidget *widget, CvArena *arena)
{
    CvAttrs attrs = {.arena = arena};
    add_pairs(&attrs, widget->kind->attrs);
    add_pairs(&attrs, widget->attrs);
    cv_attrs_update(&attrs, widget->more_attrs);
    return attrs;
}

CvAttrs cv_widget_attrs(const CvWidget *widget, CvArena *arena)
{
    return widget->kind->parts_have_attrs ? (CvAttrs){.arena = arena} : cv_widget_given_attrs(widget, arena);
}

static bool find_pair(const char *const *pair, const char *name, CvValue *value)
{
    bool found = false;
    for (; pair && pair[0]; pair += 2) {
        if (strcmp(pair[0], name) != 0)
            continue;
        *value = pair[1] == cv_attr_true ? cv_value_bool(true) : cv_value_string(pair[1]);
        found = true;
    }
    return found;
}

bool cv_widget_attr(const CvWidget *widget, const char *name, CvValue *value)
{
    return !widget->kind->parts_have_attrs &&
           ((widget->more_attrs && cv_attrs_get(widget->more_attrs, name, value)) ||
            find_pair(widget->attrs, name, value) || find_pair(widget->kind->attrs, name, value));
}

const char *cv_use_input(const CvWidgetUse *use)
{
    return use->widget->input ? use->widget->input : use->widget->kind->input;
}

/* Django takes "type" out of the attributes of an <input> and makes it the type. */
static const CvWidget *with_own_type(const CvWidget *widget, CvAttrs *attrs)
{
    CvValue type;
    if (!cv_widget_is_input(widget) || !cv_attrs_get(attrs, "type", &type))
        return widget;
    CvWidget *copy = cv_arena_new(attrs->arena, CvWidget);
    *copy = *widget;
    copy->input = cv_slice_string(attrs->arena, cv_value_str(attrs->arena, type));
    cv_attrs_remove(attrs, "type");
    return copy;
}

bool cv_widget_has_choices(const CvWidget *widget)
{
    return widget->kind->option_template_name != NULL;
}

bool cv_widget_is_input(const CvWidget *widget)
{
    const CvWidgetKind *kind = widget->kind;
    return !cv_widget_has_choices(widget) && !kind->fieldset && (kind->input || kind == &cv_input_kind);
}

CvWidgetUse cv_widget_use(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value, const CvAttrs *attrs)
{
    CvWidgetUse use = {.object = {&cv_widget_use_type},
                       .arena = arena,
                       .name = name,
                       .value = value,
                       .attrs = cv_widget_attrs(widget, arena),
                       .given = attrs};
    use.widget = with_own_type(widget, &use.attrs);
    cv_attrs_update(&use.attrs, attrs);
    return use;
}

const char *cv_widget_template_name(const CvWidget *widget)
{
    const CvWidgetKind *kind = widget->kind;
    if (widget->template_name)
        return widget->template_name;
    if (kind->render)
        return CV_OWN_WIDGET_TEMPLATE;
    return kind->template_name ? kind->template_name : CV_INPUT_TEMPLATE;
}

void cv_widget_use_ready(CvWidgetUse *use)
{
    use->template_name = cv_widget_template_name(use->widget);
    if (use->widget->kind->context)
        use->widget->kind->context(use);
}

CvValue cv_widget_format_common(const CvWidget *widget, CvArena *arena, CvValue value)
{
    if (value.kind == CV_NULL || value.kind == CV_MISSING || (value.kind == CV_STRING && value.length == 0))
        return cv_value_null();
    if (widget->localized)
        return cv_localize_input(arena, value, NULL);
    return value.kind == CV_STRING ? value : cv_value_slice(cv_value_str(arena, value));
}

CvValue cv_use_value(const CvWidgetUse *use)
{
    const CvWidgetKind *kind = use->widget->kind;
    return kind->format ? kind->format(use->widget, use->arena, use->value)
                        : cv_widget_format_common(use->widget, use->arena, use->value);
}

CvSlice cv_name_with(CvArena *arena, CvSlice name, const char *suffix)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, name);
    cv_buffer_append_string(&out, suffix);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvWidgetUse *cv_widget_use_part(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value,
                                const CvAttrs *attrs)
{
    CvWidgetUse use = cv_widget_use(widget, arena, name, value, attrs);
    CvWidgetUse *part = cv_arena_memdup(arena, &use, sizeof use);
    cv_widget_use_ready(part);
    part->given = cv_arena_memdup(arena, attrs, sizeof *attrs);
    return part;
}

void cv_write_own_widget(const void *thing, CvBuffer *out)
{
    CvWidgetUse *use = (CvWidgetUse *)(uintptr_t)thing;
    if (!use->widget->kind->render)
        cv_raise(CV_ERROR_VALUE, "The widget %s has no render function.", use->widget->kind->name);
    use->widget->kind->render(use, out);
}

void cv_widget_use_put(const CvWidgetUse *use, CvBuffer *out)
{
    cv_piece_put(use->template_name, &cv_widget_subject, use, use->arena, out);
}

void cv_widget_render(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value, const CvAttrs *attrs,
                      CvBuffer *out)
{
    CvWidgetUse use = cv_widget_use(widget, arena, name, value, attrs);
    cv_widget_use_ready(&use);
    cv_widget_use_put(&use, out);
}

CvValue cv_widget_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvSlice text;
    if (widget->kind->read)
        return widget->kind->read(widget, arena, data, name);
    if (data->values && cv_querydict_get_slice(data->values, name, &text))
        return cv_value_slice(text);
    return cv_value_null();
}

bool cv_widget_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    if (widget->kind->omitted)
        return widget->kind->omitted(widget, arena, data, name);
    return !data->values || !cv_querydict_find(data->values, name);
}

bool cv_never_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    (void)arena;
    (void)data;
    (void)name;
    return false;
}

const char *cv_no_id(const CvWidget *widget, CvArena *arena, const char *id)
{
    (void)widget;
    (void)arena;
    (void)id;
    return "";
}

const char *cv_widget_id_for_label(const CvWidget *widget, CvArena *arena, const char *id)
{
    return widget->kind->id_for_label ? widget->kind->id_for_label(widget, arena, id) : id;
}

bool cv_widget_is_hidden(const CvWidget *widget)
{
    if (widget->parts) {
        for (const CvWidget *const *part = widget->parts; *part; part++)
            if (!cv_widget_is_hidden(*part))
                return false;
        return true;
    }
    const char *input = widget->input ? widget->input : widget->kind->input;
    CvValue type;
    if (cv_widget_is_input(widget) && cv_widget_attr(widget, "type", &type))
        return type.kind == CV_STRING && cv_slice_is(cv_value_as_slice(type), "hidden");
    return input && strcmp(input, "hidden") == 0;
}

bool cv_widget_needs_multipart(const CvWidget *widget)
{
    for (const CvWidget *const *part = widget->parts; part && *part; part++)
        if (cv_widget_needs_multipart(*part))
            return true;
    return widget->kind->multipart;
}

bool cv_widget_use_required(const CvWidget *widget, CvValue initial)
{
    return !cv_widget_is_hidden(widget) && (!widget->kind->use_required || widget->kind->use_required(widget, initial));
}
