/* expect gcc: initialization of 'Book *' from incompatible pointer type 'Author *' */
/* expect clang: incompatible pointer types initializing 'Book *' (aka 'struct Book *') with an expression of type 'Author *' */
/* most lines: 45 */
#include "orm/orm.h"
#define CV_MODELS "model.list.h"
#include "orm/models.h"
#define CV_FORMS "model_choice_member.list.h"
#include "forms/forms.h"

#define CV_FORMS "model_choice_member.list.h"
#include "forms/forms_define.h"

void use(PlainForm *form);
void use(PlainForm *form)
{
    Book *book = form->author;
    (void)book;
}
