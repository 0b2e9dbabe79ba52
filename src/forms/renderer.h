/* renderer.h: who writes the HTML of forms, field groups, labels, errors and controls: templates.
 *
 * Each piece has the name that its template has in Django ("django/forms/div.html", "django/forms/field.html",
 * "django/forms/widgets/text.html", ...); C writes it unless a site has a template of that name, which then stands for
 * the piece wherever it is used, by other pieces too:
 *
 *     templates/django/forms/field.html
 *         <p>{{ field.label_tag }} {{ field }} {{ field.errors }}</p>
 *
 * One form, formset, field or widget can name another template:
 *
 *     FORM(ReviewForm, .template_name = "reviews/form.html")
 *         IntegerField (stars, .template_name = "reviews/stars_group.html",
 *                       .widget = CV_WIDGET(number_input, .template_name = "reviews/stars.html"))
 *     END
 *
 * and include the built-in piece: {% include "django/forms/widgets/number.html" %}. A template finds what Django gives
 * it: `form`, `fields` (pairs of a bound field and its errors), `hidden_fields` and `errors`; `field`; `label`, `tag`,
 * `attrs` and `use_tag`; `errors` and `error_class`; `formset`; `widget` (widget.h). The page's own names are not
 * there. What it raises, whoever prints the form raises. */
#ifndef CV_FORMS_RENDERER_H
#define CV_FORMS_RENDERER_H

#include "template/engine.h"

CV_API_BEGIN

/* Django's FORM_RENDERER: templates for what does not name one itself. */
typedef struct CvFormRenderer {
    const char *form_template_name;    /* {{ form }}; NULL: "django/forms/div.html" */
    const char *formset_template_name; /* {{ formset }}; NULL: "django/forms/formsets/div.html" */
    const char *field_template_name;   /* {{ field.as_field_group }}; NULL: "django/forms/field.html" */
} CvFormRenderer;

/* The pieces that C writes, for CvEngineOptions.natives; ended by a NULL name. */
extern const CvNativeTemplate cv_form_natives[];

/* Says which engine finds the templates (made with cv_form_natives; NULL: one that has nothing else) and which of them
 * are used (NULL: Django's). Set when the program starts; both are borrowed: give
 * NULLs before the engine goes. */
void cv_forms_set_renderer(CvEngine *engine, const CvFormRenderer *renderer);

/* ---- for `check` ---- */

struct CvFormType;

/* A template that a form, one of its fields or a widget names. */
typedef struct CvFormTemplate {
    const char *name;   /* "reviews/stars.html" */
    const char *option; /* ".template_name", ".template_name_label", "the widget's .template_name", ... */
    const char *field;  /* NULL: of the form as a whole */
} CvFormTemplate;

/* Calls visit(argument, one) for each of them, and for those of the fields' kinds of widgets. Raises what is wrong with
 * the type. */
void cv_form_type_templates(const struct CvFormType *type, void (*visit)(void *argument, const CvFormTemplate *one),
                            void *argument);

CV_API_END

#endif
