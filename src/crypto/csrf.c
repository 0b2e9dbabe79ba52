/* csrf.c: the CSRF secret and its masked form: each letter is shifted in the alphabet by the mask's letter. */
#include "crypto/csrf.h"

#include "crypto/digest.h"
#include "crypto/random.h"

enum { LETTERS = 62 };

static unsigned place_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a');
    if (c >= 'A' && c <= 'Z')
        return (unsigned)(c - 'A') + 26;
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0') + 52;
    return LETTERS;
}

void cv_csrf_secret(char out[CV_CSRF_SECRET_LENGTH])
{
    cv_random_letters_into(out, CV_CSRF_SECRET_LENGTH, NULL);
}

void cv_csrf_mask_with(const char *secret, const char *mask, char out[CV_CSRF_TOKEN_LENGTH])
{
    memmove(out, mask, CV_CSRF_SECRET_LENGTH);
    for (int i = 0; i < CV_CSRF_SECRET_LENGTH; i++)
        out[CV_CSRF_SECRET_LENGTH + i] = cv_random_letters[(place_of(secret[i]) + place_of(out[i])) % LETTERS];
}

void cv_csrf_mask(const char *secret, char out[CV_CSRF_TOKEN_LENGTH])
{
    char mask[CV_CSRF_SECRET_LENGTH];
    cv_csrf_secret(mask);
    cv_csrf_mask_with(secret, mask, out);
}

void cv_csrf_unmask(const char *token, char out[CV_CSRF_SECRET_LENGTH])
{
    for (int i = 0; i < CV_CSRF_SECRET_LENGTH; i++) {
        unsigned masked = place_of(token[CV_CSRF_SECRET_LENGTH + i]), mask = place_of(token[i]) % LETTERS;
        out[i] = cv_random_letters[(masked + LETTERS - mask) % LETTERS];
    }
}

CvCsrfFormat cv_csrf_check_format(CvSlice text)
{
    /* Django counts characters of text; what is not ASCII is refused for its characters only at the right length. */
    size_t characters = 0;
    bool good = true;
    for (size_t i = 0; i < text.length; i++) {
        characters += ((unsigned char)text.data[i] & 0xc0) != 0x80;
        good = good && place_of(text.data[i]) < LETTERS;
    }
    if (characters != CV_CSRF_SECRET_LENGTH && characters != CV_CSRF_TOKEN_LENGTH)
        return CV_CSRF_INCORRECT_LENGTH;
    return good ? CV_CSRF_GOOD : CV_CSRF_INVALID_CHARACTERS;
}

const char *cv_csrf_format_message(CvCsrfFormat format)
{
    static const char *const messages[] = {NULL, "has incorrect length", "has invalid characters"};
    return messages[format];
}

/* The bare secret in `out`, from either form. */
static void bare(CvSlice text, char out[CV_CSRF_SECRET_LENGTH])
{
    if (text.length == CV_CSRF_TOKEN_LENGTH)
        cv_csrf_unmask(text.data, out);
    else
        memcpy(out, text.data, CV_CSRF_SECRET_LENGTH);
}

bool cv_csrf_match(CvSlice token, CvSlice secret)
{
    char a[CV_CSRF_SECRET_LENGTH], b[CV_CSRF_SECRET_LENGTH];
    if (cv_csrf_check_format(token) != CV_CSRF_GOOD || cv_csrf_check_format(secret) != CV_CSRF_GOOD)
        return false;
    bare(token, a);
    bare(secret, b);
    return cv_constant_time_equal(cv_slice_of(a, sizeof a), cv_slice_of(b, sizeof b));
}
