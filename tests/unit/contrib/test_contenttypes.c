/* Tests contrib/contenttypes/contenttypes.h: the rows of models, their names, finding them. */
#include "contrib/contenttypes/contenttypes.h"
#include "orm/schema.h"

#include "unit.h"

static void run(void *argument)
{
    CvErrors errors = {.arena = cv_arena()};
    (void)argument;
    cv_models_add("contenttypes", cv_contenttypes_models);
    ck_assert(cv_models_ready(&errors));
    cv_schema_create(NULL, NULL);
    cv_contenttypes_make("contenttypes", cv_contenttypes_models);
    cv_contenttypes_make("contenttypes", cv_contenttypes_models); /* what is there stays */
    ck_assert_int_eq(cv_count(cv_objects(CvContentType)), 1);

    CvContentType *type = cv_content_type(CvContentType);
    ck_assert_str_eq(type->app_label, "contenttypes");
    ck_assert_str_eq(type->model, "contenttype");
    ck_assert_str_eq(cv_str(type), "Contenttypes | content type");
    ck_assert_ptr_eq(cv_content_type_names(type), &CvContentType_model);
    ck_assert_str_eq(cv_model_label(&CvContentType_model), "contenttypes.ContentType");
    ck_assert_str_eq(cv_model_table(&CvContentType_model), "django_content_type");

    CvContentType *gone = cv_create(CvContentType, .app_label = "old", .model = "thing");
    ck_assert_ptr_null(cv_content_type_names(gone));
    ck_assert_str_eq(cv_str(gone), "old | thing");
}

START_TEST(models_have_rows)
{
    CvError error, *raised = NULL;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    if (!cv_try(run, NULL, &raised))
        ck_abort_msg("%s", raised->message);
}
END_TEST

UNIT_TESTS("contrib/contenttypes", models_have_rows)
