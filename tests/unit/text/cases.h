/* cases.h: tests that are tables: a text and what must become of it. */
#ifndef CV_TESTS_CASES_H
#define CV_TESTS_CASES_H

#include "base/base.h"
#include "text/text.h"

#include "unit.h"

typedef struct Case {
    const char *text, *expected;
} Case;

typedef CvSlice Conversion(CvArena *arena, CvSlice text);

static inline void check_cases(const Case *cases, size_t count, Conversion *convert)
{
    for (size_t i = 0; i < count; i++) {
        /* A copy of its exact size: a sanitizer sees every byte that is read too many. */
        size_t length = strlen(cases[i].text);
        char *copy = cv_malloc(length);
        memcpy(copy, cases[i].text, length);
        CvSlice got = convert(cv_arena(), cv_slice_of(copy, length));
        ck_assert_msg(cv_slice_is(got, cases[i].expected), "%s: expected %s, got %.*s", cases[i].text,
                      cases[i].expected, CV_SLICE_ARG(got));
        cv_free(copy);
    }
}

#define CHECK_CASES(table, convert) check_cases((table), CV_COUNT_OF(table), (convert))

static inline CvSlice buffer_text(CvBuffer *buffer)
{
    cv_buffer_string(buffer);
    return cv_buffer_slice(buffer);
}

#endif
