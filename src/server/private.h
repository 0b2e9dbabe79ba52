/* private.h: what the files of this folder share: server, listeners, connections. */
#ifndef CV_SERVER_PRIVATE_H
#define CV_SERVER_PRIVATE_H

#include <arpa/inet.h>

#include "http/http.h"
#include "loop/loop.h"
#include "server/server.h"

#define CV_INTAKE_SIZE 16384 /* bytes that are read at once, and of most heads */
#define CV_OUTPUT_SIZE 16384 /* answers are collected up to about this before they are written */
#define CV_LISTENERS_MAX 32

typedef struct CvListener {
    CvWatch watch;
    char *name; /* as it was given: "127.0.0.1:8000" */
    char *host; /* "127.0.0.1"; "localhost" for all addresses and Unix sockets */
    char *path; /* of a Unix socket, or NULL */
    uint16_t port;
} CvListener;

typedef struct CvListeners {
    CvListener items[CV_LISTENERS_MAX];
    size_t count;
} CvListeners;

/* The bytes that came in and the head that is parsed from them; only while a request arrives or is under way. */
typedef struct CvIntake {
    struct CvIntake *next; /* in the pool */
    size_t start;          /* of the head that is parsed or served */
    size_t body;           /* body bytes that were not taken yet begin here */
    size_t end;            /* of the bytes that came in */
    size_t capacity;
    char *data;
    CvHead head;
    char first[CV_INTAKE_SIZE]; /* where data begins its life; large heads move it to the heap */
} CvIntake;

typedef enum CvConnectionState {
    CV_CONNECTION_IDLE,   /* no byte of a request yet */
    CV_CONNECTION_HEAD,   /* a part of a head */
    CV_CONNECTION_BUSY,   /* a request under way in a fiber */
    CV_CONNECTION_FLUSH,  /* answers wait for the client to read */
    CV_CONNECTION_LINGER, /* our side is closed; what still comes is thrown away */
} CvConnectionState;

typedef struct CvConnection {
    CvWatch watch;
    CvTimer timer;
    uint64_t deadline; /* the timer is set no earlier than it must be, and looks here when it runs */
    CvServer *server;
    const CvListener *listener;
    struct CvConnection *next, *previous; /* in one of server->lists */
    CvIntake *intake;
    CvBuffer out; /* answers that are not written yet, from `sent` on */
    size_t sent;
    uint64_t taken;                  /* bytes of the answer that the client took */
    uint64_t waited;                 /* milliseconds that we waited for it to do so, before `waits_since` */
    uint64_t waits_since;            /* 0: nobody waits */
    struct CvConnection *dirty_next; /* in server->dirty */
    CvBodyDecoder body;
    uint64_t body_began; /* when the first byte of the body was waited for; 0: not yet */
    uint8_t state;
    uint8_t list; /* CvConnectionListId */
    bool dirty;
    bool again;          /* the timer is set so that others have their turn before more is read */
    bool serving;        /* inside the loop over the bytes that came in */
    bool closing;        /* after what is in `out`, the connection is closed */
    bool lingering;      /* ... and the client may still be sending */
    bool broken;         /* reading or writing failed: nothing can be sent */
    bool wants_continue; /* "100 Continue" was asked for and not sent */
    bool body_done, body_failed;
    bool answering; /* what was left of the body may have been thrown away */
    uint16_t remote_port;
    uint32_t lingered; /* bytes thrown away */
    char address[INET6_ADDRSTRLEN];
} CvConnection;

typedef struct CvConnectionList {
    CvConnection *first, *last;
} CvConnectionList;

/* Which list a connection is in; in each the one that came first is first. */
typedef enum CvConnectionListId {
    CV_LIST_IDLE,     /* without a request */
    CV_LIST_ACTIVE,   /* with one under way */
    CV_LIST_FLUSHING, /* with answers that the client does not read */
    CV_LISTS
} CvConnectionListId;

struct CvServer {
    CvServerOptions options;
    CvServerLimits limits;
    CvHeadLimits head_limits;
    CvListeners *listeners;
    CvServerStatus status;
    CvConnectionList lists[CV_LISTS];
    CvConnection *dirty;
    CvLoopHook hook;
    CvIntake *intakes; /* pool */
    size_t intake_count;
    CvBuffer outputs[16]; /* pool */
    size_t output_count;
    char date[64];
    size_t date_length;
    uint64_t date_until;
    CvSlice server_line;
    CvTimer accept_timer, stop_timer;
    int reserve; /* a descriptor to give up when there are none left */
    uint64_t stop_deadline;
    bool share; /* other processes accept from the same listeners */
    bool accepting, stopped;
    CvWaitList stop_waiters;
    void (*on_stopped)(CvServer *server);
    struct CvServerThread *thread;
};

/* options.c */
void cv_server_limits_fill(CvServerLimits *limits);

/* listener.c: opens all of options->bind, or takes those that are open already; false with *error. */
bool cv_listeners_open(CvListeners *listeners, const CvServerOptions *options, CvError *error);
void cv_listeners_close(CvListeners *listeners, bool remove_paths);
/* Closes the descriptors only: requests under way go on using names and ports. */
void cv_listeners_shut(CvListeners *listeners, bool remove_paths);
/* True if `text`, as cv_listeners_text() makes it, has the name. */
bool cv_listeners_have(const char *text, CvSlice name);
/* The text for the environment of the program that follows: "3=127.0.0.1:8000,...". */
char *cv_listeners_text(const CvListeners *listeners);

/* service.c: a server on this thread's loop. */
CvServer *cv_service_create(const CvServerOptions *options, CvListeners *listeners, bool share);
void cv_service_destroy(CvServer *server);
/* Stops accepting, lets what is under way end. on_stopped is called when nothing is left. */
void cv_service_stop(CvServer *server);
void cv_service_check_stopped(CvServer *server);
/* "Date: ...\r\n" of this second. */
CvSlice cv_service_date(CvServer *server);

/* accept.c */
void cv_accept_start(CvServer *server);
/* Takes what waits in the listeners' queues, then leaves them. */
void cv_accept_finish(CvServer *server);
void cv_accept_resume(CvServer *server);

/* connection.c */
void cv_connection_open(CvServer *server, const CvListener *listener, int fd, const struct sockaddr *address);
void cv_connection_close(CvConnection *connection);
/* To the end of the idle list, or to the list of those with something under way. */
void cv_connection_move(CvConnection *connection, CvConnectionListId to);
/* Ends one of CV_LIST_FLUSHING if its client was waited for so many milliseconds in all. */
bool cv_connection_evict(CvConnection *connection, uint64_t patience);
void cv_connection_set_deadline(CvConnection *connection, uint64_t deadline);
/* Writes what is collected, closes or waits for the next request: what follows after every answer. False: the
 * connection is gone. */
bool cv_connection_settle(CvConnection *connection);
/* After an answer that was not given at once: serves what came in meanwhile, and what can be read. */
void cv_connection_go_on(CvConnection *connection);
/* On stopping: idle connections go. */
void cv_connection_hurry(CvConnection *connection);

/* intake.c: NULL: no memory. */
CvIntake *cv_intake_take(CvServer *server);
void cv_intake_give(CvServer *server, CvIntake *intake);
/* More room behind `end`; the parsed head follows the bytes. False: the limit is reached, or there is no
 * memory. */
bool cv_intake_grow(CvIntake *intake, size_t most);
/* Moves the bytes from `start` on to the begin. */
void cv_intake_compact(CvIntake *intake);

/* serve.c: answers the requests in the bytes that came in. False: the connection is gone. */
bool cv_serve(CvConnection *connection);
/* An answer without a handler, after which the connection is closed. */
void cv_serve_refusal(CvConnection *connection, int status, const char *reason);

/* body.c */
void cv_body_begin(CvConnection *connection);
ptrdiff_t cv_body_read(void *self, void *buffer, size_t size, CvError *error);
/* What came in already is taken; true if the connection can be used again without reading more than the limit. */
bool cv_body_can_finish(CvConnection *connection);
/* Reads the rest and throws it away, within bounds; false: it did not end. */
bool cv_body_finish(CvConnection *connection);

/* answer.c: in the request's fiber. An answer is begun (its head is collected) and ended; between the two
 * cv_answer_body sends what the response holds, or cv_answer_piece what is still being made. */
typedef struct CvAnswer {
    CvConnection *connection;
    CvResponse *response;
    uint8_t framing; /* CvFraming */
    bool close, usable;
    bool body; /* one is wanted */
} CvAnswer;
void cv_answer_begin(CvAnswer *answer, CvConnection *connection, CvResponse *response);
void cv_answer_body(const CvAnswer *answer);
/* False: the client is gone. */
bool cv_answer_piece(const CvAnswer *answer, CvSlice piece);
void cv_answer_end(CvAnswer *answer);

/* output.c */
/* The buffer that answers are appended to. */
CvBuffer *cv_output(CvConnection *connection);
static inline size_t cv_output_pending(const CvConnection *connection)
{
    return connection->out.length - connection->sent;
}
typedef enum CvFlush { CV_FLUSH_DONE, CV_FLUSH_WAIT, CV_FLUSH_BROKEN } CvFlush;
/* Writes what the kernel takes now. */
CvFlush cv_output_flush(CvConnection *connection);
/* Before waiting for the client to read: until when (cv_loop_now_ms()). It is one of CV_LIST_FLUSHING then. */
uint64_t cv_output_wait(CvConnection *connection);
/* After it; does nothing where nobody waited. */
void cv_output_waited(CvConnection *connection);
/* Writes all of it, and `body` after it, waiting for the client. False: broken. In a fiber. */
bool cv_output_flush_all(CvConnection *connection, CvSlice body);
/* To be written at the end of the turn, should the fiber park before. */
void cv_output_mark(CvConnection *connection);
void cv_output_drop(CvConnection *connection);

/* worker.c: runs a worker; does not return. `share`: there are others, which should have their part. */
typedef struct CvSeat {
    _Atomic uint64_t beat;
    _Atomic int64_t ready;
} CvSeat;
CV_NORETURN void cv_worker_main(const CvServerOptions *options, CvListeners *listeners, CvSeat *seat, int master_pipe,
                                pid_t master, bool share);

/* reload.c */
#define CV_WORKERS_MAX 1024
/* The workers of the program that ran in this process before: how many. */
size_t cv_reload_inherit(pid_t *workers, size_t most);
/* The listeners of the program before, "3=127.0.0.1:8000,..."; NULL: there was none. */
const char *cv_reload_listeners(void);
/* In the child of a rehearsal: ends it, for it has got as far as cv_server_run(); well if the addresses that the
 * running program does not listen on can be had. */
void cv_reload_end_rehearsal(const CvServerOptions *options);
/* Starts the program anew in a child, which ends when it gets to cv_server_run(): its pid, or -1. */
pid_t cv_reload_rehearse(const CvListeners *listeners);
/* Replaces this program by its successor; returns only if that failed. */
void cv_reload_exec(const CvListeners *listeners, const pid_t *workers, size_t count);

/* privileges.c: false with a log record. */
bool cv_privileges_drop(const char *user, const char *group);

#endif
