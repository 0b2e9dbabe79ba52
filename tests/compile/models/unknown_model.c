/* expect gcc: Bok */
/* expect clang: Bok */
/* at: unknown_model.c:9 */
/* most lines: 45 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_count(cv_objects(Bok));
    (void)author; (void)book; (void)text;
}
