/* checks.c: running the checks, and telling people what they found. */
#include "web/checks.h"

#include <unistd.h>

#include "template/template.h"
#include "web/checks_private.h"
#include "web/project.h"
#include "web/settings.h"

/* An embedded template by the file that it was made of, where that can be found: a place that editors can open. */
static const char *place_of(CvArena *arena, const char *file)
{
    static const char embedded[] = "embedded:";
    if (!file || !cv_slice_starts_with(cv_slice(file), cv_slice(embedded)))
        return file;
    const char *name = file + strlen(embedded);
    for (const char *const *dir = cv_settings()->template_dirs; dir && *dir; dir++) {
        const char *path = cv_arena_printf(arena, "%s/%s", *dir, name);
        if (access(cv_project_path(arena, path), R_OK) == 0)
            return path;
    }
    return file;
}

CvCheckMessage *cv_checks_add(CvChecks *checks, CvCheckLevel level, const char *id, const char *file, int line,
                              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = cv_arena_vprintf(checks->arena, format, arguments);
    va_end(arguments);
    CvCheckMessage *message = cv_arena_new(checks->arena, CvCheckMessage);
    *message = (CvCheckMessage){
        .level = level, .id = id, .message = text, .file = place_of(checks->arena, file), .line = line};
    cv_vector_push(checks->arena, &checks->messages, message);
    return message;
}

CvCheckMessage *cv_checks_add_error(CvChecks *checks, const char *id, const CvError *error)
{
    CvArena *arena = checks->arena;
    CvCheckMessage *message = cv_checks_add(checks, CV_CHECK_ERROR, id, cv_arena_strdup(arena, error->file),
                                            error->line, "%s", error->message);
    message->hint = cv_arena_strdup(arena, error->hint);
    message->column = error->column;
    return message;
}

const char *cv_checks_did_you_mean(CvChecks *checks, CvSlice name, const char *const *candidates)
{
    const char *nearest = cv_nearest(name, candidates);
    return nearest ? cv_arena_printf(checks->arena, "Did you mean '%s'?", nearest) : NULL;
}

static bool is_silenced(const CvCheckMessage *message)
{
    for (const char *const *id = cv_settings()->silenced_checks; id && *id; id++)
        if (strcmp(*id, message->id) == 0)
            return true;
    return false;
}

static void call_app_check(void *argument)
{
    CvAppCheck *call = argument;
    call->app->check(call->app, call->checks);
}

static void check_apps(CvChecks *checks)
{
    for (const CvApp *const *app = cv_settings()->apps; app && *app; app++) {
        CvAppCheck call = {*app, checks};
        CvError *error;
        if ((*app)->check && !cv_try(call_app_check, &call, &error))
            cv_checks_add_error(checks, "caravan.E001", error);
    }
}

/* By place, so that what stands together is told together; the order of equals stays. */
static bool comes_before(const CvCheckMessage *a, const CvCheckMessage *b)
{
    int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    if (order == 0)
        order = a->line != b->line ? a->line - b->line : a->column - b->column;
    return order < 0;
}

static void sort(CvChecks *checks)
{
    CvCheckMessage **items = checks->messages.items;
    for (size_t i = 1; i < checks->messages.count; i++)
        for (size_t j = i; j > 0 && comes_before(items[j], items[j - 1]); j--) {
            CvCheckMessage *swap = items[j];
            items[j] = items[j - 1];
            items[j - 1] = swap;
        }
}

size_t cv_checks_run(CvChecks *checks)
{
    cv_check_settings(checks);
    cv_check_templates(checks);
    cv_check_sites(checks);
    cv_check_forms(checks);
    cv_check_models(checks);
    cv_check_files(checks);
    check_apps(checks);
    sort(checks);
    size_t errors = 0;
    for (size_t i = 0; i < checks->messages.count; i++)
        errors += checks->messages.items[i]->level >= CV_CHECK_ERROR && !is_silenced(checks->messages.items[i]);
    return errors;
}

static const char *level_name(CvCheckLevel level)
{
    return level >= CV_CHECK_ERROR ? "error" : level >= CV_CHECK_WARNING ? "warning" : "note";
}

static void describe(const CvCheckMessage *message, CvBuffer *out, bool colours)
{
    if (message->file && message->line > 0 && message->column > 0)
        cv_buffer_printf(out, "%s:%d:%d: ", message->file, message->line, message->column);
    else if (message->file && message->line > 0)
        cv_buffer_printf(out, "%s:%d: ", message->file, message->line);
    else if (message->file)
        cv_buffer_printf(out, "%s: ", message->file);
    if (colours)
        cv_buffer_append_string(out, message->level >= CV_CHECK_ERROR ? "\033[1;31m" : "\033[1;33m");
    cv_buffer_append_string(out, level_name(message->level));
    if (colours)
        cv_buffer_append_string(out, "\033[0m");
    cv_buffer_printf(out, ": %s (%s)\n", message->message, message->id);
    if (message->hint)
        cv_buffer_printf(out, "    hint: %s\n", message->hint);
}

void cv_checks_describe(const CvChecks *checks, CvBuffer *out, bool colours)
{
    size_t shown = 0, silenced = 0;
    for (size_t i = 0; i < checks->messages.count; i++) {
        if (is_silenced(checks->messages.items[i])) {
            silenced++;
            continue;
        }
        describe(checks->messages.items[i], out, colours);
        shown++;
    }
    if (shown)
        cv_buffer_printf(out, "\n");
    cv_buffer_printf(out, "System check identified %s%s (%zu silenced).\n",
                     shown == 0 ? "no issues" : cv_arena_printf(checks->arena, "%zu issue", shown),
                     shown > 1 ? "s" : "", silenced);
}
