/* test_limits.c: what visitors may overdo: many fields, long values, deep names, many files; refused or handled within
 * bounds of time and memory. */
#include "unit.h"

#include "base/self.h"
#include "forms/field_private.h"
#include "forms/forms.h"

enum { LONG = 1 << 20 };

static const char *const kinds[] = {"CharField",          "IntegerField", "FloatField",       "DecimalField",
                                    "DateField",          "TimeField",    "DateTimeField",    "DurationField",
                                    "RegexField",         "EmailField",   "URLField",         "BooleanField",
                                    "NullBooleanField",   "ChoiceField",  "TypedChoiceField", "MultipleChoiceField",
                                    "SlugField",          "UUIDField",    "JSONField",        "GenericIPAddressField",
                                    "SplitDateTimeField", "FileField",    "ImageField"};

static CvFormType *form_of_all(void)
{
    CvFormField fields[CV_COUNT_OF(kinds)];
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++) {
        fields[i] = cv_form_field(cv_printf("f%zu", i), cv_form_field_kind(cv_slice(kinds[i])));
        fields[i].regex = "^(a+)+$";
        fields[i].required = false;
    }
    return cv_form_type_build(cv_arena(), "All", fields, CV_COUNT_OF(kinds), NULL);
}

static CvForm *bound(const CvFormType *type, const CvQueryDict *data, const CvFiles *files)
{
    CvFormInput input = {.arena = cv_arena(), .data = data, .files = files};
    return cv_form_create(type, &input, NULL);
}

START_TEST(too_many_fields_are_refused)
{
    CvBuffer query = cv_buffer(cv_arena());
    CvError error;
    for (int i = 0; i < 10000; i++)
        cv_buffer_printf(&query, "%sf%d=%d", i ? "&" : "", i, i);
    ck_assert_ptr_null(cv_querydict_parse(cv_arena(), cv_buffer_slice(&query), NULL, 1000, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_TOO_MANY_FIELDS);
    /* Where a site allows them, the form takes its own and looks at no other. */
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_buffer_slice(&query), NULL, 0, &error);
    uint64_t start = cv_monotonic_ms();
    CvForm *form = bound(form_of_all(), data, NULL);
    ck_assert(!cv_form_is_valid(form));
    ck_assert_uint_le(form->error_count, CV_COUNT_OF(kinds));
    ck_assert_uint_lt(cv_monotonic_ms() - start, 1000);
}
END_TEST

/* One value in every field: cleaned, its errors told, shown again. */
static void overdo(const char *what, CvSlice value)
{
    CvArena *arena = cv_arena_create((size_t)1 << 30);
    CvArena *outer = cv_arena_enter(arena);
    CvQueryDict *data = cv_querydict_create(arena);
    uint64_t start = cv_monotonic_ms();
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++) {
        CvSlice name = cv_slice(cv_printf("f%zu", i));
        cv_querydict_add(data, name, value);
        cv_querydict_add(data, cv_slice(cv_printf("f%zu_0", i)), value);
    }
    CvForm *form = bound(form_of_all(), data, NULL);
    (void)cv_form_is_valid(form);
    (void)cv_form_changed_data(form);
    (void)cv_form_errors_json(form, true);
    ck_assert_uint_gt(cv_form_html(form, CV_FORM_DIV).length, 0);
    uint64_t took = cv_monotonic_ms() - start;
    ck_assert_msg(took < 20000, "%s took %d ms", what, (int)took);
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
}

START_TEST(long_values_end)
{
    static const char *const pieces[] = {
        "9", "a", "[", "-", " ", "\"", "{\"a\":", "1e", "a@b.", "http://a/", ":", "\xc3\xb6", "<>&'", "."};
    for (size_t i = 0; i < CV_COUNT_OF(pieces); i++) {
        CvBuffer value = cv_buffer(cv_arena());
        while (value.length < LONG)
            cv_buffer_append_string(&value, pieces[i]);
        overdo(pieces[i], cv_buffer_slice(&value));
    }
}
END_TEST

START_TEST(deep_names_are_names)
{
    CvBuffer name = cv_buffer(cv_arena());
    CvError error;
    for (int i = 0; i < 100000; i++)
        cv_buffer_append_string(&name, "form-0-[a].b-");
    CvQueryDict *data = cv_querydict_create(cv_arena());
    cv_querydict_add(data, cv_buffer_slice(&name), CV_SLICE("1"));
    cv_querydict_add(data, CV_SLICE("form-TOTAL_FORMS"), CV_SLICE("1000000000000000000000000"));
    cv_querydict_add(data, CV_SLICE("form-INITIAL_FORMS"), CV_SLICE("0"));
    const CvFormSetType set_type = {.form = form_of_all(), .extra = 1, .max_num = 3};
    CvFormSet *set = cv_formset_create(&set_type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
    ck_assert_uint_le(set->count, 1003);
    ck_assert(!cv_formset_is_valid(set));
    /* Values nested in JSON: refused, not walked. */
    CvFormField json = cv_form_field("json", &cv_json_form_field);
    CvInvalids invalids = {.arena = cv_arena()};
    CvValue value;
    cv_form_field_prepare(&json, cv_arena());
    name.length = 0;
    for (int i = 0; i < 100000; i++)
        cv_buffer_append_byte(&name, '[');
    for (int i = 0; i < 100000; i++)
        cv_buffer_append_byte(&name, ']');
    ck_assert(
        !cv_field_clean(&json, cv_arena(), cv_value_slice(cv_buffer_slice(&name)), cv_value_null(), &value, &invalids));
    ck_assert_uint_eq(invalids.count, 1);
    (void)error;
}
END_TEST

/* A multipart body with `count` files. */
static CvSlice upload(int count)
{
    CvBuffer body = cv_buffer(cv_arena());
    for (int i = 0; i < count; i++)
        cv_buffer_printf(
            &body, "--x\r\nContent-Disposition: form-data; name=\"f21\"; filename=\"%d.txt\"\r\n\r\nhello\r\n", i);
    cv_buffer_append_string(&body, "--x--\r\n");
    return cv_buffer_slice(&body);
}

START_TEST(many_files_are_refused)
{
    static const int counts[] = {99, 100, 101, 10000};
    for (size_t i = 0; i < CV_COUNT_OF(counts); i++) {
        CvMultipartOptions options = {
            .field_bytes = 1 << 20, .field_count = 1000, .file_count = 100, .memory_size = 1000};
        CvError error = {0};
        CvQueryDict *post;
        CvFiles *files;
        CvMultipart *parser = cv_multipart_create(cv_arena(), CV_SLICE("x"), &options, &error);
        bool taken =
            cv_multipart_feed(parser, upload(counts[i]), &error) && cv_multipart_finish(parser, &post, &files, &error);
        ck_assert_int_eq(taken, counts[i] <= 100);
        if (!taken) {
            ck_assert_int_eq(error.kind, CV_ERROR_TOO_MANY_FILES);
            continue;
        }
        CvForm *form = bound(form_of_all(), post, files);
        (void)cv_form_is_valid(form);
        CvValue last = cv_cleaned(form, "f21");
        ck_assert_str_eq(((const CvUploadedFile *)last.object)->name, cv_printf("%d.txt", counts[i] - 1));
    }
}
END_TEST

START_TEST(pixels_are_bounded)
{
    /* Heads of GIFs: nothing is decoded, and the size they claim counts; their frame of 1 x 1 makes a narrower one
     * wider. */
    static const struct {
        uint16_t width, height;
        bool fine;
    } sizes[] = {{1, 1, true}, {13377, 13377, true}, {13378, 13378, false}, {65535, 65535, false}, {0, 5, true}};
    CvFormField image = cv_form_field("image", &cv_image_form_field);
    cv_form_field_prepare(&image, cv_arena());
    for (size_t i = 0; i < CV_COUNT_OF(sizes); i++) {
        uint8_t head[] = "GIF89a\0\0\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";
        CvInvalids invalids = {.arena = cv_arena()};
        CvValue value;
        memcpy(head + 6, &sizes[i].width, 2);
        memcpy(head + 8, &sizes[i].height, 2);
        CvUploadedFile file = {.object = {&cv_uploaded_file_type},
                               .name = "a.gif",
                               .size = sizeof head - 1,
                               .content = cv_slice_of((const char *)head, sizeof head - 1)};
        bool fine = cv_field_clean(&image, cv_arena(), cv_value_object(&file), cv_value_null(), &value, &invalids);
        ck_assert_msg(fine == sizes[i].fine, "%u x %u", sizes[i].width, sizes[i].height);
    }
}
END_TEST

/* The message names the bound that was passed: ours, or Python's beyond it. */
START_TEST(durations_are_bounded)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"106751991 04:00:54.775807", NULL},
        {"106751992 00:00:00", "The number of days must be between -106751991 and 106751991."},
        {"-999999999 00:00:00", "The number of days must be between -106751991 and 106751991."},
        {"1000000000 00:00:00", "The number of days must be between -999999999 and 999999999."},
    };
    CvFormField field = cv_form_field("span", &cv_duration_form_field);
    cv_form_field_prepare(&field, cv_arena());
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvInvalids invalids = {.arena = cv_arena()};
        CvValue value;
        bool fine =
            cv_field_clean(&field, cv_arena(), cv_value_string(cases[i].text), cv_value_null(), &value, &invalids);
        ck_assert_msg(fine == !cases[i].message, "%s", cases[i].text);
        if (!fine)
            ck_assert_str_eq(invalids.items[0].message, cases[i].message);
    }
}
END_TEST

UNIT_TESTS("forms/limits", too_many_fields_are_refused, long_values_end, deep_names_are_names, many_files_are_refused,
           pixels_are_bounded, durations_are_bounded)
