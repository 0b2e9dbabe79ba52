/* zone_private.h: what a zone is made of. */
#ifndef CV_BASE_ZONE_PRIVATE_H
#define CV_BASE_ZONE_PRIVATE_H

#include "base/time.h"

typedef struct CvZoneType {
    int32_t offset; /* seconds east of UTC */
    bool dst;
    const char *abbreviation;
} CvZoneType;

/* When a yearly change happens: POSIX's three forms. */
typedef struct CvZoneDay {
    enum { CV_DAY_NTH_WEEKDAY, CV_DAY_JULIAN, CV_DAY_ZERO_BASED } form;
    int month, week, weekday; /* Mm.w.d, weekday 0 Sunday */
    int day;                  /* Jn: 1 to 365 without 29 February; n: 0 to 365 with it */
    int32_t time;             /* seconds after midnight of the clock before the change; may be negative */
} CvZoneDay;

/* What holds after the last listed transition: the TZ string at the end of a TZif file. */
typedef struct CvZoneRule {
    CvZoneType standard, daylight;
    bool has_daylight;
    CvZoneDay start, end; /* of daylight time */
} CvZoneRule;

struct CvZone {
    const char *name;
    enum { CV_ZONE_NAIVE, CV_ZONE_FIXED, CV_ZONE_TABLE } form;
    CvZoneType fixed; /* of a fixed zone; of a table, what held before the first transition */
    size_t count;
    const int64_t *times;   /* of transitions, in seconds since 1970 UTC, ascending */
    const uint8_t *indexes; /* the type from that transition on */
    const CvZoneType *types;
    CvZoneRule rule;
    bool has_rule;
};

/* Reads a POSIX TZ string ("CET-1CEST,M3.5.0,M10.5.0/3"); names are kept in `arena`. */
bool cv_zone_rule_parse(CvArena *arena, CvSlice text, CvZoneRule *out);
/* What holds at `seconds` since 1970 UTC, and whether that reading of the clock is the second of two. */
const CvZoneType *cv_zone_rule_at(const CvZoneRule *rule, int64_t seconds, bool *fold);
/* What holds when the clock shows `reading` (seconds since 1970 of that clock). */
const CvZoneType *cv_zone_rule_local(const CvZoneRule *rule, int64_t reading, bool fold);

/* Reads a TZif file (RFC 8536) into `zone`; what it points to lives in `arena`. */
bool cv_zone_parse(CvArena *arena, CvSlice file, CvZone *zone);

#endif
