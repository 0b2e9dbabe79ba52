/* content_types.c: `manage contenttypes`: the rows that Django's migrate leaves in django_content_type and
 * auth_permission: fixtures name models by them. */
#include "bookstore/models.h"
#include "management/command.h"

static int by_name(const char *const *a, const char *const *b)
{
    return strcmp(*a, *b);
}

/* Content types of one app, by name, as Django makes them. */
static void make_types(const char *app_label, const CvModel *const *models)
{
    const char *names[64];
    size_t count = 0;
    for (; models[count] && count < CV_COUNT_OF(names); count++)
        names[count] = cv_model_lower(models[count]);
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && by_name(&names[k - 1], &names[k]) > 0; k--) {
            const char *swap = names[k];
            names[k] = names[k - 1];
            names[k - 1] = swap;
        }
    for (size_t i = 0; i < count; i++)
        if (!cv_get(ContentType, "app_label", app_label, "model", names[i]))
            cv_create(ContentType, .app_label = app_label, .model = names[i]);
}

static void make_permissions(const char *app_label, const CvModel *const *models)
{
    static const char *const actions[] = {"add", "change", "delete", "view"};
    for (; *models; models++) {
        ContentType *type = cv_get(ContentType, "app_label", app_label, "model", cv_model_lower(*models));
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
                {"contenttypes", contenttypes_models},
                {"sessions", sessions_models},
                {"bookstore", bookstore_models}};
    (void)line;
    CV_ATOMIC
    {
        for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
            make_types(apps[i].app_label, apps[i].models);
        for (size_t i = 0; i < CV_COUNT_OF(apps); i++)
            make_permissions(apps[i].app_label, apps[i].models);
    }
    return 0;
}

const CvCommand contenttypes_command = {
    .name = "contenttypes", .summary = "Makes the rows of content types and permissions.", .run = run};
