/* site.h: a static record for each keyword call in a program, for verification before serving and for the plan cache.
 *
 * CV_SITE(kind, subject, model_line, row_size, "key", value, ...) leaves a CvSite in the linker section `cv_sites` of
 * the object that is being linked and gives its address. The section serves verification and caching only; nothing is
 * registered through it. cv_sites() walks the sections that were handed over with cv_sites_add() (cv_main does so for
 * the program; a shared library calls CV_SITES_ADD() for its own). */
#ifndef CV_BASE_SITE_H
#define CV_BASE_SITE_H

#include "base/value.h"

CV_API_BEGIN

typedef enum CvSiteKind {
    CV_SITE_FILTER = 1, /* keys are lookups of a model */
    CV_SITE_EXCLUDE,
    CV_SITE_GET,
    CV_SITE_FIELDS,  /* keys are field paths (values); no values, nor those up to CV_SITE_PREFETCH */
    CV_SITE_LOADING, /* only, defer */
    CV_SITE_ORDER,
    CV_SITE_RELATED,  /* select_related */
    CV_SITE_PREFETCH, /* prefetch_related, by what rows call them; subject: the name that keeps the rows (to_attr) */
    CV_SITE_UPDATE,   /* keys are field names that get values */
    CV_SITE_ANNOTATE,
    CV_SITE_AGGREGATE,
    CV_SITE_DEFAULTS,   /* no keys: subject is the text of get_or_create's defaults */
    CV_SITE_RENDER,     /* subject is a template's name as source text; keys are context names */
    CV_SITE_REVERSE,    /* subject is a URL name as source text; keys are its arguments */
    CV_SITE_PERMISSION, /* subject is a permission */
    CV_SITE_FORM,       /* hint is the type of a form */
    CV_SITE_FORMSET,    /* hint is the type of a formset */
} CvSiteKind;

typedef struct CvSite {
    CvSiteKind kind;
    int line;
    const char *file;
    const char *subject;        /* source text of the name it is about; of a query's pairs; or NULL */
    const char *model;          /* source text of the model's name, or NULL */
    size_t model_line;          /* the list line of the MODEL that the set is of, or 0 */
    size_t row_size;            /* size of that model's row */
    int count;                  /* pairs, or names */
    const char *const *keys;    /* `count` keys and a NULL */
    const uint8_t *value_kinds; /* CvKind of each value where the C type tells it, CV_MISSING where not; or NULL */
    void *hint;                 /* the plan cache's, per process */
} CvSite;

/* The CvKind of an expression as a constant, for the record. */
#define CV_KIND_OF(x) \
    _Generic((x), bool: CV_BOOL, char: CV_INT, signed char: CV_INT, unsigned char: CV_INT, short: CV_INT,              \
        unsigned short: CV_INT, int: CV_INT, unsigned: CV_INT, long: CV_INT, long long: CV_INT, unsigned long: CV_INT, \
        unsigned long long: CV_INT, float: CV_FLOAT, double: CV_FLOAT, char *: CV_STRING, const char *: CV_STRING,     \
        CvSlice: CV_STRING, CvBytes: CV_BYTES, CvDecimal: CV_DECIMAL, CvDate: CV_DATE, CvTime: CV_TIME,                \
        CvDateTime: CV_DATETIME, CvDuration: CV_DURATION, CvUuid: CV_UUID, CvNullInteger: CV_INT,                      \
        CvNullFloat: CV_FLOAT, CvNullBoolean: CV_BOOL, CvList *: CV_LIST, const CvList *: CV_LIST, CvDict *: CV_DICT,  \
        const CvDict *: CV_DICT, CvValue: CV_MISSING, default: CV_OBJECT)

#define CV_SITE(site_kind, about, model_name, model_line_, row_size_, ...) \
    CV_SITE_(__COUNTER__, site_kind, about, model_name, model_line_, row_size_, __VA_ARGS__)
#define CV_SITE_(id, site_kind, about, model_name, model_line_, row_size_, ...)                              \
    ({                                                                                                       \
        CV_CHECK_PAIRS(__VA_ARGS__);                                                                         \
        static const char *const CV_CAT(cv_keys_, id)[] = {CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL};        \
        static const uint8_t CV_CAT(cv_kinds_, id)[] = {CV_KINDS(__VA_ARGS__) __VA_OPT__(, ) CV_MISSING};    \
        static CvSite CV_CAT(cv_site_, id)                                                                   \
            __attribute__((section("cv_sites"), used, aligned(8))) = {.kind = (site_kind),                   \
                                                                      .line = __LINE__,                      \
                                                                      .file = __FILE__,                      \
                                                                      .subject = (about),                    \
                                                                      .model = (model_name),                 \
                                                                      .model_line = (model_line_),           \
                                                                      .row_size = (row_size_),               \
                                                                      .count = CV_COUNT(__VA_ARGS__) / 2,    \
                                                                      .keys = CV_CAT(cv_keys_, id),          \
                                                                      .value_kinds = CV_CAT(cv_kinds_, id)}; \
        &CV_CAT(cv_site_, id);                                                                               \
    })
/* The same where all arguments are names: cv_order_by(set, "a", "b"). */
#define CV_NAMES_SITE(site_kind, model_name, model_line_, row_size_, ...) \
    CV_NAMES_TEXT_SITE_(__COUNTER__, site_kind, NULL, model_name, model_line_, row_size_, __VA_ARGS__)
#define CV_NAMES_TEXT_SITE_(id, site_kind, about, model_name, model_line_, row_size_, ...)            \
    ({                                                                                                \
        static const char *const CV_CAT(cv_keys_, id)[] = {__VA_ARGS__ __VA_OPT__(, ) NULL};          \
        static CvSite CV_CAT(cv_site_, id)                                                            \
            __attribute__((section("cv_sites"), used, aligned(8))) = {.kind = (site_kind),            \
                                                                      .line = __LINE__,               \
                                                                      .file = __FILE__,               \
                                                                      .subject = (about),             \
                                                                      .model = (model_name),          \
                                                                      .model_line = (model_line_),    \
                                                                      .row_size = (row_size_),        \
                                                                      .count = CV_COUNT(__VA_ARGS__), \
                                                                      .keys = CV_CAT(cv_keys_, id)};  \
        &CV_CAT(cv_site_, id);                                                                        \
    })
/* The values of the pairs as an array that lives as long as the enclosing block. */
#define CV_ARGUMENTS(...) ((const CvValue[]){CV_VALUES(__VA_ARGS__) __VA_OPT__(, ){.kind = CV_MISSING}})

/* Hands over the linked object's own section (nothing happens if it has none). */
#define CV_SITES_ADD()                                                                                          \
    do {                                                                                                        \
        extern CvSite cv_first_site_[] __asm__("__start_cv_sites") __attribute__((weak, visibility("hidden"))); \
        extern CvSite cv_end_site_[] __asm__("__stop_cv_sites") __attribute__((weak, visibility("hidden")));    \
        cv_sites_add(cv_first_site_, cv_end_site_);                                                             \
    } while (0)
void cv_sites_add(CvSite *first, CvSite *end);
/* The record after `site` (NULL: the first) over all sections handed over, or NULL. */
CvSite *cv_sites_next(CvSite *site);

CV_API_END

#endif
