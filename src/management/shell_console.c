/* shell_console.c: reads expressions from a terminal; where the history is kept. */
#include "management/shell_console.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db.h"

#define PROMPT ">>> "
#define PROMPT_MORE "... "

struct CvConsole {
    CvArena *arena;
    const CvShellSession *session;
    CvLineEditor *editor;
    CvBuffer text;
    char *line; /* getline()'s, where there is no editor */
    size_t line_size;
    struct sigaction before;
};

size_t cv_console_width(void)
{
    struct winsize size = {0};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* NULL: nowhere to keep it. */
static const char *history_file(CvArena *arena)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && state[0] == '/') {
        if (!make_folder(state))
            return NULL;
    } else {
        if (!home || home[0] != '/')
            return NULL;
        const char *local = cv_arena_printf(arena, "%s/.local", home);
        state = cv_arena_printf(arena, "%s/state", local);
        if (!make_folder(local) || !make_folder(state))
            return NULL;
    }
    const char *folder = cv_arena_printf(arena, "%s/caravan", state);
    return make_folder(folder) ? cv_arena_printf(arena, "%s/shell_history", folder) : NULL;
}

static CvShellCompletions complete(const void *argument, CvArena *arena, CvSlice typed)
{
    return cv_shell_complete(arena, ((const CvConsole *)argument)->session, typed);
}

/* Only interrupts a read that waits. */
static void interrupted(int signal_number)
{
    (void)signal_number;
}

/* Ends the query; who asks three times wants to leave what no query holds up. */
static void interrupt_query(int signal_number)
{
    if (cv_db_interrupt() < 3)
        return;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void cv_console_begin(CvConsole *console)
{
    struct sigaction asking = {.sa_handler = interrupt_query, .sa_flags = SA_RESTART};
    cv_db_interrupt_forget();
    sigaction(SIGINT, &asking, &console->before);
}

void cv_console_end(CvConsole *console)
{
    sigaction(SIGINT, &console->before, NULL);
    cv_db_interrupt_forget();
}

CvConsole *cv_console_open(CvArena *arena, const CvShellSession *session)
{
    CvConsole *console = cv_arena_new(arena, CvConsole);
    console->arena = arena;
    console->session = session;
    console->editor = cv_editor_open(arena, history_file(arena), complete, console);
    return console;
}

void cv_console_close(CvConsole *console)
{
    cv_editor_close(console->editor);
    free(console->line);
    cv_buffer_free(&console->text);
}

/* False: the end, or *cancelled. */
static bool read_line(CvConsole *console, const char *prompt, bool *cancelled)
{
    const char *text;
    ssize_t length;
    *cancelled = false;
    if (console->editor) {
        text = cv_editor_read(console->editor, prompt, cv_buffer_slice(&console->text), cancelled);
        if (text)
            cv_buffer_append_string(&console->text, text);
        return text != NULL;
    }
    fputs(prompt, stdout);
    fflush(stdout);
    errno = 0;
    length = getline(&console->line, &console->line_size, stdin);
    *cancelled = length < 0 && errno == EINTR;
    if (*cancelled)
        clearerr(stdin);
    while (length > 0 && (console->line[length - 1] == '\n' || console->line[length - 1] == '\r'))
        length--;
    if (length > 0)
        cv_buffer_append(&console->text, console->line, (size_t)length);
    return length >= 0;
}

static bool read_expression(CvConsole *console)
{
    bool cancelled;
    console->text.length = 0;
    for (const char *prompt = PROMPT;; prompt = PROMPT_MORE) {
        if (!read_line(console, prompt, &cancelled)) {
            if (!cancelled && prompt[0] == '>')
                return false;
            console->text.length = 0; /* the end of input in the middle cancels too */
            putchar('\n');
            return cancelled;
        }
        if (!cv_shell_is_open(cv_buffer_slice(&console->text)))
            return true;
        cv_buffer_append_byte(&console->text, '\n');
    }
}

bool cv_console_read(CvConsole *console, CvSlice *out)
{
    struct sigaction quiet = {.sa_handler = interrupted};
    sigaction(SIGINT, &quiet, &console->before);
    bool more = read_expression(console);
    sigaction(SIGINT, &console->before, NULL);
    *out = cv_buffer_slice(&console->text);
    if (more && console->editor && out->length && out->data[0] != ' ')
        cv_editor_remember(console->editor, cv_buffer_string(&console->text));
    return more;
}
