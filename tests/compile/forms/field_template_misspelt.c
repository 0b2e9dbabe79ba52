/* expect gcc: has no member named 'templat_name'; did you mean 'template_name'? */
/* expect clang: field designator 'templat_name' does not refer to any field */
/* at: field_template_misspelt.list.h:2 */
/* most lines: 45 */
#define CV_FORMS "field_template_misspelt.list.h"
#include "forms/forms.h"
#define CV_FORMS "field_template_misspelt.list.h"
#include "forms/forms_define.h"
