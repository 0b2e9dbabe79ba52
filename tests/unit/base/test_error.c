/* Tests base/error.h. */
#include "base/base.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

static char trail[64];

static void trace(void *letter)
{
    size_t length = strlen(trail);
    trail[length] = *(const char *)letter;
    trail[length + 1] = '\0';
}

static void not_found(void *name)
{
    cv_raise(CV_ERROR_NOT_FOUND, "No %s matches.", (const char *)name);
}

static void nothing(void *unused)
{
    (void)unused;
}

START_TEST(a_raise_ends_at_the_nearest_try)
{
    CvError *error = NULL;
    int line = __LINE__ - 12;
    ck_assert(!cv_can_raise());
    ck_assert(!cv_try(not_found, UNIT_TEXT("Book"), &error));
    ck_assert_int_eq(error->kind, CV_ERROR_NOT_FOUND);
    ck_assert_str_eq(error->message, "No Book matches.");
    ck_assert(strstr(error->file, "test_error.c"));
    ck_assert_int_lt(abs(error->line - line), 8);
    ck_assert_int_gt(error->frame_count, 1);
    CvFrame frame; /* the first is the function that raised */
    cv_backtrace_resolve(cv_arena(), error->frames, 1, &frame);
    ck_assert_str_eq(frame.function, "not_found");
    ck_assert_int_eq(cv_error_status(error), 404);
    ck_assert_str_eq(cv_error_class(error->kind), "Http404");
    ck_assert(cv_try(nothing, NULL, &error));
    ck_assert(!cv_can_raise());
}
END_TEST

static void inner_handles(void *unused)
{
    CvError *error;
    (void)unused;
    ck_assert(cv_can_raise());
    ck_assert(!cv_try(not_found, UNIT_TEXT("a"), &error));
    not_found(UNIT_TEXT("b"));
}

START_TEST(tries_nest)
{
    CvError *error;
    ck_assert(!cv_try(inner_handles, NULL, &error));
    ck_assert_str_eq(error->message, "No b matches.");
    ck_assert(!cv_try(inner_handles, NULL, NULL));
}
END_TEST

static void defer_and_raise(void *unused)
{
    (void)unused;
    cv_defer(trace, UNIT_TEXT("b"));
    cv_defer(trace, UNIT_TEXT("c"));
    not_found(UNIT_TEXT("x"));
}

START_TEST(defers_since_the_try_have_run_older_ones_not)
{
    CvError *error;
    trail[0] = '\0';
    cv_defer(trace, UNIT_TEXT("a"));
    ck_assert(!cv_try(defer_and_raise, NULL, &error));
    ck_assert_str_eq(trail, "cb");
    ck_assert_str_eq(error->message, "No x matches.");
    cv_arena_reset(cv_arena());
    ck_assert_str_eq(trail, "cba");
}
END_TEST

static void leave_scopes_open(void *other)
{
    CvScratch first = cv_scratch_begin(NULL), second = cv_scratch_begin(first.arena);
    cv_arena_alloc(first.arena, 200000);
    cv_arena_alloc(second.arena, 200000);
    CV_IN_ARENA (other) {
        cv_alloc(10);
        not_found(UNIT_TEXT("x"));
    }
}

START_TEST(scratch_and_the_implicit_arena_are_restored)
{
    CvArena *outer = cv_arena(), *other = cv_arena_create(0);
    for (int i = 0; i < 2; i++) { /* the scratch arenas are made within the first try, before the second */
        CvError *error;
        ck_assert(!cv_try(leave_scopes_open, other, &error));
        ck_assert_ptr_eq(cv_arena(), outer);
        ck_assert_uint_lt(cv_self()->scratch[0]->used, 64 * 1024);
        ck_assert_uint_lt(cv_self()->scratch[1]->used, 64 * 1024);
        cv_arena_destroy(other); /* the error's text does not live there */
        other = cv_arena_create(0);
        ck_assert_str_eq(error->message, "No x matches.");
    }
    cv_arena_destroy(other);
}
END_TEST

static void wrap_in_cause(void *unused)
{
    CvError *inner;
    (void)unused;
    if (!cv_try(not_found, UNIT_TEXT("Author"), &inner)) {
        CvError outer = {.kind = CV_ERROR_TEMPLATE_SYNTAX,
                         .message = "Rendering failed.",
                         .cause = inner,
                         .status = 418,
                         .file = "page.html",
                         .line = 3,
                         .hint = "Try again.",
                         .detail = "One\nTwo"};
        cv_raise_error(&outer);
    }
}

START_TEST(a_cause_survives_the_error_that_it_causes)
{
    CvError *error;
    ck_assert(!cv_try(wrap_in_cause, NULL, &error));
    ck_assert_str_eq(error->message, "Rendering failed.");
    ck_assert_int_eq(cv_error_status(error), 418);
    ck_assert_str_eq(error->cause->message, "No Author matches.");
    CvBuffer out = cv_buffer(cv_arena());
    cv_error_describe(&out, error);
    const char *text = cv_buffer_string(&out);
    ck_assert(
        strstr(text, "page.html:3: TemplateSyntaxError: Rendering failed.\n    One\n    Two\n  hint: Try again.\n"));
    ck_assert(strstr(text, "caused by "));
    ck_assert(strstr(text, "Http404: No Author matches."));
}
END_TEST

static void raise_again(void *unused)
{
    CvError *error;
    (void)unused;
    ck_assert(!cv_try(not_found, UNIT_TEXT("x"), &error));
    cv_raise_error(error);
}

START_TEST(an_error_can_be_raised_again)
{
    CvError *error;
    ck_assert(!cv_try(raise_again, NULL, &error));
    ck_assert_str_eq(error->message, "No x matches.");
}
END_TEST

static void fail_format(void *unused)
{
    (void)unused;
    cv_raise(CV_ERROR_VALUE, "%0*d", 100000, 1);
}

START_TEST(a_text_that_finds_no_memory_becomes_a_memory_error)
{
    CvError *error;
    cv_arena();
    cv_memory_fail_at(1);
    ck_assert(!cv_try(fail_format, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
    cv_memory_fail_at(0);
    ck_assert(!cv_try(fail_format, NULL, &error));
    ck_assert_uint_eq(strlen(error->message), 100000);
}
END_TEST

START_TEST(a_low_floor_fails_with_an_error)
{
    CvError error;
    ck_assert(!cv_fail(cv_arena(), &error, CV_ERROR_VALUE, "bad %d", 7));
    ck_assert_str_eq(error.message, "bad 7");
    ck_assert_int_eq(cv_error_status(&error), 500);
}
END_TEST

START_TEST(errors_are_collected)
{
    CvErrors errors = {.arena = cv_arena()};
    for (int i = 0; i < 20; i++)
        cv_errors_add(&errors, CV_ERROR_VALIDATION, "number %d", i)->hint = "h";
    ck_assert_uint_eq(errors.count, 20);
    ck_assert_str_eq(errors.items[19]->message, "number 19");
    ck_assert_str_eq(errors.items[0]->hint, "h");
}
END_TEST

START_TEST(every_kind_has_a_class_and_a_status)
{
    for (int kind = 1; kind < CV_ERROR_KIND_COUNT; kind++) {
        CvError error = {.kind = (CvErrorKind)kind};
        ck_assert_uint_gt(strlen(cv_error_class(error.kind)), 3);
        ck_assert_int_ge(cv_error_status(&error), 400);
        ck_assert_int_lt(cv_error_status(&error), 600);
    }
}
END_TEST

START_TEST(a_raise_without_a_handler_ends_the_process)
{
    if (!freopen("/dev/null", "w", stderr))
        ck_abort();
    not_found(UNIT_TEXT("x"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/error");
    TCase *tcase = tcase_create("base/error");
    const TTest *const tests[] = {a_raise_ends_at_the_nearest_try,
                                  tries_nest,
                                  defers_since_the_try_have_run_older_ones_not,
                                  scratch_and_the_implicit_arena_are_restored,
                                  a_cause_survives_the_error_that_it_causes,
                                  an_error_can_be_raised_again,
                                  a_text_that_finds_no_memory_becomes_a_memory_error,
                                  a_low_floor_fails_with_an_error,
                                  errors_are_collected,
                                  every_kind_has_a_class_and_a_status};
    for (size_t i = 0; i < CV_COUNT_OF(tests); i++)
        tcase_add_test(tcase, tests[i]);
    tcase_add_test_raise_signal(tcase, a_raise_without_a_handler_ends_the_process, SIGABRT);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
