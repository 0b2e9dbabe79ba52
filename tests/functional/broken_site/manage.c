/* manage.c: a site with one mistake of each kind, all of which compile; expected.txt says what `check` answers. */
#include "caravan.h"

#define CV_MODELS "models.def.h"
#include "orm/models.h"
#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE broken_models
#include "orm/models_define.h"

static const CvWidgetKind code_kind = {.name = "CodeInput", .input = "text", .template_name = "code_inptu.html"};
static const CvWidget code_widget = {.kind = &code_kind};

#define CV_FORMS "forms.def.h"
#include "forms/forms.h"
#define CV_FORMS "forms.def.h"
#include "forms/forms_define.h"

static CvResponse *book_list(CvRequest *request)
{
    Book_set *books = cv_objects(Book);
    books = cv_filter(books, "titel__icontains", "x");
    books = cv_filter(books, "author__nam", "x");
    books = cv_filter(books, "title__icontain", "x");
    books = cv_filter(books, "stock", "many");
    books = cv_order_by(books, "-publishd");
    books = cv_select_related(books, "autor");
    return cv_render(request, "book_lst.html", "books", books);
}

static CvResponse *figures(CvRequest *request)
{
    (void)request;
    Book_set *books = cv_prefetch_related(cv_objects(Book), "authors");
    books = cv_only(books, "titel");
    books = cv_without(books, "author__nam");
    books = cv_filter(books, "stock__gt", cv_f("stokc"));
    books = cv_where(books, cv_or(cv_q(Book, "titl", "x"), cv_q(Book, "title", "x")));
    books = cv_annotate(books, "sisters", cv_count_of("author__boks"));
    books = cv_alias(books, "title", cv_f("stock"));
    books = cv_prefetch(books, "autors", cv_objects(Author));
    cv_aggregate(books, "all", cv_sum_of("stok"));
    cv_aggregate(books, "all", cv_f("stock"));
    cv_update(books, "tiltle", "x");
    cv_update(books, "stock", cv_sum_of("stock"));
    cv_update(books, "title", cv_f("author__name"));
    cv_get_or_create(cv_objects(Author), cv_pairs("nmae", "x"), NULL, "name", "x");
    cv_get_or_create(cv_objects(Author), NULL, NULL, "nme", "x");
    Book *book = cv_get_object_or_404(Book, "tilte", "x");
    CV_EACH (row, cv_values(books, "publishd"))
        (void)row;
    return cv_json_response("title", book->title, "titles", cv_flat(books, "titles"));
}

/* Nothing is wrong here. */
static CvResponse *good_figures(CvRequest *request)
{
    (void)request;
    Book_set *books = cv_prefetch_related(cv_select_related(cv_objects(Book), "author"), "author__books");
    books = cv_annotate(cv_filter(books, "stock__gt", cv_f("id")), "sisters", cv_count_of("author__books"));
    books = cv_order_by(cv_filter(books, "sisters__gte", cv_f("stock")), "-sisters", "published");
    cv_update(books, "stock", cv_plus(cv_f("stock"), cv_value(1)), "author_id", 4);
    cv_get_or_create(cv_objects(Author), cv_pairs("name", "x"), NULL, "name__iexact", "x");
    return cv_json_response("totals", cv_aggregate(books, "all", cv_sum_of("stock")));
}

static CvResponse *book_detail(CvRequest *request, const char *slug)
{
    if (cv_query_param(request, "old"))
        return cv_redirect(request, "book-detial", "slug", slug);
    if (cv_query_param(request, "older"))
        return cv_redirect(request, "book-detail", "id", 7);
    return cv_render(request, "book_detail.html", "book", slug, "reviews", 3);
}

/* Takes its names from everywhere a template can take them; nothing is wrong with it. */
static CvResponse *clean(CvRequest *request)
{
    return cv_render(request, "clean.html", "rows", cv_objects(Book), "title", "x");
}

static CvSlice shout(CvArena *arena, CvSlice text)
{
    return cv_slice(cv_arena_printf(arena, "%.*s!", CV_SLICE_ARG(text)));
}

static void card(CvRender *render, const CvTagArguments *arguments, CvContext *context)
{
    (void)render;
    cv_context_set(context, "title", arguments->values[0]);
}

static const CvFilter filters[] = {
    CV_FILTER("shout", shout, .doc = "Louder.",
              .examples = CV_EXAMPLES({"{{ \"a\"|shout }}", "a!"}, {"{{ \"b\"|shout }}", "B!"})),
    CV_LIBRARY_END,
};
static const CvTag tags[] = {
    CV_INCLUSION_TAG("card", card, "crad.html", .parameters = "title", .doc = "A card."),
    CV_LIBRARY_END,
};
static const CvLibrary broken_tags = {.name = "broken_tags", .tags = tags, .filters = filters};

static const CvUrl urls[] = {
    CV_PATH("", book_list, .name = "book-list"),
    CV_PATH("books/<slug:slug>/", book_detail, .name = "book-detail"),
    CV_PATH("figures/", figures, .name = "figures"),
    CV_PATH("figures/good/", good_figures, .name = "good-figures"),
    CV_PATH("clean/", clean, .name = "clean"),
    CV_URLS_END,
};

static const CvApp broken = {.name = "broken", .path = ".", .models = broken_models,
                             .libraries = CV_LIBRARIES(&broken_tags)};

int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps         = CV_APPS(&cv_staticfiles, &broken),
        .middleware   = CV_DEFAULT_MIDDLEWARE,
        .urls         = urls,
        .database_url = "sqlite://:memory:",
        .form_renderer = &(const CvFormRenderer){.field_template_name = "all_feilds.html"},
        .secret_key   = "the-key-of-a-site-that-is-never-served-0123456789-abcdef",
    });
}
