/* response_headers.c: headers and cookies of a response. */
#include "http/cookie_private.h"
#include "http/response.h"

/* What was sent cannot be taken back. */
static bool may_change(const CvResponse *response, CvError *error)
{
    if (CV_LIKELY(!response->begun))
        return true;
    *error = (CvError){.kind = CV_ERROR_BAD_HEADER,
                       .message = "The head of this response has been sent already: the page was longer than "
                                  "RENDER_BUFFER.",
                       .hint = "Set headers and cookies on a response of cv_render_to_string(), which is never sent "
                               "in pieces."};
    return false;
}

bool cv_response_try_set_header(CvResponse *response, const char *name, const char *value, CvError *error)
{
    if (!may_change(response, error))
        return false;
    return cv_headers_set(&response->headers, response->arena, name, value, error);
}

void cv_response_set_header(CvResponse *response, const char *name, const char *value)
{
    CvError error;

    if (!cv_response_try_set_header(response, name, value, &error))
        cv_raise_error(&error);
}

void cv_response_set_static_header(CvResponse *response, CvHeaderId id, CvSlice value)
{
    CvHeader *header = NULL;

    for (size_t i = 0; i < response->headers.count; i++)
        if (response->headers.items[i].id == id)
            header = &response->headers.items[i];
    if (!header)
        header = cv_vector_add(response->arena, &response->headers);
    *header = (CvHeader){cv_slice(cv_header_name(id)), value, (uint8_t)id, true};
}

void cv_response_set_header_default(CvResponse *response, const char *name, const char *value)
{
    if (!cv_headers_has(&response->headers, name))
        cv_response_set_header(response, name, value);
}

const char *cv_response_header(const CvResponse *response, const char *name)
{
    return cv_headers_get(&response->headers, name);
}

bool cv_response_has_header(const CvResponse *response, const char *name)
{
    return cv_headers_has(&response->headers, name);
}

bool cv_response_remove_header(CvResponse *response, const char *name)
{
    return cv_headers_remove(&response->headers, name);
}

bool cv_response_try_set_cookie(CvResponse *response, const char *name, const char *value,
                                const CvCookieOptions *options, CvError *error)
{
    static const CvCookieOptions none = {0};
    CvArena *arena = response->arena;
    const char *header;

    if (!may_change(response, error))
        return false;
    if (!options)
        options = &none;
    if (!cv_cookie_format(arena, cv_slice(name), cv_slice(value), options, &header, error))
        return false;
    CvCookie *cookie = (CvCookie *)(uintptr_t)cv_response_cookie(response, name);
    if (!cookie)
        cookie = cv_vector_add(arena, &response->cookies);
    *cookie = (CvCookie){cv_arena_strdup(arena, name), cv_arena_strdup(arena, value ? value : ""), header};
    return true;
}

void cv_response_set_cookie(CvResponse *response, const char *name, const char *value, const CvCookieOptions *options)
{
    CvError error;

    if (!cv_response_try_set_cookie(response, name, value, options, &error))
        cv_raise_error(&error);
}

void cv_response_delete_cookie(CvResponse *response, const char *name, const CvCookieOptions *options)
{
    CvCookieOptions gone = {.max_age_zero = true, .expires_text = "Thu, 01 Jan 1970 00:00:00 GMT"};
    CvSlice prefix = cv_slice(name);

    if (options) {
        gone.path = options->path;
        gone.domain = options->domain;
        gone.samesite = options->samesite;
    }
    /* Browsers take a cookie of these kinds, also an expired one, only if it is secure. */
    gone.secure = cv_slice_starts_with(prefix, CV_SLICE("__Secure-")) ||
                  cv_slice_starts_with(prefix, CV_SLICE("__Host-")) ||
                  cv_slice_equal_fold(cv_slice(gone.samesite), CV_SLICE("none"));
    cv_response_set_cookie(response, name, "", &gone);
}

void cv_response_set_signed_cookie(CvResponse *response, const char *name, const char *value, const char *salt,
                                   const char *key, const CvCookieOptions *options)
{
    CvSigner signer = cv_cookie_signer(response->arena, cv_slice(name), salt, key, NULL);
    CvSlice text = cv_sign_timestamp(&signer, response->arena, cv_slice(value));

    cv_response_set_cookie(response, name, cv_slice_string(response->arena, text), options);
}

const CvCookie *cv_response_cookie(const CvResponse *response, const char *name)
{
    for (size_t i = 0; i < response->cookies.count; i++)
        if (strcmp(response->cookies.items[i].name, name) == 0)
            return &response->cookies.items[i];
    return NULL;
}
