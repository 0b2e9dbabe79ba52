/* expect gcc: request for member 'file' in something not a structure or union */
/* expect clang: member reference base type 'const char *' is not a structure or union */
/* at: file_of_text.c:16 */
/* most lines: 40 */
#include "storage/storage.h"

static const CvFileStorage photos = {.kind = &cv_in_memory_storage};
#define CV_MODELS "file.list.h"
#include "orm/models.h"
#define CV_MODELS "file.list.h"
#include "orm/models_define.h"
/* A text is no file. */
const char *use(Photo *photo);
const char *use(Photo *photo)
{
    return cv_file_url(photo, title);
}
