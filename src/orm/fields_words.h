/* fields_words.h: the words of a model list, in terms of the few macros that a pass defines:
 *     CV_FIELD_(kind, group, type, nullable, name, ...)   a column of its own
 *     CV_REFERENCE_(kind, name, To, ...)                  a foreign key
 *     CV_MANY_(name, To, ...)                             a many-to-many field
 *     CV_TARGET_(name, ...)                               a generic foreign key
 *     CV_GENERIC_(name, To, ...)                          a generic relation
 *     CV_COMPOSITE_(...)                                  a key of several fields
 *     CV_ORDER_(field)                                    the place among the rows that have the same field
 * and MODEL, MODEL_KEY, CHILD_MODEL, PROXY_MODEL, END and the lesser words. A pass defines those that it looks at.
 * Included by the passes only; fields_undef.h takes all of it away again. */
/* clang-format off */
/* What a pass does not define means nothing to it; the other kinds of models are as MODEL. */
#ifndef MODEL
#define MODEL(...)
#endif
#ifndef MODEL_KEY
#define MODEL_KEY(T, Key, ...) MODEL(T, __VA_ARGS__)
#endif
#ifndef CHILD_MODEL
#define CHILD_MODEL(T, Parent, ...) MODEL(T, __VA_ARGS__)
#endif
#ifndef PROXY_MODEL
#define PROXY_MODEL(T, Parent, ...) MODEL(T, __VA_ARGS__)
#endif
#ifndef END
#define END
#endif
#ifndef Choices
#define Choices(...)
#endif
#ifndef TextChoice
#define TextChoice(...)
#endif
#ifndef IntegerChoice
#define IntegerChoice(...)
#endif
#ifndef Index
#define Index(...)
#endif
#ifndef UniqueConstraint
#define UniqueConstraint(...)
#endif
#ifndef UniqueTogether
#define UniqueTogether(...)
#endif
#ifndef CheckConstraint
#define CheckConstraint(...)
#endif
#ifndef Method
#define Method(...)
#endif
#ifndef Related
#define Related(...)
#endif
#ifndef Manager
#define Manager(...)
#endif
#ifndef CV_FIELD_
#define CV_FIELD_(...)
#endif
#ifndef CV_REFERENCE_
#define CV_REFERENCE_(...)
#endif
#ifndef CV_MANY_
#define CV_MANY_(...)
#endif
#ifndef CV_TARGET_
#define CV_TARGET_(...)
#endif
#ifndef CV_GENERIC_
#define CV_GENERIC_(...)
#endif
#ifndef CV_COMPOSITE_
#define CV_COMPOSITE_(...)
#endif
#ifndef CV_ORDER_
#define CV_ORDER_(field)
#endif

#define default default_

#define AutoField(name, ...)                     CV_FIELD_(auto, integer, int64_t, false, name, __VA_ARGS__)
#define BigAutoField(name, ...)                  CV_FIELD_(big_auto, integer, int64_t, false, name, __VA_ARGS__)
#define SmallAutoField(name, ...)                CV_FIELD_(small_auto, integer, int64_t, false, name, __VA_ARGS__)
#define BigIntegerField(name, ...)               CV_FIELD_(big_integer, integer, int64_t, false, name, __VA_ARGS__)
#define IntegerField(name, ...)                  CV_FIELD_(integer, integer, int64_t, false, name, __VA_ARGS__)
#define SmallIntegerField(name, ...)             CV_FIELD_(small_integer, integer, int64_t, false, name, __VA_ARGS__)
#define PositiveBigIntegerField(name, ...)       CV_FIELD_(positive_big_integer, integer, int64_t, false, name, __VA_ARGS__)
#define PositiveIntegerField(name, ...)          CV_FIELD_(positive_integer, integer, int64_t, false, name, __VA_ARGS__)
#define PositiveSmallIntegerField(name, ...)     CV_FIELD_(positive_small_integer, integer, int64_t, false, name, __VA_ARGS__)
#define NullBigIntegerField(name, ...)           CV_FIELD_(big_integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define NullIntegerField(name, ...)              CV_FIELD_(integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define NullSmallIntegerField(name, ...)         CV_FIELD_(small_integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define NullPositiveBigIntegerField(name, ...)   CV_FIELD_(positive_big_integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define NullPositiveIntegerField(name, ...)      CV_FIELD_(positive_integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define NullPositiveSmallIntegerField(name, ...) CV_FIELD_(positive_small_integer, integer, CvNullInteger, true, name, __VA_ARGS__)
#define FloatField(name, ...)                    CV_FIELD_(float, float, double, false, name, __VA_ARGS__)
#define NullFloatField(name, ...)                CV_FIELD_(float, float, CvNullFloat, true, name, __VA_ARGS__)
#define BooleanField(name, ...)                  CV_FIELD_(boolean, boolean, bool, false, name, __VA_ARGS__)
#define NullBooleanField(name, ...)              CV_FIELD_(boolean, boolean, CvNullBoolean, true, name, __VA_ARGS__)
#define CharField(name, ...)                     CV_FIELD_(char, text, const char *, false, name, __VA_ARGS__)
#define TextField(name, ...)                     CV_FIELD_(text, text, const char *, false, name, __VA_ARGS__)
#define SlugField(name, ...)                     CV_FIELD_(slug, text, const char *, false, name, .max_length = 50, __VA_ARGS__)
#define EmailField(name, ...)                    CV_FIELD_(email, text, const char *, false, name, .max_length = 254, __VA_ARGS__)
#define URLField(name, ...)                      CV_FIELD_(url, text, const char *, false, name, .max_length = 200, __VA_ARGS__)
#define FileField(name, ...)                     CV_FIELD_(file, file, CvFieldFile, false, name, .max_length = 100, __VA_ARGS__)
#define ImageField(name, ...)                    CV_FIELD_(image, file, CvFieldFile, false, name, .max_length = 100, __VA_ARGS__)
#define FilePathField(name, ...)                 CV_FIELD_(file_path, path, const char *, false, name, .max_length = 100, __VA_ARGS__)
#define GenericIPAddressField(name, ...)         CV_FIELD_(ip_address, text, const char *, false, name, .max_length = 39, __VA_ARGS__)
#define DecimalField(name, ...)                  CV_FIELD_(decimal, decimal, CvDecimal, false, name, __VA_ARGS__)
#define DateField(name, ...)                     CV_FIELD_(date, moment, CvDate, false, name, __VA_ARGS__)
#define TimeField(name, ...)                     CV_FIELD_(time, moment, CvTime, false, name, __VA_ARGS__)
#define DateTimeField(name, ...)                 CV_FIELD_(datetime, moment, CvDateTime, false, name, __VA_ARGS__)
#define DurationField(name, ...)                 CV_FIELD_(duration, other, CvDuration, false, name, __VA_ARGS__)
#define UUIDField(name, ...)                     CV_FIELD_(uuid, other, CvUuid, false, name, __VA_ARGS__)
#define BinaryField(name, ...)                   CV_FIELD_(binary, other, CvBytes, false, name, __VA_ARGS__)
#define JSONField(name, ...)                     CV_FIELD_(json, other, CvValue, false, name, __VA_ARGS__)
#define ForeignKey(name, To, ...)                CV_REFERENCE_(foreign_key, name, To, __VA_ARGS__)
#define OneToOneField(name, To, ...)             CV_REFERENCE_(one_to_one, name, To, __VA_ARGS__)
#define ManyToManyField(name, To, ...)           CV_MANY_(name, To, __VA_ARGS__)
#define CompositePrimaryKey(...)                 CV_COMPOSITE_(__VA_ARGS__)
#define OrderWithRespectTo(field)                CV_ORDER_(field)
#define GenericForeignKey(name, ...)             CV_TARGET_(name, __VA_ARGS__)
#define GenericRelation(name, To, ...)           CV_GENERIC_(name, To, __VA_ARGS__)
/* clang-format on */
