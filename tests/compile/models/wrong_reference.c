/* expect gcc: incompatible types when assigning to type */
/* expect clang: from incompatible type */
/* at: wrong_reference.c:9 */
/* most lines: 45 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_create(Book, .author = cv_ref(book));
    (void)author; (void)book; (void)text;
}
