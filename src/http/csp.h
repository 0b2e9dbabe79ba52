/* csp.h: the value of Content-Security-Policy from a table of directives (Django's SECURE_CSP).
 *
 *     CvDict *policy = cv_dict_create(arena);
 *     cv_dict_set_name(policy, "default-src", cv_value_list(cv_list(arena, CV_CSP_SELF, CV_CSP_NONCE)));
 *     cv_csp_policy(arena, policy, "r4nd0m");              // "default-src 'self' 'nonce-r4nd0m'"
 */
#ifndef CV_HTTP_CSP_H
#define CV_HTTP_CSP_H

#include "base/value.h"

CV_API_BEGIN

#define CV_CSP_SELF "'self'"
#define CV_CSP_NONE "'none'"
#define CV_CSP_UNSAFE_INLINE "'unsafe-inline'"
#define CV_CSP_UNSAFE_EVAL "'unsafe-eval'"
#define CV_CSP_UNSAFE_HASHES "'unsafe-hashes'"
#define CV_CSP_WASM_UNSAFE_EVAL "'wasm-unsafe-eval'"
#define CV_CSP_REPORT_SAMPLE "'report-sample'"
#define CV_CSP_STRICT_DYNAMIC "'strict-dynamic'"
/* Stands for the nonce of the request. */
#define CV_CSP_NONCE "<CSP_NONCE_SENTINEL>"

/* Directive names to a text, a list of texts, or true (the name alone). Null, false and empty lists are left out, and
 * so is CV_CSP_NONCE where `nonce` is NULL or empty. */
CvSlice cv_csp_policy(CvArena *arena, const CvDict *policy, const char *nonce);

/* The table of directives that are written as texts, as settings hold them: CV_LIST("default-src 'self'",
 * "script-src 'self' " CV_CSP_NONCE, "upgrade-insecure-requests"), ends in NULL. A name that comes twice counts once,
 * the first one, as in browsers. */
CvDict *cv_csp_parse(CvArena *arena, const char *const *directives);

CV_API_END

#endif
