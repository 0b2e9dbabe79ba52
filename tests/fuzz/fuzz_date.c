/* fuzz_date.c: any bytes as dates, times, durations, HTTP dates, formats; what was read is written and read again. */
#include "base/base.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_iso(CvArena *arena, CvValue value)
{
    CvBuffer out = cv_buffer(arena);
    CvDate date;
    CvTime time;
    CvDateTime datetime;
    bool same = true;

    cv_iso_format(&out, value);
    if (value.kind == CV_DATE)
        same = cv_date_parse(cv_buffer_slice(&out), &date) == CV_PARSED && cv_date_compare(date, value.date) == 0;
    else if (value.kind == CV_TIME)
        same = cv_time_parse(cv_buffer_slice(&out), &time) == CV_PARSED && cv_time_compare(time, value.time) == 0;
    else if (value.kind == CV_DATETIME && cv_date_is_set(cv_datetime_clock(value.datetime, NULL).date))
        same = cv_datetime_parse(cv_buffer_slice(&out), &datetime) == CV_PARSED &&
               cv_datetime_compare(datetime, value.datetime) == 0;
    if (!same)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"%Y-%m-%d %H:%M:%S.%f", "%m/%d/%y", "%b %d, %Y", "%I:%M %p", "%A %j %z %Z"};
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvDate date = {0};
    CvTime time = {0};
    CvDateTime datetime = {0};
    CvDuration duration = {0};
    CvError error;
    CvBuffer out = cv_buffer(arena);
    int64_t seconds;

    if (cv_date_parse(text, &date) == CV_PARSED)
        check_iso(arena, CV_VALUE(date));
    if (cv_time_parse(text, &time) == CV_PARSED)
        check_iso(arena, CV_VALUE(time));
    if (cv_datetime_parse(text, &datetime) == CV_PARSED) {
        check_iso(arena, CV_VALUE(datetime));
        (void)!cv_date_format(arena, &out, CV_VALUE(datetime), CV_SLICE("c r U O T e P"), &error);
    }
    if (cv_duration_parse(text, &duration) == CV_PARSED) {
        CvDuration again = {0};
        out.length = 0;
        cv_duration_format(&out, duration.microseconds);
        /* Floats carry the parts: large ones lose microseconds, small ones do not. */
        int64_t size_of = duration.microseconds < 0 ? -duration.microseconds : duration.microseconds;
        if (size_of < INT64_C(1) << 50 && (cv_duration_parse(cv_buffer_slice(&out), &again) != CV_PARSED ||
                                           again.microseconds != duration.microseconds))
            abort();
    }
    cv_http_date_parse(text, &seconds);
    cv_date_problem(text);
    for (size_t i = 0; i < CV_COUNT_OF(formats); i++)
        (void)!cv_strptime(text, formats[i], &date, &time);
    datetime = cv_datetime_in(cv_date(2024, 10, 27), cv_time(2, 30, 0, 0), cv_zone("Europe/Berlin"), true);
    (void)!cv_date_format(arena, &out, CV_VALUE(datetime), text, &error);
    (void)!cv_date_format(arena, &out, CV_VALUE(cv_date(2024, 2, 29)), text, &error);
    (void)!cv_time_format(arena, &out, CV_VALUE(cv_time(1, 2, 3, 4)), text, &error);
    cv_arena_destroy(arena);
    return 0;
}
