/* cookie_sign.c: how cookies are signed. */
#include "http/cookie_private.h"
#include "text/utf8.h"

static const char *cookie_key(CvArena *arena, const char *key)
{
    return cv_arena_printf(arena, "django.http.cookies%s", key);
}

CvSigner cv_cookie_signer(CvArena *arena, CvSlice name, const char *salt, const char *key, const char *const *fallbacks)
{
    CvSlice extra = cv_slice(salt ? salt : "");
    const char **keys = NULL;
    size_t count = 0;

    /* The length keeps pairs of salt and name apart that would read the same together. */
    const char *full = cv_arena_printf(arena, "django.http.cookies.v2:%zu:%.*s%.*s", cv_utf8_count(extra),
                                       CV_SLICE_ARG(extra), CV_SLICE_ARG(name));
    while (fallbacks && fallbacks[count])
        count++;
    if (count) {
        keys = cv_arena_new_array(arena, const char *, count + 1);
        for (size_t i = 0; i < count; i++)
            keys[i] = cookie_key(arena, fallbacks[i]);
    }
    return (CvSigner){.key = cookie_key(arena, key), .fallback_keys = keys, .salt = full};
}
