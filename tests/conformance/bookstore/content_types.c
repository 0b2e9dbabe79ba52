/* content_types.c: `manage contenttypes`: the rows that Django's migrate leaves in django_content_type and
 * auth_permission: fixtures name models by them. */
#include "bookstore/models.h"
#include "management/command.h"

static void make_permissions(const char *app_label, const CvModel *const *models)
{
    static const char *const actions[] = {"add", "change", "delete", "view"};
    for (; *models; models++) {
        CvContentType *type = cv_get(CvContentType, "app_label", app_label, "model", cv_model_lower(*models));
        for (size_t i = 0; type && i < CV_COUNT_OF(actions); i++) {
            const char *codename = cv_printf("%s_%s", actions[i], cv_model_lower(*models));
            if (!cv_exists(cv_filter(cv_objects(Permission), "content_type", type, "codename", codename)))
                cv_create(Permission, .content_type = cv_ref(type), .codename = codename,
                          .name = cv_printf("Can %s %s", actions[i], cv_model_verbose_name(*models)));
        }
    }
}

static int run(CvCommandLine *line)
{
    static const struct {
        const char *app_label;
        const CvModel *const *models;
    } apps[] = {{"admin", admin_models},
                {"auth", auth_models},
                {"contenttypes", cv_contenttypes_models},
                {"sessions", sessions_models},
                {"bookstore", bookstore_models}};
    (void)line;
    CV_ATOMIC
    {
        for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
            cv_contenttypes_make(apps[i].app_label, apps[i].models);
        for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
            make_permissions(apps[i].app_label, apps[i].models);
    }
    return 0;
}

const CvCommand contenttypes_command = {
    .name = "contenttypes", .summary = "Makes the rows of content types and permissions.", .run = run};
