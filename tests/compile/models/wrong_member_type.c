/* expect gcc: makes pointer from integer */
/* expect clang: incompatible integer to pointer */
/* at: wrong_member_type.c:9 */
/* most lines: 40 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_create(Book, .title = 5);
    (void)author; (void)book; (void)text;
}
