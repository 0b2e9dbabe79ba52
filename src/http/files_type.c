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

/* <InMemoryUploadedFile: notes.txt (text/plain)> */
static CvSlice file_repr(const void *object, CvArena *arena)
{
    const CvUploadedFile *file = object;

    return cv_slice(cv_arena_printf(arena, "<%sUploadedFile: %s (%s)>", file->path ? "Temporary" : "InMemory",
                                    file->name, file->content_type));
}

const CvType cv_uploaded_file_type = {
    .magic = CV_TYPE_MAGIC, .name = "UploadedFile", .get = file_get, .str = file_str, .repr = file_repr};

/* The first file of the next field, from `index` on; NULL at the end. */
static const CvUploadedFile *next_field(const CvFiles *files, size_t *index)
{
    while (*index < files->count) {
        const CvUploadedFile *file = files->items[(*index)++];
        if (cv_files_value(files, file->field, 0) == file)
            return file;
    }
    return NULL;
}

static CvList *files_of(const CvFiles *files, const char *field, CvArena *arena)
{
    CvList *list = cv_list_create(arena);

    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i]->field, field) == 0)
            cv_list_add(arena, list, cv_value_object(files->items[i]));
    return list;
}

/* "keys", "values", "items", "lists": Django's methods without arguments. */
static bool method(const CvFiles *files, CvSlice name, CvArena *arena, CvValue *out)
{
    bool keys = cv_slice_is(name, "keys"), values = cv_slice_is(name, "values"), lists = cv_slice_is(name, "lists");
    size_t index = 0;

    if (!keys && !values && !lists && !cv_slice_is(name, "items"))
        return false;
    CvList *list = cv_list_create(arena);
    for (const CvUploadedFile *file; (file = next_field(files, &index));) {
        CvValue key = cv_value_string(file->field), last = cv_value_object(cv_files_get(files, file->field));
        CvValue value = lists ? cv_value_list(files_of(files, file->field, arena)) : last;
        CvList *pair = keys || values ? NULL : cv_list_of(arena, 2, (CvValue[]){key, value});
        cv_list_add(arena, list, pair ? (CvValue){.kind = CV_TUPLE, .list = pair} : keys ? key : value);
    }
    *out = cv_value_list(list);
    return true;
}

static bool files_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvUploadedFile *file = cv_files_get(object, cv_slice_string(arena, name));

    if (!file)
        return method(object, name, arena, out);
    *out = cv_value_object(file);
    return true;
}

static bool files_truth(const void *object)
{
    return ((const CvFiles *)object)->count > 0;
}

static bool files_length(const void *object, size_t *out)
{
    size_t index = 0;

    for (*out = 0; next_field(object, &index); ++*out)
        continue;
    return true;
}

static bool next_name(CvIterator *iterator, CvValue *out)
{
    const CvUploadedFile *file = next_field(iterator->object, &iterator->index);

    if (file)
        *out = cv_value_string(file->field);
    return file != NULL;
}

static void files_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->index = 0;
    iterator->next = next_name;
}

static bool files_contain(const void *object, CvValue item)
{
    const CvFiles *files = object;

    for (size_t i = 0; i < files->count && cv_value_is_text(item); i++)
        if (cv_slice_is(cv_value_as_slice(item), files->items[i]->field))
            return true;
    return false;
}

/* <MultiValueDict: {'picture': [<InMemoryUploadedFile: a.png (image/png)>]}> */
static CvSlice files_repr(const void *object, CvArena *arena)
{
    CvBuffer out = cv_buffer(arena);
    size_t index = 0;
    const char *between = "";

    cv_buffer_append_string(&out, "<MultiValueDict: {");
    for (const CvUploadedFile *file; (file = next_field(object, &index));) {
        cv_buffer_append_string(&out, between);
        between = ", ";
        cv_value_append_repr(&out, cv_value_string(file->field));
        cv_buffer_append_string(&out, ": ");
        cv_value_append_repr(&out, cv_value_list(files_of(object, file->field, arena)));
    }
    cv_buffer_append_string(&out, "}>");
    return cv_buffer_slice(&out);
}

const CvType cv_files_type = {.magic = CV_TYPE_MAGIC,
                              .name = "MultiValueDict",
                              .get = files_get,
                              .truth = files_truth,
                              .length = files_length,
                              .iterate = files_iterate,
                              .contains = files_contain,
                              .str = files_repr,
                              .repr = files_repr};
