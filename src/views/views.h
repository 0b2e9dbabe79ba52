/* views.h: ready-made views: error pages, the debug page, files of a folder.
 *
 * The error pages come from the site's templates 400.html, 403.html, 404.html and 500.html where it has them, else
 * from small pages of the framework. In debug the page shows the error with its class and hint, the C stack with source
 * lines, the template line, the request (what looks like a secret is hidden) and the SQL that ran. */
#ifndef CV_VIEWS_VIEWS_H
#define CV_VIEWS_VIEWS_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvRequest CvRequest;
typedef struct CvResponse CvResponse;

/* The page for an error, by its status: the site's template or the framework's page. */
CvResponse *cv_error_page(CvRequest *request, const CvError *error);
/* The same in debug: everything a developer wants to know. */
CvResponse *cv_debug_page(CvRequest *request, const CvError *error);

/* A file below `root` (absolute): safe paths only, no dot files, no symbolic links out; type, ETag, Last-Modified,
 * conditional requests and ranges. NULL if there is no such file. `path` is relative and decoded. */
CvResponse *cv_serve_file(CvRequest *request, const char *root, const char *path);
/* A file inside the program, in the same way. `etag` is quoted. */
CvResponse *cv_serve_embedded(CvRequest *request, const CvEmbeddedFile *file, const char *etag);
/* The content type of a file name, by its extension: "text/css; charset=utf-8"; "application/octet-stream". */
const char *cv_file_content_type(CvSlice name);

CV_API_END

#endif
