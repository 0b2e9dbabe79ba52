/* write.c: INSERT and UPDATE where values are expressions, where the database sets columns, or rows may conflict. */
#include "orm/write_private.h"

#include "orm/query_private.h"
#include "orm/shell.h"

/* One statement under way. */
typedef struct Statement {
    CvArena *arena;
    const CvModel *model;
    CvDatabase *database;
    CvSqlWriter writer;
    CV_VECTOR(CvValue) values;
    CV_VECTOR(const CvColumn *) returning;
    bool inserts, with_key;
    const bool *left_out; /* of an INSERT, by column: all rows have the database's default */
} Statement;

bool cv_write_is_plain(const CvRow *row, const CvModelInfo *info)
{
    return !info->database_sets && (!row->extra || !row->extra->given);
}

static Statement start(const CvModel *model, CvDatabase *database, bool inserts)
{
    CvArena *arena = cv_arena();
    return (Statement){.arena = arena,
                       .model = model,
                       .database = database,
                       .inserts = inserts,
                       .writer = {.out = cv_buffer(arena),
                                  .dialect = cv_database_dialect(database),
                                  .zone = cv_database_zone(database),
                                  .arena = arena}};
}

static void put(Statement *statement, const char *text)
{
    cv_sql_put(&statement->writer, text);
}

static void put_name(Statement *statement, const char *name)
{
    cv_sql_quote(&statement->writer.out, name);
}

static void bind(Statement *statement, CvValue value)
{
    static const CvBind in_order = {.how = CV_BIND_CONSTANT};
    cv_sql_write(&statement->writer, cv_sql_bind(statement->arena, &in_order));
    cv_vector_push(statement->arena, &statement->values, value);
}

static void read_back(Statement *statement, const CvColumn *column)
{
    for (size_t i = 0; i < statement->returning.count; i++)
        if (statement->returning.items[i] == column)
            return;
    cv_vector_push(statement->arena, &statement->returning, column);
}

/* ---- expressions ---- */

/* "F(pages) + Value(1)" as Django shows it once it stands for a column. */
static CvSlice resolved_text(const Statement *statement, const CvExpr *expr)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    CvSlice text = cv_value_str(statement->arena, cv_value_object(expr));
    CvBuffer out = cv_buffer(statement->arena);
    for (size_t i = 0; i < text.length; i++) {
        CvSlice rest = cv_slice_range(text, i, text.length);
        bool starts = cv_slice_starts_with(rest, CV_SLICE("F(")) && (i == 0 || strchr("( ", text.data[i - 1]));
        if (!starts) {
            cv_buffer_append_byte(&out, text.data[i]);
            continue;
        }
        cv_buffer_printf(&out, "Col(%s, %s.", info->table, info->label);
        i++;
    }
    return cv_buffer_slice(&out);
}

static void refuse_term(const Statement *statement, const CvExpr *expr, const CvTerm *term, const CvColumn *column)
{
    CvSlice text = resolved_text(statement, expr);
    if (statement->inserts && term->sql->flags & CV_SQL_HAS_COLUMN && !(term->sql->flags & CV_SQL_HAS_SUBQUERY))
        cv_raise(CV_ERROR_VALUE,
                 "Failed to insert expression \"%.*s\" on %s.%s. F() expressions can only be used to update, not to "
                 "insert.",
                 CV_SLICE_ARG(text), cv_model_label(column->model), column->name);
    const char *what = term->sql->flags & CV_SQL_HAS_AGGREGATE ? "Aggregate functions"
                       : term->sql->flags & CV_SQL_HAS_WINDOW  ? "Window expressions"
                                                               : NULL;
    if (what)
        cv_raise(CV_ERROR_FIELD, "%s are not allowed in this query (%s=%.*s).", what, column->name, CV_SLICE_ARG(text));
}

static void put_expression(Statement *statement, const CvExpr *expr, const CvColumn *column)
{
    CvArena *arena = statement->arena;
    CvValue *slots = cv_arena_new_array(arena, CvValue, expr->slots + 1);
    CvCompile compile = {.arena = arena,
                         .database = statement->database,
                         .dialect = statement->writer.dialect,
                         .slots = slots,
                         .zone = cv_query_zone(),
                         .aliases = cv_map_create(arena)};
    CvQuery query = {.compile = &compile, .arena = arena, .model = statement->model};
    size_t first = statement->writer.bind_count;
    (void)cv_value_gather(cv_value_object(expr), slots);
    CvTerm term = expr->kind == CV_EXPR_VALUE ? cv_query_value(&query, expr->values[0], 0, column)
                                              : cv_query_resolve(&query, expr, 0);
    for (size_t i = 1; i < query.joins.count; i++)
        if (query.joins.items[i].uses)
            cv_raise(CV_ERROR_FIELD, "Joined field references are not permitted in this query");
    refuse_term(statement, expr, &term, column);
    cv_sql_write(&statement->writer, term.sql);
    for (size_t i = first; i < statement->writer.bind_count; i++)
        cv_vector_push(arena, &statement->values, cv_bind_value(arena, statement->writer.binds[i], slots));
}

CvValue cv_column_prepare(CvArena *arena, const CvColumn *column, CvValue given)
{
    if (cv_column_base(column)->storage == CV_STORE_DURATION && given.kind != CV_DURATION && given.kind != CV_NULL)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'days'", cv_value_kind_name(given));
    if (given.kind == CV_BIGINT)
        cv_raise(CV_ERROR_OVERFLOW, "Python int too large to convert to SQLite INTEGER");
    return cv_column_store(arena, column, cv_column_convert(arena, column, given));
}

/* The value of one column in the statement. */
static void put_member(Statement *statement, CvRow *row, const CvColumn *column)
{
    const CvValue *given = cv_row_given(row, column);
    const CvExpr *expr = given ? cv_value_expr(*given) : NULL;
    if (statement->inserts && cv_row_has_database_default(row, column))
        expr = cv_default_of_text(column->field->db_default);
    if (!expr) {
        CvArena *arena = statement->arena;
        bind(statement, given ? cv_column_prepare(arena, column, *given) : cv_write_value(arena, row, column));
        return;
    }
    put_expression(statement, expr, column);
    read_back(statement, column);
}

/* ---- sending ---- */

static void put_returning(Statement *statement)
{
    for (size_t i = 0; i < statement->returning.count; i++) {
        put(statement, i ? ", " : " RETURNING ");
        put_name(statement, statement->returning.items[i]->column);
    }
}

/* What the database set is in the row; an expression has done its work. */
static void settle(const Statement *statement, CvRow *row)
{
    for (size_t i = 0; i < statement->returning.count; i++) {
        const CvColumn *column = statement->returning.items[i];
        cv_row_forget_given(row, column);
        if (column->storage == CV_STORE_REFERENCE)
            *cv_reference_row(column, (char *)row + column->offset) = NULL;
    }
}

/* Sends it; the rows that came back. */
static size_t run(Statement *statement, CvRow *const *rows, size_t count)
{
    CvArena *arena = statement->arena;
    size_t columns = statement->returning.count, done = 0;
    put_returning(statement);
    CvSqlText text = cv_sql_text(cv_buffer_string(&statement->writer.out));
    if (!columns)
        return (size_t)cv_send(statement->database, &text, statement->values.count, statement->values.items, NULL);
    CvReader *readers = cv_arena_new_array(arena, CvReader, columns);
    for (size_t i = 0; i < columns; i++)
        readers[i] = cv_column_reader(statement->returning.items[i], false, statement->returning.items[i]->offset);
    CV_ATOMIC_IN(cv_database_alias(statement->database))
    {
        CvFetch fetch;
        cv_fetch_begin(&fetch, statement->database, &text, statement->values.count, statement->values.items, arena);
        while (done < count && cv_fetch_step(&fetch)) {
            cv_fetch_read(&fetch, 0, readers, columns, rows[done]);
            settle(statement, rows[done++]);
        }
        cv_fetch_end(&fetch);
    }
    return done;
}

/* ---- INSERT ---- */

static const bool *left_out_of(CvArena *arena, CvRow *const *rows, size_t count, const CvModelInfo *info)
{
    if (!info->database_sets)
        return NULL;
    bool *out = cv_arena_new_array(arena, bool, info->concrete_count);
    for (size_t i = 0; i < info->concrete_count; i++) {
        size_t row = 0;
        while (row < count && cv_row_has_database_default(rows[row], &info->columns[i]))
            row++;
        out[i] = row == count;
    }
    return out;
}

static bool is_inserted(const Statement *statement, const CvColumn *column)
{
    return column->concrete && cv_write_belongs(column, statement->model) && !column->field->generated &&
           (statement->with_key || !column->primary_key || !column->field->kind->automatic) &&
           !(statement->left_out && statement->left_out[column->index]);
}

static void put_columns(Statement *statement)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    bool first = true;
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!is_inserted(statement, column))
            continue;
        put(statement, first ? " (" : ", ");
        put_name(statement, column->column);
        first = false;
    }
    if (first) { /* nothing but a key that the database gives */
        put(statement, " (");
        put_name(statement, info->key->column);
    }
    put(statement, ") VALUES ");
}

static void put_row(Statement *statement, CvRow *row)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    bool first = true;
    for (size_t i = 0; i < info->concrete_count; i++)
        if (is_inserted(statement, &info->columns[i])) {
            put(statement, first ? "(" : ", ");
            put_member(statement, row, &info->columns[i]);
            first = false;
        }
    put(statement, first ? "(NULL)" : ")");
}

static void put_conflicts(Statement *statement, const CvConflicts *conflicts)
{
    put(statement, " ON CONFLICT");
    for (size_t i = 0; conflicts->unique[i]; i++) {
        put(statement, i ? ", " : "(");
        put_name(statement, cv_write_column(statement->model, conflicts->unique[i])->column);
    }
    put(statement, ") DO UPDATE SET ");
    for (size_t i = 0; conflicts->update[i]; i++) {
        const char *name = cv_write_column(statement->model, conflicts->update[i])->column;
        put(statement, i ? ", " : "");
        put_name(statement, name);
        put(statement, " = EXCLUDED.");
        put_name(statement, name);
    }
}

/* What the database sets by itself. */
static void read_back_all(Statement *statement)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        bool numbered = column->primary_key && column->field->kind->automatic && !statement->with_key;
        if (column->concrete && cv_write_belongs(column, statement->model) &&
            (numbered || column->field->generated || column->field->db_default))
            read_back(statement, column);
    }
}

void cv_write_insert(CvRow *const *rows, size_t count, const CvModel *model, CvDatabase *database, bool with_key,
                     const CvConflicts *conflicts)
{
    Statement statement = start(model, database, true);
    bool ignore = conflicts && conflicts->ignore;
    statement.left_out = left_out_of(statement.arena, rows, count, cv_model_info(model));
    statement.with_key = with_key;
    put(&statement, ignore ? "INSERT OR IGNORE INTO " : "INSERT INTO ");
    put_name(&statement, cv_model_info(model)->table);
    put_columns(&statement);
    for (size_t i = 0; i < count; i++) {
        put(&statement, i ? ", " : "");
        put_row(&statement, rows[i]);
    }
    if (conflicts && conflicts->update)
        put_conflicts(&statement, conflicts);
    if (ignore)
        statement.returning.count = 0; /* which of the rows it was is not told */
    else
        read_back_all(&statement);
    (void)run(&statement, rows, count);
}

/* ---- UPDATE ---- */

/* Generated columns follow those that they are made of. */
static void read_back_generated(Statement *statement)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].field->generated && cv_write_belongs(&info->columns[i], statement->model))
            read_back(statement, &info->columns[i]);
}

static void put_key(Statement *statement, CvRow *row)
{
    const CvModelInfo *info = cv_model_info(statement->model);
    const char *before = " WHERE ";
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!column->primary_key || !column->concrete || !cv_write_belongs(column, statement->model))
            continue;
        put(statement, before);
        put_name(statement, column->column);
        put(statement, " = ");
        bind(statement, cv_write_value(statement->arena, row, column));
        before = " AND ";
    }
}

bool cv_write_update(CvRow *row, const CvModel *model, CvDatabase *database, const char *const *names)
{
    Statement statement = start(model, database, false);
    const CvModelInfo *info = cv_model_info(model);
    size_t count = 0;
    put(&statement, "UPDATE ");
    put_name(&statement, info->table);
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!column->concrete || column->primary_key || column->field->generated || !cv_write_belongs(column, model) ||
            !cv_write_names(names, column) || (cv_row_is_deferred(row, column) && !cv_row_given(row, column)))
            continue;
        put(&statement, count++ ? ", " : " SET ");
        put_name(&statement, column->column);
        put(&statement, " = ");
        put_member(&statement, row, column);
    }
    if (!count) { /* nothing to set: is it there? */
        const char *keys[] = {"pk", NULL};
        CvValue key = cv_row_get(row, info->key);
        CvQuerySet *set = cv_everything_of(model);
        set->database = database;
        return names || cv_exists_of_set(cv_filter_at(set, NULL, 1, keys, &key));
    }
    put_key(&statement, row);
    read_back_generated(&statement);
    return run(&statement, &row, 1) > 0;
}
