/* sources_private.h: notices when a source file of a folder changes. */
#ifndef CV_MANAGEMENT_SOURCES_PRIVATE_H
#define CV_MANAGEMENT_SOURCES_PRIVATE_H

#include "base/base.h"

typedef struct CvSources CvSources;

/* Watches the folder and those below it (hidden ones and build folders left out, 4,096 at most); NULL with errno set.
 */
CvSources *cv_sources_open(const char *folder);
void cv_sources_close(CvSources *watch);
/* Waits at most `timeout_ms` for a change of a file that a program is made of (*.c *.h Makefile meson.build). The name
 * of one, relative to the folder, or NULL. Changes close together come as one. */
const char *cv_sources_wait(CvSources *watch, int timeout_ms);

#endif
