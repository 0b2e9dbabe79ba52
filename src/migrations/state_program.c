/* state_program.c: the state of the program's models of today. */
#include "migrations/state_private.h"
