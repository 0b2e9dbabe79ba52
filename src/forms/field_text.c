/* field_text.c: fields of text: plain, patterns, addresses, slugs, UUIDs, JSON. */
#include "forms/field_private.h"
#include "forms/widget_private.h"
#include "text/i18n.h"
#include "text/json.h"
#include "text/utf8.h"

/* ---- CharField ---- */

static CvValue empty_value_of(const CvFormField *field)
{
    return field->empty_value.kind == CV_MISSING ? CV_VALUE("") : field->empty_value;
}

bool cv_char_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    (void)invalids;
    CvSlice text = {0};
    if (!cv_is_empty_value(in)) {
        text = cv_value_str(arena, in);
        if (field->strip)
            text = cv_utf8_strip(text);
    }
    *out = text.length ? cv_value_slice(text) : empty_value_of(field);
    return true;
}

/* As text, like Django's: a template that prints the attributes shows '10'. */
static void set_length(CvAttrs *attrs, CvSlice name, int64_t length)
{
    cv_attrs_set(attrs, name, cv_value_slice(cv_value_str(attrs->arena, cv_value_int(length))));
}

static void char_attrs(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs)
{
    if (cv_widget_is_hidden(widget))
        return;
    if (field->max_length >= 0)
        set_length(attrs, CV_SLICE("maxlength"), field->max_length);
    if (field->min_length >= 0)
        set_length(attrs, CV_SLICE("minlength"), field->min_length);
}

static void char_validators(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    if (field->min_length >= 0)
        cv_vector_push(arena, all,
                       ((CvValidator){.check = cv_check_min_length, .limit = cv_value_int(field->min_length)}));
    if (field->max_length >= 0)
        cv_vector_push(arena, all,
                       ((CvValidator){.check = cv_check_max_length, .limit = cv_value_int(field->max_length)}));
    cv_vector_push(arena, all, cv_prohibit_null_characters);
}

const CvFormFieldKind cv_char_form_field = {.name = "CharField",
                                            .base = &cv_base_form_field,
                                            .storage = CV_FORM_TEXT,
                                            .convert = cv_char_convert,
                                            .widget_attrs = char_attrs,
                                            .add_validators = char_validators};

/* ---- patterns, mail, slugs ---- */

static void regex_validators(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    cv_vector_push(arena, all,
                   ((CvValidator){.check = cv_check_regex,
                                  .regex = field->regex ? field->regex : "",
                                  .flags = field->regex_flags}));
}

const CvFormFieldKind cv_regex_form_field = {
    .name = "RegexField", .base = &cv_char_form_field, .storage = CV_FORM_TEXT, .add_validators = regex_validators};

static const CvValidator email_list[] = {{.check = cv_check_email}, {0}};
static const CvValidator slug_list[] = {{.check = cv_check_slug}, {0}};
static const CvValidator unicode_slug_list[] = {{.check = cv_check_unicode_slug}, {0}};
static const CvValidator url_list[] = {{.check = cv_check_url}, {0}};
static const CvValidator ipv4_list[] = {{.check = cv_check_ipv4}, {0}};
static const CvValidator ipv6_list[] = {{.check = cv_check_ipv6}, {0}};
static const CvValidator ipv46_list[] = {{.check = cv_check_ipv46}, {0}};
static const CvWidget email_input = {.kind = &cv_email_input_kind}, url_input = {.kind = &cv_url_input_kind};
static const CvWidget textarea = {.kind = &cv_textarea_kind};

static const CvValidator *email_validators(const CvFormField *field)
{
    (void)field;
    return email_list;
}

const CvFormFieldKind cv_email_form_field = {.name = "EmailField",
                                             .base = &cv_char_form_field,
                                             .storage = CV_FORM_TEXT,
                                             .widget = &email_input,
                                             .own_validators = email_validators};

static const CvValidator *slug_validators(const CvFormField *field)
{
    return field->allow_unicode ? unicode_slug_list : slug_list;
}

const CvFormFieldKind cv_slug_form_field = {
    .name = "SlugField", .base = &cv_char_form_field, .storage = CV_FORM_TEXT, .own_validators = slug_validators};

/* ---- URLs ---- */

/* Text that names no scheme gets one. */
static bool url_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    cv_char_convert(field, arena, in, out, invalids);
    if (out->kind != CV_STRING || out->length == 0)
        return true;
    CvSlice text = cv_value_as_slice(*out);
    ptrdiff_t colon = cv_slice_find_byte(text, ':');
    char first = text.data[0] | 0x20;
    bool has_scheme = colon > 0 && first >= 'a' && first <= 'z' &&
                      cv_slice_find_byte(cv_slice_range(text, 0, (size_t)colon), '/') < 0;
    if (!has_scheme) {
        const char *scheme = field->assume_scheme ? field->assume_scheme : "https";
        const char *mark = cv_slice_starts_with(text, CV_SLICE("//")) ? ":" : "://";
        CvBuffer whole = cv_buffer(arena);
        cv_buffer_append_string(&whole, scheme);
        cv_buffer_append_string(&whole, mark);
        cv_buffer_append_slice(&whole, text);
        (void)cv_buffer_string(&whole);
        *out = cv_value_slice(cv_buffer_slice(&whole));
    }
    return true;
}

static const CvValidator *url_validators(const CvFormField *field)
{
    (void)field;
    return url_list;
}

static const char *const url_messages[] = {"invalid", "Enter a valid URL.", NULL};
const CvFormFieldKind cv_url_form_field = {.name = "URLField",
                                           .base = &cv_char_form_field,
                                           .storage = CV_FORM_TEXT,
                                           .widget = &url_input,
                                           .messages = url_messages,
                                           .convert = url_convert,
                                           .own_validators = url_validators};

/* ---- IP addresses ---- */

static bool ip_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    uint8_t address[16];
    if (cv_is_empty_value(in)) {
        *out = CV_VALUE("");
        return true;
    }
    CvSlice text = cv_utf8_strip(cv_value_str(arena, in));
    *out = cv_value_slice(text);
    if (cv_slice_find_byte(text, ':') < 0)
        return true;
    if (cv_utf8_count(text) > (size_t)(field->max_length < 0 ? 39 : field->max_length) ||
        !cv_ipv6_parse(text, address)) {
        CvInvalid invalid;
        cv_invalid(arena, &invalid, "invalid", "This is not a valid IPv6 address.", "protocol", cv_lazy_text("IPv6"));
        cv_invalids_add(invalids, &invalid);
        return false;
    }
    *out = cv_value_slice(cv_ipv6_text(arena, address, field->unpack_ipv4));
    return true;
}

static const CvValidator *ip_validators(const CvFormField *field)
{
    CvSlice protocol = cv_slice(field->protocol);
    if (cv_slice_equal_fold(protocol, CV_SLICE("ipv4")))
        return ipv4_list;
    return cv_slice_equal_fold(protocol, CV_SLICE("ipv6")) ? ipv6_list : ipv46_list;
}

const CvFormFieldKind cv_ip_address_form_field = {.name = "GenericIPAddressField",
                                                  .base = &cv_char_form_field,
                                                  .storage = CV_FORM_TEXT,
                                                  .convert = ip_convert,
                                                  .own_validators = ip_validators};

/* ---- UUIDs ---- */

static CvSlice without(CvArena *arena, CvSlice text, CvSlice part)
{
    CvBuffer out = cv_buffer(arena);
    for (ptrdiff_t at; (at = cv_slice_find(text, part)) >= 0; text = cv_slice_skip(text, (size_t)at + part.length))
        cv_buffer_append(&out, text.data, (size_t)at);
    cv_buffer_append_slice(&out, text);
    return cv_buffer_slice(&out);
}

/* The value of a hexadecimal digit, or of a decimal one of any script; -1 for anything else. */
static int hex_value(CvArena *arena, uint32_t c, CvSlice text)
{
    CvValue number;
    if (c >= 'a' && c <= 'f')
        return (int)c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return (int)c - 'A' + 10;
    if (c >= '0' && c <= '9')
        return (int)c - '0';
    return cv_utf8_is_digit(c) && cv_python_int(arena, text, &number) ? (int)number.integer : -1;
}

/* 32 characters that Python's int(text, 16) takes: a sign, 0x and underscores among them. */
static bool read_uuid(CvArena *arena, CvSlice text, CvUuid *out)
{
    text = without(arena, without(arena, text, CV_SLICE("urn:")), CV_SLICE("uuid:"));
    while (text.length && (text.data[0] == '{' || text.data[0] == '}'))
        text = cv_slice_skip(text, 1);
    while (text.length && (text.data[text.length - 1] == '{' || text.data[text.length - 1] == '}'))
        text.length--;
    text = without(arena, text, CV_SLICE("-"));
    if (cv_utf8_count(text) != 32)
        return false;
    text = cv_slice_skip(text, text.data[0] == '+');
    bool prefix = text.length > 1 && text.data[0] == '0' && (text.data[1] | 0x20) == 'x', after_digit = prefix;
    text = cv_slice_skip(text, prefix ? 2 : 0);
    *out = (CvUuid){.set = true};
    while (text.length) {
        CvSlice before = text;
        uint32_t c = cv_utf8_next(&text);
        if (c == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        int digit = hex_value(arena, c, cv_slice_of(before.data, before.length - text.length));
        if (digit < 0)
            return false;
        for (size_t i = 0; i < 15; i++)
            out->bytes[i] = (uint8_t)(out->bytes[i] << 4 | out->bytes[i + 1] >> 4);
        out->bytes[15] = (uint8_t)(out->bytes[15] << 4 | digit);
        after_digit = true;
    }
    return after_digit;
}

static bool uuid_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvUuid uuid;
    if (in.kind == CV_UUID) {
        *out = in;
        return true;
    }
    cv_char_convert(field, arena, in, out, invalids);
    if (cv_is_empty_value(*out)) {
        *out = cv_value_null();
        return true;
    }
    if (!read_uuid(arena, cv_value_as_slice(*out), &uuid))
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_uuid(uuid);
    return true;
}

static CvValue uuid_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    (void)field;
    return value.kind == CV_UUID ? cv_value_slice(cv_value_str(arena, value)) : value;
}

static const char *const uuid_messages[] = {"invalid", "Enter a valid UUID.", NULL};
const CvFormFieldKind cv_uuid_form_field = {.name = "UUIDField",
                                            .base = &cv_char_form_field,
                                            .storage = CV_FORM_UUID,
                                            .messages = uuid_messages,
                                            .convert = uuid_convert,
                                            .prepare = uuid_prepare};

/* ---- JSON ---- */

static bool read_json(CvArena *arena, CvSlice text, CvValue *out)
{
    static const CvJsonReadOptions options = {.nan = true};
    CvError error;
    return cv_json_parse(arena, text, &options, out, &error);
}

static bool json_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    *out = in;
    if (field->disabled)
        return true;
    if (cv_is_empty_value(in)) {
        *out = cv_value_null();
        return true;
    }
    if (in.kind != CV_STRING)
        return true;
    if (read_json(arena, cv_value_as_slice(in), out))
        return true;
    static const char *const names[] = {"value"};
    return cv_field_refuse_with(field, invalids, "invalid", NULL, NULL, 1, names, &in);
}

static CvValue json_bound(const CvFormField *field, CvArena *arena, CvValue data, CvValue initial)
{
    CvValue value;
    if (field->disabled)
        return initial;
    if (data.kind != CV_STRING)
        return data;
    if (read_json(arena, cv_value_as_slice(data), &value))
        return value;
    data.flags |= CV_LAZY; /* marks text that is shown as it came */
    return data;
}

static CvSlice write_json(CvArena *arena, CvValue value, bool unicode, bool sorted)
{
    const CvJsonWriteOptions options = {.unicode = unicode, .sort_keys = sorted, .nan = true};
    CvBuffer out = cv_buffer(arena);
    CvError error;
    if (!cv_json_write(arena, &out, value.kind == CV_MISSING ? cv_value_null() : value, &options, &error))
        cv_raise_error(&error);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

static CvValue json_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    (void)field;
    if (value.kind == CV_STRING && (value.flags & CV_LAZY)) {
        value.flags = 0;
        return value;
    }
    return cv_value_slice(write_json(arena, value, true, false));
}

static bool json_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    CvInvalids invalids = {.arena = arena};
    CvValue value;
    if (!json_convert(field, arena, data, &value, &invalids))
        return true;
    return !cv_slice_equal(write_json(arena, initial, false, true), write_json(arena, value, false, true));
}

static const char *const json_messages[] = {"invalid", "Enter a valid JSON.", NULL};
const CvFormFieldKind cv_json_form_field = {.name = "JSONField",
                                            .base = &cv_char_form_field,
                                            .storage = CV_FORM_VALUE,
                                            .widget = &textarea,
                                            .messages = json_messages,
                                            .convert = json_convert,
                                            .bound_data = json_bound,
                                            .prepare = json_prepare,
                                            .has_changed = json_changed};
