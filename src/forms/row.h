/* row.h: the rows that a list file of forms becomes (see forms.h): a field word with its options.
 *
 * Every word takes only the options of its group; what is not given is Django's default. */
#ifndef CV_FORMS_ROW_H
#define CV_FORMS_ROW_H

#include "forms/form.h"

CV_API_BEGIN

#define CV_NO_NUMBER INT64_MIN
#define CV_NO_BOUND __builtin_inf()

/* clang-format off */
#define CV_FORM_ROW_COMMON \
    const char *label, *label_suffix, *help_text, *template_name; \
    const CvWidget *widget, *hidden_widget; \
    const CvValidator *validators; \
    const char *const *error_messages; /* CV_LIST("required", "Say something.") */ \
    CvValue (*initial_function)(CvArena * arena); \
    void (*clean)(CvForm * form); \
    bool required, disabled, localize, show_hidden_initial;
/* clang-format on */

/* A word of a site's own, for its list files; the kind is a CvFormFieldKind (field.h):
 *
 *     extern const CvFormFieldKind isbn_field;
 *     #define IsbnField(name, ...) CV_FORM_FIELD(isbn_field, TEXT, const char *, text, name, __VA_ARGS__)
 *
 * `storage` is the end of the CV_FORM_... (CvFormStorage) that holds the C type, `group` names the options that the
 * word takes: common, text, integer, float, decimal, boolean, date, choice, file, path, rows, combo, multi.
 *
 * Fields that consist of others name these in the same words; commas stand between their options only:
 *
 *     MultiValueField (phone, .fields = CV_FIELDS(CharField (area, .max_length = 5) IntegerField (number)),
 *                      .compress = join_phone, .widget = CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT,
 * CV_NUMBER_INPUT)))
 */
#define CV_FORM_FIELD(kind, storage, type, group, name, ...) \
    CV_FORM_FIELD_(kind, storage, type, group, name, __VA_ARGS__)

typedef struct CvCommonFormRow {
    CV_FORM_ROW_COMMON
    const char *initial; /* as the control shows it */
} CvCommonFormRow;
typedef struct CvTextFormRow {
    CV_FORM_ROW_COMMON
    const char *initial;
    const char *empty_value;        /* of a field that stays empty; NULL: the kind's */
    int64_t max_length, min_length; /* -1: none */
    bool strip, allow_unicode, unpack_ipv4;
    const char *regex, *protocol, *assume_scheme;
    unsigned regex_flags;
} CvTextFormRow;
typedef struct CvIntegerFormRow {
    CV_FORM_ROW_COMMON
    int64_t initial, min_value, max_value, step_size; /* CV_NO_NUMBER: none */
} CvIntegerFormRow;
typedef struct CvFloatFormRow {
    CV_FORM_ROW_COMMON
    double initial, min_value, max_value, step_size; /* CV_NO_BOUND: none */
} CvFloatFormRow;
typedef struct CvDecimalFormRow {
    CV_FORM_ROW_COMMON
    const char *initial, *min_value, *max_value, *step_size; /* "0.01" */
    int max_digits, decimal_places;                          /* -1: none */
} CvDecimalFormRow;
typedef struct CvBooleanFormRow {
    CV_FORM_ROW_COMMON
    bool initial;
} CvBooleanFormRow;
typedef struct CvDateFormRow {
    CV_FORM_ROW_COMMON
    const char *initial; /* as the control shows it: "2024-02-29" */
    const char *const *input_formats, *const *input_time_formats;
} CvDateFormRow;
typedef struct CvChoiceFormRow {
    CV_FORM_ROW_COMMON
    const char *initial, *empty_value; /* empty_value: of a typed choice; NULL: "" */
    const char *const *choices;        /* CV_CHOICES("value", "label", ...) */
    CvOptions options;
    CvOptions (*options_function)(CvArena *arena);
    bool (*coerce)(CvArena *arena, CvValue in, CvValue *out);
} CvChoiceFormRow;
typedef struct CvFileFormRow {
    CV_FORM_ROW_COMMON
    int64_t max_length;
    bool allow_empty_file;
} CvFileFormRow;
typedef struct CvPathFormRow {
    CV_FORM_ROW_COMMON
    const char *initial, *path, *match; /* match: a pattern that the names of files have to fit */
    bool recursive, no_files, allow_folders;
} CvPathFormRow;
typedef struct CvRowsFormRow {
    CV_FORM_ROW_COMMON
    const char *initial; /* the value of the choice */
    const CvModel *model;
    CvQuerySet *(*queryset)(CvForm *form);
    const char *limit_choices_to, *to_field_name, *empty_label;
    const char *(*label_from)(const void *row);
    const char *(*group_from)(const void *row);
    bool blank;
} CvRowsFormRow;
typedef struct CvComboFormRow {
    CV_FORM_ROW_COMMON
    const char *initial;
    const struct CvFormRow *fields; /* CV_FIELDS(...) */
} CvComboFormRow;
typedef struct CvMultiFormRow {
    CV_FORM_ROW_COMMON
    const char *initial;
    const struct CvFormRow *fields;
    bool require_all_fields;
    CvValue (*compress)(const CvFormField *field, CvArena *arena, const CvList *values);
} CvMultiFormRow;

#define CV_FORM_DEFAULTS_common .required = true
#define CV_FORM_DEFAULTS_text .required = true, .max_length = -1, .min_length = -1, .strip = true
#define CV_FORM_DEFAULTS_integer                                                                     \
    .required = true, .initial = CV_NO_NUMBER, .min_value = CV_NO_NUMBER, .max_value = CV_NO_NUMBER, \
    .step_size = CV_NO_NUMBER
#define CV_FORM_DEFAULTS_float                                                                    \
    .required = true, .initial = CV_NO_BOUND, .min_value = CV_NO_BOUND, .max_value = CV_NO_BOUND, \
    .step_size = CV_NO_BOUND
#define CV_FORM_DEFAULTS_decimal .required = true, .max_digits = -1, .decimal_places = -1
#define CV_FORM_DEFAULTS_boolean .required = true
#define CV_FORM_DEFAULTS_date .required = true
#define CV_FORM_DEFAULTS_choice .required = true
#define CV_FORM_DEFAULTS_file .required = true, .max_length = -1
#define CV_FORM_DEFAULTS_path .required = true
#define CV_FORM_DEFAULTS_rows .required = true
#define CV_FORM_DEFAULTS_combo .required = true
#define CV_FORM_DEFAULTS_multi .required = true, .require_all_fields = true

typedef enum CvFormGroup {
    CV_FORM_GROUP_common,
    CV_FORM_GROUP_text,
    CV_FORM_GROUP_integer,
    CV_FORM_GROUP_float,
    CV_FORM_GROUP_decimal,
    CV_FORM_GROUP_boolean,
    CV_FORM_GROUP_date,
    CV_FORM_GROUP_choice,
    CV_FORM_GROUP_file,
    CV_FORM_GROUP_path,
    CV_FORM_GROUP_rows,
    CV_FORM_GROUP_combo,
    CV_FORM_GROUP_multi,
} CvFormGroup;

typedef struct CvFormRow {
    const char *name;
    const CvFormFieldKind *kind;
    CvFormStorage storage;
    CvFormGroup group;
    union {
        CvCommonFormRow as_common; /* the same members stand first in all */
        CvTextFormRow as_text;
        CvIntegerFormRow as_integer;
        CvFloatFormRow as_float;
        CvDecimalFormRow as_decimal;
        CvBooleanFormRow as_boolean;
        CvDateFormRow as_date;
        CvChoiceFormRow as_choice;
        CvFileFormRow as_file;
        CvPathFormRow as_path;
        CvRowsFormRow as_rows;
        CvComboFormRow as_combo;
        CvMultiFormRow as_multi;
    };
} CvFormRow;

/* The fields that another consists of. */
#define CV_FIELDS(...) ((const CvFormRow[]){__VA_ARGS__{0}})

/* The field of a row; its member stands at `offset`. */
CvFormField cv_form_row_field(CvArena *arena, const CvFormRow *row, size_t offset);

CV_API_END

#endif
