/* check_files.c: file fields of the models: upload_to stays inside, sizes of images have fields, and there is a place
 * to store files. */
#include "orm/file.h"
#include "web/checks_private.h"
#include "web/settings.h"

static CvCheckMessage *add(CvChecks *checks, CvCheckLevel level, const char *id, const CvColumn *column,
                           const char *message)
{
    return cv_checks_add(checks, level, id, column->model->file, (int)column->field->line, "%s.%s: %s",
                         cv_model_label(column->model), column->name, message);
}

static void check_dimension(CvChecks *checks, const CvColumn *column, const char *field)
{
    const CvColumn *size = field ? cv_model_column(column->model, cv_slice(field)) : NULL;
    bool number = size && (size->storage == CV_STORE_INTEGER || size->storage == CV_STORE_NULL_INTEGER);
    if (field && !number)
        add(checks, CV_CHECK_ERROR, "files.E001", column,
            cv_arena_printf(checks->arena, "'%s' is no integer field of the model that could take the image's size.",
                            field));
}

static void check_field(CvChecks *checks, const CvColumn *column)
{
    const CvField *field = column->field;
    if (field->upload_to && *field->upload_to == '/')
        add(checks, CV_CHECK_ERROR, "fields.E202", column,
            "FileField's 'upload_to' argument must be a relative path, not an absolute path.")
            ->hint = "Remove the leading slash.";
    check_dimension(checks, column, field->width_field);
    check_dimension(checks, column, field->height_field);
    const CvFileStorage *storage = cv_column_storage(column);
    if (storage->kind == &cv_file_system_storage && !storage->location)
        add(checks, CV_CHECK_WARNING, "files.W001", column, "Its files have no place: MEDIA_ROOT is not set.")->hint =
            "Set .media_root, or give the field or the site a storage of its own.";
}

void cv_check_files(CvChecks *checks)
{
    for (const CvModel *model = NULL; (model = cv_models_next(model));) {
        size_t count;
        const CvColumn *columns = cv_model_columns(model, &count);
        for (size_t i = 0; i < count; i++)
            if (columns[i].model == model && cv_column_is_file(&columns[i]))
                check_field(checks, &columns[i]);
    }
}
