/* run_passwords.c: passwords.jsonl: hashes and checks. Kinds of other folders are in run_passwords_*.c. */
#include <libgen.h>

#include "run_passwords.h"

#include "contrib/auth/passwords.h"
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
    bool usable = record_get(record, "encoded").kind == CV_STRING && cv_password_is_usable(encoded);
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

static bool check_defaults(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvPasswordWork work;
    CvDict *got = cv_dict_create(arena);
    if (!cv_password_defaults(record_string(arena, record, "algorithm"), &work))
        return false;
    const struct {
        const char *name;
        uint64_t number;
    } facts[] = {{"iterations", work.iterations},
                 {"rounds", work.rounds},
                 {"work_factor", work.n},
                 {"block_size", work.r},
                 {"time_cost", work.time_cost},
                 {"memory_cost", work.memory_cost},
                 {"parallelism", work.p ? work.p : work.parallelism},
                 {"salt_entropy", CV_PASSWORD_SALT_ENTROPY}};
    CvValue wanted = record_get(record, "defaults");
    for (size_t i = 0; i < CV_COUNT_OF(facts); i++) {
        if (i + 1 == CV_COUNT_OF(facts) && record_has(wanted.dict, "maxmem"))
            cv_dict_set_name(got, "maxmem", cv_value_int(0)); /* the library's own bound */
        if (facts[i].number)
            cv_dict_set_name(got, facts[i].name, cv_value_uint(facts[i].number));
    }
    return same_value(arena, why, "defaults", wanted, cv_value_dict(got));
}

static bool check_summary(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvDict *summary;
    CvError error;
    CvList *pairs = cv_list_create(arena);
    if (!cv_password_summary(arena, record_text(record, "encoded"), &summary, &error))
        return record_has(record, "raises");
    for (const CvDictEntry *entry = cv_dict_next(summary, NULL); entry; entry = cv_dict_next(summary, entry))
        cv_list_add(arena, pairs, cv_value_list(cv_list(arena, entry->key, entry->value)));
    return same_value(arena, why, "summary", record_get(record, "summary"), cv_value_list(pairs));
}

static bool check_unusable(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    (void)arena;
    CvSlice prefix = record_text(record, "prefix"), alphabet = record_text(record, "suffix_alphabet");
    CvSlice made = cv_slice(cv_make_password(NULL)), suffix = cv_slice_skip(made, prefix.length);
    if (!cv_slice_starts_with(made, prefix) || cv_is_password_usable(made.data) ||
        (double)suffix.length != record_number(record, "random_suffix_length", 0)) {
        cv_buffer_printf(why, "made %.*s", CV_SLICE_ARG(made));
        return false;
    }
    for (size_t i = 0; i < suffix.length; i++)
        if (cv_slice_find_byte(alphabet, suffix.data[i]) < 0)
            return false;
    return same_text(why, "alphabet", alphabet, cv_slice(cv_random_letters));
}

static bool check_make_password(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const char *salt = record_has(record, "salt") ? record_string(arena, record, "salt") : NULL;
    const char *hasher = record_has(record, "hasher") ? record_string(arena, record, "hasher") : NULL;
    const char *made = cv_make_password_with(records_decode(arena, record_get(record, "password")), salt, hasher);
    return !record_has(record, "encoded") || same_text(why, "encoded", record_text(record, "encoded"), cv_slice(made));
}

static bool check_get_hasher(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const char *got = cv_get_hasher(record_string(arena, record, "algorithm"));
    return record_has(record, "result") ? same_text(why, "result", record_text(record, "result"), cv_slice(got))
                                        : !record_has(record, "raises");
}

/* The first kinds tell failures by their answer, the others raise. */
enum { HASH_KINDS = 5 };

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const struct {
        const char *kind;
        RecordCheck *check;
    } kinds[] = {{"encode", check_encode},
                 {"check", check_check},
                 {"must_update", check_must_update},
                 {"pbkdf2", check_pbkdf2},
                 {"salted_hmac", check_salted_hmac},
                 {"validate_password", check_validate_password},
                 {"help_texts", check_help_texts},
                 {"defaults", check_defaults},
                 {"summary", check_summary},
                 {"unusable", check_unusable},
                 {"make_password", check_make_password},
                 {"get_hasher", check_get_hasher},
                 {"validator_config", check_validator_config}};
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (record_is(record, "kind", kinds[i].kind))
            return i < HASH_KINDS ? kinds[i].check(arena, record, why)
                                  : passes_or_raises(kinds[i].check, arena, record, why);
    cv_buffer_printf(why, "unsupported kind %.*s", CV_SLICE_ARG(record_text(record, "kind")));
    return false;
}

int main(int argc, char **argv)
{
    passwords_folder = argc > 1 ? dirname(cv_strdup(argv[argc - 1])) : ".";
    return run_records(argc, argv, check);
}
