/* test_store.c: members of a form's struct: what was entered stands there, typed, and what a field's own `clean` puts
 * there is the cleaned value. */
#include "unit.h"

#include "library.h"
#define CV_FORMS "store.def.h"
#include "forms/forms.h"

static bool sets, clears; /* what the hooks do */
static CvUploadedFile other = {.object = {&cv_uploaded_file_type}, .name = "other.txt", .content_type = "text/plain"};
static const CvUuid other_token = {.bytes = {7}, .set = true};

/* A hook: puts `something` into the member, or nothing. */
#define HOOK(member, something)                            \
    static void set_##member(CvForm *base)                 \
    {                                                      \
        StoreForm *form = (StoreForm *)base;               \
        if (sets)                                          \
            form->member = something;                      \
        if (clears)                                        \
            memset(&form->member, 0, sizeof form->member); \
    }
HOOK(text, "other")
HOOK(count, 7)
HOOK(year, CV_INTEGER(7))
HOOK(weight, 0.5)
HOOK(ratio, CV_REAL(0.5))
HOOK(terms, true)
HOOK(maybe, CV_BOOLEAN(true))
HOOK(price, cv_decimal(cv_arena(), "1.50"))
HOOK(day, cv_date(2024, 2, 29))
HOOK(clock, cv_time(12, 30, 0, 0))
HOOK(moment, cv_datetime_in(cv_date(2024, 2, 29), cv_time(12, 30, 0, 0), cv_zone_utc, false))
HOOK(span, cv_duration(7 * CV_SECOND))
HOOK(token, other_token)
HOOK(data, CV_VALUE("other"))
HOOK(tags, cv_list(cv_arena(), "b"))
HOOK(scan, &other)
HOOK(writer, borges)
HOOK(topics, cv_filter(cv_objects(Topic), "name", "story"))

#define CV_FORMS "store.def.h"
#include "forms/forms_define.h"

static const char entered[] = "text=x&count=1&year=1&weight=2&ratio=2&maybe=false&price=9&day=2000-01-01&clock=01:00&"
                              "moment=2000-01-01+01:00&span=1&token=00000000-0000-0000-0000-000000000001&data=1&tags=a&"
                              "writer=1&topics=1";

static StoreForm *valid(const char *query, bool with_file)
{
    static CvUploadedFile scan = {.object = {&cv_uploaded_file_type},
                                  .field = "scan",
                                  .name = "scan.txt",
                                  .content_type = "text/plain",
                                  .content = {"x", 1},
                                  .size = 1};
    static CvUploadedFile *items[] = {&scan};
    static CvFiles files = {.object = {&cv_files_type}, .items = items, .count = 1};
    CvFormInput input = {.arena = cv_arena(), .data = library_data(query), .files = with_file ? &files : NULL};
    StoreForm *form = (StoreForm *)cv_form_create(&StoreForm_type, &input, NULL);
    ck_assert_msg(cv_is_valid(form), "%s", cv_slice_string(cv_arena(), cv_form_errors_text(&form->form)));
    return form;
}

static const char *cleaned(StoreForm *form, const char *name)
{
    return cv_slice_string(cv_arena(), cv_value_repr(cv_arena(), cv_cleaned(&form->form, name)));
}

static void expect_others(StoreForm *form)
{
    ck_assert_str_eq(cleaned(form, "text"), "'other'");
    ck_assert_str_eq(cleaned(form, "count"), "7");
    ck_assert_str_eq(cleaned(form, "year"), "7");
    ck_assert_str_eq(cleaned(form, "weight"), "0.5");
    ck_assert_str_eq(cleaned(form, "ratio"), "0.5");
    ck_assert_str_eq(cleaned(form, "terms"), "True");
    ck_assert_str_eq(cleaned(form, "maybe"), "True");
    ck_assert_str_eq(cleaned(form, "price"), "Decimal('1.50')");
    ck_assert_str_eq(cleaned(form, "day"), "datetime.date(2024, 2, 29)");
    ck_assert_str_eq(cleaned(form, "clock"), "datetime.time(12, 30)");
    ck_assert(cv_cleaned(&form->form, "moment").kind == CV_DATETIME);
    ck_assert_str_eq(cleaned(form, "span"), "datetime.timedelta(seconds=7)");
    ck_assert_str_eq(cleaned(form, "token"), "UUID('07000000-0000-0000-0000-000000000000')");
    ck_assert_str_eq(cleaned(form, "data"), "'other'");
    ck_assert_str_eq(cleaned(form, "tags"), "['b']");
    ck_assert_ptr_eq(cv_cleaned(&form->form, "scan").object, &other);
    ck_assert_ptr_eq(cv_cleaned(&form->form, "writer").object, borges);
    ck_assert_ptr_eq(cv_cleaned(&form->form, "topics").object, form->topics);
    ck_assert_int_eq(cv_count(form->topics), 1);
}

START_TEST(members_hold_what_was_entered)
{
    library_open();
    StoreForm *form = valid(entered, true);
    ck_assert_str_eq(form->text, "x");
    ck_assert(form->count == 1 && form->year.value == 1);
    ck_assert(form->weight == 2 && form->ratio.value == 2);
    ck_assert(!form->terms && form->maybe.set && !form->maybe.value);
    ck_assert_int_eq(form->day.year, 2000);
    ck_assert_int_eq(form->clock.hour, 1);
    ck_assert(form->token.set && form->token.bytes[15] == 1);
    ck_assert_int_eq(form->data.kind, CV_INT);
    ck_assert_uint_eq(form->tags->count, 1);
    ck_assert_str_eq(form->scan->name, "scan.txt");
    ck_assert_int_eq(form->writer->pk, austen->pk);
    ck_assert_int_eq(cv_count(form->topics), 1);
}
END_TEST

START_TEST(hooks_replace_what_was_entered)
{
    library_open();
    sets = true;
    expect_others(valid(entered, true));
}
END_TEST

START_TEST(hooks_fill_what_was_left_empty)
{
    library_open();
    sets = true;
    expect_others(valid("", false));
}
END_TEST

START_TEST(hooks_take_values_away)
{
    static const char *const names[] = {"year",   "ratio", "maybe", "price", "day",    "clock",
                                        "moment", "span",  "token", "scan",  "writer", "topics"};
    library_open();
    clears = true;
    StoreForm *form = valid(entered, true);
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        ck_assert_msg(cv_cleaned(&form->form, names[i]).kind == CV_NULL, "%s is %s", names[i], cleaned(form, names[i]));
}
END_TEST

UNIT_TESTS("forms/store", members_hold_what_was_entered, hooks_replace_what_was_entered, hooks_fill_what_was_left_empty,
           hooks_take_values_away)
