/* expect gcc: 'ReveiwForm' undeclared (first use in this function); did you mean 'ReviewForm'? */
/* expect clang: use of undeclared identifier 'ReveiwForm' */
/* at: unknown_form.c:12 */
/* most lines: 45 */
#define CV_FORMS "unknown_form.list.h"
#include "forms/forms.h"
#define CV_FORMS "unknown_form.list.h"
#include "forms/forms_define.h"
void *review(CvRequest *request);
void *review(CvRequest *request)
{
    return cv_bind(ReveiwForm, request);
}
