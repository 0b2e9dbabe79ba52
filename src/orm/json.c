/* json.c: lookups and values inside JSON columns: keys, has_key, comparisons, as SQLite's JSON functions see them.
 *
 * What stands behind keys is CASE WHEN JSON_TYPE(column, path) IN ('false', 'true', 'null') THEN JSON_TYPE(column,
 * path) ELSE JSON_EXTRACT(column, path) END, Django's own form, so that indexes made by either side serve both. */
#include "text/json.h"
#include "orm/functions_private.h"

static const char *const text_lookups[] = {"iexact",    "icontains", "startswith", "istartswith", "endswith",
                                           "iendswith", "regex",     "iregex",     NULL};
static const char *const comparisons[][2] = {{"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}};
static const char *const own_lookups[] = {"exact",        "contains", "contained_by", "has_key", "has_keys",
                                          "has_any_keys", "isnull",   "in",           "range",   NULL};

static bool is_in(CvSlice name, const char *const *names)
{
    for (; *names; names++)
        if (cv_slice_is(name, *names))
            return true;
    return false;
}

static const char *comparison(CvSlice name)
{
    for (size_t i = 0; i < CV_COUNT_OF(comparisons); i++)
        if (cv_slice_is(name, comparisons[i][0]))
            return comparisons[i][1];
    return NULL;
}

static bool is_lookup(CvSlice name)
{
    return comparison(name) || is_in(name, text_lookups) || is_in(name, own_lookups);
}

/* ---- paths ---- */

/* JSON_TYPE(column, path) and JSON_EXTRACT(column, path) of a term made below; false if it is none. */
static bool is_key_term(const CvTerm *term, CvSql **column, const char **path)
{
    const CvSql *node = term->sql;
    if (node->op != CV_SQL_CASE || node->count != 3 || node->items[2]->op != CV_SQL_CALL ||
        strcmp(node->items[2]->text, "JSON_EXTRACT") != 0)
        return false;
    *column = node->items[2]->items[0];
    *path = node->items[2]->items[1]->text2;
    return *path != NULL;
}

static bool is_json_column(const CvTerm *term)
{
    return term->column && term->read == CV_READ_JSON;
}

/* KT(): values come as text, and lookups take text for JSON. */
static bool is_text_term(const CvTerm *term)
{
    return term->sql->text2 != NULL && !strcmp(term->sql->text2, "KT");
}

/* The column and the path so far ("$" for a column itself). */
static bool json_place(const CvTerm *term, CvSql **column, const char **path)
{
    if ((term->read == CV_READ_JSON || is_text_term(term)) && is_key_term(term, column, path))
        return true;
    *column = term->sql;
    *path = "$";
    return is_json_column(term);
}

/* `."edition"`, or `[0]` where an index is allowed. */
static const char *longer(CvArena *arena, const char *path, CvSlice key, bool index_allowed)
{
    CvBuffer out = cv_buffer(arena);
    int64_t index;
    cv_buffer_append_string(&out, path);
    if (index_allowed && cv_slice_to_int64(key, &index)) {
        cv_buffer_printf(&out, index < 0 ? "[#%lld]" : "[%lld]", (long long)index);
    } else {
        cv_buffer_append_byte(&out, '.');
        cv_json_write_string(&out, key, false);
    }
    return cv_buffer_string(&out);
}

static CvSql *path_node(CvArena *arena, const char *path)
{
    CvSql *node = cv_sql_literal(arena, cv_slice(path));
    node->text2 = path;
    return node;
}

static CvSql *json_call(CvArena *arena, const char *function, CvSql *column, const char *path)
{
    CvSql *pair[] = {column, path_node(arena, path)};
    return cv_sql_call(arena, function, 2, pair);
}

static CvSql *key_value(CvArena *arena, CvSql *column, const char *path)
{
    CvSql *type = json_call(arena, "JSON_TYPE", column, path);
    CvSql *in = cv_sql_make(arena, CV_SQL_IN, type, cv_sql_text_node(arena, "'false'"),
                            cv_sql_text_node(arena, "'true'"), cv_sql_text_node(arena, "'null'"));
    CvSql *parts[] = {in, type, json_call(arena, "JSON_EXTRACT", column, path)};
    return cv_sql_node(arena, CV_SQL_CASE, 3, parts);
}

CvTerm cv_json_key(CvQuery *query, const CvTerm *term, CvSlice key)
{
    CvSql *column;
    const char *path;
    if (!term->sql || !json_place(term, &column, &path) || is_in(key, own_lookups + 3))
        return (CvTerm){0};
    CvTerm out = cv_term_of(key_value(query->arena, column, longer(query->arena, path, key, true)), CV_READ_JSON);
    return out;
}

/* ---- lookups ---- */

static CvSql *null_test(CvArena *arena, CvSql *what, bool not_null)
{
    CvSql *node = cv_sql_make(arena, CV_SQL_NULL_TEST, what);
    node->number = not_null;
    return node;
}

CvValue cv_json_path_of(CvArena *arena, CvValue path, CvValue key)
{
    if (key.kind == CV_OBJECT || key.kind == CV_LIST || key.kind == CV_TUPLE || key.kind == CV_DICT)
        cv_raise(CV_ERROR_TYPE, "a key is text or a number, not %s", cv_value_kind_name(key));
    return cv_value_string(longer(arena, path.text, cv_value_str(arena, key), false));
}

/* JSON_TYPE(column, ?) IS NOT NULL; `item`: which of a list is the key, -1: the value is. */
static CvSql *has_key(CvQuery *query, CvSql *column, const char *path, CvValue key, uint32_t slot, int item)
{
    CvBind *bind = cv_bind(query, CV_BIND_JSON_KEY, slot);
    bind->constant = cv_value_string(path);
    bind->item_of_list = item >= 0;
    bind->item = item >= 0 ? (uint32_t)item : 0;
    (void)cv_json_path_of(query->arena, bind->constant, key); /* a key that is none is told now */
    CvSql *pair[] = {column, cv_sql_bind(query->arena, bind)};
    return null_test(query->arena, cv_sql_call(query->arena, "JSON_TYPE", 2, pair), true);
}

/* How many places a list gets, and which item stands in one: the last stands in those that are left over. */
static size_t places_of(const CvList *list)
{
    return cv_list_is_plain(list) ? cv_list_places(list->count) : list->count;
}

static CvValue item_at(const CvList *list, size_t place)
{
    return list->items[place < list->count ? place : list->count - 1];
}

static CvSql *has_keys(CvQuery *query, CvSql *column, const char *path, CvValue value, uint32_t slot, bool any)
{
    CvSql *all = NULL;
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        cv_raise(CV_ERROR_TYPE, "has_keys and has_any_keys take a list of keys, not %s", cv_value_kind_name(value));
    for (size_t i = 0; i < places_of(value.list); i++)
        all = cv_sql_join(query->arena, any ? CV_SQL_OR : CV_SQL_AND, all,
                          has_key(query, column, path, item_at(value.list, i), slot, (int)i));
    return all || !any ? all : &cv_sql_never;
}

/* The place of a value as JSON text: JSON_EXTRACT(?, '$'), and the words that JSON_TYPE gives for themselves. */
static CvSql *json_value(CvQuery *query, const CvColumn *column, CvValue value, uint32_t slot, int item)
{
    CvArena *arena = query->arena;
    CvBind *bind = cv_bind(query, CV_BIND_COLUMN, slot);
    if (value.kind == CV_BOOL)
        return cv_sql_text_node(arena, value.boolean ? "'true'" : "'false'");
    if (value.kind == CV_NULL)
        return cv_sql_text_node(arena, "'null'");
    bind->column = column;
    if (!column)
        bind->how = CV_BIND_TEXT;
    bind->item_of_list = item >= 0;
    bind->item = item >= 0 ? (uint32_t)item : 0;
    CvSql *pair[] = {cv_sql_bind(arena, bind), cv_sql_text_node(arena, "'$'")};
    return cv_sql_call(arena, "JSON_EXTRACT", 2, pair);
}

static CvSql *compared(CvArena *arena, CvSql *left, const char *op, CvSql *right)
{
    CvSql *node = cv_sql_make(arena, CV_SQL_COMPARE, left, right);
    node->text = op;
    return node;
}

static CvSql *in_list(CvQuery *query, const CvColumn *column, CvSql *left, CvValue value, uint32_t slot)
{
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        cv_raise(CV_ERROR_TYPE, "the value of an 'in' lookup must be a list, not %s", cv_value_kind_name(value));
    size_t places = places_of(value.list), count = 1;
    CvSql **items = cv_arena_new_array(query->arena, CvSql *, places + 1);
    uint32_t inner = slot + 1;
    items[0] = left;
    for (size_t i = 0; i < places; i++) {
        CvValue item = item_at(value.list, i);
        const CvExpr *expr = cv_value_expr(item);
        if (item.kind == CV_NULL) /* is never equal to anything */
            continue;
        items[count++] =
            expr ? cv_query_resolve(query, expr, inner).sql : json_value(query, column, item, slot, (int)i);
        inner += cv_value_is_query(item) ? cv_value_slots(item) : 0;
    }
    return count > 1 ? cv_sql_node(query->arena, CV_SQL_IN, count, items) : &cv_sql_never;
}

/* What a key lookup is about. */
typedef struct Place {
    CvSql *column, *value; /* the column, and what is behind the keys */
    const char *path;
    const CvColumn *json; /* any JSON column: its values are bound as JSON text; NULL: values are JSON already */
    bool whole;           /* no keys: the column itself */
} Place;

/* The JSON column that a key term was made of, for binding: the query's first of that name, or the term's own. */
static bool take_keys(CvQuery *query, const CvTerm *left, const char *rest, Place *place, CvSlice *lookup)
{
    CvTerm term = *left;
    *lookup = CV_SLICE("exact");
    if (!json_place(&term, &place->column, &place->path))
        return false;
    place->whole = is_json_column(left);
    while (*rest) {
        const char *end = strstr(rest, "__");
        CvSlice key = end ? cv_slice_of(rest, (size_t)(end - rest)) : cv_slice(rest);
        if (!end && is_lookup(key)) {
            *lookup = key;
            break;
        }
        place->path = longer(query->arena, place->path, key, true);
        place->whole = false;
        rest = end ? end + 2 : rest + key.length;
    }
    place->value = place->whole ? left->sql : key_value(query->arena, place->column, place->path);
    return true;
}

static bool is_plain(CvValue value)
{
    return value.kind != CV_OBJECT;
}

static CvSql *isnull(CvQuery *query, const Place *place, CvValue value)
{
    if (value.kind != CV_BOOL)
        cv_raise(CV_ERROR_VALUE, value.kind == CV_NULL ? "Cannot use None as a query value"
                                                       : "The QuerySet value for an isnull lookup must be True or "
                                                         "False.");
    return null_test(query->arena, json_call(query->arena, "JSON_TYPE", place->column, place->path), !value.boolean);
}

/* A number or text against what JSON_EXTRACT gives: bound as it is. */
static CvSql *plain_place(CvQuery *query, uint32_t slot)
{
    return cv_sql_bind(query->arena, cv_bind(query, CV_BIND_VALUE, slot));
}

bool cv_json_lookup(CvQuery *query, const CvTerm *left, const char *rest, CvValue value, uint32_t slot,
                    bool *is_null_test, CvSql **out)
{
    static const CvField json_field = {.name = "json", .kind = &cv_json_field};
    static const CvColumn json_column = {.field = &json_field, .name = "json", .storage = CV_STORE_JSON, .null = true};
    Place place = {.json = &json_column};
    CvArena *arena = query->arena;
    CvSlice name;
    if (!take_keys(query, left, rest, &place, &name))
        return false;
    if (is_text_term(left))
        place.json = NULL;
    *is_null_test = false;
    if (cv_slice_is(name, "contains") || cv_slice_is(name, "contained_by")) {
        cv_raise_later(query, CV_ERROR_NOT_SUPPORTED, "%.*s lookup is not supported on this database backend.",
                       CV_SLICE_ARG(name));
        *out = cv_sql_text_node(arena, "0 = 1");
    } else if (cv_slice_is(name, "has_key")) {
        *out = has_key(query, place.column, place.path, value, slot, -1);
    } else if (cv_slice_is(name, "has_keys") || cv_slice_is(name, "has_any_keys")) {
        *out = has_keys(query, place.column, place.path, value, slot, name.data[4] == 'a');
    } else if ((cv_slice_is(name, "exact") || (cv_slice_is(name, "iexact") && !place.whole)) && value.kind == CV_NULL) {
        *out = compared(arena, json_call(arena, "JSON_TYPE", place.column, place.path), "=",
                        cv_sql_text_node(arena, "'null'"));
    } else if (cv_slice_is(name, "in") && (value.kind == CV_LIST || value.kind == CV_TUPLE)) {
        if (place.whole)
            place.value = key_value(arena, place.column, place.path);
        *out = in_list(query, place.json, place.value, value, slot);
    } else if (place.whole) {
        return false; /* as any other column */
    } else if (cv_slice_is(name, "isnull")) {
        *out = isnull(query, &place, value);
        *is_null_test = true;
    } else if (cv_slice_is(name, "exact") && is_plain(value)) {
        *out = compared(arena, place.value, "=", json_value(query, place.json, value, slot, -1));
    } else if (comparison(name) && is_plain(value)) {
        if (value.kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "Cannot use None as a query value");
        *out = compared(arena, place.value, comparison(name), plain_place(query, slot));
    } else { /* text matches, expressions: as of text */
        CvTerm text = cv_term_of(place.value, CV_READ_TEXT);
        *out = cv_lookup(query, text, "", cv_slice_string(arena, name), value, slot, is_null_test);
    }
    return true;
}

/* ---- KT("metadata__dims__unit"): as text, whatever it is ---- */

CvTerm cv_function_key_text(const CvFunctionCall *call)
{
    const CvExpr *item = call->expr->items[0];
    if (item->kind != CV_EXPR_F)
        cv_raise(CV_ERROR_TYPE, "KT() takes a path of keys");
    CvTerm term = cv_query_field(call->query, item->name);
    CvSql *column;
    const char *path;
    if (!is_key_term(&term, &column, &path))
        cv_raise(CV_ERROR_VALUE, "key_transform must contain the name of a JSONField and at least one key.");
    CvSql *text = cv_sql_node(call->query->arena, CV_SQL_CASE, term.sql->count, term.sql->items);
    text->text2 = "KT";
    CvTerm out = cv_term_of(text, CV_READ_ANY);
    out.kind = &cv_text_field;
    return out;
}
