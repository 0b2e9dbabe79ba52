/* widget_private.h: what the widgets share. */
#ifndef CV_FORMS_WIDGET_PRIVATE_H
#define CV_FORMS_WIDGET_PRIVATE_H

#include "forms/widget.h"

CvAttrs cv_attrs_copy(CvArena *arena, const CvAttrs *attrs);
void cv_attrs_update(CvAttrs *attrs, const CvAttrs *more);
bool cv_attr_is_true(const CvAttrs *attrs, const char *name);

/* A value's text, escaped unless it is safe. */
void cv_html_value(CvBuffer *out, CvArena *arena, CvValue value);

/* One use of a widget, attributes joined. */
CvWidgetUse cv_widget_use(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value, const CvAttrs *attrs);
/* The formatted value of a use; the type of its <input>. */
CvValue cv_use_value(const CvWidgetUse *use);
const char *cv_use_input(const CvWidgetUse *use);
/* <input ...> with a line end, as the template writes it. */
void cv_input_write(CvBuffer *out, const char *input, CvSlice name, CvValue value, const CvAttrs *attrs,
                    CvArena *arena);
/* As the widget's template writes it, with its line end. */
void cv_widget_write(CvWidgetUse *use, CvBuffer *out);
/* "<name><suffix>". */
CvSlice cv_name_with(CvArena *arena, CvSlice name, const char *suffix);

CvValue cv_widget_format_common(const CvWidget *widget, CvArena *arena, CvValue value);
CvValue cv_widget_format_temporal(const CvWidget *widget, CvArena *arena, CvValue value);

/* The options of a widget, from either form. */
CvOptions cv_widget_options(const CvWidget *widget, CvArena *arena);
CvOptions cv_options_of_pairs(CvArena *arena, const char *const *pairs);

/* select.c */
void cv_select_render(CvWidgetUse *use, CvBuffer *out);
void cv_choices_render(CvWidgetUse *use, CvBuffer *out);
/* The choices of a radio or checkbox list, for loops in templates. */
typedef struct CvChoiceUse {
    CvValue value, label;
    bool selected;
    CvAttrs attrs;
    const char *input;
    CvSlice name;
} CvChoiceUse;
typedef struct CvChoiceUses {
    CvChoiceUse *items;
    size_t count, capacity;
} CvChoiceUses;
CvChoiceUses cv_choice_uses(CvWidgetUse *use);
/* One choice: the <input>, perhaps in its label, or the <option>. */
void cv_choice_write(CvBuffer *out, CvArena *arena, const CvWidgetKind *kind, const CvChoiceUse *choice, bool wrapped);

/* multi.c */
/* A text where a list belongs is the list of its characters, as Python walks it. */
const CvList *cv_characters(CvArena *arena, CvSlice text);
void cv_multi_render(CvWidgetUse *use, CvBuffer *out);
CvValue cv_multi_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
bool cv_multi_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
void cv_multiple_hidden_render(CvWidgetUse *use, CvBuffer *out);
const CvList *cv_split_datetime_parts(CvArena *arena, CvValue value);
void cv_spaceless(CvBuffer *out, CvSlice html);

/* select_date.c */
void cv_select_date_render(CvWidgetUse *use, CvBuffer *out);
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
