/* file_private.h: what saving and setting rows ask of file.c. */
#ifndef CV_ORM_FILE_PRIVATE_H
#define CV_ORM_FILE_PRIVATE_H

#include "orm/file.h"
#include "orm/model_private.h"

/* Before the row is written: stores the files that it was given; only those of `names` (NULL: all; ended by NULL). */
void cv_row_store_files(CvRow *row, const char *const *names);
/* Sets a file member: from a CvRowFile, with what it has not stored yet, or from a name. */
void cv_row_set_file(void *row, const CvColumn *column, CvValue value);

#endif
