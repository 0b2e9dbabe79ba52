/* date_names.c: the English names of months and days, and ISO 8601 forms. */
#include "base/iso.h"
#include "text/date.h"

static const struct {
    const char *name, *abbreviation, *ap;
} months[] = {
    {"January", "jan", "Jan."}, {"February", "feb", "Feb."}, {"March", "mar", "March"},
    {"April", "apr", "April"},  {"May", "may", "May"},       {"June", "jun", "June"},
    {"July", "jul", "July"},    {"August", "aug", "Aug."},   {"September", "sep", "Sept."},
    {"October", "oct", "Oct."}, {"November", "nov", "Nov."}, {"December", "dec", "Dec."},
};

static const char *const weekdays[][2] = {
    {"Monday", "Mon"}, {"Tuesday", "Tue"},  {"Wednesday", "Wed"}, {"Thursday", "Thu"},
    {"Friday", "Fri"}, {"Saturday", "Sat"}, {"Sunday", "Sun"},
};

const char *cv_month_name(int month)
{
    return month >= 1 && month <= 12 ? months[month - 1].name : "";
}

const char *cv_month_abbreviation(int month)
{
    return month >= 1 && month <= 12 ? months[month - 1].abbreviation : "";
}

const char *cv_month_ap(int month)
{
    return month >= 1 && month <= 12 ? months[month - 1].ap : "";
}

const char *cv_weekday_name(int weekday)
{
    return weekday >= 0 && weekday <= 6 ? weekdays[weekday][0] : "";
}

const char *cv_weekday_abbreviation(int weekday)
{
    return weekday >= 0 && weekday <= 6 ? weekdays[weekday][1] : "";
}

void cv_iso_format(CvBuffer *out, CvValue value)
{
    if (value.kind == CV_DATE) {
        cv_iso_append_date(out, value.date);
    } else if (value.kind == CV_TIME) {
        cv_iso_append_time(out, value.time);
    } else if (value.kind == CV_DATETIME) {
        CvClock clock = cv_datetime_clock(value.datetime, NULL);
        cv_iso_append_date(out, clock.date);
        cv_buffer_append_byte(out, 'T');
        cv_iso_append_time(out, clock.time);
        if (cv_datetime_is_naive(value.datetime))
            return;
        int offset = clock.utc_offset < 0 ? -clock.utc_offset : clock.utc_offset;
        cv_buffer_printf(out, "%c%02d:%02d", clock.utc_offset < 0 ? '-' : '+', offset / 3600, offset / 60 % 60);
        if (offset % 60)
            cv_buffer_printf(out, ":%02d", offset % 60);
    }
}

void cv_duration_format(CvBuffer *out, int64_t microseconds)
{
    int64_t days = microseconds / CV_DAY - (microseconds % CV_DAY < 0);
    if (days)
        cv_buffer_printf(out, "%lld ", (long long)days);
    cv_iso_append_time(out, cv_time_from_microseconds(microseconds));
}

void cv_duration_format_iso(CvBuffer *out, int64_t microseconds)
{
    bool negative = microseconds < 0;
    uint64_t size = negative ? (uint64_t)(-(microseconds + 1)) + 1 : (uint64_t)microseconds;
    CvTime time = cv_time_from_microseconds((int64_t)(size % (uint64_t)CV_DAY));
    cv_buffer_printf(out, "%sP%lluDT%02dH%02dM%02d", negative ? "-" : "", (unsigned long long)(size / (uint64_t)CV_DAY),
                     time.hour, time.minute, time.second);
    if (time.microsecond)
        cv_buffer_printf(out, ".%06u", time.microsecond);
    cv_buffer_append_byte(out, 'S');
}
