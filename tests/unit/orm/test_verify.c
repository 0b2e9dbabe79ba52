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
    GOOD(NAMES(CV_SITE_RELATED, Book, "author__profile", "editor"));
    GOOD(NAMES(CV_SITE_PREFETCH, Book, "author__profile", "tags", "reviews", "loans"));
    GOOD(NAMES(CV_SITE_LOADING, Book, "title", "author__name", "author_id", "tags", "pk"));
    GOOD(NAMES(CV_SITE_FIELDS, Book, "title", "author__name", "author_id", "published__year"));
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
    BAD("Invalid field name(s) given in select_related: 'auhtor'. Choices are: author, editor",
        "Did you mean 'author'?", NAMES(CV_SITE_RELATED, Book, "auhtor"));
    BAD("Non-relational field given in select_related: 'title'. Choices are: author", NULL,
        NAMES(CV_SITE_RELATED, Book, "title"));
    BAD("Invalid field name(s) given in select_related: 'tags'", NULL, NAMES(CV_SITE_RELATED, Book, "tags"));
    BAD("Invalid field name(s) given in select_related: 'profil'", "Did you mean 'profile'?",
        NAMES(CV_SITE_RELATED, Book, "author__profil"));
    BAD("Cannot find 'tgas' on Book object, 'tgas' is an invalid parameter to prefetch_related()",
        "Did you mean 'tags'?", NAMES(CV_SITE_PREFETCH, Book, "tgas"));
    BAD("Cannot find 'borrowing' on Book object", NULL, NAMES(CV_SITE_PREFETCH, Book, "borrowing")); /* queries do */
    BAD("'author__name' does not resolve to an item that supports prefetching", NULL,
        NAMES(CV_SITE_PREFETCH, Book, "author__name"));
    BAD("Book has no field named 'titel'", "Did you mean 'title'?", NAMES(CV_SITE_LOADING, Book, "titel"));
    BAD("Author has no field named 'nam'", "Did you mean 'name'?", NAMES(CV_SITE_LOADING, Book, "author__nam"));
    BAD("lower", NULL, NAMES(CV_SITE_LOADING, Book, "title__lower"));
    BAD("Cannot resolve keyword 'titel' into field.", "Did you mean 'title'?", NAMES(CV_SITE_FIELDS, Book, "titel"));
    BAD("Book has no field named 'titel'", "Did you mean 'title'?", SITE(CV_SITE_UPDATE, Book, "titel", "x"));
    BAD("Cannot update model field <django.db.models.fields.related.ManyToManyField: tags> (only concrete fields are",
        NULL, SITE(CV_SITE_UPDATE, Book, "tags", 1));
    BAD("Cannot update model field <ManyToOneRel: ", NULL, SITE(CV_SITE_UPDATE, Book, "reviews", 1));
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

/* The text of the pairs, as the macros of orm.h record it. */
#define WRITTEN(kind, T, ...) CV_SITE(kind, #__VA_ARGS__, NULL, CV_SET_LINE_((T##_set *)0), sizeof(T), __VA_ARGS__)
#define DEFAULTS(T, ...) CV_SITE(CV_SITE_DEFAULTS, #__VA_ARGS__, NULL, CV_SET_LINE_((T##_set *)0), sizeof(T))

START_TEST(paths_in_values_are_found)
{
    ready();
    GOOD(WRITTEN(CV_SITE_FILTER, Book, "pages__gt", cv_f("rating"), "title",
                 cv_function("Lower", cv_f("author__name"))));
    GOOD(WRITTEN(CV_SITE_FILTER, Book, "title", "cv_f(\"titel\")", "pages", cv_plus(cv_f("rating"), cv_value(1))));
    GOOD(WRITTEN(CV_SITE_FILTER, Book, "pages", cv_outer("nothing"), "rating", (cv_f("pages"))));
    GOOD(WRITTEN(CV_SITE_ANNOTATE, Book, "n", cv_count_of("reviews", .distinct = true), "when",
                 cv_f("published__year")));
    GOOD(WRITTEN(CV_SITE_AGGREGATE, Book, "n", cv_sum_of("pages"), "m", cv_plus(cv_sum_of("n"), cv_value(1))));
    GOOD(WRITTEN(CV_SITE_UPDATE, Book, "rating", cv_plus(cv_f("rating"), cv_value(1))));
    BAD("Cannot resolve keyword 'ratign' into field.", "Did you mean 'rating'?",
        WRITTEN(CV_SITE_FILTER, Book, "title", "a, (b", "pages__gt", cv_multiply(cv_value(2), cv_f("ratign"))));
    BAD("Cannot resolve keyword 'nam' into field.", "Did you mean 'name'?",
        WRITTEN(CV_SITE_GET, Book, "title", cv_f("author__nam")));
    BAD("Cannot resolve keyword 'reviws' into field.", "Did you mean 'reviews'?",
        WRITTEN(CV_SITE_ANNOTATE, Book, "n", cv_count_of("reviws")));
    BAD("Cannot resolve keyword 'titel' into field.", "Did you mean 'title'?",
        WRITTEN(CV_SITE_ANNOTATE, Book, "n", cv_aggregate_of("Max", cv_function("Lower", cv_f("titel")), NULL)));
    BAD("Cannot resolve keyword 'pagse' into field.", "Did you mean 'pages'?",
        WRITTEN(CV_SITE_AGGREGATE, Book, "n", cv_sum_of("pagse")));
    BAD("n is not an aggregate expression", NULL, WRITTEN(CV_SITE_AGGREGATE, Book, "n", cv_f("pages")));
    BAD("Column aliases cannot contain whitespace", NULL, WRITTEN(CV_SITE_AGGREGATE, Book, "a b", cv_sum_of("pages")));
    BAD("The annotation 'reviews' conflicts with a field on the model.", NULL,
        WRITTEN(CV_SITE_ANNOTATE, Book, "reviews", cv_count_of("tags")));
    BAD("Aggregate functions are not allowed in this query", NULL,
        WRITTEN(CV_SITE_UPDATE, Book, "rating", cv_sum_of("pages")));
    BAD("Joined field references are not permitted in this query", NULL,
        WRITTEN(CV_SITE_UPDATE, Book, "title", cv_f("author__name")));
    BAD("Cannot resolve keyword 'ratign'", "Did you mean 'rating'?",
        WRITTEN(CV_SITE_UPDATE, Book, "rating", cv_minus(cv_f("ratign"), cv_value(1))));
}
END_TEST

START_TEST(defaults_are_held_against_the_model)
{
    ready();
    GOOD(DEFAULTS(Book, NULL));
    GOOD(DEFAULTS(Book, cv_pairs("title", "x", "author_id", 4)));
    GOOD(DEFAULTS(Book, values_of(book)));
    BAD("Invalid field name(s) for model Book: 'titel'.", "Did you mean 'title'?",
        DEFAULTS(Book, cv_pairs("rating", 1, "titel", "x")));
    BAD("Invalid field name(s) for model Book: 'pagse'.", "Did you mean 'pages'?",
        DEFAULTS(Book, cv_pairs("rating", 1), cv_pairs("pagse", 3)));
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
           paths_in_values_are_found, defaults_are_held_against_the_model, sites_without_a_model_are_left_alone)
