/* expect gcc: incompatible pointer type */
/* expect clang: incompatible pointer types */
/* at: wrong_row.c:9 */
/* most lines: 40 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    Author *first = cv_first(cv_objects(Book)); (void)first;
    (void)author; (void)book; (void)text;
}
