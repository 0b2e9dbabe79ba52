/* model_verify.c: holds the names in a model form's options against its model, before anything is served. */
#include "base/vector.h"
#include "forms/model_form_private.h"
#include "forms/model_formset.h"
#include "forms/row.h"

typedef struct Check {
    const CvFormType *type;
    CvErrors *errors;
    const char **names; /* of the model's fields and the form's own; ends in NULL */
} Check;

static bool is_own(const CvFormType *type, CvSlice name)
{
    for (const CvFormRow *row = type->rows; row && row->name; row++)
        if (cv_slice_is(name, row->name))
            return true;
    return false;
}

static const CvColumn *column_of(const Check *check, CvSlice name)
{
    const CvColumn *column = cv_model_column(check->type->meta->model, name);
    return column && cv_slice_is(name, column->name) ? column : NULL;
}

static void refuse(const Check *check, const char *option, CvSlice name)
{
    CvArena *arena = check->errors->arena;
    CvError *error = cv_errors_add(check->errors, CV_ERROR_FIELD, "%s: .%s names '%.*s', which is no field of %s",
                                   check->type->name, option, CV_SLICE_ARG(name), check->type->meta->model->name);
    const char *near = cv_nearest(name, check->names);
    error->hint = near ? cv_arena_printf(arena, "Did you mean '%s'?", near) : NULL;
}

static void check_name(const Check *check, const char *option, CvSlice name)
{
    if (!column_of(check, name) && !is_own(check->type, name))
        refuse(check, option, name);
}

/* Every `step`th text names a field, up to its first dot. */
static void check_list(const Check *check, const char *option, const char *const *list, int step)
{
    for (int i = 0; list && list[i]; i++) {
        CvSlice name = cv_slice(list[i]);
        ptrdiff_t dot = cv_slice_find(name, CV_SLICE("."));
        name.length = dot >= 0 ? (size_t)dot : name.length;
        if (i % step == 0 && !cv_slice_is(name, "__all__"))
            check_name(check, option, name);
    }
}

static void check_editable(const Check *check)
{
    const CvModelFormMeta *meta = check->type->meta;
    for (const char *const *name = meta->fields; name && *name; name++) {
        const CvColumn *column = column_of(check, cv_slice(*name));
        if (column && !cv_model_form_is_editable(column))
            cv_errors_add(check->errors, CV_ERROR_FIELD,
                          "%s: '%s' cannot be specified for %s model form as it is a non-editable field",
                          check->type->name, *name, meta->model->name);
    }
}

static const char **all_names(const CvFormType *type, CvArena *arena)
{
    CV_VECTOR(const char *) names = {0};
    size_t count;
    const CvColumn *columns = cv_model_columns(type->meta->model, &count);
    for (size_t i = 0; i < count; i++)
        cv_vector_push(arena, &names, columns[i].name);
    for (const CvFormRow *row = type->rows; row && row->name; row++)
        cv_vector_push(arena, &names, row->name);
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

bool cv_form_type_verify(const CvFormType *type, CvErrors *errors)
{
    const CvModelFormMeta *meta = type->meta;
    size_t before = errors->count;
    if (!meta)
        return true;
    Check check = {type, errors, all_names(type, errors->arena)};
    if (!meta->fields && !meta->exclude)
        cv_errors_add(errors, CV_ERROR_CONFIGURATION, "%s says neither .fields nor .exclude", type->name)->hint =
            "List the fields that visitors may change, or say .fields = CV_ALL_FIELDS.";
    check_list(&check, "fields", meta->fields, 1);
    check_list(&check, "exclude", meta->exclude, 1);
    check_list(&check, "field_order", meta->field_order, 1);
    check_list(&check, "localized_fields", meta->localized_fields, 1);
    check_list(&check, "labels", meta->labels, 2);
    check_list(&check, "help_texts", meta->help_texts, 2);
    check_list(&check, "error_messages", meta->error_messages, 2);
    for (const CvFieldWidget *at = meta->widgets; at && at->name; at++)
        check_name(&check, "widgets", cv_slice(at->name));
    for (const CvFieldClass *at = meta->field_classes; at && at->name; at++)
        check_name(&check, "field_classes", cv_slice(at->name));
    check_editable(&check);
    return errors->count == before;
}

static void find_link(void *argument)
{
    const CvFormSetType *type = argument;
    if (!type->form->meta)
        cv_raise(CV_ERROR_VALUE, "%s has no model: an inline formset edits rows.", type->form->name);
    (void)cv_inline_foreign_key(type->parent, type->form->meta->model, type->fk_name);
}

bool cv_formset_type_verify(const CvFormSetType *type, CvErrors *errors)
{
    CvError *raised;
    if (!type->parent || cv_try(find_link, (void *)(uintptr_t)type, &raised))
        return true;
    cv_errors_add(errors, raised->kind, "%s", raised->message);
    return false;
}
