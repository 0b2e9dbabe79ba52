/* uploads.c: files on their way in: the chain of handlers, and the built-in one that keeps a file in memory and moves
 * on to a temporary file when it grows. */
#include "http/multipart_private.h"

/* Files that a store has open, closed when the arena ends. */
typedef struct CvOpenFile {
    const CvUploadStore *store;
    void *handle;
    CvUploadedFile *file;
    CvDefer *defer;
} CvOpenFile;

static void close_file(void *argument)
{
    CvOpenFile *open = argument;

    if (open->handle)
        open->store->close(open->handle, open->file->keep);
    open->handle = NULL;
}

/* Moves the file that is in memory to the store. */
static bool open_file(CvUpload *upload, CvError *error)
{
    const CvUploadStore *store = upload->options->store;
    CvOpenFile *open = cv_arena_new(upload->arena, CvOpenFile);

    if (!store)
        return cv_fail(upload->arena, error, CV_ERROR_REQUEST_TOO_BIG, "The file is too large to be kept in memory.");
    open->store = store;
    open->file = upload->file;
    open->defer = cv_arena_defer(upload->arena, close_file, open);
    open->handle = store->open(store->self, upload->arena, upload->file->name, &upload->file->path, error);
    if (!open->handle)
        return false;
    upload->open = open;
    upload->file->stored = open->handle;
    return upload->memory.length == 0 || store->write(open->handle, cv_buffer_slice(&upload->memory), error);
}

static CvUploadAction built_in_begin(void *self, CvUploadedFile *file, CvError *error)
{
    CvUpload *upload = self;

    (void)file;
    (void)error;
    upload->memory = cv_buffer(upload->arena);
    upload->open = NULL;
    return CV_UPLOAD_GO_ON;
}

static CvUploadAction built_in_data(void *self, CvUploadedFile *file, CvSlice *bytes, uint64_t offset, CvError *error)
{
    CvUpload *upload = self;
    uint64_t set = upload->options->memory_size, most = set == CV_NO_MEMORY ? 0 : set;

    (void)file;
    (void)offset;
    if (!upload->open && (set == 0 || upload->memory.length + bytes->length <= most)) {
        cv_buffer_append_slice(&upload->memory, *bytes);
        return CV_UPLOAD_TAKE;
    }
    if (!upload->open && !open_file(upload, error))
        return CV_UPLOAD_FAIL;
    return upload->open->store->write(upload->open->handle, *bytes, error) ? CV_UPLOAD_TAKE : CV_UPLOAD_FAIL;
}

static bool built_in_end(void *self, CvUploadedFile *file, CvError *error)
{
    CvUpload *upload = self;

    (void)error;
    if (!upload->open) {
        cv_buffer_string(&upload->memory);
        file->content = cv_buffer_slice(&upload->memory);
    }
    return true;
}

void cv_upload_init(CvUpload *upload, CvArena *arena, const CvMultipartOptions *options)
{
    CvUploadHandler **end = &upload->first;

    *upload = (CvUpload){.arena = arena, .options = options};
    upload->files = cv_arena_new(arena, CvFiles);
    upload->files->object.type = &cv_files_type;
    upload->built_in =
        (CvUploadHandler){.self = upload, .begin = built_in_begin, .data = built_in_data, .end = built_in_end};
    for (CvUploadHandler *handler = options->handlers; handler; handler = handler->next) {
        *end = cv_arena_memdup(arena, handler, sizeof *handler);
        end = &(*end)->next;
    }
    *end = &upload->built_in;
}

/* "name=value; name=value" of what the content type has besides. */
static CvSlice extra_params(CvArena *arena, const CvMediaParams *type)
{
    CvBuffer out = cv_buffer(arena);

    for (size_t i = 0; i < type->list.count; i++) {
        if (out.length)
            cv_buffer_append_string(&out, "; ");
        cv_buffer_append_slice(&out, type->list.items[i].name);
        cv_buffer_append_byte(&out, '=');
        cv_buffer_append_slice(&out, type->list.items[i].value);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvUploadAction cv_upload_begin(CvUpload *upload, const CvPart *part, CvSlice field, const char *name, CvError *error)
{
    CvUploadedFile *file = cv_arena_new(upload->arena, CvUploadedFile);

    file->object.type = &cv_uploaded_file_type;
    file->field = cv_slice_string(upload->arena, field);
    file->name = name;
    file->content_type = cv_slice_string(upload->arena, cv_slice_trim(part->type.value));
    file->charset = cv_media_param(&part->type, "charset").data;
    file->content_type_extra = extra_params(upload->arena, &part->type);
    file->content = CV_SLICE("");
    upload->file = file;
    for (upload->last = upload->first;; upload->last = upload->last->next) {
        CvUploadAction action =
            upload->last->begin ? upload->last->begin(upload->last->self, file, error) : CV_UPLOAD_GO_ON;
        if (action == CV_UPLOAD_TAKE || (action == CV_UPLOAD_GO_ON && !upload->last->next))
            return CV_UPLOAD_GO_ON;
        if (action != CV_UPLOAD_GO_ON)
            return action;
    }
}

CvUploadAction cv_upload_data(CvUpload *upload, CvSlice bytes, CvError *error)
{
    uint64_t offset = upload->file->size;

    upload->file->size += bytes.length;
    for (CvUploadHandler *handler = upload->first;; handler = handler->next) {
        CvUploadAction action =
            handler->data ? handler->data(handler->self, upload->file, &bytes, offset, error) : CV_UPLOAD_GO_ON;
        if (action == CV_UPLOAD_TAKE || (action == CV_UPLOAD_GO_ON && handler == upload->last))
            return CV_UPLOAD_GO_ON;
        if (action != CV_UPLOAD_GO_ON)
            return action;
    }
}

bool cv_upload_end(CvUpload *upload, CvError *error)
{
    CvUploadedFile *file = upload->file;
    bool listed = false;

    *error = (CvError){0};
    for (CvUploadHandler *handler = upload->first; !listed; handler = handler->next) {
        listed = handler->end && handler->end(handler->self, file, error);
        if (error->kind != CV_ERROR_NONE)
            return false;
        if (handler == upload->last)
            break;
    }
    if (listed)
        cv_vector_push(upload->arena, upload->files, file);
    upload->file = NULL;
    upload->open = NULL;
    return true;
}

void cv_upload_drop(CvUpload *upload)
{
    if (upload->open) {
        cv_arena_undefer(upload->arena, upload->open->defer);
        close_file(upload->open);
    }
    upload->open = NULL;
    upload->file = NULL;
}

void cv_upload_finish(CvUpload *upload, bool interrupted)
{
    for (CvUploadHandler *handler = upload->first; handler; handler = handler->next)
        if (handler->finish)
            handler->finish(handler->self, interrupted);
}
