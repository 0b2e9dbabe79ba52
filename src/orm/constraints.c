/* constraints.c: what must hold between rows, asked before saving: unique fields, UniqueConstraint, CheckConstraint. */
#include "orm/query_private.h"
#include "orm/shell.h"
#include "orm/validate.h"
#include "text/i18n.h"
#include "text/utf8.h"
#include "text/words.h"

/* ---- messages ---- */

static CvValue capitalised(CvArena *arena, const char *text)
{
    return cv_value_slice(cv_utf8_capfirst(arena, cv_slice(text)));
}

static CvValue label_of(CvArena *arena, const CvColumn *column)
{
    return capitalised(arena, cv_column_verbose_name(column));
}

static const CvColumn *column_of(const CvModel *model, const char *name)
{
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    if (!column)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", model->name, name);
    return column;
}

/* "Store and Book", "Store, Book and Day". */
static CvSlice labels_of(CvArena *arena, const CvModel *model, const char *const *fields)
{
    CvList *labels = cv_list_create(arena);
    for (; *fields; fields++)
        cv_list_add(arena, labels, label_of(arena, column_of(model, *fields)));
    return cv_text_list(arena, labels, cv_gettext(NULL, CV_SLICE("and")));
}

void cv_unique_error(const CvModel *model, const char *const *fields, CvArena *arena, CvInvalid *out)
{
    CvValue name = capitalised(arena, cv_model_verbose_name(model));
    if (fields[1]) {
        (void)cv_invalid(arena, out, "unique_together", "%(model_name)s with this %(field_labels)s already exists.",
                         "model_name", name, "field_labels", labels_of(arena, model, fields));
        return;
    }
    const CvColumn *column = column_of(model, fields[0]);
    (void)cv_invalid(arena, out, "unique", "%(model_name)s with this %(field_label)s already exists.", "model_name",
                     name, "field_label", label_of(arena, column));
    cv_column_reword(column, out);
}

/* ---- looking for other rows ---- */

typedef struct Check {
    void *row;
    const char *const *exclude;
    CvRowErrors *errors;
    CvArena *arena;
} Check;

static bool excluded(const Check *check, const char *const *fields)
{
    for (; *fields; fields++)
        if (cv_names_hold(check->exclude, column_of(cv_row_model(check->row), *fields)->name))
            return true;
    return false;
}

static CvQuerySet *all_of(const Check *check, const CvModel *model)
{
    CvQuerySet *set = cv_objects_of(model);
    set->database = (CvDatabase *)(uintptr_t)((const CvRow *)check->row)->database;
    return set;
}

/* The row's key as a row of `model` (a parent has its own). */
static CvQuerySet *without_itself(const Check *check, CvQuerySet *set, const CvModel *model)
{
    const CvColumn *key = column_of(cv_row_model(check->row), cv_model_key(model)->name);
    CvValue value = cv_row_get(check->row, key);
    const char *keys[] = {"pk", NULL};
    if (!cv_row_is_saved(check->row) || value.kind == CV_NULL)
        return set;
    return cv_exclude_at(set, NULL, 1, keys, &value);
}

/* Adds "name" = the row's value; false: it has none, so that nothing can be equal to it. */
static bool match(const Check *check, CvQuerySet **set, const char *name, bool null_matches)
{
    const CvColumn *column = column_of(cv_row_model(check->row), name);
    const CvValue *given = cv_row_given(check->row, column);
    CvValue value = given ? *given : cv_row_get(check->row, column);
    const char *keys[] = {column->name, NULL};
    if (value.kind == CV_NULL && !null_matches)
        return false;
    *set = cv_filter_at(*set, NULL, 1, keys, &value);
    return true;
}

static void check_unique(const Check *check, const CvModel *model, const char *const *fields)
{
    CvQuerySet *set = all_of(check, model);
    if (excluded(check, fields))
        return;
    for (const char *const *name = fields; *name; name++) {
        const CvColumn *column = column_of(cv_row_model(check->row), *name);
        if (column->primary_key && cv_row_is_saved(check->row))
            return;
        if (!match(check, &set, *name, false))
            return;
    }
    if (!cv_exists_of_set(without_itself(check, set, model)))
        return;
    CvInvalid invalid;
    cv_unique_error(model, fields, check->arena, &invalid);
    cv_row_errors_add(check->errors, fields[1] ? NULL : fields[0], &invalid);
}

/* ---- unique_for_date, unique_for_month, unique_for_year ---- */

static void check_date(const Check *check, const CvModel *model, const CvColumn *column, const char *unique_for,
                       const char *what)
{
    const CvColumn *moment = column_of(cv_row_model(check->row), unique_for);
    CvValue value = cv_row_get(check->row, moment);
    CvArena *arena = check->arena;
    if (cv_names_hold(check->exclude, unique_for) || value.kind == CV_NULL)
        return;
    CvDate date = value.kind == CV_DATE ? value.date : cv_datetime_clock(value.datetime, cv_zone_utc).date;
    bool whole = strcmp(what, "date") == 0;
    const struct {
        const char *name;
        int64_t value;
    } parts[] = {{"day", date.day}, {"month", date.month}, {"year", date.year}};
    CvQuerySet *set = all_of(check, model);
    for (size_t i = 0; i < CV_COUNT_OF(parts); i++)
        if (whole || strcmp(what, parts[i].name) == 0) {
            const char *keys[] = {cv_arena_printf(arena, "%s__%s", unique_for, parts[i].name), NULL};
            CvValue number = cv_value_int(parts[i].value);
            set = cv_filter_at(set, NULL, 1, keys, &number);
        }
    (void)match(check, &set, column->name, true);
    if (!cv_exists_of_set(without_itself(check, set, cv_row_model(check->row))))
        return;
    CvInvalid invalid;
    (void)cv_invalid(arena, &invalid, "unique_for_date",
                     "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.", "model_name",
                     capitalised(arena, cv_model_verbose_name(cv_row_model(check->row))), "lookup_type", what, "field",
                     column->name, "field_label", label_of(arena, column), "date_field", unique_for, "date_field_label",
                     label_of(arena, moment));
    cv_column_reword(column, &invalid);
    cv_row_errors_add(check->errors, column->name, &invalid);
}

/* ---- validate_unique ---- */

static void check_together(const Check *check, const CvModel *model)
{
    const char *const *together = model->options->unique_together;
    if (together && *together)
        check_unique(check, model, together);
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->together)
            check_unique(check, model, c->fields);
}

/* The columns that a model has of its own, in its table. */
static bool is_local(const CvColumn *column, const CvModel *model)
{
    return column->concrete && cv_model_info(column->model)->concrete == cv_model_info(model)->concrete;
}

static void check_fields(const Check *check, const CvModel *model, bool dates)
{
    const CvModelInfo *info = cv_model_info(model);
    if (info->key_parts && !dates)
        check_unique(check, model, info->key->field->key_fields);
    for (size_t i = 0; i < info->column_count; i++) {
        const CvColumn *column = &info->columns[i];
        const CvField *field = column->field;
        const char *names[] = {column->name, NULL};
        if (!is_local(column, model) || cv_names_hold(check->exclude, column->name))
            continue;
        if (!dates && column->unique)
            check_unique(check, model, names);
        if (dates && field->unique_for_date)
            check_date(check, model, column, field->unique_for_date, "date");
        if (dates && field->unique_for_year)
            check_date(check, model, column, field->unique_for_year, "year");
        if (dates && field->unique_for_month)
            check_date(check, model, column, field->unique_for_month, "month");
    }
}

static size_t errors_in(const CvRowErrors *errors)
{
    size_t count = 0;
    for (size_t i = 0; i < errors->count; i++)
        count += errors->items[i].count;
    return count;
}

static Check start(void *row, const char *const *exclude, CvRowErrors *errors)
{
    if (!errors->arena)
        errors->arena = cv_arena();
    return (Check){row, exclude, errors, errors->arena};
}

bool cv_validate_unique(void *row, const char *const *exclude, CvRowErrors *errors)
{
    const Check check = start(row, exclude, errors);
    const CvModel *first = cv_model_info(cv_row_model(row))->concrete;
    size_t before = errors_in(errors);
    for (const CvModel *model = first; model; model = model->parent)
        check_together(&check, model);
    for (int dates = 0; dates <= 1; dates++)
        for (const CvModel *model = first; model; model = model->parent)
            if (!model->proxy)
                check_fields(&check, model, dates);
    return errors_in(errors) == before;
}

/* ---- conditions over the row's own values ---- */

/* Whether the expression looks at a field that is left out. */
static bool looks_at_excluded(const Check *check, const CvExpr *expr)
{
    if (!expr || !check->exclude)
        return false;
    for (uint32_t i = 0; i < (expr->keys ? expr->count : 1); i++) {
        const char *path = expr->keys ? expr->keys[i] : expr->kind == CV_EXPR_F ? expr->name : NULL;
        const char *end = path ? strstr(path, "__") : NULL;
        if (!path)
            break;
        CvSlice name = end ? cv_slice_of(path, (size_t)(end - path)) : cv_slice(path);
        const CvColumn *column = cv_model_column(cv_row_model(check->row), name);
        if (column &&
            (cv_names_hold(check->exclude, column->name) ||
             (column->field->generated && looks_at_excluded(check, cv_expression_of_text(column->field->generated)))))
            return true;
    }
    for (uint32_t i = 0; expr->keys && i < expr->count; i++)
        if (looks_at_excluded(check, cv_value_expr(expr->values[i])))
            return true;
    for (uint32_t i = 0; expr->items && i < expr->count; i++)
        if (looks_at_excluded(check, expr->items[i]))
            return true;
    return looks_at_excluded(check, expr->filter) || looks_at_excluded(check, expr->fallback);
}

/* How many values of their own the model's generated columns are made with. */
static uint32_t generated_slots(const CvModelInfo *info)
{
    uint32_t slots = 0;
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].field->generated)
            slots += cv_expression_of_text(info->columns[i].field->generated)->slots;
    return slots;
}

/* A generated column's expression; its values go to `next`, which moves on. */
static CvTerm generated_term(CvQuery *query, const CvColumn *column, CvValue **next)
{
    const CvExpr *expr = cv_expression_of_text(column->field->generated);
    uint32_t slot = (uint32_t)(*next - query->compile->slots);
    *next = cv_value_gather(cv_value_object(expr), *next);
    return cv_query_resolve(query, expr, slot);
}

/* A query without a table in which the names of the model's fields are the row's values. `next`: where those of
 * generated columns have room. */
static void give_values(const Check *check, CvQuery *query, const CvModel *model, CvValue *next)
{
    const CvModelInfo *info = cv_model_info(model);
    for (int generated = 0; generated <= 1; generated++)
        for (size_t i = 0; i < info->concrete_count; i++) {
            const CvColumn *column = &info->columns[i];
            if ((column->field->generated != NULL) != generated || cv_names_hold(check->exclude, column->name))
                continue;
            CvTerm term;
            if (generated) {
                term = generated_term(query, column, &next);
            } else {
                CvBind *bind = cv_bind(query, CV_BIND_CONSTANT, 0);
                bind->constant = cv_column_store(check->arena, column, cv_row_get(check->row, column));
                term = cv_column_term(column, cv_sql_bind(check->arena, bind));
                if (cv_column_base(column)->storage == CV_STORE_DECIMAL) {
                    term.sql = cv_sql_make(check->arena, CV_SQL_CAST, term.sql);
                    term.sql->text = "NUMERIC";
                }
            }
            const char *names[] = {column->name, column->attribute, column->primary_key ? "pk" : column->name};
            for (size_t j = 0; j < CV_COUNT_OF(names); j++)
                *cv_vector_add(check->arena, &query->annotations) = (CvAnnotation){.name = names[j], .term = term};
        }
}

/* SELECT 1 WHERE the condition holds for the row (or is unknown, with `unknown`), and `also` exists. */
static bool holds(const Check *check, const CvModel *model, const CvExpr *condition, CvQuerySet *also)
{
    CvArena *arena = check->arena;
    CvDatabase *database = cv_set_database(all_of(check, model));
    CvExpr *exists = also ? cv_exists_of(also) : NULL;
    uint32_t slots = condition->slots + (exists ? exists->slots : 0) + generated_slots(cv_model_info(model));
    CvValue *values = cv_arena_new_array(arena, CvValue, slots + 1);
    CvCompile compile = {.arena = arena,
                         .database = database,
                         .dialect = cv_database_dialect(database),
                         .slots = values,
                         .zone = cv_query_zone(),
                         .aliases = cv_map_create(arena)};
    CvQuery query = {.compile = &compile, .arena = arena, .model = model};
    CvValue *next = cv_value_gather(cv_value_object(condition), values);
    if (exists)
        next = cv_value_gather(cv_value_object(exists), next);
    give_values(check, &query, model, next);
    CvSql *sql = cv_query_predicate(&query, condition, 0);
    if (!sql || sql == &cv_sql_never)
        return sql == NULL && (!also || cv_exists_of_set(also));
    if (exists)
        sql = cv_both(arena, sql, cv_query_resolve(&query, exists, condition->slots).sql);
    else
        sql = cv_sql_call(arena, "COALESCE", 2, (CvSql *[]){sql, cv_sql_integer(arena, 1)});
    CvSqlWriter writer = {
        .out = cv_buffer(arena), .dialect = compile.dialect, .zone = cv_database_zone(database), .arena = arena};
    cv_sql_put(&writer, "SELECT 1 AS \"_check\" WHERE ");
    cv_sql_write(&writer, sql);
    CvValue *bound = cv_arena_new_array(arena, CvValue, writer.bind_count + 1);
    for (size_t i = 0; i < writer.bind_count; i++)
        bound[i] = cv_bind_value(arena, writer.binds[i], values);
    return cv_query_of(cv_database_alias(database), cv_buffer_string(&writer.out), writer.bind_count, bound)->count > 0;
}

/* ---- validate_constraints ---- */

static void violated(const Check *check, const CvConstraint *constraint)
{
    CvInvalid invalid;
    const char *message = constraint->violation_error_message ? constraint->violation_error_message
                                                              : "Constraint “%(name)s” is violated.";
    (void)cv_invalid(check->arena, &invalid, constraint->violation_error_code, message, "name", constraint->name);
    cv_row_errors_add(check->errors, NULL, &invalid);
}

/* The expression with the row's values for its fields. */
static CvExpr *with_values(const Check *check, const CvExpr *expr)
{
    if (expr->kind == CV_EXPR_F)
        return cv_constant(cv_row_get(check->row, column_of(cv_row_model(check->row), expr->name)));
    CvExpr *copy = cv_arena_memdup(check->arena, expr, sizeof *expr);
    copy->items = cv_arena_new_array(check->arena, CvExpr *, expr->count + 1);
    copy->slots = expr->slots;
    for (uint32_t i = 0; expr->items && i < expr->count; i++) {
        copy->items[i] = with_values(check, expr->items[i]);
        copy->slots += copy->items[i]->slots - expr->items[i]->slots;
        copy->shape = cv_mix(copy->shape, copy->items[i]->shape);
    }
    if (!expr->items)
        copy->items = NULL;
    return copy;
}

/* Rows that are the same in all expressions. */
static bool match_expressions(const Check *check, const CvConstraint *constraint, CvQuerySet **set)
{
    for (size_t i = 0; constraint->expressions[i]; i++) {
        CvExpr *expr = cv_expression_of_text(constraint->expressions[i]);
        if (expr->kind == CV_EXPR_ORDERED)
            expr = expr->items[0];
        if (looks_at_excluded(check, expr))
            return false;
        const char *keys[] = {cv_arena_printf(check->arena, "unique_expression_%zu", i + 1), NULL};
        CvValue left = cv_value_object(expr), right = cv_value_object(with_values(check, expr));
        *set = cv_filter_at(cv_alias_at(*set, NULL, 1, keys, &left), NULL, 1, keys, &right);
    }
    return true;
}

static void check_unique_constraint(const Check *check, const CvModel *model, const CvConstraint *constraint)
{
    CvQuerySet *set = all_of(check, model);
    if (constraint->expressions) {
        if (!match_expressions(check, constraint, &set))
            return;
    } else {
        if (excluded(check, constraint->fields))
            return;
        for (const char *const *name = constraint->fields; *name; name++)
            if (!match(check, &set, *name, constraint->nulls_not_distinct))
                return;
    }
    set = without_itself(check, set, model);
    if (constraint->condition) {
        CvExpr *condition = cv_expression_of_text(constraint->condition);
        if (!looks_at_excluded(check, condition) && holds(check, model, condition, cv_where_at(set, condition, false)))
            violated(check, constraint);
        return;
    }
    if (!cv_exists_of_set(set))
        return;
    if (constraint->expressions || constraint->violation_error_message) {
        violated(check, constraint);
        return;
    }
    CvInvalid invalid;
    cv_unique_error(model, constraint->fields, check->arena, &invalid);
    cv_row_errors_add(check->errors, constraint->fields[1] ? NULL : constraint->fields[0], &invalid);
}

static void check_constraint(const Check *check, const CvModel *model, const CvConstraint *constraint)
{
    CvExpr *condition = cv_expression_of_text(constraint->condition);
    if (!looks_at_excluded(check, condition) && !holds(check, model, condition, NULL))
        violated(check, constraint);
}

bool cv_validate_constraints(void *row, const char *const *exclude, CvRowErrors *errors)
{
    const Check check = start(row, exclude, errors);
    size_t before = errors_in(errors);
    for (const CvModel *model = cv_row_model(row); model; model = model->parent)
        for (const CvConstraint *c = model->constraints; c && c->kind; c++) {
            if (c->kind == CV_UNIQUE && !c->together)
                check_unique_constraint(&check, model, c);
            else if (c->kind == CV_CHECK)
                check_constraint(&check, model, c);
        }
    return errors_in(errors) == before;
}
