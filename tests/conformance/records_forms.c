/* records_forms.c: building fields and widgets from records, and comparing what they give. */
#include "records_forms.h"

#include "forms/field_private.h"
#include "text/date.h"
#include "text/decimal.h"
#include "text/regex.h"
#include "text/utf8.h"

/* ---- data ---- */

static CvUploadedFile *file_of(CvArena *arena, const CvDict *spec)
{
    CvUploadedFile *file = cv_arena_new(arena, CvUploadedFile);
    file->object.type = &cv_uploaded_file_type;
    CvSlice name = record_text(spec, "name"); /* an upload's name is never a path */
    file->name = cv_slice_string(arena, cv_slice_skip(name, (size_t)(cv_slice_find_last(name, CV_SLICE("/")) + 1)));
    file->content_type = record_string(arena, spec, "content_type");
    file->content = records_bytes(arena, record_text(spec, "content"));
    file->size = file->content.length;
    return file;
}

/* A file that is stored already: its text is its name. */
typedef struct Stored {
    CvObject object;
    CvSlice name, url;
} Stored;

static bool stored_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const Stored *stored = object;
    (void)arena;
    bool is_url = cv_slice_is(name, "url");
    *out = cv_value_slice(is_url ? stored->url : stored->name);
    return is_url || cv_slice_is(name, "name");
}

static CvSlice stored_str(const void *object, CvArena *arena)
{
    (void)arena;
    return ((const Stored *)object)->name;
}

static const CvType stored_type = {
    .magic = CV_TYPE_MAGIC, .name = "FieldFile", .get = stored_get, .str = stored_str, .repr = stored_str};

CvValue form_value(CvArena *arena, CvValue raw)
{
    if (raw.kind == CV_DICT && record_has(raw.dict, "$file"))
        return cv_value_object(file_of(arena, record_get(raw.dict, "$file").dict));
    if (raw.kind == CV_DICT && record_has(raw.dict, "$stored")) {
        const CvDict *spec = record_get(raw.dict, "$stored").dict;
        Stored *stored = cv_arena_new(arena, Stored);
        *stored = (Stored){{&stored_type}, record_text(spec, "name"), record_text(spec, "url")};
        return cv_value_object(stored);
    }
    if (raw.kind == CV_LIST) {
        CvList *list = cv_list_create(arena);
        for (size_t i = 0; i < raw.list->count; i++)
            cv_list_add(arena, list, form_value(arena, raw.list->items[i]));
        return cv_value_list(list);
    }
    return records_decode(arena, raw);
}

CvQueryDict *data_of(CvArena *arena, CvValue pairs)
{
    if (pairs.kind != CV_LIST)
        return NULL;
    CvQueryDict *data = cv_querydict_create(arena);
    for (size_t i = 0; i < pairs.list->count; i++) {
        const CvList *pair = pairs.list->items[i].list;
        cv_querydict_add(data, cv_value_as_slice(pair->items[0]), cv_value_str(arena, pair->items[1]));
    }
    return data;
}

CvFiles *files_of(CvArena *arena, CvValue pairs)
{
    if (pairs.kind != CV_LIST)
        return NULL;
    CvFiles *files = cv_arena_new(arena, CvFiles);
    files->object.type = &cv_files_type;
    files->items = cv_arena_new_array(arena, CvUploadedFile *, pairs.list->count + 1);
    for (size_t i = 0; i < pairs.list->count; i++) {
        const CvList *pair = pairs.list->items[i].list;
        CvValue file = form_value(arena, pair->items[1]);
        if (file.kind != CV_OBJECT)
            continue;
        CvUploadedFile *made = (CvUploadedFile *)(uintptr_t)file.object;
        made->field = cv_slice_string(arena, cv_value_as_slice(pair->items[0]));
        files->items[files->count++] = made;
    }
    return files;
}

/* ---- widgets ---- */

CvAttrs attrs_of(CvArena *arena, CvValue dict)
{
    CvAttrs attrs = {.arena = arena};
    if (dict.kind == CV_DICT)
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict.dict, entry));)
            cv_attrs_set(&attrs, cv_value_as_slice(entry->key), records_decode(arena, entry->value));
    return attrs;
}

CvOptions options_of(CvArena *arena, CvValue choices)
{
    if (choices.kind == CV_DICT && record_has(choices.dict, "$dict"))
        choices = record_get(choices.dict, "$dict");
    if (choices.kind != CV_LIST)
        return (CvOptions){0};
    CvOption *items = cv_arena_new_array(arena, CvOption, choices.list->count + 1);
    for (size_t i = 0; i < choices.list->count; i++) {
        const CvList *pair = choices.list->items[i].list;
        items[i].value = records_decode(arena, pair->items[0]);
        items[i].label = pair->items[1].kind == CV_LIST ? cv_value_null() : records_decode(arena, pair->items[1]);
        items[i].group = pair->items[1].kind == CV_LIST;
        if (items[i].group) {
            CvOptions inner = options_of(arena, pair->items[1]);
            items[i].options = inner.items;
            items[i].option_count = inner.count;
        }
    }
    return (CvOptions){items, choices.list->count};
}

static const char *text_or_null(CvArena *arena, const CvDict *dict, const char *name)
{
    return record_get(dict, name).kind == CV_STRING ? record_string(arena, dict, name) : NULL;
}

static bool truth(const CvDict *dict, const char *name, bool otherwise)
{
    CvValue value = record_get(dict, name);
    return value.kind == CV_BOOL ? value.boolean : otherwise;
}

static void set_empty_labels(CvArena *arena, CvWidget *widget, CvValue label)
{
    for (size_t i = 0; i < 3; i++) {
        if (label.kind == CV_LIST && i < label.list->count)
            widget->empty_labels[i] = cv_slice_string(arena, cv_value_as_slice(label.list->items[i]));
        else if (label.kind == CV_STRING)
            widget->empty_labels[i] = cv_slice_string(arena, cv_value_as_slice(label));
    }
}

static const CvWidget *const *parts_of(CvArena *arena, CvWidget *widget, CvValue widgets)
{
    size_t count = widgets.kind == CV_LIST ? widgets.list->count : cv_dict_count(widgets.dict), made = 0;
    const CvWidget **parts = cv_arena_new_array(arena, const CvWidget *, count + 1);
    const char **names = cv_arena_new_array(arena, const char *, count + 1);
    if (widgets.kind == CV_LIST) {
        for (; made < count; made++)
            parts[made] = widget_of(arena, widgets.list->items[made]);
        return parts;
    }
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(widgets.dict, entry)); made++) {
        CvSlice name = cv_value_as_slice(entry->key);
        parts[made] = widget_of(arena, entry->value);
        names[made] = name.length ? cv_arena_printf(arena, "_%.*s", CV_SLICE_ARG(name)) : "";
    }
    widget->part_names = names;
    return parts;
}

static int year_of(CvValue value)
{
    int64_t year = value.kind == CV_INT ? value.integer : 0;
    if (value.kind == CV_STRING && !cv_slice_to_int64(cv_value_as_slice(value), &year))
        cv_raise(CV_ERROR_VALUE, "no year");
    return (int)year;
}

/* A split date-time whose parts have attributes of their own. */
static void set_part_attrs(CvArena *arena, CvWidget *widget, const CvDict *kwargs)
{
    const CvWidget **parts = cv_arena_new_array(arena, const CvWidget *, 3);
    for (int i = 0; i < 2; i++) {
        const char *name = i ? "time_attrs" : "date_attrs";
        CvWidget *part = cv_arena_new(arena, CvWidget);
        CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
        *attrs = record_has(kwargs, name) ? attrs_of(arena, record_get(kwargs, name)) : *widget->more_attrs;
        part->kind = i ? &cv_time_input_kind : &cv_date_input_kind;
        part->format = i ? widget->time_format : widget->format;
        part->input = widget->kind == &cv_split_hidden_datetime_kind ? "hidden" : NULL;
        part->more_attrs = attrs;
        parts[i] = part;
    }
    widget->parts = parts;
    widget->more_attrs = NULL;
}

static void apply_widget_kwargs(CvArena *arena, CvWidget *widget, const CvDict *kwargs)
{
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(kwargs, entry));) {
        CvSlice name = cv_value_as_slice(entry->key);
        CvValue value = entry->value;
        if (cv_slice_is(name, "choices"))
            widget->options = options_of(arena, value);
        else if (cv_slice_is(name, "date_attrs") || cv_slice_is(name, "time_attrs"))
            continue; /* below */
        else if (cv_slice_is(name, "render_value"))
            widget->render_value = value.boolean;
        else if (cv_slice_is(name, "format") || cv_slice_is(name, "date_format"))
            widget->format = text_or_null(arena, kwargs, cv_slice_string(arena, name));
        else if (cv_slice_is(name, "time_format"))
            widget->time_format = text_or_null(arena, kwargs, "time_format");
        else if (cv_slice_is(name, "widgets"))
            widget->parts = parts_of(arena, widget, value);
        else if (cv_slice_is(name, "months"))
            widget->months = options_of(arena, value);
        else if (cv_slice_is(name, "empty_label"))
            set_empty_labels(arena, widget, value);
        else if (cv_slice_is(name, "years")) {
            int *years = cv_arena_new_array(arena, int, value.list->count + 1);
            for (size_t i = 0; i < value.list->count; i++)
                years[i] = year_of(value.list->items[i]);
            widget->years = years;
        } else
            cv_raise(CV_ERROR_VALUE, "unknown widget option %.*s", CV_SLICE_ARG(name));
    }
    if (record_has(kwargs, "date_attrs") || record_has(kwargs, "time_attrs"))
        set_part_attrs(arena, widget, kwargs);
}

/* The records' own kind of several controls: a text is split at "__". */
static const CvList *split_text(CvArena *arena, CvValue value)
{
    CvList *list = cv_list_create(arena);
    if (!cv_value_truth(value))
        return cv_list(arena, "", "");
    CvSlice rest = cv_value_str(arena, value);
    for (ptrdiff_t at; (at = cv_slice_find(rest, CV_SLICE("__"))) >= 0; rest = cv_slice_skip(rest, (size_t)at + 2))
        cv_list_add(arena, list, cv_value_slice(cv_slice_range(rest, 0, (size_t)at)));
    cv_list_add(arena, list, cv_value_slice(rest));
    return list;
}

static const CvWidgetKind *oracle_kind(CvArena *arena)
{
    CvWidgetKind *kind = cv_arena_memdup(arena, &cv_multi_widget_kind, sizeof *kind);
    kind->name = "OracleWidget";
    kind->decompress = split_text;
    return kind;
}

const CvWidget *widget_of(CvArena *arena, CvValue spec)
{
    CvWidget *widget = cv_arena_new(arena, CvWidget);
    CvSlice type = spec.kind == CV_STRING ? cv_value_as_slice(spec) : record_text(spec.dict, "type");
    widget->kind = cv_widget_kind(type);
    if (!widget->kind)
        cv_raise(CV_ERROR_VALUE, "no widget %.*s", CV_SLICE_ARG(type));
    if (widget->kind == &cv_multi_widget_kind)
        widget->kind = oracle_kind(arena);
    if (spec.kind != CV_DICT)
        return widget;
    CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
    *attrs = attrs_of(arena, record_get(spec.dict, "attrs"));
    widget->more_attrs = attrs;
    widget->required = truth(spec.dict, "is_required", false);
    widget->localized = truth(spec.dict, "is_localized", false);
    if (record_get(spec.dict, "kwargs").kind == CV_DICT)
        apply_widget_kwargs(arena, widget, record_get(spec.dict, "kwargs").dict);
    return widget;
}

/* ---- fields ---- */

static bool coerce_int(CvArena *arena, CvValue in, CvValue *out)
{
    return cv_python_int(arena, cv_value_str(arena, in), out);
}

static bool coerce_float(CvArena *arena, CvValue in, CvValue *out)
{
    double number;
    bool good = cv_python_float(arena, cv_value_str(arena, in), &number);
    *out = cv_value_float(good ? number : 0);
    return good;
}

static bool coerce_str(CvArena *arena, CvValue in, CvValue *out)
{
    *out = cv_value_slice(cv_value_str(arena, in));
    return true;
}

static bool coerce_bool(CvArena *arena, CvValue in, CvValue *out)
{
    (void)arena;
    *out = cv_value_bool(cv_value_truth(in));
    return true;
}

static bool coerce_decimal(CvArena *arena, CvValue in, CvValue *out)
{
    CvDecimal number;
    if (!cv_decimal_parse(arena, cv_value_str(arena, in), &number)) /* decimal.InvalidOperation is none of the three */
        cv_raise(CV_ERROR_VALUE, "InvalidOperation");
    *out = cv_value_decimal(number);
    return true;
}

static bool coerce_upper(CvArena *arena, CvValue in, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_upper(arena, cv_value_str(arena, in)));
    return true;
}

static bool coerce_bool_of_int(CvArena *arena, CvValue in, CvValue *out)
{
    CvValue number;
    if (!coerce_int(arena, in, &number))
        return false;
    *out = cv_value_bool(cv_value_truth(number));
    return true;
}

static const struct {
    const char *name;
    bool (*coerce)(CvArena *arena, CvValue in, CvValue *out);
} coercions[] = {{"int", coerce_int},
                 {"float", coerce_float},
                 {"str", coerce_str},
                 {"bool", coerce_bool},
                 {"decimal", coerce_decimal},
                 {"upper", coerce_upper},
                 {"bool_of_int", coerce_bool_of_int}};

static CvValue join_parts(const CvFormField *field, CvArena *arena, const CvList *values)
{
    CvBuffer out = cv_buffer(arena);
    (void)field;
    for (size_t i = 0; i < values->count; i++) {
        if (i)
            cv_buffer_append_byte(&out, '|');
        if (values->items[i].kind != CV_NULL)
            cv_buffer_append_slice(&out, cv_value_str(arena, values->items[i]));
    }
    (void)cv_buffer_string(&out);
    return cv_value_slice(cv_buffer_slice(&out));
}

const char *const *strings_of(CvArena *arena, CvValue value)
{
    if (value.kind != CV_LIST)
        return NULL;
    const char **strings = cv_arena_new_array(arena, const char *, value.list->count + 1);
    for (size_t i = 0; i < value.list->count; i++)
        strings[i] = cv_slice_string(arena, cv_value_as_slice(value.list->items[i]));
    return strings;
}

static const char *const *messages_of(CvArena *arena, const CvDict *messages)
{
    const char **pairs = cv_arena_new_array(arena, const char *, 2 * cv_dict_count(messages) + 1);
    size_t count = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(messages, entry));) {
        pairs[count++] = cv_slice_string(arena, cv_value_as_slice(entry->key));
        pairs[count++] = cv_slice_string(arena, cv_value_as_slice(entry->value));
    }
    return pairs;
}

static const CvValidator *validators_of(CvArena *arena, const CvList *list)
{
    CvValidator *made = cv_arena_new_array(arena, CvValidator, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const CvDict *spec = list->items[i].dict, *args = record_get(spec, "args").dict;
        CvSlice name = record_text(spec, "$validator");
        made[i] = (CvValidator){.code = text_or_null(arena, args, "code"),
                                .message = text_or_null(arena, args, "message"),
                                .limit = records_decode(arena, record_get(args, "limit_value")),
                                .regex = text_or_null(arena, args, "regex"),
                                .names = strings_of(arena, record_get(args, "allowed_extensions")),
                                .max_digits = -1,
                                .decimal_places = -1};
        made[i].check = cv_slice_is(name, "FileExtensionValidator") ? cv_check_file_extension
                        : cv_slice_is(name, "MaxLengthValidator")   ? cv_check_max_length
                        : cv_slice_is(name, "MinLengthValidator")   ? cv_check_min_length
                        : cv_slice_is(name, "MaxValueValidator")    ? cv_check_max_value
                        : cv_slice_is(name, "MinValueValidator")    ? cv_check_min_value
                        : cv_slice_is(name, "StepValueValidator")   ? cv_check_step
                        : cv_slice_is(name, "RegexValidator")       ? cv_check_regex
                                                                    : NULL;
        if (!made[i].check)
            cv_raise(CV_ERROR_VALUE, "no validator %.*s", CV_SLICE_ARG(name));
    }
    return made;
}

static void set_fields(CvArena *arena, CvFormField *field, const CvList *list)
{
    CvFormField *fields = cv_arena_new_array(arena, CvFormField, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const CvDict *spec = list->items[i].dict;
        fields[i] = field_of(arena, "part", record_text(spec, "type"), record_get(spec, "kwargs").dict);
    }
    field->fields = fields;
    field->field_count = list->count;
    field->compress = join_parts;
}

static bool set_flag(CvFormField *field, CvSlice name, bool value)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"required", &field->required},
                 {"disabled", &field->disabled},
                 {"localize", &field->localize},
                 {"show_hidden_initial", &field->show_hidden_initial},
                 {"strip", &field->strip},
                 {"allow_unicode", &field->allow_unicode},
                 {"unpack_ipv4", &field->unpack_ipv4},
                 {"allow_empty_file", &field->allow_empty_file},
                 {"require_all_fields", &field->require_all_fields}};
    for (size_t i = 0; i < CV_COUNT_OF(flags); i++) {
        if (cv_slice_is(name, flags[i].name)) {
            *flags[i].flag = value;
            return true;
        }
    }
    return false;
}

static bool set_text(CvArena *arena, CvFormField *field, CvSlice name, CvValue value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"label", &field->label},         {"label_suffix", &field->label_suffix},
                 {"help_text", &field->help_text}, {"regex", &field->regex},
                 {"protocol", &field->protocol},   {"assume_scheme", &field->assume_scheme}};
    for (size_t i = 0; i < CV_COUNT_OF(texts); i++) {
        if (cv_slice_is(name, texts[i].name)) {
            *texts[i].text = value.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(value)) : NULL;
            return true;
        }
    }
    return false;
}

static bool set_number(CvArena *arena, CvFormField *field, CvSlice name, CvValue raw)
{
    CvValue value = records_decode(arena, raw);
    int64_t number = value.kind == CV_INT ? value.integer : -1;
    if (cv_slice_is(name, "max_length"))
        field->max_length = number;
    else if (cv_slice_is(name, "min_length"))
        field->min_length = number;
    else if (cv_slice_is(name, "max_digits"))
        field->max_digits = (int)number;
    else if (cv_slice_is(name, "decimal_places"))
        field->decimal_places = (int)number;
    else if (cv_slice_is(name, "min_value"))
        field->min_value = value;
    else if (cv_slice_is(name, "max_value"))
        field->max_value = value;
    else if (cv_slice_is(name, "step_size"))
        field->step_size = value;
    else
        return false;
    return true;
}

static void set_other(CvArena *arena, CvFormField *field, CvSlice name, CvValue value)
{
    if (cv_slice_is(name, "initial"))
        field->initial = form_value(arena, value);
    else if (cv_slice_is(name, "empty_value"))
        field->empty_value = records_decode(arena, value);
    else if (cv_slice_is(name, "widget"))
        field->widget = widget_of(arena, value);
    else if (cv_slice_is(name, "choices"))
        field->options = options_of(arena, value);
    else if (cv_slice_is(name, "error_messages"))
        field->error_messages = messages_of(arena, value.dict);
    else if (cv_slice_is(name, "validators"))
        field->validators = validators_of(arena, value.list);
    else if (cv_slice_is(name, "fields"))
        set_fields(arena, field, value.list);
    else if (cv_slice_is(name, "input_formats") || cv_slice_is(name, "input_date_formats"))
        field->input_formats = strings_of(arena, value);
    else if (cv_slice_is(name, "input_time_formats"))
        field->input_time_formats = strings_of(arena, value);
    else if (cv_slice_is(name, "flags")) {
        if (!cv_regex_flags(cv_value_as_slice(value), &field->regex_flags))
            cv_raise(CV_ERROR_VALUE, "flags");
    } else if (cv_slice_is(name, "coerce")) {
        for (size_t i = 0; i < CV_COUNT_OF(coercions); i++)
            if (cv_slice_is(cv_value_as_slice(value), coercions[i].name))
                field->coerce = coercions[i].coerce;
    } else
        cv_raise(CV_ERROR_VALUE, "unknown field option %.*s", CV_SLICE_ARG(name));
}

CvFormField field_of(CvArena *arena, const char *name, CvSlice type, const CvDict *kwargs)
{
    const CvFormFieldKind *kind = cv_form_field_kind(type);
    if (!kind)
        cv_raise(CV_ERROR_VALUE, "no field %.*s", CV_SLICE_ARG(type));
    CvFormField field = cv_form_field(name, kind);
    if (cv_slice_is(type, "MultiValueField"))
        field.compress = join_parts;
    for (const CvDictEntry *entry = NULL; kwargs && (entry = cv_dict_next(kwargs, entry));) {
        CvSlice key = cv_value_as_slice(entry->key);
        if (!(entry->value.kind == CV_BOOL && set_flag(&field, key, entry->value.boolean)) &&
            !set_text(arena, &field, key, entry->value) && !set_number(arena, &field, key, entry->value))
            set_other(arena, &field, key, entry->value);
    }
    return field;
}

/* ---- comparing ---- */

bool same_cleaned(CvArena *arena, CvBuffer *why, const char *what, CvValue expected, CvValue got)
{
    const char *const tags[] = {"$file", "$image"};
    for (size_t i = 0; expected.kind == CV_DICT && i < CV_COUNT_OF(tags); i++) {
        if (!record_has(expected.dict, tags[i]))
            continue;
        const CvDict *spec = record_get(expected.dict, tags[i]).dict;
        if (got.kind != CV_OBJECT || cv_type_of(got.object) != &cv_uploaded_file_type) {
            cv_buffer_printf(why, "%s: no file; ", what);
            return false;
        }
        const CvUploadedFile *file = got.object;
        bool same = same_text(why, "name", record_text(spec, "name"), cv_slice(file->name)) &&
                    same_text(why, "type", record_text(spec, "content_type"), cv_slice(file->content_type));
        if (i == 1) {
            CvImageInfo info = {0};
            (void)cv_image_info(file->content, true, &info);
            same = same && same_text(why, "format", record_text(spec, "format"), cv_slice(info.format)) &&
                   info.width == record_number(spec, "width", -1) && info.height == record_number(spec, "height", -1);
        }
        return same;
    }
    CvValue wanted = form_value(arena, expected);
    if (wanted.kind == CV_DATETIME && got.kind == CV_DATETIME) { /* zones by their offset */
        CvBuffer a = cv_buffer(arena), b = cv_buffer(arena);
        cv_iso_format(&a, wanted);
        cv_iso_format(&b, got);
        return same_text(why, what, cv_buffer_slice(&a), cv_buffer_slice(&b));
    }
    return same_value(arena, why, what, wanted, got);
}

bool same_invalids(CvArena *arena, CvBuffer *why, CvValue expected, const CvInvalid *items, size_t count)
{
    CvList *got = cv_list_create(arena);
    for (size_t i = 0; i < count; i++) {
        CvDict *one = cv_dict_create(arena);
        cv_dict_set_name(one, "message", cv_value_slice(cv_invalid_text(arena, &items[i])));
        cv_dict_set_name(one, "code", cv_value_string(items[i].code));
        cv_list_add(arena, got, cv_value_dict(one));
    }
    return same_value(arena, why, "errors", expected, cv_value_list(got));
}
