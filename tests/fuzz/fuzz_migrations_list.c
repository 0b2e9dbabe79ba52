/* fuzz_migrations_list.c: any bytes as an app's migrations.c that gets one more migration: nothing of the text is lost,
 * one line is new, and a second time nothing is. */
#include "migrations/writer.h"

static const char added[] = "0002_tag.def.h\"\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (memchr(data, '\0', size))
        return 0;
    CvArena *arena = cv_arena_create(0);
    const char *text = cv_arena_strndup(arena, (const char *)data, size);
    const char *longer = cv_migrations_list_with(arena, text, "shop", "0002_tag");
    if (longer && longer != text) {
        size_t length = strlen(longer), more = length - size, same = 0;
        while (text[same] && text[same] == longer[same])
            same++;
        if (length <= size || !strstr(longer, added))
            __builtin_trap();
        /* what is behind the place stands behind the new line */
        size_t tail = size - same;
        if (memcmp(longer + same + more, text + same, tail) != 0)
            __builtin_trap();
        if (cv_migrations_list_with(arena, longer, "shop", "0002_tag") != longer)
            __builtin_trap();
    }
    cv_arena_destroy(arena);
    return 0;
}
