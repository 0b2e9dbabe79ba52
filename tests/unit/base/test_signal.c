/* Tests base/signal.h. */
#include "base/base.h"

#include "unit.h"

static char trail[64];
static int books, authors;

static void note(const void *sender, void *payload, void *argument)
{
    (void)sender;
    size_t length = strlen(trail);
    snprintf(trail + length, sizeof trail - length, "%s%s ", (const char *)argument, (const char *)payload);
}

START_TEST(receivers_run_in_the_order_of_connection)
{
    CvSignal signal = CV_SIGNAL_INIT("post_save");
    cv_signal_connect(&signal, note, UNIT_TEXT("a"), NULL);
    cv_signal_connect(&signal, note, UNIT_TEXT("b"), &books);
    cv_signal_connect(&signal, note, UNIT_TEXT("c"), &authors);
    cv_signal_connect(&signal, note, UNIT_TEXT("a"), NULL); /* once only */
    cv_signal_send(&signal, &books, UNIT_TEXT("1"));
    cv_signal_send(&signal, &authors, UNIT_TEXT("2"));
    ck_assert_str_eq(trail, "a1 b1 a2 c2 ");
    ck_assert(cv_signal_disconnect(&signal, note, UNIT_TEXT("a"), NULL));
    ck_assert(!cv_signal_disconnect(&signal, note, UNIT_TEXT("a"), NULL));
    ck_assert(cv_signal_has_receivers(&signal, &books));
    ck_assert(cv_signal_disconnect(&signal, note, UNIT_TEXT("b"), &books));
    ck_assert(!cv_signal_has_receivers(&signal, &books));
    ck_assert(cv_signal_disconnect(&signal, note, UNIT_TEXT("c"), &authors));
    cv_signal_connect(&signal, note, UNIT_TEXT("d"), NULL);
    trail[0] = '\0';
    cv_signal_send(&signal, NULL, UNIT_TEXT("3"));
    ck_assert_str_eq(trail, "d3 ");
    cv_signal_disconnect(&signal, note, UNIT_TEXT("d"), NULL);
}
END_TEST

static CvSignal leaving = CV_SIGNAL_INIT("leaving");

static void leave(const void *sender, void *payload, void *argument)
{
    cv_signal_disconnect(&leaving, leave, argument, NULL);
    note(sender, payload, argument);
}

START_TEST(a_receiver_may_disconnect_itself)
{
    cv_signal_connect(&leaving, leave, UNIT_TEXT("a"), NULL);
    cv_signal_connect(&leaving, note, UNIT_TEXT("b"), NULL);
    cv_signal_send(&leaving, NULL, UNIT_TEXT("1"));
    cv_signal_send(&leaving, NULL, UNIT_TEXT("2"));
    ck_assert_str_eq(trail, "a1 b1 b2 ");
}
END_TEST

static void object(const void *sender, void *payload, void *argument)
{
    (void)sender;
    (void)payload;
    (void)argument;
    cv_raise(CV_ERROR_PERMISSION_DENIED, "no");
}

static void send(void *signal)
{
    cv_signal_send(signal, NULL, UNIT_TEXT("1"));
}

START_TEST(a_raise_ends_the_sending)
{
    static CvSignal signal = CV_SIGNAL_INIT("s");
    CvError *error;
    cv_signal_connect(&signal, object, NULL, NULL);
    cv_signal_connect(&signal, note, UNIT_TEXT("b"), NULL);
    ck_assert(!cv_try(send, &signal, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_PERMISSION_DENIED);
    ck_assert_str_eq(trail, "");
}
END_TEST

UNIT_TESTS("base/signal", receivers_run_in_the_order_of_connection, a_receiver_may_disconnect_itself,
           a_raise_ends_the_sending)
