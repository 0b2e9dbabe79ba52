/* serve.c: ./manage serve: the site in production. */
#include <arpa/inet.h>

#include "base/log.h"
#include "db/db.h"
#include "http/http.h"
#include "management/command_private.h"
#include "server/server.h"
#include "text/date.h"

typedef struct Serving {
    const char *bind;
} Serving;

static bool worker_start(void *argument)
{
    (void)argument;
    cv_databases_forked();
    return true;
}

/* The address as people click on it. */
static void ready(void *argument)
{
    const Serving *serving = argument;
    const char *bind = serving->bind;
    if (strncmp(bind, "unix:", 5) == 0)
        printf("Serving at %s\n", bind);
    else if (bind[0] == ':')
        printf("Serving at http://127.0.0.1%s/\n", bind);
    else if (!strchr(bind, ':'))
        printf("Serving at http://127.0.0.1:%s/\n", bind);
    else
        printf("Serving at http://%s/\n", bind);
    fflush(stdout);
}

static uint64_t body_bytes(const CvResponse *response)
{
    return response->kind == CV_RESPONSE_FILE    ? response->file.length
           : response->kind == CV_RESPONSE_BYTES ? response->body.length
                                                 : 0;
}

static CvResponse *handle_and_log(CvRequest *request)
{
    CvResponse *response = cv_handle(request);
    CvClock now = cv_datetime_clock(cv_now(), cv_default_zone());
    fprintf(stderr, "[%02d:%02d:%02d] \"%s %s\" %d %llu\n", now.time.hour, now.time.minute, now.time.second,
            request->method, cv_request_full_path(request, false), response->status,
            (unsigned long long)body_bytes(response));
    return response;
}

int cv_serve_site(CvArena *arena, const char *bind, int workers, bool access_log)
{
    const CvSettings *settings = cv_settings();
    Serving *serving = cv_arena_new(arena, Serving);
    serving->bind = bind;
    CvServerOptions options = {
        .bind = CV_LIST(bind),
        .workers = workers,
        .limits = {.head_timeout = (uint32_t)settings->header_timeout * 1000,
                   .body_timeout = (uint32_t)settings->body_timeout * 1000,
                   .keep_alive_timeout = (uint32_t)settings->keep_alive * 1000,
                   .body = (uint64_t)settings->request_body_size,
                   .request_memory = (uint64_t)settings->request_memory},
        .handler = access_log ? handle_and_log : cv_handle,
        .argument = serving,
        .worker_start = worker_start,
        .ready = ready,
    };
    return cv_server_run(&options);
}

static int serve(CvCommandLine *line)
{
    const CvSettings *settings = cv_settings();
    const char *bind = cv_command_option(line, "--bind"), *text = cv_command_option(line, "--workers");
    int64_t workers = settings->workers;
    if (text && (!cv_slice_to_int64(cv_slice(text), &workers) || workers < 1 || workers > 1024)) {
        cv_say_error("--workers must be a number from 1 to 1024, not '%s'.", text);
        return 2;
    }
    if (bind && !cv_server_can_bind(bind)) {
        cv_say_error("--bind must be HOST:PORT, :PORT or unix:PATH, not '%s'.", bind);
        return 2;
    }
    if (!cv_project_has_secret_key()) {
        cv_say_error("SECRET_KEY is not set.");
        fprintf(stderr, "    hint: Set it in the environment to 50 or more random characters, which stay the same: "
                        "openssl rand -base64 48\n");
        return 1;
    }
    if (settings->debug)
        fprintf(stderr, "warning: DEBUG is on: error pages show code and settings to every visitor.\n");
    else if (!settings->allowed_hosts[0])
        fprintf(stderr, "warning: ALLOWED_HOSTS is empty: every request will be refused.\n");
    cv_warn_unapplied(line->arena);
    return cv_serve_site(line->arena, bind ? bind : settings->bind, (int)workers, false);
}

const CvCommand cv_serve_command = {
    .name = "serve",
    .summary = "Serves the site in production: a master, and a worker process a core.",
    .details = "SIGTERM stops it and SIGHUP starts the program anew, both without losing a request.",
    .most = 0,
    .options = (const CvCommandOption[]){{"--bind", "ADDRESS",
                                          "HOST:PORT, :PORT or unix:PATH (default: BIND, 127.0.0.1:8000)."},
                                         {"--workers", "N", "Worker processes (default: WORKERS, or one a core)."},
                                         {0}},
    .run = serve,
};
