/* formset_objects.c: a formset as HTML, and how templates look into it. */
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

static void fill_set(const void *thing, CvContext *context)
{
    cv_context_set(context, "formset", cv_value_object(thing));
}

static const void *find_set(const CvContext *context)
{
    CvValue set;
    bool found = cv_context_get(context, CV_SLICE("formset"), &set) && set.kind == CV_OBJECT && set.object &&
                 cv_type_of(set.object) == &cv_formset_type;
    return found ? set.object : NULL;
}

const CvSubject cv_formset_subject = {"formset", fill_set, find_set};

CvSlice cv_formset_html(CvFormSet *set, CvFormLayout layout)
{
    static const char *const names[] = {[CV_FORM_DIV] = "django/forms/formsets/div.html",
                                        [CV_FORM_P] = "django/forms/formsets/p.html",
                                        [CV_FORM_TABLE] = "django/forms/formsets/table.html",
                                        [CV_FORM_UL] = "django/forms/formsets/ul.html"};
    const char *own = set->type->template_name ? set->type->template_name : cv_form_renderer()->formset_template_name;
    cv_formset_clean(set);
    return cv_piece_html(layout == CV_FORM_DEFAULT ? own : names[layout], &cv_formset_subject, set, set->arena);
}

static bool set_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    static const char *const layouts[] = {"as_div", "as_p", "as_table", "as_ul"};
    CvFormSet *set = as_set(object);
    (void)arena;
    for (size_t i = 0; i < CV_COUNT_OF(layouts); i++) {
        if (cv_slice_is(name, layouts[i])) {
            *out = cv_value_safe(cv_formset_html(set, (CvFormLayout)i));
            return true;
        }
    }
    if (cv_slice_is(name, "management_form"))
        *out = cv_value_object(set->management);
    else if (cv_slice_is(name, "non_form_errors"))
        *out = cv_value_object(cv_formset_non_form_errors(set));
    else if (cv_slice_is(name, "empty_form"))
        *out = cv_value_object(cv_formset_empty_form(set));
    else if (cv_slice_is(name, "total_form_count"))
        *out = cv_value_int(set->total);
    else if (cv_slice_is(name, "initial_form_count"))
        *out = cv_value_int(set->initial_count);
    else if (cv_slice_is(name, "total_error_count"))
        *out = cv_value_int((int64_t)cv_formset_error_count(set));
    else if (cv_slice_is(name, "is_bound"))
        *out = cv_value_bool(set->is_bound);
    else if (cv_slice_is(name, "can_delete"))
        *out = cv_value_bool(set->type->can_delete);
    else if (cv_slice_is(name, "can_order"))
        *out = cv_value_bool(set->type->can_order);
    else if (cv_slice_is(name, "prefix"))
        *out = cv_value_string(cv_formset_prefix(set));
    else if (cv_slice_is(name, "instance") && set->link)
        *out = cv_value_object(set->instance);
    else if (cv_slice_is(name, "forms"))
        *out = cv_value_object(set);
    else if (cv_slice_is(name, "is_multipart"))
        *out = cv_value_bool(cv_form_is_multipart(set->count ? set->forms[0] : cv_formset_empty_form(set)));
    else
        return false;
    return true;
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

static bool set_truth(const void *object)
{
    (void)object;
    return true;
}

const CvType cv_formset_type = {.magic = CV_TYPE_MAGIC,
                                .name = "FormSet",
                                .get = set_get,
                                .item = set_item,
                                .length = set_length,
                                .iterate = set_iterate,
                                .str = set_str,
                                .truth = set_truth,
                                .str_is_safe = true};
