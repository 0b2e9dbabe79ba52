/* conditional.c: ETags, preconditions, ranges. */
#include "http/conditional.h"

#include "crypto/digest.h"
#include "http/date.h"
#include "text/date.h"
#include "text/utf8.h"

bool cv_etag_is_quoted(CvSlice text)
{
    if (cv_slice_starts_with(text, CV_SLICE("W/")))
        text = cv_slice_skip(text, 2);
    return text.length >= 2 && text.data[0] == '"' &&
           cv_slice_find_byte(cv_slice_skip(text, 1), '"') == (ptrdiff_t)text.length - 2;
}

const char *cv_etag_quote(CvArena *arena, const char *text)
{
    return cv_etag_is_quoted(cv_slice(text)) ? text : cv_arena_printf(arena, "\"%s\"", text);
}

bool cv_etag_next(CvSlice *rest, CvSlice *etag)
{
    while (rest->data && cv_slice_split(rest, ',', etag)) {
        *etag = cv_utf8_strip(*etag);
        if (cv_etag_is_quoted(*etag))
            return true;
    }
    return false;
}

void cv_response_set_etag(CvResponse *response)
{
    uint8_t sum[CV_MD5_SIZE];

    if (response->kind != CV_RESPONSE_BYTES || response->body.length == 0)
        return;
    cv_md5(response->body, sum);
    CvSlice hex = cv_hex(response->arena, sum, sizeof sum);
    cv_response_set_header(response, "ETag", cv_arena_printf(response->arena, "\"%.*s\"", CV_SLICE_ARG(hex)));
}

/* A list of ETags in a header: none, all ("*"), or those that are named. */
typedef struct Wanted {
    bool given, all;
    CvSlice list;
} Wanted;

static Wanted wanted(CvRequest *request, const char *name)
{
    CvSlice text = cv_slice(cv_request_header(request, name)), rest = text, etag;

    if (cv_slice_is(cv_utf8_strip(text), "*"))
        return (Wanted){true, true, text};
    return (Wanted){cv_etag_next(&rest, &etag), false, text};
}

static CvSlice without_weakness(CvSlice etag)
{
    return cv_slice_starts_with(etag, CV_SLICE("W/")) ? cv_slice_skip(etag, 2) : etag;
}

static bool lists(CvSlice rest, CvSlice etag, bool weakly)
{
    CvSlice one;

    while (cv_etag_next(&rest, &one))
        if (cv_slice_equal(weakly ? without_weakness(one) : one, etag))
            return true;
    return false;
}

static bool if_match_passes(const Wanted *match, const char *etag)
{
    if (!etag || !*etag)
        return false;
    return match->all || (strncmp(etag, "W/", 2) != 0 && lists(match->list, cv_slice(etag), false));
}

static bool if_none_match_passes(const Wanted *none, const char *etag)
{
    if (!etag || !*etag)
        return true;
    return !none->all && !lists(none->list, without_weakness(cv_slice(etag)), true);
}

/* 0: not there, or no date. */
static int64_t time_of(CvRequest *request, CvHeaderId id)
{
    CvSlice text = cv_request_header_slice(request, id);
    int64_t seconds;

    return text.data && cv_http_date_parse(text, &seconds) == CV_PARSED ? seconds : 0;
}

CvCondition cv_condition_check(CvRequest *request, const char *etag, int64_t last_modified)
{
    Wanted match = wanted(request, "If-Match"), none = wanted(request, "If-None-Match");
    bool safe = request->method_id == CV_METHOD_GET || request->method_id == CV_METHOD_HEAD;
    int64_t unmodified = time_of(request, CV_HEADER_IF_UNMODIFIED_SINCE);
    int64_t modified = time_of(request, CV_HEADER_IF_MODIFIED_SINCE);

    if (match.given && !if_match_passes(&match, etag))
        return CV_CONDITION_FAILED;
    if (!match.given && unmodified && !(last_modified && last_modified <= unmodified))
        return CV_CONDITION_FAILED;
    if (none.given && !if_none_match_passes(&none, etag))
        return safe ? CV_CONDITION_NOT_MODIFIED : CV_CONDITION_FAILED;
    if (!none.given && modified && last_modified && last_modified <= modified && safe)
        return CV_CONDITION_NOT_MODIFIED;
    return CV_CONDITION_MET;
}

CvResponse *cv_condition(CvRequest *request, const char *etag, int64_t last_modified)
{
    CvCondition condition = cv_condition_check(request, etag, last_modified);
    CvResponse *response;

    if (condition == CV_CONDITION_MET)
        return NULL;
    response = condition == CV_CONDITION_NOT_MODIFIED ? cv_response_not_modified(request->arena)
                                                      : cv_response_create(request->arena, 412, NULL, CV_SLICE(""));
    cv_condition_headers(request, response, etag, last_modified);
    return response;
}

void cv_condition_headers(CvRequest *request, CvResponse *response, const char *etag, int64_t last_modified)
{
    char date[CV_HTTP_DATE_SIZE];

    if (request->method_id != CV_METHOD_GET && request->method_id != CV_METHOD_HEAD)
        return;
    if (last_modified && cv_http_date(last_modified, date))
        cv_response_set_header_default(response, "Last-Modified", date);
    if (etag && *etag)
        cv_response_set_header_default(response, "ETag", etag);
}

CvResponse *cv_conditional_response(CvRequest *request, CvResponse *response)
{
    static const char *const kept[] = {"Cache-Control", "Content-Location", "Date", "ETag",
                                       "Expires",       "Last-Modified",    "Vary"};
    const char *modified = cv_response_header(response, "Last-Modified");
    int64_t seconds = 0;

    if (response->status < 200 || response->status > 299)
        return response;
    if (modified && cv_http_date_parse(cv_slice(modified), &seconds) != CV_PARSED)
        seconds = 0;
    CvCondition condition = cv_condition_check(request, cv_response_header(response, "ETag"), seconds);
    if (condition == CV_CONDITION_MET)
        return response;
    if (condition == CV_CONDITION_FAILED)
        return cv_response_create(response->arena, 412, NULL, CV_SLICE(""));
    CvResponse *short_one = cv_response_not_modified(response->arena);
    for (size_t i = 0; i < CV_COUNT_OF(kept); i++) {
        const char *value = cv_response_header(response, kept[i]);
        if (value)
            cv_response_set_header(short_one, kept[i], value);
    }
    short_one->cookies = response->cookies;
    return short_one;
}

static bool read_number(CvSlice text, uint64_t *out)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.length > 0 && cv_slice_to_uint64(text, out);
}

CvRangeResult cv_range_parse(CvSlice header, uint64_t size, uint64_t *first, uint64_t *length)
{
    uint64_t from, to = UINT64_MAX;

    if (!cv_slice_equal_fold(cv_slice_range(header, 0, 6), CV_SLICE("bytes=")) || cv_slice_find_byte(header, ',') >= 0)
        return CV_RANGE_ALL;
    CvSlice text = cv_slice_trim(cv_slice_skip(header, 6));
    ptrdiff_t dash = cv_slice_find_byte(text, '-');
    if (dash < 0)
        return CV_RANGE_ALL;
    CvSlice left = cv_slice_range(text, 0, (size_t)dash), right = cv_slice_skip(text, (size_t)dash + 1);
    if (left.length == 0) { /* the last bytes */
        if (!read_number(right, &to))
            return CV_RANGE_ALL;
        if (to == 0 || size == 0)
            return CV_RANGE_UNSATISFIABLE;
        *length = to < size ? to : size;
        *first = size - *length;
        return CV_RANGE_ONE;
    }
    if (!read_number(left, &from) || (right.length && (!read_number(right, &to) || to < from)))
        return CV_RANGE_ALL;
    if (from >= size)
        return CV_RANGE_UNSATISFIABLE;
    *first = from;
    *length = (to < size - 1 ? to : size - 1) - from + 1;
    return CV_RANGE_ONE;
}
