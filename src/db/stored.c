/* stored.c: the text forms in which Django keeps dates, times and numbers in SQLite. */
#include "db/stored.h"

#include <math.h>

#include "text/decimal.h"

/* `count` digits at `text`; -1 if one is none. */
static int digits(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned)(uint8_t)text[i] - '0';
        if (digit > 9)
            return -1;
        number = number * 10 + (int)digit;
    }
    return number;
}

bool cv_stored_read_date(const char *text, size_t length, CvDate *out)
{
    if (length != 10 || text[4] != '-' || text[7] != '-')
        return false;
    *out = cv_date(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
    return cv_date_is_set(*out);
}

bool cv_stored_read_time(const char *text, size_t length, CvTime *out)
{
    if (length < 8 || text[2] != ':' || text[5] != ':')
        return false;
    int micro = 0;
    if (length > 8) {
        if (text[8] != '.' || length > 15 || length == 9)
            return false;
        micro = digits(text + 9, length - 9);
        for (size_t i = length; micro > 0 && i < 15; i++)
            micro *= 10;
    }
    *out = cv_time(digits(text, 2), digits(text + 3, 2), digits(text + 6, 2), micro);
    return cv_time_is_set(*out);
}

bool cv_stored_read_datetime(const char *text, size_t length, CvDate *date, CvTime *time)
{
    if (length < 19 || (text[10] != ' ' && text[10] != 'T')) {
        *time = cv_time(0, 0, 0, 0);
        return cv_stored_read_date(text, length, date); /* a date alone is its midnight */
    }
    if (length > 19 && text[length - 1] == 'Z')
        length--;
    else if (length > 25 && memcmp(text + length - 6, "+00:00", 6) == 0)
        length -= 6;
    return cv_stored_read_date(text, 10, date) && cv_stored_read_time(text + 11, length - 11, time);
}

bool cv_stored_read_uuid(const char *text, size_t length, uint8_t out[16])
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        unsigned digit;
        if (c == '-')
            continue;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            digit = (unsigned)((c | 32) - 'a' + 10);
        else
            return false;
        if (count == 32)
            return false;
        if (count % 2)
            out[count / 2] = (uint8_t)(out[count / 2] | digit);
        else
            out[count / 2] = (uint8_t)(digit << 4);
        count++;
    }
    return count == 32;
}

/* number / 10^scale, written with exactly `scale` places. */
static CvDecimal scaled(CvArena *arena, int64_t number, int scale)
{
    char text[48];
    size_t at = sizeof text;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    text[--at] = '\0';
    for (int place = 0; rest || place <= scale; place++) {
        if (place == scale && scale > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (number < 0)
        text[--at] = '-';
    return (CvDecimal){cv_arena_memdup(arena, text + at, sizeof text - at)};
}

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

CvDecimal cv_stored_decimal(CvArena *arena, double number, int scale)
{
    if (scale >= 0 && scale < (int)CV_COUNT_OF(powers)) {
        double times = number * powers[scale], whole = nearbyint(times);
        /* What was stored with at most `scale` places comes back as a whole number, up to the noise of binary. */
        if (fabs(whole) < 1e14 && fabs(times - whole) <= fabs(times) * 4e-15 && (whole != 0 || number == 0) &&
            !(number == 0 && signbit(number)))
            return scaled(arena, (int64_t)whole, scale);
    }
    char text[40];
    int length = snprintf(text, sizeof text, "%.15g", number);
    CvDecimal out = {NULL};
    CvError error;
    if (!cv_decimal_parse(arena, cv_slice_of(text, (size_t)length), &out))
        return (CvDecimal){cv_arena_strdup(arena, text)};
    if (scale >= 0 && !cv_decimal_quantize(arena, out, scale, CV_ROUND_HALF_EVEN, &out, &error))
        return out; /* too many digits to cut: as it is */
    return out;
}

CvDecimal cv_stored_decimal_integer(CvArena *arena, int64_t number, int scale)
{
    if (scale <= 0 && scale >= -1)
        return scaled(arena, number, 0);
    if (scale > 0 && scale < 10 && number > -INT64_C(1000000000) && number < INT64_C(1000000000)) {
        for (int i = 0; i < scale; i++)
            number *= 10;
        return scaled(arena, number, scale);
    }
    CvDecimal out = cv_decimal_from_int(arena, number);
    CvError error;
    if (!cv_decimal_quantize(arena, out, scale, CV_ROUND_HALF_EVEN, &out, &error))
        return cv_decimal_from_int(arena, number);
    return out;
}

/* 0 to 99. */
static inline char *two(char *out, unsigned number)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    memcpy(out, pairs + (size_t)number * 2, 2);
    return out + 2;
}

size_t cv_stored_write_date(char *out, CvDate date)
{
    char *at = two(out, (unsigned)date.year / 100);
    at = two(at, (unsigned)date.year % 100);
    *at++ = '-';
    at = two(at, date.month);
    *at++ = '-';
    two(at, date.day);
    return 10;
}

size_t cv_stored_write_time(char *out, CvTime time)
{
    char *at = two(out, time.hour);
    *at++ = ':';
    at = two(at, time.minute);
    *at++ = ':';
    at = two(at, time.second);
    if (!time.microsecond)
        return 8;
    *at++ = '.';
    at = two(at, time.microsecond / 10000);
    at = two(at, time.microsecond / 100 % 100);
    two(at, time.microsecond % 100);
    return 15;
}

size_t cv_stored_write_datetime(char *out, CvDate date, CvTime time)
{
    cv_stored_write_date(out, date);
    out[10] = ' ';
    return 11 + cv_stored_write_time(out + 11, time);
}

size_t cv_stored_write_moment(char *out, CvDateTime moment, const CvZone *zone)
{
    CvClock clock = cv_datetime_clock(moment, zone);
    return cv_stored_write_datetime(out, clock.date, clock.time);
}

void cv_stored_check_moment(CvDateTime moment)
{
    if (CV_UNLIKELY(!cv_use_tz() && !cv_datetime_is_naive(moment)))
        cv_raise(CV_ERROR_VALUE, "SQLite backend does not support timezone-aware datetimes when USE_TZ is False.");
}

size_t cv_stored_write_uuid(char *out, const uint8_t uuid[16])
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < 16; i++) {
        out[2 * i] = hex[uuid[i] >> 4];
        out[2 * i + 1] = hex[uuid[i] & 15];
    }
    return 32;
}
