/* fuzz_forms.c: each kind of field and widget on what a visitor may send: a query string bound to one form of all, in
 * English or, where the text begins with '~', in German with numbers as they are written there. Fields that choose
 * rows: fuzz_forms_rows.c; files: fuzz_forms_multipart.c. */
#include "base/self.h"
#include "forms/field_private.h"
#include "forms/forms.h"
#include "template/locale.h"

static const char *const kinds[] = {"CharField",          "IntegerField",
                                    "FloatField",         "DecimalField",
                                    "DateField",          "TimeField",
                                    "DateTimeField",      "DurationField",
                                    "RegexField",         "EmailField",
                                    "URLField",           "BooleanField",
                                    "NullBooleanField",   "ChoiceField",
                                    "TypedChoiceField",   "MultipleChoiceField",
                                    "SlugField",          "UUIDField",
                                    "JSONField",          "GenericIPAddressField",
                                    "SplitDateTimeField", "TypedMultipleChoiceField",
                                    "FilePathField",      "ComboField",
                                    "MultiValueField"};
static const CvOption options[] = {{.value = {.kind = CV_STRING, .length = 1, .text = "a"}}};

static const CvWidget two_widgets = {.kind = &cv_multi_widget_kind, .parts = CV_PARTS(CV_TEXT_INPUT, CV_NUMBER_INPUT)};

static bool to_int(CvArena *arena, CvValue in, CvValue *out)
{
    CvSlice text = cv_value_str(arena, in);
    *out = cv_value_int(text.length ? text.data[0] : 0);
    return text.length == 1;
}

static CvValue join(const CvFormField *field, CvArena *arena, const CvList *values)
{
    (void)field;
    return values->count ? cv_value_slice(cv_value_str(arena, values->items[0])) : cv_value_null();
}

static CvFormType *type_of(CvArena *arena, bool localized)
{
    CvFormField fields[CV_COUNT_OF(kinds) + 1];
    size_t count = CV_COUNT_OF(kinds);
    CvFormField *parts = cv_arena_new_array(arena, CvFormField, 2);
    parts[0] = cv_form_field("text", &cv_char_form_field);
    parts[0].max_length = 20;
    parts[1] = cv_form_field("number", &cv_decimal_form_field);
    for (size_t i = 0; i < count; i++) {
        fields[i] = cv_form_field(cv_arena_printf(arena, "%c", (int)('a' + i)), cv_form_field_kind(cv_slice(kinds[i])));
        fields[i].options = (CvOptions){options, 1};
        fields[i].regex = "^[a-z]+$";
        fields[i].help_text = "Help";
        fields[i].show_hidden_initial = i % 3 == 0;
        fields[i].coerce = to_int;
        fields[i].path = "/";
        fields[i].match = "^tmp$";
        fields[i].allow_folders = true;
        fields[i].fields = parts;
        fields[i].field_count = 2;
        fields[i].compress = join;
        fields[i].require_all_fields = localized;
        fields[i].localize = localized;
    }
    fields[count - 1].widget = &two_widgets;
    fields[count] = cv_form_field("date", &cv_date_form_field);
    fields[count].widget = CV_SELECT_DATE;
    return cv_form_type_build(arena, "All", fields, count + 1, NULL);
}

/* Prepared once each: the folder of the paths is read then. */
static const CvFormType *prepared(bool localized)
{
    static CvFormType *types[2];
    static CvArena *forever;
    if (!forever)
        forever = cv_arena_create(0);
    if (!types[localized])
        types[localized] = type_of(forever, localized);
    return types[localized];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvError error;
    CvImageInfo info;
    CvArena *outer = cv_arena_enter(arena);
    bool german = size && data[0] == '~';
    const CvTemplateSettings settings = {.use_thousand_separator = true};
    (void)cv_locale_activate(german ? cv_locale_create(arena, "de", &settings) : NULL);
    if (german)
        text = cv_slice_skip(text, 1);
    CvQueryDict *query = cv_querydict_parse(arena, text, NULL, 1000, &error);
    if (query) {
        CvForm *form = cv_form_create(prepared(german), &(CvFormInput){.arena = arena, .data = query}, NULL);
        (void)cv_form_is_valid(form);
        (void)cv_form_changed_data(form);
        for (int layout = 0; layout < 4; layout++)
            (void)cv_form_html(form, (CvFormLayout)layout);
        (void)cv_form_errors_json(form, true);
        const CvFormSetType set_type = {.form = prepared(german), .extra = 1, .max_num = 3, .can_delete = true};
        CvFormSet *set = cv_formset_create(&set_type, &(CvFormInput){.arena = arena, .data = query}, NULL);
        if (set->count > 1003)
            abort();
        if (set->count < 20)
            (void)cv_formset_is_valid(set);
    }
    (void)cv_image_info(text, true, &info);
    (void)cv_locale_activate(NULL);
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
    return 0;
}
