/* storage.c: the members of rows: their sizes, reading them as values, writing values into them. */
#include "orm/model_private.h"

size_t cv_storage_size(CvStorage storage)
{
    static const uint8_t sizes[] = {
        [CV_STORE_NONE] = 0,
        [CV_STORE_INTEGER] = sizeof(int64_t),
        [CV_STORE_NULL_INTEGER] = sizeof(CvNullInteger),
        [CV_STORE_FLOAT] = sizeof(double),
        [CV_STORE_NULL_FLOAT] = sizeof(CvNullFloat),
        [CV_STORE_BOOL] = sizeof(bool),
        [CV_STORE_NULL_BOOL] = sizeof(CvNullBoolean),
        [CV_STORE_TEXT] = sizeof(const char *),
        [CV_STORE_DECIMAL] = sizeof(CvDecimal),
        [CV_STORE_DATE] = sizeof(CvDate),
        [CV_STORE_TIME] = sizeof(CvTime),
        [CV_STORE_DATETIME] = sizeof(CvDateTime),
        [CV_STORE_DURATION] = sizeof(CvDuration),
        [CV_STORE_UUID] = sizeof(CvUuid),
        [CV_STORE_BYTES] = sizeof(CvBytes),
        [CV_STORE_JSON] = sizeof(CvValue),
        [CV_STORE_REFERENCE] = 0,
    };
    return sizes[storage];
}

/* A T_ref is the key, then a pointer aligned as a pointer. */
static size_t reference_row_offset(const CvColumn *column)
{
    size_t key = cv_storage_size(column->key_storage);
    return (key + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
}

size_t cv_column_size(const CvColumn *column)
{
    if (column->storage == CV_STORE_REFERENCE)
        return reference_row_offset(column) + sizeof(void *);
    return cv_storage_size(column->storage);
}

void **cv_reference_row(const CvColumn *column, const void *member)
{
    return (void **)(void *)((char *)(uintptr_t)member + reference_row_offset(column));
}

CvValue cv_member_get(CvStorage storage, const void *member)
{
    switch (storage) {
    case CV_STORE_INTEGER:
        return cv_value_int(*(const int64_t *)member);
    case CV_STORE_NULL_INTEGER:
        return cv_value_null_int(*(const CvNullInteger *)member);
    case CV_STORE_FLOAT:
        return cv_value_float(*(const double *)member);
    case CV_STORE_NULL_FLOAT:
        return cv_value_null_float(*(const CvNullFloat *)member);
    case CV_STORE_BOOL:
        return cv_value_bool(*(const bool *)member);
    case CV_STORE_NULL_BOOL:
        return cv_value_null_bool(*(const CvNullBoolean *)member);
    case CV_STORE_TEXT:
        return cv_value_string(*(const char *const *)member);
    case CV_STORE_DECIMAL:
        return cv_value_decimal(*(const CvDecimal *)member);
    case CV_STORE_DATE:
        return cv_value_date(*(const CvDate *)member);
    case CV_STORE_TIME:
        return cv_value_time(*(const CvTime *)member);
    case CV_STORE_DATETIME:
        return cv_value_datetime(*(const CvDateTime *)member);
    case CV_STORE_DURATION:
        return cv_value_duration(*(const CvDuration *)member);
    case CV_STORE_UUID:
        return cv_value_uuid(*(const CvUuid *)member);
    case CV_STORE_BYTES: {
        const CvBytes *bytes = member;
        return bytes->data ? cv_value_bytes(*bytes) : cv_value_null();
    }
    case CV_STORE_JSON:
        return *(const CvValue *)member;
    case CV_STORE_NONE:
    case CV_STORE_REFERENCE:
        break;
    }
    return cv_value_null();
}

void cv_member_set(CvStorage storage, void *member, CvValue value)
{
    if (value.kind == CV_NULL) {
        memset(member, 0, cv_storage_size(storage));
        return;
    }
    switch (storage) {
    case CV_STORE_INTEGER:
        *(int64_t *)member = value.integer;
        return;
    case CV_STORE_NULL_INTEGER:
        *(CvNullInteger *)member = CV_INTEGER(value.integer);
        return;
    case CV_STORE_FLOAT:
        *(double *)member = value.real;
        return;
    case CV_STORE_NULL_FLOAT:
        *(CvNullFloat *)member = CV_REAL(value.real);
        return;
    case CV_STORE_BOOL:
        *(bool *)member = value.boolean;
        return;
    case CV_STORE_NULL_BOOL:
        *(CvNullBoolean *)member = CV_BOOLEAN(value.boolean);
        return;
    case CV_STORE_TEXT:
        *(const char **)member = value.text;
        return;
    case CV_STORE_DECIMAL:
        *(CvDecimal *)member = value.decimal;
        return;
    case CV_STORE_DATE:
        *(CvDate *)member = value.date;
        return;
    case CV_STORE_TIME:
        *(CvTime *)member = value.time;
        return;
    case CV_STORE_DATETIME:
        *(CvDateTime *)member = value.datetime;
        return;
    case CV_STORE_DURATION:
        *(CvDuration *)member = cv_duration(value.duration);
        return;
    case CV_STORE_UUID: {
        CvUuid *uuid = member;
        memcpy(uuid->bytes, value.uuid, sizeof uuid->bytes);
        uuid->set = true;
        return;
    }
    case CV_STORE_BYTES:
        *(CvBytes *)member = (CvBytes){value.text, value.length};
        return;
    case CV_STORE_JSON:
        *(CvValue *)member = value;
        return;
    case CV_STORE_NONE:
    case CV_STORE_REFERENCE:
        return;
    }
}
