/* csp.c: Content-Security-Policy: what pages may load and run. A policy without a nonce is put together once. */
#include "http/csp.h"

#include "crypto/crypto.h"
#include "http/http.h"
#include "middleware/csp.h"
#include "middleware/middleware.h"
#include "template/context.h"
#include "web/context.h"
#include "web/project.h"

/* A policy as it is sent. */
typedef struct Policy {
    const CvDict *directives; /* NULL: no header */
    CvSlice fixed;            /* the whole text, where no nonce is in it */
} Policy;

/* What a request keeps: the nonce, once it was asked for. */
typedef struct Nonce {
    CvObject object;
    char text[24]; /* "": not asked for */
} Nonce;

static const char *const headers[] = {"Content-Security-Policy", "Content-Security-Policy-Report-Only"};
enum { ENFORCED, REPORTED, SLOT_OF_RESPONSE = CV_RESPONSE_SLOTS - 3 };

static Policy policies[2];
static int slot = -1;

/* ---- policies ---- */

static Policy make_policy(CvArena *arena, const char *const *directives)
{
    Policy policy = {0};
    bool nonce = false;

    if (!directives || !*directives)
        return policy;
    policy.directives = cv_csp_parse(arena, directives);
    for (const char *const *directive = directives; *directive; directive++)
        nonce |= strstr(*directive, CV_CSP_NONCE) != NULL;
    if (!nonce)
        policy.fixed = cv_csp_policy(arena, policy.directives, NULL);
    return policy;
}

static bool csp_init(const CvSettings *settings, CvErrors *errors)
{
    CvArena *arena = cv_project_arena();
    const char *const *const wanted[] = {settings->secure_csp, settings->secure_csp_report_only};
    static const char *const names[] = {"SECURE_CSP", "SECURE_CSP_REPORT_ONLY"};

    if (slot < 0)
        slot = cv_request_slot(NULL, NULL);
    for (size_t i = 0; i < CV_COUNT_OF(policies); i++) {
        CvHeaders trial = {0};
        CvError error;
        policies[i] = make_policy(arena, wanted[i]);
        CvSlice text = policies[i].directives ? cv_csp_policy(arena, policies[i].directives, "x") : CV_SLICE("");
        if (!cv_headers_set_slice(&trial, arena, cv_slice(headers[i]), text, true, &error))
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s: %s", names[i], error.message);
    }
    return true;
}

/* What a view says instead of the settings stays with its response: read at once, for the list may be a local one. */
static void override(CvResponse *response, int which, const char *const *directives)
{
    Policy *own = cv_arena_new(response->arena, Policy);

    *own = make_policy(response->arena, directives);
    response->slots[SLOT_OF_RESPONSE + which] = own;
}

void cv_csp_override(CvResponse *response, const char *const *directives)
{
    override(response, ENFORCED, directives);
}

void cv_csp_report_only_override(CvResponse *response, const char *const *directives)
{
    override(response, REPORTED, directives);
}

/* ---- the nonce ---- */

static Nonce *nonce_of(const CvRequest *request)
{
    return slot < 0 ? NULL : request->slots[slot];
}

static const char *ask(Nonce *nonce, CvArena *arena)
{
    if (!nonce->text[0]) {
        uint8_t bytes[16];
        cv_random_bytes(bytes, sizeof bytes);
        CvSlice text = cv_base64_encode(arena, cv_slice_of((const char *)bytes, sizeof bytes), CV_BASE64_URL);
        memcpy(nonce->text, text.data, text.length < sizeof nonce->text ? text.length : sizeof nonce->text - 1);
    }
    return nonce->text;
}

const char *cv_csp_nonce(CvRequest *request)
{
    Nonce *nonce = nonce_of(request);

    return nonce ? ask(nonce, request->arena) : NULL;
}

static CvSlice nonce_str(const void *object, CvArena *arena)
{
    return cv_slice(ask((Nonce *)(uintptr_t)object, arena));
}

/* Whether it was asked for: a template that only tests it makes none. */
static bool nonce_truth(const void *object)
{
    return ((const Nonce *)object)->text[0] != '\0';
}

static const CvType nonce_type = {
    .magic = CV_TYPE_MAGIC, .name = "LazyNonce", .str = nonce_str, .repr = nonce_str, .truth = nonce_truth};

static void add_nonce(CvRequest *request, CvContext *context)
{
    Nonce *nonce = nonce_of(request);

    cv_context_set(context, "csp_nonce", nonce ? cv_value_object(nonce) : cv_value_null());
}

const CvContextProcessor cv_csp_context = {.name = "csp", .provides = CV_LIST("csp_nonce"), .add = add_nonce};

/* ---- the middleware ---- */

static CvResponse *csp_request(CvRequest *request)
{
    Nonce *nonce = cv_arena_new(request->arena, Nonce);

    nonce->object.type = &nonce_type;
    request->slots[slot] = nonce;
    return NULL;
}

static CvResponse *csp_response(CvRequest *request, CvResponse *response)
{
    const Nonce *nonce = nonce_of(request);

    for (int i = 0; i < 2; i++) {
        const Policy *own = response->slots[SLOT_OF_RESPONSE + i], *policy = own ? own : &policies[i];
        if (!policy->directives || cv_response_header(response, headers[i]))
            continue;
        CvSlice text = policy->fixed.data
                           ? policy->fixed
                           : cv_csp_policy(response->arena, policy->directives, nonce ? nonce->text : NULL);
        cv_response_set_header(response, headers[i], cv_slice_string(response->arena, text));
    }
    return response;
}

const CvMiddleware cv_csp_middleware = {
    .name = "csp",
    .init = csp_init,
    .process_request = csp_request,
    .process_response = csp_response,
};
