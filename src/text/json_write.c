/* json_write.c: values as JSON, byte for byte as Python's json.dumps and Django's encoder write them. */
#include <math.h>

#include "text/date.h"
#include "text/json.h"
#include "text/utf8.h"

#define DEPTH_MAX 200

typedef struct Writer {
    CvArena *arena;
    CvBuffer *out;
    CvJsonWriteOptions options;
    int depth;
    CvError *error;
} Writer;

static bool write_value(Writer *writer, CvValue value);

static void append_unicode(CvBuffer *out, uint32_t point)
{
    if (point >= 0x10000) {
        point -= 0x10000;
        cv_buffer_printf(out, "\\u%04x\\u%04x", 0xD800 + (point >> 10), 0xDC00 + (point & 0x3FF));
    } else {
        cv_buffer_printf(out, "\\u%04x", point);
    }
}

void cv_json_write_string(CvBuffer *out, CvSlice text, bool unicode)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    cv_buffer_append_byte(out, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.length;) {
        uint8_t c = (uint8_t)text.data[i];
        if (c >= ' ' && c != '"' && c != '\\' && (c < 0x7F || unicode)) {
            i++;
            continue;
        }
        cv_buffer_append(out, text.data + start, i - start);
        const char *found = c ? strchr(from, c) : NULL;
        if (found) {
            cv_buffer_append(out, (const char[]){'\\', to[found - from]}, 2);
            i++;
        } else {
            CvSlice rest = cv_slice_skip(text, i);
            append_unicode(out, cv_utf8_next(&rest));
            i = text.length - rest.length;
        }
        start = i;
    }
    if (start < text.length)
        cv_buffer_append(out, text.data + start, text.length - start);
    cv_buffer_append_byte(out, '"');
}

static bool refuse(Writer *writer, CvValue value)
{
    return cv_fail(writer->arena, writer->error, CV_ERROR_TYPE, "Object of type %s is not JSON serializable",
                   cv_value_kind_name(value));
}

static bool write_double(Writer *writer, double number)
{
    if (isfinite(number)) {
        cv_buffer_append_double(writer->out, number);
        return true;
    }
    if (!writer->options.nan)
        return cv_fail(writer->arena, writer->error, CV_ERROR_VALUE,
                       "Out of range float values are not JSON compliant");
    cv_buffer_append_string(writer->out, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    return true;
}

static void new_line(Writer *writer)
{
    if (!writer->options.indent)
        return;
    cv_buffer_append_byte(writer->out, '\n');
    if (writer->options.indent > 0)
        cv_buffer_append_repeated(writer->out, ' ', (size_t)writer->options.indent * (size_t)writer->depth);
}

static void write_comma(Writer *writer, bool first)
{
    if (!first)
        cv_buffer_append_string(writer->out, writer->options.indent || writer->options.compact ? "," : ", ");
    new_line(writer);
}

static bool enter(Writer *writer, char open)
{
    if (writer->depth == DEPTH_MAX)
        return cv_fail(writer->arena, writer->error, CV_ERROR_RECURSION, "The value is nested too deeply for JSON.");
    writer->depth++;
    cv_buffer_append_byte(writer->out, open);
    return true;
}

static void leave(Writer *writer, char close, bool empty)
{
    writer->depth--;
    if (!empty)
        new_line(writer);
    cv_buffer_append_byte(writer->out, close);
}

static bool write_list(Writer *writer, const CvList *list)
{
    if (!enter(writer, '['))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        write_comma(writer, i == 0);
        if (!write_value(writer, list->items[i]))
            return false;
    }
    leave(writer, ']', list->count == 0);
    return true;
}

static bool write_dict(Writer *writer, const CvDict *dict);

static bool write_items(Writer *writer, CvValue value)
{
    const CvType *type = cv_type_of(value.object);
    if (!type->iterate)
        return refuse(writer, value);
    if (!enter(writer, '['))
        return false;
    CvIterator iterator = {.arena = writer->arena, .object = value.object};
    type->iterate(value.object, &iterator);
    bool empty = true;
    for (CvValue item; iterator.next(&iterator, &item); empty = false) {
        write_comma(writer, empty);
        if (!write_value(writer, item))
            return false;
    }
    leave(writer, ']', empty);
    return true;
}

/* An object that gives values by name and, walked, its names. What has items by number as well is a sequence. */
static bool is_mapping(const CvType *type)
{
    return type->get && type->iterate && !type->item;
}

static bool write_mapping(Writer *writer, CvValue value)
{
    const CvType *type = cv_type_of(value.object);
    CvDict *dict = cv_dict_create(writer->arena);
    CvIterator iterator = {.arena = writer->arena, .object = value.object};
    type->iterate(value.object, &iterator);
    for (CvValue key, item; iterator.next(&iterator, &key);) {
        if (key.kind != CV_STRING || !type->get(value.object, cv_value_as_slice(key), writer->arena, &item))
            return refuse(writer, value);
        cv_dict_set(dict, key, item);
    }
    return write_dict(writer, dict);
}

/* The text of a key: strings as they are, other plain values as JSON writes them. */
static bool key_text(Writer *writer, CvValue key, CvSlice *out)
{
    if (key.kind == CV_STRING) {
        *out = cv_value_as_slice(key);
    } else if (key.kind == CV_NULL) {
        *out = CV_SLICE("null");
    } else if (key.kind == CV_BOOL) {
        *out = key.boolean ? CV_SLICE("true") : CV_SLICE("false");
    } else if (key.kind == CV_INT || key.kind == CV_BIGINT || key.kind == CV_FLOAT) {
        *out = cv_value_str(writer->arena, key);
    } else {
        return cv_fail(writer->arena, writer->error, CV_ERROR_TYPE,
                       "keys must be str, int, float, bool or None, not %s", cv_value_kind_name(key));
    }
    return true;
}

typedef struct Pair {
    CvSlice key;
    CvValue value;
} Pair;

static int compare_pairs(const void *a, const void *b)
{
    return cv_slice_compare(((const Pair *)a)->key, ((const Pair *)b)->key);
}

static bool write_dict(Writer *writer, const CvDict *dict)
{
    size_t count = cv_dict_count(dict), used = 0;
    Pair *pairs = cv_arena_new_array(writer->arena, Pair, count);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry)); used++) {
        if (!key_text(writer, entry->key, &pairs[used].key))
            return false;
        pairs[used].value = entry->value;
    }
    if (writer->options.sort_keys && count > 1)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    if (!enter(writer, '{'))
        return false;
    for (size_t i = 0; i < count; i++) {
        write_comma(writer, i == 0);
        cv_json_write_string(writer->out, pairs[i].key, writer->options.unicode);
        cv_buffer_append_string(writer->out, writer->options.compact ? ":" : ": ");
        if (!write_value(writer, pairs[i].value))
            return false;
    }
    leave(writer, '}', count == 0);
    return true;
}

/* What JSON has no kind for, as DjangoJSONEncoder writes it: times to the millisecond, UTC as "Z". */
static bool write_extended(Writer *writer, CvValue value)
{
    CvBuffer text = cv_buffer(writer->arena);
    if (value.kind == CV_DURATION) {
        cv_duration_format_iso(&text, value.duration);
    } else if (value.kind == CV_DECIMAL || value.kind == CV_UUID) {
        cv_buffer_append_slice(&text, cv_value_str(writer->arena, value));
    } else {
        cv_iso_format(&text, value);
        char *point = memchr(text.data, '.', text.length);
        if (point) {
            size_t at = (size_t)(point - text.data) + 4;
            memmove(text.data + at, text.data + at + 3, text.length - at - 3);
            text.length -= 3;
        }
        if (value.kind == CV_DATETIME && cv_slice_ends_with(cv_buffer_slice(&text), CV_SLICE("+00:00"))) {
            text.length -= 6;
            cv_buffer_append_byte(&text, 'Z');
        }
    }
    cv_json_write_string(writer->out, cv_buffer_slice(&text), writer->options.unicode);
    return true;
}

static bool write_value(Writer *writer, CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_NULL:
        cv_buffer_append_string(writer->out, "null");
        return true;
    case CV_BOOL:
        cv_buffer_append_string(writer->out, value.boolean ? "true" : "false");
        return true;
    case CV_INT:
        cv_buffer_append_int(writer->out, value.integer);
        return true;
    case CV_BIGINT:
        cv_buffer_append(writer->out, value.text, value.length);
        return true;
    case CV_FLOAT:
        return write_double(writer, value.real);
    case CV_STRING:
        cv_json_write_string(writer->out, cv_value_as_slice(value), writer->options.unicode);
        return true;
    case CV_LIST:
    case CV_TUPLE:
        return write_list(writer, value.list);
    case CV_DICT:
        return write_dict(writer, value.dict);
    case CV_DECIMAL:
    case CV_DATE:
    case CV_TIME:
    case CV_DATETIME:
    case CV_DURATION:
    case CV_UUID:
        return writer->options.plain ? refuse(writer, value) : write_extended(writer, value);
    case CV_OBJECT:
        if (writer->options.plain)
            return refuse(writer, value);
        return is_mapping(cv_type_of(value.object)) ? write_mapping(writer, value) : write_items(writer, value);
    default:
        return refuse(writer, value);
    }
}

bool cv_json_write(CvArena *arena, CvBuffer *out, CvValue value, const CvJsonWriteOptions *options, CvError *error)
{
    Writer writer = {.arena = arena, .out = out, .error = error, .options = {.nan = true}};
    if (options)
        writer.options = *options;
    size_t before = out->length;
    bool good = write_value(&writer, value);
    if (!good)
        out->length = before;
    return good;
}
