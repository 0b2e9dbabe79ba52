/* migration_words.c: what the commands about migrations read from their arguments and how they print. */
#include <stdarg.h>

#include "db/db.h"
#include "management/migrations_private.h"
#include "text/words.h"

bool cv_verbosity(const CvCommandLine *line, int *verbosity)
{
    const char *text = cv_command_option(line, "--verbosity");
    int64_t number = 1;
    if (text && (!cv_slice_to_int64(cv_slice(text), &number) || number < 0 || number > 3)) {
        cv_say_error("--verbosity must be 0, 1, 2 or 3, not '%s'.", text);
        return false;
    }
    *verbosity = (int)number;
    return true;
}

bool cv_chosen_database(const CvCommandLine *line, const char **alias)
{
    *alias = cv_command_option(line, "--database");
    if (cv_database(*alias))
        return true;
    if (*alias)
        cv_say_error("The site has no database '%s'.", *alias);
    else
        cv_say_error("The site has no database: DATABASE_URL is not set.");
    return false;
}

bool cv_app_is_known(const char *label)
{
    CV_VECTOR(const char *) labels = {0};
    if (cv_app_find(label))
        return true;
    for (const CvApp *const *app = cv_settings()->apps; app && *app; app++)
        cv_vector_push(cv_arena(), &labels, cv_app_label(*app));
    cv_vector_push(cv_arena(), &labels, NULL);
    const char *nearest = cv_nearest(cv_slice(label), labels.items);
    cv_say_error("No installed app with label '%s'.%s%s%s", label, nearest ? " Did you mean '" : "",
                 nearest ? nearest : "", nearest ? "'?" : "");
    return false;
}

bool cv_app_is_migrated(const char *label)
{
    if (cv_migrations_app_has(label))
        return true;
    cv_say_error("App '%s' does not have migrations.", label);
    return false;
}

void cv_print(FILE *stream, CvInk ink, const char *format, ...)
{
    static const char *const codes[] = {[CV_INK_HEADING] = "\033[1;36m",
                                        [CV_INK_LABEL] = "\033[1m",
                                        [CV_INK_GOOD] = "\033[1;32m",
                                        [CV_INK_NOTICE] = "\033[31m"};
    bool coloured = ink != CV_INK_PLAIN && cv_has_colours(stream);
    va_list arguments;
    va_start(arguments, format);
    fputs(coloured ? codes[ink] : "", stream);
    vfprintf(stream, format, arguments);
    fputs(coloured ? "\033[0m" : "", stream);
    va_end(arguments);
}

const char *cv_operation_planned(CvArena *arena, const CvOperation *operation, bool backwards, bool *irreversible)
{
    bool sql = operation->kind == &cv_op_run_sql, c = operation->kind == &cv_op_run_c;
    const char *action = sql ? (backwards ? operation->reverse_sql : operation->sql)
                         : c ? (backwards ? "" : operation->name)
                             : "";
    *irreversible = backwards && !cv_operation_is_reversible(operation);
    if (*irreversible)
        action = "IRREVERSIBLE";
    CvBuffer out = cv_buffer(arena);
    if (action && *action) {
        cv_buffer_append_string(&out, " -> ");
        for (; *action; action++)
            if (*action != '\n')
                cv_buffer_append_byte(&out, *action);
    }
    CvSlice cut = cv_truncate_chars(arena, cv_buffer_slice(&out), 40, (CvTruncate){0});
    return cv_arena_printf(arena, "%s%s%.*s", backwards && !sql && !c ? "Undo " : "",
                           cv_operation_describe(arena, operation), CV_SLICE_ARG(cut));
}
