/* head_meaning.c: what a complete head means: method, target, host, framing of the body, persistence. */
#include "http/classes_private.h"
#include "http/head_private.h"

static const CvSlice methods[] = {
    [CV_METHOD_GET] = CV_SLICE_INIT("GET"),         [CV_METHOD_HEAD] = CV_SLICE_INIT("HEAD"),
    [CV_METHOD_POST] = CV_SLICE_INIT("POST"),       [CV_METHOD_PUT] = CV_SLICE_INIT("PUT"),
    [CV_METHOD_DELETE] = CV_SLICE_INIT("DELETE"),   [CV_METHOD_OPTIONS] = CV_SLICE_INIT("OPTIONS"),
    [CV_METHOD_PATCH] = CV_SLICE_INIT("PATCH"),     [CV_METHOD_TRACE] = CV_SLICE_INIT("TRACE"),
    [CV_METHOD_CONNECT] = CV_SLICE_INIT("CONNECT"),
};

static inline CvMethod if_same(CvSlice text, const char *name, size_t length, CvMethod method)
{
    return memcmp(text.data, name, length) == 0 ? method : CV_METHOD_OTHER;
}

CvMethod cv_method_of(CvSlice text)
{
    switch (text.length) {
    case 3:
        return text.data[0] == 'G' ? if_same(text, "GET", 3, CV_METHOD_GET) : if_same(text, "PUT", 3, CV_METHOD_PUT);
    case 4:
        return text.data[0] == 'H' ? if_same(text, "HEAD", 4, CV_METHOD_HEAD)
                                   : if_same(text, "POST", 4, CV_METHOD_POST);
    case 5:
        return text.data[0] == 'P' ? if_same(text, "PATCH", 5, CV_METHOD_PATCH)
                                   : if_same(text, "TRACE", 5, CV_METHOD_TRACE);
    case 6:
        return if_same(text, "DELETE", 6, CV_METHOD_DELETE);
    case 7:
        return text.data[0] == 'O' ? if_same(text, "OPTIONS", 7, CV_METHOD_OPTIONS)
                                   : if_same(text, "CONNECT", 7, CV_METHOD_CONNECT);
    default:
        return CV_METHOD_OTHER;
    }
}

const char *cv_method_name(CvMethod method)
{
    return method > CV_METHOD_OTHER && method < CV_COUNT_OF(methods) ? methods[method].data : "";
}

static bool refuse(CvHead *head, int status, const char *reason)
{
    return cv_head_refuse(head, status, reason) != NULL;
}

/* "http://host/path?query": the host and where the path begins. */
static bool read_absolute(CvHead *head, CvSlice *rest)
{
    static const CvSlice http = CV_SLICE_INIT("http://"), https = CV_SLICE_INIT("https://");
    CvSlice target = head->target;

    head->https = target.length >= https.length && cv_slice_equal_fold(cv_slice_range(target, 0, https.length), https);
    if (!head->https &&
        !(target.length >= http.length && cv_slice_equal_fold(cv_slice_range(target, 0, http.length), http)))
        return refuse(head, 400, "malformed request target");
    CvSlice authority = cv_slice_skip(target, head->https ? https.length : http.length);
    size_t length = 0;
    while (length < authority.length && authority.data[length] != '/' && authority.data[length] != '?')
        length++;
    *rest = cv_slice_skip(authority, length);
    head->authority = cv_slice_range(authority, 0, length);
    return cv_host_is_valid(head->authority) || refuse(head, 400, "invalid host in the request target");
}

bool cv_head_read_target(CvHead *head)
{
    CvSlice rest = head->target;

    head->method = (uint8_t)cv_method_of(head->method_text);
    if (CV_UNLIKELY(head->method == CV_METHOD_CONNECT))
        return refuse(head, 501, "CONNECT is for proxies");
    if (CV_UNLIKELY(rest.data[0] != '/')) {
        if (cv_slice_is(rest, "*")) {
            head->form = CV_TARGET_ASTERISK;
            head->path = rest;
            return head->method == CV_METHOD_OPTIONS || refuse(head, 400, "* is for OPTIONS");
        }
        head->form = CV_TARGET_ABSOLUTE;
        if (!read_absolute(head, &rest))
            return false;
    }
    const char *mark = memchr(rest.data, '?', rest.length);
    if (mark) {
        size_t length = (size_t)(mark - rest.data);
        head->query = cv_slice_skip(rest, length + 1);
        rest.length = length;
    }
    /* No path is the path "/": one of the slashes that stand behind "http:". */
    head->path = rest.length ? rest : cv_slice_of(memchr(head->target.data, '/', head->target.length), 1);
    return true;
}

/* The next member of a comma-separated list, without white space; false at the end. Empty members are skipped. */
static bool next_member(CvSlice *rest, CvSlice *member)
{
    while (rest->data && cv_slice_split(rest, ',', member)) {
        *member = cv_slice_trim(*member);
        if (member->length)
            return true;
    }
    return false;
}

static void read_connection(CvHead *head)
{
    bool close = false, keep = false;
    const CvHeaderField *first = cv_head_field(head, CV_HEADER_CONNECTION);
    const CvHeaderField *end = head->repeated & UINT64_C(1) << CV_HEADER_CONNECTION ? head->fields + head->count
                               : first                                              ? first + 1
                                                                                    : NULL;

    for (const CvHeaderField *field = first; field < end; field++) {
        CvSlice rest = cv_field_value(field), member;
        if (field->id != CV_HEADER_CONNECTION)
            continue;
        while (next_member(&rest, &member)) {
            close |= cv_slice_equal_fold(member, CV_SLICE("close"));
            keep |= cv_slice_equal_fold(member, CV_SLICE("keep-alive"));
        }
    }
    head->keep_alive = !close && (head->minor > 0 || keep);
}

/* Digits only, no sign, no list; a number beyond 63 bits is too much for anybody. */
static bool read_length(CvHead *head, CvSlice text)
{
    uint64_t number = 0;

    if (text.length == 0)
        return refuse(head, 400, "empty Content-Length");
    for (size_t i = 0; i < text.length; i++)
        if (!cv_byte_is(text.data[i], CV_CLASS_DIGIT))
            return refuse(head, 400, "malformed Content-Length");
    for (size_t i = 0; i < text.length; i++) {
        if (number > (INT64_MAX - 9) / 10)
            return refuse(head, 413, "Content-Length too large");
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    head->content_length = number;
    head->body = number ? CV_BODY_LENGTH : CV_BODY_NONE;
    return true;
}

/* RFC 9112 6.1 and 6.3: chunked is the only coding, and it is alone. */
static bool read_framing(CvHead *head)
{
    const CvHeaderField *length = cv_head_field(head, CV_HEADER_CONTENT_LENGTH);
    const CvHeaderField *coding = cv_head_field(head, CV_HEADER_TRANSFER_ENCODING);

    if (!coding)
        return !length || read_length(head, cv_field_value(length));
    if (length)
        return refuse(head, 400, "Content-Length beside Transfer-Encoding");
    if (head->minor == 0)
        return refuse(head, 400, "Transfer-Encoding in HTTP/1.0");
    if (head->repeated & UINT64_C(1) << CV_HEADER_TRANSFER_ENCODING ||
        !cv_slice_equal_fold(cv_field_value(coding), CV_SLICE("chunked")))
        return refuse(head, coding->value_length ? 501 : 400, "unknown Transfer-Encoding");
    head->body = CV_BODY_CHUNKED;
    return true;
}

static bool read_host(CvHead *head)
{
    const CvHeaderField *host = cv_head_field(head, CV_HEADER_HOST);

    if (!host && head->minor > 0)
        return refuse(head, 400, "no Host");
    if (host && !cv_host_is_valid(cv_field_value(host)))
        return refuse(head, 400, "invalid Host");
    if (host)
        head->host = cv_field_value(host);
    if (head->form == CV_TARGET_ABSOLUTE)
        head->host = head->authority;
    return true;
}

static bool read_expectation(CvHead *head)
{
    if (!head->slots[CV_HEADER_EXPECT] || head->minor == 0)
        return true;
    for (size_t i = 0; i < head->count; i++)
        if (head->fields[i].id == CV_HEADER_EXPECT &&
            !cv_slice_equal_fold(cv_field_value(&head->fields[i]), CV_SLICE("100-continue")))
            return refuse(head, 417, "unknown expectation");
    head->expects_continue = head->body != CV_BODY_NONE;
    return true;
}

bool cv_head_finish(CvHead *head)
{
    if (!read_host(head) || !read_framing(head) || !read_expectation(head))
        return false;
    read_connection(head);
    return true;
}
