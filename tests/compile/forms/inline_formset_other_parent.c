/* expect gcc: initialization of 'Author *' from incompatible pointer type 'Book *' */
/* expect clang: incompatible pointer types initializing 'Author *' (aka 'struct Author *') with an expression of type */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "inline_formset_other_parent.list.h"
#include "forms/forms.h"

#define CV_FORMS "inline_formset_other_parent.list.h"
#include "forms/forms_define.h"

void use(CvRequest *request, Book *book);
void use(CvRequest *request, Book *book)
{
    (void)cv_bind_formset(AuthorBooks, request, .instance = book);
}
