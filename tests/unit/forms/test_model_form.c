/* test_model_form.c: forms over models: which fields, what they start with, checking by the model, saving, choosing
 * rows. */
#include "unit.h"

#include "base/self.h"
#include "library.h"

#define TEXT(slice) cv_slice_string(cv_arena(), (slice))

static VolumeForm *bound(const char *query, Volume *instance)
{
    CvFormInput input = {.arena = cv_arena(), .data = library_data(query)};
    return (VolumeForm *)cv_form_create(&VolumeForm_type, &input, &(CvFormOptions){.instance = instance});
}

static const char *first_error(CvForm *form, const char *name)
{
    const CvErrorList *errors = name ? cv_bound_errors(cv_form_field_of(form, name)) : &form->non_field;
    return errors->count ? TEXT(cv_invalid_text(cv_arena(), &errors->items[0])) : "";
}

static const char *names_of(CvForm *form)
{
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < form->count; i++)
        cv_buffer_printf(&out, "%s ", form->fields[i].field->name);
    return cv_buffer_string(&out);
}

static CvForm *unbound(const CvFormType *type, void *instance)
{
    return cv_form_create(type, &(CvFormInput){.arena = cv_arena()}, &(CvFormOptions){.instance = instance});
}

#define GOOD "title=Persuasion&slug=persuasion&writer=1&price=8&pages=9&binding=soft&topics=1&topics=2"

START_TEST(fields_come_from_the_model_in_order)
{
    library_open();
    ck_assert_str_eq(names_of(unbound(&VolumeForm_type, NULL)), "title slug writer price pages topics binding notify ");
    ck_assert_str_eq(names_of(unbound(&EveryForm_type, NULL)),
                     "title slug writer editor binding price pages in_print published topics ");
    ck_assert_str_eq(names_of(unbound(&CopyForm_type, NULL)), "shelf number ");
}
END_TEST

START_TEST(options_of_the_list_are_shown)
{
    library_open();
    CvForm *form = unbound(&VolumeForm_type, NULL);
    ck_assert_str_eq(TEXT(cv_bound_html(cv_form_field_of(form, "title"))),
                     "<textarea name=\"title\" cols=\"40\" rows=\"10\" maxlength=\"30\" required id=\"id_title\">\n"
                     "</textarea>");
    ck_assert_str_eq(cv_form_field_of(form, "price")->label, "Price in euros");
    ck_assert_str_eq(cv_form_field_of(form, "slug")->field->help_text, "For the address");
    ck_assert_str_eq(TEXT(cv_bound_html(cv_form_field_of(form, "binding"))),
                     "<select name=\"binding\" id=\"id_binding\">\n  <optgroup label=\"Paper\">\n"
                     "  <option value=\"hard\" selected>Hard cover</option>\n\n"
                     "  <option value=\"soft\">Soft cover</option>\n\n  </optgroup>\n"
                     "  <option value=\"file\">File</option>\n\n</select>");
}
END_TEST

START_TEST(a_row_fills_the_form)
{
    library_open();
    CvForm *form = unbound(&VolumeForm_type, emma);
    ck_assert(cv_form_instance(form) == emma);
    ck_assert_ptr_nonnull(strstr(TEXT(cv_bound_html(cv_form_field_of(form, "price"))), "value=\"7.50\""));
    ck_assert_ptr_nonnull(
        strstr(TEXT(cv_bound_html(cv_form_field_of(form, "writer"))), "<option value=\"1\" selected>Austen</option>"));
    ck_assert_ptr_nonnull(
        strstr(TEXT(cv_bound_html(cv_form_field_of(form, "topics"))), "<option value=\"1\" selected>novel</option>"));
}
END_TEST

START_TEST(saving_makes_a_row_and_its_sets)
{
    library_open();
    VolumeForm *form = bound(GOOD, NULL);
    ck_assert_msg(cv_is_valid(form), "%s", TEXT(cv_form_errors_text(&form->form)));
    ck_assert_str_eq(form->instance->title, "Persuasion");
    Volume *saved = cv_save_form(form);
    ck_assert(saved == form->instance && saved->id > 0);
    Volume *again = cv_get(Volume, "slug", "persuasion");
    ck_assert_str_eq(cv_one(again, writer)->name, "Austen");
    ck_assert_str_eq(again->binding, "soft");
    ck_assert(again->in_print); /* a default that the form does not ask for */
    ck_assert_int_eq(cv_count(cv_related(again, topics)), 2);
}
END_TEST

START_TEST(changing_a_row_keeps_what_the_form_does_not_ask)
{
    library_open();
    emma->in_print = false;
    cv_save(emma);
    VolumeForm *form = bound("title=Emma!&slug=emma&writer=1&price=7.50&pages=9&binding=hard", emma);
    ck_assert_msg(cv_is_valid(form), "%s", TEXT(cv_form_errors_text(&form->form)));
    ck_assert_str_eq(TEXT(cv_value_repr(cv_arena(), cv_value_list(cv_form_changed_data(&form->form)))),
                     "['title', 'pages', 'topics']");
    cv_save_form(form);
    Volume *again = cv_get(Volume, "slug", "emma");
    ck_assert_str_eq(again->title, "Emma!");
    ck_assert(!again->in_print);
    ck_assert_int_eq(cv_count(cv_related(again, topics)), 0);
}
END_TEST

START_TEST(the_model_refuses)
{
    library_open();
    VolumeForm *form = bound("title=Nameless&slug=emma&writer=1&price=8&pages=13&binding=hard", NULL);
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(&form->form, "title"), "It must have a name.");
    ck_assert_str_eq(first_error(&form->form, "slug"), "Volume with this Slug already exists.");
    ck_assert_str_eq(first_error(&form->form, NULL), "Not 13 pages.");
    form = bound("title=Emma&slug=x&writer=1&price=8&pages=666&binding=hard", NULL);
    ck_assert(!cv_is_valid(form));
    ck_assert_uint_eq(form->form.non_field.count, 2);
    ck_assert_str_eq(first_error(&form->form, NULL), "That writer has that title."); /* the form's own text */
    form = bound("title=&slug=x y&writer=1&price=x&pages=0&binding=hard", NULL);
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(&form->form, "title"), "A volume has a title.");
    ck_assert_str_eq(first_error(&form->form, "pages"), "Ensure this value is greater than or equal to 1.");
}
END_TEST

static void save_form(void *form)
{
    cv_form_save(form, NULL);
}

START_TEST(an_invalid_form_is_not_saved)
{
    library_open();
    CvError *error;
    ck_assert(!cv_try(save_form, bound("title=x", NULL), &error));
    ck_assert_str_eq(error->message, "The Volume could not be created because the data didn't validate.");
    ck_assert(!cv_try(save_form, bound("title=x", emma), &error));
    ck_assert_str_eq(error->message, "The Volume could not be changed because the data didn't validate.");
}
END_TEST

START_TEST(without_commit_the_caller_saves)
{
    library_open();
    VolumeForm *form = bound(GOOD, NULL);
    Volume *volume = cv_save_form(form, .no_commit = true);
    ck_assert_int_eq(volume->id, 0);
    volume->editor = cv_ref(borges);
    cv_save(volume);
    cv_save_m2m(form);
    Volume *again = cv_get(Volume, "slug", "persuasion");
    ck_assert_int_eq(again->editor.id, borges->id);
    ck_assert_int_eq(cv_count(cv_related(again, topics)), 2);
}
END_TEST

START_TEST(numbers_beyond_64_bits_are_the_models_to_refuse)
{
    library_open();
    VolumeForm *form = bound("title=a&slug=b&writer=1&price=8&pages=9223372036854775808&binding=hard", NULL);
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(first_error(&form->form, "pages"),
                     "Ensure this value is less than or equal to 9223372036854775807.");
}
END_TEST

/* The member has no room for an empty text, so that 0 is refused, not the program's mistake told. */
START_TEST(a_number_that_was_not_chosen_is_refused)
{
    library_open();
    const CvFormType *type =
        cv_model_form_type(cv_arena(), &Box_model, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
    CvFormInput input = {.arena = cv_arena(), .data = library_data("weight=x&size=")};
    CvForm *form = cv_form_create(type, &input, NULL);
    ck_assert_str_eq(first_error(form, "weight"), "Enter a whole number.");
    ck_assert_str_eq(first_error(form, "size"), "Select a valid choice. 0 is not one of the available choices.");
}
END_TEST

static void other_model(void *form_type)
{
    unbound(form_type, austen);
}

static void no_fields(void *unused)
{
    (void)unused;
    cv_model_form_type(cv_arena(), &Volume_model, &(CvModelFormMeta){.labels = NULL}, NULL, 0);
}

static void unknown_fields(void *fields)
{
    cv_model_form_type(cv_arena(), &Volume_model, &(CvModelFormMeta){.fields = fields}, NULL, 0);
}

START_TEST(mistakes_raise)
{
    library_open();
    CvError *error;
    const char *unknown[] = {"title", "titel", "size", NULL}, *hidden[] = {"added", NULL};
    ck_assert(!cv_try(other_model, (void *)(uintptr_t)&VolumeForm_type, &error));
    ck_assert_str_eq(error->message, "VolumeForm edits rows of Volume, not of Writer.");
    ck_assert(!cv_try(no_fields, NULL, &error) && error->kind == CV_ERROR_CONFIGURATION);
    ck_assert(!cv_try(unknown_fields, (void *)unknown, &error) && error->kind == CV_ERROR_FIELD);
    ck_assert_str_eq(error->message, "Unknown field(s) (titel, size) specified for Volume");
    ck_assert(!cv_try(unknown_fields, (void *)hidden, &error));
    ck_assert_str_eq(error->message, "'added' cannot be specified for Volume model form as it is a non-editable field");
}
END_TEST

START_TEST(names_are_verified)
{
    library_open();
    CvErrors errors = {.arena = cv_arena()};
    ck_assert(cv_form_type_verify(&VolumeForm_type, &errors));
    ck_assert(cv_form_type_verify(&ChoiceForm_type, &errors));
    CvModelFormMeta meta = {.model = &Volume_model,
                            .fields = CV_LIST("title", "slugg", "added"),
                            .labels = CV_LIST("price", "x", "prise", "y"),
                            .error_messages = CV_LIST("titel.required", "z", "__all__.unique", "w"),
                            .widgets = CV_WIDGETS({"page", CV_TEXTAREA})};
    CvFormType type = {.name = "Bad", .meta = &meta};
    ck_assert(!cv_form_type_verify(&type, &errors));
    ck_assert_uint_eq(errors.count, 5);
    ck_assert_str_eq(errors.items[0]->message, "Bad: .fields names 'slugg', which is no field of Volume");
    ck_assert_str_eq(errors.items[0]->hint, "Did you mean 'slug'?");
    ck_assert_ptr_nonnull(strstr(errors.items[1]->message, "prise"));
    ck_assert_ptr_nonnull(strstr(errors.items[2]->message, "titel"));
    ck_assert_ptr_nonnull(strstr(errors.items[3]->message, "page"));
    ck_assert_ptr_nonnull(strstr(errors.items[4]->message, "non-editable"));
}
END_TEST

/* ---- fields that choose rows ---- */

static ChoiceForm *choosing(const char *query)
{
    CvFormInput input = {.arena = cv_arena(), .data = query ? library_data(query) : NULL};
    return (ChoiceForm *)cv_form_create(&ChoiceForm_type, &input, NULL);
}

START_TEST(rows_are_choices)
{
    library_open();
    CvForm *form = &choosing(NULL)->form;
    ck_assert_str_eq(
        TEXT(cv_bound_html(cv_form_field_of(form, "writer"))),
        "<select name=\"writer\" required id=\"id_writer\">\n"
        "  <option value=\"\" selected>- Select an option -</option>\n\n"
        "  <optgroup label=\"Before 1900\">\n  <option value=\"2\">Borges (1899)</option>\n\n  </optgroup>\n"
        "  <optgroup label=\"Later\">\n  <option value=\"3\">Calvino (1923)</option>\n\n  </optgroup>\n"
        "</select>");
}
END_TEST

START_TEST(choices_are_read_once)
{
    library_open();
    CvForm *form = &choosing(NULL)->form;
    uint64_t before = cv_sql_count();
    (void)cv_form_html(form, CV_FORM_P);
    (void)cv_form_html(form, CV_FORM_DIV);
    ck_assert_uint_eq(cv_sql_count() - before, 2); /* one for each of the two fields */
}
END_TEST

START_TEST(chosen_rows_are_members)
{
    library_open();
    ChoiceForm *form = choosing("writer=2&topics=novel&topics=essay&topics=novel");
    ck_assert_msg(cv_is_valid(form), "%s", TEXT(cv_form_errors_text(&form->form)));
    ck_assert_str_eq(form->writer->name, "Borges");
    ck_assert_int_eq(cv_count(form->topics), 2);
    form = choosing("writer=2");
    ck_assert(cv_is_valid(form));
    ck_assert_int_eq(cv_count(form->topics), 0);
}
END_TEST

START_TEST(rows_that_are_no_choice_are_refused)
{
    library_open();
    static const char *const wrong[] = {"writer=1", "writer=99", "writer=x", "writer=99999999999999999999"};
    for (size_t i = 0; i < CV_COUNT_OF(wrong); i++)
        ck_assert_str_eq(first_error(&choosing(wrong[i])->form, "writer"),
                         "Select a valid choice. That choice is not one of the available choices.");
    ck_assert_str_eq(first_error(&choosing("writer=")->form, "writer"), "This field is required.");
    ck_assert_str_eq(first_error(&choosing("writer=%00")->form, "writer"), "Null characters are not allowed.");
    ck_assert_str_eq(first_error(&choosing("topics=poem")->form, "topics"),
                     "Select a valid choice. poem is not one of the available choices.");
    ck_assert_str_eq(first_error(&bound("topics=zz", NULL)->form, "topics"), "“zz” is not a valid value.");
}
END_TEST

START_TEST(a_form_may_narrow_its_choices)
{
    library_open();
    ChoiceForm *form = choosing("writer=3");
    cv_set_queryset(form, "writer", cv_filter(cv_objects(Writer), "name", "Borges"));
    ck_assert(!cv_is_valid(form));
}
END_TEST

START_TEST(a_path_offers_the_files_of_the_models_folder)
{
    CvField of_shelf[] = {cv_field("drink", &cv_file_path_field, NULL, .path = "/", .match = "^(etc|dev)$",
                                   .allow_folders = true, .blank = true)};
    const CvModel *shelf = cv_model_build(cv_arena(), "Shelf", of_shelf, 1, NULL);
    CvErrors errors = {.arena = cv_arena()};
    cv_models_add("cellar", (const CvModel *const[]){shelf, NULL});
    ck_assert(cv_models_ready(&errors));
    const CvFormType *type =
        cv_model_form_type(cv_arena(), shelf, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
    ck_assert_str_eq(TEXT(cv_bound_html(cv_form_field_of(unbound(type, NULL), "drink"))),
                     "<select name=\"drink\" id=\"id_drink\">\n  <option value=\"\" selected>- Select an option "
                     "-</option>\n\n  <option value=\"/dev\">dev</option>\n\n  <option "
                     "value=\"/etc\">etc</option>\n\n</select>");
}
END_TEST

UNIT_TESTS("forms/model_form", fields_come_from_the_model_in_order, options_of_the_list_are_shown, a_row_fills_the_form,
           saving_makes_a_row_and_its_sets, changing_a_row_keeps_what_the_form_does_not_ask, the_model_refuses,
           an_invalid_form_is_not_saved, without_commit_the_caller_saves,
           numbers_beyond_64_bits_are_the_models_to_refuse, a_number_that_was_not_chosen_is_refused, mistakes_raise,
           names_are_verified, rows_are_choices, choices_are_read_once, chosen_rows_are_members,
           rows_that_are_no_choice_are_refused, a_form_may_narrow_its_choices,
           a_path_offers_the_files_of_the_models_folder)
