/* embedded.h: a file that the build put into the program.
 *
 *     caravan embed --output build/embedded.c shop_templates=templates shop_static=static
 *
 * writes C source with one table for each name: the files below the folder, sorted by name, ended by a NULL name. The
 * app takes them: CvApp{.templates = shop_templates, .static_files = shop_static, .catalogs = shop_catalogs}. */
#ifndef CV_BASE_EMBEDDED_H
#define CV_BASE_EMBEDDED_H

#include <stddef.h>

typedef struct CvEmbeddedFile {
    const char *name; /* below the folder: "polls/index.html" */
    const char *data; /* a NUL that is not counted stands behind it */
    size_t length;
} CvEmbeddedFile;

#endif
