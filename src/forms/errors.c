/* errors.c: errors as lists, text and JSON. */
#include "forms/form_private.h"
#include "text/html.h"
#include "text/json.h"

static void write_items(CvBuffer *out, CvArena *arena, const CvErrorList *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        cv_buffer_append_string(out, "<li>");
        cv_html_escape(out, cv_invalid_text(arena, &errors->items[i]));
        cv_buffer_append_string(out, "</li>");
    }
}

void cv_error_list_write(CvBuffer *out, CvArena *arena, const CvErrorList *errors)
{
    if (errors->count == 0)
        return;
    cv_buffer_append_string(out, "<ul class=\"errorlist");
    if (errors->extra_class)
        cv_buffer_printf(out, " %s", errors->extra_class);
    cv_buffer_append_byte(out, '"');
    if (errors->field_id && *errors->field_id) {
        cv_buffer_append_string(out, " id=\"");
        cv_html_escape(out, cv_slice(errors->field_id));
        cv_buffer_append_string(out, "_error\"");
    }
    cv_buffer_append_byte(out, '>');
    write_items(out, arena, errors);
    cv_buffer_append_string(out, "</ul>");
}

CvSlice cv_error_list_html(CvArena *arena, const CvErrorList *errors)
{
    CvBuffer out = cv_buffer(arena);
    cv_error_list_write(&out, arena, errors);
    return cv_buffer_slice(&out);
}

CvSlice cv_error_list_text(CvArena *arena, const CvErrorList *errors)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < errors->count; i++) {
        cv_buffer_append_string(&out, i ? "\n* " : "* ");
        cv_html_escape(&out, cv_invalid_text(arena, &errors->items[i])); /* as Django's template does */
    }
    return cv_buffer_slice(&out);
}

/* The list at a place of the order of errors, and its name. */
static const CvErrorList *errors_at(const CvForm *form, size_t place, const char **name)
{
    size_t index = form->error_order[place];
    *name = index == form->count ? "__all__" : form->fields[index].field->name;
    return index == form->count ? &form->non_field : &form->fields[index].errors;
}

CvSlice cv_form_errors_html(CvForm *form)
{
    CvBuffer out = cv_buffer(form->arena);
    const char *name;
    cv_form_clean(form);
    if (form->error_count == 0)
        return CV_SLICE("");
    cv_buffer_append_string(&out, "<ul class=\"errorlist\">");
    for (size_t i = 0; i < form->error_count; i++) {
        const CvErrorList *errors = errors_at(form, i, &name);
        cv_buffer_append_string(&out, "<li>");
        cv_html_escape(&out, cv_slice(name));
        cv_error_list_write(&out, form->arena, errors);
        cv_buffer_append_string(&out, "</li>");
    }
    cv_buffer_append_string(&out, "</ul>");
    return cv_buffer_slice(&out);
}

CvSlice cv_form_errors_text(CvForm *form)
{
    CvBuffer out = cv_buffer(form->arena);
    const char *name;
    cv_form_clean(form);
    for (size_t i = 0; i < form->error_count; i++) {
        const CvErrorList *errors = errors_at(form, i, &name);
        cv_buffer_append_string(&out, i ? "\n* " : "* ");
        cv_html_escape(&out, cv_slice(name));
        for (size_t k = 0; k < errors->count; k++) {
            cv_buffer_append_string(&out, "\n  * ");
            cv_html_escape(&out, cv_invalid_text(form->arena, &errors->items[k]));
        }
    }
    return cv_buffer_slice(&out);
}

CvSlice cv_form_errors_json(CvForm *form, bool escape_html)
{
    CvDict *all = cv_dict_create(form->arena);
    const char *name;
    cv_form_clean(form);
    for (size_t i = 0; i < form->error_count; i++) {
        const CvErrorList *errors = errors_at(form, i, &name);
        CvList *list = cv_list_create(form->arena);
        for (size_t k = 0; k < errors->count; k++) {
            CvDict *one = cv_dict_create(form->arena);
            CvSlice text = cv_invalid_text(form->arena, &errors->items[k]);
            const char *code = errors->items[k].code;
            cv_dict_set_name(one, "message", cv_value_slice(escape_html ? cv_html_escaped(form->arena, text) : text));
            cv_dict_set_name(one, "code", cv_value_string(code ? code : ""));
            cv_list_add(form->arena, list, cv_value_dict(one));
        }
        cv_dict_set_name(all, name, cv_value_list(list));
    }
    CvBuffer out = cv_buffer(form->arena);
    CvError error;
    if (!cv_json_write(form->arena, &out, cv_value_dict(all), NULL, &error))
        cv_raise_error(&error);
    return cv_buffer_slice(&out);
}
