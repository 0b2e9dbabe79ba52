/* converter.c: the converters that routes may name. */
#include "urls/converter.h"

#include "base/buffer.h"

enum { MOST_CONVERTERS = 64 };

static bool int_value(CvArena *arena, CvSlice text, CvValue *out)
{
    int64_t number;
    if (text.length > 4300) /* Python's bound on the digits of an integer */
        return false;
    *out = cv_slice_to_int64(text, &number) ? cv_value_int(number) : cv_value_integer_text(arena, text);
    return true;
}

static bool uuid_value(CvArena *arena, CvSlice text, CvValue *out)
{
    (void)arena;
    CvUuid uuid = {.set = true};
    size_t nibbles = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        int nibble = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (nibble < 0 || nibbles == 32)
            continue;
        uuid.bytes[nibbles / 2] = (uint8_t)(uuid.bytes[nibbles / 2] << 4 | nibble);
        nibbles++;
    }
    *out = cv_value_uuid(uuid);
    return nibbles == 32;
}

static CvConverter converters[MOST_CONVERTERS] = {
    {.name = "int", .regex = "[0-9]+", .letter = 'i', .value = int_value},
    {.name = "path", .regex = ".+", .letter = 's'},
    {.name = "slug", .regex = "[-a-zA-Z0-9_]+", .letter = 's'},
    {.name = "str", .regex = "[^/]+", .letter = 's'},
    {.name = "uuid",
     .regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
     .letter = 'u',
     .value = uuid_value},
};
static size_t converter_count = 5;
static const char *names[MOST_CONVERTERS + 1];

bool cv_converter_register(const CvConverter *converter)
{
    CvConverter *place = (CvConverter *)cv_converter_find(cv_slice(converter->name));
    if (!place) {
        if (converter_count == MOST_CONVERTERS)
            return false;
        place = &converters[converter_count++];
    }
    *place = *converter;
    return true;
}

const CvConverter *cv_converter_find(CvSlice name)
{
    for (size_t i = 0; i < converter_count; i++)
        if (cv_slice_is(name, converters[i].name))
            return &converters[i];
    return NULL;
}

const char *const *cv_converter_names(void)
{
    for (size_t i = 0; i < converter_count; i++)
        names[i] = converters[i].name;
    names[converter_count] = NULL;
    return names;
}
