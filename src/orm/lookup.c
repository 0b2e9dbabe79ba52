/* lookup.c: what a lookup asks of a term: comparisons, text matches, ranges, null tests, regular expressions. */
#include "orm/custom.h"
#include "orm/functions_private.h"

#include "text/decimal.h"

typedef enum LookupKind {
    LOOKUP_COMPARE,
    LOOKUP_MATCH,
    LOOKUP_IN,
    LOOKUP_RANGE,
    LOOKUP_NULL,
    LOOKUP_CUSTOM,
} LookupKind;

typedef struct Lookup {
    const char *name;
    LookupKind kind;
    const char *operator_text;
    int match;
    CvBindHow how;
} Lookup;

static const Lookup lookups[] = {
    {"exact", LOOKUP_COMPARE, "=", 0, CV_BIND_COLUMN},
    {"gt", LOOKUP_COMPARE, ">", 0, CV_BIND_COLUMN},
    {"gte", LOOKUP_COMPARE, ">=", 0, CV_BIND_COLUMN},
    {"lt", LOOKUP_COMPARE, "<", 0, CV_BIND_COLUMN},
    {"lte", LOOKUP_COMPARE, "<=", 0, CV_BIND_COLUMN},
    {"iexact", LOOKUP_MATCH, NULL, CV_MATCH_EXACT | CV_MATCH_IGNORE_CASE, CV_BIND_LIKE},
    {"contains", LOOKUP_MATCH, NULL, CV_MATCH_CONTAINS, CV_BIND_CONTAINS},
    {"icontains", LOOKUP_MATCH, NULL, CV_MATCH_CONTAINS | CV_MATCH_IGNORE_CASE, CV_BIND_CONTAINS},
    {"startswith", LOOKUP_MATCH, NULL, CV_MATCH_STARTS, CV_BIND_STARTS},
    {"istartswith", LOOKUP_MATCH, NULL, CV_MATCH_STARTS | CV_MATCH_IGNORE_CASE, CV_BIND_STARTS},
    {"endswith", LOOKUP_MATCH, NULL, CV_MATCH_ENDS, CV_BIND_ENDS},
    {"iendswith", LOOKUP_MATCH, NULL, CV_MATCH_ENDS | CV_MATCH_IGNORE_CASE, CV_BIND_ENDS},
    {"regex", LOOKUP_MATCH, NULL, CV_MATCH_REGEX, CV_BIND_TEXT},
    {"iregex", LOOKUP_MATCH, NULL, CV_MATCH_REGEX | CV_MATCH_IGNORE_CASE, CV_BIND_TEXT},
    {"in", LOOKUP_IN, NULL, 0, CV_BIND_COLUMN},
    {"range", LOOKUP_RANGE, NULL, 0, CV_BIND_COLUMN},
    {"isnull", LOOKUP_NULL, NULL, 0, CV_BIND_COLUMN},
};

/* One of custom.h, whatever it is called. */
static const Lookup of_a_site = {.name = "custom", .kind = LOOKUP_CUSTOM};

static const Lookup *find_lookup(CvSlice name)
{
    for (size_t i = 0; i < CV_COUNT_OF(lookups); i++)
        if (cv_slice_is(name, lookups[i].name))
            return &lookups[i];
    return cv_custom_is_lookup(name) ? &of_a_site : NULL;
}

CvBind *cv_bind(CvQuery *query, CvBindHow how, uint32_t slot)
{
    CvBind *bind = cv_arena_new(query->arena, CvBind);
    bind->how = (uint8_t)how;
    bind->slot = slot;
    return bind;
}

/* The column whose values `left` is compared with: its own; for a moment that was computed (a date of a date-time, a
 * month), one of the kind that came out. NULL: values are taken as they are. */
static const CvColumn *compared_as(const CvTerm *left)
{
    static const CvColumn dates = {.name = "None", .storage = CV_STORE_DATE},
                          times = {.name = "None", .storage = CV_STORE_TIME},
                          moments = {.name = "None", .storage = CV_STORE_DATETIME};
    if (left->column)
        return left->column;
    return left->read == CV_READ_DATE       ? &dates
           : left->read == CV_READ_TIME     ? &times
           : left->read == CV_READ_DATETIME ? &moments
                                            : NULL;
}

/* The place of a value that is compared with `left`. */
static CvSql *place(CvQuery *query, const CvTerm *left, CvBindHow how, uint32_t slot)
{
    CvBind *bind = cv_bind(query, how, slot);
    bind->column = compared_as(left);
    if (how == CV_BIND_COLUMN && !bind->column)
        bind->how =
            left->read == CV_READ_INTEGER || left->read == CV_READ_INTEGER_NULLABLE ? CV_BIND_INTEGER : CV_BIND_VALUE;
    return cv_sql_bind(query->arena, bind);
}

/* Values of a kind that the column never takes, with what Python says to them. */
static void refuse_kind(const CvTerm *left, CvValue value)
{
    const CvColumn *compared = compared_as(left), *base = compared ? cv_column_base(compared) : NULL;
    bool list = value.kind == CV_LIST || value.kind == CV_TUPLE || value.kind == CV_DICT;
    bool number = value.kind == CV_INT || value.kind == CV_BOOL || value.kind == CV_FLOAT || value.kind == CV_DECIMAL ||
                  value.kind == CV_BIGINT;
    if (!base || value.kind == CV_OBJECT || value.kind == CV_NULL)
        return;
    switch (base->storage) {
    case CV_STORE_DURATION:
        if (value.kind != CV_DURATION)
            cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'days'", cv_value_kind_name(value));
        break;
    case CV_STORE_DATE:
    case CV_STORE_TIME:
    case CV_STORE_DATETIME:
        if (number || list)
            cv_raise(CV_ERROR_TYPE, "fromisoformat: argument must be str");
        break;
    case CV_STORE_INTEGER:
    case CV_STORE_NULL_INTEGER:
    case CV_STORE_FLOAT:
    case CV_STORE_NULL_FLOAT:
        if (list)
            cv_raise(CV_ERROR_TYPE, "Field '%s' expected a number but got %.*s.", base->name,
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), value)));
        break;
    default:
        break;
    }
}

/* Values that Django checks when the filter is made are checked when it is compiled, and at every bind. */
static void check_value(CvQuery *query, const CvTerm *left, CvValue value)
{
    const CvColumn *column = compared_as(left);
    refuse_kind(left, value);
    if (column && value.kind != CV_OBJECT)
        (void)cv_column_convert(query->arena, column, value);
}

static bool is_of(const CvModel *model, const CvModel *wanted)
{
    for (; model; model = model->parent)
        if (cv_model_info(model)->concrete == cv_model_info(wanted)->concrete)
            return true;
    return false;
}

void cv_check_related(const CvModel *wanted, CvValue value)
{
    const CvRow *row = cv_value_row(value);
    const CvQuerySet *set = cv_value_set_of(value);
    for (size_t i = 0; (value.kind == CV_LIST || value.kind == CV_TUPLE) && i < value.list->count; i++)
        cv_check_related(wanted, value.list->items[i]);
    if (row && !is_of(cv_row_model(row), wanted)) {
        CvSlice shown = cv_value_str(cv_arena(), value);
        cv_raise(CV_ERROR_VALUE, "Cannot query \"%.*s\": Must be \"%s\" instance.", CV_SLICE_ARG(shown), wanted->name);
    }
    if (set && set->rows_kind == CV_ROWS_MODEL && !is_of(set->model, wanted))
        cv_raise(CV_ERROR_VALUE, "Cannot use QuerySet for \"%s\": Use a QuerySet for \"%s\".", set->model->name,
                 wanted->name);
}

/* A related row or set must be of the relation's model. */
static void check_related(const CvTerm *left, CvValue value)
{
    const CvModel *wanted = left->relation ? left->relation->to : left->column ? left->column->to : NULL;
    if (wanted && left->exact)
        cv_check_related(wanted, value);
}

static CvSql *null_test(CvQuery *query, CvSql *left, bool not_null)
{
    CvSql *node = cv_sql_make(query->arena, CV_SQL_NULL_TEST, left);
    node->number = not_null;
    return node;
}

/* The right side as SQL, where it is an expression or a set; NULL: a plain value. */
static CvSql *right_side(CvQuery *query, const CvTerm *left, CvValue value, uint32_t slot, CvTerm *out)
{
    const CvExpr *expr = cv_value_expr(value);
    const CvQuerySet *set = cv_value_set_of(value);
    CvQuery *from = query->values_from ? query->values_from : query;
    *out = (CvTerm){0};
    if (expr) {
        *out = expr->kind == CV_EXPR_VALUE ? cv_query_value(query, expr->values[0], slot, left->column)
                                           : cv_query_resolve(from, expr, slot);
        return out->sql;
    }
    if (set) {
        CvSqlSelect *select = cv_query_subselect(query, set, slot, left->column, false, out);
        if (!select)
            return &cv_sql_never;
        CvSql *node = cv_sql_node(query->arena, CV_SQL_SELECT, 0, NULL);
        node->select = select;
        return node;
    }
    return NULL;
}

static bool is_integer(const CvTerm *left)
{
    const CvColumn *base = left->column ? cv_column_base(left->column) : NULL;
    return base && (base->storage == CV_STORE_INTEGER || base->storage == CV_STORE_NULL_INTEGER);
}

/* Comparing an integer column with what it can never hold. */
static bool out_of_range(const CvTerm *left, const Lookup *lookup, CvValue value, CvSql **answer)
{
    const CvColumn *base = left->column ? cv_column_base(left->column) : NULL;
    bool integer = is_integer(left);
    bool over = value.kind == CV_BIGINT, under = over && value.length && value.text[0] == '-';
    if (integer && value.kind == CV_INT && base->field->kind->least == 0 && base->field->kind->most &&
        value.integer < 0)
        over = under = true;
    if (!integer || !over)
        return false;
    char first = lookup->operator_text[0];
    *answer = (first == '>' && under) || (first == '<' && !under) ? NULL : &cv_sql_never;
    return true;
}

/* As Django writes the other side of a comparison: constraints are told apart by their text. */
static CvSql *in_brackets(CvQuery *query, CvSql *sql)
{
    CvSql *node = cv_sql_make(query->arena, CV_SQL_TEMPLATE, sql);
    node->text = "({1})";
    return node;
}

static CvSql *compare(CvQuery *query, const CvTerm *left, const Lookup *lookup, CvValue value, uint32_t slot)
{
    CvTerm right;
    CvSql *answer;
    if (value.kind == CV_OBJECT) {
        const CvQuerySet *set = cv_value_set_of(value);
        check_related(left, value);
        if (set && lookup->operator_text[0] == '=' && !set->sliced && set->rows_kind == CV_ROWS_MODEL)
            cv_raise(CV_ERROR_VALUE, "The QuerySet value for an exact lookup must be limited to one result using "
                                     "slicing.");
    }
    if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        const CvColumn *base = left->column ? cv_column_base(left->column) : NULL;
        refuse_kind(left, value);
        if (!base || base->storage != CV_STORE_JSON)
            cv_raise(CV_ERROR_TYPE, "Field '%s' expected a value but got %.*s.", base ? base->name : "None",
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), value)));
    }
    CvSql *sql = right_side(query, left, value, slot, &right);
    if (sql == &cv_sql_never)
        return &cv_sql_never;
    if (sql && (sql->op == CV_SQL_COLUMN || sql->op == CV_SQL_CALL))
        sql = in_brackets(query, sql);
    if (!sql) {
        check_value(query, left, value);
        if (out_of_range(left, lookup, value, &answer))
            return answer;
        bool up = value.kind == CV_FLOAT && is_integer(left) &&
                  (strcmp(lookup->operator_text, ">=") == 0 || strcmp(lookup->operator_text, "<") == 0);
        sql = place(query, left, up ? CV_BIND_CEILING : lookup->how, slot);
    }
    CvSql *node = cv_sql_make(query->arena, CV_SQL_COMPARE, left->sql, sql);
    node->text = lookup->operator_text;
    return node;
}

static CvSql *match(CvQuery *query, const CvTerm *left, const Lookup *lookup, CvValue value, uint32_t slot)
{
    CvTerm right;
    CvSql *sql = right_side(query, left, value, slot, &right);
    int number = lookup->match | (sql && !right.bound ? CV_MATCH_EXPRESSION : 0);
    if (sql && right.bound)
        sql = NULL;
    if (!sql)
        sql = place(query, left, lookup->how, slot);
    CvSql *node = cv_sql_make(query->arena, CV_SQL_MATCH, left->sql, sql);
    node->number = number;
    return node;
}

static CvSql *in_set(CvQuery *query, const CvTerm *left, const CvQuerySet *set, uint32_t slot)
{
    CvTerm out;
    CvSqlSelect *select = cv_query_subselect(query, set, slot, left->column, true, &out);
    if (!select)
        return &cv_sql_never;
    CvSql *node = cv_sql_make(query->arena, CV_SQL_IN, left->sql);
    node->select = select;
    return node;
}

/* The value list of IN: nulls never match, and what no column can hold neither. */
static CvSql *in_list(CvQuery *query, const CvTerm *left, const Lookup *lookup, CvValue value, uint32_t slot)
{
    CvArena *arena = query->arena;
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(value));
    const CvList *list = value.list;
    for (size_t i = 0; i < list->count; i++) {
        check_related(left, list->items[i]);
        if (!cv_value_is_query(list->items[i]))
            check_value(query, left, list->items[i]);
    }
    size_t places = cv_list_is_plain(list) ? cv_list_places(list->count) : list->count, at = 1;
    const CvDialect *dialect = query->compile->dialect;
    if (places >= dialect->most_parameters && places >= dialect->most_values()) {
        cv_raise_later(query, CV_ERROR_OPERATIONAL, "too many SQL variables");
        places = 1;
    }
    CvSql **items = cv_arena_new_array(arena, CvSql *, places + 1);
    items[0] = left->sql;
    uint32_t inner = slot + 1;
    for (size_t i = 0; i < places; i++) {
        CvTerm right;
        CvValue item = list->items[i < list->count ? i : list->count - 1];
        if (item.kind == CV_NULL)
            continue;
        if (item.kind == CV_BIGINT)
            cv_raise_later(query, CV_ERROR_OVERFLOW, "Python int too large to convert to SQLite INTEGER");
        if (cv_value_is_query(item)) {
            items[at++] = right_side(query, left, item, inner, &right);
            inner += cv_value_slots(item);
            continue;
        }
        items[at] = place(query, left, lookup->how, slot);
        CvBind *bind = (CvBind *)(uintptr_t)items[at]->bind;
        bind->item_of_list = true;
        bind->item = (uint32_t)i;
        at++;
    }
    return at == 1 ? &cv_sql_never : cv_sql_node(arena, CV_SQL_IN, at, items);
}

static CvSql *range(CvQuery *query, const CvTerm *left, const Lookup *lookup, CvValue value, uint32_t slot)
{
    CvSql *bounds[2];
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        cv_raise(CV_ERROR_TYPE, "'%s' object is not iterable", cv_value_kind_name(value));
    if (value.list->count == 0)
        cv_raise(CV_ERROR_VALUE, "not enough values to unpack (expected 2, got 0)");
    if (value.list->count == 1)
        cv_raise(CV_ERROR_INDEX, "tuple index out of range");
    if (value.list->count > 2)
        cv_raise(CV_ERROR_TYPE, "not all arguments converted during string formatting");
    uint32_t inner = slot + 1;
    for (size_t i = 0; i < 2; i++) {
        CvTerm right;
        CvValue bound = value.list->items[i];
        bounds[i] = right_side(query, left, bound, inner, &right);
        if (cv_value_is_query(bound))
            inner += cv_value_slots(bound);
        if (bounds[i])
            continue;
        if (bound.kind == CV_BIGINT)
            cv_raise_later(query, CV_ERROR_OVERFLOW, "Python int too large to convert to SQLite INTEGER");
        check_value(query, left, bound);
        bounds[i] = place(query, left, lookup->how, slot);
        CvBind *bind = (CvBind *)(uintptr_t)bounds[i]->bind;
        bind->item_of_list = true;
        bind->item = (uint32_t)i;
    }
    return cv_sql_make(query->arena, CV_SQL_BETWEEN, left->sql, bounds[0], bounds[1]);
}

/* year, year__gt ...: a range of the column itself, so that its index serves. */
static CvSql *year_range(CvQuery *query, const CvTerm *left, const Lookup *lookup, CvValue value, uint32_t slot)
{
    CvSql *ends[2];
    const CvColumn *column = left->column;
    bool instant = column->storage == CV_STORE_DATETIME;
    for (size_t i = 0; i < 2; i++) {
        CvBind *bind = cv_bind(query, i ? CV_BIND_YEAR_LAST : CV_BIND_YEAR_FIRST, slot);
        bind->zone = instant ? query->compile->zone : NULL;
        ends[i] = cv_sql_bind(query->arena, bind);
    }
    if (value.kind == CV_STRING) {
        CvTerm number = {.read = CV_READ_INTEGER};
        check_value(query, &number, value);
    }
    if (lookup->operator_text[0] == '=')
        return cv_sql_make(query->arena, CV_SQL_BETWEEN, left->sql, ends[0], ends[1]);
    bool first = strcmp(lookup->operator_text, ">=") == 0 || strcmp(lookup->operator_text, "<") == 0;
    CvSql *node = cv_sql_make(query->arena, CV_SQL_COMPARE, left->sql, first ? ends[0] : ends[1]);
    node->text = lookup->operator_text;
    return node;
}

/* What follows a relation may have been meant as a field of the other model. */
static CV_COLD const char *nearest_field(const CvModel *model, const char *rest)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    const char **names = cv_new_array(const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = columns[i].name;
    const char *near = cv_nearest(cv_slice(rest), names);
    return near ? cv_printf("Did you mean '%s'?", near) : NULL;
}

/* Django's class of what stands at the end of such a path. */
static const char *relation_name(const CvMember *member)
{
    if (member->kind == CV_MEMBER_REVERSE)
        return member->one ? "OneToOneRel" : "ManyToOneRel";
    if (member->kind == CV_MEMBER_GENERIC)
        return member->accessor ? "GenericRel" : "GenericRelation";
    return "ForeignKey";
}

/* The lookups and transforms that a term has. */
static CV_COLD const char *const *names_for(const CvTerm *left, const char *kind)
{
    static const char *const relations[] = {"exact", "gt", "gte", "in", "isnull", "lt", "lte", NULL};
    static const char *const dates[] = {"year",     "month",        "day",      "week",
                                        "week_day", "iso_week_day", "iso_year", "quarter"};
    static const char *const times[] = {"hour", "minute", "second"};
    bool date = strcmp(kind, "DateField") == 0, moment = strcmp(kind, "DateTimeField") == 0;
    CV_VECTOR(const char *) names = {0};
    CvArena *arena = cv_arena();
    if (left->relation || (left->exact && left->column && left->column->field->kind->relation))
        return relations;
    for (size_t i = 0; i < CV_COUNT_OF(lookups); i++)
        cv_vector_push(arena, &names, lookups[i].name);
    for (size_t i = 0; (date || moment) && i < CV_COUNT_OF(dates); i++)
        cv_vector_push(arena, &names, dates[i]);
    for (size_t i = 0; (moment || strcmp(kind, "TimeField") == 0) && i < CV_COUNT_OF(times); i++)
        cv_vector_push(arena, &names, times[i]);
    if (moment)
        cv_vector_push(arena, &names, "date");
    if (moment)
        cv_vector_push(arena, &names, "time");
    cv_vector_push(arena, &names, NULL);
    return names.items;
}

void cv_lookup_unsupported(const CvTerm *left, const char *rest)
{
    const char *end = strstr(rest, "__"), *name = end ? cv_printf("%.*s", (int)(end - rest), rest) : rest;
    const char *class_name = cv_term_class(left);
    const char *kind = left->relation                ? relation_name(left->relation)
                       : left->exact && left->column ? left->column->field->kind->name
                       : class_name                  ? class_name
                                                     : "Field";
    CvError error;
    const char *near = cv_suggest(cv_arena(), name, names_for(left, kind));
    (void)cv_fail(cv_arena(), &error, CV_ERROR_FIELD,
                  "Unsupported lookup '%s' for %s or join on the field not permitted%s%s%s", rest, kind,
                  near ? ", perhaps you meant " : ".", near ? near : "", near ? "?" : "");
    if (!near && left->column && left->column->to)
        error.hint = nearest_field(left->column->to, rest);
    cv_raise_error(&error);
}

/* Takes the transforms off `rest`; what is left is the lookup's name, or "" for exact. */
static CvTerm apply_transforms(CvQuery *query, CvTerm left, const char *rest, bool plain, const char **lookup_name,
                               bool *year)
{
    *year = false;
    while (*rest) {
        const char *end = strstr(rest, "__");
        CvSlice name = end ? cv_slice_of(rest, (size_t)(end - rest)) : cv_slice(rest);
        if (!end && find_lookup(name))
            break;
        const CvColumn *base = left.column && left.exact ? left.column : NULL;
        bool dated = base && (base->storage == CV_STORE_DATE || base->storage == CV_STORE_DATETIME);
        const char *after = end ? end + 2 : rest + name.length;
        if (dated && plain && cv_slice_is(name, "year")) {
            const Lookup *next = *after ? find_lookup(cv_slice(after)) : find_lookup(CV_SLICE("exact"));
            if (next && next->kind == LOOKUP_COMPARE) {
                *year = true;
                *lookup_name = after;
                return left;
            }
        }
        CvTerm moved = cv_transform(query, left, name);
        if (!moved.sql)
            cv_lookup_unsupported(&left, rest);
        left = moved;
        rest = after;
    }
    *lookup_name = rest;
    return left;
}

const char *cv_lookup_name(CvQuery *query, CvTerm *term, const char *rest)
{
    bool year;
    const char *name;
    CvTerm left = apply_transforms(query, *term, rest, true, &name, &year);
    if (year)
        left.read = CV_READ_INTEGER;
    const Lookup *lookup = find_lookup(*name ? cv_slice(name) : CV_SLICE("exact"));
    if (!lookup)
        cv_lookup_unsupported(&left, rest);
    *term = left;
    return lookup->name;
}

static CvSql *custom(CvQuery *query, const CvTerm *left, const char *name, const char *rest, CvValue value,
                     uint32_t slot)
{
    const CvCustom *lookup =
        cv_custom_find(CV_CUSTOM_LOOKUP, cv_slice(name), left->column ? left->column->field->kind : NULL);
    CvTerm right;
    if (!lookup)
        cv_lookup_unsupported(left, rest);
    CvSql *sql = right_side(query, left, value, slot, &right);
    if (!sql) {
        check_value(query, left, value);
        sql = place(query, left, CV_BIND_COLUMN, slot);
    }
    if (sql == &cv_sql_never)
        return sql;
    CvSql *node = cv_sql_make(query->arena, CV_SQL_TEMPLATE, left->sql, sql);
    node->text = lookup->sql;
    return node;
}

CvSql *cv_lookup(CvQuery *query, CvTerm left, const char *path, const char *rest, CvValue value, uint32_t slot,
                 bool *is_null_test)
{
    bool year;
    const char *name;
    CvSql *json;
    (void)path;
    cv_term_require_type(&left);
    if (cv_json_lookup(query, &left, rest, value, slot, is_null_test, &json))
        return json;
    left = apply_transforms(query, left, rest, !cv_value_is_query(value), &name, &year);
    const Lookup *lookup = find_lookup(*name ? cv_slice(name) : CV_SLICE("exact"));
    bool relation = left.relation || (left.column && left.column->field->kind->relation && left.exact);
    *is_null_test = false;
    if (!lookup ||
        (relation && lookup->kind == LOOKUP_MATCH && lookup->match != (CV_MATCH_EXACT | CV_MATCH_IGNORE_CASE)))
        cv_lookup_unsupported(&left, rest);
    if (lookup->kind == LOOKUP_NULL) {
        if (value.kind == CV_NULL)
            cv_raise(CV_ERROR_VALUE, "Cannot use None as a query value");
        if (value.kind != CV_BOOL)
            cv_raise_later(query, CV_ERROR_VALUE, "The QuerySet value for an isnull lookup must be True or False.");
        *is_null_test = true;
        return null_test(query, left.sql, !cv_value_truth(value));
    }
    if (value.kind == CV_NULL || (cv_value_row(value) && cv_row_key(value.object).kind == CV_NULL)) {
        if (cv_value_row(value))
            cv_raise(CV_ERROR_VALUE, "Model instances passed to related filters must be saved.");
        if (lookup->kind == LOOKUP_IN || lookup->kind == LOOKUP_RANGE)
            cv_raise(CV_ERROR_TYPE, "'NoneType' object is not iterable");
        if (strcmp(lookup->name, "exact") != 0 && strcmp(lookup->name, "iexact") != 0)
            cv_raise(CV_ERROR_VALUE, "Cannot use None as a query value");
        *is_null_test = true;
        return null_test(query, left.sql, false);
    }
    if (year)
        return year_range(query, &left, lookup, value, slot);
    if (left.read == CV_READ_DECIMAL && !left.exact) { /* an expression compares as text unless it is told so */
        left.sql = cv_sql_make(query->arena, CV_SQL_CAST, left.sql);
        left.sql->text = "NUMERIC";
    }
    switch (lookup->kind) {
    case LOOKUP_COMPARE:
        return compare(query, &left, lookup, value, slot);
    case LOOKUP_MATCH:
        return match(query, &left, lookup, value, slot);
    case LOOKUP_IN:
        check_related(&left, value);
        return cv_value_set_of(value) ? in_set(query, &left, cv_value_set_of(value), slot)
                                      : in_list(query, &left, lookup, value, slot);
    case LOOKUP_RANGE:
        return range(query, &left, lookup, value, slot);
    case LOOKUP_CUSTOM:
        return custom(query, &left, name, rest, value, slot);
    case LOOKUP_NULL:
        break;
    }
    return NULL;
}
