/* multipart_private.h: what the parts of the multipart parser share. */
#ifndef CV_HTTP_MULTIPART_PRIVATE_H
#define CV_HTTP_MULTIPART_PRIVATE_H

#include "base/buffer.h"
#include "http/media_type.h"
#include "http/multipart.h"

/* What the headers of one part say. */
typedef struct CvPart {
    bool is_field; /* it has a Content-Disposition */
    bool is_file;  /* ... with a file name */
    bool has_name;
    CvSlice name, filename; /* field name without white space; file name as sent */
    CvMediaParams type;     /* Content-Type */
    bool base64;            /* Content-Transfer-Encoding */
} CvPart;

/* Reads "Name: value" lines; lines that cannot be read are passed over. */
void cv_part_read(CvArena *arena, CvSlice headers, CvPart *part);

/* Decodes base64 that comes in pieces, white space passed over. */
typedef struct CvBase64Stream {
    char kept[4]; /* characters of an unfinished group */
    uint8_t count;
    bool ended; /* padding was seen */
} CvBase64Stream;
/* Appends what is complete; false for characters that cannot be. */
bool cv_base64_stream(CvBase64Stream *stream, CvBuffer *out, CvSlice text);

/* One upload: the handlers, with the built-in one at the end, and the file that is coming in. */
typedef struct CvUpload {
    CvArena *arena;
    const CvMultipartOptions *options;
    CvUploadHandler *first; /* all of them */
    CvUploadHandler *last;  /* of the running file: the last that was asked to begin */
    CvUploadHandler built_in;
    CvUploadedFile *file; /* running, or NULL */
    CvFiles *files;
    CvBuffer memory;         /* of the built-in handler */
    struct CvOpenFile *open; /* the temporary file that it writes, or NULL */
} CvUpload;

void cv_upload_init(CvUpload *upload, CvArena *arena, const CvMultipartOptions *options);
/* CV_UPLOAD_GO_ON, SKIP_FILE, STOP or FAIL. */
CvUploadAction cv_upload_begin(CvUpload *upload, const CvPart *part, CvSlice field, const char *name, CvError *error);
CvUploadAction cv_upload_data(CvUpload *upload, CvSlice bytes, CvError *error);
bool cv_upload_end(CvUpload *upload, CvError *error);
/* Forgets the running file. */
void cv_upload_drop(CvUpload *upload);
void cv_upload_finish(CvUpload *upload, bool interrupted);

#endif
