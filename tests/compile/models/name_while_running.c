/* expect gcc: initializer element is not constant */
/* expect clang: initializer element is not a compile-time constant */
/* at: name_while_running.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    (void)cv_order_by(cv_objects(Book), text);
    (void)author; (void)book; (void)text;
}
