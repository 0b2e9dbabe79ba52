/* expect gcc: has no member named 'instance' */
/* expect clang: no member named 'instance' in 'struct PlainForm' */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "form_without_model_saved.list.h"
#include "forms/forms.h"

#define CV_FORMS "form_without_model_saved.list.h"
#include "forms/forms_define.h"

void use(PlainForm *form);
void use(PlainForm *form)
{
    (void)cv_save_form(form);
}
