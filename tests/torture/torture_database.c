/* torture_database.c: every allocation of SQLite and of ours, and every read, write, sync and lock of SQLite's files
 * fails once while a site opens a database, writes in a transaction and reads. Nothing may crash or leak, nothing that
 * was committed may be lost, nothing may be half there, and the next round must work. */
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/self.h"
#include "db/db.h"
#include "orm/orm.h"
#include "orm/schema.h"

#include "unit.h"

/* ---- what fails ---- */

static uint64_t calls, fail_at; /* of the kind under test; 0: none fails */
static bool counting;

static bool fails_now(void)
{
    return counting && ++calls == fail_at;
}

/* SQLite's allocations. */
static sqlite3_mem_methods plain_memory;

static void *failing_malloc(int size)
{
    return fails_now() ? NULL : plain_memory.xMalloc(size);
}

static void *failing_realloc(void *block, int size)
{
    return fails_now() ? NULL : plain_memory.xRealloc(block, size);
}

/* SQLite's files: a layer over the system's own. */
typedef struct File {
    sqlite3_file base;
    sqlite3_file *real;
} File;

static sqlite3_vfs *plain_vfs;
static bool files_fail;

static bool file_fails(void)
{
    return files_fail && fails_now();
}
#define REAL(file) (((File *)(void *)(file))->real)
#define CALL(file, method, ...) (REAL(file)->pMethods->method(REAL(file), ##__VA_ARGS__))

static int file_close(sqlite3_file *file)
{
    int code = REAL(file)->pMethods ? CALL(file, xClose) : SQLITE_OK;
    free(REAL(file));
    return code;
}
static int file_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    return file_fails() ? SQLITE_IOERR_READ : CALL(file, xRead, to, size, at);
}
static int file_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    return file_fails() ? SQLITE_IOERR_WRITE : CALL(file, xWrite, from, size, at);
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return file_fails() ? SQLITE_IOERR_TRUNCATE : CALL(file, xTruncate, size);
}
static int file_sync(sqlite3_file *file, int flags)
{
    return file_fails() ? SQLITE_IOERR_FSYNC : CALL(file, xSync, flags);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return file_fails() ? SQLITE_IOERR_FSTAT : CALL(file, xFileSize, size);
}
static int file_lock(sqlite3_file *file, int level)
{
    return file_fails() ? SQLITE_IOERR_LOCK : CALL(file, xLock, level);
}
static int file_unlock(sqlite3_file *file, int level)
{
    return CALL(file, xUnlock, level);
}
static int file_reserved(sqlite3_file *file, int *out)
{
    return CALL(file, xCheckReservedLock, out);
}
static int file_control(sqlite3_file *file, int what, void *argument)
{
    return CALL(file, xFileControl, what, argument);
}
static int file_sector(sqlite3_file *file)
{
    return CALL(file, xSectorSize);
}
static int file_traits(sqlite3_file *file)
{
    return CALL(file, xDeviceCharacteristics);
}
static int file_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return file_fails() ? SQLITE_IOERR_SHMMAP : CALL(file, xShmMap, page, size, extend, out);
}
static int file_shared_lock(sqlite3_file *file, int first, int count, int flags)
{
    bool unlocks = flags & SQLITE_SHM_UNLOCK;
    return !unlocks && file_fails() ? SQLITE_IOERR_SHMLOCK : CALL(file, xShmLock, first, count, flags);
}
static void file_barrier(sqlite3_file *file)
{
    CALL(file, xShmBarrier);
}
static int file_unmap(sqlite3_file *file, int delete)
{
    return CALL(file, xShmUnmap, delete);
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    static const sqlite3_io_methods methods = {
        2,           file_close,    file_read,    file_write,  file_truncate, file_sync, file_size,        file_lock,
        file_unlock, file_reserved, file_control, file_sector, file_traits,   file_map,  file_shared_lock, file_barrier,
        file_unmap,  NULL,          NULL};
    File *own = (File *)(void *)file;
    (void)vfs;
    own->base.pMethods = NULL;
    if (file_fails())
        return SQLITE_CANTOPEN;
    own->real = calloc(1, (size_t)plain_vfs->szOsFile);
    int code = plain_vfs->xOpen(plain_vfs, name, own->real, flags, out);
    if (own->real->pMethods)
        own->base.pMethods = &methods;
    else
        free(own->real);
    return code;
}

/* Runs before SQLite does anything. */
static void set_traps(void)
{
    static sqlite3_vfs vfs;
    static sqlite3_mem_methods memory;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain_memory), SQLITE_OK);
    memory = plain_memory;
    memory.xMalloc = failing_malloc;
    memory.xRealloc = failing_realloc;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &memory), SQLITE_OK);
    ck_assert_int_eq(sqlite3_initialize(), SQLITE_OK);
    plain_vfs = sqlite3_vfs_find(NULL);
    vfs = *plain_vfs;
    vfs.zName = "torture";
    vfs.szOsFile = sizeof(File);
    vfs.xOpen = vfs_open;
    ck_assert_int_eq(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

/* ---- the work ---- */

static char path[64];
static const CvModel *account, *entry;
static int64_t round_number; /* names the rows of one round */
static bool committed;

static void make_models(CvArena *arena)
{
    CvErrors errors = {.arena = arena};
    CvField fields[] = {cv_field("number", &cv_integer_field, NULL, .unique = true),
                        cv_field("name", &cv_char_field, NULL, .max_length = 80)};
    account = cv_model_build(arena, "Account", fields, 2, &(CvModelOptions){0});
    CvField entry_fields[] = {cv_field("account", &cv_foreign_key_field, account, .on_delete = CV_CASCADE),
                              cv_field("text", &cv_text_field, NULL)};
    entry = cv_model_build(arena, "Entry", entry_fields, 2, &(CvModelOptions){0});
    cv_models_add("bank", (const CvModel *const[]){account, entry, NULL});
    ck_assert(cv_models_ready(&errors));
}

static void open_database(void)
{
    CvError error;
    if (!cv_database_open(cv_arena(), "default", cv_printf("sqlite:///%s", path), NULL, &error))
        cv_raise_error(&error);
}

static void put(void *row, const char *name, CvValue value)
{
    cv_row_set(row, cv_model_column(cv_row_model(row), cv_slice(name)), value);
}

/* An account and its entry in one transaction, then a read of both. */
static void work(void *unused)
{
    (void)unused;
    open_database();
    CV_ATOMIC
    {
        void *owner = cv_row_new(account), *line = cv_row_new(entry);
        put(owner, "number", cv_value_int(round_number));
        put(owner, "name", cv_value_string("torture"));
        cv_insert_row(owner);
        put(line, "account", cv_value_object(owner));
        put(line, "text", cv_value_string(cv_printf("%01000lld", (long long)round_number)));
        cv_insert_row(line);
    }
    committed = true;
    const char *key = "account__number";
    CvQuerySet *found =
        cv_filter_at(cv_objects_of(entry), NULL, 1, &key, &(CvValue){.kind = CV_INT, .integer = round_number});
    found = cv_select_related_at(found, NULL, CV_LIST("account"));
    if (cv_length_of(found) != 1)
        abort();
}

/* ---- what must hold ---- */

static int64_t number_of(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement;
    ck_assert_msg(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(database));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static int64_t kept; /* accounts that are known to be committed */

static void look(void)
{
    sqlite3 *database;
    ck_assert_int_eq(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, plain_vfs->zName), SQLITE_OK);
    ck_assert_int_eq(number_of(database, "SELECT (SELECT * FROM pragma_integrity_check) = 'ok'"), 1);
    int64_t accounts = number_of(database, "SELECT count(*) FROM bank_account");
    ck_assert_int_eq(accounts, number_of(database, "SELECT count(*) FROM bank_entry"));
    ck_assert_int_eq(
        number_of(database, "SELECT count(*) FROM bank_entry WHERE account_id NOT IN (SELECT id FROM bank_account)"),
        0);
    int64_t here = number_of(
        database, cv_printf("SELECT count(*) FROM bank_account WHERE number = %lld", (long long)round_number));
    if (committed)
        ck_assert_int_eq(here, 1);
    ck_assert_int_eq(accounts, kept + here);
    kept += here;
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

/* A context of its own, as a request has; true if nothing was raised. */
static bool run_once(CvErrorKind *kind)
{
    CvSelf self = {0}, *was = cv_self_switch(&self);
    CvError *error;
    committed = false;
    round_number++;
    cv_db_request_begin();
    bool good = cv_try(work, NULL, &error);
    *kind = good ? CV_ERROR_NONE : error->kind;
    counting = false;
    cv_memory_fail_at(0);
    cv_db_request_end();
    cv_databases_close();
    cv_arena_destroy(self.arena);
    cv_self_release(&self);
    cv_self_switch(was);
    return good;
}

static void prepare(void)
{
    CvErrorKind kind;
    set_traps();
    cv_printf(" "); /* an arena for this test */
    /* where syncing costs nothing, if there is such a place */
    snprintf(path, sizeof path, "%s/caravan-torture-%d.sqlite3", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
             (int)getpid());
    unlink(path);
    make_models(cv_arena_create(0));
    open_database();
    cv_schema_create(NULL, NULL);
    cv_databases_close();
    ck_assert(run_once(&kind));
    look();
}

static void finish(void)
{
    unlink(path);
    unlink(cv_printf("%s-wal", path));
    unlink(cv_printf("%s-shm", path));
}

/* Fails the first call, then the second ..., until a round does not come that far. */
static void torture(bool memory, bool files)
{
    uint64_t failures = 0;
    CvErrorKind kind;
    prepare();
    int64_t before = (int64_t)sqlite3_memory_used();
    for (uint64_t k = 1;; k += files && k > 200 ? k / 20 : 1) { /* later calls are many and of one kind */
        cv_arena_trim();
        calls = 0;
        fail_at = k;
        files_fail = files;
        counting = memory == files ? false : true;
        if (!memory && !files)
            cv_memory_fail_at(k);
        bool good = run_once(&kind);
        bool reached = memory || files ? calls >= k : !good;
        counting = false;
        if (!good)
            failures++;
        ck_assert_msg(!good || !reached || memory || files, "a failed allocation went unnoticed");
        look();
        ck_assert_msg((int64_t)sqlite3_memory_used() <= before + 4096, "SQLite's memory grew at %llu",
                      (unsigned long long)k);
        ck_assert(run_once(&kind)); /* works again at once */
        look();
        if (!reached)
            break;
        ck_assert_uint_lt(k, 20000);
    }
    ck_assert_uint_gt(failures, 5);
    finish();
}

START_TEST(memory_of_sqlite)
{
    torture(true, false);
}
END_TEST

START_TEST(files_of_sqlite)
{
    torture(false, true);
}
END_TEST

START_TEST(memory_of_our_own)
{
    torture(false, false);
}
END_TEST

UNIT_TESTS("torture/database", memory_of_sqlite, files_of_sqlite, memory_of_our_own)
