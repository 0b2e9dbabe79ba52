/* file.c: members of rows that name a file: giving, storing, opening and removing it; how templates look into them. */
#include "base/self.h"
#include "orm/file_private.h"
#include "orm/query.h"
#include "text/date.h"

static CvFieldFile *member_of(const void *row, const CvColumn *column)
{
    if (cv_row_is_deferred(row, column))
        cv_row_load_deferred(row, column);
    return (CvFieldFile *)(void *)((char *)(uintptr_t)row + column->offset);
}

static const CvColumn *column_of(const void *row, const char *field)
{
    const CvModel *model = cv_row_model(row);
    const CvColumn *column = cv_model_column(model, cv_slice(field));
    if (!column || !cv_column_is_file(column))
        cv_raise(CV_ERROR_FIELD, "%s has no file field named '%s'.", model->name, field);
    return column;
}

static const char *name_of(const void *row, const CvColumn *column)
{
    const char *name = member_of(row, column)->name;
    if (!name || !*name)
        cv_raise(CV_ERROR_VALUE, "The '%s' attribute has no file associated with it.", column->name);
    return name;
}

bool cv_column_is_file(const CvColumn *column)
{
    return column->field->kind == &cv_file_field || column->field->kind == &cv_image_field;
}

const CvFileStorage *cv_column_storage(const CvColumn *column)
{
    return column->field->storage ? column->field->storage : cv_default_storage();
}

/* ---- storing ---- */

const char *cv_file_generate_name(const void *row, const CvColumn *column, const char *filename)
{
    CvArena *arena = cv_arena();
    const CvField *field = column->field;
    const char *path = filename, *name;
    CvError error;
    if (field->upload_to_call) {
        path = field->upload_to_call(row, filename);
    } else if (field->upload_to && *field->upload_to) {
        CvClock now = cv_datetime_clock(cv_now(), cv_default_zone());
        CvBuffer folder = cv_buffer(arena);
        cv_strftime(&folder, field->upload_to, now.date, now.time);
        if (folder.length && folder.data[folder.length - 1] != '/')
            cv_buffer_append_byte(&folder, '/');
        path = *filename == '/' ? filename
                                : cv_arena_printf(arena, "%.*s%s", CV_SLICE_ARG(cv_buffer_slice(&folder)), filename);
    }
    if (!cv_check_file_name(arena, path, true, &error) ||
        !cv_storage_generate_filename(arena, cv_column_storage(column), path, &name, &error))
        cv_raise_error(&error);
    return name;
}

static void set_dimension(CvRow *row, const char *field, uint32_t size)
{
    const CvColumn *column = field ? cv_model_column(cv_row_model(row), cv_slice(field)) : NULL;
    if (field && !column)
        cv_raise(CV_ERROR_FIELD, "%s has no field named '%s' for the size of an image.", cv_row_model(row)->name,
                 field);
    if (column)
        cv_row_set(row, column, size ? cv_value_int(size) : column->null ? cv_value_null() : cv_value_int(0));
}

/* The width and height fields follow the image; zero where it has none. */
static void set_dimensions(CvRow *row, const CvColumn *column, CvFile *file)
{
    CvImageInfo info = {0};
    CvError error;
    if (column->field->kind != &cv_image_field || (!column->field->width_field && !column->field->height_field))
        return;
    if (file && !cv_image_of_file(file, &info, &error))
        info = (CvImageInfo){0};
    set_dimension(row, column->field->width_field, info.width);
    set_dimension(row, column->field->height_field, info.height);
}

static void store(CvRow *row, const CvColumn *column)
{
    CvFieldFile *member = member_of(row, column);
    CvFile *file = member->file;
    const char *stored;
    CvError error;
    if (!file->name || !*file->name)
        cv_raise(CV_ERROR_FIELD, "File for %s must have the name attribute specified to be saved.", column->name);
    set_dimensions(row, column, file);
    const char *name = cv_file_generate_name(row, column, file->name);
    size_t most = column->field->max_length > 0 ? (size_t)column->field->max_length : 0;
    if (!cv_storage_save(cv_arena(), cv_column_storage(column), name, file, most, &stored, &error))
        cv_raise_error(&error);
    *member = (CvFieldFile){.name = stored};
}

static bool is_named(const CvColumn *column, const char *const *names)
{
    for (; names && *names; names++)
        if (strcmp(*names, column->name) == 0)
            return true;
    return names == NULL;
}

void cv_row_store_files(CvRow *row, const char *const *names)
{
    const CvModelInfo *info = cv_model_info(cv_row_model(row));
    for (size_t i = 0; info->files && i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (cv_column_is_file(column) && !cv_row_is_deferred(row, column) && member_of(row, column)->file &&
            is_named(column, names))
            store(row, column);
    }
}

/* ---- the members ---- */

void cv_row_set_file(void *row, const CvColumn *column, CvValue value)
{
    CvFieldFile *member = member_of(row, column);
    if (cv_value_is_row_file(value)) {
        const CvRowFile *other = value.object;
        *member = *member_of(other->row, other->column);
        return;
    }
    if (value.kind == CV_OBJECT)
        cv_raise(CV_ERROR_TYPE, "%s takes a file's name; a file is given by cv_file_set().", column->name);
    CvSlice name = value.kind == CV_NULL ? CV_SLICE("") : cv_value_str(cv_arena(), value);
    bool none = value.kind == CV_NULL && column->null;
    *member = (CvFieldFile){.name = none ? NULL : cv_slice_string(cv_arena(), name)};
}

CvRowFile *cv_row_file(const void *row, const CvColumn *column)
{
    CvRowFile *file = cv_new(CvRowFile);
    *file = (CvRowFile){.object = {&cv_row_file_type}, .row = (void *)(uintptr_t)row, .column = column};
    return file;
}

void cv_file_set_of(void *row, const char *field, CvFile *content)
{
    const CvColumn *column = column_of(row, field);
    *member_of(row, column) = (CvFieldFile){.name = content ? content->name : "", .file = content};
    if (!content)
        set_dimensions(row, column, NULL);
}

void cv_file_save_of(void *row, const char *field, const char *name, CvFile *content, bool save)
{
    if (name)
        content->name = name;
    cv_file_set_of(row, field, content);
    store(row, column_of(row, field));
    if (save)
        cv_save(row);
}

void cv_file_delete_of(void *row, const char *field, bool save)
{
    const CvColumn *column = column_of(row, field);
    CvFieldFile *member = member_of(row, column);
    CvError error;
    if (!member->name || !*member->name)
        return;
    if (!member->file && !cv_storage_delete(cv_arena(), cv_column_storage(column), member->name, &error))
        cv_raise_error(&error);
    cv_file_set_of(row, field, NULL);
    if (save)
        cv_save(row);
}

static CvFile *open_file(const void *row, const CvColumn *column)
{
    CvFieldFile *member = member_of(row, column);
    const char *name = name_of(row, column);
    CvFile *file = member->file;
    CvError error;
    if (!file && !cv_storage_open(cv_arena(), cv_column_storage(column), name, &file, &error))
        cv_raise_error(&error);
    cv_file_seek(file, 0);
    return file;
}

static const char *url_of(const void *row, const CvColumn *column)
{
    const char *url, *name = name_of(row, column);
    CvError error;
    if (!cv_storage_url(cv_arena(), cv_column_storage(column), name, &url, &error))
        cv_raise_error(&error);
    return url;
}

static const char *path_of(const void *row, const CvColumn *column)
{
    const char *path, *name = name_of(row, column);
    CvError error;
    if (!cv_storage_path(cv_arena(), cv_column_storage(column), name, &path, &error))
        cv_raise_error(&error);
    return path;
}

static uint64_t size_of(const void *row, const CvColumn *column)
{
    const char *name = name_of(row, column);
    CvFieldFile *member = member_of(row, column);
    CvFileStat stat;
    CvError error;
    if (member->file)
        return member->file->size;
    if (!cv_storage_stat(cv_arena(), cv_column_storage(column), name, &stat, &error))
        cv_raise_error(&error);
    return stat.size;
}

static CvImageInfo image_of(const void *row, const CvColumn *column)
{
    CvFile *file = open_file(row, column);
    CvImageInfo info;
    CvError error;
    bool sound = cv_image_of_file(file, &info, &error);
    if (!member_of(row, column)->file)
        cv_file_close(file);
    if (!sound)
        cv_raise_error(&error);
    return info;
}

CvFile *cv_file_open_of(const void *row, const char *field)
{
    return open_file(row, column_of(row, field));
}

const char *cv_file_url_of(const void *row, const char *field)
{
    return url_of(row, column_of(row, field));
}

const char *cv_file_path_of(const void *row, const char *field)
{
    return path_of(row, column_of(row, field));
}

uint64_t cv_file_size_of(const void *row, const char *field)
{
    return size_of(row, column_of(row, field));
}

CvImageInfo cv_file_image_of(const void *row, const char *field)
{
    return image_of(row, column_of(row, field));
}

/* ---- how templates look in ---- */

static CvSlice file_str(const void *object, CvArena *arena)
{
    const CvRowFile *file = object;
    const char *name = member_of(file->row, file->column)->name;
    (void)arena;
    return cv_slice(name ? name : "");
}

static CvSlice file_repr(const void *object, CvArena *arena)
{
    const CvRowFile *file = object;
    CvSlice name = file_str(object, arena);
    bool image = file->column->field->kind == &cv_image_field;
    return cv_slice(
        cv_arena_printf(arena, "<%sFieldFile: %s>", image ? "Image" : "", name.length ? name.data : "None"));
}

static bool file_truth(const void *object)
{
    return file_str(object, NULL).length > 0;
}

static bool file_equal(const void *object, CvValue other)
{
    CvSlice name = file_str(object, NULL);
    if (cv_value_is_row_file(other))
        return cv_slice_equal(name, file_str(other.object, NULL));
    return other.kind == CV_STRING && cv_slice_equal(name, cv_value_as_slice(other));
}

static bool file_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvRowFile *file = object;
    bool image = file->column->field->kind == &cv_image_field;
    if (cv_slice_is(name, "name"))
        *out = cv_value_slice(file_str(object, arena));
    else if (cv_slice_is(name, "url"))
        *out = cv_value_string(url_of(file->row, file->column));
    else if (cv_slice_is(name, "path"))
        *out = cv_value_string(path_of(file->row, file->column));
    else if (cv_slice_is(name, "size"))
        *out = cv_value_uint(size_of(file->row, file->column));
    else if (image && cv_slice_is(name, "width"))
        *out = cv_value_int(image_of(file->row, file->column).width);
    else if (image && cv_slice_is(name, "height"))
        *out = cv_value_int(image_of(file->row, file->column).height);
    else
        return false;
    return true;
}

const CvType cv_row_file_type = {.magic = CV_TYPE_MAGIC,
                                 .name = "FieldFile",
                                 .get = file_get,
                                 .str = file_str,
                                 .repr = file_repr,
                                 .truth = file_truth,
                                 .equal = file_equal};
