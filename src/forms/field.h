/* field.h: form fields: what a visitor may enter, and how it becomes a value: Django's form fields.
 *
 * A list file (forms.h) makes them; code makes the same with cv_form_field():
 *
 *     CvFormField stars = cv_form_field("stars", &cv_integer_form_field);
 *     stars.min_value = cv_value_int(1);
 *
 *     CvInvalids invalids = {.arena = arena};
 *     if (!cv_field_clean(&stars, arena, CV_VALUE("7"), &value, &invalids)) ...
 *
 * A site's own field is a CvFormFieldKind, most often a copy of one of these with another `convert`. */
#ifndef CV_FORMS_FIELD_H
#define CV_FORMS_FIELD_H

#include "forms/widget.h"
#include "orm/query.h"
#include "validators/validators.h"

CV_API_BEGIN

typedef struct CvFormField CvFormField;
typedef struct CvFormFieldKind CvFormFieldKind;
typedef struct CvForm CvForm;

/* The C type of a field's member in a form's struct. */
typedef enum CvFormStorage {
    CV_FORM_TEXT = 1,     /* const char *; NULL for None */
    CV_FORM_INTEGER,      /* int64_t; 0 for None */
    CV_FORM_NULL_INTEGER, /* CvNullInteger */
    CV_FORM_FLOAT,        /* double; 0 for None */
    CV_FORM_NULL_FLOAT,   /* CvNullFloat */
    CV_FORM_BOOL,         /* bool */
    CV_FORM_NULL_BOOL,    /* CvNullBoolean */
    CV_FORM_DECIMAL,      /* CvDecimal */
    CV_FORM_DATE,         /* CvDate */
    CV_FORM_TIME,         /* CvTime */
    CV_FORM_DATETIME,     /* CvDateTime */
    CV_FORM_DURATION,     /* CvDuration */
    CV_FORM_UUID,         /* CvUuid */
    CV_FORM_LIST,         /* const CvList * */
    CV_FORM_FILE,         /* CvUploadedFile *; NULL for none */
    CV_FORM_VALUE,        /* CvValue */
    CV_FORM_ROW,          /* a row of the field's model: Author *; NULL for none */
    CV_FORM_ROWS,         /* a query set of it: Author_set * */
} CvFormStorage;

/* Of one field, in the order in which they are asked. */
typedef CV_VECTOR(CvValidator) CvValidatorList;

/* Every function may be NULL: the common behaviour. `convert`, `validate` and `clean` give false with what is wrong
 * added to `invalids`. */
struct CvFormFieldKind {
    const char *name;            /* "CharField" */
    const CvFormFieldKind *base; /* whose behaviour it has where its own is NULL; NULL: Django's Field */
    CvFormStorage storage;
    const CvWidget *widget, *hidden_widget;
    const char *const *messages; /* "code", "text", ..., NULL; added to the base's */
    bool (*convert)(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids);
    bool (*validate)(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids);
    /* All of cleaning; NULL: convert, validate, run the validators. */
    bool (*clean)(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                  CvInvalids *invalids);
    bool (*has_changed)(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data);
    /* The value as the widget shows it. */
    CvValue (*prepare)(const CvFormField *field, CvArena *arena, CvValue value);
    CvValue (*bound_data)(const CvFormField *field, CvArena *arena, CvValue data, CvValue initial);
    /* Attributes that the field's options add to its widget. */
    void (*widget_attrs)(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs);
    /* Validators before those of the field (a list ended by a zero one), and behind them, those of the base first:
     * cv_vector_push(arena, all, cv_validate_slug). */
    const CvValidator *(*own_validators)(const CvFormField *field);
    void (*add_validators)(const CvFormField *field, CvArena *arena, CvValidatorList *all);
    /* Once, when the form's type is prepared. */
    void (*prepare_field)(CvFormField *field, CvArena *arena);
};

struct CvFormField {
    const char *name;
    const CvFormFieldKind *kind;
    ptrdiff_t offset;                             /* of the member; -1: none */
    CvFormStorage storage;                        /* of the member; 0: the kind's */
    const char *label, *label_suffix, *help_text; /* NULL: from the name; the form's; none; see cv_field_label() */
    const char *template_name;                    /* of the field group; NULL: the renderer's (renderer.h) */
    bool required, disabled, localize, show_hidden_initial;
    CvValue initial;
    CvValue (*initial_function)(CvArena *arena);
    const CvWidget *widget, *hidden_widget; /* NULL: the kind's */
    const CvValidator *validators;          /* ended by a zero one; or NULL */
    const char *const *error_messages;      /* "code", "text", ..., NULL; or NULL */
    void (*clean)(CvForm *form);            /* after the field was cleaned: Django's clean_<name>() */
    /* Text. */
    int64_t max_length, min_length; /* -1: none */
    bool strip;
    CvValue empty_value; /* CV_MISSING: the kind's */
    const char *regex;
    unsigned regex_flags;
    bool allow_unicode;   /* slugs */
    const char *protocol; /* of IP addresses: "both" (NULL), "IPv4", "IPv6" */
    bool unpack_ipv4;
    const char *assume_scheme; /* of URLs; NULL: "https" */
    /* Numbers; CV_NULL: none. */
    CvValue min_value, max_value, step_size;
    int max_digits, decimal_places; /* -1: none */
    /* Dates and times: formats as strptime, ended by NULL; NULL: the active locale's. */
    const char *const *input_formats, *const *input_time_formats;
    /* Choices. */
    CvOptions options;
    const char *const *choices;                    /* the same as "value", "label", ..., NULL */
    CvOptions (*options_function)(CvArena *arena); /* asked each time */
    bool (*coerce)(CvArena *arena, CvValue in, CvValue *out);
    /* Files. */
    bool allow_empty_file;
    /* Of several fields. */
    const CvFormField *fields;
    size_t field_count;
    bool require_all_fields;
    CvValue (*compress)(const CvFormField *field, CvArena *arena, const CvList *values);
    /* Paths. */
    const char *path, *match;
    bool recursive, no_files, allow_folders;
    /* Rows: ModelChoiceField and ModelMultipleChoiceField (model_form.h tells more). */
    const CvModel *model;                       /* whose rows may be chosen */
    CvQuerySet *(*queryset)(CvForm *form);      /* which of them, asked for each form; NULL: what cv_objects() gives */
    const char *limit_choices_to;               /* only those that fit a condition in the shell's syntax */
    const char *to_field_name;                  /* the field whose value stands in the page; NULL: the key */
    const char *empty_label;                    /* text of the empty choice; NULL: Django's; "": no empty choice */
    const char *(*label_from)(const void *row); /* text of a choice; NULL: the row's own */
    const char *(*group_from)(const void *row); /* rows side by side with the same text form an <optgroup> */
    bool blank;                                 /* radio buttons have an empty choice too */
    const CvColumn *column;                     /* model forms: the field of the model; NULL: one of the form's own */
    const void *data;                           /* a site's own */
    /* Filled in when the field is prepared. */
    bool prepared;
    const char *shown_label; /* the label, or one made of the name; not translated */
    const CvValidator *all_validators;
    struct CvRowChoices *rows; /* of one form */
};

extern const CvFormFieldKind cv_base_form_field, cv_char_form_field, cv_integer_form_field, cv_float_form_field,
    cv_decimal_form_field, cv_date_form_field, cv_time_form_field, cv_datetime_form_field, cv_duration_form_field,
    cv_regex_form_field, cv_email_form_field, cv_file_form_field, cv_image_form_field, cv_url_form_field,
    cv_boolean_form_field, cv_null_boolean_form_field, cv_choice_form_field, cv_typed_choice_form_field,
    cv_multiple_choice_form_field, cv_typed_multiple_choice_form_field, cv_combo_form_field, cv_multi_value_form_field,
    cv_file_path_form_field, cv_split_datetime_form_field, cv_ip_address_form_field, cv_slug_form_field,
    cv_uuid_form_field, cv_json_form_field, cv_model_choice_form_field, cv_model_multiple_choice_form_field;

/* The kind of Django's class name ("CharField"), or NULL. */
const CvFormFieldKind *cv_form_field_kind(CvSlice class_name);

/* A field with Django's defaults. */
CvFormField cv_form_field(const char *name, const CvFormFieldKind *kind);
/* Builds widget and validators from the options; in `arena`, for the life of the field. Done once by whoever makes a
 * form's type; needed before the functions below. */
void cv_form_field_prepare(CvFormField *field, CvArena *arena);

/* The value of what came in (text, lists, files), or false with what is wrong. `initial` is what a file field keeps
 * where nothing came. */
bool cv_field_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                    CvInvalids *invalids);
bool cv_field_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids);
bool cv_field_has_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data);
CvValue cv_field_prepare_value(const CvFormField *field, CvArena *arena, CvValue value);
CvValue cv_field_bound_data(const CvFormField *field, CvArena *arena, CvValue data, CvValue initial);
/* Label and help text in the active language: what a site wrote (or wrote as a model's verbose_name or help_text) is a
 * message that is translated when it is asked for. Never NULL; in `arena`, or as long as the field. */
const char *cv_field_label(const CvFormField *field, CvArena *arena);
const char *cv_field_help_text(const CvFormField *field, CvArena *arena);
/* The text of an error code: the field's own, its kind's, or NULL. */
const char *cv_field_message(const CvFormField *field, const char *code);
/* Adds the error of that code; false. */
bool cv_field_refuse(const CvFormField *field, CvInvalids *invalids, const char *code);
/* None, "", [], (), {}. */
bool cv_is_empty_value(CvValue value);
/* Django's pretty_name(): "first_name" as "First name". */
const char *cv_pretty_name(CvArena *arena, CvSlice name);

CV_API_END

#endif
