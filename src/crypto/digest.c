/* digest.c: digests and HMAC on contexts that each thread keeps. */
#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

#include "base/error.h"

typedef struct DigestInfo {
    const char *name, *openssl_name;
    size_t size, block;
} DigestInfo;

static const DigestInfo digests[CV_DIGEST_COUNT] = {
    [CV_MD5] = {"md5", "MD5", CV_MD5_SIZE, 64},
    [CV_SHA1] = {"sha1", "SHA1", CV_SHA1_SIZE, 64},
    [CV_SHA256] = {"sha256", "SHA256", CV_SHA256_SIZE, 64},
    [CV_SHA384] = {"sha384", "SHA384", CV_SHA384_SIZE, 128},
    [CV_SHA512] = {"sha512", "SHA512", CV_SHA512_SIZE, 128},
};
enum { MOST_BLOCK = 128 };

/* Fetched once: EVP_sha256() and its like search the providers at each use. */
static EVP_MD *fetched[CV_DIGEST_COUNT];
static pthread_once_t fetch_once = PTHREAD_ONCE_INIT;
static __thread EVP_MD_CTX *contexts[CV_DIGEST_COUNT];
static pthread_key_t contexts_key;

static void free_contexts(void *owned)
{
    EVP_MD_CTX **array = owned;
    for (int i = 0; i < CV_DIGEST_COUNT; i++) {
        EVP_MD_CTX_free(array[i]);
        array[i] = NULL;
    }
}

static void fetch_all(void)
{
    for (int i = 0; i < CV_DIGEST_COUNT; i++)
        fetched[i] = EVP_MD_fetch(NULL, digests[i].openssl_name, NULL);
    if (pthread_key_create(&contexts_key, free_contexts) != 0)
        abort();
}

CV_NORETURN CV_COLD static void raise_refused(CvDigest digest)
{
    cv_raise(CV_ERROR_MEMORY, "OpenSSL cannot compute %s.", digests[digest].name);
}

static const EVP_MD *method(CvDigest digest)
{
    if (pthread_once(&fetch_once, fetch_all) != 0 || !fetched[digest])
        raise_refused(digest);
    return fetched[digest];
}

/* The thread's context of this digest, started. */
static EVP_MD_CTX *start(CvDigest digest)
{
    const EVP_MD *md = method(digest);
    EVP_MD_CTX *context = contexts[digest];
    if (!context) {
        context = contexts[digest] = EVP_MD_CTX_new();
        if (!context)
            raise_refused(digest);
        (void)pthread_setspecific(contexts_key, contexts);
    }
    if (EVP_DigestInit_ex2(context, md, NULL) != 1)
        raise_refused(digest);
    return context;
}

static void add(EVP_MD_CTX *context, CvDigest digest, const void *data, size_t length)
{
    if (length && EVP_DigestUpdate(context, data, length) != 1)
        raise_refused(digest);
}

static void finish(EVP_MD_CTX *context, CvDigest digest, uint8_t *out)
{
    if (EVP_DigestFinal_ex(context, out, NULL) != 1)
        raise_refused(digest);
}

size_t cv_digest_size(CvDigest digest)
{
    return digests[digest].size;
}

const char *cv_digest_name(CvDigest digest)
{
    return digests[digest].name;
}

bool cv_digest_find(CvSlice name, CvDigest *out)
{
    for (int i = 0; i < CV_DIGEST_COUNT; i++) {
        if (cv_slice_is(name, digests[i].name)) {
            *out = (CvDigest)i;
            return true;
        }
    }
    return false;
}

void cv_digest_pieces(CvDigest digest, const CvSlice *pieces, size_t count, uint8_t *out)
{
    EVP_MD_CTX *context = start(digest);
    for (size_t i = 0; i < count; i++)
        add(context, digest, pieces[i].data, pieces[i].length);
    finish(context, digest, out);
}

void cv_digest(CvDigest digest, CvSlice data, uint8_t *out)
{
    cv_digest_pieces(digest, &data, 1, out);
}

void cv_md5(CvSlice data, uint8_t out[CV_MD5_SIZE])
{
    cv_digest(CV_MD5, data, out);
}

void cv_sha1(CvSlice data, uint8_t out[CV_SHA1_SIZE])
{
    cv_digest(CV_SHA1, data, out);
}

void cv_sha256(CvSlice data, uint8_t out[CV_SHA256_SIZE])
{
    cv_digest(CV_SHA256, data, out);
}

void cv_sha512(CvSlice data, uint8_t out[CV_SHA512_SIZE])
{
    cv_digest(CV_SHA512, data, out);
}

void cv_hmac(CvDigest digest, CvSlice key, CvSlice data, uint8_t *out)
{
    const size_t block = digests[digest].block, size = digests[digest].size;
    uint8_t padded[MOST_BLOCK] = {0}, inner[CV_DIGEST_MAX];

    if (key.length > block)
        cv_digest(digest, key, padded);
    else if (key.length)
        memcpy(padded, key.data, key.length);
    for (size_t i = 0; i < block; i++)
        padded[i] ^= 0x36;
    EVP_MD_CTX *context = start(digest);
    add(context, digest, padded, block);
    add(context, digest, data.data, data.length);
    finish(context, digest, inner);

    for (size_t i = 0; i < block; i++)
        padded[i] ^= 0x36 ^ 0x5c;
    context = start(digest);
    add(context, digest, padded, block);
    add(context, digest, inner, size);
    finish(context, digest, out);
    OPENSSL_cleanse(padded, sizeof padded);
}

void cv_salted_hmac(CvDigest digest, CvSlice salt, CvSlice value, CvSlice secret, uint8_t *out)
{
    uint8_t key[CV_DIGEST_MAX];
    cv_digest_pieces(digest, (const CvSlice[]){salt, secret}, 2, key);
    cv_hmac(digest, cv_slice_of((const char *)key, digests[digest].size), value, out);
    OPENSSL_cleanse(key, sizeof key);
}

struct CvHasher {
    EVP_MD_CTX *context;
    CvDigest digest;
};

static void free_hasher(void *argument)
{
    EVP_MD_CTX_free(((CvHasher *)argument)->context);
}

static void restart(CvHasher *hasher)
{
    if (EVP_DigestInit_ex2(hasher->context, method(hasher->digest), NULL) != 1)
        raise_refused(hasher->digest);
}

CvHasher *cv_hasher_create(CvArena *arena, CvDigest digest)
{
    CvHasher *hasher = cv_arena_new(arena, CvHasher);
    hasher->digest = digest;
    hasher->context = EVP_MD_CTX_new();
    if (!hasher->context)
        raise_refused(digest);
    cv_arena_defer(arena, free_hasher, hasher);
    restart(hasher);
    return hasher;
}

void cv_hasher_add(CvHasher *hasher, CvSlice data)
{
    add(hasher->context, hasher->digest, data.data, data.length);
}

void cv_hasher_finish(CvHasher *hasher, uint8_t *out)
{
    finish(hasher->context, hasher->digest, out);
    restart(hasher);
}

CvSlice cv_hex(CvArena *arena, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = cv_size_multiply(size, 2);
    char *text = cv_arena_alloc_raw(arena, cv_size_add(length, 1), 1);
    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[length] = '\0';
    return cv_slice_of(text, length);
}

bool cv_constant_time_equal(CvSlice a, CvSlice b)
{
    return a.length == b.length && (a.length == 0 || CRYPTO_memcmp(a.data, b.data, a.length) == 0);
}
