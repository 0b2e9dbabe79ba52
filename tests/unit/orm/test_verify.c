/* Tests orm/verify.h: what is found in call sites, and what is said about it. */
#include "shop.h"

#include "base/site.h"
#include "orm/verify.h"
#include "unit.h"

static CvErrors found;

static void verify(const CvSite *site)
{
    found = (CvErrors){.arena = cv_arena()};
    (void)cv_site_verify(site, &found);
}

static void ready(void)
{
    shop_open(NULL);
}

#define SITE(kind, T, ...) CV_SITE(kind, NULL, NULL, CV_SET_LINE_((T##_set *)0), sizeof(T), __VA_ARGS__)
#define NAMES(kind, T, ...) CV_NAMES_SITE(kind, NULL, CV_SET_LINE_((T##_set *)0), sizeof(T), __VA_ARGS__)
#define GOOD(...)                                                                          \
    do {                                                                                   \
        verify(__VA_ARGS__);                                                               \
        ck_assert_msg(found.count == 0, "%s", found.count ? found.items[0]->message : ""); \
    } while (0)
#define BAD(text, suggestion, ...)                                                                   \
    do {                                                                                             \
        verify(__VA_ARGS__);                                                                         \
        ck_assert_uint_eq(found.count, 1);                                                           \
        ck_assert_msg(strstr(found.items[0]->message, text) != NULL, "%s", found.items[0]->message); \
        if ((suggestion) != NULL)                                                                    \
            ck_assert_str_eq(found.items[0]->hint, suggestion);                                      \
        ck_assert_int_gt(found.items[0]->line, 0);                                                   \
        ck_assert_str_eq(found.items[0]->file, __FILE__);                                            \
    } while (0)

START_TEST(right_calls_pass)
{
    ready();
    GOOD(SITE(CV_SITE_FILTER, Book, "title__icontains", "x", "pages__gt", 3, "author__name", "y", "published__year",
              1815));
    GOOD(SITE(CV_SITE_FILTER, Book, "author", (Author *)NULL, "author_id", 5, "pk__in", (CvList *)NULL,
              "rating__isnull", true));
    GOOD(SITE(CV_SITE_FILTER, Book, "price__lt", "9.99", "published", "2020-01-01", "metadata__exact", 1));
    GOOD(SITE(CV_SITE_EXCLUDE, Author, "books__reviews__stars__gte", 3, "profile__nickname", "x"));
    GOOD(NAMES(CV_SITE_ORDER, Book, "-author__name", "?", "pk", "author"));
    GOOD(NAMES(CV_SITE_RELATED, Book, "author__profile", "tags", "reviews"));
    GOOD(NAMES(CV_SITE_PREFETCH, Book, "author__profile", "tags", "reviews", "loans"));
    GOOD(SITE(CV_SITE_UPDATE, Book, "title", "x", "author_id", 4));
}
END_TEST

START_TEST(wrong_names_are_found_with_a_suggestion)
{
    ready();
    BAD("Cannot resolve keyword 'titel' into field. Choices are: author, author_id,", "Did you mean 'title'?",
        SITE(CV_SITE_FILTER, Book, "titel__icontains", "x"));
    BAD("Unsupported lookup 'icontain' for CharField or join on the field not permitted, perhaps you meant icontains "
        "or contains?",
        NULL, SITE(CV_SITE_FILTER, Book, "title__icontain", "x"));
    BAD("Unsupported lookup 'nam' for ForeignKey", NULL, SITE(CV_SITE_FILTER, Book, "author__nam", "x"));
    BAD("Unsupported lookup 'year' for IntegerField", NULL, SITE(CV_SITE_FILTER, Book, "pages__year", 3));
    BAD("Cannot resolve keyword 'pagse'", "Did you mean 'pages'?", NAMES(CV_SITE_ORDER, Book, "-pagse"));
    BAD("'auhtor' is no relation of Book", "Did you mean 'author'?", NAMES(CV_SITE_RELATED, Book, "auhtor"));
    BAD("'title' is no relation of Book", NULL, NAMES(CV_SITE_RELATED, Book, "title"));
    BAD("'borrowing' is no relation of Book", NULL, NAMES(CV_SITE_PREFETCH, Book, "borrowing")); /* what queries say */
    BAD("Book has no field named 'titel'", "Did you mean 'title'?", SITE(CV_SITE_UPDATE, Book, "titel", "x"));
    BAD("Book has no field named 'tags'", NULL, SITE(CV_SITE_UPDATE, Book, "tags", 1));
    BAD("conflicts with a field", NULL, SITE(CV_SITE_ANNOTATE, Book, "title", (CvExpr *)NULL));
}
END_TEST

START_TEST(wrong_values_are_found)
{
    ready();
    BAD("'pages__gt' takes a number, not text", NULL, SITE(CV_SITE_FILTER, Book, "pages__gt", "many"));
    BAD("'published' takes a date, not a number", NULL, SITE(CV_SITE_FILTER, Book, "published", 1815));
    BAD("'id__in' takes a list or a query set, not a number", NULL, SITE(CV_SITE_GET, Book, "id__in", 3));
    BAD("'published__year' takes a number, not text", NULL, SITE(CV_SITE_FILTER, Book, "published__year", "1815"));
    BAD("isnull lookup must be True or False", NULL, SITE(CV_SITE_FILTER, Book, "rating__isnull", "yes"));
    BAD("'in_print' takes a boolean, not a date", NULL, SITE(CV_SITE_UPDATE, Book, "in_print", cv_date(2020, 1, 1)));
    BAD("'author' takes a number, not text", NULL, SITE(CV_SITE_FILTER, Book, "author", "Austen"));
}
END_TEST

START_TEST(sites_without_a_model_are_left_alone)
{
    ready();
    GOOD(CV_SITE(CV_SITE_FILTER, NULL, NULL, 0, 0, "nonsense", 1));
    GOOD(CV_SITE(CV_SITE_RENDER, "x.html", NULL, 0, 0, "nonsense", 1));
    ck_assert_ptr_eq(cv_site_model(CV_SITE(CV_SITE_FILTER, NULL, "Book", 0, 0, "title", 1), NULL), &Book_model);
}
END_TEST

UNIT_TESTS("orm/verify", right_calls_pass, wrong_names_are_found_with_a_suggestion, wrong_values_are_found,
           sites_without_a_model_are_left_alone)
