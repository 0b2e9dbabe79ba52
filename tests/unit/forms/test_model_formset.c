/* test_model_formset.c: formsets over rows and over the rows of another: HTML, saving, what was tampered with. */
#include "unit.h"

#include "base/self.h"
#include "library.h"

#define TEXT(slice) cv_slice_string(cv_arena(), (slice))

static Volume *shelved(void)
{
    library_open();
    cv_create(Copy, .volume = cv_ref(emma), .shelf = "A", .number = "1");
    cv_create(Copy, .volume = cv_ref(emma), .shelf = "B", .number = "2");
    cv_create(Copy, .volume = cv_ref(ficciones), .shelf = "A", .number = "3");
    return emma;
}

static VolumeCopies *copies_of(Volume *volume, int total, int initial, const char *query)
{
    const char *all = cv_printf("copies-TOTAL_FORMS=%d&copies-INITIAL_FORMS=%d&%s", total, initial, query);
    CvFormInput input = {.arena = cv_arena(), .data = library_data(all)};
    CvFormSetOptions options = {.instance = volume};
    return (VolumeCopies *)cv_formset_create(&VolumeCopies_type, &input, &options);
}

/* All errors: those of each form, then the set's. */
static const char *errors_of(CvFormSet *set)
{
    CvBuffer out = cv_buffer(cv_arena());
    bool valid = cv_formset_is_valid(set);
    for (size_t i = 0; i < set->count; i++)
        cv_buffer_append_slice(&out, cv_form_errors_text(set->forms[i]));
    for (size_t i = 0; i < set->non_form.count; i++)
        cv_buffer_printf(&out, "|%s", TEXT(cv_invalid_text(cv_arena(), &set->non_form.items[i])));
    ck_assert(valid == (cv_formset_error_count(set) == 0));
    return cv_buffer_string(&out);
}

static const char *hidden_of(CvForm *form, const char *name)
{
    return TEXT(cv_bound_html(cv_form_field_of(form, name)));
}

START_TEST(rows_are_shown_with_their_keys)
{
    CvFormInput input = {.arena = (shelved(), cv_arena())};
    CvFormSet *set = cv_formset_create(&VolumeCopies_type, &input, &(CvFormSetOptions){.instance = emma});
    ck_assert_uint_eq(set->count, 4); /* two rows, two extra */
    ck_assert_str_eq(hidden_of(set->forms[0], "id"),
                     "<input type=\"hidden\" name=\"copies-0-id\" value=\"1\" id=\"id_copies-0-id\">");
    ck_assert_str_eq(hidden_of(set->forms[0], "volume"),
                     "<input type=\"hidden\" name=\"copies-0-volume\" value=\"1\" id=\"id_copies-0-volume\">");
    ck_assert_str_eq(hidden_of(set->forms[1], "shelf"), "<input type=\"text\" name=\"copies-1-shelf\" value=\"B\" "
                                                        "maxlength=\"10\" id=\"id_copies-1-shelf\">");
    ck_assert_str_eq(hidden_of(set->forms[2], "id"),
                     "<input type=\"hidden\" name=\"copies-2-id\" id=\"id_copies-2-id\">");
    ck_assert_str_eq(hidden_of(cv_formset_empty_form(set), "volume"),
                     "<input type=\"hidden\" name=\"copies-__prefix__-volume\" value=\"1\" "
                     "id=\"id_copies-__prefix__-volume\">");
    set = cv_formset_create(&VolumeCopies_type, &input, NULL); /* of a volume that is not saved */
    ck_assert_uint_eq(set->count, 2);
    ck_assert_str_eq(hidden_of(set->forms[0], "volume"),
                     "<input type=\"hidden\" name=\"copies-0-volume\" id=\"id_copies-0-volume\">");
}
END_TEST

START_TEST(rows_of_a_query_set)
{
    CvFormInput input = {.arena = (shelved(), cv_arena())};
    CvFormSetOptions options = {.queryset = cv_filter(cv_objects(Copy), "pk__gte", 2)};
    CvFormSet *set = cv_formset_create(&CopyFormSet_type, &input, &options);
    ck_assert_uint_eq(set->count, 3);
    ck_assert_int_eq(set->initial_count, 2);
    ck_assert_str_eq(hidden_of(set->forms[0], "id"),
                     "<input type=\"hidden\" name=\"form-0-id\" value=\"2\" id=\"id_form-0-id\">");
    set = cv_formset_create(&CopyFormSet_type, &input, NULL);
    ck_assert_int_eq(set->initial_count, 3);
}
END_TEST

static const char *seen(CvFormSet *set, const char *name)
{
    CvValue value;
    if (!cv_formset_type.get(set, cv_slice(name), cv_arena(), &value))
        return "(not there)";
    return cv_slice_string(cv_arena(), cv_value_repr(cv_arena(), value));
}

START_TEST(saving_changes_adds_and_removes)
{
    VolumeCopies *set = copies_of(shelved(), 4, 2,
                                  "copies-0-id=1&copies-0-volume=1&copies-0-shelf=A&copies-0-number=1&"
                                  "copies-1-id=2&copies-1-volume=1&copies-1-shelf=C&copies-1-number=2&"
                                  "copies-2-shelf=D&copies-2-number=9&copies-2-volume=1");
    ck_assert_str_eq(errors_of(&set->set), "");
    size_t filled = 0;
    CV_EACH_FORM(form, set)
    filled += *form->instance->shelf >= 'A';
    ck_assert_uint_eq(filled, 3);
    ck_assert_str_eq(seen(&set->set, "changed_objects"), "(not there)");
    cv_save_formset(set);
    ck_assert_str_eq(seen(&set->set, "new_objects"), "[<Copy: Copy object (4)>]");
    ck_assert_str_eq(seen(&set->set, "changed_objects"), "[(<Copy: Copy object (2)>, ['shelf'])]");
    ck_assert_uint_eq(set->set.new_objects->count, 1);
    ck_assert_uint_eq(set->set.changed_objects->count, 1);
    ck_assert_uint_eq(set->set.deleted_objects->count, 0);
    ck_assert_str_eq(cv_get(Copy, "number", "2")->shelf, "C");
    ck_assert_int_eq(cv_get(Copy, "number", "9")->volume.id, emma->id);
    set = copies_of(emma, 1, 1, "copies-0-id=1&copies-0-volume=1&copies-0-shelf=&copies-0-number=1&copies-0-DELETE=on");
    ck_assert(cv_formset_is_valid(&set->set)); /* what is deleted need not be right */
    cv_save_formset(set);
    ck_assert_uint_eq(set->set.deleted_objects->count, 1);
    ck_assert_ptr_null(cv_get(Copy, "number", "1"));
}
END_TEST

START_TEST(a_new_parent_gives_its_key)
{
    shelved();
    Volume *volume =
        cv_build(Volume, .title = "N", .slug = "n", .writer = cv_ref(austen), .price = cv_decimal(cv_arena(), "1.00"));
    VolumeCopies *set = copies_of(volume, 1, 0, "copies-0-shelf=A&copies-0-number=50");
    ck_assert_str_eq(errors_of(&set->set), "");
    cv_save(volume);
    cv_save_formset(set);
    ck_assert_int_eq(cv_get(Copy, "number", "50")->volume.id, volume->id);
}
END_TEST

START_TEST(keys_that_were_tampered_with)
{
    static const struct {
        const char *query, *errors;
    } cases[] = {
        {"copies-0-id=77&copies-0-volume=1&",
         "* id\n  * Select a valid choice. That choice is not one of the available choices."},
        {"copies-0-id=x&copies-0-volume=1&",
         "* id\n  * Select a valid choice. That choice is not one of the available choices."},
        {"copies-0-volume=1&", "* id\n  * This field is required."},
        {"copies-0-id=1&copies-0-volume=2&", "* volume\n  * The inline value did not match the parent instance."}};
    Volume *volume = shelved();
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        const char *query = cv_printf("%scopies-0-shelf=Z&copies-0-number=44", cases[i].query);
        ck_assert_str_eq(errors_of(&copies_of(volume, 1, 1, query)->set), cases[i].errors);
    }
    /* The row of another volume is there, but not in this set: nothing is changed and nothing is made. */
    VolumeCopies *set = copies_of(volume, 1, 1, "copies-0-id=3&copies-0-volume=1&copies-0-shelf=Z&copies-0-number=33");
    ck_assert_str_eq(errors_of(&set->set), "");
    cv_save_formset(set);
    ck_assert_int_eq(cv_count(cv_objects(Copy)), 3);
    ck_assert_str_eq(cv_get(Copy, "pk", 3)->shelf, "A");
}
END_TEST

/* The lists of the options end with this block; the type does not. */
static const CvFormType *box_form(void)
{
    return cv_model_form_type(cv_arena(), &Box_model, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
}

START_TEST(a_key_that_nobody_may_edit_stays)
{
    library_open();
    const CvFormSetType type = {.form = box_form()};
    cv_create(Box, .code = "b", .weight = 5);
    CvFormInput input = {.arena = cv_arena(),
                         .data = library_data("form-TOTAL_FORMS=1&form-INITIAL_FORMS=0&form-0-code=b&form-0-weight=9")};
    CvFormSet *set = cv_formset_create(&type, &input, NULL);
    Box *box = cv_form_instance(set->forms[0]);
    ck_assert_str_eq(errors_of(set), "");
    ck_assert_int_eq(box->weight, 9);
    ck_assert(!box->code || strcmp(box->code, "b") != 0);
}
END_TEST

START_TEST(a_lost_management_form_is_said)
{
    Volume *volume = shelved();
    CvFormInput input = {.arena = cv_arena(), .data = library_data("x=1")};
    CvFormSet *set = cv_formset_create(&VolumeCopies_type, &input, &(CvFormSetOptions){.instance = volume});
    ck_assert_str_eq(errors_of(set),
                     "|ManagementForm data is missing or has been tampered with. Missing fields: "
                     "copies-TOTAL_FORMS, copies-INITIAL_FORMS. You may need to file a bug report if the issue "
                     "persists.");
    ck_assert_uint_eq(copies_of(volume, 1000000, 0, "")->set.count, 2000);
}
END_TEST

START_TEST(values_are_unique_across_forms)
{
    Volume *volume = shelved();
    ck_assert_str_eq(
        errors_of(
            &copies_of(volume, 2, 0, "copies-0-shelf=X&copies-0-number=7&copies-1-shelf=Y&copies-1-number=7")->set),
        "* __all__\n  * Please correct the duplicate values below."
        "|Please correct the duplicate data for number.");
    VolumeCopies *set =
        copies_of(volume, 2, 0, "copies-0-shelf=X&copies-0-number=7&copies-1-shelf=Y&copies-1-number=7");
    (void)cv_formset_is_valid(&set->set);
    ck_assert_str_eq(TEXT(cv_error_list_html(cv_arena(), &set->set.forms[1]->non_field)),
                     "<ul class=\"errorlist\"><li>Please correct the duplicate values below.</li></ul>");
    ck_assert_str_eq(errors_of(&copies_of(volume, 1, 0, "copies-0-shelf=X&copies-0-number=1")->set),
                     "* number\n  * Copy with this Number already exists.");
}
END_TEST

/* Which forms go is known where all the others are right, as in Django. */
START_TEST(forms_that_go_do_not_count_in_a_set_that_is_right)
{
    Volume *volume = shelved();
    const char *one_goes = "copies-0-shelf=X&copies-0-number=7&copies-0-DELETE=on&copies-1-shelf=Y&copies-1-number=7";
    ck_assert_str_eq(errors_of(&copies_of(volume, 2, 0, one_goes)->set), "");
    ck_assert_str_eq(errors_of(&copies_of(volume, 3, 0, cv_printf("%s&copies-2-shelf=Z", one_goes))->set),
                     "* __all__\n  * Please correct the duplicate values below.* number\n  * This field is required."
                     "|Please correct the duplicate data for number.");
}
END_TEST

static void foreign_key(void *name)
{
    (void)cv_inline_foreign_key(&Writer_model, &Volume_model, name);
}

static void no_foreign_key(void *unused)
{
    (void)unused;
    (void)cv_inline_foreign_key(&Topic_model, &Volume_model, NULL);
}

START_TEST(the_foreign_key_is_found)
{
    CvError *error;
    library_open();
    ck_assert_str_eq(cv_inline_foreign_key(&Volume_model, &Copy_model, NULL)->name, "volume");
    ck_assert_str_eq(cv_inline_foreign_key(&Writer_model, &Volume_model, "editor")->name, "editor");
    ck_assert(!cv_try(foreign_key, NULL, &error));
    ck_assert_str_eq(error->message, "'library.Volume' has more than one ForeignKey to 'library.Writer'. You must "
                                     "specify a 'fk_name' attribute.");
    ck_assert(!cv_try(foreign_key, UNIT_TEXT("title"), &error));
    ck_assert_str_eq(error->message, "fk_name 'title' is not a ForeignKey to 'library.Writer'.");
    ck_assert(!cv_try(foreign_key, UNIT_TEXT("x"), &error));
    ck_assert_str_eq(error->message, "'library.Volume' has no field named 'x'.");
    ck_assert(!cv_try(no_foreign_key, NULL, &error));
    ck_assert_str_eq(error->message, "'library.Volume' has no ForeignKey to 'library.Topic'.");
}
END_TEST

START_TEST(links_are_verified)
{
    library_open();
    CvErrors errors = {.arena = cv_arena()};
    ck_assert(cv_formset_type_verify(&VolumeCopies_type, &errors));
    ck_assert(cv_formset_type_verify(&CopyFormSet_type, &errors));
    CvFormSetType wrong = {.form = &CopyForm_type, .parent = &Writer_model}, plain = wrong;
    ck_assert(!cv_formset_type_verify(&wrong, &errors));
    plain.form = &ChoiceForm_type;
    ck_assert(!cv_formset_type_verify(&plain, &errors));
    ck_assert_str_eq(errors.items[0]->message, "'library.Copy' has no ForeignKey to 'library.Writer'.");
    ck_assert_str_eq(errors.items[1]->message, "ChoiceForm has no model: an inline formset edits rows.");
}
END_TEST

START_TEST(rows_that_are_shown_need_two_queries)
{
    Volume *volume = shelved();
    uint64_t before = cv_sql_count();
    (void)cv_formset_html(&copies_of(volume, 2, 2,
                                     "copies-0-id=1&copies-0-shelf=A&copies-0-number=1&copies-1-id=2&"
                                     "copies-1-shelf=B&copies-1-number=2")
                               ->set,
                          CV_FORM_P);
    /* The rows; whether each number is taken by another. */
    ck_assert_uint_eq(cv_sql_count() - before, 3);
}
END_TEST

/* "form-N-..." of two rows that are there and one extra form. */
static const char *const three =
    "form-TOTAL_FORMS=3&form-INITIAL_FORMS=2&form-0-id=1&form-0-shelf=A&form-0-number=1&form-0-ORDER=2&"
    "form-1-id=2&form-1-shelf=C&form-1-number=2&form-1-ORDER=1&form-2-shelf=D&form-2-number=9";

static CvFormSet *rows_of(const CvFormSetType *type, const char *query)
{
    CvFormInput input = {.arena = cv_arena(), .data = library_data(query)};
    return cv_formset_create(type, &input, &(CvFormSetOptions){.queryset = cv_filter(cv_objects(Copy), "pk__lt", 3)});
}

START_TEST(edit_only_makes_no_rows)
{
    static const CvFormSetType type = {.form = &CopyForm_type, .extra = 1, .edit_only = true};
    shelved();
    CvFormSet *set = rows_of(&type, three);
    ck_assert_str_eq(errors_of(set), "");
    cv_formset_save(set, NULL);
    ck_assert_uint_eq(set->new_objects->count, 0);
    ck_assert_str_eq(cv_get(Copy, "number", "2")->shelf, "C");
    ck_assert_int_eq(cv_count(cv_objects(Copy)), 3);
}
END_TEST

START_TEST(limits_and_order)
{
    static const CvFormSetType type = {
        .form = &CopyForm_type, .extra = 1, .max_num = 2, .validate_max = true, .can_order = true};
    size_t order[3];
    shelved();
    CvFormSet *set = rows_of(&type, three);
    ck_assert_str_eq(errors_of(set), "|Please submit at most 2 forms.");
    static const CvFormSetType open = {.form = &CopyForm_type, .extra = 1, .can_order = true};
    set = rows_of(&open, three);
    ck_assert_uint_eq(cv_formset_ordered(set, order), 3);
    ck_assert_uint_eq(order[0], 1);
    ck_assert_uint_eq(order[1], 0);
}
END_TEST

static void wrong_set(void *set)
{
    CvFormInput input = {.arena = cv_arena()};
    (void)cv_formset_create(&CopyFormSet_type, &input, &(CvFormSetOptions){.queryset = set});
}

static void wrong_parent(void *row)
{
    CvFormInput input = {.arena = cv_arena()};
    (void)cv_formset_create(&VolumeCopies_type, &input, &(CvFormSetOptions){.instance = row});
}

static void save_set(void *set)
{
    cv_formset_save(set, NULL);
}

START_TEST(mistakes_raise)
{
    CvError *error;
    shelved();
    ck_assert(!cv_try(wrong_set, cv_objects(Volume), &error));
    ck_assert_str_eq(error->message, "A formset of CopyForm edits a query set of Copy.");
    ck_assert(!cv_try(wrong_parent, austen, &error));
    ck_assert_str_eq(error->message, "The rows of CopyForm belong to rows of Volume, not of Writer.");
    ck_assert(!cv_try(save_set, copies_of(emma, 1, 0, "copies-0-shelf=X"), &error));
    ck_assert_str_eq(error->message, "The rows of Copy could not be saved because the data didn't validate.");
}
END_TEST

UNIT_TESTS("forms/model_formset", edit_only_makes_no_rows, limits_and_order, mistakes_raise,
           rows_are_shown_with_their_keys, rows_of_a_query_set, saving_changes_adds_and_removes,
           a_new_parent_gives_its_key, a_key_that_nobody_may_edit_stays, keys_that_were_tampered_with,
           a_lost_management_form_is_said, values_are_unique_across_forms,
           forms_that_go_do_not_count_in_a_set_that_is_right, the_foreign_key_is_found, links_are_verified,
           rows_that_are_shown_need_two_queries)
