/* fuzz_complete.c: any bytes as a line that is being typed: completing it keeps its promises and sends nothing. */
#include "base/self.h"
#include "db/db.h"
#include "orm/orm.h"
#include "orm/shell.h"

static CvShellSession *prepare(void)
{
    static CvShellSession *session;
    if (session)
        return session;
    CvArena *arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    CvError error;
    CvField author_fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80)};
    const CvModel *author = cv_model_build(arena, "Author", author_fields, 1, &(CvModelOptions){0});
    CvField book_fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 80),
                             cv_field("published", &cv_datetime_field, NULL, .null = true),
                             cv_field("metadata", &cv_json_field, NULL, .null = true),
                             cv_field("author", &cv_foreign_key_field, author, .on_delete = CV_CASCADE)};
    const CvModel *book = cv_model_build(arena, "Book", book_fields, 4, &(CvModelOptions){0});
    cv_models_add("fuzz", (const CvModel *const[]){author, book, NULL});
    if (!cv_models_ready(&errors) || !cv_database_open(arena, "default", "sqlite://:memory:", NULL, &error))
        __builtin_trap();
    session = cv_shell_session_create();
    CV_IN_ARENA (arena) {
        CvBuffer out = cv_buffer(arena);
        if (!cv_shell_line(session, CV_SLICE("books = Book.objects.all()"), &(CvShellLook){0}, &out))
            __builtin_trap();
    }
    return session;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvShellSession *session = prepare();
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size > 2000 ? 2000 : size);
    uint64_t sent = cv_sql_count();
    CV_IN_ARENA (arena) {
        CvShellCompletions found = cv_shell_complete(arena, session, text);
        CvSlice word = cv_slice_skip(text, found.start);
        if (found.start > text.length || found.count > CV_SHELL_COMPLETIONS_MAX)
            __builtin_trap();
        for (size_t i = 0; i < found.count; i++)
            if (!cv_slice_starts_with(cv_slice(found.words[i]), word) ||
                (i && strcmp(found.words[i - 1], found.words[i]) >= 0))
                __builtin_trap();
        (void)cv_shell_is_open(text);
    }
    if (cv_sql_count() != sent)
        __builtin_trap();
    cv_arena_destroy(arena);
    return 0;
}
