/* master.c: the process that owns the sockets: it starts workers, replaces those that die, and acts on signals. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "loop/system.h"
#include "server/private.h"

#define QUICK_DEATH 1000 /* milliseconds: whoever lived shorter may be dying at once each time */
#define QUICK_DEATHS 3   /* forgiven before there is a pause */
#define QUICK_KILLS 20   /* ... where the workers did start, and something ended them later */
#define LONGEST_PAUSE 5000
#define HOPELESS 8           /* workers that died without one ever having been ready */
#define REHEARSAL_MOST 60000 /* milliseconds */
#define STOP_EXTRA 10000     /* beyond the graceful time, then SIGKILL */
#define QUIT_MOST 1000       /* for workers that are to end at once, then SIGKILL */

typedef struct Post {
    pid_t pid; /* 0: empty */
    uint64_t started, respawn_at;
    bool killed;
} Post;

typedef struct Master {
    const CvServerOptions *options;
    CvServerLimits limits;
    CvListeners listeners;
    CvSeat *seats;
    Post posts[CV_WORKERS_MAX];
    int post_count;
    pid_t old[CV_WORKERS_MAX]; /* workers of the program before this one */
    size_t old_count;
    pid_t rehearsal;
    uint64_t rehearsal_until;
    int signals, ready_pipe[2];
    int quick_deaths, deaths_before_ready;
    bool was_ready, stopping, old_told, again;
    uint64_t kill_at, kill_old_at;
} Master;

/* ---- workers ---- */

static int wanted_workers(const CvServerOptions *options)
{
    cpu_set_t cores;
    int count = options->workers;
    if (count <= 0)
        count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count > CV_WORKERS_MAX ? CV_WORKERS_MAX : count;
}

static void spawn(Master *master, int index)
{
    Post *post = &master->posts[index];
    pid_t self = getpid();
    atomic_store(&master->seats[index].beat, 0);
    atomic_store(&master->seats[index].ready, 0);
    fflush(NULL); /* or each worker writes it again */
    pid_t pid = cv_system.fork();
    if (pid == 0) {
        close(master->signals);
        close(master->ready_pipe[0]);
        cv_worker_main(master->options, &master->listeners, &master->seats[index], master->ready_pipe[1], self,
                       master->post_count > 1);
    }
    if (pid < 0) {
        cv_log(CV_LOG_ERROR, "caravan.server", "A worker could not be started: %s", strerror(errno));
        post->respawn_at = cv_monotonic_ms() + 1000;
        return;
    }
    *post = (Post){.pid = pid, .started = cv_monotonic_ms()};
}

static void tell_workers(Master *master, int number)
{
    for (int i = 0; i < master->post_count; i++)
        if (master->posts[i].pid)
            kill(master->posts[i].pid, number);
}

static void tell_old(Master *master, int number)
{
    for (size_t i = 0; i < master->old_count; i++)
        kill(master->old[i], number);
}

static void describe_death(pid_t pid, int status)
{
    if (WIFSIGNALED(status))
        cv_log(CV_LOG_ERROR, "caravan.server", "Worker %d was ended by signal %d (%s)", (int)pid, WTERMSIG(status),
               strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status))
        cv_log(CV_LOG_ERROR, "caravan.server", "Worker %d ended with status %d", (int)pid, WEXITSTATUS(status));
}

/* When the next worker may take the place: at once, but ever later if they die as soon as they start. */
static uint64_t respawn_time(Master *master, const Post *post, bool was_ready)
{
    uint64_t now = cv_monotonic_ms();
    master->quick_deaths = now - post->started < QUICK_DEATH ? master->quick_deaths + 1 : 0;
    int over = master->quick_deaths - (was_ready ? QUICK_KILLS : QUICK_DEATHS);
    if (over <= 0)
        return now;
    uint64_t pause = over > 7 ? LONGEST_PAUSE : (uint64_t)50 << over;
    return now + (pause > LONGEST_PAUSE ? LONGEST_PAUSE : pause);
}

static bool forget_old(Master *master, pid_t pid)
{
    for (size_t i = 0; i < master->old_count; i++)
        if (master->old[i] == pid) {
            master->old[i] = master->old[--master->old_count];
            return true;
        }
    return false;
}

static void on_death(Master *master, pid_t pid, int status)
{
    if (pid == master->rehearsal) {
        master->rehearsal = 0;
        master->again = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (!master->again)
            cv_log(CV_LOG_ERROR, "caravan.server", "Reload refused: the program does not start. What runs is kept");
        return;
    }
    describe_death(pid, status);
    if (forget_old(master, pid))
        return;
    for (int i = 0; i < master->post_count; i++) {
        Post *post = &master->posts[i];
        if (post->pid != pid)
            continue;
        if (!master->was_ready)
            master->deaths_before_ready++;
        post->respawn_at = respawn_time(master, post, atomic_load(&master->seats[i].ready));
        post->pid = 0;
    }
}

static void bury(Master *master)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        on_death(master, pid, status);
}

/* Fills empty posts whose time has come; the milliseconds until the next one's has. */
static int fill_posts(Master *master)
{
    int wait = -1;
    for (int i = 0; i < master->post_count; i++) {
        Post *post = &master->posts[i];
        if (post->pid)
            continue;
        uint64_t now = cv_monotonic_ms();
        if (post->respawn_at <= now)
            spawn(master, i);
        if (!post->pid) {
            int left = post->respawn_at > now ? (int)(post->respawn_at - now) : 0;
            wait = wait < 0 || left < wait ? left : wait;
        }
    }
    return wait;
}

/* A worker whose loop does not come round (a view in an endless loop) is of no use to its clients. */
static void watch_beats(Master *master)
{
    uint64_t now = cv_monotonic_ms();
    for (int i = 0; i < master->post_count; i++) {
        Post *post = &master->posts[i];
        uint64_t beat = atomic_load_explicit(&master->seats[i].beat, memory_order_relaxed);
        if (!post->pid || post->killed || beat == 0 || now < beat || now - beat < master->limits.watchdog)
            continue;
        cv_log(CV_LOG_CRITICAL, "caravan.server", "Worker %d is stuck and is killed", (int)post->pid);
        post->killed = true;
        kill(post->pid, SIGABRT);
        kill(post->pid, SIGKILL);
    }
}

/* ---- signals ---- */

/* Who connects from now on gets no answer to the SYN and is refused when the socket closes: refused, not accepted and
 * dropped. What is in the queue already is served by the workers. A Unix socket has no filter; its queue is shortened.
 */
static void turn_away(int listener)
{
    struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
    struct sock_fprog program = {.len = 1, .filter = &nothing};
    if (setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
        (void)listen(listener, 0);
}

static void begin_stop(Master *master, bool at_once)
{
    if (master->stopping) {
        tell_workers(master, at_once ? SIGKILL : SIGTERM);
        tell_old(master, at_once ? SIGKILL : SIGTERM);
        return;
    }
    master->stopping = true;
    master->kill_at = cv_monotonic_ms() + (at_once ? QUIT_MOST : master->limits.graceful_timeout + STOP_EXTRA);
    for (size_t i = 0; i < master->listeners.count; i++)
        turn_away(master->listeners.items[i].watch.fd);
    tell_workers(master, at_once ? SIGQUIT : SIGTERM);
    tell_old(master, at_once ? SIGQUIT : SIGTERM);
}

static void begin_reload(Master *master)
{
    if (master->stopping || master->rehearsal)
        return;
    if (master->options->reload && !master->options->reload(master->options->argument))
        return;
    master->rehearsal = cv_reload_rehearse(&master->listeners);
    master->rehearsal_until = cv_monotonic_ms() + REHEARSAL_MOST;
    if (master->rehearsal < 0) {
        master->rehearsal = 0;
        cv_log(CV_LOG_ERROR, "caravan.server", "Reload refused: %s", strerror(errno));
    }
}

static void follow_on(Master *master)
{
    pid_t pids[2 * CV_WORKERS_MAX];
    size_t count = 0;
    for (int i = 0; i < master->post_count; i++)
        if (master->posts[i].pid)
            pids[count++] = master->posts[i].pid;
    for (size_t i = 0; i < master->old_count; i++)
        pids[count++] = master->old[i];
    cv_reload_exec(&master->listeners, pids, count);
    master->again = false;
}

static void on_signal(Master *master, int number)
{
    switch (number) {
    case SIGCHLD:
        bury(master);
        break;
    case SIGTERM:
        begin_stop(master, false);
        break;
    case SIGINT: /* the second Control-C means it */
        begin_stop(master, master->stopping);
        break;
    case SIGQUIT:
        begin_stop(master, true);
        break;
    case SIGHUP:
        begin_reload(master);
        break;
    default:
        break;
    }
}

static void read_signals(Master *master)
{
    struct signalfd_siginfo information;
    while (read(master->signals, &information, sizeof information) == (ssize_t)sizeof information)
        on_signal(master, (int)information.ssi_signo);
}

static int watch_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGQUIT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ---- readiness ---- */

static void read_readiness(Master *master)
{
    char bytes[64];
    if (read(master->ready_pipe[0], bytes, sizeof bytes) <= 0)
        return;
    master->deaths_before_ready = 0;
    if (!master->was_ready && master->options->ready)
        master->options->ready(master->options->argument);
    master->was_ready = true;
}

/* Once all workers of this program accept, those of the program before may go. */
static void relieve_old(Master *master)
{
    if (master->old_count == 0 || master->old_told)
        return;
    for (int i = 0; i < master->post_count; i++)
        if (!master->posts[i].pid || !atomic_load(&master->seats[i].ready))
            return;
    master->old_told = true;
    master->kill_old_at = cv_monotonic_ms() + master->limits.graceful_timeout + STOP_EXTRA;
    tell_old(master, SIGTERM);
}

static bool any_left(const Master *master)
{
    bool left = master->old_count > 0;
    for (int i = 0; i < master->post_count; i++)
        left |= master->posts[i].pid != 0;
    return left;
}

static void wait_for_news(Master *master, int timeout)
{
    struct pollfd news[] = {{.fd = master->signals, .events = POLLIN}, {.fd = master->ready_pipe[0], .events = POLLIN}};
    int beat = 1000;
    (void)poll(news, 2, timeout >= 0 && timeout < beat ? timeout : beat);
    if (news[1].revents & POLLIN)
        read_readiness(master);
    if (news[0].revents & POLLIN)
        read_signals(master);
}

static int oversee(Master *master)
{
    for (;;) {
        int wait = -1;
        if (!master->stopping) {
            wait = fill_posts(master);
            watch_beats(master);
            /* Their beats went with the program before: nobody else would notice one that is stuck. */
            if (master->old_told && cv_monotonic_ms() > master->kill_old_at)
                tell_old(master, SIGKILL);
            if (master->rehearsal && cv_monotonic_ms() > master->rehearsal_until)
                kill(master->rehearsal, SIGKILL);
        } else if (!any_left(master)) {
            return 0;
        } else if (cv_monotonic_ms() > master->kill_at) {
            tell_workers(master, SIGKILL);
            tell_old(master, SIGKILL);
        }
        wait_for_news(master, wait);
        relieve_old(master);
        if (master->again && !master->stopping)
            follow_on(master);
        /* While workers of the program before serve, there is something to lose: it is tried again and again. */
        if (!master->was_ready && master->deaths_before_ready >= HOPELESS && !master->stopping &&
            master->old_count == 0) {
            cv_log(CV_LOG_CRITICAL, "caravan.server", "No worker starts: giving up");
            begin_stop(master, true);
            master->was_ready = true;
            while (any_left(master))
                wait_for_news(master, 100);
            return 1;
        }
    }
}

int cv_server_run(const CvServerOptions *options)
{
    cv_reload_end_rehearsal(options);
    Master *master = cv_malloc(sizeof *master);
    master->options = options;
    master->limits = options->limits;
    cv_server_limits_fill(&master->limits);
    master->signals = watch_signals();
    CvError error = {0};
    if (!cv_listeners_open(&master->listeners, options, &error)) {
        cv_log(CV_LOG_CRITICAL, "caravan.server", "%s", error.message);
        cv_free(master);
        return 1;
    }
    master->old_count = cv_reload_inherit(master->old, CV_COUNT_OF(master->old));
    master->post_count = wanted_workers(options);
    master->seats = cv_shared_alloc(sizeof(CvSeat) * (size_t)master->post_count);
    if (master->signals < 0 || !master->seats || pipe2(master->ready_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        cv_log(CV_LOG_CRITICAL, "caravan.server", "The master cannot start: %s", strerror(errno));
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int status = oversee(master);
    cv_listeners_close(&master->listeners, true);
    cv_shared_free(master->seats, sizeof(CvSeat) * (size_t)master->post_count);
    close(master->signals);
    close(master->ready_pipe[0]);
    close(master->ready_pipe[1]);
    cv_free(master);
    return status;
}
