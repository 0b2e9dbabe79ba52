/* head_parser.c: request line and header lines, byte after byte, so that every prefix of a head has one outcome.
 *
 * An unfinished line is parsed again when more of it has come, unless it ends in a long part (the target, a value) that
 * goes on. Errors are raised at the first byte that no valid head can have at that place, and limits are looked at
 * last; hence cutting the bytes differently cannot change the outcome.
 */
#include "http/classes_private.h"
#include "http/head_private.h"

enum { AT_START, IN_HEADERS, IS_DONE, IS_REFUSED };

#define TARGET_MAX 16384
#define HEAD_MAX 65536
#define METHOD_MAX 32
#define EMPTY_LINES_MAX 16
#define NAME_MAX_LENGTH 256

static const char more_marker; /* its address says: the line is not complete yet */
#define MORE (&more_marker)

void cv_head_init(CvHead *head, const CvHeadLimits *limits)
{
    memset(head, 0, offsetof(CvHead, fields));
    if (limits)
        head->limits = *limits;
    if (head->limits.target == 0)
        head->limits.target = TARGET_MAX;
    if (head->limits.head == 0)
        head->limits.head = HEAD_MAX;
    if (head->limits.headers == 0 || head->limits.headers > CV_HEADERS_MAX)
        head->limits.headers = CV_HEADERS_MAX;
}

const char *cv_head_refuse(CvHead *head, int status, const char *reason)
{
    head->status = (uint16_t)status;
    head->reason = reason;
    return NULL;
}

/* Reads CR LF. */
static const char *line_end(CvHead *head, const char *at, const char *end)
{
    if (at == end)
        return MORE;
    if (*at != '\r')
        return cv_head_refuse(head, 400, *at == '\n' ? "bare LF" : "invalid byte in a line");
    if (at + 1 == end)
        return MORE;
    return at[1] == '\n' ? at + 2 : cv_head_refuse(head, 400, "bare CR");
}

/* Reads "HTTP/1.1" and the line's end. */
static const char *version(CvHead *head, const char *at, const char *end)
{
    static const char shape[] = "HTTP/0.0";

    if (CV_LIKELY(end - at >= 10 && memcmp(at, "HTTP/1.1\r\n", 10) == 0)) {
        head->minor = 1;
        return at + 10;
    }
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        if (at + i == end)
            return MORE;
        if (shape[i] == '0' ? !cv_byte_is(at[i], CV_CLASS_DIGIT) : at[i] != shape[i])
            return cv_head_refuse(head, 400, "malformed HTTP version");
    }
    const char *next = line_end(head, at + sizeof shape - 1, end);
    if (next == NULL || next == MORE)
        return next;
    if (at[5] != '1')
        return cv_head_refuse(head, 505, "unsupported HTTP version");
    head->minor = at[7] != '0';
    return next;
}

static const char *request_line(CvHead *head, const char *at, const char *end)
{
    const char *begin = at;

    while (at < end && cv_byte_is(*at, CV_CLASS_TOKEN))
        if (++at - begin > METHOD_MAX)
            return cv_head_refuse(head, 501, "method too long");
    if (at == end)
        return MORE;
    if (*at != ' ' || at == begin)
        return cv_head_refuse(head, 400, "malformed method");
    head->method_text = cv_slice_of(begin, (size_t)(at - begin));
    begin = ++at;

    const char *limit = end - begin > head->limits.target ? begin + head->limits.target : end;
    while (at < limit && cv_byte_is(*at, CV_CLASS_TARGET))
        at++;
    if (at == end) {
        head->waits_for = CV_CLASS_TARGET;
        return MORE;
    }
    if (at == limit && cv_byte_is(*at, CV_CLASS_TARGET))
        return cv_head_refuse(head, 414, "request target too long");
    if (*at != ' ' || at == begin)
        return cv_head_refuse(head, 400, "malformed request target");
    head->target = cv_slice_of(begin, (size_t)(at - begin));
    return version(head, at + 1, end);
}

/* Fields that must not come twice, because two readers may choose differently. */
#define ONCE \
    (UINT64_C(1) << CV_HEADER_HOST | UINT64_C(1) << CV_HEADER_CONTENT_LENGTH | UINT64_C(1) << CV_HEADER_CONTENT_TYPE)

/* One "name: value" line. */
static const char *header_line(CvHead *head, const char *at, const char *end)
{
    const char *name = at;

    if (head->count == head->limits.headers)
        return cv_head_refuse(head, 431, "too many header lines");
    const char *limit = end - at > NAME_MAX_LENGTH ? at + NAME_MAX_LENGTH : end;
    while (at < limit && cv_byte_is(*at, CV_CLASS_TOKEN))
        at++;
    if (at == end)
        return MORE;
    if (at == limit && cv_byte_is(*at, CV_CLASS_TOKEN))
        return cv_head_refuse(head, 431, "header name too long");
    if (*at != ':' || at == name)
        return cv_head_refuse(head, 400, "malformed header name");
    size_t name_length = (size_t)(at - name);
    at++;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    const char *value = at;
    at = cv_http_find_control(at, end);
    if (at == end) {
        head->waits_for = CV_CLASS_VALUE;
        return MORE;
    }
    const char *next = line_end(head, at, end);
    if (next == NULL || next == MORE)
        return next;
    while (at > value && (at[-1] == ' ' || at[-1] == '\t'))
        at--;

    CvHeaderId id = cv_header_id_of_token(cv_slice_of(name, name_length));
    CvHeaderField *field = &head->fields[head->count++];
    *field = (CvHeaderField){name, value, (uint32_t)name_length, (uint32_t)(at - value), (uint8_t)id};
    if (id == CV_HEADER_OTHER)
        return next;
    if (CV_LIKELY(head->slots[id] == 0)) {
        head->slots[id] = (uint8_t)head->count;
        return next;
    }
    head->repeated |= UINT64_C(1) << id;
    return head->repeated & ONCE ? cv_head_refuse(head, 400, "a header that may come once came twice") : next;
}

/* Lines as long as there are complete ones. Returns behind the head, MORE, or NULL when refused. */
static const char *lines(CvHead *head, const char *data, const char *end)
{
    const char *at = data + head->line, *next;

    if (head->state == AT_START) {
        while (at < end && (*at == '\r' || *at == '\n')) { /* empty lines before a request (RFC 9112 2.2) */
            next = line_end(head, at, end);
            if (next == NULL || next == MORE)
                return next;
            if (++head->empty_lines > EMPTY_LINES_MAX)
                return cv_head_refuse(head, 400, "too many empty lines");
            head->line = (uint32_t)(next - data);
            at = next;
        }
        next = request_line(head, at, end);
        if (next == NULL || next == MORE)
            return next;
        head->state = IN_HEADERS;
        if (!cv_head_read_target(head))
            return NULL;
        at = next;
    }
    for (;;) {
        head->line = (uint32_t)(at - data);
        if (at == end)
            return MORE;
        if (*at == '\r')
            return line_end(head, at, end);
        next = header_line(head, at, end);
        if (next == NULL || next == MORE)
            return next;
        at = next;
    }
}

void cv_head_rebase(CvHead *head, const char *data)
{
    const char *old = head->base;
    CvSlice *slices[] = {&head->method_text, &head->target, &head->path, &head->query, &head->authority, &head->host};

    if (old == data)
        return;
    head->base = data;
    if (!old)
        return;
    for (size_t i = 0; i < CV_COUNT_OF(slices); i++)
        if (slices[i]->data)
            slices[i]->data = data + (slices[i]->data - old);
    for (size_t i = 0; i < head->count; i++) {
        head->fields[i].name = data + (head->fields[i].name - old);
        head->fields[i].value = data + (head->fields[i].value - old);
    }
}

/* The unfinished line is still unfinished, and within its limit. */
static bool goes_on(CvHead *head, const char *data, uint32_t length)
{
    const char *at = data + head->scanned, *end = data + length;

    if (head->waits_for == CV_CLASS_VALUE)
        at = cv_http_find_control(at, end);
    else
        while (at < end && cv_byte_is(*at, head->waits_for))
            at++;
    head->scanned = (uint32_t)(at - data);
    return at == end && (head->waits_for == CV_CLASS_VALUE || length - head->line <= head->limits.target);
}

CvParse cv_head_parse(CvHead *head, const char *data, size_t length)
{
    if (head->state >= IS_DONE)
        return head->state == IS_DONE ? CV_PARSE_DONE : CV_PARSE_ERROR;
    if (head->base != data)
        cv_head_rebase(head, data);

    bool full = length > head->limits.head;
    uint32_t bound = full ? head->limits.head : (uint32_t)length;
    if (bound <= head->line && !full)
        return CV_PARSE_MORE;
    if (CV_UNLIKELY(head->waits_for) && !full && goes_on(head, data, bound))
        return CV_PARSE_MORE;

    head->waits_for = 0;
    const char *next = lines(head, data, data + bound);
    if (next == MORE) {
        if (!full) {
            head->scanned = bound;
            return CV_PARSE_MORE;
        }
        next = cv_head_refuse(head, head->state == AT_START ? 414 : 431, "head too large");
    }
    if (next)
        head->size = (uint32_t)(next - data);
    if (next == NULL || !cv_head_finish(head)) {
        head->state = IS_REFUSED;
        head->keep_alive = false;
        return CV_PARSE_ERROR;
    }
    head->state = IS_DONE;
    return CV_PARSE_DONE;
}

const CvHeaderField *cv_head_find(const CvHead *head, CvSlice name)
{
    CvHeaderId id = cv_header_id(name);

    if (id != CV_HEADER_OTHER)
        return cv_head_field(head, id);
    for (size_t i = 0; i < head->count; i++)
        if (head->fields[i].id == CV_HEADER_OTHER && cv_slice_equal_fold(cv_field_name(&head->fields[i]), name))
            return &head->fields[i];
    return NULL;
}
