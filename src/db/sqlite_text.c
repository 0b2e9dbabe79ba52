/* sqlite_text.c: SQL functions that Django registers with SQLite because it has none of them: padding, digests,
 * repetition, statistics. A null argument gives null. */
#include <math.h>
#include <openssl/evp.h>

#include "base/memory.h"
#include "db/sqlite_more.h"
#include "db/sqlite_private.h"
#include "text/utf8.h"

#define LONGEST_TEXT 10000000 /* of a result, in bytes */

static bool any_null(int count, sqlite3_value **arguments)
{
    for (int i = 0; i < count; i++)
        if (sqlite3_value_type(arguments[i]) == SQLITE_NULL)
            return true;
    return false;
}

static CvSlice text_of(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return cv_slice_of(text ? text : "", text ? (size_t)sqlite3_value_bytes(value) : 0);
}

/* Appends `count` code points of `fill`, again and again. */
static void put_fill(sqlite3_str *out, CvSlice fill, size_t count)
{
    CvSlice rest = fill;
    for (; count && fill.length; count--) {
        if (!rest.length)
            rest = fill;
        CvSlice before = rest;
        (void)cv_utf8_next(&rest);
        sqlite3_str_append(out, before.data, (int)(before.length - rest.length));
    }
}

static void finish(sqlite3_context *context, sqlite3_str *out)
{
    int length = sqlite3_str_length(out), code = sqlite3_str_errcode(out);
    char *text = sqlite3_str_finish(out);
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else if (text)
        sqlite3_result_text(context, text, length, sqlite3_free);
    else
        sqlite3_result_text(context, "", 0, SQLITE_STATIC);
}

/* LPAD(text, length, fill) and RPAD: too long a text is cut. */
static void pad(sqlite3_context *context, sqlite3_value **arguments, bool left)
{
    if (any_null(3, arguments)) {
        sqlite3_result_null(context);
        return;
    }
    CvSlice text = text_of(arguments[0]), fill = text_of(arguments[2]);
    int64_t wanted = sqlite3_value_int64(arguments[1]);
    size_t have = cv_utf8_count(text), length = wanted > 0 ? (size_t)wanted : 0;
    if (length > LONGEST_TEXT / 4) {
        sqlite3_result_error_toobig(context);
        return;
    }
    if (have > length) {
        text = cv_utf8_take(text, length);
        have = length;
    }
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
    if (left)
        put_fill(out, fill, length - have);
    sqlite3_str_append(out, text.data, (int)text.length);
    if (!left)
        put_fill(out, fill, length - have);
    finish(context, out);
}

static void left_pad(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    pad(context, arguments, true);
}

static void right_pad(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    pad(context, arguments, false);
}

static void repeat(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    if (any_null(count, arguments)) {
        sqlite3_result_null(context);
        return;
    }
    CvSlice text = text_of(arguments[0]);
    int64_t times = sqlite3_value_int64(arguments[1]);
    if (times > 0 && text.length && (uint64_t)times > LONGEST_TEXT / text.length) {
        sqlite3_result_error_toobig(context);
        return;
    }
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
    for (int64_t i = 0; i < times && text.length; i++)
        sqlite3_str_append(out, text.data, (int)text.length);
    finish(context, out);
}

static void reverse(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    if (any_null(count, arguments)) {
        sqlite3_result_null(context);
        return;
    }
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
    for (CvSlice rest = text_of(arguments[0]); rest.length;) {
        size_t before = rest.length;
        (void)cv_utf8_last(&rest);
        sqlite3_str_append(out, rest.data + rest.length, (int)(before - rest.length));
    }
    finish(context, out);
}

static void digest(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    static const char hex[] = "0123456789abcdef";
    const EVP_MD *(*algorithm)(void) = (const EVP_MD *(*)(void))(uintptr_t)sqlite3_user_data(context);
    unsigned char bytes[EVP_MAX_MD_SIZE];
    char text[2 * EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (any_null(count, arguments)) {
        sqlite3_result_null(context);
        return;
    }
    CvSlice data = text_of(arguments[0]);
    if (!EVP_Digest(data.data, data.length, bytes, &length, algorithm(), NULL)) {
        sqlite3_result_error(context, "this digest is not available", -1);
        return;
    }
    for (unsigned i = 0; i < length; i++) {
        text[2 * i] = hex[bytes[i] >> 4];
        text[2 * i + 1] = hex[bytes[i] & 15];
    }
    sqlite3_result_text(context, text, (int)(2 * length), SQLITE_TRANSIENT);
}

static void exclusive_or(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    if (any_null(count, arguments))
        sqlite3_result_null(context);
    else
        sqlite3_result_int64(context, sqlite3_value_int64(arguments[0]) ^ sqlite3_value_int64(arguments[1]));
}

static void cotangent(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    double sine = sin(sqlite3_value_double(arguments[0]));
    if (any_null(count, arguments) || sine == 0)
        sqlite3_result_null(context);
    else
        sqlite3_result_double(context, cos(sqlite3_value_double(arguments[0])) / sine);
}

static void random_number(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    uint64_t bits;
    (void)count;
    (void)arguments;
    sqlite3_randomness(sizeof bits, &bits);
    sqlite3_result_double(context, (double)(bits >> 11) * 0x1p-53);
}

/* ---- statistics: Welford's sums of distances from the first value, so that large values keep their digits ---- */

typedef struct Spread {
    int64_t count;
    double first, mean, squares;
} Spread;

static void spread_step(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Spread *spread = sqlite3_aggregate_context(context, sizeof *spread);
    if (!spread || any_null(count, arguments))
        return;
    if (!spread->count)
        spread->first = sqlite3_value_double(arguments[0]);
    double value = sqlite3_value_double(arguments[0]) - spread->first, delta = value - spread->mean;
    spread->mean += delta / (double)++spread->count;
    spread->squares += delta * (value - spread->mean);
}

typedef struct SpreadKind {
    bool sample, root;
} SpreadKind;

static void spread_final(sqlite3_context *context)
{
    const SpreadKind *kind = sqlite3_user_data(context);
    const Spread *spread = sqlite3_aggregate_context(context, 0);
    int64_t divisor = spread ? spread->count - kind->sample : 0;
    if (divisor <= 0) {
        sqlite3_result_null(context);
        return;
    }
    double variance = spread->squares / (double)divisor;
    sqlite3_result_double(context, kind->root ? sqrt(variance) : variance);
}

typedef struct AnyValue {
    sqlite3_value *value;
} AnyValue;

static void any_step(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    AnyValue *any = sqlite3_aggregate_context(context, sizeof *any);
    (void)count;
    if (any && !any->value)
        any->value = sqlite3_value_dup(arguments[0]);
}

static void any_final(sqlite3_context *context)
{
    AnyValue *any = sqlite3_aggregate_context(context, 0);
    if (!any || !any->value) {
        sqlite3_result_null(context);
        return;
    }
    sqlite3_result_value(context, any->value);
    sqlite3_value_free(any->value);
    any->value = NULL;
}

/* ---- bits of many rows; nulls do not count ---- */

typedef struct Bits {
    bool any;
    int64_t bits;
} Bits;

static void bits_step(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const char *op = sqlite3_user_data(context);
    Bits *bits = sqlite3_aggregate_context(context, sizeof *bits);
    if (!bits || any_null(count, arguments))
        return;
    int64_t value = sqlite3_value_int64(arguments[0]);
    bits->bits = !bits->any   ? value
                 : *op == '&' ? bits->bits & value
                 : *op == '|' ? bits->bits | value
                              : bits->bits ^ value;
    bits->any = true;
}

static void bits_final(sqlite3_context *context)
{
    const Bits *bits = sqlite3_aggregate_context(context, 0);
    if (bits && bits->any)
        sqlite3_result_int64(context, bits->bits);
    else
        sqlite3_result_null(context);
}

void cv_sqlite_register_text(sqlite3 *handle)
{
    static const SpreadKind population = {false, false}, sample = {true, false}, population_root = {false, true},
                            sample_root = {true, true};
    static const struct {
        const char *name;
        int arguments;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
        const EVP_MD *(*algorithm)(void);
    } functions[] = {
        {"LPAD", 3, left_pad, NULL},       {"RPAD", 3, right_pad, NULL},      {"REPEAT", 2, repeat, NULL},
        {"REVERSE", 1, reverse, NULL},     {"BITXOR", 2, exclusive_or, NULL}, {"COT", 1, cotangent, NULL},
        {"MD5", 1, digest, EVP_md5},       {"SHA1", 1, digest, EVP_sha1},     {"SHA224", 1, digest, EVP_sha224},
        {"SHA256", 1, digest, EVP_sha256}, {"SHA384", 1, digest, EVP_sha384}, {"SHA512", 1, digest, EVP_sha512}};
    static const struct {
        const char *name;
        const SpreadKind *kind;
    } spreads[] = {{"VAR_POP", &population},
                   {"VAR_SAMP", &sample},
                   {"STDDEV_POP", &population_root},
                   {"STDDEV_SAMP", &sample_root}};
    static const char *const bits[][2] = {{"BIT_AND", "&"}, {"BIT_OR", "|"}, {"BIT_XOR", "^"}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    for (size_t i = 0; i < CV_COUNT_OF(functions); i++)
        sqlite3_create_function_v2(handle, functions[i].name, functions[i].arguments, flags,
                                   (void *)(uintptr_t)functions[i].algorithm, functions[i].run, NULL, NULL, NULL);
    for (size_t i = 0; i < CV_COUNT_OF(spreads); i++)
        sqlite3_create_function_v2(handle, spreads[i].name, 1, flags, (void *)(uintptr_t)spreads[i].kind, NULL,
                                   spread_step, spread_final, NULL);
    for (size_t i = 0; i < CV_COUNT_OF(bits); i++)
        sqlite3_create_function_v2(handle, bits[i][0], 1, flags, (void *)(uintptr_t)bits[i][1], NULL, bits_step,
                                   bits_final, NULL);
    sqlite3_create_function_v2(handle, "ANY_VALUE", 1, flags, NULL, NULL, any_step, any_final, NULL);
    sqlite3_create_function_v2(handle, "RAND", 0, SQLITE_UTF8, NULL, random_number, NULL, NULL, NULL);
}
