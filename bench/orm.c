/* orm.c: what a row costs through the ORM, beside the same in raw sqlite3 calls with kept statements, in one run.
 *
 * Rounds are interleaved; the medians and their ratios are printed. usage: orm [ROUNDS] */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "orm/orm.h"
#include "orm/schema.h"

#define CV_MODELS "orm_items.def.h"
#include "orm/models.h"
#define CV_MODELS "orm_items.def.h"
#define CV_MODELS_TABLE bench_models
#include "orm/models_define.h"

#define ROWS 1000
#define MOST_ROUNDS 200

static CvArena *work;
static sqlite3 *raw;
static sqlite3_stmt *raw_one, *raw_many, *raw_insert;
static uint64_t sink;

/* What a hand-written program would decode a row into. */
typedef struct RawItem {
    int64_t id, stock;
    char *name, *slug, *price, *made, *changed;
    double weight;
    bool active;
} RawItem;

static char *raw_text(sqlite3_stmt *statement, int at)
{
    return cv_arena_strndup(work, (const char *)sqlite3_column_text(statement, at),
                            (size_t)sqlite3_column_bytes(statement, at));
}

static void raw_read(sqlite3_stmt *s, RawItem *item)
{
    item->id = sqlite3_column_int64(s, 0);
    item->name = raw_text(s, 1);
    item->slug = raw_text(s, 2);
    item->stock = sqlite3_column_int64(s, 3);
    item->weight = sqlite3_column_double(s, 4);
    item->price = raw_text(s, 5);
    item->made = raw_text(s, 6);
    item->changed = raw_text(s, 7);
    item->active = sqlite3_column_int64(s, 8) != 0;
}

static void one_raw(int i)
{
    RawItem *item = cv_arena_alloc(work, sizeof *item);
    sqlite3_bind_int64(raw_one, 1, i % ROWS + 1);
    if (sqlite3_step(raw_one) == SQLITE_ROW)
        raw_read(raw_one, item);
    sqlite3_reset(raw_one);
    sink += (uint64_t)item->stock;
}

static void one_orm(int i)
{
    Item *item = cv_get(Item, "pk", i % ROWS + 1);
    sink += (uint64_t)item->stock;
}

static void many_raw(int i)
{
    RawItem *items = cv_arena_alloc(work, 100 * sizeof *items);
    size_t count = 0;
    sqlite3_bind_int64(raw_many, 1, i % (ROWS - 100));
    while (sqlite3_step(raw_many) == SQLITE_ROW && count < 100)
        raw_read(raw_many, &items[count++]);
    sqlite3_reset(raw_many);
    sink += (uint64_t)items[99].stock + count;
}

static void many_orm(int i)
{
    CV_EACH (item, cv_slice_set(cv_order_by(cv_filter(cv_objects(Item), "id__gt", i % (ROWS - 100)), "id"), 0, 100))
        sink += (uint64_t)item->stock;
}

static void insert_raw(int i)
{
    char name[32];
    snprintf(name, sizeof name, "item %d", i);
    sqlite3_bind_text(raw_insert, 1, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(raw_insert, 2, "a-slug", -1, SQLITE_STATIC);
    sqlite3_bind_int64(raw_insert, 3, i);
    sqlite3_bind_double(raw_insert, 4, 1.5);
    sqlite3_bind_text(raw_insert, 5, "7.50", -1, SQLITE_STATIC);
    sqlite3_bind_text(raw_insert, 6, "2024-02-29", -1, SQLITE_STATIC);
    sqlite3_bind_text(raw_insert, 7, "2024-02-29 10:20:30.123456", -1, SQLITE_STATIC);
    sqlite3_bind_int64(raw_insert, 8, 1);
    sqlite3_step(raw_insert);
    sqlite3_reset(raw_insert);
    sink += (uint64_t)sqlite3_last_insert_rowid(raw);
}

static CvDateTime moment;

static void insert_orm(int i)
{
    Item *item =
        cv_create(Item, .name = cv_printf("item %d", i), .slug = "a-slug", .stock = i, .weight = 1.5,
                  .price = (CvDecimal){"7.50"}, .made = cv_date(2024, 2, 29), .changed = moment, .active = true);
    sink += (uint64_t)item->id;
}

/* ---- rounds ---- */

/* CPU time of this process: other load on the machine does not count. */
static uint64_t cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static double timed(void (*run)(int), int count, bool keep)
{
    CvArenaMark mark = cv_arena_mark(work);
    uint64_t start = cpu_ns();
    for (int i = 0; i < count; i++) {
        run(i);
        if (!keep)
            cv_arena_rewind(work, mark);
    }
    double each = (double)(cpu_ns() - start) / count;
    return each;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

static void compare(const char *what, void (*by_hand)(int), void (*by_orm)(int), int count, int rounds, double target,
                    void (*begin_raw)(void), void (*end_raw)(void))
{
    static double raw_times[MOST_ROUNDS], orm_times[MOST_ROUNDS];
    for (int round = -1; round < rounds; round++) { /* one to warm up */
        double a, b = 0;
        if (begin_raw) {
            begin_raw();
            a = timed(by_hand, count, false);
            end_raw();
            CV_ATOMIC
            {
                b = timed(by_orm, count, false);
                cv_set_rollback();
            }
        } else {
            a = timed(by_hand, count, false);
            b = timed(by_orm, count, false);
        }
        if (round >= 0) {
            raw_times[round] = a;
            orm_times[round] = b;
        }
    }
    double a = median(raw_times, rounds), b = median(orm_times, rounds);
    printf("%-28s raw %8.0f ns   orm %8.0f ns   ratio %.2f (target %.1f)\n", what, a, b, b / a, target);
}

static void begin_raw(void)
{
    sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL);
}

static void end_raw(void)
{
    sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL);
}

static void bench(void *argument)
{
    int rounds = *(int *)argument;
    cv_models_add("bench", bench_models);
    (void)cv_models_ready(NULL);
    cv_schema_create(NULL, NULL);
    moment = cv_now();
    CV_ATOMIC
    {
        for (int i = 0; i < ROWS; i++)
            insert_orm(i);
    }
    cv_db_request_begin(); /* one read transaction, as in a request */
    sqlite3_exec(raw, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", NULL, NULL,
                 NULL);
    const char *columns =
        "\"id\", \"name\", \"slug\", \"stock\", \"weight\", \"price\", \"made\", \"changed\", \"active\"";
    const char *one = cv_printf("SELECT %s FROM \"bench_item\" WHERE \"id\" = ? LIMIT 21", columns);
    const char *many =
        cv_printf("SELECT %s FROM \"bench_item\" WHERE \"id\" > ? ORDER BY \"id\" ASC LIMIT 100", columns);
    const char *insert = "INSERT INTO \"bench_item\" (\"name\", \"slug\", \"stock\", \"weight\", \"price\", \"made\", "
                         "\"changed\", \"active\") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    sqlite3_prepare_v3(raw, one, -1, SQLITE_PREPARE_PERSISTENT, &raw_one, NULL);
    sqlite3_prepare_v3(raw, many, -1, SQLITE_PREPARE_PERSISTENT, &raw_many, NULL);
    sqlite3_prepare_v3(raw, insert, -1, SQLITE_PREPARE_PERSISTENT, &raw_insert, NULL);
    sqlite3_exec(raw, "BEGIN", NULL, NULL, NULL);
    compare("one row by key", one_raw, one_orm, 20000, rounds, 1.5, NULL, NULL);
    compare("100 rows", many_raw, many_orm, 500, rounds, 1.3, NULL, NULL);
    sqlite3_exec(raw, "COMMIT", NULL, NULL, NULL);
    cv_db_request_end();
    compare("insert in a transaction", insert_raw, insert_orm, 5000, rounds, 1.3, begin_raw, end_raw);
}

int main(int argc, char **argv)
{
    int64_t asked = 0;
    int rounds =
        argc > 1 && cv_slice_to_int64(cv_slice(argv[1]), &asked) && asked > 0 && asked < MOST_ROUNDS ? (int)asked : 15;
    char path[64];
    CvError error, *raised;
    work = cv_arena();
    snprintf(path, sizeof path, "bench-orm-%d.db", (int)getpid());
    if (!cv_database_open(work, "default", cv_printf("sqlite:///%s", path), NULL, &error) ||
        sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK)
        return 1;
    bool good = cv_try(bench, &rounds, &raised);
    if (!good)
        fprintf(stderr, "%s\n", raised->message);
    sqlite3_finalize(raw_one);
    sqlite3_finalize(raw_many);
    sqlite3_finalize(raw_insert);
    sqlite3_close(raw);
    cv_databases_close();
    unlink(path);
    unlink(cv_printf("%s-wal", path));
    unlink(cv_printf("%s-shm", path));
    return good && sink ? 0 : 1;
}
