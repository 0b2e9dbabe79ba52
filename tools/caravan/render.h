/* render.h: `caravan render`: one template with a context and options from JSON files. */
#ifndef CARAVAN_RENDER_H
#define CARAVAN_RENDER_H

#include "base/base.h"
#include "template/template.h"

/* The arguments behind "render". Exit status: 0, 1 (an error, told on standard error), 2 (wrong usage). */
int render_command(int argc, char **argv);

/* Renders `name` of `engine_options`' templates. `context` and `options` are what the two files hold (CV_DICT or
 * null). False: *error. */
bool render_page(CvArena *arena, CvEngineOptions engine_options, const char *name, CvValue context, CvValue options,
                 CvBuffer *out, CvError *error);

/* The value that a tagged JSON value means ({"$date": "2008-01-01"}, ...); raises CV_ERROR_VALUE. */
CvValue render_value(CvArena *arena, CvValue json);

#endif
