/* signed_value.c: signed values: compact JSON in base64url under a signature. */
#include "crypto/signing.h"
#include "text/json.h"

CvSlice cv_sign_value(const CvSigner *signer, CvArena *arena, CvValue value, unsigned flags)
{
    static const CvJsonWriteOptions options = {.compact = true, .plain = true, .nan = true};
    CvBuffer json = cv_buffer(arena);
    CvError error;
    if (!cv_json_write(arena, &json, value, &options, &error))
        cv_raise_error(&error);
    return cv_sign_bytes(signer, arena, cv_buffer_slice(&json), flags);
}

bool cv_unsign_value(const CvSigner *signer, CvArena *arena, CvSlice text, unsigned flags, double max_age,
                     CvValue *value, CvError *error)
{
    static const CvJsonReadOptions options = {.depth = 200, .nan = true}; /* as deep as what is signed can be */
    CvSlice json;
    return cv_unsign_bytes(signer, arena, text, flags, max_age, &json, error) &&
           cv_json_parse(arena, json, &options, value, error);
}
