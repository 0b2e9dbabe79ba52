/* stored_file.h: from what a visitor uploads to what a storage keeps.
 *
 *     if (cv_is_valid(form)) {
 *         CvFile *file = cv_file_of_upload(cv_arena(), form->cover);       // form->cover: CvUploadedFile *
 *         cv_file_set(book, cover, file);
 *         cv_save(book);
 *     }
 *
 * Model forms do this themselves. A small upload is saved from memory; a large one is a temporary file already, which
 * is moved where the storage is on the same file system, and else copied piece by piece. */
#ifndef CV_FORMS_STORED_FILE_H
#define CV_FORMS_STORED_FILE_H

#include "http/multipart.h"
#include "orm/file.h"

CV_API_BEGIN

/* The upload as content; valid as long as the upload (a request). NULL gives NULL. */
CvFile *cv_file_of_upload(CvArena *arena, CvUploadedFile *upload);

/* What a FileField cleaned, into a row's file member: an upload is stored when the row is saved, false ("clear")
 * empties the member, nothing and the stored file itself leave it as it is. */
void cv_form_set_row_file(void *row, const CvColumn *column, CvValue cleaned);

CV_API_END

#endif
