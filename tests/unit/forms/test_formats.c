/* test_formats.c: input as a language writes it: dates, times, numbers with separators. */
#include "unit.h"

#include "base/self.h"
#include "forms/field.h"
#include "forms/widget.h"
#include "template/locale.h"
#include "text/decimal.h"

#define TEXT(slice) cv_slice_string(cv_arena(), (slice))

static void use(const char *language, bool thousands)
{
    CvTemplateSettings *settings = cv_arena_new(cv_arena(), CvTemplateSettings);
    settings->use_thousand_separator = thousands;
    (void)cv_locale_activate(language ? cv_locale_create(cv_arena(), language, settings) : NULL);
    cv_set_use_tz(false);
}

/* The cleaned value's text, or "!" and the error. */
static const char *cleaned(const CvFormFieldKind *kind, const char *input)
{
    CvFormField field = cv_form_field("f", kind);
    CvInvalids invalids = {.arena = cv_arena()};
    CvValue out;
    field.localize = true;
    cv_form_field_prepare(&field, cv_arena());
    if (cv_field_clean(&field, cv_arena(), cv_value_string(input), cv_value_null(), &out, &invalids))
        return TEXT(cv_value_str(cv_arena(), out));
    return cv_printf("!%s", invalids.items[0].code);
}

static const char *shown(const CvFormFieldKind *kind, CvValue value)
{
    CvFormField field = cv_form_field("f", kind);
    CvBuffer out = cv_buffer(cv_arena());
    field.localize = true;
    cv_form_field_prepare(&field, cv_arena());
    cv_widget_render(field.widget, cv_arena(), CV_SLICE("f"), value, NULL, &out);
    const char *html = cv_buffer_string(&out), *start = strstr(html, "value=\"");
    return start ? TEXT(cv_slice_of(start + 7, strcspn(start + 7, "\""))) : "";
}

START_TEST(numbers_are_read_with_separators)
{
    static const struct {
        const char *language, *input, *expected;
        bool thousands;
    } cases[] = {{"en-us", "1,234.5", "!invalid", false},
                 {"en-us", "1,234.5", "1234.5", true},
                 {"de", "1234,5", "1234.5", false},
                 {"de", "1.234,5", "!invalid", false},
                 {"de", "1.234,5", "1234.5", true},
                 {"de", "1.5", "1.5", true},
                 {"de", "1.234", "1234", true},
                 {"de", "1.2.3", "123", true},
                 {"de", "\uff11.\uff15", "1.5", true}, /* digits of other scripts are counted, not their bytes */
                 {"fr", "1\u00a0234,5", "1234.5", true},
                 {"fr", "1 234,5", "1234.5", true},
                 {"de-at", "2,5", "2.5", false},
                 {"de", "1,2,3", "!invalid", true},
                 {"xx", "1.5", "1.5", false},
                 {NULL, "1.5", "1.5", false}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        use(cases[i].language, cases[i].thousands);
        ck_assert_str_eq(cleaned(&cv_decimal_form_field, cases[i].input), cases[i].expected);
    }
    use("de", true);
    ck_assert_str_eq(cleaned(&cv_integer_form_field, "1.234.567"), "1234567");
    ck_assert_str_eq(cleaned(&cv_float_form_field, "1.234,25"), "1234.25");
}
END_TEST

START_TEST(numbers_are_shown_with_separators)
{
    use("de", true);
    ck_assert_str_eq(shown(&cv_integer_form_field, CV_VALUE(1234567)), "1.234.567");
    ck_assert_str_eq(shown(&cv_decimal_form_field, cv_value_decimal(cv_decimal(cv_arena(), "1234.50"))), "1.234,50");
    use("de", false);
    ck_assert_str_eq(shown(&cv_decimal_form_field, cv_value_decimal(cv_decimal(cv_arena(), "1234.50"))), "1234,50");
    ck_assert_str_eq(shown(&cv_decimal_form_field, CV_VALUE("1.5x")), "1.5x"); /* what came in stays */
    use(NULL, false);
    ck_assert_str_eq(shown(&cv_decimal_form_field, cv_value_decimal(cv_decimal(cv_arena(), "1234.50"))), "1234.50");
}
END_TEST

START_TEST(dates_follow_the_language)
{
    use("de", false);
    ck_assert_str_eq(cleaned(&cv_date_form_field, "25.10.2006"), "2006-10-25");
    ck_assert_str_eq(cleaned(&cv_date_form_field, "2006-10-25"), "2006-10-25"); /* ISO everywhere */
    ck_assert_str_eq(cleaned(&cv_date_form_field, "10/25/2006"), "!invalid");
    ck_assert_str_eq(cleaned(&cv_datetime_form_field, "25.10.2006 14:30"), "2006-10-25 14:30:00");
    ck_assert_str_eq(cleaned(&cv_datetime_form_field, "25.10.06"), "2006-10-25 00:00:00");
    ck_assert_str_eq(shown(&cv_date_form_field, cv_value_date(cv_date(2006, 10, 25))), "25.10.2006");
    use("fi", false);
    ck_assert_str_eq(cleaned(&cv_time_form_field, "14.30"), "14:30:00");
    use(NULL, false);
    ck_assert_str_eq(cleaned(&cv_date_form_field, "10/25/2006"), "2006-10-25");
    ck_assert_str_eq(cleaned(&cv_date_form_field, "25.10.2006"), "!invalid");
}
END_TEST

UNIT_TESTS("forms/formats", numbers_are_read_with_separators, numbers_are_shown_with_separators,
           dates_follow_the_language)
