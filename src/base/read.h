/* read.h: reading open files whole.
 *
 *     char *bytes = cv_arena_alloc_raw(arena, size, 1);
 *     if (cv_read_fully(file, bytes, size) < size) ... it ended before, or errno says why
 */
#ifndef CV_BASE_READ_H
#define CV_BASE_READ_H

#include <stddef.h>

#include "base/compiler.h"

CV_API_BEGIN

/* Reads `size` bytes from where the file stands, through short reads and signals. How many came: fewer at the file's
 * end (errno is 0) and after an error (errno). */
size_t cv_read_fully(int file, void *bytes, size_t size) CV_NODISCARD;

CV_API_END

#endif
