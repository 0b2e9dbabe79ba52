/* server.h: the HTTP/1.1 server: a master process, workers, and in each worker one event loop with a fiber a request.
 *
 *     static CvResponse *hello(CvRequest *request)
 *     {
 *         return cv_response_text(request->arena, 200, "Hello, World!");
 *     }
 *     return cv_server_run(&(CvServerOptions){.bind = CV_LIST("127.0.0.1:8000"), .handler = hello});
 *
 * cv_server_run() makes the calling process the master. It owns the listening sockets, forks the workers, replaces one
 * that dies within milliseconds, and acts on signals: SIGTERM and SIGINT stop (requests under way are answered first),
 * SIGQUIT stops at once, SIGHUP starts the program again from its file in the same process, with the sockets kept
 * open, and lets the old workers finish. See the folder's README for how no request is lost.
 *
 * Everything a client can make large or slow has a bound in CvServerLimits. */
#ifndef CV_SERVER_SERVER_H
#define CV_SERVER_SERVER_H

#include "base/error.h"

CV_API_BEGIN

struct CvRequest;
struct CvResponse;

/* Zero members mean the default, which is named. Times are milliseconds. */
typedef struct CvServerLimits {
    uint32_t head_timeout;       /* from the first byte of a request to the end of its head: 10,000 */
    uint32_t body_timeout;       /* without a byte of the body while it is awaited: 15,000 */
    uint32_t body_rate;          /* least bytes a second of a body, averaged, after the first body_timeout: 500 */
    uint32_t keep_alive_timeout; /* an idle connection between requests: 75,000 */
    uint32_t write_timeout;      /* without progress while the client should read: 30,000 */
    uint32_t write_rate;         /* least bytes a second that a client takes of an answer, averaged over the time that
                                    we waited for it, after the first write_timeout: 500 */
    uint32_t watchdog;           /* a worker that does not come back to its loop for so long is killed: 30,000 */
    uint32_t graceful_timeout;   /* what a stopping worker gives requests under way: 30,000 */
    uint32_t connections;        /* open connections a worker: 10,000, or less if the descriptor limit is lower */
    uint32_t target;             /* bytes of the request target: 16,384 */
    uint32_t head;               /* bytes of a head: 65,536 */
    uint32_t headers;            /* header lines: 128 */
    uint64_t body;               /* bytes of a body: no limit here (settings bound what is parsed from it) */
    uint64_t request_memory;     /* bytes of a request's arena: 64 MiB */
    uint32_t drain;              /* bytes of a body that the view left unread and that are swallowed to keep the
                                    connection: 262,144 */
} CvServerLimits;

typedef struct CvServerOptions {
    /* "HOST:PORT", "[IPv6]:PORT", ":PORT" (all addresses), "PORT" (loopback), "unix:PATH"; ends in NULL. Default
     * "127.0.0.1:8000". Port 0: any free one (see cv_server_port). */
    const char *const *bind;
    int workers; /* 0: one a core that this process may use */
    CvServerLimits limits;

    /* The answer to a request, in a fiber of its own; what it allocates in request->arena lives until the answer is
     * sent. NULL is answered 500, a raise that reaches the server with the status of its error. */
    struct CvResponse *(*handler)(struct CvRequest *request);
    void *argument;                        /* for the hooks; request->site too */
    const struct CvHttpSettings *settings; /* of the requests; NULL: http's defaults */
    const char *label;                     /* of fibers until the handler names them: default "request" */
    const char *server_header;             /* value of Server; NULL: none is sent */

    /* In each worker, in a fiber, before it accepts; false (with a log record by the hook) ends the worker. */
    bool (*worker_start)(void *argument);
    /* In each worker, in a fiber, after its last request. */
    void (*worker_stop)(void *argument);
    /* In the master at SIGHUP, before the program is started again; false: keeps what runs. */
    bool (*reload)(void *argument);
    /* In the master once every listener is open and a worker accepts. */
    void (*ready)(void *argument);

    const char *user, *group; /* workers give up root for these; NULL: stay */
    int backlog;              /* of the listeners: 1,024 */
    int unix_mode;            /* permissions of a unix: socket: 0666 */
} CvServerOptions;

/* Serves until a signal stops it; returns the exit status (0: stopped as asked). Never returns in a worker. */
int cv_server_run(const CvServerOptions *options);
/* Whether `name` is of one of the forms of `bind`; it may still not be free, or not resolve. */
bool cv_server_can_bind(const char *name);

/* ---- in the process that calls, for development and tests: no master, no workers, no signals ---- */

typedef struct CvServer CvServer;

/* Listens, and serves on this thread's loop whenever that runs. NULL with *error. `options` is copied; what it points
 * to must stay. */
CvServer *cv_server_start(const CvServerOptions *options, CvError *error) CV_NODISCARD;
/* The same with a thread and a loop of its own; returns when it listens. */
CvServer *cv_server_start_thread(const CvServerOptions *options, CvError *error) CV_NODISCARD;
/* The port of the first TCP listener; 0 if there is none. */
int cv_server_port(const CvServer *server);
/* Stops as SIGTERM does: accepts nothing more, answers what is under way, closes; then frees the server. In a fiber it
 * parks, outside it runs the loop (or waits for the thread). */
void cv_server_stop(CvServer *server);

/* ---- what a worker knows ---- */

typedef struct CvServerStatus {
    uint64_t requests;    /* answered by this worker */
    uint64_t accepted;    /* connections */
    uint32_t connections; /* open now */
    uint32_t idle;        /* of them without a request under way */
    uint32_t active;      /* requests under way */
    bool stopping;
} CvServerStatus;
CvServerStatus cv_server_status(void);
/* True once this worker was asked to stop: long streams end themselves then. */
bool cv_server_is_stopping(void);

CV_API_END

#endif
