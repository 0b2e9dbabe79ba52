/* html.c: whole forms as HTML, white space and all as Django's templates write it. */
#include "text/html.h"
#include "base/vector.h"
#include "forms/piece_private.h"

typedef struct Fields {
    CvBoundField **items;
    size_t count, capacity;
} Fields;

typedef struct Layout Layout;

/* What is written, and where. */
typedef struct Page {
    CvForm *form;
    const Layout *layout;
    CvBuffer *out;
    Fields visible, hidden;
    CvErrorList top; /* of the form, and of hidden fields */
} Page;

static void put(const Page *page, const char *text)
{
    cv_buffer_append_string(page->out, text);
}

static Page collect(CvForm *form, const Layout *layout, CvBuffer *out)
{
    Page page = {.form = form, .layout = layout, .out = out, .top = form->non_field};
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
            CvInvalid invalid;
            (void)cv_invalid(form->arena, &invalid, NULL, "(Hidden field %(name)s) %(error)s", "name",
                             bound->field->name, "error", cv_invalid_text(form->arena, &bound->errors.items[k]));
            cv_vector_push(form->arena, &page.top, invalid);
        }
        cv_vector_push(form->arena, &page.hidden, bound);
    }
    return page;
}

static void put_hidden(const Page *page)
{
    for (size_t i = 0; i < page->hidden.count; i++)
        cv_bound_put(page->hidden.items[i], page->out);
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

/* ---- one field with label, help and errors ---- */

static void put_legend(CvBoundField *bound, CvBuffer *out)
{
    CvSlice described = cv_bound_aria_describedby(bound);
    cv_buffer_append_string(out, "\n  <fieldset");
    if (described.length) {
        cv_buffer_append_string(out, " aria-describedby=\"");
        cv_html_escape(out, described);
        cv_buffer_append_byte(out, '"');
    }
    cv_buffer_append_byte(out, '>');
    cv_buffer_append_string(out, "\n  ");
    if (*bound->label)
        cv_bound_put_label(bound, "legend", out);
    cv_buffer_append_string(out, "\n\n");
}

void cv_write_field(const void *thing, CvBuffer *out)
{
    CvBoundField *bound = (CvBoundField *)(uintptr_t)thing;
    bool fieldset = bound->field->widget->kind->fieldset;
    if (fieldset) {
        put_legend(bound, out);
    } else {
        cv_buffer_append_string(out, "\n  ");
        if (*bound->label)
            cv_bound_put_label(bound, "label", out);
        cv_buffer_append_string(out, "\n\n");
    }
    if (has_help(bound)) {
        cv_buffer_append_string(out, "<div class=\"helptext\"");
        put_help_id(out, bound);
        cv_buffer_printf(out, ">%s</div>", cv_field_help_text(bound->field, bound->form->arena));
    }
    cv_buffer_append_byte(out, '\n');
    cv_error_list_put(cv_bound_errors(bound), out);
    cv_buffer_append_byte(out, '\n');
    cv_bound_put(bound, out);
    cv_buffer_append_string(out, fieldset ? "</fieldset>\n" : "\n");
}

const CvSubject cv_field_subject = {.name = "field", .under = "field", .type = &cv_bound_field_type};

const char *cv_bound_template_name(const CvBoundField *bound)
{
    const char *own = bound->field->template_name;
    return own ? own : cv_form_renderer()->field_template_name;
}

static void put_group(CvBoundField *bound, CvBuffer *out)
{
    cv_piece_put(cv_bound_template_name(bound), &cv_field_subject, bound, bound->form->arena, out);
}

CvSlice cv_bound_group(CvBoundField *bound)
{
    CvBuffer out = cv_buffer(bound->form->arena);
    put_group(bound, &out);
    return cv_piece_end(&out);
}

/* ---- layouts ---- */

/* How a layout writes a form; a percent sign and a letter stand for a part (see put_part). */
struct Layout {
    const char *template_name;
    const char *top;    /* errors of the form as a whole */
    const char *lonely; /* hidden fields beneath these where no other field is there */
    const char *field, *help;
    const char *last; /* hidden fields, in the last visible one */
    bool always_top;  /* also without errors */
};

static const Layout layouts[] = {
    [CV_FORM_DIV] = {.template_name = "django/forms/div.html",
                     .top = "%T\n%O",
                     .lonely = "\n  <div>%X</div>\n",
                     .field = "\n  <div%C>\n    %G\n    %Y\n</div>\n",
                     .last = "\n      %X\n    ",
                     .always_top = true},
    [CV_FORM_P] = {.template_name = "django/forms/p.html",
                   .top = "%T\n%O",
                   .lonely = "\n  <p>%X</p>\n",
                   .field = "\n  %E\n  <p%C>\n    %L\n    %W\n    %H\n    %Y\n  </p>\n",
                   .help = "\n      %S\n    ",
                   .last = "\n      %X\n    ",
                   .always_top = true},
    [CV_FORM_TABLE] = {.template_name = "django/forms/table.html",
                       .top = "\n  <tr>\n    <td colspan=\"2\">\n      %T\n      %O\n    </td>\n  </tr>\n",
                       .lonely = "\n        %X\n      ",
                       .field =
                           "\n  <tr%C>\n    <th>%L</th>\n    <td>\n      %E\n      %W\n      %H\n      %Y\n    </td>\n"
                           "  </tr>\n",
                       .help = "\n        <br>\n        %S\n      ",
                       .last = "\n        %X\n      "},
    [CV_FORM_UL] = {.template_name = "django/forms/ul.html",
                    .top = "\n  <li>\n    %T\n  %O\n  </li>\n",
                    .lonely = "\n    %X\n  ",
                    .field = "\n  <li%C>\n    %E\n    %L\n    %W\n    %H\n    %Y\n  </li>\n",
                    .help = "\n      %S\n    ",
                    .last = "\n      %X\n    "}};

static void put_help(const Page *page, const CvBoundField *bound)
{
    put(page, "<span class=\"helptext\"");
    put_help_id(page->out, bound);
    put(page, ">");
    put(page, cv_field_help_text(bound->field, page->form->arena));
    put(page, "</span>");
}

static void put_format(const Page *page, CvBoundField *bound, const char *format);

static void put_part(const Page *page, CvBoundField *bound, char part)
{
    const size_t visible = page->visible.count;
    switch (part) {
    case 'T': /* errors on top */
        cv_error_list_put(&page->top, page->out);
        break;
    case 'O': /* the lonely hidden fields */
        if (page->top.count && !visible)
            put_format(page, NULL, page->layout->lonely);
        break;
    case 'X':
        put_hidden(page);
        break;
    case 'Y': /* hidden fields in the last visible one */
        if (bound == page->visible.items[visible - 1])
            put_format(page, bound, page->layout->last);
        break;
    case 'C':
        put_class(page, bound);
        break;
    case 'G':
        put_group(bound, page->out);
        break;
    case 'E':
        cv_error_list_put(&bound->errors, page->out);
        break;
    case 'L':
        if (*bound->label)
            cv_bound_put_label(bound, "label", page->out);
        break;
    case 'W': /* the control */
        cv_bound_put(bound, page->out);
        break;
    case 'H': /* help, where there is some */
        if (has_help(bound))
            put_format(page, bound, page->layout->help);
        break;
    default: /* 'S': its text */
        put_help(page, bound);
    }
}

static void put_format(const Page *page, CvBoundField *bound, const char *format)
{
    for (const char *mark; (mark = strchr(format, '%')); format = mark + 2) {
        cv_buffer_append(page->out, format, (size_t)(mark - format));
        put_part(page, bound, mark[1]);
    }
    put(page, format);
}

static void write_layout(CvForm *form, CvFormLayout layout, CvBuffer *out)
{
    Page page = collect(form, &layouts[layout], out);
    if (page.top.count || page.layout->always_top)
        put_format(&page, NULL, page.layout->top);
    put(&page, "\n");
    for (size_t i = 0; i < page.visible.count; i++)
        put_format(&page, page.visible.items[i], page.layout->field);
    put(&page, "\n");
    if (!page.visible.count && !page.top.count) {
        put(&page, "\n  ");
        put_hidden(&page);
        put(&page, "\n");
    }
    put(&page, "\n");
}

#define LAYOUT(name, layout)                                     \
    void cv_write_form_##name(const void *thing, CvBuffer *out)  \
    {                                                            \
        write_layout((CvForm *)(uintptr_t)thing, (layout), out); \
    }
LAYOUT(div, CV_FORM_DIV)
LAYOUT(p, CV_FORM_P)
LAYOUT(table, CV_FORM_TABLE)
LAYOUT(ul, CV_FORM_UL)

/* ---- own templates ---- */

static CvValue list_of_fields(CvArena *arena, const Fields *fields, bool with_errors)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < fields->count; i++) {
        CvValue field = cv_value_object(fields->items[i]), errors = cv_value_object(&fields->items[i]->errors);
        if (with_errors)
            field = (CvValue){.kind = CV_TUPLE, .list = cv_list(arena, field, errors)};
        cv_list_add(arena, list, field);
    }
    return cv_value_list(list);
}

static void fill_form(const void *thing, CvContext *context)
{
    CvForm *form = (CvForm *)(uintptr_t)thing;
    Page page = collect(form, NULL, NULL);
    CvErrorList *top = cv_arena_memdup(form->arena, &page.top, sizeof page.top);
    cv_context_set(context, "fields", list_of_fields(context->arena, &page.visible, true));
    cv_context_set(context, "hidden_fields", list_of_fields(context->arena, &page.hidden, false));
    cv_context_set(context, "errors", cv_value_object(top));
}

const CvSubject cv_form_subject = {.name = "form", .under = "form", .type = &cv_form_object_type, .fill = fill_form};

const char *cv_form_template_name(const CvForm *form)
{
    const char *own = form->options.template_name;
    return own ? own : cv_form_renderer()->form_template_name;
}

CvSlice cv_form_html(CvForm *form, CvFormLayout layout)
{
    const char *name = layout == CV_FORM_DEFAULT ? cv_form_template_name(form) : layouts[layout].template_name;
    return cv_piece_html(name, &cv_form_subject, form, form->arena);
}
