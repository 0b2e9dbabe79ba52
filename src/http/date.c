/* date.c: dates of HTTP headers, written fast. */
#include "http/date.h"

static const char days[] = "MonTueWedThuFriSatSun";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static char *two_digits(char *at, unsigned number)
{
    *at++ = (char)('0' + number / 10 % 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

static char *three_letters(char *at, const char *from)
{
    memcpy(at, from, 3);
    return at + 3;
}

size_t cv_http_date(int64_t seconds, char out[CV_HTTP_DATE_SIZE])
{
    int64_t day = seconds / 86400, second = seconds % 86400;
    char *at = out;

    if (second < 0) {
        second += 86400;
        day--;
    }
    CvDate date = cv_date_from_days(day);
    *at = 0;
    if (!cv_date_is_set(date))
        return 0;
    at = three_letters(at, days + (size_t)cv_date_weekday(date) * 3);
    *at++ = ',';
    *at++ = ' ';
    at = two_digits(at, date.day);
    *at++ = ' ';
    at = three_letters(at, months + (date.month - 1) * 3);
    *at++ = ' ';
    at = two_digits(at, (unsigned)date.year / 100);
    at = two_digits(at, (unsigned)date.year);
    *at++ = ' ';
    at = two_digits(at, (unsigned)(second / 3600));
    *at++ = ':';
    at = two_digits(at, (unsigned)(second / 60 % 60));
    *at++ = ':';
    at = two_digits(at, (unsigned)(second % 60));
    memcpy(at, " GMT", 5);
    return (size_t)(at + 4 - out);
}
