/* signing.c: signed text and bytes, with and without a time. */
#include "crypto/signing.h"

#include <math.h>
#include <zlib.h>

#include "base/self.h"
#include "crypto/base62.h"
#include "crypto/base64.h"

#define SALT_SIGNER "django.core.signing.Signer"
#define SALT_TIMESTAMP "django.core.signing.TimestampSigner"

enum { MOST_INFLATED = 16 << 20 };

static CvSlice separator_of(const CvSigner *signer)
{
    return signer->separator ? cv_slice(signer->separator) : CV_SLICE(":");
}

bool cv_signer_check(const CvSigner *signer, CvArena *arena, CvError *error)
{
    CvSlice separator = separator_of(signer);
    for (size_t i = 0; i < separator.length; i++) {
        char c = separator.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'z') || c == '-' || c == '='))
            return true;
    }
    return cv_fail(arena, error, CV_ERROR_VALUE,
                   "Unsafe Signer separator: '%.*s' (cannot be empty or consist of only A-z0-9-_=)",
                   CV_SLICE_ARG(separator));
}

static CvSlice signature_with(const CvSigner *signer, CvArena *arena, const char *key, const char *default_salt,
                              CvSlice value)
{
    CvDigest digest = signer->digest;
    CvSlice salt = cv_slice(signer->salt && *signer->salt ? signer->salt : default_salt);
    uint8_t derived[CV_DIGEST_MAX], sum[CV_DIGEST_MAX];
    const size_t size = cv_digest_size(digest);

    cv_digest_pieces(digest, (const CvSlice[]){salt, CV_SLICE("signer"), cv_slice(key)}, 3, derived);
    cv_hmac(digest, cv_slice_of((const char *)derived, size), value, sum);
    return cv_base64_encode(arena, cv_slice_of((const char *)sum, size), CV_BASE64_URL);
}

CvSlice cv_signature(const CvSigner *signer, CvArena *arena, CvSlice value)
{
    return signature_with(signer, arena, signer->key, SALT_SIGNER, value);
}

static CvSlice join(CvArena *arena, CvSlice a, CvSlice separator, CvSlice b)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_reserve(&out, cv_size_add(cv_size_add(a.length, b.length), cv_size_add(separator.length, 1)));
    cv_buffer_append_slice(&out, a);
    cv_buffer_append_slice(&out, separator);
    cv_buffer_append_slice(&out, b);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

/* a + separator + b, cut at the last separator; false if there is none. */
static bool cut(CvSlice text, CvSlice separator, CvSlice *a, CvSlice *b)
{
    ptrdiff_t at = cv_slice_find_last(text, separator);
    if (at < 0)
        return false;
    *a = cv_slice_range(text, 0, (size_t)at);
    *b = cv_slice_skip(text, (size_t)at + separator.length);
    return true;
}

static CvSlice sign(const CvSigner *signer, CvArena *arena, const char *salt, CvSlice value)
{
    return join(arena, value, separator_of(signer), signature_with(signer, arena, signer->key, salt, value));
}

static bool unsign(const CvSigner *signer, CvArena *arena, const char *salt, CvSlice text, CvSlice *value,
                   CvError *error)
{
    CvSlice signed_value, signature;
    if (!cut(text, separator_of(signer), &signed_value, &signature))
        return cv_fail(arena, error, CV_ERROR_BAD_SIGNATURE, "No \"%.*s\" found in value",
                       CV_SLICE_ARG(separator_of(signer)));

    const char *const none[] = {NULL}, *const *fallback = signer->fallback_keys ? signer->fallback_keys : none;
    CvScratch scratch = cv_scratch_begin(arena);
    bool good =
        cv_constant_time_equal(signature, signature_with(signer, scratch.arena, signer->key, salt, signed_value));
    for (; !good && *fallback; fallback++)
        good = cv_constant_time_equal(signature, signature_with(signer, scratch.arena, *fallback, salt, signed_value));
    cv_scratch_end(scratch);
    if (!good)
        return cv_fail(arena, error, CV_ERROR_BAD_SIGNATURE, "Signature \"%.*s\" does not match",
                       CV_SLICE_ARG(signature));
    *value = signed_value;
    return true;
}

CvSlice cv_sign(const CvSigner *signer, CvArena *arena, CvSlice value)
{
    return sign(signer, arena, SALT_SIGNER, value);
}

bool cv_unsign(const CvSigner *signer, CvArena *arena, CvSlice text, CvSlice *value, CvError *error)
{
    return unsign(signer, arena, SALT_SIGNER, text, value, error);
}

CvSlice cv_sign_timestamp(const CvSigner *signer, CvArena *arena, CvSlice value)
{
    CvSlice stamped = join(arena, value, separator_of(signer), cv_base62_encode(arena, cv_now_seconds()));
    return sign(signer, arena, SALT_TIMESTAMP, stamped);
}

/* Whole ages and limits print as Python's time.time() differences do ("10.75", "5"). */
static bool fail_expired(CvArena *arena, CvError *error, double age, double max_age)
{
    CvBuffer text = cv_buffer(arena);
    cv_buffer_append_string(&text, "Signature age ");
    cv_buffer_append_double(&text, age);
    cv_buffer_append_string(&text, " > ");
    if (fabs(max_age) < 1e15 && max_age == (double)(int64_t)max_age)
        cv_buffer_append_int(&text, (int64_t)max_age);
    else
        cv_buffer_append_double(&text, max_age);
    return cv_fail(arena, error, CV_ERROR_SIGNATURE_EXPIRED, "%s seconds", cv_buffer_string(&text));
}

bool cv_unsign_timestamp(const CvSigner *signer, CvArena *arena, CvSlice text, double max_age, CvSlice *value,
                         int64_t *stamp, CvError *error)
{
    CvSlice stamped, plain, written;
    int64_t seconds;
    if (!unsign(signer, arena, SALT_TIMESTAMP, text, &stamped, error))
        return false;
    if (!cut(stamped, separator_of(signer), &plain, &written) || !cv_base62_decode(written, &seconds))
        return cv_fail(arena, error, CV_ERROR_BAD_SIGNATURE, "No time found in value");
    double age = (double)cv_now_utc().microseconds / 1e6 - (double)seconds;
    if (!(age <= max_age))
        return fail_expired(arena, error, age, max_age);
    *value = plain;
    if (stamp)
        *stamp = seconds;
    return true;
}

typedef struct ZlibPiece {
    CvArena *arena;
    size_t items, size;
    void *memory;
} ZlibPiece;

static void take_piece(void *argument)
{
    ZlibPiece *piece = argument;
    piece->memory = cv_arena_alloc_raw(piece->arena, cv_size_multiply(piece->items, piece->size), 16);
}

/* zlib's memory comes from a scratch arena. A raise must not cross zlib's frames. */
static void *zlib_alloc(void *arena, unsigned items, unsigned size)
{
    ZlibPiece piece = {.arena = arena, .items = items, .size = size};
    return cv_try(take_piece, &piece, NULL) ? piece.memory : Z_NULL;
}

static void zlib_free(void *arena, void *pointer)
{
    (void)arena;
    (void)pointer;
}

/* False if the deflated form would not be shorter by two bytes or more. */
static bool deflated(CvArena *arena, CvSlice bytes, CvSlice *out)
{
    if (bytes.length > MOST_INFLATED) /* nobody would inflate it again */
        return false;
    CvScratch scratch = cv_scratch_begin(arena);
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free, .opaque = scratch.arena};
    bool shorter = false;
    if (deflateInit(&stream, Z_DEFAULT_COMPRESSION) == Z_OK) {
        uLong most = deflateBound(&stream, (uLong)bytes.length);
        char *room = cv_arena_alloc_raw(arena, most, 1);
        stream.next_in = (Bytef *)(uintptr_t)bytes.data;
        stream.avail_in = (uInt)bytes.length;
        stream.next_out = (Bytef *)room;
        stream.avail_out = (uInt)most;
        shorter = deflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out + 1 < bytes.length;
        *out = cv_slice_of(room, stream.total_out);
        deflateEnd(&stream);
    }
    cv_scratch_end(scratch);
    return shorter;
}

static bool inflated(CvArena *arena, CvSlice bytes, CvSlice *out)
{
    if (bytes.length > INT32_MAX)
        return false;
    CvScratch scratch = cv_scratch_begin(arena);
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free, .opaque = scratch.arena};
    stream.next_in = (Bytef *)(uintptr_t)bytes.data;
    stream.avail_in = (uInt)bytes.length;
    CvBuffer text = cv_buffer(arena);
    int status = inflateInit(&stream);
    while (status == Z_OK && text.length <= MOST_INFLATED) {
        size_t room = text.length ? text.length : cv_size_add(cv_size_multiply(bytes.length, 4), 64);
        stream.next_out = (Bytef *)cv_buffer_reserve(&text, room);
        stream.avail_out = (uInt)room;
        status = inflate(&stream, Z_NO_FLUSH);
        text.length += room - stream.avail_out;
    }
    inflateEnd(&stream);
    cv_scratch_end(scratch);
    if (status == Z_MEM_ERROR)
        cv_raise(CV_ERROR_MEMORY, "There is no memory to inflate signed text.");
    *out = cv_buffer_slice(&text);
    return status == Z_STREAM_END && text.length <= MOST_INFLATED;
}

CvSlice cv_sign_bytes(const CvSigner *signer, CvArena *arena, CvSlice bytes, unsigned flags)
{
    CvSlice shorter, text;
    if ((flags & CV_SIGN_COMPRESS) && deflated(arena, bytes, &shorter)) {
        CvBuffer out = cv_buffer(arena);
        cv_buffer_append_byte(&out, '.');
        cv_buffer_append_slice(&out, cv_base64_encode(arena, shorter, CV_BASE64_URL));
        text = cv_buffer_slice(&out);
    } else {
        text = cv_base64_encode(arena, bytes, CV_BASE64_URL);
    }
    return flags & CV_SIGN_TIMESTAMP ? cv_sign_timestamp(signer, arena, text) : cv_sign(signer, arena, text);
}

bool cv_unsign_bytes(const CvSigner *signer, CvArena *arena, CvSlice text, unsigned flags, double max_age,
                     CvSlice *bytes, CvError *error)
{
    CvSlice encoded;
    bool good = flags & CV_SIGN_TIMESTAMP ? cv_unsign_timestamp(signer, arena, text, max_age, &encoded, NULL, error)
                                          : cv_unsign(signer, arena, text, &encoded, error);
    if (!good)
        return false;
    bool compressed = encoded.length > 0 && encoded.data[0] == '.';
    if (!cv_base64_decode(arena, cv_slice_skip(encoded, compressed), CV_BASE64_URL, bytes))
        return cv_fail(arena, error, CV_ERROR_VALUE, "Signed text is no base64.");
    if (compressed && !inflated(arena, *bytes, bytes))
        return cv_fail(arena, error, CV_ERROR_VALUE, "Signed text cannot be inflated.");
    return true;
}
