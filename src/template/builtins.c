/* builtins.c: the list of the engine's own libraries. */
#include "template/tags_private.h"

const CvLibrary *const *cv_template_libraries(void)
{
    static const CvLibrary *const all[] = {
        &cv_library_if,
        &cv_library_for,
        &cv_library_inherit,
        &cv_library_flow,
        &cv_library_output,
        &cv_library_link,
        &cv_library_lorem,
        &cv_library_regroup,
        &cv_library_text_filters,
        &cv_library_html_filters,
        &cv_library_list_filters,
        &cv_library_number_filters,
        &cv_library_date_filters,
        &cv_library_logic_filters,
        &cv_library_cache,
        &cv_library_humanize,
        &cv_library_i18n,
        &cv_library_l10n,
        &cv_library_static,
        &cv_library_tz,
        NULL,
    };
    return all;
}
