/* expect gcc: initialization of 'const char * const*' from incompatible pointer type 'char *' */
/* expect clang: incompatible pointer types initializing 'const char *const *' with an expression of type 'char[6]' */
/* at: model_form_fields_no_list.list.h:1 */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_form_fields_no_list.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_form_fields_no_list.list.h"
#include "forms/forms_define.h"

