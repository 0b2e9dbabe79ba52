/* test_form.c: a form of a list file: typed members, errors, hooks, HTML, what templates see. */
#include "unit.h"

#include "base/self.h"
#define CV_FORMS "review.def.h"
#include "forms/forms.h"

static void review_clean(ReviewForm *form)
{
    if (form->stars && form->stars < 3 && !*form->text)
        cv_add_error(form, "text", "Please say why you gave %d.", (int)form->stars);
    if (form->year.set && form->year.value == 1984)
        cv_add_error(form, NULL, "Not that year.");
}

/* Changes its own value. */
static void title_clean(CvForm *form)
{
    ReviewForm *review = (ReviewForm *)form;
    review->title = cv_printf("%s!", review->title);
}

static CvOptions tag_options(CvArena *arena)
{
    CvOption *items = cv_arena_new_array(arena, CvOption, 2);
    items[0] = (CvOption){.value = CV_VALUE(1), .label = CV_VALUE("One")};
    items[1] = (CvOption){.value = CV_VALUE(2), .label = CV_VALUE("Two")};
    return (CvOptions){items, 2};
}

#define CV_FORMS "review.def.h"
#include "forms/forms_define.h"

static ReviewForm *bound(const char *query)
{
    CvError error;
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error);
    ck_assert_ptr_nonnull(data);
    return (ReviewForm *)cv_form_create(&ReviewForm_type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
}

static const char *const good =
    "stars=4&text=+Fine+&title=Emma&price=9.90&kind=b&year=1815&day=2024-02-29&terms=on&tags=1&tags=2";

START_TEST(cleaned_values_are_typed_members)
{
    ReviewForm *form = bound(good);
    ck_assert(cv_is_valid(form));
    ck_assert_int_eq(form->stars, 4);
    ck_assert_str_eq(form->text, "Fine");
    ck_assert_str_eq(form->price.text, "9.90");
    ck_assert_str_eq(form->kind, "b");
    ck_assert(form->year.set && form->year.value == 1815);
    ck_assert(form->terms);
    ck_assert_int_eq(form->day.day, 29);
    ck_assert_uint_eq(form->tags->count, 2);
}
END_TEST

START_TEST(a_field_hook_may_change_its_value)
{
    ReviewForm *form = bound(good);
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->title, "Emma!");
    ck_assert_str_eq(cv_cleaned(&form->form, "title").text, "Emma!");
}
END_TEST

START_TEST(empty_fields_leave_zero)
{
    ReviewForm *form = bound("stars=3&title=a&kind=m");
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->text, "");
    ck_assert_ptr_null(form->price.text);
    ck_assert(!form->year.set && !form->terms && !cv_date_is_set(form->day));
}
END_TEST

static const char *first_error(ReviewForm *form, const char *name)
{
    CvBoundField *field = cv_form_field_of(&form->form, name);
    const CvErrorList *errors = cv_bound_errors(field);
    return errors->count ? cv_slice_string(cv_arena(), cv_invalid_text(cv_arena(), &errors->items[0])) : "";
}

START_TEST(errors_are_collected)
{
    ReviewForm *form = bound("stars=9&title=abcdef&price=0.10&kind=x&year=y&day=2023-02-29&tags=3");
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(form, "stars"), "Ensure this value is less than or equal to 5.");
    ck_assert_str_eq(first_error(form, "title"), "Ensure this value has at most 5 characters (it has 6).");
    ck_assert_str_eq(first_error(form, "price"), "Ensure this value is greater than or equal to 0.50.");
    ck_assert_str_eq(first_error(form, "kind"), "Select a valid choice. x is not one of the available choices.");
    ck_assert_str_eq(first_error(form, "year"), "Enter a whole number.");
    ck_assert_str_eq(first_error(form, "day"), "Enter a valid date.");
    ck_assert_str_eq(first_error(form, "tags"), "Select a valid choice. 3 is not one of the available choices.");
    ck_assert(cv_form_has_error(&form->form, "stars", "max_value"));
    ck_assert_int_eq(cv_cleaned(&form->form, "stars").kind, CV_MISSING);
}
END_TEST

START_TEST(integers_beyond_the_member_are_refused)
{
    ReviewForm *form = bound("stars=3&title=a&kind=b&year=9223372036854775807");
    ck_assert(cv_is_valid(form) && form->year.value == INT64_MAX);
    form = bound("stars=3&title=a&kind=b&year=9223372036854775808");
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(form, "year"), "Ensure this value is less than or equal to 9223372036854775807.");
    form = bound("stars=3&title=a&kind=b&year=-9223372036854775809");
    ck_assert_str_eq(first_error(form, "year"), "Ensure this value is greater than or equal to -9223372036854775808.");
}
END_TEST

START_TEST(hooks_add_errors)
{
    ReviewForm *form = bound("stars=1&title=a&kind=b&year=1984");
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(form, "text"), "Please say why you gave 1.");
    ck_assert(cv_form_has_error(&form->form, NULL, NULL));
    ck_assert_ptr_nonnull(strstr(cv_slice_string(cv_arena(), cv_form_html(&form->form, CV_FORM_P)),
                                 "<ul class=\"errorlist nonfield\"><li>Not that year.</li></ul>"));
}
END_TEST

START_TEST(errors_are_data)
{
    ReviewForm *form = bound("stars=9&title=a&kind=b&year=1984");
    const char *name;
    const CvErrorList *errors = cv_form_errors_at(&form->form, 0, &name);
    ck_assert_str_eq(name, "stars");
    ck_assert_str_eq(errors->items[0].code, "max_value");
    ck_assert_int_eq(errors->items[0].params[0].value.integer, 5);
    errors = cv_form_errors_at(&form->form, 1, &name);
    ck_assert_str_eq(name, "__all__");
    ck_assert_uint_eq(errors->count, 1);
    ck_assert_ptr_null(cv_form_errors_at(&form->form, 2, &name));
    CvSlice text = cv_value_repr(cv_arena(), cv_value_dict(cv_form_errors_data(&form->form, true)));
    ck_assert_str_eq(cv_slice_string(cv_arena(), text),
                     "{'stars': [{'message': 'Ensure this value is less than or equal to 5.', 'code': 'max_value'}], "
                     "'__all__': [{'message': 'Not that year.', 'code': ''}]}");
    ck_assert_ptr_null(cv_form_errors_at(&bound(good)->form, 0, &name));
}
END_TEST

START_TEST(unbound_forms_show_initial_values)
{
    CvFormOptions options = {.initial = cv_initial("stars", 3, "title", "<b>"), .prefix = "r"};
    CvForm *form = cv_form_create(&ReviewForm_type, &(CvFormInput){.arena = cv_arena()}, &options);
    ck_assert(!cv_form_is_valid(form));
    CvSlice html = cv_bound_html(cv_form_field_of(form, "title"));
    ck_assert_str_eq(cv_slice_string(cv_arena(), html), "<input type=\"text\" name=\"r-title\" value=\"&lt;b&gt;\" "
                                                        "maxlength=\"5\" required id=\"id_r-title\">");
    html = cv_bound_html(cv_form_field_of(form, "terms"));
    ck_assert_str_eq(cv_slice_string(cv_arena(), html),
                     "<input type=\"checkbox\" name=\"r-terms\" id=\"id_r-terms\" checked>");
}
END_TEST

static CvValue member(CvValue object, const char *name)
{
    const CvType *type = cv_type_of(object.object);
    CvValue out = {.kind = CV_MISSING};
    ck_assert_msg(type->get(object.object, cv_slice(name), cv_arena(), &out), "%s", name);
    return out;
}

START_TEST(templates_look_into_forms)
{
    ReviewForm *form = bound("stars=&title=a&kind=b");
    CvValue object = cv_value_object(form), stars = member(object, "stars");
    ck_assert_str_eq(cv_value_str(cv_arena(), member(stars, "label_tag")).data,
                     "<label for=\"id_stars\">Stars:</label>");
    ck_assert_str_eq(member(stars, "help_text").text, "From 1 to 5");
    ck_assert_ptr_nonnull(strstr(cv_slice_string(cv_arena(), cv_value_str(cv_arena(), member(stars, "errors"))),
                                 "This field is required."));
    CvIterator iterator = {.arena = cv_arena()};
    cv_form_object_type.iterate(object.object, &iterator);
    CvValue field;
    size_t fields = 0;
    while (iterator.next(&iterator, &field))
        fields++;
    ck_assert_uint_eq(fields, 9);
    size_t choices;
    ck_assert(cv_bound_field_type.length(member(object, "kind").object, &choices));
    ck_assert_uint_eq(choices, 2);
    ck_assert(!cv_form_object_type.get(object.object, cv_slice("nothing"), cv_arena(), &field));
}
END_TEST

START_TEST(media_of_widgets)
{
    CvFormField fields[] = {cv_form_field("a", &cv_char_form_field), cv_form_field("b", &cv_char_form_field)};
    fields[0].widget = CV_WIDGET(text_input, .js = CV_LIST("a.js", "b.js"), .css = CV_LIST("all", "a.css"));
    fields[1].widget = CV_WIDGET(text_input, .js = CV_LIST("/z.js", "b.js"));
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", fields, 2, NULL);
    CvForm *form = cv_form_create(type, &(CvFormInput){.arena = cv_arena()}, NULL);
    cv_forms_set_static_url("/static/");
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_str(cv_arena(), member(cv_value_object(form), "media"))),
                     "<link href=\"/static/a.css\" media=\"all\" rel=\"stylesheet\">\n"
                     "<script src=\"/static/a.js\"></script>\n<script src=\"/z.js\"></script>\n"
                     "<script src=\"/static/b.js\"></script>");
}
END_TEST

START_TEST(changes_are_seen)
{
    CvError error;
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice("stars=3&title=b"), NULL, 0, &error);
    CvFormOptions options = {.initial = cv_initial("stars", 3, "title", "a", "terms", false)};
    CvForm *form = cv_form_create(&ReviewForm_type, &(CvFormInput){.arena = cv_arena(), .data = data}, &options);
    CvSlice names = cv_value_repr(cv_arena(), cv_value_list(cv_form_changed_data(form)));
    ck_assert_str_eq(cv_slice_string(cv_arena(), names), "['title']");
}
END_TEST

static void add_to_unknown(void *form)
{
    cv_form_add_error(form, "unknown", "x");
}

START_TEST(an_error_of_no_field_raises)
{
    CvError *error;
    ck_assert(!cv_try(add_to_unknown, bound(good), &error));
    ck_assert_str_eq(error->message, "'ReviewForm' has no field named 'unknown'.");
}
END_TEST

START_TEST(types_built_at_run_time)
{
    CvFormField fields[] = {cv_form_field("n", &cv_integer_form_field), cv_form_field("e", &cv_email_form_field)};
    fields[1].required = false;
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", fields, 2, NULL);
    CvError error;
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice("n=7&e=a%40b.co"), NULL, 0, &error);
    CvForm *form = cv_form_create(type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
    ck_assert(cv_form_is_valid(form));
    ck_assert_int_eq(cv_cleaned(form, "n").integer, 7);
    ck_assert_str_eq(cv_cleaned(form, "e").text, "a@b.co");
}
END_TEST

static int forms_made;
static void count_form(CvForm *form)
{
    (void)form;
    forms_made++;
}

static bool is_bound_by(const char *target, const char *prefix)
{
    static const char *const no_headers[] = {NULL};
    CvRequest *request = cv_request_make(cv_arena(), "GET", target, no_headers, CV_SLICE(""), NULL);
    CvFormOptions options = {.prefix = prefix, .init = count_form};
    ck_assert_ptr_nonnull(request);
    return cv_form_of_query(&ReviewForm_type, request, &options)->is_bound;
}

/* A check box that is not there was not sent, though its control is never left out. */
START_TEST(a_search_form_is_bound_by_its_names)
{
    ck_assert(!is_bound_by("/", NULL));
    ck_assert(!is_bound_by("/?page=2", NULL));
    ck_assert(is_bound_by("/?stars=", NULL));
    ck_assert(is_bound_by("/?terms=on", NULL));
    ck_assert(is_bound_by("/?tags=1", NULL));
    ck_assert(!is_bound_by("/?stars=1", "s"));
    ck_assert(is_bound_by("/?s-stars=1", "s"));
    ck_assert_int_eq(forms_made, 7);
}
END_TEST

UNIT_TESTS("forms/form", cleaned_values_are_typed_members, a_field_hook_may_change_its_value, empty_fields_leave_zero,
           errors_are_collected, integers_beyond_the_member_are_refused, hooks_add_errors, errors_are_data,
           unbound_forms_show_initial_values, templates_look_into_forms, media_of_widgets, changes_are_seen,
           an_error_of_no_field_raises, types_built_at_run_time, a_search_form_is_bound_by_its_names)
