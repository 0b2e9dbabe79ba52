/* field_data.c: the options of a field one by one, and whether two fields are the same. */
#include "migrations/field_data.h"

#include "orm/own_field.h"

#define ROW(shape_, member)                                                               \
    {                                                                                     \
        .name = #member, .shape = CV_OPTION_##shape_, .offset = offsetof(CvField, member) \
    }
/* clang-format off */
const CvOptionRow cv_field_option_rows[] = {
    /* In the order in which people write them: what the kind needs, what the database sees, what people see. */
    ROW(SIZE, max_length), ROW(SIZE, max_digits), ROW(SIZE, decimal_places), ROW(TEXT, protocol),
    ROW(FLAG, unpack_ipv4), ROW(FLAG, allow_unicode), ROW(TEXT, upload_to), ROW(TEXT, width_field),
    ROW(TEXT, height_field), ROW(TEXT, path), ROW(TEXT, match), ROW(FLAG, recursive), ROW(FLAG, no_files),
    ROW(FLAG, allow_folders), ROW(FLAG, auto_now), ROW(FLAG, auto_now_add), ROW(TEXT, generated),
    ROW(FLAG, generated_virtual), ROW(CHOICES, choices), ROW(FLAG, null), ROW(FLAG, blank), ROW(FLAG, unique),
    ROW(CHOICE, db_index), ROW(CALL, default_call), ROW(TEXT, db_default), ROW(DELETE, on_delete),
    ROW(TEXT, to_field), ROW(TEXT, related_name), ROW(TEXT, related_query_name), ROW(TEXT, limit_choices_to),
    ROW(CHOICE, db_constraint), ROW(LABEL, through_label), ROW(LIST, through_fields), ROW(TEXT, db_table),
    ROW(TEXT, db_column), ROW(TEXT, db_collation), ROW(TEXT, db_comment), ROW(FLAG, editable),
    ROW(TEXT, unique_for_date), ROW(TEXT, unique_for_month), ROW(TEXT, unique_for_year),
    ROW(LIST, error_messages), ROW(TEXT, verbose_name), ROW(TEXT, help_text), ROW(OWN, own),
    {.name = NULL},
};
/* clang-format on */

bool cv_text_lists_same(const char *const *a, const char *const *b)
{
    if (!a || !b)
        return a == b;
    for (; *a && *b; a++, b++)
        if (strcmp(*a, *b) != 0)
            return false;
    return *a == *b;
}

CvDefaultShape cv_field_default_shape(const CvField *field)
{
    const CvFieldKind *kind = field->kind;
    if (kind->least || kind->most || kind->relation)
        return CV_DEFAULT_INTEGER;
    if (kind->storage == CV_STORE_FLOAT)
        return CV_DEFAULT_REAL;
    return kind->storage == CV_STORE_BOOL ? CV_DEFAULT_BOOLEAN : CV_DEFAULT_TEXT;
}

static bool has_constant(const CvField *field)
{
    if (field->kind->generic || field->key_fields)
        return false;
    switch (cv_field_default_shape(field)) {
    case CV_DEFAULT_INTEGER:
        return field->default_integer != CV_NO_NUMBER;
    case CV_DEFAULT_REAL:
        return !__builtin_isnan(field->default_real);
    case CV_DEFAULT_BOOLEAN:
        return field->default_boolean != -1;
    default:
        return field->default_text;
    }
}

bool cv_field_has_default(const CvField *field)
{
    return field->default_call || has_constant(field);
}

bool cv_field_may_be_null(const CvField *field)
{
    return field->null || field->nullable_word;
}

bool cv_field_is_indexed(const CvField *field)
{
    if (field->db_index != -1)
        return field->db_index;
    return field->kind == &cv_slug_field || field->kind == &cv_foreign_key_field;
}

bool cv_field_default_same(const CvField *a, const CvField *b)
{
    if (has_constant(a) != has_constant(b) || !has_constant(a))
        return has_constant(a) == has_constant(b);
    switch (cv_field_default_shape(a)) {
    case CV_DEFAULT_INTEGER:
        return a->default_integer == b->default_integer;
    case CV_DEFAULT_REAL:
        return a->default_real == b->default_real;
    case CV_DEFAULT_BOOLEAN:
        return a->default_boolean == b->default_boolean;
    default:
        return cv_texts_same(a->default_text, b->default_text);
    }
}

static bool choices_same(const CvChoices *a, const CvChoices *b)
{
    if (!a || !b || a->count != b->count)
        return a == b;
    for (size_t i = 0; i < a->count; i++) {
        const CvChoice *x = &a->items[i], *y = &b->items[i];
        if (!cv_texts_same(x->text, y->text) || (!x->text && x->number != y->number) ||
            !cv_texts_same(x->label, y->label) || !cv_texts_same(x->group, y->group))
            return false;
    }
    return true;
}

static bool own_same(const CvOwnField *a, const CvOwnField *b)
{
    return a && b ? cv_texts_same(a->name, b->name) && cv_texts_same(a->column_type, b->column_type) : a == b;
}

/* Who sets itself is neither blank nor editable by anybody's choice. */
static bool sets_itself(const CvField *field)
{
    return field->auto_now || field->auto_now_add || field->kind->automatic;
}

static bool flag_of(const CvOptionRow *row, const CvField *field)
{
    if (row->offset == offsetof(CvField, null))
        return cv_field_may_be_null(field);
    if (sets_itself(field) && (row->offset == offsetof(CvField, blank) || row->offset == offsetof(CvField, editable)))
        return row->offset == offsetof(CvField, blank);
    return *(const bool *)((const char *)field + row->offset);
}

static signed char choice_of(const CvOptionRow *row, const CvField *field)
{
    if (row->offset == offsetof(CvField, db_index))
        return cv_field_is_indexed(field);
    signed char chosen = *(const signed char *)((const char *)field + row->offset);
    return chosen == -1 ? 1 : chosen;
}

bool cv_option_same(const CvOptionRow *row, const CvField *a, const CvField *b)
{
    const void *x = (const char *)a + row->offset, *y = (const char *)b + row->offset;
    switch (row->shape) {
    case CV_OPTION_TEXT:
        return cv_texts_same(*(const char *const *)x, *(const char *const *)y);
    case CV_OPTION_LABEL: {
        const char *one = *(const char *const *)x, *other = *(const char *const *)y;
        return one && other ? cv_slice_equal_fold(cv_slice(one), cv_slice(other)) : one == other;
    }
    case CV_OPTION_LIST:
        return cv_text_lists_same(*(const char *const *const *)x, *(const char *const *const *)y);
    case CV_OPTION_FLAG:
        return flag_of(row, a) == flag_of(row, b);
    case CV_OPTION_CHOICE:
        return choice_of(row, a) == choice_of(row, b);
    case CV_OPTION_SIZE:
        return *(const int *)x == *(const int *)y;
    case CV_OPTION_CALL:
        return !*(const void *const *)x == !*(const void *const *)y;
    case CV_OPTION_OWN:
        return own_same(a->own, b->own);
    case CV_OPTION_CHOICES:
        return choices_same(*(const CvChoices *const *)x, *(const CvChoices *const *)y);
    default:
        return *(const CvOnDelete *)x == *(const CvOnDelete *)y;
    }
}

static bool skipped(const char *const *skip, const char *name)
{
    for (; skip && *skip; skip++)
        if (strcmp(*skip, name) == 0)
            return true;
    return false;
}

static bool labels_same(const char *a, const char *b)
{
    return a && b ? cv_slice_equal_fold(cv_slice(a), cv_slice(b)) : a == b;
}

bool cv_field_data_same(const CvField *a, const CvField *b, const char *const *skip)
{
    if (a->kind != b->kind || !cv_field_default_same(a, b) || !cv_text_lists_same(a->key_fields, b->key_fields) ||
        !cv_texts_same(a->order_within, b->order_within))
        return false;
    if (!skipped(skip, "to_label") && !labels_same(a->to_label, b->to_label))
        return false;
    for (const CvOptionRow *row = cv_field_option_rows; row->name; row++)
        if (!skipped(skip, row->name) && !cv_option_same(row, a, b))
            return false;
    return true;
}

bool cv_constraint_same(const CvConstraint *a, const CvConstraint *b, bool names)
{
    return a->kind == b->kind && a->together == b->together && a->deferrable == b->deferrable &&
           a->nulls_not_distinct == b->nulls_not_distinct && cv_text_lists_same(a->fields, b->fields) &&
           cv_text_lists_same(a->expressions, b->expressions) && cv_text_lists_same(a->include, b->include) &&
           cv_texts_same(a->condition, b->condition) &&
           cv_texts_same(a->violation_error_message, b->violation_error_message) &&
           cv_texts_same(a->violation_error_code, b->violation_error_code) &&
           (!names || cv_texts_same(a->name, b->name));
}

size_t cv_constraint_count(const CvConstraint *constraints)
{
    size_t count = 0;
    while (constraints && constraints[count].kind)
        count++;
    return count;
}
