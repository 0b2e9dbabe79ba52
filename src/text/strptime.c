/* strptime.c: clocks by strptime formats with English names, for form input, by the rules of Python.
 *
 * Each letter of a format stands for alternatives that are tried in order; where the rest of the format does not fit,
 * the next one is tried ("%H%M" reads "14" as 01:04). */
#include "text/date_private.h"
#include "text/utf8.h"

#include <unictype.h>

enum { MOST_STEPS = 20000, MOST_FORMAT = 200, MOST_ENDS = 24, MOST_LETTERS = 24 };

/* What each letter may be, in the order in which it is tried: two characters a place, its first and its last digit, or
 * "##" for any digit of any script. */
static const struct {
    char letter;
    const char *alternatives[8];
} numbers[] = {{'Y', {"########"}},
               {'G', {"########"}},
               {'y', {"####"}},
               {'m', {"1102", "0019", "19"}},
               {'d', {"3301", "12##", "0019", "19", "  19"}},
               {'H', {"2203", "01##", "##"}},
               {'I', {"1102", "0019", "19", "  19"}},
               {'M', {"05##", "##"}},
               {'S', {"6601", "05##", "##"}},
               {'f', {"090909090909", "0909090909", "09090909", "090909", "0909", "09"}},
               {'j', {"336606", "3305##", "12####", "0019##", "000019", "19##", "0019", "19"}},
               {'U', {"5503", "04##", "##"}},
               {'W', {"5503", "04##", "##"}},
               {'V', {"5503", "0019", "14##", "##"}},
               {'w', {"06"}},
               {'u', {"17"}}};

typedef struct Found {
    const char *place; /* in the format, of the percent sign */
    CvSlice text;
    int number; /* of a name; else -1 */
} Found;

typedef struct Matcher {
    Found found[MOST_LETTERS];
    int count, steps;
    const char *end;
} Matcher;

/* The ends that a letter may have from `at`, in the order in which they are tried; for names which one it is. */
typedef struct Ends {
    const char *items[MOST_ENDS];
    int numbers[MOST_ENDS], count;
} Ends;

static void add_end(Ends *ends, const char *end, int number)
{
    if (ends->count == MOST_ENDS)
        return;
    ends->numbers[ends->count] = number;
    ends->items[ends->count++] = end;
}

/* ---- single letters ---- */

/* Where the digit of any script ends that stands at `at`, or NULL. */
static const char *skip_foreign_digit(const char *at, const char *end)
{
    CvSlice rest = cv_slice_of(at, (size_t)(end - at));
    return cv_utf8_is_digit(cv_utf8_next(&rest)) ? rest.data : NULL;
}

static const char *fit(const char *at, const char *end, const char *places)
{
    for (; at && *places; places += 2) {
        bool any = places[0] == '#';
        char first = any ? '0' : places[0], last = any ? '9' : places[1];
        if (at == end)
            return NULL;
        if (*at >= first && *at <= last)
            at++;
        else
            at = any && (unsigned char)*at >= 0x80 ? skip_foreign_digit(at, end) : NULL;
    }
    return at;
}

static void add_numbers(const char *at, const char *end, char letter, Ends *ends)
{
    for (size_t i = 0; i < CV_COUNT_OF(numbers); i++) {
        if (numbers[i].letter != letter)
            continue;
        for (size_t k = 0; k < CV_COUNT_OF(numbers[i].alternatives) && numbers[i].alternatives[k]; k++) {
            const char *after = fit(at, end, numbers[i].alternatives[k]);
            if (after)
                add_end(ends, after, -1);
        }
        return;
    }
}

static bool starts_with_fold(const char *at, const char *end, const char *name, size_t length)
{
    return (size_t)(end - at) >= length && cv_slice_equal_fold(cv_slice_of(at, length), cv_slice_of(name, length));
}

/* The longest name that fits. */
static void add_names(const char *at, const char *end, const char *(*name_of)(int), int first, int last, size_t cut,
                      Ends *ends)
{
    size_t best = 0;
    int number = -1;
    for (int i = first; i <= last; i++) {
        size_t length = strlen(name_of(i));
        length = cut && cut < length ? cut : length;
        if (length > best && starts_with_fold(at, end, name_of(i), length)) {
            best = length;
            number = i;
        }
    }
    if (best)
        add_end(ends, at + best, number);
}

static void add_words(const char *at, const char *end, const char *const *words, Ends *ends)
{
    for (int i = 0; words[i]; i++)
        if (starts_with_fold(at, end, words[i], strlen(words[i])))
            add_end(ends, at + strlen(words[i]), i);
}

/* "+02", a colon or none, "30"; then perhaps seconds and a fraction: the longest first. */
static void add_offset(const char *at, const char *end, Ends *ends)
{
    if (at < end && *at == 'Z') {
        add_end(ends, at + 1, -1);
        return;
    }
    if (at == end || (*at != '+' && *at != '-'))
        return;
    const char *hours = fit(at + 1, end, "####");
    if (!hours)
        return;
    bool colon = hours < end && *hours == ':';
    const char *minutes = fit(hours + colon, end, "05##");
    if (!minutes)
        return;
    bool second_colon = minutes < end && *minutes == ':';
    const char *seconds = fit(minutes + second_colon, end, "05##");
    if (seconds && second_colon == colon) {
        Ends fraction = {0};
        if (seconds < end && *seconds == '.')
            add_numbers(seconds + 1, end, 'f', &fraction);
        for (int i = 0; i < fraction.count; i++)
            add_end(ends, fraction.items[i], -1);
        add_end(ends, seconds, -1);
    }
    add_end(ends, minutes, -1);
}

static void find_ends(const char *at, const char *end, char letter, Ends *ends)
{
    static const char *const halves[] = {"am", "pm", NULL}, *const zones[] = {"gmt", "utc", NULL};
    ends->count = 0;
    switch (letter) {
    case 'B':
    case 'b':
        add_names(at, end, cv_month_name, 1, 12, letter == 'b' ? 3 : 0, ends);
        break;
    case 'A':
    case 'a':
        add_names(at, end, cv_weekday_name, 0, 6, letter == 'a' ? 3 : 0, ends);
        break;
    case 'p':
        add_words(at, end, halves, ends);
        break;
    case 'Z':
        add_words(at, end, zones, ends);
        break;
    case 'z':
        add_offset(at, end, ends);
        break;
    case '%':
        if (at < end && *at == '%')
            add_end(ends, at + 1, -1);
        break;
    default:
        add_numbers(at, end, letter, ends);
    }
}

/* ---- whole formats ---- */

static bool match(Matcher *matcher, const char *format, const char *at, const char **end);

static bool match_letter(Matcher *matcher, const char *format, const char *at, const char **end)
{
    Ends ends CV_UNINITIALIZED;
    find_ends(at, matcher->end, format[1], &ends);
    for (int i = 0; i < ends.count; i++) {
        if (!match(matcher, format + 2, ends.items[i], end))
            continue;
        if (matcher->count == MOST_LETTERS)
            return false;
        matcher->found[matcher->count++] =
            (Found){format, cv_slice_of(at, (size_t)(ends.items[i] - at)), ends.numbers[i]};
        return true;
    }
    return false;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* White space of the format is any white space of the text, as much as there is; less where the rest wants some. */
static bool match_space(Matcher *matcher, const char *format, const char *at, const char **end)
{
    const char *stops[MOST_ENDS];
    int count = 0;
    while (is_space(*format))
        format++;
    CvSlice rest = cv_slice_of(at, (size_t)(matcher->end - at));
    for (CvSlice next = rest; next.length && cv_utf8_is_space(cv_utf8_next(&next));) {
        rest = next;
        if (count == MOST_ENDS) { /* the longest ones matter */
            memmove(stops, stops + 1, sizeof stops - sizeof *stops);
            count--;
        }
        stops[count++] = rest.data;
    }
    while (count > 0)
        if (match(matcher, format, stops[--count], end))
            return true;
    return false;
}

static bool match(Matcher *matcher, const char *format, const char *at, const char **end)
{
    for (; *format; format++, at++) {
        if (++matcher->steps > MOST_STEPS)
            return false;
        if (*format == '%' && format[1])
            return match_letter(matcher, format, at, end);
        if (is_space(*format))
            return match_space(matcher, format, at, end);
        bool letter = (*format >= 'a' && *format <= 'z') || (*format >= 'A' && *format <= 'Z');
        if (at == matcher->end || (*at != *format && !(letter && *at == (char)(*format ^ 0x20))))
            return false;
    }
    *end = at;
    return true;
}

/* %x, %X and %c stand for several letters. */
static bool expand(const char *format, char out[MOST_FORMAT])
{
    size_t length = 0;
    for (; *format; format++) {
        const char *more = NULL;
        if (*format == '%')
            more = format[1] == 'x'   ? "%m/%d/%y"
                   : format[1] == 'X' ? "%H:%M:%S"
                   : format[1] == 'c' ? "%a %b %d %H:%M:%S %Y"
                                      : NULL;
        size_t size = more ? strlen(more) : *format == '%' && format[1] ? 2 : 1;
        if (length + size >= MOST_FORMAT)
            return false;
        memcpy(out + length, more ? more : format, size);
        length += size;
        format += more || size == 2;
    }
    out[length] = '\0';
    return true;
}

/* ---- what it means ---- */

static const Found *find(const Matcher *matcher, char letter)
{
    for (int i = 0; i < matcher->count; i++)
        if (matcher->found[i].place[1] == letter)
            return &matcher->found[i];
    return NULL;
}

static bool has(const Matcher *matcher, char letter)
{
    return find(matcher, letter) != NULL;
}

static int number(const Matcher *matcher, char letter, int otherwise)
{
    const Found *found = find(matcher, letter);
    if (!found || found->number >= 0)
        return found ? found->number : otherwise;
    int value = 0;
    for (CvSlice rest = found->text; rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        int digit = point < 0x80 ? (int)point - '0' : uc_decimal_value(point);
        value = digit >= 0 && digit <= 9 ? value * 10 + digit : value;
    }
    return value;
}

/* Which of several letters for the same thing stands last in the format, and counts; '\0': none is there. */
static char last_of(const Matcher *matcher, const char *letters)
{
    const Found *last = NULL;
    for (; *letters; letters++) {
        const Found *found = find(matcher, *letters);
        if (found && (!last || found->place > last->place))
            last = found;
    }
    return last ? last->place[1] : '\0';
}

/* Monday is 0; -1: none is named. */
static int weekday_of(const Matcher *matcher)
{
    char letter = last_of(matcher, "aAuw");
    int value = letter ? number(matcher, letter, 0) : -1;
    return letter == 'u' ? value - 1 : letter == 'w' ? (value + 6) % 7 : value;
}

static int year_of(const Matcher *matcher)
{
    char letter = last_of(matcher, "yY");
    int value = letter ? number(matcher, letter, 0) : 1900;
    return letter == 'y' ? value + (value <= 68 ? 2000 : 1900) : value;
}

/* The day's number in the year by its week, counted from Sunday (%U) or Monday (%W); 0 and less: the year before. */
static int yearday_of_week(const Matcher *matcher, int year, int weekday)
{
    bool monday = last_of(matcher, "UW") == 'W';
    int week = number(matcher, monday ? 'W' : 'U', 0);
    int first = cv_date_weekday(cv_date(year, 1, 1));
    if (!monday) {
        first = (first + 1) % 7;
        weekday = (weekday + 1) % 7;
    }
    return week == 0 ? 1 + weekday - first : 1 + (7 - first) % 7 + 7 * (week - 1) + weekday;
}

static bool date_of(const Matcher *matcher, CvDate *out)
{
    int year = year_of(matcher), weekday = weekday_of(matcher);
    char month_letter = last_of(matcher, "bBm");
    int month = month_letter ? number(matcher, month_letter, 1) : 1;
    bool by_week = (has(matcher, 'U') || has(matcher, 'W')) && weekday >= 0;
    if (has(matcher, 'V') || has(matcher, 'G')) {
        if (!has(matcher, 'V') || !has(matcher, 'G') || weekday < 0 || has(matcher, 'j'))
            return false;
        CvDate fourth = cv_date(number(matcher, 'G', 1), 1, 4); /* always in week 1 */
        int week = number(matcher, 'V', 1);
        if (!cv_date_is_set(fourth) || week < 1)
            return false;
        *out = cv_date_from_days(cv_date_to_days(fourth) - cv_date_weekday(fourth) + 7 * (week - 1) + weekday);
        return cv_date_is_set(*out);
    }
    if (!has(matcher, 'j') && !by_week) {
        *out = cv_date(year, month, number(matcher, 'd', 1));
        return cv_date_is_set(*out);
    }
    int yearday = has(matcher, 'j') ? number(matcher, 'j', 1) : yearday_of_week(matcher, year, weekday);
    CvDate first = cv_date(year, 1, 1);
    if (!cv_date_is_set(first))
        return false;
    *out = cv_date_from_days(cv_date_to_days(first) + yearday - 1);
    return cv_date_is_set(*out);
}

static CvTime time_of(const Matcher *matcher)
{
    int hour = number(matcher, 'H', 0);
    if (last_of(matcher, "HI") == 'I')
        hour = number(matcher, 'I', 0) % 12 + (number(matcher, 'p', 0) == 1 ? 12 : 0);
    int fraction = number(matcher, 'f', 0);
    const Found *digits = find(matcher, 'f');
    for (size_t count = digits ? digits->text.length : 6; count < 6; count++)
        fraction *= 10;
    return cv_time(hour, number(matcher, 'M', 0), number(matcher, 'S', 0), fraction);
}

bool cv_strptime(CvSlice text, const char *format, CvDate *date, CvTime *time)
{
    Matcher matcher = {.end = text.data + text.length};
    char expanded[MOST_FORMAT];
    const char *end;
    CvDate day;
    if (!expand(format, expanded) || !match(&matcher, expanded, text.data, &end) || end != matcher.end ||
        !date_of(&matcher, &day))
        return false;
    CvTime clock = time_of(&matcher);
    if (!cv_time_is_set(clock))
        return false;
    *date = day;
    *time = clock;
    return true;
}
