/* models.c: the descriptors of the conformance site's own models. */
#include "bookstore/models.h"

static const char *publisher_str(const Publisher *publisher)
{
    return publisher->name;
}

static const char *author_str(const Author *author)
{
    return cv_printf("%s %s", author->first_name, author->last_name);
}

static const char *book_str(const Book *book)
{
    return book->name;
}

static const char *ebook_str(const EBook *ebook)
{
    return ebook->parent.name;
}

static CvQuerySet *only_published(CvQuerySet *all)
{
    return (CvQuerySet *)cv_filter((Book_set *)all, "status", BOOK_PUBLISHED);
}

static CvValue default_store(CvArena *arena)
{
    (void)arena;
    return CV_VALUE(1);
}

#define CV_MODELS "bookstore/models.def.h"
#define CV_MODELS_TABLE bookstore_models
#include "orm/models_define.h"
