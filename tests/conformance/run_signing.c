/* run_signing.c: signing.jsonl: signatures, tokens, masks. Kinds of other folders are in run_signing_*.c. */
#include "run_signing.h"
#include "records.h"

#include "crypto/crypto.h"

void freeze_clock(CvArena *arena, const CvDict *record)
{
    CvValue now = records_decode(arena, record_get(record, "now"));
    if (now.kind == CV_INT)
        cv_clock_freeze((CvDateTime){now.integer * CV_SECOND, cv_zone_utc});
    else if (now.kind == CV_FLOAT)
        cv_clock_freeze((CvDateTime){(int64_t)(now.real * 1e6), cv_zone_utc});
    else if (now.kind == CV_DATETIME)
        cv_clock_freeze((CvDateTime){now.datetime.microseconds, cv_zone_utc});
}

static CvSigner signer_of(CvArena *arena, const CvDict *record)
{
    CvSigner signer = {.key = record_string(arena, record, "key"), .salt = record_string(arena, record, "salt")};
    if (record_has(record, "sep"))
        signer.separator = record_string(arena, record, "sep");
    if (record_has(record, "algorithm") && !cv_digest_find(record_text(record, "algorithm"), &signer.digest))
        cv_raise(CV_ERROR_VALUE, "no such digest");
    CvValue fallbacks = record_get(record, "fallback_keys");
    if (fallbacks.kind != CV_LIST)
        fallbacks = record_get(record, "fallbacks");
    if (fallbacks.kind == CV_LIST) {
        const char **keys = cv_arena_new_array(arena, const char *, fallbacks.list->count + 1);
        for (size_t i = 0; i < fallbacks.list->count; i++)
            keys[i] = cv_slice_string(arena, cv_value_as_slice(fallbacks.list->items[i]));
        signer.fallback_keys = keys;
    }
    return signer;
}

/* The outcome of a call that gives text or fails. */
static bool outcome(CvBuffer *why, const CvDict *record, bool good, CvSlice got, const CvError *error)
{
    if (!good && !record_has(record, "raises")) {
        cv_buffer_printf(why, "failed: %s", error->message);
        return false;
    }
    if (good && record_has(record, "raises")) {
        cv_buffer_printf(why, "should fail, gave %.*s", CV_SLICE_ARG(got));
        return false;
    }
    return good ? same_text(why, "result", record_text(record, "result"), got) : same_error(why, record, error);
}

static bool check_sign(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSigner signer = signer_of(arena, record);
    CvError error = {0};
    CvSlice value = record_text(record, "value"), got = {0};
    bool good = cv_signer_check(&signer, arena, &error);
    if (good)
        got = record_is(record, "kind", "sign") ? cv_sign(&signer, arena, value)
                                                : cv_sign_timestamp(&signer, arena, value);
    return outcome(why, record, good, got, &error);
}

static bool check_unsign(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSigner signer = signer_of(arena, record);
    CvError error = {0};
    CvSlice text = record_text(record, "signed"), got = {0};
    bool good = record_is(record, "kind", "unsign")
                    ? cv_unsign(&signer, arena, text, &got, &error)
                    : cv_unsign_timestamp(&signer, arena, text, record_number(record, "max_age", CV_ANY_AGE), &got,
                                          NULL, &error);
    return outcome(why, record, good, got, &error);
}

static bool check_dumps(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSigner signer = signer_of(arena, record);
    bool dumps = record_is(record, "kind", "dumps");
    CvValue compress = record_get(record, "compress");
    unsigned flags =
        (dumps ? CV_SIGN_TIMESTAMP : 0) | (compress.kind == CV_BOOL && compress.boolean ? CV_SIGN_COMPRESS : 0);
    CvValue object = records_decode(arena, record_get(record, "object"));
    return same_text(why, "result", record_text(record, "result"), cv_sign_value(&signer, arena, object, flags));
}

static bool check_loads(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSigner signer = signer_of(arena, record);
    CvError error = {0};
    CvValue got;
    bool good = cv_unsign_value(&signer, arena, record_text(record, "token"), CV_SIGN_TIMESTAMP,
                                record_number(record, "max_age", CV_ANY_AGE), &got, &error);
    if (good && !record_has(record, "raises"))
        return same_value(arena, why, "result", records_decode(arena, record_get(record, "result")), got);
    return outcome(why, record, good, CV_SLICE("a value"), &error);
}

static bool check_base(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice bytes = records_bytes(arena, record_text(record, "bytes")), got = {0};
    CvValue n = records_decode(arena, record_get(record, "n"));
    CvError error = {0};
    int64_t number;
    if (record_is(record, "kind", "b62"))
        got = cv_base62_encode(arena, n.integer);
    else if (record_is(record, "kind", "int_to_base36"))
        got = cv_base36_encode(arena, n.integer);
    else if (record_is(record, "kind", "uidb64_decode")) {
        if (!cv_base64_decode_uid(arena, record_text(record, "text"), &got))
            return outcome(why, record, false, got, &error);
        return same_text(why, "bytes", bytes, got);
    } else if (record_is(record, "kind", "base36_to_int")) {
        if (!cv_base36_decode(record_text(record, "text"), &number))
            return outcome(why, record, false, got, &error);
        return same_value(arena, why, "result", records_decode(arena, record_get(record, "result")),
                          cv_value_int(number));
    } else {
        got = cv_base64_encode(arena, bytes, CV_BASE64_URL);
    }
    return same_text(why, "result", record_text(record, "result"), got);
}

static bool check_csrf(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    char token[CV_CSRF_TOKEN_LENGTH], secret[CV_CSRF_SECRET_LENGTH];
    if (record_is(record, "kind", "csrf_mask")) {
        cv_csrf_mask_with(record_text(record, "secret").data, record_text(record, "mask").data, token);
        return same_text(why, "token", record_text(record, "token"), cv_slice_of(token, sizeof token));
    }
    if (record_is(record, "kind", "csrf_unmask")) {
        cv_csrf_unmask(record_text(record, "token").data, secret);
        return same_text(why, "secret", record_text(record, "secret"), cv_slice_of(secret, sizeof secret));
    }
    CvSlice given = record_text(record, "token");
    CvValue match = record_get(record, "match");
    bool same = same_text(why, "format", record_text(record, "format_error"),
                          cv_slice(cv_csrf_format_message(cv_csrf_check_format(given))));
    return same_value(arena, why, "match", match.kind == CV_BOOL ? match : cv_value_bool(false),
                      cv_value_bool(cv_csrf_match(given, record_text(record, "secret")))) &&
           same;
}

static bool check_csrf_constants(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    (void)arena;
    return same_text(why, "alphabet", record_text(record, "allowed_chars"), cv_slice(cv_random_letters)) &&
           record_number(record, "secret_length", 0) == CV_CSRF_SECRET_LENGTH &&
           record_number(record, "token_length", 0) == CV_CSRF_TOKEN_LENGTH;
}

static const struct {
    const char *kind;
    RecordCheck *check;
} kinds[] = {
    {"sign", check_sign},
    {"timestamp_sign", check_sign},
    {"unsign", check_unsign},
    {"timestamp_unsign", check_unsign},
    {"dumps", check_dumps},
    {"sign_object", check_dumps},
    {"loads", check_loads},
    {"b62", check_base},
    {"b64", check_base},
    {"uidb64", check_base},
    {"uidb64_decode", check_base},
    {"int_to_base36", check_base},
    {"base36_to_int", check_base},
    {"csrf_mask", check_csrf},
    {"csrf_unmask", check_csrf},
    {"csrf_match", check_csrf},
    {"csrf_constants", check_csrf_constants},
    {"csrf_request", check_csrf_request},
    {"messages_encode", check_messages_encode},
    {"messages_decode", check_messages_decode},
    {"messages_session", check_messages_session},
    {"messages_overflow", check_messages_overflow},
    {"messages_constants", check_messages_constants},
    {"session_encode", check_session_encode},
    {"session_decode", check_session_decode},
    {"session_auth_hash", check_session_auth_hash},
    {"reset_token", check_reset_token},
    {"check_token", check_check_token},
    {"signed_cookie_set", check_signed_cookie_set},
    {"signed_cookie_get", check_signed_cookie_get},
};

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    freeze_clock(arena, record);
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (record_is(record, "kind", kinds[i].kind))
            return kinds[i].check(arena, record, why);
    cv_buffer_printf(why, "unsupported kind %.*s", CV_SLICE_ARG(record_text(record, "kind")));
    return false;
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check);
}
