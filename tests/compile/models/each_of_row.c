/* expect gcc: incompatible pointer type */
/* expect clang: incompatible pointer types */
/* at: each_of_row.c:9 */
/* most lines: 40 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    CV_EACH (x, cv_objects(Book)) { author = x; }
    (void)author; (void)book; (void)text;
}
