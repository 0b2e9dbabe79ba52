/* message.c: errors that a site writes as sentences or as printf's formats, in the visitor's language. */
#include "forms/form_private.h"
#include "text/i18n.h"

/* The next mark of a format that takes a value, NULL for none. */
static const char *next_mark(const char *format, size_t *length)
{
    for (; (format = strchr(format, '%')) != NULL; format += 2) {
        *length = 1 + strcspn(format + 1, "diouxXeEfFgGaAcspn%") + 1;
        if (format[1] != '%')
            return format;
    }
    return NULL;
}

/* Whether two formats take the same values in the same way and order. */
static bool same_marks(const char *a, const char *b)
{
    size_t length, other;
    for (;;) {
        a = next_mark(a, &length);
        b = next_mark(b, &other);
        if (!a || !b)
            return a == b;
        if (length != other || memcmp(a, b, length) != 0 || memchr(a, '\0', length))
            return false;
        a += length;
        b += length;
    }
}

/* A catalog is data: a translation that would read other arguments is not used. */
static const char *translated_format(CvArena *arena, const char *format) __attribute__((format_arg(2)));
static const char *translated_format(CvArena *arena, const char *format)
{
    const char *translation = cv_translated(arena, format);
    return same_marks(format, translation) ? translation : format;
}

CvInvalid cv_invalid_of_format(CvArena *arena, const char *format, va_list arguments)
{
    if (!strchr(format, '%'))
        return (CvInvalid){.message = format};
    return (CvInvalid){.message = cv_arena_vprintf(arena, translated_format(arena, format), arguments), .fixed = true};
}
