/* select_date.c: a date as three selects: month, day, year. */
#include "base/vector.h"
#include "forms/field_private.h"
#include "forms/widget_private.h"
#include "template/locale.h"
#include "text/date.h"
#include "text/i18n.h"

/* What each select shows: a number, empty text, or nothing. */
typedef struct Shown {
    CvValue year, month, day;
} Shown;

static const char *digits(const char *at, const char *end, int least, int most, int64_t *number)
{
    int count = 0;
    for (*number = 0; at < end && count < most && *at >= '0' && *at <= '9'; at++, count++)
        *number = *number * 10 + (*at - '0');
    return count >= least ? at : NULL;
}

static CvValue number_or_empty(int64_t number)
{
    return number ? cv_value_int(number) : CV_VALUE("");
}

/* "2024-2-30" or "0-0-0": what need not be a date. */
static bool shown_of_text(CvSlice text, Shown *out)
{
    const char *end = text.data + text.length, *at;
    int64_t year, month, day;
    if (text.length > 0 && text.data[text.length - 1] == '\n') /* Python's $ */
        end--;
    at = digits(text.data, end, 4, 4, &year);
    if (!at && text.length && *text.data == '0') {
        year = 0;
        at = text.data + 1;
    }
    if (!at || at == end || *at != '-' || !(at = digits(at + 1, end, 1, 2, &month)) || at == end || *at != '-' ||
        !(at = digits(at + 1, end, 1, 2, &day)) || at != end)
        return false;
    *out = (Shown){number_or_empty(year), number_or_empty(month), number_or_empty(day)};
    return true;
}

static Shown shown_of(CvValue value)
{
    Shown shown = {cv_value_null(), cv_value_null(), cv_value_null()};
    CvDate date = {0};
    CvTime time;
    if (value.kind == CV_DATE)
        date = value.date;
    else if (value.kind == CV_DATETIME)
        date = cv_datetime_clock(value.datetime, NULL).date;
    else if (value.kind == CV_STRING && !shown_of_text(cv_value_as_slice(value), &shown))
        if (!cv_strptime(cv_value_as_slice(value), cv_date_input_formats()[0], &date, &time))
            date = (CvDate){0};
    if (cv_date_is_set(date))
        shown = (Shown){cv_value_int(date.year), cv_value_int(date.month), cv_value_int(date.day)};
    return shown;
}

CvValue cv_select_date_format(const CvWidget *widget, CvArena *arena, CvValue value)
{
    Shown shown = shown_of(value);
    CvDict *dict = cv_dict_create(arena);
    (void)widget;
    cv_dict_set_name(dict, "year", shown.year);
    cv_dict_set_name(dict, "month", shown.month);
    cv_dict_set_name(dict, "day", shown.day);
    return cv_value_dict(dict);
}

static CvOptions numbers(CvArena *arena, const CvWidget *widget, const char *empty, const int *from, size_t count,
                         bool months)
{
    CvOption *items = cv_arena_new_array(arena, CvOption, count + 1);
    size_t made = 0;
    if (!widget->required)
        items[made++] = (CvOption){.value = CV_VALUE(""), .label = cv_lazy_text(empty ? empty : "---")};
    for (size_t i = 0; i < count; i++) {
        CvValue number = cv_value_int(from[i]);
        items[made++] = (CvOption){.value = number, .label = months ? cv_lazy_text(cv_month_name(from[i])) : number};
    }
    return (CvOptions){items, made};
}

static CvOptions month_options(CvArena *arena, const CvWidget *widget)
{
    int all[12];
    for (int i = 0; i < 12; i++)
        all[i] = i + 1;
    CvOptions options = numbers(arena, widget, widget->empty_labels[1], all, 12, true);
    if (widget->months.count == 0)
        return options;
    size_t lead = widget->required ? 0 : 1;
    CvOption *items = cv_arena_new_array(arena, CvOption, widget->months.count + 1);
    if (lead)
        items[0] = options.items[0];
    for (size_t i = 0; i < widget->months.count; i++)
        items[lead + i] = widget->months.items[i];
    return (CvOptions){items, lead + widget->months.count};
}

static CvOptions year_options(CvArena *arena, const CvWidget *widget)
{
    int next[10];
    size_t count = 0;
    if (widget->years) {
        while (widget->years[count])
            count++;
        return numbers(arena, widget, widget->empty_labels[0], widget->years, count, false);
    }
    int year = cv_datetime_clock(cv_now(), cv_current_zone()).date.year;
    for (int i = 0; i < 10; i++)
        next[i] = year + i;
    return numbers(arena, widget, widget->empty_labels[0], next, 10, false);
}

static void add_select(CvWidgetUse *use, CvWidgetUses *out, const char *suffix, CvOptions options, CvValue value,
                       const CvAttrs *attrs)
{
    CvWidget *select = cv_arena_new(use->arena, CvWidget);
    *select = (CvWidget){.kind = &cv_select_kind, .options = options};
    CvSlice name = cv_name_with(use->arena, use->name, suffix);
    CvAttrs own = {.arena = use->arena};
    /* The attributes of the use first, then those of the widget with the id in its place. */
    cv_attrs_update(&own, attrs);
    cv_attrs_set(&own, CV_SLICE("id"), cv_value_string(cv_arena_printf(use->arena, "id_%.*s", CV_SLICE_ARG(name))));
    cv_vector_push(use->arena, out, cv_widget_use_part(select, use->arena, name, value, &own));
}

/* The parts stand in the order in which the language writes dates: takes letters of its DATE_FORMAT up to the next
 * part; NULL: there is none. */
static const char *next_part(CvSlice *format)
{
    while (format->length) {
        char letter = format->data[0];
        *format = cv_slice_skip(*format, letter == '\\' && format->length > 1 ? 2 : 1);
        const char *part = strchr("Yy", letter)        ? "_year"
                           : strchr("bEFMmNn", letter) ? "_month"
                           : strchr("dj", letter)      ? "_day"
                                                       : NULL;
        if (part && letter)
            return part;
    }
    return NULL;
}

static CvSlice date_format(void)
{
    return cv_locale_format(cv_locale(), CV_SLICE("DATE_FORMAT"), true);
}

static void add_part(CvWidgetUse *use, CvWidgetUses *out, const char *part, const Shown *shown, const CvAttrs *attrs)
{
    const CvWidget *widget = use->widget;
    int days[31];
    for (int i = 0; i < 31; i++)
        days[i] = i + 1;
    if (strcmp(part, "_year") == 0)
        add_select(use, out, part, year_options(use->arena, widget), shown->year, attrs);
    else if (strcmp(part, "_month") == 0)
        add_select(use, out, part, month_options(use->arena, widget), shown->month, attrs);
    else
        add_select(use, out, part, numbers(use->arena, widget, widget->empty_labels[2], days, 31, false), shown->day,
                   attrs);
}

void cv_select_date_subwidgets(CvWidgetUse *use, CvWidgetUses *out)
{
    Shown shown = shown_of(use->value);
    /* Django makes each select with the attributes of the use and adds those of the widget and the use again. */
    CvAttrs attrs = cv_attrs_copy(use->arena, use->given);
    cv_attrs_update(&attrs, &use->attrs);
    CvSlice format = date_format();
    for (const char *part; (part = next_part(&format));)
        add_part(use, out, part, &shown, &attrs);
}

static bool part_of(CvArena *arena, const CvFormData *data, CvSlice name, const char *suffix, CvSlice *text)
{
    return data->values && cv_querydict_get_slice(data->values, cv_name_with(arena, name, suffix), text);
}

/* What does not fit is as good as the largest. */
static bool to_int(CvArena *arena, CvSlice text, int64_t *out)
{
    CvValue value;
    if (!cv_python_int(arena, text, &value))
        return false;
    *out = value.kind == CV_INT ? value.integer : INT64_MAX;
    return true;
}

CvValue cv_select_date_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvSlice y, m, d, whole;
    int64_t year, month, day;
    (void)widget;
    bool has_y = part_of(arena, data, name, "_year", &y), has_m = part_of(arena, data, name, "_month", &m);
    bool has_d = part_of(arena, data, name, "_day", &d);
    if (!has_y || !has_m || !has_d) {
        bool found = data->values && cv_querydict_get_slice(data->values, name, &whole);
        return found ? cv_value_slice(whole) : cv_value_null();
    }
    if (y.length == 0 && m.length == 0 && d.length == 0)
        return cv_value_null();
    bool ints = to_int(arena, y, &year) && to_int(arena, m, &month) && to_int(arena, d, &day);
    if (ints && (year > INT32_MAX || month > INT32_MAX || day > INT32_MAX || year < INT32_MIN || month < INT32_MIN ||
                 day < INT32_MIN))
        return CV_VALUE("0-0-0");
    CvDate date = ints ? cv_date((int)year, (int)month, (int)day) : (CvDate){0};
    if (cv_date_is_set(date))
        return cv_value_slice(cv_format_temporal(arena, cv_value_date(date), cv_date_input_formats()[0]));
    CvSlice zero = CV_SLICE("0");
    return cv_value_string(cv_arena_printf(arena, "%.*s-%.*s-%.*s", CV_SLICE_ARG(y.length ? y : zero),
                                           CV_SLICE_ARG(m.length ? m : zero), CV_SLICE_ARG(d.length ? d : zero)));
}

bool cv_select_date_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name)
{
    CvSlice text;
    (void)widget;
    return !part_of(arena, data, name, "_year", &text) && !part_of(arena, data, name, "_month", &text) &&
           !part_of(arena, data, name, "_day", &text);
}

const char *cv_select_date_id(const CvWidget *widget, CvArena *arena, const char *id)
{
    (void)widget;
    CvSlice format = date_format();
    const char *first = next_part(&format);
    return cv_arena_printf(arena, "%s%s", id, first ? first : "_month");
}
