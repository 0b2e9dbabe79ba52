/* shell_console.h: expressions from a person at a terminal: prompt, line editing, history, completion.
 *
 *     CvConsole *console = cv_console_open(arena, session);
 *     while (cv_console_read(console, &text))
 *         ... text is a whole expression, perhaps of several lines ...
 *     cv_console_close(console);
 *
 * Editing is libedit's, which is loaded when a terminal is there, so that sites do not depend on it: without it lines
 * are read as they come. The history is $XDG_STATE_HOME/caravan/shell_history (~/.local/state), 1,000 entries that only
 * their owner may read; what begins with a space is not kept. */
#ifndef CV_MANAGEMENT_SHELL_CONSOLE_H
#define CV_MANAGEMENT_SHELL_CONSOLE_H

#include "orm/shell.h"

typedef struct CvConsole CvConsole;

CvConsole *cv_console_open(CvArena *arena, const CvShellSession *session);
void cv_console_close(CvConsole *console);
/* The next expression, valid until the next call. Open brackets ask for more lines, Ctrl-C begins again. False: Ctrl-D,
 * or the terminal is gone. */
bool cv_console_read(CvConsole *console, CvSlice *out);

/* Around the evaluation of what was read: Ctrl-C ends its query, not the shell. */
void cv_console_begin(CvConsole *console);
void cv_console_end(CvConsole *console);

/* Columns of the terminal; 80 where it does not tell. */
size_t cv_console_width(void);

/* ---- shell_edit.c: what libedit does; NULL: it is not here ---- */

typedef struct CvLineEditor CvLineEditor;
/* What Tab asks: the words for `typed`, which is all of the expression up to the cursor. */
typedef CvShellCompletions CvCompleter(const void *argument, CvArena *arena, CvSlice typed);

CvLineEditor *cv_editor_open(CvArena *arena, const char *history_file, CvCompleter *completer, const void *argument);
void cv_editor_close(CvLineEditor *editor);
/* One line without its end; `before`: lines of the same expression. NULL: interrupted (*interrupted) or at the end. */
const char *cv_editor_read(CvLineEditor *editor, const char *prompt, CvSlice before, bool *interrupted);
void cv_editor_remember(CvLineEditor *editor, const char *text);

#endif
