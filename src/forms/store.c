/* store.c: cleaned values as members of a form's struct, and back. */
#include "forms/form_private.h"
#include "text/decimal.h"

static CvFormStorage storage_of(const CvFormField *field)
{
    return field->storage ? field->storage : field->kind->storage;
}

static bool is_upload(CvValue value)
{
    return value.kind == CV_OBJECT && cv_type_of(value.object) == &cv_uploaded_file_type;
}

static CvValue object_or_null(const void *object)
{
    return object ? cv_value_object(object) : cv_value_null();
}

void cv_form_store(CvForm *form, CvBoundField *bound, CvValue value)
{
    const CvFormField *field = bound->field;
    if (field->offset < 0)
        return;
    void *at = (char *)form + field->offset;
    const bool null = value.kind == CV_NULL || value.kind == CV_MISSING;
    switch (storage_of(field)) {
    case CV_FORM_TEXT:
        *(const char **)at = null ? NULL : cv_slice_string(form->arena, cv_value_str(form->arena, value));
        break;
    case CV_FORM_INTEGER:
        *(int64_t *)at = value.kind == CV_INT ? value.integer : 0;
        break;
    case CV_FORM_NULL_INTEGER:
        *(CvNullInteger *)at = value.kind == CV_INT ? CV_INTEGER(value.integer) : (CvNullInteger){0};
        break;
    case CV_FORM_FLOAT:
        *(double *)at = value.kind == CV_FLOAT ? value.real : 0;
        break;
    case CV_FORM_NULL_FLOAT:
        *(CvNullFloat *)at = value.kind == CV_FLOAT ? CV_REAL(value.real) : (CvNullFloat){0};
        break;
    case CV_FORM_BOOL:
        *(bool *)at = value.kind == CV_BOOL && value.boolean;
        break;
    case CV_FORM_NULL_BOOL:
        *(CvNullBoolean *)at = value.kind == CV_BOOL ? CV_BOOLEAN(value.boolean) : (CvNullBoolean){0};
        break;
    case CV_FORM_DECIMAL:
        *(CvDecimal *)at = value.kind == CV_DECIMAL ? value.decimal : (CvDecimal){0};
        break;
    case CV_FORM_DATE:
        *(CvDate *)at = value.kind == CV_DATE ? value.date : (CvDate){0};
        break;
    case CV_FORM_TIME:
        *(CvTime *)at = value.kind == CV_TIME ? value.time : (CvTime){0};
        break;
    case CV_FORM_DATETIME:
        *(CvDateTime *)at = value.kind == CV_DATETIME ? value.datetime : (CvDateTime){0};
        break;
    case CV_FORM_DURATION:
        *(CvDuration *)at = value.kind == CV_DURATION ? cv_duration(value.duration) : (CvDuration){0};
        break;
    case CV_FORM_UUID: {
        CvUuid uuid = {.set = value.kind == CV_UUID};
        if (uuid.set)
            memcpy(uuid.bytes, value.uuid, sizeof uuid.bytes);
        *(CvUuid *)at = uuid;
        break;
    }
    case CV_FORM_LIST:
        *(const CvList **)at = value.kind == CV_LIST ? value.list : NULL;
        break;
    case CV_FORM_FILE:
        *(CvUploadedFile **)at = is_upload(value) ? (CvUploadedFile *)(uintptr_t)value.object : NULL;
        break;
    case CV_FORM_ROW:
    case CV_FORM_ROWS:
        *(const void **)at = value.kind == CV_OBJECT ? value.object : NULL;
        break;
    default:
        *(CvValue *)at = value;
        break;
    }
}

CvValue cv_form_load(CvForm *form, const CvBoundField *bound)
{
    const void *at = (const char *)form + bound->field->offset;
    switch (storage_of(bound->field)) {
    case CV_FORM_TEXT:
        return cv_value_string(*(const char *const *)at);
    case CV_FORM_INTEGER: /* 0 stands for none as well: the value knows */
        return bound->value.kind == CV_INT || *(const int64_t *)at ? cv_value_int(*(const int64_t *)at) : bound->value;
    case CV_FORM_NULL_INTEGER:
        return cv_value_null_int(*(const CvNullInteger *)at);
    case CV_FORM_FLOAT:
        return bound->value.kind == CV_FLOAT || *(const double *)at != 0 ? cv_value_float(*(const double *)at)
                                                                         : bound->value;
    case CV_FORM_NULL_FLOAT:
        return cv_value_null_float(*(const CvNullFloat *)at);
    case CV_FORM_BOOL:
        return cv_value_bool(*(const bool *)at);
    case CV_FORM_NULL_BOOL:
        return cv_value_null_bool(*(const CvNullBoolean *)at);
    case CV_FORM_DECIMAL:
        return cv_value_decimal(*(const CvDecimal *)at);
    case CV_FORM_DATE:
        return cv_value_date(*(const CvDate *)at);
    case CV_FORM_TIME:
        return cv_value_time(*(const CvTime *)at);
    case CV_FORM_DATETIME:
        return cv_value_datetime(*(const CvDateTime *)at);
    case CV_FORM_DURATION:
        return cv_value_duration(*(const CvDuration *)at);
    case CV_FORM_UUID:
        return cv_value_uuid(*(const CvUuid *)at);
    case CV_FORM_LIST:
        return cv_value_list(*(const CvList *const *)at);
    case CV_FORM_FILE: /* a file that stays as it is, or is cleared, is a value that the member does not hold */
        return *(CvUploadedFile *const *)at || is_upload(bound->value) ? object_or_null(*(CvUploadedFile *const *)at)
                                                                       : bound->value;
    case CV_FORM_ROW:
    case CV_FORM_ROWS:
        return object_or_null(*(const void *const *)at);
    case CV_FORM_VALUE:
        return *(const CvValue *)at;
    default:
        return bound->value;
    }
}
