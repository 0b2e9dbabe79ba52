/* bound.c: one field of a form: its control, label, help and classes. */
#include "forms/piece_private.h"
#include "text/html.h"
#include "text/i18n.h"
#include "text/utf8.h"

const char *cv_form_label_suffix(const CvForm *form)
{
    return form->options.label_suffix ? form->options.label_suffix : cv_translated(form->arena, ":");
}

const char *cv_bound_own_id(CvBoundField *bound)
{
    CvValue id;
    if (cv_widget_attr(bound->field->widget, "id", &id) && cv_value_truth(id))
        return cv_slice_string(bound->form->arena, cv_value_str(bound->form->arena, id));
    return bound->auto_id;
}

static bool use_fieldset(const CvBoundField *bound)
{
    return bound->field->widget->kind->fieldset;
}

CvSlice cv_bound_aria_describedby(CvBoundField *bound)
{
    CvArena *arena = bound->form->arena;
    CvValue own;
    if (cv_widget_attr(bound->field->widget, "aria-describedby", &own) && cv_value_truth(own))
        return (CvSlice){0};
    const bool help = bound->field->help_text && *bound->field->help_text, wrong = cv_bound_errors(bound)->count > 0;
    CvBuffer out = cv_buffer(arena);
    if ((help || wrong) && *bound->auto_id && !cv_widget_is_hidden(bound->field->widget)) {
        if (help)
            cv_buffer_printf(&out, "%s_helptext", bound->auto_id);
        if (wrong)
            cv_buffer_printf(&out, "%s%s_error", help ? " " : "", bound->auto_id);
    }
    return cv_piece_end(&out);
}

CvAttrs cv_bound_attrs(CvBoundField *bound, const CvWidget *widget, const CvAttrs *more)
{
    const CvFormField *field = bound->field;
    CvAttrs attrs = cv_attrs_copy(bound->form->arena, more);
    CvValue described;
    bool parts_decide = cv_field_is_kind(field, &cv_multi_value_form_field) && !field->require_all_fields &&
                        field->widget->kind->read == cv_multi_widget_kind.read;
    if (field->required && !bound->form->options.no_required_attribute && !parts_decide &&
        cv_widget_use_required(widget, cv_bound_initial(bound)))
        cv_attrs_set(&attrs, CV_SLICE("required"), cv_value_bool(true));
    if (field->disabled)
        cv_attrs_set(&attrs, CV_SLICE("disabled"), cv_value_bool(true));
    if (cv_bound_errors(bound)->count && !cv_widget_is_hidden(widget))
        cv_attrs_set(&attrs, CV_SLICE("aria-invalid"), CV_VALUE("true"));
    if (!use_fieldset(bound) && !(cv_attrs_get(&attrs, "aria-describedby", &described) && cv_value_truth(described))) {
        CvSlice text = cv_bound_aria_describedby(bound);
        if (text.length)
            cv_attrs_set(&attrs, CV_SLICE("aria-describedby"), cv_value_slice(text));
    }
    return attrs;
}

/* Where not all parts of a field are required, each part's control says so itself. */
static const CvWidget *with_required_parts(CvBoundField *bound, const CvWidget *widget)
{
    const CvFormField *field = bound->field;
    CvArena *arena = bound->form->arena;
    if (!cv_field_is_kind(field, &cv_multi_value_form_field) || field->require_all_fields || !widget->parts ||
        !field->required || bound->form->options.no_required_attribute ||
        !cv_widget_use_required(widget, cv_bound_initial(bound)))
        return widget;
    size_t count = 0;
    while (widget->parts[count])
        count++;
    const CvWidget **parts = cv_arena_new_array(arena, const CvWidget *, count + 1);
    for (size_t i = 0; i < count; i++) {
        CvWidget *part = cv_arena_memdup(arena, widget->parts[i], sizeof *part);
        CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
        *attrs = cv_attrs_copy(arena, part->more_attrs);
        if (i < field->field_count)
            cv_attrs_set(
                attrs, CV_SLICE("required"),
                cv_value_bool(cv_widget_use_required(part, cv_bound_initial(bound)) && field->fields[i].required));
        part->more_attrs = attrs;
        parts[i] = part;
    }
    CvWidget *copy = cv_arena_memdup(arena, widget, sizeof *copy);
    copy->parts = parts;
    return copy;
}

static bool clear_was_checked(const CvBoundField *bound)
{
    CvSlice name = cv_name_with(bound->form->arena, cv_slice(bound->html_name), "-clear");
    return bound->form->is_bound && bound->form->data && cv_querydict_find(bound->form->data, name);
}

const char *cv_bound_initial_id(const CvBoundField *bound)
{
    const char *prefix = bound->form->options.prefix;
    return cv_arena_printf(bound->form->arena, "initial-%s%s%s", prefix ? prefix : "", prefix && *prefix ? "-" : "",
                           bound->auto_id);
}

static CvValue shown_value(CvBoundField *bound, bool only_initial)
{
    CvForm *form = bound->form;
    CvFormData data = cv_form_data(form);
    CvSlice name = cv_slice(only_initial ? cv_bound_initial_name(bound) : "");
    if (only_initial && form->data && cv_querydict_find(form->data, name))
        return cv_widget_read(bound->field->hidden_widget, form->arena, &data, name);
    return cv_bound_value(bound);
}

CvWidgetUse *cv_bound_use(CvBoundField *bound, const CvWidget *widget, const CvAttrs *more, bool only_initial)
{
    CvArena *arena = bound->form->arena;
    CvValue id;
    widget = widget ? widget : bound->field->widget;
    if (bound->field->localize && !widget->localized) {
        CvWidget *copy = cv_arena_memdup(arena, widget, sizeof *copy);
        copy->localized = true;
        widget = copy;
    }
    CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
    *attrs = cv_bound_attrs(bound, widget, more);
    if (*bound->auto_id && !cv_widget_attr(widget, "id", &id) && !cv_attrs_get(attrs, "id", &id))
        cv_attrs_set(attrs, CV_SLICE("id"),
                     cv_value_string(only_initial ? cv_bound_initial_id(bound) : bound->auto_id));
    CvSlice name = cv_slice(only_initial ? cv_bound_initial_name(bound) : bound->html_name);
    CvWidgetUse *use = cv_arena_new(arena, CvWidgetUse);
    *use = cv_widget_use(with_required_parts(bound, widget), arena, name, shown_value(bound, only_initial), attrs);
    use->checked = widget->kind->multipart && clear_was_checked(bound);
    cv_widget_use_ready(use);
    return use;
}

CvSlice cv_bound_widget(CvBoundField *bound, const CvWidget *widget, const CvAttrs *more, bool only_initial)
{
    CvBuffer out = cv_buffer(bound->form->arena);
    cv_widget_use_put(cv_bound_use(bound, widget, more, only_initial), &out);
    return cv_piece_end(&out);
}

CvSlice cv_bound_hidden(CvBoundField *bound, bool only_initial)
{
    return cv_bound_widget(bound, bound->field->hidden_widget, NULL, only_initial);
}

void cv_bound_put(CvBoundField *bound, CvBuffer *out)
{
    cv_widget_use_put(cv_bound_use(bound, NULL, NULL, false), out);
    if (bound->field->show_hidden_initial)
        cv_widget_use_put(cv_bound_use(bound, bound->field->hidden_widget, NULL, true), out);
}

CvSlice cv_bound_html(CvBoundField *bound)
{
    CvBuffer out = cv_buffer(bound->form->arena);
    cv_bound_put(bound, &out);
    return cv_piece_end(&out);
}

const char *cv_bound_id_for_label(CvBoundField *bound)
{
    return cv_widget_id_for_label(bound->field->widget, bound->form->arena, cv_bound_own_id(bound));
}

void cv_write_label_attrs(const void *thing, CvBuffer *out)
{
    cv_attrs_write(out, &((const CvLabel *)thing)->attrs);
}

void cv_write_label(const void *thing, CvBuffer *out)
{
    const CvLabel *label = thing;
    if (label->use_tag) {
        cv_buffer_append_byte(out, '<');
        cv_buffer_append_string(out, label->tag);
        cv_piece_write("django/forms/attrs.html", &cv_label_subject, label, label->arena, out);
        cv_buffer_append_byte(out, '>');
    }
    cv_html_value(out, label->arena, label->text);
    if (label->use_tag) {
        cv_buffer_append(out, "</", 2);
        cv_buffer_append_string(out, label->tag);
        cv_buffer_append_byte(out, '>');
    }
    cv_buffer_append_byte(out, '\n');
}

static void fill_label(const void *thing, CvContext *context)
{
    const CvLabel *label = thing;
    cv_context_set(context, "field", cv_value_object(label->field));
    cv_context_set(context, "label", label->text);
    cv_context_set(context, "attrs", cv_attrs_value(context->arena, &label->attrs));
    cv_context_set(context, "tag", cv_value_string(label->tag));
    cv_context_set(context, "use_tag", cv_value_bool(label->use_tag));
}

/* "django/forms/attrs.html" needs the attributes alone. */
static const void *find_label(const CvContext *context)
{
    CvValue value;
    CvLabel *label = cv_arena_new(context->arena, CvLabel);
    *label =
        (CvLabel){.arena = context->arena, .text = CV_VALUE(""), .tag = "label", .attrs = {.arena = context->arena}};
    if (!cv_context_get(context, CV_SLICE("attrs"), &value) || value.kind != CV_DICT)
        return NULL;
    label->attrs = cv_attrs_of_dict(context->arena, value.dict);
    if (cv_context_get(context, CV_SLICE("label"), &value))
        label->text = value;
    if (cv_context_get(context, CV_SLICE("tag"), &value))
        label->tag = cv_slice_string(context->arena, cv_value_str(context->arena, value));
    label->use_tag = cv_context_get(context, CV_SLICE("use_tag"), &value) && cv_value_truth(value);
    return label;
}

const CvSubject cv_label_subject = {.name = "label", .fill = fill_label, .find = find_label};

/* Whether the last character is one of those behind which a language puts no colon. */
static bool ends_a_phrase(CvSlice text)
{
    size_t last = text.length - 1;
    while (last > 0 && ((unsigned char)text.data[last] & 0xc0) == 0x80)
        last--;
    return cv_slice_find(cv_gettext(NULL, CV_SLICE(":?.!")), cv_slice_skip(text, last)) >= 0;
}

/* Safe where a suffix is there, as Django's format_html() makes it. */
static CvValue with_suffix(CvArena *arena, CvSlice text, const char *suffix)
{
    if (!*suffix || text.length == 0 || ends_a_phrase(text))
        return cv_value_slice(text);
    CvBuffer out = cv_buffer(arena);
    cv_html_escape(&out, text);
    cv_html_escape(&out, cv_slice(suffix));
    return cv_value_safe(cv_buffer_slice(&out));
}

void cv_bound_put_label(CvBoundField *bound, const char *tag, CvBuffer *out)
{
    CvForm *form = bound->form;
    CvArena *arena = form->arena;
    const char *id = cv_bound_own_id(bound), *template_name = form->options.template_name_label;
    const char *suffix = bound->field->label_suffix ? bound->field->label_suffix : cv_form_label_suffix(form);
    CvLabel label = {.arena = arena,
                     .field = bound,
                     .text = with_suffix(arena, cv_slice(bound->label), suffix),
                     .attrs = {.arena = arena},
                     .tag = tag,
                     .use_tag = *id};
    const char *target = *id ? cv_widget_id_for_label(bound->field->widget, arena, id) : "";
    if (*target && strcmp(tag, "legend") != 0)
        cv_attrs_set(&label.attrs, CV_SLICE("for"), cv_value_string(target));
    if (*id && bound->field->required && form->options.required_css_class)
        cv_attrs_set(&label.attrs, CV_SLICE("class"), cv_value_string(form->options.required_css_class));
    cv_piece_put(template_name ? template_name : "django/forms/label.html", &cv_label_subject, &label, arena, out);
}

static CvSlice label_in(CvBoundField *bound, const char *tag)
{
    CvBuffer out = cv_buffer(bound->form->arena);
    cv_bound_put_label(bound, tag, &out);
    return cv_piece_end(&out);
}

CvSlice cv_bound_label_tag(CvBoundField *bound)
{
    return label_in(bound, "label");
}

CvSlice cv_bound_legend_tag(CvBoundField *bound)
{
    return label_in(bound, "legend");
}

CvSlice cv_bound_css_classes(CvBoundField *bound)
{
    const CvFormOptions *options = &bound->form->options;
    const char *error = options->error_css_class && cv_bound_errors(bound)->count ? options->error_css_class : NULL;
    const char *required = options->required_css_class && bound->field->required ? options->required_css_class : NULL;
    if (error && required && strcmp(error, required) != 0)
        return cv_slice(cv_arena_printf(bound->form->arena, "%s %s", error, required));
    return cv_slice(error ? error : required ? required : "");
}

CvSlice cv_bound_widget_type(CvBoundField *bound)
{
    CvSlice name = cv_utf8_lower(bound->form->arena, cv_slice(bound->field->widget->kind->name));
    if (cv_slice_ends_with(name, CV_SLICE("widget")))
        name.length -= 6;
    else if (cv_slice_ends_with(name, CV_SLICE("input")))
        name.length -= 5;
    return name;
}
