/* call.c: calling a view with the parameters that its signature says. */
#include "urls/resolver.h"

enum { SIGNATURES = 85 };

#define LETTERS(number, letters, ...) [number] = letters,
static const char *const signature_letters[SIGNATURES] = {CV_SIGNATURES_0(LETTERS) CV_SIGNATURES_1(LETTERS)
                                                              CV_SIGNATURES_2(LETTERS) CV_SIGNATURES_3(LETTERS)};

const char *cv_view_signature_letters(int signature)
{
    return signature >= 0 && signature < SIGNATURES ? signature_letters[signature] : NULL;
}

/* One parameter out of a value, by letter. */
static inline int64_t as_i(const CvValue *value)
{
    return value->integer;
}

static inline const char *as_s(const CvValue *value)
{
    return value->kind == CV_STRING ? value->text : NULL;
}

static inline CvUuid as_u(const CvValue *value)
{
    CvUuid uuid = {.set = value->kind == CV_UUID};
    memcpy(uuid.bytes, value->uuid, sizeof uuid.bytes);
    return uuid;
}

static inline CvValue as_v(const CvValue *value)
{
    return *value;
}

#define CALL_0(number, letters) \
    case number:                \
        return ((CvResponse * (*)(CvRequest *)) view)(request);
#define CALL_1(number, letters, A, a) \
    case number:                      \
        return ((CvResponse * (*)(CvRequest *, A)) view)(request, as_##a(p));
#define CALL_2(number, letters, A, a, B, b) \
    case number:                            \
        return ((CvResponse * (*)(CvRequest *, A, B)) view)(request, as_##a(p), as_##b(p + 1));
#define CALL_3(number, letters, A, a, B, b, C, c) \
    case number:                                  \
        return ((CvResponse * (*)(CvRequest *, A, B, C)) view)(request, as_##a(p), as_##b(p + 1), as_##c(p + 2));

CvResponse *cv_call_view(const CvUrlMatch *match, CvRequest *request)
{
    const CvUrl *url = match->url;
    const CvValue *p = match->parameters;
    CvViewFunction view = url->view;
    if (url->object)
        return url->object->dispatch(url->object, request, match);
    const char *letters = cv_view_signature_letters(url->signature);
    if (!view || !letters || strlen(letters) != match->parameter_count)
        return NULL;
    switch (url->signature) {
        CV_SIGNATURES_0(CALL_0)
        CV_SIGNATURES_1(CALL_1)
        CV_SIGNATURES_2(CALL_2)
        CV_SIGNATURES_3(CALL_3)
    default:
        return NULL;
    }
}
