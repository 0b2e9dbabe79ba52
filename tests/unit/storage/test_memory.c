/* test_memory.c: files in memory: saving, reading, listing, and the site's table of storages. */
#include "unit.h"

#include "storage/storage.h"

static CvFileStorage memory(void)
{
    return (CvFileStorage){.kind = &cv_in_memory_storage, .data = cv_memory_files_create()};
}

static const char *put(const CvFileStorage *storage, const char *name, const char *bytes)
{
    CvError error;
    const char *stored;
    CvFile *file = cv_file_of_bytes(cv_arena(), name, cv_slice(bytes));
    ck_assert(cv_storage_save(cv_arena(), storage, NULL, file, 0, &stored, &error));
    return stored;
}

START_TEST(keeps_and_gives_back)
{
    CvFileStorage storage = memory();
    CvArena *arena = cv_arena();
    CvError error;
    CvFile *file;
    CvSlice bytes;
    CvFileStat stat;
    ck_assert_str_eq(put(&storage, "a/b.txt", "hello"), "a/b.txt");
    ck_assert_str_ne(put(&storage, "a/b.txt", "other"), "a/b.txt");
    ck_assert(cv_storage_open(arena, &storage, "a/b.txt", &file, &error));
    ck_assert(cv_file_read_all(file, 5, &bytes, &error));
    ck_assert(cv_slice_is(bytes, "hello"));
    cv_file_seek(file, 2);
    ck_assert(!cv_file_read_all(file, 2, &bytes, &error));
    ck_assert(cv_storage_stat(arena, &storage, "a/b.txt", &stat, &error));
    ck_assert_uint_eq(stat.size, 5);
    ck_assert(cv_storage_delete(arena, &storage, "a/b.txt", &error));
    ck_assert(cv_storage_delete(arena, &storage, "a/b.txt", &error));
    ck_assert(!cv_storage_open(arena, &storage, "a/b.txt", &file, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_DOES_NOT_EXIST);
    cv_memory_files_destroy((CvMemoryFiles *)(uintptr_t)storage.data);
}
END_TEST

START_TEST(lists_folders_once)
{
    CvFileStorage storage = memory();
    CvError error;
    CvList *folders, *files;
    (void)put(&storage, "b/one", "1");
    (void)put(&storage, "b/two", "2");
    (void)put(&storage, "a/b/c", "3");
    (void)put(&storage, "z", "4");
    ck_assert(cv_storage_listdir(cv_arena(), &storage, "", &folders, &files, &error));
    ck_assert_uint_eq(folders->count, 2);
    ck_assert_str_eq(folders->items[0].text, "a");
    ck_assert_uint_eq(files->count, 1);
    ck_assert(cv_storage_listdir(cv_arena(), &storage, "b", &folders, &files, &error));
    ck_assert_uint_eq(folders->count, 0);
    ck_assert_uint_eq(files->count, 2);
    ck_assert(!cv_storage_listdir(cv_arena(), &storage, "nowhere", &folders, &files, &error));
}
END_TEST

START_TEST(writes_over_where_allowed)
{
    CvFileStorage storage = memory();
    CvError error;
    CvFile *file;
    CvSlice bytes;
    storage.allow_overwrite = true;
    ck_assert_str_eq(put(&storage, "x", "1"), "x");
    ck_assert_str_eq(put(&storage, "x", "22"), "x");
    ck_assert(cv_storage_open(cv_arena(), &storage, "x", &file, &error));
    ck_assert(cv_file_read_all(file, 10, &bytes, &error));
    ck_assert(cv_slice_is(bytes, "22"));
}
END_TEST

START_TEST(has_a_table_of_storages)
{
    CvFileStorage one = memory(), two = memory();
    ck_assert(cv_default_storage() != NULL);
    ck_assert(cv_storage_of("covers") == NULL);
    cv_set_storages(CV_STORAGES({"default", &one}, {"covers", &two}));
    ck_assert(cv_default_storage() == &one);
    ck_assert(cv_storage_of("covers") == &two);
    cv_set_storages(NULL);
    ck_assert(cv_default_storage() != &one);
}
END_TEST

UNIT_TESTS("storage/memory", keeps_and_gives_back, lists_folders_once, writes_over_where_allowed,
           has_a_table_of_storages)
