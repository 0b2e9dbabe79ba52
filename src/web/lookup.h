/* lookup.h: finding rows or answering 404.
 *
 *     Book *book = cv_get_object_or_404(Book, "slug", slug);
 *     Book_set *books = cv_get_list_or_404(cv_filter(cv_objects(Book), "year", 1818));
 */
#ifndef CV_WEB_LOOKUP_H
#define CV_WEB_LOOKUP_H

#include "base/base.h"

#endif
