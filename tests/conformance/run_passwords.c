/* run_passwords.c: passwords.jsonl: hashes and checks. Kinds of other folders are in run_passwords_*.c. */
#include <libgen.h>

#include "run_passwords.h"

#include "crypto/crypto.h"

static bool check_encode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvPasswordWork work = {.algorithm = record_string(arena, record, "algorithm"),
                           .iterations = (uint32_t)record_number(record, "iterations", 0),
                           .n = (uint64_t)record_number(record, "n", 0),
                           .r = (uint32_t)record_number(record, "r", 0),
                           .p = (uint32_t)record_number(record, "p", 0),
                           .time_cost = (uint32_t)record_number(record, "time_cost", 0),
                           .memory_cost = (uint32_t)record_number(record, "memory_cost", 0),
                           .parallelism = (uint32_t)record_number(record, "parallelism", 0),
                           .rounds = (uint32_t)record_number(record, "rounds", 0)};
    CvSlice salt = record_text(record, "salt"), got = {0};
    CvError error = {0};
    bool good = salt.length > 0 && cv_password_hash(arena, &work, record_text(record, "password"), salt, &got, &error);
    if (record_has(record, "raises"))
        return !good;
    if (!good)
        cv_buffer_printf(why, "failed: %s", error.message ? error.message : "no salt");
    return good && same_text(why, "encoded", record_text(record, "encoded"), got);
}

static bool check_check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice encoded = record_text(record, "encoded");
    bool correct = cv_password_verify(record_text(record, "password"), encoded), known = cv_password_known(encoded);
    bool usable = record_get(record, "encoded").kind == CV_STRING && !cv_slice_starts_with(encoded, CV_SLICE("!"));
    bool same = same_value(arena, why, "correct", record_get(record, "correct"), cv_value_bool(correct));
    same &= same_value(arena, why, "must_update", record_get(record, "must_update"),
                       cv_value_bool(known && usable && cv_password_must_update(NULL, encoded)));
    return same && same_value(arena, why, "usable", record_get(record, "usable"), cv_value_bool(usable));
}

static bool check_must_update(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvPasswordWork work = {.algorithm = record_string(arena, record, "algorithm")};
    CvSlice encoded = record_text(record, "encoded");
    if (record_has(record, "raises"))
        return !cv_password_known(encoded);
    return same_value(arena, why, "must_update", record_get(record, "must_update"),
                      cv_value_bool(cv_password_must_update(&work, encoded)));
}

static bool check_pbkdf2(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvDigest digest = CV_SHA256;
    uint8_t out[256];
    size_t size = (size_t)record_number(record, "dklen", 0);
    if (record_has(record, "digest") && !cv_digest_find(record_text(record, "digest"), &digest))
        return false;
    size = size ? size : cv_digest_size(digest);
    return size <= sizeof out &&
           cv_pbkdf2(digest, record_text(record, "password"), record_text(record, "salt"),
                     (uint32_t)record_number(record, "iterations", 0), out, size) &&
           same_text(why, "hex", record_text(record, "hex"), cv_hex(arena, out, size));
}

static bool check_salted_hmac(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvDigest digest;
    uint8_t out[CV_DIGEST_MAX];
    if (!cv_digest_find(record_text(record, "algorithm"), &digest))
        return record_has(record, "raises");
    cv_salted_hmac(digest, record_text(record, "key_salt"), record_text(record, "value"), record_text(record, "secret"),
                   out);
    return same_text(why, "hex", record_text(record, "hex"), cv_hex(arena, out, cv_digest_size(digest)));
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const struct {
        const char *kind;
        RecordCheck *check;
    } kinds[] = {{"encode", check_encode},           {"check", check_check},
                 {"must_update", check_must_update}, {"pbkdf2", check_pbkdf2},
                 {"salted_hmac", check_salted_hmac}, {"validate_password", check_validate_password},
                 {"help_texts", check_help_texts}};
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (record_is(record, "kind", kinds[i].kind))
            return kinds[i].check(arena, record, why);
    cv_buffer_printf(why, "unsupported kind %.*s", CV_SLICE_ARG(record_text(record, "kind")));
    return false;
}

int main(int argc, char **argv)
{
    passwords_folder = argc > 1 ? dirname(cv_strdup(argv[argc - 1])) : ".";
    return run_records(argc, argv, check);
}
