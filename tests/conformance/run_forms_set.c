/* run_forms_set.c: formsets and media. */
#include "run_forms.h"

/* What the factory was told; max_num 0 is none. */
CvFormSetType formset_type_of(CvArena *arena, const CvDict *record, const CvFormType *form, int64_t default_max)
{
    CvValue factory = record_get(record, "factory");
    const CvDict *given = factory.kind == CV_DICT ? factory.dict : cv_dict_create(arena);
    CvValue delete_extra = record_get(given, "can_delete_extra");
    CvFormSetType type = {.form = form,
                          .extra = (int64_t)record_number(given, "extra", 1),
                          .min_num = (int64_t)record_number(given, "min_num", 0),
                          .max_num = (int64_t)record_number(given, "max_num", (double)default_max),
                          .absolute_max = (int64_t)record_number(given, "absolute_max", 0)};
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"validate_min", &type.validate_min},
                 {"validate_max", &type.validate_max},
                 {"can_order", &type.can_order},
                 {"can_delete", &type.can_delete},
                 {"edit_only", &type.edit_only}};
    for (size_t i = 0; i < CV_COUNT_OF(flags); i++) {
        CvValue value = record_get(given, flags[i].name);
        *flags[i].flag = value.kind == CV_BOOL && value.boolean;
    }
    type.no_delete_extra = delete_extra.kind == CV_BOOL && !delete_extra.boolean;
    if (record_has(given, "max_num") && type.max_num == 0)
        type.max_num = CV_FORMSET_NONE;
    return type;
}

static const CvList *initial_of(CvArena *arena, CvValue raw)
{
    if (raw.kind != CV_LIST)
        return NULL;
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < raw.list->count; i++)
        cv_list_add(arena, list, records_decode(arena, raw.list->items[i]));
    return list;
}

static CvValue errors_of(CvArena *arena, CvFormSet *set)
{
    CvList *all = cv_list_create(arena);
    for (size_t i = 0; i < set->count; i++) {
        (void)cv_form_is_valid(set->forms[i]);
        if (!cv_formset_is_deleted(set, set->forms[i]))
            cv_list_add(arena, all, records_parse(arena, cv_form_errors_json(set->forms[i], false)));
    }
    return cv_value_list(all);
}

static CvValue cleaned_of(CvArena *arena, CvFormSet *set)
{
    CvList *all = cv_list_create(arena);
    for (size_t i = 0; i < set->count; i++) {
        CvDict *one = cv_dict_create(arena);
        CvForm *form = set->forms[i];
        for (size_t k = 0; k < form->count && !form->short_cut; k++)
            if (form->fields[k].value.kind != CV_MISSING)
                cv_dict_set_name(one, form->fields[k].field->name, value_of_rows(arena, form->fields[k].value, false));
        cv_list_add(arena, all, cv_value_dict(one));
    }
    return cv_value_list(all);
}

static CvValue indexes_of(CvArena *arena, const size_t *indexes, size_t count)
{
    CvList *list = cv_list_create(arena);
    for (size_t i = 0; i < count; i++)
        cv_list_add(arena, list, cv_value_int((int64_t)indexes[i]));
    return cv_value_list(list);
}

static CvValue json_of(CvArena *arena, const CvErrorList *errors)
{
    CvList *all = cv_list_create(arena);
    for (size_t i = 0; i < errors->count; i++) {
        const CvInvalid *invalid = &errors->items[i];
        CvDict *one = cv_dict_create(arena);
        cv_dict_set_name(one, "message", cv_value_slice(cv_invalid_text(arena, invalid)));
        cv_dict_set_name(one, "code", cv_value_string(invalid->code ? invalid->code : ""));
        cv_list_add(arena, all, cv_value_dict(one));
    }
    return cv_value_list(all);
}

static bool same_bound(CvArena *arena, CvBuffer *why, CvFormSet *set, const CvDict *record)
{
    CvValue other = record_get(record, "non_form_errors");
    size_t *indexes = cv_arena_new_array(arena, size_t, set->count + 1);
    bool same = same_bool(why, "is_valid", record_get(record, "is_valid"), cv_formset_is_valid(set));
    same &= same_bool(why, "has_changed", record_get(record, "has_changed"), cv_formset_has_changed(set));
    same &= same_value(arena, why, "errors", record_get(record, "errors"), errors_of(arena, set));
    same &= same_value(arena, why, "total_error_count", record_get(record, "total_error_count"),
                       cv_value_int((int64_t)cv_formset_error_count(set)));
    if (other.kind == CV_DICT) {
        const CvErrorList *errors = cv_formset_non_form_errors(set);
        same &= same_html(why, "non_form.ul", record_get(other.dict, "ul"), cv_error_list_html(arena, errors));
        same &= same_html(why, "non_form.text", record_get(other.dict, "text"), cv_error_list_text(arena, errors));
        same &= same_value(arena, why, "non_form.json", record_get(other.dict, "json"), json_of(arena, errors));
    }
    if (record_has(record, "cleaned_data"))
        same &= same_value(arena, why, "cleaned_data", form_value(arena, record_get(record, "cleaned_data")),
                           cleaned_of(arena, set));
    if (record_has(record, "deleted_forms"))
        same &= same_value(arena, why, "deleted", record_get(record, "deleted_forms"),
                           indexes_of(arena, indexes, cv_formset_deleted(set, indexes)));
    if (record_has(record, "ordered_forms"))
        same &= same_value(arena, why, "ordered", record_get(record, "ordered_forms"),
                           indexes_of(arena, indexes, cv_formset_ordered(set, indexes)));
    return same;
}

bool same_formset(CvArena *arena, const CvDict *record, CvFormSet *set, CvBuffer *why)
{
    bool same = same_bool(why, "is_bound", record_get(record, "is_bound"), set->is_bound);
    same &= same_value(arena, why, "total", record_get(record, "total_form_count"), cv_value_int(set->total));
    same &=
        same_value(arena, why, "initial", record_get(record, "initial_form_count"), cv_value_int(set->initial_count));
    const CvDict *html = record_get(record, "html").dict;
    static const char *const layouts[] = {"str", "p", "table", "ul"};
    for (size_t i = 0; i < CV_COUNT_OF(layouts); i++)
        same &= same_html(why, layouts[i], record_get(html, layouts[i]), cv_formset_html(set, (CvFormLayout)i));
    same &=
        same_html(why, "management", record_get(record, "management_form"), cv_form_html(set->management, CV_FORM_DIV));
    same &= same_html(why, "empty", record_get(record, "empty_form"),
                      cv_form_html(cv_formset_empty_form(set), CV_FORM_DIV));
    CvList *forms = cv_list_create(arena), *prefixes = cv_list_create(arena);
    for (size_t i = 0; i < set->count; i++) {
        cv_list_add(arena, forms, cv_value_slice(cv_form_html(set->forms[i], CV_FORM_DIV)));
        cv_list_add(arena, prefixes, cv_value_string(set->forms[i]->options.prefix));
    }
    same &= same_value(arena, why, "forms", record_get(record, "forms"), cv_value_list(forms));
    same &= same_value(arena, why, "prefixes", record_get(record, "prefixes"), cv_value_list(prefixes));
    return (!record_has(record, "is_valid") || same_bound(arena, why, set, record)) && same;
}

CvFormSetOptions formset_options_of(CvArena *arena, const CvDict *record)
{
    CvValue given = record_get(record, "options");
    CvFormSetOptions options = {0};
    if (given.kind != CV_DICT)
        return options;
    CvValue auto_id = record_get(given.dict, "auto_id");
    options.initial = initial_of(arena, record_get(given.dict, "initial"));
    if (record_has(given.dict, "prefix"))
        options.prefix = record_string(arena, given.dict, "prefix");
    if (auto_id.kind == CV_BOOL)
        options.auto_id = auto_id.boolean ? "%s" : "";
    else if (auto_id.kind == CV_STRING)
        options.auto_id = record_string(arena, given.dict, "auto_id");
    return options;
}

bool check_formset(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvFormOptions form_options;
    CvFormType *form =
        cv_arena_memdup(arena, form_type_of(arena, record_get(record, "form").dict, &form_options), sizeof *form);
    form->options = &form_options;
    CvFormSetType type = formset_type_of(arena, record, form, 1000);
    CvFormSetOptions options = formset_options_of(arena, record);
    CvFormInput input = {.arena = arena,
                         .data = data_of(arena, record_get(record, "data")),
                         .files = files_of(arena, record_get(record, "files"))};
    return same_formset(arena, record, cv_formset_create(&type, &input, &options), why);
}

/* ---- media ---- */

static void add_list(CvArena *arena, CvMedia *media, const char *medium, CvValue raw)
{
    if (raw.kind != CV_LIST)
        return;
    CvMediaFile *files = cv_arena_new_array(arena, CvMediaFile, raw.list->count + 1);
    for (size_t i = 0; i < raw.list->count; i++)
        files[i].path = cv_slice_string(arena, cv_value_as_slice(raw.list->items[i]));
    cv_media_add(media, medium, files, raw.list->count);
}

static CvValue merged(CvArena *arena, const CvMedia *media, const char *medium, const char *base, bool *conflict)
{
    CvList *list = cv_list_create(arena);
    size_t count;
    bool own;
    const CvMediaFile *files = cv_media_merged(media, medium, &count, &own);
    for (size_t i = 0; i < count; i++)
        cv_list_add(arena, list, cv_value_slice(cv_media_path(arena, cv_slice(files[i].path), base)));
    *conflict |= own;
    return cv_value_list(list);
}

bool check_media(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvMedia media = {.arena = arena};
    const CvDict *settings = record_get(record, "settings").dict;
    const char *base =
        record_get(settings, "STATIC_URL").kind == CV_STRING ? record_string(arena, settings, "STATIC_URL") : NULL;
    const CvList *add = record_get(record, "add").list;
    for (size_t i = 0; i < add->count; i++) {
        CvValue css = record_get(add->items[i].dict, "css");
        if (css.kind == CV_DICT)
            for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(css.dict, entry));)
                add_list(arena, &media, cv_slice_string(arena, cv_value_as_slice(entry->key)), entry->value);
        add_list(arena, &media, NULL, record_get(add->items[i].dict, "js"));
    }
    CvBuffer html = cv_buffer(arena);
    bool conflict = false;
    cv_media_html(&media, base, &html);
    bool same = same_html(why, "html", record_get(record, "html"), cv_buffer_slice(&html));
    same &= same_value(arena, why, "js", record_get(record, "js"), merged(arena, &media, NULL, base, &conflict));
    const CvDict *css = record_get(record, "css").dict;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(css, entry));)
        same &=
            same_value(arena, why, "css", entry->value,
                       merged(arena, &media, cv_slice_string(arena, cv_value_as_slice(entry->key)), base, &conflict));
    return same_bool(why, "order_conflict", record_get(record, "order_conflict"), conflict) && same;
}
