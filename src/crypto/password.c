/* password.c: hashing passwords and checking them. */
#include "crypto/password_private.h"

#include "base/buffer.h"
#include "base/self.h"
#include "crypto/base64.h"
#include "crypto/derive.h"
#include "crypto/random.h"

enum { ITERATIONS = 1500000, SCRYPT_N = 16384, SCRYPT_R = 8, SCRYPT_P = 5, MOST_PARTS = 6 };

typedef enum Algorithm { PBKDF2_SHA256, PBKDF2_SHA1, SCRYPT, MD5, ARGON2, BCRYPT, BCRYPT_SHA256, UNKNOWN } Algorithm;
static const char *const names[] = {"pbkdf2_sha256", "pbkdf2_sha1", "scrypt",       "md5",
                                    "argon2",        "bcrypt",      "bcrypt_sha256"};
static const CvPasswordWork usual = {0};

typedef CvPasswordParts Parts;

static Algorithm algorithm_of(CvSlice name)
{
    for (int i = 0; i < UNKNOWN; i++)
        if (cv_slice_is(name, names[i]))
            return (Algorithm)i;
    return UNKNOWN;
}

bool cv_password_take_apart(CvSlice encoded, Parts *out)
{
    CvSlice parts[MOST_PARTS], rest = encoded;
    size_t count = 0;
    while (count < MOST_PARTS && cv_slice_split(&rest, '$', &parts[count]))
        count++;
    *out = (Parts){.algorithm = count ? algorithm_of(parts[0]) : UNKNOWN};
    switch ((Algorithm)out->algorithm) {
    case PBKDF2_SHA256:
    case PBKDF2_SHA1:
        out->salt = parts[2];
        out->hash = parts[3];
        return count == 4 && cv_slice_to_uint64(parts[1], &out->work[0]);
    case SCRYPT:
        out->salt = parts[2];
        out->hash = parts[5];
        return count == 6 && cv_slice_to_uint64(parts[1], &out->work[0]) &&
               cv_slice_to_uint64(parts[3], &out->work[1]) && cv_slice_to_uint64(parts[4], &out->work[2]);
    case MD5:
        out->salt = parts[1];
        out->hash = parts[2];
        return count == 3;
    default:
        return false;
    }
}

static Parts wanted_of(const CvPasswordWork *work)
{
    Parts parts = {.algorithm = work->algorithm ? algorithm_of(cv_slice(work->algorithm)) : PBKDF2_SHA256};
    if (parts.algorithm == SCRYPT) {
        parts.work[0] = work->n ? work->n : SCRYPT_N;
        parts.work[1] = work->r ? work->r : SCRYPT_R;
        parts.work[2] = work->p ? work->p : SCRYPT_P;
    } else if (parts.algorithm != MD5) {
        parts.work[0] = work->iterations ? work->iterations : ITERATIONS;
    }
    return parts;
}

bool cv_password_defaults(const char *algorithm, CvPasswordWork *work)
{
    Algorithm which = algorithm_of(cv_slice(algorithm));
    *work = (CvPasswordWork){.algorithm = which == UNKNOWN ? NULL : names[which]};
    if (which == PBKDF2_SHA256 || which == PBKDF2_SHA1)
        work->iterations = ITERATIONS;
    if (which == SCRYPT)
        *work = (CvPasswordWork){.algorithm = names[which], .n = SCRYPT_N, .r = SCRYPT_R, .p = SCRYPT_P};
    if (which == ARGON2)
        cv_argon2_defaults(work);
    if (which == BCRYPT || which == BCRYPT_SHA256)
        cv_bcrypt_defaults(work);
    return which != UNKNOWN;
}

/* The hash of a password under the salt and work of `parts`, as text. */
static bool compute(CvArena *arena, const Parts *parts, CvSlice password, CvSlice *out)
{
    uint8_t bytes[CV_DIGEST_MAX];
    size_t size = CV_SHA512_SIZE;
    bool good = parts->work[0] <= UINT32_MAX && parts->work[1] <= UINT32_MAX && parts->work[2] <= UINT32_MAX;
    if (parts->algorithm == MD5) {
        cv_digest_pieces(CV_MD5, (const CvSlice[]){parts->salt, password}, 2, bytes);
        *out = cv_hex(arena, bytes, CV_MD5_SIZE);
        return true;
    }
    if (parts->algorithm == SCRYPT) {
        good = good && cv_scrypt(password, parts->salt, parts->work[0], (uint32_t)parts->work[1],
                                 (uint32_t)parts->work[2], 0, bytes, size);
    } else {
        CvDigest digest = parts->algorithm == PBKDF2_SHA256 ? CV_SHA256 : CV_SHA1;
        size = cv_digest_size(digest);
        good = good && cv_pbkdf2(digest, password, parts->salt, (uint32_t)parts->work[0], bytes, size);
    }
    if (good)
        *out = cv_base64_encode(arena, cv_slice_of((const char *)bytes, size), CV_BASE64_PLAIN);
    return good;
}

bool cv_password_hash(CvArena *arena, const CvPasswordWork *work, CvSlice password, CvSlice salt, CvSlice *encoded,
                      CvError *error)
{
    work = work ? work : &usual;
    Parts parts = wanted_of(work);
    if (parts.algorithm == ARGON2)
        return cv_argon2_hash(arena, work, password, salt, encoded, error);
    if (parts.algorithm == BCRYPT || parts.algorithm == BCRYPT_SHA256)
        return cv_bcrypt_hash(arena, names[parts.algorithm], work, password, salt, encoded, error);
    if (parts.algorithm == UNKNOWN)
        return cv_fail(arena, error, CV_ERROR_VALUE,
                       "Unknown password hashing algorithm '%s'. Did you specify it in the PASSWORD_HASHERS setting?",
                       work->algorithm);
    if (cv_slice_find_byte(salt, '$') >= 0)
        return cv_fail(arena, error, CV_ERROR_VALUE, "salt must be provided and cannot contain $.");
    parts.salt = salt.length ? salt : cv_slice(cv_random_string(arena, CV_PASSWORD_SALT_LENGTH, NULL));
    if (!compute(arena, &parts, password, &parts.hash))
        return cv_fail(arena, error, CV_ERROR_VALUE, "%s cannot work with these parameters.", names[parts.algorithm]);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_printf(&out, "%s$", names[parts.algorithm]);
    if (parts.algorithm != MD5)
        cv_buffer_printf(&out, "%llu$", (unsigned long long)parts.work[0]);
    cv_buffer_append_slice(&out, parts.salt);
    if (parts.algorithm == SCRYPT)
        cv_buffer_printf(&out, "$%llu$%llu", (unsigned long long)parts.work[1], (unsigned long long)parts.work[2]);
    cv_buffer_append_byte(&out, '$');
    cv_buffer_append_slice(&out, parts.hash);
    (void)cv_buffer_string(&out);
    *encoded = cv_buffer_slice(&out);
    return true;
}

/* What stands before the first "$". */
CvSlice cv_password_algorithm(CvSlice encoded)
{
    CvSlice name;
    return cv_slice_split(&encoded, '$', &name) && encoded.data ? name : CV_SLICE("");
}

static Algorithm algorithm_in(CvSlice encoded)
{
    return algorithm_of(cv_password_algorithm(encoded));
}

bool cv_password_known(CvSlice encoded)
{
    return algorithm_in(encoded) != UNKNOWN;
}

static bool verify(CvArena *arena, CvSlice password, CvSlice encoded)
{
    Algorithm algorithm = algorithm_in(encoded);
    Parts parts;
    CvSlice hash;
    if (algorithm == ARGON2)
        return cv_argon2_verify(arena, password, encoded);
    if (algorithm == BCRYPT || algorithm == BCRYPT_SHA256)
        return cv_bcrypt_verify(arena, names[algorithm], password, encoded);
    return cv_password_take_apart(encoded, &parts) && compute(arena, &parts, password, &hash) &&
           cv_constant_time_equal(hash, parts.hash);
}

bool cv_password_verify(CvSlice password, CvSlice encoded)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    bool same = verify(scratch.arena, password, encoded);
    cv_scratch_end(scratch);
    return same;
}

static bool must_update(CvArena *arena, const CvPasswordWork *work, CvSlice encoded)
{
    Parts wanted = wanted_of(work), parts;
    Algorithm algorithm = algorithm_in(encoded);
    if ((int)algorithm != wanted.algorithm)
        return true;
    if (algorithm == ARGON2)
        return cv_argon2_must_update(arena, work, encoded);
    if (algorithm == BCRYPT || algorithm == BCRYPT_SHA256)
        return cv_bcrypt_must_update(work, encoded);
    return !cv_password_take_apart(encoded, &parts) || memcmp(parts.work, wanted.work, sizeof parts.work) != 0 ||
           (parts.algorithm != SCRYPT && parts.salt.length < CV_PASSWORD_SALT_LENGTH);
}

bool cv_password_must_update(const CvPasswordWork *work, CvSlice encoded)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    bool due = must_update(scratch.arena, work ? work : &usual, encoded);
    cv_scratch_end(scratch);
    return due;
}

void cv_password_harden(const CvPasswordWork *work, CvSlice password, CvSlice encoded)
{
    Parts wanted = wanted_of(work ? work : &usual), parts;
    CvSlice hash;
    if (!cv_password_take_apart(encoded, &parts) || parts.algorithm != wanted.algorithm ||
        (parts.algorithm != PBKDF2_SHA256 && parts.algorithm != PBKDF2_SHA1) || parts.work[0] >= wanted.work[0])
        return;
    CvScratch scratch = cv_scratch_begin(NULL);
    parts.work[0] = wanted.work[0] - parts.work[0];
    (void)compute(scratch.arena, &parts, password, &hash);
    cv_scratch_end(scratch);
}
