/* buffer.h: bytes that grow at the end.
 *
 *     CvBuffer out = cv_buffer(arena);
 *     cv_buffer_append_string(&out, "<b>");
 *     cv_buffer_append_int(&out, 42);
 *     return cv_buffer_string(&out);               // NUL-terminated, lives in the arena
 *
 * With arena NULL the bytes come from cv_malloc and cv_buffer_free() gives them back. */
#ifndef CV_BASE_BUFFER_H
#define CV_BASE_BUFFER_H

#include "base/slice.h"

CV_API_BEGIN

typedef struct CvBuffer {
    char *data;
    size_t length, capacity;
    CvArena *arena;
} CvBuffer;

static inline CvBuffer cv_buffer(CvArena *arena)
{
    return (CvBuffer){.arena = arena};
}
/* Gives malloc'd bytes back and empties the buffer; nothing to do for an arena's. */
void cv_buffer_free(CvBuffer *buffer);

/* Room for `more` bytes behind `length`; returns where they go. Then `buffer->length += written`. */
char *cv_buffer_grow(CvBuffer *buffer, size_t more);
static inline char *cv_buffer_reserve(CvBuffer *buffer, size_t more)
{
    return CV_LIKELY(buffer->capacity - buffer->length >= more) && buffer->data ? buffer->data + buffer->length
                                                                                : cv_buffer_grow(buffer, more);
}

static inline void cv_buffer_append(CvBuffer *buffer, const char *data, size_t length)
{
    if (length) {
        memcpy(cv_buffer_reserve(buffer, length), data, length);
        buffer->length += length;
    }
}
static inline void cv_buffer_append_slice(CvBuffer *buffer, CvSlice slice)
{
    cv_buffer_append(buffer, slice.data, slice.length);
}
static inline void cv_buffer_append_string(CvBuffer *buffer, const char *string)
{
    cv_buffer_append(buffer, string, strlen(string));
}
static inline void cv_buffer_append_byte(CvBuffer *buffer, char byte)
{
    *cv_buffer_reserve(buffer, 1) = byte;
    buffer->length++;
}
void cv_buffer_append_int(CvBuffer *buffer, int64_t number);
void cv_buffer_append_uint(CvBuffer *buffer, uint64_t number);
/* With zeroes in front up to `width` digits. */
void cv_buffer_append_padded(CvBuffer *buffer, uint64_t number, size_t width);
/* The shortest text that reads back as the same double, as Python's repr writes it ("1.0", "1e+16", "nan", "inf"). */
void cv_buffer_append_double(CvBuffer *buffer, double number);
void cv_buffer_append_repeated(CvBuffer *buffer, char byte, size_t count);
void cv_buffer_printf(CvBuffer *buffer, const char *format, ...) CV_PRINTF(2, 3);
void cv_buffer_vprintf(CvBuffer *buffer, const char *format, va_list arguments) CV_PRINTF(2, 0);

static inline CvSlice cv_buffer_slice(const CvBuffer *buffer)
{
    return (CvSlice){buffer->data, buffer->length};
}
/* The bytes as a NUL-terminated string; the NUL is not counted and the next append overwrites it. */
char *cv_buffer_string(CvBuffer *buffer);

CV_API_END

#endif
