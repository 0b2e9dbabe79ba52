/* help.c: what `help templates` prints: tags and filters with their docstrings. */
#include "template/program_private.h"

static void append_doc(CvBuffer *out, const char *kind, const char *name, const char *parameters, const char *doc)
{
    cv_buffer_printf(out, "  %s %s%s%s\n", kind, name, parameters && *parameters ? " " : "",
                     parameters ? parameters : "");
    CvSlice rest = cv_slice(doc), line;
    while (doc && cv_slice_split(&rest, '\n', &line))
        cv_buffer_printf(out, "      %.*s\n", CV_SLICE_ARG(line));
}

static bool append_library(CvBuffer *out, const CvLibrary *library, const char *name)
{
    size_t before = out->length, head;
    if (library->name[0])
        cv_buffer_printf(out, "\n{%% load %s %%}%s%s\n", library->name, library->doc ? "  " : "",
                         library->doc ? library->doc : "");
    head = out->length;
    for (const CvTag *tag = library->tags; tag && tag->name; tag++)
        if (!name || strcmp(name, tag->name) == 0)
            append_doc(out, "tag", tag->name, tag->parameters, tag->doc);
    for (const CvFilter *filter = library->filters; filter && filter->name; filter++)
        if (!name || strcmp(name, filter->name) == 0)
            append_doc(out, "filter", filter->name, NULL, filter->doc);
    bool found = out->length > head;
    if (!found)
        out->length = before;
    return found;
}

bool cv_engine_help(const CvEngine *engine, CvBuffer *out, const char *name)
{
    bool found = false;
    for (size_t i = 0; i < engine->builtins.count; i++)
        found |= append_library(out, engine->builtins.items[i].library, name);
    for (size_t i = 0; i < engine->libraries.count; i++)
        found |= append_library(out, engine->libraries.items[i].library, name);
    return found;
}
