/* labels.c: relations that are told by label find their targets, in whatever order models were added. */
#include "orm/registry_private.h"

CvStorage cv_registry_key_storage(const CvModel *model)
{
    for (int depth = 0; depth <= CV_MOST_KEYS; depth++) {
        while (model->parent)
            model = model->parent;
        if (!model->has_key)
            return CV_STORE_INTEGER;
        const CvField *key = cv_registry_fields(model).items;
        if (!key->kind->relation)
            return key->kind->storage;
        model = key->to;
    }
    return CV_STORE_REFERENCE;
}

static const CvModel *labelled(const CvModelInfo *info, const char *label)
{
    return strchr(label, '.') ? cv_model_find(cv_slice(label))
                              : cv_model_in_app(cv_slice(info->app_label), cv_slice(label));
}

static void find_targets(const CvModelInfo *info, CvField *field, CvErrors *errors)
{
    bool through = !field->kind->generic && field->through_label && !field->through;
    if (!field->to && field->to_label)
        field->to = labelled(info, field->to_label);
    if (!field->to)
        cv_registry_wrong(errors, info, field,
                          "%s.%s: Field defines a relation with model '%s', which is either not installed, or is "
                          "abstract.",
                          info->label, field->name, field->to_label ? field->to_label : "");
    if (through)
        field->through = labelled(info, field->through_label);
    if (through && !field->through)
        cv_registry_wrong(errors, info, field,
                          "%s.%s: Field specifies a many-to-many relation through model '%s', which has not been "
                          "installed.",
                          info->label, field->name, field->through_label);
}

void cv_registry_labels(CvModelInfo *info, CvErrors *errors)
{
    CvFields fields = cv_registry_fields(info->model);
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].kind->relation || fields.items[i].kind == &cv_generic_relation_field)
            find_targets(info, (CvField *)(uintptr_t)&fields.items[i], errors);
}
