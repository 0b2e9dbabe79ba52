/* fuzz_json.c: any bytes as JSON; what is read must survive being written and read again. */
#include "base/base.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvValue value, again;
    CvError error;
    CvBuffer first = cv_buffer(arena), second = cv_buffer(arena);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvJsonReadOptions options = {.nan = size % 2 != 0, .decimals = size % 3 == 0};
    CvJsonWriteOptions writing = {.nan = true, .unicode = size % 5 == 0, .indent = size % 7 == 0 ? 2 : 0};

    if (cv_json_parse(arena, text, &options, &value, &error)) {
        options.nan = true;
        if (!cv_json_write(arena, &first, value, &writing, &error) ||
            !cv_json_parse(arena, cv_buffer_slice(&first), &options, &again, &error) ||
            !cv_json_write(arena, &second, again, &writing, &error) ||
            !cv_slice_equal(cv_buffer_slice(&first), cv_buffer_slice(&second)))
            abort();
    } else if (error.line < 1 || error.column < 1 || !error.message) {
        abort();
    }
    cv_arena_destroy(arena);
    return 0;
}
