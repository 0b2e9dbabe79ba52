/* expect gcc: incompatible pointer type */
/* expect clang: incompatible pointer types */
/* at: wrong_set.c:9 */
/* most lines: 40 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    Author_set *authors = cv_filter(cv_objects(Book), "title", text); (void)authors;
    (void)author; (void)book; (void)text;
}
