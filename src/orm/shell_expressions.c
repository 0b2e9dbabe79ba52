/* shell_expressions.c: Q, F, Value, sub-queries, Case, Window and their kin, made of arguments. */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"
#include "text/json.h"

static CvExpr *expr_of(CvValue value)
{
    return (CvExpr *)(uintptr_t)value.object;
}

CvExpr *cv_shell_expression(CvValue value)
{
    if (cv_shell_is_expression(value))
        return expr_of(value);
    if (value.kind == CV_STRING)
        return cv_f(cv_shell_text(value));
    if (cv_shell_is_query(value))
        return cv_subquery_of(cv_shell_query(value));
    return cv_constant(cv_shell_plain(value));
}

/* As the value of a parameter that is no expression in Django (Left's length): text is text. */
static CvExpr *constant_or_expression(CvValue value)
{
    return cv_shell_is_expression(value) ? expr_of(value) : cv_constant(cv_shell_plain(value));
}

bool cv_shell_is_condition(CvValue value)
{
    if (!cv_shell_is_expression(value))
        return false;
    const CvExpr *expr = expr_of(value);
    return expr->kind == CV_EXPR_CONDITION || expr->kind == CV_EXPR_LOGIC || expr->kind == CV_EXPR_EXISTS;
}

static bool is_empty(const CvExpr *expr)
{
    return expr->kind == CV_EXPR_CONDITION && expr->count == 0;
}

static CvExpr *joined(CvExpr *a, const char *op, CvExpr *b)
{
    if (is_empty(a) || is_empty(b))
        return is_empty(a) ? b : a;
    return op[0] == '&' ? cv_and(a, b) : op[0] == '|' ? cv_or(a, b) : cv_xor(a, b);
}

CvValue cv_shell_logic(CvValue left, const char *op, CvValue right)
{
    return cv_value_object(joined(expr_of(left), op, expr_of(right)));
}

CvValue cv_shell_not(CvValue value)
{
    CvExpr *expr = expr_of(value);
    return cv_value_object(is_empty(expr) ? expr : cv_not(expr));
}

/* The value of a lookup by name. isnull takes Python's truths only, whereas true is 1 in C. */
static CvValue lookup_value(const char *key, CvValue value)
{
    if (value.kind == CV_INT && cv_slice_ends_with(cv_slice(key), CV_SLICE("__isnull")))
        return cv_value_float((double)value.integer);
    return cv_shell_plain(value);
}

/* Positional conditions and keyword lookups as one; never NULL. */
CvExpr *cv_shell_condition(const CvList *conditions, size_t count, const char *const *keys, const CvValue *values,
                           const char *op)
{
    static const char *const none[] = {NULL};
    static const CvValue nothing = {0};
    CvExpr *all = NULL;
    const char **names = cv_new_array(const char *, count + 1);
    CvValue *plain = cv_new_array(CvValue, count);
    for (size_t i = 0; conditions && i < conditions->count; i++) {
        CvValue item = conditions->items[i];
        CvExpr *one;
        if (item.kind == CV_TUPLE && item.list->count == 2 && item.list->items[0].kind == CV_STRING) {
            const char *key[] = {cv_shell_text(item.list->items[0]), NULL};
            CvValue value = lookup_value(key[0], item.list->items[1]);
            one = cv_q_of(NULL, 1, key, &value);
        } else if (cv_shell_is_expression(item)) {
            one = expr_of(item);
        } else if (item.kind == CV_STRING) {
            cv_raise(CV_ERROR_VALUE, "not enough values to unpack (expected 2, got %lld)",
                     (long long)cv_shell_length(item));
        } else {
            cv_raise(CV_ERROR_TYPE, "a condition must be a Q object or an expression, not %s",
                     cv_shell_type_name(item));
        }
        all = all ? joined(all, op, one) : one;
    }
    for (size_t i = 0; i < count; i++) { /* lookups by name stand in the order of their names */
        size_t at = i;
        for (; at && strcmp(names[at - 1], keys[i]) > 0; at--) {
            names[at] = names[at - 1];
            plain[at] = plain[at - 1];
        }
        names[at] = keys[i];
        plain[at] = lookup_value(keys[i], values[i]);
    }
    if (count == 0)
        return all ? all : cv_q_of(NULL, 0, none, &nothing);
    if (op[0] == '&') {
        CvExpr *named = cv_q_of(NULL, count, names, plain);
        return all ? joined(all, op, named) : named;
    }
    for (size_t i = 0; i < count; i++) {
        const char *key[] = {names[i], NULL};
        CvExpr *one = cv_q_of(NULL, 1, key, &plain[i]);
        all = all ? joined(all, op, one) : one;
    }
    return all;
}

static CvValue make_q(CvValue self, const CvShellCall *call)
{
    const char *op = "&";
    (void)self;
    if (call->given[0].kind == CV_STRING)
        op = cv_slice_is(cv_value_as_slice(call->given[0]), "OR")    ? "|"
             : cv_slice_is(cv_value_as_slice(call->given[0]), "XOR") ? "^"
                                                                     : "&";
    CvValue q =
        cv_value_object(cv_shell_condition(call->rest, call->keyword_count, call->keywords, call->keyword_values, op));
    return call->given[1].kind != CV_MISSING && cv_shell_truth(call->given[1]) ? cv_shell_not(q) : q;
}

static CvValue make_f(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_object(cv_f(cv_shell_text(call->given[0])));
}

/* OuterRef(OuterRef("pk")) is a path of the set around the one around. */
static CvValue make_outer(CvValue self, const CvShellCall *call)
{
    (void)self;
    if (cv_shell_is_expression(call->given[0])) {
        CvExpr *inner = expr_of(call->given[0]);
        return cv_value_object(cv_function_of("OuterRef", 1, &inner));
    }
    return cv_value_object(cv_outer(cv_shell_text(call->given[0])));
}

/* What changes the SQL and is no value stands in the function's name: "OutputField|DecimalField|12|2". */
CvExpr *cv_shell_with_output(CvExpr *expr, CvValue output)
{
    if (output.kind == CV_MISSING || output.kind == CV_NULL)
        return expr;
    if (!cv_shell_is(output, &cv_shell_field_type))
        cv_raise(CV_ERROR_TYPE, "output_field must be a field, not %s", cv_shell_type_name(output));
    const CvShellField *field = output.object;
    return cv_function_of(
        cv_printf("OutputField|%s|%d|%d", field->kind->name, field->field.max_digits, field->field.decimal_places), 1,
        &expr);
}

/* Value({"a": 1}, JSONField()) is its JSON text. */
static CvValue make_value(CvValue self, const CvShellCall *call)
{
    CvValue value = cv_shell_plain(call->given[0]), output = call->given[1];
    (void)self;
    if (cv_shell_is(output, &cv_shell_field_type) &&
        ((const CvShellField *)output.object)->kind->storage == CV_STORE_JSON) {
        CvBuffer text = cv_buffer(cv_arena());
        CvError error;
        if (!cv_json_write(cv_arena(), &text, value, NULL, &error))
            cv_raise_error(&error);
        value = cv_value_slice(cv_slice(cv_buffer_string(&text)));
    }
    return cv_value_object(cv_shell_with_output(cv_constant(value), output));
}

/* JSON's own null, which is no SQL NULL. */
static CvValue make_json_null(CvValue self, const CvShellCall *call)
{
    (void)self;
    (void)call;
    CvExpr *null = cv_constant(cv_value_string("null"));
    return cv_value_object(cv_function_of("OutputField|JSONField|0|0", 1, &null));
}

static CvQuerySet *query_argument(CvValue value)
{
    CvQuerySet *set = cv_shell_query(value);
    if (!set)
        cv_raise(CV_ERROR_TYPE, "a sub-query is made of a query set, not of %s", cv_shell_type_name(value));
    return set;
}

static CvValue make_subquery(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_object(cv_shell_with_output(cv_subquery_of(query_argument(call->given[0])), call->given[1]));
}

static CvValue make_exists(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_object(cv_exists_of(query_argument(call->given[0])));
}

static CvValue make_filtered(CvValue self, const CvShellCall *call)
{
    CvValue condition = call->given[1];
    (void)self;
    const char *relation = call->given[0].kind == CV_STRING ? cv_shell_text(call->given[0]) : "";
    if (*relation && condition.kind != CV_MISSING && !cv_shell_is_condition(condition))
        cv_raise(CV_ERROR_VALUE, "condition argument must be a Q() instance.");
    CvExpr *q = condition.kind == CV_MISSING || !*relation || is_empty(expr_of(condition)) ? NULL : expr_of(condition);
    return cv_value_object(cv_filtered_relation(relation, q));
}

/* ---- Case: condition, result, condition, result ..., default ---- */

static CvValue make_when(CvValue self, const CvShellCall *call)
{
    CvList *conditions = cv_list_create(cv_arena());
    (void)self;
    if (call->given[0].kind != CV_MISSING && call->given[0].kind != CV_NULL)
        cv_list_add(cv_arena(), conditions, call->given[0]);
    if (conditions->count + call->keyword_count == 0)
        cv_raise(CV_ERROR_TYPE, "When() supports a Q object, a boolean expression, or lookups as a condition.");
    CvExpr *condition = cv_shell_condition(conditions, call->keyword_count, call->keywords, call->keyword_values, "&");
    if (is_empty(condition))
        cv_raise(CV_ERROR_VALUE, "An empty Q() can't be used as a When() condition.");
    CvExpr *parts[] = {condition, cv_shell_expression(call->given[1])};
    return cv_value_object(cv_function_of("When", 2, parts));
}

static CvValue make_case(CvValue self, const CvShellCall *call)
{
    CV_VECTOR(CvExpr *) parts = {0};
    (void)self;
    for (size_t i = 0; i < call->rest->count; i++) {
        CvValue item = call->rest->items[i];
        CvExpr *when = cv_shell_is_expression(item) ? expr_of(item) : NULL;
        if (!when || when->kind != CV_EXPR_FUNCTION || strcmp(when->name, "When") != 0)
            cv_raise(CV_ERROR_TYPE, "Positional arguments must all be When objects.");
        cv_vector_push(cv_arena(), &parts, when->items[0]);
        cv_vector_push(cv_arena(), &parts, when->items[1]);
    }
    CvValue fallback = call->given[0].kind == CV_MISSING ? cv_value_null() : call->given[0];
    cv_vector_push(cv_arena(), &parts, cv_shell_expression(fallback));
    return cv_value_object(cv_shell_with_output(cv_function_of("Case", parts.count, parts.items), call->given[1]));
}

/* ---- Window: expression, PARTITION(...), ORDER(...), FRAME(unit, start, end, exclusion) ---- */

CvExpr *cv_shell_ordering(CvValue value)
{
    if (value.kind == CV_STRING) {
        const char *path = cv_shell_text(value);
        return path[0] == '-' ? cv_descending(cv_f(path + 1), CV_NULLS_AS_THEY_ARE)
                              : cv_ascending(cv_f(path), CV_NULLS_AS_THEY_ARE);
    }
    CvExpr *expr = cv_shell_expression(value);
    return expr->kind == CV_EXPR_ORDERED ? expr : cv_ascending(expr, CV_NULLS_AS_THEY_ARE);
}

static CvExpr *group(const char *name, CvValue value, CvExpr *(*convert)(CvValue))
{
    CV_VECTOR(CvExpr *) parts = {0};
    if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        for (size_t i = 0; i < value.list->count; i++)
            cv_vector_push(cv_arena(), &parts, convert(value.list->items[i]));
    } else if (value.kind != CV_MISSING && value.kind != CV_NULL) {
        cv_vector_push(cv_arena(), &parts, convert(value));
    }
    return cv_function_of(name, parts.count, parts.items);
}

/* "FRAME|ROWS|-1|2|CURRENT ROW": the unit, the bounds (empty: none), the exclusion. */
bool cv_shell_is_frame(CvValue value)
{
    return cv_shell_is(value, &cv_shell_record_type) &&
           strstr(((const CvShellRecord *)value.object)->class_name, "Range");
}

CvExpr *cv_shell_frame(CvValue value)
{
    CvBuffer name = cv_buffer(cv_arena());
    if (value.kind == CV_MISSING || value.kind == CV_NULL)
        return cv_function_of("FRAME", 0, NULL);
    if (!cv_shell_is(value, &cv_shell_record_type))
        cv_raise(CV_ERROR_TYPE, "a frame must be a RowRange or a ValueRange, not %s", cv_shell_type_name(value));
    const CvShellRecord *frame = value.object;
    cv_buffer_printf(&name, "FRAME|%s", !strcmp(frame->class_name, "RowRange") ? "ROWS" : "RANGE");
    for (size_t i = 0; i < 2; i++) {
        cv_buffer_append_byte(&name, '|');
        if (frame->given[i].kind != CV_MISSING && frame->given[i].kind != CV_NULL)
            cv_buffer_append_int(&name, cv_shell_integer(frame->given[i]));
    }
    if (frame->given[2].kind != CV_MISSING && frame->given[2].kind != CV_NULL)
        cv_buffer_printf(&name, "|%s", cv_shell_text(frame->given[2]));
    return cv_function_of(cv_buffer_string(&name), 0, NULL);
}

static CvValue make_window(CvValue self, const CvShellCall *call)
{
    (void)self;
    if (!cv_shell_is_expression(call->given[0]))
        cv_raise(CV_ERROR_VALUE, "Expression '%s' isn't compatible with OVER clauses.",
                 cv_shell_type_name(call->given[0]));
    CvExpr *parts[] = {expr_of(call->given[0]), group("PARTITION", call->given[1], cv_shell_expression),
                       group("ORDER", call->given[2], cv_shell_ordering), cv_shell_frame(call->given[3])};
    return cv_value_object(cv_shell_with_output(cv_function_of("Window", 4, parts), call->given[4]));
}

static CvValue make_record(const char *class_name, const CvShellCall *call)
{
    CvShellRecord *record = cv_new(CvShellRecord);
    *record = (CvShellRecord){.type = &cv_shell_record_type, .class_name = class_name, .given = call->given};
    return cv_value_object(record);
}

static CvValue make_row_range(CvValue self, const CvShellCall *call)
{
    (void)self;
    return make_record("RowRange", call);
}

static CvValue make_value_range(CvValue self, const CvShellCall *call)
{
    (void)self;
    return make_record("ValueRange", call);
}

/* ---- functions with a shape of their own ---- */

static CvValue make_json_object(CvValue self, const CvShellCall *call)
{
    CV_VECTOR(CvExpr *) parts = {0};
    (void)self;
    for (size_t i = 0; i < call->keyword_count; i++) {
        cv_vector_push(cv_arena(), &parts, cv_constant(cv_value_string(call->keywords[i])));
        cv_vector_push(cv_arena(), &parts, cv_shell_expression(call->keyword_values[i]));
    }
    return cv_value_object(cv_function_of("JSONObject", parts.count, parts.items));
}

static CvValue make_cast(CvValue self, const CvShellCall *call)
{
    (void)self;
    const CvExpr *typed = cv_shell_with_output(cv_shell_expression(call->given[0]), call->given[1]);
    if (typed->kind != CV_EXPR_FUNCTION || strncmp(typed->name, "OutputField", 11) != 0)
        cv_raise(CV_ERROR_TYPE, "Cast() needs an output_field");
    return cv_value_object(cv_function_of(cv_printf("Cast%s", typed->name + 11), 1, typed->items));
}

const char *cv_shell_zone_suffix(CvValue value)
{
    if (value.kind == CV_MISSING || value.kind == CV_NULL)
        return "";
    if (!cv_shell_is(value, &cv_shell_zone_type))
        cv_raise(CV_ERROR_TYPE, "tzinfo must be a time zone, not %s", cv_shell_type_name(value));
    return cv_printf("|%s", cv_zone_name(((const CvShellZone *)value.object)->zone));
}

/* Trunc("x", "month") is TruncMonth("x"), Extract("x", "iso_year") is ExtractIsoYear("x"). */
static CvExpr *dated(const char *verb, CvValue what, CvValue kind, CvValue zone)
{
    CvBuffer name = cv_buffer(cv_arena());
    bool capital = true;
    cv_buffer_append_string(&name, verb);
    for (const char *c = cv_shell_text(kind); *c; c++) {
        if (*c == '|')
            cv_raise(CV_ERROR_VALUE, "there is no '%s' of a date", cv_shell_text(kind));
        if (*c != '_')
            cv_buffer_append_byte(&name, capital && *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c);
        capital = *c == '_';
    }
    cv_buffer_append_string(&name, cv_shell_zone_suffix(zone));
    CvExpr *part = cv_shell_expression(what);
    return cv_function_of(cv_buffer_string(&name), 1, &part);
}

/* The same as an output_field of what is inside. */
static CvValue make_wrapper(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_object(cv_shell_with_output(cv_shell_expression(call->given[0]), call->given[1]));
}

static CvValue make_trunc(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_object(
        cv_shell_with_output(dated("Trunc", call->given[0], call->given[1], call->given[3]), call->given[2]));
}

static CvValue make_extract(CvValue self, const CvShellCall *call)
{
    (void)self;
    if (call->given[1].kind == CV_MISSING)
        cv_raise(CV_ERROR_VALUE, "lookup_name must be provided");
    return cv_value_object(dated("Extract", call->given[0], call->given[1], call->given[2]));
}

static CvNulls nulls_of(CvValue first, CvValue last)
{
    bool is_first = first.kind != CV_MISSING && cv_shell_truth(first);
    bool is_last = last.kind != CV_MISSING && cv_shell_truth(last);
    if (is_first && is_last)
        cv_raise(CV_ERROR_VALUE, "nulls_first and nulls_last are mutually exclusive");
    if ((first.kind == CV_BOOL && !is_first) || (last.kind == CV_BOOL && !is_last))
        cv_raise(CV_ERROR_VALUE, "nulls_first and nulls_last values must be True or None.");
    return is_first ? CV_NULLS_FIRST : is_last ? CV_NULLS_LAST : CV_NULLS_AS_THEY_ARE;
}

static CvValue make_order(CvValue self, const CvShellCall *call)
{
    (void)self;
    if (!cv_shell_is_expression(call->given[0]))
        cv_raise(CV_ERROR_VALUE, "expression must be an expression type");
    CvNulls nulls = nulls_of(call->given[2], call->given[3]);
    bool descending = call->given[1].kind != CV_MISSING && cv_shell_truth(call->given[1]);
    return cv_value_object(descending ? cv_descending(expr_of(call->given[0]), nulls)
                                      : cv_ascending(expr_of(call->given[0]), nulls));
}

static CvValue ascending(CvValue self, const CvShellCall *call)
{
    return cv_value_object(cv_ascending(expr_of(self), nulls_of(call->given[0], call->given[1])));
}

static CvValue descending(CvValue self, const CvShellCall *call)
{
    return cv_value_object(cv_descending(expr_of(self), nulls_of(call->given[0], call->given[1])));
}

static CvValue bits(CvValue self, const CvShellCall *call)
{
    static const struct {
        const char *name, *function;
    } names[] = {{"bitand", "BitAnd"},
                 {"bitor", "BitOr"},
                 {"bitxor", "BitXor"},
                 {"bitleftshift", "BitLeftShift"},
                 {"bitrightshift", "BitRightShift"}};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (!strcmp(call->name, names[i].name)) {
            CvExpr *parts[] = {expr_of(self), constant_or_expression(call->given[0])};
            return cv_value_object(cv_function_of(names[i].function, 2, parts));
        }
    return cv_value_null();
}

CvValue cv_shell_expression_slice(CvValue value, CvValue start, CvValue end, bool single)
{
    int64_t from = start.kind == CV_NULL ? 0 : cv_shell_integer(start);
    int64_t to = end.kind == CV_NULL ? CV_END : cv_shell_integer(end);
    if (from < 0 || (!single && end.kind != CV_NULL && to < 0))
        cv_raise(CV_ERROR_VALUE, "Negative indexing is not supported.");
    if (!single && to && to < from)
        cv_raise(CV_ERROR_VALUE, "Slice stop must be greater than slice start.");
    CvExpr *parts[] = {expr_of(value), cv_constant(cv_value_int(from + 1)),
                       cv_constant(cv_value_int(single ? 1 : to - from))};
    return cv_value_object(cv_function_of("Sliced", single || end.kind != CV_NULL ? 3 : 2, parts));
}

const CvShellMethod cv_shell_expression_functions[] = {
    {"Q", "* _connector? _negated? **", make_q},
    {"F", "name", make_f},
    {"OuterRef", "name", make_outer},
    {"Value", "value output_field?", make_value},
    {"JSONNull", "", make_json_null},
    {"Subquery", "queryset output_field?", make_subquery},
    {"Exists", "queryset", make_exists},
    {"When", "condition? then / **", make_when},
    {"FilteredRelation", "relation_name / condition?", make_filtered},
    {"Case", "* default? output_field?", make_case},
    {"Window", "expression partition_by? order_by? frame? output_field?", make_window},
    {"RowRange", "start? end? exclusion?", make_row_range},
    {"ValueRange", "start? end? exclusion?", make_value_range},
    {"Prefetch", "lookup queryset? to_attr?", cv_shell_make_prefetch},
    {"GenericPrefetch", "lookup querysets to_attr?", cv_shell_make_generic_prefetch},
    {"prefetch_related_objects", "model_instances *", cv_shell_prefetch_objects},
    {"JSONObject", "**", make_json_object},
    {"Cast", "expression output_field", make_cast},
    {"Trunc", "expression kind output_field? tzinfo?", make_trunc},
    {"Extract", "expression lookup_name? tzinfo?", make_extract},
    {"ExpressionWrapper", "expression output_field", make_wrapper},
    {"OrderBy", "expression descending? nulls_first? nulls_last?", make_order},
    {0},
};

const CvShellMethod cv_shell_expression_methods[] = {
    {"asc", "nulls_first? nulls_last?", ascending},
    {"desc", "nulls_first? nulls_last?", descending},
    {"bitand", "other", bits},
    {"bitor", "other", bits},
    {"bitxor", "other", bits},
    {"bitleftshift", "other", bits},
    {"bitrightshift", "other", bits},
    {0},
};

static CvSlice record_repr(const void *object, CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, "<%s>", ((const CvShellRecord *)object)->class_name));
}
const CvType cv_shell_record_type = {.magic = CV_TYPE_MAGIC, .name = "object", .repr = record_repr, .str = record_repr};
