/* test_project.c: what starting a site tells the floors below. */
#include "unit.h"

#include "forms/forms.h"
#include "http/http.h"
#include "orm/orm.h"
#include "urls/urls.h"
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

START_TEST(storages_follow_the_settings)
{
    static const CvFileStorage own = {.kind = &cv_in_memory_storage}, covers = {.kind = &cv_in_memory_storage};
    CvErrors errors = {.arena = cv_arena()};
    CvSettings settings = {.secret_key = "k",
                           .base_dir = "/srv/site",
                           .media_root = "media",
                           .media_url = "/m/",
                           .file_upload_permissions = "0o640",
                           .file_upload_directory_permissions = "750"};
    ck_assert(cv_project_start(&settings, NULL, &errors));
    const CvFileStorage *storage = cv_default_storage();
    ck_assert_str_eq(storage->location, "/srv/site/media");
    ck_assert_str_eq(storage->base_url, "/m/");
    ck_assert_uint_eq(storage->file_permissions, 0640);
    ck_assert_uint_eq(storage->folder_permissions, 0750);
    settings.storages = CV_STORAGES({"covers", &covers}, {"default", &own});
    ck_assert(cv_project_start(&settings, NULL, &errors));
    ck_assert_ptr_eq(cv_default_storage(), &own);
    ck_assert_ptr_eq(cv_storage_of("covers"), &covers);
    settings.file_upload_permissions = "rw-r--r--";
    ck_assert(!cv_project_start(&settings, NULL, &errors));
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "FILE_UPLOAD_PERMISSIONS"));
    cv_project_stop();
    ck_assert_ptr_null(cv_storage_of("covers"));
}
END_TEST

static CvResponse *page(CvRequest *request)
{
    return cv_response_text(request->arena, "page");
}

START_TEST(errors_of_others_do_not_count)
{
    static const CvUrl open_to_all[] = {CV_PATH("", page), CV_URLS_END};
    static const CvUrl guarded[] = {CV_PATH("", page, .login_required = true), CV_URLS_END};
    CvErrors errors = {.arena = cv_arena()};
    cv_errors_add(&errors, CV_ERROR_CONFIGURATION, "Something else is wrong.");
    ck_assert(cv_project_start(&(CvSettings){.secret_key = "k", .urls = open_to_all}, NULL, &errors));
    ck_assert_uint_eq(errors.count, 1);
    ck_assert(!cv_project_start(&(CvSettings){.secret_key = "k", .urls = guarded}, NULL, &errors));
    ck_assert_uint_eq(errors.count, 2);
    ck_assert_ptr_nonnull(strstr(errors.items[1]->message, "asks for a login"));
    cv_project_stop();
}
END_TEST

static const char *checked(const CvField *field)
{
    static const CvModel *models[2];
    CvErrors errors = {.arena = cv_arena()};
    CvChecks checks = {.arena = cv_arena()};
    CvBuffer said = cv_buffer(cv_arena());
    models[0] = cv_model_build(cv_arena(), "Document", field, 1, NULL);
    static CvApp desk;
    desk = (CvApp){.name = "desk", .models = models};
    ck_assert(cv_project_start(&(CvSettings){.secret_key = "k", .apps = CV_APPS(&desk)}, NULL, &errors));
    cv_checks_run(&checks);
    cv_checks_describe(&checks, &said, false);
    cv_project_stop();
    return cv_buffer_string(&said);
}

START_TEST(file_fields_are_checked)
{
    CvField field = cv_field("scan", &cv_image_field, NULL, .upload_to = "/etc", .width_field = "wdth");
    const char *said = checked(&field);
    ck_assert_ptr_nonnull(strstr(said, "fields.E202"));
    ck_assert_ptr_nonnull(strstr(said, "files.E001"));
    ck_assert_ptr_nonnull(strstr(said, "files.W001"));
    static const CvFileStorage own = {.kind = &cv_in_memory_storage};
    field = cv_field("scan", &cv_image_field, NULL, .upload_to = "scans", .storage = &own);
    ck_assert_ptr_null(strstr(checked(&field), "desk.Document"));
}
END_TEST

UNIT_TESTS("web/project", errors_of_others_do_not_count, media_of_forms_stand_below_static_url,
           storages_follow_the_settings, file_fields_are_checked)
