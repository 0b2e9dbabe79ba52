/* command_shell.c: ./manage shell: expressions of the query language, one after the other or one from the command line.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/db.h"
#include "management/command_private.h"
#include "orm/shell.h"

/* One expression: what it needs dies with it. */
static void answer(CvArena *arena, CvSlice text, void (*reply)(CvBuffer *out, CvSlice text))
{
    CV_IN_ARENA (arena) {
        CvBuffer out = cv_buffer(arena);
        cv_db_request_begin();
        reply(&out, text);
        cv_db_request_end();
        cv_buffer_append_byte(&out, '\n');
        fwrite(out.data, 1, out.length, stdout);
        fflush(stdout);
    }
    cv_arena_reset(arena);
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
static void reply_in_words(CvBuffer *out, CvSlice text)
{
    Question question = {out, text};
    CvError *error;
    if (cv_try(tell, &question, &error))
        return;
    out->length = 0;
    if (error->kind == CV_ERROR_SYNTAX && error->detail)
        cv_buffer_printf(out, "%s\n", error->detail);
    cv_buffer_printf(out, "%s: %s", cv_error_class(error->kind), error->message);
    if (error->hint)
        cv_buffer_printf(out, "\n%s", error->hint);
}

static int read_lines(CvArena *arena, void (*reply)(CvBuffer *out, CvSlice text), bool prompt)
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
            answer(arena, cv_slice_of(line, (size_t)length), reply);
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
    if (text)
        answer(arena, cv_slice(text), json ? cv_shell_answer : reply_in_words);
    else
        status = read_lines(arena, json ? cv_shell_answer : reply_in_words, !json && isatty(STDIN_FILENO));
    cv_arena_destroy(arena);
    return status;
}

const CvCommand cv_shell_command = {
    .name = "shell",
    .summary = "Evaluates expressions of Django's query language on the site's models.",
    .details =
        "Reads one expression a line, or takes one from -c. With --json each is answered by one line of JSON and\n"
        "everything that it changed is rolled back.",
    .options = (const CvCommandOption[]){{"-c", "EXPRESSION", "Evaluates this one and ends."},
                                         {"--json", NULL, "Answers in JSON; changes nothing."},
                                         {0}},
    .unchecked = true,
    .run = shell,
};
