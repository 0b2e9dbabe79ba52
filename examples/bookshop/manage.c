/* manage.c: the whole program. Each setting can also come from the environment. */
#include "models.h"
#include "views.h"

extern const CvMigrations bookshop_migrations;
extern const CvEmbeddedFile bookshop_templates[], bookshop_static[]; /* written by `caravan embed` */
const CvApp bookshop = {.name = "bookshop", .path = ".", .models = bookshop_models, .migrations = &bookshop_migrations,
                        .templates = bookshop_templates, .static_files = bookshop_static};

int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps         = CV_APPS(&cv_sessions, &cv_messages, &cv_staticfiles, &cv_media, &bookshop),
        .middleware   = CV_MIDDLEWARE(&cv_security_middleware, &cv_session_middleware, &cv_common_middleware,
                                      &cv_csrf_middleware, &cv_message_middleware, &cv_xframe_middleware),
        .context_processors = CV_CONTEXT_PROCESSORS(&cv_messages_context),
        .urls         = bookshop_urls,
        .database_url = "sqlite:///db.sqlite3",
        .media_root   = "media",
    });
}
