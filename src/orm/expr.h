/* expr.h: expressions: conditions (Django's Q), columns (F), functions, aggregates, sub-queries, as values.
 *
 *     books = cv_where(books, cv_or(cv_q(Book, "title__icontains", text), cv_q(Book, "isbn", text)));
 *     books = cv_filter(books, "sold__gt", cv_f("stock"));
 *     books = cv_annotate(books, "votes", cv_count_of("reviews"));
 *     cv_update(books, "price", cv_multiply(cv_f("price"), cv_value("1.1")));
 *
 * An expression is an object in the current arena; it may be used in several places. Names in it are held against the
 * model of the query set that takes it. */
#ifndef CV_ORM_EXPR_H
#define CV_ORM_EXPR_H

#include "orm/model.h"

CV_API_BEGIN

typedef struct CvExpr CvExpr;
extern const CvType cv_expr_type;

/* ---- conditions ---- */

CvExpr *cv_q_of(CvSite *site, size_t count, const char *const *keys, const CvValue *values);
/* NULL stands for the empty condition, which filters nothing. */
CvExpr *cv_and(CvExpr *a, CvExpr *b);
CvExpr *cv_or(CvExpr *a, CvExpr *b);
CvExpr *cv_xor(CvExpr *a, CvExpr *b);
CvExpr *cv_not(CvExpr *a);

/* ---- values and columns ---- */

/* A field path: "price", "author__name"; an annotation's name. */
CvExpr *cv_f(const char *path);
/* In a sub-query: a path of the query set around it. */
CvExpr *cv_outer(const char *path);
/* A constant. */
CvExpr *cv_constant(CvValue value);
#define cv_value(x) cv_constant(CV_VALUE(x))

/* ---- arithmetic ---- */

CvExpr *cv_arithmetic(CvExpr *a, const char *operator_text, CvExpr *b); /* + - * / % ^ */
#define cv_plus(a, b) cv_arithmetic((a), "+", (b))
#define cv_minus(a, b) cv_arithmetic((a), "-", (b))
#define cv_multiply(a, b) cv_arithmetic((a), "*", (b))
#define cv_divide(a, b) cv_arithmetic((a), "/", (b))

/* ---- functions and aggregates ---- */

/* A database function of Django's name ("Lower", "Coalesce", "Length", ...) over expressions. */
CvExpr *cv_function_of(const char *name, size_t count, CvExpr *const *arguments);
#define cv_function(name, ...) \
    cv_function_of((name), CV_COUNT(__VA_ARGS__), (CvExpr *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

typedef struct CvAggregateOptions {
    bool distinct;
    CvExpr *filter;   /* a condition, or NULL */
    CvExpr *default_; /* for no rows, or NULL */
} CvAggregateOptions;
/* "Count", "Sum", "Avg", "Min", "Max", ... of an expression; NULL counts rows. `options` may be NULL. */
CvExpr *cv_aggregate_of(const char *name, CvExpr *what, const CvAggregateOptions *options);
#define cv_count_of(path, ...) cv_aggregate_of("Count", cv_f(path), &(CvAggregateOptions){__VA_ARGS__})
#define cv_sum_of(path, ...) cv_aggregate_of("Sum", cv_f(path), &(CvAggregateOptions){__VA_ARGS__})
#define cv_average_of(path, ...) cv_aggregate_of("Avg", cv_f(path), &(CvAggregateOptions){__VA_ARGS__})
#define cv_least_of(path, ...) cv_aggregate_of("Min", cv_f(path), &(CvAggregateOptions){__VA_ARGS__})
#define cv_most_of(path, ...) cv_aggregate_of("Max", cv_f(path), &(CvAggregateOptions){__VA_ARGS__})

/* Texts of many rows as one: cv_string_agg_of("tags__name", ", ") or, in an order of their own and with options,
 * cv_string_agg_with(cv_f("name"), cv_value(", "), &options, cv_ascending(cv_f("name"), 0)). Nulls are left out. */
CvExpr *cv_string_agg(CvExpr *what, CvExpr *delimiter, const CvAggregateOptions *options, size_t count,
                      CvExpr *const *order);
#define cv_string_agg_of(path, delimiter, ...) \
    cv_string_agg(cv_f(path), cv_value(delimiter), &(CvAggregateOptions){__VA_ARGS__}, 0, NULL)
#define cv_string_agg_with(what, delimiter, options, ...)                \
    cv_string_agg((what), (delimiter), (options), CV_COUNT(__VA_ARGS__), \
                  (CvExpr *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

/* ---- relations with a condition ---- */

/* In annotate() and alias(): a relation that is joined on a condition as well (Django's FilteredRelation; NULL: none).
 * Its name begins paths:
 *     books = cv_annotate(books, "best", cv_filtered_relation("reviews", cv_q(Book, "reviews__stars", 5)));
 *     books = cv_annotate(books, "votes", cv_count_of("best"));
 * Books without such reviews stay, unless a filter drops them. The condition's paths are those of the model; they go no
 * deeper than the relation. */
CvExpr *cv_filtered_relation(const char *relation, CvExpr *condition);

/* ---- ordering ---- */

typedef enum CvNulls { CV_NULLS_AS_THEY_ARE, CV_NULLS_FIRST, CV_NULLS_LAST } CvNulls;
CvExpr *cv_ascending(CvExpr *what, CvNulls nulls);
CvExpr *cv_descending(CvExpr *what, CvNulls nulls);

/* ---- sub-queries: pass the query set (any T_set *) ---- */

CvExpr *cv_exists_of(CvQuerySet *set);
CvExpr *cv_subquery_of(CvQuerySet *set);
#define cv_exists_in(set) cv_exists_of((CvQuerySet *)(set))
#define cv_subquery(set) cv_subquery_of((CvQuerySet *)(set))

CV_API_END

#endif
