/* expect gcc: unknown type name 'Bok' */
/* expect clang: unknown type name 'Bok' */
/* at: model_form_of_no_model.list.h:1 */
/* most lines: 60 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_form_of_no_model.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_form_of_no_model.list.h"
#include "forms/forms_define.h"

