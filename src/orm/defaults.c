/* defaults.c: ready-made functions for .default_call. */
#include "crypto/random.h"
#include "orm/orm.h"

CvValue cv_uuid_random(CvArena *arena)
{
    CvUuid uuid = {.set = true};
    (void)arena;
    cv_random_bytes(uuid.bytes, sizeof uuid.bytes);
    uuid.bytes[6] = (uint8_t)((uuid.bytes[6] & 0x0f) | 0x40);
    uuid.bytes[8] = (uint8_t)((uuid.bytes[8] & 0x3f) | 0x80);
    return cv_value_uuid(uuid);
}

CvValue cv_now_default(CvArena *arena)
{
    (void)arena;
    return cv_value_datetime(cv_now());
}
