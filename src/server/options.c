/* options.c: the defaults of limits. */
#include <sys/resource.h>

#include "server/private.h"

static void fill(uint32_t *limit, uint32_t value)
{
    if (*limit == 0)
        *limit = value;
}

void cv_server_limits_fill(CvServerLimits *limits)
{
    struct rlimit files;
    fill(&limits->head_timeout, 10000);
    fill(&limits->body_timeout, 15000);
    fill(&limits->body_rate, 500);
    fill(&limits->keep_alive_timeout, 75000);
    fill(&limits->write_timeout, 30000);
    fill(&limits->write_rate, 500);
    fill(&limits->graceful_timeout, 30000);
    fill(&limits->watchdog, 30000);
    fill(&limits->connections, 10000);
    fill(&limits->target, 16384);
    fill(&limits->head, 65536);
    fill(&limits->headers, CV_HEADERS_MAX);
    fill(&limits->drain, 262144);
    if (limits->request_memory == 0)
        limits->request_memory = (uint64_t)64 << 20;
    /* Files, databases and pipes need descriptors too. */
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY) {
        uint64_t most = files.rlim_cur > 128 ? files.rlim_cur - 64 : files.rlim_cur / 2;
        if (limits->connections > most)
            limits->connections = (uint32_t)most;
    }
}
