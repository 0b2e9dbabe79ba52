/* expect gcc: has no member named 'max_length' */
/* expect clang: field designator 'max_length' does not refer to any field in type 'CvIntegerFormRow' */
/* at: option_of_another_field.list.h:2 */
/* most lines: 45 */
#define CV_FORMS "option_of_another_field.list.h"
#include "forms/forms.h"
#define CV_FORMS "option_of_another_field.list.h"
#include "forms/forms_define.h"
