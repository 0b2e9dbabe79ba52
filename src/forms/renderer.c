/* renderer.c: the table of pieces, and whose template writes one: the site's or none, then C. */
#include "forms/renderer.h"

#include "forms/piece_private.h"

static const CvFormRenderer djangos = {"django/forms/div.html", "django/forms/formsets/div.html",
                                       "django/forms/field.html"};
static CvFormRenderer chosen;
static CvEngine *site_engine;

/* Templates by the address of their names, which are literals: a form asks for a hundred pieces. */
enum { KNOWN_BITS = 8, KNOWN_WAYS = 4 };
typedef struct Known {
    const char *name;
    const CvTemplate *page;
} Known;
static Known known[(1 << KNOWN_BITS) + KNOWN_WAYS];

/* The place of a name, or one for it: close addresses fall far from each other, a few side by side. */
static Known *place_of(const char *name)
{
    Known *first = &known[(uint64_t)(uintptr_t)name * UINT64_C(0x9e3779b97f4a7c15) >> (64 - KNOWN_BITS)];
    for (Known *place = first; place < first + KNOWN_WAYS; place++)
        if (place->name == name || !place->name)
            return place;
    return first;
}

const CvFormRenderer *cv_form_renderer(void)
{
    return chosen.form_template_name ? &chosen : &djangos;
}

void cv_forms_set_renderer(CvEngine *engine, const CvFormRenderer *renderer)
{
    site_engine = engine;
    memset(known, 0, sizeof known);
    chosen = djangos;
    if (renderer && renderer->form_template_name)
        chosen.form_template_name = renderer->form_template_name;
    if (renderer && renderer->formset_template_name)
        chosen.formset_template_name = renderer->formset_template_name;
    if (renderer && renderer->field_template_name)
        chosen.field_template_name = renderer->field_template_name;
}

/* The engine of forms without a site: it knows the built-in pieces. */
static CvEngine *plain_engine(void)
{
    static CvEngine *plain;
    if (!plain)
        plain = cv_engine_create(&(CvEngineOptions){.natives = cv_form_natives});
    return plain;
}

static const CvTemplate *look_up(const char *name, Known *place)
{
    CvEngine *engine = site_engine ? site_engine : plain_engine();
    CvError error;
    const CvTemplate *page = cv_engine_get(engine, name, &error);
    if (!page)
        cv_raise_error(&error);
    if (!cv_engine_options(engine)->debug) /* in debug files come and go */
        *place = (Known){name, page};
    return page;
}

static const CvTemplate *find_template(const char *name)
{
    Known *place = place_of(name);
    bool is_there = place->name == name && strcmp(cv_template_name(place->page), name) == 0;
    return is_there ? place->page : look_up(name, place); /* an address may come again with another text */
}

static void write_piece(const CvPiece *piece, const void *thing, CvArena *arena, CvBuffer *out)
{
    if (piece->write) {
        piece->write(thing, out);
        return;
    }
    cv_piece_write(piece->target, piece->subject, thing, arena, out);
    cv_buffer_append_string(out, piece->end);
}

static const void *find_thing(const CvSubject *subject, const CvContext *context)
{
    CvValue value;
    if (subject->find)
        return subject->find(context);
    bool found = cv_context_get(context, cv_slice(subject->under), &value) && value.kind == CV_OBJECT && value.object &&
                 cv_type_of(value.object) == subject->type;
    return found ? value.object : NULL;
}

/* A built-in piece that a template includes. */
static void include(const CvNativeTemplate *native, CvContext *context, CvBuffer *out)
{
    const CvPiece *piece = native->data;
    const void *thing = find_thing(piece->subject, context);
    if (!thing)
        cv_raise(CV_ERROR_VALUE, "%s writes a %s of a form; no name of the template stands for one.", native->name,
                 piece->subject->name);
    write_piece(piece, thing, context->arena, out);
}

static void write_by_template(const CvTemplate *page, const CvSubject *subject, const void *thing, CvArena *arena,
                              CvBuffer *out)
{
    CvError error;
    CvContext *context = cv_context_create(arena);
    if (subject->under)
        cv_context_set(context, subject->under, cv_value_object(thing));
    if (subject->fill)
        subject->fill(thing, context);
    if (!cv_template_render(page, context, out, &error))
        cv_raise_error(&error);
}

void cv_piece_write(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena,
                    CvBuffer *out)
{
    const CvTemplate *page = find_template(template_name);
    const CvNativeTemplate *native = cv_template_native(page);
    const CvPiece *piece = native && native->render == include ? native->data : NULL;
    if (piece && piece->subject == subject) {
        write_piece(piece, thing, arena, out);
        return;
    }
    write_by_template(page, subject, thing, arena, out);
}

void cv_piece_put(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena, CvBuffer *out)
{
    const size_t start = out->length;
    cv_piece_write(template_name, subject, thing, arena, out);
    if (out->length == start)
        return;
    CvSlice text = cv_slice_trim(cv_slice_of(out->data + start, out->length - start));
    if (text.data != out->data + start)
        memmove(out->data + start, text.data, text.length);
    out->length = start + text.length;
}

CvSlice cv_piece_html(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena)
{
    CvBuffer html = cv_buffer(arena);
    cv_piece_put(template_name, subject, thing, arena, &html);
    return cv_piece_end(&html);
}

CvSlice cv_piece_end(CvBuffer *html)
{
    return html->length ? cv_slice_of(cv_buffer_string(html), html->length) : CV_SLICE("");
}

/* ---- the table ---- */

#define PIECE(name_, subject_, write_)                                             \
    {                                                                              \
        .name = "django/forms/" name_, .render = include, .data = &(const CvPiece) \
        {                                                                          \
            .subject = &(subject_), .write = (write_)                              \
        }                                                                          \
    }
#define WIDGET(name_, write_) PIECE("widgets/" name_ ".html", cv_widget_subject, write_)
#define SAME(name_, subject_, target_, end_)                                         \
    {                                                                                \
        .name = "django/forms/" name_, .render = include, .data = &(const CvPiece)   \
        {                                                                            \
            .subject = &(subject_), .target = "django/forms/" target_, .end = (end_) \
        }                                                                            \
    }
#define SAME_WIDGET(name_, target_) SAME("widgets/" name_ ".html", cv_widget_subject, "widgets/" target_ ".html", "\n")

const CvNativeTemplate cv_form_natives[] = {
    WIDGET("attrs", cv_write_widget_attrs),
    WIDGET("input", cv_write_input),
    WIDGET("input_option", cv_write_input_option),
    WIDGET("textarea", cv_write_textarea),
    WIDGET("clearable_file_input", cv_write_clearable_file),
    WIDGET("select", cv_write_select),
    WIDGET("select_option", cv_write_select_option),
    WIDGET("multiple_input", cv_write_multiple_input),
    WIDGET("multiwidget", cv_write_multi_widget),
    SAME_WIDGET("text", "input"),
    SAME_WIDGET("number", "input"),
    SAME_WIDGET("email", "input"),
    SAME_WIDGET("url", "input"),
    SAME_WIDGET("color", "input"),
    SAME_WIDGET("search", "input"),
    SAME_WIDGET("tel", "input"),
    SAME_WIDGET("password", "input"),
    SAME_WIDGET("hidden", "input"),
    SAME_WIDGET("date", "input"),
    SAME_WIDGET("datetime", "input"),
    SAME_WIDGET("time", "input"),
    SAME_WIDGET("file", "input"),
    SAME_WIDGET("checkbox", "input"),
    SAME_WIDGET("radio", "multiple_input"),
    SAME_WIDGET("radio_option", "input_option"),
    SAME_WIDGET("checkbox_select", "multiple_input"),
    SAME_WIDGET("checkbox_option", "input_option"),
    SAME_WIDGET("multiple_hidden", "multiwidget"),
    SAME_WIDGET("splitdatetime", "multiwidget"),
    SAME_WIDGET("splithiddendatetime", "multiwidget"),
    SAME_WIDGET("select_date", "multiwidget"),
    {.name = CV_OWN_WIDGET_TEMPLATE,
     .render = include,
     .data = &(const CvPiece){.subject = &cv_widget_subject, .write = cv_write_own_widget}},
    PIECE("attrs.html", cv_label_subject, cv_write_label_attrs),
    PIECE("label.html", cv_label_subject, cv_write_label),
    PIECE("field.html", cv_field_subject, cv_write_field),
    PIECE("errors/list/ul.html", cv_error_list_subject, cv_write_error_list),
    PIECE("errors/list/text.txt", cv_error_list_subject, cv_write_error_list_text),
    SAME("errors/list/default.html", cv_error_list_subject, "errors/list/ul.html", ""),
    PIECE("errors/dict/ul.html", cv_error_dict_subject, cv_write_error_dict),
    PIECE("errors/dict/text.txt", cv_error_dict_subject, cv_write_error_dict_text),
    SAME("errors/dict/default.html", cv_error_dict_subject, "errors/dict/ul.html", ""),
    PIECE("div.html", cv_form_subject, cv_write_form_div),
    PIECE("p.html", cv_form_subject, cv_write_form_p),
    PIECE("table.html", cv_form_subject, cv_write_form_table),
    PIECE("ul.html", cv_form_subject, cv_write_form_ul),
    PIECE("formsets/div.html", cv_formset_subject, cv_write_formset_div),
    PIECE("formsets/p.html", cv_formset_subject, cv_write_formset_p),
    PIECE("formsets/table.html", cv_formset_subject, cv_write_formset_table),
    PIECE("formsets/ul.html", cv_formset_subject, cv_write_formset_ul),
    {0},
};
