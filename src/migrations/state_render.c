/* state_render.c: models made of a state, in a set of their own. */
#include "migrations/state_private.h"
