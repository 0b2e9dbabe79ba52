/* html.c: whole forms as HTML, white space and all as Django's templates write it. */
#include "text/html.h"
#include "base/vector.h"
#include "forms/form_private.h"

static CvFormRenderer *own_renderer;

void cv_form_set_renderer(CvFormRenderer *renderer)
{
    own_renderer = renderer;
}

bool cv_form_render_own(const char *what, const void *object, CvArena *arena, CvSlice *html)
{
    return own_renderer && own_renderer(what, object, arena, html);
}

typedef struct Fields {
    CvBoundField **items;
    size_t count, capacity;
} Fields;

/* What a layout is made of. */
typedef struct Page {
    CvForm *form;
    CvBuffer *out;
    Fields visible, hidden;
    CvErrorList top; /* of the form, and of hidden fields */
} Page;

static void put(const Page *page, const char *text)
{
    cv_buffer_append_string(page->out, text);
}

static Page collect(CvForm *form, CvBuffer *out)
{
    Page page = {.form = form, .out = out, .top = form->non_field};
    cv_form_clean(form);
    page.top = form->non_field;
    page.top.items = cv_arena_memdup(form->arena, form->non_field.items, form->non_field.count * sizeof(CvInvalid));
    page.top.capacity = form->non_field.count;
    for (size_t i = 0; i < form->count; i++) {
        CvBoundField *bound = &form->fields[i];
        if (!cv_widget_is_hidden(bound->field->widget)) {
            cv_vector_push(form->arena, &page.visible, bound);
            continue;
        }
        for (size_t k = 0; k < bound->errors.count; k++) {
            CvSlice text = cv_invalid_text(form->arena, &bound->errors.items[k]);
            CvInvalid invalid = {.message = cv_arena_printf(form->arena, "(Hidden field %s) %.*s", bound->field->name,
                                                            CV_SLICE_ARG(text)),
                                 .fixed = true};
            cv_vector_push(form->arena, &page.top, invalid);
        }
        cv_vector_push(form->arena, &page.hidden, bound);
    }
    return page;
}

static void put_hidden(const Page *page)
{
    for (size_t i = 0; i < page->hidden.count; i++)
        cv_buffer_append_slice(page->out, cv_bound_html(page->hidden.items[i]));
}

static void put_class(const Page *page, CvBoundField *bound)
{
    CvSlice classes = cv_bound_css_classes(bound);
    if (classes.length == 0)
        return;
    put(page, " class=\"");
    cv_html_escape(page->out, classes);
    put(page, "\"");
}

static void put_help_id(CvBuffer *out, const CvBoundField *bound)
{
    if (!*bound->auto_id)
        return;
    cv_buffer_append_string(out, " id=\"");
    cv_html_escape(out, cv_slice(bound->auto_id));
    cv_buffer_append_string(out, "_helptext\"");
}

static bool has_help(const CvBoundField *bound)
{
    return bound->field->help_text && *bound->field->help_text;
}

static void put_label(const Page *page, CvBoundField *bound)
{
    if (*bound->label)
        cv_buffer_append_slice(page->out, cv_bound_label_tag(bound));
}

static void put_errors(const Page *page, const CvErrorList *errors)
{
    cv_error_list_write(page->out, page->form->arena, errors);
}

/* ---- one field with label, help and errors ---- */

CvSlice cv_bound_group(CvBoundField *bound)
{
    CvArena *arena = bound->form->arena;
    CvSlice html;
    if (cv_form_render_own("field", bound, arena, &html))
        return html;
    CvBuffer out = cv_buffer(arena);
    bool fieldset = bound->field->widget->kind->fieldset;
    if (fieldset) {
        CvSlice described = cv_bound_aria_describedby(bound);
        cv_buffer_append_string(&out, "\n  <fieldset");
        if (described.length) {
            cv_buffer_append_string(&out, " aria-describedby=\"");
            cv_html_escape(&out, described);
            cv_buffer_append_byte(&out, '"');
        }
        cv_buffer_append_string(&out, ">\n  ");
        if (*bound->label)
            cv_buffer_append_slice(&out, cv_bound_legend_tag(bound));
        cv_buffer_append_string(&out, "\n\n");
    } else {
        cv_buffer_append_string(&out, "\n  ");
        if (*bound->label)
            cv_buffer_append_slice(&out, cv_bound_label_tag(bound));
        cv_buffer_append_string(&out, "\n\n");
    }
    if (has_help(bound)) {
        cv_buffer_append_string(&out, "<div class=\"helptext\"");
        put_help_id(&out, bound);
        cv_buffer_printf(&out, ">%s</div>", bound->field->help_text);
    }
    cv_buffer_append_byte(&out, '\n');
    cv_error_list_write(&out, arena, cv_bound_errors(bound));
    cv_buffer_append_byte(&out, '\n');
    cv_buffer_append_slice(&out, cv_bound_html(bound));
    cv_buffer_append_string(&out, fieldset ? "</fieldset>\n" : "\n");
    return cv_slice_trim(cv_buffer_slice(&out));
}

/* ---- layouts ---- */

static void put_div(const Page *page)
{
    put_errors(page, &page->top);
    put(page, "\n");
    if (page->top.count && !page->visible.count) {
        put(page, "\n  <div>");
        put_hidden(page);
        put(page, "</div>\n");
    }
    put(page, "\n");
    for (size_t i = 0; i < page->visible.count; i++) {
        CvBoundField *bound = page->visible.items[i];
        put(page, "\n  <div");
        put_class(page, bound);
        put(page, ">\n    ");
        cv_buffer_append_slice(page->out, cv_bound_group(bound));
        put(page, "\n    ");
        if (i + 1 == page->visible.count) {
            put(page, "\n      ");
            put_hidden(page);
            put(page, "\n    ");
        }
        put(page, "\n</div>\n");
    }
}

static void put_help_span(const Page *page, const CvBoundField *bound, const char *before, const char *after)
{
    if (!has_help(bound))
        return;
    put(page, before);
    put(page, "<span class=\"helptext\"");
    put_help_id(page->out, bound);
    put(page, ">");
    put(page, bound->field->help_text);
    put(page, "</span>");
    put(page, after);
}

static void put_last_hidden(const Page *page, size_t index, const char *before, const char *after)
{
    if (index + 1 != page->visible.count)
        return;
    put(page, before);
    put_hidden(page);
    put(page, after);
}

static void put_p(const Page *page)
{
    put_errors(page, &page->top);
    put(page, "\n");
    if (page->top.count && !page->visible.count) {
        put(page, "\n  <p>");
        put_hidden(page);
        put(page, "</p>\n");
    }
    put(page, "\n");
    for (size_t i = 0; i < page->visible.count; i++) {
        CvBoundField *bound = page->visible.items[i];
        put(page, "\n  ");
        put_errors(page, &bound->errors);
        put(page, "\n  <p");
        put_class(page, bound);
        put(page, ">\n    ");
        put_label(page, bound);
        put(page, "\n    ");
        cv_buffer_append_slice(page->out, cv_bound_html(bound));
        put(page, "\n    ");
        put_help_span(page, bound, "\n      ", "\n    ");
        put(page, "\n    ");
        put_last_hidden(page, i, "\n      ", "\n    ");
        put(page, "\n  </p>\n");
    }
}

static void put_table(const Page *page)
{
    if (page->top.count) {
        put(page, "\n  <tr>\n    <td colspan=\"2\">\n      ");
        put_errors(page, &page->top);
        put(page, "\n      ");
        if (!page->visible.count) {
            put(page, "\n        ");
            put_hidden(page);
            put(page, "\n      ");
        }
        put(page, "\n    </td>\n  </tr>\n");
    }
    put(page, "\n");
    for (size_t i = 0; i < page->visible.count; i++) {
        CvBoundField *bound = page->visible.items[i];
        put(page, "\n  <tr");
        put_class(page, bound);
        put(page, ">\n    <th>");
        put_label(page, bound);
        put(page, "</th>\n    <td>\n      ");
        put_errors(page, &bound->errors);
        put(page, "\n      ");
        cv_buffer_append_slice(page->out, cv_bound_html(bound));
        put(page, "\n      ");
        put_help_span(page, bound, "\n        <br>\n        ", "\n      ");
        put(page, "\n      ");
        put_last_hidden(page, i, "\n        ", "\n      ");
        put(page, "\n    </td>\n  </tr>\n");
    }
}

static void put_ul(const Page *page)
{
    if (page->top.count) {
        put(page, "\n  <li>\n    ");
        put_errors(page, &page->top);
        put(page, "\n  ");
        if (!page->visible.count) {
            put(page, "\n    ");
            put_hidden(page);
            put(page, "\n  ");
        }
        put(page, "\n  </li>\n");
    }
    put(page, "\n");
    for (size_t i = 0; i < page->visible.count; i++) {
        CvBoundField *bound = page->visible.items[i];
        put(page, "\n  <li");
        put_class(page, bound);
        put(page, ">\n    ");
        put_errors(page, &bound->errors);
        put(page, "\n    ");
        put_label(page, bound);
        put(page, "\n    ");
        cv_buffer_append_slice(page->out, cv_bound_html(bound));
        put(page, "\n    ");
        put_help_span(page, bound, "\n      ", "\n    ");
        put(page, "\n    ");
        put_last_hidden(page, i, "\n      ", "\n    ");
        put(page, "\n  </li>\n");
    }
}

CvSlice cv_form_html(CvForm *form, CvFormLayout layout)
{
    static const char *const names[] = {"div", "p", "table", "ul"};
    static void (*const layouts[])(const Page *) = {put_div, put_p, put_table, put_ul};
    CvSlice html;
    if (cv_form_render_own(names[layout], form, form->arena, &html))
        return html;
    CvBuffer out = cv_buffer(form->arena);
    Page page = collect(form, &out);
    layouts[layout](&page);
    put(&page, "\n");
    if (!page.visible.count && !page.top.count) {
        put(&page, "\n  ");
        put_hidden(&page);
        put(&page, "\n");
    }
    put(&page, "\n");
    return cv_slice_trim(cv_buffer_slice(&out));
}
