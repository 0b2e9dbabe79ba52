/* django_models.c: the descriptors of the models that the fixture needs from contenttypes, auth, sessions and admin. */
#include "bookstore/models.h"

static const char *content_type_str(const ContentType *type)
{
    return cv_printf("%s | %s", type->app_label, type->model);
}

static CvValue content_type_name(const ContentType *type)
{
    const CvModel *model = cv_model_in_app(cv_slice(type->app_label), cv_slice(type->model));
    return cv_value_string(model ? cv_model_verbose_name(model) : type->model);
}

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

#define CV_MODELS "bookstore/contenttypes.def.h"
#define CV_MODELS_TABLE contenttypes_models
#include "orm/models_define.h"

#define CV_MODELS "bookstore/auth.def.h"
#define CV_MODELS_TABLE auth_models
#include "orm/models_define.h"

#define CV_MODELS "bookstore/sessions.def.h"
#define CV_MODELS_TABLE sessions_models
#include "orm/models_define.h"

#define CV_MODELS "bookstore/admin.def.h"
#define CV_MODELS_TABLE admin_models
#include "orm/models_define.h"
