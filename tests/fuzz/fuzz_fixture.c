/* fuzz_fixture.c: cutting fixtures into objects: objects lie inside the text, in order, and the walk ends. */
#include "management/fixture_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvFixture fixture = {.text = cv_slice_of((const char *)data, size)};
    CvFixtureObject object;
    const char *at = fixture.text.data, *end = at + size;
    int line = 1;
    while (cv_fixture_next(&fixture, &object)) {
        if (object.text.data < at || object.text.length < 2 || object.text.data + object.text.length > end ||
            object.text.data[0] != '{' || object.line < line)
            __builtin_trap();
        at = object.text.data + object.text.length;
        line = object.line;
    }
    if (cv_fixture_next(&fixture, &object))
        __builtin_trap();
    return 0;
}
