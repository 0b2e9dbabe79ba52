/* shop.c: the models of the ORM's unit tests and what the tests share. */
#include "shop.h"
#include "tables.h"

static const char *author_str(const Author *author)
{
    return author->name;
}

static CvValue author_shout(const Author *author)
{
    return cv_value_string(cv_printf("%s!", author->name));
}

static Book_set *short_books(Book_set *books)
{
    return cv_filter(books, "pages__lt", 200);
}

static Book_set *rated_books(Book_set *books)
{
    return cv_order_by(cv_filter(books, "rating__isnull", false), "-rating");
}

static CheapBook_set *cheapest_books(CheapBook_set *books)
{
    return cv_order_by(books, "price");
}

#define CV_MODELS "shop.def.h"
#define CV_MODELS_TABLE shop_models
#include "orm/models_define.h"

void shop_open(const char *path)
{
    tables_open(path ? cv_printf("sqlite:///%s", path) : "sqlite://:memory:", "shop", shop_models);
}

static void fill(void *argument)
{
    (void)argument;
    Author *austen = cv_create(Author, .name = "Austen", .email = "jane@example.com", .born = CV_INTEGER(1775));
    Author *borges = cv_create(Author, .name = "Borges", .born = CV_INTEGER(1899));
    Author *calvino = cv_create(Author, .name = "Calvino");
    Tag *classic = cv_create(Tag, .name = "classic"), *novel = cv_create(Tag, .name = "novel");
    Book *emma =
        cv_create(Book, .title = "Emma", .author = cv_ref(austen), .price = cv_decimal(cv_arena(), "7.50"),
                  .pages = 474, .rating = CV_REAL(4.5), .published = cv_date(1815, 12, 23), .status = BOOK_PUBLISHED);
    Book *sense = cv_create(Book, .title = "Sense and Sensibility", .author = cv_ref(austen),
                            .price = cv_decimal(cv_arena(), "9.99"), .pages = 409, .editor = cv_ref(calvino),
                            .published = cv_date(1811, 10, 30));
    Book *ficciones =
        cv_create(Book, .title = "Ficciones", .author = cv_ref(borges), .price = cv_decimal(cv_arena(), "12.00"),
                  .pages = 174, .rating = CV_REAL(4.9), .published = cv_date(1944, 1, 1), .in_print = false);
    cv_add(cv_related(emma, tags), classic, novel);
    cv_add(cv_related(sense, tags), novel);
    cv_create(Review, .book = cv_ref(emma), .stars = 5, .text = "Handsome, clever, and rich.");
    cv_create(Review, .book = cv_ref(emma), .stars = 2);
    cv_create(Review, .book = cv_ref(ficciones), .stars = 5);
    cv_create(Profile, .author = cv_ref(austen), .nickname = "Jane");
}

void shop_fill(void)
{
    shop_run(fill);
}

void shop_run(void (*test)(void *argument))
{
    must_run(test, NULL);
}

const CvError *shop_raises(void (*test)(void *argument))
{
    return must_raise(test, NULL);
}
