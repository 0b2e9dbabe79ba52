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

/* The languages that the shop has, as pairs of code and name. */
static CvList *languages(void)
{
    CvList *pairs = cv_list_create(cv_arena());
    for (size_t i = 0; i < Language_choices.count; i++)
        cv_list_add(cv_arena(), pairs,
                    CV_VALUE(cv_list(cv_arena(), Language_choices.items[i].text, Language_choices.items[i].label)));
    return pairs;
}

/* A century of publication; the 15th stands for all that is older too. Nonsense is no filter. */
static int64_t century_param(CvRequest *request)
{
    int64_t century = 0;
    if (!cv_slice_to_int64(cv_slice(cv_query_param(request, "century")), &century) || century < 15 || century > 20)
        return 0;
    return century;
}

CvResponse *book_list(CvRequest *request)
{
    Book_set *books = cv_select_related(cv_objects(Book), "author");
    const char *search = cv_query_param(request, "q");
    const char *language = cv_query_param(request, "language");
    const char *tag_slug = cv_query_param(request, "tag");
    int64_t century = century_param(request);
    Tag *tag = NULL;

    if (search && *search)
        books = cv_where(books, cv_or(cv_q(Book, "title__icontains", search), cv_q(Book, "author__name__icontains", search)));
    if (language && *language)
        books = cv_filter(books, "language", language);
    if (tag_slug && *tag_slug) {
        tag = cv_get_object_or_404(Tag, "slug", tag_slug);
        books = cv_filter(books, "tags", tag);
    }
    if (century > 15)
        books = cv_filter(books, "year__gt", (century - 1) * 100);
    if (century)
        books = cv_filter(books, "year__lte", century * 100);

    return cv_render(request, "bookshop/book_list.html",
                     "page", cv_paginate(request, books, 24), "search", search, "tags", cv_objects(Tag), "tag", tag,
                     "languages", languages(), "language", language,
                     "century", century ? CV_INTEGER(century) : (CvNullInteger){0});
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
        return cv_redirect(request, "book-detail", "slug", book->slug);
    }
    return cv_render(request, "bookshop/book_detail.html",
                     "book", book, "reviews", cv_related(book, reviews), "form", form, "related", related_to(book));
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
