/* run_fields.c: fields.jsonl: each field built from its arguments, cleaning one input. */
#include "records_forms.h"

static bool check_changed(CvArena *arena, const CvDict *record, CvBuffer *why, const CvFormField *field)
{
    bool changed = cv_field_has_changed(field, arena, form_value(arena, record_get(record, "initial")),
                                        form_value(arena, record_get(record, "input")));
    return same_value(arena, why, "changed", record_get(record, "changed"), cv_value_bool(changed));
}

/* USE_TZ and TIME_ZONE of the record. */
static void apply_settings(CvArena *arena, const CvDict *record)
{
    CvValue settings = record_get(record, "settings");
    const CvDict *given = settings.kind == CV_DICT ? settings.dict : cv_dict_create(arena);
    CvValue use_tz = record_get(given, "USE_TZ");
    const CvZone *zone = cv_zone(record_has(given, "TIME_ZONE") ? record_string(arena, given, "TIME_ZONE") : "UTC");
    cv_set_use_tz(use_tz.kind == CV_BOOL && use_tz.boolean);
    cv_set_default_zone(zone);
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    apply_settings(arena, record);
    CvFormField field = field_of(arena, "field", record_text(record, "field"), record_get(record, "kwargs").dict);
    cv_form_field_prepare(&field, arena);
    if (record_is(record, "op", "has_changed"))
        return check_changed(arena, record, why, &field);
    CvInvalids invalids = {.arena = arena};
    CvValue out = {.kind = CV_MISSING}, initial = cv_value_null();
    if (record_has(record, "initial"))
        initial = form_value(arena, record_get(record, "initial"));
    bool good = cv_field_clean(&field, arena, form_value(arena, record_get(record, "input")), initial, &out, &invalids);
    if (record_has(record, "raises"))
        return !good || (cv_buffer_append_string(why, "should raise"), false);
    if (!good || record_has(record, "errors"))
        return same_invalids(arena, why, record_get(record, "errors"), invalids.items, invalids.count);
    return same_cleaned(arena, why, "cleaned", record_get(record, "cleaned"), out);
}

static bool check_or_raise(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return passes_or_raises(check, arena, record, why);
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check_or_raise);
}
