/* strftime.c: dates and times by strftime formats with English names, as form input shows them. */
#include "text/date_private.h"

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
