/* manage.c: the TechEmpower benchmark, with the default middleware on. */
#include "models.h"
#include "views.h"

static const CvUrl urls[] = {
    CV_PATH("plaintext", plaintext),
    CV_PATH("json", json),
    CV_PATH("db", db),
    CV_PATH("queries", queries),
    CV_PATH("fortunes", fortunes),
    CV_PATH("updates", updates),
    CV_URLS_END,
};

extern const CvEmbeddedFile techempower_templates[]; /* written by `caravan embed` */
static const CvApp techempower = {.name = "techempower", .path = ".", .models = techempower_models,
                                  .templates = techempower_templates};

int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps         = CV_APPS(&techempower),
        .middleware   = CV_DEFAULT_MIDDLEWARE,
        .urls         = urls,
        .database_url = "sqlite:///techempower.sqlite3",
    });
}
