/* random.c: random bytes and text. */
#include "crypto/random.h"

#include <openssl/rand.h>

#include "base/slice.h"

const char cv_random_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

void cv_random_bytes(void *out, size_t size)
{
    unsigned char *next = out;
    while (size > 0) {
        int part = size > INT32_MAX ? INT32_MAX : (int)size;
        if (RAND_bytes(next, part) != 1) {
            fputs("caravan: the random generator failed\n", stderr);
            abort();
        }
        next += part;
        size -= (size_t)part;
    }
}

void cv_random_letters_into(char *out, size_t length, const char *alphabet)
{
    if (!alphabet)
        alphabet = cv_random_letters;
    const unsigned count = (unsigned)strlen(alphabet);
    if (count < 1 || count > 256)
        abort();
    /* Bytes from `limit` up would favour the first letters. */
    const unsigned limit = 256 - 256 % count;
    uint8_t pool[128];
    size_t made = 0;
    while (made < length) {
        cv_random_bytes(pool, sizeof pool);
        for (size_t i = 0; i < sizeof pool && made < length; i++)
            if (pool[i] < limit)
                out[made++] = alphabet[pool[i] % count];
    }
}

char *cv_random_string(CvArena *arena, size_t length, const char *alphabet)
{
    char *text = cv_arena_alloc_raw(arena, cv_size_add(length, 1), 1);
    cv_random_letters_into(text, length, alphabet);
    text[length] = '\0';
    return text;
}

uint32_t cv_random_below(uint32_t below)
{
    if (below <= 1)
        return 0;
    const uint64_t limit = (UINT64_C(1) << 32) - (UINT64_C(1) << 32) % below;
    uint32_t drawn;
    do
        cv_random_bytes(&drawn, sizeof drawn);
    while (drawn >= limit);
    return drawn % below;
}
