/* privileges.c: giving up root for a user and a group. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "base/log.h"
#include "server/private.h"

static bool complain(const char *what, const char *name)
{
    cv_log(CV_LOG_CRITICAL, "caravan.server", "%s %s: %s", what, name, strerror(errno));
    return false;
}

bool cv_privileges_drop(const char *user, const char *group)
{
    const struct passwd *person = user ? getpwnam(user) : NULL;
    if (user && !person) {
        errno = ENOENT;
        return complain("There is no user", user);
    }
    gid_t gid = person ? person->pw_gid : 0;
    if (group) {
        const struct group *found = getgrnam(group);
        if (!found) {
            errno = ENOENT;
            return complain("There is no group", group);
        }
        gid = found->gr_gid;
    }
    if ((user || group) && setgid(gid) != 0)
        return complain("The group cannot be changed for", group ? group : user);
    if (user && (initgroups(user, gid) != 0 || setuid(person->pw_uid) != 0))
        return complain("The user cannot be changed to", user);
    /* A change that can be taken back is none. */
    if (user && person->pw_uid != 0 && setuid(0) == 0) {
        errno = EPERM;
        return complain("Root could be had back after the change to", user);
    }
    return true;
}
