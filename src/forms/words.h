/* words.h: the field words of a list file of forms, for one pass: each becomes CV_FORM_FIELD_(kind, storage, C type,
 * group of options, name, options...); a site makes words of its own with CV_FORM_FIELD() of row.h. Undefined again by
 * words_undef.h. No include guard on purpose. */
/* clang-format off */
/* What a pass does not define means nothing to it; a model form is as FORM. */
#ifndef MODEL_FORM
#define MODEL_FORM(T, Model, ...) FORM(T, __VA_ARGS__)
#endif
#ifndef FORMSET
#define FORMSET(...)
#endif
#ifndef INLINE_FORMSET
#define INLINE_FORMSET(...)
#endif
#ifndef END
#define END
#endif
#ifndef CV_FORM_FIELD_
#define CV_FORM_FIELD_(...)
#endif

#define CharField(name_, ...) CV_FORM_FIELD_(cv_char_form_field, TEXT, const char *, text, name_, __VA_ARGS__)
#define EmailField(name_, ...) CV_FORM_FIELD_(cv_email_form_field, TEXT, const char *, text, name_, .max_length = 320, __VA_ARGS__)
#define URLField(name_, ...) CV_FORM_FIELD_(cv_url_form_field, TEXT, const char *, text, name_, __VA_ARGS__)
#define SlugField(name_, ...) CV_FORM_FIELD_(cv_slug_form_field, TEXT, const char *, text, name_, __VA_ARGS__)
#define RegexField(name_, ...) CV_FORM_FIELD_(cv_regex_form_field, TEXT, const char *, text, name_, .strip = false, __VA_ARGS__)
#define GenericIPAddressField(name_, ...) CV_FORM_FIELD_(cv_ip_address_form_field, TEXT, const char *, text, name_, .max_length = 39, __VA_ARGS__)
#define IntegerField(name_, ...) CV_FORM_FIELD_(cv_integer_form_field, INTEGER, int64_t, integer, name_, __VA_ARGS__)
#define NullIntegerField(name_, ...) CV_FORM_FIELD_(cv_integer_form_field, NULL_INTEGER, CvNullInteger, integer, name_, .required = false, __VA_ARGS__)
#define FloatField(name_, ...) CV_FORM_FIELD_(cv_float_form_field, FLOAT, double, float, name_, __VA_ARGS__)
#define NullFloatField(name_, ...) CV_FORM_FIELD_(cv_float_form_field, NULL_FLOAT, CvNullFloat, float, name_, .required = false, __VA_ARGS__)
#define DecimalField(name_, ...) CV_FORM_FIELD_(cv_decimal_form_field, DECIMAL, CvDecimal, decimal, name_, __VA_ARGS__)
#define BooleanField(name_, ...) CV_FORM_FIELD_(cv_boolean_form_field, BOOL, bool, boolean, name_, __VA_ARGS__)
#define NullBooleanField(name_, ...) CV_FORM_FIELD_(cv_null_boolean_form_field, NULL_BOOL, CvNullBoolean, common, name_, __VA_ARGS__)
#define DateField(name_, ...) CV_FORM_FIELD_(cv_date_form_field, DATE, CvDate, date, name_, __VA_ARGS__)
#define TimeField(name_, ...) CV_FORM_FIELD_(cv_time_form_field, TIME, CvTime, date, name_, __VA_ARGS__)
#define DateTimeField(name_, ...) CV_FORM_FIELD_(cv_datetime_form_field, DATETIME, CvDateTime, date, name_, __VA_ARGS__)
#define SplitDateTimeField(name_, ...) CV_FORM_FIELD_(cv_split_datetime_form_field, DATETIME, CvDateTime, date, name_, __VA_ARGS__)
#define DurationField(name_, ...) CV_FORM_FIELD_(cv_duration_form_field, DURATION, CvDuration, common, name_, __VA_ARGS__)
#define UUIDField(name_, ...) CV_FORM_FIELD_(cv_uuid_form_field, UUID, CvUuid, common, name_, __VA_ARGS__)
#define JSONField(name_, ...) CV_FORM_FIELD_(cv_json_form_field, VALUE, CvValue, text, name_, __VA_ARGS__)
#define ChoiceField(name_, ...) CV_FORM_FIELD_(cv_choice_form_field, TEXT, const char *, choice, name_, __VA_ARGS__)
#define TypedChoiceField(name_, ...) CV_FORM_FIELD_(cv_typed_choice_form_field, VALUE, CvValue, choice, name_, __VA_ARGS__)
#define MultipleChoiceField(name_, ...) CV_FORM_FIELD_(cv_multiple_choice_form_field, LIST, const CvList *, choice, name_, __VA_ARGS__)
#define TypedMultipleChoiceField(name_, ...) CV_FORM_FIELD_(cv_typed_multiple_choice_form_field, LIST, const CvList *, choice, name_, __VA_ARGS__)
#define FilePathField(name_, ...) CV_FORM_FIELD_(cv_file_path_form_field, TEXT, const char *, path, name_, __VA_ARGS__)
#define ComboField(name_, ...) CV_FORM_FIELD_(cv_combo_form_field, VALUE, CvValue, combo, name_, __VA_ARGS__)
#define MultiValueField(name_, ...) CV_FORM_FIELD_(cv_multi_value_form_field, VALUE, CvValue, multi, name_, __VA_ARGS__)
#define FileField(name_, ...) CV_FORM_FIELD_(cv_file_form_field, FILE, CvUploadedFile *, file, name_, __VA_ARGS__)
#define ImageField(name_, ...) CV_FORM_FIELD_(cv_image_form_field, FILE, CvUploadedFile *, file, name_, __VA_ARGS__)
#define ModelChoiceField(name_, Model, ...) CV_FORM_FIELD_(cv_model_choice_form_field, ROW, Model *, rows, name_, .model = &Model##_model, __VA_ARGS__)
#define ModelMultipleChoiceField(name_, Model, ...) CV_FORM_FIELD_(cv_model_multiple_choice_form_field, ROWS, Model##_set *, rows, name_, .model = &Model##_model, __VA_ARGS__)
