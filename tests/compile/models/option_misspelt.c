/* expect gcc: has no member named 'max_lenght'; did you mean 'max_length'? */
/* expect clang: field designator 'max_lenght' does not refer to any field */
/* at: option_misspelt.list.h:2 */
/* most lines: 14 */
#define CV_MODELS "option_misspelt.list.h"
#include "orm/models.h"
#define CV_MODELS "option_misspelt.list.h"
#include "orm/models_define.h"
