/* widget.h: the HTML controls of form fields: Django's widgets.
 *
 *     CharField (text, .widget = CV_TEXTAREA)
 *     CharField (text, .widget = CV_WIDGET(textarea, .attrs = CV_ATTRS("rows", "3", "class", "big")))
 *     DateField (born, .widget = CV_WIDGET(date_input, .attrs = CV_ATTRS("type", "date")))
 *
 * A widget is data: a kind, which knows how to write the control and to read it back, and options. A site's own kind is
 * a CvWidgetKind, most often with the functions of one of these and a template of its own:
 *
 *     const CvWidgetKind stars_kind = {.name = "Stars", .input = "number", .template_name = "widgets/stars.html"};
 *
 * Controls are written by the templates of renderer.h, in which `widget` is a CvWidgetUse. HTML is Django's byte for
 * byte. */
#ifndef CV_FORMS_WIDGET_H
#define CV_FORMS_WIDGET_H

#include "base/value.h"
#include "http/multipart.h"
#include "http/querydict.h"

CV_API_BEGIN

typedef struct CvWidget CvWidget;
typedef struct CvWidgetKind CvWidgetKind;

/* One choice of a select: a value and a label; or a group: its name as value, and options. */
typedef struct CvOption {
    CvValue value, label;
    const struct CvOption *options; /* of a group */
    size_t option_count;
    bool group;
} CvOption;
typedef struct CvOptions {
    const CvOption *items;
    size_t count;
} CvOptions;

/* HTML attributes in order; a true value prints the name alone, a false one nothing. */
typedef struct CvAttr {
    CvSlice name;
    CvValue value;
} CvAttr;
typedef struct CvAttrs {
    CvArena *arena;
    CvAttr *items;
    size_t count, capacity;
} CvAttrs;
void cv_attrs_set(CvAttrs *attrs, CvSlice name, CvValue value);
bool cv_attrs_get(const CvAttrs *attrs, const char *name, CvValue *value);
void cv_attrs_remove(CvAttrs *attrs, const char *name);
/* ` name="value"` for each. */
void cv_attrs_write(CvBuffer *out, const CvAttrs *attrs);
/* Django's flatatt(): sorted by name, those without value last; null ones are left out. */
void cv_flatatt(CvBuffer *out, const CvAttrs *attrs);

/* What came with a request, as a widget reads it. */
typedef struct CvFormData {
    const CvQueryDict *values; /* may be NULL */
    const CvFiles *files;      /* may be NULL */
} CvFormData;

/* A CSS or JavaScript file that a widget or a form needs. */
typedef struct CvMediaFile {
    const char *path;         /* below STATIC_URL, or absolute */
    const char *medium;       /* of CSS: "all", "print"; NULL: it is JavaScript */
    const char *const *attrs; /* more attributes: CV_ATTRS("type", "module", "async", cv_attr_true); or NULL */
} CvMediaFile;
/* .media = CV_MEDIA({"map.css", "all"}, {"map.js", .attrs = CV_ATTRS("type", "module")}) */
#define CV_MEDIA(...) ((const CvMediaFile[]){__VA_ARGS__, {.path = NULL}})

/* One use of a widget, or one choice of it: what is to be written. An object: {{ widget }} of the widget's template,
 * with the attributes `name`, `value` (as it is shown; texts of all that is chosen where there are choices), `attrs`,
 * `type`, `required`, `is_hidden`, `template_name`; where there are choices `optgroups`: name of the group or None, its
 * choices, index; a choice has `label`, `selected`, `index`, `wrap_label` as well; where there are parts `subwidgets`;
 * and what the kind's `context` set. */
typedef struct CvWidgetUse {
    CvObject object;
    const CvWidget *widget;
    CvArena *arena;
    CvSlice name; /* of the control */
    CvValue value;
    CvAttrs attrs;             /* the widget's own, then those of the use */
    const CvAttrs *given;      /* those of the use alone; may be NULL */
    bool checked;              /* the "clear" box of a file widget */
    const char *template_name; /* who writes it */
    CvDict *more;              /* see cv_widget_use_set(); may be NULL */
    /* Of a choice, whose value is that of the control if it is chosen. */
    bool is_choice, selected, wrap_label;
    CvValue label;
    const char *index; /* "0", "1_2" */
} CvWidgetUse;
typedef struct CvWidgetUses {
    CvWidgetUse **items;
    size_t count, capacity;
} CvWidgetUses;
/* Gives the widget's template a name of the kind's own, {{ widget.sign }}, or another `value` or `type`. */
void cv_widget_use_set(CvWidgetUse *use, const char *name, CvValue value);

/* Every function may be NULL: the common behaviour. */
struct CvWidgetKind {
    const char *name;                 /* "TextInput" */
    const char *input;                /* type of the <input>; NULL: none */
    const char *template_name;        /* NULL: "django/forms/widgets/input.html" */
    const char *option_template_name; /* of each choice; NULL: it has no choices */
    const char *const *attrs;         /* before those of the widget: "cols", "40", ..., NULL; or NULL */
    bool multipart, fieldset, whole_seconds, multiple;
    bool options_have_attrs; /* the attributes of the widget are those of each choice: radio buttons */
    bool parts_have_attrs;   /* they are those of its parts, and it has none: a date and a time in two */
    /* Before it is written: changes attributes, sets names for its template. Django's get_context(). */
    void (*context)(CvWidgetUse *use);
    /* Writes the control in place of a template. */
    void (*render)(CvWidgetUse *use, CvBuffer *out);
    /* Of one that consists of several: adds a use for each. */
    void (*subwidgets)(CvWidgetUse *use, CvWidgetUses *out);
    /* The value as it is written; CV_NULL: none. */
    CvValue (*format)(const CvWidget *widget, CvArena *arena, CvValue value);
    /* The value that came in; CV_NULL: none. */
    CvValue (*read)(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
    bool (*omitted)(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
    /* The id for <label for>; "" for none. */
    const char *(*id_for_label)(const CvWidget *widget, CvArena *arena, const char *id);
    bool (*use_required)(const CvWidget *widget, CvValue initial);
    /* Of one that consists of several: the values of its parts. */
    const CvList *(*decompress)(CvArena *arena, CvValue value);
};

struct CvWidget {
    const CvWidgetKind *kind;
    const char *template_name, *option_template_name; /* NULL: the kind's */
    const char *const *attrs;   /* "name", "value", ..., NULL; cv_attr_true for one without value */
    const CvAttrs *more_attrs;  /* the same made at run time */
    const char *input;          /* another type of <input> */
    const char *format;         /* of dates and times, as strftime; NULL: the locale's first */
    const char *time_format;    /* of the time of a split date-time */
    CvOptions options;          /* of selects */
    const char *const *choices; /* the same as "value", "label", ..., NULL */
    CvOptions (*options_function)(const CvWidget *widget, CvArena *arena); /* asked when they are shown; or NULL */
    const void *options_source;                                            /* for it */
    bool render_value;                                                     /* passwords */
    bool required, localized;                                              /* set by the field */
    const CvWidget *const *parts;       /* of one that consists of several, ended by NULL */
    const char *const *part_names;      /* suffixes of their names; NULL: _0, _1, ... */
    const int *years;                   /* of a date select, ended by 0; NULL: ten from this year on */
    CvOptions months;                   /* of a date select; none: the names of the months */
    const char *empty_labels[3];        /* year, month, day; NULL: "---" */
    const char *const *css, *const *js; /* files that it needs: "all", "a.css", ..., NULL and "a.js", ..., NULL */
    const CvMediaFile *media;           /* the same with attributes, see CV_MEDIA() */
    const void *data;                   /* a site's own */
};

/* clang-format off */
extern const CvWidgetKind cv_input_kind, cv_text_input_kind, cv_number_input_kind, cv_email_input_kind, cv_url_input_kind,
    cv_color_input_kind, cv_search_input_kind, cv_tel_input_kind, cv_password_input_kind, cv_hidden_input_kind,
    cv_multiple_hidden_input_kind, cv_file_input_kind, cv_clearable_file_input_kind, cv_textarea_kind, cv_date_input_kind,
    cv_datetime_input_kind, cv_time_input_kind, cv_checkbox_input_kind, cv_select_kind, cv_null_boolean_select_kind,
    cv_select_multiple_kind, cv_radio_select_kind, cv_checkbox_select_multiple_kind, cv_multi_widget_kind,
    cv_split_datetime_kind, cv_split_hidden_datetime_kind, cv_select_date_kind;

/* CV_WIDGET(text_input, .attrs = ...): a widget of a kind with options; in a list file, or as long as its block. */
#define CV_WIDGET(kind_name, ...) (&(const CvWidget){.kind = &cv_##kind_name##_kind, __VA_ARGS__})
#define CV_ATTRS(...) CV_LIST(__VA_ARGS__)
/* The widgets of a widget that consists of several: CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT, ...)). */
#define CV_PARTS(...) ((const CvWidget *const[]){__VA_ARGS__, NULL})
/* "value", "label", ... */
#define CV_CHOICES(...) CV_LIST(__VA_ARGS__)
/* Choices in groups: .options = CV_OPTIONS(CV_OPTION("x", "Other"),
 *                                          CV_OPTION_GROUP("Fruit", CV_OPTION("a", "Apple"), CV_OPTION("p", "Pear")))
 * of text literals; labels and names of groups are messages for catalogs, as those of CV_CHOICES() are. */
#define CV_OPTIONS(...) {(const CvOption[]){__VA_ARGS__}, CV_OPTION_COUNT_(__VA_ARGS__)}
#define CV_OPTION(value_, label_) {.value = CV_LITERAL_(value_, 0), .label = CV_LITERAL_(label_, CV_LAZY)}
#define CV_OPTION_GROUP(name_, ...) \
    {.value = CV_LITERAL_(name_, CV_LAZY), .group = true, .options = (const CvOption[]){__VA_ARGS__}, \
     .option_count = CV_OPTION_COUNT_(__VA_ARGS__)}
#define CV_OPTION_COUNT_(...) (sizeof((const CvOption[]){__VA_ARGS__}) / sizeof(CvOption))
#define CV_LITERAL_(text_, flags_) {.kind = CV_STRING, .flags = (flags_), .length = sizeof("" text_) - 1, .text = (text_)}
extern const char cv_attr_true[];

/* Each kind without options. */
extern const CvWidget cv_input_widget, cv_text_input_widget, cv_number_input_widget, cv_email_input_widget, cv_url_input_widget, cv_color_input_widget, cv_search_input_widget, cv_tel_input_widget, cv_password_input_widget, cv_hidden_input_widget, cv_multiple_hidden_input_widget, cv_file_input_widget, cv_clearable_file_input_widget, cv_textarea_widget, cv_date_input_widget, cv_datetime_input_widget, cv_time_input_widget, cv_checkbox_input_widget, cv_select_widget, cv_null_boolean_select_widget, cv_select_multiple_widget, cv_radio_select_widget, cv_checkbox_select_multiple_widget, cv_multi_widget_widget, cv_split_datetime_widget, cv_split_hidden_datetime_widget, cv_select_date_widget;

#define CV_TEXT_INPUT (&cv_text_input_widget)
#define CV_NUMBER_INPUT (&cv_number_input_widget)
#define CV_EMAIL_INPUT (&cv_email_input_widget)
#define CV_URL_INPUT (&cv_url_input_widget)
#define CV_COLOR_INPUT (&cv_color_input_widget)
#define CV_SEARCH_INPUT (&cv_search_input_widget)
#define CV_TEL_INPUT (&cv_tel_input_widget)
#define CV_PASSWORD_INPUT (&cv_password_input_widget)
#define CV_HIDDEN_INPUT (&cv_hidden_input_widget)
#define CV_MULTIPLE_HIDDEN_INPUT (&cv_multiple_hidden_input_widget)
#define CV_FILE_INPUT (&cv_file_input_widget)
#define CV_CLEARABLE_FILE_INPUT (&cv_clearable_file_input_widget)
#define CV_TEXTAREA (&cv_textarea_widget)
#define CV_DATE_INPUT (&cv_date_input_widget)
#define CV_DATETIME_INPUT (&cv_datetime_input_widget)
#define CV_TIME_INPUT (&cv_time_input_widget)
#define CV_CHECKBOX_INPUT (&cv_checkbox_input_widget)
#define CV_SELECT (&cv_select_widget)
#define CV_NULL_BOOLEAN_SELECT (&cv_null_boolean_select_widget)
#define CV_SELECT_MULTIPLE (&cv_select_multiple_widget)
#define CV_RADIO_SELECT (&cv_radio_select_widget)
#define CV_CHECKBOX_SELECT_MULTIPLE (&cv_checkbox_select_multiple_widget)
#define CV_SPLIT_DATETIME (&cv_split_datetime_widget)
#define CV_SELECT_DATE (&cv_select_date_widget)
/* clang-format on */

/* The kind of Django's class name ("TextInput"), or NULL. */
const CvWidgetKind *cv_widget_kind(CvSlice class_name);

/* Writes the control. `attrs` (may be NULL) are added to the widget's own. */
void cv_widget_render(const CvWidget *widget, CvArena *arena, CvSlice name, CvValue value, const CvAttrs *attrs,
                      CvBuffer *out);
CvValue cv_widget_read(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
bool cv_widget_omitted(const CvWidget *widget, CvArena *arena, const CvFormData *data, CvSlice name);
const char *cv_widget_id_for_label(const CvWidget *widget, CvArena *arena, const char *id);
bool cv_widget_is_hidden(const CvWidget *widget);
bool cv_widget_needs_multipart(const CvWidget *widget);
bool cv_widget_use_required(const CvWidget *widget, CvValue initial);
CvAttrs cv_widget_attrs(const CvWidget *widget, CvArena *arena);

/* What cv_widget_read() gives for a file widget that got both a file and "clear". */
extern const CvObject cv_file_contradiction;

CV_API_END

#endif
