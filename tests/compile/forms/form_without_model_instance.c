/* expect gcc: has no member named 'instance' */
/* expect clang: field designator 'instance' does not refer to any field */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "form_without_model_instance.list.h"
#include "forms/forms.h"

#define CV_FORMS "form_without_model_instance.list.h"
#include "forms/forms_define.h"

void use(CvRequest *request, Book *book);
void use(CvRequest *request, Book *book)
{
    (void)cv_bind(PlainForm, request, .instance = book);
}
