/* file.h: the members of rows that name a file of a storage: FileField and ImageField.
 *
 *     MODEL(Book)
 *         CharField  (title, .max_length = 200)
 *         ImageField (cover, .blank = true, .upload_to = "covers/%Y/", .width_field = "cover_width")
 *     END
 *
 *     cv_file_set(book, cover, cv_file_of_bytes(cv_arena(), "emma.png", bytes));
 *     cv_save(book);                              // the file is stored first, then its name with the row
 *     puts(book->cover.name);                     // "covers/2024/emma.png"
 *     puts(cv_file_url(book, cover));             // "/media/covers/2024/emma.png"
 *
 * The column holds the name; the bytes are in a storage (storage/storage.h): the field's own (.storage) or the site's.
 * upload_to is a folder, with strftime's letters for the time of saving, or .upload_to_call makes the whole path. As in
 * Django, removing a row or giving it another file leaves the old file where it is: cv_file_delete() removes it.
 * In templates: {{ book.cover.url }}, .name, .size, .path, of images .width and .height; {% if book.cover %}. Without a
 * file, all but the name raise CV_ERROR_VALUE. Errors of the storage are raised. */
#ifndef CV_ORM_FILE_H
#define CV_ORM_FILE_H

#include "orm/model.h"
#include "storage/image.h"
#include "storage/storage.h"

CV_API_BEGIN

/* A member as templates, forms and the shell see it (Django's FieldFile); a value of kind CV_OBJECT. */
typedef struct CvRowFile {
    CvObject object;
    void *row;
    const CvColumn *column;
} CvRowFile;
extern const CvType cv_row_file_type;

/* Whether the column is a FileField or ImageField. */
bool cv_column_is_file(const CvColumn *column);
/* The column's storage. */
const CvFileStorage *cv_column_storage(const CvColumn *column);
/* The member of a row, in the current arena; it reads the row anew each time it is asked. */
CvRowFile *cv_row_file(const void *row, const CvColumn *column);
static inline bool cv_value_is_row_file(CvValue value)
{
    return value.kind == CV_OBJECT && value.object && ((const CvObject *)value.object)->type == &cv_row_file_type;
}

/* clang-format off */
#define CV_FILE_NAME_(row, member) (&#member[0 * sizeof((row)->member.file)])

/* Gives the row a file, which is stored when the row is saved; NULL: no file. */
#define cv_file_set(row, member, content) cv_file_set_of((row), CV_FILE_NAME_(row, member), (content))
/* Stores the file at once under `name` (NULL: its own), then saves the row if `save`. */
#define cv_file_save(row, member, name, content, save) \
    cv_file_save_of((row), CV_FILE_NAME_(row, member), (name), (content), (save))
/* Removes the file from the storage and empties the member, then saves the row if `save`; without a file: nothing. */
#define cv_file_delete(row, member, save) cv_file_delete_of((row), CV_FILE_NAME_(row, member), (save))
/* Opens the file for reading; one that was not saved yet is read from where it is. */
#define cv_file_open(row, member) cv_file_open_of((row), CV_FILE_NAME_(row, member))
#define cv_file_url(row, member) cv_file_url_of((row), CV_FILE_NAME_(row, member))
#define cv_file_path(row, member) cv_file_path_of((row), CV_FILE_NAME_(row, member))
#define cv_file_size(row, member) cv_file_size_of((row), CV_FILE_NAME_(row, member))
/* Format, width and height, read from the first bytes; CV_ERROR_VALUE if the file is no image. */
#define cv_file_image(row, member) cv_file_image_of((row), CV_FILE_NAME_(row, member))
/* clang-format on */

/* The same by the field's name; one that is no file field raises CV_ERROR_FIELD. */
void cv_file_set_of(void *row, const char *field, CvFile *content);
void cv_file_save_of(void *row, const char *field, const char *name, CvFile *content, bool save);
void cv_file_delete_of(void *row, const char *field, bool save);
CvFile *cv_file_open_of(const void *row, const char *field);
const char *cv_file_url_of(const void *row, const char *field);
const char *cv_file_path_of(const void *row, const char *field);
uint64_t cv_file_size_of(const void *row, const char *field);
CvImageInfo cv_file_image_of(const void *row, const char *field);

/* The name under which `filename` would be stored: upload_to and the storage's rules; what leaves the storage raises
 * CV_ERROR_SUSPICIOUS_FILE. */
const char *cv_file_generate_name(const void *row, const CvColumn *column, const char *filename);

CV_API_END

#endif
