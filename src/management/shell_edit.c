/* shell_edit.c: line editing by libedit, loaded at run time: keys, history, what Tab does. */
#include "management/shell_console.h"

#ifdef CV_HAVE_LIBEDIT

#include <dlfcn.h>
#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "text/utf8.h"

#define HISTORY_MAX 1000
#define SHOWN_MAX 100 /* words that Tab lists */

/* The functions of the library that are used. */
#define FUNCTIONS(X) \
    X(el_init)       \
    X(el_end) X(el_set) X(el_wset) X(el_gets) X(el_line) X(el_insertstr) X(history) X(history_init) X(history_end)
#define X(name) __typeof__(&name) name;
typedef struct Library {
    FUNCTIONS(X)
} Library;
#undef X

struct CvLineEditor {
    CvArena *arena;
    Library library;
    EditLine *edit;
    History *history;
    const char *history_file, *prompt;
    CvSlice before;
    CvCompleter *completer;
    const void *argument;
};

static CvLineEditor *the_editor; /* a program has one terminal, and callbacks get no argument */

/* ---- Tab ---- */

static size_t common_length(const CvShellCompletions *found)
{
    size_t length = strlen(found->words[0]);
    for (size_t i = 1; i < found->count; i++) {
        size_t same = 0;
        while (same < length && found->words[i][same] == found->words[0][same])
            same++;
        length = same;
    }
    return length;
}

static void list_words(const CvShellCompletions *found)
{
    size_t width = 0, count = found->count < SHOWN_MAX ? found->count : SHOWN_MAX, terminal = cv_console_width();
    for (size_t i = 0; i < count; i++) {
        size_t own = cv_utf8_width(cv_slice(found->words[i])) + 2;
        width = own > width ? own : width;
    }
    size_t columns = terminal / (width ? width : 1);
    columns = columns ? columns : 1;
    size_t lines = (count + columns - 1) / columns;
    putchar('\n');
    for (size_t l = 0; l < lines; l++) {
        for (size_t i = l; i < count; i += lines)
            printf("%s%*s", found->words[i],
                   i + lines < count ? (int)(width - cv_utf8_width(cv_slice(found->words[i]))) : 0, "");
        putchar('\n');
    }
    if (count < found->count)
        printf("(%zu more)\n", found->count - count);
    fflush(stdout);
}

static unsigned char complete(EditLine *edit, int key)
{
    CvLineEditor *editor = the_editor;
    (void)key;
    const LineInfo *line = editor->library.el_line(edit);
    CvScratch scratch = cv_scratch_begin(NULL);
    CvBuffer typed = cv_buffer(scratch.arena);
    cv_buffer_append_slice(&typed, editor->before);
    cv_buffer_append(&typed, line->buffer, (size_t)(line->cursor - line->buffer));
    CvShellCompletions found = editor->completer(editor->argument, scratch.arena, cv_buffer_slice(&typed));
    size_t known = typed.length - found.start, common = found.count ? common_length(&found) : 0;
    unsigned char answer = CC_ERROR;
    if (common > known) {
        const char *more = cv_slice_string(scratch.arena, cv_slice_of(found.words[0] + known, common - known));
        answer = editor->library.el_insertstr(edit, more) == 0 ? CC_REFRESH : CC_ERROR;
    } else if (found.count > 1) {
        list_words(&found);
        answer = CC_REDISPLAY;
    }
    cv_scratch_end(scratch);
    return answer;
}

/* ---- opening and closing ---- */

static bool load(Library *library)
{
    void *handle = dlopen("libedit.so.2", RTLD_LAZY);
    bool whole = handle != NULL;
#define X(name) whole = whole && (library->name = (__typeof__(&name))dlsym(handle, #name)) != NULL;
    FUNCTIONS(X)
#undef X
    return whole;
}

static char *prompt_of(EditLine *edit)
{
    (void)edit;
    return (char *)(uintptr_t)the_editor->prompt;
}

static void keep_private(const char *path)
{
    if (path && chmod(path, 0600) != 0 && errno != ENOENT)
        cv_log(CV_LOG_WARNING, "shell", "%s: %s", path, strerror(errno));
}

static void open_history(CvLineEditor *editor)
{
    HistEvent event;
    editor->history = editor->library.history_init();
    if (!editor->history)
        return;
    editor->library.history(editor->history, &event, H_SETSIZE, HISTORY_MAX);
    editor->library.history(editor->history, &event, H_SETUNIQUE, 1);
    editor->library.el_set(editor->edit, EL_HIST, editor->library.history, editor->history);
    keep_private(editor->history_file);
    if (editor->history_file)
        editor->library.history(editor->history, &event, H_LOAD, editor->history_file);
}

CvLineEditor *cv_editor_open(CvArena *arena, const char *history_file, CvCompleter *completer, const void *argument)
{
    CvLineEditor *editor = cv_arena_new(arena, CvLineEditor);
    *editor = (CvLineEditor){
        .arena = arena, .history_file = history_file, .completer = completer, .argument = argument, .prompt = ""};
    if (!load(&editor->library))
        return NULL;
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8"); /* expressions are UTF-8 whatever the terminal says */
    the_editor = editor;
    editor->edit = editor->library.el_init("caravan", stdin, stdout, stderr);
    if (!editor->edit)
        return NULL;
    editor->library.el_set(editor->edit, EL_PROMPT, prompt_of);
    editor->library.el_set(editor->edit, EL_EDITOR, "emacs");
    editor->library.el_set(editor->edit, EL_SIGNAL, 0);
    /* el_set() would copy both texts and lose them */
    editor->library.el_wset(editor->edit, EL_ADDFN, L"complete", L"completes a name", complete);
    editor->library.el_set(editor->edit, EL_BIND, "^I", "complete", NULL);
    editor->library.el_set(editor->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    open_history(editor);
    return editor;
}

void cv_editor_close(CvLineEditor *editor)
{
    if (!editor)
        return;
    editor->library.el_end(editor->edit);
    if (editor->history)
        editor->library.history_end(editor->history);
    the_editor = NULL;
}

const char *cv_editor_read(CvLineEditor *editor, const char *prompt, CvSlice before, bool *interrupted)
{
    int length = 0;
    editor->prompt = prompt;
    editor->before = before;
    errno = 0;
    const char *text = editor->library.el_gets(editor->edit, &length);
    *interrupted = !text && errno == EINTR;
    if (!text || length <= 0)
        return NULL;
    return cv_slice_string(editor->arena, cv_slice_of(text, (size_t)length - (text[length - 1] == '\n')));
}

/* Several lines come back as one; saved at once, so that a crash loses none. */
void cv_editor_remember(CvLineEditor *editor, const char *text)
{
    HistEvent event;
    char *one_line = cv_arena_strdup(editor->arena, text);
    for (char *byte = one_line; *byte; byte++)
        if (*byte == '\n')
            *byte = ' ';
    if (!editor->history)
        return;
    editor->library.history(editor->history, &event, H_ENTER, one_line);
    if (!editor->history_file)
        return;
    mode_t mask = umask(077);
    editor->library.history(editor->history, &event, H_SAVE, editor->history_file);
    umask(mask);
}

#else

CvLineEditor *cv_editor_open(CvArena *arena, const char *history_file, CvCompleter *completer, const void *argument)
{
    (void)arena;
    (void)history_file;
    (void)completer;
    (void)argument;
    return NULL;
}

void cv_editor_close(CvLineEditor *editor)
{
    (void)editor;
}

const char *cv_editor_read(CvLineEditor *editor, const char *prompt, CvSlice before, bool *interrupted)
{
    (void)editor;
    (void)prompt;
    (void)before;
    *interrupted = false;
    return NULL;
}

void cv_editor_remember(CvLineEditor *editor, const char *text)
{
    (void)editor;
    (void)text;
}

#endif
