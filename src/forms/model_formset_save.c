/* model_formset_save.c: writing the rows of a formset: changed, new, deleted ones. */
#include "base/self.h"
#include "base/vector.h"
#include "forms/formset_private.h"

typedef struct Saved {
    CvList *added, *changed, *deleted;
} Saved;

static bool is_marked(CvFormSet *set, size_t index)
{
    return set->type->can_delete && cv_formset_is_deleted(set, set->forms[index]);
}

/* A form whose row was not found (its key was tampered with) changes nothing. */
static void save_existing(CvFormSet *set, const CvFormSaveOptions *options, Saved *saved)
{
    for (size_t i = 0; i < set->count && (int64_t)i < set->initial_count; i++) {
        CvForm *form = set->forms[i];
        void *row = cv_form_instance(form);
        if (cv_row_key(row).kind == CV_NULL)
            continue;
        if (is_marked(set, i)) {
            cv_list_add(set->arena, saved->deleted, cv_value_object(row));
            if (!options->no_commit)
                cv_delete(row);
        } else if (cv_form_has_changed(form)) {
            cv_list_add(set->arena, saved->changed, cv_value_object(row));
            (void)cv_form_save(form, options);
        }
    }
}

static void save_new(CvFormSet *set, const CvFormSaveOptions *options, Saved *saved)
{
    for (size_t i = (size_t)(set->initial_count > 0 ? set->initial_count : 0); i < set->count; i++) {
        CvForm *form = set->forms[i];
        if (!cv_form_has_changed(form) || is_marked(set, i))
            continue;
        if (set->link) /* a new parent has its key by now */
            cv_row_set(cv_form_instance(form), set->link, cv_value_object(set->instance));
        cv_list_add(set->arena, saved->added, cv_value_object(cv_form_save(form, options)));
    }
}

void cv_formset_save(CvFormSet *set, const CvFormSaveOptions *options)
{
    static const CvFormSaveOptions none;
    if (!set->type->form->meta)
        cv_raise(CV_ERROR_VALUE, "%s has no model.", set->type->form->name);
    if (!cv_formset_is_valid(set))
        cv_raise(CV_ERROR_VALUE, "The rows of %s could not be saved because the data didn't validate.",
                 set->type->form->meta->model->name);
    Saved saved = {cv_list_create(set->arena), cv_list_create(set->arena), cv_list_create(set->arena)};
    set->new_objects = saved.added;
    set->changed_objects = saved.changed;
    set->deleted_objects = saved.deleted;
    save_existing(set, options ? options : &none, &saved);
    if (!set->type->edit_only)
        save_new(set, options ? options : &none, &saved);
}
