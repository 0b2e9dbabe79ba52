/* error.c: what kinds of error there are, filling one in, collecting several, telling people. */
#include "base/error.h"

#include "base/buffer.h"

static const struct {
    const char *class_name;
    int status;
} kinds[] = {
#define X(name, class_name, status) {class_name, status},
    CV_ERROR_KINDS(X)
#undef X
};

const char *cv_error_class(CvErrorKind kind)
{
    return (unsigned)kind < CV_ERROR_KIND_COUNT ? kinds[kind].class_name : "Exception";
}

int cv_error_status(const CvError *error)
{
    if (error->status)
        return error->status;
    return (unsigned)error->kind < CV_ERROR_KIND_COUNT ? kinds[error->kind].status : 500;
}

bool cv_fail_at(CvArena *arena, CvError *error, CvErrorKind kind, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = cv_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    *error = (CvError){.kind = kind, .message = message, .file = file, .line = line};
    return false;
}

CvError *cv_errors_add_at(CvErrors *errors, CvErrorKind kind, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = cv_arena_vprintf(errors->arena, format, arguments);
    va_end(arguments);
    CvError *error = cv_arena_new(errors->arena, CvError);
    *error = (CvError){.kind = kind, .message = message, .file = file, .line = line};
    if (errors->count == errors->capacity) {
        size_t capacity = errors->capacity ? cv_size_multiply(errors->capacity, 2) : 8;
        CvError **items = cv_arena_new_array(errors->arena, CvError *, capacity);
        if (errors->count)
            memcpy(items, errors->items, errors->count * sizeof *items);
        errors->items = items;
        errors->capacity = capacity;
    }
    errors->items[errors->count++] = error;
    return error;
}

/* Further lines of a text are indented, so that no text can look like the start of another record. */
static void append_indented(CvBuffer *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        cv_buffer_append(out, text, (size_t)(end - text));
        cv_buffer_append_string(out, "\n    ");
    }
    cv_buffer_append_string(out, text);
}

static void append_part(CvBuffer *out, const char *label, const char *text)
{
    if (!text)
        return;
    cv_buffer_append_string(out, "\n  ");
    cv_buffer_append_string(out, label);
    append_indented(out, text);
}

void cv_error_describe(CvBuffer *out, const CvError *error)
{
    for (int depth = 0; error && depth < 16; error = error->cause, depth++) {
        if (depth)
            cv_buffer_append_string(out, "\n  caused by ");
        if (error->file) {
            cv_buffer_append_string(out, error->file);
            if (error->line)
                cv_buffer_printf(out, ":%d", error->line);
            if (error->column)
                cv_buffer_printf(out, ":%d", error->column);
            cv_buffer_append_string(out, ": ");
        }
        cv_buffer_append_string(out, cv_error_class(error->kind));
        if (error->message) {
            cv_buffer_append_string(out, ": ");
            append_indented(out, error->message);
        }
        append_part(out, "  ", error->detail);
        append_part(out, "hint: ", error->hint);
    }
}
