/* registry_private.h: the registry's own state and the steps of joining models. */
#ifndef CV_ORM_REGISTRY_PRIVATE_H
#define CV_ORM_REGISTRY_PRIVATE_H

#include "orm/model_private.h"

struct CvModels {
    CvArena *arena;
    CvModelInfo *first, *last;
    bool past; /* not the program's: options are not checked and ways back may clash, as models once stood */
};
/* The set in use; never NULL. */
extern CvModels *cv_registry;

CvModelInfo *cv_registry_add(const char *app_label, const CvModel *model);
/* A mistake in a model or in one of its fields (NULL: in the whole), with its place in the list file. */
#define cv_registry_wrong(errors, info, field, ...)                                                            \
    cv_errors_add_at((errors), CV_ERROR_CONFIGURATION, (info)->model->file, cv_registry_line((info), (field)), \
                     __VA_ARGS__)
static inline int cv_registry_line(const CvModelInfo *info, const CvField *field)
{
    return (int)(field && field->line ? field->line : info->model->list_line);
}
/* columns.c */
bool cv_registry_columns(CvModelInfo *info, CvErrors *errors);
/* relations.c: after all columns are there. */
void cv_registry_relations(CvModelInfo *info, CvErrors *errors);
/* The model of a many-to-many table, made on the spot. */
const CvModel *cv_registry_through(CvModelInfo *info, const CvField *field);
/* Keys that are relations to models whose keys are relations, and so on. */
#define CV_MOST_KEYS 16
/* The storage of a model's key before its columns are there, over keys that are relations; CV_STORE_REFERENCE: they go
 * in a circle. Targets must be known. */
CvStorage cv_registry_key_storage(const CvModel *model);
/* labels.c: the targets of relations that are told by label. */
void cv_registry_labels(CvModelInfo *info, CvErrors *errors);
/* Places the members of a model made by code, once the targets of its relations are known. */
void cv_registry_lay_out(const CvModel *model);
static inline CvFields cv_registry_fields(const CvModel *model)
{
    return model->fields ? model->fields() : (CvFields){model->field_items, model->field_count};
}

/* Names and combinations in the options of a model (meta_checks.c). */
void cv_registry_check_meta(const CvModelInfo *info, CvErrors *errors);

#endif
