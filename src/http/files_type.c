/* files_type.c: uploaded files: looking them up, and as templates see them. */
#include "http/multipart.h"

CvUploadedFile *cv_files_value(const CvFiles *files, const char *field, size_t index)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->field, field) == 0 && index-- == 0)
            return files->items[i];
    return NULL;
}

CvUploadedFile *cv_files_get(const CvFiles *files, const char *field)
{
    for (size_t i = files->count; i > 0; i--)
        if (strcmp(files->items[i - 1]->field, field) == 0)
            return files->items[i - 1];
    return NULL;
}

static bool file_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvUploadedFile *file = object;

    (void)arena;
    if (cv_slice_is(name, "name"))
        *out = cv_value_string(file->name);
    else if (cv_slice_is(name, "size"))
        *out = cv_value_int((int64_t)file->size);
    else if (cv_slice_is(name, "content_type"))
        *out = cv_value_string(file->content_type);
    else if (cv_slice_is(name, "charset"))
        *out = cv_value_string(file->charset);
    else
        return false;
    return true;
}

static CvSlice file_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_slice(((const CvUploadedFile *)object)->name);
}

const CvType cv_uploaded_file_type = {.magic = CV_TYPE_MAGIC, .name = "UploadedFile", .get = file_get, .str = file_str};

static bool files_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvUploadedFile *file = cv_files_get(object, cv_slice_string(arena, name));

    if (file)
        *out = cv_value_object(file);
    return file != NULL;
}

static bool files_truth(const void *object)
{
    return ((const CvFiles *)object)->count > 0;
}

static bool files_length(const void *object, size_t *out)
{
    const CvFiles *files = object;

    *out = 0;
    for (size_t i = 0; i < files->count; i++) /* different fields */
        *out += cv_files_value(files, files->items[i]->field, 0) == files->items[i];
    return true;
}

const CvType cv_files_type = {
    .magic = CV_TYPE_MAGIC, .name = "MultiValueDict", .get = files_get, .truth = files_truth, .length = files_length};
