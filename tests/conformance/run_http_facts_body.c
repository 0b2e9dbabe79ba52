/* run_http_facts_body.c: forms and uploads. */
#include "run_http_facts.h"

/* Content-Length as a WSGI server would hand it on: what is no number is none. */
static bool sent_length(const CvDict *record, CvSlice body, uint64_t *length)
{
    CvValue given = record_get(record, "content_length");
    CvSlice text = given.kind == CV_STRING ? cv_slice_trim(cv_value_as_slice(given)) : (CvSlice){NULL, 0};

    *length = body.length;
    return !record_has(record, "content_length") || (text.length && cv_slice_to_uint64(text, length));
}

static CvValue file_value(CvArena *arena, const CvUploadedFile *file)
{
    CvDict *dict = cv_dict_create(arena), *extra = cv_dict_create(arena);
    CvMediaParams params;
    CvSlice text, header = cv_slice(cv_arena_printf(arena, "x; %.*s", CV_SLICE_ARG(file->content_type_extra)));

    if (file->content_type_extra.length && cv_media_params(arena, header, &params, NULL))
        for (size_t i = 0; i < params.list.count; i++)
            if (cv_charset_decode(arena, CV_SLICE("latin-1"), params.list.items[i].value,
                                  &text)) /* recorded as bytes */
                cv_dict_set(extra, cv_value_slice(params.list.items[i].name), cv_value_slice(text));
    cv_dict_set_name(dict, "field", cv_value_string(file->field));
    cv_dict_set_name(dict, "name", cv_value_string(file->name));
    cv_dict_set_name(dict, "content_type", cv_value_string(file->content_type));
    cv_dict_set_name(dict, "charset", cv_value_string(file->charset));
    cv_dict_set_name(dict, "size", cv_value_int((int64_t)file->size));
    cv_dict_set_name(dict, "extra", cv_value_dict(extra));
    cv_dict_set_name(dict, "content", cv_value_slice(file->path ? *(CvSlice *)file->stored : file->content));
    return cv_value_dict(dict);
}

static bool same_files(CvArena *arena, const CvDict *record, CvBuffer *why, const CvFiles *files)
{
    const CvList *expected = record_get(record, "files").list;

    if (!same_value(arena, why, "files", cv_value_int((int64_t)expected->count), cv_value_int((int64_t)files->count)))
        return false;
    for (size_t i = 0; i < files->count; i++) {
        CvDict *wanted = (CvDict *)(uintptr_t)expected->items[i].dict;
        cv_dict_set_name(wanted, "content", cv_value_slice(records_bytes(arena, record_text(wanted, "content"))));
        if (!same_value(arena, why, "file", cv_value_dict(wanted), file_value(arena, files->items[i])))
            return false;
    }
    return true;
}

/* A store in memory, in place of temporary files. */
static void *store_open(void *self, CvArena *arena, const char *name, const char **path, CvError *error)
{
    (void)self;
    (void)name;
    (void)error;
    CvBuffer *file = cv_arena_new(arena, CvBuffer);
    *file = cv_buffer(arena);
    *path = "memory";
    return file;
}
static bool store_write(void *handle, CvSlice bytes, CvError *error)
{
    (void)error;
    cv_buffer_append_slice(handle, bytes);
    return true;
}
static void store_close(void *handle, bool keep)
{
    (void)handle;
    (void)keep;
}
static const CvUploadStore store = {NULL, store_open, store_write, store_close};

static bool same_post(CvArena *arena, const CvDict *record, CvBuffer *why, const CvQueryDict *post)
{
    CvList *all = cv_list_create(arena);

    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(post, item));) {
        CvList *values = cv_list_create(arena);
        for (size_t i = 0; i < item->count; i++)
            cv_list_add(arena, values, cv_value_slice(item->values[i]));
        CvValue pair[] = {cv_value_slice(item->name), cv_value_list(values)};
        cv_list_add(arena, all, cv_value_list(cv_list_of(arena, 2, pair)));
    }
    return same_value(arena, why, "post", record_get(record, "post"), cv_value_list(all));
}

static bool body(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice bytes = records_bytes(arena, record_text(record, "body"));
    CvValue type = record_get(record, "content_type");
    const char *headers[5] = {NULL};
    uint64_t length;
    CvError error = {0};

    if (type.kind == CV_STRING) {
        headers[0] = "Content-Type";
        headers[1] = cv_slice_string(arena, cv_value_as_slice(type));
    }
    if (!sent_length(record, bytes, &length))
        length = 0;
    bytes = cv_slice_range(bytes, 0, length < bytes.length ? (size_t)length : bytes.length);
    const char *method = record_string(arena, record, "method");
    CvRequest *request = cv_request_make(arena, strcmp(method, "post") == 0 ? "POST" : method, "/", headers, bytes,
                                         facts_settings(arena, record));
    request->content_length = (int64_t)length;
    request->upload_store = &store;
    bool done = cv_request_load_post(request, &error);
    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, &error);
    return same_post(arena, record, why, cv_request_post(request)) &&
           same_files(arena, record, why, cv_request_files(request));
}

const FactCheck http_body_checks[] = {{"body", body}, {NULL, NULL}};
