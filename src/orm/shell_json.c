/* shell_json.c: values as the shell's JSON: dates, decimals, rows and the like under keys that begin with a dollar. */
#include <math.h>

#include "crypto/base64.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "text/date.h"
#include "text/json.h"

#define DEPTH_MAX 100

static void write_value(CvBuffer *out, CvValue value, int depth);

static void write_tagged(CvBuffer *out, const char *tag, CvSlice text)
{
    cv_buffer_printf(out, "{\"%s\": ", tag);
    cv_json_write_string(out, text, true);
    cv_buffer_append_byte(out, '}');
}

static void write_moment(CvBuffer *out, CvValue value)
{
    static const char *const tags[] = {[CV_DATE] = "$date", [CV_TIME] = "$time", [CV_DATETIME] = "$datetime"};
    CvBuffer text = cv_buffer(cv_arena());
    cv_iso_format(&text, value);
    write_tagged(out, tags[value.kind], cv_buffer_slice(&text));
}

static void write_list(CvBuffer *out, const CvValue *items, size_t count, int depth)
{
    cv_buffer_append_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_string(out, ", ");
        write_value(out, items[i], depth);
    }
    cv_buffer_append_byte(out, ']');
}

static void write_dict(CvBuffer *out, const CvDict *dict, int depth)
{
    bool names = true, first = true;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        names &= entry->key.kind == CV_STRING;
    cv_buffer_append_string(out, names ? "{" : "{\"$map\": [");
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry)); first = false) {
        if (!first)
            cv_buffer_append_string(out, ", ");
        if (!names)
            cv_buffer_append_byte(out, '[');
        write_value(out, entry->key, depth);
        cv_buffer_append_string(out, names ? ": " : ", ");
        write_value(out, entry->value, depth);
        if (!names)
            cv_buffer_append_byte(out, ']');
    }
    cv_buffer_append_string(out, names ? "}" : "]}");
}

static void write_record(CvBuffer *out, const CvRecord *record, int depth)
{
    cv_buffer_append_byte(out, '{');
    for (size_t i = 0; i < record->shape->count; i++) {
        if (i)
            cv_buffer_append_string(out, ", ");
        cv_json_write_string(out, cv_slice(record->shape->names[i]), true);
        cv_buffer_append_string(out, ": ");
        write_value(out, record->values[i], depth);
    }
    cv_buffer_append_byte(out, '}');
}

static void write_query(CvBuffer *out, CvQuerySet *set, int depth)
{
    size_t count = cv_length_of(set);
    cv_buffer_append_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i)
            cv_buffer_append_string(out, ", ");
        write_value(out, cv_item_of(set, i), depth);
    }
    cv_buffer_append_byte(out, ']');
}

static void write_object(CvBuffer *out, CvValue value, int depth)
{
    if (cv_shell_is_row(value)) {
        cv_buffer_printf(out, "{\"$model\": \"%s\", \"pk\": ", cv_model_label_lower(cv_row_model(value.object)));
        write_value(out, cv_row_key(value.object), depth);
        cv_buffer_append_byte(out, '}');
    } else if (cv_shell_is_record(value)) {
        write_record(out, value.object, depth);
    } else if (cv_shell_is(value, &cv_shell_manager_type)) {
        cv_raise(CV_ERROR_TYPE, "a manager is no result: add .all()");
    } else if (cv_shell_is_query(value)) {
        write_query(out, cv_shell_query(value), depth);
    } else if (cv_shell_is(value, &cv_shell_set_type)) {
        const CvList *items = ((const CvShellSet *)value.object)->items;
        cv_buffer_append_string(out, "{\"$set\": ");
        write_list(out, items->items, items->count, depth);
        cv_buffer_append_byte(out, '}');
    } else if (cv_type_of(value.object)->iterate) {
        const CvList *items = cv_shell_items(value);
        write_list(out, items->items, items->count, depth);
    } else {
        cv_json_write_string(out, cv_value_str(cv_arena(), value), true);
    }
}

static void write_real(CvBuffer *out, double number)
{
    if (isnan(number))
        cv_buffer_append_string(out, "NaN");
    else if (isinf(number))
        cv_buffer_append_string(out, number < 0 ? "-Infinity" : "Infinity");
    else
        cv_buffer_append_double(out, number);
}

static void write_text_kinds(CvBuffer *out, CvValue value)
{
    CvBuffer text = cv_buffer(cv_arena());
    switch (value.kind) {
    case CV_STRING:
        cv_json_write_string(out, cv_value_as_slice(value), true);
        break;
    case CV_BYTES:
        write_tagged(out, "$bytes", cv_base64_encode(cv_arena(), cv_value_as_slice(value), CV_BASE64_PLAIN));
        break;
    case CV_DECIMAL:
        write_tagged(out, "$decimal", cv_slice(value.decimal.text));
        break;
    case CV_DURATION:
        cv_duration_format_iso(&text, value.duration);
        write_tagged(out, "$duration", cv_buffer_slice(&text));
        break;
    case CV_UUID:
        write_tagged(out, "$uuid", cv_value_str(cv_arena(), value));
        break;
    default:
        write_moment(out, value);
    }
}

static void write_value(CvBuffer *out, CvValue value, int depth)
{
    if (depth > DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "the result is nested too deeply");
    switch ((CvKind)value.kind) {
    case CV_NULL:
    case CV_MISSING:
    case CV_KIND_COUNT:
        cv_buffer_append_string(out, "null");
        break;
    case CV_BOOL:
        cv_buffer_append_string(out, value.boolean ? "true" : "false");
        break;
    case CV_INT:
        cv_buffer_append_int(out, value.integer);
        break;
    case CV_BIGINT:
        cv_buffer_append_slice(out, cv_value_as_slice(value));
        break;
    case CV_FLOAT:
        write_real(out, value.real);
        break;
    case CV_LIST:
    case CV_TUPLE:
        write_list(out, value.list->items, value.list->count, depth + 1);
        break;
    case CV_DICT:
        write_dict(out, value.dict, depth + 1);
        break;
    case CV_OBJECT:
        write_object(out, value, depth + 1);
        break;
    default:
        write_text_kinds(out, value);
    }
}

void cv_shell_write(CvBuffer *out, CvValue value)
{
    write_value(out, value, 0);
}
