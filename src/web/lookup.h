/* lookup.h: finding rows or answering 404.
 *
 *     Book *book = cv_get_object_or_404(Book, "slug", slug);
 *     Book *sold = cv_get_in_or_404(cv_filter(cv_objects(Book), "stock", 0), "slug", slug);
 *     Book_set *books = cv_get_list_or_404(cv_filter(cv_objects(Book), "year", 1818));
 *
 * Where nothing matches, CV_ERROR_NOT_FOUND is raised ("No Book matches the given query."), which the handler answers
 * with 404; more than one row is CV_ERROR_MULTIPLE_OBJECTS, as with cv_get(). */
#ifndef CV_WEB_LOOKUP_H
#define CV_WEB_LOOKUP_H

#include "orm/orm.h"

CV_API_BEGIN

/* The row of T that matches the lookups. */
#define cv_get_object_or_404(T, ...) \
    ((T *)CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_GET, #__VA_ARGS__, cv_get_or_404_at, cv_objects(T), __VA_ARGS__))
/* The same within a set. */
#define cv_get_in_or_404(set, ...)                                                                           \
    ((__typeof__((set)->row))CV_PAIRS_RESULT_(__COUNTER__, CV_SITE_GET, #__VA_ARGS__, cv_get_or_404_at, set, \
                                              __VA_ARGS__))
/* The set itself, unless it is empty. */
#define cv_get_list_or_404(set) ((__typeof__(set))cv_list_or_404_of((CvQuerySet *)(set)))

void *cv_get_or_404_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values);
CvQuerySet *cv_list_or_404_of(CvQuerySet *set);

CV_API_END

#endif
