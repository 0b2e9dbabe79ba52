/* fuzz_forms_multipart.c: a multipart body into a form with files: text fields, an upload, an image, the box that
 * clears a file, and a formset of them. Whatever comes, the form answers. */
#include "base/self.h"
#include "forms/forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static CvFormType *type_of(CvArena *arena)
{
    CvFormField fields[] = {cv_form_field("t", &cv_char_form_field), cv_form_field("n", &cv_integer_form_field),
                            cv_form_field("f", &cv_file_form_field), cv_form_field("i", &cv_image_form_field),
                            cv_form_field("m", &cv_multiple_choice_form_field)};
    fields[2].required = false;
    fields[2].max_length = 20;
    fields[3].allow_empty_file = true;
    return cv_form_type_build(arena, "Upload", fields, CV_COUNT_OF(fields), NULL);
}

static void use(CvArena *arena, const CvFormType *type, const CvQueryDict *post, const CvFiles *files)
{
    const CvFormInput input = {.arena = arena, .data = post, .files = files};
    CvForm *form = cv_form_create(type, &input, NULL);
    if (cv_form_is_valid(form)) {
        CvValue file = cv_cleaned(form, "f");
        if (file.kind == CV_OBJECT && !cv_file_of_upload(arena, (CvUploadedFile *)(uintptr_t)file.object))
            __builtin_trap();
    }
    (void)cv_form_changed_data(form);
    (void)cv_form_html(form, CV_FORM_P);
    (void)cv_form_errors_text(form);
    const CvFormSetType set_type = {.form = type, .extra = 1, .max_num = 3, .can_delete = true, .can_order = true};
    CvFormSet *set = cv_formset_create(&set_type, &input, NULL);
    if (set->count > 1003)
        __builtin_trap();
    if (set->count < 20)
        (void)cv_formset_is_valid(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvArena *outer = cv_arena_enter(arena);
    CvMultipartOptions options = {
        .field_bytes = 100000, .field_count = 1000, .file_count = 100, .memory_size = CV_NO_MEMORY - 1};
    CvError error;
    CvQueryDict *post;
    CvFiles *files;
    CvMultipart *parser = cv_multipart_create(arena, CV_SLICE("x"), &options, &error);
    if (cv_multipart_feed(parser, cv_slice_of((const char *)data, size), &error) &&
        cv_multipart_finish(parser, &post, &files, &error))
        use(arena, type_of(arena), post, files);
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
    return 0;
}
