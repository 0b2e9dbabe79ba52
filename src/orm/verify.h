/* verify.h: holds the query calls of a program against its models, before anything is served.
 *
 *     CvErrors errors = {.arena = arena};
 *     for (CvSite *site = NULL; (site = cv_sites_next(site));)
 *         cv_site_verify(site, &errors);                 // sites of other kinds are left alone
 *
 * Each error has the message that the call would raise, file and line of the call, and in `hint` the nearest right
 * spelling. Found are: names that do not exist, lookups that do not fit the field, values of a wrong type, orders and
 * relations that are none, what only(), defer() and prefetch_related() cannot take, assignments to what is no column,
 * annotations that clash. Expressions are read where they are written in the call: cv_f("name"), the aggregates and
 * arithmetic of them, get_or_create()'s cv_pairs(...). Not held against anything: what the program computes, sets of
 * records (behind cv_values()), and sub-queries beyond their own calls. Names that an annotate() call on the same model
 * gives are taken to be annotations. Call it after cv_models_ready(). */
#ifndef CV_ORM_VERIFY_H
#define CV_ORM_VERIFY_H

#include "base/site.h"
#include "orm/model.h"

CV_API_BEGIN

/* True if nothing is wrong with the call, or if it is no query, or if its model cannot be told. */
bool cv_site_verify(const CvSite *site, CvErrors *errors);
/* The conditions and expressions in a model's options (constraints, indexes, generated fields, database defaults): true
 * if all of them fit. */
bool cv_model_verify(const CvModel *model, CvErrors *errors);
/* The model of a site: by name, or by the line of its list and the size of its row. The model after `model` (NULL: the
 * first) that fits, or NULL. */
const CvModel *cv_site_model(const CvSite *site, const CvModel *model);

CV_API_END

#endif
