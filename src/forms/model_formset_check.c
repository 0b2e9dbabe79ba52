/* model_formset_check.c: values that must be unique, held against each other across the forms of a set. */
#include "base/vector.h"
#include "forms/formset_private.h"
#include "text/i18n.h"
#include "text/words.h"

/* Fields whose values together may stand in one row only; or a field for one date (`lookup`: "date", "year", "month").
 */
typedef struct Unique {
    const char *const *fields;
    const char *lookup, *date_field;
} Unique;
typedef struct Uniques {
    Unique *items;
    size_t count, capacity;
} Uniques;

/* ---- what must be unique ---- */

static const char *const *list_of(CvArena *arena, const char *name)
{
    const char **list = cv_arena_new_array(arena, const char *, 2);
    list[0] = name;
    return list;
}

static void add_dates(CvArena *arena, const CvColumn *column, Uniques *out)
{
    const CvField *field = column->field;
    const struct {
        const char *lookup, *of;
    } dates[] = {
        {"date", field->unique_for_date}, {"year", field->unique_for_year}, {"month", field->unique_for_month}};
    for (size_t i = 0; i < CV_COUNT_OF(dates); i++)
        if (dates[i].of)
            cv_vector_push(arena, out, ((Unique){list_of(arena, column->name), dates[i].lookup, dates[i].of}));
}

static Uniques uniques_of(CvArena *arena, const CvModel *model)
{
    Uniques all = {0};
    for (const CvModel *at = model; at; at = at->parent) {
        if (at->options->unique_together)
            cv_vector_push(arena, &all, ((Unique){.fields = at->options->unique_together}));
        for (const CvConstraint *rule = at->constraints; rule && rule->kind; rule++)
            if (rule->kind == CV_UNIQUE && rule->fields && !rule->condition && !rule->expressions)
                cv_vector_push(arena, &all, ((Unique){.fields = rule->fields}));
    }
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    for (size_t i = 0; i < count; i++)
        if (columns[i].unique)
            cv_vector_push(arena, &all, ((Unique){.fields = list_of(arena, columns[i].name)}));
    for (size_t i = 0; i < count; i++)
        add_dates(arena, &columns[i], &all);
    return all;
}

/* ---- the values of a form ---- */

static bool is_inline_link(const CvFormSet *set, const char *name)
{
    return set->link && strcmp(set->link->name, name) == 0;
}

static CvValue cleaned(CvForm *form, const char *name)
{
    const CvBoundField *bound = cv_form_field_of(form, name);
    return bound ? bound->value : (CvValue){.kind = CV_MISSING};
}

/* Rows stand for their keys. */
static void put_value(CvBuffer *out, CvArena *arena, CvValue value)
{
    bool row = value.kind == CV_OBJECT && value.object && cv_type_of(value.object)->resolve == cv_row_type_resolve;
    CvSlice text = cv_value_repr(arena, row ? cv_row_key(value.object) : value);
    cv_buffer_append_slice(out, text);
    cv_buffer_append_byte(out, '\0');
}

/* The values that must not meet again; false where the form has none of them, or a null. */
static bool data_of(CvFormSet *set, CvForm *form, const Unique *unique, CvSlice *out)
{
    CvBuffer data = cv_buffer(set->arena);
    bool any = false;
    for (const char *const *name = unique->fields; *name; name++) {
        CvValue value = cleaned(form, *name);
        if (value.kind == CV_MISSING)
            continue;
        any = true;
        if (is_inline_link(set, *name)) /* the same in all forms */
            continue;
        if (value.kind == CV_NULL)
            return false;
        put_value(&data, set->arena, value);
    }
    if (unique->lookup) {
        CvValue date = cleaned(form, unique->date_field);
        if (!any || (date.kind != CV_DATE && date.kind != CV_DATETIME))
            return false;
        CvDate day = date.kind == CV_DATE ? date.date : cv_datetime_clock(date.datetime, NULL).date;
        cv_buffer_printf(&data, "%s", unique->lookup);
        if (strcmp(unique->lookup, "date") == 0)
            cv_buffer_printf(&data, "%d-%d-%d", day.year, day.month, day.day);
        else
            cv_buffer_printf(&data, "%d", strcmp(unique->lookup, "year") == 0 ? day.year : day.month);
    }
    *out = cv_buffer_slice(&data);
    return any;
}

/* All its fields are on the form and were not left out there. */
static bool applies(CvFormSet *set, CvForm *form, const Unique *unique)
{
    const char **left_out = cv_model_form_exclusions(form);
    for (const char *const *name = unique->fields; *name; name++)
        for (const char **out = left_out; *out; out++)
            if (strcmp(*out, *name) == 0)
                return false;
    for (const char **out = left_out; unique->lookup && *out; out++)
        if (strcmp(*out, unique->date_field) == 0)
            return false;
    (void)set;
    return true;
}

/* ---- errors ---- */

/* "a, b and c", without the link to the parent. */
static CvSlice names_of(CvFormSet *set, const char *const *fields, size_t *count)
{
    CvList *names = cv_list_create(set->arena);
    for (; *fields; fields++)
        if (!is_inline_link(set, *fields))
            cv_list_add(set->arena, names, cv_value_string(*fields));
    *count = names->count;
    return cv_text_list(set->arena, names, cv_gettext(NULL, CV_SLICE("and")));
}

static void add_set_error(CvFormSet *set, const Unique *unique)
{
    CvInvalid invalid;
    size_t count;
    CvSlice names = names_of(set, unique->fields, &count);
    if (unique->lookup)
        cv_invalid(set->arena, &invalid, NULL,
                   "Please correct the duplicate data for %(field_name)s which must be unique for the %(lookup)s in "
                   "%(date_field)s.",
                   "field_name", unique->fields[0], "lookup", unique->lookup, "date_field", unique->date_field);
    else if (count == 1)
        cv_invalid(set->arena, &invalid, NULL, "Please correct the duplicate data for %(field)s.", "field", names);
    else
        cv_invalid(set->arena, &invalid, NULL, "Please correct the duplicate data for %(field)s, which must be unique.",
                   "field", names);
    cv_vector_push(set->arena, &set->non_form, invalid);
}

static void mark_form(CvForm *form, const Unique *unique)
{
    CvInvalid invalid = {.message = "Please correct the duplicate values below."};
    form->non_field.count = 0;
    form->non_field.extra_class = NULL; /* Django's list in its place is a plain one */
    cv_form_add_invalid(form, NULL, &invalid);
    for (const char *const *name = unique->fields; *name; name++) {
        CvBoundField *bound = cv_form_field_of(form, *name);
        if (bound)
            bound->value = (CvValue){.kind = CV_MISSING};
    }
}

static bool check_one(CvFormSet *set, const Unique *unique, CvForm *const *forms, size_t count)
{
    CvMap *seen = cv_map_create(set->arena);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        CvSlice data;
        if (!data_of(set, forms[i], unique, &data))
            continue;
        if (cv_map_get(seen, data)) {
            add_set_error(set, unique);
            mark_form(forms[i], unique);
            good = false;
        }
        cv_map_set(seen, data, forms[i]);
    }
    return good;
}

bool cv_model_formset_check(CvFormSet *set, bool knows_which_go)
{
    Uniques uniques = uniques_of(set->arena, set->type->form->meta->model);
    CvForm **valid = cv_arena_new_array(set->arena, CvForm *, set->count + 1);
    size_t count = 0;
    size_t errors = set->non_form.count;
    bool good = true;
    for (size_t i = 0; i < set->count; i++)
        if (cv_form_is_valid(set->forms[i]) && !(knows_which_go && cv_formset_is_deleted(set, set->forms[i])))
            valid[count++] = set->forms[i];
    for (size_t i = 0; i < uniques.count; i++) {
        bool used = false;
        for (size_t k = 0; k < count && !used; k++)
            used = applies(set, valid[k], &uniques.items[i]);
        if (used)
            good &= check_one(set, &uniques.items[i], valid, count);
    }
    if (!good && errors) { /* they stand in place of what was said before */
        memmove(set->non_form.items, set->non_form.items + errors,
                (set->non_form.count - errors) * sizeof *set->non_form.items);
        set->non_form.count -= errors;
    }
    return good;
}
