/* fuzz_forms_rows.c: fields that choose rows and formsets over rows on what a visitor may send: by key, by a text, by a
 * moment. Nothing is saved that was not there or asked for: the rows that the set does not hold stay as they are. */
#include "db/db.h"
#include "forms/forms.h"
#include "orm/orm.h"
#include "orm/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const CvModel *author, *book;

static void setup(void *argument)
{
    CvArena *arena = argument;
    CvError error;
    if (!cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error))
        cv_raise_error(&error);
    CvField of_author[] = {cv_field("name", &cv_char_field, NULL, .max_length = 9, .unique = true),
                           cv_field("born", &cv_datetime_field, NULL, .null = true, .blank = true, .unique = true)};
    author = cv_model_build(arena, "Author", of_author, 2, NULL);
    CvField of_book[] = {cv_field("title", &cv_char_field, NULL, .max_length = 9),
                         cv_field("author", &cv_foreign_key_field, author, .on_delete = CV_CASCADE),
                         cv_field("price", &cv_decimal_field, NULL, .max_digits = 5, .decimal_places = 2),
                         cv_field("readers", &cv_many_to_many_field, author, .related_name = "read", .blank = true)};
    book = cv_model_build(arena, "Book", of_book, 4, NULL);
    cv_models_add("fuzz", (const CvModel *const[]){author, book, NULL});
    (void)cv_models_ready(NULL);
    cv_schema_create(NULL, NULL);
    cv_execute("INSERT INTO fuzz_author (id, name, born) VALUES (1, 'Ann', NULL), (2, 'Bo', '2024-02-29 10:20:00')");
    cv_execute(
        "INSERT INTO fuzz_book (id, title, author_id, price) VALUES (1, 'First', 1, '9.90'), (2, 'Second', 2, 1)");
}

static CvFormType *choosing(CvArena *arena)
{
    CvFormField fields[] = {
        cv_form_field("a", &cv_model_choice_form_field), cv_form_field("b", &cv_model_choice_form_field),
        cv_form_field("c", &cv_model_choice_form_field), cv_form_field("d", &cv_model_multiple_choice_form_field)};
    for (size_t i = 0; i < CV_COUNT_OF(fields); i++) {
        fields[i].model = author;
        fields[i].show_hidden_initial = i % 2;
    }
    fields[1].to_field_name = "name";
    fields[2].to_field_name = "born";
    return cv_form_type_build(arena, "Choosing", fields, CV_COUNT_OF(fields), NULL);
}

static CvQuerySet *book_with(int64_t id, const char *title)
{
    const char *names[] = {"id", "title"};
    CvValue values[] = {cv_value_int(id), cv_value_string(title)};
    return cv_filter_at(cv_everything_of(book), NULL, title ? 2 : 1, names, values);
}

static void use(void *argument)
{
    const CvFormInput *input = argument;
    CvForm *form = cv_form_create(choosing(input->arena), input, NULL);
    (void)cv_form_is_valid(form);
    (void)cv_form_changed_data(form);
    (void)cv_form_html(form, CV_FORM_DIV);
    const CvFormType *books =
        cv_model_form_type(input->arena, book, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
    CvForm *one = cv_form_create(books, input, NULL);
    if (cv_form_is_valid(one))
        cv_form_save(one, NULL);
    const CvFormSetType type = {.form = books, .extra = 1, .max_num = 3, .can_delete = true, .can_order = true};
    CvFormSetOptions options = {.queryset = book_with(1, NULL)};
    CvFormSet *set = cv_formset_create(&type, input, &options);
    if (set->count < 20 && cv_formset_is_valid(set))
        cv_formset_save(set, NULL);
    if (cv_length_of(book_with(2, "Second")) != 1)
        __builtin_trap();
}

static void use_and_forget(void *argument)
{
    CV_ATOMIC
    {
        use(argument);
        cv_set_rollback();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static CvArena *forever;
    CvArena *arena = cv_arena_create(0);
    CvArena *outer = cv_arena_enter(arena);
    CvError *raised, error;
    if (!forever) {
        forever = cv_arena_create(0);
        if (!cv_try(setup, forever, &raised))
            __builtin_trap();
    }
    CvSlice text = cv_slice_of((const char *)data, size);
    CvFormInput input = {.arena = arena, .data = cv_querydict_parse(arena, text, NULL, 1000, &error)};
    if (input.data) {
        if (!cv_try(use_and_forget, &input, &raised) && raised->kind != CV_ERROR_MEMORY)
            __builtin_trap();
    }
    cv_arena_leave(outer);
    cv_arena_destroy(arena);
    return 0;
}
