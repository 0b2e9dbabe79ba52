/* models.c: the descriptors of the shop's models and how each is told in a line of text. */
#include "models.h"

static const char *author_str(const Author *author)
{
    return author->name;
}

static const char *publisher_str(const Publisher *publisher)
{
    return publisher->name;
}

static const char *tag_str(const Tag *tag)
{
    return tag->name;
}

static const char *book_str(const Book *book)
{
    return book->title;
}

static const char *review_str(const Review *review)
{
    return cv_printf("%s: %d stars", review->name, (int)review->stars);
}

#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE bookshop_models
#include <caravan/models_define.h>
