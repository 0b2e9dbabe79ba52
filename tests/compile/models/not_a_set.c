/* expect gcc: has no member named */
/* expect clang: no member named */
/* at: not_a_set.c:9 */
/* most lines: 80 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_count(cv_filter(book, "title", text));
    (void)author; (void)book; (void)text;
}
