/* run_http_facts_helpers.c: settings, headers and responses in the records' notation. */
#include "run_http_facts.h"

static uint64_t limit(CvValue value)
{
    if (value.kind == CV_NULL)
        return CV_NO_LIMIT;
    if (value.kind != CV_INT)
        return 0;
    return value.integer ? (uint64_t)value.integer : CV_LIMIT_ZERO;
}

static const char *const *strings(CvArena *arena, CvValue list)
{
    if (list.kind != CV_LIST)
        return NULL;
    const char **out = cv_arena_new_array(arena, const char *, list.list->count + 1);
    for (size_t i = 0; i < list.list->count; i++)
        out[i] = cv_slice_string(arena, cv_value_as_slice(list.list->items[i]));
    return out;
}

/* HTTP_X_FORWARDED_PROTO as X-FORWARDED-PROTO. */
static const char *header_of_meta(CvArena *arena, CvSlice name)
{
    char *text = cv_slice_string(arena, cv_slice_skip(name, 5));

    for (char *at = text; *at; at++)
        if (*at == '_')
            *at = '-';
    return text;
}

CvHttpSettings *facts_settings(CvArena *arena, const CvDict *record)
{
    static const char *const all[] = {"*", NULL};
    CvHttpSettings *settings = cv_arena_new(arena, CvHttpSettings);
    CvValue given = record_get(record, "settings"), value;

    settings->allowed_hosts = all;
    if (given.kind != CV_DICT)
        return settings;
    const CvDict *dict = given.dict;
    if (record_has(dict, "ALLOWED_HOSTS"))
        settings->allowed_hosts = strings(arena, record_get(dict, "ALLOWED_HOSTS"));
    settings->debug = cv_value_truth(record_get(dict, "DEBUG"));
    settings->use_x_forwarded_host = cv_value_truth(record_get(dict, "USE_X_FORWARDED_HOST"));
    settings->use_x_forwarded_port = cv_value_truth(record_get(dict, "USE_X_FORWARDED_PORT"));
    value = record_get(dict, "SECURE_PROXY_SSL_HEADER");
    if (value.kind == CV_LIST) {
        settings->secure_proxy_header = header_of_meta(arena, cv_value_as_slice(value.list->items[0]));
        settings->secure_proxy_value = cv_slice_string(arena, cv_value_as_slice(value.list->items[1]));
    }
    settings->data_upload_max_memory_size = limit(record_get(dict, "DATA_UPLOAD_MAX_MEMORY_SIZE"));
    settings->file_upload_max_memory_size = limit(record_get(dict, "FILE_UPLOAD_MAX_MEMORY_SIZE"));
    settings->data_upload_max_number_fields = limit(record_get(dict, "DATA_UPLOAD_MAX_NUMBER_FIELDS"));
    settings->data_upload_max_number_files = limit(record_get(dict, "DATA_UPLOAD_MAX_NUMBER_FILES"));
    return settings;
}

const char *const *facts_headers(CvArena *arena, CvValue dict)
{
    size_t count = 0;

    if (dict.kind != CV_DICT)
        return NULL;
    const char **out = cv_arena_new_array(arena, const char *, cv_dict_count(dict.dict) * 2 + 1);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict.dict, entry));) {
        out[count++] = cv_slice_string(arena, cv_value_as_slice(entry->key));
        out[count++] = cv_slice_string(arena, cv_value_str(arena, records_decode(arena, entry->value)));
    }
    return out;
}

static CvValue pair(CvArena *arena, CvSlice name, CvSlice value)
{
    return cv_value_list(cv_list_of(arena, 2, (CvValue[]){cv_value_slice(name), cv_value_slice(value)}));
}

static CvSlice name_of(CvValue item)
{
    return cv_value_as_slice(item.list->items[0]);
}

bool facts_same_headers(CvArena *arena, CvBuffer *why, CvValue expected, const CvResponse *response, bool sorted)
{
    CvList *list = cv_list_create(arena);

    for (size_t i = 0; i < response->headers.count; i++) {
        const CvHeader *header = &response->headers.items[i];
        cv_list_add(arena, list, pair(arena, header->name, header->value));
        /* The server writes the length of a file; Django keeps it behind the type. */
        if (response->kind == CV_RESPONSE_FILE && header->id == CV_HEADER_CONTENT_TYPE)
            cv_list_add(arena, list,
                        pair(arena, CV_SLICE("Content-Length"),
                             cv_slice(cv_arena_printf(arena, "%llu", (unsigned long long)response->file.length))));
    }
    for (size_t i = 1; sorted && i < list->count; i++)
        for (size_t at = i; at > 0 && cv_slice_compare(name_of(list->items[at - 1]), name_of(list->items[at])) > 0;
             at--) {
            CvValue moving = list->items[at];
            list->items[at] = list->items[at - 1];
            list->items[at - 1] = moving;
        }
    return same_value(arena, why, "headers", expected, cv_value_list(list));
}

bool facts_same_response(CvArena *arena, const CvDict *record, CvBuffer *why, const CvResponse *response)
{
    CvList *cookies = cv_list_create(arena);

    for (size_t i = 0; i < response->cookies.count; i++)
        cv_list_add(arena, cookies, cv_value_string(response->cookies.items[i].header));
    if (!same_value(arena, why, "status", record_get(record, "status"), cv_value_int(response->status)))
        return false;
    if (record_has(record, "reason") &&
        !same_text(why, "reason", record_text(record, "reason"), cv_slice(cv_response_reason(response))))
        return false;
    if (record_has(record, "charset") &&
        !same_text(why, "charset", record_text(record, "charset"), cv_slice(cv_response_charset(response))))
        return false;
    if (record_has(record, "set_cookie") &&
        !same_value(arena, why, "set_cookie", record_get(record, "set_cookie"), cv_value_list(cookies)))
        return false;
    if (record_has(record, "headers") &&
        !facts_same_headers(arena, why, record_get(record, "headers"), response, false))
        return false;
    return !record_has(record, "content") ||
           same_text(why, "content", records_bytes(arena, record_text(record, "content")), response->body);
}
