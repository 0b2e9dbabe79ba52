/* stored_file.c: uploads as content for storages, and into the members of rows. */
#include "forms/stored_file.h"

#include "base/self.h"

CvFile *cv_file_of_upload(CvArena *arena, CvUploadedFile *upload)
{
    if (!upload)
        return NULL;
    CvFile *file = upload->path ? cv_file_of_path(arena, upload->name, upload->path, upload->size, &upload->keep)
                                : cv_file_of_bytes(arena, upload->name, upload->content);
    file->content_type = upload->content_type;
    return file;
}

void cv_form_set_row_file(void *row, const CvColumn *column, CvValue cleaned)
{
    if (cleaned.kind == CV_BOOL && !cleaned.boolean)
        cv_file_set_of(row, column->name, NULL);
    else if (cleaned.kind == CV_OBJECT && cleaned.object && cv_type_of(cleaned.object) == &cv_uploaded_file_type)
        cv_file_set_of(row, column->name, cv_file_of_upload(cv_arena(), (CvUploadedFile *)(uintptr_t)cleaned.object));
    else if (cv_value_is_row_file(cleaned))
        cv_row_set(row, column, cleaned);
}
