/* test_project.c: what starting a site tells the floors below. */
#include "unit.h"

#include "forms/forms.h"
#include "web/web.h"

static const char *media(const char *static_url)
{
    CvErrors errors = {.arena = cv_arena()};
    ck_assert(cv_project_start(&(CvSettings){.static_url = static_url, .secret_key = "k"}, NULL, &errors));
    CvFormField fields[] = {cv_form_field("a", &cv_char_form_field)};
    fields[0].widget = CV_WIDGET(text_input, .js = CV_LIST("a.js"));
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", fields, 1, NULL);
    CvForm *form = cv_form_create(type, &(CvFormInput){.arena = cv_arena()}, NULL);
    return cv_slice_string(cv_arena(), cv_form_media_html(form));
}

START_TEST(media_of_forms_stand_below_static_url)
{
    ck_assert_str_eq(media(NULL), "<script src=\"/static/a.js\"></script>");
    ck_assert_str_eq(media("https://cdn.example/"), "<script src=\"https://cdn.example/a.js\"></script>");
}
END_TEST

UNIT_TESTS("web/project", media_of_forms_stand_below_static_url)
