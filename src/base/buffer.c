/* buffer.c: bytes that grow at the end. */
#include "base/buffer.h"

void cv_buffer_free(CvBuffer *buffer)
{
    if (!buffer->arena)
        cv_free(buffer->data);
    *buffer = cv_buffer(buffer->arena);
}

char *cv_buffer_grow(CvBuffer *buffer, size_t more)
{
    size_t need = cv_size_add(buffer->length, more);
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
    while (capacity < need)
        capacity = capacity > SIZE_MAX / 2 ? need : capacity * 2;
    if (buffer->arena) {
        CvArena *arena = buffer->arena;
        /* The newest piece of the arena grows where it is. */
        if (!CV_ASAN && buffer->data && buffer->data + buffer->capacity == arena->next &&
            (size_t)(arena->end - buffer->data) >= capacity) {
            arena->next = buffer->data + capacity;
        } else {
            char *moved = cv_arena_alloc_raw(arena, capacity, 1);
            if (buffer->data)
                memcpy(moved, buffer->data, buffer->length);
            buffer->data = moved;
        }
    } else {
        buffer->data = cv_realloc(buffer->data, capacity);
    }
    buffer->capacity = capacity;
    return buffer->data + buffer->length;
}

void cv_buffer_append_uint(CvBuffer *buffer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    cv_buffer_append(buffer, digits + at, sizeof digits - at);
}

void cv_buffer_append_padded(CvBuffer *buffer, uint64_t number, size_t width)
{
    uint64_t limit = 10;
    for (size_t digits = 1; digits < width; digits++) {
        if (number < limit || digits >= 20) /* 64 bits have 20 digits at most */
            cv_buffer_append_byte(buffer, '0');
        limit = digits < 19 ? limit * 10 : UINT64_MAX;
    }
    cv_buffer_append_uint(buffer, number);
}

void cv_buffer_append_int(CvBuffer *buffer, int64_t number)
{
    if (number < 0) {
        cv_buffer_append_byte(buffer, '-');
        cv_buffer_append_uint(buffer, (uint64_t)(-(number + 1)) + 1);
    } else {
        cv_buffer_append_uint(buffer, (uint64_t)number);
    }
}

void cv_buffer_append_repeated(CvBuffer *buffer, char byte, size_t count)
{
    if (count) {
        memset(cv_buffer_reserve(buffer, count), byte, count);
        buffer->length += count;
    }
}

void cv_buffer_vprintf(CvBuffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    char *start = cv_buffer_reserve(buffer, 128);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(start, room, format, again);
    va_end(again);
    if (length < 0)
        return;
    if ((size_t)length >= room) {
        start = cv_buffer_reserve(buffer, (size_t)length + 1);
        vsnprintf(start, (size_t)length + 1, format, arguments);
    }
    buffer->length += (size_t)length;
}

void cv_buffer_printf(CvBuffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cv_buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

char *cv_buffer_string(CvBuffer *buffer)
{
    *cv_buffer_reserve(buffer, 1) = '\0';
    return buffer->data;
}
