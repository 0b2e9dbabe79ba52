/* run_forms.h: what the parts of run_forms share. */
#ifndef CV_TESTS_RUN_FORMS_H
#define CV_TESTS_RUN_FORMS_H

#include "records_forms.h"

RecordCheck check_form, check_widget, check_widget_data, check_flatatt, check_pretty_name, check_media, check_formset,
    check_model_form, check_model_formset;

/* The type of {name, fields, rules?, options?}, and its options. */
CvFormType *form_type_of(CvArena *arena, const CvDict *spec, CvFormOptions *options);
void read_options(CvArena *arena, const CvDict *spec, CvFormOptions *options);
/* Everything that a record says of a form, but what it saves. */
bool same_form(CvArena *arena, const CvDict *record, CvForm *form, CvBuffer *why);
/* The type of a formset with what its factory was told; its options; everything that a record says of it, but saving.
 */
CvFormSetType formset_type_of(CvArena *arena, const CvDict *record, const CvFormType *form, int64_t default_max);
CvFormSetOptions formset_options_of(CvArena *arena, const CvDict *record);
bool same_formset(CvArena *arena, const CvDict *record, CvFormSet *set, CvBuffer *why);
/* The models of a record with their rows, in a new database: the record's own, or the related one of a name. */
const CvModel *set_up_models(const CvDict *record);
const CvModel *related_model(const char *name);
const CvFormType *model_form_type_of(CvArena *arena, const CvModel *model, const CvDict *spec);
/* Rows as {"$object": [model, key]}, query sets as {"$objects": [model, keys]} (or the keys alone); others as they are.
 */
CvValue value_of_rows(CvArena *arena, CvValue value, bool keys_only);
/* Whether the HTML is the same; also counts what differs in white space between tags only. */
bool same_html(CvBuffer *why, const char *what, CvValue expected, CvSlice got);
bool same_bool(CvBuffer *why, const char *what, CvValue expected, bool got);

#endif
