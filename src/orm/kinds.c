/* kinds.c: the table of Django's field classes. */
#include "orm/field.h"

#define INTEGER(c_name, class_name, about, sqlite, postgres, low, high, auto_)      \
    const CvFieldKind cv_##c_name##_field = {.name = class_name,                    \
                                             .description = about,                  \
                                             .storage = CV_STORE_INTEGER,           \
                                             .null_storage = CV_STORE_NULL_INTEGER, \
                                             .sqlite_type = sqlite,                 \
                                             .postgres_type = postgres,             \
                                             .least = low,                          \
                                             .most = high,                          \
                                             .automatic = auto_}
#define TEXT(c_name, class_name, about, sqlite, postgres)                   \
    const CvFieldKind cv_##c_name##_field = {.name = class_name,            \
                                             .description = about,          \
                                             .storage = CV_STORE_TEXT,      \
                                             .null_storage = CV_STORE_TEXT, \
                                             .sqlite_type = sqlite,         \
                                             .postgres_type = postgres,     \
                                             .text = true}
#define OTHER(c_name, class_name, about, store, null_store, sqlite, postgres)       \
    const CvFieldKind cv_##c_name##_field = {.name = class_name,                    \
                                             .description = about,                  \
                                             .storage = CV_STORE_##store,           \
                                             .null_storage = CV_STORE_##null_store, \
                                             .sqlite_type = sqlite,                 \
                                             .postgres_type = postgres}

#define LEAST64 INT64_MIN
#define MOST64 INT64_MAX

/* clang-format off */
INTEGER(auto, "AutoField", "Integer", "integer", "integer", -2147483648LL, 2147483647LL, true);
INTEGER(big_auto, "BigAutoField", "Big (8 byte) integer", "integer", "bigint", LEAST64, MOST64, true);
INTEGER(small_auto, "SmallAutoField", "Small integer", "integer", "smallint", -32768, 32767, true);
INTEGER(big_integer, "BigIntegerField", "Big (8 byte) integer", "bigint", "bigint", LEAST64, MOST64, false);
INTEGER(integer, "IntegerField", "Integer", "integer", "integer", -2147483648LL, 2147483647LL, false);
INTEGER(small_integer, "SmallIntegerField", "Small integer", "smallint", "smallint", -32768, 32767, false);
INTEGER(positive_big_integer, "PositiveBigIntegerField", "Positive big integer", "bigint unsigned", "bigint", 0, MOST64, false);
INTEGER(positive_integer, "PositiveIntegerField", "Positive integer", "integer unsigned", "integer", 0, 2147483647LL, false);
INTEGER(positive_small_integer, "PositiveSmallIntegerField", "Positive small integer", "smallint unsigned", "smallint", 0, 32767, false);
TEXT(char, "CharField", "String", "varchar(%d)", "varchar(%d)");
TEXT(text, "TextField", "Text", "text", "text");
TEXT(slug, "SlugField", "Slug", "varchar(%d)", "varchar(%d)");
TEXT(email, "EmailField", "Email address", "varchar(%d)", "varchar(%d)");
TEXT(url, "URLField", "URL", "varchar(%d)", "varchar(%d)");
TEXT(file, "FileField", "File", "varchar(%d)", "varchar(%d)");
TEXT(image, "ImageField", "Image", "varchar(%d)", "varchar(%d)");
TEXT(file_path, "FilePathField", "File path", "varchar(%d)", "varchar(%d)");
TEXT(ip_address, "GenericIPAddressField", "IP address", "char(39)", "inet");
OTHER(float, "FloatField", "Floating point number", FLOAT, NULL_FLOAT, "real", "double precision");
OTHER(boolean, "BooleanField", "Boolean", BOOL, NULL_BOOL, "bool", "boolean");
OTHER(decimal, "DecimalField", "Decimal number", DECIMAL, DECIMAL, "decimal", "numeric(%d, %d)");
OTHER(date, "DateField", "Date (without time)", DATE, DATE, "date", "date");
OTHER(time, "TimeField", "Time", TIME, TIME, "time", "time");
OTHER(datetime, "DateTimeField", "Date (with time)", DATETIME, DATETIME, "datetime", "timestamp with time zone");
OTHER(duration, "DurationField", "Duration", DURATION, DURATION, "bigint", "interval");
OTHER(uuid, "UUIDField", "Universally unique identifier", UUID, UUID, "char(32)", "uuid");
OTHER(binary, "BinaryField", "Raw binary data", BYTES, BYTES, "BLOB", "bytea");
OTHER(json, "JSONField", "A JSON object", JSON, JSON, "text", "jsonb");
/* clang-format on */
const CvFieldKind cv_foreign_key_field = {.name = "ForeignKey",
                                          .description = "Foreign Key (type determined by related field)",
                                          .storage = CV_STORE_REFERENCE,
                                          .null_storage = CV_STORE_REFERENCE,
                                          .relation = true};
const CvFieldKind cv_one_to_one_field = {.name = "OneToOneField",
                                         .description = "One-to-one relationship",
                                         .storage = CV_STORE_REFERENCE,
                                         .null_storage = CV_STORE_REFERENCE,
                                         .relation = true};
const CvFieldKind cv_composite_field = {.name = "CompositePrimaryKey", .description = "A key of several columns"};
const CvFieldKind cv_many_to_many_field = {.name = "ManyToManyField",
                                           .description = "Many-to-many relationship",
                                           .storage = CV_STORE_NONE,
                                           .null_storage = CV_STORE_NONE,
                                           .relation = true,
                                           .many = true};

const CvFieldKind cv_generic_key_field = {.name = "GenericForeignKey",
                                          .description = "A row of any model",
                                          .storage = CV_STORE_NONE,
                                          .null_storage = CV_STORE_NONE,
                                          .generic = true};
const CvFieldKind cv_generic_relation_field = {.name = "GenericRelation",
                                               .description = "Rows whose GenericForeignKey leads here",
                                               .storage = CV_STORE_NONE,
                                               .null_storage = CV_STORE_NONE,
                                               .generic = true};

const CvFieldKind *cv_field_kind(CvSlice class_name)
{
    static const CvFieldKind *const kinds[] = {
#define X(name) &cv_##name##_field,
        CV_FIELD_KINDS(X)
#undef X
    };
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (cv_slice_is(class_name, kinds[i]->name))
            return kinds[i];
    return NULL;
}

CvField cv_field_of(const char *name, const CvFieldKind *kind, const CvModel *target)
{
    CvField field = {.name = name, .kind = kind, .to = target};
    field.editable = true;
    field.db_index = field.db_constraint = field.symmetrical = field.for_concrete_model = -1;
    field.min_value = field.max_value = CV_NO_NUMBER;
    if (kind == &cv_slug_field)
        field.max_length = 50;
    else if (kind == &cv_email_field)
        field.max_length = 254;
    else if (kind == &cv_url_field)
        field.max_length = 200;
    else if (kind == &cv_file_field || kind == &cv_image_field || kind == &cv_file_path_field)
        field.max_length = 100;
    else if (kind == &cv_ip_address_field)
        field.max_length = 39;
    if (kind->least || kind->most || kind->relation)
        field.default_integer = CV_NO_NUMBER;
    else if (kind->storage == CV_STORE_FLOAT)
        field.default_real = CV_NO_REAL;
    else if (kind->storage == CV_STORE_BOOL)
        field.default_boolean = -1;
    return field;
}
