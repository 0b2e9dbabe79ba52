/* widget_private.h: what the widgets share. */
#ifndef CV_FORMS_WIDGET_PRIVATE_H
#define CV_FORMS_WIDGET_PRIVATE_H

#include "forms/widget.h"

CvAttrs cv_attrs_copy(CvArena *arena, const CvAttrs *attrs);
void cv_attrs_update(CvAttrs *attrs, const CvAttrs *more);
/* Those of the list, whether they are the widget's or its parts'. */
CvAttrs cv_widget_given_attrs(const CvWidget *widget, CvArena *arena);
/* One of cv_widget_attrs(). */
bool cv_widget_attr(const CvWidget *widget, const char *name, CvValue *value);
bool cv_attr_is_true(const CvAttrs *attrs, const char *name);
/* Attributes as a template finds them, a dict; and back. */
CvValue cv_attrs_value(CvArena *arena, const CvAttrs *attrs);
CvAttrs cv_attrs_of_dict(CvArena *arena, const CvDict *dict);

/* A value's text, escaped unless it is safe. */
void cv_html_value(CvBuffer *out, CvArena *arena, CvValue value);

#define CV_INPUT_TEMPLATE "django/forms/widgets/input.html"
#define CV_ATTRS_TEMPLATE "django/forms/widgets/attrs.html"
/* Of kinds with a render function. */
#define CV_OWN_WIDGET_TEMPLATE "caravan/forms/widgets/own.html"

extern const CvType cv_widget_use_type;
/* It has choices: a select, radio buttons, check boxes. */
bool cv_widget_has_choices(const CvWidget *widget);
/* It is one <input>, or several alike: what Django derives from Input. */
bool cv_widget_is_input(const CvWidget *widget);
/* One use of a widget, attributes joined; to be made ready before a template sees it: its name, the kind's context. */
CvWidgetUse cv_widget_use(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value, const CvAttrs *attrs);
void cv_widget_use_ready(CvWidgetUse *use);
/* The same in the arena, ready. */
CvWidgetUse *cv_widget_use_part(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value,
                                const CvAttrs *attrs);
/* The control of a use that is ready. */
void cv_widget_use_put(const CvWidgetUse *use, CvBuffer *out);
/* The formatted value of a use; the type of its <input>. */
CvValue cv_use_value(const CvWidgetUse *use);
const char *cv_use_input(const CvWidgetUse *use);
/* "<name><suffix>". */
CvSlice cv_name_with(CvArena *arena, CvSlice name, const char *suffix);

CvValue cv_widget_format_common(const CvWidget *widget, CvArena *arena, CvValue value);
CvValue cv_widget_format_temporal(const CvWidget *widget, CvArena *arena, CvValue value);

/* For kinds: nothing that a browser sends tells that it left the control out; no label is for it. */
bool cv_never_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
const char *cv_no_id(const CvWidget *widget, CvArena *arena, const char *id);

/* The options of a widget, from either form. */
CvOptions cv_widget_options(const CvWidget *widget, CvArena *arena);
CvOptions cv_options_of_pairs(CvArena *arena, const char *const *pairs);

/* select.c: the choices of a use, each ready; pairs of groups for {{ widget.optgroups }}. */
CvWidgetUses cv_choice_uses(CvWidgetUse *use);
CvValue cv_choice_groups(CvWidgetUse *use);

/* multi.c */
/* A text where a list belongs is the list of its characters, as Python walks it. */
const CvList *cv_characters(CvArena *arena, CvSlice text);
void cv_multi_subwidgets(CvWidgetUse *use, CvWidgetUses *out);
CvValue cv_multi_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
bool cv_multi_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
void cv_multiple_hidden_subwidgets(CvWidgetUse *use, CvWidgetUses *out);
const CvList *cv_split_datetime_parts(CvArena *arena, CvValue value);

/* select_date.c */
CvValue cv_select_date_format(const CvWidget *widget, CvArena *arena, CvValue value);
void cv_select_date_subwidgets(CvWidgetUse *use, CvWidgetUses *out);
CvValue cv_select_date_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
bool cv_select_date_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
const char *cv_select_date_id(const CvWidget *widget, CvArena *arena, const char *id);

/* formats.c: the locale's input formats, the first of which is shown; those of date-times take dates alone too. */
const char *const *cv_date_input_formats(void);
const char *const *cv_time_input_formats(void);
const char *const *cv_datetime_input_formats(void);
/* A number, date or time as input shows it where the field is localized; text as it is. */
CvValue cv_localize_input(CvArena *arena, CvValue value, const char *format);
/* Text with the locale's separators as Python reads numbers. */
CvSlice cv_sanitize_separators(CvArena *arena, CvSlice text);
/* strftime as Python writes it, of a date, time or date-time. */
CvSlice cv_format_temporal(CvArena *arena, CvValue value, const char *format);

#endif
