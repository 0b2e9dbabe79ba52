/* fuzz_http_values.c: any bytes as the value of a header: cookies, media types, languages, ETags, ranges, dates, hosts,
 * and as what a response is asked to carry. */
#include "base/self.h"
#include "http/http.h"
#include "text/date.h"

/* A response with these texts in it is still one head: no line that nobody wrote. */
static void respond(CvArena *arena, CvSlice text)
{
    CvResponse *response = cv_response_html(arena, CV_SLICE("x"));
    CvBuffer out = cv_buffer(arena);
    const char *string = cv_slice_string(arena, text);
    size_t lines = 0;
    CvError error;

    size_t wanted = 4; /* status, type, length, the empty one */
    wanted += cv_headers_set_slice(&response->headers, arena, CV_SLICE("X-Test"), text, false, &error);
    (void)cv_response_try_set_cookie(response, "name", string, NULL, &error);
    (void)cv_response_try_set_cookie(response, string, "value", NULL, &error);
    wanted += response->cookies.count;
    cv_response_write_head(&out, response, &(CvWire){.minor = 1});
    for (size_t i = 0; i < out.length; i++)
        lines += out.data[i] == '\n';
    if (lines != wanted || memcmp(out.data + out.length - 4, "\r\n\r\n", 4) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size), rest = text, name, value;
    uint64_t first, length;
    CvMediaParams params;
    int64_t seconds;
    CvError error;

    if (size > 20000) {
        cv_arena_destroy(arena);
        return 0;
    }
    while (cv_cookie_next(arena, &rest, &name, &value))
        if (name.length + value.length > 2 * size) /* "\377" as UTF-8 is two bytes */
            abort();
    rest = text;
    while (cv_etag_next(&rest, &value))
        if (!cv_etag_is_quoted(value))
            abort();
    (void)cv_media_params(arena, text, &params, &error);
    CvMediaTypes types = cv_accepted_types(arena, text);
    for (size_t i = 0; i < types.count; i++)
        if (!cv_media_type_match(&types.items[i], &types.items[i]) && *types.items[i].main && *types.items[i].sub)
            abort();
    (void)cv_accept_prefers(arena, text, (const char *const[]){"text/html", "application/json", NULL});
    (void)cv_accepted_languages(arena, text);
    if (cv_range_parse(text, 1000, &first, &length) == CV_RANGE_ONE && (length == 0 || first + length > 1000))
        abort();
    if (cv_http_date_parse(text, &seconds) == CV_PARSED) {
        char date[CV_HTTP_DATE_SIZE];
        int64_t again;
        if (!cv_http_date(seconds, date) || cv_http_date_parse(cv_slice(date), &again) != CV_PARSED || again != seconds)
            abort();
    }
    cv_host_split(arena, text, &name, &value);
    (void)cv_upload_name(arena, text);
    (void)cv_content_disposition(arena, true, text);
    (void)cv_media_type_of_file(cv_slice_string(arena, text), NULL);
    respond(arena, text);
    cv_arena_destroy(arena);
    return 0;
}
