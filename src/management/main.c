/* main.c: cv_main: finds the command, boots the site, checks it, runs the command. */
#include <errno.h>
#include <limits.h>

#include "management/command_private.h"
#include "management/management.h"
#include "views/views.h"

CvProgram cv_program;

static const CvCommand *const own_commands[] = {&cv_check_command,
                                                &cv_clearsessions_command,
                                                &cv_help_command,
                                                &cv_loaddata_command,
                                                &cv_makemigrations_command,
                                                &cv_migrate_command,
                                                &cv_optimizemigration_command,
                                                &cv_runserver_command,
                                                &cv_serve_command,
                                                &cv_shell_command,
                                                &cv_showmigrations_command,
                                                &cv_sqlmigrate_command,
                                                &cv_squashmigrations_command,
                                                &cv_test_command,
                                                NULL};

/* The framework's commands and those of the apps, by name. */
static const CvCommand *const *all_commands(CvArena *arena, const CvSettings *settings)
{
    CV_VECTOR(const CvCommand *) all = {0};
    for (const CvCommand *const *one = own_commands; *one; one++)
        cv_vector_push(arena, &all, *one);
    for (const CvApp *const *app = settings->apps; app && *app; app++)
        for (const CvCommand *const *one = (*app)->commands; one && *one; one++)
            cv_vector_push(arena, &all, *one);
    for (size_t i = 1; i < all.count; i++)
        for (size_t j = i; j > 0 && strcmp(all.items[j - 1]->name, all.items[j]->name) > 0; j--) {
            const CvCommand *swap = all.items[j];
            all.items[j] = all.items[j - 1];
            all.items[j - 1] = swap;
        }
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

const CvCommand *cv_program_command(CvArena *arena, const char *name)
{
    CV_VECTOR(const char *) names = {0};
    for (const CvCommand *const *one = cv_program.commands; *one; one++) {
        if (strcmp((*one)->name, name) == 0)
            return *one;
        cv_vector_push(arena, &names, (*one)->name);
    }
    cv_vector_push(arena, &names, NULL);
    const char *nearest = cv_nearest(cv_slice(name), names.items);
    cv_say_error("There is no command '%s'.%s%s%s", name, nearest ? " Did you mean " : "", nearest ? nearest : "",
                 nearest ? "?" : " --help lists them.");
    return NULL;
}

static void say_errors(const CvErrors *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        const CvError *error = errors->items[i];
        if (error->file && error->line > 0)
            fprintf(stderr, "%s:%d: error: %s\n", error->file, error->line, error->message);
        else
            cv_say_error("%s", error->message);
        if (error->hint)
            fprintf(stderr, "    hint: %s\n", error->hint);
    }
}

bool cv_run_checks(CvArena *arena, bool deploy, bool quiet)
{
    CvChecks checks = {.arena = arena, .deploy = deploy};
    size_t errors = cv_checks_run(&checks);
    if (quiet && checks.messages.count == 0)
        return true;
    CvBuffer out = cv_buffer(arena);
    cv_checks_describe(&checks, &out, cv_has_colours(stderr));
    fwrite(out.data, 1, out.length, errors || quiet ? stderr : stdout);
    return errors == 0;
}

bool cv_program_start(CvArena *arena, const CvCommand *command)
{
    CvErrors errors = {.arena = arena};
    CvProjectOptions options = {
        .base_dir = cv_program.base_dir, .build_command = cv_program.build_command, .debug = command->debug};
    cv_set_debug_view(cv_debug_page);
    cv_set_default_error_view(cv_error_page);
    if (!cv_project_start(cv_program.settings, &options, &errors)) {
        say_errors(&errors);
        return false;
    }
    return true;
}

typedef struct Run {
    CvCommandLine line;
    int status;
} Run;

static void run(void *argument)
{
    Run *call = argument;
    const CvCommand *command = call->line.command;
    call->status = 1;
    if (!command->no_project && !cv_program_start(call->line.arena, command))
        return;
    if (!command->no_project && !command->unchecked && !cv_run_checks(call->line.arena, false, true))
        return;
    call->status = command->run(&call->line);
}

/* Where in the library something was raised tells its user nothing; that a migration is wrong needs no class. */
static void say_raised(CvArena *arena, const CvError *error)
{
    CvBuffer out = cv_buffer(arena);
    CvError told = *error;
    if (told.file && cv_is_library_file(told.file))
        told.file = NULL;
    if (told.kind != CV_ERROR_MIGRATION) {
        cv_error_describe(&out, &told);
        cv_say_error("%s", cv_buffer_string(&out));
        return;
    }
    if (told.file)
        fprintf(stderr, "%s:%d: ", told.file, told.line);
    cv_say_error("%s", told.message);
    if (told.detail)
        fprintf(stderr, "%s\n", told.detail);
    if (told.hint)
        fprintf(stderr, "    hint: %s\n", told.hint);
}

static int run_command(CvArena *arena, const CvCommand *command, int argc, char **argv)
{
    Run call = {.line = {.arena = arena, .command = command, .program = argv[0]}, .status = 1};
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            cv_command_help(&call.line);
            return 0;
        }
    if (!cv_command_parse(&call.line, argc - 2, argv + 2)) {
        fprintf(stderr, "%s %s --help tells how it is used.\n", argv[0], command->name);
        return 2;
    }
    CvError *error;
    if (!cv_try(run, &call, &error)) {
        say_raised(arena, error);
        return 1;
    }
    return call.status;
}

int cv_main_with(int argc, char **argv, const CvSettings *settings, const char *base_dir, const char *build_command)
{
    CvArena *arena = cv_arena_create(0);
    cv_databases_own_process();
    char *path = realpath("/proc/self/exe", NULL);
    cv_program = (CvProgram){.argc = argc,
                             .argv = argv,
                             .path = cv_arena_strdup(arena, path ? path : argv[0]),
                             .settings = settings,
                             .base_dir = base_dir,
                             .build_command = build_command};
    free(path);
    cv_program.commands = all_commands(arena, settings);
    int status = 2;
    if (argc < 2) {
        cv_program_help(argv[0], cv_program.commands);
    } else if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        cv_program_help(argv[0], cv_program.commands);
        status = 0;
    } else {
        const CvCommand *command = cv_program_command(arena, argv[1]);
        if (command)
            status = run_command(arena, command, argc, argv);
    }
    fflush(stdout);
    cv_project_stop();
    cv_arena_destroy(arena);
    return status;
}
