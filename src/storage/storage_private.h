/* storage_private.h: what the files of storage share. */
#ifndef CV_STORAGE_PRIVATE_H
#define CV_STORAGE_PRIVATE_H

#include "storage/storage.h"

enum { CV_FILE_PIECE = 65536 }; /* bytes read or written at a time */

/* The path without ".", ".." and double slashes; NULL if it leaves the folder it starts in or is absolute. "" is the
 * folder itself. */
const char *cv_path_beneath(CvArena *arena, const char *name);
/* The same as an error: CV_ERROR_SUSPICIOUS_FILE. */
const char *cv_path_beneath_or_fail(CvArena *arena, const char *name, CvError *error);

#endif
