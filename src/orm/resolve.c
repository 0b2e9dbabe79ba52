/* resolve.c: expressions become SQL: columns, values, arithmetic, functions, aggregates, sub-queries; transforms. */
#include "orm/compile_private.h"
#include "orm/custom.h"
#include "orm/functions_private.h"

/* By the column's kind alone, as it is stored. */
static CvReader kind_reader(const CvColumn *column, bool as_value, uint32_t offset)
{
    static const uint8_t kinds[] = {
        [CV_STORE_INTEGER] = CV_READ_INTEGER,   [CV_STORE_NULL_INTEGER] = CV_READ_INTEGER_NULLABLE,
        [CV_STORE_FLOAT] = CV_READ_FLOAT,       [CV_STORE_NULL_FLOAT] = CV_READ_FLOAT_NULLABLE,
        [CV_STORE_BOOL] = CV_READ_BOOL,         [CV_STORE_NULL_BOOL] = CV_READ_BOOL_NULLABLE,
        [CV_STORE_TEXT] = CV_READ_TEXT,         [CV_STORE_DECIMAL] = CV_READ_DECIMAL,
        [CV_STORE_DATE] = CV_READ_DATE,         [CV_STORE_TIME] = CV_READ_TIME,
        [CV_STORE_DATETIME] = CV_READ_DATETIME, [CV_STORE_DURATION] = CV_READ_DURATION,
        [CV_STORE_UUID] = CV_READ_UUID,         [CV_STORE_BYTES] = CV_READ_BYTES,
        [CV_STORE_JSON] = CV_READ_JSON,         [CV_STORE_REFERENCE] = CV_READ_SKIP,
    };
    CvStorage storage = column->storage == CV_STORE_REFERENCE ? column->key_storage : column->storage;
    int scale = storage == CV_STORE_DECIMAL ? cv_column_base(column)->field->decimal_places : -1;
    return (CvReader){.kind = kinds[storage], .as_value = as_value, .scale = (int16_t)scale, .offset = offset};
}

static CvReader hook_reader(const CvReadHook *hook, bool as_value, uint32_t offset)
{
    return (CvReader){.kind = CV_READ_HOOK, .as_value = as_value, .scale = -1, .offset = offset, .hook = hook};
}

CvReader cv_column_reader(const CvColumn *column, bool as_value, uint32_t offset)
{
    const CvReadHook *hook = cv_column_base(column)->hook;
    return hook ? hook_reader(hook, as_value, offset) : kind_reader(column, as_value, offset);
}

CvReader cv_term_reader(const CvTerm *term, size_t place)
{
    uint32_t offset = (uint32_t)(place * sizeof(CvValue));
    if (term->hook)
        return hook_reader(term->hook, true, offset);
    return (CvReader){.zone = term->zone,
                      .kind = term->read,
                      .as_value = true,
                      .scale = term->exact ? term->scale : -1,
                      .offset = offset};
}

CvTerm cv_column_term(const CvColumn *column, CvSql *sql)
{
    CvReader reader = kind_reader(column, true, 0);
    return (CvTerm){.sql = sql,
                    .column = column,
                    .hook = cv_column_base(column)->hook,
                    .read = reader.kind,
                    .scale = reader.scale,
                    .exact = true};
}

static CvTerm typed(CvSql *sql, CvRead read)
{
    return (CvTerm){.sql = sql, .read = (uint8_t)read, .scale = -1, .nullable = true};
}

/* ---- transforms ---- */

static bool name_in(CvSlice name, const char *const *names)
{
    for (; *names; names++)
        if (cv_slice_is(name, *names))
            return true;
    return false;
}

static CvTerm custom_transform(CvQuery *query, CvTerm term, CvSlice name)
{
    const CvFieldKind *kind = term.column ? term.column->field->kind : NULL;
    const CvCustom *custom = cv_custom_find(CV_CUSTOM_TRANSFORM, name, kind);
    if (!custom)
        return (CvTerm){0};
    CvSql *sql = cv_sql_make(query->arena, CV_SQL_TEMPLATE, term.sql);
    sql->text = custom->sql;
    if (custom->result)
        return cv_term_of_kind(sql, custom->result, 0);
    term.sql = sql;
    term.exact = false;
    return term;
}

CvTerm cv_transform(CvQuery *query, CvTerm term, CvSlice name)
{
    static const char *const of_dates[] = {"year",     "iso_year",     "month",   "day", "week",
                                           "week_day", "iso_week_day", "quarter", NULL};
    static const char *const of_times[] = {"hour", "minute", "second", NULL};
    CvArena *arena = query->arena;
    bool date = term.read == CV_READ_DATE, time = term.read == CV_READ_TIME, moment = term.read == CV_READ_DATETIME;
    const char *zone = moment ? cv_zone_name(query->compile->zone) : NULL;
    if (((date || moment) && name_in(name, of_dates)) || ((time || moment) && name_in(name, of_times))) {
        CvSql *part = cv_sql_make(arena, CV_SQL_DATE_PART, term.sql);
        part->text = cv_slice_string(arena, name);
        part->text2 = zone;
        part->number = time;
        return typed(part, CV_READ_INTEGER);
    }
    if (moment && (cv_slice_is(name, "date") || cv_slice_is(name, "time"))) {
        CvSql *cut = cv_sql_make(arena, CV_SQL_DATE_CUT, term.sql);
        cut->text = cv_slice_string(arena, name);
        cut->text2 = zone;
        return typed(cut, cv_slice_is(name, "date") ? CV_READ_DATE : CV_READ_TIME);
    }
    if (term.read == CV_READ_JSON)
        return cv_json_key(query, &term, name);
    return custom_transform(query, term, name);
}

/* ---- columns and values ---- */

/* What stands behind the path is neither a field nor a transform. Behind a way back it is taken for a lookup. */
CV_NORETURN CV_COLD static void no_such_field(CvQuery *query, const CvPath *path, CvTerm term, CvSlice first,
                                              CvSlice name)
{
    const CvMember *member = path->member;
    bool back = member && (member->kind == CV_MEMBER_REVERSE || member->kind == CV_MEMBER_GENERIC);
    if (path->annotation || back) {
        term.relation = NULL;
        term.exact = false;
        cv_lookup_unsupported(&term, cv_slice_string(query->arena, name));
    }
    if (member && member->to)
        cv_query_unknown(query, first, member->to);
    cv_raise(CV_ERROR_FIELD, "Cannot resolve keyword '%.*s' into field. Join on '%s' not permitted.",
             CV_SLICE_ARG(first), path->column->name);
}

CvTerm cv_query_field(CvQuery *query, const char *path_text)
{
    CvPath path = cv_query_path(query, path_text, query->reuse, false);
    CvTerm term;
    if (query->reuse)
        *query->reuse |= path.used;
    if (path.annotation && query->summarizing && !path.annotation->selected)
        cv_raise(CV_ERROR_FIELD, "Cannot aggregate over the '%s' alias. Use annotate() to promote it.",
                 path.annotation->name);
    if (path.annotation)
        term = path.annotation->term;
    else
        cv_path_column(query, &path, &term);
    const char *second = strstr(path.rest, "__");
    CvSlice first = second ? cv_slice_of(path.rest, (size_t)(second - path.rest)) : cv_slice(path.rest);
    while (*path.rest) {
        const char *end = strstr(path.rest, "__");
        CvSlice name = end ? cv_slice_of(path.rest, (size_t)(end - path.rest)) : cv_slice(path.rest);
        CvTerm moved = cv_transform(query, term, name);
        if (!moved.sql)
            no_such_field(query, &path, term, first, name);
        term = moved;
        path.rest = end ? end + 2 : path.rest + name.length;
    }
    return term;
}

static CvRead read_of_value(CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_INT:
        return CV_READ_INTEGER;
    case CV_BOOL:
        return CV_READ_BOOL;
    case CV_FLOAT:
        return CV_READ_FLOAT;
    case CV_STRING:
        return CV_READ_TEXT;
    case CV_DECIMAL:
        return CV_READ_DECIMAL;
    case CV_DATE:
        return CV_READ_DATE;
    case CV_TIME:
        return CV_READ_TIME;
    case CV_DATETIME:
        return CV_READ_DATETIME;
    case CV_DURATION:
        return CV_READ_DURATION;
    case CV_UUID:
        return CV_READ_UUID;
    case CV_BYTES:
        return CV_READ_BYTES;
    default:
        return CV_READ_ANY;
    }
}

CvTerm cv_query_value(CvQuery *query, CvValue value, uint32_t slot, const CvColumn *like)
{
    CvBind *bind = cv_bind(query, like ? CV_BIND_COLUMN : CV_BIND_VALUE, slot);
    bind->column = like;
    CvTerm term = typed(cv_sql_bind(query->arena, bind), read_of_value(value));
    term.bound = true;
    term.message = value.kind == CV_NULL ? cv_no_output_field : NULL;
    return term;
}

/* ---- aggregates and functions ---- */

/* Those that reckon with their values. */
static bool is_number_aggregate(const char *sql)
{
    return !strcmp(sql, "SUM") || !strcmp(sql, "AVG") || !strncmp(sql, "STDDEV", 6) || !strncmp(sql, "VAR", 3);
}

/* "StdDev" for "StdDevSample". */
static const char *aggregate_class(const char *name)
{
    return !strcmp(name, "StdDevSample") ? "StdDev" : !strcmp(name, "VarianceSample") ? "Variance" : name;
}

/* Averages and spreads of integers are floats; a sum of truths is a number; the others are as what they are of. */
static CvTerm aggregate_type(CvSql *call, const char *sql, const CvTerm *inner)
{
    bool integers = inner->read == CV_READ_INTEGER || inner->read == CV_READ_INTEGER_NULLABLE;
    bool sum = !strcmp(sql, "SUM");
    CvTerm out = typed(call, inner->read);
    if (!strcmp(sql, "COUNT"))
        return typed(call, CV_READ_INTEGER);
    out.message = inner->message;
    if (integers && is_number_aggregate(sql) && !sum)
        out.read = CV_READ_FLOAT;
    else if (sum && (inner->read == CV_READ_BOOL || inner->read == CV_READ_BOOL_NULLABLE))
        out.read = CV_READ_INTEGER;
    else
        out.kind = inner->column ? cv_column_base(inner->column)->field->kind : inner->kind;
    bool same = !strcmp(sql, "MIN") || !strcmp(sql, "MAX") || !strcmp(sql, "ANY_VALUE");
    bool number = !sum && is_number_aggregate(sql) && (integers || inner->read == CV_READ_DECIMAL);
    if (same || (inner->hook && !number)) { /* a sum is stored as what it is the sum of */
        out.column = inner->column;
        out.hook = inner->hook;
    }
    return out;
}

static CvTerm aggregate(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    static const struct {
        const char *name, *sql;
    } known[] = {{"Count", "COUNT"},
                 {"Sum", "SUM"},
                 {"Avg", "AVG"},
                 {"Min", "MIN"},
                 {"Max", "MAX"},
                 {"AnyValue", "ANY_VALUE"},
                 {"BitAnd", "BIT_AND"},
                 {"BitOr", "BIT_OR"},
                 {"BitXor", "BIT_XOR"},
                 {"StdDev", "STDDEV_POP"},
                 {"StdDevSample", "STDDEV_SAMP"},
                 {"Variance", "VAR_POP"},
                 {"VarianceSample", "VAR_SAMP"}};
    CvArena *arena = query->arena;
    CvTerm inner = {.read = CV_READ_INTEGER, .scale = -1}, out;
    size_t at = 0;
    while (at < CV_COUNT_OF(known) && strcmp(known[at].name, expr->name) != 0)
        at++;
    bool joins = strcmp(expr->name, "StringAgg") == 0 && expr->count;
    if (at == CV_COUNT_OF(known) && !joins)
        cv_raise(CV_ERROR_FIELD, "there is no aggregate %s", expr->name);
    CvSql *what = NULL;
    if (joins) {
        inner = cv_query_string_agg(query, expr, slot);
        slot += expr->items[0]->slots;
    } else if (expr->count) {
        inner = cv_query_resolve(query, expr->items[0], slot);
        slot += expr->items[0]->slots;
        what = inner.sql;
        if (what->flags & CV_SQL_HAS_AGGREGATE) {
            const char *name = expr->items[0]->name ? expr->items[0]->name : "expression";
            cv_raise(CV_ERROR_FIELD, "Cannot compute %s('%s'): '%s' is an aggregate", expr->name, name, name);
        }
    } else {
        what = cv_sql_node(arena, CV_SQL_STAR, 0, NULL);
    }
    if (!joins && is_number_aggregate(known[at].sql) &&
        (inner.read == CV_READ_DATE || inner.read == CV_READ_TIME || inner.read == CV_READ_DATETIME))
        cv_raise_later(query, CV_ERROR_NOT_SUPPORTED,
                       "SQLite does not support %s on date or time fields, because they are stored as text.",
                       aggregate_class(expr->name));
    CvSql *call = joins ? inner.sql : cv_sql_call(arena, known[at].sql, 1, &what);
    call->flags |= CV_SQL_HAS_AGGREGATE | CV_SQL_IS_AGGREGATE | (expr->distinct && !joins ? CV_SQL_DISTINCT : 0);
    if (expr->filter) {
        call->filter = cv_query_predicate(query, expr->filter, slot);
        if (call->filter == &cv_sql_never)
            call->filter = cv_sql_text_node(arena, "0 = 1");
        slot += expr->filter->slots;
    }
    out = aggregate_type(call, joins ? "" : known[at].sql, &inner);
    if (expr->fallback) {
        bool stored = out.hook && expr->fallback->kind == CV_EXPR_VALUE; /* it is loaded like what it stands for */
        CvTerm other = stored ? cv_query_value(query, expr->fallback->values[0], slot, out.column)
                              : cv_query_resolve(query, expr->fallback, slot);
        out.sql = cv_sql_call(arena, "COALESCE", 2, (CvSql *[]){call, other.sql});
    }
    return out;
}

static CvTerm function(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    CvTerm out;
    if (!cv_query_function(query, expr, slot, &out))
        cv_raise(CV_ERROR_FIELD, "there is no function %s", expr->name);
    return out;
}

/* ---- all of them ---- */

static CvTerm outer_column(CvQuery *query, const CvExpr *expr)
{
    if (!query->outer && query->compile->checking) /* it may be used in another set */
        return typed(cv_sql_text_node(query->arena, "NULL"), CV_READ_ANY);
    if (!query->outer)
        cv_raise(CV_ERROR_VALUE, "This queryset contains a reference to an outer query and may only be used in a "
                                 "subquery.");
    return cv_query_field(query->outer, expr->name);
}

/* SELECT 1 of the rows. */
static CvSqlSelect *exists_select(CvQuery *inner)
{
    CvColumns columns = {0};
    inner->order_cleared = true;
    inner->order = NULL;
    cv_columns_add(inner, &columns, cv_sql_integer(inner->arena, 1), NULL);
    CvSqlSelect *select = cv_select_of(inner, &columns);
    if (!select->limit && !select->group_count)
        select->limit = cv_sql_integer(inner->arena, 1);
    return select;
}

static CvTerm subquery(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    CvTerm out = {0};
    if (expr->kind == CV_EXPR_EXISTS) {
        CvQuery *inner = cv_query_of_set(query->compile, expr->set, slot, query);
        if (inner->nothing || inner->where == &cv_sql_never)
            return typed(cv_sql_text_node(query->arena, "0 = 1"), CV_READ_BOOL);
        CvSqlSelect *select = exists_select(inner);
        CvSql *node = cv_sql_node(query->arena, CV_SQL_EXISTS, 0, NULL);
        node->select = select;
        return typed(node, CV_READ_BOOL);
    }
    CvSqlSelect *select = cv_query_subselect(query, expr->set, slot, NULL, false, &out);
    if (!select)
        return typed(cv_sql_text_node(query->arena, "NULL"), CV_READ_ANY);
    CvSql *node = cv_sql_node(query->arena, CV_SQL_SELECT, 0, NULL);
    node->select = select;
    out.sql = node;
    out.exact = false;
    out.nullable = true;
    return out;
}

CvTerm cv_query_resolve(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    if (++query->compile->depth > CV_MOST_NESTED * 4)
        cv_raise(CV_ERROR_RECURSION, "an expression is nested too deeply");
    CvTerm out = {0};
    switch ((CvExprKind)expr->kind) {
    case CV_EXPR_F:
        out = cv_query_field(query, expr->name);
        break;
    case CV_EXPR_OUTER:
        out = outer_column(query, expr);
        break;
    case CV_EXPR_VALUE:
        out = cv_query_value(query, expr->values[0], slot, NULL);
        break;
    case CV_EXPR_ARITHMETIC:
        out = cv_query_arithmetic(query, expr, slot);
        break;
    case CV_EXPR_FUNCTION:
        out = function(query, expr, slot);
        break;
    case CV_EXPR_AGGREGATE:
        out = aggregate(query, expr, slot);
        break;
    case CV_EXPR_EXISTS:
    case CV_EXPR_SUBQUERY:
        out = subquery(query, expr, slot);
        break;
    case CV_EXPR_CONDITION:
    case CV_EXPR_LOGIC:
        out = typed(cv_query_predicate(query, expr, slot), CV_READ_BOOL);
        if (!out.sql || out.sql == &cv_sql_never)
            out.sql = cv_sql_text_node(query->arena, out.sql ? "0 = 1" : "1 = 1");
        break;
    case CV_EXPR_FILTERED:
        cv_raise(CV_ERROR_TYPE, "a FilteredRelation stands in annotate() and alias() only");
    case CV_EXPR_ORDERED:
        cv_raise(CV_ERROR_TYPE, "an ordering stands in order_by() only");
    }
    query->compile->depth--;
    return out;
}
