/* django_models.c: the descriptors of the models that the fixture needs from auth, sessions and admin. */
#include "bookstore/models.h"

static const char *permission_str(const Permission *permission)
{
    return permission->name;
}

static const char *group_str(const Group *group)
{
    return group->name;
}

static const char *user_str(const User *user)
{
    return user->username;
}

#define CV_MODELS "bookstore/auth.def.h"
#define CV_MODELS_TABLE auth_models
#include "orm/models_define.h"

#define CV_MODELS "bookstore/sessions.def.h"
#define CV_MODELS_TABLE sessions_models
#include "orm/models_define.h"

#define CV_MODELS "bookstore/admin.def.h"
#define CV_MODELS_TABLE admin_models
#include "orm/models_define.h"
