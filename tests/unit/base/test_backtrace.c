/* Tests base/backtrace.h. */
#include "base/base.h"

#include <stdlib.h>

#include "unit.h"

static void *frames[CV_BACKTRACE_MAX];
static int frame_count, line_of_call;

__attribute__((noinline)) static void innermost(void)
{
    line_of_call = __LINE__ + 1;
    frame_count = cv_backtrace(frames, CV_BACKTRACE_MAX);
    __asm__ volatile("");
}

__attribute__((noinline)) static void middle(void)
{
    innermost();
    __asm__ volatile("");
}

START_TEST(frames_have_functions_files_and_lines)
{
    CvFrame resolved[CV_BACKTRACE_MAX];
    middle();
    ck_assert_int_gt(frame_count, 2);
    cv_backtrace_resolve(cv_arena(), frames, frame_count, resolved);
    ck_assert_str_eq(resolved[0].function, "innermost");
    ck_assert_str_eq(resolved[1].function, "middle");
    ck_assert(strstr(resolved[0].file, "test_backtrace.c"));
    ck_assert_int_eq(resolved[0].line, line_of_call);
    ck_assert_ptr_nonnull(resolved[0].module);
    ck_assert_ptr_eq(resolved[0].address, frames[0]);
}
END_TEST

static int compare(const void *a, const void *b)
{
    (void)a;
    (void)b;
    frame_count = cv_backtrace(frames, CV_BACKTRACE_MAX);
    return 0;
}

START_TEST(code_in_shared_libraries_is_passed_through)
{
    CvFrame resolved[CV_BACKTRACE_MAX];
    int numbers[2] = {2, 1};
    qsort(numbers, 2, sizeof *numbers, compare);
    cv_backtrace_resolve(cv_arena(), frames, frame_count, resolved);
    bool libc = false, test = false;
    for (int i = 0; i < frame_count; i++) {
        libc = libc || (resolved[i].module && strstr(resolved[i].module, "libc"));
        test = test || (libc && resolved[i].file && strstr(resolved[i].file, "test_backtrace.c"));
    }
    ck_assert(libc);
    ck_assert(test);
}
END_TEST

START_TEST(names_are_found_from_a_fiber_too)
{
    CvFrame resolved[CV_BACKTRACE_MAX];
    middle();
    cv_self()->fiber = frames; /* what is not NULL means a small stack */
    cv_backtrace_resolve(cv_arena(), frames, frame_count, resolved);
    cv_self()->fiber = NULL;
    ck_assert_str_eq(resolved[1].function, "middle");
    ck_assert(strstr(resolved[1].file, "test_backtrace.c"));
}
END_TEST

START_TEST(the_number_of_frames_is_bounded)
{
    void *few[1];
    ck_assert_int_eq(cv_backtrace(few, 1), 1);
    ck_assert_int_eq(cv_backtrace(few, 0), 0);
}
END_TEST

START_TEST(addresses_from_nowhere_have_no_names)
{
    CvFrame out;
    void *nowhere = (void *)(uintptr_t)16;
    cv_backtrace_resolve(cv_arena(), &nowhere, 1, &out);
    ck_assert_ptr_null(out.function);
    ck_assert_ptr_null(out.file);
    ck_assert_int_eq(out.line, 0);
}
END_TEST

static const char *beside(const char *file)
{
    CvSlice here = cv_slice(__FILE__);
    ptrdiff_t end = cv_slice_find_last(here, CV_SLICE("tests/"));
    return cv_arena_printf(cv_arena(), "%.*s%s", (int)end, here.data, file);
}

START_TEST(sources_of_the_library_are_told_from_others)
{
    ck_assert(cv_is_library_file(beside("src/orm/set.c")));
    ck_assert(!cv_is_library_file(__FILE__));
    ck_assert(!cv_is_library_file(beside("examples/bookshop/views.c")));
    ck_assert(!cv_is_library_file("/home/ann/src/site/views.c"));
    ck_assert(!cv_is_library_file("views.c"));
    ck_assert(!cv_is_library_file(NULL));
}
END_TEST

UNIT_TESTS("base/backtrace", frames_have_functions_files_and_lines, code_in_shared_libraries_is_passed_through,
           sources_of_the_library_are_told_from_others, names_are_found_from_a_fiber_too,
           the_number_of_frames_is_bounded, addresses_from_nowhere_have_no_names)
