/* model_fields.c: which form field each field of a model becomes (Django's formfield()). */
#include "base/vector.h"
#include "forms/model_form_private.h"
#include "orm/own_field.h"
#include "text/i18n.h"
#include "text/utf8.h"

#include <math.h>

static const CvWidget textarea = {.kind = &cv_textarea_kind};

static bool has_default(const CvField *field)
{
    if (field->default_call)
        return true;
    if (field->kind->relation)
        return field->default_integer != CV_NO_NUMBER;
    switch (field->kind->storage) {
    case CV_STORE_INTEGER:
        return field->default_integer != CV_NO_NUMBER;
    case CV_STORE_FLOAT:
        return !isnan(field->default_real);
    case CV_STORE_BOOL:
        return field->default_boolean >= 0;
    default:
        return field->default_text != NULL;
    }
}

bool cv_model_form_has_default(const CvColumn *column)
{
    return has_default(column->field);
}

/* The default as a row of the model gets it. */
static CvValue default_value(CvArena *arena, const CvColumn *column)
{
    CvArena *outer = cv_arena_enter(arena);
    CvValue value = cv_value_copy(arena, cv_row_get(cv_row_new(column->model), column));
    cv_arena_leave(outer);
    return value;
}

/* ---- choices ---- */

typedef struct Options {
    CvOption *items;
    size_t count, capacity;
} Options;

static CvValue value_of(const CvChoice *choice)
{
    return choice->text ? cv_value_string(choice->text) : cv_value_int(choice->number);
}

static bool offers_blank(const CvChoices *choices)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i].text && !*choices->items[i].text)
            return true;
    return false;
}

static bool same_group(const CvChoice *a, const CvChoice *b)
{
    return a->group && b->group && strcmp(a->group, b->group) == 0;
}

static CvOptions options_of(CvArena *arena, const CvChoices *choices, bool include_blank)
{
    Options all = {0};
    if (include_blank && !offers_blank(choices))
        cv_vector_push(arena, &all, ((CvOption){.value = CV_VALUE(""), .label = cv_lazy_text(CV_BLANK_CHOICE_LABEL)}));
    for (size_t i = 0; i < choices->count;) {
        Options group = {0};
        const CvChoice *first = &choices->items[i];
        do {
            const CvChoice *choice = &choices->items[i++];
            cv_vector_push(arena, first->group ? &group : &all,
                           ((CvOption){.value = value_of(choice), .label = cv_lazy_text(choice->label)}));
        } while (i < choices->count && same_group(first, &choices->items[i]));
        if (first->group)
            cv_vector_push(arena, &all,
                           ((CvOption){.value = cv_lazy_text(first->group),
                                       .options = group.items,
                                       .option_count = group.count,
                                       .group = true}));
    }
    return (CvOptions){all.items, all.count};
}

static void make_choice(CvArena *arena, const CvColumn *column, CvFormField *field)
{
    bool boolean = column->field->kind == &cv_boolean_field;
    bool blank = (column->field->blank && !boolean) || !has_default(column->field);
    field->kind = &cv_typed_choice_form_field;
    field->options = options_of(arena, column->field->choices, blank);
    /* A number has no room for an empty text. */
    bool text = column->field->kind->storage == CV_STORE_TEXT && !column->null;
    field->empty_value = text ? CV_VALUE("") : cv_value_null();
}

/* ---- kinds ---- */

static const struct {
    const CvFieldKind *model;
    const CvFormFieldKind *form;
} kinds[] = {{&cv_boolean_field, &cv_boolean_form_field},
             {&cv_char_field, &cv_char_form_field},
             {&cv_text_field, &cv_char_form_field},
             {&cv_date_field, &cv_date_form_field},
             {&cv_datetime_field, &cv_datetime_form_field},
             {&cv_time_field, &cv_time_form_field},
             {&cv_duration_field, &cv_duration_form_field},
             {&cv_decimal_field, &cv_decimal_form_field},
             {&cv_email_field, &cv_email_form_field},
             {&cv_file_field, &cv_file_form_field},
             {&cv_image_field, &cv_image_form_field},
             {&cv_file_path_field, &cv_file_path_form_field},
             {&cv_float_field, &cv_float_form_field},
             {&cv_ip_address_field, &cv_ip_address_form_field},
             {&cv_json_field, &cv_json_form_field},
             {&cv_slug_field, &cv_slug_form_field},
             {&cv_url_field, &cv_url_form_field},
             {&cv_uuid_field, &cv_uuid_form_field},
             {&cv_foreign_key_field, &cv_model_choice_form_field},
             {&cv_one_to_one_field, &cv_model_choice_form_field},
             {&cv_many_to_many_field, &cv_model_multiple_choice_form_field}};

static const CvFormFieldKind *kind_for(const CvFieldKind *kind)
{
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (kinds[i].model == kind)
            return kinds[i].form;
    return kind->least || kind->most ? &cv_integer_form_field : NULL;
}

/* Limits of the browser's number control: Django gives them for positive and big integers. */
static void set_integer(const CvField *model, CvFormField *field)
{
    bool positive = model->kind->least == 0;
    bool big = model->kind == &cv_big_integer_field || model->kind == &cv_positive_big_integer_field;
    if (model->min_value != CV_NO_NUMBER)
        field->min_value = cv_value_int(model->min_value);
    else if (positive || big)
        field->min_value = cv_value_int(model->kind->least);
    if (model->max_value != CV_NO_NUMBER)
        field->max_value = cv_value_int(model->max_value);
    else if (big)
        field->max_value = cv_value_int(model->kind->most);
}

static void set_relation(const CvColumn *column, CvFormField *field)
{
    field->model = column->to;
    field->blank = column->field->blank;
    field->limit_choices_to = column->field->limit_choices_to;
    if (!column->field->kind->many)
        field->to_field_name = column->to_column->name;
}

static void set_text(const CvColumn *column, CvFormField *field)
{
    const CvField *model = column->field;
    if (model->kind != &cv_text_field && model->max_length > 0)
        field->max_length = model->max_length;
    if (model->kind == &cv_text_field) {
        field->max_length = model->max_length > 0 ? model->max_length : -1;
        field->widget = &textarea;
    }
    bool char_like = model->kind == &cv_char_field || model->kind == &cv_email_field || model->kind == &cv_slug_field ||
                     model->kind == &cv_url_field;
    if (column->null && char_like)
        field->empty_value = cv_value_null();
    field->allow_unicode = model->allow_unicode;
    field->protocol = model->protocol;
    field->unpack_ipv4 = model->unpack_ipv4;
    field->path = model->path;
    field->match = model->match;
    field->recursive = model->recursive;
    field->no_files = model->no_files;
    field->allow_folders = model->allow_folders;
}

/* What the kind of the model's field says beyond what all have. */
static void set_kind(CvArena *arena, const CvColumn *column, CvFormField *field)
{
    const CvField *model = column->field;
    if (model->choices) {
        make_choice(arena, column, field);
    } else if (model->kind->relation) {
        set_relation(column, field);
    } else if (field->kind == &cv_integer_form_field) {
        set_integer(model, field);
    } else if (model->kind == &cv_boolean_field) {
        field->kind = column->null ? &cv_null_boolean_form_field : &cv_boolean_form_field;
        field->required = false;
    } else if (model->kind == &cv_decimal_field) {
        field->max_digits = model->max_digits ? model->max_digits : -1;
        field->decimal_places = model->max_digits ? model->decimal_places : -1;
        if (model->min_value != CV_NO_NUMBER)
            field->min_value = cv_value_int(model->min_value);
        if (model->max_value != CV_NO_NUMBER)
            field->max_value = cv_value_int(model->max_value);
    } else if (model->kind->storage == CV_STORE_TEXT) {
        set_text(column, field);
    }
}

bool cv_model_form_field(CvArena *arena, const CvColumn *column, CvFormField *out)
{
    const CvField *model = column->field;
    const CvFormFieldKind *kind = model->own && model->own->form_field ? model->own->form_field : kind_for(model->kind);
    if (!kind || model->kind->automatic ||
        (column->primary_key && column->model->parent && column->to == column->model->parent))
        return false;
    *out = cv_form_field(column->name, kind);
    out->required = !model->blank;
    out->help_text = model->help_text;
    out->column = column;
    set_kind(arena, column, out);
    if (model->default_call) {
        out->initial_function = model->default_call;
        out->show_hidden_initial = true;
    } else if (has_default(model)) {
        out->initial = default_value(arena, column);
    }
    return true;
}
