/* models.c: the descriptors of the shop's models and how each is told in a line of text. */
#include "models.h"

#include <caravan/caravan.h>

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

static const char *order_str(const Order *order)
{
    return cv_printf("Order of %s", order->name);
}

static const char *order_line_str(const OrderLine *line)
{
    return cv_printf("%d × %s", (int)line->quantity, cv_one(line, book)->title);
}

/* Whoever knows it may see the order: nobody guesses it. */
static CvValue order_token(CvArena *arena)
{
    return cv_value_string(cv_random_string(arena, 24, NULL));
}

/* A line keeps the price of the day on which its book was chosen. */
static void order_line_price(OrderLine *line)
{
    OrderLine *before = cv_row_is_saved(line) ? cv_get(OrderLine, "pk", line->pk) : NULL;
    if (!before || before->book.id != line->book.id)
        line->price = cv_one(line, book)->price;
}

#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE bookshop_models
#include <caravan/models_define.h>
