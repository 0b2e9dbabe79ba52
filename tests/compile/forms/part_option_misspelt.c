/* expect gcc: has no member named 'path' */
/* expect clang: field designator 'path' does not refer to any field in type 'CvTextFormRow' */
/* at: part_option_misspelt.list.h:2 */
/* most lines: 90 */
#define CV_FORMS "part_option_misspelt.list.h"
#include "forms/forms.h"
#define CV_FORMS "part_option_misspelt.list.h"
#include "forms/forms_define.h"
