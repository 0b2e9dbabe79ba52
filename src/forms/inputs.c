/* inputs.c: the widgets that are one <input> or <textarea>. */
#include "forms/widget_private.h"
#include "text/html.h"
#include "text/utf8.h"

void cv_input_write(CvBuffer *out, const char *input, CvSlice name, CvValue value, const CvAttrs *attrs, CvArena *arena)
{
    cv_buffer_append_string(out, "<input type=\"");
    cv_html_escape(out, cv_slice(input ? input : "None"));
    cv_buffer_append_string(out, "\" name=\"");
    cv_html_escape(out, name);
    cv_buffer_append_byte(out, '"');
    if (value.kind != CV_NULL) {
        cv_buffer_append_string(out, " value=\"");
        cv_html_escape(out, cv_value_str(arena, value));
        cv_buffer_append_byte(out, '"');
    }
    cv_attrs_write(out, attrs);
    cv_buffer_append_string(out, ">\n");
}

/* ---- passwords, areas, dates ---- */

static CvValue password_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    return widget->render_value ? cv_widget_format_common(widget, arena, value) : cv_value_null();
}

static void textarea_render(CvWidgetUse *use, CvBuffer *out)
{
    CvValue value = cv_use_value(use);
    cv_buffer_append_string(out, "<textarea name=\"");
    cv_html_escape(out, use->name);
    cv_buffer_append_byte(out, '"');
    cv_attrs_write(out, &use->attrs);
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

static void checkbox_render(CvWidgetUse *use, CvBuffer *out)
{
    if (!is_blank(use->value) && !(use->value.kind == CV_BOOL && !use->value.boolean))
        cv_attrs_set(&use->attrs, CV_SLICE("checked"), cv_value_bool(true));
    cv_input_write(out, cv_use_input(use), use->name, cv_use_value(use), &use->attrs, use->arena);
}

static CvValue checkbox_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvSlice text;
    (void)widget;
    if (!data->values || !cv_querydict_get_slice(data->values, name, &text))
        return cv_value_bool(false);
    return cv_value_bool(text.length > 0 && !cv_slice_is(cv_utf8_lower(arena, text), "false"));
}

static bool never_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    (void)arena;
    (void)data;
    (void)name;
    return false;
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

static void clearable_render(CvWidgetUse *use, CvBuffer *out)
{
    CvValue url;
    CvSlice box = cv_name_with(use->arena, use->name, "-clear"), box_id = cv_name_with(use->arena, box, "_id");
    bool disabled = cv_attr_is_true(&use->attrs, "disabled");
    if (cv_value_truth(use->value) && member_of(use->arena, use->value, "url", &url) && cv_value_truth(url)) {
        cv_buffer_append_string(out, "Currently: <a href=\"");
        cv_html_value(out, use->arena, url);
        cv_buffer_append_string(out, "\">");
        cv_html_value(out, use->arena, use->value);
        cv_buffer_append_string(out, "</a>");
        if (!use->widget->required) {
            cv_buffer_append_string(out, "\n<input type=\"checkbox\" name=\"");
            cv_html_escape(out, box);
            cv_buffer_append_string(out, "\" id=\"");
            cv_html_escape(out, box_id);
            cv_buffer_printf(out, "\"%s%s>\n<label for=\"", disabled ? " disabled" : "",
                             use->checked ? " checked" : "");
            cv_html_escape(out, box_id);
            cv_buffer_append_string(out, "\">Clear</label>");
        }
        cv_buffer_append_string(out, "<br>\nChange:");
    }
    cv_attrs_set(&use->attrs, CV_SLICE("checked"), cv_value_bool(use->checked));
    cv_buffer_append_byte(out, '\n');
    cv_input_write(out, cv_use_input(use), use->name, cv_value_null(), &use->attrs, use->arena);
}

/* clang-format off */
const CvWidgetKind cv_input_kind = {.name = "Input"};
const CvWidgetKind cv_text_input_kind = {.name = "TextInput", .input = "text"};
const CvWidgetKind cv_number_input_kind = {.name = "NumberInput", .input = "number"};
const CvWidgetKind cv_email_input_kind = {.name = "EmailInput", .input = "email"};
const CvWidgetKind cv_url_input_kind = {.name = "URLInput", .input = "url"};
const CvWidgetKind cv_color_input_kind = {.name = "ColorInput", .input = "color"};
const CvWidgetKind cv_search_input_kind = {.name = "SearchInput", .input = "search"};
const CvWidgetKind cv_tel_input_kind = {.name = "TelInput", .input = "tel"};
const CvWidgetKind cv_password_input_kind = {.name = "PasswordInput", .input = "password", .format = password_format};
const CvWidgetKind cv_hidden_input_kind = {.name = "HiddenInput", .input = "hidden"};
const CvWidgetKind cv_textarea_kind = {.name = "Textarea", .render = textarea_render};
const CvWidgetKind cv_date_input_kind = {.name = "DateInput", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_datetime_input_kind = {.name = "DateTimeInput", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_time_input_kind = {.name = "TimeInput", .input = "text", .whole_seconds = true, .format = cv_widget_format_temporal};
const CvWidgetKind cv_checkbox_input_kind = {.name = "CheckboxInput", .input = "checkbox", .format = checkbox_format,
    .render = checkbox_render, .read = checkbox_read, .omitted = never_omitted};
const CvWidgetKind cv_file_input_kind = {.name = "FileInput", .input = "file", .multipart = true, .format = no_value,
    .read = file_read, .omitted = file_omitted, .use_required = file_use_required};
const CvWidgetKind cv_clearable_file_input_kind = {.name = "ClearableFileInput", .input = "file", .multipart = true,
    .format = no_value, .render = clearable_render, .read = clearable_read, .omitted = clearable_omitted,
    .use_required = file_use_required};
/* clang-format on */
