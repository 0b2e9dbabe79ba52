/* run_forms_model.c: forms over models: models, rows and the form's options built from the record. */
#include "run_forms.h"
#include "text/json.h"

#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"

/* ---- models ---- */

enum { MOST_MODELS = 8 };

/* Which field is a row's text, by model. */
static struct {
    const CvModel *model;
    const char *field;
} texts[MOST_MODELS];
static size_t text_count;

static const char *row_text(const void *row)
{
    const CvModel *model = cv_row_model(row);
    for (size_t i = 0; i < text_count; i++)
        if (texts[i].model == model)
            return cv_slice_string(
                cv_arena(),
                cv_value_str(cv_arena(), cv_row_get(row, cv_model_column(model, cv_slice(texts[i].field)))));
    return "";
}

static const CvModel *model_named(const CvModel **models, CvSlice name)
{
    for (; *models; models++)
        if (cv_slice_is(name, (*models)->name))
            return *models;
    cv_raise(CV_ERROR_VALUE, "no model %.*s", CV_SLICE_ARG(name));
}

static CvChoices *choices_of(CvArena *arena, const CvList *list)
{
    CvChoices *choices = cv_arena_new(arena, CvChoices);
    CvChoice *items = cv_arena_new_array(arena, CvChoice, 64);
    for (size_t i = 0; i < list->count; i++) {
        const CvList *pair = list->items[i].list;
        bool group = pair->items[1].kind == CV_LIST;
        const CvList *inner = group ? pair->items[1].list : list;
        for (size_t k = group ? 0 : i; k < (group ? inner->count : i + 1); k++) {
            const CvList *choice = inner->items[k].list;
            CvValue value = choice->items[0];
            items[choices->count++] =
                (CvChoice){.text = value.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(value)) : NULL,
                           .number = value.kind == CV_INT ? value.integer : 0,
                           .label = cv_slice_string(arena, cv_value_as_slice(choice->items[1])),
                           .group = group ? cv_slice_string(arena, cv_value_as_slice(pair->items[0])) : NULL};
        }
    }
    choices->items = items;
    return choices;
}

static void set_default(CvArena *arena, CvField *field, CvValue value)
{
    if (value.kind == CV_BOOL)
        field->default_boolean = value.boolean;
    else if (value.kind == CV_INT)
        field->default_integer = value.integer;
    else if (value.kind == CV_FLOAT)
        field->default_real = value.real;
    else if (value.kind == CV_DICT || value.kind == CV_LIST) { /* of a JSONField */
        CvBuffer json = cv_buffer(arena);
        CvError error;
        if (!cv_json_write(arena, &json, value, NULL, &error))
            cv_raise_error(&error);
        field->default_text = cv_buffer_string(&json);
    } else {
        field->default_text = cv_slice_string(arena, cv_value_str(arena, value));
    }
}

static void set_option(CvArena *arena, CvField *field, CvSlice name, CvValue value)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"null", &field->null},
                 {"blank", &field->blank},
                 {"unique", &field->unique},
                 {"editable", &field->editable},
                 {"auto_now", &field->auto_now},
                 {"auto_now_add", &field->auto_now_add},
                 {"unpack_ipv4", &field->unpack_ipv4},
                 {"allow_unicode", &field->allow_unicode}};
    const struct {
        const char *name;
        const char **text;
    } names[] = {{"verbose_name", &field->verbose_name},
                 {"help_text", &field->help_text},
                 {"related_name", &field->related_name},
                 {"unique_for_date", &field->unique_for_date},
                 {"unique_for_month", &field->unique_for_month},
                 {"unique_for_year", &field->unique_for_year},
                 {"protocol", &field->protocol},
                 {"db_column", &field->db_column}};
    for (size_t i = 0; i < CV_COUNT_OF(flags); i++)
        if (cv_slice_is(name, flags[i].name))
            *flags[i].flag = value.boolean;
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (cv_slice_is(name, names[i].name))
            *names[i].text = cv_slice_string(arena, cv_value_as_slice(value));
    if (cv_slice_is(name, "max_length"))
        field->max_length = (int)value.integer;
    else if (cv_slice_is(name, "max_digits"))
        field->max_digits = (int)value.integer;
    else if (cv_slice_is(name, "decimal_places"))
        field->decimal_places = (int)value.integer;
    else if (cv_slice_is(name, "default"))
        set_default(arena, field, records_decode(arena, value));
    else if (cv_slice_is(name, "choices"))
        field->choices = choices_of(arena, value.list);
}

static const CvModel *build_model(CvArena *arena, const CvDict *spec, const CvModel **others)
{
    const CvList *list = record_get(spec, "fields").list;
    CvField *fields = cv_arena_new_array(arena, CvField, list->count + 1);
    CvModelOptions options = {.str = record_has(spec, "str") ? row_text : NULL};
    CvValue meta = record_get(spec, "meta");
    for (size_t i = 0; i < list->count; i++) {
        const CvDict *field = list->items[i].dict, *kwargs = record_get(field, "kwargs").dict;
        const CvFieldKind *kind = cv_field_kind(record_text(field, "type"));
        if (!kind)
            cv_raise(CV_ERROR_VALUE, "no field class %.*s", CV_SLICE_ARG(record_text(field, "type")));
        const CvModel *to = record_has(kwargs, "to") ? model_named(others, record_text(kwargs, "to")) : NULL;
        fields[i] = cv_field_of(record_string(arena, field, "name"), kind, to);
        fields[i].on_delete = CV_CASCADE;
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(kwargs, entry));)
            set_option(arena, &fields[i], cv_value_as_slice(entry->key), entry->value);
    }
    if (meta.kind == CV_DICT) {
        options.ordering = strings_of(arena, record_get(meta.dict, "ordering"));
        CvValue together = record_get(meta.dict, "unique_together");
        if (together.kind == CV_LIST && together.list->count)
            options.unique_together = strings_of(arena, together.list->items[0]);
    }
    /* A key that the record declares stands first. */
    bool keyed = list->count && record_has(record_get(list->items[0].dict, "kwargs").dict, "primary_key");
    const CvModel *model = (keyed ? cv_model_build_with_key : cv_model_build)(arena, record_string(arena, spec, "name"),
                                                                              fields, list->count, &options);
    if (options.str) {
        texts[text_count].model = model;
        texts[text_count++].field = record_string(arena, spec, "str");
    }
    return model;
}

static void insert_rows(CvArena *arena, const CvModel *model, CvValue rows)
{
    for (size_t i = 0; rows.kind == CV_LIST && i < rows.list->count; i++) {
        void *row = cv_row_new(model);
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(rows.list->items[i].dict, entry));)
            cv_row_set(row, cv_model_column(model, cv_value_as_slice(entry->key)), records_decode(arena, entry->value));
        cv_save_raw(row);
    }
}

static const CvModel *record_models[MOST_MODELS + 1];

const CvModel *related_model(const char *name)
{
    return model_named(record_models, cv_slice(name));
}

/* Models outlive their record: the registry holds them until the next one. */
const CvModel *set_up_models(const CvDict *record)
{
    static CvArena *arena;
    const CvModel **models = record_models;
    CvValue related = record_get(record, "related");
    size_t count = 0;
    CvError error;
    text_count = 0;
    memset(models, 0, sizeof record_models);
    cv_databases_close();
    cv_models_reset();
    if (arena)
        cv_arena_destroy(arena);
    arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    for (size_t i = 0; related.kind == CV_LIST && i < related.list->count; i++, count++)
        models[count] = build_model(arena, record_get(related.list->items[i].dict, "model").dict, models);
    models[count] = build_model(arena, record_get(record, "model").dict, models);
    cv_models_add("conformance", models);
    if (!cv_models_ready(&errors))
        cv_raise_error(errors.items[0]);
    if (!cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error))
        cv_raise_error(&error);
    cv_schema_create(NULL, NULL);
    for (size_t i = 0; i < count; i++)
        insert_rows(arena, models[i], record_get(related.list->items[i].dict, "rows"));
    insert_rows(arena, models[count], record_get(record, "rows"));
    return models[count];
}

/* ---- the form ---- */

static const char *const *pairs_of(CvArena *arena, CvValue dict)
{
    if (dict.kind != CV_DICT)
        return NULL;
    const char **pairs = cv_arena_new_array(arena, const char *, 2 * cv_dict_count(dict.dict) + 1);
    size_t at = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict.dict, entry));) {
        pairs[at++] = cv_slice_string(arena, cv_value_as_slice(entry->key));
        pairs[at++] = cv_slice_string(arena, cv_value_as_slice(entry->value));
    }
    return pairs;
}

static const char *const *error_pairs_of(CvArena *arena, CvValue fields)
{
    const char **pairs = cv_arena_new_array(arena, const char *, 129);
    size_t at = 0;
    if (fields.kind != CV_DICT)
        return NULL;
    for (const CvDictEntry *field = NULL; (field = cv_dict_next(fields.dict, field));)
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(field->value.dict, entry)) && at < 126;) {
            pairs[at++] = cv_arena_printf(arena, "%.*s.%.*s", CV_SLICE_ARG(cv_value_as_slice(field->key)),
                                          CV_SLICE_ARG(cv_value_as_slice(entry->key)));
            pairs[at++] = cv_slice_string(arena, cv_value_as_slice(entry->value));
        }
    return pairs;
}

static const CvFieldWidget *widgets_of(CvArena *arena, CvValue dict)
{
    if (dict.kind != CV_DICT)
        return NULL;
    CvFieldWidget *widgets = cv_arena_new_array(arena, CvFieldWidget, cv_dict_count(dict.dict) + 1);
    size_t at = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict.dict, entry));)
        widgets[at++] =
            (CvFieldWidget){cv_slice_string(arena, cv_value_as_slice(entry->key)), widget_of(arena, entry->value)};
    return widgets;
}

const CvFormType *model_form_type_of(CvArena *arena, const CvModel *model, const CvDict *spec)
{
    CvValue fields = record_get(spec, "fields");
    CvModelFormMeta meta = {.fields = fields.kind == CV_LIST     ? strings_of(arena, fields)
                                      : fields.kind == CV_STRING ? CV_ALL_FIELDS
                                                                 : NULL,
                            .exclude = strings_of(arena, record_get(spec, "exclude")),
                            .labels = pairs_of(arena, record_get(spec, "labels")),
                            .help_texts = pairs_of(arena, record_get(spec, "help_texts")),
                            .error_messages = error_pairs_of(arena, record_get(spec, "error_messages")),
                            .widgets = widgets_of(arena, record_get(spec, "widgets"))};
    return cv_model_form_type(arena, model, &meta, NULL, 0);
}

/* ---- what was saved ---- */

typedef struct Saving {
    CvForm *form;
} Saving;

static void save(void *argument)
{
    (void)cv_form_save(((Saving *)argument)->form, NULL);
}

static bool same_saved(CvArena *arena, CvBuffer *why, const CvDict *record, CvForm *form)
{
    CvValue expected = record_get(record, "saved"), many = record_get(record, "saved_m2m");
    Saving saving = {form};
    CvError *error;
    bool same = true;
    if (expected.kind != CV_DICT)
        return true;
    if (!cv_try(save, &saving, &error))
        return record_has(expected.dict, "raises") ? same_error(why, expected.dict, error)
                                                   : (cv_buffer_printf(why, "saving: %s; ", error->message), false);
    if (record_has(expected.dict, "raises"))
        return cv_buffer_append_string(why, "saving should raise; "), false;
    const void *row = cv_form_instance(form);
    cv_reload((void *)(uintptr_t)row);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(expected.dict, entry));) {
        CvSlice name = cv_value_as_slice(entry->key);
        same &= same_value(arena, why, cv_slice_string(arena, name), records_decode(arena, entry->value),
                           cv_row_get(row, cv_model_column(cv_row_model(row), name)));
    }
    for (const CvDictEntry *entry = NULL; many.kind == CV_DICT && (entry = cv_dict_next(many.dict, entry));) {
        CvQuerySet *set = cv_related_of(row, cv_slice_string(arena, cv_value_as_slice(entry->key)));
        same &= same_value(arena, why, "saved_m2m", entry->value, value_of_rows(arena, cv_value_object(set), true));
    }
    return same;
}

CvValue value_of_rows(CvArena *arena, CvValue value, bool keys_only)
{
    if (value.kind != CV_OBJECT || !value.object)
        return value;
    CvList *keys = cv_list_create(arena);
    CvDict *tagged = cv_dict_create(arena);
    const CvType *type = cv_type_of(value.object);
    if (type->resolve == cv_row_type_resolve) {
        CvList *pair = cv_list(arena, cv_row_model(value.object)->name, cv_row_key(value.object));
        cv_dict_set_name(tagged, "$object", cv_value_list(pair));
        return cv_value_dict(tagged);
    }
    if (type != &cv_query_set_type)
        return value;
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)value.object;
    for (size_t i = 0; i < cv_length_of(set); i++)
        cv_list_add(arena, keys, cv_row_key(cv_row_at(set, i)));
    cv_dict_set_name(tagged, "$objects", cv_value_list(cv_list(arena, cv_set_model(set)->name, cv_value_list(keys))));
    return keys_only ? cv_value_list(keys) : cv_value_dict(tagged);
}

bool check_model_form(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvModel *model = set_up_models(record);
    const CvFormType *type = model_form_type_of(arena, model, record_get(record, "form_meta").dict);
    CvValue given = record_get(record, "options"), key = record_get(record, "instance_pk");
    CvFormOptions options = {0};
    if (given.kind == CV_DICT)
        read_options(arena, given.dict, &options);
    if (key.kind == CV_INT) {
        static const char *const names[] = {"pk"};
        options.instance = cv_get_at(cv_objects_of(model), NULL, 1, names, &key);
    }
    CvFormInput input = {.arena = arena, .data = data_of(arena, record_get(record, "data"))};
    CvForm *form = cv_form_create(type, &input, &options);
    bool same = same_form(arena, record, form, why);
    return same_saved(arena, why, record, form) && same;
}
