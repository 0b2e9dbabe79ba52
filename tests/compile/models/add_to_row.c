/* expect gcc: has no member named 'row' */
/* expect clang: no member named 'row' */
/* at: add_to_row.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_add(book, author);
    (void)author; (void)book; (void)text;
}
