/* fuzz_signing.c: signed text from a visitor, base64 and numbers in it. */
#include "base/self.h"
#include "crypto/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const CvSigner signer = {.key = "key"};
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_slice_of((const char *)data, size), bytes;
    CvError error;
    CvValue value;
    int64_t number;
    (void)cv_unsign_value(&signer, arena, text, CV_SIGN_TIMESTAMP, 10, &value, &error);
    /* The same text under a good signature reaches what stands behind it. */
    CvSlice good = cv_sign(&signer, arena, text);
    if (!cv_unsign(&signer, arena, good, &bytes, &error) || !cv_slice_equal(bytes, text))
        abort();
    (void)cv_unsign_bytes(&signer, arena, good, CV_SIGN_COMPRESS, CV_ANY_AGE, &bytes, &error);
    for (int form = 0; form < 4; form++)
        (void)cv_base64_decode(arena, text, (CvBase64)form, &bytes);
    (void)cv_base64_decode_uid(arena, text, &bytes);
    (void)cv_base36_decode(text, &number);
    if (cv_base62_decode(text, &number) && number > 0) {
        int64_t again;
        if (!cv_base62_decode(cv_base62_encode(arena, number), &again) || again != number)
            abort();
    }
    (void)cv_csrf_match(text, text);
    cv_arena_destroy(arena);
    return 0;
}
