/* derive.c: PBKDF2 and scrypt. PBKDF2 with SHA-256 runs on the bare compression function: each iteration hashes two
 * blocks whose padding never changes, which OpenSSL's own loop pays for anew (here 80 ns against 275). */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/derive.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "base/self.h"

static void put_words(const SHA256_CTX *state, uint8_t *out)
{
    for (int i = 0; i < 8; i++) {
        uint32_t big_endian = __builtin_bswap32(state->h[i]);
        memcpy(out + 4 * i, &big_endian, 4);
    }
}

/* The states after the two key blocks of HMAC-SHA256. */
static void key_states(CvSlice password, SHA256_CTX *inner, SHA256_CTX *outer)
{
    uint8_t block[64] = {0};
    if (password.length > sizeof block)
        cv_sha256(password, block);
    else if (password.length)
        memcpy(block, password.data, password.length);
    for (size_t i = 0; i < sizeof block; i++)
        block[i] ^= 0x36;
    SHA256_Init(inner);
    SHA256_Transform(inner, block);
    for (size_t i = 0; i < sizeof block; i++)
        block[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(outer);
    SHA256_Transform(outer, block);
    OPENSSL_cleanse(block, sizeof block);
}

/* One block of 32 bytes: T = U1 ^ U2 ^ ... ^ Uc. `salt_number` is the salt followed by the block's number. */
static void pbkdf2_sha256_block(CvSlice password, const SHA256_CTX *inner, const SHA256_CTX *outer, CvSlice salt_number,
                                uint32_t iterations, uint8_t out[CV_SHA256_SIZE])
{
    /* 32 bytes of data after one block of 64: a one bit, zeroes, and the length of 768 bits. */
    uint8_t block[64] = {[32] = 0x80, [62] = 3};
    uint32_t sum[8], u[8];

    cv_hmac(CV_SHA256, password, salt_number, block);
    memcpy(sum, block, sizeof sum);
    for (uint32_t i = 1; i < iterations; i++) {
        SHA256_CTX state = *inner;
        SHA256_Transform(&state, block);
        put_words(&state, block);
        state = *outer;
        SHA256_Transform(&state, block);
        put_words(&state, block);
        memcpy(u, block, sizeof u);
        for (int k = 0; k < 8; k++)
            sum[k] ^= u[k];
    }
    memcpy(out, sum, sizeof sum);
}

static void pbkdf2_sha256(CvSlice password, CvSlice salt, uint32_t iterations, uint8_t *out, size_t size)
{
    SHA256_CTX inner, outer;
    key_states(password, &inner, &outer);
    CvScratch scratch = cv_scratch_begin(NULL);
    uint8_t *salted = cv_arena_alloc_raw(scratch.arena, cv_size_add(salt.length, 4), 1), block[CV_SHA256_SIZE];
    if (salt.length)
        memcpy(salted, salt.data, salt.length);
    for (uint32_t number = 1; size > 0; number++) {
        uint32_t big_endian = __builtin_bswap32(number);
        memcpy(salted + salt.length, &big_endian, 4);
        pbkdf2_sha256_block(password, &inner, &outer, cv_slice_of((const char *)salted, salt.length + 4), iterations,
                            block);
        size_t part = size < sizeof block ? size : sizeof block;
        memcpy(out, block, part);
        out += part;
        size -= part;
    }
    cv_scratch_end(scratch);
    OPENSSL_cleanse(&inner, sizeof inner);
    OPENSSL_cleanse(&outer, sizeof outer);
    OPENSSL_cleanse(block, sizeof block);
}

bool cv_pbkdf2(CvDigest digest, CvSlice password, CvSlice salt, uint32_t iterations, uint8_t *out, size_t size)
{
    if (iterations < 1 || iterations > INT32_MAX || size < 1 || size > INT32_MAX || password.length > INT32_MAX ||
        salt.length > INT32_MAX - 4)
        return false;
    if (digest == CV_SHA256) {
        pbkdf2_sha256(password, salt, iterations, out, size);
        return true;
    }
    const EVP_MD *md = EVP_get_digestbyname(cv_digest_name(digest));
    return md && PKCS5_PBKDF2_HMAC(password.data ? password.data : "", (int)password.length,
                                   (const unsigned char *)(salt.data ? salt.data : ""), (int)salt.length,
                                   (int)iterations, md, (int)size, out) == 1;
}

bool cv_scrypt(CvSlice password, CvSlice salt, uint64_t n, uint32_t r, uint32_t p, uint64_t memory_limit, uint8_t *out,
               size_t size)
{
    if (memory_limit == 0)
        memory_limit = UINT64_C(256) << 20;
    return size > 0 && EVP_PBE_scrypt(password.data ? password.data : "", password.length,
                                      (const unsigned char *)(salt.data ? salt.data : ""), salt.length, n, r, p,
                                      memory_limit, out, size) == 1;
}
