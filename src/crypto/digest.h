/* digest.h: hashes and keyed hashes (HMAC, RFC 2104), by OpenSSL.
 *
 *     uint8_t sum[CV_SHA256_SIZE];
 *     cv_sha256(cv_slice("text"), sum);
 *     CvSlice hex = cv_hex(arena, sum, sizeof sum);
 *
 *     CvHasher *hasher = cv_hasher_create(arena, CV_SHA256);       // in pieces: an upload
 *     cv_hasher_add(hasher, piece);
 *     cv_hasher_finish(hasher, sum);
 *
 * The one-shot functions keep OpenSSL's contexts for each thread, so that the steady state allocates nothing. Out of
 * memory inside OpenSSL raises CV_ERROR_MEMORY; nothing else can fail. */
#ifndef CV_CRYPTO_DIGEST_H
#define CV_CRYPTO_DIGEST_H

#include "base/slice.h"

CV_API_BEGIN

/* What is zero is the one to choose. */
typedef enum CvDigest { CV_SHA256, CV_SHA384, CV_SHA512, CV_SHA1, CV_MD5, CV_DIGEST_COUNT } CvDigest;

enum {
    CV_MD5_SIZE = 16,
    CV_SHA1_SIZE = 20,
    CV_SHA256_SIZE = 32,
    CV_SHA384_SIZE = 48,
    CV_SHA512_SIZE = 64,
    CV_DIGEST_MAX = 64
};

/* The bytes of a digest. */
size_t cv_digest_size(CvDigest digest);
/* Python's name of it: "sha256". */
const char *cv_digest_name(CvDigest digest);
/* By name; false if there is no such digest. */
bool cv_digest_find(CvSlice name, CvDigest *out) CV_NODISCARD;

/* The digest of `data`; cv_digest_size() bytes go to `out`. */
void cv_digest(CvDigest digest, CvSlice data, uint8_t *out);
/* The digest of `count` pieces one after the other. */
void cv_digest_pieces(CvDigest digest, const CvSlice *pieces, size_t count, uint8_t *out);
void cv_md5(CvSlice data, uint8_t out[CV_MD5_SIZE]);
void cv_sha1(CvSlice data, uint8_t out[CV_SHA1_SIZE]);
void cv_sha256(CvSlice data, uint8_t out[CV_SHA256_SIZE]);
void cv_sha512(CvSlice data, uint8_t out[CV_SHA512_SIZE]);

/* HMAC; a key of any length. */
void cv_hmac(CvDigest digest, CvSlice key, CvSlice data, uint8_t *out);

/* In pieces. The hasher is released with the arena; after cv_hasher_finish() it is empty and may be used again. */
typedef struct CvHasher CvHasher;
CvHasher *cv_hasher_create(CvArena *arena, CvDigest digest);
void cv_hasher_add(CvHasher *hasher, CvSlice data);
void cv_hasher_finish(CvHasher *hasher, uint8_t *out);

/* Lower-case hexadecimal text. */
CvSlice cv_hex(CvArena *arena, const uint8_t *bytes, size_t size);

/* True if both are equal; the time depends on the lengths only. */
bool cv_constant_time_equal(CvSlice a, CvSlice b);

/* Django's salted_hmac(): HMAC(digest(salt + secret), value). */
void cv_salted_hmac(CvDigest digest, CvSlice salt, CvSlice value, CvSlice secret, uint8_t *out);

CV_API_END

#endif
