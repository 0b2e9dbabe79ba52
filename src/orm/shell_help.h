/* shell_help.h: one sentence for each method and function of the shell. */
#ifndef CV_ORM_SHELL_HELP_H
#define CV_ORM_SHELL_HELP_H

/* NULL where the name says it all (Lower, Sqrt). */
const char *cv_shell_summary(const char *name);

#endif
