/* expect gcc: has no member named 'prefixx'; did you mean 'prefix'? */
/* expect clang: field designator 'prefixx' does not refer to any field */
/* at: form_option_misspelt.list.h:1 */
/* most lines: 45 */
#define CV_FORMS "form_option_misspelt.list.h"
#include "forms/forms.h"
#define CV_FORMS "form_option_misspelt.list.h"
#include "forms/forms_define.h"
