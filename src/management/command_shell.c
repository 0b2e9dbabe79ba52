/* command_shell.c: ./manage shell: expressions of the query language, from a person, a script or the command line. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/db.h"
#include "management/command_private.h"
#include "management/shell_console.h"
#include "orm/shell.h"

/* Appends the answer to an expression; false if that tells what went wrong. */
typedef bool Reply(CvBuffer *out, CvSlice text);

/* One expression: what it needs dies with it. */
static bool answer(CvArena *arena, CvSlice text, Reply *reply, FILE *complaints)
{
    bool good = false;
    CV_IN_ARENA (arena) {
        CvBuffer out = cv_buffer(arena);
        cv_db_request_begin();
        good = reply(&out, text);
        cv_db_request_end();
        cv_buffer_append_byte(&out, '\n');
        if (out.length > 1)
            fwrite(out.data, 1, out.length, good ? stdout : complaints);
        fflush(stdout);
    }
    cv_arena_reset(arena);
    return good;
}

static CvShellSession *session;
static CvShellLook look;

/* For people: tables, and what went wrong with its place. Changes are kept. */
static bool reply_in_words(CvBuffer *out, CvSlice text)
{
    return cv_shell_line(session, text, &look, out);
}

/* For programs: an error is an answer like another. */
static bool reply_in_json(CvBuffer *out, CvSlice text)
{
    cv_shell_answer(out, text);
    return true;
}

static bool is_blank(CvSlice text)
{
    while (text.length && strchr(" \t\r\n", text.data[0]))
        text = cv_slice_skip(text, 1);
    return text.length == 0 || text.data[0] == '#';
}

/* A script: one expression a line. For people the first that fails ends it; for programs every line has its answer. */
static int run_script(CvArena *arena, bool json)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    bool good = true;
    errno = 0;
    while (good && (length = getline(&line, &size, stdin)) >= 0) {
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        CvSlice text = cv_slice_of(line, (size_t)length);
        if (json)
            answer(arena, text, reply_in_json, stdout);
        else if (!is_blank(text))
            good = answer(arena, text, reply_in_words, stderr);
        errno = 0;
    }
    int failure = ferror(stdin) ? errno : 0;
    free(line);
    if (failure)
        cv_say_error("standard input: %s", strerror(failure));
    return good && !failure ? 0 : 1;
}

static bool wants_to_leave(CvSlice text)
{
    static const char *const words[] = {"exit", "exit()", "quit", "quit()"};
    for (size_t i = 0; i < CV_COUNT_OF(words); i++)
        if (cv_slice_is(text, words[i]))
            return true;
    return false;
}

static int talk(CvArena *arena)
{
    CvSlice text;
    CvConsole *console = cv_console_open(arena, session);
    CvArena *scratch = cv_arena_create(0);
    look = (CvShellLook){.colours = cv_has_colours(stdout), .costs = true};
    printf("Django's query syntax on the models of this site. help tells more, Ctrl-D ends.\n");
    while (cv_console_read(console, &text)) {
        if (wants_to_leave(text))
            break;
        look.width = cv_console_width();
        if (is_blank(text))
            continue;
        cv_console_begin(console);
        answer(scratch, text, reply_in_words, stdout);
        cv_console_end(console);
    }
    cv_arena_destroy(scratch);
    cv_console_close(console);
    return 0;
}

static int shell(CvCommandLine *line)
{
    const char *text = cv_command_option(line, "-c");
    bool json = cv_command_option(line, "--json") != NULL;
    CvArena *arena = cv_arena_create(0);
    int status;
    session = cv_shell_session_create();
    if (text)
        status = answer(arena, cv_slice(text), json ? reply_in_json : reply_in_words, stderr) ? 0 : 1;
    else if (json || !isatty(STDIN_FILENO))
        status = run_script(arena, json);
    else
        status = talk(arena);
    cv_shell_session_destroy(session);
    cv_arena_destroy(arena);
    return status;
}

const CvCommand cv_shell_command = {
    .name = "shell",
    .summary = "Evaluates expressions of Django's query language on the site's models.",
    .details =
        "At a terminal: lines with history and completion (`help` there tells more); Ctrl-C ends a query. Else one\n"
        "expression a line from "
        "standard input, or one from -c; exit status 1 at the first that fails. Changes are committed at once. With\n"
        "--json each expression is answered by one line of JSON, and everything that it changed is rolled back.",
    .most = 0,
    .options = (const CvCommandOption[]){{"-c", "EXPRESSION", "Evaluates this one and ends."},
                                         {"--json", NULL, "Answers in JSON; changes nothing."},
                                         {0}},
    .unchecked = true,
    .run = shell,
};
