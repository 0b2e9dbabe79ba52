/* lookup.c: finding rows or answering 404. */
#include "web/lookup.h"

void *cv_get_or_404_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    void *row = cv_get_at(set, site, count, keys, values);
    if (!row)
        cv_raise(CV_ERROR_NOT_FOUND, "No %s matches the given query.", cv_set_model(set)->name);
    return row;
}

CvQuerySet *cv_list_or_404_of(CvQuerySet *set)
{
    if (cv_length_of(set) == 0)
        cv_raise(CV_ERROR_NOT_FOUND, "No %s matches the given query.", cv_set_model(set)->name);
    return set;
}
