/* expect gcc: has no member named 'bookz'; did you mean 'books'? */
/* expect clang: no member named 'bookz' in 'struct Author'; did you mean 'books'? */
/* at: unknown_relation.c:9 */
/* most lines: 45 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_count(cv_related(author, bookz));
    (void)author; (void)book; (void)text;
}
