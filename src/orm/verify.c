/* verify.c: holds call-site records of queries against the models, with the query compiler itself. */
#include "orm/verify.h"

#include "db/dialect.h"
#include "orm/compile_private.h"
#include "orm/verify_private.h"

typedef struct Check {
    const CvSite *site;
    const CvModel *model;
    CvArena *arena, *kept; /* kept: what is there when an error is told */
    CvQuery *query;
    int at;           /* the key under way */
    const char *name; /* the path under way, in the key or its value */
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

/* An annotate() call on the same model gives this name, which is no field's. */
static bool is_annotation(const CvSite *site, const CvModel *model, CvSlice name)
{
    const CvModelInfo *info = cv_model_info(model);
    if (cv_map_get(info->members, name) || cv_map_get(info->accessors, name))
        return false;
    for (const CvSite *other = NULL; (other = cv_sites_next((CvSite *)(uintptr_t)other));)
        if (other->kind == CV_SITE_ANNOTATE && same_model(site, other))
            for (int i = 0; i < other->count; i++)
                if (cv_slice_is(name, other->keys[i]))
                    return true;
    return false;
}

/* A cv_prefetch_as() on the same model keeps rows under this name. */
static bool is_kept_as(const CvSite *site, CvSlice name)
{
    for (const CvSite *other = NULL; (other = cv_sites_next((CvSite *)(uintptr_t)other));) {
        const char *attribute;
        if (other->kind == CV_SITE_PREFETCH && other->subject && same_model(site, other) &&
            cv_text_literal(cv_arena(), cv_slice(other->subject), &attribute) && cv_slice_is(name, attribute))
            return true;
    }
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

/* The member that a path goes on with: prefetch_related() goes by what rows call it, others by what queries do. */
static const CvMember *next_member(const Check *check, const CvModel *model, CvSlice *rest, CvSlice *name)
{
    const CvModelInfo *info = cv_model_info(model);
    *name = first_name(rest->data);
    *rest = rest->length > name->length ? cv_slice_skip(*rest, name->length + 2) : CV_SLICE("");
    return cv_map_get(check->site->kind == CV_SITE_PREFETCH ? info->accessors : info->members, *name);
}

static void check_related(Check *check, const char *key)
{
    CvSlice rest = cv_slice(key), name;
    const CvModel *model = check->model;
    while (rest.length) {
        const CvMember *member = next_member(check, model, &rest, &name);
        bool forward = member && member->kind == CV_MEMBER_COLUMN && member->to;
        if (!forward && !(member && member->kind == CV_MEMBER_REVERSE && member->one))
            cv_raise_not_related(check->arena, model, cv_slice_string(check->arena, name));
        model = member->to;
    }
}

static void check_prefetch(Check *check, const char *key)
{
    CvSlice rest = cv_slice(key), name;
    const CvModel *model = check->model;
    while (rest.length) {
        const CvMember *member = next_member(check, model, &rest, &name);
        if ((member && member->kind == CV_MEMBER_TARGET) || (!member && is_kept_as(check->site, name)))
            return; /* what is behind it is known only when it is there */
        if (!member)
            cv_raise(CV_ERROR_ATTRIBUTE,
                     "Cannot find '%.*s' on %s object, '%s' is an invalid parameter to prefetch_related()",
                     CV_SLICE_ARG(name), model->name, key);
        if (!member->to)
            cv_raise(CV_ERROR_VALUE,
                     "'%s' does not resolve to an item that supports prefetching - this is an invalid parameter to "
                     "prefetch_related().",
                     key);
        model = member->to;
    }
}

/* only() and defer(). */
static void check_loading(Check *check, const char *key)
{
    const CvStep step = {.kind = CV_STEP_ONLY, .count = 1, .keys = &key};
    cv_defer_step(check->query, &step);
    (void)cv_select_mask(check->query);
}

static void check_update(Check *check, const char *key)
{
    CvTerm term = cv_column_term(cv_update_column(check->model, key), NULL);
    check_value(check, &term, "exact");
}

static void check_name(Check *check, const char *name)
{
    const CvModelInfo *info = cv_model_info(check->model);
    cv_check_alias(name);
    if (cv_map_get(info->members, cv_slice(name)) || cv_map_get(info->accessors, cv_slice(name)))
        cv_raise(CV_ERROR_VALUE, "The annotation '%s' conflicts with a field on the model.", name);
}

/* ---- expressions among the values ---- */

static void check_path(void *argument, const char *path, bool aggregate)
{
    Check *check = argument;
    const CvSite *site = check->site;
    CvSlice first = first_name(path);
    if (site->kind == CV_SITE_UPDATE && aggregate)
        cv_raise(CV_ERROR_FIELD, "Aggregate functions are not allowed in this query (%s).", site->keys[check->at]);
    if (is_annotation(site, check->model, first) || (cv_model_info(check->model)->key_parts && strcmp(path, "pk") == 0))
        return;
    for (int i = 0; i < check->at && site->kind == CV_SITE_AGGREGATE; i++)
        if (cv_slice_is(first, site->keys[i]))
            return;
    if (site->kind == CV_SITE_UPDATE && strstr(path, "__"))
        cv_raise(CV_ERROR_FIELD, "Joined field references are not permitted in this query");
    check->name = path;
    (void)cv_query_field(new_query(check), path);
}

/* The value of the key as it is written. */
static void check_expression(Check *check)
{
    const CvSite *site = check->site;
    CvSlice text = cv_slice(site->subject ? site->subject : ""), inside;
    if (!site->value_kinds || cv_text_arguments(text) != (size_t)site->count * 2)
        return;
    text = cv_text_argument(text, (size_t)check->at * 2 + 1);
    bool column = cv_text_call(text, "cv_f", &inside) && cv_slice_starts_with(text, CV_SLICE("cv_f(")) &&
                  inside.length + sizeof "cv_f()" - 1 == text.length;
    if (site->kind == CV_SITE_AGGREGATE && column)
        cv_raise(CV_ERROR_TYPE, "%s is not an aggregate expression", site->keys[check->at]);
    CvTextPaths paths = {.arena = check->kept, .found = check_path, .argument = check};
    cv_text_paths(&paths, text);
}

/* get_or_create()'s defaults as they are written. */
static void check_defaults(Check *check)
{
    CvSlice text = cv_slice(check->site->subject), pairs;
    while (cv_text_call(text, "cv_pairs", &pairs)) {
        size_t count = cv_text_arguments(pairs);
        const char *name;
        for (size_t i = 0; i < count; i += 2)
            if (cv_text_literal(check->kept, cv_text_argument(pairs, i), &name) &&
                !cv_model_column(check->model, cv_slice(name))) {
                check->name = name;
                cv_raise(CV_ERROR_FIELD, "Invalid field name(s) for model %s: '%s'.", check->model->name, name);
            }
        text = cv_slice_skip(text, (size_t)(pairs.data + pairs.length - text.data));
    }
}

/* ---- one key ---- */

static void check_key(void *argument)
{
    Check *check = argument;
    const char *key = check->name;
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
    case CV_SITE_LOADING:
        check_loading(check, key);
        break;
    case CV_SITE_RELATED:
        check_related(check, key);
        break;
    case CV_SITE_PREFETCH:
        check_prefetch(check, key);
        break;
    case CV_SITE_UPDATE:
        check_update(check, key);
        break;
    case CV_SITE_ANNOTATE:
        check_name(check, key);
        break;
    case CV_SITE_AGGREGATE:
        cv_check_alias(key);
        break;
    default:
        break;
    }
}

static void check_pair(void *argument)
{
    Check *check = argument;
    const CvSite *site = check->site;
    if (site->kind == CV_SITE_DEFAULTS) {
        check_defaults(check);
        return;
    }
    const char *key = site->keys[check->at];
    bool names_annotation = is_annotation(site, check->model, first_name(key + (*key == '-')));
    check->name = key;
    if (!names_annotation || site->kind == CV_SITE_ANNOTATE)
        check_key(check);
    check_expression(check);
}

/* The nearest right spelling of the first name on the way that is none, or NULL. */
static const char *suggest(const Check *check)
{
    bool related = check->site->kind == CV_SITE_RELATED || check->site->kind == CV_SITE_PREFETCH;
    const CvModel *model = check->model;
    CvSlice rest = cv_slice(check->name), name = {0};
    while (rest.length) {
        const CvMember *member = next_member(check, model, &rest, &name);
        if (member && member->to)
            model = member->to;
        else if (member || cv_map_get(cv_model_info(model)->attributes, name))
            return NULL;
        else
            break;
        if (!rest.length)
            return NULL;
    }
    const CvModelInfo *info = cv_model_info(model);
    const CvMap *map = check->site->kind == CV_SITE_PREFETCH ? info->accessors : info->members;
    CV_VECTOR(const char *) names = {0};
    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(map, entry));)
        if (!related || ((const CvMember *)entry->value)->to)
            cv_vector_push(check->arena, &names, cv_slice_string(check->arena, entry->key));
    cv_vector_push(check->arena, &names, NULL);
    const char *near = cv_nearest(name, names.items);
    return near ? cv_arena_printf(cv_arena(), "Did you mean '%s'?", near) : NULL;
}

static bool is_query(const CvSite *site)
{
    return site->kind >= CV_SITE_FILTER && site->kind <= CV_SITE_DEFAULTS;
}

static bool verify_for(const CvSite *site, const CvModel *model, CvErrors *errors)
{
    bool good = true;
    CvScratch scratch = cv_scratch_begin(errors->arena);
    int parts = site->kind == CV_SITE_DEFAULTS ? 1 : site->count;
    for (int i = 0; i < parts; i++) {
        Check check = {.site = site, .model = model, .arena = scratch.arena, .kept = errors->arena, .at = i};
        CvError *raised;
        if (cv_try(check_pair, &check, &raised))
            continue;
        CvError *error = cv_errors_add(errors, raised->kind, "%s", raised->message);
        const char *hint = raised->hint ? raised->hint : check.name ? suggest(&check) : NULL;
        error->hint = cv_arena_strdup(errors->arena, hint);
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
