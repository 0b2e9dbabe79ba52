/* Tests zones and date-times (base/time.h); what is expected was computed with Python's zoneinfo. */
#include "base/base.h"

#include "base/zone_private.h"
#include "unit.h"

static CvClock clock_at(const char *zone, int64_t seconds)
{
    return cv_datetime_clock((CvDateTime){seconds * CV_SECOND, cv_zone_utc}, cv_zone(zone));
}

static int64_t seconds_in(const char *zone, CvDate date, int hour, int minute, bool fold)
{
    return cv_datetime_in(date, cv_time(hour, minute, 0, 0), cv_zone(zone), fold).microseconds / CV_SECOND;
}

START_TEST(names_are_checked_before_any_file_is_opened)
{
    static const char *const bad[] = {"",
                                      "../etc/passwd",
                                      "/etc/passwd",
                                      "Europe/../Europe/Berlin",
                                      "Europe//Berlin",
                                      "Europe/Berlin/",
                                      ".",
                                      "..",
                                      "Europe/Ber lin",
                                      "Europe",
                                      "posixrules/",
                                      "tzdata.zi",
                                      "Nowhere/Land",
                                      "zone.tab",
                                      "Europe/\xC3\xA9"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(cv_zone(bad[i]) == NULL, "%s", bad[i]);
    ck_assert_ptr_null(cv_zone(NULL));
    ck_assert_ptr_eq(cv_zone("UTC"), cv_zone_utc);
    ck_assert_ptr_nonnull(cv_zone("America/Argentina/Buenos_Aires"));
    ck_assert_ptr_eq(cv_zone("Europe/Berlin"), cv_zone("Europe/Berlin"));
    ck_assert_str_eq(cv_zone_name(cv_zone("Etc/GMT+5")), "Etc/GMT+5");
}
END_TEST

START_TEST(clocks_change_at_the_listed_moment)
{
    CvClock before = clock_at("Europe/Berlin", 1711846799), after = clock_at("Europe/Berlin", 1711846800);
    ck_assert_int_eq(before.utc_offset, 3600);
    ck_assert_str_eq(before.abbreviation, "CET");
    ck_assert(!before.dst);
    ck_assert_int_eq(before.time.hour, 1);
    ck_assert_int_eq(after.utc_offset, 7200);
    ck_assert_str_eq(after.abbreviation, "CEST");
    ck_assert(after.dst);
    ck_assert_int_eq(after.time.hour, 3);
}
END_TEST

START_TEST(the_repeated_hour_is_told_by_fold)
{
    ck_assert(!clock_at("Europe/Berlin", 1729990799).fold);
    ck_assert(clock_at("Europe/Berlin", 1729990800).fold);
    ck_assert(clock_at("Europe/Berlin", 1729994399).fold);
    ck_assert(!clock_at("Europe/Berlin", 1729994400).fold);
    ck_assert_int_eq(seconds_in("Europe/Berlin", cv_date(2024, 10, 27), 2, 30, false), 1729989000);
    ck_assert_int_eq(seconds_in("Europe/Berlin", cv_date(2024, 10, 27), 2, 30, true), 1729992600);
}
END_TEST

START_TEST(the_missing_hour_counts_as_before_or_with_fold_as_after)
{
    ck_assert_int_eq(seconds_in("Europe/Berlin", cv_date(2024, 3, 31), 2, 30, false), 1711848600);
    ck_assert_int_eq(seconds_in("Europe/Berlin", cv_date(2024, 3, 31), 2, 30, true), 1711845000);
}
END_TEST

START_TEST(the_rule_holds_after_the_last_listed_transition)
{
    ck_assert_int_eq(clock_at("Europe/Berlin", 4118403600).utc_offset, 7200); /* 4 July 2100 */
    ck_assert_int_eq(clock_at("America/New_York", 4118403600).utc_offset, -14400);
    ck_assert_int_eq(clock_at("Australia/Sydney", 4118403600).utc_offset, 36000);
    ck_assert_int_eq(clock_at("Australia/Sydney", 4102444800).utc_offset, 39600); /* 1 January 2100 */
    ck_assert_int_eq(seconds_in("Europe/Berlin", cv_date(2100, 10, 31), 2, 30, true) -
                         seconds_in("Europe/Berlin", cv_date(2100, 10, 31), 2, 30, false),
                     3600);
    ck_assert(clock_at("Europe/Berlin", seconds_in("Europe/Berlin", cv_date(2100, 10, 31), 2, 30, true)).fold);
    ck_assert_int_eq(clock_at("Asia/Tokyo", 253402300799).utc_offset, 32400);
}
END_TEST

START_TEST(local_mean_time_holds_before_the_first_transition)
{
    CvClock clock = clock_at("Europe/Berlin", -3000000000);
    ck_assert_int_eq(clock.utc_offset, 3208);
    ck_assert_str_eq(clock.abbreviation, "LMT");
    /* A time zone that skipped a day. */
    ck_assert_int_eq(clock_at("Pacific/Apia", 1325239199).date.day, 29);
    ck_assert_int_eq(clock_at("Pacific/Apia", 1325239200).date.day, 31);
}
END_TEST

START_TEST(reading_and_instant_agree_in_every_zone_outside_gaps)
{
    static const char *const names[] = {
        "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kolkata",     "Australia/Lord_Howe",
        "Pacific/Apia",  "America/St_Johns", "Europe/Dublin",     "Antarctica/Troll", "Etc/GMT-14",
        "UTC",           "Asia/Kathmandu"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        for (int64_t seconds = -2500000000; seconds < 8000000000; seconds += 7654321) {
            CvClock clock = clock_at(names[i], seconds);
            CvDateTime back = cv_datetime_in(clock.date, clock.time, cv_zone(names[i]), clock.fold);
            ck_assert_int_eq(back.microseconds, seconds * CV_SECOND);
        }
}
END_TEST

START_TEST(fixed_zones_are_kept_once)
{
    const CvZone *zone = cv_zone_fixed(3600, NULL), *named = cv_zone_fixed(-19800, "IST");
    ck_assert_ptr_eq(zone, cv_zone_fixed(3600, NULL));
    ck_assert_str_eq(cv_zone_name(zone), "+01:00");
    ck_assert_str_eq(cv_zone_name(cv_zone_fixed(-5025, NULL)), "-01:23:45");
    ck_assert_str_eq(cv_zone_name(named), "IST");
    ck_assert_ptr_ne(zone, cv_zone_fixed(3600, "x"));
    ck_assert_ptr_null(cv_zone_fixed(86400, NULL));
    ck_assert_ptr_null(cv_zone_fixed(-86400, NULL));
    ck_assert_ptr_nonnull(cv_zone_fixed(86399, NULL));
    CvDateTime when = cv_datetime_in(cv_date(2024, 1, 2), cv_time(0, 30, 0, 0), zone, false);
    ck_assert_int_eq(cv_datetime_clock(when, cv_zone_utc).date.day, 1);
}
END_TEST

START_TEST(the_number_of_fixed_zones_is_bounded)
{
    int refused = 0;
    for (int32_t offset = -86399; offset < 86400; offset += 7)
        refused += cv_zone_fixed(offset, NULL) == NULL;
    ck_assert_int_gt(refused, 0);
    ck_assert_ptr_nonnull(cv_zone_fixed(-86399, NULL));
}
END_TEST

START_TEST(naive_date_times_have_no_zone)
{
    CvDateTime naive = cv_datetime_naive(cv_date(2024, 2, 29), cv_time(1, 2, 3, 4));
    ck_assert(cv_datetime_is_naive(naive));
    CvClock clock = cv_datetime_clock(naive, cv_zone("Asia/Tokyo"));
    ck_assert_int_eq(clock.time.hour, 1);
    ck_assert_str_eq(clock.abbreviation, "");
    ck_assert_ptr_eq(cv_datetime_to(naive, cv_zone_utc).zone, cv_zone_naive);
    ck_assert(!cv_datetime_is_set(cv_datetime_naive((CvDate){0}, cv_time(0, 0, 0, 0))));
    ck_assert_int_lt(cv_datetime_compare((CvDateTime){0}, naive), 0);
    CvDateTime early = cv_datetime_naive(cv_date(1, 1, 1), cv_time(0, 0, 0, 0));
    ck_assert_int_eq(cv_datetime_clock(early, NULL).date.year, 1);
}
END_TEST

START_TEST(the_clock_can_be_frozen)
{
    CvDateTime then = cv_datetime_in(cv_date(2000, 1, 1), cv_time(0, 0, 0, 0), cv_zone("Asia/Tokyo"), false);
    cv_clock_freeze(then);
    ck_assert_int_eq(cv_now().microseconds, then.microseconds);
    ck_assert_ptr_eq(cv_now().zone, cv_zone_utc);
    ck_assert_int_eq(cv_now_seconds(), 946652400);
    cv_clock_freeze((CvDateTime){0});
    ck_assert_int_gt(cv_now_seconds(), 1700000000);
    uint64_t ns = cv_monotonic_ns();
    ck_assert_uint_ge(cv_monotonic_ns(), ns);
    ck_assert_uint_ge(cv_monotonic_ms() + 1, ns / 1000000);
}
END_TEST

START_TEST(posix_rules_have_three_forms_of_days)
{
    CvZoneRule rule;
    bool fold;
    ck_assert(cv_zone_rule_parse(cv_arena(), CV_SLICE("AAA-1BBB,J60/0,J300/0"), &rule));
    /* Day 60 is 1 March, leap year or not. */
    ck_assert_int_eq(cv_zone_rule_at(&rule, 1709247600 - 1, &fold)->offset, 3600); /* 2024-03-01 00:00 +1 */
    ck_assert_int_eq(cv_zone_rule_at(&rule, 1709247600, &fold)->offset, 7200);
    ck_assert_int_eq(cv_zone_rule_at(&rule, 1677625200, &fold)->offset, 7200); /* 2023-03-01 */
    ck_assert_int_eq(cv_zone_rule_at(&rule, 1677625199, &fold)->offset, 3600);
    ck_assert(cv_zone_rule_parse(cv_arena(), CV_SLICE("<+0330>-3:30<+0430>,80/0,264/0"), &rule));
    ck_assert_str_eq(rule.standard.abbreviation, "+0330");
    ck_assert_int_eq(rule.daylight.offset, 16200);
    ck_assert(cv_zone_rule_parse(cv_arena(), CV_SLICE("EET-2EEST,M3.5.0/-1,M10.5.0/167"), &rule));
    static const char *const bad[] = {"",
                                      "A1",
                                      "AAA",
                                      "AAA-1BBB",
                                      "AAA-1BBB,M13.1.0,M1.1.0",
                                      "AAA-1BBB,M1.6.0,M2.1.0",
                                      "AAA-1BBB,M1.1.7,M2.1.0",
                                      "AAA-1BBB,J0,J1",
                                      "AAA-1BBB,366,1",
                                      "AAA-25",
                                      "AAA-1BBB,M3.5.0/168,M10.5.0",
                                      "AAA-1x",
                                      "<AAA-1",
                                      "AAA-1BBB,M3.5.0,M10.5.0x"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_zone_rule_parse(cv_arena(), cv_slice(bad[i]), &rule), "%s", bad[i]);
}
END_TEST

START_TEST(damaged_zone_files_are_refused)
{
    static char file[300000];
    FILE *stream = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
    if (!stream)
        return;
    size_t size = fread(file, 1, sizeof file, stream);
    fclose(stream);
    CvZone zone = {0};
    ck_assert(cv_zone_parse(cv_arena(), cv_slice_of(file, size), &zone));
    for (size_t cut = 0; cut < size; cut += cut < 200 ? 1 : 37) {
        char *copy = cv_malloc(cut); /* of its exact size, so that a sanitizer sees reads past the end */
        memcpy(copy, file, cut);
        CvArenaMark mark = cv_arena_mark(cv_arena());
        zone = (CvZone){0};
        if (cv_zone_parse(cv_arena(), cv_slice_of(copy, cut), &zone))
            ck_abort_msg("cut at %zu", cut);
        cv_arena_rewind(cv_arena(), mark);
        cv_free(copy);
    }
    for (size_t at = 0; at < 100; at++) { /* any byte of the head may be wrong */
        char kept = file[at];
        file[at] = (char)0xFF;
        zone = (CvZone){0};
        (void)cv_zone_parse(cv_arena(), cv_slice_of(file, size), &zone);
        file[at] = kept;
    }
}
END_TEST

UNIT_TESTS("base/zone", names_are_checked_before_any_file_is_opened, clocks_change_at_the_listed_moment,
           the_repeated_hour_is_told_by_fold, the_missing_hour_counts_as_before_or_with_fold_as_after,
           the_rule_holds_after_the_last_listed_transition, local_mean_time_holds_before_the_first_transition,
           reading_and_instant_agree_in_every_zone_outside_gaps, fixed_zones_are_kept_once,
           the_number_of_fixed_zones_is_bounded, naive_date_times_have_no_zone, the_clock_can_be_frozen,
           posix_rules_have_three_forms_of_days, damaged_zone_files_are_refused)
