/* multi.c: widgets that consist of several. */
#include "base/vector.h"
#include "forms/piece_private.h"
#include "text/utf8.h"

/* Without white space between tags, and at the ends. */
static void write_spaceless(CvBuffer *out, CvSlice html)
{
    html = cv_slice_trim(html);
    for (size_t i = 0; i < html.length; i++) {
        cv_buffer_append_byte(out, html.data[i]);
        if (html.data[i] != '>')
            continue;
        size_t next = i + 1;
        while (next < html.length && strchr(" \t\n\r\f\v", html.data[next]) && html.data[next])
            next++;
        if (next < html.length && html.data[next] == '<')
            i = next - 1;
    }
}

static CvSlice part_name(CvArena *arena, const CvWidget *widget, CvSlice name, size_t index)
{
    const char *suffix = widget->part_names ? widget->part_names[index] : cv_arena_printf(arena, "_%zu", index);
    return cv_name_with(arena, name, suffix);
}

void cv_write_multi_widget(const void *thing, CvBuffer *out)
{
    CvWidgetUse *use = (CvWidgetUse *)(uintptr_t)thing;
    CvWidgetUses parts = {0};
    CvBuffer html = cv_buffer(use->arena);
    if (use->widget->kind->subwidgets)
        use->widget->kind->subwidgets(use, &parts);
    for (size_t i = 0; i < parts.count; i++)
        cv_piece_write(parts.items[i]->template_name, &cv_widget_subject, parts.items[i], use->arena, &html);
    write_spaceless(out, cv_buffer_slice(&html));
    cv_buffer_append_byte(out, '\n');
}

/* The attributes of a part: those of the whole, with the part's number behind the id. */
static CvAttrs part_attrs(const CvWidgetUse *use, size_t index)
{
    CvAttrs attrs = cv_attrs_copy(use->arena, &use->attrs);
    CvValue id;
    if (cv_attrs_get(&attrs, "id", &id) && cv_value_truth(id)) {
        CvSlice text = cv_value_str(use->arena, id);
        cv_attrs_set(&attrs, CV_SLICE("id"),
                     cv_value_string(cv_arena_printf(use->arena, "%.*s_%zu", CV_SLICE_ARG(text), index)));
    }
    return attrs;
}

void cv_multi_subwidgets(CvWidgetUse *use, CvWidgetUses *out)
{
    const CvWidget *widget = use->widget;
    CvValue type;
    const CvList *values = use->value.kind == CV_LIST || use->value.kind == CV_TUPLE ? use->value.list
                           : widget->kind->decompress ? widget->kind->decompress(use->arena, use->value)
                                                      : NULL;
    bool typed = cv_attrs_get(&use->attrs, "type", &type);
    for (size_t i = 0; widget->parts && widget->parts[i]; i++) {
        CvWidget *part = cv_arena_memdup(use->arena, widget->parts[i], sizeof *part);
        CvAttrs attrs = part_attrs(use, i);
        cv_attrs_remove(&attrs, "type");
        part->localized |= widget->localized;
        CvWidgetUse *inner =
            cv_widget_use_part(part, use->arena, part_name(use->arena, widget, use->name, i),
                               values && i < values->count ? values->items[i] : cv_value_null(), &attrs);
        if (typed) {
            CvWidget *retyped = cv_arena_memdup(use->arena, inner->widget, sizeof *retyped);
            retyped->input = cv_slice_string(use->arena, cv_value_str(use->arena, type));
            inner->widget = retyped;
        }
        cv_vector_push(use->arena, out, inner);
    }
}

CvValue cv_multi_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; widget->parts && widget->parts[i]; i++)
        cv_list_add(arena, list, cv_widget_read(widget->parts[i], arena, data, part_name(arena, widget, name, i)));
    return cv_value_list(list);
}

bool cv_multi_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    for (size_t i = 0; widget->parts && widget->parts[i]; i++)
        if (!cv_widget_omitted(widget->parts[i], arena, data, part_name(arena, widget, name, i)))
            return false;
    return true;
}

const CvList *cv_characters(CvArena *arena, CvSlice text)
{
    CvList *list = cv_list_create(arena);
    for (CvSlice rest = text; rest.length;) {
        CvSlice before = rest;
        (void)cv_utf8_next(&rest);
        cv_list_add(arena, list, cv_value_slice(cv_slice_of(before.data, before.length - rest.length)));
    }
    return list;
}

void cv_multiple_hidden_subwidgets(CvWidgetUse *use, CvWidgetUses *out)
{
    const CvList *values = use->value.kind == CV_LIST || use->value.kind == CV_TUPLE ? use->value.list
                           : use->value.kind == CV_STRING ? cv_characters(use->arena, cv_value_as_slice(use->value))
                                                          : NULL;
    for (size_t i = 0; values && i < values->count; i++) {
        CvAttrs attrs = part_attrs(use, i);
        cv_vector_push(use->arena, out,
                       cv_widget_use_part(CV_HIDDEN_INPUT, use->arena, use->name, values->items[i], &attrs));
    }
}

/* ---- date and time in two ---- */

const CvList *cv_split_datetime_parts(CvArena *arena, CvValue value)
{
    if (value.kind != CV_DATETIME)
        return cv_list(arena, cv_value_null(), cv_value_null());
    bool naive = cv_datetime_is_naive(value.datetime);
    CvClock clock = cv_datetime_clock(value.datetime, naive ? NULL : cv_current_zone());
    return cv_list(arena, clock.date, clock.time);
}

/* The parts of a split date-time take the formats and the attributes of the whole, as Django's constructor gives them.
 */
static const CvWidget *split_with_parts(const CvWidget *widget, CvArena *arena)
{
    if (widget->parts)
        return widget;
    CvWidget *copy = cv_arena_new(arena, CvWidget), *date = cv_arena_new(arena, CvWidget);
    CvWidget *time = cv_arena_new(arena, CvWidget);
    const CvWidget **parts = cv_arena_new_array(arena, const CvWidget *, 3);
    const char *input = widget->kind == &cv_split_hidden_datetime_kind ? "hidden" : NULL;
    CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
    *attrs = cv_widget_given_attrs(widget, arena);
    if (input) /* whatever the attributes say */
        cv_attrs_remove(attrs, "type");
    *date = (CvWidget){.kind = &cv_date_input_kind, .format = widget->format, .input = input, .more_attrs = attrs};
    *time = (CvWidget){.kind = &cv_time_input_kind, .format = widget->time_format, .input = input, .more_attrs = attrs};
    parts[0] = date;
    parts[1] = time;
    *copy = *widget;
    copy->parts = parts;
    return copy;
}

static void split_context(CvWidgetUse *use)
{
    use->widget = split_with_parts(use->widget, use->arena);
}

static CvValue split_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    return cv_multi_read(split_with_parts(widget, arena), arena, data, name);
}

static bool split_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    return cv_multi_omitted(split_with_parts(widget, arena), arena, data, name);
}

/* clang-format off */
const CvWidgetKind cv_multi_widget_kind = {.name = "MultiWidget", .template_name = "django/forms/widgets/multiwidget.html", .fieldset = true,
    .subwidgets = cv_multi_subwidgets, .read = cv_multi_read, .omitted = cv_multi_omitted, .id_for_label = cv_no_id};
const CvWidgetKind cv_split_datetime_kind = {.name = "SplitDateTimeWidget", .template_name = "django/forms/widgets/splitdatetime.html",
    .fieldset = true, .parts_have_attrs = true, .whole_seconds = true, .context = split_context, .subwidgets = cv_multi_subwidgets, .read = split_read,
    .omitted = split_omitted, .id_for_label = cv_no_id, .decompress = cv_split_datetime_parts};
const CvWidgetKind cv_split_hidden_datetime_kind = {.name = "SplitHiddenDateTimeWidget",
    .template_name = "django/forms/widgets/splithiddendatetime.html", .input = "hidden", .fieldset = true, .parts_have_attrs = true,
    .whole_seconds = true, .context = split_context, .subwidgets = cv_multi_subwidgets, .read = split_read, .omitted = split_omitted, .id_for_label = cv_no_id,
    .decompress = cv_split_datetime_parts};
const CvWidgetKind cv_select_date_kind = {.name = "SelectDateWidget", .template_name = "django/forms/widgets/select_date.html",
    .input = "select", .fieldset = true, .format = cv_select_date_format, .subwidgets = cv_select_date_subwidgets, .read = cv_select_date_read,
    .omitted = cv_select_date_omitted, .id_for_label = cv_select_date_id};
/* clang-format on */
