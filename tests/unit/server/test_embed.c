/* test_embed.c: a server in the calling process, on its loop and on a thread. */
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "talk.h"

static CvServer *start(void)
{
    CvError error;
    CvServer *server =
        cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = talk_handle, .server_header = "test"}, &error);
    ck_assert_msg(server != NULL, "%s", server ? "" : error.message);
    ck_assert_int_gt(cv_server_port(server), 0);
    return server;
}

START_TEST(serves_on_the_callers_loop)
{
    CvServer *server = start();
    Talk talk = talk_to(cv_server_port(server), TALK_GET("/a") TALK_POST("/b") TALK_LAST("/c"));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "GET /a 0."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "POST /b 5."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "GET /c 0."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "\r\nServer: test\r\n"));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "\r\nConnection: close\r\n"));
    CvServerStatus status = cv_server_status();
    ck_assert_uint_eq(status.requests, 3);
    ck_assert_uint_eq(status.accepted, 1);
    ck_assert_uint_eq(status.connections, 0);
    ck_assert_uint_eq(status.active, 0);
    cv_buffer_free(&talk.heard);
    cv_server_stop(server);
    ck_assert_uint_eq(cv_server_status().requests, 0);
    cv_loop_close();
}
END_TEST

START_TEST(stopping_waits_for_what_is_under_way)
{
    CvServer *server = start();
    Talk talk = {.port = cv_server_port(server), .say = TALK_GET("/sleep")};
    ck_assert_ptr_nonnull(talk_spawn(&talk));
    while (cv_server_status().active == 0)
        cv_loop_turn(100);
    cv_server_stop(server);
    while (!talk.ended)
        cv_loop_turn(100);
    ck_assert_ptr_nonnull(strstr(cv_buffer_string(&talk.heard), "GET /sleep 0."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "Connection: close"));
    cv_buffer_free(&talk.heard);
    cv_loop_close();
}
END_TEST

static void stop_from_fiber(void *argument)
{
    cv_server_stop(*(CvServer **)argument);
    *(CvServer **)argument = NULL;
}

START_TEST(stops_from_within_a_fiber)
{
    CvServer *server = start();
    ck_assert_ptr_nonnull(cv_fiber_spawn(stop_from_fiber, &server, NULL));
    cv_loop_run();
    ck_assert_ptr_null(server);
    cv_loop_close();
}
END_TEST

START_TEST(serves_on_a_thread)
{
    CvError error;
    CvServer *server = cv_server_start_thread(&(CvServerOptions){.bind = talk_bind, .handler = talk_handle}, &error);
    ck_assert_ptr_nonnull(server);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)cv_server_port(server)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    static const char say[] = TALK_LAST("/thread");
    ck_assert_int_eq(write(fd, say, sizeof say - 1), sizeof say - 1);
    char heard[4096] = {0};
    size_t length = 0;
    ssize_t count;
    while ((count = read(fd, heard + length, sizeof heard - 1 - length)) > 0)
        length += (size_t)count;
    close(fd);
    ck_assert_ptr_nonnull(strstr(heard, "GET /thread 0."));
    cv_server_stop(server);
}
END_TEST

START_TEST(a_taken_port_is_an_error)
{
    CvServer *server = start();
    char name[32];
    snprintf(name, sizeof name, "127.0.0.1:%d", cv_server_port(server));
    const char *bind[] = {name, NULL};
    CvError error;
    ck_assert_ptr_null(cv_server_start(&(CvServerOptions){.bind = bind, .handler = talk_handle}, &error));
    ck_assert_ptr_nonnull(strstr(error.message, "Cannot listen on 127.0.0.1:"));
    ck_assert_ptr_null(cv_server_start_thread(&(CvServerOptions){.bind = bind, .handler = talk_handle}, &error));
    cv_server_stop(server);
    cv_server_stop(NULL);
}
END_TEST

UNIT_TESTS("server/embed", serves_on_the_callers_loop, stopping_waits_for_what_is_under_way, stops_from_within_a_fiber,
           serves_on_a_thread, a_taken_port_is_an_error)
