/* test_field_path.c: which files and folders a FilePathField offers, in which order, under which names. */
#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/self.h"
#include "forms/forms.h"

static char root[] = "/tmp/caravan-paths-XXXXXX";

static void make_file(const char *name)
{
    FILE *file = fopen(cv_printf("%s/%s", root, name), "w");
    ck_assert_ptr_nonnull(file);
    (void)fclose(file);
}

static void make_tree(void)
{
    ck_assert_ptr_nonnull(mkdtemp(root));
    ck_assert_int_eq(mkdir(cv_printf("%s/black", root), 0755), 0);
    ck_assert_int_eq(mkdir(cv_printf("%s/black/tins", root), 0755), 0);
    ck_assert_int_eq(mkdir(cv_printf("%s/__pycache__", root), 0755), 0);
    ck_assert_int_eq(symlink(root, cv_printf("%s/black/again", root)), 0);
    static const char *const names[] = {"tea.txt",          "milk.txt",        "tea.png",
                                        "black/yunnan.txt", "black/assam.txt", "black/tins/keemun.txt"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        make_file(names[i]);
}

static CvFormField field_of_tree(void)
{
    if (strstr(root, "XXXXXX"))
        make_tree();
    CvFormField field = cv_form_field("drink", &cv_file_path_form_field);
    field.path = root;
    return field;
}

/* The texts of all choices, with a comma between them; each value must be a path that is there. */
static const char *choices(CvFormField *field)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_form_field_prepare(field, cv_arena());
    for (size_t i = 0; i < field->options.count; i++) {
        CvSlice value = cv_value_str(cv_arena(), field->options.items[i].value);
        cv_buffer_append_string(&out, i ? "," : "");
        cv_buffer_append_slice(&out, cv_value_str(cv_arena(), field->options.items[i].label));
        ck_assert(value.length == 0 || access(cv_slice_string(cv_arena(), value), F_OK) == 0);
    }
    return cv_buffer_string(&out);
}

START_TEST(files_of_a_folder_by_name)
{
    CvFormField field = field_of_tree();
    ck_assert_str_eq(choices(&field), "milk.txt,tea.png,tea.txt");
    field = field_of_tree();
    field.required = false;
    field.match = "^tea\\.";
    ck_assert_str_eq(choices(&field), "- Select an option -,tea.png,tea.txt");
    field = field_of_tree();
    field.allow_folders = true;
    ck_assert_str_eq(choices(&field), "black,milk.txt,tea.png,tea.txt");
    field = field_of_tree();
    field.allow_folders = field.no_files = true;
    ck_assert_str_eq(choices(&field), "black");
}
END_TEST

START_TEST(a_tree_goes_folder_by_folder)
{
    CvFormField field = field_of_tree();
    field.recursive = true;
    ck_assert_str_eq(choices(&field),
                     "/milk.txt,/tea.png,/tea.txt,/black/assam.txt,/black/yunnan.txt,/black/tins/keemun.txt");
    field = field_of_tree();
    field.recursive = field.allow_folders = true;
    field.match = "a";
    field.path = cv_printf("%s/", root);
    ck_assert_str_eq(choices(&field), "tea.png,tea.txt,black,black/assam.txt,black/yunnan.txt,black/again");
}
END_TEST

START_TEST(the_value_is_the_path)
{
    CvFormField field = field_of_tree();
    CvInvalids invalids = {.arena = cv_arena()};
    CvValue out;
    (void)choices(&field);
    const char *path = cv_printf("%s/tea.txt", root);
    ck_assert(cv_field_clean(&field, cv_arena(), CV_VALUE(path), cv_value_null(), &out, &invalids));
    ck_assert_str_eq(out.text, path);
    ck_assert(!cv_field_clean(&field, cv_arena(), CV_VALUE("/etc/passwd"), cv_value_null(), &out, &invalids));
    ck_assert_str_eq(invalids.items[0].code, "invalid_choice");
}
END_TEST

static void prepare(void *field)
{
    cv_form_field_prepare(field, cv_arena());
}

START_TEST(a_folder_that_is_not_there_is_an_error)
{
    CvFormField field = cv_form_field("drink", &cv_file_path_form_field);
    CvError *error;
    field.path = "/nowhere";
    ck_assert(!cv_try(prepare, &field, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_OS);
    ck_assert_str_eq(error->message,
                     "The folder of the FilePathField 'drink' cannot be read: '/nowhere': No such file or directory.");
}
END_TEST

UNIT_TESTS("forms/field_path", files_of_a_folder_by_name, a_tree_goes_folder_by_folder, the_value_is_the_path,
           a_folder_that_is_not_there_is_an_error)
