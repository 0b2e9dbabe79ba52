/* expect gcc: initialization of 'Author *' from incompatible pointer type 'Book *' */
/* expect clang: incompatible pointer types initializing 'Author *' (aka 'struct Author *') with an expression of type */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_form_saved_as_other.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_form_saved_as_other.list.h"
#include "forms/forms_define.h"

void use(BookForm *form);
void use(BookForm *form)
{
    Author *author = cv_save_form(form);
    (void)author;
}
