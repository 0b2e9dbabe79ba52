/* multipart_part.c: the headers of a part, its file name, and base64 in pieces. */
#include "http/multipart_private.h"
#include "text/html.h"
#include "text/utf8.h"

/* Takes the next line off, ended by CR LF. */
static bool next_line(CvSlice *rest, CvSlice *line)
{
    if (!rest->data)
        return false;
    ptrdiff_t end = cv_slice_find(*rest, CV_SLICE("\r\n"));
    *line = end < 0 ? *rest : cv_slice_range(*rest, 0, (size_t)end);
    *rest = end < 0 ? (CvSlice){NULL, 0} : cv_slice_skip(*rest, (size_t)end + 2);
    return true;
}

static CvSlice strip_spaces(CvSlice text, bool front, bool back)
{
    while (front && text.length && text.data[0] == ' ')
        text = cv_slice_skip(text, 1);
    while (back && text.length && text.data[text.length - 1] == ' ')
        text.length--;
    return text;
}

static void read_disposition(const CvMediaParams *params, CvPart *part)
{
    CvSlice name = cv_media_param(params, "name"), filename = cv_media_param(params, "filename");

    part->is_field = true;
    part->is_file = filename.length > 0;
    part->filename = filename;
    part->has_name = name.data != NULL;
    part->name = cv_slice_trim(name);
}

void cv_part_read(CvArena *arena, CvSlice headers, CvPart *part)
{
    CvSlice rest = headers, line;

    *part = (CvPart){.type = {.value = CV_SLICE("")}};
    while (next_line(&rest, &line)) {
        ptrdiff_t colon = cv_slice_find_byte(line, ':');
        CvMediaParams params;
        if (colon < 0 || !cv_utf8_valid(line))
            continue;
        CvSlice name = strip_spaces(cv_slice_range(line, 0, (size_t)colon), false, true);
        CvSlice value = strip_spaces(cv_slice_skip(line, (size_t)colon + 1), true, false);
        if (!cv_media_params(arena, value, &params, NULL))
            continue;
        if (cv_slice_equal_fold(name, CV_SLICE("content-disposition")))
            read_disposition(&params, part);
        else if (cv_slice_equal_fold(name, CV_SLICE("content-type")))
            part->type = params;
        else if (cv_slice_equal_fold(name, CV_SLICE("content-transfer-encoding")))
            part->base64 = cv_slice_is(cv_utf8_strip(params.value), "base64");
    }
}

enum { MOST_CHARACTERS = 255 }; /* of a file's name */

static CvSlice last_component(CvSlice name)
{
    for (size_t i = name.length; i > 0; i--)
        if (name.data[i - 1] == '/' || name.data[i - 1] == '\\')
            return cv_slice_skip(name, i);
    return name;
}

/* What Python's str.isprintable() refuses: categories C* and Z*, but for the space. */
static bool is_printable(uint32_t point)
{
    return point == ' ' || !(cv_utf8_is_control(point) || cv_utf8_is_space(point));
}

/* ".png" of "a.png"; nothing of ".profile". */
static CvSlice extension_of(CvSlice name)
{
    ptrdiff_t dot = cv_slice_find_last(name, CV_SLICE("."));
    for (ptrdiff_t i = 0; i < dot; i++)
        if (name.data[i] != '.')
            return cv_slice_skip(name, (size_t)dot);
    return CV_SLICE("");
}

/* A name of more than MOST_CHARACTERS loses the end of what stands before its extension. */
static const char *shortened(CvArena *arena, CvSlice name)
{
    CvSlice extension = extension_of(name), root = cv_slice_range(name, 0, name.length - extension.length);
    extension = cv_utf8_take(extension, MOST_CHARACTERS);
    root = cv_utf8_take(root, MOST_CHARACTERS - cv_utf8_count(extension));
    return cv_arena_printf(arena, "%.*s%.*s", CV_SLICE_ARG(root), CV_SLICE_ARG(extension));
}

const char *cv_upload_name(CvArena *arena, CvSlice name)
{
    CvBuffer out = cv_buffer(arena);

    for (CvSlice rest = last_component(cv_html_unescape(arena, name)); rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        if (is_printable(point))
            cv_utf8_append(&out, point);
    }
    CvSlice clean = cv_buffer_slice(&out);
    if (clean.length == 0 || cv_slice_is(clean, ".") || cv_slice_is(clean, ".."))
        return NULL;
    const char *whole = cv_buffer_string(&out);
    return cv_utf8_count(clean) > MOST_CHARACTERS ? shortened(arena, clean) : whole;
}

static int sextet(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

/* Four characters: one to three bytes. False if padding stands where it cannot. */
static bool decode_group(const char group[4], CvBuffer *out, bool *ended)
{
    uint32_t bits = 0;
    size_t data = 0;

    for (size_t i = 0; i < 4; i++) {
        int value = sextet(group[i]);
        if (value < 0 ? group[i] != '=' || i < 2 : data < i)
            return false;
        bits = bits << 6 | (uint32_t)(value < 0 ? 0 : value);
        data += value >= 0;
    }
    for (size_t i = 0; i + 1 < data; i++)
        cv_buffer_append_byte(out, (char)(bits >> (16 - 8 * i)));
    *ended = data < 4;
    return true;
}

bool cv_base64_stream(CvBase64Stream *stream, CvBuffer *out, CvSlice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
            continue;
        if (stream->ended)
            return false;
        stream->kept[stream->count++] = byte;
        if (stream->count < 4)
            continue;
        stream->count = 0;
        if (!decode_group(stream->kept, out, &stream->ended))
            return false;
    }
    return true;
}
