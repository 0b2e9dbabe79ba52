/* Tests base/hash.h. */
#include "base/hash.h"

#include "unit.h"

START_TEST(equal_bytes_have_equal_hashes)
{
    char copy[] = "book-list";
    ck_assert_uint_eq(cv_hash(CV_SLICE("book-list")), cv_hash(cv_slice(copy)));
    ck_assert_uint_ne(cv_hash(CV_SLICE("book-list")), cv_hash(CV_SLICE("book-lisT")));
    ck_assert_uint_ne(cv_hash(CV_SLICE("")), cv_hash(cv_slice_of("\0", 1)));
}
END_TEST

START_TEST(the_key_changes_the_hash)
{
    const uint64_t a[2] = {1, 2}, b[2] = {1, 3};
    ck_assert_uint_ne(cv_siphash(a, CV_SLICE("x")), cv_siphash(b, CV_SLICE("x")));
}
END_TEST

UNIT_TESTS("base/hash", equal_bytes_have_equal_hashes, the_key_changes_the_hash)
