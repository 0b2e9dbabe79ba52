/* records_values.c: the notation of values in the records ({"$date": "2024-02-29"} and so on). */
#include "records.h"

static const char *digits(const char *at, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, at++) {
        if (*at < '0' || *at > '9')
            cv_raise(CV_ERROR_VALUE, "no digits: %s", at);
        *out = *out * 10 + (*at - '0');
    }
    return at;
}

static CvDate read_date(const char **at)
{
    int year, month, day;
    *at = digits(*at, 4, &year) + 1;
    *at = digits(*at, 2, &month) + 1;
    *at = digits(*at, 2, &day);
    return cv_date(year, month, day);
}

static CvTime read_time(const char **at)
{
    int hour, minute, second = 0, micro = 0;
    *at = digits(*at, 2, &hour) + 1;
    *at = digits(*at, 2, &minute);
    if (**at == ':')
        *at = digits(*at + 1, 2, &second);
    if (**at == '.')
        *at = digits(*at + 1, 6, &micro);
    return cv_time(hour, minute, second, micro);
}

static CvDateTime read_datetime(const char *at)
{
    CvDate date = read_date(&at);
    at++;
    CvTime time = read_time(&at);
    if (!*at)
        return cv_datetime_naive(date, time);
    int hour = 0, minute = 0, second = 0, sign = *at == '-' ? -1 : 1;
    if (*at != 'Z') {
        at = digits(at + 1, 2, &hour) + 1;
        at = digits(at, 2, &minute);
        if (*at == ':')
            digits(at + 1, 2, &second);
    }
    int offset = sign * (hour * 3600 + minute * 60 + second);
    return cv_datetime_in(date, time, offset ? cv_zone_fixed(offset, NULL) : cv_zone_utc, false);
}

static CvUuid read_uuid(CvSlice text)
{
    CvUuid uuid = {.set = true};
    size_t nibbles = 0;
    for (size_t i = 0; i < text.length && nibbles < 32; i++) {
        char c = text.data[i];
        int nibble = c >= '0' && c <= '9'   ? c - '0'
                     : c >= 'a' && c <= 'f' ? c - 'a' + 10
                     : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                            : -1;
        if (nibble >= 0) {
            uuid.bytes[nibbles / 2] = (uint8_t)(uuid.bytes[nibbles / 2] << 4 | nibble);
            nibbles++;
        }
    }
    return uuid;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

CvSlice records_bytes(CvArena *arena, CvSlice base64)
{
    CvBuffer out = cv_buffer(arena);
    uint32_t held = 0, bits = 0;
    for (size_t i = 0; i < base64.length && base64_digit(base64.data[i]) >= 0; i++) {
        held = held << 6 | (uint32_t)base64_digit(base64.data[i]);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            cv_buffer_append_byte(&out, (char)(held >> bits));
            held &= (1u << bits) - 1;
        }
    }
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

static CvValue decode_list(CvArena *arena, const CvList *list)
{
    CvList *out = cv_list_create(arena);
    for (size_t i = 0; i < list->count; i++)
        cv_list_add(arena, out, records_decode(arena, list->items[i]));
    return cv_value_list(out);
}

static CvValue decode_dict(CvArena *arena, const CvDict *dict)
{
    CvDict *out = cv_dict_create(arena);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        cv_dict_set(out, entry->key, records_decode(arena, entry->value));
    return cv_value_dict(out);
}

static CvValue decode_pairs(CvArena *arena, const CvList *pairs)
{
    CvDict *out = cv_dict_create(arena);
    for (size_t i = 0; i < pairs->count; i++) {
        const CvList *pair = pairs->items[i].list;
        cv_dict_set(out, records_decode(arena, pair->items[0]), records_decode(arena, pair->items[1]));
    }
    return cv_value_dict(out);
}

/* The value of a tagged object; false if the tag is none of the plain ones. */
static bool decode_tag(CvArena *arena, CvSlice tag, CvValue raw, CvValue *out)
{
    CvSlice text = raw.kind == CV_STRING ? cv_value_as_slice(raw) : CV_SLICE("");
    const char *string = cv_slice_string(arena, text);
    double number;
    if (cv_slice_is(tag, "$int"))
        *out = cv_value_integer_text(arena, text);
    else if (cv_slice_is(tag, "$float") && cv_slice_to_double(text, &number))
        *out = cv_value_float(number);
    else if (cv_slice_is(tag, "$decimal"))
        *out = cv_value_decimal((CvDecimal){string});
    else if (cv_slice_is(tag, "$date"))
        *out = cv_value_date(read_date(&string));
    else if (cv_slice_is(tag, "$time"))
        *out = cv_value_time(read_time(&string));
    else if (cv_slice_is(tag, "$datetime"))
        *out = cv_value_datetime(read_datetime(string));
    else if (cv_slice_is(tag, "$uuid"))
        *out = cv_value_uuid(read_uuid(text));
    else if (cv_slice_is(tag, "$timedelta"))
        *out = cv_value_duration(cv_duration(raw.list->items[0].integer * CV_DAY +
                                             raw.list->items[1].integer * CV_SECOND + raw.list->items[2].integer));
    else if (cv_slice_is(tag, "$bytes")) {
        CvSlice bytes = records_bytes(arena, text);
        *out = cv_value_bytes((CvBytes){bytes.data, bytes.length});
    } else if (cv_slice_is(tag, "$str"))
        *out = raw;
    else if (cv_slice_is(tag, "$set") || cv_slice_is(tag, "$tuple"))
        *out = decode_list(arena, raw.list);
    else if (cv_slice_is(tag, "$dict"))
        *out = decode_pairs(arena, raw.list);
    else
        return false;
    return true;
}

CvValue records_decode(CvArena *arena, CvValue raw)
{
    CvValue out;
    if (raw.kind == CV_LIST)
        return decode_list(arena, raw.list);
    if (raw.kind != CV_DICT)
        return raw;
    const CvDictEntry *only = cv_dict_next(raw.dict, NULL);
    if (only && !cv_dict_next(raw.dict, only) && only->key.kind == CV_STRING && only->key.length > 0 &&
        only->key.text[0] == '$')
        return decode_tag(arena, cv_value_as_slice(only->key), only->value, &out) ? out : raw;
    return decode_dict(arena, raw.dict);
}
