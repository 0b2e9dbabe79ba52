/* form_type.c: the fields of a form's type: from the rows of a list file, or built at run time; prepared once. */
#include <pthread.h>

#include "forms/attributes_private.h"
#include "forms/model_form_private.h"
#include "forms/row.h"
#include "text/decimal.h"

static pthread_mutex_t plan_lock = PTHREAD_MUTEX_INITIALIZER;
static CvArena *plan_arena;

static CvValue number_or_null(int64_t number)
{
    return number == CV_NO_NUMBER ? cv_value_null() : cv_value_int(number);
}

static CvValue real_or_null(double number)
{
    return number == CV_NO_BOUND ? cv_value_null() : cv_value_float(number);
}

static CvValue decimal_or_null(CvArena *arena, const char *digits)
{
    return digits ? cv_value_decimal(cv_decimal(arena, digits)) : cv_value_null();
}

static void apply_text(CvFormField *field, const CvTextFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->empty_value = cv_text_or_missing(row->empty_value);
    field->max_length = row->max_length;
    field->min_length = row->min_length;
    field->strip = row->strip;
    field->allow_unicode = row->allow_unicode;
    field->unpack_ipv4 = row->unpack_ipv4;
    field->regex = row->regex;
    field->protocol = row->protocol;
    field->assume_scheme = row->assume_scheme;
    field->regex_flags = row->regex_flags;
}

static void apply_integer(CvFormField *field, const CvIntegerFormRow *row)
{
    field->initial = number_or_null(row->initial);
    field->min_value = number_or_null(row->min_value);
    field->max_value = number_or_null(row->max_value);
    field->step_size = number_or_null(row->step_size);
}

static void apply_float(CvFormField *field, const CvFloatFormRow *row)
{
    field->initial = real_or_null(row->initial);
    field->min_value = real_or_null(row->min_value);
    field->max_value = real_or_null(row->max_value);
    field->step_size = real_or_null(row->step_size);
}

static void apply_decimal(CvArena *arena, CvFormField *field, const CvDecimalFormRow *row)
{
    field->initial = decimal_or_null(arena, row->initial);
    field->min_value = decimal_or_null(arena, row->min_value);
    field->max_value = decimal_or_null(arena, row->max_value);
    field->step_size = decimal_or_null(arena, row->step_size);
    field->max_digits = row->max_digits;
    field->decimal_places = row->decimal_places;
}

static void apply_date(CvFormField *field, const CvDateFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->input_formats = row->input_formats;
    field->input_time_formats = row->input_time_formats;
}

static void apply_choice(CvFormField *field, const CvChoiceFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->empty_value = cv_text_or_missing(row->empty_value);
    field->choices = row->choices;
    field->options = row->options;
    field->options_function = row->options_function;
    field->coerce = row->coerce;
}

static void apply_path(CvFormField *field, const CvPathFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->path = row->path;
    field->match = row->match;
    field->recursive = row->recursive;
    field->no_files = row->no_files;
    field->allow_folders = row->allow_folders;
}

static void apply_rows(CvFormField *field, const CvRowsFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->model = row->model;
    field->queryset = row->queryset;
    field->limit_choices_to = row->limit_choices_to;
    field->to_field_name = row->to_field_name;
    field->empty_label = row->empty_label;
    field->label_from = row->label_from;
    field->group_from = row->group_from;
    field->blank = row->blank;
}

/* Parts have no member of their own: their values go into that of the whole. */
static void apply_parts(CvArena *arena, CvFormField *field, const CvFormRow *parts)
{
    size_t count = 0;
    while (parts && parts[count].name)
        count++;
    CvFormField *fields = cv_arena_new_array(arena, CvFormField, count + 1);
    for (size_t i = 0; i < count; i++) {
        fields[i] = cv_form_row_field(arena, &parts[i], 0);
        fields[i].offset = -1;
    }
    field->fields = fields;
    field->field_count = count;
}

static void apply_multi(CvArena *arena, CvFormField *field, const CvMultiFormRow *row)
{
    field->initial = cv_value_string(row->initial);
    field->require_all_fields = row->require_all_fields;
    field->compress = row->compress;
    apply_parts(arena, field, row->fields);
}

static void apply_common(CvFormField *field, const CvCommonFormRow *row)
{
    field->label = row->label;
    field->label_suffix = row->label_suffix;
    field->template_name = row->template_name;
    field->help_text = row->help_text;
    field->widget = row->widget;
    field->hidden_widget = row->hidden_widget;
    field->validators = row->validators;
    field->error_messages = row->error_messages;
    field->initial_function = row->initial_function;
    field->clean = row->clean;
    field->required = row->required;
    field->disabled = row->disabled;
    field->localize = row->localize;
    field->show_hidden_initial = row->show_hidden_initial;
}

CvFormField cv_form_row_field(CvArena *arena, const CvFormRow *row, size_t offset)
{
    CvFormField field = cv_form_field(row->name, row->kind);
    field.offset = (ptrdiff_t)offset;
    field.storage = row->storage;
    apply_common(&field, &row->as_common);
    switch (row->group) {
    case CV_FORM_GROUP_common:
        field.initial = cv_value_string(row->as_common.initial);
        break;
    case CV_FORM_GROUP_text:
        apply_text(&field, &row->as_text);
        break;
    case CV_FORM_GROUP_integer:
        apply_integer(&field, &row->as_integer);
        break;
    case CV_FORM_GROUP_float:
        apply_float(&field, &row->as_float);
        break;
    case CV_FORM_GROUP_decimal:
        apply_decimal(arena, &field, &row->as_decimal);
        break;
    case CV_FORM_GROUP_boolean:
        field.initial = row->as_boolean.initial ? cv_value_bool(true) : cv_value_null();
        break;
    case CV_FORM_GROUP_date:
        apply_date(&field, &row->as_date);
        break;
    case CV_FORM_GROUP_choice:
        apply_choice(&field, &row->as_choice);
        break;
    case CV_FORM_GROUP_file:
        field.max_length = row->as_file.max_length;
        field.allow_empty_file = row->as_file.allow_empty_file;
        break;
    case CV_FORM_GROUP_path:
        apply_path(&field, &row->as_path);
        break;
    case CV_FORM_GROUP_rows:
        apply_rows(&field, &row->as_rows);
        break;
    case CV_FORM_GROUP_combo:
        field.initial = cv_value_string(row->as_combo.initial);
        apply_parts(arena, &field, row->as_combo.fields);
        break;
    case CV_FORM_GROUP_multi:
        apply_multi(arena, &field, &row->as_multi);
        break;
    }
    return field;
}

static void fill_plan(const CvFormType *type, CvArena *arena, CvFormPlan *plan)
{
    size_t count = type->field_count;
    if (type->rows)
        for (count = 0; type->rows[count].name;)
            count++;
    plan->fields = cv_arena_new_array(arena, CvFormField, count + 1);
    plan->count = count;
    const size_t *offsets = type->rows ? type->offsets() : NULL;
    for (size_t i = 0; i < count; i++)
        plan->fields[i] = type->rows ? cv_form_row_field(arena, &type->rows[i], offsets[i]) : type->fields[i];
    if (type->rows && type->meta) {
        CvFormFields all = cv_model_form_fields(arena, type->name, type->meta, plan->fields, count);
        plan->fields = all.items;
        plan->count = all.count;
    }
    for (size_t i = 0; i < plan->count; i++)
        cv_form_field_prepare(&plan->fields[i], arena);
    __atomic_store_n(&plan->ready, true, __ATOMIC_RELEASE);
}

typedef struct Filling {
    const CvFormType *type;
} Filling;

static void fill_shared(void *argument)
{
    if (!plan_arena)
        plan_arena = cv_arena_create(0);
    const CvFormType *type = ((Filling *)argument)->type;
    if (!type->plan->ready)
        fill_plan(type, plan_arena, type->plan);
}

const CvFormPlan *cv_form_plan(const CvFormType *type)
{
    if (CV_LIKELY(__atomic_load_n(&type->plan->ready, __ATOMIC_ACQUIRE)))
        return type->plan;
    Filling filling = {type};
    CvError *error;
    pthread_mutex_lock(&plan_lock);
    bool good = cv_try(fill_shared, &filling, &error);
    pthread_mutex_unlock(&plan_lock);
    if (!good)
        cv_raise_error(error);
    return type->plan;
}

CvFormType *cv_form_type_build(CvArena *arena, const char *name, const CvFormField *fields, size_t count,
                               const CvFormOptions *options)
{
    CvFormType *type = cv_arena_new(arena, CvFormType);
    *type = (CvFormType){.name = name,
                         .size = sizeof(CvForm),
                         .fields = cv_arena_memdup(arena, fields, cv_size_multiply(count, sizeof *fields)),
                         .field_count = count,
                         .options = options,
                         .plan = cv_arena_new(arena, CvFormPlan)};
    fill_plan(type, arena, type->plan);
    return type;
}
