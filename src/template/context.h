/* context.h: what a template may name: a stack of scopes from names to values, Django's Context.
 *
 *     CvContext *context = cv_context_create(arena);
 *     cv_context_set(context, "book", CV_VALUE(book));
 *     cv_context_push(context);                        // {% with %}, {% for %} and {% block %} do this
 *     cv_context_set(context, "book", CV_VALUE("shadows the other"));
 *     cv_context_pop(context);
 *
 * A name is looked up from the newest scope to the oldest; True, False and None are below all of them. Looking up takes
 * the same time however many names there are. Names and values are borrowed: they must live as long as the context. A
 * context serves one render at a time. */
#ifndef CV_TEMPLATE_CONTEXT_H
#define CV_TEMPLATE_CONTEXT_H

#include "base/value.h"

CV_API_BEGIN

typedef struct CvLocale CvLocale;
typedef struct CvEngine CvEngine;

typedef struct CvContextEntry {
    CvSlice name;
    CvValue value;
} CvContextEntry;

/* What web gives a context that renders for a request (Django's RequestContext); all of it optional. */
typedef struct CvContextRequest {
    void *request;           /* the CvRequest, for tags of higher floors */
    CvValue query;           /* request.GET: a dict or an object with "lists", for {% querystring %} */
    const char *current_app; /* the namespace that {% url %} prefers */
    const char *csp_nonce;   /* for {% csp_nonce_attr %}; NULL: none */
} CvContextRequest;

/* The members are read by tags; the functions below write the scopes. */
typedef struct CvContext {
    CvArena *arena;
    CvContextEntry *entries; /* of all scopes, oldest first */
    uint32_t *hashes;        /* one for each entry */
    size_t count, capacity;
    struct CvContextIndex *index; /* of the entries, where there are many; NULL: they are searched */
    struct CvKeptText *texts;     /* of a render: what tags set, one for each place among the entries */
    size_t text_capacity;
    size_t *scopes; /* where each scope begins in `entries`; scopes[0] is 0 */
    size_t depth, scope_capacity;
    const CvContextRequest *request; /* NULL: rendered without a request */
    const CvLocale *locale;          /* NULL: the active one, else the engine's */
    bool autoescape;                 /* set from the engine when a render begins */
    bool use_tz, use_l10n;           /* both set when a render begins; {% localtime %} and {% localize %} change them */
} CvContext;

/* An empty context with one scope. */
CvContext *cv_context_create(CvArena *arena);
/* Sets a name in the newest scope. */
void cv_context_set(CvContext *context, const char *name, CvValue value);
void cv_context_set_slice(CvContext *context, CvSlice name, CvValue value);
/* Sets every text key of the dict. */
void cv_context_update(CvContext *context, const CvDict *dict);
/* Sets the name in the newest scope that has it, else in the newest of all (Django's set_upward); gives the place among
 * the entries. */
size_t cv_context_set_upward(CvContext *context, CvSlice name, CvValue value);
/* The value of the name; false if no scope has it. */
bool cv_context_get(const CvContext *context, CvSlice name, CvValue *value);
void cv_context_push(CvContext *context);
void cv_context_pop(CvContext *context);
/* All scopes as one dict, newer names over older ones; without True, False and None. */
CvDict *cv_context_flatten(const CvContext *context, CvArena *arena);

/* The hash of a name, and the look-up for callers that keep it (compiled templates do). */
uint32_t cv_context_hash(CvSlice name);
/* cv_context_set_slice() with the hash; gives the place among the entries. */
size_t cv_context_put(CvContext *context, CvSlice name, uint32_t hash, CvValue value);
const CvContextEntry *cv_context_find(const CvContext *context, CvSlice name, uint32_t hash);

CV_API_END

#endif
