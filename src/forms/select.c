/* select.c: choices: <select>, radio buttons, check boxes. */
#include "base/vector.h"
#include "forms/piece_private.h"
#include "text/html.h"
#include "text/i18n.h"

CvOptions cv_options_of_pairs(CvArena *arena, const char *const *pairs)
{
    size_t count = 0;
    while (pairs[2 * count])
        count++;
    CvOption *items = cv_arena_new_array(arena, CvOption, count + 1);
    for (size_t i = 0; i < count; i++)
        items[i] = (CvOption){.value = cv_value_string(pairs[2 * i]), .label = cv_lazy_text(pairs[2 * i + 1])};
    return (CvOptions){items, count};
}

CvOptions cv_widget_options(const CvWidget *widget, CvArena *arena)
{
    static const char *const unknown_yes_no[] = {"unknown", "Unknown", "true", "Yes", "false", "No", NULL};
    if (widget->options_function)
        return widget->options_function(widget, arena);
    if (widget->choices)
        return cv_options_of_pairs(arena, widget->choices);
    if (widget->kind == &cv_null_boolean_select_kind && !widget->options.items)
        return cv_options_of_pairs(arena, unknown_yes_no);
    return widget->options;
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

const char *cv_widget_option_template_name(const CvWidget *widget)
{
    return widget->option_template_name ? widget->option_template_name : widget->kind->option_template_name;
}

static CvWidgetUse make_choice(Choosing *choosing, const CvOption *option, const char *index)
{
    CvWidgetUse *use = choosing->use;
    const CvWidgetKind *kind = use->widget->kind;
    const bool inherits = kind->options_have_attrs;
    CvWidgetUse choice = {.object = {&cv_widget_use_type},
                          .widget = use->widget,
                          .arena = use->arena,
                          .name = use->name,
                          .value = option->value.kind == CV_NULL ? CV_VALUE("") : option->value,
                          .attrs = {.arena = use->arena},
                          .template_name = cv_widget_option_template_name(use->widget),
                          .is_choice = true,
                          .wrap_label = true,
                          .label = option->label,
                          .index = index};
    choice.selected =
        (kind->multiple || !choosing->has_chosen) && is_chosen(use->arena, choosing->chosen, choice.value);
    choosing->has_chosen |= choice.selected;
    if (inherits)
        choice.attrs = cv_attrs_copy(use->arena, &use->attrs);
    if (choice.selected)
        cv_attrs_set(&choice.attrs, inherits ? CV_SLICE("checked") : CV_SLICE("selected"), cv_value_bool(true));
    CvValue id;
    if (cv_attrs_get(&choice.attrs, "id", &id) && cv_value_truth(id)) {
        CvSlice text = cv_value_str(use->arena, id);
        cv_attrs_set(&choice.attrs, CV_SLICE("id"),
                     cv_value_string(cv_arena_printf(use->arena, "%.*s_%s", CV_SLICE_ARG(text), index)));
    }
    return choice;
}

/* Visits the choices in order, and what begins and ends a group with a name. */
typedef struct Visitor {
    void (*group)(struct Visitor *visitor, const CvOption *group, size_t index); /* or a choice outside groups */
    void (*choice)(struct Visitor *visitor, const CvWidgetUse *choice);
    void (*group_end)(struct Visitor *visitor, const CvOption *group);
} Visitor;

static void visit_choices(CvWidgetUse *use, Visitor *visitor)
{
    CvOptions options = cv_widget_options(use->widget, use->arena);
    Choosing choosing = {.use = use, .chosen = cv_use_value(use)};
    for (size_t i = 0; i < options.count; i++) {
        const CvOption *option = &options.items[i];
        const size_t count = option->group ? option->option_count : 1;
        visitor->group(visitor, option, i);
        for (size_t k = 0; k < count; k++) {
            const char *index =
                option->group ? cv_arena_printf(use->arena, "%zu_%zu", i, k) : cv_arena_printf(use->arena, "%zu", i);
            CvWidgetUse choice = make_choice(&choosing, option->group ? &option->options[k] : option, index);
            visitor->choice(visitor, &choice);
        }
        visitor->group_end(visitor, option);
    }
}

/* ---- writing ---- */

typedef struct Writer {
    Visitor visitor;
    CvBuffer *out;
    CvArena *arena;
    const char *group_start, *label_end, *group_end, *choice_start, *choice_end;
} Writer;

static bool has_name(const CvOption *group)
{
    return group->group && cv_value_truth(group->value);
}

static void write_group(Visitor *visitor, const CvOption *group, size_t index)
{
    const Writer *writer = (const Writer *)visitor;
    (void)index;
    if (!has_name(group))
        return;
    cv_buffer_append_string(writer->out, writer->group_start);
    cv_html_value(writer->out, writer->arena, group->value);
    cv_buffer_append_string(writer->out, writer->label_end);
}

static void write_group_end(Visitor *visitor, const CvOption *group)
{
    const Writer *writer = (const Writer *)visitor;
    if (has_name(group))
        cv_buffer_append_string(writer->out, writer->group_end);
}

static void write_choice(Visitor *visitor, const CvWidgetUse *choice)
{
    const Writer *writer = (const Writer *)visitor;
    cv_buffer_append_string(writer->out, writer->choice_start);
    cv_piece_write(choice->template_name, &cv_widget_subject, choice, writer->arena, writer->out);
    cv_buffer_append_string(writer->out, writer->choice_end);
}

static const Visitor writing = {write_group, write_choice, write_group_end};

void cv_write_select(const void *thing, CvBuffer *out)
{
    CvWidgetUse *use = (CvWidgetUse *)(uintptr_t)thing;
    Writer writer = {writing, out, use->arena, "\n  <optgroup label=\"", "\">", "\n  </optgroup>", "\n  ", ""};
    cv_buffer_append_string(out, "<select name=\"");
    cv_html_escape(out, use->name);
    cv_buffer_append_byte(out, '"');
    cv_piece_write(CV_ATTRS_TEMPLATE, &cv_widget_subject, use, use->arena, out);
    cv_buffer_append_byte(out, '>');
    visit_choices(use, &writer.visitor);
    cv_buffer_append_string(out, "\n</select>\n");
}

void cv_write_multiple_input(const void *thing, CvBuffer *out)
{
    static const char *const names[] = {"id", "class"};
    CvWidgetUse *use = (CvWidgetUse *)(uintptr_t)thing;
    Writer writer = {writing, out, use->arena, "\n  <div><label>", "</label>", "\n  </div>", "<div>\n    ", "</div>"};
    CvValue value;
    cv_buffer_append_string(out, "<div");
    for (size_t i = 0; i < CV_COUNT_OF(names); i++) {
        if (!cv_attrs_get(&use->attrs, names[i], &value) || !cv_value_truth(value))
            continue;
        cv_buffer_printf(out, " %s=\"", names[i]);
        cv_html_value(out, use->arena, value);
        cv_buffer_append_byte(out, '"');
    }
    cv_buffer_append_byte(out, '>');
    visit_choices(use, &writer.visitor);
    cv_buffer_append_string(out, "\n</div>\n");
}

void cv_write_select_option(const void *thing, CvBuffer *out)
{
    const CvWidgetUse *choice = thing;
    cv_buffer_append_string(out, "<option value=\"");
    cv_html_escape(out, cv_value_str(choice->arena, choice->value));
    cv_buffer_append_byte(out, '"');
    cv_piece_write(CV_ATTRS_TEMPLATE, &cv_widget_subject, choice, choice->arena, out);
    cv_buffer_append_byte(out, '>');
    cv_html_value(out, choice->arena, choice->label);
    cv_buffer_append_string(out, "</option>\n");
}

void cv_write_input_option(const void *thing, CvBuffer *out)
{
    const CvWidgetUse *choice = thing;
    CvValue id;
    if (choice->wrap_label) {
        cv_buffer_append_string(out, "<label");
        if (cv_attrs_get(&choice->attrs, "id", &id) && cv_value_truth(id)) {
            cv_buffer_append_string(out, " for=\"");
            cv_html_value(out, choice->arena, id);
            cv_buffer_append_byte(out, '"');
        }
        cv_buffer_append_byte(out, '>');
    }
    cv_piece_write(CV_INPUT_TEMPLATE, &cv_widget_subject, choice, choice->arena, out);
    if (choice->wrap_label) {
        cv_buffer_append_byte(out, ' ');
        cv_html_value(out, choice->arena, choice->label);
        cv_buffer_append_string(out, "</label>");
    }
    cv_buffer_append_byte(out, '\n');
}

/* ---- choices as values ---- */

typedef struct Gatherer {
    Visitor visitor;
    CvArena *arena;
    CvWidgetUses all;
    CvList *groups, *choices; /* the choices of the last group */
} Gatherer;

static void gather_group(Visitor *visitor, const CvOption *group, size_t index)
{
    Gatherer *gatherer = (Gatherer *)visitor;
    gatherer->choices = cv_list_create(gatherer->arena);
    CvList *one =
        cv_list(gatherer->arena, group->group ? group->value : cv_value_null(), gatherer->choices, (int64_t)index);
    cv_list_add(gatherer->arena, gatherer->groups, (CvValue){.kind = CV_TUPLE, .list = one});
}

static void gather_choice(Visitor *visitor, const CvWidgetUse *choice)
{
    Gatherer *gatherer = (Gatherer *)visitor;
    CvWidgetUse *kept = cv_arena_memdup(gatherer->arena, choice, sizeof *choice);
    cv_vector_push(gatherer->arena, &gatherer->all, kept);
    cv_list_add(gatherer->arena, gatherer->choices, cv_value_object(kept));
}

static void gather_nothing(Visitor *visitor, const CvOption *group)
{
    (void)visitor;
    (void)group;
}

static Gatherer gather(CvWidgetUse *use)
{
    Gatherer gatherer = {.visitor = {gather_group, gather_choice, gather_nothing}, .arena = use->arena};
    gatherer.groups = cv_list_create(use->arena);
    visit_choices(use, &gatherer.visitor);
    return gatherer;
}

CvWidgetUses cv_choice_uses(CvWidgetUse *use)
{
    return gather(use).all;
}

CvValue cv_choice_groups(CvWidgetUse *use)
{
    return cv_value_list(gather(use).groups);
}

static void multiple_context(CvWidgetUse *use)
{
    cv_attrs_set(&use->attrs, CV_SLICE("multiple"), cv_value_bool(true));
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

static CvValue hidden_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    (void)widget;
    return value.kind == CV_NULL || value.kind == CV_MISSING ? cv_value_list(cv_list_create(arena)) : value;
}

/* An HTML <select> may be required only if its first choice is empty. */
static bool select_use_required(const CvWidget *widget, CvValue initial)
{
    (void)initial;
    if (widget->kind->multiple)
        return true;
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
#define SELECT .template_name = "django/forms/widgets/select.html", .option_template_name = "django/forms/widgets/select_option.html", .input = "select"
const CvWidgetKind cv_select_kind = {.name = "Select", SELECT, .format = choice_format, .use_required = select_use_required};
const CvWidgetKind cv_null_boolean_select_kind = {.name = "NullBooleanSelect", SELECT, .format = null_boolean_format,
    .read = null_boolean_read, .use_required = select_use_required};
const CvWidgetKind cv_select_multiple_kind = {.name = "SelectMultiple", SELECT, .multiple = true, .context = multiple_context,
    .format = choice_format, .read = read_list, .omitted = cv_never_omitted, .use_required = select_use_required};
const CvWidgetKind cv_radio_select_kind = {.name = "RadioSelect", .template_name = "django/forms/widgets/radio.html",
    .option_template_name = "django/forms/widgets/radio_option.html", .input = "radio", .fieldset = true, .options_have_attrs = true,
    .format = choice_format, .id_for_label = cv_no_id};
const CvWidgetKind cv_checkbox_select_multiple_kind = {.name = "CheckboxSelectMultiple", .template_name = "django/forms/widgets/checkbox_select.html",
    .option_template_name = "django/forms/widgets/checkbox_option.html", .input = "checkbox", .fieldset = true, .options_have_attrs = true,
    .multiple = true, .format = choice_format, .read = read_list, .omitted = cv_never_omitted,
    .id_for_label = cv_no_id, .use_required = never_required};
const CvWidgetKind cv_multiple_hidden_input_kind = {.name = "MultipleHiddenInput", .template_name = "django/forms/widgets/multiple_hidden.html",
    .input = "hidden", .subwidgets = cv_multiple_hidden_subwidgets, .format = hidden_format, .read = read_list};
/* clang-format on */
