/* date_format.c: Django's date format language ("N j, Y, P"). */
#include "base/self.h"
#include "text/date.h"
#include "text/i18n.h"
#include "text/utf8.h"

/* A word in the active language. */
static void append_word(CvBuffer *out, const char *context, const char *word)
{
    cv_buffer_append_slice(out, cv_gettext(context, cv_slice(word)));
}

static void append_titled(CvBuffer *out, const char *word)
{
    CvSlice text = cv_gettext(NULL, cv_slice(word));
    if (text.data == word) { /* English */
        cv_buffer_append_byte(out, (char)(word[0] - 'a' + 'A'));
        cv_buffer_append_string(out, word + 1);
        return;
    }
    CvScratch scratch = cv_scratch_begin(out->arena);
    cv_buffer_append_slice(out, cv_utf8_title(scratch.arena, text));
    cv_scratch_end(scratch);
}

static const char time_letters[] = "aAefgGhHiOPsTuZ";
static const char all_letters[] = "aAbcdDeEfFgGhHiIjlLmMnNoOPrsStTUuwWyYzZ";

/* The value as a clock's reading. The zone is NULL where the reading is none or two instants: then nothing is said of
 * zones, as Django has it. */
typedef struct Shown {
    CvValue value;
    CvClock clock;
    const CvZone *zone;
    CvDateTime instant; /* naive ones in the default zone */
} Shown;

static Shown shown_of(CvValue value)
{
    Shown shown = {.value = value};
    if (value.kind == CV_DATE) {
        shown.clock.date = value.date;
        shown.instant = cv_datetime_in(value.date, cv_time(0, 0, 0, 0), cv_default_zone(), false);
    } else if (value.kind == CV_TIME) {
        shown.clock.time = value.time;
    } else {
        shown.clock = cv_datetime_clock(value.datetime, NULL);
        bool naive = cv_datetime_is_naive(value.datetime);
        const CvZone *zone = naive ? cv_default_zone() : value.datetime.zone;
        CvDateTime first = cv_datetime_in(shown.clock.date, shown.clock.time, zone, false);
        CvDateTime second = cv_datetime_in(shown.clock.date, shown.clock.time, zone, true);
        shown.instant = naive ? first : value.datetime;
        if (first.microseconds == second.microseconds)
            shown.zone = zone;
    }
    return shown;
}

static void append_offset(CvBuffer *out, int32_t offset)
{
    int32_t size = offset < 0 ? -offset : offset;
    cv_buffer_printf(out, "%c%02d%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
}

static void append_hour12(CvBuffer *out, const Shown *shown, bool minutes)
{
    int hour = shown->clock.time.hour % 12;
    cv_buffer_append_int(out, hour ? hour : 12);
    if (minutes && shown->clock.time.minute)
        cv_buffer_printf(out, ":%02d", shown->clock.time.minute);
}

static void append_zone_letter(CvBuffer *out, const Shown *shown, char letter)
{
    if (!shown->zone)
        return;
    CvClock clock = cv_datetime_clock(shown->instant, shown->zone);
    if (letter == 'O')
        append_offset(out, clock.utc_offset);
    else if (letter == 'T' || (letter == 'e' && !cv_datetime_is_naive(shown->value.datetime)))
        cv_buffer_append_string(out, clock.abbreviation);
    else if (letter == 'Z')
        cv_buffer_append_int(out, clock.utc_offset);
    else if (letter == 'I')
        cv_buffer_append_byte(out, clock.dst ? '1' : '0');
}

static void append_time_letter(CvBuffer *out, const Shown *shown, char letter)
{
    CvTime time = shown->clock.time;
    switch (letter) {
    case 'a':
        append_word(out, NULL, time.hour > 11 ? "p.m." : "a.m.");
        break;
    case 'A':
        append_word(out, NULL, time.hour > 11 ? "PM" : "AM");
        break;
    case 'f':
        append_hour12(out, shown, true);
        break;
    case 'g':
        append_hour12(out, shown, false);
        break;
    case 'G':
        cv_buffer_append_int(out, time.hour);
        break;
    case 'h':
        cv_buffer_append_padded(out, (uint64_t)(time.hour % 12 ? time.hour % 12 : 12), 2);
        break;
    case 'H':
        cv_buffer_append_padded(out, (uint64_t)time.hour, 2);
        break;
    case 'i':
        cv_buffer_append_padded(out, (uint64_t)time.minute, 2);
        break;
    case 'P':
        if (time.minute == 0 && time.hour % 12 == 0) {
            append_word(out, NULL, time.hour ? "noon" : "midnight");
        } else {
            append_hour12(out, shown, true);
            cv_buffer_append_byte(out, ' ');
            append_word(out, NULL, time.hour > 11 ? "p.m." : "a.m.");
        }
        break;
    case 's':
        cv_buffer_append_padded(out, (uint64_t)time.second, 2);
        break;
    case 'u':
        cv_buffer_append_padded(out, (uint64_t)time.microsecond, 6);
        break;
    default:
        append_zone_letter(out, shown, letter);
    }
}

static const char *ordinal_suffix(int day)
{
    if (day >= 11 && day <= 13)
        return "th";
    return day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th";
}

/* "Thu, 21 Dec 2000 16:01:07 +0200" */
static void append_rfc5322(CvBuffer *out, const Shown *shown)
{
    CvClock clock = shown->clock;
    if (shown->value.kind == CV_DATE || cv_datetime_is_naive(shown->value.datetime))
        clock = cv_datetime_clock(shown->instant, NULL);
    cv_buffer_printf(out, "%s, %02d %.3s %04d %02d:%02d:%02d ", cv_weekday_abbreviation(cv_date_weekday(clock.date)),
                     clock.date.day, cv_month_name(clock.date.month), clock.date.year, clock.time.hour,
                     clock.time.minute, clock.time.second);
    append_offset(out, clock.utc_offset);
}

static void append_day_letter(CvBuffer *out, CvDate date, char letter)
{
    int weekday = cv_date_weekday(date), iso_year;
    switch (letter) {
    case 'd':
        cv_buffer_append_padded(out, (uint64_t)date.day, 2);
        break;
    case 'D':
        append_word(out, NULL, cv_weekday_abbreviation(weekday));
        break;
    case 'j':
        cv_buffer_append_int(out, date.day);
        break;
    case 'l':
        append_word(out, NULL, cv_weekday_name(weekday));
        break;
    case 'o':
        cv_date_iso_week(date, &iso_year);
        cv_buffer_append_int(out, iso_year);
        break;
    case 'S':
        cv_buffer_append_string(out, ordinal_suffix(date.day));
        break;
    case 'w':
        cv_buffer_append_int(out, (weekday + 1) % 7);
        break;
    case 'W':
        cv_buffer_append_int(out, cv_date_iso_week(date, NULL));
        break;
    case 'z':
        cv_buffer_append_int(out, cv_date_yearday(date));
        break;
    default:
        break;
    }
}

static void append_date_letter(CvBuffer *out, const Shown *shown, char letter)
{
    CvDate date = shown->clock.date;
    switch (letter) {
    case 'b':
        append_word(out, NULL, cv_month_abbreviation(date.month));
        break;
    case 'c':
        cv_iso_format(out, shown->value);
        break;
    case 'E':
        append_word(out, "alt. month", cv_month_name(date.month));
        break;
    case 'F':
        append_word(out, NULL, cv_month_name(date.month));
        break;
    case 'I':
        append_zone_letter(out, shown, 'I');
        break;
    case 'L':
        cv_buffer_append_string(out, cv_is_leap_year(date.year) ? "True" : "False");
        break;
    case 'm':
        cv_buffer_append_padded(out, (uint64_t)date.month, 2);
        break;
    case 'M':
        append_titled(out, cv_month_abbreviation(date.month));
        break;
    case 'n':
        cv_buffer_append_int(out, date.month);
        break;
    case 'N':
        append_word(out, "abbrev. month", cv_month_ap(date.month));
        break;
    case 'r':
        append_rfc5322(out, shown);
        break;
    case 't':
        cv_buffer_append_int(out, cv_days_in_month(date.year, date.month));
        break;
    case 'U': /* int() of Python cuts towards zero */
        cv_buffer_append_int(out, shown->instant.microseconds / CV_SECOND);
        break;
    case 'y':
        cv_buffer_append_padded(out, (uint64_t)(date.year % 100), 2);
        break;
    case 'Y':
        cv_buffer_append_padded(out, (uint64_t)date.year, 4);
        break;
    default:
        append_day_letter(out, date, letter);
    }
}

static bool refuse(CvArena *arena, CvError *error, const Shown *shown, char letter, bool time_only)
{
    if (shown->value.kind == CV_DATE)
        return cv_fail(arena, error, CV_ERROR_TYPE,
                       "The format for date objects may not contain time-related format specifiers (found '%c').",
                       letter);
    return cv_fail(arena, error, CV_ERROR_ATTRIBUTE, "The format letter '%c' does not fit a %s.", letter,
                   time_only ? "time" : cv_value_kind_name(shown->value));
}

static bool format_value(CvArena *arena, CvBuffer *out, CvValue value, CvSlice format, bool time_only, CvError *error)
{
    if (value.kind != CV_DATE && value.kind != CV_TIME && value.kind != CV_DATETIME)
        return cv_fail(arena, error, CV_ERROR_ATTRIBUTE, "A %s has no date format.", cv_value_kind_name(value));
    Shown shown = shown_of(value);
    size_t before = out->length;
    for (size_t i = 0; i < format.length; i++) {
        char c = format.data[i];
        bool escaped = i > 0 && format.data[i - 1] == '\\';
        if (c == '\\' && i + 1 < format.length && format.data[i + 1] != '\n') {
            cv_buffer_append_byte(out, format.data[++i]);
            continue;
        }
        if (escaped || !c || !strchr(all_letters, c)) {
            cv_buffer_append_byte(out, c);
            continue;
        }
        bool of_time = strchr(time_letters, c) != NULL;
        bool bad = of_time ? value.kind == CV_DATE : time_only || value.kind == CV_TIME;
        if (bad && !(strchr("Ic", c) && value.kind == CV_TIME && !time_only)) {
            out->length = before;
            return refuse(arena, error, &shown, c, time_only);
        }
        if (of_time)
            append_time_letter(out, &shown, c);
        else
            append_date_letter(out, &shown, c);
    }
    return true;
}

bool cv_date_format(CvArena *arena, CvBuffer *out, CvValue value, CvSlice format, CvError *error)
{
    return format_value(arena, out, value, format, false, error);
}

bool cv_time_format(CvArena *arena, CvBuffer *out, CvValue value, CvSlice format, CvError *error)
{
    return format_value(arena, out, value, format, true, error);
}
