/* expect gcc: has no member named 'force_updat' */
/* expect clang: 'force_updat' */
#include "common.h"
void use(Book *book);
void use(Book *book)
{
    cv_save_with(book, .force_updat = true);
}
