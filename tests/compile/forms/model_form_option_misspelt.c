/* expect gcc: has no member named 'feilds'; did you mean 'fields'? */
/* expect clang: field designator 'feilds' does not refer to any field */
/* at: model_form_option_misspelt.list.h:1 */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_form_option_misspelt.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_form_option_misspelt.list.h"
#include "forms/forms_define.h"

