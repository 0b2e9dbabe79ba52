/* Tests moments in db and orm: naive ones with USE_TZ off, stored as they are given; a database with a clock of its
 * own. What each line answers is Django's. */
#include "base/self.h"
#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"
#include "orm/serialize.h"
#include "orm/shell.h"
#include "orm/validate.h"
#include "text/json.h"
#include "unit.h"

#define TIME(...) cv_time(__VA_ARGS__, 0)

static const CvModel *event;

/* The clock of the site, in summer two hours ahead of UTC, stands at half past midnight on the first of July. */
static void prepare_in(const char *url)
{
    CvArena *arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    CvError error;
    CvField fields[] = {cv_field("at", &cv_datetime_field, NULL, .null = true),
                        cv_field("day", &cv_date_field, NULL, .null = true, .auto_now_add = true),
                        cv_field("clock", &cv_time_field, NULL, .null = true, .auto_now = true),
                        cv_field("made", &cv_datetime_field, NULL, .auto_now_add = true),
                        cv_field("changed", &cv_datetime_field, NULL, .auto_now = true),
                        cv_field("since", &cv_datetime_field, NULL, .default_call = cv_now_default),
                        cv_field("planned", &cv_datetime_field, NULL, .default_text = "2024-01-01 02:03")};
    event = cv_model_build(arena, "Event", fields, CV_COUNT_OF(fields), &(CvModelOptions){.ordering = CV_LIST("id")});
    cv_models_add("diary", (const CvModel *const[]){event, NULL});
    ck_assert(cv_models_ready(&errors));
    ck_assert(cv_database_open(arena, "default", url, NULL, &error));
    cv_plan_cache_verify(true);
    cv_schema_create(NULL, NULL);
    cv_set_default_zone(cv_zone("Europe/Berlin"));
    cv_clock_freeze(cv_datetime_in(cv_date(2024, 6, 30), TIME(22, 30, 0), cv_zone_utc, false));
}

static void prepare(void)
{
    prepare_in("sqlite://:memory:");
    cv_set_use_tz(false);
}

static CvDateTime naive(int day, int hour, int minute)
{
    return cv_datetime_naive(cv_date(2024, 3, day), TIME(hour, minute, 0));
}

static CvDateTime aware(int day, int hour, int minute)
{
    return cv_datetime_in(cv_date(2024, 3, day), TIME(hour, minute, 0), cv_zone_utc, false);
}

static const CvColumn *column(const char *name)
{
    return cv_model_column(event, cv_slice(name));
}

static void set(void *row, const char *name, CvValue value)
{
    cv_row_set(row, column(name), value);
}

/* A saved row; half past two on the last of March is an hour that Berlin's clocks left out. */
static void *added(CvDateTime at)
{
    void *row = cv_row_new(event);
    set(row, "at", CV_VALUE(at));
    cv_save(row);
    return row;
}

/* What a member holds, as text: "2024-03-31 02:30:00". */
static const char *member(const void *row, const char *name)
{
    return cv_slice_string(cv_arena(), cv_value_str(cv_arena(), cv_row_get(row, column(name))));
}

static const char *stored(const char *name)
{
    CvList *rows = cv_query_of(NULL, cv_printf("SELECT \"%s\" FROM diary_event ORDER BY id DESC", name), 0, NULL);
    return cv_slice_string(cv_arena(), cv_value_as_slice(rows->items[0].list->items[0]));
}

/* The result alone, without count and SQL. */
static const char *answer(const char *text)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_db_request_begin();
    cv_shell_answer(&out, cv_slice(text));
    cv_db_request_end();
    char *line = cv_buffer_string(&out), *end = strstr(line, ", \"queries\": ");
    ck_assert_ptr_nonnull(end);
    *end = '\0';
    return line + strlen("{\"result\": ");
}

#define ANSWERS(text, expected) ck_assert_str_eq(answer(text), expected)
#define MOMENT(text) "{\"$datetime\": \"" text "\"}"
#define REFUSED                                                                                                  \
    "{\"$error\": \"ValueError\", \"message\": \"SQLite backend does not support timezone-aware datetimes when " \
    "USE_TZ is False.\"}"

START_TEST(now_is_what_the_site_s_clock_shows)
{
    prepare();
    CvDateTime now = cv_now();
    ck_assert(cv_datetime_is_naive(now));
    ck_assert_int_eq(cv_datetime_clock(now, NULL).date.month, 7);
    ck_assert_int_eq(cv_datetime_clock(now, NULL).time.minute, 30);
    ck_assert_ptr_eq(cv_now_utc().zone, cv_zone_utc);
    ck_assert_int_eq(cv_now_utc().microseconds - now.microseconds, -2 * CV_HOUR);
    ck_assert(cv_datetime_is_naive(cv_datetime_kept(naive(1, 0, 0))));
    cv_set_use_tz(true);
    ck_assert_ptr_eq(cv_now().zone, cv_zone_utc);
    ck_assert_ptr_eq(cv_datetime_kept(cv_datetime_to(aware(1, 0, 0), cv_default_zone())).zone, cv_zone_utc);
}
END_TEST

START_TEST(moments_are_stored_and_read_as_they_are_given)
{
    prepare();
    void *row = added(naive(31, 2, 30));
    ck_assert_str_eq(stored("at"), "2024-03-31 02:30:00");
    cv_reload(row);
    ck_assert(cv_datetime_is_naive(cv_row_get(row, column("at")).datetime));
    ck_assert_str_eq(member(row, "at"), "2024-03-31 02:30:00");
    set(row, "at", CV_VALUE(cv_date(2024, 3, 31))); /* a day is its midnight */
    ck_assert_str_eq(member(row, "at"), "2024-03-31 00:00:00");
    set(row, "at", cv_value_string("2024-03-31T02:30"));
    cv_save(row);
    ck_assert_str_eq(stored("at"), "2024-03-31 02:30:00");
}
END_TEST

START_TEST(defaults_and_the_clock_are_naive)
{
    prepare();
    const void *row = added(naive(31, 2, 30));
    ck_assert_str_eq(member(row, "made"), "2024-07-01 00:30:00");
    ck_assert_str_eq(stored("made"), "2024-07-01 00:30:00");
    ck_assert_str_eq(stored("changed"), "2024-07-01 00:30:00");
    ck_assert_str_eq(stored("since"), "2024-07-01 00:30:00");
    ck_assert_str_eq(stored("day"), "2024-07-01");
    ck_assert_str_eq(stored("clock"), "00:30:00");
    ck_assert_str_eq(stored("planned"), "2024-01-01 02:03:00");
}
END_TEST

static void save_row(void *row)
{
    cv_save(row);
}

static void query_aware(void *argument)
{
    (void)argument;
    (void)cv_query("SELECT ?", aware(31, 2, 30));
}

START_TEST(aware_moments_are_refused)
{
    static const char message[] = "SQLite backend does not support timezone-aware datetimes when USE_TZ is False.";
    CvError *error;
    CvRowErrors errors = {0};
    prepare();
    void *row = cv_row_new(event);
    set(row, "at", CV_VALUE(aware(31, 2, 30)));
    ck_assert(!cv_try(save_row, row, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, message);
    cv_clean_fields(row, NULL, &errors);
    for (size_t i = 0; i < errors.count; i++) /* as in Django, to the field alone it is a moment like others */
        ck_assert_str_ne(errors.items[i].field, "at");
    ck_assert(!cv_try(query_aware, NULL, &error));
    ck_assert_str_eq(error->message, message);
    (void)added(naive(31, 2, 30));
    ANSWERS("Event.objects.filter(at=datetime(2024, 3, 31, 2, 30, tzinfo=utc)).count()", REFUSED);
    ANSWERS("Event.objects.filter(at='2024-03-31T02:30:00Z').count()", REFUSED);
    ANSWERS("Event.objects.update(at=datetime(2024, 3, 31, tzinfo=utc))", REFUSED);
    ANSWERS("Event.objects.annotate(n=Value(datetime(2024, 3, 31, tzinfo=utc))).values_list('n')", REFUSED);
    ANSWERS("Event.objects.create(at=datetime(2024, 3, 31, tzinfo=utc))", REFUSED);
}
END_TEST

START_TEST(lookups_convert_nothing)
{
    prepare();
    (void)added(naive(31, 23, 30));
    ANSWERS("Event.objects.filter(at=datetime(2024, 3, 31, 23, 30)).count()", "1");
    ANSWERS("Event.objects.filter(at='2024-03-31 23:30').count()", "1");
    ANSWERS("Event.objects.filter(at__date=date(2024, 3, 31)).count()", "1");
    ANSWERS("Event.objects.filter(at__date=datetime(2024, 3, 31, 23, 30, tzinfo=utc)).count()", "1");
    ANSWERS("Event.objects.filter(at__time=time(23, 30), at__hour=23, at__day=31, at__month=3).count()", "1");
    ANSWERS("Event.objects.filter(at__year=2024, at__iso_year=2024, at__week_day=1, at__quarter=1).count()", "1");
    ANSWERS("Event.objects.filter(at__range=(date(2024, 3, 31), date(2024, 4, 1))).count()", "1");
    ANSWERS("Event.objects.latest('at').at", MOMENT("2024-03-31T23:30:00"));
}
END_TEST

START_TEST(years_end_with_the_clock_s_year)
{
    prepare();
    (void)added(cv_datetime_naive(cv_date(2023, 12, 31), TIME(23, 30, 0)));
    (void)added(cv_datetime_naive(cv_date(2024, 1, 1), TIME(0, 0, 0)));
    ANSWERS("[e.id for e in Event.objects.filter(at__year=2023)]", "[1]");
    ANSWERS("[e.id for e in Event.objects.filter(at__year__gte=2024)]", "[2]");
    ANSWERS("[e.id for e in Event.objects.filter(at__year__in=[2022, 2024])]", "[2]");
}
END_TEST

START_TEST(functions_convert_nothing)
{
    prepare();
    (void)added(naive(31, 2, 30));
    ANSWERS("Event.objects.annotate(x=TruncMonth('at')).values_list('x', flat=True)",
            "[" MOMENT("2024-03-01T00:00:00") "]");
    ANSWERS("Event.objects.annotate(x=TruncHour('at', tzinfo=ZoneInfo('Asia/Tokyo'))).values_list('x', flat=True)",
            "[" MOMENT("2024-03-31T02:00:00") "]");
    ANSWERS("Event.objects.annotate(x=ExtractHour('at', tzinfo=ZoneInfo('Asia/Tokyo'))).values_list('x', flat=True)",
            "[2]");
    ANSWERS("Event.objects.annotate(x=TruncDate('at'), y=TruncTime('at')).values_list('x', 'y')",
            "[[{\"$date\": \"2024-03-31\"}, {\"$time\": \"02:30:00\"}]]");
    ANSWERS("Event.objects.datetimes('at', 'day', tzinfo=ZoneInfo('Asia/Tokyo'))",
            "[" MOMENT("2024-03-31T00:00:00") "]");
    ANSWERS("Event.objects.dates('at', 'month')", "[{\"$date\": \"2024-03-01\"}]");
    ANSWERS("Event.objects.annotate(x=F('at') + timedelta(days=1)).values_list('x', flat=True)",
            "[" MOMENT("2024-04-01T02:30:00") "]");
    ANSWERS("Event.objects.aggregate(x=Max('at'))", "{\"x\": " MOMENT("2024-03-31T02:30:00") "}");
    ANSWERS("Event.objects.annotate(x=Value(datetime(2024, 1, 1))).values_list('x', flat=True)",
            "[" MOMENT("2024-01-01T00:00:00") "]");
    ANSWERS("Event.objects.annotate(x=Cast('day', DateTimeField())).values_list('x', flat=True)",
            "[" MOMENT("2024-07-01T00:00:00") "]");
}
END_TEST

/* With zones or without, what is compared with a computed date, time or moment is converted to that kind. */
START_TEST(computed_moments_compare_as_their_kind)
{
    prepare();
    (void)added(naive(15, 23, 30));
    ANSWERS("Event.objects.filter(at__date__in=[datetime(2024, 3, 15, 1, 0)]).count()", "1");
    ANSWERS("Event.objects.filter(at__date__gte=datetime(2024, 3, 15, 23, 59)).count()", "1");
    ANSWERS("Event.objects.filter(at__time=datetime(2024, 1, 1, 23, 30)).count()", "1");
    ANSWERS("Event.objects.annotate(d=TruncDate('at')).filter(d=datetime(2024, 3, 15, 1, 0)).count()", "1");
    ANSWERS("Event.objects.annotate(d=TruncMonth('at')).filter(d=date(2024, 3, 1)).count()", "1");
    ANSWERS("Event.objects.annotate(d=TruncMonth('at')).filter(d=datetime(2024, 3, 1, tzinfo=utc)).count()", REFUSED);
    ANSWERS("Event.objects.filter(at__date=3).count()",
            "{\"$error\": \"TypeError\", \"message\": \"fromisoformat: argument must be str\"}");
    ck_assert_ptr_nonnull(strstr(answer("Event.objects.filter(at__date='x').count()"), "invalid date format"));
    cv_set_use_tz(true);
    (void)added(aware(15, 22, 30)); /* the same reading of Berlin's clock */
    ANSWERS("Event.objects.filter(id=2, at__date=datetime(2024, 3, 15, 23, 30, tzinfo=utc)).count()", "0");
    ANSWERS("Event.objects.filter(id=2, at__date=datetime(2024, 3, 15, 22, 30, tzinfo=utc)).count()", "1");
    ANSWERS("Event.objects.annotate(d=TruncMonth('at')).filter(id=2, d=date(2024, 3, 1)).count()", "0");
}
END_TEST

START_TEST(plans_of_both_modes_are_kept_apart)
{
    static const char line[] = "Event.objects.filter(at__hour=2).count()";
    prepare();
    (void)added(naive(1, 2, 30));
    ANSWERS(line, "1");
    cv_set_use_tz(true);
    ANSWERS(line, "0"); /* half past three in Berlin */
    ANSWERS("Event.objects.get().at", MOMENT("2024-03-01T02:30:00+00:00"));
    cv_set_use_tz(false);
    ANSWERS(line, "1");
}
END_TEST

/* Django's TIME_ZONE of a database: with zones on, what is in it are readings of another clock than UTC's. */
START_TEST(a_database_may_have_a_clock_of_its_own)
{
    prepare_in("sqlite://:memory:?time_zone=Asia/Tokyo");
    void *row = added(aware(31, 22, 30));
    ck_assert_str_eq(stored("at"), "2024-04-01 07:30:00");
    ck_assert_str_eq(stored("made"), "2024-07-01 07:30:00");
    cv_reload(row);
    ck_assert_str_eq(member(row, "at"), "2024-03-31 22:30:00+00:00");
    ANSWERS("Event.objects.filter(at=datetime(2024, 3, 31, 22, 30, tzinfo=utc)).count()", "1");
    ANSWERS("Event.objects.filter(at__date=date(2024, 4, 1), at__hour=0).count()", "1"); /* in Berlin */
    ANSWERS("Event.objects.filter(at__year=2024, day=date(2024, 7, 1), day__year=2024).count()", "1");
    ANSWERS("Event.objects.annotate(x=TruncHour('at')).values_list('x', flat=True)",
            "[" MOMENT("2024-04-01T00:00:00+02:00") "]");
    ANSWERS("Event.objects.annotate(x=TruncDate('day')).values_list('x', flat=True)", "[{\"$date\": \"2024-07-01\"}]");
    ANSWERS("Event.objects.aggregate(x=Max('at'))", "{\"x\": " MOMENT("2024-03-31T22:30:00+00:00") "}");
    ANSWERS("Event.objects.update(at=datetime(2024, 1, 1, tzinfo=utc))", "1");
    (void)cv_execute("UPDATE diary_event SET at = ?", aware(1, 0, 0));
    ck_assert_str_eq(stored("at"), "2024-03-01 09:00:00");
}
END_TEST

static void load(void *text)
{
    void *row = cv_row_new(event);
    cv_row_set_serialized(row, column("at"), cv_value_string(text));
    set(row, "made", CV_VALUE(naive(1, 0, 0)));
    set(row, "changed", CV_VALUE(naive(1, 0, 0)));
    cv_save_raw(row);
}

START_TEST(fixtures_are_naive)
{
    CvError *error;
    CvBuffer json = cv_buffer(cv_arena());
    prepare();
    const char *texts[] = {"2024-05-05T06:07:08.250", "2024-05-05T06:07:08Z"};
    ck_assert_msg(cv_try(load, (void *)(uintptr_t)texts[0], &error), "%s", error->message);
    ck_assert_str_eq(stored("at"), "2024-05-05 06:07:08.250000");
    ck_assert(!cv_try(load, (void *)(uintptr_t)texts[1], &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    CvError failed;
    ck_assert(cv_json_write(cv_arena(), &json, CV_VALUE(naive(31, 2, 30)), NULL, &failed));
    ck_assert_str_eq(cv_buffer_string(&json), "\"2024-03-31T02:30:00\"");
}
END_TEST

UNIT_TESTS("orm/naive", now_is_what_the_site_s_clock_shows, moments_are_stored_and_read_as_they_are_given,
           defaults_and_the_clock_are_naive, aware_moments_are_refused, lookups_convert_nothing,
           years_end_with_the_clock_s_year, functions_convert_nothing, computed_moments_compare_as_their_kind,
           plans_of_both_modes_are_kept_apart, a_database_may_have_a_clock_of_its_own, fixtures_are_naive)
