/* response_wire.c: a response as bytes: status line, headers, framing of the body. */
#include "http/response.h"
#include "http/status.h"

/* Headers that say how the message is framed and sent are the server's business. */
static bool is_servers(CvHeaderId id)
{
    return id == CV_HEADER_CONTENT_LENGTH || id == CV_HEADER_TRANSFER_ENCODING || id == CV_HEADER_CONNECTION ||
           id == CV_HEADER_KEEP_ALIVE;
}

static char *put(char *at, CvSlice text)
{
    if (text.length)
        memcpy(at, text.data, text.length);
    return at + text.length;
}
#define PUT_LITERAL(at, literal) put((at), CV_SLICE(literal))

static char *put_number(char *at, uint64_t number)
{
    char digits[20];
    size_t count = 0;

    do {
        digits[sizeof digits - ++count] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return put(at, cv_slice_of(digits + sizeof digits - count, count));
}

/* UTF-8 as Latin-1 where that can be (see cv_headers_set); other bytes as they are. */
static char *put_latin1(char *at, CvSlice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte == 0xc2 || byte == 0xc3) && i + 1 < text.length)
            byte = (unsigned char)((byte & 3) << 6 | ((unsigned char)text.data[++i] & 0x3f));
        *at++ = (char)byte;
    }
    return at;
}

static char *put_status(char *at, const CvResponse *response)
{
    CvSlice line = cv_status_line(response->status);

    if (line.data && !response->reason)
        return put(at, line);
    at = PUT_LITERAL(at, "HTTP/1.1 ");
    at = put_number(at, (uint64_t)(response->status < 100 || response->status > 999 ? 500 : response->status));
    *at++ = ' ';
    at = put(at, cv_slice(cv_response_reason(response)));
    return PUT_LITERAL(at, "\r\n");
}

static size_t bound(const CvResponse *response, const CvWire *wire)
{
    size_t size = 256 + wire->date.length + wire->server.length + strlen(cv_response_reason(response));

    for (size_t i = 0; i < response->headers.count; i++)
        size += response->headers.items[i].name.length + response->headers.items[i].value.length + 4;
    for (size_t i = 0; i < response->cookies.count; i++)
        size += sizeof "Set-Cookie: \r\n" + strlen(response->cookies.items[i].header);
    return size;
}

bool cv_response_has_body(const CvResponse *response, const CvWire *wire)
{
    return !wire->head && !cv_status_has_no_body(response->status);
}

bool cv_response_length(const CvResponse *response, uint64_t *length)
{
    const CvHeader *header;

    if (response->kind == CV_RESPONSE_BYTES) {
        *length = response->body.length;
        return true;
    }
    if (response->kind == CV_RESPONSE_FILE) {
        *length = response->file.length;
        return true;
    }
    header = cv_headers_find_id(&response->headers, CV_HEADER_CONTENT_LENGTH);
    return header && header->value.length && header->value.data[0] != '+' && header->value.data[0] != '-' &&
           cv_slice_to_uint64(header->value, length);
}

/* A view that answers HEAD by hand may name the length that GET would have. */
static bool announced_length(const CvResponse *response, const CvWire *wire, uint64_t *length)
{
    const CvHeader *header = cv_headers_find_id(&response->headers, CV_HEADER_CONTENT_LENGTH);

    if (wire->head && header && response->kind == CV_RESPONSE_BYTES && response->body.length == 0 &&
        cv_slice_to_uint64(header->value, length))
        return true;
    return cv_response_length(response, length);
}

CvFraming cv_response_write_head(CvBuffer *out, const CvResponse *response, const CvWire *wire)
{
    char *start = cv_buffer_reserve(out, bound(response, wire)), *at = put_status(start, response);
    CvFraming framing = CV_FRAMING_LENGTH;
    bool dated = false, close = wire->close, named = false;
    uint64_t length;

    for (size_t i = 0; i < response->headers.count; i++) {
        const CvHeader *header = &response->headers.items[i];
        if (is_servers((CvHeaderId)header->id))
            continue;
        dated |= header->id == CV_HEADER_DATE;
        named |= header->id == CV_HEADER_SERVER;
        at = put(at, header->name);
        at = PUT_LITERAL(at, ": ");
        at = header->is_ascii ? put(at, header->value) : put_latin1(at, header->value);
        at = PUT_LITERAL(at, "\r\n");
    }
    for (size_t i = 0; i < response->cookies.count; i++) {
        at = PUT_LITERAL(at, "Set-Cookie: ");
        at = put(at, cv_slice(response->cookies.items[i].header));
        at = PUT_LITERAL(at, "\r\n");
    }
    if (!dated)
        at = put(at, wire->date);
    if (!named)
        at = put(at, wire->server);
    if (cv_status_has_no_body(response->status)) {
        ; /* no framing at all */
    } else if (announced_length(response, wire, &length)) {
        at = PUT_LITERAL(at, "Content-Length: ");
        at = put_number(at, length);
        at = PUT_LITERAL(at, "\r\n");
    } else if (wire->head) {
        ;
    } else if (wire->minor > 0) {
        at = PUT_LITERAL(at, "Transfer-Encoding: chunked\r\n");
        framing = CV_FRAMING_CHUNKED;
    } else {
        framing = CV_FRAMING_CLOSE;
        close = true;
    }
    if (close)
        at = PUT_LITERAL(at, "Connection: close\r\n");
    else if (wire->keep_alive_named)
        at = PUT_LITERAL(at, "Connection: keep-alive\r\n");
    at = PUT_LITERAL(at, "\r\n");
    out->length += (size_t)(at - start);
    return framing;
}

size_t cv_wire_chunk(char *out, uint64_t length)
{
    static const char hex[] = "0123456789abcdef";
    char digits[16];
    size_t count = 0;

    do {
        digits[sizeof digits - ++count] = hex[length & 15];
        length >>= 4;
    } while (length);
    memcpy(out, digits + sizeof digits - count, count);
    memcpy(out + count, "\r\n", 2);
    return count + 2;
}
