/* test_media.c: files of widgets and forms: merged in an order that suits all, with attributes. */
#include "unit.h"

#include "base/self.h"
#define CV_FORMS "media.def.h"
#include "forms/forms.h"
#define CV_FORMS "media.def.h"
#include "forms/forms_define.h"

static const char *html_of(const CvMedia *media)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_media_html(media, "/static/", &out);
    return cv_buffer_string(&out);
}

#define ADD(media, medium, ...)                                         \
    cv_media_add((media), (medium), (const CvMediaFile[]){__VA_ARGS__}, \
                 sizeof((const CvMediaFile[]){__VA_ARGS__}) / sizeof(CvMediaFile))

START_TEST(files_have_attributes)
{
    CvMedia media = {.arena = cv_arena()};
    ADD(&media, NULL, {"a.js", .attrs = CV_ATTRS("type", "module", "async", cv_attr_true)}, {"/b.js"});
    ADD(&media, "print", {"p.css", .attrs = CV_ATTRS("integrity", "sha256-\"x\"")});
    ck_assert_str_eq(html_of(&media), "<link href=\"/static/p.css\" integrity=\"sha256-&quot;x&quot;\" media=\"print\" "
                                      "rel=\"stylesheet\">\n"
                                      "<script src=\"/static/a.js\" type=\"module\" async></script>\n"
                                      "<script src=\"/b.js\"></script>");
}
END_TEST

START_TEST(files_are_the_same_with_the_same_path_and_attributes)
{
    CvMedia media = {.arena = cv_arena()};
    ADD(&media, NULL, {"a.js", .attrs = CV_ATTRS("type", "module", "id", "a")});
    ADD(&media, NULL, {"a.js", .attrs = CV_ATTRS("id", "a", "type", "module")});
    ADD(&media, NULL, {"a.js"});
    ADD(&media, NULL, {"a.js", .attrs = CV_ATTRS("id", "b", "type", "module")});
    ADD(&media, NULL, {"a.js", .attrs = CV_ATTRS("type", "module", "id", cv_attr_true)});
    size_t count;
    bool conflict;
    (void)cv_media_merged(&media, NULL, &count, &conflict);
    ck_assert_uint_eq(count, 4);
    ck_assert(!conflict);
}
END_TEST

START_TEST(opposite_orders_are_told)
{
    CvMedia media = {.arena = cv_arena()};
    ADD(&media, NULL, {"a.js"}, {"b.js"});
    ADD(&media, NULL, {"b.js"}, {"a.js"});
    size_t count;
    bool conflict;
    const CvMediaFile *files = cv_media_merged(&media, NULL, &count, &conflict);
    ck_assert(conflict);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(files[0].path, "a.js");
}
END_TEST

START_TEST(a_widgets_files_of_a_medium_are_one_list)
{
    MediaForm *form = (MediaForm *)cv_form_create(&MediaForm_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    CvMedia media = cv_form_media(&form->form);
    ck_assert_str_eq(html_of(&media), "<link href=\"/static/b.css\" media=\"all\" rel=\"stylesheet\">\n"
                                      "<link href=\"/static/form.css\" media=\"all\" rel=\"stylesheet\">\n"
                                      "<link href=\"/static/a.css\" media=\"all\" rel=\"stylesheet\">\n"
                                      "<script src=\"/static/map.js\" type=\"module\"></script>\n"
                                      "<script src=\"/static/form.js\"></script>");
}
END_TEST

UNIT_TESTS("forms/media", files_have_attributes, files_are_the_same_with_the_same_path_and_attributes,
           opposite_orders_are_told, a_widgets_files_of_a_medium_are_one_list)
