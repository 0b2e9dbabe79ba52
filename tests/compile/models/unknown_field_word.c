/* expect gcc: 'StringField'; did you mean 'SlugField'? */
/* expect clang: StringField */
/* at: unknown_field_word.list.h:2 */
/* most lines: 110 */
#define CV_MODELS "unknown_field_word.list.h"
#include "orm/models.h"
#define CV_MODELS "unknown_field_word.list.h"
#include "orm/models_define.h"
