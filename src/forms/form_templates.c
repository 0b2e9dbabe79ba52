/* form_templates.c: the templates that a form's type names, for `check`. */
#include "forms/piece_private.h"

typedef struct Visit {
    void (*visit)(void *argument, const CvFormTemplate *one);
    void *argument;
    const char *field;
} Visit;

static void tell(const Visit *visit, const char *option, const char *name)
{
    if (name)
        visit->visit(visit->argument, &(CvFormTemplate){name, option, visit->field});
}

static void visit_widget(const Visit *visit, const CvWidget *widget)
{
    tell(visit, "the widget's .template_name", cv_widget_template_name(widget));
    tell(visit, "the widget's .option_template_name", cv_widget_option_template_name(widget));
    for (const CvWidget *const *part = widget->parts; part && *part; part++)
        visit_widget(visit, *part);
}

void cv_form_type_templates(const CvFormType *type, void (*visit)(void *argument, const CvFormTemplate *one),
                            void *argument)
{
    const CvFormPlan *plan = cv_form_plan(type);
    Visit at = {visit, argument, NULL};
    if (type->options) {
        tell(&at, ".template_name", type->options->template_name);
        tell(&at, ".template_name_label", type->options->template_name_label);
    }
    for (size_t i = 0; i < plan->count; i++) {
        const CvFormField *field = &plan->fields[i];
        at.field = field->name;
        tell(&at, ".template_name", field->template_name);
        visit_widget(&at, field->widget);
        visit_widget(&at, field->hidden_widget);
    }
}
