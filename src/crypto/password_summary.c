/* password_summary.c: what may be shown of a password's hash, and hashes that no password has. */
#include "crypto/password_private.h"

#include "base/buffer.h"
#include "crypto/random.h"
#include "text/utf8.h"

enum { SHOWN = 6, SHOWN_OF_SHORT_SALT = 2 };

CvValue cv_password_mask(CvArena *arena, CvSlice text, size_t show)
{
    CvBuffer out = cv_buffer(arena);
    size_t at = 0;
    for (CvSlice rest = text; rest.length; at++) {
        const char *letter = rest.data;
        size_t before = rest.length;
        cv_utf8_next(&rest);
        if (at < show)
            cv_buffer_append(&out, letter, before - rest.length);
        else
            cv_buffer_append_byte(&out, '*');
    }
    (void)cv_buffer_string(&out);
    return cv_value_slice(cv_buffer_slice(&out));
}

/* The names of the work, in the order of CvPasswordParts.work. */
static const char *const *work_of(CvSlice algorithm)
{
    static const char *const none[] = {NULL};
    static const char *const scrypt[] = {"work factor", "block size", "parallelism", NULL};
    static const char *const pbkdf2[] = {"iterations", NULL};
    return cv_slice_is(algorithm, "md5") ? none : cv_slice_is(algorithm, "scrypt") ? scrypt : pbkdf2;
}

static bool summarise(CvArena *arena, CvSlice algorithm, CvSlice encoded, CvDict *summary)
{
    CvPasswordParts parts;
    if (cv_slice_is(algorithm, "argon2"))
        return cv_argon2_summary(arena, encoded, summary);
    if (cv_slice_is(algorithm, "bcrypt") || cv_slice_is(algorithm, "bcrypt_sha256"))
        return cv_bcrypt_summary(arena, encoded, summary);
    if (!cv_password_take_apart(encoded, &parts))
        return false;
    const char *const *names = work_of(algorithm);
    for (size_t i = 0; names[i]; i++)
        cv_dict_set_name(summary, names[i], cv_value_uint(parts.work[i]));
    size_t shown = cv_slice_is(algorithm, "md5") ? SHOWN_OF_SHORT_SALT : SHOWN;
    cv_dict_set_name(summary, "salt", cv_password_mask(arena, parts.salt, shown));
    cv_dict_set_name(summary, "hash", cv_password_mask(arena, parts.hash, SHOWN));
    return true;
}

bool cv_password_summary(CvArena *arena, CvSlice encoded, CvDict **summary, CvError *error)
{
    CvSlice algorithm = cv_password_algorithm(encoded);
    *summary = cv_dict_create(arena);
    cv_dict_set_name(*summary, "algorithm", cv_value_slice(algorithm));
    if (cv_password_known(encoded) && summarise(arena, algorithm, encoded, *summary))
        return true;
    return cv_fail(arena, error, CV_ERROR_VALUE, "This is no password hash that can be read.");
}

CvSlice cv_password_unusable(CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, CV_PASSWORD_UNUSABLE_PREFIX "%s",
                                    cv_random_string(arena, CV_PASSWORD_UNUSABLE_LENGTH, NULL)));
}

bool cv_password_is_usable(CvSlice encoded)
{
    return !cv_slice_starts_with(encoded, CV_SLICE(CV_PASSWORD_UNUSABLE_PREFIX));
}
