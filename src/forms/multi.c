/* multi.c: widgets that consist of several. */
#include "base/vector.h"
#include "forms/widget_private.h"
#include "text/utf8.h"

/* Without white space between tags, and at the ends. */
void cv_spaceless(CvBuffer *out, CvSlice html)
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

void cv_multi_render(CvWidgetUse *use, CvBuffer *out)
{
    const CvWidget *widget = use->widget;
    CvBuffer html = cv_buffer(use->arena);
    CvValue type, id;
    const CvList *values = use->value.kind == CV_LIST || use->value.kind == CV_TUPLE ? use->value.list
                           : widget->kind->decompress ? widget->kind->decompress(use->arena, use->value)
                                                      : NULL;
    bool typed = cv_attrs_get(&use->attrs, "type", &type);
    cv_attrs_remove(&use->attrs, "type");
    for (size_t i = 0; widget->parts && widget->parts[i]; i++) {
        CvWidget *part = cv_arena_new(use->arena, CvWidget);
        CvAttrs attrs = cv_attrs_copy(use->arena, &use->attrs);
        *part = *widget->parts[i];
        part->localized |= widget->localized;
        if (cv_attrs_get(&attrs, "id", &id) && cv_value_truth(id)) {
            CvSlice text = cv_value_str(use->arena, id);
            cv_attrs_set(&attrs, CV_SLICE("id"),
                         cv_value_string(cv_arena_printf(use->arena, "%.*s_%zu", CV_SLICE_ARG(text), i)));
        }
        CvWidgetUse inner = cv_widget_use(part, use->arena, part_name(use->arena, widget, use->name, i),
                                          values && i < values->count ? values->items[i] : cv_value_null(), &attrs);
        if (typed) {
            CvWidget *retyped = cv_arena_new(use->arena, CvWidget);
            *retyped = *inner.widget;
            retyped->input = cv_slice_string(use->arena, cv_value_str(use->arena, type));
            inner.widget = retyped;
        }
        cv_widget_write(&inner, &html);
    }
    cv_spaceless(out, cv_buffer_slice(&html));
    cv_buffer_append_byte(out, '\n');
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

void cv_multiple_hidden_render(CvWidgetUse *use, CvBuffer *out)
{
    CvBuffer html = cv_buffer(use->arena);
    CvValue id;
    const CvList *values = use->value.kind == CV_LIST || use->value.kind == CV_TUPLE ? use->value.list
                           : use->value.kind == CV_STRING ? cv_characters(use->arena, cv_value_as_slice(use->value))
                                                          : NULL;
    for (size_t i = 0; values && i < values->count; i++) {
        CvAttrs attrs = cv_attrs_copy(use->arena, &use->attrs);
        if (cv_attrs_get(&attrs, "id", &id) && cv_value_truth(id)) {
            CvSlice text = cv_value_str(use->arena, id);
            cv_attrs_set(&attrs, CV_SLICE("id"),
                         cv_value_string(cv_arena_printf(use->arena, "%.*s_%zu", CV_SLICE_ARG(text), i)));
        }
        const CvWidget hidden = {.kind = &cv_hidden_input_kind};
        cv_input_write(&html, "hidden", use->name, cv_widget_format_common(&hidden, use->arena, values->items[i]),
                       &attrs, use->arena);
    }
    cv_spaceless(out, cv_buffer_slice(&html));
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

static const char *no_id(const CvWidget *widget, CvArena *arena, const char *id)
{
    (void)widget;
    (void)arena;
    (void)id;
    return "";
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
    *date = (CvWidget){.kind = &cv_date_input_kind,
                       .format = widget->format,
                       .input = input,
                       .attrs = widget->attrs,
                       .more_attrs = widget->more_attrs};
    *time = (CvWidget){.kind = &cv_time_input_kind,
                       .format = widget->time_format,
                       .input = input,
                       .attrs = widget->attrs,
                       .more_attrs = widget->more_attrs};
    parts[0] = date;
    parts[1] = time;
    *copy = *widget;
    copy->parts = parts;
    return copy;
}

static void split_render(CvWidgetUse *use, CvBuffer *out)
{
    if (!use->widget->parts) { /* its own attributes went to the parts */
        CvAttrs none = {.arena = use->arena};
        use->attrs = cv_attrs_copy(use->arena, use->given ? use->given : &none);
    }
    use->widget = split_with_parts(use->widget, use->arena);
    cv_multi_render(use, out);
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
const CvWidgetKind cv_multi_widget_kind = {.name = "MultiWidget", .fieldset = true, .render = cv_multi_render, .read = cv_multi_read,
    .omitted = cv_multi_omitted, .id_for_label = no_id};
const CvWidgetKind cv_split_datetime_kind = {.name = "SplitDateTimeWidget", .fieldset = true, .whole_seconds = true,
    .render = split_render, .read = split_read, .omitted = split_omitted, .id_for_label = no_id, .decompress = cv_split_datetime_parts};
const CvWidgetKind cv_split_hidden_datetime_kind = {.name = "SplitHiddenDateTimeWidget", .input = "hidden", .fieldset = true,
    .whole_seconds = true, .render = split_render, .read = split_read, .omitted = split_omitted, .id_for_label = no_id,
    .decompress = cv_split_datetime_parts};
const CvWidgetKind cv_select_date_kind = {.name = "SelectDateWidget", .input = "select", .fieldset = true, .render = cv_select_date_render,
    .read = cv_select_date_read, .omitted = cv_select_date_omitted, .id_for_label = cv_select_date_id};
/* clang-format on */
