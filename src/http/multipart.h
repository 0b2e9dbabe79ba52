/* multipart.h: a streaming parser of multipart/form-data bodies, with upload handlers (Django's MultiPartParser).
 *
 * Bytes are fed as they come. Fields go to a CvQueryDict, files to upload handlers, the first of which opens a sink for
 * each file: the built-in one keeps a file in memory up to `memory_size` bytes and then hands over to a temporary file
 * through CvUploadStore, which a higher floor provides (http does no I/O).
 *
 *     CvMultipart *parser = cv_multipart_create(arena, boundary, &options, &error);
 *     while (more) if (!cv_multipart_feed(parser, bytes, &error)) ...
 *     if (!cv_multipart_finish(parser, &post, &files, &error)) ...
 *
 * cv_request_post() does all of this for a request. */
#ifndef CV_HTTP_MULTIPART_H
#define CV_HTTP_MULTIPART_H

#include "http/querydict.h"

CV_API_BEGIN

typedef struct CvMultipart CvMultipart;

/* A file that came in with a form. A template object too: {{ file.name }}, {{ file.size }}. */
typedef struct CvUploadedFile {
    CvObject object;
    const char *field;          /* the form field */
    const char *name;           /* the file's name: cleaned, never a path */
    const char *content_type;   /* as sent; "" if none */
    const char *charset;        /* parameter of the content type, or NULL */
    CvSlice content_type_extra; /* "name=value" parameters of the content type besides charset, joined by "; " */
    uint64_t size;
    CvSlice content;  /* the bytes, if it was kept in memory */
    const char *path; /* the temporary file, if it was not; removed when the request ends */
    bool keep;        /* set by whoever moved the temporary file away: it is not removed */
    void *stored;     /* of the store or handler that took it */
} CvUploadedFile;

extern const CvType cv_uploaded_file_type;

/* Files by field, in order; several of a field are all there. A template object too: {{ request.FILES.photo.name }},
 * {% for field, file in request.FILES.items %}. */
typedef struct CvFiles {
    CvObject object;
    CvUploadedFile **items;
    size_t count, capacity;
} CvFiles;

extern const CvType cv_files_type;

/* The last file of a field, or NULL. */
CvUploadedFile *cv_files_get(const CvFiles *files, const char *field);
/* The file of a field at an index, or NULL behind the last. */
CvUploadedFile *cv_files_value(const CvFiles *files, const char *field, size_t index);

/* Where files go that are too big for memory: what the storage floor fills in. */
typedef struct CvUploadStore {
    void *self;
    /* Begins a temporary file; its handle, or NULL with an error. *path lives in the arena. */
    void *(*open)(void *self, CvArena *arena, const char *name, const char **path, CvError *error);
    bool (*write)(void *handle, CvSlice bytes, CvError *error);
    /* Ends it, when the arena is reset or the upload fails; `keep` false also removes the file. Called once for each
     * opened one. */
    void (*close)(void *handle, bool keep);
} CvUploadStore;

typedef enum CvUploadAction {
    CV_UPLOAD_GO_ON,     /* ask the next handler too (what it gave, if any, is passed on) */
    CV_UPLOAD_TAKE,      /* this handler takes the file: the next are not asked (Django's StopFutureHandlers) */
    CV_UPLOAD_SKIP_FILE, /* the file is dropped (SkipFile) */
    CV_UPLOAD_STOP,      /* the upload ends here, what came so far is kept (StopUpload) */
    CV_UPLOAD_FAIL,      /* *error is set */
} CvUploadAction;

/* A handler of uploads. Members may be NULL. */
typedef struct CvUploadHandler {
    void *self;
    /* A file begins; *file (name, field and types are set) may be changed. */
    CvUploadAction (*begin)(void *self, CvUploadedFile *file, CvError *error);
    /* Bytes of it. With CV_UPLOAD_GO_ON the next handler sees *bytes, which may be changed or emptied. */
    CvUploadAction (*data)(void *self, CvUploadedFile *file, CvSlice *bytes, uint64_t offset, CvError *error);
    /* It is complete: true, and the file is listed. False: the next handler is asked. */
    bool (*end)(void *self, CvUploadedFile *file, CvError *error);
    /* The whole upload is complete or was broken off. */
    void (*finish)(void *self, bool interrupted);
    struct CvUploadHandler *next;
} CvUploadHandler;

#define CV_MULTIPART_NO_LIMIT UINT64_MAX /* of field_bytes */
#define CV_NO_FILES SIZE_MAX
#define CV_NO_MEMORY UINT64_MAX

/* Zero members mean: no limit (but for field_bytes), no handlers, no store. */
typedef struct CvMultipartOptions {
    const char *charset;        /* of field texts; NULL: utf-8 */
    uint64_t field_bytes;       /* all field names and values together: CV_ERROR_REQUEST_TOO_BIG; 0 is none at all,
                                   CV_MULTIPART_NO_LIMIT no limit */
    size_t field_count;         /* CV_NO_FIELDS: not one. CV_ERROR_TOO_MANY_FIELDS */
    size_t file_count;          /* CV_NO_FILES: not one. CV_ERROR_TOO_MANY_FILES */
    uint64_t memory_size;       /* of a file kept in memory before it goes to the store; CV_NO_MEMORY: not a byte */
    CvUploadHandler *handlers;  /* asked before the built-in one */
    const CvUploadStore *store; /* NULL: files stay in memory, and more than memory_size is CV_ERROR_REQUEST_TOO_BIG */
} CvMultipartOptions;

/* `boundary`: the parameter of the content type. CV_ERROR_MULTIPART if it is not a legal one. */
CvMultipart *cv_multipart_create(CvArena *arena, CvSlice boundary, const CvMultipartOptions *options, CvError *error);
bool cv_multipart_feed(CvMultipart *parser, CvSlice bytes, CvError *error);
/* True once the closing boundary was seen or a handler stopped the upload: what follows need not be fed. */
bool cv_multipart_is_complete(const CvMultipart *parser);
/* The end of the body. Texts live in the arena. */
bool cv_multipart_finish(CvMultipart *parser, CvQueryDict **post, CvFiles **files, CvError *error);
/* Gives up: closes and removes temporary files. Safe after errors and after finish. */
void cv_multipart_abort(CvMultipart *parser);

/* Django's sanitize_file_name: the last path component, HTML entities resolved, cut to 255 characters before its
 * extension; NULL if nothing usable is left. */
const char *cv_upload_name(CvArena *arena, CvSlice name);

CV_API_END

#endif
