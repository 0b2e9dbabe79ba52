/* expect gcc: has no member named 'upload_to' */
/* expect clang: field designator 'upload_to' does not refer to any field in type 'CvTextOptions' */
/* at: upload_to_of_text.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "upload_to_of_text.list.h"
#include "orm/models.h"
#define CV_MODELS "upload_to_of_text.list.h"
#include "orm/models_define.h"
