/* expect gcc: StringField */
/* expect clang: StringField */
/* at: unknown_field_word.list.h:2 */
/* most lines: 100 */
#define CV_MODELS "unknown_field_word.list.h"
#include "orm/models.h"
#define CV_MODELS "unknown_field_word.list.h"
#include "orm/models_define.h"
