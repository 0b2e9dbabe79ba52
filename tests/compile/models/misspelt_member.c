/* expect gcc: has no member named 'titel'; did you mean 'title'? */
/* expect clang: no member named 'titel' in 'struct Book' */
/* at: misspelt_member.c:9 */
/* most lines: 40 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_create(Book, .titel = text);
    (void)author; (void)book; (void)text;
}
