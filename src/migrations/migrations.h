/* migrations.h: the history of a site's tables: what leads from one version of its models to the next.
 *
 * Sites write operation.h's list files, mostly by `./manage makemigrations`, and run them by `./manage migrate`. The
 * rest is for programs that do the same themselves: state.h, autodetector.h, writer.h, loader.h, executor.h. */
#ifndef CV_MIGRATIONS_MIGRATIONS_H
#define CV_MIGRATIONS_MIGRATIONS_H

#include "migrations/executor.h"
#include "migrations/kinds.h"
#include "migrations/schema_editor.h"
#include "migrations/writer.h"

#endif
