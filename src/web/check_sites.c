/* check_sites.c: holds the template and URL names of calls in the program against what there is. */
#include "base/site.h"
#include "template/template.h"
#include "urls/urls.h"
#include "web/checks_private.h"
#include "web/project.h"

bool cv_literal_text(CvArena *arena, const char *source, const char **out)
{
    CvSlice text = cv_slice_trim(cv_slice(source));
    if (text.length < 2 || text.data[0] != '"' || text.data[text.length - 1] != '"')
        return false;
    text = cv_slice_range(text, 1, text.length - 1);
    if (cv_slice_find_byte(text, '"') >= 0 || cv_slice_find_byte(text, '\\') >= 0)
        return false;
    *out = cv_slice_string(arena, text);
    return true;
}

static void check_render(CvChecks *checks, const CvSite *site, const char *name)
{
    CvError error;
    if (cv_engine_get(cv_engine(), name, &error) || error.kind != CV_ERROR_TEMPLATE_DOES_NOT_EXIST)
        return; /* what is there but has a fault is told where templates are checked */
    CvCheckNames names = {.arena = checks->arena};
    cv_engine_names(cv_engine(), cv_check_names_add, &names);
    cv_vector_push(checks->arena, &names.items, NULL);
    CvCheckMessage *message = cv_checks_add(checks, CV_CHECK_ERROR, "templates.E001", site->file, site->line,
                                            "There is no template '%s'.", name);
    message->hint = cv_checks_did_you_mean(checks, cv_slice(name), names.items.items);
    if (!message->hint && error.detail)
        message->hint = cv_arena_printf(checks->arena, "Looked for it in: %s", error.detail);
}

static void check_reverse(CvChecks *checks, const CvSite *site, const char *name)
{
    if (site->count == 0 && (strchr(name, '/') || strchr(name, '.')))
        return; /* a URL */
    CvError error;
    if (cv_reverse_check(cv_request_resolver(NULL), checks->arena, name, (size_t)site->count, site->keys, &error))
        return;
    cv_checks_add(checks, CV_CHECK_ERROR, "urls.E001", site->file, site->line, "%s", error.message)->hint = error.hint;
}

void cv_check_sites(CvChecks *checks)
{
    for (CvSite *site = NULL; (site = cv_sites_next(site));) {
        const char *name;
        if (site->kind != CV_SITE_RENDER && site->kind != CV_SITE_REVERSE)
            continue;
        if (!cv_literal_text(checks->arena, site->subject, &name))
            continue;
        if (site->kind == CV_SITE_RENDER)
            check_render(checks, site, name);
        else
            check_reverse(checks, site, name);
    }
}
