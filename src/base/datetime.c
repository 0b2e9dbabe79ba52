/* datetime.c: between instants and what clocks show, by the rules of Python's zoneinfo. */
#include "base/zone_private.h"

static int64_t floor_seconds(int64_t microseconds)
{
    return microseconds / CV_SECOND - (microseconds % CV_SECOND < 0);
}

/* How many transitions are at or before `at`. */
static size_t transitions_until(const CvZone *zone, int64_t at)
{
    size_t low = 0, high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->times[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const CvZoneType *type_after(const CvZone *zone, size_t transitions)
{
    return transitions ? &zone->types[zone->indexes[transitions - 1]] : &zone->fixed;
}

static const CvZoneType *type_at(const CvZone *zone, int64_t seconds, bool *fold)
{
    *fold = false;
    if (zone->form != CV_ZONE_TABLE)
        return &zone->fixed;
    /* A rule without daylight time says what the last transition says already. */
    if (zone->has_rule && (!zone->count || (zone->rule.has_daylight && seconds > zone->times[zone->count - 1])))
        return cv_zone_rule_at(&zone->rule, seconds, fold);
    size_t passed = transitions_until(zone, seconds);
    const CvZoneType *type = type_after(zone, passed);
    if (passed)
        *fold = type_after(zone, passed - 1)->offset - type->offset > seconds - zone->times[passed - 1];
    return type;
}

/* What the clock shows when transition `i` happens: before it or after it, whichever is later (fold: earlier). Thus a
 * reading in a gap counts as before the change, with fold as after it; one that comes twice is the first, with fold the
 * second. */
static int64_t wall_of(const CvZone *zone, size_t i, bool fold)
{
    int32_t before = type_after(zone, i)->offset, after = type_after(zone, i + 1)->offset;
    if (i == 0)
        before = zone->types[0].offset;
    bool take_after = fold ? after < before : after > before;
    return zone->times[i] + (take_after ? after : before);
}

static const CvZoneType *type_for_reading(const CvZone *zone, int64_t reading, bool fold)
{
    if (zone->form != CV_ZONE_TABLE)
        return &zone->fixed;
    if (zone->has_rule && (!zone->count || reading > wall_of(zone, zone->count - 1, fold)))
        return cv_zone_rule_local(&zone->rule, reading, fold);
    size_t low = 0, high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (wall_of(zone, middle, fold) <= reading)
            low = middle + 1;
        else
            high = middle;
    }
    return type_after(zone, low);
}

CvDateTime cv_datetime_naive(CvDate date, CvTime time)
{
    if (!cv_date_is_set(date))
        return (CvDateTime){0};
    return (CvDateTime){cv_date_to_days(date) * CV_DAY + cv_time_to_microseconds(time), cv_zone_naive};
}

CvDateTime cv_datetime_in(CvDate date, CvTime time, const CvZone *zone, bool fold)
{
    CvDateTime reading = cv_datetime_naive(date, time);
    if (!reading.zone || zone == cv_zone_naive)
        return reading;
    const CvZoneType *type = type_for_reading(zone, floor_seconds(reading.microseconds), fold);
    return (CvDateTime){reading.microseconds - type->offset * CV_SECOND, zone};
}

CvClock cv_datetime_clock(CvDateTime datetime, const CvZone *zone)
{
    if (!datetime.zone)
        return (CvClock){.abbreviation = ""};
    if (!zone || datetime.zone == cv_zone_naive)
        zone = datetime.zone;
    CvClock clock;
    const CvZoneType *type = type_at(zone, floor_seconds(datetime.microseconds), &clock.fold);
    int64_t reading;
    if (__builtin_add_overflow(datetime.microseconds, type->offset * CV_SECOND, &reading))
        reading = datetime.microseconds;
    clock.date = cv_date_from_days(reading / CV_DAY - (reading % CV_DAY < 0));
    clock.time = cv_time_from_microseconds(reading);
    clock.utc_offset = type->offset;
    clock.dst = type->dst;
    clock.abbreviation = type->abbreviation;
    return clock;
}

CvDateTime cv_datetime_to(CvDateTime datetime, const CvZone *zone)
{
    if (datetime.zone && datetime.zone != cv_zone_naive)
        datetime.zone = zone;
    return datetime;
}

int cv_datetime_compare(CvDateTime a, CvDateTime b)
{
    if (!a.zone || !b.zone)
        return (a.zone != NULL) - (b.zone != NULL);
    return (a.microseconds > b.microseconds) - (a.microseconds < b.microseconds);
}
