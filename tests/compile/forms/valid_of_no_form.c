/* expect gcc: has no member named 'form' */
/* expect clang: no member named 'form' */
/* at: valid_of_no_form.c:12 */
/* most lines: 45 */
#define CV_FORMS "valid_of_no_form.list.h"
#include "forms/forms.h"
#define CV_FORMS "valid_of_no_form.list.h"
#include "forms/forms_define.h"
bool valid(CvRequest *request);
bool valid(CvRequest *request)
{
    return cv_is_valid(request);
}
