/* expect gcc: initialization of 'Book *' from incompatible pointer type 'Author *' */
/* expect clang: incompatible pointer types initializing 'Book *' (aka 'struct Book *') with an expression of type 'Author *' */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_form_other_instance.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_form_other_instance.list.h"
#include "forms/forms_define.h"

void use(CvRequest *request, Author *author);
void use(CvRequest *request, Author *author)
{
    (void)cv_bind(BookForm, request, .instance = author);
}
