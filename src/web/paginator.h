/* paginator.h: long lists in pages, with the semantics of Django's Paginator and Page.
 *
 *     CvPage *page = cv_paginate(request, books, 20);          // ?page=3; nonsense gives the first, too far the last
 *     return cv_render(request, "bookstore/book_list.html", "page", page);
 *
 * In templates a page is iterated, has a length, and knows number, paginator, object_list, has_next, has_previous,
 * has_other_pages, next_page_number, previous_page_number, start_index, end_index; its paginator count, num_pages,
 * per_page, orphans, page_range, elided_page_range. A query set is counted once and only its page is read. */
#ifndef CV_WEB_PAGINATOR_H
#define CV_WEB_PAGINATOR_H

#include "base/base.h"
#include "web/settings.h"

CV_API_BEGIN

typedef struct CvPaginator {
    CvObject object;
    CvArena *arena;
    CvValue items; /* a list, or an object with a length that can be iterated (a query set) */
    int64_t per_page, orphans;
    bool refuse_empty_first_page;
    int64_t count, pages; /* -1 until asked for */
} CvPaginator;

typedef struct CvPage {
    CvObject object;
    CvPaginator *paginator;
    int64_t number;
    CvValue items; /* what stands on the page */
    size_t length; /* SIZE_MAX until asked for */
} CvPage;

extern const CvType cv_paginator_type, cv_page_type;

/* Pages of `items` (a set, list or CvValue) by ?page=. */
#define cv_paginate(request, items, per_page) cv_paginate_value((request), CV_VALUE(items), (per_page))
CvPage *cv_paginate_value(CvRequest *request, CvValue items, int64_t per_page);

/* A paginator in the current arena; `per_page` >= 1. */
CvPaginator *cv_paginator(CvValue items, int64_t per_page, int64_t orphans, bool allow_empty_first_page);
int64_t cv_paginator_count(CvPaginator *paginator);
int64_t cv_paginator_pages(CvPaginator *paginator);
/* The number if there is such a page; else false with CV_ERROR_PAGE_NOT_AN_INTEGER or CV_ERROR_EMPTY_PAGE. */
bool cv_paginator_validate(CvPaginator *paginator, CvValue number, int64_t *out, CvError *error);
/* Page `number`; raises what cv_paginator_validate() says. */
CvPage *cv_paginator_page(CvPaginator *paginator, CvValue number);
/* The first page for what is no number, the last for one that is out of range. Fails (as cv_paginator_page) only where
 * there is nothing and an empty first page is refused. */
CvPage *cv_paginator_get_page(CvPaginator *paginator, CvValue number);
/* Page numbers around `number` with ellipses (as text) between: on_each_side 3, on_ends 2 in Django. Raises as
 * cv_paginator_page for a number that no page has. */
CvList *cv_paginator_elided_range(CvPaginator *paginator, int64_t number, int64_t on_each_side, int64_t on_ends);

bool cv_page_has_next(CvPage *page);
bool cv_page_has_previous(const CvPage *page);
/* 1-based; start is 0 if there is nothing. */
int64_t cv_page_start_index(CvPage *page);
int64_t cv_page_end_index(CvPage *page);

CV_API_END

#endif
