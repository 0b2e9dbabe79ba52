/* model_form.c: forms over a row: what it holds as initial values, checking it with what was entered, saving it. */
#include "base/self.h"
#include "base/vector.h"
#include "forms/formset_private.h"
#include "forms/stored_file.h"
#include "orm/validate.h"

static CvModelForm *as_model_form(const CvForm *form)
{
    return (CvModelForm *)(uintptr_t)form;
}

void *cv_form_instance(const CvForm *form)
{
    return form->type->meta ? as_model_form(form)->instance : NULL;
}

void cv_model_form_begin(CvForm *form)
{
    void *given = form->options.instance;
    const CvModel *model = form->type->meta->model;
    if (given && strcmp(cv_model_table(cv_row_model(given)), cv_model_table(model)) != 0) /* a proxy's are the same */
        cv_raise(CV_ERROR_VALUE, "%s edits rows of %s, not of %s.", form->type->name, model->name,
                 cv_row_model(given)->name);
    as_model_form(form)->instance = given ? given : cv_row_new(model);
}

/* ---- initial values ---- */

static CvValue related_rows(const void *row, const CvColumn *column, CvArena *arena)
{
    CvList *list = cv_list_create(arena);
    if (cv_row_key(row).kind != CV_NULL) {
        CvQuerySet *set = cv_related_of(row, column->name);
        for (size_t i = 0; i < cv_length_of(set); i++)
            cv_list_add(arena, list, cv_value_object(cv_row_at(set, i)));
    }
    return cv_value_list(list);
}

bool cv_model_form_initial(CvForm *form, const CvFormField *field, CvValue *out)
{
    const CvModelFormMeta *meta = form->type->meta;
    const void *row = meta ? form->options.instance : NULL;
    const CvColumn *column = field->column;
    if (!row || !column || !cv_model_form_takes(meta, column->name))
        return false;
    *out = cv_column_is_file(column) ? cv_value_object(cv_row_file(row, column))
           : column->concrete        ? cv_row_get(row, column)
                                     : related_rows(row, column, form->arena);
    return true;
}

/* ---- checking ---- */

/* Names of columns that are left out: what is not on the form, what failed, and what the form lets be empty. */
const char **cv_model_form_exclusions(CvForm *form)
{
    const CvModelFormMeta *meta = form->type->meta;
    size_t count, at = 0;
    const CvColumn *columns = cv_model_columns(meta->model, &count);
    const char **names = cv_arena_new_array(form->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *column = &columns[i];
        const CvBoundField *bound = cv_form_field_of(form, column->name);
        bool left_out = !bound || !cv_model_form_takes(meta, column->name) || bound->errors.count > 0 ||
                        (!column->field->blank && !bound->field->required && cv_is_empty_value(bound->value));
        if (left_out)
            names[at++] = column->name;
    }
    return names;
}

/* Defaults stay where the browser sent nothing for the field; an unchecked box sends nothing either. */
static bool keeps_default(CvForm *form, const CvBoundField *bound)
{
    CvFormData data = cv_form_data(form);
    return cv_model_form_has_default(bound->field->column) && cv_is_empty_value(bound->value) &&
           cv_widget_omitted(bound->field->widget, form->arena, &data, cv_slice(bound->html_name));
}

/* A number that the member cannot hold is for the model's own checks to refuse. */
static void check_unfit(CvForm *form, const CvBoundField *bound, CvRowErrors *errors)
{
    CvInvalids invalids = {.arena = form->arena};
    if (cv_clean_value(bound->field->column, cv_form_instance(form), bound->value, NULL, &invalids))
        cv_raise(CV_ERROR_OVERFLOW, "The value of %s does not fit in 64 bits.", bound->field->name);
    for (size_t i = 0; i < invalids.count; i++)
        cv_row_errors_add(errors, bound->field->name, &invalids.items[i]);
}

/* Puts the cleaned values into the row; files last, so that what names them may use the others. */
static void fill_row(CvForm *form, CvRowErrors *unfit)
{
    void *row = cv_form_instance(form);
    for (int files = 0; files < 2; files++) {
        for (size_t i = 0; i < form->count; i++) {
            const CvBoundField *bound = &form->fields[i];
            const CvColumn *column = bound->field->column;
            if (!column || !column->concrete || column->field->kind->automatic || !cv_model_form_is_editable(column) ||
                bound->value.kind == CV_MISSING || !cv_model_form_takes(form->type->meta, column->name))
                continue;
            if (cv_column_is_file(column) != (files == 1) || keeps_default(form, bound))
                continue;
            if (files)
                cv_form_set_row_file(row, column, bound->value);
            else if (bound->value.kind == CV_BIGINT)
                check_unfit(form, bound, unfit);
            else
                cv_row_set(row, column, bound->value);
        }
    }
}

/* ---- errors ---- */

static void add_error(CvForm *form, const char *field, CvInvalid invalid)
{
    CvBoundField *bound = field ? cv_form_field_of(form, field) : NULL;
    const char *message = NULL;
    if (invalid.code && bound)
        message = cv_field_message(bound->field, invalid.code);
    else if (invalid.code && !field)
        message = cv_model_form_message(form->type->meta, "__all__", invalid.code);
    if (message) {
        invalid.message = message;
        invalid.plural = invalid.count = NULL;
        invalid.fixed = false;
    }
    cv_form_add_invalid(form, field, &invalid);
}

static void add_errors(CvForm *form, const CvRowErrors *errors)
{
    for (size_t i = 0; i < errors->count; i++)
        for (size_t k = 0; k < errors->items[i].count; k++)
            add_error(form, errors->items[i].field, errors->items[i].items[k]);
}

static size_t place_of(const CvModel *model, const char *field)
{
    const CvColumn *column = field ? cv_model_column(model, cv_slice(field)) : NULL;
    return column ? column->index : SIZE_MAX;
}

/* Both lists are in the order of the model's fields; so is what is added. */
static void add_in_order(CvForm *form, const CvRowErrors *unfit, const CvRowErrors *errors)
{
    const CvModel *model = form->type->meta->model;
    size_t a = 0, b = 0;
    while (a < unfit->count || b < errors->count) {
        bool first = b >= errors->count || (a < unfit->count && place_of(model, unfit->items[a].field) <
                                                                    place_of(model, errors->items[b].field));
        CvRowErrors one = {.items = first ? &unfit->items[a++] : &errors->items[b++], .count = 1};
        add_errors(form, &one);
    }
}

/* What the checks of single fields leave out besides: what did not fit (it has its errors), and the parent's key of an
 * inline form, for a new parent has none yet. Uniqueness takes both into account. */
static const char **left_out_of_fields(CvForm *form, const CvRowErrors *unfit)
{
    const char **names = cv_model_form_exclusions(form);
    size_t count = 0;
    while (names[count])
        count++;
    const char **all = cv_arena_new_array(form->arena, const char *, count + unfit->count + form->count + 1);
    memcpy(all, names, count * sizeof *names);
    for (size_t i = 0; i < unfit->count; i++)
        all[count++] = unfit->items[i].field;
    for (size_t i = 0; i < form->count; i++)
        if (form->fields[i].field->kind == &cv_inline_key_form_field)
            all[count++] = form->fields[i].field->name;
    return all;
}

void cv_model_form_check(CvForm *form)
{
    void *row = cv_form_instance(form);
    CvRowErrors unfit = {.arena = form->arena}, errors = unfit, unique = unfit, constraints = unfit;
    fill_row(form, &unfit);
    CvCleanOptions options = {
        .exclude = left_out_of_fields(form, &unfit), .skip_unique = true, .skip_constraints = true};
    (void)!cv_full_clean_of(row, &options, &errors);
    add_in_order(form, &unfit, &errors);
    /* What failed by now is left out of the rest. */
    (void)cv_validate_unique(row, cv_model_form_exclusions(form), &unique);
    add_errors(form, &unique);
    (void)cv_validate_constraints(row, cv_model_form_exclusions(form), &constraints);
    add_errors(form, &constraints);
}

/* ---- saving ---- */

static void save_many(CvForm *form, const CvBoundField *bound)
{
    CvQuerySet *related = cv_related_of(cv_form_instance(form), bound->field->column->name);
    CV_VECTOR(CvValue) values = {0};
    if (bound->value.kind == CV_OBJECT) {
        CvQuerySet *chosen = (CvQuerySet *)(uintptr_t)bound->value.object;
        for (size_t i = 0; i < cv_length_of(chosen); i++)
            cv_vector_push(form->arena, &values, cv_value_object(cv_row_at(chosen, i)));
    } else if (bound->value.kind == CV_LIST) {
        for (size_t i = 0; i < bound->value.list->count; i++)
            cv_vector_push(form->arena, &values, bound->value.list->items[i]);
    }
    cv_related_set(related, values.count, values.items, NULL);
}

static void must_be_valid(CvForm *form)
{
    if (!form->type->meta)
        cv_raise(CV_ERROR_VALUE, "%s has no model.", form->type->name);
    cv_form_clean(form);
    if (form->error_count > 0)
        cv_raise(CV_ERROR_VALUE, "The %s could not be %s because the data didn't validate.",
                 form->type->meta->model->name, cv_row_is_saved(cv_form_instance(form)) ? "changed" : "created");
}

void cv_form_save_m2m(CvForm *form)
{
    must_be_valid(form);
    for (size_t i = 0; i < form->count; i++) {
        const CvBoundField *bound = &form->fields[i];
        const CvColumn *column = bound->field->column;
        if (column && !column->concrete && bound->value.kind != CV_MISSING &&
            cv_model_form_takes(form->type->meta, column->name))
            save_many(form, bound);
    }
}

void *cv_form_save(CvForm *form, const CvFormSaveOptions *options)
{
    must_be_valid(form);
    void *row = cv_form_instance(form);
    if (options && options->no_commit)
        return row;
    cv_save(row);
    cv_form_save_m2m(form);
    return row;
}
