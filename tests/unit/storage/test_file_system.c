/* test_file_system.c: files on the disk: what is written where, races, links, moves, errors, fibers. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loop/loop.h"
#include "storage/storage.h"

enum { LENGTH = 200000 };
static char root[64];

static CvFileStorage disk(void)
{
    memcpy(root, "/tmp/caravan-storage-XXXXXX", 28);
    ck_assert(mkdtemp(root) != NULL);
    return (CvFileStorage){
        .kind = &cv_file_system_storage, .location = cv_printf("%s/media", root), .base_url = "/media/"};
}

static const char *put(const CvFileStorage *storage, const char *name, CvFile *file)
{
    CvError error = {0};
    const char *stored;
    bool saved = cv_storage_save(cv_arena(), storage, name, file, 0, &stored, &error);
    ck_assert_msg(saved, "%s", error.message);
    return stored;
}

static CvFile *bytes(const char *text)
{
    return cv_file_of_bytes(cv_arena(), "x", cv_slice(text));
}

static const char *read_file(const CvFileStorage *storage, const char *name)
{
    CvError error = {0};
    CvFile *file;
    CvSlice out;
    ck_assert_msg(cv_storage_open(cv_arena(), storage, name, &file, &error), "%s", error.message);
    ck_assert(cv_file_read_all(file, 1 << 20, &out, &error));
    ck_assert_uint_eq(out.length, file->size);
    cv_file_close(file);
    return out.data;
}

START_TEST(writes_whole_files)
{
    CvFileStorage storage = disk();
    CvArena *arena = cv_arena();
    CvError error;
    CvFileStat stat_of;
    const char *path;
    struct stat at;
    ck_assert_str_eq(put(&storage, "a/b/c.txt", bytes("hello")), "a/b/c.txt");
    ck_assert_str_eq(read_file(&storage, "a/b/c.txt"), "hello");
    ck_assert(cv_storage_path(arena, &storage, "a/b/c.txt", &path, &error));
    ck_assert_str_eq(path, cv_printf("%s/media/a/b/c.txt", root));
    ck_assert_int_eq(stat(path, &at), 0);
    ck_assert_int_eq(at.st_mode & 0777, 0644);
    ck_assert(cv_storage_stat(arena, &storage, "a/b/c.txt", &stat_of, &error));
    ck_assert_uint_eq(stat_of.size, 5);
    int64_t age = cv_now_seconds() - at.st_mtime;
    ck_assert(age >= 0 && age < 60);
    CvDateTime now = cv_now();
    ck_assert_int_eq(cv_datetime_clock(stat_of.modified, NULL).date.year, cv_datetime_clock(now, NULL).date.year);
    storage.file_permissions = 0600;
    (void)put(&storage, "secret", bytes(""));
    ck_assert_int_eq(stat(cv_printf("%s/media/secret", root), &at), 0);
    ck_assert_int_eq(at.st_mode & 0777, 0600);
}
END_TEST

START_TEST(never_writes_over)
{
    CvFileStorage storage = disk();
    CvError error;
    bool there;
    (void)put(&storage, "x.txt", bytes("one"));
    const char *second = put(&storage, "x.txt", bytes("two"));
    ck_assert_str_ne(second, "x.txt");
    ck_assert_str_eq(read_file(&storage, "x.txt"), "one");
    ck_assert_str_eq(read_file(&storage, second), "two");
    /* The kind itself says "taken", whatever was looked up before. */
    ck_assert_int_eq(storage.kind->save(&storage, cv_arena(), "x.txt", bytes("three"), &error), CV_SAVE_NAME_TAKEN);
    ck_assert_str_eq(read_file(&storage, "x.txt"), "one");
    storage.allow_overwrite = true;
    ck_assert_str_eq(put(&storage, "x.txt", bytes("four")), "x.txt");
    ck_assert_str_eq(read_file(&storage, "x.txt"), "four");
    ck_assert(cv_storage_delete(cv_arena(), &storage, "x.txt", &error));
    ck_assert(cv_storage_exists(cv_arena(), &storage, "x.txt", &there, &error));
    ck_assert(!there);
    ck_assert(cv_storage_delete(cv_arena(), &storage, "x.txt", &error));
}
END_TEST

START_TEST(follows_no_links)
{
    CvFileStorage storage = disk();
    CvArena *arena = cv_arena();
    CvError error;
    CvFile *file;
    const char *name;
    bool there;
    (void)put(&storage, "inside.txt", bytes("in"));
    const char *outside = cv_printf("%s/outside", root), *secret = cv_printf("%s/outside/secret", root);
    ck_assert_int_eq(mkdir(outside, 0755), 0);
    int fd = open(secret, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ck_assert(fd >= 0 && write(fd, "secret", 6) == 6 && close(fd) == 0);
    ck_assert_int_eq(symlink(outside, cv_printf("%s/media/way", root)), 0);
    ck_assert_int_eq(symlink(secret, cv_printf("%s/media/file", root)), 0);
    ck_assert(!cv_storage_open(arena, &storage, "way/secret", &file, &error));
    ck_assert(!cv_storage_open(arena, &storage, "file", &file, &error));
    ck_assert(!cv_storage_save(arena, &storage, "way/new", bytes("x"), 0, &name, &error));
    ck_assert(cv_storage_exists(arena, &storage, "way/secret", &there, &error) && !there);
    ck_assert(cv_storage_exists(arena, &storage, "file", &there, &error) && there);
    ck_assert(!cv_storage_delete(arena, &storage, "way/secret", &error));
    ck_assert_str_ne(put(&storage, "file", bytes("mine")), "file");
    ck_assert_int_eq(access(secret, F_OK), 0);
    ck_assert_int_ne(access(cv_printf("%s/outside/new", root), F_OK), 0);
}
END_TEST

START_TEST(moves_temporary_files)
{
    CvFileStorage storage = disk();
    const char *path = cv_printf("%s/upload", root);
    struct stat before, after;
    bool moved = false;
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ck_assert(fd >= 0 && write(fd, "upload", 6) == 6 && close(fd) == 0);
    ck_assert_int_eq(stat(path, &before), 0);
    (void)put(&storage, "taken", bytes("x"));
    const char *name = put(&storage, "taken", cv_file_of_path(cv_arena(), "u", path, 6, &moved));
    ck_assert_str_ne(name, "taken");
    ck_assert_int_eq(stat(cv_printf("%s/media/%s", root, name), &after), 0);
    ck_assert(before.st_ino == after.st_ino);
    ck_assert_int_eq(after.st_mode & 0777, 0644);
    ck_assert_str_eq(read_file(&storage, name), "upload");
    /* One that may not be moved is copied. */
    name = put(&storage, "copy", cv_file_of_path(cv_arena(), "u", path, 6, NULL));
    ck_assert_str_eq(read_file(&storage, name), "upload");
    ck_assert_int_eq(access(path, F_OK), 0);
    storage.allow_overwrite = true;
    (void)put(&storage, "copy", cv_file_of_path(cv_arena(), "u", path, 6, &moved));
    ck_assert(moved);
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

static bool break_off(CvFile *file, uint64_t position, char *buffer, size_t room, size_t *got, CvError *error)
{
    if (position > 100000)
        return cv_fail(file->arena, error, CV_ERROR_OS, "The visitor is gone.");
    memset(buffer, 'x', room);
    *got = room;
    return true;
}

START_TEST(leaves_no_halves)
{
    static const CvFileSource source = {.read = break_off};
    CvFileStorage storage = disk();
    CvArena *arena = cv_arena();
    CvError error;
    CvList *folders, *files;
    CvFile file = {.arena = arena, .name = "x", .source = &source};
    const char *name;
    for (int overwrite = 0; overwrite < 2; overwrite++) {
        storage.allow_overwrite = overwrite;
        ck_assert(!cv_storage_save(arena, &storage, "big", &file, 0, &name, &error));
        ck_assert_str_eq(error.message, "The visitor is gone.");
        ck_assert(cv_storage_listdir(arena, &storage, "", &folders, &files, &error));
        ck_assert_uint_eq(files->count, 0);
    }
}
END_TEST

START_TEST(tells_what_is_wrong)
{
    CvFileStorage storage = disk(), nowhere = {.kind = &cv_file_system_storage};
    CvArena *arena = cv_arena();
    CvError error;
    CvFile *file;
    const char *name;
    bool there;
    ck_assert(!cv_storage_open(arena, &storage, "none", &file, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_DOES_NOT_EXIST);
    (void)put(&storage, "a/file", bytes("x"));
    ck_assert(!cv_storage_save(arena, &storage, "a/file/x", bytes("x"), 0, &name, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_OS);
    ck_assert(error.hint != NULL);
    ck_assert(!cv_storage_open(arena, &storage, "a", &file, &error));
    ck_assert(cv_storage_exists(arena, &storage, "a/file/x", &there, &error) && !there);
    ck_assert(!cv_storage_save(arena, &nowhere, "x", bytes("x"), 0, &name, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_CONFIGURATION);
}
END_TEST

START_TEST(lists_and_removes_folders)
{
    CvFileStorage storage = disk();
    CvArena *arena = cv_arena();
    CvError error;
    CvList *folders, *files;
    (void)put(&storage, "b/two", bytes("x"));
    (void)put(&storage, "b/one", bytes("x"));
    (void)put(&storage, "a/x", bytes("x"));
    (void)put(&storage, "z", bytes("x"));
    ck_assert(cv_storage_listdir(arena, &storage, "", &folders, &files, &error));
    ck_assert_uint_eq(folders->count, 2);
    ck_assert_str_eq(folders->items[0].text, "a");
    ck_assert_str_eq(files->items[0].text, "z");
    ck_assert(cv_storage_listdir(arena, &storage, "b", &folders, &files, &error));
    ck_assert_uint_eq(files->count, 2);
    ck_assert_str_eq(files->items[0].text, "one");
    ck_assert(!cv_storage_delete(arena, &storage, "b", &error));
    ck_assert(cv_storage_delete(arena, &storage, "b/one", &error));
    ck_assert(cv_storage_delete(arena, &storage, "b/two", &error));
    ck_assert(cv_storage_delete(arena, &storage, "b", &error));
}
END_TEST

static void save_small(void *argument)
{
    CvError error;
    const char *name;
    char *text = cv_alloc(LENGTH);
    memset(text, 'z', LENGTH);
    const char *path = cv_printf("%s/source", root);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ck_assert(fd >= 0 && write(fd, text, LENGTH) == LENGTH && close(fd) == 0);
    CvFile *file = cv_file_of_path(cv_arena(), "x", path, LENGTH, NULL);
    if (!cv_storage_save(cv_arena(), argument, "folder/small", file, 0, &name, &error))
        cv_raise_error(&error);
}

START_TEST(memory_that_ends_leaves_no_halves)
{
    CvFileStorage storage = disk();
    CvError *error, low;
    CvList *folders, *files;
    bool saved = false;
    for (uint64_t k = 1; k < 200 && !saved; k++) {
        CvArena *arena = cv_arena_create(0), *outer = cv_arena_enter(arena);
        cv_memory_fail_at(k);
        saved = cv_try(save_small, &storage, &error);
        cv_memory_fail_at(0);
        cv_arena_leave(outer);
        cv_arena_destroy(arena);
        bool there = cv_storage_listdir(cv_arena(), &storage, "folder", &folders, &files, &low);
        ck_assert_uint_eq(there ? files->count : 0, saved);
    }
    ck_assert(saved);
}
END_TEST

static void save_in_fiber(void *argument)
{
    const CvFileStorage *storage = argument;
    char *text = cv_alloc(LENGTH);
    memset(text, 'y', LENGTH);
    CvFile *file = cv_file_of_bytes(cv_arena(), "x", cv_slice_of(text, LENGTH));
    CvError error;
    const char *name;
    ck_assert(cv_in_fiber());
    ck_assert(cv_storage_save(cv_arena(), storage, "same", file, 0, &name, &error));
    ck_assert_uint_eq(strlen(read_file(storage, name)), LENGTH);
}

START_TEST(fibers_race_for_a_name)
{
    CvFileStorage storage = disk();
    CvError error;
    CvList *folders, *files;
    for (int i = 0; i < 8; i++)
        ck_assert(cv_fiber_spawn(save_in_fiber, &storage, NULL) != NULL);
    cv_loop_run();
    ck_assert(cv_storage_listdir(cv_arena(), &storage, "", &folders, &files, &error));
    ck_assert_uint_eq(files->count, 8);
}
END_TEST

UNIT_TESTS("storage/file_system", writes_whole_files, never_writes_over, follows_no_links, moves_temporary_files,
           leaves_no_halves, tells_what_is_wrong, lists_and_removes_folders, memory_that_ends_leaves_no_halves,
           fibers_race_for_a_name)
