/* inputs.c: the widgets that are one <input> or <textarea>. */
#include "forms/piece_private.h"
#include "text/html.h"
#include "text/i18n.h"
#include "text/utf8.h"

/* The attributes by their own template. */
static void put_attrs(const CvWidgetUse *use, CvBuffer *out)
{
    cv_piece_write(CV_ATTRS_TEMPLATE, &cv_widget_subject, use, use->arena, out);
}

void cv_write_widget_attrs(const void *thing, CvBuffer *out)
{
    cv_attrs_write(out, &((const CvWidgetUse *)thing)->attrs);
}

static void put_attribute(CvBuffer *out, const char *name, CvSlice text)
{
    cv_buffer_append_byte(out, ' ');
    cv_buffer_append_string(out, name);
    cv_buffer_append(out, "=\"", 2);
    cv_html_escape(out, text);
    cv_buffer_append_byte(out, '"');
}

/* One of the names that the kind's context set. */
static bool own_value(const CvWidgetUse *use, const char *name, CvValue *value)
{
    return use->more && cv_dict_get_slice(use->more, cv_slice(name), value);
}

static CvSlice own_text(const CvWidgetUse *use, const char *name)
{
    CvValue value;
    return own_value(use, name, &value) && value.kind != CV_NULL ? cv_value_str(use->arena, value) : CV_SLICE("");
}

static CvValue value_of(const CvWidgetUse *use)
{
    CvValue own;
    if (own_value(use, "value", &own))
        return own;
    return use->is_choice ? use->value : cv_use_value(use);
}

static CvSlice type_of(const CvWidgetUse *use)
{
    CvValue own;
    if (own_value(use, "type", &own))
        return cv_value_str(use->arena, own);
    const char *input = cv_use_input(use);
    return cv_slice(input ? input : "None");
}

void cv_write_input(const void *thing, CvBuffer *out)
{
    const CvWidgetUse *use = thing;
    CvValue value = value_of(use);
    cv_buffer_append_string(out, "<input");
    put_attribute(out, "type", type_of(use));
    put_attribute(out, "name", use->name);
    if (value.kind != CV_NULL)
        put_attribute(out, "value", cv_value_str(use->arena, value));
    put_attrs(use, out);
    cv_buffer_append_string(out, ">\n");
}

/* ---- passwords, areas, dates ---- */

static CvValue password_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    return widget->render_value ? cv_widget_format_common(widget, arena, value) : cv_value_null();
}

void cv_write_textarea(const void *thing, CvBuffer *out)
{
    const CvWidgetUse *use = thing;
    CvValue value = value_of(use);
    cv_buffer_append_string(out, "<textarea");
    put_attribute(out, "name", use->name);
    put_attrs(use, out);
    cv_buffer_append_string(out, ">\n");
    if (value.kind != CV_NULL)
        cv_html_value(out, use->arena, value);
    cv_buffer_append_string(out, "</textarea>\n");
}

/* Text and dates alike; unlike other inputs, empty text is shown. */
CvValue cv_widget_format_temporal(const CvWidget *widget, CvArena *arena, CvValue value)
{
    const char *const *formats = widget->kind == &cv_date_input_kind       ? cv_date_input_formats()
                                 : widget->kind == &cv_datetime_input_kind ? cv_datetime_input_formats()
                                                                           : cv_time_input_formats();
    if (value.kind == CV_NULL || value.kind == CV_MISSING)
        return cv_value_null();
    return cv_localize_input(arena, value, widget->format ? widget->format : formats[0]);
}

/* ---- check boxes ---- */

static bool is_blank(CvValue value)
{
    return value.kind == CV_NULL || value.kind == CV_MISSING || (value.kind == CV_STRING && value.length == 0);
}

static CvValue checkbox_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    (void)widget;
    return value.kind == CV_BOOL || is_blank(value) ? cv_value_null() : cv_value_slice(cv_value_str(arena, value));
}

static void checkbox_context(CvWidgetUse *use)
{
    if (!is_blank(use->value) && !(use->value.kind == CV_BOOL && !use->value.boolean))
        cv_attrs_set(&use->attrs, CV_SLICE("checked"), cv_value_bool(true));
}

static CvValue checkbox_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvSlice text;
    (void)widget;
    if (!data->values || !cv_querydict_get_slice(data->values, name, &text))
        return cv_value_bool(false);
    return cv_value_bool(text.length > 0 && !cv_slice_is(cv_utf8_lower(arena, text), "false"));
}

/* ---- files ---- */

static CvValue no_value(const CvWidget *widget, CvArena *arena, CvValue value)
{
    (void)widget;
    (void)arena;
    (void)value;
    return cv_value_null();
}

static CvUploadedFile *file_of(const CvFormData *data, CvArena *arena, CvSlice name)
{
    return data->files ? cv_files_get(data->files, cv_slice_string(arena, name)) : NULL;
}

static CvValue file_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    CvUploadedFile *file = file_of(data, arena, name);
    return file ? cv_value_object(file) : cv_value_null();
}

static bool file_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    return !file_of(data, arena, name);
}

static bool file_use_required(const CvWidget *widget, CvValue initial)
{
    (void)widget;
    return initial.kind == CV_MISSING || !cv_value_truth(initial);
}

static CvValue clearable_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvValue upload = file_read(widget, arena, data, name);
    CvValue clear = checkbox_read(widget, arena, data, cv_name_with(arena, name, "-clear"));
    if (!widget->required && clear.boolean)
        return upload.kind == CV_NULL ? cv_value_bool(false)
                                      : (CvValue){.kind = CV_OBJECT, .object = &cv_file_contradiction};
    return upload;
}

static bool clearable_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    return file_omitted(widget, arena, data, name) &&
           (!data->values || !cv_querydict_find(data->values, cv_name_with(arena, name, "-clear")));
}

/* A member of an object, as a template would find it. */
static bool member_of(CvArena *arena, CvValue value, const char *name, CvValue *out)
{
    if (value.kind != CV_OBJECT || !value.object || !cv_type_of(value.object))
        return false;
    const CvType *type = cv_type_of(value.object);
    CvAccessor accessor;
    if (type->resolve && type->resolve(type, cv_slice(name), &accessor)) {
        accessor.read(&accessor, value.object, arena, out);
        return true;
    }
    return type->get && type->get(value.object, cv_slice(name), arena, out);
}

/* The file that is there already: what has a URL. */
static bool file_is_initial(const CvWidgetUse *use)
{
    CvValue url;
    return cv_value_truth(use->value) && member_of(use->arena, use->value, "url", &url) && cv_value_truth(url);
}

static void clearable_context(CvWidgetUse *use)
{
    CvSlice box = cv_name_with(use->arena, use->name, "-clear");
    bool initial = file_is_initial(use);
    CvValue disabled;
    if (!cv_attrs_get(&use->attrs, "disabled", &disabled))
        cv_attrs_set(&use->attrs, CV_SLICE("disabled"), cv_value_bool(false));
    cv_attrs_set(&use->attrs, CV_SLICE("checked"), cv_value_bool(use->checked));
    cv_widget_use_set(use, "is_initial", cv_value_bool(initial));
    cv_widget_use_set(use, "value", initial ? use->value : cv_value_null());
    cv_widget_use_set(use, "checkbox_name", cv_value_slice(box));
    cv_widget_use_set(use, "checkbox_id", cv_value_slice(cv_name_with(use->arena, box, "_id")));
    cv_widget_use_set(use, "initial_text", cv_value_slice(cv_gettext(NULL, CV_SLICE("Currently"))));
    cv_widget_use_set(use, "input_text", cv_value_slice(cv_gettext(NULL, CV_SLICE("Change"))));
    cv_widget_use_set(use, "clear_checkbox_label", cv_value_slice(cv_gettext(NULL, CV_SLICE("Clear"))));
}

static void put_clear_box(const CvWidgetUse *use, CvBuffer *out)
{
    CvSlice id = own_text(use, "checkbox_id");
    cv_buffer_append_string(out, "\n<input type=\"checkbox\"");
    put_attribute(out, "name", own_text(use, "checkbox_name"));
    put_attribute(out, "id", id);
    cv_buffer_append_string(out, cv_attr_is_true(&use->attrs, "disabled") ? " disabled" : "");
    cv_buffer_append_string(out, cv_attr_is_true(&use->attrs, "checked") ? " checked>\n<label" : ">\n<label");
    put_attribute(out, "for", id);
    cv_buffer_append_byte(out, '>');
    cv_html_escape(out, own_text(use, "clear_checkbox_label"));
    cv_buffer_append_string(out, "</label>");
}

void cv_write_clearable_file(const void *thing, CvBuffer *out)
{
    const CvWidgetUse *use = thing;
    CvValue url;
    if (file_is_initial(use) && member_of(use->arena, use->value, "url", &url)) {
        cv_html_escape(out, own_text(use, "initial_text"));
        cv_buffer_append_string(out, ": <a href=\"");
        cv_html_value(out, use->arena, url);
        cv_buffer_append_string(out, "\">");
        cv_html_value(out, use->arena, use->value);
        cv_buffer_append_string(out, "</a>");
        if (!use->widget->required)
            put_clear_box(use, out);
        cv_buffer_append_string(out, "<br>\n");
        cv_html_escape(out, own_text(use, "input_text"));
        cv_buffer_append_byte(out, ':');
    }
    cv_buffer_append_string(out, "\n<input");
    put_attribute(out, "type", type_of(use));
    put_attribute(out, "name", use->name);
    put_attrs(use, out);
    cv_buffer_append_string(out, ">\n");
}

/* clang-format off */
const CvWidgetKind cv_input_kind = {.name = "Input"};
const CvWidgetKind cv_text_input_kind = {.name = "TextInput", .template_name = "django/forms/widgets/text.html", .input = "text"};
const CvWidgetKind cv_number_input_kind = {.name = "NumberInput", .template_name = "django/forms/widgets/number.html", .input = "number"};
const CvWidgetKind cv_email_input_kind = {.name = "EmailInput", .template_name = "django/forms/widgets/email.html", .input = "email"};
const CvWidgetKind cv_url_input_kind = {.name = "URLInput", .template_name = "django/forms/widgets/url.html", .input = "url"};
const CvWidgetKind cv_color_input_kind = {.name = "ColorInput", .template_name = "django/forms/widgets/color.html", .input = "color"};
const CvWidgetKind cv_search_input_kind = {.name = "SearchInput", .template_name = "django/forms/widgets/search.html", .input = "search"};
const CvWidgetKind cv_tel_input_kind = {.name = "TelInput", .template_name = "django/forms/widgets/tel.html", .input = "tel"};
const CvWidgetKind cv_password_input_kind = {.name = "PasswordInput", .template_name = "django/forms/widgets/password.html", .input = "password", .format = password_format};
const CvWidgetKind cv_hidden_input_kind = {.name = "HiddenInput", .template_name = "django/forms/widgets/hidden.html", .input = "hidden"};
const CvWidgetKind cv_textarea_kind = {.name = "Textarea", .template_name = "django/forms/widgets/textarea.html", .attrs = CV_LIST("cols", "40", "rows", "10")};
const CvWidgetKind cv_date_input_kind = {.name = "DateInput", .template_name = "django/forms/widgets/date.html", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_datetime_input_kind = {.name = "DateTimeInput", .template_name = "django/forms/widgets/datetime.html", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_time_input_kind = {.name = "TimeInput", .template_name = "django/forms/widgets/time.html", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_checkbox_input_kind = {.name = "CheckboxInput", .template_name = "django/forms/widgets/checkbox.html", .input = "checkbox", .format = checkbox_format,
    .context = checkbox_context, .read = checkbox_read, .omitted = cv_never_omitted};
const CvWidgetKind cv_file_input_kind = {.name = "FileInput", .template_name = "django/forms/widgets/file.html", .input = "file", .multipart = true, .format = no_value,
    .read = file_read, .omitted = file_omitted, .use_required = file_use_required};
const CvWidgetKind cv_clearable_file_input_kind = {.name = "ClearableFileInput", .template_name = "django/forms/widgets/clearable_file_input.html", .input = "file", .multipart = true,
    .format = no_value, .context = clearable_context, .read = clearable_read, .omitted = clearable_omitted,
    .use_required = file_use_required};
/* clang-format on */
