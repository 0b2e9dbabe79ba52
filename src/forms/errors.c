/* errors.c: errors as lists, text and JSON. */
#include "forms/piece_private.h"
#include "text/html.h"
#include "text/json.h"

#define LIST_TEMPLATE "django/forms/errors/list/"
#define DICT_TEMPLATE "django/forms/errors/dict/"

/* ---- the errors of one field ---- */

const char *cv_error_list_class(CvArena *arena, const CvErrorList *errors)
{
    return errors->extra_class ? cv_arena_printf(arena, "errorlist %s", errors->extra_class) : "errorlist";
}

void cv_write_error_list(const void *thing, CvBuffer *out)
{
    const CvErrorList *errors = thing;
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
    for (size_t i = 0; i < errors->count; i++) {
        cv_buffer_append_string(out, "<li>");
        cv_html_escape(out, cv_invalid_text(errors->arena, &errors->items[i]));
        cv_buffer_append_string(out, "</li>");
    }
    cv_buffer_append_string(out, "</ul>");
}

void cv_write_error_list_text(const void *thing, CvBuffer *out)
{
    const CvErrorList *errors = thing;
    for (size_t i = 0; i < errors->count; i++) {
        cv_buffer_append_string(out, "* ");
        cv_html_escape(out, cv_invalid_text(errors->arena, &errors->items[i])); /* as Django's template does */
        cv_buffer_append_byte(out, '\n');
    }
}

static void fill_list(const void *thing, CvContext *context)
{
    cv_context_set(context, "error_class", cv_value_string(cv_error_list_class(context->arena, thing)));
}

const CvSubject cv_error_list_subject = {
    .name = "list of errors", .under = "errors", .type = &cv_error_list_type, .fill = fill_list};

void cv_error_list_put(const CvErrorList *errors, CvBuffer *out)
{
    cv_piece_put(LIST_TEMPLATE "default.html", &cv_error_list_subject, errors, errors->arena, out);
}

/* Of a list that need not be a form's. */
static CvSlice list_html(CvArena *arena, const CvErrorList *errors, const char *template_name)
{
    CvErrorList *own = cv_arena_memdup(arena, errors, sizeof *errors);
    own->object.type = &cv_error_list_type;
    own->arena = arena;
    return cv_piece_html(template_name, &cv_error_list_subject, own, arena);
}

CvSlice cv_error_list_html(CvArena *arena, const CvErrorList *errors)
{
    return list_html(arena, errors, LIST_TEMPLATE "default.html");
}

CvSlice cv_error_list_ul(CvArena *arena, const CvErrorList *errors)
{
    return list_html(arena, errors, LIST_TEMPLATE "ul.html");
}

CvSlice cv_error_list_text(CvArena *arena, const CvErrorList *errors)
{
    return list_html(arena, errors, LIST_TEMPLATE "text.txt");
}

/* ---- all errors of a form ---- */

const CvErrorList *cv_form_errors_at(CvForm *form, size_t place, const char **name)
{
    cv_form_clean(form);
    if (place >= form->error_count)
        return NULL;
    size_t index = form->error_order[place];
    *name = index == form->count ? "__all__" : form->fields[index].field->name;
    return index == form->count ? &form->non_field : &form->fields[index].errors;
}

void cv_write_error_dict(const void *thing, CvBuffer *out)
{
    CvForm *form = ((const CvErrorItems *)thing)->form;
    const char *name;
    if (form->error_count == 0)
        return;
    cv_buffer_append_string(out, "<ul class=\"errorlist\">");
    const CvErrorList *errors;
    for (size_t i = 0; (errors = cv_form_errors_at(form, i, &name)) != NULL; i++) {
        cv_buffer_append_string(out, "<li>");
        cv_html_escape(out, cv_slice(name));
        cv_error_list_put(errors, out);
        cv_buffer_append_string(out, "</li>");
    }
    cv_buffer_append_string(out, "</ul>");
}

void cv_write_error_dict_text(const void *thing, CvBuffer *out)
{
    CvForm *form = ((const CvErrorItems *)thing)->form;
    const char *name;
    const CvErrorList *errors;
    for (size_t i = 0; (errors = cv_form_errors_at(form, i, &name)) != NULL; i++) {
        cv_buffer_append_string(out, "* ");
        cv_html_escape(out, cv_slice(name));
        cv_buffer_append_byte(out, '\n');
        for (size_t k = 0; k < errors->count; k++) {
            cv_buffer_append_string(out, "  * ");
            cv_html_escape(out, cv_invalid_text(form->arena, &errors->items[k]));
            cv_buffer_append_byte(out, '\n');
        }
    }
}

static void fill_dict(const void *thing, CvContext *context)
{
    (void)thing;
    cv_context_set(context, "error_class", CV_VALUE("errorlist"));
}

const CvSubject cv_error_dict_subject = {
    .name = "dict of errors", .under = "errors", .type = &cv_error_items_type, .fill = fill_dict};

CvErrorItems *cv_error_items(CvForm *form)
{
    CvErrorItems *items = cv_arena_new(form->arena, CvErrorItems);
    cv_form_clean(form);
    *items = (CvErrorItems){{&cv_error_items_type}, form};
    return items;
}

CvSlice cv_form_errors_html(CvForm *form)
{
    return cv_piece_html(DICT_TEMPLATE "default.html", &cv_error_dict_subject, cv_error_items(form), form->arena);
}

CvSlice cv_form_errors_ul(CvForm *form)
{
    return cv_piece_html(DICT_TEMPLATE "ul.html", &cv_error_dict_subject, cv_error_items(form), form->arena);
}

CvSlice cv_form_errors_text(CvForm *form)
{
    return cv_piece_html(DICT_TEMPLATE "text.txt", &cv_error_dict_subject, cv_error_items(form), form->arena);
}

/* ---- for programs ---- */

const CvList *cv_error_list_data(CvArena *arena, const CvErrorList *errors, bool escape_html)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < errors->count; i++) {
        CvDict *one = cv_dict_create(arena);
        CvSlice text = cv_invalid_text(arena, &errors->items[i]);
        const char *code = errors->items[i].code;
        cv_dict_set_name(one, "message", cv_value_slice(escape_html ? cv_html_escaped(arena, text) : text));
        cv_dict_set_name(one, "code", cv_value_string(code ? code : ""));
        cv_list_add(arena, list, cv_value_dict(one));
    }
    return list;
}

const CvDict *cv_form_errors_data(CvForm *form, bool escape_html)
{
    CvDict *all = cv_dict_create(form->arena);
    const char *name;
    cv_form_clean(form);
    const CvErrorList *errors;
    for (size_t i = 0; (errors = cv_form_errors_at(form, i, &name)) != NULL; i++) {
        cv_dict_set_name(all, name, cv_value_list(cv_error_list_data(form->arena, errors, escape_html)));
    }
    return all;
}

static CvSlice json_of(CvArena *arena, CvValue value)
{
    CvBuffer out = cv_buffer(arena);
    CvError error;
    if (!cv_json_write(arena, &out, value, NULL, &error))
        cv_raise_error(&error);
    return cv_buffer_slice(&out);
}

CvSlice cv_error_list_json(CvArena *arena, const CvErrorList *errors, bool escape_html)
{
    return json_of(arena, cv_value_list(cv_error_list_data(arena, errors, escape_html)));
}

CvSlice cv_form_errors_json(CvForm *form, bool escape_html)
{
    return json_of(form->arena, cv_value_dict(cv_form_errors_data(form, escape_html)));
}
