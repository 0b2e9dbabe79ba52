/* shell_results.c: methods of query sets that ask the database: get, first, count, exists, in_bulk ... */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"

static bool is_given(CvValue value)
{
    return value.kind != CV_MISSING && value.kind != CV_NULL;
}

static CV_NORETURN void does_not_exist(const CvModel *model)
{
    cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->name);
}

static CvValue row_or_none(void *row)
{
    return row ? cv_value_object(row) : cv_value_null();
}

/* ---- one row ---- */

CvQuerySet *cv_shell_matching(CvQuerySet *set, const CvList *conditions, size_t count, const char *const *keys,
                              const CvValue *values)
{
    if ((!conditions || conditions->count == 0) && count == 0)
        return set;
    return cv_where_at(set, cv_shell_condition(conditions, count, keys, values, "&"), false);
}

static CvValue get(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    if (set->combined && call->rest->count + call->keyword_count)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "Calling QuerySet.get(...) with filters after %s() is not supported.",
                 cv_combined_name(set));
    set = cv_shell_matching(set, call->rest, call->keyword_count, call->keywords, call->keyword_values);
    set = cv_get_set(set);
    if (!cv_length_of(set))
        does_not_exist(set->model);
    return cv_item_of(set, 0);
}

/* Of models that say what names their rows in fixtures (options.natural_key). */
static CvValue get_by_natural_key(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    const char *const *names = set->model->options->natural_key;
    static const char *const none[] = {NULL};
    size_t count = 0;
    while (names && names[count])
        count++;
    if (!count)
        cv_raise(CV_ERROR_ATTRIBUTE, "'Manager' object has no attribute 'get_by_natural_key'");
    if (call->rest->count != count)
        cv_raise(CV_ERROR_TYPE, "get_by_natural_key() takes %zu positional arguments but %zu were given", count,
                 call->rest->count);
    void *row = cv_get_at(cv_shell_matching(set, NULL, count, names, call->rest->items), NULL, 0, none, NULL);
    if (!row)
        does_not_exist(set->model);
    return cv_value_object(row);
}

static CvValue first_or_last(CvValue self, bool last)
{
    CvQuerySet *set = cv_shell_query(self);
    if (set->rows_kind == CV_ROWS_MODEL)
        return row_or_none(last ? cv_last_of(set) : cv_first_of(set));
    if (!set->ordered && !cv_own_ordering(set->model))
        set = cv_order_by_at(set, NULL, (const char *const[]){"pk", NULL});
    if (last)
        set = cv_reverse_at(set);
    set = cv_slice_at(set, 0, 1);
    return cv_length_of(set) ? cv_item_of(set, 0) : cv_value_null();
}

static CvValue first(CvValue self, const CvShellCall *call)
{
    (void)call;
    return first_or_last(self, false);
}

static CvValue last(CvValue self, const CvShellCall *call)
{
    (void)call;
    return first_or_last(self, true);
}

static CvValue earliest_or_latest(CvValue self, const CvShellCall *call, bool latest)
{
    CvQuerySet *set = cv_shell_query(self);
    const CvModel *model = set->model;
    CvList *by = cv_list_create(cv_arena());
    const char *latest_by = NULL;
    for (size_t i = 0; i < call->rest->count; i++) {
        if (call->rest->items[i].kind == CV_STRING)
            (void)cv_shell_text(call->rest->items[i]); /* without null bytes */
        cv_list_add(cv_arena(), by, call->rest->items[i]);
    }
    for (const CvModel *m = model; m && !latest_by; m = m->parent)
        latest_by = m->options->get_latest_by;
    if (by->count == 0 && !latest_by)
        cv_raise(CV_ERROR_VALUE, "earliest() and latest() require either fields as positional arguments or "
                                 "'get_latest_by' in the model's Meta.");
    if (by->count == 0)
        cv_list_add(cv_arena(), by, cv_value_string(latest_by));
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot change a query once a slice has been taken.");
    set = cv_order_by_of(set, by->count, by->items);
    if (latest)
        set = cv_reverse_at(set);
    set = cv_slice_at(set, 0, 1);
    if (cv_length_of(set) == 0)
        does_not_exist(model);
    return cv_item_of(set, 0);
}

static CvValue earliest(CvValue self, const CvShellCall *call)
{
    return earliest_or_latest(self, call, false);
}

static CvValue latest(CvValue self, const CvShellCall *call)
{
    return earliest_or_latest(self, call, true);
}

/* ---- counts and tests ---- */

static CvValue count(CvValue self, const CvShellCall *call)
{
    (void)call;
    return cv_value_int(cv_count_of_set(cv_shell_query(self)));
}

static CvValue exists(CvValue self, const CvShellCall *call)
{
    (void)call;
    return cv_value_bool(cv_exists_of_set(cv_shell_query(self)));
}

static CvValue contains(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    CvValue row = call->given[0];
    cv_refuse_combined(set, "contains");
    if (set->rows_kind != CV_ROWS_MODEL)
        cv_raise(CV_ERROR_TYPE, "Cannot call QuerySet.contains() after .values() or .values_list().");
    if (!cv_shell_is_row(row))
        cv_raise(CV_ERROR_TYPE, "'obj' must be a model instance.");
    if (cv_model_info(set->model)->concrete != cv_model_info(cv_row_model(row.object))->concrete)
        return cv_value_bool(false);
    CvValue key = cv_row_key(row.object);
    if (key.kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE, "QuerySet.contains() cannot be used on unsaved objects.");
    return cv_value_bool(cv_exists_of_set(cv_filter_at(set, NULL, 1, (const char *const[]){"pk", NULL}, &key)));
}

static bool is_unique(const CvModel *model, const char *name)
{
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    if (!column)
        return false;
    if (column->unique || column->primary_key)
        return true;
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->kind == CV_UNIQUE && c->fields && c->fields[0] && !c->fields[1] && !c->condition &&
            !strcmp(c->fields[0], name))
            return true;
    return false;
}

/* What the rows of a values() set hold: its names, or all columns and annotations; and what was annotated since. */
static const char *const *selected_names(const CvQuerySet *set)
{
    const CvModelInfo *info = cv_model_info(set->model);
    CV_VECTOR(const CvStep *) steps = {0};
    CV_VECTOR(const char *) names = {0};
    CvArena *arena = cv_arena();
    size_t values = 0, i;
    for (const CvStep *step = set->last; step; step = step->previous)
        cv_vector_push(arena, &steps, step);
    while (values < steps.count && steps.items[values]->kind != CV_STEP_VALUES &&
           steps.items[values]->kind != CV_STEP_VALUES_LIST)
        values++;
    if (values == steps.count)
        return cv_new_array(const char *, 1);
    bool all = !steps.items[values]->count;
    for (i = 0; all && i < info->concrete_count; i++)
        cv_vector_push(arena, &names, info->columns[i].attribute);
    for (i = all ? steps.count : values + 1; i-- > 0;) /* the newest step is the first */
        for (uint32_t k = 0; k < steps.items[i]->count && (i == values || steps.items[i]->kind == CV_STEP_ANNOTATE);
             k++)
            cv_vector_push(arena, &names, steps.items[i]->keys[k]);
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

static size_t place_of(const char *const *names, const char *name)
{
    size_t i = 0;
    while (names[i] && strcmp(names[i], name) != 0)
        i++;
    return names[i] ? i : SIZE_MAX;
}

/* The same names with another before them. */
static const char *const *with_name(const char *name, const char *const *names)
{
    CV_VECTOR(const char *) all = {0};
    cv_vector_push(cv_arena(), &all, name);
    for (; *names; names++)
        cv_vector_push(cv_arena(), &all, *names);
    cv_vector_push(cv_arena(), &all, NULL);
    return all.items;
}

/* A record or list without the key, which was read besides. */
static CvValue without_key(const CvQuerySet *set, CvValue item, const char *field, bool flat)
{
    if (set->rows_kind == CV_ROWS_RECORDS) {
        const CvRecord *record = item.object;
        CvDict *dict = cv_dict_create(cv_arena());
        for (size_t i = 0; i < record->shape->count; i++)
            if (strcmp(record->shape->names[i], field) != 0)
                cv_dict_set_name(dict, record->shape->names[i], record->values[i]);
        return cv_value_dict(dict);
    }
    if (flat)
        return item.list->items[1];
    CvList *rest = cv_list_create(cv_arena());
    for (size_t i = 1; i < item.list->count; i++)
        cv_list_add(cv_arena(), rest, item.list->items[i]);
    CvValue tuple = cv_value_list(rest);
    tuple.kind = CV_TUPLE;
    return tuple;
}

/* Where rows have the field that they are looked up by. */
typedef struct ByField {
    const char *field;
    size_t at;        /* of lists */
    bool added, flat; /* it was put in front of what was asked for; that was one value */
} ByField;

static void add_by_field(CvDict *found, CvQuerySet *set, const ByField *by)
{
    for (size_t i = 0; i < cv_length_of(set); i++) {
        CvValue item = cv_item_of(set, i), key = item;
        if (set->rows_kind == CV_ROWS_MODEL)
            key = cv_row_get(item.object, cv_model_column(set->model, cv_slice(by->field)));
        else if (set->rows_kind == CV_ROWS_RECORDS)
            key = cv_record_get(item.object, cv_slice(by->field));
        else if (set->rows_kind == CV_ROWS_LISTS)
            key = item.list->items[by->added ? 0 : by->at];
        cv_dict_set(found, key, by->added ? without_key(set, item, by->field, by->flat) : item);
    }
}

static CvDict *by_field(CvQuerySet *set, const char *field, const CvValue *ids)
{
    CvDict *found = cv_dict_create(cv_arena());
    bool flat = set->rows_kind == CV_ROWS_FLAT, rows = set->rows_kind == CV_ROWS_MODEL;
    if (ids || !rows)
        cv_refuse_combined(set, "filter");
    const char *const *names = rows ? NULL : selected_names(set);
    size_t at = rows ? 0 : place_of(names, field);
    bool added = at == SIZE_MAX || (flat && names[1]);
    if (added && set->rows_kind == CV_ROWS_RECORDS)
        set = cv_values_at(set, NULL, with_name(field, names));
    else if (added)
        set = cv_values_list_at(set, NULL, with_name(field, names), false);
    const ByField by = {field, at, added, flat};
    if (!ids) {
        add_by_field(found, set, &by);
        return found;
    }
    const char *const in[] = {cv_printf("%s__in", field), NULL};
    size_t most = cv_most_keys(cv_set_database(set), 1);
    for (size_t from = 0; from < ids->list->count; from += most) {
        CvValue part = cv_value_list(cv_list_part(ids->list, from, most));
        add_by_field(found, cv_filter_at(set, NULL, 1, in, &part), &by);
    }
    return found;
}

static CvValue in_bulk(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    const char *field = is_given(call->given[1]) ? cv_shell_text(call->given[1]) : "pk";
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot use 'limit' or 'offset' with in_bulk().");
    CvValue ids = cv_value_null();
    if (is_given(call->given[0]))
        ids = cv_value_list(cv_shell_items(call->given[0]));
    if (ids.kind == CV_LIST && !ids.list->count)
        return cv_value_dict(cv_dict_create(cv_arena()));
    if (strcmp(field, "pk") != 0 && !cv_model_column(set->model, cv_slice(field)))
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", set->model->name, field);
    if (strcmp(field, "pk") != 0 && !is_unique(set->model, field))
        cv_raise(CV_ERROR_VALUE, "in_bulk()'s field_name must be a unique field but '%s' isn't.", field);
    return cv_value_dict(by_field(set, field, ids.kind == CV_LIST ? &ids : NULL));
}

static CvValue iterator(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    CvValue size = call->given[0];
    bool given = size.kind != CV_MISSING && size.kind != CV_NULL;
    if (given && cv_shell_integer(size) <= 0)
        cv_raise(CV_ERROR_VALUE, "Chunk size must be strictly positive.");
    if (!given && set->prefetches)
        cv_raise(CV_ERROR_VALUE,
                 "chunk_size must be provided when using QuerySet.iterator() after prefetch_related().");
    return cv_value_list(cv_set_chunks(set, given ? (size_t)cv_shell_integer(size) : 0));
}

/* Values by name: %(name)s becomes %s, and the values stand in the order in which they are named. */
static const char *by_name(CvArena *arena, const char *sql, const CvDict *values, CvRawOptions *options)
{
    CvBuffer out = cv_buffer(arena);
    CvList *ordered = cv_list_create(arena);
    const char *at = sql;
    for (const char *start; (start = strstr(at, "%(")) != NULL;) {
        const char *end = strstr(start, ")s");
        CvValue value;
        if (!end)
            break;
        CvSlice name = cv_slice_of(start + 2, (size_t)(end - start - 2));
        if (!cv_dict_get_slice(values, name, &value))
            cv_raise(CV_ERROR_KEY, "'%.*s'", CV_SLICE_ARG(name));
        cv_buffer_append(&out, at, (size_t)(start - at));
        cv_buffer_append_string(&out, "%s");
        cv_list_add(arena, ordered, value);
        at = end + 2;
    }
    cv_buffer_append_string(&out, at);
    options->count = ordered->count;
    options->values = ordered->items;
    return cv_buffer_string(&out);
}

static CvValue raw(CvValue self, const CvShellCall *call)
{
    CvArena *arena = cv_arena();
    CvValue given = call->given[1], pairs = call->given[2];
    CvRawOptions options = {.sql = cv_shell_text(call->given[0])};
    if (given.kind == CV_LIST || given.kind == CV_TUPLE) {
        options.count = given.list->count;
        options.values = given.list->items;
    } else if (given.kind == CV_DICT) {
        options.sql = by_name(arena, options.sql, given.dict, &options);
    }
    if (pairs.kind == CV_DICT) {
        const char **names = cv_arena_new_array(arena, const char *, 2 * cv_dict_count(pairs.dict) + 1);
        const CvDictEntry *entry = NULL;
        for (size_t i = 0; (entry = cv_dict_next(pairs.dict, entry)); i += 2) {
            names[i] = cv_shell_text(entry->key);
            names[i + 1] = cv_shell_text(entry->value);
        }
        options.translations = names;
    }
    CvQuerySet *rows = cv_raw_with(cv_shell_query(self)->model, &options);
    rows->database = cv_shell_query(self)->database;
    return cv_value_object(rows);
}

static CvValue explain(CvValue self, const CvShellCall *call)
{
    CvValue format = call->given[0];
    if (format.kind == CV_STRING) {
        CvBuffer name = cv_buffer(cv_arena());
        for (const char *at = cv_shell_text(format); *at; at++)
            cv_buffer_append_byte(&name, *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at);
        cv_raise(CV_ERROR_VALUE, "%s is not a recognized format. SQLite does not support any formats.",
                 cv_buffer_string(&name));
    }
    if (call->keyword_count)
        cv_raise(CV_ERROR_VALUE, "Unknown options: %s", call->keywords[0]);
    return cv_value_string(cv_explain_of(cv_shell_query(self)));
}

const CvShellMethod cv_shell_result_methods[] = {
    {"get", "* **", get},
    {"get_by_natural_key", "*", get_by_natural_key},
    {"first", "", first},
    {"last", "", last},
    {"earliest", "*", earliest},
    {"latest", "*", latest},
    {"count", "", count},
    {"exists", "", exists},
    {"contains", "obj", contains},
    {"in_bulk", "id_list? / field_name?", in_bulk},
    {"explain", "format? **", explain},
    {"iterator", "chunk_size?", iterator},
    {"raw", "raw_query params? translations? using?", raw},
    {0},
};
