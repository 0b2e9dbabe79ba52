/* select.c: choices: <select>, radio buttons, check boxes. */
#include "base/vector.h"
#include "forms/widget_private.h"
#include "text/html.h"

CvOptions cv_options_of_pairs(CvArena *arena, const char *const *pairs)
{
    size_t count = 0;
    while (pairs[2 * count])
        count++;
    CvOption *items = cv_arena_new_array(arena, CvOption, count + 1);
    for (size_t i = 0; i < count; i++)
        items[i] = (CvOption){.value = cv_value_string(pairs[2 * i]), .label = cv_value_string(pairs[2 * i + 1])};
    return (CvOptions){items, count};
}

CvOptions cv_widget_options(const CvWidget *widget, CvArena *arena)
{
    static const char *const unknown_yes_no[] = {"unknown", "Unknown", "true", "Yes", "false", "No", NULL};
    if (widget->kind == &cv_null_boolean_select_kind)
        return cv_options_of_pairs(arena, unknown_yes_no);
    if (widget->options_function)
        return widget->options_function(widget, arena);
    return widget->choices ? cv_options_of_pairs(arena, widget->choices) : widget->options;
}

/* The values that are chosen, as a list of texts. */
static CvValue choice_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    CvList *texts = cv_list_create(arena);
    bool none = value.kind == CV_NULL || value.kind == CV_MISSING;
    if (none && widget->kind->multiple)
        return cv_value_list(texts);
    if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        for (size_t i = 0; i < value.list->count; i++) {
            CvValue item = value.list->items[i];
            cv_list_add(arena, texts, item.kind == CV_NULL ? CV_VALUE("") : cv_value_slice(cv_value_str(arena, item)));
        }
    } else {
        cv_list_add(arena, texts, none ? CV_VALUE("") : cv_value_slice(cv_value_str(arena, value)));
    }
    return cv_value_list(texts);
}

static bool is_chosen(CvArena *arena, CvValue chosen, CvValue option)
{
    CvSlice text = option.kind == CV_NULL ? CV_SLICE("") : cv_value_str(arena, option);
    /* Django asks `text in value`, which for a plain text (of a null boolean) finds parts too. */
    if (chosen.kind == CV_STRING)
        return cv_slice_find(cv_value_as_slice(chosen), text) >= 0;
    for (size_t i = 0; i < chosen.list->count; i++)
        if (cv_slice_equal(cv_value_as_slice(chosen.list->items[i]), text))
            return true;
    return false;
}

typedef struct Choosing {
    CvWidgetUse *use;
    CvValue chosen;
    bool has_chosen;
} Choosing;

static CvChoiceUse make_choice(Choosing *choosing, const CvOption *option, const char *index)
{
    CvWidgetUse *use = choosing->use;
    const CvWidgetKind *kind = use->widget->kind;
    const bool select = kind->render == cv_select_render;
    CvChoiceUse choice = {.value = option->value.kind == CV_NULL ? CV_VALUE("") : option->value,
                          .label = option->label,
                          .name = use->name,
                          .input = kind->input,
                          .attrs = {.arena = use->arena}};
    choice.selected =
        (kind->multiple || !choosing->has_chosen) && is_chosen(use->arena, choosing->chosen, choice.value);
    choosing->has_chosen |= choice.selected;
    if (!select)
        choice.attrs = cv_attrs_copy(use->arena, &use->attrs);
    if (choice.selected)
        cv_attrs_set(&choice.attrs, select ? CV_SLICE("selected") : CV_SLICE("checked"), cv_value_bool(true));
    CvValue id;
    if (cv_attrs_get(&choice.attrs, "id", &id) && cv_value_truth(id)) {
        CvSlice text = cv_value_str(use->arena, id);
        cv_attrs_set(&choice.attrs, CV_SLICE("id"),
                     cv_value_string(cv_arena_printf(use->arena, "%.*s_%s", CV_SLICE_ARG(text), index)));
    }
    return choice;
}

void cv_choice_write(CvBuffer *out, CvArena *arena, const CvWidgetKind *kind, const CvChoiceUse *choice, bool wrapped)
{
    if (kind->render == cv_select_render) {
        cv_buffer_append_string(out, "<option value=\"");
        cv_html_escape(out, cv_value_str(arena, choice->value));
        cv_buffer_append_byte(out, '"');
        cv_attrs_write(out, &choice->attrs);
        cv_buffer_append_byte(out, '>');
        cv_html_value(out, arena, choice->label);
        cv_buffer_append_string(out, "</option>\n");
        return;
    }
    CvValue id;
    if (wrapped) {
        cv_buffer_append_string(out, "<label");
        if (cv_attrs_get(&choice->attrs, "id", &id) && cv_value_truth(id)) {
            cv_buffer_append_string(out, " for=\"");
            cv_html_value(out, arena, id);
            cv_buffer_append_byte(out, '"');
        }
        cv_buffer_append_byte(out, '>');
    }
    cv_input_write(out, choice->input, choice->name, choice->value, &choice->attrs, arena);
    if (wrapped) {
        cv_buffer_append_byte(out, ' ');
        cv_html_value(out, arena, choice->label);
        cv_buffer_append_string(out, "</label>");
    }
    cv_buffer_append_byte(out, '\n');
}

/* Calls for each option in turn, with what begins and ends a group. */
typedef struct Writer {
    CvBuffer *out;
    CvArena *arena;
    const CvWidgetKind *kind;
    bool select;
} Writer;

static void write_choice(const Writer *writer, const CvChoiceUse *choice)
{
    if (writer->select) {
        cv_buffer_append_string(writer->out, "\n  ");
        cv_choice_write(writer->out, writer->arena, writer->kind, choice, true);
        return;
    }
    cv_buffer_append_string(writer->out, "<div>\n    ");
    cv_choice_write(writer->out, writer->arena, writer->kind, choice, true);
    cv_buffer_append_string(writer->out, "\n</div>");
}

static void write_group_start(const Writer *writer, CvValue name)
{
    cv_buffer_append_string(writer->out, writer->select ? "\n  <optgroup label=\"" : "\n  <div><label>");
    cv_html_value(writer->out, writer->arena, name);
    cv_buffer_append_string(writer->out, writer->select ? "\">" : "</label>");
}

static void write_choices(CvWidgetUse *use, CvBuffer *out)
{
    CvOptions options = cv_widget_options(use->widget, use->arena);
    Choosing choosing = {.use = use, .chosen = cv_use_value(use)};
    Writer writer = {out, use->arena, use->widget->kind, use->widget->kind->render == cv_select_render};
    char index[48];
    for (size_t i = 0; i < options.count; i++) {
        const CvOption *option = &options.items[i];
        if (!option->group) {
            snprintf(index, sizeof index, "%zu", i);
            CvChoiceUse choice = make_choice(&choosing, option, index);
            write_choice(&writer, &choice);
            continue;
        }
        bool named = cv_value_truth(option->value);
        if (named)
            write_group_start(&writer, option->value);
        for (size_t k = 0; k < option->option_count; k++) {
            snprintf(index, sizeof index, "%zu_%zu", i, k);
            CvChoiceUse choice = make_choice(&choosing, &option->options[k], index);
            write_choice(&writer, &choice);
        }
        if (named)
            cv_buffer_append_string(out, writer.select ? "\n  </optgroup>" : "\n  </div>");
    }
}

CvChoiceUses cv_choice_uses(CvWidgetUse *use)
{
    CvChoiceUses uses = {0};
    CvOptions options = cv_widget_options(use->widget, use->arena);
    Choosing choosing = {.use = use, .chosen = cv_use_value(use)};
    char index[48];
    for (size_t i = 0; i < options.count; i++) {
        const CvOption *option = &options.items[i];
        for (size_t k = 0; k < (option->group ? option->option_count : 1); k++) {
            if (option->group)
                snprintf(index, sizeof index, "%zu_%zu", i, k);
            else
                snprintf(index, sizeof index, "%zu", i);
            cv_vector_push(use->arena, &uses,
                           make_choice(&choosing, option->group ? &option->options[k] : option, index));
        }
    }
    return uses;
}

void cv_select_render(CvWidgetUse *use, CvBuffer *out)
{
    if (use->widget->kind->multiple)
        cv_attrs_set(&use->attrs, CV_SLICE("multiple"), cv_value_bool(true));
    cv_buffer_append_string(out, "<select name=\"");
    cv_html_escape(out, use->name);
    cv_buffer_append_byte(out, '"');
    cv_attrs_write(out, &use->attrs);
    cv_buffer_append_byte(out, '>');
    write_choices(use, out);
    cv_buffer_append_string(out, "\n</select>\n");
}

void cv_choices_render(CvWidgetUse *use, CvBuffer *out)
{
    CvValue value;
    static const char *const names[] = {"id", "class"};
    cv_buffer_append_string(out, "<div");
    for (size_t i = 0; i < CV_COUNT_OF(names); i++) {
        if (!cv_attrs_get(&use->attrs, names[i], &value) || !cv_value_truth(value))
            continue;
        cv_buffer_printf(out, " %s=\"", names[i]);
        cv_html_value(out, use->arena, value);
        cv_buffer_append_byte(out, '"');
    }
    cv_buffer_append_byte(out, '>');
    write_choices(use, out);
    cv_buffer_append_string(out, "\n</div>\n");
}

/* ---- reading ---- */

static CvValue read_list(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    CvList *list = cv_list_create(arena);
    const CvQueryItem *item = data->values ? cv_querydict_find(data->values, name) : NULL;
    for (size_t i = 0; item && i < item->count; i++)
        cv_list_add(arena, list, cv_value_slice(item->values[i]));
    return cv_value_list(list);
}

static bool never_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    (void)arena;
    (void)data;
    (void)name;
    return false;
}

static const char *no_id(const CvWidget *widget, CvArena *arena, const char *id)
{
    (void)widget;
    (void)arena;
    (void)id;
    return "";
}

/* An HTML <select> may be required only if its first choice is empty. */
static bool select_use_required(const CvWidget *widget, CvValue initial)
{
    (void)initial;
    if (widget->kind->multiple)
        return true;
    if (widget->kind == &cv_null_boolean_select_kind)
        return false;
    if (widget->choices)
        return widget->choices[0] && !*widget->choices[0];
    if (widget->options.count == 0)
        return false;
    CvValue first = widget->options.items[0].value;
    return first.kind == CV_NULL || (first.kind == CV_STRING && first.length == 0);
}

static bool never_required(const CvWidget *widget, CvValue initial)
{
    (void)widget;
    (void)initial;
    return false;
}

/* ---- yes, no, unknown ---- */

static CvValue null_boolean_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    (void)widget;
    bool yes = value.kind == CV_BOOL ? value.boolean : false, no = value.kind == CV_BOOL && !value.boolean;
    if (value.kind == CV_STRING) {
        CvSlice text = cv_value_as_slice(value);
        yes = cv_slice_is(text, "true") || cv_slice_is(text, "2");
        no = cv_slice_is(text, "false") || cv_slice_is(text, "3");
    } else if (value.kind == CV_INT || value.kind == CV_FLOAT) {
        yes = cv_value_equal(value, cv_value_int(1));
        no = cv_value_equal(value, cv_value_int(0));
    }
    (void)arena;
    return cv_value_string(yes ? "true" : no ? "false" : "unknown");
}

static CvValue null_boolean_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    (void)widget;
    (void)arena;
    CvSlice text = {0};
    if (!data->values || !cv_querydict_get_slice(data->values, name, &text))
        return cv_value_null();
    if (cv_slice_is(text, "True") || cv_slice_is(text, "true") || cv_slice_is(text, "2"))
        return cv_value_bool(true);
    if (cv_slice_is(text, "False") || cv_slice_is(text, "false") || cv_slice_is(text, "3"))
        return cv_value_bool(false);
    return cv_value_null();
}

/* clang-format off */
const CvWidgetKind cv_select_kind = {.name = "Select", .input = "select", .render = cv_select_render, .format = choice_format, .use_required = select_use_required};
const CvWidgetKind cv_null_boolean_select_kind = {.name = "NullBooleanSelect", .input = "select", .render = cv_select_render,
    .format = null_boolean_format, .read = null_boolean_read, .use_required = select_use_required};
const CvWidgetKind cv_select_multiple_kind = {.name = "SelectMultiple", .input = "select", .multiple = true, .render = cv_select_render,
    .format = choice_format, .read = read_list, .omitted = never_omitted, .use_required = select_use_required};
const CvWidgetKind cv_radio_select_kind = {.name = "RadioSelect", .input = "radio", .fieldset = true, .render = cv_choices_render,
    .format = choice_format, .id_for_label = no_id};
const CvWidgetKind cv_checkbox_select_multiple_kind = {.name = "CheckboxSelectMultiple", .input = "checkbox", .fieldset = true,
    .multiple = true, .render = cv_choices_render, .format = choice_format, .read = read_list, .omitted = never_omitted,
    .id_for_label = no_id, .use_required = never_required};
const CvWidgetKind cv_multiple_hidden_input_kind = {.name = "MultipleHiddenInput", .input = "hidden",
    .render = cv_multiple_hidden_render, .read = read_list};
/* clang-format on */
