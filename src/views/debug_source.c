/* debug_source.c: the lines around one of a source file, for the debug page. */
#include <sys/stat.h>

#include "text/html.h"
#include "views/debug_private.h"
#include "web/settings.h"

#define MOST_BYTES (2 << 20)

/* Paths are as they were compiled: absolute, or relative to a folder that is not known here; the ends of the path are
 * looked for below BASE_DIR and the folders above it. */
static FILE *open_source(CvArena *arena, const char *file)
{
    FILE *stream = fopen(file, "re");
    if (stream || *file == '/')
        return stream;
    while (strncmp(file, "../", 3) == 0)
        file += 3;
    CvSlice base = cv_slice(cv_settings()->base_dir ? cv_settings()->base_dir : ".");
    for (int i = 0; !stream && base.length && i < 8; i++) {
        stream = fopen(cv_arena_printf(arena, "%.*s/%s", CV_SLICE_ARG(base), file), "re");
        ptrdiff_t slash = cv_slice_find_last(base, CV_SLICE("/"));
        base = cv_slice_range(base, 0, slash < 0 ? 0 : (size_t)slash);
    }
    return stream;
}

bool cv_debug_source(CvBuffer *out, const char *file, int line, int around)
{
    FILE *stream = file && line > 0 ? open_source(out->arena, file) : NULL;
    if (!stream)
        return false;
    char *text = NULL;
    size_t capacity = 0, bytes = 0;
    ssize_t length;
    cv_buffer_append_string(out, "<pre class=\"source\">");
    for (int number = 1;
         number <= line + around && bytes < MOST_BYTES && (length = getline(&text, &capacity, stream)) >= 0; number++) {
        bytes += (size_t)length;
        if (number < line - around)
            continue;
        CvSlice code = cv_slice_of(text, (size_t)length);
        while (code.length && (code.data[code.length - 1] == '\n' || code.data[code.length - 1] == '\r'))
            code.length--;
        cv_buffer_printf(out, "<span class=\"%s\"><i>%d</i> ", number == line ? "line here" : "line", number);
        cv_buffer_append_slice(out,
                               cv_html_escaped(out->arena, code.length > 400 ? cv_slice_range(code, 0, 400) : code));
        cv_buffer_append_string(out, "</span>");
    }
    cv_buffer_append_string(out, "</pre>\n");
    free(text);
    fclose(stream);
    return true;
}
