/* format.c: one conversion of Python's % operator: flags, width, precision, d i u o x X e E f F g G c r s a %. */
#include "template/format_private.h"

#include <math.h>

#include "template/lookup_private.h"
#include "text/utf8.h"

#define FIELD_MAX 1000

typedef struct Format {
    bool left, plus, space, zero, alternate, has_precision;
    int64_t width, precision;
    char letter;
} Format;

static bool read_number(CvSlice *rest, int64_t *out)
{
    *out = 0;
    while (rest->length && rest->data[0] >= '0' && rest->data[0] <= '9') {
        *out = *out * 10 + (rest->data[0] - '0');
        if (*out > FIELD_MAX)
            return false;
        *rest = cv_slice_skip(*rest, 1);
    }
    return true;
}

static bool read_format(CvSlice *rest, Format *format)
{
    for (; rest->length; *rest = cv_slice_skip(*rest, 1)) {
        char c = rest->data[0];
        if (c == '-')
            format->left = true;
        else if (c == '+')
            format->plus = true;
        else if (c == ' ')
            format->space = true;
        else if (c == '0')
            format->zero = true;
        else if (c == '#')
            format->alternate = true;
        else
            break;
    }
    if (!read_number(rest, &format->width))
        return false;
    if (rest->length && rest->data[0] == '.') {
        *rest = cv_slice_skip(*rest, 1);
        format->has_precision = true;
        if (!read_number(rest, &format->precision))
            return false;
    }
    while (rest->length && strchr("hlL", rest->data[0]))
        *rest = cv_slice_skip(*rest, 1);
    if (rest->length == 0)
        return false;
    format->letter = rest->data[0];
    *rest = cv_slice_skip(*rest, 1);
    return true;
}

/* Sign or prefix, and the rest, filled up to the width. */
static void append_field(CvBuffer *out, const Format *format, CvSlice sign, CvSlice body, bool number)
{
    int64_t length = (int64_t)(cv_utf8_count(sign) + cv_utf8_count(body));
    size_t fill = format->width > length ? (size_t)(format->width - length) : 0;
    bool zero = format->zero && number && !format->left;
    if (!format->left && !zero)
        cv_buffer_append_repeated(out, ' ', fill);
    cv_buffer_append_slice(out, sign);
    if (zero)
        cv_buffer_append_repeated(out, '0', fill);
    cv_buffer_append_slice(out, body);
    if (format->left)
        cv_buffer_append_repeated(out, ' ', fill);
}

static const char *sign_of(const Format *format, bool negative)
{
    return negative ? "-" : format->plus ? "+" : format->space ? " " : "";
}

/* A whole number of any size in base 8 or 16: the decimal digits divided again and again. */
static CvSlice radix_digits(CvArena *arena, CvValue integer, char letter, bool *negative)
{
    CvSlice text = cv_value_str(arena, integer);
    *negative = text.length && text.data[0] == '-';
    text = cv_slice_skip(text, *negative);
    unsigned base = letter == 'o' ? 8 : 16;
    char *digits = cv_arena_strndup(arena, text.data, text.length);
    size_t count = text.length, room = text.length * 2 + 2, at = room;
    char *out = cv_arena_alloc(arena, room + 1);
    do {
        unsigned rest = 0;
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            unsigned part = rest * 10 + (unsigned)(digits[i] - '0');
            rest = part % base;
            if (kept || part / base)
                digits[kept++] = (char)('0' + part / base);
        }
        count = kept;
        out[--at] = (letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[rest];
    } while (count);
    return cv_slice_of(out + at, room - at);
}

static bool append_integer(CvRender *render, CvBuffer *out, Format *format, CvValue value)
{
    CvValue integer;
    bool radix = strchr("oxX", format->letter) != NULL;
    if (value.kind == CV_STRING || (radix && (value.kind == CV_FLOAT || value.kind == CV_DECIMAL)))
        return false;
    if (!cv_value_to_integer(render->arena, value, &integer))
        return false;
    CvSlice digits;
    bool negative;
    CvBuffer prefix = cv_buffer(render->arena);
    if (!radix) {
        digits = cv_value_str(render->arena, integer);
        negative = digits.length && digits.data[0] == '-';
        digits = cv_slice_skip(digits, negative);
    } else {
        digits = radix_digits(render->arena, integer, format->letter, &negative);
    }
    cv_buffer_append_string(&prefix, sign_of(format, negative));
    if (radix && format->alternate)
        cv_buffer_printf(&prefix, "0%c", format->letter);
    if (format->has_precision && (int64_t)digits.length < format->precision) {
        CvBuffer padded = cv_buffer(render->arena);
        cv_buffer_append_repeated(&padded, '0', (size_t)format->precision - digits.length);
        cv_buffer_append_slice(&padded, digits);
        digits = cv_buffer_slice(&padded);
    }
    append_field(out, format, cv_buffer_slice(&prefix), digits, true);
    return true;
}

static bool append_real(CvRender *render, CvBuffer *out, Format *format, CvValue value)
{
    double real;
    if (value.kind == CV_STRING || !cv_value_to_float(value, &real))
        return false;
    bool negative = signbit(real) && !isnan(real);
    CvBuffer text = cv_buffer(render->arena);
    bool capital = format->letter < 'a';
    if (!isfinite(real)) {
        cv_buffer_append_string(&text, isnan(real) ? (capital ? "NAN" : "nan") : (capital ? "INF" : "inf"));
        format->zero = format->zero && true;
    } else {
        int places = format->has_precision ? (int)format->precision : 6;
        char spec[] = {'%',
                       format->alternate ? '#' : '.',
                       format->alternate ? '.' : '*',
                       format->alternate ? '*' : format->letter,
                       format->alternate ? format->letter : '\0',
                       '\0'};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        cv_buffer_printf(&text, spec, places, fabs(real));
#pragma GCC diagnostic pop
    }
    append_field(out, format, cv_slice(sign_of(format, negative)), cv_buffer_slice(&text), true);
    return true;
}

static void append_ascii(CvBuffer *out, CvSlice text)
{
    while (text.length) {
        uint32_t point = cv_utf8_next(&text);
        if (point < 0x80)
            cv_buffer_append_byte(out, (char)point);
        else if (point < 0x100)
            cv_buffer_printf(out, "\\x%02x", point);
        else if (point < 0x10000)
            cv_buffer_printf(out, "\\u%04x", point);
        else
            cv_buffer_printf(out, "\\U%08x", point);
    }
}

static bool append_character(CvBuffer *out, Format *format, CvValue value)
{
    CvBuffer text = cv_buffer(out->arena);
    if (value.kind == CV_STRING && cv_utf8_count(cv_value_as_slice(value)) == 1)
        cv_buffer_append(&text, value.text, value.length);
    else if (value.kind == CV_BOOL)
        cv_buffer_append_byte(&text, value.boolean);
    else if (value.kind == CV_INT && value.integer >= 0 && value.integer < 0x110000)
        cv_utf8_append(&text, (uint32_t)value.integer);
    else if (value.kind == CV_INT || value.kind == CV_BIGINT)
        cv_raise(CV_ERROR_OVERFLOW, "%%c arg not in range(0x110000)");
    else
        return false;
    append_field(out, format, (CvSlice){0}, cv_buffer_slice(&text), false);
    return true;
}

static bool append_one(CvRender *render, CvBuffer *out, Format *format, CvValue value)
{
    CvSlice text;
    CvBuffer ascii = cv_buffer(render->arena);
    switch (format->letter) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        return append_integer(render, out, format, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        return append_real(render, out, format, value);
    case 'c':
        return append_character(out, format, value);
    case 's':
        text = cv_value_as_slice(cv_render_text(render, value));
        break;
    case 'r':
        text = cv_value_repr(render->arena, value);
        break;
    case 'a':
        append_ascii(&ascii, cv_value_repr(render->arena, value));
        text = cv_buffer_slice(&ascii);
        break;
    default:
        return false;
    }
    if (format->has_precision)
        text = cv_utf8_take(text, (size_t)format->precision);
    append_field(out, format, (CvSlice){0}, text, false);
    return true;
}

bool cv_python_format(CvRender *render, CvBuffer *out, CvSlice format, CvValue value)
{
    bool used = false;
    for (bool conversion = true; conversion || format.length;) {
        if (conversion) {
            Format one = {0};
            if (!read_format(&format, &one))
                return false;
            conversion = false;
            if (one.letter == '%') {
                cv_buffer_append_byte(out, '%');
                continue;
            }
            if (used || !append_one(render, out, &one, value))
                return false; /* one value for one conversion */
            used = true;
        } else if (format.data[0] == '%') {
            conversion = true;
            format = cv_slice_skip(format, 1);
        } else {
            cv_buffer_append_byte(out, format.data[0]);
            format = cv_slice_skip(format, 1);
        }
    }
    /* "not all arguments converted" is an error, but a mapping may go unused */
    return used || value.kind == CV_DICT || value.kind == CV_LIST;
}
