/* Tests cv_main(): what it does with the process. */
#include <sqlite3.h>

#include "db/db.h"
#include "management/management.h"

#include "unit.h"

static void use(void *unused)
{
    (void)unused;
    cv_execute_script(NULL, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
}

START_TEST(sqlite_keeps_no_account_of_its_memory)
{
    CvError error, *raised;
    char program[] = "site", none[] = "none", *arguments[] = {program, none, NULL};
    ck_assert_int_eq(cv_main_with(2, arguments, &(CvSettings){0}, NULL, NULL), 2);
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    ck_assert(cv_try(use, NULL, &raised));
    ck_assert_int_eq(sqlite3_memory_used(), 0);
    cv_databases_close();
}
END_TEST

UNIT_TESTS("management/main", sqlite_keeps_no_account_of_its_memory)
