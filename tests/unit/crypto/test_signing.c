/* test_signing.c: signatures: Django's text, tampering, ages, fallbacks, compression, bombs. */
#include "unit.h"

#include <math.h>
#include <zlib.h>

#include "base/self.h"
#include "crypto/base64.h"
#include "crypto/signing.h"

static const CvSigner signer = {.key = "oracle-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz"};

static void at(int64_t seconds)
{
    cv_clock_freeze((CvDateTime){seconds * CV_SECOND, cv_zone_utc});
}

START_TEST(text_is_djangos)
{
    at(1700000000);
    ck_assert_str_eq(cv_sign(&signer, cv_arena(), cv_slice("3098247:529:087:")).data,
                     "3098247:529:087::qION28Ano3da2jmCRjljFN38QjSQlNkWhV8tk2J9mig");
    ck_assert_str_eq(cv_sign_timestamp(&signer, cv_arena(), cv_slice("hello")).data,
                     "hello:1r31eq:Anvhyg7_dLyTa51V3L0ZJ-W8YOm4AzxByX-PBRbTKvo");
}
END_TEST

START_TEST(tampering_shows)
{
    CvError error = {0};
    CvSlice text = cv_sign(&signer, cv_arena(), cv_slice("a")), value;
    ck_assert(cv_unsign(&signer, cv_arena(), text, &value, &error));
    for (size_t i = 0; i < text.length; i++) {
        char *bent = cv_slice_string(cv_arena(), text);
        bent[i] ^= 1;
        ck_assert(!cv_unsign(&signer, cv_arena(), cv_slice(bent), &value, &error));
        ck_assert_int_eq(error.kind, CV_ERROR_BAD_SIGNATURE);
    }
}
END_TEST

START_TEST(ages)
{
    CvError error = {0};
    CvSlice value;
    int64_t stamp;
    at(1000);
    CvSlice text = cv_sign_timestamp(&signer, cv_arena(), cv_slice("a"));
    at(1010);
    ck_assert(cv_unsign_timestamp(&signer, cv_arena(), text, 10, &value, &stamp, &error));
    ck_assert_int_eq(stamp, 1000);
    ck_assert(cv_unsign_timestamp(&signer, cv_arena(), text, CV_ANY_AGE, &value, NULL, &error));
    ck_assert(!cv_unsign_timestamp(&signer, cv_arena(), text, 9, &value, NULL, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_SIGNATURE_EXPIRED);
    static const double never[] = {-0.5, -1, -1e300, NAN};
    for (size_t i = 0; i < CV_COUNT_OF(never); i++)
        ck_assert(!cv_unsign_timestamp(&signer, cv_arena(), text, never[i], &value, NULL, &error));
}
END_TEST

START_TEST(older_keys_verify)
{
    const CvSigner rotated = {.key = "new", .fallback_keys = CV_LIST("older", signer.key)};
    const CvSigner lost = {.key = "new", .fallback_keys = CV_LIST("older")};
    CvError error = {0};
    CvSlice text = cv_sign(&signer, cv_arena(), cv_slice("a")), value;
    ck_assert(cv_unsign(&rotated, cv_arena(), text, &value, &error));
    ck_assert(!cv_unsign(&lost, cv_arena(), text, &value, &error));
}
END_TEST

START_TEST(values_come_back)
{
    CvError error = {0};
    CvValue value;
    for (unsigned flags = 0; flags < 4; flags++) {
        CvList *list = cv_list(cv_arena(), 1, "two", 2.5);
        for (int i = 0; i < 100; i++)
            cv_list_add(cv_arena(), list, CV_VALUE("again and again"));
        CvSlice text = cv_sign_value(&signer, cv_arena(), CV_VALUE(list), flags);
        ck_assert(cv_unsign_value(&signer, cv_arena(), text, flags, 60, &value, &error));
        ck_assert(cv_value_equal(CV_VALUE(list), value));
        ck_assert(((flags & CV_SIGN_COMPRESS) != 0) == (text.data[0] == '.'));
    }
}
END_TEST

START_TEST(what_inflates_too_far_is_refused)
{
    CvError error = {0};
    CvSlice bytes;
    for (int over = 0; over < 2; over++) {
        size_t size = (16 << 20) + (size_t)over;
        CvSlice zeroes = cv_slice_of(cv_alloc(size), size);
        uLongf length = compressBound(size);
        char *deflated = cv_alloc(length);
        ck_assert_int_eq(compress((Bytef *)deflated, &length, (const Bytef *)zeroes.data, size), Z_OK);
        CvSlice encoded = cv_base64_encode(cv_arena(), cv_slice_of(deflated, length), CV_BASE64_URL);
        CvSlice text = cv_sign(&signer, cv_arena(), cv_slice(cv_printf(".%.*s", CV_SLICE_ARG(encoded))));
        ck_assert(cv_unsign_bytes(&signer, cv_arena(), text, 0, CV_ANY_AGE, &bytes, &error) == !over);
        /* What is signed here can be read here: it is not deflated then. */
        text = cv_sign_bytes(&signer, cv_arena(), zeroes, CV_SIGN_COMPRESS);
        ck_assert((text.data[0] == '.') == !over);
        ck_assert(cv_unsign_bytes(&signer, cv_arena(), text, 0, CV_ANY_AGE, &bytes, &error));
        ck_assert(cv_slice_equal(bytes, zeroes));
    }
}
END_TEST

START_TEST(separators)
{
    CvError error = {0};
    ck_assert(cv_signer_check(&signer, cv_arena(), &error));
    ck_assert(!cv_signer_check(&(CvSigner){.key = "k", .separator = "-"}, cv_arena(), &error));
    ck_assert(!cv_signer_check(&(CvSigner){.key = "k", .separator = ""}, cv_arena(), &error));
    ck_assert(cv_signer_check(&(CvSigner){.key = "k", .separator = "a:"}, cv_arena(), &error));
}
END_TEST

static CvSlice packed;
static bool read_back;

static void unpack(void *argument)
{
    CvSlice bytes;
    CvError error;
    (void)argument;
    read_back = cv_unsign_bytes(&signer, cv_arena(), packed, CV_SIGN_COMPRESS, -1, &bytes, &error);
}

/* Want of memory is told as that, not as a text that is broken. */
START_TEST(no_memory_is_not_a_bad_text)
{
    CvBuffer text = cv_buffer(cv_arena());
    CvError *raised;
    int failed = 0;
    cv_buffer_append_repeated(&text, 'a', 4000000);
    packed = cv_sign_bytes(&signer, cv_arena(), cv_buffer_slice(&text), CV_SIGN_COMPRESS);
    for (uint64_t k = 1; k < 12; k++) {
        cv_arena_trim();
        cv_memory_fail_at(k);
        read_back = false;
        bool good = cv_try(unpack, NULL, &raised);
        cv_memory_fail_at(0);
        ck_assert(good ? read_back : raised->kind == CV_ERROR_MEMORY);
        failed += !good;
    }
    ck_assert_int_gt(failed, 1);
}
END_TEST

UNIT_TESTS("crypto/signing", text_is_djangos, tampering_shows, ages, older_keys_verify, values_come_back,
           what_inflates_too_far_is_refused, separators, no_memory_is_not_a_bad_text)
