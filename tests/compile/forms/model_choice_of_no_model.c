/* expect gcc: unknown type name 'Autor' */
/* expect clang: unknown type name 'Autor' */
/* at: model_choice_of_no_model.list.h:2 */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_choice_of_no_model.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_choice_of_no_model.list.h"
#include "forms/forms_define.h"

