/* strptime.c: clocks by strptime formats with English names, for form input, and strftime for showing them again. */
#include "text/date_private.h"
#include "text/utf8.h"

typedef struct Fields {
    int year, month, day, hour, minute, second, microsecond, yearday;
    bool twelve, afternoon;
} Fields;

static bool starts_with_fold(const CvCursor *cursor, const char *name)
{
    size_t length = strlen(name);
    return (size_t)(cursor->end - cursor->at) >= length &&
           cv_slice_equal_fold(cv_slice_of(cursor->at, length), cv_slice_of(name, length));
}

/* The longest name that fits. */
static bool take_name(CvCursor *cursor, const char *(*name_of)(int), int first, int last, size_t cut, int *out)
{
    size_t best = 0;
    for (int i = first; i <= last; i++) {
        const char *name = name_of(i);
        char shortened[16];
        snprintf(shortened, sizeof shortened, "%.*s", cut ? (int)cut : 15, name);
        if (strlen(shortened) > best && starts_with_fold(cursor, shortened)) {
            best = strlen(shortened);
            *out = i;
        }
    }
    cursor->at += best;
    return best > 0;
}

static void skip_space(CvCursor *cursor)
{
    CvSlice rest = cv_slice_of(cursor->at, (size_t)(cursor->end - cursor->at));
    for (CvSlice next = rest; next.length && cv_utf8_is_space(cv_utf8_next(&next));)
        rest = next;
    cursor->at = rest.data;
}

static bool take_offset(CvCursor *cursor)
{
    int unused;
    if (cv_cursor_take(cursor, 'Z'))
        return true;
    if (!cv_cursor_take(cursor, '+') && !cv_cursor_take(cursor, '-'))
        return false;
    if (!cv_cursor_digits(cursor, 2, 2, &unused))
        return false;
    cv_cursor_take(cursor, ':');
    return cv_cursor_digits(cursor, 2, 2, &unused);
}

static bool take_short_year(CvCursor *cursor, int *year)
{
    if (!cv_cursor_digits(cursor, 2, 2, year))
        return false;
    *year += *year <= 68 ? 2000 : 1900;
    return true;
}

static bool take_field(CvCursor *cursor, char letter, Fields *fields)
{
    int unused = 0;
    switch (letter) {
    case 'Y':
        return cv_cursor_digits(cursor, 4, 4, &fields->year);
    case 'y':
        return take_short_year(cursor, &fields->year);
    case 'm':
        return cv_cursor_digits(cursor, 1, 2, &fields->month) && fields->month >= 1 && fields->month <= 12;
    case 'd':
        return cv_cursor_digits(cursor, 1, 2, &fields->day) && fields->day >= 1 && fields->day <= 31;
    case 'H':
        return cv_cursor_digits(cursor, 1, 2, &fields->hour) && fields->hour <= 23;
    case 'I':
        fields->twelve = true;
        return cv_cursor_digits(cursor, 1, 2, &fields->hour) && fields->hour >= 1 && fields->hour <= 12;
    case 'M':
        return cv_cursor_digits(cursor, 1, 2, &fields->minute) && fields->minute <= 59;
    case 'S':
        return cv_cursor_digits(cursor, 1, 2, &fields->second) && fields->second <= 61;
    case 'f':
        return cv_cursor_fraction(cursor, 6, &fields->microsecond);
    case 'j':
        return cv_cursor_digits(cursor, 1, 3, &fields->yearday) && fields->yearday >= 1 && fields->yearday <= 366;
    case 'B':
        return take_name(cursor, cv_month_name, 1, 12, 0, &fields->month);
    case 'b':
        return take_name(cursor, cv_month_name, 1, 12, 3, &fields->month);
    case 'A':
        return take_name(cursor, cv_weekday_name, 0, 6, 0, &unused);
    case 'a':
        return take_name(cursor, cv_weekday_name, 0, 6, 3, &unused);
    case 'p':
        fields->afternoon = starts_with_fold(cursor, "pm");
        if (!fields->afternoon && !starts_with_fold(cursor, "am"))
            return false;
        cursor->at += 2;
        return true;
    case 'z':
        return take_offset(cursor);
    case 'Z':
        if (!starts_with_fold(cursor, "utc") && !starts_with_fold(cursor, "gmt"))
            return false;
        cursor->at += 3;
        return true;
    case '%':
        return cv_cursor_take(cursor, '%');
    default:
        return false;
    }
}

static bool take_format(CvCursor *cursor, const char *format, Fields *fields)
{
    for (; *format; format++) {
        if (*format == '%' && format[1]) {
            if (!take_field(cursor, *++format, fields))
                return false;
        } else if (*format == ' ' || (*format >= '\t' && *format <= '\r')) {
            const char *before = cursor->at;
            skip_space(cursor);
            if (cursor->at == before)
                return false;
        } else {
            char c = *format;
            bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!cv_cursor_take(cursor, c) && !(letter && cv_cursor_take(cursor, (char)(c ^ 0x20))))
                return false;
        }
    }
    return cursor->at == cursor->end;
}

bool cv_strptime(CvSlice text, const char *format, CvDate *date, CvTime *time)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor;
    Fields fields = {.year = 1900, .month = 1, .day = 1};
    if (!cv_cursor_open(&cursor, text, room) || !take_format(&cursor, format, &fields))
        return false;
    if (fields.twelve)
        fields.hour = fields.hour % 12 + (fields.afternoon ? 12 : 0);
    CvDate day = cv_date(fields.year, fields.month, fields.day);
    if (fields.yearday && cv_date_is_set(day)) {
        day = cv_date_from_days(cv_date_to_days(cv_date(fields.year, 1, 1)) + fields.yearday - 1);
        if (day.year != fields.year)
            return false;
    }
    CvTime clock = cv_time(fields.hour, fields.minute, fields.second, fields.microsecond);
    if (!cv_date_is_set(day) || !cv_time_is_set(clock))
        return false;
    *date = day;
    *time = clock;
    return true;
}

static void append_field(CvBuffer *out, char letter, CvDate date, CvTime time)
{
    int weekday = cv_date_is_set(date) ? cv_date_weekday(date) : -1;
    switch (letter) {
    case 'Y':
        cv_buffer_printf(out, "%04d", date.year);
        break;
    case 'y':
        cv_buffer_printf(out, "%02d", date.year % 100);
        break;
    case 'm':
        cv_buffer_printf(out, "%02d", date.month);
        break;
    case 'd':
        cv_buffer_printf(out, "%02d", date.day);
        break;
    case 'H':
        cv_buffer_printf(out, "%02d", time.hour);
        break;
    case 'I':
        cv_buffer_printf(out, "%02d", time.hour % 12 ? time.hour % 12 : 12);
        break;
    case 'M':
        cv_buffer_printf(out, "%02d", time.minute);
        break;
    case 'S':
        cv_buffer_printf(out, "%02d", time.second);
        break;
    case 'f':
        cv_buffer_printf(out, "%06u", time.microsecond);
        break;
    case 'j':
        cv_buffer_printf(out, "%03d", cv_date_is_set(date) ? cv_date_yearday(date) : 0);
        break;
    case 'B':
        cv_buffer_append_string(out, cv_month_name(date.month));
        break;
    case 'b':
        cv_buffer_printf(out, "%.3s", cv_month_name(date.month));
        break;
    case 'A':
        cv_buffer_append_string(out, cv_weekday_name(weekday));
        break;
    case 'a':
        cv_buffer_append_string(out, cv_weekday_abbreviation(weekday));
        break;
    case 'p':
        cv_buffer_append_string(out, time.hour < 12 ? "AM" : "PM");
        break;
    case '%':
        cv_buffer_append_byte(out, '%');
        break;
    default:
        cv_buffer_append(out, (const char[]){'%', letter}, 2);
    }
}

void cv_strftime(CvBuffer *out, const char *format, CvDate date, CvTime time)
{
    for (; *format; format++)
        if (*format == '%' && format[1])
            append_field(out, *++format, date, time);
        else
            cv_buffer_append_byte(out, *format);
}
