/* expect gcc: keyword arguments come in pairs */
/* expect clang: keyword arguments come in pairs */
/* at: odd_arguments.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    cv_count(cv_filter(cv_objects(Book), "title", text, "pages"));
    (void)author; (void)book; (void)text;
}
