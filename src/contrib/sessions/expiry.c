/* expiry.c: how long a session lasts. What set_expiry() was told stands in the data, as Django keeps it: seconds, or a
 * moment in ISO 8601. */
#include "contrib/sessions/session_private.h"

#include "text/date.h"

/* A moment as the site keeps moments; a naive one of a site with other settings is read on the default zone's clock. */
static CvDateTime as_kept(CvDateTime moment)
{
    if (cv_use_tz() && cv_datetime_is_naive(moment)) {
        CvClock clock = cv_datetime_clock(moment, NULL);
        return cv_datetime_in(clock.date, clock.time, cv_default_zone(), false);
    }
    return cv_datetime_kept(moment);
}

/* True with a moment, or with seconds (0: none). */
static bool read_expiry(const CvDict *data, CvDateTime *moment, int64_t *seconds)
{
    CvValue value = CV_NONE;
    (void)cv_dict_get_slice(data, CV_SLICE(CV_SESSION_EXPIRY_KEY), &value);
    *seconds = value.kind == CV_INT ? value.integer : 0;
    if (value.kind != CV_STRING || cv_datetime_parse(cv_value_as_slice(value), moment) != CV_PARSED)
        return false;
    *moment = as_kept(*moment);
    return true;
}

/* In whole seconds, as Python's timedelta has them: rounded down. */
static int64_t seconds_between(CvDateTime from, CvDateTime to)
{
    int64_t difference = to.microseconds - from.microseconds, seconds = difference / CV_SECOND;
    return difference % CV_SECOND < 0 ? seconds - 1 : seconds;
}

static CvDateTime later(CvDateTime moment, int64_t seconds)
{
    enum { MOST_YEARS = 100 }; /* what a tampered or foolish number may add */
    const int64_t most = MOST_YEARS * INT64_C(31622400);
    seconds = seconds > most ? most : seconds < -most ? -most : seconds;
    return (CvDateTime){moment.microseconds + seconds * CV_SECOND, moment.zone};
}

CvDateTime cv_session_expiry_of(const CvDict *data, CvDateTime changed)
{
    CvDateTime moment;
    int64_t seconds;
    if (read_expiry(data, &moment, &seconds))
        return moment;
    return later(changed, seconds ? seconds : cv_settings()->session_cookie_age);
}

int64_t cv_session_get_expiry_age(CvSession *session)
{
    CvDateTime moment;
    int64_t seconds;
    if (read_expiry(cv_session_data(session), &moment, &seconds))
        return seconds_between(cv_now(), moment);
    return seconds ? seconds : cv_settings()->session_cookie_age;
}

CvDateTime cv_session_get_expiry_date(CvSession *session)
{
    return cv_session_expiry_of(cv_session_data(session), cv_now());
}

bool cv_session_get_expire_at_browser_close(CvSession *session)
{
    CvValue value = cv_session_get(session, CV_SESSION_EXPIRY_KEY);
    if (value.kind == CV_NULL)
        return cv_settings()->session_expire_at_browser_close;
    return value.kind == CV_INT && value.integer == 0;
}

static CvDateTime from_now(int64_t duration)
{
    CvDateTime moment = cv_now();
    if (__builtin_add_overflow(moment.microseconds, duration, &moment.microseconds) ||
        !cv_date_is_set(cv_datetime_clock(moment, NULL).date))
        cv_raise(CV_ERROR_VALUE, "A session cannot expire outside the years 1 to 9999.");
    return moment;
}

void cv_session_set_expiry_value(CvSession *session, CvValue value)
{
    CvBuffer text = cv_buffer(session->arena);
    if (value.kind == CV_NULL) {
        (void)cv_session_delete(session, CV_SESSION_EXPIRY_KEY);
        return;
    }
    if (value.kind == CV_DURATION)
        value = cv_value_datetime(from_now(value.duration));
    if (value.kind == CV_DATETIME) {
        cv_iso_format(&text, value);
        value = cv_value_slice(cv_buffer_slice(&text));
    } else if (value.kind != CV_INT) {
        cv_raise(CV_ERROR_TYPE, "A session expires after seconds, at a date-time or after a duration, not at %s.",
                 cv_value_kind_name(value));
    }
    cv_session_set(session, CV_SESSION_EXPIRY_KEY, value);
}
