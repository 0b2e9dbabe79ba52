/* composite.c: keys of several columns: what a condition on "pk" or an order by it says about the columns. */
#include "orm/set_private.h"

#include "base/vector.h"
#include "orm/registry_private.h"

#define MOST_IN_A_CHAIN 64

const CvColumn *cv_model_key_column(const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    return info->key_parts ? info->key_columns[0] : info->key;
}

/* ---- the key as a value: a tuple, or null while a part is missing ---- */

CvValue cv_composite_get(const void *row, const CvModelInfo *info)
{
    CvArena *arena = cv_arena();
    CvList *parts = cv_list_create(arena);
    for (size_t i = 0; i < info->key_parts; i++) {
        const CvColumn *column = info->key_columns[i];
        CvValue value = cv_row_get(row, cv_model_column(cv_row_model(row), cv_slice(column->name)));
        if (value.kind == CV_NULL)
            return value;
        cv_list_add(arena, parts, value);
    }
    CvValue key = cv_value_list(parts);
    key.kind = CV_TUPLE;
    return key;
}

void cv_composite_set(void *row, const CvModelInfo *info, CvValue key)
{
    bool parts = key.kind == CV_TUPLE || key.kind == CV_LIST;
    if (key.kind != CV_NULL && (!parts || key.list->count != info->key_parts))
        cv_raise(CV_ERROR_VALUE, "'pk' must have %u elements.", (unsigned)info->key_parts);
    for (size_t i = 0; i < info->key_parts; i++)
        cv_row_set(row, info->key_columns[i], parts ? key.list->items[i] : cv_value_null());
}

/* ---- conditions ---- */

static CvExpr *compare(const CvColumn *column, const char *lookup, CvValue value)
{
    const char *key = *lookup ? cv_printf("%s__%s", column->name, lookup) : column->name;
    return cv_q_of(NULL, 1, &key, &value);
}

static const CvList *parts_of(const CvModelInfo *info, const char *lookup, CvValue value)
{
    const CvRow *row = cv_value_row(value);
    if (row)
        value = cv_row_key(row);
    if (value.kind != CV_TUPLE && value.kind != CV_LIST) {
        if (strcmp(lookup, "in") == 0)
            cv_raise(CV_ERROR_VALUE, "'in' lookup of 'pk' must be a collection of tuples or lists");
        cv_raise(CV_ERROR_VALUE, "'%s' lookup of 'pk' must be a tuple or a list", lookup);
    }
    if (value.list->count != info->key_parts)
        cv_raise(CV_ERROR_VALUE, "'%s' lookup of 'pk' must have %u elements", lookup, (unsigned)info->key_parts);
    return value.list;
}

static CvExpr *equal(const CvModelInfo *info, const char *lookup, CvValue value)
{
    const CvList *parts = parts_of(info, lookup, value);
    CvExpr *all = NULL;
    for (size_t i = 0; i < info->key_parts; i++)
        all = cv_and(all, compare(info->key_columns[i], "", parts->items[i]));
    return all;
}

/* Conditions joined by OR, as a tree: a chain of many would be nested deeper than compilers and databases allow. */
static CvExpr *any_of_them(CvExpr *const *items, size_t count)
{
    if (count == 1)
        return items[0];
    CvExpr *any = cv_or(any_of_them(items, count / 2), any_of_them(items + count / 2, count - count / 2));
    any->apart = count > MOST_IN_A_CHAIN; /* the compiler is not to make one chain of it */
    return any;
}

static CvExpr *any_of(const CvModelInfo *info, CvValue value)
{
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "'in' lookup of 'pk' takes a list of tuples here");
    if (!value.list->count)
        return compare(info->key_columns[0], "in", value);
    CvExpr **items = cv_arena_new_array(cv_arena(), CvExpr *, value.list->count);
    for (size_t i = 0; i < value.list->count; i++)
        items[i] = equal(info, "in", value.list->items[i]);
    return any_of_them(items, value.list->count);
}

/* (a, b) > (x, y): a > x, or a = x and b > y. */
static CvExpr *ordered(const CvModelInfo *info, const char *lookup, CvValue value)
{
    const CvList *parts = parts_of(info, lookup, value);
    const char *strict = lookup[0] == 'g' ? "gt" : "lt";
    CvExpr *any = NULL, *same = NULL;
    for (size_t i = 0; i < info->key_parts; i++) {
        const char *last = i + 1 == info->key_parts ? lookup : strict;
        any = cv_or(any, cv_and(same, compare(info->key_columns[i], last, parts->items[i])));
        same = cv_and(same, compare(info->key_columns[i], "", parts->items[i]));
    }
    return any;
}

static CvExpr *null_test(const CvModelInfo *info, bool null)
{
    CvExpr *all = NULL;
    for (size_t i = 0; i < info->key_parts; i++) {
        CvExpr *part = compare(info->key_columns[i], "isnull", cv_value_bool(null));
        all = null ? cv_or(all, part) : cv_and(all, part);
    }
    return all;
}

CvExpr *cv_key_condition(const CvModel *model, const char *lookup, CvValue value)
{
    const CvModelInfo *info = cv_model_info(model);
    static const char *const orders[] = {"gt", "gte", "lt", "lte", NULL};
    if (!info->key_parts) {
        const char *key = *lookup && strcmp(lookup, "exact") != 0 ? cv_printf("pk__%s", lookup) : "pk";
        return cv_q_of(NULL, 1, &key, &value);
    }
    if (!*lookup || strcmp(lookup, "exact") == 0)
        return equal(info, "exact", value);
    if (strcmp(lookup, "in") == 0)
        return any_of(info, value);
    if (strcmp(lookup, "isnull") == 0)
        return null_test(info, cv_value_truth(value));
    if (cv_names_hold(orders, lookup))
        return ordered(info, lookup, value);
    cv_raise(CV_ERROR_FIELD, "Unsupported lookup '%s' for CompositePrimaryKey or join on the field not permitted.",
             lookup);
}

/* What stands behind "pk", or NULL. */
static const char *key_lookup(const char *path)
{
    if (strncmp(path, "pk", 2) != 0)
        return NULL;
    return !path[2] ? path + 2 : strncmp(path + 2, "__", 2) == 0 ? path + 4 : NULL;
}

bool cv_names_key(size_t count, const char *const *keys)
{
    for (size_t i = 0; i < count; i++)
        if (key_lookup(keys[i]))
            return true;
    return false;
}

CvExpr *cv_key_pairs(const CvModel *model, size_t count, const char *const *keys, const CvValue *values)
{
    CvExpr *all = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *lookup = key_lookup(keys[i]);
        all = cv_and(all, lookup ? cv_key_condition(model, lookup, values[i]) : cv_q_of(NULL, 1, &keys[i], &values[i]));
    }
    return all;
}

CvExpr *cv_key_expression(const CvModel *model, CvExpr *expr, int depth)
{
    if (depth > 64)
        cv_raise(CV_ERROR_RECURSION, "a condition is nested too deeply");
    if (expr->kind == CV_EXPR_CONDITION && cv_names_key(expr->count, expr->keys))
        return cv_key_pairs(model, expr->count, expr->keys, expr->values);
    if (expr->kind != CV_EXPR_LOGIC)
        return expr;
    CvExpr *a = cv_key_expression(model, expr->items[0], depth + 1);
    bool same = a == expr->items[0];
    if (strcmp(expr->name, "NOT") == 0)
        return same ? expr : cv_not(a);
    for (uint32_t i = 1; i < expr->count; i++) {
        CvExpr *b = cv_key_expression(model, expr->items[i], depth + 1);
        same &= b == expr->items[i];
        a = strcmp(expr->name, "AND") == 0 ? cv_and(a, b) : strcmp(expr->name, "OR") == 0 ? cv_or(a, b) : cv_xor(a, b);
    }
    return same ? expr : a;
}

/* ---- orders ---- */

const char *const *cv_key_names(const CvModel *model, const char *const *names)
{
    const CvModelInfo *info = cv_model_info(model);
    CV_VECTOR(const char *) out = {0};
    for (; *names; names++) {
        bool down = **names == '-';
        if (strcmp(*names + down, "pk") != 0) {
            cv_vector_push(cv_arena(), &out, *names);
            continue;
        }
        for (size_t i = 0; i < info->key_parts; i++)
            cv_vector_push(cv_arena(), &out, cv_printf("%s%s", down ? "-" : "", info->key_columns[i]->name));
    }
    cv_vector_push(cv_arena(), &out, NULL);
    return out.items;
}

/* ---- joining models ---- */

void cv_composite_columns(CvModelInfo *info, const CvField *field, CvErrors *errors)
{
    CvArena *arena = cv_registry_arena();
    CvColumn *key = cv_arena_new(arena, CvColumn);
    const CvColumn **parts;
    size_t count = 0;
    while (field->key_fields && field->key_fields[count])
        count++;
    parts = cv_arena_new_array(arena, const CvColumn *, count + 1);
    if (count < 2)
        cv_registry_wrong(errors, info, NULL, "%s: CompositePrimaryKey must include at least two fields.", info->label);
    for (size_t i = 0; i < count; i++) {
        CvColumn *column = NULL;
        for (size_t j = 0; j < info->column_count && !column; j++)
            if (info->columns[j].concrete && strcmp(info->columns[j].name, field->key_fields[i]) == 0)
                column = &info->columns[j];
        if (!column || column->null) {
            cv_registry_wrong(errors, info, NULL, "%s: '%s' cannot be included in the composite primary key.",
                              info->label, field->key_fields[i]);
            continue;
        }
        column->primary_key = true;
        parts[info->key_parts++] = column;
    }
    *key = (CvColumn){.field = field,
                      .model = info->model,
                      .name = "pk",
                      .attribute = "pk",
                      .verbose_name = "pk",
                      .primary_key = true};
    info->key = key;
    info->key_columns = parts;
}
