/* test_stored_file.c: uploads into rows, and how a stored file is shown, kept, replaced and cleared. */
#include "unit.h"

#include "base/self.h"
#include "forms/forms.h"

static CvFileStorage storage = {.kind = &cv_in_memory_storage, .base_url = "/media/"};
static const CvModel *document;
static const CvColumn *paper;

static void begin(void)
{
    static const CvModel *models[2];
    CvErrors errors = {.arena = cv_arena()};
    CvField fields[] = {cv_field("paper", &cv_file_field, NULL, .upload_to = "papers", .blank = true)};
    storage.data = cv_memory_files_create();
    static const CvStorageAlias aliases[] = {{"default", &storage}, {0}};
    cv_set_storages(aliases);
    models[0] = document = cv_model_build(cv_arena(), "Document", fields, 1, NULL);
    cv_models_add("desk", models);
    ck_assert(cv_models_ready(&errors));
    paper = cv_model_column(document, CV_SLICE("paper"));
}

static CvUploadedFile upload(const char *name, const char *text)
{
    return (CvUploadedFile){.object = {&cv_uploaded_file_type},
                            .name = name,
                            .content = cv_slice(text),
                            .size = strlen(text),
                            .content_type = "text/plain"};
}

static CvFieldFile *member(void *row)
{
    return (CvFieldFile *)(void *)((char *)row + paper->offset);
}

START_TEST(an_upload_goes_into_the_row)
{
    begin();
    CvUploadedFile file = upload("a.txt", "hello");
    void *row = cv_row_new(document);
    cv_form_set_row_file(row, paper, cv_value_object(&file));
    ck_assert_str_eq(member(row)->name, "a.txt");
    ck_assert_uint_eq(member(row)->file->size, 5);
    ck_assert_str_eq(member(row)->file->content_type, "text/plain");
    cv_form_set_row_file(row, paper, cv_value_null());
    ck_assert_str_eq(member(row)->name, "a.txt");
    cv_form_set_row_file(row, paper, cv_value_object(cv_row_file(row, paper)));
    ck_assert_str_eq(member(row)->name, "a.txt");
    cv_form_set_row_file(row, paper, cv_value_bool(false));
    ck_assert_str_eq(member(row)->name, "");
    ck_assert_ptr_null(cv_file_of_upload(cv_arena(), NULL));
}
END_TEST

static CvForm *form_over(CvValue initial, const char *query, CvFiles *files)
{
    CvFormField field = cv_form_field("paper", &cv_file_form_field);
    CvError error;
    field.required = false;
    field.initial = initial;
    CvFormType *type = cv_form_type_build(cv_arena(), "Desk", &field, 1, NULL);
    CvQueryDict *data = query ? cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error) : NULL;
    return cv_form_create(type, &(CvFormInput){.arena = cv_arena(), .data = data, .files = files}, NULL);
}

static bool shows(CvForm *form, const char *text)
{
    return cv_slice_find(cv_form_html(form, CV_FORM_DIV), cv_slice(text)) >= 0;
}

START_TEST(a_stored_file_is_shown_and_kept)
{
    begin();
    void *row = cv_row_new(document);
    member(row)->name = "papers/<a> b.txt";
    CvValue stored = cv_value_object(cv_row_file(row, paper));
    CvForm *form = form_over(stored, NULL, NULL);
    ck_assert(shows(form, "Currently: <a href=\"/media/papers/%3Ca%3E%20b.txt\">papers/&lt;a&gt; b.txt</a>"));
    ck_assert(shows(form, "name=\"paper-clear\""));
    /* Nothing came: the value is what is stored. */
    form = form_over(stored, "x=1", NULL);
    ck_assert(cv_form_is_valid(form));
    ck_assert_ptr_eq(cv_cleaned(form, "paper").object, stored.object);
    ck_assert(!cv_form_has_changed(form));
    /* "Clear" alone gives false. */
    form = form_over(stored, "paper-clear=on", NULL);
    ck_assert(cv_form_is_valid(form));
    CvValue cleaned = cv_cleaned(form, "paper");
    ck_assert(cleaned.kind == CV_BOOL && !cleaned.boolean);
    ck_assert(cv_form_has_changed(form));
    /* Both are a contradiction, and the box stays checked. */
    CvUploadedFile file = upload("new.txt", "new"), *items[] = {&file};
    file.field = "paper";
    CvFiles files = {.object = {&cv_files_type}, .items = items, .count = 1};
    form = form_over(stored, "paper-clear=on", &files);
    ck_assert(!cv_form_is_valid(form));
    ck_assert(shows(form, "Please either submit a file or check the clear checkbox, not both."));
    /* A new one replaces it. */
    form = form_over(stored, "x=1", &files);
    ck_assert(cv_form_is_valid(form));
    ck_assert_ptr_eq(cv_cleaned(form, "paper").object, &file);
    /* A row without a file shows none. */
    member(row)->name = "";
    ck_assert(!shows(form_over(stored, NULL, NULL), "Currently"));
}
END_TEST

UNIT_TESTS("forms/stored_file", an_upload_goes_into_the_row, a_stored_file_is_shown_and_kept)
