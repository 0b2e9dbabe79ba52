/* run_templates.c: replays what Django renders, in this process, through what `caravan render` uses. */
#include "records.h"
#include "tools/caravan/render.h"

/* The record's templates as embedded files. */
static const CvTemplateFile *files_of(CvArena *arena, const CvDict *templates)
{
    CvTemplateFile *files = cv_arena_new_array(arena, CvTemplateFile, cv_dict_count(templates) + 1);
    size_t count = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(templates, entry));) {
        CvSlice source = cv_value_as_slice(entry->value);
        files[count++] = (CvTemplateFile){.name = cv_slice_string(arena, cv_value_as_slice(entry->key)),
                                          .data = source.data,
                                          .length = source.length};
    }
    return files;
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvEngineOptions options = {.files = files_of(arena, record_get(record, "templates").dict)};
    CvValue context = record_get(record, "context"), settings = record_get(record, "options");
    const CvDict *expect = record_get(record, "expect").dict;
    CvBuffer out = cv_buffer(arena);
    CvError error = {0};
    bool good = render_page(arena, options, record_string(arena, record, "render"), context, settings, &out, &error);
    if (record_has(expect, "output")) {
        if (good)
            return same_text(why, "output", record_text(expect, "output"), cv_buffer_slice(&out));
        cv_buffer_append_string(why, "error instead of output: ");
        cv_error_describe(why, &error);
        return false;
    }
    if (good) {
        cv_buffer_printf(why, "output instead of %.*s: %.*s", CV_SLICE_ARG(record_text(expect, "error")),
                         CV_SLICE_ARG(record_text(expect, "message")));
        return false;
    }
    CvSlice message = record_text(expect, "message");
    return cv_slice_find(cv_slice(error.message), message) >= 0 ||
           same_text(why, "message", message, cv_slice(error.message));
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check);
}
