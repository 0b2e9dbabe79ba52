/* The first thing told is where the end is missing. */
/* expect gcc: error: invalid storage class for function 'cv_END_is_missing_before_ReviewForm' */
/* expect clang: function definition is not allowed here */
/* at: missing_end.list.h:4 */
/* most lines: 190 */
#define CV_FORMS "missing_end.list.h"
#include "forms/forms.h"
#define CV_FORMS "missing_end.list.h"
#include "forms/forms_define.h"
