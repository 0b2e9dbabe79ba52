/* piece_private.h: pieces of a form's HTML: written by C or by a site's template of the same name. */
#ifndef CV_FORMS_PIECE_PRIVATE_H
#define CV_FORMS_PIECE_PRIVATE_H

#include "forms/form_private.h"
#include "forms/formset.h"
#include "forms/media.h"
#include "forms/renderer.h"

/* A kind of things that pieces write: how a template finds them. */
typedef struct CvSubject {
    const char *name;   /* "list of errors" */
    const char *under;  /* the name of a template under which it stands, "errors"; */
    const CvType *type; /* and its type; or NULL: it has no name there and `find` */
    /* Gives a template more names; or NULL. */
    void (*fill)(const void *thing, CvContext *context);
    /* What several names of a template stand for; NULL: none. */
    const void *(*find)(const CvContext *context);
} CvSubject;
extern const CvSubject cv_widget_subject, cv_field_subject, cv_label_subject, cv_error_list_subject,
    cv_error_dict_subject, cv_form_subject, cv_formset_subject;

/* The data of a native template. */
typedef struct CvPiece {
    const CvSubject *subject;
    void (*write)(const void *thing, CvBuffer *out);
    const char *target; /* without `write`: it is the piece of this name, */
    const char *end;    /* and this behind it */
} CvPiece;

/* Writes the thing by the template of that name, as an {% include %} would. */
void cv_piece_write(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena,
                    CvBuffer *out);
/* The same without white space at its ends: behind what is there, or alone. */
void cv_piece_put(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena,
                  CvBuffer *out);
CvSlice cv_piece_html(const char *template_name, const CvSubject *subject, const void *thing, CvArena *arena);
/* What was put, with a NUL behind it for who prints it. */
CvSlice cv_piece_end(CvBuffer *html);
const CvFormRenderer *cv_form_renderer(void);

/* The label or legend of a field. */
typedef struct CvLabel {
    CvArena *arena;
    CvBoundField *field;
    CvValue text; /* safe where a suffix is behind it */
    CvAttrs attrs;
    const char *tag;
    bool use_tag;
} CvLabel;

/* All errors of a form as pairs of a name and a list: an object. */
typedef struct CvErrorItems {
    CvObject object;
    CvForm *form;
} CvErrorItems;
CvErrorItems *cv_error_items(CvForm *form);
extern const CvType cv_error_items_type;

/* What templates see of a form's errors, of the field behind a bound one, of media. */
CvValue cv_error_dict_value(CvForm *form);
CvValue cv_field_object(const CvBoundField *bound);
CvValue cv_media_value(CvMedia media);
/* Who writes them: their own template's name, or what stands for it. */
const char *cv_widget_template_name(const CvWidget *widget);
const char *cv_widget_option_template_name(const CvWidget *widget); /* of each choice; NULL: it has none */
const char *cv_bound_template_name(const CvBoundField *bound);
const char *cv_form_template_name(const CvForm *form);
/* The id of the control: the widget's own, or the form's automatic one; "": none. */
const char *cv_bound_own_id(CvBoundField *bound);
const char *cv_bound_initial_id(const CvBoundField *bound);
/* errors.c: the class of the list's <ul>. */
const char *cv_error_list_class(CvArena *arena, const CvErrorList *errors);

/* What the functions of form.h give, put behind what is there: cv_bound_html(), cv_bound_label_tag() or
 * cv_bound_legend_tag() ("label", "legend"), cv_error_list_html(). */
void cv_bound_put(CvBoundField *bound, CvBuffer *out);
void cv_bound_put_label(CvBoundField *bound, const char *tag, CvBuffer *out);
void cv_error_list_put(const CvErrorList *errors, CvBuffer *out);

/* Who writes what (inputs.c, select.c, multi.c, bound.c, errors.c, html.c, formset_objects.c). */
void cv_write_widget_attrs(const void *thing, CvBuffer *out);
void cv_write_input(const void *thing, CvBuffer *out);
void cv_write_input_option(const void *thing, CvBuffer *out);
void cv_write_textarea(const void *thing, CvBuffer *out);
void cv_write_clearable_file(const void *thing, CvBuffer *out);
void cv_write_select(const void *thing, CvBuffer *out);
void cv_write_select_option(const void *thing, CvBuffer *out);
void cv_write_multiple_input(const void *thing, CvBuffer *out);
void cv_write_multi_widget(const void *thing, CvBuffer *out);
void cv_write_own_widget(const void *thing, CvBuffer *out);
void cv_write_label(const void *thing, CvBuffer *out);
void cv_write_label_attrs(const void *thing, CvBuffer *out);
void cv_write_field(const void *thing, CvBuffer *out);
void cv_write_error_list(const void *thing, CvBuffer *out);
void cv_write_error_list_text(const void *thing, CvBuffer *out);
void cv_write_error_dict(const void *thing, CvBuffer *out);
void cv_write_error_dict_text(const void *thing, CvBuffer *out);
void cv_write_form_div(const void *thing, CvBuffer *out);
void cv_write_form_p(const void *thing, CvBuffer *out);
void cv_write_form_table(const void *thing, CvBuffer *out);
void cv_write_form_ul(const void *thing, CvBuffer *out);
void cv_write_formset_div(const void *thing, CvBuffer *out);
void cv_write_formset_p(const void *thing, CvBuffer *out);
void cv_write_formset_table(const void *thing, CvBuffer *out);
void cv_write_formset_ul(const void *thing, CvBuffer *out);

#endif
