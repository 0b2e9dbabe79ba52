/* expect gcc: has no member named 'max_lenght'; did you mean 'max_length'? */
/* expect clang: field designator 'max_lenght' does not refer to any field */
/* at: option_misspelt.list.h:2 */
/* most lines: 45 */
#define CV_FORMS "option_misspelt.list.h"
#include "forms/forms.h"
#define CV_FORMS "option_misspelt.list.h"
#include "forms/forms_define.h"
