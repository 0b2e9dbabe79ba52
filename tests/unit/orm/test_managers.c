/* Tests orm/managers.c: sets with a name, and what narrows others. */
#include "orm/shell.h"

#include "shop.h"
#include "unit.h"

static const char *titles(Book_set *books)
{
    const char *text = "";
    CV_EACH (book, books)
        text = cv_printf("%s%s|", text, book->title);
    return text;
}

static void sets(void *argument)
{
    (void)argument;
    const char *few = titles(cv_filter(cv_objects(Book), "pages__lt", 200));
    ck_assert_str_ne(few, "");
    ck_assert_str_eq(titles(cv_manager(Book, short_ones)), few);
    ck_assert_str_eq(titles(cv_exclude(cv_manager(Book, short_ones), "pk__gt", 0)), "");
    ck_assert_str_eq(titles((Book_set *)cv_manager_of(&Book_model, "rated")),
                     titles(cv_order_by(cv_filter(cv_objects(Book), "rating__isnull", false), "-rating")));
    ck_assert_int_eq(cv_count(cv_manager(CheapBook, cheapest)), cv_count(cv_objects(Book)));
    ck_assert_ptr_nonnull(cv_manager_of(&CheapBook_model, "rated")); /* the parent's */
    ck_assert_ptr_null(cv_model_manager(&Book_model, CV_SLICE("cheapest")));
    ck_assert_ptr_null(cv_model_manager(&Book_model, CV_SLICE("title")));
}

/* A set of a relation stays one: rows are added to it, templates narrow it by name. */
static void related(void *argument)
{
    (void)argument;
    Author *austen = cv_get(Author, "name", "Austen");
    Book_set *books = cv_related(austen, books);
    CvValue narrowed;
    ck_assert(cv_query_set_type.get(books, CV_SLICE("short_ones"), cv_arena(), &narrowed));
    ck_assert_str_eq(titles((Book_set *)(uintptr_t)narrowed.object), titles(cv_filter(books, "pages__lt", 200)));
    ck_assert(!cv_query_set_type.get(books, CV_SLICE("cheapest"), cv_arena(), &narrowed));
}

/* What the shell makes of a line, as one would type it. */
static const char *shell(const char *text)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_shell_answer(&out, cv_slice(text));
    return cv_buffer_string(&out);
}

static void shells(void *argument)
{
    (void)argument;
    ck_assert_str_eq(shell("Book.short_ones.order_by('title')"),
                     shell("Book.objects.filter(pages__lt=200).order_by('title')"));
    ck_assert_str_eq(shell("CheapBook.rated.count()"), shell("Book.objects.filter(rating__isnull=False).count()"));
    ck_assert_ptr_nonnull(strstr(shell("Book.shorts"), "type object 'Book' has no attribute 'shorts'"));
}

static void unknown(void *argument)
{
    (void)argument;
    (void)cv_manager_of(&Book_model, "cheapest");
}

#define RUN(name, function) \
    START_TEST(name)        \
    {                       \
        shop_open(NULL);    \
        shop_fill();        \
        shop_run(function); \
    }                       \
    END_TEST

RUN(a_manager_is_a_set_of_its_model, sets)
RUN(a_manager_narrows_sets_of_relations, related)
RUN(the_shell_knows_managers, shells)

START_TEST(an_unknown_manager_is_told)
{
    CvError *error;
    shop_open(NULL);
    ck_assert(!cv_try(unknown, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_ATTRIBUTE);
    ck_assert_str_eq(error->message, "type object 'Book' has no attribute 'cheapest'");
}
END_TEST

static CvQuerySet *all_of_them(CvQuerySet *rows)
{
    return rows;
}

START_TEST(models_made_by_code_have_managers_too)
{
    const CvField fields[] = {cv_field("name", &cv_char_field, NULL, .max_length = 9)};
    const CvManager managers[] = {{"everything", all_of_them}, {NULL, NULL}},
                    clash[] = {{"name", all_of_them}, {NULL, NULL}};
    CvErrors errors = {.arena = cv_arena()};
    const CvModel *models[] = {cv_model_build(cv_arena(), "Shelf", fields, 1, &(CvModelOptions){.managers = managers}),
                               cv_model_build(cv_arena(), "Clash", fields, 1, &(CvModelOptions){.managers = clash}),
                               NULL};
    cv_models_add("made", models);
    ck_assert(!cv_models_ready(&errors));
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_str_eq(errors.items[0]->message,
                     "made.Clash: the manager 'name' has the name of a field, a relation or of all managers.");
    ck_assert_ptr_eq(cv_model_manager(models[0], CV_SLICE("everything")), &managers[0]);
}
END_TEST

UNIT_TESTS("orm/managers", a_manager_is_a_set_of_its_model, a_manager_narrows_sets_of_relations,
           the_shell_knows_managers, an_unknown_manager_is_told, models_made_by_code_have_managers_too)
