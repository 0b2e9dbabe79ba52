/* address.c: domain names, mail addresses, URLs. Each is read once from left to right. */
#include "text/i18n.h"
#include "text/url.h"
#include "text/utf8.h"
#include "validators/ip.h"
#include "validators/patterns.h"

enum { MOST_LABEL = 63, MOST_DOMAIN = 255, MOST_EMAIL = 320, MOST_HOST = 253 };

bool cv_refuse(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid, const char *message)
{
    return cv_invalid(arena, invalid, validator->code ? validator->code : "invalid",
                      validator->message ? validator->message : message, "value", value);
}

/* Letters of a label: ASCII, and with IDNA U+00A1 to U+FFFF. */
static bool is_label_letter(uint32_t c, bool ascii_only)
{
    return ascii_only ? c < 128 && cv_is_az(c) : cv_is_az(c) || (c >= 0xa1 && c <= 0xffff);
}

/* 1 to 63 letters, digits and hyphens, no hyphen at the ends. */
static bool is_label(CvSlice label, bool ascii_only, bool digits)
{
    size_t count = 0;
    if (label.length == 0 || label.data[0] == '-' || label.data[label.length - 1] == '-')
        return false;
    for (CvSlice rest = label; rest.length; count++) {
        uint32_t c = cv_utf8_next(&rest);
        if (!is_label_letter(c, ascii_only) && c != '-' && !(digits && cv_is_09(c)))
            return false;
    }
    return count <= MOST_LABEL;
}

/* "xn--" and 1 to 59 ASCII letters or digits. */
static bool is_punycode_label(CvSlice label)
{
    if (label.length < 5 || label.length > MOST_LABEL ||
        !cv_slice_equal_fold(cv_slice_range(label, 0, 4), CV_SLICE("xn--")))
        return false;
    for (size_t i = 4; i < label.length; i++)
        if (!cv_is_09((unsigned char)label.data[i]) && !cv_is_az((unsigned char)label.data[i]))
            return false;
    return true;
}

static bool is_top_level(CvSlice label, bool ascii_only)
{
    if (cv_utf8_count(label) < 2)
        return false;
    return is_label(label, ascii_only, ascii_only) || (!ascii_only && is_punycode_label(label));
}

bool cv_is_domain_name(CvSlice name, bool ascii_only, bool trailing_dot)
{
    if (trailing_dot && cv_slice_ends_with(name, CV_SLICE(".")))
        name.length--;
    size_t labels = 0;
    CvSlice rest = name, label = {0}, next;
    while (cv_slice_split(&rest, '.', &next)) {
        if (labels++ && !is_label(label, ascii_only, true))
            return false;
        label = next;
    }
    return labels > 1 && is_top_level(label, ascii_only);
}

bool cv_check_domain_name(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    CvSlice text = cv_value_as_slice(value);
    if (value.kind == CV_STRING && cv_utf8_count(text) <= MOST_DOMAIN &&
        cv_is_domain_name(text, validator->ascii_only, true))
        return true;
    return cv_refuse(validator, arena, value, invalid, "Enter a valid domain name.");
}

/* ---- mail ---- */

static bool is_atom_character(uint32_t c)
{
    return cv_is_az(c) || cv_is_09(c) || (c && c < 128 && strchr("-!#$%&'*+/=?^_`{}|~", (int)c));
}

static bool is_dot_atom(CvSlice user)
{
    bool after_atom = false;
    for (CvSlice rest = user; rest.length;) {
        uint32_t c = cv_utf8_next(&rest);
        if (c == '.' ? !after_atom : !is_atom_character(c))
            return false;
        after_atom = c != '.';
    }
    return after_atom;
}

static bool is_quoted_string(CvSlice user)
{
    if (user.length < 2 || user.data[0] != '"' || user.data[user.length - 1] != '"')
        return false;
    for (CvSlice rest = cv_slice_range(user, 1, user.length - 1); rest.length;) {
        uint32_t c = cv_utf8_next(&rest);
        bool escaped = c == '\\';
        if (escaped && rest.length == 0)
            return false;
        if (escaped)
            c = cv_utf8_next(&rest);
        if (c >= 128 ? !cv_is_az(c) : c == 0 || c == '\n' || c == '\r')
            return false;
        if (!escaped && (c == '\t' || c == ' ' || c == '"'))
            return false;
    }
    return true;
}

static bool is_allowed(const char *const *names, CvSlice name)
{
    for (; *names; names++)
        if (cv_slice_is(name, *names))
            return true;
    return false;
}

static bool is_mail_domain(CvSlice domain)
{
    uint8_t address[16];
    if (cv_is_domain_name(domain, false, false))
        return true;
    if (domain.length < 3 || domain.data[0] != '[' || domain.data[domain.length - 1] != ']')
        return false;
    CvSlice literal = cv_slice_range(domain, 1, domain.length - 1);
    if (cv_slice_find_byte(literal, '%') >= 0)
        return false;
    return cv_ipv4_parse(literal, address) || (literal.length <= 39 && cv_ipv6_parse(literal, address));
}

bool cv_check_email(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    static const char *const localhost[] = {"localhost", NULL};
    CvSlice text = cv_value_as_slice(value);
    ptrdiff_t at = value.kind == CV_STRING ? cv_slice_find_last(text, CV_SLICE("@")) : -1;
    if (at >= 0 && cv_utf8_count(text) <= MOST_EMAIL) {
        CvSlice user = cv_slice_range(text, 0, (size_t)at), domain = cv_slice_skip(text, (size_t)at + 1);
        if ((is_dot_atom(user) || is_quoted_string(user)) &&
            (is_allowed(validator->names ? validator->names : localhost, domain) || is_mail_domain(domain)))
            return true;
    }
    return cv_refuse(validator, arena, value, invalid, "Enter a valid email address.");
}

/* ---- URLs ---- */

static inline bool is_one_of(char byte, const char *few)
{
    while (*few && *few != byte)
        few++;
    return *few != '\0';
}

static size_t span_until(CvSlice text, const char *stops)
{
    size_t length = 0;
    while (length < text.length && !is_one_of(text.data[length], stops))
        length++;
    return length;
}

static bool has_space(CvSlice text)
{
    while (text.length)
        if (cv_utf8_is_space(cv_utf8_next(&text)))
            return true;
    return false;
}

/* Host, port and what follows, after user and password. */
static bool is_host_and_rest(CvSlice text)
{
    uint8_t address[16];
    if (text.length && text.data[0] == '[') {
        ptrdiff_t close = cv_slice_find_byte(text, ']');
        if (close < 2)
            return false;
        CvSlice inner = cv_slice_range(text, 1, (size_t)close);
        if (inner.length > 39 || cv_slice_find_byte(inner, '%') >= 0 || !cv_ipv6_parse(inner, address))
            return false;
        text = cv_slice_skip(text, (size_t)close + 1);
    } else {
        CvSlice host = cv_slice_range(text, 0, span_until(text, ":/?#"));
        if (!cv_ipv4_parse(host, address) && !cv_is_domain_name(host, false, true) &&
            !cv_slice_equal_fold(host, CV_SLICE("localhost")))
            return false;
        text = cv_slice_skip(text, host.length);
    }
    if (text.length && text.data[0] == ':') {
        size_t digits = 1;
        while (digits < text.length && cv_is_09((unsigned char)text.data[digits]))
            digits++;
        if (digits < 2 || digits > 6)
            return false;
        text = cv_slice_skip(text, digits);
    }
    return text.length == 0 || (strchr("/?#", text.data[0]) && !has_space(text));
}

/* "user@" or "user:password@" at the front: its length, or 0. */
static size_t user_length(CvSlice text)
{
    ptrdiff_t at = cv_slice_find_byte(text, '@');
    if (at < 1)
        return 0;
    CvSlice user = cv_slice_range(text, 0, (size_t)at);
    ptrdiff_t colon = cv_slice_find_byte(user, ':');
    bool good = colon != 0 && cv_slice_find_byte(user, '/') < 0 && !has_space(user) &&
                (colon < 0 || cv_slice_find_byte(cv_slice_skip(user, (size_t)colon + 1), ':') < 0);
    return good ? (size_t)at + 1 : 0;
}

/* What Python's urlsplit() refuses in user, password, host and port, and the length of the host. */
static bool is_sane_netloc(CvArena *arena, CvSlice netloc)
{
    bool open = cv_slice_find_byte(netloc, '[') >= 0, close = cv_slice_find_byte(netloc, ']') >= 0;
    ptrdiff_t at = cv_slice_find_last(netloc, CV_SLICE("@"));
    CvSlice host = cv_slice_skip(netloc, (size_t)(at + 1));
    if (open != close || (open && (host.length == 0 || host.data[0] != '[')))
        return false;
    if (!open)
        host = cv_slice_range(host, 0, span_until(host, ":"));
    if (host.length == 0 || cv_utf8_count(host) > MOST_HOST)
        return false;
    /* A character that decomposes into a separator would move the host in other programs. */
    CvSlice normal = cv_utf8_normalize(arena, netloc, CV_NFKC);
    static const char separators[] = "/?#@:";
    size_t before = 0, after = 0;
    for (size_t i = 0; i < netloc.length; i++)
        before += is_one_of(netloc.data[i], separators);
    for (size_t i = 0; i < normal.length; i++)
        after += is_one_of(normal.data[i], separators);
    return after == before;
}

static bool is_scheme(const CvValidator *validator, CvSlice scheme)
{
    static const char *const usual[] = {"http", "https", "ftp", "ftps", NULL};
    const char *const *names = validator->names ? validator->names : usual;
    for (size_t i = 0; i < scheme.length; i++) {
        char c = scheme.data[i];
        if (!cv_is_09((unsigned char)c) && !((unsigned char)c < 128 && cv_is_az((unsigned char)c)) && c != '.' &&
            c != '+' && c != '-')
            return false;
    }
    for (; *names; names++)
        if (cv_slice_equal_fold(scheme, cv_slice(*names)))
            return true;
    return false;
}

static bool is_url(const CvValidator *validator, CvArena *arena, CvSlice text)
{
    ptrdiff_t colon = cv_slice_find(text, CV_SLICE("://"));
    if (colon < 0 || cv_utf8_count(text) > CV_URL_MAX || span_until(text, "\t\r\n") < text.length ||
        !is_scheme(validator, cv_slice_range(text, 0, (size_t)colon)))
        return false;
    CvSlice rest = cv_slice_skip(text, (size_t)colon + 3);
    CvSlice netloc = cv_slice_range(rest, 0, span_until(rest, "/?#"));
    size_t user = user_length(rest);
    return is_sane_netloc(arena, netloc) &&
           ((user && is_host_and_rest(cv_slice_skip(rest, user))) || is_host_and_rest(rest));
}

bool cv_check_url(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    if (value.kind == CV_STRING && is_url(validator, arena, cv_value_as_slice(value)))
        return true;
    return cv_refuse(validator, arena, value, invalid, "Enter a valid URL.");
}

/* ---- IP addresses ---- */

static bool refuse_ip(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid,
                      const char *protocol)
{
    return cv_invalid(arena, invalid, validator->code ? validator->code : "invalid",
                      validator->message ? validator->message : "Enter a valid %(protocol)s address.", "protocol",
                      cv_lazy_text(protocol), "value", value);
}

static bool is_ipv4(CvValue value)
{
    uint8_t address[4];
    return value.kind == CV_INT ? value.integer >= 0 && value.integer <= UINT32_MAX
                                : value.kind == CV_STRING && cv_ipv4_parse(cv_value_as_slice(value), address);
}

static bool is_ipv6(CvValue value)
{
    uint8_t address[16];
    return value.kind == CV_STRING && cv_utf8_count(cv_value_as_slice(value)) <= 39 &&
           cv_ipv6_parse(cv_value_as_slice(value), address);
}

bool cv_check_ipv4(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    return is_ipv4(value) || refuse_ip(validator, arena, value, invalid, "IPv4");
}

bool cv_check_ipv6(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    return is_ipv6(value) || refuse_ip(validator, arena, value, invalid, "IPv6");
}

bool cv_check_ipv46(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    return is_ipv4(value) || is_ipv6(value) || refuse_ip(validator, arena, value, invalid, "IPv4 or IPv6");
}
