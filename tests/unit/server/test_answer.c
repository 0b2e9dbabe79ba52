/* test_answer.c: what is answered where the view has used up its memory, or streams beside an unread body. */
#include "base/log.h"
#include "talk.h"

/* Takes memory in small pieces until there is not one more. */
static CvResponse *devour(CvRequest *request)
{
    if (cv_slice_is(cv_slice(request->path), "/devour"))
        for (;;)
            (void)cv_arena_alloc(request->arena, 16);
    return cv_response_text(request->arena, "well");
}

START_TEST(memory_that_is_used_up_ends_the_request_only)
{
    CvError error;
    cv_log_set_level(CV_LOG_CRITICAL);
    CvServer *server = cv_server_start(
        &(CvServerOptions){.bind = talk_bind, .handler = devour, .limits.request_memory = 1 << 20}, &error);
    ck_assert_ptr_nonnull(server);
    Talk talk = talk_to(cv_server_port(server), TALK_GET("/devour") TALK_LAST("/"));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "HTTP/1.1 503 "));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "well"));
    cv_buffer_free(&talk.heard);
    cv_server_stop(server);
    cv_loop_close();
}
END_TEST

typedef struct Echo {
    CvRequest *request;
    char bytes[64];
    int pieces;
} Echo;

static bool echo_next(void *state, CvSlice *piece)
{
    Echo *echo = state;
    if (echo->pieces++ == 0) {
        *piece = CV_SLICE("begun;");
        return true;
    }
    CvError error;
    ptrdiff_t count = cv_request_load_read(echo->request, echo->bytes, sizeof echo->bytes, &error);
    if (count < 0)
        cv_raise_error(&error);
    *piece = cv_slice_of(echo->bytes, (size_t)count);
    return count > 0;
}

static CvResponse *echo_late(CvRequest *request)
{
    Echo *echo = cv_arena_new(request->arena, Echo);
    echo->request = request;
    return cv_response_stream(request->arena, "text/plain", echo_next, echo);
}

/* A stream that reads the body gets all of it, or fails; it is never given an end that is not the body's. */
START_TEST(a_stream_is_not_told_that_an_unread_body_is_empty)
{
    CvError error;
    cv_log_set_level(CV_LOG_CRITICAL);
    CvServer *server = cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = echo_late}, &error);
    ck_assert_ptr_nonnull(server);
    Talk talk = talk_to(cv_server_port(server), "POST /" TALK_HEAD "Content-Length: 5\r\n\r\nhello");
    ck_assert(strstr(talk.heard.data, "hello") || !strstr(talk.heard.data, "\r\n0\r\n\r\n"));
    cv_buffer_free(&talk.heard);
    cv_server_stop(server);
    cv_loop_close();
}
END_TEST

START_TEST(no_interim_answer_within_an_answer)
{
    CvError error;
    cv_log_set_level(CV_LOG_CRITICAL);
    CvServer *server = cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = echo_late}, &error);
    ck_assert_ptr_nonnull(server);
    Talk talk = talk_to(cv_server_port(server), "POST /" TALK_HEAD "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    ck_assert_ptr_null(strstr(talk.heard.data, "100 Continue"));
    cv_buffer_free(&talk.heard);
    cv_server_stop(server);
    cv_loop_close();
}
END_TEST

UNIT_TESTS("server/answer", memory_that_is_used_up_ends_the_request_only,
           a_stream_is_not_told_that_an_unread_body_is_empty, no_interim_answer_within_an_answer)
