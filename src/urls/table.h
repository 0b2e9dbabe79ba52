/* table.h: URL tables: which view answers which path.
 *
 *     const CvUrl bookstore_urls[] = {
 *         CV_APP_NAME("bookstore"),                                              // optional: reverse "bookstore:..."
 *         CV_PATH("", book_list, .name = "book-list"),
 *         CV_PATH("books/<slug:slug>/", book_detail, .name = "book-detail"),
 *         CV_PATH("books/add/", book_add, .name = "book-add", .permission = "bookstore.add_book"),
 *         CV_RE_PATH("^(?P<year>[0-9]{4})/$", year_archive, .name = "year"),     // Python's syntax
 *         CV_INCLUDE("accounts/", cv_auth_urls),
 *         CV_INCLUDE("polls/", polls_urls, .namespace = "author-polls", .app_name = "polls"),
 *         CV_VIEW("authors/", CV_LIST_VIEW(Author), .name = "author-list"),
 *         CV_URLS_END
 *     };
 *
 * A view takes the request and then what the route captures, in order, up to three parameters: int64_t for <int:...>,
 * const char * for <str:...> (or <...>), <slug:...>, <path:...> and for the groups of CV_RE_PATH, CvUuid for
 * <uuid:...>, CvValue for any. A view with other parameters does not compile; a route whose converters do not fit its
 * view is an error when the program starts. What include routes capture comes first.
 *
 *     CvResponse *book_detail(CvRequest *request, const char *slug);
 *
 * A table is data: it may as well be filled at run time. It must live as long as the resolver made of it. */
#ifndef CV_URLS_TABLE_H
#define CV_URLS_TABLE_H

#include "base/value.h"
#include "urls/signatures.h"

CV_API_BEGIN

typedef struct CvRequest CvRequest;
typedef struct CvResponse CvResponse;
typedef struct CvUrl CvUrl;
typedef struct CvUrlMatch CvUrlMatch;

/* A named value that goes to the view: captured by the route or extra. */
typedef struct CvUrlArgument {
    const char *name;
    CvValue value;
} CvUrlArgument;

/* A view that is an object (a class-based view): `dispatch` answers the request; what it needs stands behind it. */
typedef struct CvViewObject CvViewObject;
struct CvViewObject {
    CvResponse *(*dispatch)(const CvViewObject *view, CvRequest *request, const CvUrlMatch *match);
    const char *name;
};

typedef void (*CvViewFunction)(void);

/* The numbers are such that what stands in memory behind a table without end is hardly ever one of them. */
typedef enum CvUrlKind {
    CV_URL_END, /* ends the table */
    CV_URL_PATH = 0x55724c01,
    CV_URL_RE_PATH,
    CV_URL_INCLUDE,    /* `include` under a route */
    CV_URL_RE_INCLUDE, /* `include` under a regular expression */
    CV_URL_APP_NAME,   /* names the table's application */
} CvUrlKind;

struct CvUrl {
    CvUrlKind kind;
    const char *route;
    CvViewFunction view;        /* called through its signature */
    int signature;              /* CV_VIEW_SIGNATURE(view) */
    const CvViewObject *object; /* instead of `view` */
    const CvUrl *include;
    const char *name;      /* for reversing */
    const char *view_name; /* the function's name, for messages */
    const char *app_name, *namespace;
    const CvUrlArgument *kwargs; /* extra named values, ended by {0}; see CV_KWARGS */
    const char *permission;      /* "app.codename" that the visitor must have; of an include: for all below */
    bool login_required;
    bool csrf_exempt;
    bool non_atomic_requests; /* ATOMIC_REQUESTS puts no transaction around it; of an include: around all below */
    bool no_append_slash;     /* APPEND_SLASH never redirects to it */
};

/* clang-format off */

/* The rows of a table. Options follow as designated initialisers. */
#define CV_PATH(path, function, ...) CV_URL_ROW_(__COUNTER__, CV_URL_PATH, path, function, __VA_ARGS__)
#define CV_RE_PATH(regex, function, ...) CV_URL_ROW_(__COUNTER__, CV_URL_RE_PATH, regex, function, __VA_ARGS__)
#define CV_INCLUDE(path, table, ...) {.kind = CV_URL_INCLUDE, .route = (path), .include = (table), __VA_ARGS__}
#define CV_RE_INCLUDE(regex, table, ...) {.kind = CV_URL_RE_INCLUDE, .route = (regex), .include = (table), __VA_ARGS__}
/* `view_object`: a pointer to a struct whose first member is a CvViewObject. */
#define CV_VIEW(path, view_object, ...) \
    {.kind = CV_URL_PATH, .route = (path), .object = (const CvViewObject *)(view_object), __VA_ARGS__}
#define CV_APP_NAME(app) {.kind = CV_URL_APP_NAME, .app_name = (app)}
#define CV_URLS_END {.kind = CV_URL_END}

/* Extra values of a route: .kwargs = CV_KWARGS(CV_KWARG_TEXT("template", "x.html"), CV_KWARG_INT("page", 1)) */
#define CV_KWARGS(...) ((const CvUrlArgument[]){__VA_ARGS__, {0}})
#define CV_KWARG_TEXT(key, literal) {key, {.kind = CV_STRING, .length = sizeof(literal) - 1, .text = "" literal}}
#define CV_KWARG_INT(key, number) {key, {.kind = CV_INT, .integer = (number)}}
#define CV_KWARG_BOOL(key, truth) {key, {.kind = CV_BOOL, .boolean = (truth)}}

/* The signature's number goes through an enumeration constant so that a compiler does not print all rows of
 * CV_VIEW_SIGNATURE() where a view has other parameters. */
#define CV_URL_ROW_(id, row_kind, row_route, function, ...) CV_URL_ROW_2_(id, row_kind, row_route, function, __VA_ARGS__)
#define CV_URL_ROW_2_(id, row_kind, row_route, function, ...)                                        \
    {.kind = (row_kind), .route = (row_route), .view = (CvViewFunction)(function),                   \
     .signature = 0 * (int)sizeof(struct {                                                           \
         enum { cv_signature_##id##_ = CV_VIEW_SIGNATURE(function) } number_;                        \
         _Static_assert(cv_signature_##id##_ >= 0, "a view is CvResponse *" #function "(CvRequest *, ...) with up to 3 " \
                        "more of int64_t, const char *, CvUuid, CvValue");                           \
     }) + cv_signature_##id##_,                                                                      \
     .view_name = #function, __VA_ARGS__}

/* clang-format on */

/* The letters of a signature ("is": int64_t, const char *), or NULL if there is no such number. */
const char *cv_view_signature_letters(int signature);

CV_API_END

#endif
