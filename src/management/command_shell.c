/* command_shell.c: ./manage shell: expressions of the query language, one after the other or one from the command line.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/db.h"
#include "management/command_private.h"
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
        fwrite(out.data, 1, out.length, good ? stdout : complaints);
        fflush(stdout);
    }
    cv_arena_reset(arena);
    return good;
}

typedef struct Question {
    CvBuffer *out;
    CvSlice text;
} Question;

static void tell(void *argument)
{
    Question *question = argument;
    CV_ATOMIC
    {
        cv_shell_show(question->out, cv_shell_evaluate(question->text));
    }
}

/* For people: tables and repr(), what went wrong with its place. Changes are kept. */
static bool reply_in_words(CvBuffer *out, CvSlice text)
{
    Question question = {out, text};
    CvError *error;
    if (cv_try(tell, &question, &error))
        return true;
    out->length = 0;
    if (error->kind == CV_ERROR_SYNTAX && error->detail)
        cv_buffer_printf(out, "%s\n", error->detail);
    cv_buffer_printf(out, "%s: %s", cv_error_class(error->kind), error->message);
    if (error->hint)
        cv_buffer_printf(out, "\n%s", error->hint);
    return false;
}

/* For programs: an error is an answer like another. */
static bool reply_in_json(CvBuffer *out, CvSlice text)
{
    cv_shell_answer(out, text);
    return true;
}

static int read_lines(CvArena *arena, Reply *reply, bool prompt)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    for (;;) {
        if (prompt) {
            fputs(">>> ", stdout);
            fflush(stdout);
        }
        errno = 0;
        length = getline(&line, &size, stdin);
        if (length < 0)
            break;
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        if (length > 0 || !prompt)
            answer(arena, cv_slice_of(line, (size_t)length), reply, stdout);
    }
    int failure = errno;
    free(line);
    if (prompt)
        putchar('\n');
    if (ferror(stdin)) {
        cv_say_error("standard input: %s", strerror(failure));
        return 1;
    }
    return 0;
}

static int shell(CvCommandLine *line)
{
    const char *text = cv_command_option(line, "-c");
    bool json = cv_command_option(line, "--json") != NULL;
    CvArena *arena = cv_arena_create(0);
    int status = 0;
    cv_shell_media_url(cv_settings()->media_url);
    Reply *reply = json ? reply_in_json : reply_in_words;
    if (text)
        status = answer(arena, cv_slice(text), reply, stderr) ? 0 : 1;
    else
        status = read_lines(arena, reply, !json && isatty(STDIN_FILENO));
    cv_arena_destroy(arena);
    return status;
}

const CvCommand cv_shell_command = {
    .name = "shell",
    .summary = "Evaluates expressions of Django's query language on the site's models.",
    .details =
        "Reads one expression a line, or takes one from -c (exit status 1 if it fails). With --json each is answered\n"
        "by one line of JSON and everything that it changed is rolled back.",
    .most = 0,
    .options = (const CvCommandOption[]){{"-c", "EXPRESSION", "Evaluates this one and ends."},
                                         {"--json", NULL, "Answers in JSON; changes nothing."},
                                         {0}},
    .unchecked = true,
    .run = shell,
};
