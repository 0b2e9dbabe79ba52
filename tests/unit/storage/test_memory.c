/* test_memory.c: files in memory: saving, reading, listing, and the site's table of storages. */
#include "unit.h"

#include "storage/storage.h"

static CvMemoryFiles *kept[4]; /* for the life of the test's process */
static size_t kept_count;

static CvFileStorage memory(void)
{
    return (CvFileStorage){.kind = &cv_in_memory_storage, .data = kept[kept_count++ % 4] = cv_memory_files_create()};
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

/* A storage of a site's own: one slot, and names of its own making. */
static char slot[32];
static char slot_bytes[32];

static CvSaved slot_save(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile *content,
                         CvError *error)
{
    size_t got;
    (void)storage, (void)arena;
    memcpy(slot, name, strlen(name) + 1);
    return cv_file_read(content, slot_bytes, sizeof slot_bytes, &got, error) ? CV_SAVED : CV_SAVE_FAILED;
}
static bool slot_open(const CvFileStorage *storage, CvArena *arena, const char *name, CvFile **file, CvError *error)
{
    (void)storage, (void)error;
    *file = cv_file_of_bytes(arena, name, cv_slice(slot_bytes));
    return true;
}
static bool slot_remove(const CvFileStorage *storage, CvArena *arena, const char *name, CvError *error)
{
    (void)storage, (void)arena, (void)name, (void)error;
    slot[0] = '\0';
    return true;
}
static bool slot_exists(const CvFileStorage *storage, CvArena *arena, const char *name, bool *exists, CvError *error)
{
    (void)storage, (void)arena, (void)error;
    *exists = strcmp(slot, name) == 0;
    return true;
}
static const char *slot_alternative(const CvFileStorage *storage, CvArena *arena, const char *root, const char *ending)
{
    (void)storage;
    return cv_arena_printf(arena, "%s+%s", root, ending);
}
static const CvFileStorageKind slot_kind = {.name = "Slot",
                                            .save = slot_save,
                                            .open = slot_open,
                                            .remove = slot_remove,
                                            .exists = slot_exists,
                                            .alternative_name = slot_alternative};

START_TEST(may_be_of_a_sites_own)
{
    static const CvFileStorage storage = {.kind = &slot_kind};
    CvError error;
    CvFileStat stat;
    CvList *folders, *files;
    const char *path;
    ck_assert_str_eq(put(&storage, "a.txt", "one"), "a.txt");
    ck_assert_str_eq(put(&storage, "a.txt", "two"), "a+.txt");
    ck_assert(!cv_storage_stat(cv_arena(), &storage, "a.txt", &stat, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_NOT_SUPPORTED);
    ck_assert(!cv_storage_listdir(cv_arena(), &storage, "", &folders, &files, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_NOT_SUPPORTED);
    ck_assert(!cv_storage_path(cv_arena(), &storage, "a.txt", &path, &error));
    ck_assert_str_eq(error.message, "Slot does not support absolute paths.");
    ck_assert(cv_storage_delete(cv_arena(), &storage, "a+.txt", &error));
    ck_assert_str_eq(put(&storage, "a+.txt", "three"), "a+.txt");
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

UNIT_TESTS("storage/memory", keeps_and_gives_back, lists_folders_once, writes_over_where_allowed, may_be_of_a_sites_own,
           has_a_table_of_storages)
