/* management.h: cv_main, the whole of a site's program.
 *
 *     int main(int argc, char **argv)
 *     {
 *         return cv_main(argc, argv, &(CvSettings){.apps = CV_APPS(&bookstore), .urls = site_urls});
 *     }
 *
 * `./manage --help` lists the commands: runserver, serve, migrate, loaddata, check, test, and those of the apps.
 * The build may define CV_BASE_DIR (the folder of the site's sources, absolute) and CV_BUILD_COMMAND (what builds the
 * program anew; runserver calls it); where it does not, the folder of the program, and no rebuilding. */
#ifndef CV_MANAGEMENT_MANAGEMENT_H
#define CV_MANAGEMENT_MANAGEMENT_H

#include "management/command.h"
#include "web/web.h"

CV_API_BEGIN

#ifndef CV_BASE_DIR
#define CV_BASE_DIR NULL
#endif
#ifndef CV_BUILD_COMMAND
#define CV_BUILD_COMMAND NULL
#endif

/* Runs the command that the arguments name; gives the exit status. */
#define cv_main(argc, argv, ...)                                                      \
    ({                                                                                \
        CV_SITES_ADD();                                                               \
        cv_main_with((argc), (argv), __VA_ARGS__, (CV_BASE_DIR), (CV_BUILD_COMMAND)); \
    })
int cv_main_with(int argc, char **argv, const CvSettings *settings, const char *base_dir, const char *build_command);

CV_API_END

#endif
