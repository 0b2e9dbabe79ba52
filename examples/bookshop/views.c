/* views.c: what the pages show. */
#include "views.h"

#include "forms.h"
#include "models.h"

CvResponse *front(CvRequest *request)
{
    Book_set *books = cv_select_related(cv_objects(Book), "author", "excerpt");
    Book_set *picks = cv_annotate(cv_filter(books, "excerpt__isnull", false), "votes", cv_count_of("reviews"));

    return cv_render(request, "bookshop/front.html",
                     "newest", cv_slice_set(books, 0, 6),
                     "picks", cv_slice_set(cv_order_by(picks, "-votes", "title"), 0, 4),
                     "tags", cv_objects(Tag));
}

/* Books of a century; the 15th stands for all that is older too. */
static Book_set *of_century(Book_set *books, const char *text)
{
    int64_t century = 0;
    if (!text || !cv_slice_to_int64(cv_slice(text), &century))
        return books;
    if (century > 15)
        books = cv_filter(books, "year__gt", (century - 1) * 100);
    return cv_filter(books, "year__lte", century * 100);
}

CvResponse *book_list(CvRequest *request)
{
    Book_set *books = cv_select_related(cv_objects(Book), "author");
    SearchForm *form = cv_bind_query(SearchForm, request);

    cv_is_valid(form); /* what is wrong is told in the form and does not filter */
    if (form->q && *form->q)
        books = cv_where(books, cv_or(cv_q(Book, "title__icontains", form->q), cv_q(Book, "author__name__icontains", form->q)));
    if (form->language && *form->language)
        books = cv_filter(books, "language", form->language);
    if (form->tag)
        books = cv_filter(books, "tags", form->tag);
    books = of_century(books, form->century);

    return cv_render(request, "bookshop/book_list.html",
                     "page", cv_paginate(request, books, 24), "form", form, "search", form->q, "tag", form->tag);
}

/* Books of other authors that share most subjects with this one. */
static Book_set *related_to(Book *book)
{
    Book_set *others = cv_exclude(cv_filter(cv_select_related(cv_objects(Book), "author"), "tags__in", cv_related(book, tags)),
                                  "author", book->author.id);
    return cv_slice_set(cv_order_by(cv_annotate(others, "shared", cv_count_of("tags")), "-shared", "title"), 0, 6);
}

CvResponse *book_detail(CvRequest *request, const char *slug)
{
    Book_set *books = cv_select_related(cv_objects(Book), "author", "publisher", "sequel_to", "excerpt");
    Book *book = cv_get_in_or_404(books, "slug", slug);
    ReviewForm *form = cv_bind(ReviewForm, request);

    if (cv_is_valid(form)) {
        cv_create(Review, .book = cv_ref(book), .name = form->name, .email = form->email, .stars = form->stars,
                  .text = form->text);
        cv_message(request, CV_SUCCESS, "Thank you for the review of %s.", book->title);
        return cv_redirect(request, "book-detail", "slug", book->slug);
    }
    return cv_render(request, "bookshop/book_detail.html",
                     "book", book, "reviews", cv_related(book, reviews), "form", form, "related", related_to(book),
                     "may_edit", may_edit());
}

CvResponse *author_list(CvRequest *request)
{
    Author_set *authors = cv_prefetch_related(cv_objects(Author), "books");
    return cv_render(request, "bookshop/author_list.html", "page", cv_paginate(request, authors, 72));
}

CvResponse *author_detail(CvRequest *request, const char *slug)
{
    Author *author = cv_get_object_or_404(Author, "slug", slug);
    return cv_render(request, "bookshop/author_detail.html", "author", author,
                     "books", cv_order_by(cv_select_related(cv_related(author, books), "author"), "year", "title"));
}

CvResponse *book_json(CvRequest *request)
{
    CvPage *page = cv_paginate(request, cv_values(cv_objects(Book), "title", "slug", "author__name", "year", "language", "price"), 50);
    return cv_json_response("count", cv_paginator_count(page->paginator), "page", page->number,
                            "pages", cv_paginator_pages(page->paginator), "books", page->items);
}
