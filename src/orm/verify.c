/* verify.c: holds call-site records of queries against the models, with the query compiler itself. */
#include "orm/verify.h"

#include "db/dialect.h"
#include "orm/query_private.h"
#include "orm/set_private.h"

typedef struct Check {
    const CvSite *site;
    const CvModel *model;
    CvArena *arena;
    CvQuery *query;
    int at; /* the key under way */
} Check;

/* The library's own models are called without its prefix. */
static bool is_name(const CvModel *model, const char *written)
{
    return strcmp(written, model->name) == 0 || (!strncmp(written, "Cv", 2) && strcmp(written + 2, model->name) == 0);
}

const CvModel *cv_site_model(const CvSite *site, const CvModel *model)
{
    while ((model = cv_models_next(model))) {
        if (site->model ? is_name(model, site->model)
                        : site->model_line && site->model_line == model->list_line && site->row_size == model->size)
            return model;
    }
    return NULL;
}

static bool same_model(const CvSite *a, const CvSite *b)
{
    return a->model_line == b->model_line && a->row_size == b->row_size;
}

/* An annotate() call on the same model gives this name. */
static bool is_annotation(const CvSite *site, CvSlice name)
{
    for (const CvSite *other = NULL; (other = cv_sites_next((CvSite *)(uintptr_t)other));)
        if (other->kind == CV_SITE_ANNOTATE && same_model(site, other))
            for (int i = 0; i < other->count; i++)
                if (cv_slice_is(name, other->keys[i]))
                    return true;
    return false;
}

static CvSlice first_name(const char *path)
{
    const char *end = strstr(path, "__");
    return end && end > path ? cv_slice_of(path, (size_t)(end - path)) : cv_slice(path);
}

static CvQuery *new_query(Check *check)
{
    CvCompile *compile = cv_arena_new(check->arena, CvCompile);
    CvQuery *query = cv_arena_new(check->arena, CvQuery);
    *compile = (CvCompile){.arena = check->arena,
                           .dialect = &cv_sqlite_dialect,
                           .zone = cv_query_zone(),
                           .aliases = cv_map_create(check->arena)};
    *query = (CvQuery){.compile = compile, .arena = check->arena, .model = check->model};
    cv_query_base(query);
    return query;
}

/* ---- kinds of values ---- */

#define KINDS(...) KINDS_(__VA_ARGS__, 0, 0, 0, 0, 0)
#define KINDS_(a, b, c, d, e, ...) \
    (UINT32_C(1) << (a) | UINT32_C(1) << (b) | UINT32_C(1) << (c) | UINT32_C(1) << (d) | UINT32_C(1) << (e))

/* What may be given for a column; text stands for whatever has no C type of its own. */
static uint32_t kinds_of(CvRead read)
{
    switch (read) {
    case CV_READ_INTEGER:
    case CV_READ_INTEGER_NULLABLE:
        return KINDS(CV_INT, CV_BOOL, CV_BIGINT, CV_DECIMAL, CV_FLOAT);
    case CV_READ_FLOAT:
    case CV_READ_FLOAT_NULLABLE:
        return KINDS(CV_INT, CV_FLOAT, CV_DECIMAL);
    case CV_READ_BOOL:
    case CV_READ_BOOL_NULLABLE:
        return KINDS(CV_BOOL, CV_INT);
    case CV_READ_DECIMAL:
        return KINDS(CV_DECIMAL, CV_INT, CV_FLOAT, CV_STRING, CV_BIGINT);
    case CV_READ_TEXT:
        return KINDS(CV_STRING, CV_INT, CV_UUID, CV_DECIMAL);
    case CV_READ_DATE:
    case CV_READ_DATETIME:
        return KINDS(CV_DATE, CV_DATETIME, CV_STRING);
    case CV_READ_TIME:
        return KINDS(CV_TIME, CV_STRING);
    case CV_READ_DURATION:
        return KINDS(CV_DURATION, CV_STRING);
    case CV_READ_UUID:
        return KINDS(CV_UUID, CV_STRING);
    case CV_READ_BYTES:
        return KINDS(CV_BYTES, CV_STRING);
    default:
        return UINT32_MAX;
    }
}

static const char *wanted_text(CvRead read)
{
    switch (read) {
    case CV_READ_INTEGER:
    case CV_READ_INTEGER_NULLABLE:
    case CV_READ_FLOAT:
    case CV_READ_FLOAT_NULLABLE:
    case CV_READ_DECIMAL:
        return "a number";
    case CV_READ_BOOL:
    case CV_READ_BOOL_NULLABLE:
        return "a boolean";
    case CV_READ_TEXT:
        return "text";
    case CV_READ_DATE:
        return "a date";
    case CV_READ_DATETIME:
        return "a date-time";
    case CV_READ_TIME:
        return "a time";
    case CV_READ_DURATION:
        return "a duration";
    case CV_READ_UUID:
        return "a UUID";
    case CV_READ_BYTES:
        return "bytes";
    default:
        return "another value";
    }
}

static void check_value(const Check *check, const CvTerm *term, const char *lookup)
{
    static const char *const names[] = {
        [CV_NULL] = "null",       [CV_BOOL] = "a boolean",       [CV_INT] = "a number",
        [CV_BIGINT] = "a number", [CV_FLOAT] = "a number",       [CV_DECIMAL] = "a decimal",
        [CV_STRING] = "text",     [CV_BYTES] = "bytes",          [CV_DATE] = "a date",
        [CV_TIME] = "a time",     [CV_DATETIME] = "a date-time", [CV_DURATION] = "a duration",
        [CV_UUID] = "a UUID",     [CV_LIST] = "a list",          [CV_TUPLE] = "a list",
        [CV_DICT] = "a dict"};
    CvKind kind = check->site->value_kinds ? (CvKind)check->site->value_kinds[check->at] : CV_MISSING;
    const char *key = check->site->keys[check->at];
    if (kind == CV_MISSING || kind == CV_OBJECT || kind == CV_NULL)
        return;
    bool list = kind == CV_LIST || kind == CV_TUPLE;
    if (strcmp(lookup, "in") == 0 || strcmp(lookup, "range") == 0) {
        if (!list)
            cv_raise(CV_ERROR_TYPE, "'%s' takes a list%s, not %s", key,
                     lookup[0] == 'i' ? " or a query set" : " of two values", names[kind]);
        return;
    }
    if (strcmp(lookup, "isnull") == 0) {
        if (kind != CV_BOOL && kind != CV_INT)
            cv_raise(CV_ERROR_VALUE, "The QuerySet value for an isnull lookup must be True or False.");
        return;
    }
    if (*lookup && strcmp(lookup, "exact") != 0 && lookup[0] != 'g' && lookup[0] != 'l')
        return; /* a match: anything is made text of */
    if (!(kinds_of(term->read) >> kind & 1))
        cv_raise(CV_ERROR_TYPE, "'%s' takes %s, not %s", key, wanted_text(term->read), names[kind]);
}

/* ---- one key ---- */

static CvTerm term_of(Check *check, CvPath *path)
{
    CvTerm term;
    if (path->annotation)
        return path->annotation->term;
    cv_path_column(check->query, path, &term);
    return term;
}

/* A key of several columns is no column, and takes a list. True: `key` names one. */
static bool check_composite(Check *check, const char *key)
{
    size_t parts = cv_model_info(check->model)->key_parts;
    if (!parts || !cv_names_key(1, &key))
        return false;
    const char *lookup = key[2] ? key + 4 : "exact";
    CvKind kind = check->site->value_kinds ? (CvKind)check->site->value_kinds[check->at] : CV_MISSING;
    bool list = kind == CV_LIST || kind == CV_TUPLE || kind == CV_OBJECT || kind == CV_MISSING;
    bool many = strcmp(lookup, "in") == 0;
    if (!list && strcmp(lookup, "isnull") != 0)
        cv_raise(CV_ERROR_TYPE, "'%s' takes a list %s", key, many ? "of keys" : "of the values of its fields");
    CvList *sample = cv_list_create(check->arena);
    for (size_t i = 0; i < parts && !many; i++)
        cv_list_add(check->arena, sample, cv_value_int(0));
    (void)cv_key_condition(check->model, lookup, cv_value_list(sample));
    return true;
}

static void check_lookup(Check *check, const char *key)
{
    if (check_composite(check, key))
        return;
    CvPath path = cv_query_path(check->query, key, NULL, false);
    CvTerm term = term_of(check, &path);
    const char *lookup = cv_lookup_name(check->query, &term, path.rest);
    check_value(check, &term, lookup);
}

static void check_order(Check *check, const char *key)
{
    key += *key == '-';
    bool composite = cv_model_info(check->model)->key_parts && strcmp(key, "pk") == 0;
    if (strcmp(key, "?") != 0 && !composite)
        (void)cv_query_field(check->query, key);
}

/* Relations one after the other: prefetch_related() goes by attributes of rows, select_related() by query names. */
static void check_related(Check *check, const char *key)
{
    CvSlice rest = cv_slice(key);
    const CvModel *model = check->model;
    bool prefetch = check->site->kind == CV_SITE_PREFETCH;
    while (rest.length) {
        CvSlice name = first_name(rest.data);
        const CvModelInfo *info = cv_model_info(model);
        const CvMember *member = prefetch ? NULL : cv_map_get(info->members, name);
        if (!member)
            member = cv_map_get(info->accessors, name);
        if (member && member->kind == CV_MEMBER_TARGET) /* what is behind it is known only when it is there */
            return;
        if (!member || !member->to) {
            const char *names[256];
            size_t count = 0;
            const CvMapEntry *entry = NULL;
            while ((entry = cv_map_next(info->accessors, entry)) && count < CV_COUNT_OF(names) - 1)
                if (((const CvMember *)entry->value)->to && ((const CvMember *)entry->value)->accessor)
                    names[count++] = ((const CvMember *)entry->value)->accessor;
            names[count] = NULL;
            CvError error;
            const char *near = cv_nearest(name, names);
            (void)cv_fail(cv_arena(), &error, CV_ERROR_FIELD, "'%.*s' is no relation of %s", CV_SLICE_ARG(name),
                          model->name);
            error.hint = near ? cv_arena_printf(cv_arena(), "Did you mean '%s'?", near) : NULL;
            cv_raise_error(&error);
        }
        model = member->to;
        rest = rest.length > name.length ? cv_slice_skip(rest, name.length + 2) : CV_SLICE("");
    }
}

static void check_update(Check *check, const char *key)
{
    const CvColumn *column = cv_model_column(check->model, cv_slice(key));
    if (!column || !column->concrete) {
        const CvModelInfo *info = cv_model_info(check->model);
        const char **names = cv_arena_new_array(check->arena, const char *, info->concrete_count + 1);
        for (size_t i = 0; i < info->concrete_count; i++)
            names[i] = info->columns[i].name;
        CvError error;
        const char *near = cv_nearest(cv_slice(key), names);
        (void)cv_fail(cv_arena(), &error, CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'",
                      check->model->name, key);
        error.hint = near ? cv_arena_printf(cv_arena(), "Did you mean '%s'?", near) : NULL;
        cv_raise_error(&error);
    }
    CvTerm term = cv_column_term(column, NULL);
    check_value(check, &term, "exact");
}

static void check_key(void *argument)
{
    Check *check = argument;
    const char *key = check->site->keys[check->at];
    check->query = new_query(check);
    switch (check->site->kind) {
    case CV_SITE_FILTER:
    case CV_SITE_EXCLUDE:
    case CV_SITE_GET:
        check_lookup(check, key);
        break;
    case CV_SITE_ORDER:
        check_order(check, key);
        break;
    case CV_SITE_FIELDS:
        (void)cv_query_field(check->query, key);
        break;
    case CV_SITE_RELATED:
    case CV_SITE_PREFETCH:
        check_related(check, key);
        break;
    case CV_SITE_UPDATE:
        check_update(check, key);
        break;
    case CV_SITE_ANNOTATE:
        if (cv_map_get(cv_model_info(check->model)->members, cv_slice(key)))
            cv_raise(CV_ERROR_VALUE, "The annotation '%s' conflicts with a field on the model.", key);
        break;
    default:
        break;
    }
}

static bool is_query(const CvSite *site)
{
    return (site->kind >= CV_SITE_FILTER && site->kind <= CV_SITE_AGGREGATE) || site->kind == CV_SITE_PREFETCH;
}

static bool verify_for(const CvSite *site, const CvModel *model, CvErrors *errors)
{
    bool good = true;
    CvScratch scratch = cv_scratch_begin(errors->arena);
    for (int i = 0; i < site->count; i++) {
        Check check = {.site = site, .model = model, .arena = scratch.arena, .at = i};
        const char *key = site->keys[i];
        CvError *raised;
        bool names_annotation = is_annotation(site, first_name(key + (*key == '-')));
        if ((names_annotation && site->kind != CV_SITE_ANNOTATE) || cv_try(check_key, &check, &raised))
            continue;
        CvError *error = cv_errors_add(errors, raised->kind, "%s", raised->message);
        error->hint = cv_arena_strdup(errors->arena, raised->hint);
        error->file = site->file;
        error->line = site->line;
        good = false;
    }
    cv_scratch_end(scratch);
    return good;
}

bool cv_site_verify(const CvSite *site, CvErrors *errors)
{
    CvErrors first = {.arena = errors->arena};
    const CvModel *model = NULL;
    size_t candidates = 0;
    if (!is_query(site))
        return true;
    while ((model = cv_site_model(site, model))) { /* two lists may have a model on the same line, of one size */
        CvErrors own = {.arena = errors->arena};
        if (verify_for(site, model, &own))
            return true;
        if (candidates++ == 0)
            first = own;
    }
    for (size_t i = 0; i < first.count; i++) {
        CvError *error = cv_errors_add(errors, first.items[i]->kind, "%s", first.items[i]->message);
        *error = *first.items[i];
    }
    return first.count == 0;
}
