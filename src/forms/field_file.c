/* field_file.c: fields of uploaded files and images. */
#include "base/self.h"
#include "forms/field_private.h"
#include "forms/stored_file.h"
#include "forms/widget_private.h"
#include "text/utf8.h"

static const CvWidget clearable = {.kind = &cv_clearable_file_input_kind};

static bool is_file(CvValue value)
{
    return value.kind == CV_OBJECT && value.object && cv_type_of(value.object) == &cv_uploaded_file_type;
}

static bool file_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    static const char *const names[] = {"max", "length"};
    (void)arena;
    if (cv_is_empty_value(in)) {
        *out = cv_value_null();
        return true;
    }
    if (!is_file(in))
        return cv_field_refuse(field, invalids, "invalid");
    const CvUploadedFile *file = in.object;
    int64_t length = (int64_t)cv_utf8_count(cv_slice(file->name));
    if (field->max_length >= 0 && length > field->max_length)
        return cv_field_refuse_with(field, invalids, "max_length",
                                    "Ensure this filename has at most %(max)d characters (it has %(length)d).", "max",
                                    2, names, (const CvValue[]){cv_value_int(field->max_length), cv_value_int(length)});
    if (length == 0)
        return cv_field_refuse(field, invalids, "invalid");
    if (!field->allow_empty_file && file->size == 0)
        return cv_field_refuse(field, invalids, "empty");
    return true;
}

static bool file_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                       CvInvalids *invalids)
{
    if (in.kind == CV_OBJECT && in.object == &cv_file_contradiction)
        return cv_field_refuse(field, invalids, "contradiction");
    if (in.kind == CV_BOOL && !in.boolean) {
        *out = in; /* "clear" */
        if (!field->required)
            return true;
        in = cv_value_null();
    }
    if (in.kind != CV_OBJECT && !cv_value_truth(in) && initial.kind != CV_MISSING && cv_value_truth(initial)) {
        *out = initial;
        return true;
    }
    return cv_field_clean_common(field, arena, in, initial, out, invalids);
}

static CvValue file_bound(const CvFormField *field, CvArena *arena, CvValue data, CvValue initial)
{
    (void)field;
    (void)arena;
    (void)data;
    return initial;
}

static bool file_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    (void)field;
    (void)arena;
    (void)initial;
    return data.kind != CV_NULL && data.kind != CV_MISSING;
}

static const char *const file_messages[] = {"invalid",
                                            "No file was submitted. Check the encoding type on the form.",
                                            "missing",
                                            "No file was submitted.",
                                            "empty",
                                            "The submitted file is empty.",
                                            "max_length",
                                            "Ensure this filename has at most %(max)d character (it has %(length)d).",
                                            "contradiction",
                                            "Please either submit a file or check the clear checkbox, not both.",
                                            NULL};
const CvFormFieldKind cv_file_form_field = {.name = "FileField",
                                            .base = &cv_base_form_field,
                                            .storage = CV_FORM_FILE,
                                            .widget = &clearable,
                                            .messages = file_messages,
                                            .convert = file_convert,
                                            .clean = file_clean,
                                            .bound_data = file_bound,
                                            .has_changed = file_changed};

/* ---- images ---- */

/* Twice what Pillow warns of: an image of more pixels is refused as a decompression bomb. */
static const uint64_t most_pixels = 178956970;

static bool image_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvImageInfo info;
    CvError error;
    if (!file_convert(field, arena, in, out, invalids))
        return false;
    if (out->kind == CV_NULL)
        return true;
    CvUploadedFile *upload = (CvUploadedFile *)(uintptr_t)out->object;
    CvFile *file = cv_file_of_upload(arena, upload);
    bool sound = cv_image_of_file(file, &info, &error);
    cv_file_close(file);
    if (!sound || (uint64_t)info.width * info.height > most_pixels)
        return cv_field_refuse(field, invalids, "invalid_image");
    upload->content_type = info.content_type;
    return true;
}

static const CvValidator *image_validators(const CvFormField *field)
{
    static CvValidator list[2];
    (void)field;
    list[0] = cv_validate_image_file_extension;
    return list;
}

static void image_attrs(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs)
{
    CvValue ignored;
    CvAttrs own = cv_widget_attrs(widget, attrs->arena);
    (void)field;
    bool file = widget->kind == &cv_file_input_kind || widget->kind == &cv_clearable_file_input_kind;
    if (file && !cv_attrs_get(&own, "accept", &ignored))
        cv_attrs_set(attrs, CV_SLICE("accept"), CV_VALUE("image/*"));
}

static const char *const image_messages[] = {
    "invalid_image", "Upload a valid image. The file you uploaded was either not an image or a corrupted image.", NULL};
const CvFormFieldKind cv_image_form_field = {.name = "ImageField",
                                             .base = &cv_file_form_field,
                                             .storage = CV_FORM_FILE,
                                             .messages = image_messages,
                                             .convert = image_convert,
                                             .own_validators = image_validators,
                                             .widget_attrs = image_attrs};
