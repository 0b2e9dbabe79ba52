/* expect gcc: has no member named 'line' */
/* expect clang: no member named 'line' */
/* at: prefetch_of_rows.c:8 */
/* most lines: 60 */
#include "common.h"
void use(Book *book);
void use(Book *book)
{ (void)cv_prefetch(book, "author", cv_objects(Author));
}
