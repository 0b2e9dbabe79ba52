/* querydict_private.h: what a CvQueryDict is made of. */
#ifndef CV_HTTP_QUERYDICT_PRIVATE_H
#define CV_HTTP_QUERYDICT_PRIVATE_H

#include "base/map.h"
#include "base/vector.h"
#include "http/querydict.h"

struct CvQueryDict {
    CvObject object;
    CvArena *arena;
    const char *charset; /* NULL: utf-8 */
    CV_VECTOR(CvQueryItem) items;
    size_t count; /* without removed ones */
    CvMap *map;   /* name to index + 1, once there are many */
};

#endif
