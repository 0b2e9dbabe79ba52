/* expect gcc: has no member named 'extras'; did you mean 'extra'? */
/* expect clang: field designator 'extras' does not refer to any field */
/* at: formset_option_misspelt.list.h:5 */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "formset_option_misspelt.list.h"
#include "forms/forms.h"

#define CV_FORMS "formset_option_misspelt.list.h"
#include "forms/forms_define.h"

