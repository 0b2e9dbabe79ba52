/* overflow.c: says which view ran out of stack before the process ends. The handler runs on a stack of its own. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "loop/private.h"

#define SIGNAL_STACK_SIZE 65536

static struct sigaction earlier_segv, earlier_bus;
static bool installed;
static __thread bool watched;

static void say(const char *text)
{
    size_t length = strlen(text);
    while (length) {
        ssize_t count = write(STDERR_FILENO, text, length);
        if (count <= 0)
            return;
        text += count;
        length -= (size_t)count;
    }
}

static bool hits_guard(const void *address)
{
    const CvLoop *loop = cv_loop_of_thread;
    if (!loop || !loop->current)
        return false;
    const CvStack *stack = &loop->current->stack;
    return (const char *)address >= stack->base && (const char *)address < stack->low;
}

/* The default action at the same instruction again: the parent sees the true signal, and a core is dumped. */
static void die_of(int number)
{
    struct sigaction fall = {.sa_handler = SIG_DFL};
    sigemptyset(&fall.sa_mask);
    sigaction(number, &fall, NULL);
}

static void on_fault(int number, siginfo_t *information, void *context)
{
    if (hits_guard(information->si_addr)) {
        const char *label = cv_loop_of_thread->current->self.label;
        say("fiber stack overflow in ");
        say(label ? label : "fiber");
        say("\n");
        die_of(number);
        return;
    }
    const struct sigaction *earlier = number == SIGBUS ? &earlier_bus : &earlier_segv;
    if (earlier->sa_flags & SA_SIGINFO)
        earlier->sa_sigaction(number, information, context);
    else if (earlier->sa_handler != SIG_DFL && earlier->sa_handler != SIG_IGN)
        earlier->sa_handler(number);
    else
        die_of(number);
}

static void install(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &earlier_segv);
    sigaction(SIGBUS, &action, &earlier_bus);
}

void cv_overflow_watch(void)
{
    if (watched)
        return;
    watched = true;
    if (!__atomic_exchange_n(&installed, true, __ATOMIC_ACQ_REL))
        install();
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE))
        return;
    /* Stays for the life of the thread: a handler may run on it at any time. */
    void *memory = mmap(NULL, SIGNAL_STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    stack_t own = {.ss_sp = memory, .ss_size = SIGNAL_STACK_SIZE};
    sigaltstack(&own, NULL);
}
