/* test_privileges.c: giving up root; most of it can only be seen by root. */
#include <grp.h>
#include <pwd.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "server/private.h"
#include "unit.h"

/* Each test is a process of its own, so what it gives up is nobody else's. */
static bool drop(const char *user, const char *group)
{
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    return cv_privileges_drop(user, group);
}

static bool can_be_root(void)
{
    return setuid(0) == 0 || seteuid(0) == 0 || setgid(0) == 0 || setegid(0) == 0;
}

START_TEST(nothing_is_asked_for)
{
    uid_t user = getuid();
    gid_t group = getgid();
    ck_assert(drop(NULL, NULL));
    ck_assert_uint_eq(getuid(), user);
    ck_assert_uint_eq(getgid(), group);
}
END_TEST

START_TEST(who_is_not_there)
{
    uid_t user = geteuid();
    gid_t group = getegid();
    ck_assert(!drop("no-such-user", NULL));
    ck_assert(!drop(NULL, "no-such-group"));
    ck_assert(!drop("nobody", "no-such-group"));
    ck_assert(!drop("", NULL));
    ck_assert_uint_eq(geteuid(), user);
    ck_assert_uint_eq(getegid(), group);
}
END_TEST

START_TEST(a_user_and_its_group)
{
    const struct passwd *nobody = getpwnam("nobody");
    if (geteuid() != 0 || !nobody)
        return;
    uid_t user = nobody->pw_uid;
    gid_t group = nobody->pw_gid, groups[64];
    ck_assert_int_eq(setgroups(2, (gid_t[]){0, 1}), 0);
    ck_assert(drop("nobody", NULL));
    ck_assert_uint_eq(getuid(), user);
    ck_assert_uint_eq(geteuid(), user);
    ck_assert_uint_eq(getgid(), group);
    int count = getgroups(64, groups);
    for (int i = 0; i < count; i++)
        ck_assert_uint_ne(groups[i], 0); /* root's own went too */
    ck_assert(!can_be_root());
    ck_assert(!drop("root", NULL)); /* and there is no way back */
}
END_TEST

START_TEST(another_group)
{
    const struct group *daemon = getgrnam("daemon");
    if (geteuid() != 0 || !daemon || !getpwnam("nobody"))
        return;
    gid_t group = daemon->gr_gid;
    ck_assert(drop("nobody", "daemon"));
    ck_assert_uint_eq(getgid(), group);
    ck_assert_uint_eq(getegid(), group);
    ck_assert(!can_be_root());
}
END_TEST

START_TEST(a_group_alone)
{
    const struct group *daemon = getgrnam("daemon");
    if (geteuid() != 0 || !daemon)
        return;
    gid_t group = daemon->gr_gid;
    ck_assert(drop(NULL, "daemon"));
    ck_assert_uint_eq(getegid(), group);
    ck_assert_uint_eq(geteuid(), 0);
}
END_TEST

START_TEST(root_may_stay_root)
{
    if (geteuid() != 0)
        return;
    ck_assert(drop("root", NULL));
    ck_assert_uint_eq(geteuid(), 0);
}
END_TEST

START_TEST(only_root_can_change)
{
    if (geteuid() == 0) {
        ck_assert_int_eq(setgid(65534), 0);
        ck_assert_int_eq(setuid(65534), 0);
    }
    ck_assert(!drop("root", NULL));
    ck_assert(!drop(NULL, "root"));
}
END_TEST

UNIT_TESTS("server/privileges", nothing_is_asked_for, who_is_not_there, a_user_and_its_group, another_group,
           a_group_alone, root_may_stay_root, only_root_can_change)
