/* shell_writes.c: methods of query sets that change rows: create, get_or_create, bulk_create, update, delete ... */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "orm/write_private.h"

static bool flag(CvValue value)
{
    return value.kind != CV_MISSING && cv_shell_truth(value);
}

static bool is_given(CvValue value)
{
    return value.kind != CV_MISSING && value.kind != CV_NULL;
}

static CvValue update(CvValue self, const CvShellCall *call)
{
    CvValue *plain = cv_new_array(CvValue, call->keyword_count);
    for (size_t i = 0; i < call->keyword_count; i++)
        plain[i] = cv_shell_plain(call->keyword_values[i]);
    CvQuerySet *set = cv_shell_query(self);
    cv_refuse_combined(set, "update");
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot update a query once a slice has been taken.");
    if (call->keyword_count == 0)
        return cv_value_int(0);
    return cv_value_int(cv_update_at(set, NULL, call->keyword_count, call->keywords, plain));
}

CvValue cv_shell_delete(const void *row_or_set, const CvDeleteOptions *options)
{
    CvDict *counts = NULL;
    CvDeleteOptions counting = *options;
    counting.counts = &counts;
    int64_t total = cv_delete_with(row_or_set, &counting);
    CvValue result = cv_value_list(
        cv_list(cv_arena(), cv_value_int(total), cv_value_dict(counts ? counts : cv_dict_create(cv_arena()))));
    result.kind = CV_TUPLE;
    return result;
}

static CvValue delete_rows(CvValue self, const CvShellCall *call)
{
    (void)call;
    return cv_shell_delete(cv_shell_query(self), &(CvDeleteOptions){0});
}

static CvValue create_row(CvValue self, const CvShellArguments *arguments)
{
    if (cv_shell_is(self, &cv_shell_manager_type) && ((const CvShellManager *)self.object)->row)
        return cv_shell_create_related(self, arguments);
    CvQuerySet *set = cv_shell_query(self);
    void *row = cv_shell_new_row(set->model, arguments);
    cv_save_with(row, .force_insert = true, .using = cv_database_alias(cv_set_database(set)));
    return cv_value_object(row);
}

static CvValue create(CvValue self, const CvShellCall *call)
{
    return create_row(self, &(CvShellArguments){.keyword_count = call->keyword_count,
                                                .keywords = call->keywords,
                                                .keyword_values = call->keyword_values});
}

typedef struct Pairs {
    CV_VECTOR(const char *) keys;
    CV_VECTOR(CvValue) values;
} Pairs;

static void add_pair(Pairs *pairs, const char *key, CvValue value)
{
    for (size_t i = 0; i < pairs->keys.count; i++)
        if (!strcmp(pairs->keys.items[i], key)) {
            pairs->values.items[i] = value;
            return;
        }
    cv_vector_push(cv_arena(), &pairs->keys, key);
    cv_vector_push(cv_arena(), &pairs->values, value);
}

static void add_defaults(Pairs *pairs, CvValue defaults)
{
    if (!is_given(defaults))
        return;
    if (defaults.kind != CV_DICT)
        cv_raise(CV_ERROR_TYPE, "defaults must be a dict, not %s", cv_shell_type_name(defaults));
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(defaults.dict, entry));)
        add_pair(pairs, cv_shell_text(entry->key), entry->value);
}

static void check_fields(const CvModel *model, const Pairs *pairs)
{
    CvBuffer wrong = cv_buffer(cv_arena());
    for (size_t i = 0; i < pairs->keys.count; i++)
        if (!cv_model_column(model, cv_slice(pairs->keys.items[i])))
            cv_buffer_printf(&wrong, "%s'%s'", wrong.length ? ", " : "", pairs->keys.items[i]);
    if (wrong.length)
        cv_raise(CV_ERROR_FIELD, "Invalid field name(s) for model %s: %s.", model->name, cv_buffer_string(&wrong));
}

typedef struct Creation {
    CvValue self;
    const CvShellArguments *arguments;
    CvValue row;
} Creation;

static void create_in_savepoint(void *argument)
{
    Creation *creation = argument;
    CV_ATOMIC
    {
        creation->row = create_row(creation->self, creation->arguments);
    }
}

static CvValue pair_value(CvValue row, bool created)
{
    CvValue tuple = cv_value_list(cv_list(cv_arena(), row, created));
    tuple.kind = CV_TUPLE;
    return tuple;
}

static CvValue found_or_created(CvValue self, const CvShellCall *given, CvValue defaults)
{
    static const char *const none[] = {NULL};
    CvShellCall own = *given, *call = &own;
    CvValue through_defaults = cv_shell_take_defaults(self, &own);
    CvQuerySet *set =
        cv_shell_matching(cv_shell_query(self), NULL, call->keyword_count, call->keywords, call->keyword_values);
    void *row = cv_get_at(set, NULL, 0, none, NULL);
    Pairs pairs = {0};
    CvError *error;
    if (row)
        return pair_value(cv_value_object(row), false);
    for (size_t i = 0; i < call->keyword_count; i++)
        if (!strstr(call->keywords[i], "__"))
            add_pair(&pairs, call->keywords[i], call->keyword_values[i]);
    add_defaults(&pairs, defaults);
    check_fields(set->model, &pairs);
    if (through_defaults.kind != CV_MISSING)
        add_pair(&pairs, "through_defaults", through_defaults);
    CvShellArguments arguments = {
        .keyword_count = pairs.keys.count, .keywords = pairs.keys.items, .keyword_values = pairs.values.items};
    Creation creation = {.self = self, .arguments = &arguments};
    if (cv_try(create_in_savepoint, &creation, &error))
        return pair_value(creation.row, true);
    if (error->kind == CV_ERROR_INTEGRITY && (row = cv_get_at(set, NULL, 0, none, NULL)))
        return pair_value(cv_value_object(row), false);
    cv_raise_error(error);
}

static CvValue get_or_create(CvValue self, const CvShellCall *call)
{
    return found_or_created(self, call, call->given[0]);
}

static CvValue update_or_create(CvValue self, const CvShellCall *call)
{
    CvValue defaults = call->given[0], at_creation = is_given(call->given[1]) ? call->given[1] : defaults;
    CvValue pair = found_or_created(self, call, at_creation);
    Pairs pairs = {0};
    if (pair.list->items[1].boolean)
        return pair;
    void *row = (void *)(uintptr_t)pair.list->items[0].object;
    add_defaults(&pairs, defaults);
    for (size_t i = 0; i < pairs.keys.count; i++)
        (void)cv_shell_assign(row, pairs.keys.items[i], pairs.values.items[i]);
    cv_save_found(row, pairs.keys.count, pairs.keys.items);
    return pair;
}

static void **rows_of(CvValue value, const CvModel *model, size_t *count)
{
    const CvList *items = cv_shell_items(value);
    void **rows = cv_new_array(void *, items->count);
    for (size_t i = 0; i < items->count; i++) {
        if (!cv_shell_is_row(items->items[i]) ||
            cv_model_info(cv_row_model(items->items[i].object))->concrete != cv_model_info(model)->concrete)
            cv_raise(CV_ERROR_TYPE, "expected rows of %s, not %s", model->name, cv_shell_type_name(items->items[i]));
        rows[i] = (void *)(uintptr_t)items->items[i].object;
    }
    *count = items->count;
    return rows;
}

static size_t batch_size(CvValue given)
{
    if (!is_given(given))
        return 0;
    if (cv_shell_integer(given) <= 0)
        cv_raise(CV_ERROR_VALUE, "Batch size must be a positive integer.");
    return (size_t)cv_shell_integer(given);
}

/* given: objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields */
static CvValue bulk_create(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    size_t total;
    CvBulkOptions options = {.batch_size = batch_size(call->given[1]),
                             .ignore_conflicts = flag(call->given[2]),
                             .update_conflicts = flag(call->given[3]),
                             .update_fields = cv_shell_texts(call->given[4]),
                             .unique_fields = cv_shell_texts(call->given[5])};
    void **rows = rows_of(call->given[0], set->model, &total);
    cv_bulk_check(set->model, &options);
    cv_bulk_create_of(rows, total, &options);
    return call->given[0];
}

/* given: objs, fields, batch_size */
static CvValue bulk_update(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    size_t total;
    CvBulkOptions options = {.batch_size = batch_size(call->given[2]), .update_fields = cv_shell_texts(call->given[1])};
    void **rows = rows_of(call->given[0], set->model, &total);
    return cv_value_int(cv_bulk_update_in(set, rows, total, &options));
}

const CvShellMethod cv_shell_write_methods[] = {
    {"update", "**", update},
    {"delete", "", delete_rows},
    {"create", "**", create},
    {"get_or_create", "defaults? / **", get_or_create},
    {"update_or_create", "defaults? create_defaults? / **", update_or_create},
    {"bulk_create", "objs batch_size? ignore_conflicts? update_conflicts? update_fields? unique_fields?", bulk_create},
    {"bulk_update", "objs fields batch_size?", bulk_update},
    {0},
};
