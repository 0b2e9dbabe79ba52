/* media.h: the files that visitors uploaded, below MEDIA_URL.
 *
 *     .apps = CV_APPS(&cv_media, &cv_staticfiles, &bookstore), .media_root = "media"
 *
 * Serves the default storage where that is a FileSystemStorage and MEDIA_URL is on this host; leave the app out where
 * another server does. What visitors sent never runs on the site: the type goes by the name and is not guessed
 * (nosniff), pictures, sound, films and plain text are shown, all else is a download, and a policy forbids scripts in
 * what is opened all the same. Dot files and paths out of the folder are not there (404). */
#ifndef CV_CONTRIB_MEDIA_MEDIA_H
#define CV_CONTRIB_MEDIA_MEDIA_H

#include "web/web.h"

CV_API_BEGIN

extern const CvApp cv_media;

/* Answers a request for a file of the default storage; `name` is its name there. Raises CV_ERROR_NOT_FOUND. */
CvResponse *cv_media_serve(CvRequest *request, const char *name);

CV_API_END

#endif
