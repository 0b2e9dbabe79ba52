/* check_forms.c: the templates that forms, their fields and widgets name are there. */
#include "base/self.h"
#include "base/site.h"
#include "forms/formset.h"
#include "forms/renderer.h"
#include "template/template.h"
#include "web/checks_private.h"
#include "web/project.h"
#include "web/settings.h"

typedef struct Named {
    CvChecks *checks;
    const CvSite *site; /* where the form is; NULL: the settings */
    const char *thing;  /* "ReviewForm" */
} Named;

static const char *nearest(CvChecks *checks, const char *name)
{
    CvCheckNames names = {.arena = checks->arena};
    cv_engine_names(cv_engine(), cv_check_names_add, &names);
    for (const CvNativeTemplate *native = cv_form_natives; native->name; native++)
        cv_check_names_add(&names, native->name);
    cv_vector_push(names.arena, &names.items, NULL);
    return cv_checks_did_you_mean(checks, cv_slice(name), names.items.items);
}

/* What is there but has a fault is told where templates are checked. */
static void check_name(void *argument, const CvFormTemplate *one)
{
    const Named *named = argument;
    CvChecks *checks = named->checks;
    CvError error;
    if (cv_engine_get(cv_engine(), one->name, &error) || error.kind != CV_ERROR_TEMPLATE_DOES_NOT_EXIST)
        return;
    CvCheckMessage *message =
        cv_checks_add(checks, CV_CHECK_ERROR, "templates.E008", named->site ? named->site->file : NULL,
                      named->site ? named->site->line : 0, "%s%s%s: %s names '%s', which is no template.", named->thing,
                      one->field ? "." : "", one->field ? one->field : "", one->option, one->name);
    message->hint = nearest(checks, one->name);
    if (!message->hint && error.detail)
        message->hint = cv_arena_printf(checks->arena, "Looked for it in: %s", error.detail);
}

static void check_form(void *argument)
{
    Named *named = argument;
    const CvFormType *type = named->site->hint;
    named->thing = type->name;
    cv_form_type_templates(type, check_name, named);
}

static void check_option(Named *named, const char *option, const char *name)
{
    if (name)
        check_name(named, &(CvFormTemplate){.name = name, .option = option});
}

void cv_check_forms(CvChecks *checks)
{
    const CvFormRenderer *renderer = cv_settings()->form_renderer;
    if (renderer) {
        Named named = {checks, NULL, "FORM_RENDERER"};
        check_option(&named, ".form_template_name", renderer->form_template_name);
        check_option(&named, ".formset_template_name", renderer->formset_template_name);
        check_option(&named, ".field_template_name", renderer->field_template_name);
    }
    for (CvSite *site = NULL; (site = cv_sites_next(site));) {
        Named named = {checks, site, NULL};
        CvError *told; /* what is wrong with a type itself, check_models.c tells */
        if (site->kind == CV_SITE_FORM)
            (void)!cv_try(check_form, &named, &told);
        if (site->kind != CV_SITE_FORMSET)
            continue;
        const CvFormSetType *type = site->hint;
        named.thing = cv_arena_printf(checks->arena, "The formset of %s", type->form->name);
        check_option(&named, ".template_name", type->template_name);
    }
}
