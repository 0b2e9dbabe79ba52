/* expect none */
#include "storage/storage.h"

static const CvFileStorage photos = {.kind = &cv_in_memory_storage};
#define CV_MODELS "file.list.h"
#include "orm/models.h"
#define CV_MODELS "file.list.h"
#include "orm/models_define.h"
const char *use(Photo *photo);
const char *use(Photo *photo)
{
    cv_file_set(photo, picture, cv_file_of_bytes(cv_arena(), "a.png", CV_SLICE("")));
    cv_file_delete(photo, picture, true);
    return cv_file_size(photo, picture) ? cv_file_url(photo, picture) : photo->picture.name;
}
