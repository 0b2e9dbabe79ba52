/* compile_change.c: the plans of update() and of deletes by condition. */
#include "orm/compile_private.h"

#include <ctype.h>

/* How often tables besides the first are needed. */
static uint32_t join_uses(const CvQuery *query)
{
    uint32_t uses = 0;
    for (size_t i = 1; i < query->joins.count; i++)
        uses += query->joins.items[i].uses;
    return uses;
}

/* The expression's text with its own columns as what they were resolved to: "Max(Col(shop_book, shop.Book.price))". */
static const char *resolved_text(const CvQuery *query, const CvExpr *expr)
{
    CvSlice text = cv_value_str(query->arena, cv_value_object(expr));
    CvBuffer out = cv_buffer(query->arena);
    for (size_t i = 0; i < text.length;) {
        CvSlice rest = cv_slice_skip(text, i);
        bool word = i > 0 && (isalnum((unsigned char)text.data[i - 1]) || text.data[i - 1] == '_');
        ptrdiff_t end = cv_slice_find(rest, CV_SLICE(")"));
        CvSlice name = end > 2 && !word && cv_slice_starts_with(rest, CV_SLICE("F("))
                           ? cv_slice_range(rest, 2, (size_t)end)
                           : CV_SLICE("");
        const CvColumn *column = name.length ? cv_model_column(query->model, name) : NULL;
        if (column && column->concrete) {
            const CvModelInfo *info = cv_model_info(column->model);
            cv_buffer_printf(&out, "Col(%s, %s.%s)", info->table, info->label, column->name);
            i += (size_t)end + 1;
        } else {
            cv_buffer_append_byte(&out, text.data[i++]);
        }
    }
    return cv_buffer_string(&out);
}

static void add_assignment(CvSqlWriter *writer, CvQuery *query, const CvColumn *column, CvValue value, uint32_t slot,
                           bool first)
{
    const CvExpr *expr = cv_value_expr(value);
    cv_sql_put(writer, first ? "" : ", ");
    cv_sql_quote(&writer->out, column->column);
    cv_sql_put(writer, " = ");
    CvTerm term;
    if (expr && expr->kind != CV_EXPR_VALUE) {
        uint32_t before = join_uses(query);
        term = cv_query_resolve(query, expr, slot);
        if (join_uses(query) != before)
            cv_raise(CV_ERROR_FIELD, "Joined field references are not permitted in this query");
        const char *what = term.sql->flags & CV_SQL_HAS_AGGREGATE ? "Aggregate functions"
                           : term.sql->flags & CV_SQL_HAS_WINDOW  ? "Window expressions"
                                                                  : NULL;
        if (what)
            cv_raise(CV_ERROR_FIELD, "%s are not allowed in this query (%s=%s).", what, column->name,
                     resolved_text(query, expr));
    } else {
        term = cv_query_value(query, expr ? expr->values[0] : value, slot, column);
    }
    cv_sql_write(writer, term.sql);
}

/* The keys of the query's rows. */
static CvSqlSelect *key_select(CvQuery *query, const CvColumn *key)
{
    CvColumns columns = {0};
    if (!query->slices.count)
        query->order_cleared = true;
    cv_columns_add(query, &columns, cv_query_column(query, 0, key), NULL);
    return cv_select_of(query, &columns);
}

/* WHERE of an UPDATE or DELETE: the conditions themselves, or the keys of a sub-query where joins are needed. */
static void write_where(CvSqlWriter *writer, CvQuery *query)
{
    if (!join_uses(query) && !query->slices.count && !query->grouped && !query->distinct && !query->qualify) {
        if (query->where) {
            cv_sql_put(writer, " WHERE ");
            cv_sql_write(writer, query->where);
        }
        return;
    }
    const CvColumn *key = cv_model_key(cv_model_info(query->model)->concrete);
    if (!key->concrete)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "rows with a composite key are not changed by conditions on other tables");
    CvSqlSelect *select = key_select(query, key);
    cv_sql_put(writer, " WHERE ");
    cv_sql_quote(&writer->out, cv_model_info(query->model)->table);
    cv_sql_put(writer, ".");
    cv_sql_quote(&writer->out, key->column);
    cv_sql_put(writer, " IN (");
    cv_sql_write_select(writer, select);
    cv_sql_put(writer, ")");
}

CV_NORETURN CV_COLD static void unknown_field(const CvModelInfo *info, const char *name)
{
    const CvMember *member = cv_map_get(info->members, cv_slice(name));
    if (member && member->generic)
        cv_raise(CV_ERROR_FIELD,
                 "Cannot update model field <django.contrib.contenttypes.fields.%s: %s> (only concrete fields are "
                 "permitted).",
                 member->generic->field->kind->name, name);
    if (!member || !member->to)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", info->model->name, name);
    cv_raise(CV_ERROR_FIELD, "Cannot update model field <%s: %s> (only concrete fields are permitted).",
             member->kind == CV_MEMBER_MANY ? "ManyToManyRel"
             : member->one                  ? "OneToOneRel"
                                            : "ManyToOneRel",
             cv_model_label_lower(member->to));
}

const CvColumn *cv_update_column(const CvModel *model, const char *name)
{
    const CvModelInfo *info = cv_model_info(model);
    const CvColumn *column = cv_map_get(info->attributes, cv_slice(name));
    if (!column)
        unknown_field(info, name);
    if (!column->concrete)
        cv_raise(CV_ERROR_FIELD, "Cannot update model field <%s.%s: %s> (only concrete fields are permitted).",
                 column->field->kind == &cv_many_to_many_field ? "django.db.models.fields.related"
                                                               : "django.contrib.contenttypes.fields",
                 column->field->kind->name, name);
    return column;
}

void cv_plan_change(CvQuery *query, CvPlan *plan, const CvStep *step, uint32_t slot)
{
    CvSqlWriter writer = {.out = cv_buffer(query->arena),
                          .dialect = query->compile->dialect,
                          .zone = cv_database_zone(query->compile->database),
                          .arena = query->arena};
    const CvModelInfo *info = cv_model_info(query->model);
    cv_sql_put(&writer, step ? "UPDATE " : "DELETE FROM ");
    cv_sql_quote(&writer.out, info->table);
    cv_sql_put(&writer, step ? " SET " : "");
    if (step)
        slot += step->first_slot;
    for (uint32_t i = 0; step && i < step->count; i++) {
        const CvColumn *column = cv_update_column(query->model, step->keys[i]);
        add_assignment(&writer, query, column, step->values[i], slot, i == 0);
        slot += cv_value_slots(step->values[i]);
    }
    write_where(&writer, query);
    plan->text = cv_sql_text(cv_buffer_string(&writer.out));
    plan->binds = writer.binds;
    plan->bind_count = writer.bind_count;
}
