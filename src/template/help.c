/* help.c: what `help templates` prints: tags and filters with their docstrings and examples. */
#include "template/program_private.h"

static void append_lines(CvBuffer *out, const char *first, const char *other, const char *text)
{
    CvSlice rest = cv_slice(text), line;
    for (const char *before = first; cv_slice_split(&rest, '\n', &line); before = other)
        cv_buffer_printf(out, "%s%.*s\n", before, CV_SLICE_ARG(line));
}

static void append_row(CvBuffer *out, const char *kind, const char *name, const char *takes, const char *doc,
                       const CvExample *example)
{
    cv_buffer_printf(out, "  %s %s%s\n", kind, name, takes);
    if (doc)
        append_lines(out, "      ", "      ", doc);
    for (; example && example->source; example++) {
        append_lines(out, "        ", "        ", example->source);
        if (example->other)
            append_lines(out, "          other.html: ", "                      ", example->other);
        if (example->context)
            append_lines(out, "          with ", "               ", example->context);
        append_lines(out, "          -> ", "             ", example->output);
    }
}

static const char *argument_of(const CvFilter *filter)
{
    if (filter->kind == CV_FILTER_TEXT_TEXT || filter->kind == CV_FILTER_TEXT_INT ||
        filter->flags & CV_FILTER_NEEDS_ARGUMENT)
        return ":argument";
    return filter->flags & CV_FILTER_TAKES_ARGUMENT ? "[:argument]" : "";
}

static bool append_library(CvBuffer *out, const CvLibrary *library, const char *name)
{
    size_t before = out->length, head;
    if (library->name[0])
        cv_buffer_printf(out, "\n{%% load %s %%}%s%s\n", library->name, library->doc ? "  " : "",
                         library->doc ? library->doc : "");
    head = out->length;
    if (name && *name && strcmp(library->name, name) == 0)
        name = NULL;
    for (const CvTag *tag = library->tags; tag && tag->name; tag++) {
        CvBuffer takes = cv_buffer(out->arena);
        if (tag->parameters && *tag->parameters)
            cv_buffer_printf(&takes, " %s", tag->parameters);
        if (!name || strcmp(name, tag->name) == 0)
            append_row(out, "tag", tag->name, cv_buffer_string(&takes), tag->doc, tag->examples);
    }
    for (const CvFilter *filter = library->filters; filter && filter->name; filter++)
        if (!name || strcmp(name, filter->name) == 0)
            append_row(out, "filter", filter->name, argument_of(filter), filter->doc, filter->examples);
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
