/* expect gcc: has no member named 'pagse' */
/* expect clang: no member named 'pagse' */
#include "common.h"
void use(Book *book);
void use(Book *book)
{
    cv_assign(book, pagse, cv_plus(cv_f("pages"), cv_value(1)));
}
