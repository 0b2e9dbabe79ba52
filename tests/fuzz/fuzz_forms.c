/* fuzz_forms.c: each kind of field and widget on what a visitor may send: a query string bound to one form of all. */
#include "base/self.h"
#include "forms/field_private.h"
#include "forms/forms.h"

static const char *const kinds[] = {"CharField",         "IntegerField", "FloatField",       "DecimalField",
                                    "DateField",         "TimeField",    "DateTimeField",    "DurationField",
                                    "RegexField",        "EmailField",   "URLField",         "BooleanField",
                                    "NullBooleanField",  "ChoiceField",  "TypedChoiceField", "MultipleChoiceField",
                                    "SlugField",         "UUIDField",    "JSONField",        "GenericIPAddressField",
                                    "SplitDateTimeField"};
static const CvOption options[] = {{.value = {.kind = CV_STRING, .length = 1, .text = "a"}}};

static CvFormType *type_of(CvArena *arena)
{
    CvFormField fields[CV_COUNT_OF(kinds) + 1];
    size_t count = CV_COUNT_OF(kinds);
    for (size_t i = 0; i < count; i++) {
        fields[i] = cv_form_field(cv_arena_printf(arena, "%c", (int)('a' + i)), cv_form_field_kind(cv_slice(kinds[i])));
        fields[i].options = (CvOptions){options, 1};
        fields[i].regex = "^[a-z]+$";
        fields[i].help_text = "Help";
        fields[i].show_hidden_initial = i % 3 == 0;
    }
    fields[count] = cv_form_field("date", &cv_date_form_field);
    fields[count].widget = CV_SELECT_DATE;
    return cv_form_type_build(arena, "All", fields, count + 1, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvError error;
    CvImageInfo info;
    CvArena *outer = cv_arena_enter(arena);
    CvQueryDict *query = cv_querydict_parse(arena, text, NULL, 1000, &error);
    if (query) {
        CvForm *form = cv_form_create(type_of(arena), &(CvFormInput){.arena = arena, .data = query}, NULL);
        (void)cv_form_is_valid(form);
        (void)cv_form_changed_data(form);
        for (int layout = 0; layout < 4; layout++)
            (void)cv_form_html(form, (CvFormLayout)layout);
        (void)cv_form_errors_json(form, true);
        const CvFormSetType set_type = {.form = type_of(arena), .extra = 1, .max_num = 3, .can_delete = true};
        CvFormSet *set = cv_formset_create(&set_type, &(CvFormInput){.arena = arena, .data = query}, NULL);
        if (set->count > 1003)
            abort();
        if (set->count < 20)
            (void)cv_formset_is_valid(set);
    }
    (void)cv_image_info(text, true, &info);
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
    return 0;
}
