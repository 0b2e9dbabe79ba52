/* value_text.c: str() and repr() of values, byte for byte as Python prints them. */
#include <unictype.h>
#include <unistr.h>

#include "base/iso.h"
#include "base/self.h"
#include "base/value_private.h"
#include "base/zone_private.h"

static void append_repr(CvBuffer *out, CvValue v, int depth);

void cv_iso_append_date(CvBuffer *out, CvDate date)
{
    cv_buffer_append_padded(out, (uint64_t)date.year, 4);
    cv_buffer_append_byte(out, '-');
    cv_buffer_append_padded(out, date.month, 2);
    cv_buffer_append_byte(out, '-');
    cv_buffer_append_padded(out, date.day, 2);
}

void cv_iso_append_time(CvBuffer *out, CvTime time)
{
    cv_buffer_append_padded(out, time.hour, 2);
    cv_buffer_append_byte(out, ':');
    cv_buffer_append_padded(out, time.minute, 2);
    cv_buffer_append_byte(out, ':');
    cv_buffer_append_padded(out, time.second, 2);
    if (time.microsecond) {
        cv_buffer_append_byte(out, '.');
        cv_buffer_append_padded(out, time.microsecond, 6);
    }
}

static void append_datetime(CvBuffer *out, CvDateTime datetime)
{
    CvClock clock = cv_datetime_clock(datetime, NULL);
    cv_iso_append_date(out, clock.date);
    cv_buffer_append_byte(out, ' ');
    cv_iso_append_time(out, clock.time);
    if (cv_datetime_is_naive(datetime))
        return;
    int offset = clock.utc_offset < 0 ? -clock.utc_offset : clock.utc_offset;
    cv_buffer_printf(out, "%c%02d:%02d", clock.utc_offset < 0 ? '-' : '+', offset / 3600, offset / 60 % 60);
    if (offset % 60)
        cv_buffer_printf(out, ":%02d", offset % 60);
}

/* Days are floored, so that the rest is never negative: "-1 day, 23:59:59". */
static int64_t split_days(int64_t microseconds, int64_t *rest)
{
    int64_t days = microseconds / CV_DAY - (microseconds % CV_DAY < 0);
    *rest = microseconds - days * CV_DAY;
    return days;
}

static void append_duration(CvBuffer *out, int64_t microseconds)
{
    int64_t rest, days = split_days(microseconds, &rest);
    if (days)
        cv_buffer_printf(out, "%lld day%s, ", (long long)days, days == 1 || days == -1 ? "" : "s");
    CvTime time = cv_time_from_microseconds(rest);
    cv_buffer_printf(out, "%d:%02d:%02d", time.hour, time.minute, time.second);
    if (time.microsecond)
        cv_buffer_printf(out, ".%06u", time.microsecond);
}

static void append_uuid(CvBuffer *out, const uint8_t *bytes)
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            cv_buffer_append_byte(out, '-');
        cv_buffer_append_byte(out, digits[bytes[i] >> 4]);
        cv_buffer_append_byte(out, digits[bytes[i] & 15]);
    }
}

static bool is_printable(ucs4_t c)
{
    return c == ' ' || (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_C) &&
                        !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Z));
}

static void append_escaped(CvBuffer *out, ucs4_t c)
{
    if (c < 0x100)
        cv_buffer_printf(out, "\\x%02x", c);
    else if (c < 0x10000)
        cv_buffer_printf(out, "\\u%04x", c);
    else
        cv_buffer_printf(out, "\\U%08x", c);
}

static char quote_for(CvSlice text)
{
    return cv_slice_find_byte(text, '\'') >= 0 && cv_slice_find_byte(text, '"') < 0 ? '"' : '\'';
}

static bool append_common_escape(CvBuffer *out, char c, char quote)
{
    const char *escape = c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : c == '\\' ? "\\\\" : NULL;
    if (escape)
        cv_buffer_append_string(out, escape);
    else if (c == quote)
        cv_buffer_append(out, (const char[]){'\\', c}, 2);
    else
        return false;
    return true;
}

static void append_string_repr(CvBuffer *out, CvSlice text)
{
    char quote = quote_for(text);
    cv_buffer_append_byte(out, quote);
    for (size_t at = 0; at < text.length;) {
        char c = text.data[at];
        if ((unsigned char)c < 0x80) {
            at++;
            if (append_common_escape(out, c, quote))
                continue;
            if (c < ' ' || c == 127)
                append_escaped(out, (ucs4_t)c);
            else
                cv_buffer_append_byte(out, c);
            continue;
        }
        ucs4_t code;
        int width = u8_mbtoucr(&code, (const uint8_t *)text.data + at, text.length - at);
        if (width <= 0) { /* no UTF-8: the byte's value */
            append_escaped(out, (unsigned char)c);
            width = 1;
        } else if (is_printable(code)) {
            cv_buffer_append(out, text.data + at, (size_t)width);
        } else {
            append_escaped(out, code);
        }
        at += (size_t)width;
    }
    cv_buffer_append_byte(out, quote);
}

static void append_bytes_repr(CvBuffer *out, CvSlice bytes)
{
    char quote = quote_for(bytes);
    cv_buffer_append_byte(out, 'b');
    cv_buffer_append_byte(out, quote);
    for (size_t i = 0; i < bytes.length; i++) {
        char c = bytes.data[i];
        if (append_common_escape(out, c, quote))
            continue;
        if ((unsigned char)c < ' ' || (unsigned char)c >= 127) /* char has no sign everywhere */
            append_escaped(out, (unsigned char)c);
        else
            cv_buffer_append_byte(out, c);
    }
    cv_buffer_append_byte(out, quote);
}

static void append_time_arguments(CvBuffer *out, CvTime time)
{
    cv_buffer_printf(out, "%d, %d", time.hour, time.minute);
    if (time.second || time.microsecond)
        cv_buffer_printf(out, ", %d", time.second);
    if (time.microsecond)
        cv_buffer_printf(out, ", %u", time.microsecond);
}

static void append_duration_repr(CvBuffer *out, int64_t microseconds);

/* datetime.timezone(datetime.timedelta(seconds=3600)), with its name where it has one of its own. */
static void append_fixed_zone(CvBuffer *out, const CvZone *zone)
{
    const CvZoneType *fixed = &zone->fixed;
    cv_buffer_append_string(out, ", tzinfo=datetime.timezone(");
    append_duration_repr(out, fixed->offset * CV_SECOND);
    if (fixed->abbreviation == zone->name) {
        cv_buffer_append_string(out, ", ");
        append_string_repr(out, cv_slice(zone->name));
    }
    cv_buffer_append_byte(out, ')');
}

static void append_datetime_repr(CvBuffer *out, CvDateTime datetime)
{
    CvClock clock = cv_datetime_clock(datetime, NULL);
    cv_buffer_printf(out, "datetime.datetime(%d, %d, %d, ", clock.date.year, clock.date.month, clock.date.day);
    append_time_arguments(out, clock.time);
    if (clock.fold)
        cv_buffer_append_string(out, ", fold=1");
    const char *name = cv_zone_name(datetime.zone);
    if (datetime.zone == cv_zone_utc) {
        cv_buffer_append_string(out, ", tzinfo=datetime.timezone.utc");
    } else if (datetime.zone->form == CV_ZONE_FIXED) {
        append_fixed_zone(out, datetime.zone);
    } else if (!cv_datetime_is_naive(datetime)) {
        cv_buffer_append_string(out, ", tzinfo=zoneinfo.ZoneInfo(key=");
        append_string_repr(out, cv_slice(name));
        cv_buffer_append_byte(out, ')');
    }
    cv_buffer_append_byte(out, ')');
}

static void append_duration_repr(CvBuffer *out, int64_t microseconds)
{
    int64_t rest, days = split_days(microseconds, &rest);
    const char *comma = "";
    cv_buffer_append_string(out, "datetime.timedelta(");
    if (days) {
        cv_buffer_printf(out, "days=%lld", (long long)days);
        comma = ", ";
    }
    if (rest / CV_SECOND) {
        cv_buffer_printf(out, "%sseconds=%lld", comma, (long long)(rest / CV_SECOND));
        comma = ", ";
    }
    if (rest % CV_SECOND)
        cv_buffer_printf(out, "%smicroseconds=%lld", comma, (long long)(rest % CV_SECOND));
    if (!microseconds)
        cv_buffer_append_byte(out, '0');
    cv_buffer_append_byte(out, ')');
}

static void append_list_repr(CvBuffer *out, CvValue v, int depth)
{
    bool tuple = v.kind == CV_TUPLE;
    cv_buffer_append_byte(out, tuple ? '(' : '[');
    for (size_t i = 0; i < v.list->count; i++) {
        if (i)
            cv_buffer_append_string(out, ", ");
        append_repr(out, v.list->items[i], depth + 1);
    }
    if (tuple && v.list->count == 1)
        cv_buffer_append_byte(out, ',');
    cv_buffer_append_byte(out, tuple ? ')' : ']');
}

static void append_dict_repr(CvBuffer *out, const CvDict *dict, int depth)
{
    cv_buffer_append_byte(out, '{');
    const char *comma = "";
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry)); comma = ", ") {
        cv_buffer_append_string(out, comma);
        append_repr(out, entry->key, depth + 1);
        cv_buffer_append_string(out, ": ");
        append_repr(out, entry->value, depth + 1);
    }
    cv_buffer_append_byte(out, '}');
}

static void append_object(CvBuffer *out, const void *object, bool as_repr)
{
    const CvType *type = cv_type_of(object);
    CvSlice (*print)(const void *, CvArena *) = as_repr || !type->str ? type->repr : type->str;
    if (!print) {
        cv_buffer_printf(out, "<%s object>", type->name ? type->name : "unnamed");
        return;
    }
    CvScratch scratch = cv_scratch_begin(out->arena);
    cv_buffer_append_slice(out, print(object, scratch.arena));
    cv_scratch_end(scratch);
}

/* What str() and repr() print alike. */
static bool append_plain(CvBuffer *out, CvValue v)
{
    switch ((CvKind)v.kind) {
    case CV_NULL:
        cv_buffer_append_string(out, "None");
        return true;
    case CV_BOOL:
        cv_buffer_append_string(out, v.boolean ? "True" : "False");
        return true;
    case CV_INT:
        cv_buffer_append_int(out, v.integer);
        return true;
    case CV_BIGINT:
        cv_buffer_append(out, v.text, v.length);
        return true;
    case CV_FLOAT:
        cv_buffer_append_double(out, v.real);
        return true;
    case CV_MISSING:
        return true;
    default:
        return false;
    }
}

static void append_repr(CvBuffer *out, CvValue v, int depth)
{
    if (depth > CV_VALUE_DEPTH_MAX) {
        cv_buffer_append_string(out, "...");
        return;
    }
    switch ((CvKind)v.kind) {
    case CV_DECIMAL:
        cv_buffer_printf(out, "Decimal('%s')", v.decimal.text);
        break;
    case CV_STRING:
        append_string_repr(out, cv_value_as_slice(v));
        break;
    case CV_BYTES:
        append_bytes_repr(out, cv_value_as_slice(v));
        break;
    case CV_DATE:
        cv_buffer_printf(out, "datetime.date(%d, %d, %d)", v.date.year, v.date.month, v.date.day);
        break;
    case CV_TIME:
        cv_buffer_append_string(out, "datetime.time(");
        append_time_arguments(out, v.time);
        cv_buffer_append_byte(out, ')');
        break;
    case CV_DATETIME:
        append_datetime_repr(out, v.datetime);
        break;
    case CV_DURATION:
        append_duration_repr(out, v.duration);
        break;
    case CV_UUID:
        cv_buffer_append_string(out, "UUID('");
        append_uuid(out, v.uuid);
        cv_buffer_append_string(out, "')");
        break;
    case CV_LIST:
    case CV_TUPLE:
        append_list_repr(out, v, depth);
        break;
    case CV_DICT:
        append_dict_repr(out, v.dict, depth);
        break;
    case CV_OBJECT:
        append_object(out, v.object, true);
        break;
    default:
        append_plain(out, v);
    }
}

void cv_value_append_repr(CvBuffer *out, CvValue v)
{
    append_repr(out, v, 0);
}

CvSlice cv_value_repr(CvArena *arena, CvValue v)
{
    CvBuffer out = cv_buffer(arena);
    append_repr(&out, v, 0);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_value_str(CvArena *arena, CvValue v)
{
    CvBuffer out = cv_buffer(arena);
    switch ((CvKind)v.kind) {
    case CV_STRING:
    case CV_BIGINT:
        return cv_value_as_slice(v);
    case CV_DECIMAL:
        return cv_slice(v.decimal.text);
    case CV_DATE:
        cv_iso_append_date(&out, v.date);
        break;
    case CV_TIME:
        cv_iso_append_time(&out, v.time);
        break;
    case CV_DATETIME:
        append_datetime(&out, v.datetime);
        break;
    case CV_DURATION:
        append_duration(&out, v.duration);
        break;
    case CV_UUID:
        append_uuid(&out, v.uuid);
        break;
    case CV_OBJECT:
        if (cv_type_of(v.object)->str)
            return cv_type_of(v.object)->str(v.object, arena);
        append_object(&out, v.object, false);
        break;
    default:
        append_repr(&out, v, 0);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
