/* expect gcc: request for member 'row' */
/* expect clang: member reference base type */
/* at: related_of_plain_member.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    (void)cv_exists(cv_related(book, title));
    (void)author; (void)book; (void)text;
}
