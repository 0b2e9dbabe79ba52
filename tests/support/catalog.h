/* catalog.h: compiled gettext catalogs that a test makes by itself. */
#ifndef CV_TESTS_CATALOG_H
#define CV_TESTS_CATALOG_H

#include "base/buffer.h"

static inline void cv_test_put_number(CvBuffer *out, size_t number)
{
    uint32_t four = (uint32_t)number;
    cv_buffer_append(out, (const char *)&four, 4);
}

/* "message", "translation", ..., NULL, the header ("", "Plural-Forms: ...") among them. '|' stands for the zero byte
 * between the plural forms and between singular and plural, '^' for the one behind a context. */
static inline CvSlice cv_test_catalog(CvArena *arena, const char *const *pairs)
{
    CvBuffer out = cv_buffer(arena), texts = cv_buffer(arena);
    size_t count = 0;
    while (pairs[2 * count])
        count++;
    const size_t numbers[] = {0x950412de, 0, count, 28, 28 + count * 8, 0, 28 + count * 16};
    for (size_t i = 0; i < 7; i++)
        cv_test_put_number(&out, numbers[i]);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < count; i++) {
            const char *text = pairs[i * 2 + side];
            cv_test_put_number(&out, strlen(text));
            cv_test_put_number(&out, 28 + count * 16 + texts.length);
            for (; *text; text++)
                cv_buffer_append_byte(&texts, *text == '|' ? '\0' : *text == '^' ? '\4' : *text);
            cv_buffer_append_byte(&texts, '\0');
        }
    cv_buffer_append_slice(&out, cv_buffer_slice(&texts));
    return cv_buffer_slice(&out);
}

#endif
