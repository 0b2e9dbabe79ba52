/* fuzz_zone.c: any bytes as a TZif file and as a POSIX rule. */
#include "base/zone_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice file = cv_slice_of((const char *)data, size);
    CvZone zone = {.name = "fuzz"};
    CvZoneRule rule;
    bool fold;

    if (cv_zone_parse(arena, file, &zone))
        for (int64_t day = -200000; day < 200000; day += 97)
            for (int later = 0; later < 2; later++) {
                CvClock clock = cv_datetime_clock((CvDateTime){day * CV_DAY + day, cv_zone_utc}, &zone);
                if (cv_date_is_set(clock.date))
                    cv_datetime_in(clock.date, clock.time, &zone, later);
            }
    if (cv_zone_rule_parse(arena, file, &rule)) {
        cv_zone_rule_at(&rule, (int64_t)size * 10000000, &fold);
        cv_zone_rule_local(&rule, (int64_t)size * 10000000, true);
    }
    cv_arena_destroy(arena);
    return 0;
}
