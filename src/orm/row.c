/* row.c: rows by descriptor: defaults, reading and setting members, texts; how templates look into them. */
#include "db/driver.h"
#include "orm/file_private.h"
#include "orm/model_private.h"
#include "orm/own_field.h"
#include "orm/query.h"
#include "orm/related_private.h"

#include "text/i18n.h"
#include "text/json.h"

#include <math.h>

/* ---- new rows ---- */

static CvValue default_of(CvArena *arena, const CvColumn *column)
{
    const CvField *field = column->field;
    const CvColumn *base = cv_column_base(column);
    if (field->default_call)
        return cv_column_convert(arena, column, field->default_call(arena));
    if (field->db_default && !field->default_text && (column->storage == CV_STORE_TEXT))
        return cv_value_null();
    switch (field->kind->relation ? CV_STORE_REFERENCE : base->storage) {
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
        return field->default_integer == CV_NO_NUMBER ? cv_value_null() : cv_value_int(field->default_integer);
    case CV_STORE_REFERENCE:
        return field->default_integer == CV_NO_NUMBER
                   ? cv_value_null()
                   : cv_column_convert(arena, column, cv_value_int(field->default_integer));
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        return isnan(field->default_real) ? cv_value_null() : cv_value_float(field->default_real);
    case CV_STORE_BOOL:
    case CV_STORE_NULL_BOOL:
        return field->default_boolean < 0 ? cv_value_null() : cv_value_bool(field->default_boolean != 0);
    case CV_STORE_JSON: {
        CvValue value;
        CvError error;
        if (!field->default_text)
            return cv_value_null();
        if (!cv_json_parse(arena, cv_slice(field->default_text), NULL, &value, &error))
            cv_raise_error(&error);
        return value;
    }
    case CV_STORE_TEXT:
        if (!field->default_text && !column->null)
            return cv_value_slice(CV_SLICE(""));
        return cv_value_string(field->default_text);
    default:
        return field->default_text ? cv_column_convert(arena, column, cv_value_string(field->default_text))
                                   : cv_value_null();
    }
}

CvValue cv_column_default(CvArena *arena, const CvColumn *column)
{
    const CvOwnField *own = column->field->own;
    CvValue value = default_of(arena, column);
    return own && own->convert && !column->field->default_call ? cv_column_convert(arena, column, value) : value;
}

static void set_member(void *row, const CvColumn *column, CvValue value)
{
    char *member = (char *)row + column->offset;
    if (column->storage != CV_STORE_REFERENCE) {
        cv_member_set(column->storage, member, value);
        return;
    }
    cv_member_set(column->key_storage, member, value);
    *cv_reference_row(column, member) = NULL;
}

/* A row with all defaults that are the same for every row, made once. */
static void *blank_row(CvModelInfo *info)
{
    CvArena *arena = cv_model_arena(info->model);
    char *row = cv_arena_alloc(arena, info->model->size);
    ((CvRow *)(void *)row)->type = &info->model->type;
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        bool fresh = column->field->default_call || column->storage == CV_STORE_JSON;
        CvValue value = fresh ? cv_value_null() : cv_value_copy(arena, cv_column_default(arena, column));
        if (value.kind != CV_NULL)
            set_member(row, column, value);
        info->fresh_defaults |= fresh;
    }
    info->blank = row;
    return row;
}

void *cv_row_new(const CvModel *model)
{
    CvModelInfo *info = *model->info;
    CvArena *arena = cv_arena();
    if (CV_UNLIKELY(!info || !info->blank))
        blank_row((CvModelInfo *)(uintptr_t)cv_model_info(model));
    info = *model->info;
    void *row = cv_arena_alloc_raw(arena, model->size, 16);
    memcpy(row, info->blank, model->size);
    for (size_t i = 0; info->fresh_defaults && i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!column->field->default_call && column->storage != CV_STORE_JSON)
            continue;
        CvValue value = cv_column_default(arena, column);
        if (value.kind != CV_NULL)
            set_member(row, column, value);
    }
    return row;
}

/* ---- members ---- */

CvRowExtra *cv_row_extra(CvRow *row)
{
    if (!row->extra)
        row->extra = cv_arena_new(cv_arena(), CvRowExtra);
    return row->extra;
}

const CvValue *cv_row_given(const void *row, const CvColumn *column)
{
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    for (const CvGiven *given = extra ? extra->given : NULL; given; given = given->next)
        if (given->column->field == column->field) /* a child's column is its parent's */
            return &given->value;
    return NULL;
}

void cv_row_forget_given(void *row, const CvColumn *column)
{
    CvRowExtra *extra = ((CvRow *)row)->extra;
    for (CvGiven **place = extra ? &extra->given : NULL; place && *place; place = &(*place)->next)
        if ((*place)->column->field == column->field) {
            *place = (*place)->next;
            return;
        }
}

void cv_row_give(void *row, const CvColumn *column, CvValue value)
{
    CvGiven *given = cv_new(CvGiven);
    cv_row_forget_given(row, column);
    *given = (CvGiven){column, value, cv_row_extra(row)->given};
    cv_row_extra(row)->given = given;
}

bool cv_row_is_empty(const void *row, const CvColumn *column)
{
    const char *member = (const char *)row + column->offset;
    size_t size = column->storage == CV_STORE_REFERENCE ? cv_storage_size(column->key_storage) : cv_column_size(column);
    for (size_t i = 0; i < size; i++)
        if (member[i])
            return false;
    return true;
}

bool cv_row_has_database_default(const void *row, const CvColumn *column)
{
    return CV_UNLIKELY(column->field->db_default != NULL) && !cv_row_is_saved(row) && !cv_row_given(row, column) &&
           cv_row_is_empty(row, column);
}

void cv_row_assign(void *row, const char *field, CvValue value)
{
    const CvColumn *column = cv_model_column(cv_row_model(row), cv_slice(field));
    if (!column || !column->concrete)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", cv_row_model(row)->name, field);
    if (value.kind == CV_OBJECT && cv_type_of(value.object) == &cv_expr_type)
        cv_row_give(row, column, value);
    else
        cv_row_set(row, column, value);
}

static CvValue read_column(const CvColumn *column, const void *row)
{
    const char *member = (const char *)row + column->offset;
    if (column->storage != CV_STORE_REFERENCE)
        return cv_member_get(column->storage, member);
    CvValue key = cv_member_get(column->key_storage, member);
    return key.kind == CV_INT && key.integer == 0 ? cv_value_null() : key;
}

void cv_row_forget_deferred(CvRow *row, const CvColumn *column)
{
    if (!cv_row_was_deferred(row, column))
        return;
    uint64_t *bits = cv_arena_memdup(cv_arena(), row->extra->deferred,
                                     (cv_model_info(cv_row_model(row))->column_count / 64 + 1) * sizeof *bits);
    bits[column->index / 64] &= ~(UINT64_C(1) << (column->index % 64));
    row->extra->deferred = bits;
}

void cv_row_keep_assigned(CvRow *row)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; row->extra && row->extra->deferred && i < info->concrete_count; i++)
        if (!cv_row_is_empty(row, &info->columns[i]))
            cv_row_forget_deferred(row, &info->columns[i]);
}

CvValue cv_row_get(const void *row, const CvColumn *column)
{
    if (cv_row_is_deferred(row, column))
        cv_row_load_deferred(row, column);
    if (CV_UNLIKELY(column->field->kind == &cv_composite_field))
        return cv_composite_get(row, cv_model_info(column->model));
    CvValue value = read_column(column, row);
    if (value.kind == CV_INT && value.integer == 0 && column->primary_key && cv_model_info(column->model)->key_parts)
        return value;
    if ((column->primary_key || column->field->kind->automatic) && value.kind == CV_INT && value.integer == 0 &&
        !cv_row_is_saved(row))
        return cv_value_null();
    return value;
}

void cv_row_set(void *row, const CvColumn *column, CvValue value)
{
    CvArena *arena = cv_arena();
    if (CV_UNLIKELY(column->field->kind == &cv_composite_field)) {
        cv_composite_set(row, cv_model_info(column->model), value);
        return;
    }
    if (cv_column_is_file(column)) {
        cv_row_set_file(row, column, value);
        return;
    }
    const void *target = value.kind == CV_OBJECT && column->to ? value.object : NULL;
    CvValue converted = cv_column_convert(arena, column, value);
    CvStorage storage = column->storage == CV_STORE_REFERENCE ? column->key_storage : column->storage;
    if (storage == CV_STORE_TEXT && converted.kind == CV_STRING) /* members end in a NUL */
        converted.text = cv_arena_strndup(arena, converted.text, converted.length);
    if (converted.kind == CV_BIGINT)
        cv_raise(CV_ERROR_OVERFLOW, "The value of %s does not fit in 64 bits.", column->name);
    set_member(row, column, converted);
    if (CV_UNLIKELY(((CvRow *)row)->extra != NULL)) {
        cv_row_forget_given(row, column);
        cv_row_forget_deferred(row, column);
    }
    if (cv_row_has_database_default(row, column)) /* zero, and meant */
        cv_row_give(row, column, converted);
    if (target && column->storage == CV_STORE_REFERENCE)
        *cv_reference_row(column, (char *)row + column->offset) = (void *)(uintptr_t)target;
}

CvValue cv_row_key(const void *row)
{
    return cv_row_get(row, cv_model_key(cv_row_model(row)));
}

bool cv_row_is_saved(const void *row)
{
    return ((const CvRow *)row)->database != NULL;
}

bool cv_row_equal(const void *a, const void *b)
{
    if (a == b)
        return true;
    if (!a || !b || cv_model_info(cv_row_model(a))->concrete != cv_model_info(cv_row_model(b))->concrete)
        return false;
    CvValue key = cv_row_key(a);
    return key.kind != CV_NULL && cv_value_equal(key, cv_row_key(b));
}

/* ---- texts ---- */

static const char *object_text(CvArena *arena, const void *row)
{
    CvSlice key = cv_value_str(arena, cv_row_key(row));
    return cv_arena_printf(arena, "%s object (%.*s)", cv_row_model(row)->name, CV_SLICE_ARG(key));
}

const char *cv_str(const void *row)
{
    for (const CvModel *model = cv_row_model(row); model; model = model->parent)
        if (model->options->str) {
            cv_row_load_all(row);
            const char *text = model->options->str(row);
            return text ? text : "";
        }
    return object_text(cv_arena(), row);
}

CvSlice cv_row_type_str(const void *row, CvArena *arena)
{
    CvArena *outer = cv_arena_enter(arena);
    CvSlice text = cv_slice(cv_str(row));
    cv_arena_leave(outer);
    return text;
}

CvSlice cv_row_type_repr(const void *row, CvArena *arena)
{
    CvSlice text = cv_row_type_str(row, arena);
    return cv_slice(cv_arena_printf(arena, "<%s: %.*s>", cv_row_model(row)->name, CV_SLICE_ARG(text)));
}

bool cv_row_type_equal(const void *row, CvValue other)
{
    return other.kind == CV_OBJECT && cv_type_of(other.object)->resolve == cv_row_type_resolve &&
           cv_row_equal(row, other.object);
}

static const char *display_of(const void *row, const CvColumn *column)
{
    CvArena *arena = cv_arena();
    CvValue value = cv_row_get(row, column);
    const CvChoices *choices = column->field->choices;
    for (size_t i = 0; choices && i < choices->count; i++) {
        const CvChoice *choice = &choices->items[i];
        if (choice->text ? value.kind == CV_STRING && cv_slice_is(cv_value_as_slice(value), choice->text)
                         : value.kind == CV_INT && value.integer == choice->number)
            return cv_translated(arena, choice->label);
    }
    return cv_slice_string(arena, cv_value_str(arena, value));
}

const char *cv_row_display(const void *row, const char *field)
{
    const CvColumn *column = cv_model_column(cv_row_model(row), cv_slice(field));
    if (!column)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'", cv_row_model(row)->name, field);
    return display_of(row, column);
}

/* ---- how templates look in ---- */

static void read_plain(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_row_get(row, accessor->data);
}

static void read_text(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    if (CV_UNLIKELY(cv_row_is_deferred(row, accessor->data)))
        cv_row_load_deferred(row, accessor->data);
    cv_value_put_string(out, *(const char *const *)(const void *)((const char *)row + accessor->offset));
}

static void read_file(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_object(cv_row_file(row, accessor->data));
}

static void read_row(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_object(cv_load(row, (const char *)row + accessor->offset));
}

static void read_parent(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(cv_related_parent(row));
}

static void read_way(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    const CvMember *member = accessor->data;
    (void)arena;
    if (member->kind == CV_MEMBER_REVERSE && member->one) {
        *out = cv_value_object(cv_related_row(row, member));
        return;
    }
    *out = cv_value_object(cv_related_of(row, member->accessor));
}

static void read_target(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    const CvMember *member = accessor->data;
    (void)arena;
    *out = cv_value_object(cv_generic_load(member->generic, row));
}

static void read_display(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_string(display_of(row, accessor->data));
}

static void read_method(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    const CvRowMethod *method = accessor->data;
    (void)arena;
    cv_row_load_all(row);
    *out = method->call(row);
}

static void read_url(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    const CvModelOptions *options = accessor->data;
    (void)arena;
    cv_row_load_all(row);
    *out = cv_value_string(options->get_absolute_url(row));
}

static void read_order(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_value_object(cv_order_of(accessor->data, row));
}

static void read_next(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(cv_neighbour_in_order(row, true));
}

static void read_previous(const CvAccessor *accessor, const void *row, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(cv_neighbour_in_order(row, false));
}

/* get_next_in_order, get_previous_in_order; get_answer_order where answers are ordered by this model. */
static bool resolve_order(const CvModel *model, CvSlice name, CvAccessor *out)
{
    bool next = cv_slice_is(name, "get_next_in_order");
    if ((next || cv_slice_is(name, "get_previous_in_order")) && cv_model_is_ordered(model)) {
        *out = (CvAccessor){next ? read_next : read_previous, .may_raise = true};
        return true;
    }
    bool order = cv_slice_starts_with(name, CV_SLICE("get_")) && cv_slice_ends_with(name, CV_SLICE("_order"));
    const CvModel *ordered =
        order && name.length > 10 ? cv_model_ordered_by(model, cv_slice_range(name, 4, name.length - 6)) : NULL;
    if (ordered)
        *out = (CvAccessor){read_order, 0, ordered, .may_raise = true};
    return ordered != NULL;
}

static bool resolve_special(const CvModel *model, CvSlice name, CvAccessor *out)
{
    if (cv_slice_is(name, "get_absolute_url") && model->options->get_absolute_url) {
        *out = (CvAccessor){read_url, 0, model->options, .may_raise = true};
        return true;
    }
    for (const CvRowMethod *method = model->methods; method && method->name; method++)
        if (cv_slice_is(name, method->name)) {
            *out = (CvAccessor){read_method, 0, method, .may_raise = true};
            return true;
        }
    if (cv_slice_starts_with(name, CV_SLICE("get_")) && cv_slice_ends_with(name, CV_SLICE("_display"))) {
        CvSlice field = cv_slice_range(name, 4, name.length - 8);
        const CvColumn *column = cv_model_column(model, field);
        if (column && column->field->choices) {
            *out = (CvAccessor){read_display, 0, column};
            return true;
        }
    }
    return model->parent && resolve_special(model->parent, name, out);
}

bool cv_row_type_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    const CvModel *model = (const CvModel *)(const void *)type;
    const CvModelInfo *info = cv_model_info(model);
    const CvColumn *column = cv_map_get(info->attributes, name);
    if (column && column == info->parent_link && cv_slice_is(name, column->name)) {
        *out = (CvAccessor){read_parent, 0, column, .may_raise = true};
        return true;
    }
    if (column && !column->field->kind->many) {
        bool row = column->storage == CV_STORE_REFERENCE && cv_slice_is(name, column->name);
        *out = (CvAccessor){row                                ? read_row
                            : cv_column_is_file(column)        ? read_file
                            : column->storage == CV_STORE_TEXT ? read_text
                                                               : read_plain,
                            column->offset, column, .may_raise = row, .guard = offsetof(CvRow, extra)};
        if (!row)
            out->direct = column->storage == CV_STORE_TEXT      ? CV_DIRECT_TEXT
                          : column->storage == CV_STORE_INTEGER ? CV_DIRECT_INT
                                                                : CV_DIRECT_NONE;
        return true;
    }
    const CvMember *member = cv_map_get(info->accessors, name);
    if (member && member->kind != CV_MEMBER_COLUMN) {
        *out = (CvAccessor){member->kind == CV_MEMBER_TARGET ? read_target : read_way, 0, member, .may_raise = true};
        return true;
    }
    return resolve_special(model, name, out) || resolve_order(model, name, out);
}

/* ---- annotations ---- */

bool cv_row_type_get(const void *row, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    (void)arena;
    for (size_t i = 0; extra && i < extra->count; i++)
        if (cv_slice_is(name, extra->names[i])) {
            *out = extra->values[i];
            return true;
        }
    const CvPrefetched *kept = cv_related_kept_as(row, name); /* a to_attr */
    if (kept)
        *out = cv_value_object(kept->value);
    return kept != NULL;
}

CvValue cv_annotation(const void *row, const char *name)
{
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    for (size_t i = 0; extra && i < extra->count; i++)
        if (strcmp(extra->names[i], name) == 0)
            return extra->values[i];
    return (CvValue){.kind = CV_MISSING};
}
