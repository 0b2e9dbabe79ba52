/* run_forms_model_set.c: formsets over the rows of a model, or over those of a parent's row. */
#include "run_forms.h"

#include "orm/orm.h"

static void save(void *argument)
{
    CvFormSet *set = argument;
    if (set->instance && !cv_row_is_saved(set->instance))
        cv_save(set->instance);
    cv_formset_save(set, NULL);
}

static bool same_rows(CvArena *arena, CvBuffer *why, const CvModel *model, const CvList *expected)
{
    static const char *const by_key[] = {"pk", NULL};
    CvQuerySet *rows = cv_order_by_at(cv_objects_of(model), NULL, by_key);
    bool same = same_value(arena, why, "rows", cv_value_uint(expected->count), cv_value_uint(cv_length_of(rows)));
    for (size_t i = 0; same && i < expected->count; i++) {
        const CvDict *want = expected->items[i].dict;
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(want, entry));) {
            CvSlice name = cv_value_as_slice(entry->key);
            same &= same_value(arena, why, cv_arena_printf(arena, "row %zu: %.*s", i, CV_SLICE_ARG(name)),
                               records_decode(arena, entry->value),
                               cv_row_get(cv_row_at(rows, i), cv_model_column(model, name)));
        }
    }
    return same;
}

static bool same_saved(CvArena *arena, CvBuffer *why, const CvDict *expected, CvFormSet *set)
{
    CvError *error;
    if (!cv_try(save, set, &error))
        return record_has(expected, "raises") ? same_error(why, expected, error)
                                              : (cv_buffer_printf(why, "saving: %s; ", error->message), false);
    if (record_has(expected, "raises"))
        return cv_buffer_append_string(why, "saving should raise; "), false;
    const struct {
        const char *name;
        const CvList *list;
    } lists[] = {{"new", set->new_objects}, {"changed", set->changed_objects}, {"deleted", set->deleted_objects}};
    bool same = true;
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        same &= same_value(arena, why, lists[i].name, record_get(expected, lists[i].name),
                           cv_value_uint(lists[i].list->count));
    return same_rows(arena, why, set->type->form->meta->model, record_get(expected, "rows").list) && same;
}

bool check_model_formset(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvModel *model = set_up_models(record);
    const CvFormType *form = model_form_type_of(arena, model, record_get(record, "form_meta").dict);
    CvFormSetType type = formset_type_of(arena, record, form, 0);
    CvFormSetOptions options = formset_options_of(arena, record);
    CvValue parent = record_get(record, "parent"), saved = record_get(record, "saved");
    if (parent.kind == CV_DICT) {
        static const char *const names[] = {"pk"};
        CvValue key = record_get(parent.dict, "pk");
        type.parent = related_model(record_string(arena, parent.dict, "model"));
        if (key.kind == CV_INT)
            options.instance = cv_get_at(cv_objects_of(type.parent), NULL, 1, names, &key);
    }
    CvFormInput input = {.arena = arena, .data = data_of(arena, record_get(record, "data"))};
    CvFormSet *set = cv_formset_create(&type, &input, &options);
    bool same = same_formset(arena, record, set, why);
    return (saved.kind != CV_DICT || same_saved(arena, why, saved.dict, set)) && same;
}
