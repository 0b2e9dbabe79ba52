/* formset_objects.c: a formset as HTML, and how templates look into it. */
#include "forms/attributes_private.h"
#include "forms/formset_private.h"
#include "forms/piece_private.h"

static CvFormSet *as_set(const void *object)
{
    return (CvFormSet *)(uintptr_t)object;
}

static void write_forms(const void *thing, CvFormLayout layout, CvBuffer *out)
{
    CvFormSet *set = as_set(thing);
    cv_buffer_append_slice(out, cv_form_html(set->management, CV_FORM_DEFAULT));
    for (size_t i = 0; i < set->count; i++)
        cv_buffer_append_slice(out, cv_form_html(set->forms[i], layout));
    cv_buffer_append_byte(out, '\n');
}

#define LAYOUT(name, layout)                                       \
    void cv_write_formset_##name(const void *thing, CvBuffer *out) \
    {                                                              \
        write_forms(thing, (layout), out);                         \
    }
LAYOUT(div, CV_FORM_DIV)
LAYOUT(p, CV_FORM_P)
LAYOUT(table, CV_FORM_TABLE)
LAYOUT(ul, CV_FORM_UL)

const CvSubject cv_formset_subject = {.name = "formset", .under = "formset", .type = &cv_formset_type};

static const char *template_name_of(const CvFormSet *set)
{
    return set->type->template_name ? set->type->template_name : cv_form_renderer()->formset_template_name;
}

CvSlice cv_formset_html(CvFormSet *set, CvFormLayout layout)
{
    static const char *const names[] = {[CV_FORM_DIV] = "django/forms/formsets/div.html",
                                        [CV_FORM_P] = "django/forms/formsets/p.html",
                                        [CV_FORM_TABLE] = "django/forms/formsets/table.html",
                                        [CV_FORM_UL] = "django/forms/formsets/ul.html"};
    cv_formset_clean(set);
    return cv_piece_html(layout == CV_FORM_DEFAULT ? template_name_of(set) : names[layout], &cv_formset_subject, set,
                         set->arena);
}

/* ---- in templates ---- */

static CvValue forms_between(CvFormSet *set, CvArena *arena, size_t from, size_t to)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = from; i < to && i < set->count; i++)
        cv_list_add(arena, list, cv_value_object(set->forms[i]));
    return cv_value_list(list);
}

/* Where the initial forms end, as Python cuts lists: a number below zero, which was tampered with, counts from the end.
 */
static size_t initial_end(const CvFormSet *set)
{
    int64_t end = set->initial_count < 0 ? set->initial_count + (int64_t)set->count : set->initial_count;
    return end > 0 ? (size_t)end : 0;
}

/* The forms whose places `choose` tells. */
static CvValue forms_at(CvFormSet *set, CvArena *arena, size_t (*choose)(CvFormSet *set, size_t *out))
{
    CvList *list = cv_list_create(arena);
    size_t *places = cv_arena_new_array(arena, size_t, set->count + 1), count = choose(set, places);
    for (size_t i = 0; i < count; i++)
        cv_list_add(arena, list, cv_value_object(set->forms[places[i]]));
    return cv_value_list(list);
}

/* Those marked for deletion need not be right. */
static CvValue errors_of_forms(CvFormSet *set, CvArena *arena)
{
    CvList *list = cv_list_create(arena);
    cv_formset_clean(set);
    for (size_t i = 0; set->is_bound && i < set->count; i++)
        if (!cv_formset_is_deleted(set, set->forms[i]))
            cv_list_add(arena, list, cv_error_dict_value(set->forms[i]));
    return cv_value_list(list);
}

/* Rows that a formset saved; before, the names are not there. */
static CvValue saved_rows(const CvList *rows)
{
    return rows ? cv_value_list(rows) : (CvValue){.kind = CV_MISSING};
}

/* Pairs of a row and the names of what was changed in it. */
static CvValue changed_rows(CvFormSet *set, CvArena *arena)
{
    const CvList *rows = set->changed_objects;
    CvList *pairs = cv_list_create(arena);
    for (size_t i = 0; rows && i < set->count && pairs->count < rows->count; i++) {
        const void *row = cv_form_instance(set->forms[i]);
        if (rows->items[pairs->count].object != row)
            continue;
        const CvList *pair = cv_list(arena, cv_value_object(row), cv_value_list(cv_form_changed_data(set->forms[i])));
        cv_list_add(arena, pairs, (CvValue){.kind = CV_TUPLE, .list = pair});
    }
    return saved_rows(rows ? pairs : NULL);
}

/* What all forms have alike. */
static CvForm *sample_of(CvFormSet *set)
{
    return set->count ? set->forms[0] : cv_formset_empty_form(set);
}

#define SET(name, expression) CV_ATTRIBUTE(set, CvFormSet *, name, expression)
SET(as_div, cv_value_safe(cv_formset_html(it, CV_FORM_DIV)))
SET(as_p, cv_value_safe(cv_formset_html(it, CV_FORM_P)))
SET(as_table, cv_value_safe(cv_formset_html(it, CV_FORM_TABLE)))
SET(as_ul, cv_value_safe(cv_formset_html(it, CV_FORM_UL)))
SET(render, cv_value_safe(cv_formset_html(it, CV_FORM_DEFAULT)))
SET(management_form, cv_value_object(it->management))
SET(forms, cv_value_object(it))
SET(empty_form, cv_value_object(cv_formset_empty_form(it)))
SET(initial_forms, forms_between(it, arena, 0, initial_end(it)))
SET(extra_forms, forms_between(it, arena, initial_end(it), it->count))
SET(deleted_forms, forms_at(it, arena, cv_formset_deleted))
SET(ordered_forms, forms_at(it, arena, cv_formset_ordered))
SET(new_objects, saved_rows(it->new_objects))
SET(changed_objects, changed_rows(it, arena))
SET(deleted_objects, saved_rows(it->deleted_objects))
SET(errors, errors_of_forms(it, arena))
SET(non_form_errors, cv_value_object(cv_formset_non_form_errors(it)))
SET(total_error_count, cv_value_int((int64_t)cv_formset_error_count(it)))
SET(is_bound, cv_value_bool(it->is_bound))
SET(is_valid, cv_value_bool(cv_formset_is_valid(it)))
SET(has_changed, cv_value_bool(cv_formset_has_changed(it)))
SET(is_multipart, cv_value_bool(cv_form_is_multipart(sample_of(it))))
SET(media, cv_media_value(cv_form_media(sample_of(it))))
SET(total_form_count, cv_value_int(it->total))
SET(initial_form_count, cv_value_int(it->initial_count))
SET(extra, cv_value_int(it->type->extra))
SET(min_num, cv_value_int(it->type->min_num))
SET(max_num, cv_value_int(cv_formset_max(it->type)))
SET(absolute_max, cv_value_int(cv_formset_absolute_max(it->type)))
SET(validate_min, cv_value_bool(it->type->validate_min))
SET(validate_max, cv_value_bool(it->type->validate_max))
SET(can_delete, cv_value_bool(it->type->can_delete))
SET(can_delete_extra, cv_value_bool(!it->type->no_delete_extra))
SET(can_order, cv_value_bool(it->type->can_order))
SET(prefix, cv_value_string(cv_formset_prefix(it)))
SET(template_name, cv_value_string(template_name_of(it)))

static const CvAttribute set_attributes[] = {{"as_div", set_as_div},
                                             {"as_p", set_as_p},
                                             {"as_table", set_as_table},
                                             {"as_ul", set_as_ul},
                                             {"render", set_render},
                                             {"management_form", set_management_form},
                                             {"forms", set_forms},
                                             {"empty_form", set_empty_form},
                                             {"initial_forms", set_initial_forms},
                                             {"extra_forms", set_extra_forms},
                                             {"deleted_forms", set_deleted_forms},
                                             {"ordered_forms", set_ordered_forms},
                                             {"new_objects", set_new_objects},
                                             {"changed_objects", set_changed_objects},
                                             {"deleted_objects", set_deleted_objects},
                                             {"errors", set_errors},
                                             {"non_form_errors", set_non_form_errors},
                                             {"total_error_count", set_total_error_count},
                                             {"is_bound", set_is_bound},
                                             {"is_valid", set_is_valid},
                                             {"has_changed", set_has_changed},
                                             {"is_multipart", set_is_multipart},
                                             {"media", set_media},
                                             {"total_form_count", set_total_form_count},
                                             {"initial_form_count", set_initial_form_count},
                                             {"extra", set_extra},
                                             {"min_num", set_min_num},
                                             {"max_num", set_max_num},
                                             {"absolute_max", set_absolute_max},
                                             {"validate_min", set_validate_min},
                                             {"validate_max", set_validate_max},
                                             {"can_delete", set_can_delete},
                                             {"can_delete_extra", set_can_delete_extra},
                                             {"can_order", set_can_order},
                                             {"prefix", set_prefix},
                                             {"template_name", set_template_name},
                                             {NULL, NULL}};

static bool set_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvFormSet *set = object;
    if (set->link && cv_slice_is(name, "instance")) {
        *out = cv_value_object(set->instance);
        return true;
    }
    return cv_attribute_get(set_attributes, object, name, arena, out);
}

static bool set_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    CvFormSet *set = as_set(object);
    (void)arena;
    if (index < 0 || (size_t)index >= set->count)
        return false;
    *out = cv_value_object(set->forms[index]);
    return true;
}

static bool next_form(CvIterator *iterator, CvValue *out)
{
    return set_item(iterator->object, (int64_t)iterator->index++, iterator->arena, out);
}

static void set_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_form;
}

static bool set_length(const void *object, size_t *out)
{
    *out = as_set(object)->count;
    return true;
}

static CvSlice set_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_formset_html(as_set(object), CV_FORM_DEFAULT);
}

const CvType cv_formset_type = {.magic = CV_TYPE_MAGIC,
                                .name = "FormSet",
                                .get = set_get,
                                .item = set_item,
                                .length = set_length,
                                .iterate = set_iterate,
                                .str = set_str,
                                .truth = cv_always_true,
                                .str_is_safe = true};
