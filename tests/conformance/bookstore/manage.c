/* manage.c: the conformance site: the models that the recorded queries are about, and no pages. */
#include "bookstore/models.h"
#include "contrib/sessions/sessions.h"
#include "management/management.h"
#include "urls/urls.h"

extern const CvMigrations admin_migrations, auth_migrations;

static const CvApp admin = {.name = "django.contrib.admin", .models = admin_models, .migrations = &admin_migrations};
static const CvApp auth = {.name = "django.contrib.auth", .models = auth_models, .migrations = &auth_migrations};
static const CvApp sessions = {
    .name = "django.contrib.sessions", .models = sessions_models, .migrations = &cv_sessions_migrations};
static const CvApp bookstore = {.name = "bookstore",
                                .verbose_name = "Book store",
                                .models = bookstore_models,
                                .commands = (const CvCommand *const[]){&contenttypes_command, NULL}};

static const CvUrl no_urls[] = {CV_URLS_END};

int main(int argc, char **argv)
{
    return cv_main(argc, argv,
                   (&(CvSettings){
                       .apps = CV_APPS(&admin, &auth, &cv_contenttypes, &sessions, &bookstore),
                       .urls = no_urls,
                       .database_url = "sqlite:///bookstore.sqlite3",
                       .time_zone = "Europe/Berlin",
                       .media_url = "/media/",
                       .media_root = "media",
                   }));
}
