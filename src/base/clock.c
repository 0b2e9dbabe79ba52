/* clock.c: what time it is, and the zones that apply now. */
#include "base/self.h"

static CvDateTime frozen;
static const CvZone *default_zone;
static bool without_zones;

static uint64_t read_clock(clockid_t id, struct timespec *out)
{
    clock_gettime(id, out);
    return (uint64_t)out->tv_sec;
}

CvDateTime cv_now_utc(void)
{
    if (CV_UNLIKELY(frozen.zone != NULL))
        return (CvDateTime){frozen.microseconds, cv_zone_utc};
    struct timespec now;
    int64_t seconds = (int64_t)read_clock(CLOCK_REALTIME, &now);
    return (CvDateTime){seconds * CV_SECOND + now.tv_nsec / 1000, cv_zone_utc};
}

CvDateTime cv_datetime_kept(CvDateTime moment)
{
    if (CV_LIKELY(!without_zones) || !moment.zone || cv_datetime_is_naive(moment))
        return cv_datetime_to(moment, cv_zone_utc);
    CvClock clock = cv_datetime_clock(moment, cv_default_zone());
    return cv_datetime_naive(clock.date, clock.time);
}

CvDateTime cv_now(void)
{
    return cv_datetime_kept(cv_now_utc());
}

int64_t cv_now_seconds(void)
{
    int64_t now = cv_now_utc().microseconds;
    return now / CV_SECOND - (now % CV_SECOND < 0);
}

uint64_t cv_monotonic_ns(void)
{
    struct timespec now;
    uint64_t seconds = read_clock(CLOCK_MONOTONIC, &now);
    return seconds * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

uint64_t cv_monotonic_ms(void)
{
    return cv_monotonic_ns() / 1000000;
}

void cv_clock_freeze(CvDateTime now)
{
    frozen = now;
}

const CvZone *cv_current_zone(void)
{
    const CvZone *zone = cv_self()->zone;
    return zone ? zone : cv_default_zone();
}

void cv_activate_zone(const CvZone *zone)
{
    cv_self()->zone = zone;
}

void cv_set_default_zone(const CvZone *zone)
{
    default_zone = zone;
}

const CvZone *cv_default_zone(void)
{
    return default_zone ? default_zone : cv_zone_utc;
}

void cv_set_use_tz(bool use_tz)
{
    without_zones = !use_tz;
}

bool cv_use_tz(void)
{
    return !without_zones;
}
