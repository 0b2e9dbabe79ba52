/* sqlite_join.c: the aggregate CV_STRING_AGG(text, delimiter, flags, key...): texts joined in the order of keys, which
 * SQLite's GROUP_CONCAT has learnt only in versions of late. `flags` has a digit a key: 1 descending, 2 nulls first, 4
 * nulls last; a leading "d" leaves out repetitions and orders by the text. */
#include "db/sqlite_more.h"
#include "db/sqlite_private.h"

typedef struct Entry {
    sqlite3_value *text, *delimiter;
    sqlite3_value **keys;
    const char *flags; /* the digits, as many as keys */
    size_t count, number;
} Entry;

typedef struct Joined {
    Entry *entries;
    size_t count, capacity;
    char flags[64];
    bool distinct, failed;
} Joined;

static void free_entry(Entry *entry)
{
    sqlite3_value_free(entry->text);
    sqlite3_value_free(entry->delimiter);
    for (size_t i = 0; entry->keys && i < entry->count; i++)
        sqlite3_value_free(entry->keys[i]);
    sqlite3_free(entry->keys);
}

static Entry *new_entry(Joined *joined)
{
    if (joined->count == joined->capacity) {
        size_t capacity = joined->capacity ? joined->capacity * 2 : 16;
        Entry *grown = sqlite3_realloc64(joined->entries, capacity * sizeof *grown);
        if (!grown)
            return NULL;
        joined->entries = grown;
        joined->capacity = capacity;
    }
    Entry *entry = &joined->entries[joined->count];
    *entry = (Entry){.number = joined->count};
    return entry;
}

static void step(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    Joined *joined = sqlite3_aggregate_context(context, sizeof *joined);
    if (!joined || joined->failed || count < 3 || sqlite3_value_type(arguments[0]) == SQLITE_NULL)
        return;
    if (!joined->count) {
        const char *flags = (const char *)sqlite3_value_text(arguments[2]);
        joined->distinct = flags && flags[0] == 'd';
        snprintf(joined->flags, sizeof joined->flags, "%s", flags ? flags + joined->distinct : "");
    }
    Entry *entry = new_entry(joined);
    size_t keys = (size_t)count - 3;
    joined->failed = !entry || keys > strlen(joined->flags);
    if (joined->failed)
        return;
    joined->count++;
    entry->flags = joined->flags;
    entry->count = keys;
    entry->text = sqlite3_value_dup(arguments[0]);
    entry->delimiter = sqlite3_value_dup(arguments[1]);
    entry->keys = sqlite3_malloc64((keys + 1) * sizeof *entry->keys);
    joined->failed = !entry->text || !entry->delimiter || !entry->keys;
    for (size_t i = 0; entry->keys && i < keys; i++) {
        entry->keys[i] = sqlite3_value_dup(arguments[i + 3]);
        joined->failed |= !entry->keys[i];
    }
}

/* SQLite's order of values: nulls, numbers, texts, bytes. */
static int rank(sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return 0;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
        return 1;
    case SQLITE_TEXT:
        return 2;
    default:
        return 3;
    }
}

static int compare_values(sqlite3_value *a, sqlite3_value *b)
{
    int order = rank(a) - rank(b);
    if (order || !rank(a))
        return order;
    if (rank(a) == 1 && sqlite3_value_type(a) == SQLITE_INTEGER && sqlite3_value_type(b) == SQLITE_INTEGER) {
        sqlite3_int64 x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
        return (x > y) - (x < y);
    }
    if (rank(a) == 1) {
        double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
        return (x > y) - (x < y);
    }
    const void *left = sqlite3_value_blob(a), *right = sqlite3_value_blob(b);
    size_t x = (size_t)sqlite3_value_bytes(a), y = (size_t)sqlite3_value_bytes(b);
    order = x && y ? memcmp(left, right, x < y ? x : y) : 0;
    return order ? order : (x > y) - (x < y);
}

static int compare_key(sqlite3_value *a, sqlite3_value *b, int flags)
{
    bool a_null = !rank(a), b_null = !rank(b);
    if (a_null != b_null && flags & 6)
        return a_null == !!(flags & 2) ? -1 : 1;
    int order = compare_values(a, b);
    return flags & 1 ? -order : order;
}

static int compare(const void *left, const void *right)
{
    const Entry *a = left, *b = right;
    for (size_t i = 0; i < a->count; i++) {
        int order = compare_key(a->keys[i], b->keys[i], a->flags[i] - '0');
        if (order)
            return order;
    }
    return (a->number > b->number) - (a->number < b->number);
}

static int compare_texts(const void *left, const void *right)
{
    return compare_values(((const Entry *)left)->text, ((const Entry *)right)->text);
}

static void write(sqlite3_context *context, const Joined *joined)
{
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
    for (size_t i = 0; i < joined->count; i++) {
        const Entry *entry = &joined->entries[i];
        if (i && joined->distinct && !compare_texts(entry, entry - 1))
            continue;
        if (i && sqlite3_value_text(entry->delimiter))
            sqlite3_str_appendall(out, (const char *)sqlite3_value_text(entry->delimiter));
        const char *text = (const char *)sqlite3_value_text(entry->text);
        sqlite3_str_append(out, text ? text : "", sqlite3_value_bytes(entry->text));
    }
    int code = sqlite3_str_errcode(out), length = sqlite3_str_length(out);
    char *text = sqlite3_str_finish(out);
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_text(context, text ? text : "", length, SQLITE_TRANSIENT);
    sqlite3_free(text);
}

static void final(sqlite3_context *context)
{
    Joined *joined = sqlite3_aggregate_context(context, 0);
    if (!joined || (!joined->count && !joined->failed)) {
        sqlite3_result_null(context);
    } else if (joined->failed) {
        sqlite3_result_error_nomem(context);
    } else {
        qsort(joined->entries, joined->count, sizeof *joined->entries, joined->distinct ? compare_texts : compare);
        write(context, joined);
    }
    for (size_t i = 0; joined && i < joined->count; i++)
        free_entry(&joined->entries[i]);
    if (joined)
        sqlite3_free(joined->entries);
}

void cv_sqlite_register_join(sqlite3 *handle)
{
    sqlite3_create_function_v2(handle, "CV_STRING_AGG", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL, step, final,
                               NULL);
}
