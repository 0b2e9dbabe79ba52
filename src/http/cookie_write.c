/* cookie_write.c: Set-Cookie values as Python's http.cookies writes them and Django fills them in. */
#include "base/buffer.h"
#include "base/value.h"
#include "http/classes_private.h"
#include "http/cookie.h"
#include "http/date.h"

/* Bytes that need no quotes, and those that need no escape inside quotes. */
static bool is_legal(char byte)
{
    return byte == ':' || cv_byte_is(byte, CV_CLASS_TOKEN);
}
static bool is_plain(char byte)
{
    return is_legal(byte) || (byte && strchr(" ()/<=>?@[]{}", byte));
}

static bool all_legal(CvSlice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_legal(text.data[i]))
            return false;
    return text.length > 0;
}

static void append_octal(CvBuffer *out, unsigned byte)
{
    cv_buffer_append_byte(out, '\\');
    cv_buffer_append_byte(out, (char)('0' + (byte >> 6)));
    cv_buffer_append_byte(out, (char)('0' + (byte >> 3 & 7)));
    cv_buffer_append_byte(out, (char)('0' + (byte & 7)));
}

/* The value in quotes: characters below U+0100 that are not plain become octal escapes. */
static void append_quoted(CvBuffer *out, CvSlice value)
{
    cv_buffer_append_byte(out, '"');
    for (size_t i = 0; i < value.length; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        if (byte == '"' || byte == '\\') {
            cv_buffer_append_byte(out, '\\');
            cv_buffer_append_byte(out, (char)byte);
        } else if ((byte == 0xc2 || byte == 0xc3) && i + 1 < value.length) {
            append_octal(out, (unsigned)(byte & 3) << 6 | ((unsigned char)value.data[++i] & 0x3f));
        } else if (byte >= 0x80 || is_plain((char)byte)) {
            cv_buffer_append_byte(out, (char)byte);
        } else {
            append_octal(out, byte);
        }
    }
    cv_buffer_append_byte(out, '"');
}

static bool check_name(CvArena *arena, CvSlice name, CvError *error)
{
    static const char *const reserved[] = {"comment",     "domain", "expires",  "httponly", "max-age",
                                           "partitioned", "path",   "samesite", "secure",   "version"};
    CvSlice shown = {NULL, 0};

    for (size_t i = 0; i < CV_COUNT_OF(reserved); i++)
        if (cv_slice_equal_fold(name, cv_slice(reserved[i]))) {
            shown = cv_value_repr(arena, cv_value_slice(name));
            return cv_fail(arena, error, CV_ERROR_VALUE, "Attempt to set a reserved key %.*s", CV_SLICE_ARG(shown));
        }
    if (all_legal(name))
        return true;
    shown = cv_value_repr(arena, cv_value_slice(name));
    return cv_fail(arena, error, CV_ERROR_VALUE, "Illegal key %.*s", CV_SLICE_ARG(shown));
}

/* No control characters anywhere: they would end the header or hide in it. */
static bool check_text(CvArena *arena, CvSlice name, const char *text, CvError *error)
{
    for (const char *at = text; at && *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            CvSlice shown = cv_value_repr(arena, cv_value_string(text));
            return cv_fail(arena, error, CV_ERROR_VALUE, "Control characters are not allowed in cookies '%.*s' %.*s",
                           CV_SLICE_ARG(name), CV_SLICE_ARG(shown));
        }
    return true;
}

static bool check_samesite(CvArena *arena, const char *samesite, CvError *error)
{
    CvSlice text = cv_slice(samesite);

    if (text.length == 0 || cv_slice_equal_fold(text, CV_SLICE("lax")) || cv_slice_equal_fold(text, CV_SLICE("none")) ||
        cv_slice_equal_fold(text, CV_SLICE("strict")))
        return true;
    return cv_fail(arena, error, CV_ERROR_VALUE, "samesite must be \"lax\", \"none\", or \"strict\".");
}

static void append_attribute(CvBuffer *out, const char *name, const char *value)
{
    cv_buffer_append_string(out, "; ");
    cv_buffer_append_string(out, name);
    cv_buffer_append_string(out, value);
}

/* How long it lives; false if it is not limited. An instant in the past gives 0. */
static bool lifetime(const CvCookieOptions *options, int64_t *seconds)
{
    *seconds = options->max_age;
    if (options->max_age || options->max_age_zero)
        return true;
    if (!cv_datetime_is_set(options->expires))
        return false;
    int64_t left = options->expires.microseconds - cv_now_utc().microseconds + CV_SECOND; /* the fraction was cut off */
    *seconds = left < 0 ? 0 : left / CV_SECOND;
    return true;
}

bool cv_cookie_format(CvArena *arena, CvSlice name, CvSlice value, const CvCookieOptions *options, const char **header,
                      CvError *error)
{
    CvBuffer out = cv_buffer(arena);
    int64_t age;

    if (!check_name(arena, name, error) || !check_samesite(arena, options->samesite, error) ||
        !check_text(arena, name, cv_slice_string(arena, value), error) ||
        (value.length && memchr(value.data, 0, value.length) && !check_text(arena, name, "\x01", error)) ||
        !check_text(arena, name, options->path, error) || !check_text(arena, name, options->domain, error) ||
        !check_text(arena, name, options->expires_text, error))
        return false;
    cv_buffer_append_slice(&out, name);
    cv_buffer_append_byte(&out, '=');
    if (all_legal(value))
        cv_buffer_append_slice(&out, value);
    else
        append_quoted(&out, value);
    if (options->domain && *options->domain)
        append_attribute(&out, "Domain=", options->domain);
    bool limited = lifetime(options, &age);
    int64_t end;
    char date[CV_HTTP_DATE_SIZE] = "";
    if (options->expires_text && *options->expires_text)
        append_attribute(&out, "expires=", options->expires_text);
    else if (limited && !__builtin_add_overflow(cv_now_seconds(), age, &end) && cv_http_date(end, date))
        append_attribute(&out, "expires=", date);
    if (options->httponly)
        append_attribute(&out, "HttpOnly", "");
    if (limited) {
        append_attribute(&out, "Max-Age=", "");
        cv_buffer_append_int(&out, age);
    }
    if (!options->path || *options->path)
        append_attribute(&out, "Path=", options->path ? options->path : "/");
    if (options->samesite && *options->samesite)
        append_attribute(&out, "SameSite=", options->samesite);
    if (options->secure)
        append_attribute(&out, "Secure", "");
    *header = cv_buffer_string(&out);
    return true;
}
