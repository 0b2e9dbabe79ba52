/* operations_references.c: which models and fields an operation may have to do with, so that others may pass it. */
#include "migrations/state_private.h"
#include "migrations/words_private.h"

#include "base/site.h"

static bool holds(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (cv_name_is(*names, name))
            return true;
    return false;
}

/* Two labels, each with or without the app: optimizing asks this so often that it must need no memory. */
static bool is_label(const char *label, const char *app_label, const char *wanted)
{
    if (!label || !wanted)
        return false;
    bool full = strchr(label, '.'), wanted_full = strchr(wanted, '.');
    if (full == wanted_full)
        return cv_name_is(label, wanted);
    return full ? cv_label_is(label, app_label, wanted) : cv_label_is(wanted, app_label, label);
}

/* Whether the field leads to the model, by itself or through the table between, and there to one field (NULL: any). */
static bool leads_to(const CvField *field, const char *app_label, const char *label, const char *name)
{
    if (!field->kind->relation)
        return false;
    if (is_label(field->to_label, app_label, label) &&
        (!name || field->kind->many || !field->to_field || cv_name_is(field->to_field, name)))
        return true;
    return is_label(field->through_label, app_label, label) &&
           (!name || !field->through_fields || holds(field->through_fields, name));
}

bool cv_references_any_model(const CvOperation *operation, const char *app_label, const char *label)
{
    (void)operation, (void)app_label, (void)label;
    return true;
}

bool cv_references_its_model(const CvOperation *operation, const char *app_label, const char *label)
{
    return is_label(operation->model, app_label, label);
}

bool cv_rename_model_references_model(const CvOperation *operation, const char *app_label, const char *label)
{
    return cv_references_its_model(operation, app_label, label) || is_label(operation->to, app_label, label);
}

bool cv_create_model_references_model(const CvOperation *operation, const char *app_label, const char *label)
{
    if (cv_references_its_model(operation, app_label, label) || is_label(operation->to, app_label, label))
        return true;
    for (const CvField *field = operation->fields; field && field->name; field++)
        if (leads_to(field, app_label, label, NULL))
            return true;
    return false;
}

bool cv_field_operation_references_model(const CvOperation *operation, const char *app_label, const char *label)
{
    return cv_references_its_model(operation, app_label, label) ||
           (operation->fields && leads_to(operation->fields, app_label, label, NULL));
}

bool cv_field_operation_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                         const char *name)
{
    const CvField *field = operation->fields;
    if (cv_references_its_model(operation, app_label, label)) {
        if (cv_name_is(field ? field->name : operation->name, name))
            return true;
        if (field && (field->generated || holds(field->key_fields, name)))
            return true; /* its expression may name any of them */
    }
    return field && leads_to(field, app_label, label, name);
}

bool cv_rename_field_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                      const char *name)
{
    return cv_references_its_model(operation, app_label, label) &&
           (cv_name_is(operation->name, name) || cv_name_is(operation->to, name));
}

bool cv_together_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                  const char *name)
{
    const CvConstraint *set = operation->constraints;
    if (!cv_references_its_model(operation, app_label, label))
        return false;
    if (!set || !set->kind)
        return true;
    for (; set->kind; set++)
        if (holds(set->fields, name))
            return true;
    return false;
}

bool cv_order_references_field(const CvOperation *operation, const char *app_label, const char *label, const char *name)
{
    const char *field = operation->to;
    return cv_references_its_model(operation, app_label, label) && (!field || !*field || cv_name_is(field, name));
}

bool cv_operation_references_model(const CvOperation *operation, const char *app_label, const char *label)
{
    return operation->kind->references_model ? operation->kind->references_model(operation, app_label, label) : true;
}

bool cv_operation_references_field(const CvOperation *operation, const char *app_label, const char *label,
                                   const char *field)
{
    if (operation->kind->references_field)
        return operation->kind->references_field(operation, app_label, label, field);
    return cv_operation_references_model(operation, app_label, label);
}
