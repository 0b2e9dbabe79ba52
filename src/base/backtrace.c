/* backtrace.c: walking the stack by the unwind tables, and reading the debug information of the running process. */
#include "base/backtrace.h"

#include <elfutils/libdwfl.h>
#include <pthread.h>
#include <unistd.h>
#include <unwind.h>

#include "base/self.h"

typedef struct Walk {
    void **frames;
    int count, most, skip;
} Walk;

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *argument)
{
    Walk *walk = argument;
    uintptr_t address = _Unwind_GetIP(context);
    if (!address || walk->count == walk->most)
        return _URC_END_OF_STACK;
    if (walk->skip)
        walk->skip--;
    else
        walk->frames[walk->count++] = (void *)address;
    return _URC_NO_REASON;
}

__attribute__((noinline)) int cv_backtrace(void **frames, int most)
{
    Walk walk = {frames, 0, most, 1};
    if (most > 0)
        _Unwind_Backtrace(visit, &walk);
    return walk.count;
}

static pthread_mutex_t session_lock = PTHREAD_MUTEX_INITIALIZER;
static Dwfl *session; /* kept for the life of the process: opening it costs milliseconds */

static char *debug_path;
static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_linux_proc_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .debuginfo_path = &debug_path,
};

/* Reads which objects are mapped now. */
static void session_report(void)
{
    if (!session)
        session = dwfl_begin(&callbacks);
    if (!session)
        return;
    dwfl_report_begin(session);
    dwfl_linux_proc_report(session, getpid());
    dwfl_report_end(session, NULL, NULL);
}

/* Without an index of addresses, which clang does not write, the units are asked one by one. */
static void find_line_in_units(CvArena *arena, Dwfl_Module *module, Dwarf_Addr address, CvFrame *out)
{
    Dwarf_Addr bias;
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, &bias));) {
        if (dwarf_haspc(unit, address - bias) <= 0)
            continue;
        Dwarf_Line *line = dwarf_getsrc_die(unit, address - bias);
        const char *file = line ? dwarf_linesrc(line, NULL, NULL) : NULL;
        if (file && dwarf_lineno(line, &out->line) == 0)
            out->file = cv_arena_strdup(arena, file);
        return;
    }
}

static void find_line(CvArena *arena, Dwfl_Module *module, Dwarf_Addr address, CvFrame *out)
{
    Dwfl_Line *line = dwfl_module_getsrc(module, address);
    const char *file = line ? dwfl_lineinfo(line, NULL, &out->line, NULL, NULL, NULL) : NULL;
    if (file)
        out->file = cv_arena_strdup(arena, file);
    else
        find_line_in_units(arena, module, address, out);
}

static void resolve(CvArena *arena, Dwarf_Addr address, CvFrame *out)
{
    Dwfl_Module *module = session ? dwfl_addrmodule(session, address) : NULL;
    if (!module)
        return;
    const char *name = dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    if (name)
        out->module = cv_arena_strdup(arena, name);
    const char *function = dwfl_module_addrname(module, address);
    if (function) /* gcc's "view.cold" and "view.part.0" are parts of "view" */
        out->function = cv_arena_strndup(arena, function, strcspn(function, ".@"));
    find_line(arena, module, address, out);
}

typedef struct Resolution {
    CvArena *arena;
    void *const *frames;
    int count;
    CvFrame *out;
} Resolution;

static void resolve_all(void *argument)
{
    const Resolution *all = argument;
    bool fresh = !session;
    if (fresh)
        session_report();
    for (int i = 0; i < all->count; i++) {
        /* A return address may belong to the line after the call. */
        Dwarf_Addr address = (Dwarf_Addr)(uintptr_t)all->frames[i] - 1;
        resolve(all->arena, address, &all->out[i]);
        if (!all->out[i].module && !fresh) { /* a library that was loaded since */
            session_report();
            fresh = true;
            resolve(all->arena, address, &all->out[i]);
        }
    }
}

/* Where memory ends, the frames that are left stay without names. */
static void resolve_locked(void *argument)
{
    pthread_mutex_lock(&session_lock);
    (void)!cv_try(resolve_all, argument, NULL);
    pthread_mutex_unlock(&session_lock);
}

static void *on_thread(void *argument)
{
    resolve_locked(argument);
    return NULL;
}

static CvBacktraceOffload *offload;
static int under_way;

void cv_backtrace_set_offload(CvBacktraceOffload *function)
{
    __atomic_store_n(&offload, function, __ATOMIC_RELEASE);
}

/* libdw takes more stack than a fiber has: another thread does the reading. */
static void resolve_elsewhere(Resolution *all)
{
    CvBacktraceOffload *function = __atomic_load_n(&offload, __ATOMIC_ACQUIRE);
    pthread_t thread;
    if (function)
        function(resolve_locked, all);
    else if (pthread_create(&thread, NULL, on_thread, all) == 0)
        pthread_join(thread, NULL);
}

void cv_backtrace_resolve(CvArena *arena, void *const *frames, int count, CvFrame *out)
{
    Resolution all = {arena, frames, count, out};
    for (int i = 0; i < count; i++)
        out[i] = (CvFrame){.address = frames[i]};
    if (count <= 0)
        return;
    if (!cv_self()->fiber) {
        resolve_locked(&all);
        return;
    }
    if (__atomic_add_fetch(&under_way, 1, __ATOMIC_RELAXED) <= CV_BACKTRACES_AT_ONCE)
        resolve_elsewhere(&all);
    __atomic_sub_fetch(&under_way, 1, __ATOMIC_RELAXED);
}

bool cv_is_library_file(const char *file)
{
    static const char here[] = __FILE__, name[] = "base/backtrace.c";
    return file && strncmp(file, here, sizeof here - sizeof name) == 0;
}
