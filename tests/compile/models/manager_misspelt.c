/* expect gcc: has no member named 'thik'; did you mean 'thick'? */
/* expect clang: no member named 'thik' in 'struct Book_managers'; did you mean 'thick'? */
/* at: manager_misspelt.c:9 */
/* most lines: 45 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_count(cv_manager(Book, thik));
    (void)author; (void)book; (void)text;
}
