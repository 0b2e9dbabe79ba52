/* functions.c: database functions as SQL: a table of those that are plain calls, and the few that are not. */
#include "orm/custom.h"
#include "orm/functions_private.h"

CvFunctionName cv_function_name(const char *text)
{
    CvFunctionName name = {0};
    CvSlice rest = cv_slice(text), part;
    (void)cv_slice_split(&rest, '|', &name.name);
    while (name.count < CV_FUNCTION_PARTS && cv_slice_split(&rest, '|', &part))
        name.parts[name.count++] = part;
    return name;
}

/* ---- types ---- */

CvTerm cv_term_of(CvSql *sql, CvRead read)
{
    return (CvTerm){.sql = sql, .read = (uint8_t)read, .scale = -1, .nullable = true};
}

const char *cv_term_class(const CvTerm *term)
{
    static const char *const names[] = {
        [CV_READ_INTEGER] = "IntegerField",   [CV_READ_INTEGER_NULLABLE] = "IntegerField",
        [CV_READ_FLOAT] = "FloatField",       [CV_READ_FLOAT_NULLABLE] = "FloatField",
        [CV_READ_BOOL] = "BooleanField",      [CV_READ_BOOL_NULLABLE] = "BooleanField",
        [CV_READ_TEXT] = "CharField",         [CV_READ_DECIMAL] = "DecimalField",
        [CV_READ_DATE] = "DateField",         [CV_READ_TIME] = "TimeField",
        [CV_READ_DATETIME] = "DateTimeField", [CV_READ_DURATION] = "DurationField",
        [CV_READ_UUID] = "UUIDField",         [CV_READ_BYTES] = "BinaryField",
        [CV_READ_JSON] = "JSONField"};
    if (term->column)
        return cv_column_base(term->column)->field->kind->name;
    if (term->kind)
        return term->kind->name;
    return term->read < CV_COUNT_OF(names) ? names[term->read] : NULL;
}

/* Django's field classes: is `name` the class `of` or one derived from it? */
static bool is_derived(const char *name, const char *of)
{
    static const char *const parents[][2] = {{"AutoField", "IntegerField"},
                                             {"BigAutoField", "BigIntegerField"},
                                             {"SmallAutoField", "SmallIntegerField"},
                                             {"BigIntegerField", "IntegerField"},
                                             {"SmallIntegerField", "IntegerField"},
                                             {"PositiveIntegerField", "IntegerField"},
                                             {"PositiveBigIntegerField", "BigIntegerField"},
                                             {"PositiveSmallIntegerField", "SmallIntegerField"},
                                             {"EmailField", "CharField"},
                                             {"SlugField", "CharField"},
                                             {"URLField", "CharField"},
                                             {"DateTimeField", "DateField"},
                                             {"ImageField", "FileField"}};
    for (size_t i = 0; i <= CV_COUNT_OF(parents); i++) {
        if (!strcmp(name, of))
            return true;
        size_t k = 0;
        while (k < CV_COUNT_OF(parents) && strcmp(parents[k][0], name) != 0)
            k++;
        if (k == CV_COUNT_OF(parents))
            return false;
        name = parents[k][1];
    }
    return false;
}

CvTerm cv_common_type(const CvFunctionItems *items)
{
    const CvTerm *first = NULL;
    const char *message = NULL;
    for (size_t i = 0; i < items->count && !message; i++) {
        const char *name = cv_term_class(&items->terms[i]);
        message = items->terms[i].message == cv_no_output_field ? NULL : items->terms[i].message;
        if (!name)
            continue;
        if (!first)
            first = &items->terms[i];
        else if (!is_derived(cv_term_class(first), name))
            message =
                cv_arena_printf(items->arena, "Expression contains mixed types: %s, %s. You must set output_field.",
                                cv_term_class(first), name);
    }
    CvTerm out = first && !message ? *first : cv_term_of(NULL, CV_READ_ANY);
    out.bound = out.exact = false;
    out.nullable = true;
    out.scale = -1;
    out.message = first ? message : message ? message : cv_no_output_field;
    return out;
}

CvTerm cv_term_of_kind(CvSql *sql, const CvFieldKind *kind, int decimal_places)
{
    static const uint8_t reads[] = {[CV_STORE_INTEGER] = CV_READ_INTEGER,   [CV_STORE_NULL_INTEGER] = CV_READ_INTEGER,
                                    [CV_STORE_FLOAT] = CV_READ_FLOAT,       [CV_STORE_NULL_FLOAT] = CV_READ_FLOAT,
                                    [CV_STORE_BOOL] = CV_READ_BOOL,         [CV_STORE_NULL_BOOL] = CV_READ_BOOL,
                                    [CV_STORE_TEXT] = CV_READ_TEXT,         [CV_STORE_DECIMAL] = CV_READ_DECIMAL,
                                    [CV_STORE_DATE] = CV_READ_DATE,         [CV_STORE_TIME] = CV_READ_TIME,
                                    [CV_STORE_DATETIME] = CV_READ_DATETIME, [CV_STORE_DURATION] = CV_READ_DURATION,
                                    [CV_STORE_UUID] = CV_READ_UUID,         [CV_STORE_BYTES] = CV_READ_BYTES,
                                    [CV_STORE_JSON] = CV_READ_JSON};
    (void)decimal_places;
    CvTerm term = cv_term_of(sql, kind->storage < CV_COUNT_OF(reads) ? (CvRead)reads[kind->storage] : CV_READ_ANY);
    term.kind = kind;
    return term;
}

CvSql *cv_sql_literal(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_byte(&out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\'')
            cv_buffer_append_byte(&out, '\'');
        cv_buffer_append_byte(&out, text.data[i]);
    }
    cv_buffer_append_byte(&out, '\'');
    return cv_sql_text_node(arena, cv_buffer_string(&out));
}

/* ---- items ---- */

CvFunctionItems cv_function_items(const CvFunctionCall *call)
{
    CvArena *arena = call->query->arena;
    const CvExpr *expr = call->expr;
    uint32_t slot = call->slot;
    CvFunctionItems items = {.arena = arena,
                             .terms = cv_arena_new_array(arena, CvTerm, (size_t)expr->count + 1),
                             .sql = cv_arena_new_array(arena, CvSql *, (size_t)expr->count + 1),
                             .count = expr->count};
    for (uint32_t i = 0; i < expr->count; i++) {
        const CvExpr *item = expr->items[i];
        items.terms[i] = cv_query_resolve(call->query, item, slot);
        if (item->kind == CV_EXPR_VALUE && item->values[0].kind == CV_DECIMAL) {
            items.terms[i].sql = cv_sql_make(arena, CV_SQL_CAST, items.terms[i].sql);
            items.terms[i].sql->text = "NUMERIC";
        }
        items.sql[i] = items.terms[i].sql;
        slot += item->slots;
    }
    return items;
}

/* ---- plain calls ---- */

typedef enum ResultType {
    AS_FIRST,  /* as the first argument */
    AS_COMMON, /* as all of them */
    AS_NUMBER, /* a decimal if one is, else a float */
    AS_INTEGER,
    AS_FLOAT,
    AS_TEXT,
    AS_JSON,
} ResultType;

static const struct {
    const char *name, *sql;
    uint8_t least, most;
    uint8_t type;
    const char *missing; /* SQL in place of a last argument that was not given */
} functions[] = {
    {"Lower", "LOWER", 1, 1, AS_FIRST, NULL},
    {"Upper", "UPPER", 1, 1, AS_FIRST, NULL},
    {"Length", "LENGTH", 1, 1, AS_INTEGER, NULL},
    {"Trim", "TRIM", 1, 1, AS_FIRST, NULL},
    {"LTrim", "LTRIM", 1, 1, AS_FIRST, NULL},
    {"RTrim", "RTRIM", 1, 1, AS_FIRST, NULL},
    {"Reverse", "REVERSE", 1, 1, AS_FIRST, NULL},
    {"Chr", "CHAR", 1, 1, AS_TEXT, NULL},
    {"Ord", "UNICODE", 1, 1, AS_INTEGER, NULL},
    {"MD5", "MD5", 1, 1, AS_FIRST, NULL},
    {"SHA1", "SHA1", 1, 1, AS_FIRST, NULL},
    {"SHA224", "SHA224", 1, 1, AS_FIRST, NULL},
    {"SHA256", "SHA256", 1, 1, AS_FIRST, NULL},
    {"SHA384", "SHA384", 1, 1, AS_FIRST, NULL},
    {"SHA512", "SHA512", 1, 1, AS_FIRST, NULL},
    {"LPad", "LPAD", 2, 3, AS_TEXT, "' '"},
    {"RPad", "RPAD", 2, 3, AS_TEXT, "' '"},
    {"Repeat", "REPEAT", 2, 2, AS_TEXT, NULL},
    {"Replace", "REPLACE", 2, 3, AS_COMMON, "''"},
    {"StrIndex", "INSTR", 2, 2, AS_INTEGER, NULL},
    {"Substr", "SUBSTR", 2, 3, AS_TEXT, NULL},
    {"Coalesce", "COALESCE", 2, 100, AS_COMMON, NULL},
    {"Greatest", "MAX", 2, 100, AS_COMMON, NULL},
    {"Least", "MIN", 2, 100, AS_COMMON, NULL},
    {"NullIf", "NULLIF", 2, 2, AS_COMMON, NULL},
    {"JSONObject", "JSON_OBJECT", 0, 100, AS_JSON, NULL},
    {"JSONArray", "JSON_ARRAY", 0, 100, AS_JSON, NULL},
    {"Abs", "ABS", 1, 1, AS_FIRST, NULL},
    {"Ceil", "CEILING", 1, 1, AS_FIRST, NULL},
    {"Floor", "FLOOR", 1, 1, AS_FIRST, NULL},
    {"Round", "ROUND", 1, 2, AS_FIRST, "0"},
    {"Sign", "SIGN", 1, 1, AS_FIRST, NULL},
    {"ACos", "ACOS", 1, 1, AS_NUMBER, NULL},
    {"ASin", "ASIN", 1, 1, AS_NUMBER, NULL},
    {"ATan", "ATAN", 1, 1, AS_NUMBER, NULL},
    {"ATan2", "ATAN2", 2, 2, AS_NUMBER, NULL},
    {"Cos", "COS", 1, 1, AS_NUMBER, NULL},
    {"Cot", "COT", 1, 1, AS_NUMBER, NULL},
    {"Degrees", "DEGREES", 1, 1, AS_NUMBER, NULL},
    {"Exp", "EXP", 1, 1, AS_NUMBER, NULL},
    {"Ln", "LN", 1, 1, AS_NUMBER, NULL},
    {"Log", "LOG", 2, 2, AS_NUMBER, NULL},
    {"Mod", "MOD", 2, 2, AS_NUMBER, NULL},
    {"Pi", "PI", 0, 0, AS_FLOAT, NULL},
    {"Power", "POWER", 2, 2, AS_NUMBER, NULL},
    {"Radians", "RADIANS", 1, 1, AS_NUMBER, NULL},
    {"Random", "RAND", 0, 0, AS_FLOAT, NULL},
    {"Sin", "SIN", 1, 1, AS_NUMBER, NULL},
    {"Sqrt", "SQRT", 1, 1, AS_NUMBER, NULL},
    {"Tan", "TAN", 1, 1, AS_NUMBER, NULL},
    {"CumeDist", "CUME_DIST", 0, 0, AS_FLOAT, NULL},
    {"DenseRank", "DENSE_RANK", 0, 0, AS_INTEGER, NULL},
    {"FirstValue", "FIRST_VALUE", 1, 1, AS_FIRST, NULL},
    {"LastValue", "LAST_VALUE", 1, 1, AS_FIRST, NULL},
    {"Lag", "LAG", 1, 3, AS_FIRST, NULL},
    {"Lead", "LEAD", 1, 3, AS_FIRST, NULL},
    {"NthValue", "NTH_VALUE", 1, 2, AS_FIRST, "1"},
    {"Ntile", "NTILE", 0, 1, AS_INTEGER, "1"},
    {"PercentRank", "PERCENT_RANK", 0, 0, AS_FLOAT, NULL},
    {"Rank", "RANK", 0, 0, AS_INTEGER, NULL},
    {"RowNumber", "ROW_NUMBER", 0, 0, AS_INTEGER, NULL},
};

static bool is_decimal(const CvTerm *term)
{
    return term->read == CV_READ_DECIMAL;
}

static CvTerm result_type(ResultType type, const CvFunctionItems *items, bool any_type)
{
    CvTerm out = cv_term_of(NULL, CV_READ_ANY);
    bool decimal = false;
    for (size_t i = 0; i < items->count; i++)
        decimal |= is_decimal(&items->terms[i]);
    switch (type) {
    case AS_FIRST:
        if (items->count) {
            out = items->terms[0];
            out.bound = out.exact = false;
            out.nullable = true;
            out.scale = -1;
        }
        return out;
    case AS_COMMON:
        return any_type ? out : cv_common_type(items);
    case AS_NUMBER:
        out = cv_term_of(NULL, decimal ? CV_READ_DECIMAL : CV_READ_FLOAT);
        for (size_t i = 0; i < items->count && !out.message; i++) /* what has no type makes none */
            out.message = items->terms[i].message;
        return out;
    case AS_INTEGER:
        return cv_term_of(NULL, CV_READ_INTEGER);
    case AS_FLOAT:
        return cv_term_of(NULL, CV_READ_FLOAT);
    case AS_TEXT:
        return cv_term_of(NULL, CV_READ_TEXT);
    case AS_JSON:
        return cv_term_of(NULL, CV_READ_JSON);
    }
    return out;
}

static void check_precision(const CvFunctionCall *call)
{
    const CvExpr *precision = call->expr->count > 1 ? call->expr->items[1] : NULL;
    if (precision && precision->kind == CV_EXPR_VALUE && precision->values[0].kind == CV_INT &&
        precision->values[0].integer < 0)
        cv_raise_later(call->query, CV_ERROR_VALUE, "SQLite does not support negative precision.");
}

static bool plain_call(const CvFunctionCall *call, CvTerm *out)
{
    for (size_t i = 0; i < CV_COUNT_OF(functions); i++) {
        if (!cv_slice_is(call->name.name, functions[i].name))
            continue;
        CvFunctionItems items = cv_function_items(call);
        if (items.count < functions[i].least || items.count > functions[i].most)
            cv_raise(CV_ERROR_TYPE, "%s does not take %zu arguments", functions[i].name, items.count);
        if (functions[i].missing && items.count < functions[i].most) {
            CvSql *missing = cv_sql_text_node(call->query->arena, functions[i].missing);
            items.sql[items.count] = missing;
            items.terms[items.count++] =
                cv_term_of(missing, *functions[i].missing == '\'' ? CV_READ_TEXT : CV_READ_INTEGER);
        }
        if (!strcmp(functions[i].name, "Round"))
            check_precision(call);
        CvSql *sql = cv_sql_call(call->query->arena, functions[i].sql, items.count, items.sql);
        *out = result_type((ResultType)functions[i].type, &items, call->any_type);
        out->sql = sql;
        return true;
    }
    return false;
}

/* ---- the others ---- */

static CvSql *infix(CvArena *arena, CvSql *a, const char *op, CvSql *b)
{
    CvSql *node = cv_sql_make(arena, CV_SQL_BINARY, a, b);
    node->text = op;
    return node;
}

/* Nulls are empty text: COALESCE(a, '') || COALESCE(b, ''). */
static CvTerm concat(const CvFunctionCall *call)
{
    CvFunctionItems items = cv_function_items(call);
    CvArena *arena = call->query->arena;
    CvSql *joined = NULL;
    CvTerm out = cv_term_of(NULL, CV_READ_TEXT);
    for (size_t i = items.count; i-- > 0 && !call->any_type;) { /* in pairs, from the last */
        CvFunctionItems pair = {arena, (CvTerm[]){items.terms[i], out}, NULL, i + 1 < items.count ? 2 : 1};
        out = cv_common_type(&pair);
    }
    for (size_t i = 0; i < items.count; i++) {
        CvSql *parts[] = {items.sql[i], cv_sql_text_node(arena, "''")};
        CvSql *part = cv_sql_call(arena, "COALESCE", 2, parts);
        joined = joined ? infix(arena, joined, "||", part) : part;
    }
    out.sql = joined;
    return out;
}

/* Left(x, n) is SUBSTR(x, 1, n), Right(x, n) is SUBSTR(x, n * -1, n). */
static CvTerm side(const CvFunctionCall *call, bool right)
{
    CvFunctionItems items = cv_function_items(call);
    CvArena *arena = call->query->arena;
    CvSql *start = cv_sql_integer(arena, 1);
    if (right)
        start = infix(arena, items.sql[1], "*", cv_sql_integer(arena, -1));
    CvSql *parts[] = {items.sql[0], start, items.sql[1]};
    return cv_term_of(cv_sql_call(arena, "SUBSTR", 3, parts), CV_READ_TEXT);
}

static const char *class_or_none(const CvTerm *term)
{
    const char *name = cv_term_class(term);
    return name ? name : "NoneType";
}

static CvTerm bits(const CvFunctionCall *call, const char *op)
{
    CvFunctionItems items = cv_function_items(call);
    CvTerm out = cv_term_of(NULL, CV_READ_INTEGER);
    out.sql = cv_slice_is(call->name.name, "BitXor") ? cv_sql_call(items.arena, "BITXOR", 2, items.sql)
                                                     : infix(items.arena, items.sql[0], op, items.sql[1]);
    for (size_t i = 0; i < 2 && !out.message; i++)
        if (items.terms[i].read != CV_READ_INTEGER && items.terms[i].read != CV_READ_INTEGER_NULLABLE)
            out.message = cv_arena_printf(
                items.arena,
                "Cannot infer type of '%s' expression involving these types: %s, %s. You must set output_field.", op,
                class_or_none(&items.terms[0]), class_or_none(&items.terms[1]));
    return out;
}

/* A part of a text: as Substr, for texts alone. */
static CvTerm sliced(const CvFunctionCall *call)
{
    CvFunctionItems items = cv_function_items(call);
    const char *name = cv_term_class(&items.terms[0]);
    if (!name || (!is_derived(name, "CharField") && !is_derived(name, "TextField")))
        cv_raise(CV_ERROR_NOT_SUPPORTED, "This field does not support slicing.");
    return cv_term_of(cv_sql_call(items.arena, "SUBSTR", items.count, items.sql), CV_READ_TEXT);
}

static CvTerm collate(const CvFunctionCall *call)
{
    CvFunctionItems items = cv_function_items(call);
    CvArena *arena = call->query->arena;
    CvSlice name = call->name.parts[0];
    CvBuffer text = cv_buffer(arena);
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            cv_raise(CV_ERROR_VALUE, "Invalid collation name: '%.*s'.", CV_SLICE_ARG(name));
    }
    cv_sql_quote(&text, cv_slice_string(arena, name));
    CvTerm out = items.terms[0];
    out.sql = cv_sql_make(arena, CV_SQL_COMPARE, items.sql[0], cv_sql_text_node(arena, cv_buffer_string(&text)));
    out.sql->text = "COLLATE";
    out.exact = out.bound = false;
    return out;
}

static const CvFieldKind *kind_of(const CvFunctionCall *call)
{
    const CvFieldKind *kind = cv_field_kind(call->name.parts[0]);
    if (!kind)
        cv_raise(CV_ERROR_FIELD, "there is no field class %.*s", CV_SLICE_ARG(call->name.parts[0]));
    return kind;
}

static CvTerm cast(const CvFunctionCall *call)
{
    CvFunctionItems items = cv_function_items(call);
    CvArena *arena = call->query->arena;
    const CvFieldKind *kind = kind_of(call);
    CvSql *sql;
    if (kind->storage == CV_STORE_DATE) {
        sql = cv_sql_call(arena, "date", 1, items.sql);
    } else if (kind->storage == CV_STORE_DATETIME || kind->storage == CV_STORE_TIME) {
        const char *format = kind->storage == CV_STORE_TIME ? "'%H:%M:%f'" : "'%Y-%m-%d %H:%M:%f'";
        sql = cv_sql_call(arena, "strftime", 2, (CvSql *[]){cv_sql_text_node(arena, format), items.sql[0]});
    } else {
        sql = cv_sql_make(arena, CV_SQL_CAST, items.sql[0]);
        sql->text = kind->storage == CV_STORE_TEXT      ? "text"
                    : kind->storage == CV_STORE_DECIMAL ? "NUMERIC"
                                                        : kind->sqlite_type;
    }
    return cv_term_of_kind(sql, kind, 0);
}

/* The type is said: what is inside need not agree. */
static CvTerm output_field(const CvFunctionCall *call)
{
    const CvFieldKind *kind = kind_of(call);
    const CvExpr *inner = call->expr->items[0];
    CvFunctionCall deeper = {.query = call->query, .expr = inner, .slot = call->slot, .any_type = true};
    CvTerm term;
    deeper.wanted = cv_term_of_kind(NULL, kind, 0).read;
    if (inner->kind == CV_EXPR_FUNCTION)
        deeper.name = cv_function_name(inner->name);
    if (inner->kind != CV_EXPR_FUNCTION || !cv_function_compile(&deeper, &term))
        term = cv_query_resolve(call->query, inner, call->slot);
    CvTerm out = cv_term_of_kind(term.sql, kind, 0);
    out.bound = term.bound;
    out.zone = term.read == out.read ? term.zone : NULL;
    return out;
}

static CvTerm outer(const CvFunctionCall *call)
{
    CvQuery *around = call->query->outer;
    if (!around && call->query->compile->checking)
        return cv_term_of(cv_sql_text_node(call->query->arena, "NULL"), CV_READ_ANY);
    if (!around)
        cv_raise(CV_ERROR_VALUE, "This queryset contains a reference to an outer query and may only be used in a "
                                 "subquery.");
    return cv_query_resolve(around, call->expr->items[0], call->slot);
}

bool cv_function_compile(const CvFunctionCall *call, CvTerm *out)
{
    static const struct {
        const char *name, *op;
    } infixes[] = {{"BitAnd", "&"}, {"BitOr", "|"}, {"BitLeftShift", "<<"}, {"BitRightShift", ">>"}, {"BitXor", "#"}};
    CvSlice name = call->name.name;
    for (size_t i = 0; i < CV_COUNT_OF(infixes); i++)
        if (cv_slice_is(name, infixes[i].name)) {
            *out = bits(call, infixes[i].op);
            return true;
        }
    if (plain_call(call, out) || cv_function_of_dates(call, out))
        return true;
    if (cv_slice_is(name, "Concat"))
        *out = concat(call);
    else if (cv_slice_is(name, "Left") || cv_slice_is(name, "Right"))
        *out = side(call, name.data[0] == 'R');
    else if (cv_slice_is(name, "Sliced"))
        *out = sliced(call);
    else if (cv_slice_is(name, "Collate"))
        *out = collate(call);
    else if (cv_slice_is(name, "Cast"))
        *out = cast(call);
    else if (cv_slice_is(name, "OutputField"))
        *out = output_field(call);
    else if (cv_slice_is(name, "Case"))
        *out = cv_function_case(call);
    else if (cv_slice_is(name, "When"))
        *out = cv_function_when(call);
    else if (cv_slice_is(name, "Window"))
        *out = cv_function_window(call);
    else if (cv_slice_is(name, "FRAME"))
        *out = cv_function_frame(call);
    else if (cv_slice_is(name, "KT"))
        *out = cv_function_key_text(call);
    else if (cv_slice_is(name, "OuterRef"))
        *out = outer(call);
    else if (cv_slice_is(name, "Now"))
        *out =
            cv_term_of(cv_sql_text_node(call->query->arena, "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')"), CV_READ_DATETIME);
    else
        return false;
    return true;
}

static bool custom_function(const CvFunctionCall *call, CvTerm *out)
{
    const CvCustom *custom = cv_custom_find(CV_CUSTOM_FUNCTION, call->name.name, NULL);
    if (!custom)
        return false;
    CvFunctionItems items = cv_function_items(call);
    CvSql *sql = cv_sql_node(call->query->arena, CV_SQL_TEMPLATE, items.count, items.sql);
    sql->text = custom->sql;
    if (custom->result || !items.count) {
        *out = custom->result ? cv_term_of_kind(sql, custom->result, 0) : cv_term_of(sql, CV_READ_ANY);
        return true;
    }
    *out = items.terms[0];
    out->sql = sql;
    out->exact = out->bound = false;
    return true;
}

bool cv_query_function(CvQuery *query, const CvExpr *expr, uint32_t slot, CvTerm *out)
{
    CvFunctionCall call = {.query = query, .expr = expr, .slot = slot, .name = cv_function_name(expr->name)};
    return cv_function_compile(&call, out) || custom_function(&call, out);
}
