/* run_forms.c: forms.jsonl: forms built from the records, bound, cleaned and printed. */
#include "run_forms.h"

#include "text/html.h"

bool same_html(CvBuffer *why, const char *what, CvValue expected, CvSlice got)
{
    return expected.kind != CV_STRING || same_text(why, what, cv_value_as_slice(expected), got);
}

bool same_bool(CvBuffer *why, const char *what, CvValue expected, bool got)
{
    if (expected.kind != CV_BOOL || expected.boolean == got)
        return true;
    cv_buffer_printf(why, "%s: got %s; ", what, got ? "true" : "false");
    return false;
}

/* ---- rules that run in clean() ---- */

static const CvList *current_rules;

static const char *text_or_null(CvArena *arena, const CvDict *dict, const char *name)
{
    return record_get(dict, name).kind == CV_STRING ? record_string(arena, dict, name) : NULL;
}

static CvInvalid rule_error(CvArena *arena, const CvDict *rule)
{
    CvInvalid invalid = {.message = record_string(arena, rule, "message"), .code = text_or_null(arena, rule, "code")};
    CvValue params = record_get(rule, "params");
    if (params.kind == CV_DICT) {
        CvParam *list = cv_arena_new_array(arena, CvParam, cv_dict_count(params.dict) + 1);
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(params.dict, entry));)
            list[invalid.param_count++] =
                (CvParam){cv_slice_string(arena, cv_value_as_slice(entry->key)), records_decode(arena, entry->value)};
        invalid.params = list;
    }
    return invalid;
}

static bool rule_applies(CvForm *form, const CvDict *rule)
{
    if (record_is(rule, "rule", "fail"))
        return true;
    const CvList *names = record_get(rule, "fields").list;
    CvValue a = cv_cleaned(form, cv_slice_string(form->arena, cv_value_as_slice(names->items[0])));
    CvValue b = cv_cleaned(form, cv_slice_string(form->arena, cv_value_as_slice(names->items[1])));
    /* Django's rule in the records: both exist and are not empty. */
    return a.kind != CV_MISSING && b.kind != CV_MISSING && cv_value_truth(a) && cv_value_truth(b) &&
           !cv_value_equal(a, b);
}

static void run_rules(CvForm *form)
{
    for (size_t i = 0; current_rules && i < current_rules->count; i++) {
        const CvDict *rule = current_rules->items[i].dict;
        if (!rule_applies(form, rule))
            continue;
        CvInvalid invalid = rule_error(form->arena, rule);
        const char *on = text_or_null(form->arena, rule, "on");
        cv_form_add_invalid(form, on, &invalid);
        if (!on && record_is(rule, "rule", "equal"))
            return; /* raised */
    }
}

/* ---- building ---- */

static const CvDict *initial_of(CvArena *arena, CvValue spec)
{
    if (spec.kind != CV_DICT)
        return NULL;
    CvDict *initial = cv_dict_create(arena);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(spec.dict, entry));)
        cv_dict_set(initial, entry->key, form_value(arena, entry->value));
    return initial;
}

void read_options(CvArena *arena, const CvDict *spec, CvFormOptions *options)
{
    CvValue auto_id = record_get(spec, "auto_id"), required = record_get(spec, "use_required_attribute");
    CvValue order = record_get(spec, "field_order"), permitted = record_get(spec, "empty_permitted");
    options->prefix = text_or_null(arena, spec, "prefix");
    options->label_suffix = text_or_null(arena, spec, "label_suffix");
    options->error_css_class = text_or_null(arena, spec, "error_css_class");
    options->required_css_class = text_or_null(arena, spec, "required_css_class");
    options->initial = initial_of(arena, record_get(spec, "initial"));
    options->no_required_attribute = required.kind == CV_BOOL && !required.boolean;
    options->empty_permitted = permitted.kind == CV_BOOL && permitted.boolean;
    if (auto_id.kind == CV_BOOL)
        options->auto_id = auto_id.boolean ? "%s" : "";
    else if (auto_id.kind == CV_STRING)
        options->auto_id = record_string(arena, spec, "auto_id");
    if (order.kind == CV_LIST) {
        const char **names = cv_arena_new_array(arena, const char *, order.list->count + 1);
        for (size_t i = 0; i < order.list->count; i++)
            names[i] = cv_slice_string(arena, cv_value_as_slice(order.list->items[i]));
        options->field_order = names;
    }
}

CvFormType *form_type_of(CvArena *arena, const CvDict *spec, CvFormOptions *options)
{
    const CvList *list = record_get(spec, "fields").list;
    CvFormField *fields = cv_arena_new_array(arena, CvFormField, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        const CvDict *field = list->items[i].dict;
        CvValue kwargs = record_get(field, "kwargs");
        fields[i] = field_of(arena, record_string(arena, field, "name"), record_text(field, "type"),
                             kwargs.kind == CV_DICT ? kwargs.dict : NULL);
    }
    CvValue rules = record_get(spec, "rules"), given = record_get(spec, "options");
    current_rules = rules.kind == CV_LIST ? rules.list : NULL;
    *options = (CvFormOptions){.clean = run_rules};
    if (given.kind == CV_DICT)
        read_options(arena, given.dict, options);
    return cv_form_type_build(arena, record_string(arena, spec, "name"), fields, list->count, NULL);
}

/* ---- comparing ---- */

static bool same_fields(CvArena *arena, CvBuffer *why, CvForm *form, const CvDict *expected)
{
    bool same = true;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(expected, entry));) {
        CvBoundField *bound = cv_form_field_of(form, cv_slice_string(arena, cv_value_as_slice(entry->key)));
        const CvDict *want = entry->value.dict;
        if (!bound) {
            cv_buffer_printf(why, "no field %.*s; ", CV_SLICE_ARG(cv_value_as_slice(entry->key)));
            return false;
        }
        const CvErrorList *errors = cv_bound_errors(bound);
        const struct {
            const char *name;
            CvSlice got;
        } texts[] = {{"html", cv_bound_html(bound)},
                     {"as_hidden", cv_bound_hidden(bound, false)},
                     {"label", cv_slice(bound->label)},
                     {"label_tag", cv_bound_label_tag(bound)},
                     {"legend_tag", cv_bound_legend_tag(bound)},
                     {"html_name", cv_slice(bound->html_name)},
                     {"id_for_label", cv_slice(cv_bound_id_for_label(bound))},
                     {"auto_id", cv_slice(bound->auto_id)},
                     {"css_classes", cv_bound_css_classes(bound)},
                     {"help_text", cv_slice(bound->field->help_text ? bound->field->help_text : "")},
                     {"errors", cv_error_list_html(arena, errors)},
                     {"errors_text", cv_error_list_text(arena, errors)},
                     {"widget_type", cv_bound_widget_type(bound)},
                     {"aria_describedby", cv_bound_aria_describedby(bound)},
                     {"field_group", cv_bound_group(bound)}};
        for (size_t i = 0; i < CV_COUNT_OF(texts); i++)
            same &= same_html(why, cv_arena_printf(arena, "%s.%s", bound->field->name, texts[i].name),
                              record_get(want, texts[i].name), texts[i].got);
        same &= same_bool(why, "is_hidden", record_get(want, "is_hidden"), cv_widget_is_hidden(bound->field->widget));
        same &= same_bool(why, "use_fieldset", record_get(want, "use_fieldset"), bound->field->widget->kind->fieldset);
        if (record_has(want, "value"))
            same &= same_cleaned(arena, why, "value", record_get(want, "value"), cv_bound_value(bound));
    }
    return same;
}

static CvValue cleaned_of(CvArena *arena, CvForm *form)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < form->count && !form->short_cut; i++)
        if (form->fields[i].value.kind != CV_MISSING)
            cv_dict_set_name(dict, form->fields[i].field->name, value_of_rows(arena, form->fields[i].value, false));
    return cv_value_dict(dict);
}

static bool same_errors(CvArena *arena, CvBuffer *why, CvForm *form, const CvDict *record)
{
    bool same = true;
    CvValue errors = record_get(record, "errors"), other = record_get(record, "non_field_errors");
    if (errors.kind == CV_DICT) {
        same &= same_html(why, "errors.ul", record_get(errors.dict, "ul"), cv_form_errors_html(form));
        same &= same_html(why, "errors.text", record_get(errors.dict, "text"), cv_form_errors_text(form));
        same &= same_value(arena, why, "errors.json", record_get(errors.dict, "json"),
                           records_parse(arena, cv_form_errors_json(form, false)));
        same &= same_html(why, "errors.json_escaped", record_get(errors.dict, "json_escaped"),
                          cv_form_errors_json(form, true));
    }
    if (other.kind == CV_DICT) {
        same &=
            same_html(why, "non_field.ul", record_get(other.dict, "ul"), cv_error_list_html(arena, &form->non_field));
        same &= same_html(why, "non_field.text", record_get(other.dict, "text"),
                          cv_error_list_text(arena, &form->non_field));
    }
    return same;
}

static bool same_cleaned_data(CvArena *arena, CvBuffer *why, CvForm *form, const CvDict *record)
{
    CvValue expected = record_get(record, "cleaned_data"), got = cleaned_of(arena, form), value;
    if (expected.kind != CV_DICT)
        return true;
    bool same = cv_dict_count(expected.dict) == cv_dict_count(got.dict);
    for (const CvDictEntry *entry = NULL; same && (entry = cv_dict_next(expected.dict, entry));)
        same =
            cv_dict_get(got.dict, entry->key, &value) && same_cleaned(arena, why, "cleaned_data", entry->value, value);
    if (!same)
        (void)same_value(arena, why, "cleaned_data", form_value(arena, expected), got);
    return same;
}

bool check_form(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvFormOptions options;
    CvFormType *type = form_type_of(arena, record_get(record, "form").dict, &options);
    CvFormInput input = {.arena = arena,
                         .data = data_of(arena, record_get(record, "data")),
                         .files = files_of(arena, record_get(record, "files"))};
    return same_form(arena, record, cv_form_create(type, &input, &options), why);
}

bool same_form(CvArena *arena, const CvDict *record, CvForm *form, CvBuffer *why)
{
    bool same = same_bool(why, "is_bound", record_get(record, "is_bound"), form->is_bound);
    same &= same_bool(why, "is_valid", record_get(record, "is_valid"), cv_form_is_valid(form));
    same &= same_bool(why, "has_changed", record_get(record, "has_changed"), cv_form_has_changed(form));
    same &= same_bool(why, "is_multipart", record_get(record, "is_multipart"), cv_form_is_multipart(form));
    same &= same_value(arena, why, "changed_data", record_get(record, "changed_data"),
                       cv_value_list(cv_form_changed_data(form)));
    const CvDict *html = record_get(record, "html").dict;
    static const char *const layouts[] = {"div", "p", "table", "ul", "str"};
    for (size_t i = 0; i < CV_COUNT_OF(layouts); i++)
        same &= same_html(why, layouts[i], record_get(html, layouts[i]), cv_form_html(form, (CvFormLayout)i));
    same &= same_errors(arena, why, form, record);
    same &= same_cleaned_data(arena, why, form, record);
    return same_fields(arena, why, form, record_get(record, "fields").dict) && same;
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const struct {
        const char *kind;
        RecordCheck *check;
    } kinds[] = {{"form", check_form},       {"widget", check_widget},           {"widget_data", check_widget_data},
                 {"flatatt", check_flatatt}, {"pretty_name", check_pretty_name}, {"media", check_media},
                 {"formset", check_formset}, {"modelform", check_model_form},    {"modelformset", check_model_formset}};
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (record_is(record, "kind", kinds[i].kind))
            return kinds[i].check(arena, record, why);
    cv_buffer_printf(why, "unsupported kind %.*s", CV_SLICE_ARG(record_text(record, "kind")));
    return false;
}

/* run_forms [--templates DIR] ...: with templates of a site, which must write what Django's do. */
int main(int argc, char **argv)
{
    cv_set_use_tz(false);
    if (argc > 2 && strcmp(argv[1], "--templates") == 0) {
        CvEngineOptions options = {.natives = cv_form_natives, .dirs = (const char *const[]){argv[2], NULL}};
        CvEngine *engine = cv_engine_create(&options);
        argv[2] = argv[0];
        cv_forms_set_renderer(engine, NULL);
        return run_records(argc - 2, argv + 2, check);
    }
    return run_records(argc, argv, check);
}
