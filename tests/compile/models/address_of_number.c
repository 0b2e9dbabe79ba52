/* expect gcc: expected 'CvNumberOrTextItself' */
/* expect clang: CvNumberOrTextItself */
/* at: address_of_number.c:9 */
/* most lines: 60 */
#include "common.h"
void use(Author *author, Book *book, const char *text);
void use(Author *author, Book *book, const char *text)
{
    (void)cv_filter(cv_objects(Book), "pages", &(int){5});
    (void)author; (void)book; (void)text;
}
