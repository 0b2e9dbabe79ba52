/* body_decoder.c: the bytes of a body: a counted length, or chunks with their extensions and trailers. */
#include "http/classes_private.h"
#include "http/parser.h"

enum {
    IN_LENGTH,
    SIZE_FIRST,  /* the first digit of a chunk's size */
    SIZE,        /* more digits */
    EXT_NAME,    /* behind ';' */
    EXT_IN_NAME, /* in the name */
    EXT_VALUE,   /* behind '=' */
    EXT_TOKEN,   /* in a value */
    EXT_QUOTED,
    EXT_ESCAPED,
    EXT_AFTER, /* behind the closing quote */
    SIZE_LF,
    IN_CHUNK,
    CHUNK_CR,
    CHUNK_LF,
    TRAILER_FIRST, /* the begin of a trailer line */
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    IS_DONE,
    IS_REFUSED
};

#define SIZE_LINE_MAX 4096
#define EXTENSIONS_MAX 16384
#define TRAILERS_MAX 16384

static CvParse refuse(CvBodyDecoder *decoder, int status, const char *reason)
{
    decoder->state = IS_REFUSED;
    decoder->status = (uint16_t)status;
    decoder->reason = reason;
    return CV_PARSE_ERROR;
}

void cv_body_init(CvBodyDecoder *decoder, const CvHead *head, uint64_t limit)
{
    *decoder = (CvBodyDecoder){.limit = limit, .state = IS_DONE};
    if (head->body == CV_BODY_CHUNKED) {
        decoder->state = SIZE_FIRST;
    } else if (head->body == CV_BODY_LENGTH) {
        decoder->state = IN_LENGTH;
        decoder->left = head->content_length;
        if (limit && head->content_length > limit)
            refuse(decoder, 413, "body too large");
    }
}

static unsigned hex_digit(char byte)
{
    return byte <= '9' ? (unsigned)(byte - '0') : (unsigned)((byte | 0x20) - 'a') + 10;
}

/* One byte of a size line whose digits have begun: ends at CR, ';' opens extensions. */
static CvParse size_byte(CvBodyDecoder *decoder, char byte)
{
    if (byte == '\r')
        decoder->state = SIZE_LF;
    else if (byte == ';')
        decoder->state = EXT_NAME;
    else if (!cv_byte_is(byte, CV_CLASS_HEX))
        return refuse(decoder, 400, "malformed chunk size");
    else if (decoder->left > UINT64_MAX >> 5)
        return refuse(decoder, 413, "chunk too large");
    else
        decoder->left = decoder->left << 4 | hex_digit(byte);
    return CV_PARSE_MORE;
}

/* One byte of the extensions: *( ";" name [ "=" ( token / quoted-string ) ] ), without white space. */
static CvParse extension_byte(CvBodyDecoder *decoder, char byte)
{
    bool token = cv_byte_is(byte, CV_CLASS_TOKEN);
    bool ends = byte == '\r' || byte == ';';

    if (++decoder->overhead > EXTENSIONS_MAX)
        return refuse(decoder, 400, "too many chunk extensions");
    switch (decoder->state) {
    case EXT_NAME:
        decoder->state = EXT_IN_NAME;
        return token ? CV_PARSE_MORE : refuse(decoder, 400, "malformed chunk extension");
    case EXT_IN_NAME:
        if (byte == '=')
            decoder->state = EXT_VALUE;
        else if (ends)
            decoder->state = byte == ';' ? EXT_NAME : SIZE_LF;
        else if (!token)
            return refuse(decoder, 400, "malformed chunk extension");
        return CV_PARSE_MORE;
    case EXT_VALUE:
        decoder->state = byte == '"' ? EXT_QUOTED : EXT_TOKEN;
        return token || byte == '"' ? CV_PARSE_MORE : refuse(decoder, 400, "malformed chunk extension");
    case EXT_QUOTED:
        if (byte == '"')
            decoder->state = EXT_AFTER;
        else if (byte == '\\')
            decoder->state = EXT_ESCAPED;
        return cv_byte_is(byte, CV_CLASS_VALUE) ? CV_PARSE_MORE : refuse(decoder, 400, "malformed chunk extension");
    case EXT_ESCAPED:
        decoder->state = EXT_QUOTED;
        return cv_byte_is(byte, CV_CLASS_VALUE) ? CV_PARSE_MORE : refuse(decoder, 400, "malformed chunk extension");
    default: /* EXT_TOKEN, EXT_AFTER */
        if (ends)
            decoder->state = byte == ';' ? EXT_NAME : SIZE_LF;
        else if (decoder->state == EXT_AFTER || !token)
            return refuse(decoder, 400, "malformed chunk extension");
        return CV_PARSE_MORE;
    }
}

/* The LF of a size line: a chunk begins, or the trailers do. */
static CvParse size_line_ends(CvBodyDecoder *decoder, char byte)
{
    if (byte != '\n')
        return refuse(decoder, 400, "bare CR in a chunk size");
    if (decoder->limit && (decoder->left > decoder->limit || decoder->total > decoder->limit - decoder->left))
        return refuse(decoder, 413, "body too large");
    decoder->line = 0;
    decoder->state = decoder->left ? IN_CHUNK : TRAILER_FIRST;
    if (!decoder->left)
        decoder->overhead = 0;
    return CV_PARSE_MORE;
}

static CvParse trailer_byte(CvBodyDecoder *decoder, char byte)
{
    if (++decoder->overhead > TRAILERS_MAX)
        return refuse(decoder, 431, "trailers too large");
    switch (decoder->state) {
    case TRAILER_FIRST:
        if (byte == '\r') {
            decoder->state = LAST_LF;
            return CV_PARSE_MORE;
        }
        decoder->state = TRAILER_NAME;
        return cv_byte_is(byte, CV_CLASS_TOKEN) ? CV_PARSE_MORE : refuse(decoder, 400, "malformed trailer");
    case TRAILER_NAME:
        if (byte == ':')
            decoder->state = TRAILER_VALUE;
        else if (!cv_byte_is(byte, CV_CLASS_TOKEN))
            return refuse(decoder, 400, "malformed trailer");
        return CV_PARSE_MORE;
    case TRAILER_VALUE:
        if (byte == '\r')
            decoder->state = TRAILER_LF;
        else if (!cv_byte_is(byte, CV_CLASS_VALUE))
            return refuse(decoder, 400, "malformed trailer");
        return CV_PARSE_MORE;
    case TRAILER_LF:
        decoder->state = TRAILER_FIRST;
        return byte == '\n' ? CV_PARSE_MORE : refuse(decoder, 400, "bare CR in a trailer");
    default: /* LAST_LF */
        if (byte != '\n')
            return refuse(decoder, 400, "malformed end of the chunks");
        decoder->state = IS_DONE;
        return CV_PARSE_DONE;
    }
}

/* One byte of framing. */
static CvParse framing_byte(CvBodyDecoder *decoder, char byte)
{
    switch (decoder->state) {
    case SIZE_FIRST:
        decoder->state = SIZE;
        decoder->left = 0;
        decoder->line = 0;
        if (!cv_byte_is(byte, CV_CLASS_HEX))
            return refuse(decoder, 400, "malformed chunk size");
        return size_byte(decoder, byte);
    case SIZE:
        if (++decoder->line > SIZE_LINE_MAX)
            return refuse(decoder, 400, "chunk size line too long");
        return size_byte(decoder, byte);
    case SIZE_LF:
        return size_line_ends(decoder, byte);
    case CHUNK_CR:
        decoder->state = CHUNK_LF;
        return byte == '\r' ? CV_PARSE_MORE : refuse(decoder, 400, "a chunk is longer than its size");
    case CHUNK_LF:
        decoder->state = SIZE_FIRST;
        return byte == '\n' ? CV_PARSE_MORE : refuse(decoder, 400, "a chunk is longer than its size");
    case TRAILER_FIRST:
    case TRAILER_NAME:
    case TRAILER_VALUE:
    case TRAILER_LF:
    case LAST_LF:
        return trailer_byte(decoder, byte);
    default:
        if (++decoder->line > SIZE_LINE_MAX)
            return refuse(decoder, 400, "chunk size line too long");
        return extension_byte(decoder, byte);
    }
}

/* Gives out what there is of the counted bytes. */
static void take(CvBodyDecoder *decoder, const char *data, size_t length, CvSlice *out)
{
    size_t count = decoder->left < length ? (size_t)decoder->left : length;

    *out = cv_slice_of(data, count);
    decoder->left -= count;
    decoder->total += count;
}

CvParse cv_body_decode(CvBodyDecoder *decoder, const char *data, size_t length, size_t *consumed, CvSlice *out)
{
    size_t at = 0;
    CvParse result = CV_PARSE_MORE;

    *out = (CvSlice){NULL, 0};
    *consumed = 0;
    if (decoder->state >= IS_DONE)
        return decoder->state == IS_DONE ? CV_PARSE_DONE : CV_PARSE_ERROR;
    if (decoder->state == IN_LENGTH) {
        take(decoder, data, length, out);
        *consumed = out->length;
        if (decoder->left == 0)
            decoder->state = IS_DONE;
        return decoder->state == IS_DONE ? CV_PARSE_DONE : CV_PARSE_MORE;
    }
    while (at < length && result == CV_PARSE_MORE) {
        if (decoder->state == IN_CHUNK) {
            if (out->length)
                break; /* the next chunk is the next call's */
            take(decoder, data + at, length - at, out);
            at += out->length;
            if (decoder->left == 0)
                decoder->state = CHUNK_CR;
        } else {
            result = framing_byte(decoder, data[at++]);
        }
    }
    *consumed = at;
    return result;
}
