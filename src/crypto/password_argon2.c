/* password_argon2.c: "argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash": Argon2 (RFC 9106) in Django's notation. */
#include <argon2.h>

#include "base/buffer.h"
#include "crypto/base64.h"
#include "crypto/digest.h"
#include "crypto/password_private.h"
#include "crypto/random.h"

/* What a new hash takes, and what a stored one may ask for at most: a gibibyte, a few seconds. */
enum { SHOWN = 6 }; /* letters of salt and hash in a summary */
enum { TIME = 2, MEMORY = 102400, LANES = 8, HASH_SIZE = 32 };
enum { TIME_MAX = 100, MEMORY_MAX = 1 << 20, LANES_MAX = 64, HASH_SIZE_MAX = 64 };

/* A hash taken apart. */
typedef struct Parts {
    argon2_type type;
    uint32_t version, time, memory, lanes;
    CvSlice salt, hash; /* as bytes */
} Parts;

static const struct {
    const char *name;
    argon2_type type;
} types[] = {{"argon2id", Argon2_id}, {"argon2i", Argon2_i}, {"argon2d", Argon2_d}};

/* "m=64,t=1,p=1" */
static bool read_costs(CvSlice text, Parts *out)
{
    CvSlice part;
    while (cv_slice_split(&text, ',', &part)) {
        uint64_t number;
        if (part.length < 3 || part.data[1] != '=' || !cv_slice_to_uint64(cv_slice_skip(part, 2), &number) ||
            number > UINT32_MAX)
            return false;
        uint32_t *place = part.data[0] == 'm'   ? &out->memory
                          : part.data[0] == 't' ? &out->time
                          : part.data[0] == 'p' ? &out->lanes
                                                : NULL;
        if (!place)
            return false;
        *place = (uint32_t)number;
    }
    return out->time && out->time <= TIME_MAX && out->memory && out->memory <= MEMORY_MAX && out->lanes &&
           out->lanes <= LANES_MAX;
}

static bool take_apart(CvArena *arena, CvSlice encoded, Parts *out)
{
    CvSlice parts[7], rest = encoded;
    size_t count = 0, at = 2;
    uint64_t version = ARGON2_VERSION_10; /* where it is not written */
    while (count < CV_COUNT_OF(parts) && cv_slice_split(&rest, '$', &parts[count]))
        count++;
    if (count < 5 || count > 6)
        return false;
    *out = (Parts){.type = (argon2_type)CV_COUNT_OF(types)};
    for (size_t i = 0; i < CV_COUNT_OF(types); i++)
        if (cv_slice_is(parts[1], types[i].name))
            out->type = types[i].type;
    if (out->type == (argon2_type)CV_COUNT_OF(types))
        return false;
    if (count == 6 && (!cv_slice_starts_with(parts[at], CV_SLICE("v=")) ||
                       !cv_slice_to_uint64(cv_slice_skip(parts[at++], 2), &version)))
        return false;
    out->version = (uint32_t)version;
    return (version == ARGON2_VERSION_10 || version == ARGON2_VERSION_13) && read_costs(parts[at], out) &&
           cv_base64_decode(arena, parts[at + 1], CV_BASE64_PLAIN_UNPADDED, &out->salt) &&
           cv_base64_decode(arena, parts[at + 2], CV_BASE64_PLAIN_UNPADDED, &out->hash) && out->hash.length >= 4 &&
           out->hash.length <= HASH_SIZE_MAX;
}

/* One thread, whatever the number of lanes: the caller is a thread of a bounded pool. */
static int compute(const Parts *parts, CvSlice password, uint8_t *out, size_t size)
{
    argon2_context context = {.out = out,
                              .outlen = (uint32_t)size,
                              .pwd = (uint8_t *)(uintptr_t)password.data,
                              .pwdlen = (uint32_t)password.length,
                              .salt = (uint8_t *)(uintptr_t)parts->salt.data,
                              .saltlen = (uint32_t)parts->salt.length,
                              .t_cost = parts->time,
                              .m_cost = parts->memory,
                              .lanes = parts->lanes,
                              .threads = 1,
                              .version = parts->version,
                              .flags = ARGON2_DEFAULT_FLAGS};
    if (password.length > UINT32_MAX || parts->salt.length > UINT32_MAX)
        return ARGON2_PWD_TOO_LONG;
    return argon2_ctx(&context, parts->type);
}

static Parts wanted_of(const CvPasswordWork *work)
{
    return (Parts){.type = Argon2_id,
                   .version = ARGON2_VERSION_13,
                   .time = work->time_cost ? work->time_cost : TIME,
                   .memory = work->memory_cost ? work->memory_cost : MEMORY,
                   .lanes = work->parallelism ? work->parallelism : LANES};
}

bool cv_argon2_hash(CvArena *arena, const CvPasswordWork *work, CvSlice password, CvSlice salt, CvSlice *encoded,
                    CvError *error)
{
    Parts parts = wanted_of(work);
    uint8_t hash[HASH_SIZE];
    parts.salt = salt.length ? salt : cv_slice(cv_random_string(arena, CV_PASSWORD_SALT_LENGTH, NULL));
    int code = parts.time > TIME_MAX || parts.memory > MEMORY_MAX || parts.lanes > LANES_MAX
                   ? ARGON2_MEMORY_TOO_MUCH
                   : compute(&parts, password, hash, sizeof hash);
    if (code != ARGON2_OK)
        return cv_fail(arena, error, CV_ERROR_VALUE, "%s", argon2_error_message(code));
    CvBuffer out = cv_buffer(arena);
    cv_buffer_printf(&out, "argon2$argon2id$v=%u$m=%u,t=%u,p=%u$", parts.version, parts.memory, parts.time,
                     parts.lanes);
    cv_buffer_append_slice(&out, cv_base64_encode(arena, parts.salt, CV_BASE64_PLAIN_UNPADDED));
    cv_buffer_append_byte(&out, '$');
    cv_buffer_append_slice(
        &out, cv_base64_encode(arena, cv_slice_of((const char *)hash, sizeof hash), CV_BASE64_PLAIN_UNPADDED));
    (void)cv_buffer_string(&out);
    *encoded = cv_buffer_slice(&out);
    return true;
}

bool cv_argon2_verify(CvArena *arena, CvSlice password, CvSlice encoded)
{
    Parts parts;
    uint8_t hash[HASH_SIZE_MAX];
    return take_apart(arena, encoded, &parts) && compute(&parts, password, hash, parts.hash.length) == ARGON2_OK &&
           cv_constant_time_equal(cv_slice_of((const char *)hash, parts.hash.length), parts.hash);
}

void cv_argon2_defaults(CvPasswordWork *work)
{
    work->time_cost = TIME;
    work->memory_cost = MEMORY;
    work->parallelism = LANES;
}

static const char *type_name(argon2_type type)
{
    for (size_t i = 0; i < CV_COUNT_OF(types); i++)
        if (types[i].type == type)
            return types[i].name;
    return "";
}

bool cv_argon2_summary(CvArena *arena, CvSlice encoded, CvDict *summary)
{
    enum { UNWRITTEN = 18 }; /* what Django tells of a hash without a version, which is computed as 16 */
    Parts parts;
    if (!take_apart(arena, encoded, &parts))
        return false;
    bool written = cv_slice_find(encoded, CV_SLICE("$v=")) >= 0;
    CvSlice hash = cv_slice_skip(encoded, (size_t)cv_slice_find_last(encoded, CV_SLICE("$")) + 1);
    cv_dict_set_name(summary, "variety", cv_value_string(type_name(parts.type)));
    cv_dict_set_name(summary, "version", cv_value_int(written ? (int64_t)parts.version : UNWRITTEN));
    cv_dict_set_name(summary, "memory cost", cv_value_int(parts.memory));
    cv_dict_set_name(summary, "time cost", cv_value_int(parts.time));
    cv_dict_set_name(summary, "parallelism", cv_value_int(parts.lanes));
    cv_dict_set_name(summary, "salt", cv_password_mask(arena, parts.salt, SHOWN));
    cv_dict_set_name(summary, "hash", cv_password_mask(arena, hash, SHOWN));
    return true;
}

bool cv_argon2_must_update(CvArena *arena, const CvPasswordWork *work, CvSlice encoded)
{
    Parts parts, wanted = wanted_of(work);
    return !take_apart(arena, encoded, &parts) || parts.type != wanted.type || parts.version != wanted.version ||
           parts.time != wanted.time || parts.memory != wanted.memory || parts.lanes != wanted.lanes ||
           parts.hash.length != HASH_SIZE || parts.salt.length < CV_PASSWORD_SALT_LENGTH;
}
