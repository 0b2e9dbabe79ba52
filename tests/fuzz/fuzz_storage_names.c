/* fuzz_storage_names.c: names of files: whatever the name, what a storage saves stands beneath its root, is valid as a
 * name, and keeps to the length. The first byte is the length. */
#include "storage/storage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool truth)
{
    if (!truth)
        __builtin_trap();
}

static void check(CvArena *arena, const CvFileStorage *storage, const char *name, size_t most)
{
    CvError error;
    const char *made, *stored, *url;
    bool there;
    if (cv_storage_generate_filename(arena, storage, name, &made, &error))
        demand(strchr(made, '\\') == NULL && strlen(made) > 0);
    CvFile *file = cv_file_of_bytes(arena, name, CV_SLICE("x"));
    if (!cv_storage_save(arena, storage, NULL, file, most, &stored, &error))
        return;
    demand(cv_check_file_name(arena, stored, true, &error));
    demand(*stored != '/' && strstr(stored, "//") == NULL);
    demand(strcmp(stored, "..") != 0 && strncmp(stored, "../", 3) != 0 && strstr(stored, "/../") == NULL);
    demand(cv_storage_exists(arena, storage, stored, &there, &error) && there);
    demand(cv_storage_url(arena, storage, stored, &url, &error));
    demand(strncmp(url, "/media/", 7) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    CvArena *arena = cv_arena_create(0);
    CvFileStorage storage = {.kind = &cv_in_memory_storage, .data = cv_memory_files_create(), .base_url = "/media/"};
    const char *name = cv_arena_strndup(arena, (const char *)data + 1, size - 1);
    for (int i = 0; i < 3; i++) /* the second time the name is taken */
        check(arena, &storage, name, data[0]);
    cv_memory_files_destroy((CvMemoryFiles *)(uintptr_t)storage.data);
    cv_arena_destroy(arena);
    return 0;
}
