/* One mistake is told once, however many fields stand beside it. */
/* expect gcc: has no member named 'max_lenght'; did you mean 'max_length'? */
/* expect clang: field designator 'max_lenght' does not refer to any field */
/* at: option_misspelt_among_many.list.h:8 */
/* most lines: 14 */
#define CV_MODELS "option_misspelt_among_many.list.h"
#include "orm/models.h"
#define CV_MODELS "option_misspelt_among_many.list.h"
#include "orm/models_define.h"
