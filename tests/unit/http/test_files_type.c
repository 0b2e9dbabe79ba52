/* test_files_type.c: uploaded files by field, and as templates see them. */
#include "http/http.h"
#include "unit.h"

static CvArena *arena;
static CvUploadedFile first = {.object.type = &cv_uploaded_file_type,
                               .field = "photo",
                               .name = "a.png",
                               .content_type = "image/png",
                               .size = 7},
                      text = {.object.type = &cv_uploaded_file_type,
                              .field = "note",
                              .name = "n.txt",
                              .content_type = "text/plain",
                              .charset = "utf-8",
                              .size = UINT32_MAX + UINT64_C(1),
                              .path = "/nowhere/upload"},
                      second = {
                          .object.type = &cv_uploaded_file_type, .field = "photo", .name = "b.png", .content_type = ""};
static CvUploadedFile *items[] = {&first, &text, &second};
static CvFiles files = {.object.type = &cv_files_type, .items = items, .count = 3},
               none = {.object.type = &cv_files_type};

static void start(void)
{
    arena = cv_arena_create(0);
}

/* repr() of a member, or "(none)". */
static const char *member(const void *object, const char *name)
{
    CvValue value;
    if (!cv_type_of(object)->get(object, cv_slice(name), arena, &value))
        return "(none)";
    return cv_slice_string(arena, cv_value_repr(arena, value));
}

START_TEST(the_last_file_of_a_field_counts)
{
    ck_assert_ptr_eq(cv_files_get(&files, "photo"), &second);
    ck_assert_ptr_eq(cv_files_value(&files, "photo", 0), &first);
    ck_assert_ptr_eq(cv_files_value(&files, "photo", 1), &second);
    ck_assert_ptr_null(cv_files_value(&files, "photo", 2));
    ck_assert_ptr_eq(cv_files_get(&files, "note"), &text);
    ck_assert_ptr_null(cv_files_get(&files, "Photo"));
    ck_assert_ptr_null(cv_files_get(&none, "photo"));
}
END_TEST

START_TEST(members_of_a_file)
{
    start();
    ck_assert_str_eq(member(&text, "name"), "'n.txt'");
    ck_assert_str_eq(member(&text, "size"), "4294967296");
    ck_assert_str_eq(member(&text, "content_type"), "'text/plain'");
    ck_assert_str_eq(member(&text, "charset"), "'utf-8'");
    ck_assert_str_eq(member(&first, "charset"), "None");
    ck_assert_str_eq(member(&text, "path"), "(none)"); /* where it lies is nobody's business */
    ck_assert(cv_slice_is(cv_value_str(arena, cv_value_object(&text)), "n.txt"));
    ck_assert(cv_slice_is(cv_value_repr(arena, cv_value_object(&text)), "<TemporaryUploadedFile: n.txt (text/plain)>"));
}
END_TEST

#define FIRST "<InMemoryUploadedFile: a.png (image/png)>"
#define SECOND "<InMemoryUploadedFile: b.png ()>"
#define NOTE "<TemporaryUploadedFile: n.txt (text/plain)>"

START_TEST(members_of_all_files)
{
    start();
    ck_assert_str_eq(member(&files, "photo"), SECOND);
    ck_assert_str_eq(member(&files, "missing"), "(none)");
    ck_assert_str_eq(member(&files, "keys"), "['photo', 'note']");
    ck_assert_str_eq(member(&files, "values"), "[" SECOND ", " NOTE "]");
    ck_assert_str_eq(member(&files, "items"), "[('photo', " SECOND "), ('note', " NOTE ")]");
    ck_assert_str_eq(member(&files, "lists"), "[('photo', [" FIRST ", " SECOND "]), ('note', [" NOTE "])]");
    ck_assert_str_eq(member(&none, "items"), "[]");
    ck_assert(cv_slice_is(cv_value_str(arena, cv_value_object(&files)),
                          "<MultiValueDict: {'photo': [" FIRST ", " SECOND "], 'note': [" NOTE "]}>"));
}
END_TEST

START_TEST(a_field_of_that_name_hides_a_method)
{
    start();
    CvUploadedFile odd = {
        .object.type = &cv_uploaded_file_type, .field = "items", .name = "i", .content_type = "text/plain"};
    CvUploadedFile *one[] = {&odd};
    CvFiles some = {.object.type = &cv_files_type, .items = one, .count = 1};
    ck_assert_str_eq(member(&some, "items"), "<InMemoryUploadedFile: i (text/plain)>");
}
END_TEST

START_TEST(fields_are_counted_and_walked_once)
{
    start();
    size_t count;
    ck_assert(cv_files_type.length(&files, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert(cv_value_truth(cv_value_object(&files)));
    ck_assert(!cv_value_truth(cv_value_object(&none)));
    ck_assert(cv_files_type.contains(&files, cv_value_string("note")));
    ck_assert(!cv_files_type.contains(&files, cv_value_string("not")));
    ck_assert(!cv_files_type.contains(&files, cv_value_int(1)));
    CvIterator iterator = {.arena = arena, .object = &files};
    CvValue name;
    cv_files_type.iterate(&files, &iterator);
    ck_assert(iterator.next(&iterator, &name));
    ck_assert_str_eq(name.text, "photo");
    ck_assert(iterator.next(&iterator, &name));
    ck_assert_str_eq(name.text, "note");
    ck_assert(!iterator.next(&iterator, &name));
}
END_TEST

UNIT_TESTS("http/files_type", the_last_file_of_a_field_counts, members_of_a_file, members_of_all_files,
           a_field_of_that_name_hides_a_method, fields_are_counted_and_walked_once)
