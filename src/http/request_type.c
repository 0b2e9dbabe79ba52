/* request_type.c: a request as templates see it: {{ request.path }}, {{ request.GET.q }}, {{ request.user }}. */
#include "base/buffer.h"
#include "http/request_private.h"

/* What higher floors have put on requests; filled while the program starts. */
static struct {
    const char *name;
    CvValue (*read)(CvRequest *request, CvArena *arena);
} slots[CV_REQUEST_SLOTS];
static int slot_count;

int cv_request_slot(const char *name, CvValue (*read)(CvRequest *request, CvArena *arena))
{
    for (int i = 0; name && i < slot_count; i++)
        if (slots[i].name && strcmp(slots[i].name, name) == 0)
            return i;
    if (slot_count == CV_REQUEST_SLOTS)
        cv_raise(CV_ERROR_CONFIGURATION, "There are no more than %d slots in a request.", CV_REQUEST_SLOTS);
    slots[slot_count].name = name;
    slots[slot_count].read = read;
    return slot_count++;
}

static CvValue cookies_dict(CvRequest *request, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);
    const CvMap *cookies = cv_request_cookies(request);

    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(cookies, entry));)
        cv_dict_set(dict, cv_value_slice(entry->key), cv_value_string(entry->value));
    return cv_value_dict(dict);
}

static CvValue headers_dict(CvRequest *request, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);

    for (size_t i = 0; i < request->head->count; i++) {
        const char *name = cv_slice_string(arena, cv_field_name(&request->head->fields[i]));
        cv_dict_set_name(dict, name, cv_value_string(cv_request_header(request, name)));
    }
    return cv_value_dict(dict);
}

/* The methods that templates may call without arguments, and the lazy attributes. */
static bool lazy_attribute(CvRequest *request, CvSlice name, CvArena *arena, CvValue *out)
{
    if (cv_slice_is(name, "GET"))
        *out = cv_value_object(cv_request_query(request));
    else if (cv_slice_is(name, "POST"))
        *out = cv_value_object(cv_request_post(request));
    else if (cv_slice_is(name, "FILES"))
        *out = cv_value_object(cv_request_files(request));
    else if (cv_slice_is(name, "COOKIES"))
        *out = cookies_dict(request, arena);
    else if (cv_slice_is(name, "headers"))
        *out = headers_dict(request, arena);
    else if (cv_slice_is(name, "get_host"))
        *out = cv_value_string(cv_request_host(request));
    else if (cv_slice_is(name, "get_port"))
        *out = cv_value_string(cv_request_port(request));
    else if (cv_slice_is(name, "get_full_path"))
        *out = cv_value_string(cv_request_full_path(request, false));
    else if (cv_slice_is(name, "build_absolute_uri"))
        *out = cv_value_string(cv_request_build_absolute_uri(request, NULL));
    else
        return false;
    return true;
}

static bool get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvRequest *request = (CvRequest *)(uintptr_t)object; /* parsed at first use */

    for (int i = 0; i < slot_count; i++)
        if (slots[i].name && slots[i].read && cv_slice_is(name, slots[i].name)) {
            *out = slots[i].read(request, arena);
            return out->kind != CV_MISSING;
        }
    if (cv_slice_is(name, "path"))
        *out = cv_value_string(request->path);
    else if (cv_slice_is(name, "path_info"))
        *out = cv_value_string(request->path_info);
    else if (cv_slice_is(name, "method"))
        *out = cv_value_string(request->method);
    else if (cv_slice_is(name, "scheme"))
        *out = cv_value_string(cv_request_scheme(request));
    else if (cv_slice_is(name, "is_secure"))
        *out = cv_value_bool(cv_request_is_secure(request));
    else if (cv_slice_is(name, "content_type"))
        *out = cv_value_string(cv_request_content_type(request));
    else
        return lazy_attribute(request, name, arena, out);
    return true;
}

/* <WSGIRequest: GET '/books/?page=2'> */
static CvSlice repr(const void *object, CvArena *arena)
{
    CvRequest *request = (CvRequest *)(uintptr_t)object;
    CvBuffer out = cv_buffer(arena);

    cv_buffer_append_string(&out, "<WSGIRequest: ");
    cv_buffer_append_string(&out, request->method);
    cv_buffer_append_byte(&out, ' ');
    cv_value_append_repr(&out, cv_value_string(cv_request_full_path(request, false)));
    cv_buffer_append_byte(&out, '>');
    return cv_buffer_slice(&out);
}

const CvType cv_request_type = {.magic = CV_TYPE_MAGIC, .name = "WSGIRequest", .get = get, .str = repr, .repr = repr};
