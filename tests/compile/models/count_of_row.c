/* expect gcc: has no member named 'row' */
/* expect clang: no member named 'row' */
/* at: count_of_row.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    (void)cv_count(book);
    (void)author; (void)book; (void)text;
}
