/* password_bcrypt.c: "bcrypt$$2b$12$salthash" and "bcrypt_sha256$...": bcrypt by the system's libcrypt. */
#include <crypt.h>

#include "base/buffer.h"
#include "crypto/digest.h"
#include "crypto/password_private.h"
#include "crypto/random.h"

/* SETTING: "$2b$12$" and 22 characters of salt. The algorithm reads no more than 72 bytes of a password. */
enum { ROUNDS = 12, ROUNDS_MAX = 20, SETTING = 29, PASSWORD_MAX = 72, SHOWN = 6 };

static uint32_t rounds_of(const CvPasswordWork *work)
{
    return work->rounds ? work->rounds : ROUNDS;
}

/* The text that bcrypt is given: hexadecimal digits of the SHA-256, or the password itself. NULL: it cannot be. */
static const char *phrase_of(CvArena *arena, const char *name, CvSlice password)
{
    uint8_t digest[CV_SHA256_SIZE];
    if (strcmp(name, "bcrypt") == 0)
        return cv_slice_find_byte(password, '\0') < 0
                   ? cv_slice_string(arena, cv_slice_of(password.data, password.length < PASSWORD_MAX ? password.length
                                                                                                      : PASSWORD_MAX))
                   : NULL;
    cv_digest_pieces(CV_SHA256, &password, 1, digest);
    return cv_slice_string(arena, cv_hex(arena, digest, sizeof digest));
}

/* "$2b$12$" and 22 letters, with a number of rounds that ends in this century. */
static bool is_setting(CvSlice text)
{
    uint64_t rounds;
    return text.length >= SETTING && text.data[0] == '$' && text.data[1] == '2' && text.data[3] == '$' &&
           text.data[6] == '$' && cv_slice_to_uint64(cv_slice_range(text, 4, 6), &rounds) && rounds >= 4 &&
           rounds <= ROUNDS_MAX;
}

/* NULL where libcrypt refuses. */
static const char *compute(CvArena *arena, const char *phrase, const char *setting)
{
    struct crypt_data *data = cv_arena_new(arena, struct crypt_data);
    return crypt_rn(phrase, setting, data, (int)sizeof *data);
}

bool cv_bcrypt_hash(CvArena *arena, const char *name, const CvPasswordWork *work, CvSlice password, CvSlice salt,
                    CvSlice *encoded, CvError *error)
{
    char made[CRYPT_GENSALT_OUTPUT_SIZE];
    const char *setting = cv_slice_string(arena, salt), *phrase = phrase_of(arena, name, password);
    if (!salt.length) {
        uint8_t random[16];
        cv_random_bytes(random, sizeof random);
        setting = crypt_gensalt_rn("$2b$", rounds_of(work), (const char *)random, sizeof random, made, sizeof made);
    }
    const char *hash = phrase && setting && is_setting(cv_slice(setting)) ? compute(arena, phrase, setting) : NULL;
    if (!hash)
        return cv_fail(arena, error, CV_ERROR_VALUE,
                       phrase ? "Invalid salt" : "A password with a NUL has no bcrypt hash.");
    *encoded = cv_slice(cv_arena_printf(arena, "%s$%s", name, hash));
    return true;
}

bool cv_bcrypt_verify(CvArena *arena, const char *name, CvSlice password, CvSlice encoded)
{
    CvSlice stored = cv_slice_skip(encoded, strlen(name) + 1);
    const char *phrase = phrase_of(arena, name, password);
    const char *hash = phrase && is_setting(stored) ? compute(arena, phrase, cv_slice_string(arena, stored)) : NULL;
    return hash && cv_constant_time_equal(cv_slice(hash), stored);
}

void cv_bcrypt_defaults(CvPasswordWork *work)
{
    work->rounds = ROUNDS;
}

bool cv_bcrypt_summary(CvArena *arena, CvSlice encoded, CvDict *summary)
{
    ptrdiff_t at = cv_slice_find_byte(encoded, '$');
    CvSlice stored = at < 0 ? CV_SLICE("") : cv_slice_skip(encoded, (size_t)at + 1);
    uint64_t rounds;
    if (!is_setting(stored) || !cv_slice_to_uint64(cv_slice_range(stored, 4, 6), &rounds))
        return false;
    cv_dict_set_name(summary, "work factor", cv_value_uint(rounds));
    cv_dict_set_name(summary, "salt", cv_password_mask(arena, cv_slice_range(stored, 7, SETTING), SHOWN));
    cv_dict_set_name(summary, "checksum", cv_password_mask(arena, cv_slice_skip(stored, SETTING), SHOWN));
    return true;
}

bool cv_bcrypt_must_update(const CvPasswordWork *work, CvSlice encoded)
{
    ptrdiff_t at = cv_slice_find_byte(encoded, '$');
    CvSlice stored = at < 0 ? (CvSlice){"", 0} : cv_slice_skip(encoded, (size_t)at + 1);
    uint64_t rounds;
    return !is_setting(stored) || !cv_slice_to_uint64(cv_slice_range(stored, 4, 6), &rounds) ||
           rounds != rounds_of(work);
}
