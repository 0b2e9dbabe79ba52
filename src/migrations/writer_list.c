/* writer_list.c: an app's migrations.c with one more migration in its list. */
#include "migrations/writer_private.h"

static const char *new_list(CvArena *arena, const char *app_label, const char *name)
{
    return cv_arena_printf(
        arena,
        "/* migrations.c: the history of %s's tables; functions for RunC stand above the list. */\n"
        "#include \"caravan/migrations.h\"\n\n"
        "#define CV_MIGRATIONS %s\n"
        "#include \"caravan/migrations_begin.h\"\n\n" /* empty lines: formatters sort what is not apart */
        "#include \"migrations/%s.def.h\"\n\n"
        "#include \"caravan/migrations_end.h\"\n",
        app_label, app_label, name);
}

/* What stands between the quotes or angles of an #include; empty: the line is none. */
static CvSlice included(CvSlice line)
{
    CvSlice rest = cv_slice_trim(line);
    if (!cv_slice_starts_with(rest, CV_SLICE("#")))
        return CV_SLICE("");
    rest = cv_slice_trim(cv_slice_skip(rest, 1));
    if (!cv_slice_starts_with(rest, CV_SLICE("include")))
        return CV_SLICE("");
    rest = cv_slice_trim(cv_slice_skip(rest, strlen("include")));
    if (!rest.length || (rest.data[0] != '"' && rest.data[0] != '<'))
        return CV_SLICE("");
    char end = rest.data[0] == '"' ? '"' : '>';
    rest = cv_slice_skip(rest, 1);
    ptrdiff_t length = cv_slice_find_byte(rest, end);
    return length < 0 ? CV_SLICE("") : cv_slice_of(rest.data, (size_t)length);
}

static bool word_byte(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* "#define CV_MIGRATIONS shop" */
static bool begins_list(CvSlice line, const char *app_label)
{
    static const char *const words[] = {"#", "define", "CV_MIGRATIONS"};
    CvSlice rest = cv_slice_trim(line);
    for (size_t i = 0; i < CV_COUNT_OF(words); i++) {
        if (!cv_slice_starts_with(rest, cv_slice(words[i])))
            return false;
        rest = cv_slice_trim(cv_slice_skip(rest, strlen(words[i])));
    }
    size_t length = 0;
    while (length < rest.length && word_byte(rest.data[length]))
        length++;
    return cv_slice_is(cv_slice_of(rest.data, length), app_label);
}

/* The folder of the migrations that stand there already, with its slash. */
static CvSlice folder_of(CvSlice path)
{
    ptrdiff_t slash = cv_slice_find_last(path, CV_SLICE("/"));
    return slash < 0 ? CV_SLICE("") : cv_slice_of(path.data, (size_t)slash + 1);
}

const char *cv_migrations_list_with(CvArena *arena, const char *text, const char *app_label, const char *name)
{
    if (!text)
        return new_list(arena, app_label, name);
    CvSlice rest = cv_slice(text), line, folder = CV_SLICE("migrations/");
    CvSlice file = cv_slice(cv_arena_printf(arena, "%s.def.h", name));
    const char *behind = NULL; /* the last migration */
    bool inside = false;
    while (cv_slice_split(&rest, '\n', &line)) {
        CvSlice path = included(line);
        inside |= begins_list(line, app_label);
        if (!inside || !path.length)
            continue;
        CvSlice in = folder_of(path);
        if (cv_slice_ends_with(path, CV_SLICE(".def.h"))) {
            if (cv_slice_find_byte(in, '"') < 0)
                folder = in;
            behind = rest.data;
            if (cv_slice_equal(cv_slice_skip(path, in.length), file))
                return text;
        }
        if (cv_slice_equal(cv_slice_skip(path, in.length), CV_SLICE("migrations_end.h"))) {
            CvBuffer out = cv_buffer(arena);
            const char *at = behind ? behind : line.data;
            cv_buffer_append(&out, text, (size_t)(at - text));
            cv_buffer_printf(&out, "#include \"%.*s%.*s\"\n%s", (int)folder.length, folder.data, (int)file.length,
                             file.data, behind ? "" : "\n");
            cv_buffer_append_string(&out, at);
            return cv_buffer_string(&out);
        }
    }
    return NULL;
}
