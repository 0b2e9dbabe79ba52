/* test_names.c: which names are refused, made valid, made free, cut to a length. */
#include "unit.h"

#include "storage/storage.h"
#include "text/text.h"

static CvMemoryFiles *kept[4]; /* for the life of the test's process */
static size_t kept_count;

static CvFileStorage memory(void)
{
    return (CvFileStorage){.kind = &cv_in_memory_storage,
                           .data = kept[kept_count++ % 4] = cv_memory_files_create(),
                           .base_url = "/media/"};
}

static void put(const CvFileStorage *storage, const char *name)
{
    CvError error;
    const char *stored;
    CvFile *file = cv_file_of_bytes(cv_arena(), "x", CV_SLICE("x"));
    ck_assert(cv_storage_save(cv_arena(), storage, name, file, 0, &stored, &error));
}

START_TEST(refuses_names_that_leave)
{
    static const struct {
        const char *name;
        bool relative;
        const char *message;
    } bad[] = {
        {"", false, "Could not derive file name from ''"},
        {".", false, "Could not derive file name from '.'"},
        {"a/..", true, "Could not derive file name from 'a/..'"},
        {"a/", true, "Could not derive file name from 'a/'"},
        {"../a", true, "Detected path traversal attempt in '../a'"},
        {"a/../../b", true, "Detected path traversal attempt in 'a/../../b'"},
        {"..\\a", true, "Detected path traversal attempt in '..\\a'"},
        {"/etc/passwd", true, "Detected path traversal attempt in '/etc/passwd'"},
        {"\\etc\\passwd", true, "Detected path traversal attempt in '\\etc\\passwd'"},
        {"a/b", false, "File name 'a/b' includes path elements"},
    };
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        CvError error;
        ck_assert_msg(!cv_check_file_name(cv_arena(), bad[i].name, bad[i].relative, &error), "%s", bad[i].name);
        ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
        ck_assert_str_eq(error.message, bad[i].message);
    }
    CvError error;
    ck_assert(cv_check_file_name(cv_arena(), "a/b.png", true, &error));
    ck_assert(cv_check_file_name(cv_arena(), "b.png", false, &error));
    ck_assert(cv_check_file_name(cv_arena(), "..b", false, &error));
}
END_TEST

START_TEST(every_door_refuses)
{
    CvFileStorage storage = memory();
    CvArena *arena = cv_arena();
    CvError error;
    CvFile *file = cv_file_of_bytes(arena, "x", CV_SLICE("x"));
    CvFileStat stat;
    CvList *folders, *files;
    const char *name;
    bool there;
    ck_assert(!cv_storage_save(arena, &storage, "../x", file, 0, &name, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_open(arena, &storage, "../x", &file, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_exists(arena, &storage, "/x", &there, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_delete(arena, &storage, "a/../../x", &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_listdir(arena, &storage, "..", &folders, &files, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_stat(arena, &storage, "..", &stat, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_generate_filename(arena, &storage, "a/../../b", &name, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(!cv_storage_get_available_name(arena, &storage, "../b/c", 0, &name, &error));
    ck_assert_str_eq(error.message, "Detected path traversal attempt in '../b'");
    ck_assert(!cv_storage_delete(arena, &storage, "", &error));
    ck_assert_int_eq(error.kind, CV_ERROR_VALUE);
}
END_TEST

START_TEST(makes_names_valid)
{
    static const char *const cases[][2] = {
        {"emma.png", "emma.png"},
        {"my photo (1).png", "my_photo_1.png"},
        {" up/../load/na me$.txt", NULL},
        {"a/b c.txt", "a/b_c.txt"},
        {"a\\b c.txt", "a/b_c.txt"},
        {"./a//b/./c.txt", "a/b/c.txt"},
        {"Zürich.jpg", "Zürich.jpg"},
        {"<script>.svg", "script.svg"},
        {"$$$", NULL},
    };
    CvFileStorage storage = memory();
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvError error;
        const char *name;
        bool made = cv_storage_generate_filename(cv_arena(), &storage, cases[i][0], &name, &error);
        ck_assert_msg(made == (cases[i][1] != NULL), "%s", cases[i][0]);
        if (made)
            ck_assert_str_eq(name, cases[i][1]);
    }
}
END_TEST

START_TEST(finds_a_free_name)
{
    CvFileStorage storage = memory();
    CvArena *arena = cv_arena();
    CvError error;
    const char *name;
    ck_assert(cv_storage_get_available_name(arena, &storage, "a/books.tar.gz", 0, &name, &error));
    ck_assert_str_eq(name, "a/books.tar.gz");
    put(&storage, "a/books.tar.gz");
    ck_assert(cv_storage_get_available_name(arena, &storage, "a\\books.tar.gz", 0, &name, &error));
    ck_assert_int_eq(strlen(name), strlen("a/books_1234567.tar.gz"));
    ck_assert(strncmp(name, "a/books_", 8) == 0 && strcmp(name + 15, ".tar.gz") == 0);
    put(&storage, ".profile");
    ck_assert(cv_storage_get_available_name(arena, &storage, ".profile", 0, &name, &error));
    ck_assert(strncmp(name, ".profile_", 9) == 0);
}
END_TEST

START_TEST(cuts_to_the_length)
{
    CvFileStorage storage = memory();
    CvArena *arena = cv_arena();
    CvError error;
    const char *name;
    put(&storage, "covers/emma.png");
    for (size_t length = 20; length <= 24; length++) {
        ck_assert(cv_storage_get_available_name(arena, &storage, "covers/emma.png", length, &name, &error));
        ck_assert_uint_le(strlen(name), length);
    }
    ck_assert(cv_storage_get_available_name(arena, &storage, "covers/emma.png", 15, &name, &error) == false);
    ck_assert_int_eq(error.kind, CV_ERROR_SUSPICIOUS_FILE);
    ck_assert(cv_storage_get_available_name(arena, &storage, "ööööööööööööööö.png", 14, &name, &error));
    ck_assert_uint_eq(cv_utf8_count(cv_slice(name)), 14);
    ck_assert(cv_utf8_valid(cv_slice(name)));
}
END_TEST

START_TEST(keeps_to_what_disks_take)
{
    CvFileStorage storage = memory();
    CvArena *arena = cv_arena();
    CvError error;
    const char *name;
    enum { DEPTH = 30000 };
    char text[600] = "", *deep = cv_alloc(DEPTH);
    for (int i = 0; i < 126; i++)
        memcpy(text + strlen(text), "ö", sizeof "ö");
    memcpy(text + strlen(text), "a.b", 4);
    ck_assert_uint_eq(strlen(text), 255);
    ck_assert(cv_storage_get_available_name(arena, &storage, text, 0, &name, &error));
    ck_assert_str_eq(name, text);
    memcpy(text + 252, "ab.b", 5);
    ck_assert(cv_storage_get_available_name(arena, &storage, text, 0, &name, &error));
    ck_assert_uint_le(strlen(name), 255);
    ck_assert(cv_utf8_valid(cv_slice(name)));
    for (size_t i = 0; i < DEPTH - 2; i += 2)
        memcpy(deep + i, "a/", 3);
    memcpy(deep + DEPTH - 2, "b", 2);
    ck_assert(cv_storage_get_available_name(arena, &storage, deep, 0, &name, &error));
    ck_assert(!cv_storage_get_available_name(arena, &storage, deep, 100, &name, &error));
}
END_TEST

START_TEST(writes_urls)
{
    CvFileStorage storage = memory(), bare = {.kind = &cv_in_memory_storage, .data = storage.data};
    CvError error;
    const char *url;
    ck_assert(cv_storage_url(cv_arena(), &storage, "covers/über 1.png", &url, &error));
    ck_assert_str_eq(url, "/media/covers/%C3%BCber%201.png");
    ck_assert(cv_storage_url(cv_arena(), &storage, "/x?y#z", &url, &error));
    ck_assert_str_eq(url, "/media/x%3Fy%23z");
    storage.base_url = "https://files.example/m";
    ck_assert(cv_storage_url(cv_arena(), &storage, "a.png", &url, &error));
    ck_assert_str_eq(url, "https://files.example/m/a.png");
    ck_assert(!cv_storage_url(cv_arena(), &bare, "a.png", &url, &error));
    ck_assert_str_eq(error.message, "This file is not accessible via a URL.");
}
END_TEST

UNIT_TESTS("storage/names", refuses_names_that_leave, every_door_refuses, makes_names_valid, finds_a_free_name,
           cuts_to_the_length, keeps_to_what_disks_take, writes_urls)
