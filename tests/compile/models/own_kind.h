/* own_kind.h: an own kind of field for the lists of this folder. */
#include "orm/orm.h"

static bool convert_code(const CvField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalid *why)
{
    if (field->max_length < 8)
        return cv_invalid(arena, why, "short", "too short");
    *out = in;
    return true;
}

static const CvOwnField code_field __attribute__((unused)) = {.name = "CodeField", .convert = convert_code};
#define CodeField(name, ...) CharField(name, .max_length = 8, .own = &code_field, __VA_ARGS__)
