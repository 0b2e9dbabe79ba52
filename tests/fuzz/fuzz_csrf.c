/* fuzz_csrf.c: a request with any Origin, Referer, cookie and token to a site with all middleware: always answered, and
 * a change is accepted only with the token. */
#include "http/http.h"
#include "middleware/middleware.h"
#include "urls/urls.h"
#include "web/web.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool reached;

static CvResponse *page(CvRequest *request)
{
    reached = true;
    return cv_response_text(request->arena, "changed");
}

static const CvUrl urls[] = {CV_PATH("x/", page), CV_URLS_END};

static void start(void)
{
    static bool started;
    if (started)
        return;
    started = true;
    static const char *const hosts[] = {"a.example", NULL}, *const origins[] = {"https://*.good.example", NULL},
                             *const exempt[] = {"^none", NULL};
    CvErrors errors = {.arena = cv_arena()};
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    if (!cv_project_start(&(CvSettings){.urls = urls,
                                        .middleware = CV_DEFAULT_MIDDLEWARE,
                                        .secret_key = "k",
                                        .allowed_hosts = hosts,
                                        .csrf_trusted_origins = origins,
                                        .disallowed_user_agents = exempt},
                          NULL, &errors))
        __builtin_trap();
}

/* Lines of the input: method bit and scheme, target, Host, Cookie, Origin, Referer, X-CSRFToken, body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    start();
    CvArena *arena = cv_arena_create(0);
    CvSlice rest = cv_slice_of((const char *)data, size), lines[8] = {{0}};
    for (size_t i = 0; i < 8 && cv_slice_split(&rest, '\n', &lines[i]); i++)
        ;
    const char *texts[8];
    for (size_t i = 0; i < 8; i++)
        texts[i] = cv_slice_string(arena, lines[i]);
    const char *headers[13];
    size_t count = 0;
    static const char *const names[] = {"Host", "Cookie", "Origin", "Referer", "X-CSRFToken"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (*texts[i + 2]) {
            headers[count++] = names[i];
            headers[count++] = texts[i + 2];
        }
    headers[count++] = "Content-Type";
    headers[count++] = "application/x-www-form-urlencoded";
    headers[count] = NULL;
    const char *target = cv_arena_printf(arena, "/%s", texts[1]);
    CvRequest *request = cv_request_make(arena, texts[0][0] == 'G' ? "GET" : "POST", target, headers, lines[7], NULL);
    if (request) {
        if (texts[0][0] && texts[0][1] == 's')
            request->scheme = "https";
        reached = false;
        CvResponse *response = cv_handle(request);
        bool has_cookie = strstr(texts[3], "csrftoken=") != NULL;
        if (!response || response->status < 200 || response->status > 599 ||
            (reached && request->method_id == CV_METHOD_POST && !has_cookie))
            __builtin_trap();
    }
    cv_arena_destroy(arena);
    return 0;
}
