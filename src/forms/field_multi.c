/* field_multi.c: fields made of fields: several in a row, several side by side, a date and a time. */
#include "forms/field_private.h"
#include "forms/widget_private.h"

static const CvWidget split_datetime = {.kind = &cv_split_datetime_kind};
static const CvWidget split_hidden = {.kind = &cv_split_hidden_datetime_kind};

/* A copy of the inner fields that may be changed, prepared. */
static CvFormField *copy_fields(CvFormField *field, CvArena *arena)
{
    CvFormField *copies = cv_arena_new_array(arena, CvFormField, field->field_count + 1);
    for (size_t i = 0; i < field->field_count; i++)
        copies[i] = field->fields[i];
    field->fields = copies;
    return copies;
}

/* ---- one value through several fields ---- */

static void combo_prepare(CvFormField *field, CvArena *arena)
{
    CvFormField *fields = copy_fields(field, arena);
    for (size_t i = 0; i < field->field_count; i++) {
        fields[i].required = false;
        cv_form_field_prepare(&fields[i], arena);
    }
}

static bool combo_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                        CvInvalids *invalids)
{
    if (!cv_field_clean_common(field, arena, in, initial, out, invalids))
        return false;
    for (size_t i = 0; i < field->field_count; i++)
        if (!cv_field_clean(&field->fields[i], arena, *out, cv_value_null(), out, invalids))
            return false;
    return true;
}

const CvFormFieldKind cv_combo_form_field = {.name = "ComboField",
                                             .base = &cv_base_form_field,
                                             .storage = CV_FORM_VALUE,
                                             .prepare_field = combo_prepare,
                                             .clean = combo_clean};

/* ---- several values side by side ---- */

static void multi_prepare(CvFormField *field, CvArena *arena)
{
    CvFormField *fields = copy_fields(field, arena);
    for (size_t i = 0; i < field->field_count; i++) {
        fields[i].disabled |= field->disabled;
        if (field->require_all_fields)
            fields[i].required = false;
        cv_form_field_prepare(&fields[i], arena);
    }
}

static bool all_empty(const CvList *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (!cv_is_empty_value(list->items[i]))
            return false;
    return true;
}

static const CvList *decompressed(const CvFormField *field, CvArena *arena, CvValue value)
{
    const CvList *(*split)(CvArena *, CvValue) = field->widget->kind->decompress;
    return split ? split(arena, value) : cv_list_create(arena);
}

/* With the same values in it too, shown or not. */
static bool same_error(const CvInvalid *a, const CvInvalid *b)
{
    bool same =
        cv_texts_same(a->code, b->code) && cv_texts_same(a->message, b->message) && a->param_count == b->param_count;
    for (size_t i = 0; same && i < a->param_count; i++)
        same = cv_texts_same(a->params[i].name, b->params[i].name) &&
               cv_value_equal(a->params[i].value, b->params[i].value);
    return same;
}

static void add_once(CvInvalids *invalids, const CvInvalid *invalid)
{
    for (size_t i = 0; i < invalids->count; i++)
        if (same_error(&invalids->items[i], invalid))
            return;
    cv_invalids_add(invalids, invalid);
}

/* Cleans one part; false if the whole is to be refused at once. */
static bool clean_part(const CvFormField *field, const CvFormField *part, CvArena *arena, CvValue value,
                       CvList *cleaned, CvInvalids *invalids)
{
    if (cv_is_empty_value(value)) {
        if (field->require_all_fields && field->required)
            return cv_field_refuse(field, invalids, "required");
        if (!field->require_all_fields && part->required) {
            const char *message = cv_field_message(part, "incomplete");
            add_once(invalids, &(CvInvalid){.message = message ? message : cv_field_message(field, "incomplete")});
            return true;
        }
    }
    CvInvalids own = {.arena = arena};
    CvValue out;
    if (cv_field_clean(part, arena, value, cv_value_null(), &out, &own))
        cv_list_add(arena, cleaned, out);
    for (size_t i = 0; i < own.count; i++)
        add_once(invalids, &own.items[i]);
    return true;
}

static bool compress(const CvFormField *field, CvArena *arena, const CvList *values, CvValue *out,
                     CvInvalids *invalids);

static bool multi_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                        CvInvalids *invalids)
{
    (void)initial;
    CvList *cleaned = cv_list_create(arena);
    if (in.kind == CV_MISSING)
        in = cv_value_null();
    if (field->disabled && in.kind != CV_LIST)
        in = cv_value_list(decompressed(field, arena, in));
    bool listed = in.kind == CV_LIST || in.kind == CV_TUPLE;
    if (!listed && cv_value_truth(in))
        return cv_field_refuse(field, invalids, "invalid");
    if (!listed || all_empty(in.list)) {
        if (field->required)
            return cv_field_refuse(field, invalids, "required");
        return compress(field, arena, cleaned, out, invalids);
    }
    CvInvalids own = {.arena = arena};
    for (size_t i = 0; i < field->field_count; i++) {
        CvValue value = i < in.list->count ? in.list->items[i] : cv_value_null();
        CvInvalids alone = {.arena = arena};
        if (!clean_part(field, &field->fields[i], arena, value, cleaned, cv_is_empty_value(value) ? &alone : &own)) {
            for (size_t k = 0; k < alone.count; k++)
                cv_invalids_add(invalids, &alone.items[k]);
            return false;
        }
        for (size_t k = 0; k < alone.count; k++)
            add_once(&own, &alone.items[k]);
    }
    for (size_t i = 0; i < own.count; i++)
        cv_invalids_add(invalids, &own.items[i]);
    return own.count == 0 && compress(field, arena, cleaned, out, invalids) &&
           cv_field_run_validators(field, arena, *out, invalids);
}

static bool multi_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    CvInvalids invalids = {.arena = arena};
    bool none = initial.kind == CV_NULL || initial.kind == CV_MISSING;
    const CvList *before = none ? NULL : initial.kind == CV_LIST ? initial.list : decompressed(field, arena, initial);
    for (size_t i = 0; i < field->field_count && data.kind == CV_LIST && i < data.list->count; i++) {
        CvValue value;
        if (before && i >= before->count)
            break;
        if (!cv_field_convert(&field->fields[i], arena, before ? before->items[i] : CV_VALUE(""), &value, &invalids) ||
            cv_field_has_changed(&field->fields[i], arena, value, data.list->items[i]))
            return true;
    }
    return false;
}

static const char *const multi_messages[] = {"invalid", "Enter a list of values.", "incomplete",
                                             "Enter a complete value.", NULL};
const CvFormFieldKind cv_multi_value_form_field = {.name = "MultiValueField",
                                                   .base = &cv_base_form_field,
                                                   .storage = CV_FORM_VALUE,
                                                   .messages = multi_messages,
                                                   .prepare_field = multi_prepare,
                                                   .clean = multi_clean,
                                                   .has_changed = multi_changed};

/* ---- a date and a time ---- */

static void split_prepare(CvFormField *field, CvArena *arena)
{
    CvFormField *parts = cv_arena_new_array(arena, CvFormField, 2);
    static const char *const codes[] = {"invalid_date", "invalid_time"};
    parts[0] = cv_form_field("date", &cv_date_form_field);
    parts[1] = cv_form_field("time", &cv_time_form_field);
    parts[0].input_formats = field->input_formats;
    parts[1].input_formats = field->input_time_formats;
    for (int i = 0; i < 2; i++) {
        const char **messages = cv_arena_new_array(arena, const char *, 3);
        messages[0] = "invalid";
        messages[1] = cv_field_message(field, codes[i]);
        parts[i].error_messages = messages;
        parts[i].localize = field->localize;
    }
    field->fields = parts;
    field->field_count = 2;
    multi_prepare(field, arena);
}

static bool compress_split(const CvFormField *field, const CvList *values, CvValue *out, CvInvalids *invalids)
{
    *out = cv_value_null();
    if (values->count < 2)
        return true;
    if (cv_is_empty_value(values->items[0]))
        return cv_field_refuse(field, invalids, "invalid_date");
    if (cv_is_empty_value(values->items[1]))
        return cv_field_refuse(field, invalids, "invalid_time");
    return cv_from_current_zone(field, cv_datetime_naive(values->items[0].date, values->items[1].time), out, invalids);
}

static bool compress(const CvFormField *field, CvArena *arena, const CvList *values, CvValue *out, CvInvalids *invalids)
{
    if (cv_field_is_kind(field, &cv_split_datetime_form_field))
        return compress_split(field, values, out, invalids);
    *out = field->compress ? field->compress(field, arena, values) : cv_value_list(values);
    return true;
}

static const char *const split_messages[] = {"invalid_date", "Enter a valid date.", "invalid_time",
                                             "Enter a valid time.", NULL};
const CvFormFieldKind cv_split_datetime_form_field = {.name = "SplitDateTimeField",
                                                      .base = &cv_multi_value_form_field,
                                                      .storage = CV_FORM_DATETIME,
                                                      .widget = &split_datetime,
                                                      .hidden_widget = &split_hidden,
                                                      .messages = split_messages,
                                                      .prepare_field = split_prepare};
